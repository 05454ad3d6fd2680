"""The JSON Schema of scenarios: what the reader takes, the schema takes; what it can say, it refuses as well."""

import json
import tomllib
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from recouvrement import builtin
from recouvrement.scenario.conditions import BUILT_IN_CONDITIONS
from recouvrement.scenario.reading import BUILT_IN
from recouvrement.scenario.schema import scenario_schema

VALIDATOR = jsonschema.Draft202012Validator(scenario_schema())
Data = dict[str, Any]  # Any: JSON


def raw(name: str) -> Data:
    return tomllib.loads((files("recouvrement.scenario") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def paths_of_faults(data: Data) -> set[str]:
    return {fault.json_path for fault in VALIDATOR.iter_errors(data)}


def test_the_schema_is_itself_valid_and_always_the_same() -> None:
    jsonschema.Draft202012Validator.check_schema(scenario_schema())
    assert json.dumps(scenario_schema()) == json.dumps(scenario_schema())


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_scenario_satisfies_the_schema_in_toml_and_in_json(name: str) -> None:
    VALIDATOR.validate(raw(name))
    VALIDATOR.validate(json.loads(builtin(name).model_dump_json()))


def changed(*path: str | int, to: object = None, remove: bool = False) -> Data:
    data = raw("standard_b2b")
    at: Any = data  # Any: JSON
    for place in path[:-1]:
        at = at[place]
    if remove:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return data


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (changed("version", remove=True), "$"),
        (changed("terminal", remove=True), "$"),
        (changed("titel", to="x"), "$"),
        (changed("version", to="1"), "$.version"),
        (changed("debtor_kinds", to=[]), "$.debtor_kinds"),
        (changed("stages", to=[]), "$.stages"),
        (changed("stages", 1, "rank", to="friendly"), "$.stages[1].rank"),
        (changed("stages", 1, "channels", to="email"), "$.stages[1].channels"),
        (changed("stages", 1, "chanels", to=["email"]), "$.stages[1]"),
        (changed("stages", 1, "when", to={"type": "day_after", "days": 3}), "$.stages[1].when"),
        (changed("stages", 1, "when", to={"anchor": "due_on", "days": 3}), "$.stages[1].when"),
        (changed("stages", 1, "when", "days", to=-3), "$.stages[1].when"),
        (changed("stages", 1, "when", "anchor", to="due_on + 3"), "$.stages[1].when"),
        (changed("stages", 1, "when", to={"type": "balance_at_least", "amount": 100.5}), "$.stages[1].when"),
        (changed("stages", 1, "when", to={"type": "all", "of": []}), "$.stages[1].when"),
        (changed("stages", 1, "min_item_amount", to=10.5), "$.stages[1].min_item_amount"),
        (changed("costs", to={"email": "-1"}), "$.costs.email"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_scenario_is_refused_by_the_schema(data: Data, path: str) -> None:
    assert path in paths_of_faults(data)


@pytest.mark.parametrize(
    "data",
    [
        changed("stages", 1, "min_item_amount", to="10.50"),
        changed("stages", 1, "min_item_amount", to=10),
        changed("prescription_lead_days", to=[]),
        changed("terminal", "branches", to=[]),
        changed("stages", 1, "when", to={"type": "working_day"}),
        changed("stages", 1, "when", to={"type": "acme.score", "minimum": 3}),
    ],
)
def test_what_the_reader_takes_the_schema_takes(data: Data) -> None:
    assert paths_of_faults(data) == set()


def test_every_condition_is_described() -> None:
    shapes = scenario_schema()["$defs"]
    for kind in BUILT_IN_CONDITIONS:
        assert shapes[kind.__name__]["description"]
        assert "type" in shapes[kind.__name__]["required"]
    members = [member.get("$ref") for member in shapes["Condition"]["oneOf"]]
    assert members == [*(f"#/$defs/{kind.__name__}" for kind in BUILT_IN_CONDITIONS), None]
