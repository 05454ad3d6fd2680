"""``due-date`` and ``terms check``, in words and in JSON."""

import json
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.terms import due_date, terms


def run(command: click.Command, *words: str) -> Result:
    return CliRunner().invoke(command, words)


def answer(command: click.Command, *words: str) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    result = run(command, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def codes(data: dict[str, Any]) -> list[str]:
    return [doubt["code"] for doubt in data["doubts"]]


def test_the_two_readings_are_printed_in_json() -> None:
    """Example DUE-01 of the law dossier; 30 April + 45 days = 14 June."""
    data = answer(due_date, "--terms", "45 jours fin de mois", "--issued", "10/04/2025")
    assert list(data)[:5] == ["due", "readings", "lawful_latest", "article", "doubts"]
    assert data["due"] == "2025-06-14"
    assert data["readings"] == [
        {"reading": "days_then_eom", "due": "2025-05-31"},
        {"reading": "eom_then_days", "due": "2025-06-14"},
    ]
    assert (data["lawful_latest"], data["article"]) == ("2025-06-14", "C. com. art. L441-10 I al. 2")
    assert codes(data) == ["ambiguous_end_of_month", "cap_conditions"]
    assert (data["confidence"], data["edition"][:3]) == ("verified", "fr-")
    assert data["reasons"][0]["code"] == "agreed_term"


def test_without_terms_the_law_gives_the_date() -> None:
    """Examples DUE-16, DUE-50 and DUE-53."""
    business = answer(due_date, "--performed", "2014-01-06")
    assert (business["due"], business["article"], business["doubts"]) == ("2014-02-05", "C. com. art. L441-6 I", [])
    words = ("--debtor", "public", "--public-body", "state_or_local")
    assert answer(due_date, *words, "--received", "2026-01-30")["due"] == "2026-03-01"
    assert answer(due_date, *words, "--received", "2026-05-04", "--performed", "2026-05-18")["due"] == "2026-06-17"


def test_a_request_without_record_of_receipt_is_received_two_days_later() -> None:
    """CCP art. R2192-14: 30 January + 2 days = 1 February, + 30 days = 3 March."""
    data = answer(due_date, "--debtor", "public", "--sector", "public_30", "--request-dated", "2026-01-30")
    assert (data["due"], data["article"], data["doubts"]) == ("2026-03-03", "CCP art. R2192-10", [])


def test_a_date_not_known_is_null_and_the_doubt_names_what_to_give() -> None:
    data = answer(due_date, "--terms", "à réception", "--issued", "2026-05-04")
    assert (data["due"], data["readings"]) == (None, [{"reading": "days_after", "due": None}])
    (doubt,) = data["doubts"]
    assert (doubt["code"], doubt["reason"]["inputs"]) == ("term_start_unknown", [["missing", "received_on"]])


def test_words_that_are_not_understood_give_the_cautious_date() -> None:
    data = answer(due_date, "--terms", "2 mois", "--issued", "2026-01-15")
    assert (data["due"], data["readings"], codes(data)) == ("2026-03-16", [], ["wording_undecidable"])


def test_every_fact_reaches_the_law() -> None:
    overseas = answer(
        due_date, "--terms", "60 jours", "--sector", "overseas", "--performed", "2026-03-01", "--cleared", "2026-03-12"
    )
    assert overseas["due"] == "2026-05-11"
    periodic = answer(due_date, "--terms", "45 jours", "--issued", "2026-01-31", "--periodic")
    assert periodic["lawful_latest"] == "2026-03-17"
    consumer = answer(due_date, "--terms", "30 jours", "--issued", "2026-04-01", "--debtor", "consumer")
    assert (consumer["due"], consumer["lawful_latest"], consumer["article"]) == ("2026-05-01", None, None)
    assert consumer["confidence"] is None


def test_a_check_says_over_by_how_many_days_and_what_it_may_cost() -> None:
    data = answer(terms, "check", "--terms", "90 jours", "--issued", "2026-01-15")
    names = ["verdict", "days_over", "due", "readings", "lawful_latest", "article", "fine", "doubts"]
    assert list(data)[:8] == names
    assert (data["verdict"], data["days_over"], data["due"], data["lawful_latest"]) == (
        "over",
        30,
        "2026-04-15",
        "2026-03-16",
    )
    assert data["fine"] == {"natural_person": "75000", "legal_person": "2000000", "article": "C. com. art. L441-16"}


def test_a_check_of_lawful_terms_has_no_fine() -> None:
    data = answer(terms, "check", "--terms", "60 jours", "--issued", "2026-01-15")
    assert (data["verdict"], data["days_over"], data["fine"], data["doubts"]) == ("lawful", None, None, [])


def test_a_check_that_cannot_tell_says_so_in_words() -> None:
    shown = run(terms, "check", "--terms", "60 jours fin de mois", "--issued", "2026-03-01")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "Cannot tell: see the doubts."
    assert lines[1].startswith("Fine, up to: 75,000 EUR for a natural person, 2,000,000 EUR for a legal person")
    assert lines[2:6] == [
        "Due: 2026-05-30",
        "  days_then_eom: 2026-04-30",
        "  eom_then_days: 2026-05-30",
        "Latest lawful: 2026-04-30 — C. com. art. L441-10 I al. 2",
    ]
    assert any(line.startswith("doubt: ") for line in lines)


def test_a_clause_that_exceeds_the_maximum_on_other_days_is_not_called_lawful() -> None:
    """1 March + 60 days = 30 April, the maximum; 1 January + 60 days = 2 March, end of March."""
    data = answer(terms, "check", "--terms", "60 jours puis fin de mois", "--issued", "2026-03-01")
    assert (data["verdict"], codes(data)) == ("cannot_tell", ["clause_exceeds_cap_on_other_days"])
    assert dict(data["doubts"][0]["reason"]["inputs"]) == {
        "days": "60",
        "cap": "cap_60",
        "counted_from": "2026-01-01",
        "would_be_due_on": "2026-03-31",
        "would_be_lawful_until": "2026-03-02",
    }


def test_terms_that_set_no_days_have_no_fine() -> None:
    shown = run(terms, "check", "--terms", "à réception", "--issued", "2026-05-04").stdout
    assert shown.startswith("Cannot tell")
    assert "Fine" not in shown


def test_a_default_term_counted_from_the_invoice_says_that_the_delivery_is_missing() -> None:
    """C. com. art. L441-10 I: 21 March + 30 days = 20 April."""
    data = answer(due_date, "--issued", "2026-03-19", "--received", "2026-03-21")
    assert (data["due"], codes(data)) == ("2026-04-20", ["delivery_unknown"])


@pytest.mark.parametrize(
    ("wording", "first"),
    [
        ("60 jours", "Lawful."),
        ("61 jours", "Over the legal maximum by 1 day."),
        ("62 jours", "Over the legal maximum by 2 days."),
    ],
)
def test_a_verdict_is_said_in_words(wording: str, first: str) -> None:
    shown = run(terms, "check", "--terms", wording, "--issued", "2026-01-31").stdout
    assert shown.splitlines()[0] == first
    assert ("Fine" in shown) is not first.startswith("Lawful")


def test_a_due_date_is_said_in_words_with_what_it_rests_on() -> None:
    shown = run(due_date, "--terms", "30 jours nets", "--issued", "2017-11-08").stdout.splitlines()
    assert shown[:2] == ["Due: 2017-12-08", "Latest lawful: 2018-01-07 — C. com. art. L441-6 I"]
    assert shown[2].startswith("  [contract] ")
    unknown = run(due_date, "--debtor", "consumer").stdout.splitlines()
    assert unknown[0] == "Due: not known"
    assert not any(line.startswith("Latest lawful") for line in unknown)


@pytest.mark.parametrize("command", [(due_date,), (terms, "check")])
def test_an_unknown_sector_ends_with_code_2_and_the_known_ones(command: tuple[Any, ...]) -> None:
    words = (*command[1:], "--terms", "30 jours", "--sector", "camionnage")
    result = run(command[0], *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "transport" in result.stderr
    as_json = run(command[0], *words, "--json")
    assert (as_json.exit_code, json.loads(as_json.stdout)["error"]["code"]) == (2, "invalid-input")


def test_a_date_that_is_none_is_refused() -> None:
    assert run(due_date, "--issued", "31/02/2026").exit_code == 2
