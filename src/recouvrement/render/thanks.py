"""What a word of thanks shows: the items that are settled, and the payments known to have gone to them."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.documents import Item
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.formats import unbroken
from recouvrement.render.language import Language
from recouvrement.render.payments import received_by
from recouvrement.render.statement import label


class SettledRow(NamedTuple):
    """One item that is settled."""

    number: str
    issued_on: str
    due_on: str
    amount: str
    """What the item came to when the invoice was issued, whatever settled it."""


class ReceiptRow(NamedTuple):
    """A payment, or the part of one, that the books gave to a settled item."""

    day: str
    number: str
    amount: str


class Thanks(NamedTuple):
    """Fields of a word of thanks; empty in every other document."""

    settled_rows: tuple[SettledRow, ...]
    settled_total: str
    settled_credited: str
    """Part of that total that credit notes took off; empty when they name none of these invoices."""
    receipt_rows: tuple[ReceiptRow, ...]
    """Money without an invoice of its own is not shown: which debt it settled is for the books to say."""


NO_THANKS = Thanks((), "", "", ())


def thanks(action: Action, case: Case, *, on: date, language: Language) -> Thanks:
    """Return what the items of a word of thanks were, and the payments received for them by that day."""
    if action.document is not DocumentKind.THANK_YOU:
        return NO_THANKS
    items = sorted(
        (item for item in case.items if item.id in action.listed),
        key=lambda item: (item.due_on or date.max, item.issued_on, item.id),
    )
    total = sum((Money.from_minor(item.amount_minor, case.currency) for item in items), start=Money.zero(case.currency))
    return Thanks(
        settled_rows=tuple(
            SettledRow(
                number=label(item, case, language),
                issued_on=language.short_date(item.issued_on),
                due_on=language.short_date(item.due_on) if item.due_on else "",
                amount=language.money(Money.from_minor(item.amount_minor, case.currency)),
            )
            for item in items
        ),
        settled_total=language.money(total),
        settled_credited=_credited(items, case, on, language),
        receipt_rows=_receipts(items, case, on, language),
    )


def _whole_invoices(items: list[Item], case: Case) -> list[str]:
    """Return the numbers of the invoices of which every instalment is among those items."""
    settled = {item.id for item in items}
    return [invoice.number for invoice in case.invoices if settled.issuperset(item.id for item in invoice.items)]


def _credited(items: list[Item], case: Case, on: date, language: Language) -> str:
    numbers = _whole_invoices(items, case)
    notes = [note for note in case.credit_notes if note.invoice_number in numbers and note.issued_on <= on]
    credited = sum((note.amount for note in notes), start=Money.zero(case.currency))
    return language.money(credited) if credited else ""


def _receipts(items: list[Item], case: Case, on: date, language: Language) -> tuple[ReceiptRow, ...]:
    """Return the parts of payments allocated to those items, oldest first; rejected payments were never received."""
    # A payment may name the invoice, not its instalments: it is shown when every one of them is settled.
    shown = {number: unbroken(number) for number in _whole_invoices(items, case)}
    shown |= {item.id: label(item, case, language) for item in items}
    return tuple(
        ReceiptRow(language.short_date(payment.received_on), shown[part.item_id], language.money(part.amount))
        for payment in received_by(case, on)
        for part in payment.allocations
        if part.item_id in shown
    )
