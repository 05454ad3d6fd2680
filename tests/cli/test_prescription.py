"""``recouvrement prescription``: the examples of the law dossier through the command line, and what it refuses."""

import json
import shlex
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.main import main


def run(words: str) -> Result:
    return CliRunner().invoke(main, ["prescription", *shlex.split(words)])


def answer(words: str) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    return json.loads(run(f"{words} --json").stdout)


@pytest.mark.parametrize(
    ("words", "last_day", "barred"),
    [
        pytest.param("--regime b2b --start 2013-04-19 --on 2018-04-20", "2018-04-19", True, id="FR-S01"),
        pytest.param("--regime b2b --start 2009-10-31 --on 2015-02-02", "2014-10-31", True, id="FR-S02"),
        pytest.param("--regime b2c --start 2011-12-19 --on 2014-09-23", "2013-12-19", True, id="FR-S03"),
        pytest.param("--regime general --start 2008-06-19 --counted --on 2013-06-19", "2013-06-18", True, id="FR-S04"),
        pytest.param(
            "--regime b2c --start 2016-01-05 --event part_payment:2018-05-16 --on 2018-06-21",
            "2018-01-05",
            True,
            id="FR-S05",
        ),
        pytest.param(
            "--regime telecom --start 2005-03-10 --event mise_en_demeure:2005-08-17 --event order_served:2006-03-16"
            " --on 2006-03-16",
            "2006-03-10",
            True,
            id="FR-S06",
        ),
        pytest.param("--regime b2b --start 2015-04-10", "2020-08-23", None, id="FR-S09"),
        pytest.param("--regime rent --start 2013-01-05", "2017-03-26", None, id="FR-S10"),
        pytest.param("--regime copro --start 2012-06-30", "2022-06-30", None, id="FR-S11"),
        pytest.param("--regime copro --start 2016-06-30", "2023-11-24", None, id="FR-S12"),
        pytest.param("--regime public_debtor --start 2009-05-04", "2013-12-31", None, id="FR-S13"),
        pytest.param(
            "--regime public_debtor --start 2009-05-04 --event written_claim:2012-06-15",
            "2016-12-31",
            None,
            id="FR-S14",
        ),
        pytest.param("--regime credit_conso --start 2001-06-13 --on 2002-11-26", "2003-06-13", False, id="FR-S15"),
        pytest.param("--regime b2b --start 2005-03-01", "2013-06-18", None, id="FR-S21"),
        pytest.param("--regime b2b --start 2001-05-10", "2011-05-10", None, id="FR-S22"),
        pytest.param("--regime b2b --start 2021-01-30", "2026-01-30", None, id="FR-S24"),
        pytest.param(
            "--regime rent_home --start 2023-02-05 --event mise_en_demeure:2024-11-15", "2026-02-05", None, id="FR-S25"
        ),
        pytest.param("--regime cmr --start 2005-06-07 --on 2006-08-07", "2006-09-07", False, id="FR-S26"),
        pytest.param("--regime general --start 2008-09-18 --on 2014-10-17", "2013-09-18", True, id="FR-S27"),
        pytest.param(
            "--regime b2b --start 2009-05-05 --event expertise_by_other:2009-11-03 --on 2015-03-05",
            "2014-05-05",
            True,
            id="FR-S28",
        ),
        pytest.param("--regime credit_conso --start 1983-07-04 --on 1985-06-27", "1985-07-04", False, id="FR-S29"),
        # 10 January 2025 + 184 days of mediation (1 March to 1 September 2021).
        pytest.param(
            "--regime b2b --start 2020-01-10 --event mediation:2021-03-01..2021-09-01",
            "2025-07-13",
            None,
            id="mediation",
        ),
        pytest.param(
            "--regime b2b --start 2020-01-10 --event acknowledgement:2023-05-02",
            "2028-05-02",
            None,
            id="acknowledgement",
        ),
        pytest.param(
            "--regime b2b --start 2020-01-10 --event order_filed:2024-12-01 --on 2025-01-11",
            "2025-01-10",
            True,
            id="filing",
        ),
        pytest.param(
            "--regime b2b --start 2020-01-10 --event court_claim:2023-05-02 --event claim_withdrawn:2024-01-05",
            "2025-01-10",
            None,
            id="withdrawn",
        ),
        pytest.param(
            "--regime b2b --start 2020-01-10 --event insolvency_declaration:2022-03-01..2024-06-03",
            "2029-06-03",
            None,
            id="declared until closure",
        ),
    ],
)
def test_the_last_day_is_that_of_the_dossier(words: str, last_day: str, barred: bool | None) -> None:  # noqa: FBT001  # a column
    found = answer(words)
    assert (found["last_day"], found["barred"]) == (last_day, barred)
    assert [step["from"] for step in found["path"] if step["effect"] == "last_day"][-1] == last_day
    assert all(step["article"] and step["confidence"] for step in found["path"])


def test_while_proceedings_last_there_is_no_last_day() -> None:
    found = answer("--regime b2b --start 2020-01-10 --event court_claim:2024-05-02 --on 2026-01-01")
    assert (found["last_day"], found["barred_from"], found["barred"]) == (None, None, False)
    assert "Time does not run" in run("--regime b2b --start 2020-01-10 --event court_claim:2024-05-02").stdout


def test_an_act_without_effect_is_named_with_its_case() -> None:
    path = answer("--regime b2b --start 2020-01-10 --event mise_en_demeure:2024-05-02")["path"]
    (step,) = [step for step in path if step["act"] == "mise_en_demeure"]
    assert step["effect"] == "no_effect"
    assert "20-23.204" in step["article"]


def test_the_order_of_the_events_does_not_matter() -> None:
    first, second = "--event acknowledgement:2022-05-02", "--event mediation:2023-01-10..2023-03-10"
    assert answer(f"--regime b2b --start 2020-01-10 {first} {second}") == answer(
        f"--regime b2b --start 2020-01-10 {second} {first}"
    )


@pytest.mark.parametrize(
    "words",
    [
        "--start 2020-01-10",
        "--regime b2b",
        "--regime martian --start 2020-01-10",
        "--regime b2b --start 2020-01-10 --event hello:2024-05-02",
        "--regime b2b --start 2020-01-10 --event acknowledgement",
        "--regime b2b --start 2020-01-10 --event mediation:2024-05-02..2024-01-02",
        "--regime b2c --start 2020-01-10 --contract-years 5",
    ],
)
def test_what_makes_no_sense_is_one_error_and_exit_code_two(words: str) -> None:
    plain = run(words)
    assert (plain.exit_code, plain.stdout) == (2, "")
    told = run(f"{words} --json")
    assert told.exit_code == 2
    assert set(json.loads(told.stdout)["error"]) == {"code", "where", "found", "hint"}


def test_the_regimes_are_listed_with_their_period_and_article() -> None:
    listed = answer("--list --on 2026-11-21")
    periods = {regime["regime"]: regime["period"] for regime in listed["regimes"]}
    assert len(periods) == 24
    assert (periods["b2b"], periods["b2c"], periods["rent_home"]) == ("5 years", "2 years", "3 years")
    assert "acknowledgement" in listed["acts"]
    assert "b2b: " in run("--list --on 2026-11-21").stdout


def test_acts_after_the_day_asked_are_pointed_out() -> None:
    found = run("--regime b2b --start 2024-03-15 --event part_payment:2027-01-01 --on 2026-01-01")
    assert found.exit_code == 0
    assert "part_payment 2027-01-01 after 2026-01-01" in " ".join(found.stdout.split())
