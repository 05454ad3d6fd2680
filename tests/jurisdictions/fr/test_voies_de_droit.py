import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import InvalidInput, LawError, NotCovered
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.jurisdictions.fr.voies_de_droit import LEAD_DAYS, routes
from recouvrement.jurisdictions.fr.voies_donnees import FILE, table, table_from
from recouvrement.law.courts import Route, RouteFacts, RouteStatus

Content = dict[str, Any]  # Any: TOML
TODAY = date(2026, 11, 23)
ZERO = Money.zero("EUR")


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def claim(kind: DebtorKind = DebtorKind.CONSUMER, amount: str = "1200", **facts: Any) -> RouteFacts:  # noqa: ANN401
    return RouteFacts(euros(amount), facts.pop("interest", ZERO), kind, **facts)


def one(code: str, facts: RouteFacts, on: date = TODAY) -> Route:
    return next(route for route in routes(facts, on) if route.code == code)


def doubts(route: Route) -> list[str]:
    return [doubt.code for doubt in route.doubts]


days = st.dates(table().first_day, table().last_day)
amounts = st.integers(1, 20_000_000).map(lambda cents: Money.from_minor(cents, "EUR"))
facts_given = st.builds(
    RouteFacts,
    principal=amounts,
    interest=amounts,
    debtor_kind=st.sampled_from(DebtorKind),
    creditor_is_trader=st.booleans(),
    debtor_is_trader=st.sampled_from([None, False]),
    claim=st.sampled_from([None, "rent_home", "credit_conso", "bill", "transport"]),
    is_contested=st.booleans(),
    is_due=st.booleans(),
    last_day=st.none() | days,
    debtor_country=st.sampled_from(["FR", "RE", "DE", "DK", "CH"]),
    is_alsace_moselle=st.booleans(),
    attempt_made_on=st.none() | days,
    has_unpaid_cheque=st.booleans(),
    insolvency=st.none(),
    court_city=st.sampled_from([None, "Lille"]),
    notice_on=st.none() | days,
)


@given(facts_given, days)
def test_every_route_is_listed_with_a_reason_and_the_2026_route_is_never_open(facts: RouteFacts, on: date) -> None:
    found = routes(facts, on)
    assert {route.code for route in found} == {row.id for row in table().routes}
    assert all(route.reasons for route in found)
    by_code = {route.code: route for route in found}
    assert by_code["commandement_2026_307"].status in {RouteStatus.UNVERIFIED, RouteStatus.CLOSED}
    assert by_code["mediation_de_la_consommation"].status is RouteStatus.CLOSED
    for route in found:
        if route.status is RouteStatus.CLOSED:
            assert not route.costs
            assert not route.delays
        weak = {doubt.reason.input("value") for doubt in route.doubts if doubt.code == "weak_source"}
        for reason in route.reasons:
            assert reason.source is None or reason.source.confidence.is_firm or reason.source.identifier in weak


@given(facts_given, days)
def test_nothing_is_usable_once_barred(facts: RouteFacts, on: date) -> None:
    barred = facts._replace(last_day=on - timedelta(days=1))
    assert {route.status for route in routes(barred, on)} == {RouteStatus.CLOSED}


@given(facts_given, days)
def test_in_insolvency_nothing_but_the_declaration_and_its_relief_is_usable(facts: RouteFacts, on: date) -> None:
    opened = Insolvency(kind=InsolvencyKind.LIQUIDATION_JUDICIAIRE, opened_on=on)
    found = routes(facts._replace(insolvency=opened, last_day=None), on)
    usable = {route.code for route in found if route.status is not RouteStatus.CLOSED}
    assert usable == {"declaration_de_creance", "releve_de_forclusion"}


def test_trap_the_attempt_does_not_block_an_injonction_de_payer() -> None:
    assert one("injonction_de_payer", claim()).status is RouteStatus.OPEN
    assert one("assignation", claim()).status is RouteStatus.NEEDS


def test_trap_five_thousand_euros_are_within_the_threshold_and_a_cent_more_is_not() -> None:
    assert one("petites_creances", claim(amount="5000.00")).status is RouteStatus.OPEN
    assert one("petites_creances", claim(amount="5000.01")).status is RouteStatus.CLOSED
    assert one("petites_creances", claim(amount="4999.99", interest=euros("0.02"))).status is RouteStatus.CLOSED


def test_trap_the_time_to_serve_follows_the_date_of_the_order_not_of_the_request() -> None:
    told = one("injonction_de_payer", claim(), date(2026, 8, 31)).delays
    served = [(reason.input("months"), reason.input("from")) for reason in told if reason.code == "order_service"]
    assert served == [("6", "2022-09-23"), ("3", "2026-09-01")]
    told = one("injonction_de_payer", claim(), date(2026, 9, 1)).delays
    assert [reason.input("months") for reason in told if reason.code == "order_service"] == ["3"]


def test_trap_only_service_interrupts() -> None:
    near = one("injonction_de_payer", claim(last_day=TODAY + timedelta(days=LEAD_DAYS)))
    told = next(doubt for doubt in near.doubts if doubt.code == "limitation_near")
    assert told.reason.input("interrupted_by") == "order_served"
    far = one("injonction_de_payer", claim(last_day=TODAY + timedelta(days=LEAD_DAYS + 1)))
    assert "limitation_near" not in doubts(far)


