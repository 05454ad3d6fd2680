"""The closed union of conditions. No signed offsets, no expression strings; every anchor is named."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, InstanceOf, SerializeAsAny, Tag, WithJsonSchema

from recouvrement.domain.values import AtLeastOne
from recouvrement.scenario.base import BaseCondition, CustomCondition
from recouvrement.scenario.calendar_conditions import DayOfMonth, DaysAfter, DaysBefore, OnWeekday, WorkingDay
from recouvrement.scenario.case_conditions import (
    BalanceAtLeast,
    BalanceAtMost,
    ChannelAvailable,
    DaysSinceLastContact,
    DebtorKindIs,
    HasTag,
    LanguageIs,
    OverdueItemsAtLeast,
    SegmentIs,
)
from recouvrement.scenario.facts import STAGE_ANCHOR, ItemFacts
from recouvrement.scenario.item_conditions import ClaimReady, PaymentMethodIs, PromiseIs, StageDone
from recouvrement.scenario.verdict import Verdict, all_of, any_of, negation


class AllOf(BaseCondition):
    """Holds while every part holds."""

    sees_days_only: ClassVar[bool] = True
    type: Literal["all"] = "all"
    of: Annotated[tuple["Condition", ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict of the conjunction."""
        return all_of([part.verdict(facts) for part in self.of])


class AnyOf(BaseCondition):
    """Holds while at least one part holds."""

    sees_days_only: ClassVar[bool] = True
    type: Literal["any"] = "any"
    of: Annotated[tuple["Condition", ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict of the disjunction."""
        return any_of([part.verdict(facts) for part in self.of])


class Not(BaseCondition):
    """Holds while its part does not."""

    sees_days_only: ClassVar[bool] = True
    type: Literal["not"] = "not"
    of: "Condition"

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the opposite verdict."""
        return negation(self.of.verdict(facts))


_CUSTOM = "custom"


def _kind(value: object) -> str | None:
    """Return which member of the union a value is meant for."""
    if isinstance(value, CustomCondition):
        return _CUSTOM
    found = value.get("type") if isinstance(value, Mapping) else getattr(value, "type", None)
    return found if isinstance(found, str) else None


Condition = Annotated[
    Annotated[DaysAfter, Tag("days_after")]
    | Annotated[DaysBefore, Tag("days_before")]
    | Annotated[WorkingDay, Tag("working_day")]
    | Annotated[OnWeekday, Tag("on_weekday")]
    | Annotated[DayOfMonth, Tag("day_of_month")]
    | Annotated[BalanceAtLeast, Tag("balance_at_least")]
    | Annotated[BalanceAtMost, Tag("balance_at_most")]
    | Annotated[OverdueItemsAtLeast, Tag("overdue_items_at_least")]
    | Annotated[DaysSinceLastContact, Tag("days_since_last_contact")]
    | Annotated[DebtorKindIs, Tag("debtor_kind")]
    | Annotated[HasTag, Tag("tag")]
    | Annotated[SegmentIs, Tag("segment")]
    | Annotated[PaymentMethodIs, Tag("payment_method")]
    | Annotated[LanguageIs, Tag("language")]
    | Annotated[ChannelAvailable, Tag("channel_available")]
    | Annotated[StageDone, Tag("stage_done")]
    | Annotated[PromiseIs, Tag("promise")]
    | Annotated[ClaimReady, Tag("claim_ready")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[
        SerializeAsAny[InstanceOf[CustomCondition]],
        WithJsonSchema(
            {
                "type": "object",
                "description": "A condition of a third party; its type has a dot.",
                "properties": {"type": {"type": "string", "pattern": r"^[a-z0-9_]+\.[a-z0-9_.]+$"}},
                "required": ["type"],
            }
        ),
        Tag(_CUSTOM),
    ],
    Discriminator(
        _kind,
        custom_error_type="condition_type",
        custom_error_message="this is not a condition: give a table with a type, such as "
        '{ type = "days_after", anchor = "due_on", days = 3 }; the types are listed in docs/scenarios.md',
    ),
]
"""Every condition a scenario may use."""

BUILT_IN_CONDITIONS: tuple[type[BaseCondition], ...] = (
    DaysAfter,
    DaysBefore,
    WorkingDay,
    OnWeekday,
    DayOfMonth,
    BalanceAtLeast,
    BalanceAtMost,
    OverdueItemsAtLeast,
    DaysSinceLastContact,
    DebtorKindIs,
    HasTag,
    SegmentIs,
    PaymentMethodIs,
    LanguageIs,
    ChannelAvailable,
    StageDone,
    PromiseIs,
    ClaimReady,
    AllOf,
    AnyOf,
    Not,
)
"""The classes of the union that come with the library; a test compares the two."""

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


def walk(condition: BaseCondition) -> Iterator[BaseCondition]:
    """Yield a condition and every condition inside it."""
    yield condition
    match condition:
        case AllOf() | AnyOf():
            for part in condition.of:
                yield from walk(part)
        case Not():
            yield from walk(condition.of)
        case _:
            pass  # it has no parts


MOST_DEEP = 10
"""Levels of conditions inside conditions: reasons nest as deep, and a journal must be able to read them back."""


def depth(condition: BaseCondition) -> int:
    """Return how many levels of conditions there are, 1 for one that has no parts."""
    match condition:
        case AllOf() | AnyOf():
            return 1 + max(depth(part) for part in condition.of)
        case Not():
            return 1 + depth(condition.of)
        case _:
            return 1


def stages_named(condition: BaseCondition) -> frozenset[str]:
    """Return the stage identifiers a condition refers to."""
    named: set[str] = set()
    for part in walk(condition):
        match part:
            case DaysAfter() | DaysBefore():
                if part.anchor.startswith(STAGE_ANCHOR):
                    named.add(part.anchor.removeprefix(STAGE_ANCHOR))
            case StageDone():
                named.add(part.stage)
            case _:
                pass  # it names no stage
    return frozenset(named)
