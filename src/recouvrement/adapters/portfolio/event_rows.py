"""One row of ``evenements.csv`` made into one event."""

from datetime import timedelta
from typing import Literal, assert_never

from recouvrement.adapters.portfolio.event_words import ACTS, CHANNELS, PROOFS, Kind, OneRow, Other
from recouvrement.adapters.portfolio.plan_rows import Head, plan_of
from recouvrement.adapters.portfolio.table import Row
from recouvrement.domain.events import (
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    HistoryEvent,
    LimitationActDone,
    NoticeDelivered,
    PaymentRejected,
    PlanDefaultNotified,
    ProceduralStepDone,
    ProofSupplied,
    StepRecorded,
    StopLifted,
    StopPlaced,
)
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel, StopKind
from recouvrement.errors import InvalidInput


def event_of(rows: list[Row], kind: Kind, head: Head) -> HistoryEvent:
    """Return the event of a row, or of the rows of one plan.

    Raises ``InvalidInput``, located in its cell, for what is missing or contradicts itself.
    """
    if kind is Other.PLAN:
        return plan_of(rows, head)
    return _stop(rows[0], kind, head) if isinstance(kind, StopKind) else _other(rows[0], kind, head)


def _stop(row: Row, kind: StopKind, head: Head) -> StopPlaced:
    through = row.day("jusqu_au")
    is_promise = kind is StopKind.PROMISE_TO_PAY
    if is_promise and through is None:
        raise InvalidInput(
            where=row.where("jusqu_au"),
            found="a promise has no date",
            hint="Write the last day on which the debtor promised to pay, e.g. 05/12/2026.",
        )
    if through is not None and through < head.effective_on:
        raise InvalidInput(
            where=row.where("jusqu_au"),
            found=f"the end {through.isoformat()} comes before the beginning {head.effective_on.isoformat()}",
            hint="Correct one of the two dates.",
        )
    return StopPlaced(
        id=head.code,
        effective_on=head.effective_on,
        stop_id=row.text("id") or head.code,
        stop=kind,
        item_ids=head.items,
        amount=_part(row, head.currency),
        # The day a promise names is judged from the payments; any other stop just ends the day after.
        until=None if through is None or is_promise else through + timedelta(days=1),
        pay_by=through if is_promise else None,
        grace_days=row.whole_number("jours_de_grace", "3") or 0,
        review_on=row.day("revoir_le"),
        cause=row.text("motif"),
        owner=row.text("responsable"),
        payee=row.required("beneficiaire", "Ouest Affacturage") if kind is StopKind.ASSIGNMENT else None,
        note=row.text("note"),
    )


def _part(row: Row, currency: str | None) -> Money | None:
    amount = row.money("montant")
    if amount is not None and (amount.minor <= 0 or amount.currency != (currency or amount.currency)):
        raise InvalidInput(
            where=row.where("montant"),
            found=f"{amount} cannot be the part of an invoice in {currency or amount.currency}",
            hint="Write a positive amount in the currency of the invoice, and fill devise when it is not EUR.",
        )
    return amount


def _other(  # noqa: PLR0911 - one event per branch, exhaustive
    row: Row, kind: OneRow, head: Head
) -> HistoryEvent:
    code, effective_on, items = head.code, head.effective_on, head.items
    match kind:
        case Other.LIFTED:
            stop_id = row.required("reference", "LITIGE-7")
            return StopLifted(id=code, effective_on=effective_on, stop_id=stop_id)
        case Other.NOTICE_DELIVERED:
            return _notice(row, head)
        case Other.PROOF:
            proof = row.required_choice("preuve", PROOFS, "livraison")
            reference = row.required("reference", "BL-2026-0552 signé")
            return ProofSupplied(id=code, effective_on=effective_on, item_ids=items, proof=proof, reference=reference)
        case Other.REJECTED:
            payment_id = row.required("reference", "RGT-0312")
            return PaymentRejected(id=code, effective_on=effective_on, payment_id=payment_id)
        case Other.STEP:
            return _step(row, head)
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
        case Other.PLAN_DEFAULT:
            return PlanDefaultNotified(
                id=code,
                effective_on=effective_on,
                plan_id=row.required("plan", "PLAN-1"),
                reference=row.text("reference"),
            )
        case Other.BOUNCED | Other.REFUSED | Other.ACCEPTED:
            return _about_channels(row, kind, head)
        case _:
            assert_never(kind)


def _step(row: Row, head: Head) -> StepRecorded:
    stage = row.required("reference", "relance_1")
    if not head.items:
        raise InvalidInput(
            where=row.where("facture"),
            found="the step names no invoice",
            hint="Write the numbers of the invoices it was about, separated with |.",
        )
    return StepRecorded(id=head.code, effective_on=head.effective_on, stage=stage, item_ids=head.items)


def _notice(row: Row, head: Head) -> NoticeDelivered:
    if not head.items and row.text("action") is None:
        raise InvalidInput(
            where=row.where("facture"),
            found="the notice names neither the invoices it listed nor the action that carried it",
            hint="Write the numbers of the invoices listed in the mise en demeure, separated with |.",
        )
    return NoticeDelivered(
        id=head.code,
        effective_on=head.effective_on,
        action_id=row.text("action"),
        item_ids=head.items,
        reference=row.text("reference"),
    )


def _about_channels(
    row: Row, kind: Literal[Other.BOUNCED, Other.REFUSED, Other.ACCEPTED], head: Head
) -> AddressBounced | ChannelRefused | ChannelAccepted:
    match kind:
        case Other.BOUNCED:
            return _bounced(row, head)
        case Other.REFUSED:
            return ChannelRefused(id=head.code, effective_on=head.effective_on, channels=_channels(row))
        case Other.ACCEPTED:
            return ChannelAccepted(id=head.code, effective_on=head.effective_on, channels=_channels(row))
        case _:
            assert_never(kind)


def _bounced(row: Row, head: Head) -> AddressBounced:
    channel = row.required_choice("canal", CHANNELS, "courriel")
    address = row.text("adresse")
    if channel is Channel.POST and address is not None:
        raise InvalidInput(
            where=row.where("adresse"),
            found="a letter that comes back says that the postal address of the debtor is wrong",
            hint="Empty this cell; correct the address in debiteurs.csv when you know it.",
        )
    if channel is not Channel.POST and address is None:
        raise InvalidInput(
            where=row.where("adresse"),
            found="the row does not say which address or number no longer works",
            hint="Write it as debiteurs.csv has it, e.g. compta@exemple.example.",
        )
    return AddressBounced(id=head.code, effective_on=head.effective_on, channel=channel, address=address)


def _channels(row: Row) -> tuple[Channel, ...]:
    written = [part.strip() for part in row.required("canal", "telephone").split("|") if part.strip()]
    found = [row.word("canal", part, CHANNELS) for part in written]
    if not found:
        raise InvalidInput(where=row.where("canal"), found="no channel is named", hint="Write one, e.g. telephone.")
    return tuple(dict.fromkeys(found))
