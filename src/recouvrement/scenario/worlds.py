"""The worlds a scenario is tried in: every value its conditions look at, by one, by two, then by three at a time."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, product
from typing import Final, Literal

from recouvrement.domain.values import Value
from recouvrement.domain.vocabulary import Channel, PaymentMethod
from recouvrement.scenario.base import BaseCondition, CustomCondition
from recouvrement.scenario.calendar_conditions import DayOfMonth, DaysAfter, DaysBefore, OnWeekday, WorkingDay
from recouvrement.scenario.case_conditions import (
    BalanceAtLeast,
    BalanceAtMost,
    ChannelAvailable,
    DebtorKindIs,
    HasTag,
    LanguageIs,
    OverdueItemsAtLeast,
    SegmentIs,
)
from recouvrement.scenario.conditions import AllOf, AnyOf, Condition, Not
from recouvrement.scenario.facts import ItemFacts, PromiseState
from recouvrement.scenario.item_conditions import ClaimReady, PaymentMethodIs, PromiseIs
from recouvrement.scenario.lives import DUE_ON, EVERY_CHANNEL, Days, Life, World, live
from recouvrement.scenario.model import Branch, Scenario, Stage, Terminal
from recouvrement.scenario.verdict import Verdict

MOST_WORLDS: Final = 2_000
"""Worlds tried before a scenario is said never to do something."""

MOST_LOOKS: Final = 40_000
"""Days looked at over all lives, about a second: conditions that change every day are tried in fewer worlds."""

LATE_DAYS: Final = (45, 400)
"""Days after the due date on which a case may be looked at for the first time."""

_AT_ONCE: Final = 3
"""Values that differ from the ordinary at once: with three, a condition of three parts finds its world."""


Path = tuple[str | int, ...]
"""Where something stands in a scenario."""


class _Answer(CustomCondition):
    """Stands for a condition of a third party, which cannot be looked into: it always or never holds."""

    type: Literal["linter.answer"] = "linter.answer"
    holds: bool

    def verdict(self, facts: ItemFacts) -> Verdict:  # noqa: ARG002  # it looks at nothing
        """Return the answer it was made with."""
        return Verdict(self.holds, None, "all")


def conditions_of(scenario: Scenario) -> Iterator[tuple[Path, BaseCondition]]:
    """Yield every condition of a scenario with its path, those inside others included."""
    for place, stage in enumerate(scenario.stages):
        yield from _located(("stages", place, "when"), stage.when)
    yield from _located(("terminal", "when"), scenario.terminal.when)
    for place, branch in enumerate(scenario.terminal.branches):
        yield from _located(("terminal", "branches", place, "when"), branch.when)


def _located(path: Path, condition: BaseCondition) -> Iterator[tuple[Path, BaseCondition]]:
    yield path, condition
    match condition:
        case AllOf() | AnyOf():
            for place, part in enumerate(condition.of):
                yield from _located((*path, "of", place), part)
        case Not():
            yield from _located((*path, "of"), condition.of)
        case _:
            pass  # it has no parts


def worlds(scenario: Scenario, segments: frozenset[str] | None) -> Iterator[World]:
    """Yield the ordinary world first, then those that differ from it in one value, in two, in three.

    ``segments`` are those a debtor may be in; ``None``: any the scenario names.
    """
    parts = [part for _, part in conditions_of(scenario)]
    first_day = -60 - max((part.days for part in parts if isinstance(part, DaysBefore)), default=0)
    ordinary = World(kind=scenario.debtor_kinds[0], first_day=first_day, started_day=first_day)
    changes = _changes(scenario, parts, segments, first_day)
    tried = 0
    for count in range(_AT_ONCE + 1):
        for fields in combinations(sorted(changes), count):
            for values in product(*(changes[field] for field in fields)):
                together: dict[str, object] = {}
                for value in values:
                    together |= value
                yield ordinary._replace(**together)  # type: ignore[arg-type]  # names and values come from _changes
                tried += 1
                if tried >= MOST_WORLDS:
                    return


def _changes(
    scenario: Scenario, parts: list[BaseCondition], segments: frozenset[str] | None, first_day: int
) -> dict[str, list[dict[str, object]]]:
    """Return, by subject, the values other than the ordinary ones that may matter: each sets some fields of a world."""
    tags = {part.tag for part in parts if isinstance(part, HasTag)}
    named = {name for part in parts if isinstance(part, SegmentIs) for name in part.segments}
    languages = {name for part in parts if isinstance(part, LanguageIs) for name in part.languages}
    counts = {part.count for part in parts if isinstance(part, OverdueItemsAtLeast)}
    states = list(PromiseState) if any(isinstance(part, PromiseIs) for part in parts) else []
    kinds = scenario.debtor_kinds[1:] if any(isinstance(part, DebtorKindIs) for part in parts) else ()
    anchors = {part.anchor for part in parts if isinstance(part, DaysAfter | DaysBefore)}
    starts: list[dict[str, object]] = [{"started_day": day} for day in (first_day + 40, 0, 40, None)]
    return {
        "kind": [{"kind": kind} for kind in kinds],
        "tags": [{"tags": some} for some in _sets(tags)],
        "segment": [{"segment": name} for name in sorted(named if segments is None else named & segments)],
        "language": [{"language": name} for name in sorted(languages - {"fr"})],
        "channels": [{"channels": channels} for channels in _channels(scenario, parts)],
        "balance": [{"balance_minor": minor} for minor in sorted(_balances(scenario, parts))],
        "items": [{"overdue_items": count} for count in sorted(counts)],
        "method": _methods(parts),
        "rejected": [{"rejected_day": day} for day in (2, 20)] if "payment_rejected_on" in anchors else [],
        "promise": [{"promise": state} for state in states],
        "lacks": [{"lacks": ("certain",)}] if any(isinstance(part, ClaimReady) for part in parts) else [],
        "issued": [{"issued_day": day} for day in (0, -60)] if "issued_on" in anchors else [],
        "started": starts if "scenario_started_on" in anchors else [],
        "late": [{"first_day": day, "started_day": day} for day in LATE_DAYS],
        "due": [{"due_on": DUE_ON + timedelta(days=days)} for days in _due_days(parts)],
        "custom": [{"custom_holds": False}] if any(isinstance(part, CustomCondition) for part in parts) else [],
    }


def _sets(tags: set[str]) -> list[frozenset[str]]:
    """Return each tag alone, and all of them."""
    return list(dict.fromkeys([*(frozenset({tag}) for tag in sorted(tags)), *([frozenset(tags)] if tags else [])]))


def _channels(scenario: Scenario, parts: list[BaseCondition]) -> list[frozenset[Channel]]:
    missing = [frozenset(stage.channels) for stage in scenario.stages if stage.optional and not stage.is_internal]
    missing += [frozenset({part.channel}) for part in parts if isinstance(part, ChannelAvailable)]
    return list(dict.fromkeys(EVERY_CHANNEL - some for some in missing))


def _balances(scenario: Scenario, parts: list[BaseCondition]) -> set[int]:
    """Return the sums at each threshold and one cent on either side."""
    bounds = [part.amount for part in parts if isinstance(part, BalanceAtLeast | BalanceAtMost)]
    bounds += [amount for one in scenario.stages for amount in (one.min_item_amount, one.min_message_amount) if amount]
    cents = {int(amount * Decimal(100)) + aside for amount in bounds for aside in (-1, 0, 1)}
    return {minor for minor in cents if minor > 0}


def _methods(parts: list[BaseCondition]) -> list[dict[str, object]]:
    """Return the ways to pay that are looked at; a debit is one that bounced, else nothing would follow."""
    methods = {method for part in parts if isinstance(part, PaymentMethodIs) for method in part.methods}
    bounced = {PaymentMethod.DIRECT_DEBIT: {"rejected_day": 2}}
    return [{"payment_method": method, **bounced.get(method, {})} for method in sorted(methods)]


def _due_days(parts: list[BaseCondition]) -> range:
    if any(isinstance(part, DayOfMonth) for part in parts):
        return range(1, 32)
    return range(1, 8) if any(isinstance(part, OnWeekday | WorkingDay) for part in parts) else range(0)


def answered_for(scenario: Scenario, *, holds: bool) -> Scenario:
    """Return the scenario with every condition of a third party replaced by one that always or never holds."""

    def swapped(condition: Condition) -> Condition:
        match condition:
            case CustomCondition():
                return _Answer(holds=holds)
            case AllOf():
                return AllOf(of=tuple(swapped(part) for part in condition.of))
            case AnyOf():
                return AnyOf(of=tuple(swapped(part) for part in condition.of))
            case Not():
                return Not(of=swapped(condition.of))
            case _:
                return condition

    if not any(isinstance(part, CustomCondition) for _, part in conditions_of(scenario)):
        return scenario
    stages = [Stage.model_validate(_fields(one) | {"when": swapped(one.when)}) for one in scenario.stages]
    end = scenario.terminal
    branches = [Branch(when=swapped(one.when), outcome=one.outcome) for one in end.branches]
    terminal = Terminal(when=swapped(end.when), outcome=end.outcome, branches=tuple(branches))
    return Scenario.model_validate(_fields(scenario) | {"stages": tuple(stages), "terminal": terminal})


def _fields(value: Value) -> dict[str, object]:
    """Return the fields of a value; ``dict`` would add what it has computed and kept."""
    return {name: getattr(value, name) for name in type(value).model_fields}


def fullest_life(scenario: Scenario, days: Days) -> tuple[World, Life]:
    """Return the world in which most stages leave, and the life there of an invoice seen before its due date.

    It is what a drawing shows. Of two that show as much, the one that ends, then the more ordinary one.
    """
    by_answer = {holds: answered_for(scenario, holds=holds) for holds in (True, False)}
    best: tuple[World, Life] | None = None
    looks = 0
    for world in (one for one in worlds(scenario, None) if one.first_day < 0):
        life = live(by_answer[world.custom_holds], world, days)
        looks += life.looks
        if best is None or _shown(life) > _shown(best[1]):
            best = world, life
        if _shown(best[1]) == (len(scenario.stages), True) or looks > MOST_LOOKS:
            break
    if best is None:
        message = "worlds() always has the ordinary one"
        raise AssertionError(message)
    return best


def _shown(life: Life) -> tuple[int, bool]:
    return len({step.place for step in life.steps}), life.ended_day is not None
