"""``routes``, in words and in JSON."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.routes import routes


def run(*words: str) -> Result:
    return CliRunner().invoke(routes, [*words, "--on", "2026-11-23"])


def answer(*words: str) -> dict[str, Any]:  # Any: JSON
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def by_code(*words: str) -> dict[str, Any]:  # Any: JSON
    return {route["code"]: route for route in answer(*words)["routes"]}


def test_the_json_has_every_route_with_its_court_threshold_costs_and_doubts() -> None:
    data = answer("4200", "--debtor", "business", "--debtor-trader")
    assert list(data) == ["routes", "edition"]
    names = [
        "code", "status", "court", "threshold", "costs", "delays", "reasons", "article", "confidence", "doubts",
    ]  # fmt: skip
    assert all(list(route) == names for route in data["routes"])
    order = next(route for route in data["routes"] if route["code"] == "injonction_de_payer")
    assert (order["status"], order["court"], order["threshold"]) == ("open", "tribunal_de_commerce", None)
    assert order["costs"][0] == {
        "label": "registry_fee",
        "amount": "33.47",
        "article": "tarif des greffes, selon service-public.fr",
        "confidence": "unsettled",
    }
    assert order["costs"][-1]["amount"] is None
    assert "cost_conflict" in [doubt["code"] for doubt in order["doubts"]]


def test_every_option_reaches_the_law() -> None:
    consumer = ("--debtor", "consumer")
    assert by_code("4990", *consumer, "--interest", "10.01")["petites_creances"]["status"] == "closed"
    assert by_code("5000", *consumer)["petites_creances"]["threshold"] == "5000.00"
    assert by_code("900", *consumer)["assignation"]["status"] == "needs"
    assert by_code("900", *consumer, "--attempt", "2026-11-02")["assignation"]["status"] == "open"
    assert by_code("900", *consumer, "--cheque")["cheque_impaye"]["status"] == "open"
    assert by_code("900", *consumer, "--contested")["petites_creances"]["status"] == "closed"
    assert by_code("900", *consumer, "--last-day", "2026-11-22")["relance"]["status"] == "closed"
    assert by_code("900", *consumer, "--not-due")["assignation"]["status"] == "closed"
    assert by_code("900", *consumer, "--not-contractual")["injonction_de_payer"]["status"] == "closed"
    home = by_code("900", *consumer, "--claim", "rent_home")["assignation"]
    assert home["court"] == "juge_des_contentieux_de_la_protection"
    notice = by_code("900", *consumer, "--notice", "2026-11-02")["mise_en_demeure"]
    assert "notice_already_given" in [reason["code"] for reason in notice["reasons"]]
    business = ("--debtor", "business")
    assert by_code("900", *business, "--no-debtor-trader")["petites_creances"]["status"] == "open"
    assert by_code("900", *business, "--no-creditor-trader")["assignation"]["court"] == "tribunal_judiciaire"
    assert by_code("900", *business, "--country", "de")["injonction_europeenne"]["status"] == "open"
    assert by_code("900", *business, "--court-city", "Paris")["assignation"]["court"].startswith("tribunal_des")
    assert by_code("900", *business, "--alsace-moselle")["assignation"]["court"].startswith("chambre")
    insolvent = by_code("900", *business, "--insolvency", "liquidation_judiciaire:2026-10-01:2026-10-08")
    assert [code for code, route in insolvent.items() if route["status"] == "open"] == ["declaration_de_creance"]
    assert insolvent["declaration_de_creance"]["delays"][0]["inputs"] == [["last_day", "2026-12-08"]]


def test_the_table_shows_what_is_open_first() -> None:
    result = run("900", "--debtor", "consumer")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    statuses = [line.split("│")[2].strip() for line in lines if line.startswith("│") and line.split("│")[2].strip()]
    assert statuses == sorted(statuses, key=["open", "needs", "unverified", "closed"].index)
    assert len(statuses) == 19
    assert "assignation (needs)" in lines


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("900", "--debtor", "business", "--insolvency", "faillite:2026-10-01"), "KIND one of"),
        (("900", "--debtor", "business", "--insolvency", "sauvegarde"), "KIND:OPENED"),
        (("900", "--debtor", "business", "--insolvency", "sauvegarde:2026-10-08:2026-10-01"), "before the opening"),
        (("900", "--debtor", "business", "--insolvency", "sauvegarde:demain"), "demain"),
        (("900", "--debtor", "business", "--country", "Allemagne"), "is not a country"),
        (("900", "--debtor", "business", "--claim", "loyer"), "not a known regime"),
        (("900,50", "--debtor", "business"), "is not a number"),
        (("0", "--debtor", "business"), "not zero"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.output
