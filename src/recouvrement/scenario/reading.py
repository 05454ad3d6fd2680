"""Scenarios written in TOML, and the built-in ones."""

import tomllib
from functools import cache

from pydantic import ValidationError

from recouvrement.errors import ScenarioError
from recouvrement.law.files import read_table
from recouvrement.scenario.model import Scenario

BUILT_IN = ("standard_b2b", "consommateur", "secteur_public")
"""Scenarios that come with the library."""


def scenario_from_toml(text: str, *, where: str = "scenario") -> Scenario:
    """Return the scenario a TOML text describes.

    Raises ``ScenarioError`` with every fault found, each with its path.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ScenarioError(where=where, found=f"not TOML: {fault}", hint="Correct the syntax at that place.") from None
    return _validated(data, where)


def _validated(data: dict[str, object], where: str) -> Scenario:
    try:
        return Scenario.model_validate(data)
    except ValidationError as fault:
        faults = tuple(
            f"{'.'.join(map(str, error['loc'])) or 'scenario'}: {error['msg'].removeprefix('Value error, ')}"
            for error in fault.errors(include_url=False)
        )
        raise ScenarioError(
            where=where,
            found=f"{len(faults)} fault{'s' if len(faults) > 1 else ''}",
            hint="Correct them all and read it again:",
            faults=faults,
        ) from None


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
