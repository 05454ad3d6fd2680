"""Which scenarios the commands work with: the built-in ones, a folder of one's own, and the rules that choose."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from recouvrement.adapters.portfolio.table import is_file, read_text
from recouvrement.batch.starting import Starting
from recouvrement.errors import InvalidInput, RecouvrementError, ScenarioError
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.reading import BUILT_IN, builtin, scenario_from_json, scenario_from_toml
from recouvrement.scenario.segments import Segmentation, builtin_segmentation, segmentation_from_toml

Command = Callable[..., Any]  # Any: a click command, whatever its parameters


def scenario_options(command: Command) -> Command:
    """Give a command ``--scenarios`` and ``--segments``; it receives ``scenarios_folder`` and ``segments_file``."""
    folder = click.option(
        "--scenarios",
        "scenarios_folder",
        type=click.Path(path_type=Path),
        help="Folder of scenarios of your own (TOML or JSON); one of a built-in name replaces it.",
    )
    rules = click.option(
        "--segments",
        "segments_file",
        type=click.Path(path_type=Path),
        help="TOML file of the rules that choose the scenario of a case when it starts; by default its kind of debtor.",
    )
    return folder(rules(command))


def starting(scenarios_folder: Path | None, segments_file: Path | None) -> Starting:
    """Return how cases start: rules and scenarios, built in or read.

    Raises ``ScenarioError`` with every fault of a scenario or of the rules, ``InvalidInput`` for what cannot be read.
    """
    own = _read_folder(scenarios_folder) if scenarios_folder is not None else ()
    replaced = {scenario.id for scenario in own}
    at_hand = (*own, *(builtin(name) for name in BUILT_IN if name not in replaced))
    found = Starting(_rules(segments_file), at_hand)
    found.check()
    return found


def _rules(segments_file: Path | None) -> Segmentation:
    if segments_file is None:
        return builtin_segmentation("par_nature")
    if not is_file(segments_file):
        raise InvalidInput(
            where=str(segments_file), found="this file does not exist", hint="Give a TOML file of rules."
        )
    return segmentation_from_toml(read_text(segments_file), where=segments_file.name)


def _read_folder(folder: Path) -> tuple[Scenario, ...]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".toml", ".json"})
    except OSError as fault:
        why = fault.strerror or "it cannot be read"
        raise InvalidInput(where=str(folder)[:200], found=why, hint="Give a folder of scenarios.") from None
    if not paths:
        raise InvalidInput(where=str(folder), found="no .toml or .json file", hint="Put your scenarios in it.")
    scenarios: list[Scenario] = []
    faults: list[str] = []
    for path in paths:
        read = scenario_from_json if path.suffix.lower() == ".json" else scenario_from_toml
        try:
            scenarios.append(read(read_text(path), where=path.name))
        except ScenarioError as fault:
            faults += [f"{path.name}: {one}" for one in fault.faults or (fault.found,)]
        except RecouvrementError as fault:
            faults.append(f"{path.name}: {fault.found}")
    names = [(scenario.id, scenario.version) for scenario in scenarios]
    faults += [
        f"{name} version {version} is in two files"
        for name, version in sorted(set(names))
        if names.count((name, version)) > 1
    ]
    if faults:
        raise ScenarioError(
            where=str(folder),
            found=f"{len(faults)} fault{'s' if len(faults) > 1 else ''}",
            hint="Correct them all and run again:",
            faults=tuple(faults),
        )
    return tuple(scenarios)
