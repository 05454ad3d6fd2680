"""``recouvrement interest``: the examples of the law dossier through the command line, and what it refuses."""

import csv
import json
import shlex
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.main import main

STR_01 = "10000 --due 2026-05-31 --paid 2026-09-15 --debtor business"
PART_02 = "10000 --due 2026-01-31 --paid 2026-04-01 --debtor business --payment 2026-03-02:4000"
DAY_02 = "10000 --due 2023-09-30 --paid 2024-06-30 --debtor business --rate 12"
JUD_05 = "5000 --paid 2026-05-31 --enforceable 2026-01-15"


def run(words: str) -> Result:
    return CliRunner().invoke(main, ["interest", *shlex.split(words)])


def answer(words: str) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    result = run(f"{words} --json")
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            STR_01, {"days": 107, "interest": "361.45", "indemnity": "40.00", "total": "10401.45"}, id="STR-01"
        ),
        pytest.param(f"{STR_01} --reading fixed-at-start", {"interest": "356.18"}, id="STR-01 fixed at start"),
        pytest.param(
            "8000 --due 2022-06-15 --paid 2022-08-31 --debtor business", {"days": 77, "interest": "168.77"}, id="STR-03"
        ),
        pytest.param(
            "1200 --due 2024-12-31 --paid 2025-01-31 --debtor business", {"days": 31, "interest": "13.40"}, id="STR-05"
        ),
        pytest.param(
            "2499.99 --due 2025-06-20 --paid 2025-07-10 --debtor business", {"interest": "17.33"}, id="STR-08"
        ),
        pytest.param(
            "12000 --due 2026-05-20 --paid 2026-07-31 --debtor public",
            {"days": 72, "interest": "240.26", "indemnity": "40.00"},
            id="PUB-01",
        ),
        pytest.param(
            "36000 --due 2024-12-30 --paid 2025-02-14 --debtor public",
            {"days": 46, "interest": "555.78", "indemnity": "40.00"},
            id="PUB-03",
        ),
        pytest.param(
            "800 --due 31/01/2026 --paid 20/04/2026 --debtor consumer --notice 10/03/2026 --creditor other",
            {"days": 41, "interest": "2.35", "indemnity": "0.00"},
            id="B2C-01",
        ),
        pytest.param(
            "2000 --days 30 --rate 3.11 --debtor consumer --creditor individual",
            {"interest": "5.11", "indemnity": "0.00", "total": "2005.11"},
            id="JUD-01",
        ),
        pytest.param("15000 --days 30 --rate 15.00 --debtor business", {"days": 30, "interest": "184.93"}, id="PEN-01"),
        pytest.param("1000 --days 30 --rate 13.15 --debtor business", {"interest": "10.81"}, id="PEN-04"),
        pytest.param(
            "1000 --days 10 --rate 14,50 --debtor business", {"interest": "3.97", "indemnity": "40.00"}, id="PEN-06"
        ),
        pytest.param("612.15 --days 13 --rate 10 --debtor business", {"interest": "2.18"}, id="PEN-07"),
        pytest.param(
            "612.15 --due 2023-02-16 --paid 2023-03-01 --rate 10 --debtor business",
            {"days": 13, "interest": "2.18"},
            id="PEN-07 by dates",
        ),
        pytest.param(DAY_02, {"days": 274, "interest": "900.82"}, id="DAY-02 365"),
        pytest.param(f"{DAY_02} --basis act/act", {"interest": "899.19"}, id="DAY-02 act/act"),
        pytest.param(f"{DAY_02} --basis 360", {"interest": "913.33"}, id="DAY-02 360"),
        pytest.param(
            f"{JUD_05} --debtor business", {"interest": "101.56", "indemnity": "0.00", "days": 136}, id="JUD-05"
        ),
        pytest.param(f"{JUD_05} --due 2026-01-15 --debtor consumer", {"interest": "101.56"}, id="JUD-05 consumer"),
        pytest.param(
            "2000 --enforceable 2000-01-01 --paid 2001-04-10 --debtor consumer", {"interest": "189.10"}, id="JUD-03"
        ),
        pytest.param(
            PART_02, {"principal_left": "6099.86", "interest": "60.92", "total": "6200.78"}, id="PART-02 interest first"
        ),
        pytest.param(
            f"{PART_02} --imputation principal-first",
            {"principal_left": "6000.00", "interest": "159.78", "total": "6199.78"},
            id="PART-02 principal first",
        ),
        pytest.param(
            "10000 --due 2022-12-31 --paid 2024-12-31 --rate 10 --debtor business --capitalise-from 2023-01-01",
            {"interest": "2103.01"},
            id="CAP-01",
        ),
        pytest.param("1000 --due 2012-11-10 --paid 2012-12-20 --debtor business", {"indemnity": "0.00"}, id="IND-07"),
        pytest.param(
            "1000 --due 2026-03-05 --paid 2026-04-01 --debtor business --insolvency-opened 2026-03-01",
            {"interest": "0.00", "indemnity": "0.00"},
            id="IND-05",
        ),
        pytest.param("1000 --due 2026-03-05 --paid 2026-03-06 --debtor business", {"indemnity": "40.00"}, id="IND-02"),
        pytest.param("0.01 --due 2026-01-31 --paid 2026-04-01 --debtor business", {"interest": "0.00"}, id="one cent"),
        pytest.param(
            "99999999.99 --due 2026-01-31 --paid 2026-04-01 --debtor business",
            {"interest": "1997260.27"},  # 99 999 999.99 x 0.1215 x 60 / 365 = 1 997 260.2737…
            id="a hundred million",
        ),
        pytest.param(
            "1000 --due 2026-01-31 --paid 2026-01-31 --debtor business",
            {"days": 0, "interest": "0.00", "indemnity": "0.00", "total": "1000.00", "segments": []},
            id="paid on the due date",
        ),
        pytest.param(
            "1000 --due 2026-03-05 --paid 2026-04-01 --debtor business --cost 2026-03-20:180:facture",
            {
                "indemnity": "40.00",
                "extra_compensation": "140.00",
                "total": "1188.99",
            },  # 1000 x .1215 x 27 / 365 = 8.9877
            id="proven costs",
        ),
        pytest.param(
            "1000 --due 2026-01-31 --paid 2026-04-01 --debtor business --payment 2026-02-10:1100",
            {"principal_left": "0.00", "interest": "0.00", "overpaid": "96.67"},  # 1000 x .1215 x 10 / 365 = 3.3288
            id="overpaid",
        ),
        pytest.param(
            "1000 --due 2026-01-31 --paid 2026-03-02 --debtor business --clause '3x legal'",
            {"interest": "6.46"},  # 1000 x .0786 x 30 / 365 = 6.4603
            id="clause at the floor",
        ),
    ],
)
def test_the_examples_of_the_dossier_hold_on_the_command_line(words: str, expected: dict[str, object]) -> None:
    found = answer(words)
    assert {name: found[name] for name in expected} == expected


