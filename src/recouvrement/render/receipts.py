"""What a receipt says of one payment."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render import formats
from recouvrement.render.statement import label
from recouvrement.render.told import shown, told
from recouvrement.render.words_fr import amount_in_words


class PartRow(NamedTuple):
    """The part of the payment that went to one invoice."""

    number: str
    due_on: str
    amount: str


class Received(NamedTuple):
    """A payment; empty texts for another document."""

    received_rows: tuple[PartRow, ...]
    received_amount: str
    received_words: str
    received_on: str
    received_reference: str
    received_rest: str
    """Part of it that names no invoice: it went to the debts the law says."""
    received_left: str
    """What is still owed on the invoices listed; empty when nothing is."""


NO_RECEIPT = Received((), *[""] * (len(Received._fields) - 1))


def received(action: Action, case: Case) -> Received:
    """Return the payment a receipt is for. Raises ``RenderError`` when the case does not hold it."""
    if action.document is not DocumentKind.RECEIPT:
        return NO_RECEIPT
    payment_id = told(action, "about_payment").input("payment_id")
    payment = next((one for one in case.payments if one.id == payment_id), None)
    if payment is None:
        raise RenderError(
            where=f"action {action.id}, reasons",
            found=f"payment {payment_id} is not in case {case.id}",
            hint="Render an action with the case it was asked for.",
        )
    items = {item.id: item for item in case.items}
    days: dict[str, date | None] = {item.id: item.due_on for item in case.items}
    rows = [
        PartRow(
            number=label(items[part.item_id], case) if part.item_id in items else formats.unbroken(part.item_id),
            due_on=formats.short_date(day) if (day := days.get(part.item_id)) else "",
            amount=formats.money(part.amount),
        )
        for part in payment.allocations
    ]
    named = sum((part.amount for part in payment.allocations), start=Money.zero(case.currency))
    return Received(
        received_rows=tuple(rows),
        received_amount=formats.money(payment.amount),
        received_words=amount_in_words(payment.amount),
        received_on=formats.long_date(payment.received_on),
        received_reference=payment.reference or payment.id,
        received_rest=shown(payment.amount - named),
        received_left=shown(action.principal),
    )
