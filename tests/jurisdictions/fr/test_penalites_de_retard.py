"""The traps of late payment that this edition meets, one test each, and what the tables cannot say."""

from datetime import date
from decimal import Decimal

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence
from recouvrement.domain.terms import Imputation
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.penalites_de_retard import public_rate
from recouvrement.law.jurisdiction import Accrual, Debt, Receipt


def debt(due_on: date, minor: int = 1_000_000, kind: DebtorKind = DebtorKind.BUSINESS, **fields: object) -> Debt:
    made = Debt(
        item_id="F2026-118",
        due_on=due_on,
        principal_minor=minor,
        receipts=(),
        currency="EUR",
        debtor_kind=kind,
        creditor_is_natural_person=False,
        notice_on=None,
        insolvency_opened_on=None,
        imputation=Imputation.INTEREST_FIRST,
    )
    return made._replace(**fields)  # type: ignore[arg-type]  # fields are those of Debt


def codes(accrual: Accrual) -> list[str]:
    return [doubt.code for doubt in accrual.doubts]


def test_a_delay_wholly_in_an_unknown_half_year_bears_nothing_yet() -> None:
    for kind in (DebtorKind.BUSINESS, DebtorKind.PUBLIC):
        accrual = FRANCE.accrual(debt(date(2027, 1, 10), kind=kind), date(2027, 2, 15))
        assert (accrual.late_interest.minor, accrual.segments, accrual.through) == (0, (), None)
        assert codes(accrual) == ["rate_not_published"]


def test_a_public_delay_begun_in_2026_runs_on_in_2027_at_its_own_rate() -> None:
    accrual = FRANCE.accrual(debt(date(2026, 11, 30), kind=DebtorKind.PUBLIC), date(2027, 2, 15))
    assert accrual.through == date(2027, 2, 15)
    assert [segment.rate for segment in accrual.segments] == [Decimal("10.40")]


def test_a_public_delay_begun_before_may_2013_is_governed_by_the_older_rule_to_its_end() -> None:
    accrual = FRANCE.accrual(debt(date(2013, 4, 29), kind=DebtorKind.PUBLIC), date(2013, 12, 31))
    # ECB of 1 January 2013, 0.75, plus seven points: 10 000 x 7.75 % x 246 / 365 = 522.3288
    assert (accrual.late_interest.minor, codes(accrual)) == (52_233, ["old_public_rule_not_read"])


def test_the_days_before_the_rule_of_2001_are_left_out_and_reported() -> None:
    accrual = FRANCE.accrual(debt(date(2001, 4, 30)), date(2001, 5, 25))
    assert accrual.segments[0].from_ == date(2001, 5, 16)
    assert "rule_not_covered" in codes(accrual)


def test_a_public_delay_of_may_2013_takes_the_ecb_rate_of_1_january() -> None:
    assert public_rate(date(2013, 5, 1)).percent == Decimal("8.75")


def test_a_weakly_sourced_rate_is_reported_with_the_value_it_rests_on() -> None:
    accrual = FRANCE.accrual(debt(date(2026, 6, 30)), date(2026, 7, 31))
    (doubt,) = accrual.doubts
    assert (doubt.code, doubt.item_id) == ("weak_source", None)
    assert doubt.reason.input("value") == "fr.taux_bce_refinancement:2026-06-17"
    assert accrual.segments[0].source.confidence is Confidence.SECONDARY


def test_a_well_sourced_delay_raises_no_doubt() -> None:
    assert FRANCE.accrual(debt(date(2026, 1, 31)), date(2026, 4, 1)).doubts == ()


def test_the_reasons_name_the_article_the_snapshot_and_the_points() -> None:
    accrual = FRANCE.accrual(debt(date(2026, 1, 31)), date(2026, 4, 1))
    rule, rate = accrual.reasons
    assert (rule.code, rule.authority) == ("penalties_between_businesses", Authority.LAW)
    assert rule.source is not None
    assert rule.source.article == "C. com. art. L441-10 II"
    assert rate.inputs == (("snapshot_on", "2026-01-01"), ("rate", "12.15"))
    assert [(part.code, part.inputs[0]) for part in rate.parts] == [
        ("ecb_rate", ("rate", "2.15")),
        ("margin", ("points", "10")),
    ]


def test_the_claim_of_a_debtor_paid_on_the_due_date_is_nothing() -> None:
    paid = debt(date(2026, 1, 31), receipts=(Receipt(date(2026, 1, 31), 1_000_000),))
    accrual = FRANCE.accrual(paid, date(2026, 4, 1))
    assert (accrual.principal.minor, accrual.late_interest.minor, accrual.through) == (0, 0, None)
    assert [reason.code for reason in accrual.reasons] == ["paid_before_interest"]


@pytest.mark.parametrize("opened_on", [date(2026, 1, 15), date(2026, 1, 31), date(2026, 2, 1)])
def test_no_interest_runs_when_proceedings_open_before_the_first_day_late(opened_on: date) -> None:
    accrual = FRANCE.accrual(debt(date(2026, 1, 31), insolvency_opened_on=opened_on), date(2026, 4, 1))
    assert accrual.segments == ()
    assert [reason.code for reason in accrual.reasons] == ["interest_stopped_by_insolvency"]


def test_an_opening_after_the_date_asked_changes_nothing() -> None:
    plain = debt(date(2026, 1, 31))
    for opened_on in (date(2026, 4, 2), date(2026, 6, 1)):
        opened = plain._replace(insolvency_opened_on=opened_on)
        assert FRANCE.accrual(opened, date(2026, 4, 1)) == FRANCE.accrual(plain, date(2026, 4, 1))
