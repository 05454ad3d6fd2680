"""``recouvrement explain`` and ``recouvrement replay``, and the options of the nightly run that go with them."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement import ScenarioStarted
from recouvrement.adapters.clock import utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.cli.main import main

DEMO = Path(__file__).parents[2] / "examples" / "portefeuille"
MONDAY = "2026-11-23"
CREDITOR = "signaletique-armoricaine"
CASE = f"{CREDITOR}/C012/EUR"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: str | Path) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    return json.loads(run(*words, "--json").stdout)


def night(place: Path, on: str = MONDAY, *options: str) -> Result:
    journal, outbox = place / "journal.sqlite", place / "letters"
    return run("nightly", DEMO, "--journal", journal, "--outbox", outbox, "--on", on, *options)


def spoil(place: Path, statement: str) -> None:
    with closing(sqlite3.connect(place / "journal.sqlite")) as connection, connection:
        connection.execute(statement)


def plain(text: str) -> list[str]:
    return text.replace("\u202f", " ").replace("\u00a0", " ").splitlines()


def test_explain_tells_actions_and_silences_in_french_by_default() -> None:
    shown = run("explain", DEMO, "C012", "--on", MONDAY)
    assert shown.exit_code == 0
    lines = plain(shown.stdout)
    assert lines[0] == f"Dossier {CASE}, le 23 novembre 2026"
    assert "    première relance par courriel : F2026-0110, 1 284,00 € (étape relance_1)" in lines
    assert "    F2026-0090 : contesté" in lines
    assert "      [fait] litige depuis le 9 novembre 2026" in lines


def test_explain_speaks_english_and_json() -> None:
    shown = run("explain", DEMO, "C012", "--on", MONDAY, "--lang", "en")
    assert "    F2026-0090: disputed" in shown.stdout
    (told,) = answer("explain", DEMO, "C012", "--on", MONDAY, "--lang", "en")
    assert told["explanation"]["headline"] == f"Case {CASE} on 2026-11-23"
    assert run("explain", DEMO, "C012", "--lang", "de").exit_code == 2


def test_explain_knows_the_past_of_a_journal(tmp_path: Path) -> None:
    night(tmp_path)
    shown = run("explain", DEMO, "C012", "--on", MONDAY, "--journal", tmp_path / "journal.sqlite")
    assert "  Rien à faire le 23 novembre 2026" in plain(shown.stdout)


def test_a_debtor_without_case_is_told() -> None:
    assert run("explain", DEMO, "nobody", "--on", MONDAY).exit_code == 2


def test_replay_says_identical_with_both_hashes(tmp_path: Path) -> None:
    night(tmp_path)
    shown = run("replay", tmp_path / "journal.sqlite", CASE, "--on", MONDAY)
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert lines[0] == f"{CASE}, 2026-11-23, decision 1: identical"
    assert lines[1].split()[-1] == lines[2].split()[-1]
    assert lines[3] == f"{CASE}, 2026-11-23, decision 2: identical"
    first, second = answer("replay", tmp_path / "journal.sqlite", CASE, "--on", MONDAY)
    assert (first["identical"], second["identical"], first["differences"]) == (True, True, [])
    assert [action["stage"] for action in first["decision"]["actions"]] == ["relance_1"]
    assert second["decision"]["actions"] == []


def test_replay_with_reasons_tells_the_decision_of_then(tmp_path: Path) -> None:
    night(tmp_path)
    shown = run("replay", tmp_path / "journal.sqlite", CASE, "--on", MONDAY, "--explain")
    assert "    première relance par courriel : F2026-0110, 1 284,00 € (étape relance_1)" in plain(shown.stdout)
    first, _ = answer("replay", tmp_path / "journal.sqlite", CASE, "--on", MONDAY, "--explain", "--lang", "en")
    assert first["explanation"]["children"][0]["headline"] == "To do"


def test_replay_of_another_version_differs_and_says_what_differs(tmp_path: Path) -> None:
    night(tmp_path)
    spoil(tmp_path, "UPDATE decisions SET package_version = '0.0.9'")
    shown = run("replay", tmp_path / "journal.sqlite", CASE, "--on", MONDAY)
    assert shown.exit_code == 0  # the hash is of the decision as it was made: only the row was altered
    assert "package version: 0.0.9 then" in shown.stdout
    spoil(tmp_path, "UPDATE decisions SET decision_hash = 'x' WHERE number = 1")
    shown = run("replay", tmp_path / "journal.sqlite", CASE, "--on", MONDAY)
    assert shown.exit_code == 1
    assert shown.stdout.splitlines()[0].endswith("decision 1: differs")
    assert "nothing else differs" not in shown.stdout


@pytest.mark.parametrize(
    ("case", "on"), [(CASE, "2026-11-22"), (f"{CREDITOR}/nobody/EUR", MONDAY), ("another/C012/EUR", MONDAY)]
)
def test_what_cannot_be_replayed_is_told(tmp_path: Path, case: str, on: str) -> None:
    night(tmp_path)
    shown = run("replay", tmp_path / "journal.sqlite", case, "--on", on)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "error [journal]" in shown.stderr


def test_an_altered_text_stops_the_replay(tmp_path: Path) -> None:
    night(tmp_path)
    spoil(tmp_path, "UPDATE kept_texts SET body = x'78da' WHERE kind = 'facts'")
    shown = run("replay", tmp_path / "journal.sqlite", CASE, "--on", MONDAY, "--json")
    assert shown.exit_code == 2
    assert json.loads(shown.stdout)["error"]["code"] == "broken-chain"


def test_the_cap_leaves_messages_for_the_next_run(tmp_path: Path) -> None:
    first = night(tmp_path, MONDAY, "--max-contacts", "5")
    assert first.exit_code == 0
    assert "Left for the next run: 9." in first.stdout
    later = json.loads(night(tmp_path, MONDAY, "--max-contacts", "5", "--json").stdout)
    assert later["left"] == 4
    contacts = [action for one in later["cases"] for action in one["actions"] if action["kind"] == "contact"]
    assert len(contacts) == 5
    assert night(tmp_path, MONDAY, "--max-contacts", "-1").exit_code == 2


def test_a_pinned_version_nobody_has_is_a_failed_case_that_says_what_to_do(tmp_path: Path) -> None:
    night(tmp_path, "2026-11-20")
    with SqlJournal.open(tmp_path / "journal.sqlite", creditor_id=CREDITOR, clock=utc_now) as journal:
        event = ScenarioStarted(
            id="moved", effective_on=date(2026, 11, 21), scenario="standard_b2b", scenario_version=9
        )
        journal.append(CASE, [event], expected_version=journal.history(CASE).version)
    report = json.loads(night(tmp_path, MONDAY, "--json").stdout)
    (failure,) = report["failures"]
    assert (failure["debtor"], failure["code"]) == ("C012", "scenario")
    assert "recouvrement migrate" in failure["hint"]
    dry = json.loads(night(tmp_path, MONDAY, "--json", "--dry-run").stdout)
    assert [one["code"] for one in dry["failures"]] == ["scenario"]
    shown = run("decide", DEMO, "--debtor", "C012", "--on", MONDAY, "--journal", tmp_path / "journal.sqlite")
    assert shown.exit_code == 2
