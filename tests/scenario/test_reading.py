"""Scenarios read from TOML: the built-in ones, and every fault of a bad one at once."""

import re
from datetime import timedelta
from typing import Literal, get_args

import pytest

from recouvrement import Scenario, ScenarioError, builtin, scenario_from_toml
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.conditions import BUILT_IN_CONDITIONS, AllOf, Condition
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.reading import BUILT_IN, scenario_from_json
from recouvrement.scenario.verdict import Verdict

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
    assert places == ["version", "stages.0.rank, line 11", "stages.0.when.days, line 12"]
    assert refusal.value.where == "mine.toml"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('id = "rappel"\n', 'id = "rappel"\nunknown = 1\n'), "stages.0.unknown"),
        (('anchor = "due_on"', 'anchor = "stage:absent"'), "'absent'"),
        (('channels = ["email"]', 'channels = ["internal"]'), "internal"),
        (('document = "reminder_1"', 'document = "terminal_note"'), "internal"),
        (("days = 5 }", "days = 5.0 }"), "stages.0.when.days, line 12: found 5.0; write a whole number"),
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
    assert refusal.value.faults == ("stages.1.id, line 14: stage id 'rappel' is used twice; give each stage its own",)


def test_text_that_is_not_toml_is_refused_with_its_place() -> None:
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml("id = \nversion = 1", where="mine.toml")
    assert "line 1" in refusal.value.found


def test_a_scenario_without_terminal_rule_is_refused() -> None:
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml(GOOD[: GOOD.index("[terminal]")])
    assert refusal.value.faults == ("terminal: missing; add terminal",)


MANY_FAULTS = """\
id = "un rappel"
titel = "Un rappel"
title = "Un rappel"
debtor_kinds = []
min_interval_days = "7"
max_messages_per_run = 3

[[stages]]
id = "rappel"
chanels = ["email"]
channels = ["mail"]
document = "reminder_1"
rank = "friendly"
when = { type = "day_after", anchor = "due_on", days = 5 }

[[stages]]  # a comment with a bracket ]
id = "rappel"
document = "reminder_1"
channels = ["email", "internal"]
rank = "amicable"
repeat = { every_days = 2.5 }
when = { type = "all", of = [
  { type = "days_after", anchor = "dueon", days = -5 },
  { type = "days_after", anchor = "stage:absent", days = 5 },
  { type = "balance_at_least", amount = 100.5 },
  { type = "acme.score", minimum = 3 },
  { type = "tag", tags = "x" },
  { anchor = "due_on" },
  "monday",
  { type = "day_of_month", from_day = 1, through_day = 31 },
] }

[[stages]]
id = "terminal"
document = "reminder_1"
channels = ["email", "internal"]
rank = "amicable"
optional = true
when = { type = "stage_done", stage = "nowhere" }

[thank_you]
channels = ["phone"]

[terminal]
outcome = "human_decision"
when = { type = "days_after", anchor = "stage:terminal", days = 15 }
"""


