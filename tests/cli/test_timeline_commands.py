"""``project``, ``forecast``, ``compare`` and ``migrate`` on the demonstration portfolio."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement import StopKind, StopPlaced, event_to_json
from recouvrement.cli.main import main
from recouvrement.cli.scenario_argument import scenario_named
from recouvrement.errors import InvalidInput, ScenarioError

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "portefeuille"
DATA = ROOT / "src" / "recouvrement" / "scenario" / "data"
MONDAY = "2026-11-23"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: str | Path) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    result = run(*words, "--json")
    return json.loads(result.stdout)


def stages(projection: dict[str, Any]) -> list[tuple[str, str]]:  # Any: JSON
    return [(step["on"], action["stage"]) for step in projection["steps"] for action in step["actions"]]


PROJECT = ("project", DEMO, "C002", "--on", MONDAY, "--until", "2027-02-15")


def test_a_debtor_is_projected_by_hand() -> None:
    """C002: F2026-0108, 2388.00 due on Friday 20 November 2026, nothing done yet."""
    (found,) = answer(*PROJECT)
    assert stages(found) == [
        ("2026-11-23", "relance_1"),
        ("2026-11-30", "relance_2"),
        ("2026-12-07", "appel"),  # fifteen days after is Saturday 5 December
        ("2026-12-11", "lettre_de_relance"),  # twenty-one days after, four after the call
        # The letter gives until Saturday 19 December, that is Monday 21: proposed, approved and sent on Tuesday.
        ("2026-12-22", "mise_en_demeure"),
        ("2026-12-22", "mise_en_demeure"),
        ("2027-01-11", "terminal"),
        ("2027-01-25", "unanswered:end"),  # nobody has acted on it in a fortnight
    ]
    assert found["steps"][0]["total"] == {"amount": "2430.43", "currency": "EUR"}
    assert found["silences"][0]["until"] == "2026-11-30"


def test_the_text_and_the_table_say_the_same_days() -> None:
    text, table = run(*PROJECT), run(*PROJECT, "--table")
    assert (text.exit_code, table.exit_code) == (0, 0)
    for day in ("2026-11-23", "2026-12-07", "2027-01-11"):
        assert day in text.stdout
        assert day in table.stdout
    assert "Supposed: approvals given the same day; no letter delivered." in text.stdout


def test_suppositions_on_the_command_line(tmp_path: Path) -> None:
    (paid,) = answer(*PROJECT, "--paid", "2026-12-01=2388.00")
    assert [stage for _, stage in stages(paid)] == ["relance_1", "relance_2"]
    (waiting,) = answer(*PROJECT, "--approvals", "waiting")
    assert stages(waiting)[-2] == ("2026-12-22", "mise_en_demeure")
    told_on, told = stages(waiting)[-1]
    assert (told_on, told.partition(":")[0]) == ("2027-01-05", "unanswered")
    (delivered,) = answer(*PROJECT, "--delivered-after", "3")
    assert ("2026-12-25", "notice_delivered") in [
        (step["on"], event["type"]) for step in delivered["steps"] for event in step["facts"]
    ]
    dispute = StopPlaced(id="d", effective_on=date(2026, 11, 25), stop_id="s", stop=StopKind.DISPUTE)
    file = tmp_path / "faits.jsonl"
    file.write_text(event_to_json(dispute) + "\n\n", encoding="utf-8")
    (disputed,) = answer(*PROJECT, "--what-if", file)
    assert stages(disputed) == [("2026-11-23", "relance_1")]


def test_a_projection_goes_on_from_the_journal(tmp_path: Path) -> None:
    journal = tmp_path / "journal.sqlite"
    night = ("nightly", DEMO, "--journal", journal, "--outbox", tmp_path / "letters", "--on", MONDAY)
    assert run(*night).exit_code == 0
    before = journal.read_bytes()
    (found,) = answer(*PROJECT, "--journal", journal)
    assert stages(found)[0] == ("2026-11-30", "relance_2")
    assert journal.read_bytes() == before
    forecast = answer("forecast", DEMO, "--on", MONDAY, "--days", "1", "--journal", journal)
    assert forecast["total"]["approvals"] == len(answer("pending", DEMO, "--journal", journal))
    early = run("project", DEMO, "C002", "--on", "2026-11-20", "--until", "2027-02-15", "--journal", journal)
    assert early.exit_code == 2
    assert "already holds actions of 2026-11-23" in early.stderr


def test_another_scenario_may_be_named_or_read_from_a_file(tmp_path: Path) -> None:
    (found,) = answer(*PROJECT, "--scenario", "secteur_public")
    assert found["stamps"]["scenario"] == "secteur_public"
    file = tmp_path / "le_mien.toml"
    shutil.copy(DATA / "standard_b2b.toml", file)
    assert scenario_named(str(file)) == scenario_named("standard_b2b")
    (mine,) = answer(*PROJECT, "--scenario", file)
    assert stages(mine) == stages(answer(*PROJECT)[0])


def test_a_scenario_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"neither a built-in scenario nor a file. Choose one of standard_b2b"):
        scenario_named("standard")
    faulty = tmp_path / "faux.toml"
    faulty.write_text('id = "X"\nversion = 0\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as told:
        scenario_named(str(faulty))
    assert len(told.value.faults) > 2
    faulty.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInput):
        scenario_named(str(faulty))
    result = run(*PROJECT, "--scenario", "standard", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "scenario"


def test_the_forecast_is_the_sum_of_the_projections_to_the_cent() -> None:
    costs = "email=0.00,phone=3.25,post=1.80,registered_post=6.11"
    found = answer("forecast", DEMO, "--on", MONDAY, "--days", "30", "--costs", costs)
    price = {"email": 0, "phone": 325, "post": 180, "registered_post": 611}
    debtors = sorted({line.split(";")[0] for line in (DEMO / "debiteurs.csv").read_text("utf-8").splitlines()[1:]})
    contacts = [
        (step["on"], action["channel"])
        for debtor in debtors
        for projection in _projected(debtor)
        for step in projection["steps"]
        for action in step["actions"]
        if action["kind"] == "contact"
    ]
    assert found["total"]["contacts"] == len(contacts)
    cents = sum(price[channel] for _, channel in contacts)
    assert found["total"]["cost"]["amount"] == f"{cents // 100}.{cents % 100:02}"
    first = next(day for day in found["days"] if day["on"] == MONDAY)
    assert first["work"]["contacts"] == sum(on == MONDAY for on, _ in contacts)
    assert (found["without_cost"], found["failures"], found["unread"]) == ([], [], [])


def _projected(debtor: str) -> list[dict[str, Any]]:  # Any: JSON
    found = answer("project", DEMO, debtor, "--on", MONDAY, "--until", "2026-12-23")
    return found if isinstance(found, list) else []  # a debtor without invoices is an error


def test_the_forecast_as_text() -> None:
    result = run("forecast", DEMO, "--on", MONDAY, "--days", "30", "--costs", "post=1.80")
    assert result.exit_code == 0
    assert "No cost given, counted for nothing: email, phone, registered_post" in result.stdout
    assert "2026-11-23 until 2026-12-23" in result.stdout


def test_what_cannot_be_read_is_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(DEMO, tmp_path / "portefeuille"))
    invoices = copy / "factures.csv"
    invoices.write_text(invoices.read_text("utf-8").replace("F2026-0108;", "F2026-0108;;", 1), encoding="utf-8")
    for words in (
        ("forecast", copy, "--on", MONDAY, "--days", "5"),
        ("compare", copy, "--a", "standard_b2b", "--b", "secteur_public", "--on", MONDAY, "--until", "2026-12-01"),
        ("migrate", copy, "--from", "standard_b2b", "--to", "secteur_public", "--on", MONDAY),
    ):
        result = run(*words)
        assert result.exit_code == 1, result.output
        assert "not read:" in result.stderr
        told = run(*words, "--json")
        assert told.exit_code == 1
        assert json.loads(told.stdout)["unread"]


COMPARE = ("compare", DEMO, "--a", "standard_b2b", "--b", "secteur_public", "--on", MONDAY, "--until", "2027-03-01")


def test_two_scenarios_are_compared_on_the_debtors_the_first_is_written_for() -> None:
    found = answer(*COMPARE, "--costs", "registered_post=6.11")
    assert found["left_out"] > 0
    one = next(case for case in found["cases"] if "/C002/" in case["case_id"])
    assert [(contact["on"], contact["stage"]) for contact in one["b"]["contacts"]] == [
        ("2026-11-25", "relance_1"),  # five days after Friday 20 November
        ("2026-12-10", "relance_2"),  # twenty days after
        ("2026-12-28", "lettre_de_relance"),  # thirty-five days after is Christmas Day, a Friday
        ("2027-01-14", "mise_en_demeure"),  # fifty-five days after, seventeen after the letter
    ]
    assert (one["a"]["days_to_mise_en_demeure"], one["b"]["days_to_mise_en_demeure"]) == (32, 55)
    assert one["diverge_on"] == MONDAY
    text = run(*COMPARE)
    assert text.exit_code == 0
    assert f"{found['left_out']} cases left out" in text.stdout


MIGRATE = ("migrate", DEMO, "--from", "standard_b2b", "--to", "grand_compte", "--on", MONDAY)


def test_a_migration_is_only_looked_at() -> None:
    found = answer(*MIGRATE, "--debtor", "C002")
    assert found["changed"] is False
    (one,) = found["migrations"]
    assert one["event"]["scenario"] == "grand_compte"
    assert [action["stage"] for action in one["old"]["actions"]] == ["relance_1"]
    assert one["new"]["actions"] == []
    result = run(*MIGRATE)
    assert result.exit_code == 0
    assert "Nothing was changed." in result.stdout
    every = answer(*MIGRATE)["migrations"]
    assert len(every) == len(answer(*COMPARE)["cases"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*PROJECT[:4], MONDAY, "--until", MONDAY), "first day left out"),
        ((*PROJECT[:4], MONDAY, "--until", "2026-11-01"), "first day left out"),
        (("project", DEMO, "C999", "--on", MONDAY, "--until", "2027-01-01"), "no case for this debtor"),
        ((*PROJECT, "--paid", "2026-12-01=-5.00"), "Suppose a positive amount"),
        ((*PROJECT, "--paid", "2026-12-01"), "not a number"),
        ((*PROJECT, "--what-if", DEMO / "factures.csv"), "one event a line"),
        ((*PROJECT, "--what-if", DEMO / "none.jsonl"), "missing"),
        ((*PROJECT, "--approvals", "perhaps"), "perhaps"),
        (("forecast", DEMO, "--on", MONDAY, "--days", "0"), "Give at least one day"),
        (("forecast", DEMO, "--on", MONDAY, "--days", "5", "--costs", "pigeon=1.00"), "not one of email"),
        (("forecast", DEMO, "--on", MONDAY, "--days", "5", "--costs", "post=1,80"), "'80'"),
        (("forecast", DEMO, "--on", MONDAY, "--days", "5", "--costs", "post=-1.80"), "zero or a positive"),
        (("forecast", DEMO, "--on", MONDAY, "--days", "5", "--costs", "post=1.00,post=2.00"), "given twice"),
        ((*COMPARE[:-1], "2026-11-01"), "first day left out"),
        (("compare", DEMO, "--a", "x", "--b", "standard_b2b", "--on", MONDAY, "--until", "2027-01-01"), "neither"),
        ((*MIGRATE, "--days", "0"), "days"),
    ],
)
def test_a_wrong_call_is_one_clear_message(words: tuple[str | Path, ...], told: str) -> None:
    plain = run(*words)
    assert plain.exit_code == 2
    assert told in plain.stderr
    assert "Traceback" not in plain.output
    as_json = run(*words, "--json")
    assert as_json.exit_code == 2
    error = json.loads(as_json.stdout)["error"]
    assert told in f"{error['where']} {error['found']} {error['hint']}"


def test_facts_are_not_supposed_for_a_debtor_with_several_cases() -> None:
    words = ("project", DEMO, "C024", "--on", MONDAY, "--until", "2027-01-01")
    assert [one["case_id"].rsplit("/", 1)[1] for one in answer(*words)] == ["CHF", "EUR"]
    result = run(*words, "--paid", "2026-12-01=5.00")
    assert result.exit_code == 2
    assert "Suppose facts for a debtor with one case only" in result.stderr
