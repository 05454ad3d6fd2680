"""Segments: ordered rules that choose the scenario, the sender and the tone of a case when it starts."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.values import Code, Value
from recouvrement.errors import ScenarioError
from recouvrement.law.files import read_table
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.case_conditions import SegmentIs
from recouvrement.scenario.conditions import AllOf, AnyOf, Condition, Not
from recouvrement.scenario.facts import CaseFacts, ItemFacts
from recouvrement.scenario.model import Contradiction, Slug
from recouvrement.scenario.reading import ConditionType, validated
from recouvrement.scenario.toml_lines import Path
from recouvrement.scenario.verdict import Verdict

BUILT_IN_SEGMENTATIONS = ("par_nature",)
"""Segmentations that come with the library."""


def _leaves(condition: BaseCondition, path: Path = ()) -> Iterator[tuple[Path, BaseCondition]]:
    """Yield every condition that is not made of others, with its path under the whole."""
    match condition:
        case AllOf() | AnyOf():
            for position, part in enumerate(condition.of):
                yield from _leaves(part, (*path, "of", position))
        case Not():
            yield from _leaves(condition.of, (*path, "of"))
        case _:
            yield path, condition


def _refusal(condition: BaseCondition, path: Path) -> Contradiction | None:
    name = getattr(condition, "type", type(condition).__name__)
    if isinstance(condition, SegmentIs):
        return Contradiction(path, f"{name!r} asks for the segment that the rules choose", "use tag or debtor_kind")
    if not condition.sees_case_only:
        found = f"{name!r} looks at one item, and a rule chooses for the whole case"
        return Contradiction(path, found, "use a condition on the case, such as tag")
    return None


def _sees_case_only(condition: Condition) -> Condition:
    _refuse([fault for path, part in _leaves(condition) if (fault := _refusal(part, path)) is not None])
    return condition


def _refuse(found: Sequence[Contradiction]) -> None:
    """Raise the faults of a model, each with its path under it, where there are any."""
    if found:
        told = "; ".join(f"{'.'.join(map(str, one.path)) or 'when'}: {one.found}: {one.hint}" for one in found)
        raise PydanticCustomError("contradiction", "{told}", {"told": told, "contradictions": found})


class Segment(Value):
    """What the cases of a segment get."""

    id: Code
    scenario: Slug
    """Identifier of the scenario such a case starts in."""
    sender: Code | None = None
    """Who signs for the segment, as the host names it."""
    tone: Code | None = None


class SegmentRule(Segment):
    """A segment and the condition that makes a case one of it."""

    when: Annotated[Condition, AfterValidator(_sees_case_only)]


class Assignment(NamedTuple):
    """What the rules chose for a case, and why."""

    segment: str
    scenario: str
    sender: str | None
    tone: str | None
    reason: Reason


class Segmentation(Value):
    """Ordered rules: the first one whose condition holds wins; ``default`` serves the cases no rule wants.

    A rule may look at the case only: an item that is paid tomorrow must not have chosen the scenario of the others.
    """

    rules: tuple[SegmentRule, ...] = ()
    default: Segment

    @model_validator(mode="after")
    def _has_names_of_its_own(self) -> Self:
        seen: set[str] = set()
        found: list[Contradiction] = []
        places: list[tuple[Path, str]] = [(("rules", place, "id"), rule.id) for place, rule in enumerate(self.rules)]
        for path, name in (*places, (("default", "id"), self.default.id)):
            if name in seen:
                found.append(Contradiction(path, f"segment id {name!r} is used twice", "give each segment its own"))
            seen.add(name)
        _refuse(found)
        return self

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Identifiers of the scenarios the rules may choose, without repetition."""
        return tuple(dict.fromkeys((*(rule.scenario for rule in self.rules), self.default.scenario)))

    def assign(self, facts: CaseFacts, on: date, next_working_day: Callable[[date], date]) -> Assignment:
        """Return the segment of a case on that date, with the verdicts of the rules that were looked at.

        Pure: the same facts and date give the same segment. What ``facts`` say of an earlier segment is not looked at.
        """
        seen = ItemFacts.of_case(on, facts._replace(segment=None), next_working_day)
        looked_at: list[Verdict] = []
        for rule in self.rules:
            looked_at.append(rule.when.verdict(seen))
            if looked_at[-1].holds:
                return _assignment(rule, looked_at)
        return _assignment(self.default, looked_at)


def _assignment(segment: Segment, looked_at: Sequence[Verdict]) -> Assignment:
    facts = {"segment": segment.id, "scenario": segment.scenario, "sender": segment.sender, "tone": segment.tone}
    parts = tuple(verdict.reason for verdict in looked_at)
    reason = Reason.of("segment_assigned", Authority.POLICY, facts, parts=parts)
    return Assignment(segment.id, segment.scenario, segment.sender, segment.tone, reason)


def segmentation_from_toml(
    text: str, *, where: str = "segments", conditions: Sequence[ConditionType] = ()
) -> Segmentation:
    """Return the segmentation a TOML text describes; ``conditions`` are the third-party types it may use.

    Raises ``ScenarioError`` with every fault found: its path, its line, what was there and what to write.

    >>> rules = segmentation_from_toml('''
    ... [[rules]]
    ... id = "gros"
    ... scenario = "grand_compte"
    ... when = { type = "tag", tag = "grand_compte" }
    ... [default]
    ... id = "autres"
    ... scenario = "standard_b2b"
    ... ''')
    >>> rules.scenarios
    ('grand_compte', 'standard_b2b')
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ScenarioError(where=where, found=f"not TOML: {fault}", hint="Correct the syntax at that place.") from None
    return validated(Segmentation, data, where, conditions, text)


@cache
def builtin_segmentation(name: str) -> Segmentation:
    """Return a segmentation that comes with the library.

    Raises ``ScenarioError`` for an unknown name.

    >>> [rule.scenario for rule in builtin_segmentation("par_nature").rules]
    ['standard_b2b', 'secteur_public']
    """
    if name not in BUILT_IN_SEGMENTATIONS:
        raise ScenarioError(
            where="segments",
            found=f"{name!r} is not a built-in segmentation",
            hint=f"Choose one of {', '.join(BUILT_IN_SEGMENTATIONS)}.",
        )
    return validated(Segmentation, read_table("recouvrement.scenario", name), f"{name}.toml")
