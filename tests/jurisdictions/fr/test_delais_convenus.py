from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.domain.parties import DebtorKind, PublicBody
from recouvrement.domain.reasons import Authority, Confidence
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.plafonds_de_paiement import sectors
from recouvrement.law.terms import TermFacts, TermOutcome

BUSINESS = TermFacts(DebtorKind.BUSINESS, issued_on=date(2025, 4, 10))
DAYS = st.dates(date(2009, 1, 1), date(2027, 12, 31))
WORDINGS = st.sampled_from(
    [
        "30 jours",
        "75 jours",
        "45 jours fin de mois",
        "60 jours fin de mois",
        "60 jours fin de mois le 15",
        "fin de mois + 45 jours",
        "30 jours fin de décade",
        "30 jours après livraison",
        "30 jours fin de mois de livraison",
        "à réception",
        "payable le 31/12/2026",
        "le 15 du mois suivant",
        "2 mois",
    ]
)


@st.composite
def facts(draw: st.DrawFn) -> TermFacts:
    day = st.none() | DAYS
    kind = draw(st.sampled_from(DebtorKind))
    return TermFacts(
        kind,
        public_body=draw(st.none() | st.sampled_from(PublicBody)) if kind is DebtorKind.PUBLIC else None,
        sector=draw(st.none() | st.sampled_from([name for name in sectors() if name != "perishable_single"])),
        issued_on=draw(day),
        received_on=draw(day),
        delivered_on=draw(day),
        request_dated_on=draw(day),
        cleared_on=draw(day),
        is_periodic=draw(st.booleans()),
    )


def test_trap_6_the_two_readings_of_an_end_of_month_are_named_with_their_dates() -> None:
    answer = FRANCE.due_date("45 jours fin de mois", BUSINESS)
    (doubt, _) = answer.doubts
    assert doubt.code == "ambiguous_end_of_month"
    assert dict(doubt.reason.inputs) == {
        "first_reading": "days_then_eom",
        "first_due_on": "2025-05-31",
        "second_reading": "eom_then_days",
        "second_due_on": "2025-06-14",
        "due_on": "2025-06-14",
    }
    assert doubt.reason.source is not None
    assert (doubt.reason.source.article, doubt.reason.source.confidence) == (
        "C. civ. art. 1190",
        Confidence.FROM_MEMORY,
    )
    assert [part.source.article for part in doubt.reason.parts if part.source] == ["C. com. art. L441-10 I"]


def test_neither_reading_is_always_the_later_one() -> None:
    later = set()
    for day in (date(2025, 4, 10), date(2024, 1, 16)):
        answer = FRANCE.due_date("45 jours fin de mois", BUSINESS._replace(issued_on=day))
        later |= {reading.name for reading in answer.readings if reading.due_on == answer.due_on}
    assert later == {"days_then_eom", "eom_then_days"}


def test_a_due_date_is_a_contract_and_its_maximum_is_law() -> None:
    answer = FRANCE.due_date("30 jours nets", BUSINESS)
    agreed, maximum = answer.reasons
    assert (agreed.code, agreed.authority, maximum.code, maximum.authority) == (
        "agreed_term",
        Authority.CONTRACT,
        "legal_maximum",
        Authority.LAW,
    )
    assert agreed.input("start_is") == "issued_on"
    assert answer.source is not None
    assert answer.source.identifier == "fr.plafonds_de_paiement.cap_60:2019-04-26"


def test_conditions_of_a_cap_are_named_only_where_the_date_relies_on_them() -> None:
    relied = FRANCE.due_date("45 jours fin de mois", BUSINESS).doubts[-1]
    assert relied.code == "cap_conditions"
    assert relied.reason.input("conditions") == "expressly_stipulated no_manifest_abuse"
    assert relied.reason.input("otherwise") == "2025-06-09"
    assert FRANCE.due_date("30 jours", BUSINESS).doubts == ()


