"""Scenarios written in TOML or JSON, and the built-in ones."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from recouvrement.errors import ScenarioError
from recouvrement.law.files import read_table
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.conditions import MOST_DEEP
from recouvrement.scenario.facts import STAGE_ANCHOR
from recouvrement.scenario.faults import CONDITION_TYPES, Fault, faults_of
from recouvrement.scenario.model import Grouping, Parts, Scenario, Stage, Terminal, ThankYou, contradictions
from recouvrement.scenario.toml_lines import Path, toml_lines

BUILT_IN = (
    "standard_b2b",
    "grand_compte",
    "mauvais_payeur",
    "consommateur",
    "secteur_public",
    "prelevement_rejete",
    "un_seul_rappel",
    "centralpay",
    "tryton_compatible",
)
"""Scenarios that come with the library."""

ConditionType = type[CustomCondition]

Model = TypeVar("Model", bound=BaseModel)


def scenario_from_toml(text: str, *, where: str = "scenario", conditions: Sequence[ConditionType] = ()) -> Scenario:
    """Return the scenario a TOML text describes; ``conditions`` are the third-party types it may use.

    Raises ``ScenarioError`` with every fault found: its path, its line, what was there and what to write.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits, tables without end
        raise ScenarioError(where=where, found=f"not TOML: {fault}", hint="Correct the syntax at that place.") from None
    return validated(Scenario, data, where, conditions, text, also=_contradictions)


def scenario_from_json(text: str, *, where: str = "scenario", conditions: Sequence[ConditionType] = ()) -> Scenario:
    """Return the scenario written by ``Scenario.model_dump_json``; errors as ``scenario_from_toml``, without lines."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ScenarioError(where=where, found=f"not JSON: {fault}", hint="Correct the syntax at that place.") from None
    return validated(Scenario, data, where, conditions, also=_contradictions)


def validated(
    model: type[Model],
    data: object,
    where: str,
    conditions: Sequence[ConditionType] = (),
    text: str | None = None,
    *,
    also: Callable[[Mapping[str, object]], list[Fault]] | None = None,
) -> Model:
    """Return the model that a table of TOML or JSON describes; ``text`` gives the lines of its faults.

    ``also`` finds what more is wrong in data that are faulty. Raises ``ScenarioError`` with every fault found.
    """
    if _nesting(data) > _MOST_NESTED:
        raise ScenarioError(
            where=where,
            found=f"tables are more than {_MOST_NESTED} levels inside one another",
            hint=f"Conditions go no deeper than {MOST_DEEP} levels: join them with one all or any.",
        )
    return _validated(model, data, where, conditions, text=text, also=also)


_MOST_NESTED = 4 * MOST_DEEP


def _nesting(data: object) -> int:
    """Return how many levels of tables and lists there are, without going down by recursion."""
    level, depth = [data], 0
    while level and depth <= _MOST_NESTED:
        depth += 1
        inner: list[object] = []
        for one in level:
            inner += one.values() if isinstance(one, Mapping) else one if isinstance(one, list) else ()
        level = inner
    return depth


def _validated(
    model: type[Model],
    data: object,
    where: str,
    conditions: Sequence[ConditionType],
    *,
    text: str | None,
    also: Callable[[Mapping[str, object]], list[Fault]] | None,
) -> Model:
    faults: list[Fault] = []
    known = _known(conditions, where)
    # Read as JSON is: in TOML and in JSON a date, an amount and a word of a list are texts.
    prepared = _with_custom(data, known, (), faults) if known else data
    try:
        read = model.model_validate(prepared)
    except ValidationError as fault:
        faults += faults_of(fault.errors(include_url=False), data, root=model)
        if also is not None and isinstance(prepared, Mapping):
            faults += also(prepared)
    else:
        if not faults:
            return read
    lines = toml_lines(text) if text is not None else {}
    faults = sorted(dict.fromkeys(faults), key=lambda fault: fault.line(lines) or 0)
    raise ScenarioError(
        where=where,
        found=f"{len(faults)} fault{'s' if len(faults) > 1 else ''}",
        hint="Correct them all and read it again:",
        faults=tuple(fault.told(lines) for fault in faults),
    )


def _known(conditions: Sequence[ConditionType], where: str) -> dict[str, ConditionType]:
    """Return the third-party classes by type; refuse one without a type of its own, and two of the same."""
    known: dict[str, ConditionType] = {}
    for kind in conditions:
        name = kind.model_fields["type"].default
        if not isinstance(name, str) or "." not in name or name in CONDITION_TYPES or name in known:
            raise ScenarioError(
                where=where,
                found=f"{kind.__name__} has no type of its own",
                hint='Declare type: Literal["vendor.name"] = "vendor.name", with a dot, once in the whole list.',
            )
        known[name] = kind
    return known


def _with_custom(data: object, known: Mapping[str, ConditionType], path: Path, faults: list[Fault]) -> object:
    """Return the data with each table that describes a third party's condition replaced by the condition itself."""
    match data:
        case Mapping():
            kind = known.get(str(data.get("type")))
            if kind is None:
                return {name: _with_custom(part, known, (*path, str(name)), faults) for name, part in data.items()}
            try:
                return kind.model_validate(dict(data))
            except ValidationError as fault:
                faults += faults_of(fault.errors(include_url=False), data, path)
                return {"type": "working_day"}  # a condition that stands for it while the rest is read
        case list():
            return [_with_custom(part, known, (*path, index), faults) for index, part in enumerate(data)]
        case _:
            return data


