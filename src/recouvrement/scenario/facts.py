"""What conditions see: the case, read once, and one item of it."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, PaymentMethod

STAGE_ANCHOR = "stage:"

_ANCHORS = {
    "due_on": "due_on",
    "issued_on": "issued_on",
    "previous_stage": "previous_stage_on",
    "notice_delivered_on": "notice_delivered_on",
    "payment_rejected_on": "payment_rejected_on",
    "scenario_started_on": "scenario_started_on",
}
"""By named anchor: the property that holds its date."""


class PromiseState(StrEnum):
    """What became of the last promise to pay that covers an item."""

    PENDING = "pending"
    KEPT = "kept"
    BROKEN = "broken"


class CaseFacts(NamedTuple):
    """What conditions see of the whole case on a date."""

    debtor_kind: DebtorKind
    tags: frozenset[str]
    segment: str | None
    language: str
    channels: frozenset[Channel]
    """Ways by which the debtor can be reached."""
    balance_minor: int
    """Balance in minor units, what is disputed, held or deferred left out."""
    currency: str
    overdue_items: int
    """Items overdue and not held."""
    next_overdue_on: date | None
    """First later day on which one more item is overdue."""
    last_contact_on: date | None


class ItemFacts(NamedTuple):
    """What conditions see of one item on a date."""

    on: date
    case: CaseFacts
    due_on: date | None
    issued_on: date | None
    stages_done: Mapping[str, date]
    """Last day each stage was carried out for the item."""
    notice_delivered_on: date | None
    payment_rejected_on: date | None
    scenario_started_on: date | None
    next_working_day: Callable[[date], date]
    payment_method: PaymentMethod | None = None
    promise: PromiseState | None = None
    promise_judged_on: date | None = None
    """Day from which a pending promise is broken if nothing comes."""
    lacks: tuple[str, ...] = ()
    """What the claim lacks for a formal step."""
    ready_on: date | None = None
    """First day on which time alone may change what it lacks."""

    @property
    def previous_stage_on(self) -> date | None:
        """Day of the last stage carried out for the item."""
        return max(self.stages_done.values(), default=None)

    def anchor_on(self, anchor: str) -> date | None:
        """Return the date an anchor names, or ``None`` when it has not happened."""
        name = _ANCHORS.get(anchor)
        if name is None:
            return self.stages_done.get(anchor.removeprefix(STAGE_ANCHOR))
        found: date | None = getattr(self, name)
        return found

    @classmethod
    def of_case(cls, on: date, case: CaseFacts, next_working_day: Callable[[date], date]) -> "ItemFacts":
        """Return facts without an item: what the rules of a segmentation look at."""
        return cls(on, case, None, None, {}, None, None, None, next_working_day)