@pytest.mark.parametrize("wording", [None, "", " \u00a0"])
def test_blank_words_are_no_terms(wording: str | None) -> None:
    assert FRANCE.due_date(wording, TermFacts(DebtorKind.BUSINESS, delivered_on=date(2014, 1, 6))).due_on == date(
        2014, 2, 5
    )


def test_the_sector_of_a_debtor_it_does_not_bind_is_reported_and_not_used() -> None:
    answer = FRANCE.due_date("45 jours", TermFacts(DebtorKind.CONSUMER, sector="transport", issued_on=date(2026, 1, 5)))
    assert (answer.lawful_latest, [doubt.code for doubt in answer.doubts]) == (None, ["sector_not_used"])


def test_the_contract_of_a_public_body_names_the_text_that_bounds_it() -> None:
    public = TermFacts(DebtorKind.PUBLIC, PublicBody.STATE_OR_LOCAL, received_on=date(2026, 1, 30))
    for wording, code in (("20 jours", "public_contract_shortens"), ("45 jours", "public_contract_cannot_lengthen")):
        (reason,) = [r for r in FRANCE.due_date(wording, public).reasons if r.code.startswith("public_contract")]
        assert reason.code == code
        assert reason.source is not None
        assert reason.source.article == "CCP art. L2192-10"


@pytest.mark.parametrize(
    ("given_facts", "found"),
    [
        (BUSINESS._replace(sector="transports"), "Known: agri_machinery"),
        (BUSINESS._replace(sector="public_30"), "public bodies"),
        (BUSINESS._replace(public_body=PublicBody.HEALTH), "business"),
        (TermFacts(DebtorKind.PUBLIC, PublicBody.HEALTH, sector="public_30"), "public bodies"),
        (BUSINESS._replace(sector="perishable_single", is_periodic=True), "periodic"),
        (BUSINESS._replace(issued_on=date(9999, 12, 31)), "2199-12-31"),
        (BUSINESS._replace(received_on=date(1899, 12, 31)), "1900-01-01"),
        (BUSINESS._replace(issued_on=datetime(2025, 4, 10)), "datetime"),  # noqa: DTZ001  # an instant is what is refused
    ],
)
def test_facts_that_make_no_sense_are_refused(given_facts: TermFacts, found: str) -> None:
    for ask in (FRANCE.due_date, FRANCE.check_term):
        with pytest.raises(InvalidInput, match=found):
            ask("30 jours", given_facts)


@given(st.none() | WORDINGS, facts())
def test_the_due_date_of_a_private_debtor_is_never_before_one_of_its_readings(
    wording: str | None, given_facts: TermFacts
) -> None:
    answer = FRANCE.due_date(wording, given_facts)
    if answer.due_on is None:
        assert answer.doubts
    elif wording is not None and given_facts.debtor_kind is not DebtorKind.PUBLIC:
        assert all(reading.due_on is not None and reading.due_on <= answer.due_on for reading in answer.readings)


@given(WORDINGS, facts())
def test_a_public_body_is_never_given_more_than_the_law(wording: str, given_facts: TermFacts) -> None:
    answer = FRANCE.due_date(wording, given_facts._replace(debtor_kind=DebtorKind.PUBLIC, sector=None))
    if answer.due_on is not None and answer.lawful_latest is not None:
        assert answer.due_on <= answer.lawful_latest


@given(st.none() | WORDINGS, facts())
def test_a_verdict_holds_for_every_reading_or_is_not_given(wording: str | None, given_facts: TermFacts) -> None:
    verdict = FRANCE.check_term(wording, given_facts)
    latest = verdict.answer.lawful_latest
    dues = [reading.due_on for reading in verdict.answer.readings]
    match verdict.outcome:
        case TermOutcome.OVER:
            assert latest is not None
            assert all(due is not None and due > latest for due in dues)
            assert verdict.days_over == (max(due for due in dues if due is not None) - latest).days
        case TermOutcome.LAWFUL:
            assert (verdict.days_over, verdict.fine) == (None, None)
            if latest is not None and wording is not None:
                assert all(due is not None and due <= latest for due in dues)
        case TermOutcome.CANNOT_TELL:
            assert verdict.days_over is None
            assert verdict.answer.doubts