def test_each_segment_has_its_dates_its_base_its_rate_and_its_article() -> None:
    first, second = answer(STR_01)["segments"]
    assert first == {
        "from": "2026-06-01",
        "until": "2026-07-01",
        "through": "2026-06-30",
        "days": 30,
        "base": "10000.00",
        "rate": "12.15",
        "day_count": "act/365",
        "divisor": 365,
        "interest": "99.86",
        "article": "C. com. art. L441-10 II",
        "confidence": "verified",
    }
    assert (second["from"], second["through"], second["interest"]) == ("2026-07-01", "2026-09-15", "261.59")
    assert second["confidence"] == "secondary"
    assert {doubt["code"] for doubt in answer(STR_01)["doubts"]} == {"weak_source", "half_years_reading_unsettled"}


def test_a_payment_shows_what_it_extinguished() -> None:
    assert answer(PART_02)["payments"] == [
        {"on": "2026-03-02", "amount": "4000.00", "to_interest": "99.86", "to_principal": "3900.14", "surplus": "0.00"}
    ]


def test_the_decompte_is_printed_with_its_formulas_and_why() -> None:
    shown = run(STR_01).stdout.replace("\u202f", " ").replace("\u00a0", " ")
    for part in (
        "10 000,00 € × 12,15 % × 30 / 365 = 99,86 €",
        "10 000,00 € × 12,40 % × 77 / 365 = 261,59 €",
        "10 401,45 €",
        "C. com. art. D441-5",
        "[law] 12.15 % a year",
        "doubt:",
    ):
        assert part in shown


