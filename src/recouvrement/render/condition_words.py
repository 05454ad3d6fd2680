"""Conditions in English words, for drawings and listings."""

from collections.abc import Iterable

from recouvrement.domain.reasons import text
from recouvrement.scenario.base import BaseCondition
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
from recouvrement.scenario.conditions import AllOf, AnyOf, Not
from recouvrement.scenario.facts import STAGE_ANCHOR
from recouvrement.scenario.item_conditions import ClaimReady, PaymentMethodIs, PromiseIs, StageDone

_ANCHORS = {
    "due_on": "the due date",
    "issued_on": "the issue date",
    "previous_stage": "the previous stage",
    "notice_delivered_on": "the delivery of the mise en demeure",
    "payment_rejected_on": "the rejected payment",
    "scenario_started_on": "the start of the scenario",
}


def condition_words(condition: BaseCondition) -> str:
    """Return what a condition asks for, in words.

    >>> condition_words(AllOf(of=(DaysAfter(anchor="due_on", days=10), Not(of=HasTag(tag="vip")))))
    '10 days after the due date and not (tag vip)'
    """
    match condition:
        case AllOf():
            return " and ".join(_inside(part) for part in condition.of)
        case AnyOf():
            return " or ".join(_inside(part) for part in condition.of)
        case Not():
            return f"not ({condition_words(condition.of)})"
        case _:
            return _simple(condition)


def _inside(part: BaseCondition) -> str:
    words = condition_words(part)
    return f"({words})" if isinstance(part, AllOf | AnyOf) and len(part.of) > 1 else words


def _simple(condition: BaseCondition) -> str:  # noqa: C901, PLR0911, PLR0912  # one answer a condition
    match condition:
        case DaysAfter():
            return f"{days_in_words(condition.days)} after {_anchor(condition.anchor)}"
        case DaysBefore():
            return f"within {days_in_words(condition.days)} before {_anchor(condition.anchor)}"
        case WorkingDay():
            return "on a working day"
        case OnWeekday():
            return f"on {_listed(condition.days)}"
        case DayOfMonth():
            return f"from day {condition.from_day} through day {condition.through_day} of the month"
        case BalanceAtLeast():
            return f"balance of {condition.amount:f} or more"
        case BalanceAtMost():
            return f"balance of {condition.amount:f} or less"
        case OverdueItemsAtLeast():
            return f"{condition.count} or more items overdue"
        case DaysSinceLastContact():
            return f"{days_in_words(condition.days)} since the last contact"
        case DebtorKindIs():
            return f"debtor is {_listed(condition.kinds)}"
        case HasTag():
            return f"tag {condition.tag}"
        case SegmentIs():
            return f"segment {_listed(condition.segments)}"
        case PaymentMethodIs():
            return f"payment by {_listed(condition.methods)}"
        case LanguageIs():
            return f"language {_listed(condition.languages)}"
        case ChannelAvailable():
            return f"reachable by {_plain(condition.channel)}"
        case StageDone():
            return f"stage {condition.stage} done"
        case PromiseIs():
            return f"promise {condition.state.value}"
        case ClaimReady():
            return "claim ready for a formal step"
        case _:
            fields = condition.model_dump(exclude={"type"})
            return " ".join([str(getattr(condition, "type", "")), *(f"{name} {text(fields[name])}" for name in fields)])


def _anchor(anchor: str) -> str:
    return _ANCHORS.get(anchor) or f"stage {anchor.removeprefix(STAGE_ANCHOR)}"


def days_in_words(count: int) -> str:
    """Return a number of days, such as ``1 day``."""
    return f"{count} day{'' if count == 1 else 's'}"


def _plain(word: object) -> str:
    return text(word).replace("_", " ")


def _listed(words: Iterable[object]) -> str:
    return " or ".join(_plain(word) for word in words)
