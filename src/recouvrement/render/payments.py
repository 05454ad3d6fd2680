"""Payments as documents tell of them: those received, and debts from the oldest to the newest."""

from collections.abc import Iterable, Mapping
from datetime import date

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Claim
from recouvrement.domain.documents import Item, Payment
from recouvrement.domain.events import PaymentRejected


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
