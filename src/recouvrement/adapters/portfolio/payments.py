"""``paiements.csv``: money received, and the invoices it pays."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from recouvrement.adapters.portfolio.columns import PAYMENTS, folded
from recouvrement.adapters.portfolio.entries import Register, failures_for
from recouvrement.adapters.portfolio.faults import invalid_cell
from recouvrement.adapters.portfolio.table import Row, read_rows
from recouvrement.batch.portfolio import Failure
from recouvrement.domain.documents import Allocation, AllocationChoice, Payment
from recouvrement.domain.money import Money
from recouvrement.errors import InvalidInput

FILE = "paiements.csv"

_FIELDS = {
    "id": "id",
    "amount": "montant",
    "reference": "reference",
    "allocations.item_id": "facture",
    "allocations.amount": "montant",
    "": "montant",
}


class Payments(NamedTuple):
    """The payments that could be read, each with its debtor, and the faults."""

    payments: tuple[tuple[str, Payment], ...]
    failures: tuple[Failure, ...]


class _Line(NamedTuple):
    """A row whose cells could all be read on their own."""

    row: Row
    debtor_id: str
    received_on: date
    amount: Money
    item_id: str | None
    chosen_by: AllocationChoice


_CHOICES = {"debiteur": AllocationChoice.DEBTOR, "creancier": AllocationChoice.CREDITOR}


def stable_id(parts: Iterable[object]) -> str:
    """Return the identifier of a row that has none: the same content gives the same identifier, night after night.

    >>> stable_id(["2026-11-05", "500.00 EUR"]) == stable_id(["2026-11-05", "500.00 EUR"])
    True
    """
    content = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"csv:{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def read_payments(folder: Path, debtor_ids: Collection[str], register: Register) -> Payments:
    """Return the payments of a portfolio; rows with the same ``id`` are one payment shared between invoices."""
    groups: dict[str, list[_Line]] = {}
    failures: list[Failure] = []
    refused: set[str] = set()
    for row in read_rows(folder / FILE, PAYMENTS):
        try:
            line = _line(row, debtor_ids, register)
        except InvalidInput as fault:
            failures += failures_for(fault, _named(row, debtor_ids, register))
            refused.add(row.text("id") or "")
            continue
        code = row.text("id") or stable_id(
            (line.debtor_id, line.received_on, line.amount, line.item_id, row.text("reference"))
        )
        groups.setdefault(code, []).append(line)
    payments: list[tuple[str, Payment]] = []
    for code, lines in groups.items():
        if code in refused:
            failures += failures_for(_part_of_refused(code, lines[0].row), [line.debtor_id for line in lines])
            continue
        try:
            payments.append((lines[0].debtor_id, _payment(code, lines)))
        except InvalidInput as fault:
            failures += failures_for(fault, [line.debtor_id for line in lines])
    return Payments(tuple(payments), tuple(failures))


def _part_of_refused(code: str, row: Row) -> InvalidInput:
    return InvalidInput(
        where=row.where("id"),
        found=f"another row of payment {code!r} cannot be read",
        hint="Correct that row: a payment is taken whole or not at all.",
    )


def _named(row: Row, debtor_ids: Collection[str], register: Register) -> list[str | None]:
    """Return the debtors that a faulty row concerns: the one it names, and the one whose invoice it names."""
    named = row.text("debiteur")
    item = register.item(row.text("facture") or "")
    return [named if named in debtor_ids else None, item[0].debtor_id if item else None]


def _line(row: Row, debtor_ids: Collection[str], register: Register) -> _Line:
    if row.fault is not None:
        raise row.fault
    received_on = row.required_day("date", "05/11/2026")
    amount = row.required_money("montant", "500,00")
    if amount.minor <= 0:
        raise InvalidInput(
            where=row.where("montant"),
            found=f"{row.text('montant')!r} is not more than zero",
            hint="Write what was received; enter a rejected payment as a row of type rejet in evenements.csv.",
        )
    named, reference = row.text("debiteur"), row.text("facture")
    if named is not None and named not in debtor_ids:
        raise InvalidInput(
            where=row.where("debiteur"),
            found=f"debtor {named!r} is not in debiteurs.csv",
            hint="Correct the identifier (capitals count), or empty the cell when the invoice is given.",
        )
    if reference is None:
        if named is None:
            raise InvalidInput(
                where=row.where("facture"),
                found="the payment names neither an invoice nor a debtor",
                hint="Fill the facture column, or the debiteur column when the invoice is not known.",
            )
        return _Line(row, named, received_on, amount, None, AllocationChoice.CREDITOR)
    debtor_id, item_id = _allocated(row, reference, named, amount, register)
    return _Line(row, debtor_id, received_on, amount, item_id, _chosen_by(row))


def _chosen_by(row: Row) -> AllocationChoice:
    written = row.text("designe_par")
    if written is None:
        return AllocationChoice.CREDITOR
    known = _CHOICES | {choice.value: choice for choice in AllocationChoice}
    if folded(written) not in known:
        raise InvalidInput(
            where=row.where("designe_par"),
            found=f"{written!r} is not known here",
            hint=f"Write one of: {', '.join(_CHOICES)}, or leave the cell empty.",
        )
    return known[folded(written)]


def _allocated(row: Row, reference: str, named: str | None, amount: Money, register: Register) -> tuple[str, str]:
    item = register.item(reference)
    if item is None:
        reason = "could not be read" if register.is_faulty(reference) else "is not in the portfolio"
        raise InvalidInput(
            where=row.where("facture"),
            found=f"invoice {reference!r} {reason}",
            hint="Correct the number or the invoice; if it is not known, empty the cell and fill debiteur.",
        )
    entry, item_id = item
    if named is not None and named != entry.debtor_id:
        raise InvalidInput(
            where=row.where("debiteur"),
            found=f"debtor {named!r} pays invoice {reference!r} of debtor {entry.debtor_id!r}",
            hint="Correct one of the two; if one firm pays for another, name the debtor of the invoice.",
        )
    if amount.currency != entry.currency:
        raise InvalidInput(
            where=row.where("devise"),
            found=f"a payment in {amount.currency} for invoice {reference!r} in {entry.currency}",
            hint="Write the currency of the payment; convert it before it is entered if it came in another.",
        )
    return entry.debtor_id, item_id


def _payment(code: str, lines: list[_Line]) -> Payment:
    head = lines[0]
    seen: dict[str | None, int] = {}
    for line in lines:
        for column, mine, theirs in (
            ("date", line.received_on, head.received_on),
            ("devise", line.amount.currency, head.amount.currency),
            ("debiteur", line.debtor_id, head.debtor_id),
        ):
            if mine != theirs:
                raise InvalidInput(
                    where=line.row.where(column),
                    found=f"payment {code!r} has {mine} here and {theirs} on line {head.row.line}",
                    hint="One payment has one date, currency and debtor: correct it, or give another id.",
                )
        if line.item_id in seen:
            what = f"pays {line.item_id!r} twice" if line.row.text("id") else "is the same row twice"
            raise InvalidInput(
                where=line.row.where(),
                found=f"payment {code!r} {what} (first on line {seen[line.item_id]})",
                hint="Remove the row if it is a copy; if money came twice, give each payment its own id.",
            )
        seen[line.item_id] = line.row.line
    total = Money.from_minor(sum(line.amount.minor for line in lines), head.amount.currency)
    try:
        return Payment(
            id=code,
            received_on=head.received_on,
            amount=total,
            allocations=tuple(
                Allocation(item_id=line.item_id, amount=line.amount, chosen_by=line.chosen_by)
                for line in lines
                if line.item_id is not None
            ),
            reference=head.row.text("reference"),
        )
    except ValidationError as fault:
        raise invalid_cell(fault, head.row, PAYMENTS, _FIELDS) from None
