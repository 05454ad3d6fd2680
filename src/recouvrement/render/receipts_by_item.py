"""What each payment settled, item by item, as the books of the case hold it: for documents that tell of payments.

The law is not known here. Money that names no invoice goes to the oldest debt that is not contested, then to those
that are (C. civ. art. 1342-10); ``agrees_with`` says whether that is what the engine found.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Claim
from recouvrement.domain.documents import Item, Payment
from recouvrement.domain.events import PaymentRejected
from recouvrement.domain.money import Money
from recouvrement.render.disputes import contested_from


class PartSettled(NamedTuple):
    """What one payment settled of one item."""

    payment_id: str
    item_id: str
    on: date
    minor: int
    is_named: bool
    """Whether the payment named that item or its invoice."""


class Books(NamedTuple):
    """What payments settled by a day, and what is left of every item."""

    parts: tuple[PartSettled, ...]
    left: dict[str, int]
    """What is still owed of each item issued by that day, in minor units."""

    def agrees_with(self, claim: Claim) -> bool:
        """Whether the items of a claim have the balance found here."""
        return all(self.left.get(item.item_id) == item.balance.minor for item in claim.items)


class _Spare(NamedTuple):
    on: date
    minor: int
    payment_id: str
    """Empty for what is left of a credit note."""


def books(case: Case, claim: Claim, *, on: date) -> Books:
    """Return the books of a case at the end of a day."""
    items = {item.id: item for item in case.items if item.issued_on <= on}
    left = {item.id: item.amount_minor for item in items.values()}
    spare = _credited(case, items, left, on)
    parts: list[PartSettled] = []
    for payment in received_by(case, on):
        rest = payment.amount.minor
        for part in payment.allocations:
            open_minor = part.amount.minor
            for item in items.values():
                if part.item_id not in {item.id, item.invoice_number}:
                    continue
                used = min(open_minor, left[item.id])
                if used:
                    left[item.id] -= used
                    open_minor -= used
                    rest -= used
                    parts.append(PartSettled(payment.id, item.id, payment.received_on, used, is_named=True))
        if rest:
            spare.append(_Spare(payment.received_on, rest, payment.id))
    in_turn = oldest_first(items.values(), due_days_of(claim))
    weak_from = {item.id: contested_from(item, case, on=on) for item in in_turn}
    for money in sorted(spare):
        parts += _spread(money, in_turn, left, weak_from)
    return Books(tuple(parts), left)


def due_days_of(claim: Claim) -> dict[str, date]:
    """Return, by item of a claim, the due date the engine found."""
    return {item.item_id: item.due_on for item in claim.items}


def oldest_first(items: Iterable[Item], due_days: Mapping[str, date]) -> list[Item]:
    """Return items by due date, as the claim has it or as printed, then by issue and identifier."""
    return sorted(items, key=lambda one: (due_days.get(one.id, one.due_on) or date.max, one.issued_on, one.id))


def received_by(case: Case, on: date) -> list[Payment]:
    """Return the payments received by a day; a rejected one was never received."""
    rejected = {
        event.payment_id for event in case.history if isinstance(event, PaymentRejected) and event.effective_on <= on
    }
    return [payment for payment in case.payments if payment.received_on <= on and payment.id not in rejected]


def amount_of(minor: int, case: Case) -> Money:
    """Return minor units as an amount of the case."""
    return Money.from_minor(minor, case.currency)


def _credited(case: Case, items: dict[str, Item], left: dict[str, int], on: date) -> list[_Spare]:
    """Take credit notes off their own invoices and return what is left of them."""
    spare = []
    for note in case.credit_notes:
        if note.issued_on > on:
            continue
        rest = note.amount.minor
        for item in items.values():
            if item.invoice_number == note.invoice_number:
                used = min(rest, left[item.id])
                left[item.id] -= used
                rest -= used
        if rest:
            spare.append(_Spare(note.issued_on, rest, ""))
    return spare


def _spread(
    money: _Spare, in_turn: list[Item], left: dict[str, int], weak_from: dict[str, date | None]
) -> list[PartSettled]:
    """Apply money that names no debt to each debt in its turn, those contested by its day last."""
    parts, rest = [], money.minor

    def is_weak(item: Item) -> bool:
        day = weak_from[item.id]
        return day is not None and day <= money.on

    for item in sorted(in_turn, key=is_weak):
        used = min(rest, left[item.id])
        if not used:
            continue
        left[item.id] -= used
        rest -= used
        if money.payment_id:
            parts.append(PartSettled(money.payment_id, item.id, money.on, used, is_named=False))
    return parts
