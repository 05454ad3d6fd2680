"""Runs the table of the routes open to a creditor."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind, Insolvency, InsolvencyKind
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.courts import Route, RouteFacts, RouteStatus

TABLE = Path(__file__).parent / "fr" / "voies_de_droit.toml"
Table = dict[str, Any]  # Any: a row of TOML read by a test
CASES = [
    pytest.param(row["faits"], row["attendu"], id=row["titre"])
    for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["cas"]
]
NAMES = {
    "debiteur_commercant": "debtor_is_trader",
    "nature": "claim",
    "contestee": "is_contested",
    "echue": "is_due",
    "contractuelle": "is_contractual",
    "dernier_jour": "last_day",
    "pays": "debtor_country",
    "alsace_moselle": "is_alsace_moselle",
    "ville": "court_city",
    "tentative": "attempt_made_on",
    "cheque": "has_unpaid_cheque",
}
OTHERS = {"principal", "interets", "debiteur", "le", "procedure", "ouverte", "publiee", "close"}


def routes_of(facts: Table) -> tuple[Route, ...]:
    unknown = set(facts) - set(NAMES) - OTHERS
    assert not unknown, unknown
    insolvency = None
    if "procedure" in facts:
        insolvency = Insolvency(
            kind=InsolvencyKind(facts["procedure"]),
            opened_on=facts["ouverte"],
            published_on=facts.get("publiee"),
            closed_on=facts.get("close"),
        )
    claim = RouteFacts(
        principal=Money.of(facts["principal"], "EUR"),
        interest=Money.of(facts.get("interets", "0"), "EUR"),
        debtor_kind=DebtorKind(facts["debiteur"]),
        insolvency=insolvency,
        **{NAMES[name]: value for name, value in facts.items() if name in NAMES},
    )
    return FRANCE.routes(claim, facts["le"])


@pytest.mark.parametrize(("faits", "attendu"), CASES)
def test_the_routes_are_those_of_the_table(faits: Table, attendu: Table) -> None:
    found = routes_of(faits)
    having = {status: [route.code for route in found if route.status is status] for status in RouteStatus}
    whole = {
        "ouvertes": having[RouteStatus.OPEN],
        "conditionnelles": having[RouteStatus.NEEDS],
        "non_verifiees": having[RouteStatus.UNVERIFIED],
    }
    costs = {f"{route.code} {cost.label} {cost.amount}" for route in found for cost in route.costs}
    labels = {cost.label for route in found for cost in route.costs}
    told = [(route.code, reason) for route in found for reason in route.delays]
    delays = {f"{code} {one.code} {one.input('months') or one.input('days')}" for code, one in told}
    at_least = {
        "dont_ouvertes": set(having[RouteStatus.OPEN]),
        "fermees": set(having[RouteStatus.CLOSED]),
        "motifs": {f"{route.code} {reason.code}" for route in found for reason in route.reasons},
        "doutes": {f"{route.code} {doubt.code}" for route in found for doubt in route.doubts},
        "couts": costs,
        "delais": delays,
    }
    absent = {"sans_cout": labels, "sans_delai": delays}
    courts = {route.code: route.court for route in found}
    assert set(attendu) <= {*whole, *at_least, *absent, "tribunal"}
    assert {name: codes for name, codes in whole.items() if name in attendu} == {
        name: codes for name, codes in attendu.items() if name in whole
    }
    for name, expected in at_least.items():
        assert set(attendu.get(name, [])) <= expected, name
    for name, present in absent.items():
        assert not set(attendu.get(name, [])) & present, name
    assert attendu.get("tribunal", courts["assignation"]) == courts["assignation"]
