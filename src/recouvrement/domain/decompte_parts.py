"""The parts of an item that a payment plan which ended leaves to their own dates, each written as an item."""

from collections.abc import Mapping

from recouvrement.domain.decision import ClaimItem, ClaimTranche
from recouvrement.domain.money import Money

_OF_THE_PART = ("due_on", "principal", "late_interest", "segments", "payments", "interest_through", "reasons")
_ONCE = frozenset({"indemnity_per_invoice", "extra_compensation", "debt_chosen_by_debtor"})
"""Reasons about an item as a whole."""


def parts_of(item: ClaimItem) -> tuple[ClaimItem, ...]:
    """Return the parts of an item in order of due date; what an item has once, its indemnity first, is with the first.

    Only the first begins with the amount of the invoice, so that the amounts of the others are in it as well.
    """
    return tuple(
        ClaimItem.later(_later_part if number else _first_part, item, part) for number, part in enumerate(item.tranches)
    )


def _first_part(item: ClaimItem, part: ClaimTranche) -> Mapping[str, object]:
    once = tuple(reason for reason in item.reasons if reason.code in _ONCE)
    return dict(item) | _own(part) | {"reasons": (*part.reasons, *once)}


def _later_part(item: ClaimItem, part: ClaimTranche) -> Mapping[str, object]:
    nothing = dict.fromkeys(("credited", "contested", "indemnity"), Money.zero(part.amount.currency))
    return dict(item) | _own(part) | nothing | {"original": part.amount, "deferred": None, "extra_compensation": None}


def _own(part: ClaimTranche) -> dict[str, object]:
    return {name: getattr(part, name) for name in _OF_THE_PART} | {"tranches": ()}