def test_a_scenario_with_every_usual_fault_is_answered_at_once_with_paths_lines_and_remedies() -> None:
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml(MANY_FAULTS, where="mine.toml")
    shortened = [
        re.sub(r"(known fields|write one of|the types are|name one of): .*", r"\1", one) for one in refusal.value.faults
    ]
    assert shortened == [
        "version: missing; add version",
        (
            "id, line 1: found 'un rappel'; write lower-case letters, digits and underscores, beginning with a letter, "
            'such as "relance_1"'
        ),
        "titel, line 2: unknown field; did you mean 'title'? (known fields",
        "debtor_kinds, line 4: found an empty list; give at least one",
        "min_interval_days, line 5: found '7'; write a whole number, without quotes and without decimals",
        (
            "max_messages_per_run, line 6: a case grouped per_debtor never gets more than one message a day; "
            "remove it, or group per_invoice or per_stage"
        ),
        "stages.0.chanels, line 10: unknown field; did you mean 'channels'? (known fields",
        "stages.0.channels.0, line 11: found 'mail'; did you mean 'email'? (write one of",
        "stages.0.rank, line 13: found 'friendly'; write one of",
        "stages.0.when, line 14: 'day_after' is not a type of condition; did you mean 'days_after'? (the types are",
        "stages.1.id, line 17: stage id 'rappel' is used twice; give each stage its own",
        "stages.1.repeat.every_days, line 21: found 2.5; write a whole number, without quotes and without decimals",
        "stages.1.repeat.max_times, line 21: missing; add max_times",
        "stages.1.when.of.0.anchor, line 23: found 'dueon'; did you mean 'due_on'? (write one of",
        "stages.1.when.of.0.days, line 23: found -5; write at least 0",
        "stages.1.when.of.1.anchor, line 24: stage 'absent' does not exist; name one of",
        'stages.1.when.of.2.amount, line 25: 100.5 is a float; write the amount as a string, such as "150.00"',
        (
            "stages.1.when.of.3, line 26: 'acme.score' is a condition of a third party; give its class to the reader: "
            "conditions=(…,)"
        ),
        "stages.1.when.of.4.tag, line 27: missing; add tag",
        "stages.1.when.of.4.tags, line 27: unknown field; did you mean 'tag'? (known fields",
        (
            "stages.1.when.of.5, line 28: a condition without its type; write a table with a type, such as "
            '{ type = "days_after", anchor = "due_on", days = 3 }'
        ),
        (
            "stages.1.when.of.6, line 29: found 'monday'; write a table with a type, such as "
            '{ type = "days_after", anchor = "due_on", days = 3 }'
        ),
        "stages.1.when.of.7, line 30: from day 1 through day 31 is the whole month; leave it out",
        "stages.2.id, line 34: stage id 'terminal' is reserved for the engine; choose another",
        "stages.2.channels, line 36: reminder_1 goes to the debtor; remove the internal channel",
        "stages.2.when, line 39: stage 'nowhere' does not exist; name one of",
        "thank_you.channels, line 42: thanks are written; let them leave by email or post",
        (
            "terminal.when, line 46: waits for stage 'terminal', which is optional and may never be carried out; wait "
            "for previous_stage, or make the stage not optional"
        ),
    ]


def test_json_faults_have_paths_and_no_lines() -> None:
    text = builtin("standard_b2b").model_dump_json().replace('"rank":"formal"', '"rank":"formel"')
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_json(text)
    assert [fault.split(" (")[0] for fault in refusal.value.faults] == [
        "stages.5.rank: found 'formel'; did you mean 'formal'?"
    ]


def test_a_contradiction_is_told_to_those_who_write_python_too() -> None:
    good = scenario_from_toml(GOOD)
    with pytest.raises(ValueError, match=r"stages\.1\.id: stage id 'rappel' is used twice: give each stage its own"):
        Scenario.model_validate(good.model_dump() | {"stages": (good.stages[0], good.stages[0])})


def test_every_condition_of_the_union_is_known_to_the_reader() -> None:
    members = {get_args(member)[0] for member in get_args(get_args(Condition)[0])}
    assert {kind for kind in members if isinstance(kind, type)} - {CustomCondition} == set(BUILT_IN_CONDITIONS)


class Even(CustomCondition):
    """Holds on even days of the month, from a given day."""

    type: Literal["acme.even"] = "acme.even"
    from_day: int

    def verdict(self, facts: ItemFacts) -> Verdict:
        holds = facts.on.day % 2 == 0 and facts.on.day >= self.from_day
        return Verdict(holds, facts.on + timedelta(days=1), "acme.even")


def test_a_condition_of_a_third_party_is_read_where_its_class_is_given() -> None:
    text = GOOD.replace(
        '{ type = "days_after", anchor = "due_on", days = 5 }',
        '{ type = "all", of = [{ type = "acme.even", from_day = 4 }, { type = "working_day" }] }',
    )
    scenario = scenario_from_toml(text, conditions=(Even,))
    when = scenario.stages[0].when
    assert isinstance(when, AllOf)
    assert when.of[0] == Even(from_day=4)
    assert scenario_from_json(scenario.model_dump_json(), conditions=(Even,)) == scenario


def test_the_faults_of_a_third_partys_condition_come_with_the_others() -> None:
    text = GOOD.replace(
        '{ type = "days_after", anchor = "due_on", days = 5 }', '{ type = "acme.even", from_day = "4", until = 3 }'
    )
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_toml(text.replace("version = 1", "version = 0"), conditions=(Even,))
    assert [fault.split(";")[0] for fault in refusal.value.faults] == [
        "version, line 3: found 0",
        "stages.0.when.until, line 12: unknown field",
    ]


def test_a_third_partys_class_needs_a_type_of_its_own() -> None:
    class Nameless(Even):
        type: Literal["days_after"] = "days_after"  # type: ignore[assignment]  # the fault under test

    for kinds in ((Nameless,), (Even, Even)):
        with pytest.raises(ScenarioError, match="has no type of its own"):
            scenario_from_toml(GOOD, conditions=kinds)
