"""docs/scenarios.md names every field, option, outcome and condition there is."""

from pathlib import Path

import pytest

from recouvrement import Scenario, Stage, Terminal
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.calendar_conditions import ANCHORS
from recouvrement.scenario.conditions import BUILT_IN_CONDITIONS
from recouvrement.scenario.model import Outcome

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
NAMES = {
    *Scenario.model_fields,
    *Stage.model_fields,
    *Terminal.model_fields,
    *ANCHORS,
    *(outcome.value for outcome in Outcome),
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_name_of_the_model_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("kind", BUILT_IN_CONDITIONS, ids=lambda kind: kind.__name__)
def test_a_condition_is_on_the_page_with_its_fields(kind: type[BaseCondition]) -> None:
    name = str(kind.model_fields["type"].default)
    row = next((line for line in PAGE.splitlines() if f'type = "{name}"' in line or f"`{name}`" in line), None)
    assert row is not None, name
    assert all(field in row for field in kind.model_fields if field != "type"), name
