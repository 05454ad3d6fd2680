"""Scenarios read from TOML: the built-in ones, and every fault of a bad one at once."""

import pytest

from recouvrement import Scenario, ScenarioError, builtin, scenario_from_toml
from recouvrement.scenario.reading import BUILT_IN

GOOD = """
id = "un_rappel"
version = 1
title = "Un rappel"
debtor_kinds = ["business"]
min_interval_days = 7
[[stages]]
id = "rappel"
document = "reminder_1"
channels = ["email"]
rank = "amicable"
when = { type = "days_after", anchor = "due_on", days = 5 }
[terminal]
outcome = "human_decision"
when = { type = "days_after", anchor = "previous_stage", days = 15 }
"""


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_scenario_survives_a_round_trip_with_its_hash(name: str) -> None:
    scenario = builtin(name)
    again = Scenario.model_validate_json(scenario.model_dump_json())
    assert again == scenario
    assert again.hash == scenario.hash
    assert scenario.id == name


def test_toml_and_python_make_the_same_scenario() -> None:
    read = scenario_from_toml(GOOD)
    assert Scenario.model_validate(read.model_dump()) == read


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ScenarioError) as refusal:
        builtin("relance_express")
    assert "standard_b2b" in refusal.value.hint


def test_every_fault_is_reported_with_its_path() -> None:
    bad = (
        GOOD.replace('rank = "amicable"', 'rank = "friendly"')
        .replace("days = 5", "days = -5")
        .replace("version = 1", "")
    )
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml(bad, where="mine.toml")
    places = [fault.split(":")[0] for fault in refusal.value.faults]
    assert places == ["version", "stages.0.when.days_after.days", "stages.0.rank"]
    assert refusal.value.where == "mine.toml"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('id = "rappel"\n', 'id = "rappel"\nunknown = 1\n'), "stages.0.unknown"),
        (('anchor = "due_on"', 'anchor = "stage:absent"'), "'absent'"),
        (('channels = ["email"]', 'channels = ["internal"]'), "internal"),
        (('document = "reminder_1"', 'document = "terminal_note"'), "internal"),
        (("days = 5 }", "days = 5.0 }"), "stages.0.when.days_after.days"),
        (
            ('type = "days_after", anchor = "due_on", days = 5', 'type = "balance_at_least", amount = 100.5'),
            "is a float",
        ),
    ],
)
def test_a_faulty_scenario_is_refused(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml(GOOD.replace(*change, 1))
    assert any(fault in found for found in refusal.value.faults)


def test_a_stage_name_used_twice_is_refused() -> None:
    stage = GOOD[GOOD.index("[[stages]]") : GOOD.index("[terminal]")]
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml(GOOD.replace(stage, stage + stage))
    assert "used twice" in refusal.value.faults[0]


def test_text_that_is_not_toml_is_refused_with_its_place() -> None:
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml("id = \nversion = 1", where="mine.toml")
    assert "line 1" in refusal.value.found


def test_a_scenario_without_terminal_rule_is_refused() -> None:
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml(GOOD[: GOOD.index("[terminal]")])
    assert refusal.value.faults == ("terminal: Field required",)
