"""A scenario named on the command line: a built-in name, or the path of a TOML or JSON file."""

from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from recouvrement.adapters.portfolio.table import is_file, read_text
from recouvrement.errors import ScenarioError
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.reading import BUILT_IN, builtin, scenario_from_json, scenario_from_toml


class Named(NamedTuple):
    """A scenario with the text it was read from."""

    scenario: Scenario
    text: str


def scenario_named(text: str) -> Scenario:
    """Return the scenario of a built-in name, or else of a file.

    A built-in name wins over a file of the same name; write ``./name`` for the file. Raises ``ScenarioError`` for what
    is neither, and with every fault of a faulty file; ``InvalidInput`` for a file that cannot be read.
    """
    return builtin(text) if text in BUILT_IN else scenario_and_text(text).scenario


def scenario_and_text(text: str) -> Named:
    """Return the scenario ``scenario_named`` returns, with its text as it is shipped or stored; raises as it does."""
    if text in BUILT_IN:
        shipped = files("recouvrement.scenario") / "data" / f"{text}.toml"
        return Named(builtin(text), shipped.read_text(encoding="utf-8"))
    path = Path(text)
    if not is_file(path):
        raise ScenarioError(
            where=f"scenario {text!r}",
            found="neither a built-in scenario nor a file",
            hint=f"Choose one of {', '.join(BUILT_IN)}, or give the path of a TOML or JSON file.",
        )
    content = read_text(path)
    read = scenario_from_json if path.suffix.lower() == ".json" else scenario_from_toml
    return Named(read(content, where=path.name), content)
