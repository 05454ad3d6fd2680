"""``recouvrement rates`` and ``rates add``, and decisions made with what was entered.

The figures for 2027 are made up: the law has none yet.
"""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement.adapters.entered_rates import read_entered_rates
from recouvrement.cli.main import main

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "portefeuille"
ECB_PAGE = "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/key_ecb_interest_rates/html/index.en.html"
LEGAL = ("--legal-individual", "7.10", "--legal-other", "3,05 %", "--legal-article", "arrêté du 28/12/2026")
LEGAL_SOURCE = ("--legal-source", "ECOT2699999A, JO 30/12/2026")
CHECKED = ("--checked", "2027-01-04")
KEYS = ["period", "ecb_mro", "business_default", "business_clause_floor", "public", "legal_individual", "legal_other"]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: str | Path) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refusal(*words: str | Path) -> dict[str, str]:
    result = run(*words, "--json")
    assert result.exit_code == 2, result.output
    error: dict[str, str] = json.loads(result.stdout)["error"]
    return error


def enter(path: Path, *words: str) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    return answer("rates", "add", "--file", path, *words, *CHECKED)


@pytest.fixture
def s1_2027(tmp_path: Path) -> Path:
    """Return a file that holds all the rates of S1 2027."""
    path = tmp_path / "rates.toml"
    enter(path, "--period", "2027S1", "--ecb", "3.00", "--ecb-source", ECB_PAGE, *LEGAL, *LEGAL_SOURCE)
    return path


