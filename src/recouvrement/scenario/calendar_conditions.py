"""Conditions on days: after and before a named anchor, worked days, days of the week and of the month."""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, Strict, StringConstraints, model_validator

from recouvrement.domain.values import AtLeastOne
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.verdict import Verdict

Days = Annotated[int, Strict(), Field(ge=0, le=3650)]
"""Calendar days."""

ANCHORS = (
    "due_on",
    "issued_on",
    "previous_stage",
    "notice_delivered_on",
    "payment_rejected_on",
    "scenario_started_on",
    "stage:<id>",
)
"""What an anchor may be, as people are told."""

Anchor = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(ANCHORS[:-1])}|stage:[a-z0-9_]+)$")]
"""A named date of the item. ``previous_stage`` and ``stage:<id>`` are the days those stages were carried out for it."""

_ONE_DAY = timedelta(days=1)


class DaysAfter(BaseCondition):
    """Holds from the day that many days after the anchor, and ever after (never on that day only)."""

    sees_days_only: ClassVar[bool] = True
    type: Literal["days_after"] = "days_after"
    anchor: Anchor
    days: Days

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; an anchor that has not happened makes it false until a new fact."""
        return _days_after(self.anchor, self.days, facts.anchor_on(self.anchor), facts.on)


class DaysBefore(BaseCondition):
    """Holds in the window that opens that many days before the anchor and closes with the anchor's day."""

    sees_days_only: ClassVar[bool] = True
    type: Literal["days_before"] = "days_before"
    anchor: Anchor
    days: Annotated[int, Strict(), Field(ge=1, le=366)]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; the anchor's own day is in the window."""
        return _days_before(self.anchor, self.days, facts.anchor_on(self.anchor), facts.on)


@lru_cache(maxsize=16_384)
def _days_after(anchor: str, days: int, start: date | None, on: date) -> Verdict:
    """Return a verdict that all the items of that day share: a night asks the same few thousand questions."""
    inputs = (("anchor", anchor), ("anchor_on", start), ("days", days))
    if start is None:
        return Verdict(holds=False, until=None, code="days_after", inputs=inputs)
    from_ = start + timedelta(days=days)
    holds = on >= from_
    return Verdict(holds, None if holds else from_, "days_after", inputs)


@lru_cache(maxsize=16_384)
def _days_before(anchor: str, days: int, end: date | None, on: date) -> Verdict:
    inputs = (("anchor", anchor), ("anchor_on", end), ("days", days))
    if end is None or on > end:
        return Verdict(holds=False, until=None, code="days_before", inputs=inputs)
    opens = end - timedelta(days=days)
    holds = on >= opens
    return Verdict(holds, end + _ONE_DAY if holds else opens, "days_before", inputs)


class WorkingDay(BaseCondition):
    """Holds on days that are worked where the law applies."""

    sees_case_only: ClassVar[bool] = True
    type: Literal["working_day"] = "working_day"

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; it may change the next day."""
        next_worked = facts.next_working_day(facts.on)
        holds = next_worked == facts.on
        return Verdict(holds, facts.on + _ONE_DAY if holds else next_worked, "working_day")


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """Return the day of the week of a date."""
        return _WEEK[day.weekday()]


_WEEK = tuple(Weekday)


class OnWeekday(BaseCondition):
    """Holds on those days of the week."""

    sees_case_only: ClassVar[bool] = True
    type: Literal["on_weekday"] = "on_weekday"
    days: Annotated[tuple[Weekday, ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; it changes with the first day of the other kind."""
        holds = Weekday.of(facts.on) in self.days
        until = next((day for day in _following(facts.on, 7) if (Weekday.of(day) in self.days) is not holds), None)
        return Verdict(holds, until, "on_weekday", (("days", self.days), ("weekday", Weekday.of(facts.on))))


class DayOfMonth(BaseCondition):
    """Holds from one day of the month through another; ``from_day`` after ``through_day`` passes the month's end.

    A day the month does not have is its last: 31 is every month's end.
    """

    sees_case_only: ClassVar[bool] = True
    type: Literal["day_of_month"] = "day_of_month"
    from_day: Annotated[int, Strict(), Field(ge=1, le=31)]
    through_day: Annotated[int, Strict(), Field(ge=1, le=31)]

    @model_validator(mode="after")
    def _is_a_window(self) -> Self:
        if self.from_day == self.through_day + 1 or (self.from_day, self.through_day) == (1, 31):
            message = f"from day {self.from_day} through day {self.through_day} is the whole month: leave it out"
            raise ValueError(message)
        return self

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; it changes with the first day on the other side of a bound."""
        holds = self._has(facts.on)
        until = next((day for day in _following(facts.on, 62) if self._has(day) is not holds), None)
        return Verdict(holds, until, "day_of_month", (("from_day", self.from_day), ("through_day", self.through_day)))

    def _has(self, day: date) -> bool:
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _ONE_DAY
        from_, through = min(self.from_day, last.day), min(self.through_day, last.day)
        if self.from_day <= self.through_day:
            return from_ <= day.day <= through
        return day.day >= from_ or day.day <= through


def _following(day: date, count: int) -> tuple[date, ...]:
    return tuple(day + timedelta(days=ahead) for ahead in range(1, count + 1))