@given(st.integers(0, 365), DAYS)
def test_net_days_are_over_by_as_many_days_as_they_exceed_sixty(days: int, issued_on: date) -> None:
    verdict = FRANCE.check_term(f"{days} jours", TermFacts(DebtorKind.BUSINESS, issued_on=issued_on))
    assert (verdict.days_over or 0) == max(days - 60, 0)


def test_words_without_a_start_count_from_delivery_in_a_trade_whose_terms_do() -> None:
    facts = TermFacts(DebtorKind.BUSINESS, sector="alcohol", issued_on=date(2026, 2, 3), delivered_on=date(2026, 1, 10))
    answer = FRANCE.due_date("30 jours fin de mois", facts)
    # 31 January and 30 days (DUE-38); 10 January and 30 days is 9 February, end of February.
    assert {reading.name: reading.due_on for reading in answer.readings} == {
        "days_then_eom": date(2026, 2, 28),
        "eom_then_days": date(2026, 3, 2),
    }
    assert answer.due_on == answer.lawful_latest == date(2026, 3, 2)
    named = FRANCE.due_date("30 jours date de facture", facts)
    assert named.due_on == date(2026, 3, 5), "words that name their start are followed"


def test_the_receipt_stands_for_an_issue_that_is_not_known() -> None:
    answer = FRANCE.due_date("30 jours", TermFacts(DebtorKind.BUSINESS, received_on=date(2014, 1, 6)))
    assert answer.due_on == date(2014, 2, 5)
    delivered = FRANCE.due_date("30 jours", TermFacts(DebtorKind.BUSINESS, delivered_on=date(2014, 1, 6)))
    assert delivered.due_on is None, "a delivery may come before the invoice: the debtor would be called late too early"


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


def verdict_of(wording: str, issued_on: date) -> TermOutcome:
    return FRANCE.check_term(wording, TermFacts(DebtorKind.BUSINESS, issued_on=issued_on)).outcome


@pytest.mark.parametrize("year", [2024, 2026])
@pytest.mark.parametrize(
    "wording", ["45 jours fin de mois", "45 jours puis fin de mois", "fin de mois + 45 jours", "fin de mois"]
)
def test_up_to_45_days_end_of_month_is_lawful_every_day_in_either_reading(wording: str, year: int) -> None:
    assert {verdict_of(wording, day) for day in days_of(year)} == {TermOutcome.LAWFUL}


def test_no_day_after_the_covered_span_is_called_lawful() -> None:
    for day in days_of(2028):
        verdict = FRANCE.check_term("45 jours fin de mois", TermFacts(DebtorKind.BUSINESS, issued_on=day))
        assert verdict.outcome is TermOutcome.CANNOT_TELL
        assert "rule_not_covered" in [doubt.code for doubt in verdict.answer.doubts]


@pytest.mark.parametrize("form", ["{} jours puis fin de mois", "fin de mois + {} jours", "{} jours fin de mois"])
def test_more_than_45_days_end_of_month_is_lawful_on_no_day(form: str) -> None:
    for day in days_of(2026):
        issued = TermFacts(DebtorKind.BUSINESS, issued_on=day)
        for days in (46, 50, 60):
            verdict = FRANCE.check_term(form.format(days), issued)
            assert verdict.outcome is not TermOutcome.LAWFUL
            assert verdict.answer.lawful_latest == day + timedelta(days=60), "the cap of 45 days does not serve them"
            codes = [doubt.code for doubt in verdict.answer.doubts]
            told = "clause_exceeds_cap_on_other_days" in codes
            assert told is (verdict.outcome is TermOutcome.CANNOT_TELL)


