"""A scenario named on the command line: a built-in name, or the path of a TOML file."""

from pathlib import Path

from recouvrement.adapters.portfolio.table import is_file, read_text
from recouvrement.errors import ScenarioError
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.reading import BUILT_IN, builtin, scenario_from_toml


def scenario_named(text: str) -> Scenario:
    """Return the scenario of a built-in name, or else of a TOML file.

    A built-in name wins over a file of the same name; write ``./name`` for the file. Raises ``ScenarioError`` for what
    is neither, and with every fault of a faulty file; ``InvalidInput`` for a file that cannot be read.
    """
    if text in BUILT_IN:
        return builtin(text)
    path = Path(text)
    if not is_file(path):
        raise ScenarioError(
            where=f"scenario {text!r}",
            found="neither a built-in scenario nor a file",
            hint=f"Choose one of {', '.join(BUILT_IN)}, or give the path of a TOML file.",
        )
    return scenario_from_toml(read_text(path), where=path.name)