def test_the_decompte_may_be_a_table_for_a_spreadsheet_or_a_page() -> None:
    rows = list(csv.reader(run(f"{STR_01} --form csv").stdout.lstrip("\ufeff").splitlines(), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    assert "| " in run(f"{STR_01} --form markdown").stdout
    assert "doubt:" not in run(f"{STR_01} --form csv").stdout


def test_a_number_of_days_shows_its_formula() -> None:
    shown = run("15000 --days 30 --rate 15 --debtor business").stdout.replace("\u202f", " ").replace("\u00a0", " ")
    assert "15 000,00 € × 15,00 % × 30 / 365 = 184,93 €" in shown


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        (
            "1000 --due 2024-01-31 --paid 2024-03-01 --debtor business --clause 15",
            "refused-clause",
            ("15", "15.21", "2024-01-01"),
        ),
        ("1000 --due 2024-05-31 --paid 2024-07-31 --debtor business --clause 15", "refused-clause", ("15.21",)),
        ("1000 --due 2026-01-31 --paid 2026-04-01 --debtor consumer --clause 15", "refused-clause", ("consumer",)),
        ("1000 --due 2026-01-31 --paid 2026-04-01 --debtor public --clause ecb+10", "refused-clause", ("public",)),
        (
            "1000 --due 2026-12-15 --paid 2027-01-15 --debtor business",
            "not-covered",
            ("2027-01-01", "recouvrement rates add", "2027S1", "fr.taux_bce_refinancement"),
        ),
        ("1000 --due 2027-01-31 --paid 2027-03-15 --debtor public", "not-covered", ("2027",)),
        (
            "1000 --due 2026-11-30 --paid 2027-03-15 --notice 2026-12-10 --debtor consumer",
            "not-covered",
            ("2027-01-01", "fr.taux_interet_legal_autres"),
        ),
        ("1000 --due 2001-03-31 --paid 2001-06-30 --debtor business", "not-covered", ("2001-05-15",)),
        ("1000 --debtor business", "invalid-input", ("--due", "--days")),
        ("1000 --paid 2026-03-15 --debtor business", "invalid-input", ("--due",)),
        ("1000 --days 30 --debtor business", "invalid-input", ("--rate",)),
        ("1000 --days 30 --clause 'ecb+8' --debtor business", "invalid-input", ("--rate",)),
        ("1000 --days 30 --due 2026-01-31 --rate 5 --debtor business", "invalid-input", ("--days",)),
        ("1000 --days 30 --rate 5 --basis act/act --debtor business", "invalid-input", ("--days",)),
        (f"{STR_01} --rate 5 --clause 12", "invalid-input", ("--rate, --clause",)),
        (f"{STR_01} --rate ecb+8", "invalid-input", ("--rate",)),
        (f"{STR_01} --rate five", "invalid-input", ("--rate",)),
        (f"{STR_01} --clause 'taux légal'", "invalid-input", ("--clause",)),
        (f"{STR_01} --payment 2026-10-01:100", "invalid-input", ("--payment", "after --paid")),
        (f"{STR_01} --payment 100", "invalid-input", ("--payment",)),
        (f"{STR_01} --payment 2026-06-01:-100", "invalid-input", ("--payment",)),
        (f"{STR_01} --payment 2026-06-01:0", "invalid-input", ("not positive",)),
        (f"{STR_01} --cost 2026-06-01:180", "invalid-input", ("proof",)),
        (f"{STR_01} --cost 2026-06-01:180:", "invalid-input", ("proof",)),
        (f"{STR_01} --invoice ''", "invalid-input", ("--invoice",)),
        (f"{STR_01} --cost '2026-06-01:180:{'x' * 400}'", "invalid-input", ("--cost",)),
        ("12.345 --due 2026-05-31 --paid 2026-09-15 --debtor business", "invalid-input", ("AMOUNT",)),
        ("0 --due 2026-05-31 --paid 2026-09-15 --debtor business", "invalid-input", ("AMOUNT",)),
    ],
)
def test_what_cannot_be_computed_is_one_error_that_says_what_to_do(
    words: str, code: str, parts: tuple[str, ...]
) -> None:
    plain = run(words)
    assert (plain.exit_code, plain.stdout) == (2, "")
    assert plain.stderr.startswith(f"error [{code}]")
    told = run(f"{words} --json")
    error = json.loads(told.stdout)["error"]
    assert (told.exit_code, error["code"]) == (2, code)
    for part in parts:
        assert part in " ".join(error.values())
        assert part in plain.stderr


def test_a_rate_below_the_floor_is_counted_as_given_and_reported() -> None:
    found = answer(DAY_02)
    reported = [doubt["reason"]["inputs"] for doubt in found["doubts"] if doubt["code"] == "rate_below_clause_floor"]
    assert [dict(inputs)["floor"] for inputs in reported] == ["12.66", "15.21"]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (f"{JUD_05} --debtor business --clause 12", "--enforceable"),
        (f"{JUD_05} --debtor business --cost 2026-02-01:100:facture", "--enforceable"),
        (
            "1000 --due 2026-01-31 --paid 2026-05-31 --debtor public --insolvency-opened 2026-03-01",
            "--insolvency-opened",
        ),
        ("1000 --days 30 --clause 10 --debtor consumer", "--clause"),
        ("1000 --days 30 --clause 10 --debtor public", "--clause"),
    ],
)
def test_nothing_is_left_aside_in_silence(words: str, where: str) -> None:
    assert answer(words)["error"]["where"] == where


def test_the_json_says_why_there_is_no_interest() -> None:
    found = answer("1000 --due 2026-01-31 --paid 2026-05-31 --debtor consumer")
    assert [reason["code"] for reason in found["reasons"]] == [
        "no_interest_before_notice",
        "indemnity_owed_by_professionals_only",
    ]


@pytest.mark.parametrize("rate", ["30", "100"])
def test_a_sum_that_grows_out_of_range_is_one_error(rate: str) -> None:
    """A compounded year multiplies the sum by 1.3 or by 2: over 109 years by more than 10^12, past twenty digits."""
    dates = "--due 1990-01-01 --paid 2099-12-31 --capitalise-from 1990-01-01"
    error = answer(f"999999999999999.99 {dates} --debtor business --rate {rate}")["error"]
    assert (error["code"], error["where"], error["found"]) == ("invalid-input", "AMOUNT", "the sum is out of range")
