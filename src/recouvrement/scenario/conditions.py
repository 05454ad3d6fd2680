"""The closed union of conditions. No signed offsets, no expression strings; every anchor is named."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple, assert_never

from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.reasons import Authority
from recouvrement.domain.values import AtLeastOne, Code, Value
from recouvrement.scenario.verdict import Verdict, all_of, any_of, negation

Days = Annotated[int, Strict(), Field(ge=0, le=3650)]
"""Calendar days."""

STAGE_ANCHOR = "stage:"

Anchor = Annotated[
    str,
    StringConstraints(
        pattern=r"^(due_on|issued_on|previous_stage|notice_delivered_on|payment_rejected_on|scenario_started_on"
        r"|stage:[a-z0-9_]+)$"
    ),
]
"""A named date of the item. ``previous_stage`` and ``stage:<id>`` are the days those stages were carried out for it."""


class ItemFacts(NamedTuple):
    """What conditions see of one item on a date."""

    on: date
    due_on: date
    issued_on: date
    balance_minor: int
    """Balance of the whole case, in minor units, disputes excluded."""
    currency: str
    stages_done: Mapping[str, date]
    """Last day each stage was carried out for the item."""
    notice_delivered_on: date | None
    payment_rejected_on: date | None
    scenario_started_on: date | None
    next_working_day: Callable[[date], date]

    @property
    def previous_stage_on(self) -> date | None:
        """Day of the last stage carried out for the item."""
        return max(self.stages_done.values(), default=None)

    def anchor_on(self, anchor: str) -> date | None:
        """Return the date an anchor names, or ``None`` when it has not happened."""
        if anchor.startswith(STAGE_ANCHOR):
            return self.stages_done.get(anchor.removeprefix(STAGE_ANCHOR))
        if anchor == "previous_stage":
            return self.previous_stage_on
        return {
            "due_on": self.due_on,
            "issued_on": self.issued_on,
            "notice_delivered_on": self.notice_delivered_on,
            "payment_rejected_on": self.payment_rejected_on,
            "scenario_started_on": self.scenario_started_on,
        }[anchor]


class DaysAfter(Value):
    """Holds from the day that many days after the anchor, and ever after (never on that day only)."""

    type: Literal["days_after"] = "days_after"
    anchor: Anchor
    days: Days

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; an anchor that has not happened makes it false until a new fact."""
        start = facts.anchor_on(self.anchor)
        inputs = (("anchor", self.anchor), ("anchor_on", start), ("days", self.days))
        if start is None:
            return Verdict(holds=False, until=None, code="days_after", inputs=inputs)
        from_ = start + timedelta(days=self.days)
        holds = facts.on >= from_
        return Verdict(holds=holds, until=None if holds else from_, code="days_after", inputs=inputs)


class DaysBefore(Value):
    """Holds in the window that opens that many days before the anchor and closes with the anchor's day."""

    type: Literal["days_before"] = "days_before"
    anchor: Anchor
    days: Annotated[int, Strict(), Field(ge=1, le=366)]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; the anchor's own day is in the window."""
        end = facts.anchor_on(self.anchor)
        inputs = (("anchor", self.anchor), ("anchor_on", end), ("days", self.days))
        if end is None or facts.on > end:
            return Verdict(holds=False, until=None, code="days_before", inputs=inputs)
        opens = end - timedelta(days=self.days)
        holds = facts.on >= opens
        until = end + timedelta(days=1) if holds else opens
        return Verdict(holds=holds, until=until, code="days_before", inputs=inputs)


class WorkingDay(Value):
    """Holds on days that are worked where the law applies."""

    type: Literal["working_day"] = "working_day"

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; it may change the next day."""
        next_worked = facts.next_working_day(facts.on)
        holds = next_worked == facts.on
        until = facts.on + timedelta(days=1) if holds else next_worked
        return Verdict(holds=holds, until=until, code="working_day")


def _no_float(amount: object) -> object:
    if isinstance(amount, float):
        message = f'{amount!r} is a float: write the amount as a string, such as "150.00"'
        raise ValueError(message)  # noqa: TRY004  # pydantic turns ValueError, not TypeError, into a located fault
    return amount


def _shortest(amount: Decimal) -> Decimal:
    """Return the same number written one way only, so that equal scenarios have equal hashes."""
    return Decimal(f"{amount.normalize():f}")


class BalanceAtLeast(Value):
    """Holds while the open balance of the whole case is at least that amount, in the currency of the case."""

    type: Literal["balance_at_least"] = "balance_at_least"
    amount: Annotated[Decimal, BeforeValidator(_no_float), Field(ge=0), AfterValidator(_shortest)]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        threshold = self.amount.scaleb(DECIMALS[facts.currency])
        inputs = (
            ("at_least", self.amount),
            ("balance", Decimal(facts.balance_minor).scaleb(-DECIMALS[facts.currency])),
        )
        holds = facts.balance_minor >= threshold
        return Verdict(holds=holds, until=None, code="balance_at_least", inputs=inputs, authority=Authority.POLICY)


class StageDone(Value):
    """Holds once that stage was carried out for the item."""

    type: Literal["stage_done"] = "stage_done"
    stage: Code

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        done_on = facts.stages_done.get(self.stage)
        inputs = (("stage", self.stage), ("done_on", done_on))
        return Verdict(holds=done_on is not None, until=None, code="stage_done", inputs=inputs)


class AllOf(Value):
    """Holds while every part holds."""

    type: Literal["all"] = "all"
    of: Annotated[tuple["Condition", ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict of the conjunction."""
        return all_of([part.verdict(facts) for part in self.of])


class AnyOf(Value):
    """Holds while at least one part holds."""

    type: Literal["any"] = "any"
    of: Annotated[tuple["Condition", ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict of the disjunction."""
        return any_of([part.verdict(facts) for part in self.of])


class Not(Value):
    """Holds while its part does not."""

    type: Literal["not"] = "not"
    of: "Condition"

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the opposite verdict."""
        return negation(self.of.verdict(facts))


Condition = Annotated[
    DaysAfter | DaysBefore | WorkingDay | BalanceAtLeast | StageDone | AllOf | AnyOf | Not,
    Field(discriminator="type"),
]
"""Every condition a scenario may use."""

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


def stages_named(condition: Condition) -> frozenset[str]:
    """Return the stage identifiers a condition refers to."""
    match condition:
        case DaysAfter() | DaysBefore():
            found = re.match(rf"{STAGE_ANCHOR}(.+)", condition.anchor)
            return frozenset({found[1]}) if found else frozenset()
        case StageDone():
            return frozenset({condition.stage})
        case AllOf() | AnyOf():
            return frozenset().union(*(stages_named(part) for part in condition.of))
        case Not():
            return stages_named(condition.of)
        case WorkingDay() | BalanceAtLeast():
            return frozenset()
        case _:
            assert_never(condition)
