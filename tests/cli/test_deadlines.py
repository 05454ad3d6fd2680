"""``deadline`` and ``holidays``, in words and in JSON."""

import json
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.deadlines import deadline, holidays


def run(command: click.Command, *words: str) -> Result:
    return CliRunner().invoke(command, words)


def answer(command: click.Command, *words: str) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    result = run(command, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def codes(data: dict[str, Any]) -> list[str]:
    return [doubt["code"] for doubt in data["doubts"]]


@pytest.mark.parametrize(
    ("words", "raw_end", "last_day"),
    [
        (("--start", "2008-03-07", "--days", "15"), "2008-03-22", "2008-03-25"),
        (("--start", "07/02/2024", "--months", "0", "--days", "10"), "2024-02-17", "2024-02-19"),
        (("--start", "2023-07-14", "--months", "0", "--days", "0"), "2023-07-14", "2023-07-17"),
        (("--start", "2023-07-14", "--rule", "cpc"), "2023-07-14", "2023-07-17"),
        (("--start", "2026-08-20", "--months", "6"), "2027-02-20", "2027-02-22"),
        (("--start", "2026-09-01", "--months", "3", "--region", "metropole"), "2026-12-01", "2026-12-01"),
        (("--start", "2011-04-23", "--months", "60", "--rule", "prescription"), "2016-04-23", "2016-04-23"),
        (
            ("--start", "2020-06-19", "--months", "24", "--rule", "prescription", "--counted"),
            "2022-06-18",
            "2022-06-18",
        ),
    ],
)
def test_the_examples_of_the_dossier(words: tuple[str, ...], raw_end: str, last_day: str) -> None:
    """FR-S16 to FR-S20, FR-S23 and FR-S08."""
    data = answer(deadline, *words)
    assert list(data) == ["last_day", "raw_end", "path", "doubts"]
    assert (data["raw_end"], data["last_day"]) == (raw_end, last_day)


def test_the_path_is_written_with_article_and_confidence() -> None:
    data = answer(deadline, "--start", "2026-09-01", "--months", "3")
    assert data["path"][-1] == {
        "from": "2026-12-01",
        "act": "period_ends",
        "effect": "last_day",
        "article": "CPC art. 642 al. 1",
        "confidence": "commentary",
    }


def test_waiting_follows_the_region_and_acting_does_not() -> None:
    words = ("--start", "2025-11-26", "--months", "1", "--region", "Alsace-Moselle")
    acting, waiting = answer(deadline, *words), answer(deadline, *words, "--waiting")
    assert (acting["last_day"], waiting["last_day"]) == ("2025-12-26", "2025-12-29")
    assert "local_holiday_unsettled" in codes(acting)
    assert "local_holiday_unsettled" in codes(waiting)


def test_a_region_has_no_effect_on_a_prescription() -> None:
    words = ("--start", "2001-12-26", "--months", "60", "--rule", "prescription")
    assert answer(deadline, *words, "--region", "alsace-moselle") == answer(deadline, *words)


def test_a_step_gives_each_of_its_deadlines() -> None:
    data = answer(deadline, "--step", "order_made", "--start", "2026-08-20")
    (one,) = data["deadlines"]
    assert list(one) == ["code", "what", "last_day", "safe_day", "is_waiting", "path", "doubts"]
    assert (one["code"], one["what"], one["is_waiting"]) == ("order_service", "serve_order", False)
    assert (one["last_day"], one["safe_day"]) == ("2027-02-22", "2027-02-19")


def test_a_step_says_whether_the_party_is_abroad_and_how_the_act_was_served() -> None:
    published = answer(deadline, "--step", "bodacc_publication", "--start", "2026-03-20", "--abroad")
    assert published["deadlines"][0]["last_day"] == "2026-07-20"
    served = ("--step", "order_served", "--start", "2025-03-03")
    kinds = {
        word: [one["code"] for one in answer(deadline, *served, word)["deadlines"]]
        for word in ("--in-person", "--not-in-person")
    }
    assert kinds == {
        "--in-person": ["order_opposition", "order_enforcement"],
        "--not-in-person": ["order_enforcement"],
    }


def test_people_read_the_day_the_path_and_the_doubts() -> None:
    plain = run(deadline, "--start", "2026-04-15", "--months", "1").output
    assert plain.startswith("Last day: 2026-05-15\n")
    assert "CPC art. 641 al. 2" in plain
    assert "doubt:" in plain
    steps = run(deadline, "--step", "l126_2_commandement", "--start", "2026-09-01").output
    assert "l126_record: wait through 2026-10-09" in steps
    assert "(secondary)" in steps
    served = run(deadline, "--step", "order_made", "--start", "2026-08-20").output
    assert "act by 2027-02-22 (to be safe: 2027-02-19)" in served


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--start", "2026-01-01", "--days", "-1"), "-1 days"),
        (("--start", "2026-01-01", "--months", "999999"), "999999 months"),
        (("--start", "2026-01-01", "--region", "Bretagne"), "Bretagne"),
        (("--start", "2026-01-01", "--rule", "prescription", "--months", "1", "--region", "Bretagne"), "Bretagne"),
        (("--start", "2026-01-01", "--months", "1", "--counted"), "--counted"),
        (("--start", "2026-01-01", "--months", "1", "--rule", "prescription", "--waiting"), "--waiting"),
        (("--start", "2026-01-01", "--months", "1", "--abroad"), "--abroad"),
        (("--start", "2026-01-01", "--months", "1", "--not-in-person"), "cannot be used"),
        (("--start", "2026-01-01", "--step", "order_made", "--months", "6"), "--months"),
        (("--start", "2026-01-01", "--step", "jugement"), "jugement"),
        (("--start", "2005-01-01", "--step", "order_made"), "2006-01-01"),
    ],
)
def test_what_makes_no_sense_is_told_in_json_and_in_words(words: tuple[str, ...], named: str) -> None:
    result = run(deadline, *words, "--json")
    assert result.exit_code == 2
    assert named in json.loads(result.stdout)["error"]["found"]
    told = run(deadline, *words)
    assert told.exit_code == 2
    assert named in told.stderr


def test_the_holidays_of_a_region_are_marked_as_local() -> None:
    data = answer(holidays, "2026", "--region", "alsace-moselle")
    assert list(data) == ["year", "region", "holidays", "doubts"]
    assert len(data["holidays"]) == 13
    assert [day["on"] for day in data["holidays"] if day["local"]] == ["2026-04-03", "2026-12-26"]
    assert data["holidays"][0] == {
        "on": "2026-01-01",
        "name": "Jour de l’an",
        "local": False,
        "article": "C. trav. art. L3133-1",
        "confidence": "text-read",
    }
    assert codes(data) == ["holiday_depends_on_commune"]
    assert len(answer(holidays, "2026")["holidays"]) == 11


def test_people_read_the_holidays_and_what_sources_dispute() -> None:
    output = run(holidays, "2026", "--region", "saint-martin").output
    assert "2026-05-28 Abolition de l’esclavage (local)" in output
    assert "2026-05-27" in output
    assert run(holidays, "2040", "--region", "saint-martin").exit_code == 2