def test_the_times_of_a_route_are_added_to_the_lead_time() -> None:
    """Attempt up to 3 months: 23 February 2027; + 60 days = 24 April 2027 (5 in February, 31 in March, 24)."""
    assert "limitation_near" in doubts(one("assignation", claim(last_day=date(2027, 4, 24))))
    assert "limitation_near" not in doubts(one("assignation", claim(last_day=date(2027, 4, 25))))
    made = claim(last_day=date(2027, 4, 24), attempt_made_on=date(2026, 11, 2))
    assert "limitation_near" not in doubts(one("assignation", made))


def test_a_written_claim_stops_the_time_of_a_public_debtor() -> None:
    told = one("relance", claim(DebtorKind.PUBLIC, last_day=date(2026, 12, 31))).doubts[0]
    assert (told.code, told.reason.input("interrupted_by")) == ("limitation_near", "written_claim")


def test_a_business_not_said_to_trade_is_taken_as_a_trader_with_a_doubt() -> None:
    small = one("petites_creances", claim(DebtorKind.BUSINESS))
    assert small.status is RouteStatus.CLOSED
    assert "trader_assumed" in doubts(small)
    assert "trader_assumed" not in doubts(one("petites_creances", claim(DebtorKind.BUSINESS, debtor_is_trader=True)))


def test_without_a_town_the_pilot_courts_are_a_doubt_where_they_cost() -> None:
    big = claim(DebtorKind.BUSINESS, "50000.01", debtor_is_trader=True)
    assert "pilot_court_unknown" in doubts(one("assignation", big))
    assert "pilot_court_unknown" not in doubts(one("assignation", big._replace(principal=euros("50000"))))
    assert "pilot_court_unknown" not in doubts(one("assignation", big._replace(court_city="Lille")))


def test_a_threshold_whose_reform_is_announced_is_doubted_after_its_last_reading() -> None:
    assert "threshold_may_have_changed" in doubts(one("assignation", claim(), date(2026, 9, 26)))
    assert "threshold_may_have_changed" not in doubts(one("assignation", claim(), date(2026, 9, 25)))


def test_an_amount_in_another_currency_is_not_tested() -> None:
    dollars = RouteFacts(Money.of("100", "USD"), Money.zero("USD"), DebtorKind.CONSUMER)
    small = one("petites_creances", dollars)
    assert small.status is RouteStatus.NEEDS
    assert small.reasons[0].code == "threshold_in_another_currency"


def test_facts_that_contradict_each_other_are_refused() -> None:
    for facts, where in (
        (claim(amount="0"), "principal"),
        (claim(amount="-1"), "principal"),
        (claim(debtor_is_trader=True), "debtor_is_trader"),
        (claim(claim="loyer"), "regime"),
        (claim(DebtorKind.BUSINESS, is_alsace_moselle=True, court_city="Nancy"), "court_city"),
    ):
        with pytest.raises(InvalidInput) as caught:
            routes(facts, TODAY)
        assert where in caught.value.where


def test_outside_the_covered_days_the_table_refuses() -> None:
    for day in (table().first_day - timedelta(days=1), table().last_day + timedelta(days=1)):
        with pytest.raises(NotCovered):
            routes(claim(), day)


def test_every_row_carries_its_own_source() -> None:
    known = table()
    for row in (*known.routes, *known.points, *known.thresholds, *known.delays, *known.costs):
        assert row.source.identifier == f"fr.voies_de_droit.{row.id}:{row.from_.isoformat()}"
        if row.confidence not in {Confidence.FROM_MEMORY, Confidence.UNVERIFIED}:
            assert row.sources
            assert row.checked_on


def test_the_contradictory_fees_are_all_kept() -> None:
    fees = {row.euros for row in table().costs if row.kind == "registry_fee" and row.euros}
    assert fees == {Decimal("33.47"), Decimal("30.23"), Decimal("25.19")}


def spoil(section: str, **changes: object) -> Callable[[Content], None]:
    def act(content: Content) -> None:
        content[section][0].update(changes)

    return act


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (spoil("thresholds", euros=5000), "quoted string"),
        (spoil("thresholds", sources=[]), "has no sources"),
        (spoil("delays", days=8), "give months or days"),
        (spoil("costs", euros="1", per_cent="3"), "give euros, or per_cent"),
        (spoil("costs", euros="1", confidence="unverified"), "leave the figure out"),
        (spoil("routes", until=date(2022, 9, 23)), "must end after it begins"),
        (lambda content: content["delays"].append(content["delays"][0]), "the next one begins"),
        (spoil("points", **{"from": date(2001, 1, 1)}), "leave the covered span"),
    ],
)
def test_a_faulty_table_is_refused(spoiled: Callable[[Content], None], told: str) -> None:
    content = tomllib.loads((files(PACKAGE) / "data" / f"{FILE}.toml").read_text(encoding="utf-8"))
    table_from(content)
    spoiled(content)
    with pytest.raises(LawError, match=told):
        table_from(content)
