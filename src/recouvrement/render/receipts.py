"""What a receipt says of one payment."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render import formats
from recouvrement.render.disputes import has_proceedings
from recouvrement.render.receipts_by_item import Books, amount_of, books, due_days_of, received_by
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
    received_unnamed: str
    """Part of it that named no invoice, and that the law gave to some of them."""
    received_surplus: str
    """Part of it that settled nothing."""
    received_invoices: str
    """The invoices it settled something of, as a reference; empty when it settled none."""
    received_several: str
    """Not empty when they are several."""
    received_left: str
    """What is still owed on them, contested part included; empty when nothing is."""
    received_contested: str
    received_deferred: str
    received_silent: str
    """Not empty when nothing may be said of what is left: proceedings are open, or nothing was settled."""


NO_RECEIPT = Received((), *[""] * (len(Received._fields) - 1))


def received(action: Action, case: Case, claim: Claim, *, on: date) -> Received:
    """Return the payment a receipt is for. Raises ``RenderError`` when the case does not hold it."""
    if action.document is not DocumentKind.RECEIPT:
        return NO_RECEIPT
    payment_id = told(action, "about_payment").input("payment_id")
    payment = next((one for one in received_by(case, on) if one.id == payment_id), None)
    if payment is None:
        raise RenderError(
            where=f"action {action.id}, reasons",
            found=f"payment {payment_id} is not in case {case.id}",
            hint="Render an action with the case it was asked for.",
        )
    found = books(case, claim, on=on)
    if not found.agrees_with(claim):
        raise RenderError(
            where=f"action {action.id}, payment {payment.id}",
            found="what it settled beyond its allocations cannot be told from the case",
            hint="Allocate the payment to the invoices it settled.",
        )
    parts = [part for part in found.parts if part.payment_id == payment.id]
    by_item = {
        item.id: sum(part.minor for part in parts if part.item_id == item.id)
        for item in case.items
        if any(part.item_id == item.id for part in parts)
    }
    items = [item for item in case.items if item.id in by_item]
    due = due_days_of(claim)
    numbers = list(dict.fromkeys(item.invoice_number for item in items))
    owed = [item for item in claim.items if item.invoice_number in numbers]
    zero = Money.zero(case.currency)
    settled = amount_of(sum(by_item.values()), case)
    return Received(
        received_rows=tuple(
            PartRow(
                number=label(item, case),
                due_on=formats.short_date(day) if (day := due.get(item.id, item.due_on)) else "",
                amount=formats.money(amount_of(by_item[item.id], case)),
            )
            for item in items
        ),
        received_amount=formats.money(payment.amount),
        received_words=amount_in_words(payment.amount),
        received_on=formats.long_date(payment.received_on),
        received_reference=payment.reference or payment.id,
        received_unnamed=shown(amount_of(sum(part.minor for part in parts if not part.is_named), case)),
        received_surplus=shown(payment.amount - settled),
        received_invoices=_invoices(numbers),
        received_several="oui" if len(numbers) > 1 else "",
        received_left=shown(_left(found, numbers, case)),
        received_contested=shown(sum((item.contested for item in owed), start=zero)),
        received_deferred=shown(sum((item.deferred for item in owed if item.deferred), start=zero)),
        received_silent="oui" if not parts or has_proceedings(case, on=on) else "",
    )


def _left(found: Books, numbers: list[str], case: Case) -> Money:
    return amount_of(sum(found.left.get(item.id, 0) for item in case.items if item.invoice_number in numbers), case)


def _invoices(numbers: list[str]) -> str:
    if not numbers:
        return ""
    return ("facture " if len(numbers) == 1 else "factures ") + ", ".join(formats.unbroken(one) for one in numbers)
