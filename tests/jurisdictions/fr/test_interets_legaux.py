from datetime import date
from decimal import Decimal

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import Imputation
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.interets_legaux import legal_rate
from recouvrement.law.jurisdiction import Debt, Receipt

CONSUMER = Debt(
    item_id="F2026-204",
    due_on=date(2026, 1, 31),
    principal_minor=80_000,
    receipts=(),
    currency="EUR",
    debtor_kind=DebtorKind.CONSUMER,
    creditor_is_natural_person=False,
    notice_on=date(2026, 3, 10),
    insolvency_opened_on=None,
    imputation=Imputation.INTEREST_FIRST,
)
ON = date(2026, 4, 20)


def test_nothing_runs_on_the_day_of_the_notice() -> None:
    assert FRANCE.accrual(CONSUMER, date(2026, 3, 10)).segments == ()
    assert FRANCE.accrual(CONSUMER, date(2026, 3, 11)).segments[0].days == 1


def test_without_notice_the_reason_says_why_there_is_no_interest() -> None:
    accrual = FRANCE.accrual(CONSUMER._replace(notice_on=None), ON)
    assert [reason.code for reason in accrual.reasons] == ["no_interest_before_notice"]
    assert accrual.doubts == ()


@pytest.mark.parametrize("notice_on", [date(2026, 1, 20), date(2026, 1, 31)])
def test_a_notice_presented_before_the_delay_gives_no_interest_and_a_doubt(notice_on: date) -> None:
    accrual = FRANCE.accrual(CONSUMER._replace(notice_on=notice_on), ON)
    assert accrual.segments == ()
    assert [(doubt.code, doubt.item_id) for doubt in accrual.doubts] == [("notice_before_delay", "F2026-204")]


def test_payments_before_the_notice_go_to_the_principal() -> None:
    accrual = FRANCE.accrual(CONSUMER._replace(receipts=(Receipt(date(2026, 2, 15), 30_000),)), ON)
    # 500 x 2.62 % x 41 / 365 = 1.4715
    assert (accrual.principal.minor, accrual.late_interest.minor) == (50_000, 147)


def test_the_rate_changes_with_the_half_year_and_the_weak_one_is_reported() -> None:
    accrual = FRANCE.accrual(CONSUMER, date(2026, 7, 31))
    assert [segment.rate for segment in accrual.segments] == [Decimal("2.62"), Decimal("2.75")]
    assert [doubt.reason.input("value") for doubt in accrual.doubts] == [
        "fr.taux_interet_legal_autres:2026-07-01",
        None,
    ]


def test_the_account_stops_with_2026_and_names_the_rate_awaited() -> None:
    accrual = FRANCE.accrual(CONSUMER, date(2027, 3, 1))
    assert accrual.through == date(2026, 12, 31)
    doubt = next(doubt for doubt in accrual.doubts if doubt.code == "rate_not_published")
    assert doubt.reason.input("parameter") == "fr.taux_interet_legal_autres"


def test_a_debtor_of_unknown_kind_is_treated_as_a_consumer_and_reported() -> None:
    accrual = FRANCE.accrual(CONSUMER._replace(debtor_kind=DebtorKind.UNKNOWN), ON)
    assert accrual.late_interest == FRANCE.accrual(CONSUMER, ON).late_interest
    assert [doubt.code for doubt in accrual.doubts] == ["notice_effect_unsettled", "debtor_kind_unknown"]
    indemnity = FRANCE.indemnity(CONSUMER._replace(debtor_kind=DebtorKind.UNKNOWN), ON)
    assert [doubt.code for doubt in indemnity.doubts] == ["debtor_kind_unknown"]


def test_an_entity_outside_any_professional_activity_is_told_why() -> None:
    accrual = FRANCE.accrual(CONSUMER._replace(debtor_kind=DebtorKind.NON_PROFESSIONAL), ON)
    assert accrual.reasons[-1].code == "penalties_bind_professionals_only"
    assert [doubt.code for doubt in accrual.doubts] == ["notice_effect_unsettled"]


def test_over_indebtedness_stops_the_interest_of_a_consumer_under_its_own_text() -> None:
    accrual = FRANCE.accrual(CONSUMER._replace(insolvency_opened_on=date(2026, 3, 21)), ON)
    assert accrual.through == date(2026, 3, 20)
    stop = accrual.reasons[-1]
    assert stop.code == "interest_stopped_by_insolvency"
    assert stop.source is not None
    assert stop.source.article == "C. conso. art. L722-14"


def test_a_notice_of_before_1999_runs_from_the_first_known_rate() -> None:
    old = CONSUMER._replace(due_on=date(1998, 1, 31), notice_on=date(1998, 12, 1))
    accrual = FRANCE.accrual(old, date(1999, 1, 10))
    assert [(segment.from_, segment.days) for segment in accrual.segments] == [(date(1999, 1, 1), 10)]
    assert [doubt.code for doubt in accrual.doubts] == ["rule_not_covered", "weak_source", "notice_effect_unsettled"]


def test_the_legal_rate_of_2027_is_refused() -> None:
    with pytest.raises(NotCovered, match="2027"):
        legal_rate(date(2027, 1, 15), creditor_is_natural_person=False)
