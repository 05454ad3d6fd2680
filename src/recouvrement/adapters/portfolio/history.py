"""``evenements.csv``: disputes, promises, holds, delivered notices, proofs, rejected payments."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, assert_never

from pydantic import ValidationError

from recouvrement.adapters.portfolio.columns import EVENTS
from recouvrement.adapters.portfolio.entries import Register, failures_for
from recouvrement.adapters.portfolio.faults import invalid_cell
from recouvrement.adapters.portfolio.payments import stable_id
from recouvrement.adapters.portfolio.table import Row, read_rows
from recouvrement.batch.portfolio import Failure
from recouvrement.domain.documents import Payment
from recouvrement.domain.events import (
    HistoryEvent,
    LimitationActDone,
    NoticeDelivered,
    PaymentRejected,
    ProceduralStepDone,
    ProofSupplied,
    StepRecorded,
    StopLifted,
    StopPlaced,
)
from recouvrement.domain.vocabulary import LimitationActKind, ProofKind, StopKind
from recouvrement.errors import InvalidInput

FILE = "evenements.csv"


class Other(StrEnum):
    """The events that are not stops."""

    LIFTED = "lifted"
    NOTICE_DELIVERED = "notice_delivered"
    PROOF = "proof"
    REJECTED = "rejected"
    STEP = "step"
    ACT = "act"
    PROCEDURE = "procedure"


TYPES: dict[str, StopKind | Other] = {
    "litige": StopKind.DISPUTE,
    "promesse": StopKind.PROMISE_TO_PAY,
    "paiement_en_cours": StopKind.PAYMENT_IN_PROCESS,
    "avoir_attendu": StopKind.CREDIT_NOTE_AWAITED,
    "mediation": StopKind.MEDIATION,
    "suspension": StopKind.MANUAL_HOLD,
    "levee": Other.LIFTED,
    "remise": Other.NOTICE_DELIVERED,
    "preuve": Other.PROOF,
    "rejet": Other.REJECTED,
    "relance": Other.STEP,
    "step": Other.STEP,
    "acte": Other.ACT,
    "act": Other.ACT,
    "procedure": Other.PROCEDURE,
    "dispute": StopKind.DISPUTE,
    "promise": StopKind.PROMISE_TO_PAY,
    "payment_in_process": StopKind.PAYMENT_IN_PROCESS,
    "credit_note_awaited": StopKind.CREDIT_NOTE_AWAITED,
    "hold": StopKind.MANUAL_HOLD,
    "lifted": Other.LIFTED,
    "notice_delivered": Other.NOTICE_DELIVERED,
    "proof": Other.PROOF,
    "rejected": Other.REJECTED,
}
PROOFS = {
    "commande": ProofKind.ORDER,
    "livraison": ProofKind.DELIVERY,
    "acceptation": ProofKind.ACCEPTANCE,
    "order": ProofKind.ORDER,
    "delivery": ProofKind.DELIVERY,
    "acceptance": ProofKind.ACCEPTANCE,
}

ACTS = {
    "reconnaissance": LimitationActKind.ACKNOWLEDGEMENT,
    "demande_de_delai": LimitationActKind.REQUEST_FOR_TIME,
    "assignation": LimitationActKind.COURT_CLAIM,
    "desistement": LimitationActKind.CLAIM_WITHDRAWN,
    "rejet_de_la_demande": LimitationActKind.CLAIM_DISMISSED,
    "peremption": LimitationActKind.CLAIM_LAPSED,
    "requete_injonction": LimitationActKind.ORDER_FILED,
    "signification_injonction": LimitationActKind.ORDER_SERVED,
    "injonction_non_avenue": LimitationActKind.ORDER_VOID,
    "mesure_conservatoire": LimitationActKind.CONSERVATORY_MEASURE,
    "execution_forcee": LimitationActKind.ENFORCEMENT,
    "declaration_de_creance": LimitationActKind.INSOLVENCY_DECLARATION,
    "demande_ecrite": LimitationActKind.WRITTEN_CLAIM,
    "conciliation": LimitationActKind.CONCILIATION,
    "petite_creance": LimitationActKind.PETITE_CREANCE,
    "expertise": LimitationActKind.EXPERTISE,
    "force_majeure": LimitationActKind.FORCE_MAJEURE,
    "paiement_d_un_tiers": LimitationActKind.THIRD_PARTY_PAYMENT,
    "renonciation": LimitationActKind.WAIVER,
    **{kind.value: kind for kind in LimitationActKind},
}

_FIELDS = {
    "id": "id",
    "step": "acte",
    "until": "jusqu_au",
    "stop_id": "id",
    "item_ids": "facture",
    "note": "note",
    "reference": "reference",
    "action_id": "action",
    "payment_id": "reference",
    "stage": "reference",
}
_USED: dict[type[StopKind] | Other, frozenset[str]] = {
    StopKind: frozenset({"montant", "jusqu_au", "revoir_le"}),
    Other.LIFTED: frozenset({"reference"}),
    Other.NOTICE_DELIVERED: frozenset({"reference", "action"}),
    Other.PROOF: frozenset({"reference", "preuve"}),
    Other.REJECTED: frozenset({"reference"}),
    Other.STEP: frozenset({"reference"}),
    Other.ACT: frozenset({"acte", "jusqu_au", "reference"}),
    Other.PROCEDURE: frozenset({"acte", "reference"}),
}
_ALWAYS = frozenset({"type", "debiteur", "date", "facture", "devise", "id", "note"})


class History(NamedTuple):
    """The events that could be read, with their debtor and currency (``None``: all its cases), and the faults."""

    events: tuple[tuple[str, str | None, HistoryEvent], ...] = ()
    failures: tuple[Failure, ...] = ()


class _Context(NamedTuple):
    debtor_ids: Collection[str]
    register: Register
    payments: Mapping[str, tuple[str, Payment]]


def read_history(
    folder: Path, debtor_ids: Collection[str], register: Register, payments: tuple[tuple[str, Payment], ...]
) -> History:
    """Return the events of a portfolio; none when the folder has no ``evenements.csv``."""
    if not (folder / FILE).exists():
        return History()
    context = _Context(debtor_ids, register, {payment.id: (debtor, payment) for debtor, payment in payments})
    events: dict[str, tuple[str, str | None, HistoryEvent]] = {}
    lines: dict[str, Row] = {}
    failures: list[Failure] = []
    for row in read_rows(folder / FILE, EVENTS):
        try:
            debtor_id, currency, event = _event(row, context)
        except InvalidInput as fault:
            failures += failures_for(fault, _named(row, context))
            continue
        if lines.setdefault(event.id, row) is not row:
            twice = InvalidInput(
                where=row.where("id" if row.text("id") else None),
                found=f"the event is already on line {lines[event.id].line}",
                hint="Remove the copy, or give each event its own id.",
            )
            failures += failures_for(twice, [debtor_id, events[event.id][0]])
            continue
        events[event.id] = debtor_id, currency, event
    failures += _lifted_without_stop(events, lines)
    return History(tuple(events.values()), tuple(failures))


def _lifted_without_stop(
    events: Mapping[str, tuple[str, str | None, HistoryEvent]], lines: Mapping[str, Row]
) -> list[Failure]:
    stops = {(debtor_id, event.stop_id) for debtor_id, _, event in events.values() if isinstance(event, StopPlaced)}
    return [
        Failure(
            InvalidInput(
                where=lines[event.id].where("reference"),
                found=f"stop {event.stop_id!r} of debtor {debtor_id!r} is not in the file",
                hint="Write the id of the row that placed it.",
            ),
            debtor_id,
        )
        for debtor_id, _, event in events.values()
        if isinstance(event, StopLifted) and (debtor_id, event.stop_id) not in stops
    ]


def _named(row: Row, context: _Context) -> list[str | None]:
    named = row.text("debiteur")
    items = [context.register.item(part) for part in _references(row)]
    return [named if named in context.debtor_ids else None, *(item[0].debtor_id for item in items if item)]


def _references(row: Row) -> list[str]:
    return [part.strip() for part in (row.text("facture") or "").split("|") if part.strip()]


def _event(row: Row, context: _Context) -> tuple[str, str | None, HistoryEvent]:
    if row.fault is not None:
        raise row.fault
    kind = row.required_choice("type", TYPES, "litige")
    debtor_id = row.required("debiteur", "C0042")
    if debtor_id not in context.debtor_ids:
        raise InvalidInput(
            where=row.where("debiteur"),
            found=f"debtor {debtor_id!r} is not in debiteurs.csv",
            hint="Correct the identifier (capitals count).",
        )
    effective_on = row.required_day("date", "12/11/2026")
    _refuse_unused(row, kind)
    items, currency = _items(row, debtor_id, context.register)
    written = row.text("id")
    code = f"csv:{written}" if written else stable_id(row.text(column.name) for column in EVENTS)
    try:
        if isinstance(kind, StopKind):
            event: HistoryEvent = _stop(row, kind, code, effective_on, items, currency)
        else:
            event = _other(row, kind, code, effective_on, items)
    except ValidationError as fault:
        raise invalid_cell(fault, row, EVENTS, _FIELDS) from None
    if isinstance(event, StopPlaced) and event.amount is not None:
        currency = event.amount.currency
    if isinstance(event, PaymentRejected):
        currency = _currency_of_rejected(row, event, debtor_id, context)
    return debtor_id, currency, event


def _refuse_unused(row: Row, kind: StopKind | Other) -> None:
    """A filled cell that the event would not use is a misunderstanding, not a detail."""
    used = _ALWAYS | (_USED[StopKind] if isinstance(kind, StopKind) else _USED[kind])
    unused = next((column.name for column in EVENTS if column.name not in used and row.text(column.name)), None)
    if unused is not None:
        raise InvalidInput(
            where=row.where(unused),
            found=f"an event of type {row.text('type')!r} does not use this cell",
            hint="Empty it, or put the text in the note column.",
        )


def _items(row: Row, debtor_id: str, register: Register) -> tuple[tuple[str, ...], str | None]:
    """Return the items named by the row and their currency; with no item, the currency of the row or ``None``."""
    found: list[str] = []
    currencies: set[str] = set()
    for reference in _references(row):
        item = register.item(reference)
        if item is None or item[0].debtor_id != debtor_id:
            is_faulty = register.is_faulty(reference)
            raise InvalidInput(
                where=row.where("facture"),
                found=f"invoice {reference!r} could not be read"
                if is_faulty
                else f"invoice {reference!r} is not one that debtor {debtor_id!r} has in the portfolio",
                hint="Mend that invoice first: this row needs it."
                if is_faulty
                else "Correct the number; separate several with |; empty the cell for the whole account.",
            )
        entry, item_id = item
        several = {known.id for known in entry.document.items} if hasattr(entry.document, "items") else set()
        found += sorted(several) if item_id not in several else [item_id]
        currencies.add(entry.currency)
    if len(currencies) > 1:
        raise InvalidInput(
            where=row.where("facture"),
            found=f"the invoices are in {' and '.join(sorted(currencies))}",
            hint="Write one row per currency.",
        )
    if currencies:
        return tuple(found), currencies.pop()
    return (), row.currency() if row.text("devise") else None


def _stop(  # noqa: PLR0917 - the parts of one event, in the order of its fields
    row: Row, kind: StopKind, code: str, effective_on: date, items: tuple[str, ...], currency: str | None
) -> StopPlaced:
    through = row.day("jusqu_au")
    if kind is StopKind.PROMISE_TO_PAY and through is None:
        raise InvalidInput(
            where=row.where("jusqu_au"),
            found="a promise has no date",
            hint="Write the last day on which the debtor promised to pay, e.g. 05/12/2026.",
        )
    if through is not None and through < effective_on:
        raise InvalidInput(
            where=row.where("jusqu_au"),
            found=f"the end {through.isoformat()} comes before the beginning {effective_on.isoformat()}",
            hint="Correct one of the two dates.",
        )
    amount = row.money("montant")
    if amount is not None and (amount.minor <= 0 or amount.currency != (currency or amount.currency)):
        raise InvalidInput(
            where=row.where("montant"),
            found=f"{amount} cannot be the part of an invoice in {currency or amount.currency}",
            hint="Write a positive amount in the currency of the invoice, and fill devise when it is not EUR.",
        )
    return StopPlaced(
        id=code,
        effective_on=effective_on,
        stop_id=row.text("id") or code,
        stop=kind,
        item_ids=items,
        amount=amount,
        until=None if through is None else through + timedelta(days=1),
        review_on=row.day("revoir_le"),
        note=row.text("note"),
    )


def _other(  # noqa: PLR0911 - one event per branch, exhaustive
    row: Row, kind: Other, code: str, effective_on: date, items: tuple[str, ...]
) -> HistoryEvent:
    match kind:
        case Other.LIFTED:
            stop_id = row.required("reference", "LITIGE-7")
            return StopLifted(id=code, effective_on=effective_on, stop_id=stop_id)
        case Other.NOTICE_DELIVERED:
            if not items and row.text("action") is None:
                raise InvalidInput(
                    where=row.where("facture"),
                    found="the notice names neither the invoices it listed nor the action that carried it",
                    hint="Write the numbers of the invoices listed in the mise en demeure, separated with |.",
                )
            return NoticeDelivered(
                id=code,
                effective_on=effective_on,
                action_id=row.text("action"),
                item_ids=items,
                reference=row.text("reference"),
            )
        case Other.PROOF:
            proof = row.required_choice("preuve", PROOFS, "livraison")
            reference = row.required("reference", "BL-2026-0552 signé")
            return ProofSupplied(id=code, effective_on=effective_on, item_ids=items, proof=proof, reference=reference)
        case Other.REJECTED:
            payment_id = row.required("reference", "RGT-0312")
            return PaymentRejected(id=code, effective_on=effective_on, payment_id=payment_id)
        case Other.STEP:
            stage = row.required("reference", "relance_1")
            if not items:
                raise InvalidInput(
                    where=row.where("facture"),
                    found="the step names no invoice",
                    hint="Write the numbers of the invoices it was about, separated with |.",
                )
            return StepRecorded(id=code, effective_on=effective_on, stage=stage, item_ids=items)
        case Other.ACT:
            return LimitationActDone(
                id=code,
                effective_on=effective_on,
                act=row.required_choice("acte", ACTS, "reconnaissance"),
                item_ids=items,
                until=row.day("jusqu_au"),
                reference=row.text("reference"),
            )
        case Other.PROCEDURE:
            return ProceduralStepDone(
                id=code,
                effective_on=effective_on,
                step=row.required("acte", "order_made"),
                item_ids=items,
                reference=row.text("reference"),
            )
        case _:
            assert_never(kind)


def _currency_of_rejected(row: Row, event: PaymentRejected, debtor_id: str, context: _Context) -> str:
    debtor, payment = context.payments.get(event.payment_id, (None, None))
    if payment is None or debtor != debtor_id:
        raise InvalidInput(
            where=row.where("reference"),
            found=f"payment {event.payment_id!r} is not one that debtor {debtor_id!r} made",
            hint="Write the id of the payment in paiements.csv.",
        )
    return payment.amount.currency
