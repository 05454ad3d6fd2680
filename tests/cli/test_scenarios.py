"""``scenario list``, ``show``, ``lint``, ``draw`` and ``schema``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recouvrement import builtin, scenario_from_toml
from recouvrement.cli.scenarios import scenario
from recouvrement.render.drawing_svg import draw_svg
from recouvrement.scenario.reading import BUILT_IN
from recouvrement.scenario.schema import scenario_schema

FAULTY = """\
id = "faux"
version = 1
title = "Deux relances en désordre"
debtor_kinds = ["business"]
min_interval_days = 4

[[stages]]
id = "relance_1"
document = "reminder_1"
channels = ["email"]
rank = "amicable"
when = { type = "days_after", anchor = "stage:relance_2", days = 3 }

[[stages]]
id = "relance_2"
document = "reminder_2"
channels = ["email", "email"]
rank = "amicable"
when = { type = "days_after", anchor = "due_on", days = 10 }

[terminal]
outcome = "human_decision"
when = { type = "days_after", anchor = "previous_stage", days = 15 }
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(scenario, list(words))


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    path = tmp_path / "faux.toml"
    path.write_text(FAULTY, encoding="utf-8")
    return str(path)


def test_the_list_names_every_built_in_scenario_with_its_stages() -> None:
    assert [one["id"] for one in json.loads(run("list", "--json").stdout)] == list(BUILT_IN)
    shown = run("list").stdout
    assert all(name in shown for name in BUILT_IN)


def test_a_scenario_is_shown_as_it_is_written(faulty: str) -> None:
    assert scenario_from_toml(run("show", "standard_b2b").stdout) == builtin("standard_b2b")
    assert run("show", faulty).stdout == FAULTY


def test_the_canonical_form_comes_with_its_hash(tmp_path: Path) -> None:
    data = json.loads(run("show", "consommateur", "--json").stdout)
    assert data["hash"] == builtin("consommateur").hash
    path = tmp_path / "same.json"
    path.write_text(json.dumps(data["scenario"]), encoding="utf-8")
    assert json.loads(run("show", str(path), "--json").stdout) == data


def test_lint_ends_with_one_when_there_is_an_error(faulty: str) -> None:
    result = run("lint", faulty)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("error [waits_for_later_stage] stages.0.when: stage relance_1 waits for relance_2")
    assert (
        lines[1]
        == "warning [duplicate_channel] stages.1.channels: stage relance_2 names email twice. Name each channel once."
    )
    assert lines[-1] == f"{faulty}: 1 error, 1 warning"
    data = json.loads(run("lint", faulty, "--json").stdout)
    assert (data["errors"], [one["code"] for one in data["findings"]]) == (
        1,
        ["waits_for_later_stage", "duplicate_channel"],
    )
    assert set(data["findings"][0]) == {"code", "severity", "path", "inputs", "message", "remedy"}


def test_lint_ends_with_zero_when_all_is_well() -> None:
    result = run("lint", "standard_b2b")
    assert (result.exit_code, result.stdout) == (0, "standard_b2b: 0 errors, 0 warnings\n")


def test_lint_takes_the_segments_a_case_may_be_in(tmp_path: Path) -> None:
    path = tmp_path / "segments.toml"
    when = '{ type = "segment", segments = ["bons"] }'
    path.write_text(
        FAULTY.replace('{ type = "days_after", anchor = "stage:relance_2", days = 3 }', when), encoding="utf-8"
    )
    assert "no_segmentation" in run("lint", str(path)).stdout
    known = run("lint", str(path), "--segment", "bons", "--segment", "mauvais").stdout
    assert "segment" not in known.removesuffix(known.splitlines()[-1] + "\n")
    assert "unknown_segment" in run("lint", str(path), "--segment", "mauvais").stdout


def test_a_file_that_is_no_scenario_ends_with_two_and_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(FAULTY.replace("version = 1", "version = 0").replace("amicable", "friendly"), encoding="utf-8")
    result = run("lint", str(path))
    assert result.exit_code == 2
    assert "version, line 2: found 0; write at least 1" in result.stderr
    assert "stages.0.rank, line 11: found 'friendly'" in result.stderr
    data = json.loads(run("lint", str(path), "--json").stdout)
    assert len(data["error"]["faults"].splitlines()) == 3


@pytest.mark.parametrize("command", ["show", "lint", "draw"])
def test_an_unknown_name_is_answered_with_the_known_ones(command: str) -> None:
    result = run(command, "relance_express")
    assert result.exit_code == 2
    assert "neither a built-in scenario nor a file" in result.stderr
    assert "standard_b2b" in result.stderr


def test_a_drawing_is_text_or_a_picture(tmp_path: Path) -> None:
    assert "J+30" in run("draw", "standard_b2b").stdout
    picture = tmp_path / "standard.svg"
    assert run("draw", "standard_b2b", "--svg", str(picture)).exit_code == 0
    assert picture.read_text(encoding="utf-8") == draw_svg(builtin("standard_b2b"))
    refused = run("draw", "standard_b2b", "--svg", str(tmp_path / "absent" / "x.svg"))
    assert refused.exit_code == 2
    assert "cannot be written" in refused.stderr


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema").stdout) == scenario_schema()
