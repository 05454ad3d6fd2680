"""``factures.csv``: invoices, their instalments, and credit notes."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from recouvrement.adapters.portfolio.columns import INVOICES
from recouvrement.adapters.portfolio.entries import Entries, Entry, failures_for
from recouvrement.adapters.portfolio.faults import invalid_cell
from recouvrement.adapters.portfolio.table import Row, read_rows
from recouvrement.adapters.references import number_key, reference_or_none
from recouvrement.batch.portfolio import Failure
from recouvrement.domain.documents import CreditNote, Instalment, Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import PaymentMethod
from recouvrement.errors import InvalidInput

FILE = "factures.csv"


class DocumentType(StrEnum):
    """What a row of the file is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


TYPES = {
    "facture": DocumentType.INVOICE,
    "avoir": DocumentType.CREDIT_NOTE,
    "invoice": DocumentType.INVOICE,
    "credit_note": DocumentType.CREDIT_NOTE,
}

PAYMENT_METHODS = {
    "virement": PaymentMethod.TRANSFER,
    "prelevement": PaymentMethod.DIRECT_DEBIT,
    "carte": PaymentMethod.CARD,
    "cheque": PaymentMethod.CHEQUE,
    "traite": PaymentMethod.BILL,
    "especes": PaymentMethod.CASH,
    **{method.value: method for method in PaymentMethod},
}

_FIELDS = {
    "number": "numero",
    "issued_on": "date",
    "total": "montant",
    "amount": "montant",
    "prepaid": "acompte",
    "order_reference": "commande",
    "description": "objet",
    "reason": "objet",
    "invoice_number": "facture_corrigee",
    "payment_url": "lien_paiement",
    "": "montant",
}


class _Line(NamedTuple):
    """A row whose cells could all be read on their own."""

    row: Row
    number: str
    type: DocumentType
    debtor_id: str
    issued_on: date
    due_on: date | None
    amount: Money
    prepaid: Money | None
    position: int | None


def read_documents(folder: Path, debtor_ids: Collection[str]) -> Entries:
    """Return the invoices and credit notes of a portfolio.

    Rows that share a number are instalments when every one has its ``tranche``; otherwise the number is a duplicate,
    which blocks the debtors of all its rows.
    """
    failures: list[Failure] = []
    faulty: set[str] = set()
    groups: dict[str, list[Row]] = {}
    for row in read_rows(folder / FILE, INVOICES):
        key = number_key(row.text("numero") or "")
        groups.setdefault(key or f"line {row.line}", []).append(row)
    entries: list[Entry] = []
    for key, rows in groups.items():
        try:
            entries.append(_entry(rows, debtor_ids))
        except InvalidInput as fault:
            faulty.add(key)
            failures += failures_for(fault, [_named(row, debtor_ids) for row in rows])
    return Entries(tuple(entries), tuple(failures), frozenset(faulty))


def _named(row: Row, debtor_ids: Collection[str]) -> str | None:
    """Return the debtor of a row that cannot be trusted, when it names one that exists."""
    found = row.text("debiteur")
    return found if found in debtor_ids else None


def _entry(rows: list[Row], debtor_ids: Collection[str]) -> Entry:
    first = rows[0]
    if len(rows) > 1:
        for earlier, row in pairwise(rows):
            if row.text("tranche") is None or earlier.text("tranche") is None:
                raise InvalidInput(
                    where=row.where("numero"),
                    found=f"number {row.text('numero')!r} is already on line {earlier.line}",
                    hint="Keep one row, correct the number, or fill tranche (1, 2…) on every row of the instalments.",
                )
    lines = [_line(row, debtor_ids) for row in rows]
    head = lines[0]
    try:
        if head.type is DocumentType.CREDIT_NOTE:
            return _credit_note(head)
        return _invoice(lines)
    except ValidationError as fault:
        raise invalid_cell(fault, first, INVOICES, _FIELDS) from None


def _line(row: Row, debtor_ids: Collection[str]) -> _Line:
    if row.fault is not None:
        raise row.fault
    number = row.required("numero", "F2026-0118")
    kind = row.choice("type", TYPES) or DocumentType.INVOICE
    debtor_id = row.required("debiteur", "C0042")
    if debtor_id not in debtor_ids:
        raise InvalidInput(
            where=row.where("debiteur"),
            found=f"debtor {debtor_id!r} is not in debiteurs.csv",
            hint="Add a row for it in debiteurs.csv, or correct the identifier here (capitals count).",
        )
    issued_on, due_on = row.required_day("date", "30/09/2026"), row.day("echeance")
    amount = row.required_money("montant", "1 250,50")
    if due_on is not None and due_on < issued_on:
        raise InvalidInput(
            where=row.where("echeance"),
            found=f"the due date {due_on.isoformat()} comes before the invoice of {issued_on.isoformat()}",
            hint="Correct one of the two dates; if the price was due earlier, write the date of the invoice.",
        )
    if amount.minor < 0:
        raise InvalidInput(
            where=row.where("montant"),
            found=f"{row.text('montant')!r} is negative",
            hint="Write a positive amount, with avoir in the type column if it is a credit note.",
        )
    return _Line(row, number, kind, debtor_id, issued_on, due_on, amount, row.money("acompte"), _position(row))


