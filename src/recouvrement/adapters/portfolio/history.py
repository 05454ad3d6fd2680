"""``evenements.csv``: disputes, promises, plans, holds, delivered notices, proofs, rejected payments and addresses."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from recouvrement.adapters.portfolio.columns import EVENTS, IDENTIFYING
from recouvrement.adapters.portfolio.entries import Register, failures_for
from recouvrement.adapters.portfolio.event_rows import event_of
from recouvrement.adapters.portfolio.event_words import FIELDS, TYPES, USED, Kind, Other
from recouvrement.adapters.portfolio.faults import invalid_cell
from recouvrement.adapters.portfolio.payments import stable_id
from recouvrement.adapters.portfolio.plan_rows import Head
from recouvrement.adapters.portfolio.table import Row, read_rows
from recouvrement.batch.portfolio import Failure
from recouvrement.domain.documents import Payment
from recouvrement.domain.events import (
    HistoryEvent,
    PaymentRejected,
    PlanAgreed,
    PlanDefaultNotified,
    StopLifted,
    StopPlaced,
)
from recouvrement.errors import InvalidInput

FILE = "evenements.csv"

_Read = tuple[str, str | None, HistoryEvent]
"""Debtor, currency (``None``: all its cases) and event."""


class History(NamedTuple):
    """The events that could be read, with their debtor and currency (``None``: all its cases), and the faults."""

    events: tuple[_Read, ...] = ()
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
    events: dict[str, _Read] = {}
    lines: dict[str, Row] = {}
    failures: list[Failure] = []
    for rows in _groups(read_rows(folder / FILE, EVENTS)):
        row = rows[0]
        try:
            debtor_id, currency, event = _event(rows, context)
        except InvalidInput as fault:
            failures += failures_for(fault, [name for part in rows for name in _named(part, context)])
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
    failures += _about_nothing(events, lines)
    return History(tuple(events.values()), tuple(failures))


def _groups(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield the rows of each event: those of a plan share their ``id``, any other event has one row."""
    plans: dict[str, list[Row]] = {}
    groups: list[list[Row]] = []
    for row in rows:
        plan_id = row.text("id") if row.fault is None and _is_plan(row) else None
        if plan_id is None:
            groups.append([row])
        elif plan_id in plans:
            plans[plan_id].append(row)
        else:
            plans[plan_id] = [row]
            groups.append(plans[plan_id])
    yield from groups


def _is_plan(row: Row) -> bool:
    try:
        return row.choice("type", TYPES) is Other.PLAN
    except InvalidInput:  # told when the row is read
        return False


def _about_nothing(events: Mapping[str, _Read], lines: Mapping[str, Row]) -> Iterator[Failure]:
    """Yield the faults between rows: the end of a stop, or the default of a plan, that the file does not hold."""
    plans = {(debtor_id, event.plan_id) for debtor_id, _, event in events.values() if isinstance(event, PlanAgreed)}
    stops = {(debtor_id, event.stop_id) for debtor_id, _, event in events.values() if isinstance(event, StopPlaced)}
    for debtor_id, _, event in events.values():
        match event:
            case StopLifted() if (debtor_id, event.stop_id) not in stops | plans:
                column, found = "reference", f"stop {event.stop_id!r}"
            case PlanDefaultNotified() if (debtor_id, event.plan_id) not in plans:
                column, found = "plan", f"plan {event.plan_id!r}"
            case _:
                continue
        fault = InvalidInput(
            where=lines[event.id].where(column),
            found=f"{found} of debtor {debtor_id!r} is not in the file",
            hint="Write the id of the row that placed it.",
        )
        yield Failure(fault, debtor_id)


def _named(row: Row, context: _Context) -> list[str | None]:
    named = row.text("debiteur")
    items = [context.register.item(part) for part in _references(row)]
    return [named if named in context.debtor_ids else None, *(item[0].debtor_id for item in items if item)]


def _references(row: Row) -> list[str]:
    return [part.strip() for part in (row.text("facture") or "").split("|") if part.strip()]


def _event(rows: list[Row], context: _Context) -> _Read:
    row = rows[0]
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
    for part in rows:
        _refuse_unused(part, kind)
    items, currency = _items(row, debtor_id, context.register)
    head = Head(_code(row), effective_on, items, currency)
    try:
        event = event_of(rows, kind, head)
    except ValidationError as fault:
        raise invalid_cell(fault, row, EVENTS, FIELDS) from None
    return debtor_id, _currency(row, event, debtor_id, context) or currency, event


def _code(row: Row) -> str:
    written = row.text("id")
    if written:
        return f"csv:{written}"
    at_first = [row.text(column.name) for column in EVENTS if column.name in IDENTIFYING]
    later = [column.name for column in EVENTS if column.name not in IDENTIFYING]
    return stable_id([*at_first, *(f"{name}={row.text(name)}" for name in later if row.text(name))])


def _currency(row: Row, event: HistoryEvent, debtor_id: str, context: _Context) -> str | None:
    """Return the currency an event tells by itself, or ``None``."""
    match event:
        case StopPlaced():
            return event.amount.currency if event.amount is not None else None
        case PlanAgreed():
            return event.instalments[0].amount.currency
        case PaymentRejected():
            return _currency_of_rejected(row, event, debtor_id, context)
        case _:
            return None


def _refuse_unused(row: Row, kind: Kind) -> None:
    unused = next((column.name for column in EVENTS if column.name not in USED[kind] and row.text(column.name)), None)
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


def _currency_of_rejected(row: Row, event: PaymentRejected, debtor_id: str, context: _Context) -> str:
    debtor, payment = context.payments.get(event.payment_id, (None, None))
    if payment is None or debtor != debtor_id:
        raise InvalidInput(
            where=row.where("reference"),
            found=f"payment {event.payment_id!r} is not one that debtor {debtor_id!r} made",
            hint="Write the id of the payment in paiements.csv.",
        )
    return payment.amount.currency
