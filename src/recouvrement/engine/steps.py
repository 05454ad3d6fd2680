"""Steps of a scenario that were carried out, added one by one to what is known of each item."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.events import StepRecorded
from recouvrement.domain.vocabulary import DocumentKind, Rank


class TimeGiven(NamedTuple):
    """A day given to pay, and the stage whose message gave it."""

    pay_by: date
    stage: str


class Steps:
    """The steps carried out, as they are added; lives only while a history is read."""

    def __init__(self) -> None:
        self.stages_done: dict[str, dict[str, date]] = {}
        self.counts: dict[str, dict[str, int]] = {}
        self.reminded: set[str] = set()
        self.contacted: dict[str, date] = {}
        self.time_to_pay: dict[str, TimeGiven] = {}
        self.last_contact_on: date | None = None
        self.last_internal_on: date | None = None

    def add_action(self, action: Action, day: date) -> None:
        """Add an action that was planned and not cancelled."""
        self._advance(action.stage, action.advanced, day)
        if action.kind is ActionKind.CONTACT:
            if action.rank is not Rank.PREVENTIVE:
                self.reminded.update(action.listed)
            self.last_contact_on = _later(day, self.last_contact_on)
            keep_latest(self.contacted, action.listed, day)
            if action.pay_by is not None:
                given = TimeGiven(action.pay_by, action.stage)
                for item_id in action.listed:
                    self.time_to_pay[item_id] = max(given, self.time_to_pay.get(item_id, given))
        elif action.document is DocumentKind.DELIVERY_SUSPENSION:
            self.last_internal_on = _later(day, self.last_internal_on)

    def add_by_hand(self, step: StepRecorded, items: Sequence[str]) -> None:
        """Add a step carried out outside the library."""
        self._advance(step.stage, items, step.effective_on)
        self.last_contact_on = _later(step.effective_on, self.last_contact_on)
        keep_latest(self.contacted, items, step.effective_on)

    def _advance(self, stage: str, items: Iterable[str], day: date) -> None:
        for item_id in items:
            done = self.stages_done.get(item_id)
            if done is None:
                self.stages_done[item_id], self.counts[item_id] = {stage: day}, {stage: 1}
                continue
            done[stage] = max(day, done.get(stage, day))
            counts = self.counts[item_id]
            counts[stage] = counts.get(stage, 0) + 1


def _later(day: date, known: date | None) -> date:
    return day if known is None else max(day, known)


def keep_latest(found: dict[str, date], items: Iterable[str], day: date) -> None:
    """Note a day for each item, unless a later one is known."""
    for item_id in items:
        known = found.get(item_id)
        if known is None or known < day:
            found[item_id] = day