def _position(row: Row) -> int | None:
    found = row.text("tranche")
    if found is None:
        return None
    if not (found.isascii() and found.isdigit() and int(found) > 0):
        raise InvalidInput(
            where=row.where("tranche"), found=f"{found!r} is not the number of an instalment", hint="Write 1, 2, 3…"
        )
    return int(found)


def _credit_note(line: _Line) -> Entry:
    for column, why in (
        ("acompte", "an advance"),
        ("tranche", "instalments"),
        ("mode_de_paiement", "a payment"),
        ("lien_paiement", "a payment page"),
    ):
        if line.row.text(column) is not None:
            raise InvalidInput(
                where=line.row.where(column), found=f"a credit note has no such thing as {why}", hint="Empty this cell."
            )
    corrected = line.row.text("facture_corrigee")
    note = CreditNote(
        number=line.number,
        issued_on=line.issued_on,
        amount=line.amount,
        invoice_number=corrected,
        reason=line.row.text("objet"),
    )
    return Entry(note, line.debtor_id, line.row.where(), (corrected,) if corrected else ())


def _invoice(lines: list[_Line]) -> Entry:
    head = lines[0]
    row = head.row
    _refuse_disagreement(lines)
    if row.text("facture_corrigee") is not None:
        raise InvalidInput(
            where=row.where("facture_corrigee"),
            found="an invoice that corrects another is a credit note here",
            hint="Write avoir in the type column, or empty this cell.",
        )
    ordered = sorted(lines, key=lambda line: line.position or 0)
    if head.position is None:
        total, left = head.amount, head.amount - head.prepaid if head.prepaid else head.amount
        if left.minor < 0 or (head.prepaid is not None and head.prepaid.minor < 0):
            raise InvalidInput(
                where=row.where("acompte"),
                found=f"the advance {head.prepaid} does not lie between 0 and the amount {head.amount}",
                hint="Write the advance already taken off on the invoice; enter what exceeds it in paiements.csv.",
            )
        instalments: tuple[Instalment, ...] = (Instalment(amount=left, due_on=head.due_on),)
    else:
        if [line.position for line in ordered] != list(range(1, len(ordered) + 1)):
            raise InvalidInput(
                where=row.where("tranche"),
                found=f"instalments {', '.join(str(line.position) for line in ordered)} of {head.number} are given",
                hint="Number the instalments 1, 2, 3… without a gap: a missing one is a lost row.",
            )
        if head.prepaid is not None:
            raise InvalidInput(
                where=row.where("acompte"),
                found="an advance beside instalments cannot be read safely",
                hint="Make the advance the first tranche, and enter its payment in paiements.csv.",
            )
        total = Money.from_minor(sum(line.amount.minor for line in ordered), head.amount.currency)
        instalments = tuple(Instalment(amount=line.amount, due_on=line.due_on) for line in ordered)
    invoice = Invoice(
        number=head.number,
        issued_on=head.issued_on,
        total=total,
        prepaid=head.prepaid,
        instalments=instalments,
        received_on=row.day("recue_le"),
        delivered_on=row.day("livree_le"),
        order_reference=reference_or_none(row.text("commande")),
        description=row.text("objet"),
        payment_method=row.choice("mode_de_paiement", PAYMENT_METHODS),
        payment_url=row.text("lien_paiement"),
    )
    return Entry(invoice, head.debtor_id, row.where())


_SHARED = (
    "type",
    "date",
    "devise",
    "acompte",
    "facture_corrigee",
    "recue_le",
    "livree_le",
    "commande",
    "objet",
    "mode_de_paiement",
    "lien_paiement",
)


def _refuse_disagreement(lines: list[_Line]) -> None:
    """Instalments of one invoice say the same thing in every column but their number, due date and amount."""
    head = lines[0]
    for line in lines[1:]:
        for column in ("debiteur", *_SHARED):
            if line.row.text(column) != head.row.text(column):
                raise InvalidInput(
                    where=line.row.where(column),
                    found=f"{line.row.text(column) or ''!r} differs from {head.row.text(column) or ''!r} "
                    f"on line {head.row.line}, for the same invoice",
                    hint="Write the same thing on every instalment; only tranche, echeance and montant may change.",
                )
