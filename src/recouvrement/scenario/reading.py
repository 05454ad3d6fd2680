"""Scenarios written in TOML or JSON, and the built-in ones."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from pydantic import ValidationError

from recouvrement.errors import ScenarioError
from recouvrement.law.files import read_table
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.model import Scenario

BUILT_IN = ("standard_b2b", "consommateur", "secteur_public")
"""Scenarios that come with the library."""

ConditionType = type[CustomCondition]


def scenario_from_toml(text: str, *, where: str = "scenario", conditions: Sequence[ConditionType] = ()) -> Scenario:
    """Return the scenario a TOML text describes; ``conditions`` are the third-party types it may use.

    Raises ``ScenarioError`` with every fault found, each with its path.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ScenarioError(where=where, found=f"not TOML: {fault}", hint="Correct the syntax at that place.") from None
    return _validated(data, where, conditions)


def scenario_from_json(text: str, *, where: str = "scenario", conditions: Sequence[ConditionType] = ()) -> Scenario:
    """Return the scenario written by ``Scenario.model_dump_json``; errors as ``scenario_from_toml``."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as fault:
        raise ScenarioError(where=where, found=f"not JSON: {fault}", hint="Correct the syntax at that place.") from None
    return _validated(data, where, conditions)


def _validated(data: object, where: str, conditions: Sequence[ConditionType] = ()) -> Scenario:
    known = {kind.model_fields["type"].default: kind for kind in conditions}
    faults: list[str] = []
    try:
        # Read as JSON is: in TOML and in JSON a date, an amount and a word of a list are texts.
        return Scenario.model_validate(_with_custom(data, known, (), faults))
    except ValidationError as fault:
        faults += [
            f"{'.'.join(map(str, error['loc'])) or 'scenario'}: {error['msg'].removeprefix('Value error, ')}"
            for error in fault.errors(include_url=False)
        ]
        raise ScenarioError(
            where=where,
            found=f"{len(faults)} fault{'s' if len(faults) > 1 else ''}",
            hint="Correct them all and read it again:",
            faults=tuple(faults),
        ) from None


def _with_custom(data: object, known: Mapping[str, ConditionType], path: tuple[str, ...], faults: list[str]) -> object:
    """Return the data with each table that describes a third party's condition replaced by the condition itself."""
    match data:
        case Mapping():
            kind = known.get(str(data.get("type")))
            if kind is None:
                return {name: _with_custom(part, known, (*path, str(name)), faults) for name, part in data.items()}
            try:
                return kind.model_validate(dict(data))
            except ValidationError as fault:
                faults += [
                    f"{'.'.join((*path, *map(str, error['loc'])))}: {error['msg'].removeprefix('Value error, ')}"
                    for error in fault.errors(include_url=False)
                ]
                return data
        case list():
            return [_with_custom(part, known, (*path, str(index)), faults) for index, part in enumerate(data)]
        case _:
            return data


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
    return _validated(read_table("recouvrement.scenario", name), f"{name}.toml")
