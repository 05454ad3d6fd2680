"""A ready check of a condition: that the engine may rely on its verdict, and files on its fields."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import Final, NoReturn

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind, Rank
from recouvrement.errors import ScenarioError
from recouvrement.scenario.base import BaseCondition, CustomCondition
from recouvrement.scenario.conditions import stages_named, walk
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.model import Outcome, Scenario, Stage, Terminal
from recouvrement.scenario.reading import scenario_from_json, scenario_from_toml
from recouvrement.scenario.verdict import Verdict
from recouvrement.testing.facts import item_facts

NEVER_YEARS: Final = 10
"""Years for which a verdict that never changes is watched: every day of the first 400, then every thirteenth."""

_CODE: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_WORD: Final = re.compile(r"\S{1,60}")


class BrokenRule(AssertionError):
    """A condition does not keep a rule; ``rule`` names which."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(f"{rule}: {message}")
        self.rule = rule


def check_condition(
    condition: BaseCondition | st.SearchStrategy[BaseCondition],
    *,
    facts: ItemFacts | st.SearchStrategy[ItemFacts] | None = None,
    max_examples: int = 100,
) -> None:
    """Check a condition, or all those a strategy draws, on many facts. Raises ``BrokenRule`` with a smallest case.

    ``deterministic``: the same facts give the same verdict, and are not changed by it. ``until``: it is later than the
    day asked, and before it nothing changes without a new fact; ``None`` means never, which is watched for ten years.
    ``reason``: codes, figures, dates and its own fields, no prose and no float. ``json`` and ``toml``: it is read again
    as it was written, by ``scenario_from_json`` and ``scenario_from_toml`` with its class among ``conditions``.
    ``type``: that of a third party has a dot and is the default of its class.

    Examples are drawn from a fixed seed: a check passes or fails the same way each time.
    """
    drawn = condition if isinstance(condition, st.SearchStrategy) else st.just(condition)
    known = facts if isinstance(facts, st.SearchStrategy) else item_facts() if facts is None else st.just(facts)
    drawing = settings(
        max_examples=max_examples,
        deadline=None,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )

    @drawing
    @given(drawn)
    def form(one: BaseCondition) -> None:
        _check_type(one)
        _check_files(one)

    @drawing
    @given(drawn, known)
    def answers(one: BaseCondition, seen: ItemFacts) -> None:
        verdict = _checked_twice(one, seen)
        _check_reason(one, seen, verdict)
        _check_until(one, seen, verdict)

    form()
    answers()


def _broken(rule: str, one: BaseCondition, message: str) -> NoReturn:
    raise BrokenRule(rule, f"{one!r} {message}")


def _checked_twice(one: BaseCondition, seen: ItemFacts) -> Verdict:
    before = dict(seen.stages_done)
    verdict = one.verdict(seen)
    if one.verdict(seen) != verdict:
        _broken("deterministic", one, f"answers {verdict} and then {one.verdict(seen)} to the same facts {seen}")
    if seen.stages_done != before:
        _broken("deterministic", one, "changes the facts it is given")
    return verdict


def _check_until(one: BaseCondition, seen: ItemFacts, verdict: Verdict) -> None:
    if verdict.until is not None and verdict.until <= seen.on:
        _broken("until", one, f"asked on {seen.on} may change on {verdict.until}: give a later day, or None for never")
    for day in _watched(seen.on, verdict.until):
        if one.verdict(seen._replace(on=day)).holds is not verdict.holds:
            relied = "never" if verdict.until is None else f"not before {verdict.until}"
            _broken("until", one, f"asked on {seen.on} said it changes {relied}; it changed on {day}, on facts {seen}")


def _watched(on: date, until: date | None) -> Iterator[date]:
    last = 365 * NEVER_YEARS if until is None else (until - on).days - 1
    every_day = range(1, min(last, 400) + 1)
    yield from (on + timedelta(days=days) for days in chain(every_day, range(413, last + 1, 13)))