class TestShow:
    def test_the_sheet_in_json_has_these_keys_and_text_figures(self) -> None:
        sheet = answer("rates", "--period", "2024S1")
        assert list(sheet) == [*KEYS, "confidence", "sources", "from", "until", "doubts", "edition"]
        assert [sheet[key] for key in KEYS] == ["2024S1", "4.50", "14.50", "15.21", "12.50", "8.01", "5.07"]
        assert (sheet["confidence"], sheet["doubts"]) == ("verified", [])
        assert (sheet["from"], sheet["until"]) == ("2024-01-01", "2024-07-01")
        assert all(list(source) == ["article", "identifier", "confidence", "addresses"] for source in sheet["sources"])
        assert all(source["addresses"] for source in sheet["sources"])

    def test_a_rate_of_nothing_is_written_and_a_rate_that_did_not_exist_is_null(self) -> None:
        assert answer("rates", "--period", "2022S2")["ecb_mro"] == "0.00"
        old = answer("rates", "--period", "2013S1")
        assert (old["public"], old["business_default"]) == (None, "10.75")
        assert "2013-05-01" in str(old["doubts"])
        assert answer("rates", "--period", "2003S1")["business_clause_floor"] == "4.935"
        assert answer("rates", "--period", "2001S2")["business_clause_floor"] == "6.39"

    @pytest.mark.parametrize("written", ["2026S2", "2026-S2", "S2 2026", "2026s2", "s2-2026", "2026 S2"])
    def test_a_half_year_is_read_as_people_write_it(self, written: str) -> None:
        assert answer("rates", "--period", written)["period"] == "2026S2"

    @pytest.mark.parametrize("written", ["2026", "2026S3", "S2", "26S2", "0026S1", "2026-07"])
    def test_what_is_no_half_year_is_refused(self, written: str) -> None:
        assert "is not a half-year" in refusal("rates", "--period", written)["found"]

    def test_a_day_gives_its_half_year_and_no_option_gives_today(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("recouvrement.cli.output.today_in_paris", lambda: date(2024, 2, 29))
        assert answer("rates")["period"] == "2024S1"
        assert answer("rates", "--on", "30/06/2026")["period"] == "2026S1"
        assert answer("rates", "--on", "2026-07-01")["period"] == "2026S2"
        assert "not both" in refusal("rates", "--on", "2026-07-01", "--period", "2026S2")["found"]

    def test_an_unknown_half_year_is_refused_with_the_command_that_completes_it(self) -> None:
        error = refusal("rates", "--period", "2027S1")
        assert error["code"] == "not-covered"
        assert "fr.taux_bce_refinancement" in error["found"]
        assert "fr.taux_interet_legal_particulier" in error["found"]
        assert "recouvrement rates add --period 2027S1" in error["hint"]
        assert "2026-12-31" in error["hint"]

    def test_the_table_shows_each_rate_with_its_text_and_its_mark(self) -> None:
        shown = run("rates", "--period", "2024S1").stdout
        for part in ("14.50", "15.21", "12.50", "C. com. art. L441-10 II", "CCP art. R2192-31", "verified"):
            assert part in shown
        assert "even below the floor" in shown
        assert "secondary" in run("rates", "--period", "2026S2").stdout

    def test_options_before_add_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "rates.toml"
        error = refusal("rates", "--period", "2027S1", "add", "--file", path, "--period", "2027S1")
        assert "after add" in error["found"]

    def test_the_page_of_the_documentation_shows_what_the_command_prints(self) -> None:
        page = (ROOT / "docs" / "rates.md").read_text(encoding="utf-8")
        (shown,) = re.findall(r"```console\n\$ recouvrement rates --period 2024S1\n(.*?)```", page, flags=re.DOTALL)
        printed = run("rates", "--period", "2024S1").stdout
        assert [line.rstrip() for line in printed.splitlines()] == shown.splitlines()

    def test_the_table_of_the_documentation_is_a_file_that_is_read(self, tmp_path: Path) -> None:
        page = (ROOT / "docs" / "rates.md").read_text(encoding="utf-8")
        (table,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
        path = tmp_path / "rates.toml"
        path.write_text(table, encoding="utf-8")
        assert answer("rates", "--period", "2025S2", "--rates", path)["legal_other"] == "2.76"


class TestAdd:
    def test_the_rates_entered_are_those_of_the_sheet(self, s1_2027: Path) -> None:
        """3.00 + 10 = 13.00; 3 x 3.05 = 9.15; 3.00 + 8 = 11.00."""
        sheet = answer("rates", "--period", "2027S1", "--rates", s1_2027)
        assert [sheet[key] for key in KEYS] == ["2027S1", "3.00", "13.00", "9.15", "11.00", "7.10", "3.05"]
        assert (sheet["confidence"], sheet["doubts"]) == ("verified", [])
        assert sheet["edition"].startswith(f"{answer('rates', '--period', '2024S1')['edition']}+")

    def test_the_same_figures_again_change_nothing_whatever_the_day(self, s1_2027: Path) -> None:
        before = s1_2027.read_bytes()
        words = ("--period", "S1 2027", "--ecb", "3,00 %", "--ecb-source", "https://www.ecb.europa.eu/other")
        done = answer("rates", "add", "--file", s1_2027, *words, "--checked", "2027-02-01")
        assert (done["added"], [value["value"] for value in done["unchanged"]]) == ([], ["3.00"])
        assert s1_2027.read_bytes() == before

    def test_series_are_entered_one_after_the_other(self, tmp_path: Path) -> None:
        path = tmp_path / "rates.toml"
        first = enter(path, "--period", "2027S1", "--ecb", "3", "--ecb-source", ECB_PAGE)
        second = enter(path, "--period", "2027S1", *LEGAL, *LEGAL_SOURCE)
        assert first["edition"] != second["edition"]
        values = read_entered_rates(path)
        assert [f"{value.parameter} {value.from_} {value.until} {value.value}" for value in values] == [
            "fr.taux_bce_refinancement 2027-01-01 2027-01-02 3.00",
            "fr.taux_interet_legal_autres 2027-01-01 2027-07-01 3.05",
            "fr.taux_interet_legal_particulier 2027-01-01 2027-07-01 7.10",
        ]
        assert values[1].article == "CMF art. L313-2 ; arrêté du 28/12/2026"
        assert values[1].identifier == "ECOT2699999A"

    def test_the_day_of_checking_is_today_when_left_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("recouvrement.cli.output.today_in_paris", lambda: date(2027, 1, 11))
        path = tmp_path / "rates.toml"
        answer("rates", "add", "--file", path, "--period", "2027S1", "--ecb", "3", "--ecb-source", ECB_PAGE)
        assert [value.checked_on for value in read_entered_rates(path)] == [date(2027, 1, 11)]

    def test_the_days_of_publication_are_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "rates.toml"
        published = ("--published", "2026-12-30", "--published", "ecb:17/12/2026")
        enter(path, "--period", "2027S1", "--ecb", "3", "--ecb-source", ECB_PAGE, *LEGAL, *LEGAL_SOURCE, *published)
        assert [str(value.published_on) for value in read_entered_rates(path)] == [
            "2026-12-17",
            "2026-12-30",
            "2026-12-30",
        ]

    def test_a_figure_that_contradicts_the_file_is_refused_with_both(self, s1_2027: Path) -> None:
        before = s1_2027.read_bytes()
        words = ("--ecb", "3.25", "--ecb-source", ECB_PAGE, *LEGAL, *LEGAL_SOURCE)
        error = refusal("rates", "add", "--file", s1_2027, "--period", "2027S1", *words, *CHECKED)
        assert "3.25 contradicts 3.00" in error["found"]
        assert s1_2027.read_bytes() == before

    def test_a_figure_that_contradicts_the_edition_is_refused_with_both_and_nothing_is_written(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "rates.toml"
        words = ("--period", "2026S2", "--ecb", "2.65", "--ecb-source", ECB_PAGE, *CHECKED)
        error = refusal("rates", "add", "--file", path, *words)
        assert (error["code"], error["where"]) == ("law", "command line: fr.taux_bce_refinancement")
        assert "2.65 entered from 2026-07-01 contradicts 2.40" in error["found"]
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("words", "place", "found"),
        [
            ((), "command line", "no rate is given"),
            (("--ecb", "3"), "--ecb-source", "missing or empty"),
            (("--ecb", "3", "--ecb-source", " "), "--ecb-source", "missing or empty"),
            (("--ecb-source", ECB_PAGE), "--ecb", "missing or empty"),
            (LEGAL, "--legal-source", "missing or empty"),
            (("--ecb", "3.0.0", "--ecb-source", ECB_PAGE), "--ecb", "is not a rate"),
            (("--ecb", "300", "--ecb-source", ECB_PAGE), "--ecb", "above 30"),
            (("--ecb", "3", "--ecb-source", "la BCE"), "--ecb-source", "neither an https address"),
            (("--ecb", "3", "--ecb-source", f"{ECB_PAGE}?{'q' * 300}"), "--ecb-source", "too long"),
            ((*LEGAL[:4], "--legal-article", "le site", *LEGAL_SOURCE), "--legal-article", "names no dated text"),
            ((*LEGAL, *LEGAL_SOURCE, "--published", "31/02/2027"), "--published", "not a day of the calendar"),
            ((*LEGAL, *LEGAL_SOURCE, "--published", "bce:2026-12-30"), "--published", "not understood"),
            ((*LEGAL, *LEGAL_SOURCE, "--published", "2027-01-05"), "--published", "after it was checked"),
        ],
    )
    def test_an_entry_that_makes_no_sense_is_refused_at_its_option(
        self, tmp_path: Path, words: tuple[str, ...], place: str, found: str
    ) -> None:
        error = refusal("rates", "add", "--file", tmp_path / "r.toml", "--period", "2027S1", *words, *CHECKED)
        assert error["where"] == place
        assert found in error["found"]
        assert list(tmp_path.iterdir()) == []

    def test_all_the_faults_of_an_entry_are_told_together(self, tmp_path: Path) -> None:
        words = ("--ecb", "-3", "--ecb-source", "la BCE", "--legal-other", "3")
        error = refusal("rates", "add", "--file", tmp_path / "r.toml", "--period", "2027S1", *words)
        assert error["found"].startswith("3 faults:")

    def test_a_half_year_whose_figure_cannot_be_official_yet_is_refused(self, tmp_path: Path) -> None:
        words = ("--period", "2027S2", "--ecb", "3", "--ecb-source", ECB_PAGE, "--checked", "2026-12-31")
        error = refusal("rates", "add", "--file", tmp_path / "r.toml", *words)
        assert error["where"] == "--checked"
        assert "2027-01-01" in error["found"]

    def test_a_folder_that_does_not_exist_or_a_faulty_file_is_told(self, tmp_path: Path) -> None:
        words = ("--period", "2027S1", "--ecb", "3", "--ecb-source", ECB_PAGE, *CHECKED)
        assert "does not exist" in refusal("rates", "add", "--file", tmp_path / "no" / "r.toml", *words)["found"]
        (tmp_path / "r.toml").write_text("values = 3\n", encoding="utf-8")
        assert "not a list of tables" in refusal("rates", "add", "--file", tmp_path / "r.toml", *words)["found"]
        assert (tmp_path / "r.toml").read_text(encoding="utf-8") == "values = 3\n"

    def test_what_looks_like_a_slip_is_a_warning(self, tmp_path: Path) -> None:
        swapped = ("--legal-individual", "3.05", "--legal-other", "7.10", *LEGAL[4:], *CHECKED)
        words = ("--file", tmp_path / "r.toml", "--period", "2027S1", "--legal-source", "https://a.example")
        done = run("rates", "add", *words, *swapped)
        assert done.exit_code == 0
        assert "https://a.example is not a site of the ECB" in done.stderr
        assert "right order" in done.stderr
        assert "entered: legal rate, individuals 3.05 % for 2027S1" in done.stdout

    def test_confirming_the_edition_from_an_official_source_ends_the_doubt(self, tmp_path: Path) -> None:
        path = tmp_path / "rates.toml"
        done = enter(path, "--period", "2026S2", "--ecb", "2.40", "--ecb-source", ECB_PAGE)
        assert [value["parameter"] for value in done["added"]] == ["fr.taux_bce_refinancement"]
        (weak,) = answer("decide", DEMO, "--debtor", "C016", "--on", "2026-11-23")
        (firm,) = answer("decide", DEMO, "--debtor", "C016", "--on", "2026-11-23", "--rates", path)
        assert "weak_source" in {doubt["code"] for doubt in weak["doubts"]}
        assert "weak_source" not in {doubt["code"] for doubt in firm["doubts"]}
        assert firm["claim"]["total"] == weak["claim"]["total"]
        assert firm["stamps"]["law_edition"] == done["edition"] != weak["stamps"]["law_edition"]


class TestDecisions:
    def test_interest_stops_at_the_last_known_day_and_goes_on_with_the_rates_entered(self, s1_2027: Path) -> None:
        """1 January to 15 February 2027, 46 days: 1410.44 x 0.13 x 46 / 365 = 23.108, that is 23.11."""
        asked = ("decide", DEMO, "--debtor", "C016", "--on", "2027-02-15")
        (without,), (completed,) = answer(*asked), answer(*asked, "--rates", s1_2027)
        item, longer = without["claim"]["items"][0], completed["claim"]["items"][0]
        assert item["interest_through"] == "2026-12-31"
        assert "rate_not_published" in {doubt["code"] for doubt in without["doubts"]}
        assert longer["interest_through"] == "2027-02-15"
        assert "rate_not_published" not in {doubt["code"] for doubt in completed["doubts"]}
        *before, last = longer["segments"]
        assert before == item["segments"]
        assert (last["principal"]["amount"], last["rate"], last["amount"]["amount"]) == ("1410.44", "13.00", "23.11")
        assert last["source"]["identifier"] == "fr.taux_bce_refinancement:2027-01-01"

    def test_every_decision_bears_the_edition_with_its_hash(self, s1_2027: Path, tmp_path: Path) -> None:
        edition = answer("rates", "--period", "2027S1", "--rates", s1_2027)["edition"]
        (decision,) = answer("decide", DEMO, "--debtor", "C016", "--on", "2026-11-23", "--rates", s1_2027)
        assert decision["stamps"]["law_edition"] == edition
        assert night(tmp_path, "2026-11-23", s1_2027)["law_edition"] == edition
        assert night(tmp_path, "2026-11-24")["law_edition"] == edition.partition("+")[0]

    def test_a_letter_counts_with_the_rates_entered(self, s1_2027: Path) -> None:
        asked = ("letter", DEMO, "--debtor", "C016", "--kind", "mise_en_demeure", "--on", "2027-02-15")
        (without,), (completed,) = answer(*asked), answer(*asked, "--rates", s1_2027)
        assert "13,00" in completed["text"]
        assert "13,00" not in without["text"]

    def test_a_faulty_file_stops_the_night_before_anything_is_written(self, tmp_path: Path) -> None:
        (tmp_path / "rates.toml").write_text("values = 3\n", encoding="utf-8")
        words = ("--journal", tmp_path / "j.sqlite", "--outbox", tmp_path / "out", "--on", "2026-11-23")
        error = refusal("nightly", DEMO, *words, "--rates", tmp_path / "rates.toml")
        assert "not a list of tables" in error["found"]
        assert [entry.name for entry in tmp_path.iterdir()] == ["rates.toml"]


def night(place: Path, on: str, rates: Path | None = None) -> Any:  # noqa: ANN401  # the report, as JSON
    journal, outbox = place / "journal.sqlite", place / "letters"
    options = () if rates is None else ("--rates", rates)
    return answer("nightly", DEMO, "--journal", journal, "--outbox", outbox, "--on", on, *options)


def delivered(report: Any) -> set[str]:  # noqa: ANN401  # the report, as JSON
    return {receipt["action_id"] for case in report["cases"] for receipt in case["delivered"]}


class TestNights:
    def test_a_file_given_on_the_second_run_of_a_night_delivers_nothing_again(
        self, s1_2027: Path, tmp_path: Path
    ) -> None:
        first = night(tmp_path, "2026-11-23")
        letters = {path.name: path.read_bytes() for path in (tmp_path / "letters").iterdir()}
        again = night(tmp_path, "2026-11-23", s1_2027)
        assert delivered(first)
        assert delivered(again) == set()
        assert [action for case in again["cases"] for action in case["actions"]] == []
        assert {path.name: path.read_bytes() for path in (tmp_path / "letters").iterdir()} == letters

    def test_an_approval_given_before_the_rates_holds_and_the_letter_leaves_once(
        self, s1_2027: Path, tmp_path: Path
    ) -> None:
        journal = ("--journal", tmp_path / "journal.sqlite")
        sent = [night(tmp_path, "2027-01-11")]
        waiting = answer("pending", DEMO, *journal)
        assert waiting
        chosen = waiting[0]["id"]
        by = ("--by", "Claire Fontaine", "--on", "2027-01-11")
        assert answer("approve", DEMO, chosen, *journal, *by)["answer"] == "approved"
        sent.append(night(tmp_path, "2027-01-12", s1_2027))
        assert {one["id"] for one in answer("pending", DEMO, *journal)} == {one["id"] for one in waiting} - {chosen}
        assert chosen in delivered(sent[1])
        enter(s1_2027, "--period", "2026S2", "--ecb", "2.40", "--ecb-source", ECB_PAGE)
        sent.append(night(tmp_path, "2027-01-13", s1_2027))
        sent.append(night(tmp_path, "2027-01-14"))
        assert sum(chosen in delivered(report) for report in sent) == 1
        for earlier in range(len(sent)):
            for later in range(earlier + 1, len(sent)):
                assert not delivered(sent[earlier]) & delivered(sent[later])


MANY = """
import sys
from recouvrement.cli.main import main

sys.stdin.readline()
for year in sys.argv[3:]:
    words = ["rates", "add", "--file", sys.argv[1], "--period", f"{year}S1", "--ecb", "3.00", "--ecb-source"]
    try:
        main([*words, sys.argv[2], "--checked", f"{year}-01-04"])
    except SystemExit as end:
        if end.code:
            raise
"""


def test_what_several_processes_enter_at_once_is_all_there(tmp_path: Path) -> None:
    path = tmp_path / "rates.toml"
    years = [[str(2030 + 5 * writer + turn) for turn in range(5)] for writer in range(4)]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, str(path), ECB_PAGE, *own],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for own in years
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"\n")
        writer.stdin.flush()
    told = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * len(writers), told
    assert [str(value.from_.year) for value in read_entered_rates(path)] == [year for own in years for year in own]
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".part")] == []


def test_a_path_that_cannot_be_used_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "one.toml").symlink_to(tmp_path / "two.toml")
    (tmp_path / "two.toml").symlink_to(tmp_path / "one.toml")
    for path in (tmp_path / ("r" * 300 + ".toml"), tmp_path / "one.toml"):
        ecb = ("--period", "2027S1", "--ecb", "3.00", "--ecb-source", ECB_PAGE, *CHECKED)
        assert refusal("rates", "add", "--file", path, *ecb)["where"] == str(path)
        assert refusal("rates", "--period", "2026S2", "--rates", path)["where"] == str(path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["one.toml", "two.toml"]
