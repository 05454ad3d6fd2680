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
from recouvrement.render.payments import due_days_of, received_by
from recouvrement.render.statement import label
from recouvrement.render.told import shown, told, told_money
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
    """What the books show as still owed on them, contested part included; empty when nothing is."""
    received_imputed: str
    """Part of the payments of those that may be demanded that went to interest first; empty when none did."""
    received_principal_due: str
    """``received_left`` and ``received_imputed`` together."""
    received_reserves_imputation: str
    """Not empty when a payment may have paid interest first (C. civ. 1343-1): the receipt reserves it."""
    received_contested: str
    received_deferred: str
    received_silent: str
    """Not empty when nothing may be said of what is left: proceedings are open, or nothing was settled."""


NO_RECEIPT = Received((), *[""] * (len(Received._fields) - 1))


def received(action: Action, case: Case, claim: Claim, *, on: date) -> Received:
    """Return the payment a receipt is for. Raises ``RenderError`` when the case does not hold it."""
    if action.document is not DocumentKind.RECEIPT:
        return NO_RECEIPT
    about = told(action, "about_payment")
    payment_id = about.input("payment_id")
    payment = next((one for one in received_by(case, on) if one.id == payment_id), None)
    if payment is None:
        raise RenderError(
            where=f"action {action.id}, reasons",
            found=f"payment {payment_id} is not in case {case.id}",
            hint="Render an action with the case it was asked for.",
        )
    zero = Money.zero(case.currency)
    parts = [(part.input("item"), told_money(part, "amount") or zero, part.input("named")) for part in about.parts]
    by_item: dict[str, Money] = {}
    for item_id, amount, _ in parts:
        if item_id is not None:
            by_item[item_id] = by_item.get(item_id, zero) + amount
    items = [item for item in case.items if item.id in by_item]
    due = due_days_of(claim)
    numbers = list(dict.fromkeys(item.invoice_number for item in items))
    owed = [item for item in claim.items if item.invoice_number in numbers]
    settled = sum(by_item.values(), start=zero)
    left, imputed = (told_money(about, name) or zero for name in ("left", "imputed"))
    return Received(
        received_rows=tuple(
            PartRow(
                number=label(item, case),
                due_on=formats.short_date(day) if (day := due.get(item.id, item.due_on)) else "",
                amount=formats.money(by_item[item.id]),
            )
            for item in items
        ),
        received_amount=formats.money(payment.amount),
        received_words=amount_in_words(payment.amount),
        received_on=formats.long_date(payment.received_on),
        received_reference=payment.reference or payment.id,
        received_unnamed=shown(sum((amount for _, amount, named in parts if named == "no"), start=zero)),
        received_surplus=shown(payment.amount - settled),
        received_invoices=_invoices(numbers),
        received_several="oui" if len(numbers) > 1 else "",
        received_left=shown(left),
        received_imputed=shown(imputed),
        received_principal_due=shown(left + imputed),
        received_reserves_imputation="oui" if about.input("reserves_imputation") == "yes" else "",
        received_contested=shown(sum((item.contested for item in owed), start=zero)),
        received_deferred=shown(sum((item.deferred for item in owed if item.deferred), start=zero)),
        received_silent="oui" if not parts or has_proceedings(case, on=on) else "",
    )


def _invoices(numbers: list[str]) -> str:
    if not numbers:
        return ""
    return ("facture " if len(numbers) == 1 else "factures ") + ", ".join(formats.unbroken(one) for one in numbers)