@pytest.mark.parametrize("days", range(46))
def test_the_cap_of_45_days_end_of_month_serves_every_shorter_clause(days: int) -> None:
    # 16 January: 60 days = 17 March; 31 January + 45 days = 17 March; 16 January + 45 days = 2 March, 31 March.
    for form in ("{} jours puis fin de mois", "fin de mois + {} jours"):
        verdict = FRANCE.check_term(form.format(days), BUSINESS._replace(issued_on=date(2026, 1, 16)))
        assert (verdict.outcome, verdict.answer.lawful_latest) == (TermOutcome.LAWFUL, date(2026, 3, 31))


def test_30_days_end_of_month_the_10th_is_over_on_two_days_of_a_common_year_and_one_of_a_leap_year() -> None:
    # 29 January + 30 days = 28 February in a common year, 10 March; 30 January + 30 days = 1 March, 10 April.
    # In 2024, 30 January + 30 days = 29 February; 31 January + 30 days = 1 March, 10 April.
    over = {
        year: [day for day in days_of(year) if verdict_of("30 jours fin de mois le 10", day) is TermOutcome.OVER]
        for year in (2024, 2026)
    }
    assert over == {2024: [date(2024, 1, 31)], 2026: [date(2026, 1, 30), date(2026, 1, 31)]}


def test_a_clause_may_exceed_the_cap_of_a_trade_on_other_days_too() -> None:
    # 10 March + 30 days = 9 April, both ways; from 11 March the ten-day block ends on the 20th, 9 days later.
    perishable = TermFacts(DebtorKind.BUSINESS, sector="perishable_single", delivered_on=date(2026, 3, 10))
    verdict = FRANCE.check_term("30 jours fin de décade de livraison", perishable)
    assert verdict.outcome is TermOutcome.CANNOT_TELL
    (doubt,) = verdict.answer.doubts
    assert (doubt.code, doubt.reason.input("cap")) == ("clause_exceeds_cap_on_other_days", "perishable_single")
    assert FRANCE.check_term("30 jours après livraison", perishable).outcome is TermOutcome.LAWFUL


def test_the_fine_of_a_missing_day_depends_on_whether_it_could_matter() -> None:
    day = date(2026, 5, 4)
    overseas = TermFacts(DebtorKind.BUSINESS, sector="overseas", issued_on=day)
    received = TermFacts(DebtorKind.BUSINESS, received_on=day)
    for wording, known, is_fined in (
        ("comptant", received, False),
        ("45 jours fin de mois", received, False),
        ("60 jours fin de mois", received, True),
        ("60 jours", overseas, False),
        ("60 jours date de facture", overseas, True),
        ("61 jours", overseas, True),
        ("30 jours après livraison", received, True),
        ("selon accord", received, True),
    ):
        verdict = FRANCE.check_term(wording, known)
        assert verdict.outcome is TermOutcome.CANNOT_TELL
        assert (verdict.fine is not None) is is_fined, wording


@pytest.mark.parametrize("kind", [DebtorKind.BUSINESS, DebtorKind.CONSUMER, DebtorKind.PUBLIC])
def test_a_printed_date_before_the_invoice_cannot_be_told_lawful(kind: DebtorKind) -> None:
    verdict = FRANCE.check_term("le 01/01/2026", TermFacts(kind, issued_on=date(2026, 10, 13)))
    assert verdict.outcome is TermOutcome.CANNOT_TELL
    assert "due_before_issue" in [doubt.code for doubt in verdict.answer.doubts]


@pytest.mark.parametrize(
    ("wording", "is_understood"),
    [("le 31/12/1989", False), ("le 01/01/1990", True), ("le 31/12/2099", True), ("le 01/01/2100", False)],
)
def test_a_printed_date_is_understood_from_1990_to_2099(wording: str, *, is_understood: bool) -> None:
    codes = [doubt.code for doubt in FRANCE.due_date(wording, BUSINESS).doubts]
    assert ("wording_undecidable" not in codes) is is_understood