def _check_reason(one: BaseCondition, seen: ItemFacts, verdict: Verdict) -> None:
    own = {*_texts(one.model_dump(mode="json")), *seen.case.tags, seen.case.segment, *seen.lacks}
    for part in _parts(verdict):
        if _CODE.fullmatch(part.code) is None:
            _broken("reason", one, f"gives the code {part.code!r}: write lower-case words joined by underscores")
        for name, value in part.inputs:
            if _CODE.fullmatch(name) is None or not _is_plain(value, own):
                _broken("reason", one, f"gives {name}={value!r}: give codes, figures, dates and identifiers only")
    verdict.reason  # noqa: B018  # building it must not fail


def _parts(verdict: Verdict) -> Iterator[Verdict]:
    yield verdict
    for part in verdict.parts:
        yield from _parts(part)


def _is_plain(value: object, own: set[str | None]) -> bool:
    match value:
        case None | bool() | int() | Decimal() | date() | Enum() | Money():
            return True
        case str():
            return value in own or _WORD.fullmatch(value) is not None
        case tuple() | frozenset():
            return all(_is_plain(part, own) for part in value)
        case _:
            return False


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            yield from chain.from_iterable(map(_texts, value.values()))
        case list():
            yield from chain.from_iterable(map(_texts, value))
        case _:
            return


def _check_type(one: BaseCondition) -> None:
    for part in walk(one):
        kind = type(part).model_fields.get("type")
        declared = kind.default if kind is not None else None
        if getattr(part, "type", None) != declared or not isinstance(declared, str):
            _broken("type", part, 'declares no type of its own: type: Literal["vendor.name"] = "vendor.name"')
        if isinstance(part, CustomCondition) and "." not in declared:
            _broken(
                "type", part, f"has the type {declared!r}: put the vendor before a dot, such as 'vendor.{declared}'"
            )


def _check_files(one: BaseCondition) -> None:
    scenario = _scenario(one)
    kinds = tuple({type(part) for part in walk(one) if isinstance(part, CustomCondition)})
    text = scenario.model_dump_json()
    for rule, reader, written in (
        ("json", scenario_from_json, text),
        ("toml", scenario_from_toml, _toml(json.loads(text))),
    ):
        try:
            again = reader(written, conditions=kinds)
        except ScenarioError as fault:
            _broken(rule, one, f"cannot be read again: {'; '.join(fault.faults) or fault.found}")
        if again != scenario or again.hash != scenario.hash:
            _broken(rule, one, f"is read again as {again.stages[-1].when!r}")


def _scenario(one: BaseCondition) -> Scenario:
    """Return a scenario with the condition, and with every stage it names."""
    names = sorted(stages_named(one))

    def stage(name: str, when: object) -> Stage:
        fields = {"id": name, "document": DocumentKind.REMINDER_1, "channels": (Channel.EMAIL,), "rank": Rank.AMICABLE}
        return Stage.model_validate(fields | {"when": when})

    always = {"type": "days_after", "anchor": "due_on", "days": 1}
    return Scenario(
        id="verification",
        version=1,
        title="Vérification",
        debtor_kinds=(DebtorKind.BUSINESS,),
        min_interval_days=1,
        stages=(*(stage(name, always) for name in names), stage("condition_verifiee", one)),
        terminal=Terminal.model_validate({"when": always, "outcome": Outcome.HUMAN_DECISION}),
    )


def _toml(data: Mapping[str, object]) -> str:
    return "".join(f"{name} = {_toml_value(value)}\n" for name, value in data.items() if value is not None)


def _toml_value(value: object) -> str:
    """Return a JSON value as TOML writes it; a field without value is left out, since TOML has no null."""
    match value:
        case Mapping():
            pairs = (f"{json.dumps(name)} = {_toml_value(part)}" for name, part in value.items() if part is not None)
            return "{ " + ", ".join(pairs) + " }"
        case list():
            return "[" + ", ".join(map(_toml_value, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)