def _contradictions(data: Mapping[str, object]) -> list[Fault]:
    """Return in which ways the parts of a faulty scenario that can be read contradict each other."""
    raw = data.get("stages")
    tables = [(place, table) for place, table in enumerate(raw if isinstance(raw, list) else []) if table]
    named = [(place, table.get("id")) for place, table in tables if isinstance(table, Mapping)]
    read = [(place, _part(Stage, table)) for place, table in tables]
    most, grouping = data.get("max_messages_per_run"), data.get("grouping", Grouping.PER_DEBTOR)
    known = next((one for one in Grouping if one == grouping), None)
    parts = Parts(
        tuple((place, name) for place, name in named if isinstance(name, str)),
        tuple((place, stage) for place, stage in read if stage is not None),
        _part(Terminal, data.get("terminal")),
        _part(ThankYou, data.get("thank_you")),
        known or Grouping.PER_DEBTOR,
        most if known and isinstance(most, int) else None,
    )
    found = [Fault(*one) for one in contradictions(parts)]
    ids = {name for _, name in parts.named}
    for place, table in tables:
        if _part(Stage, table) is None:
            found += _absent_stages(table, ids, ("stages", place))
    if parts.terminal is None:
        found += _absent_stages(data.get("terminal"), ids, ("terminal",))
    return found


def _absent_stages(data: object, ids: AbstractSet[str], path: Path) -> Iterator[Fault]:
    """Yield the stages that a part which cannot be read whole names and that do not exist."""
    match data:
        case Mapping():
            for field, value in data.items():
                name = None
                if isinstance(value, str) and field == "anchor" and value.startswith(STAGE_ANCHOR):
                    name = value.removeprefix(STAGE_ANCHOR)
                elif isinstance(value, str) and field == "stage":
                    name = value
                if name is not None and name not in ids:
                    known = ", ".join(sorted(ids))
                    yield Fault((*path, field), f"stage {name!r} does not exist", f"name one of: {known}")
                yield from _absent_stages(value, ids, (*path, field))
        case list():
            for index, part in enumerate(data):
                yield from _absent_stages(part, ids, (*path, index))
        case _:
            return


def _part(kind: type[Model], table: object) -> Model | None:
    try:
        return kind.model_validate(table)
    except ValidationError:
        return None


@cache
def builtin(name: str) -> Scenario:
    """Return a scenario that comes with the library.

    Raises ``ScenarioError`` for an unknown name.

    >>> builtin("standard_b2b").stages[-1].document.value
    'mise_en_demeure'
    """
    if name not in BUILT_IN:
        raise ScenarioError(
            where="scenario", found=f"{name!r} is not a built-in scenario", hint=f"Choose one of {', '.join(BUILT_IN)}."
        )
    return validated(Scenario, read_table("recouvrement.scenario", name), f"{name}.toml")
