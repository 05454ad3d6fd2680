from datetime import date
from decimal import Decimal

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import Imputation
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.compte import account
from recouvrement.jurisdictions.fr.imputation import Owed, imputed
from recouvrement.jurisdictions.fr.jours_au_taux import Rate, ppm
from recouvrement.law.jurisdiction import Debt, Receipt

LATE = Debt(
    item_id="F2026-118",
    due_on=date(2026, 1, 31),
    principal_minor=1_000_000,
    receipts=(),
    currency="EUR",
    debtor_kind=DebtorKind.BUSINESS,
    creditor_is_natural_person=False,
    notice_on=None,
    insolvency_opened_on=None,
    imputation=Imputation.INTEREST_FIRST,
)
ON = date(2026, 4, 1)
RULE = Reason.of("contract_rate", Authority.CONTRACT)


@pytest.mark.parametrize(
    ("minor", "percent", "first_day", "on", "expected"),
    [
        pytest.param(1_500_000, "15.00", date(2025, 6, 1), date(2025, 6, 30), 18_493, id="PEN-01"),
        pytest.param(61_215, "10.00", date(2021, 2, 17), date(2021, 3, 1), 218, id="PEN-07"),
        pytest.param(1_000_000, "12.00", date(2023, 10, 1), date(2024, 6, 30), 90_082, id="DAY-02"),
    ],
)
def test_one_rate_over_some_days_gives_the_interest_of_the_published_example(
    minor: int, percent: str, first_day: date, on: date, expected: int
) -> None:
    source = Source(article="contrat", confidence=Confidence.VERIFIED)
    rate = Rate(date.max, ppm(Decimal(percent)), Decimal(percent), source, RULE, ())
    debt = LATE._replace(principal_minor=minor, due_on=date(2000, 1, 1))
    assert account(debt, on, first_day=first_day, rate_on=lambda _: rate, rule=RULE).late_interest.minor == expected


@pytest.mark.parametrize("imputation", Imputation)
def test_what_exceeds_the_debt_is_not_kept(imputation: Imputation) -> None:
    assert imputed(Owed(10_000, 500), 99_999, imputation) == Owed(0, 0)


def test_the_day_of_payment_still_counts_on_the_old_base() -> None:
    accrual = FRANCE.accrual(LATE._replace(receipts=(Receipt(date(2026, 3, 2), 400_000),)), ON)
    first, second = accrual.segments
    assert (first.until, second.from_) == (date(2026, 3, 3), date(2026, 3, 3))
    assert (first.principal.minor, second.principal.minor) == (1_000_000, 609_986)


def test_two_payments_of_the_same_day_are_one_cut() -> None:
    twice = LATE._replace(receipts=(Receipt(date(2026, 3, 2), 150_000), Receipt(date(2026, 3, 2), 250_000)))
    once = LATE._replace(receipts=(Receipt(date(2026, 3, 2), 400_000),))
    apart, together = FRANCE.accrual(twice, ON), FRANCE.accrual(once, ON)
    assert apart._replace(imputed=()) == together._replace(imputed=())
    assert [sum(getattr(paid, part).minor for paid in apart.payments) for part in ("to_interest", "to_principal")] == [
        together.payments[0].to_interest.minor,
        together.payments[0].to_principal.minor,
    ]


def test_the_order_of_the_payments_given_means_nothing() -> None:
    receipts = (Receipt(date(2026, 3, 2), 100_000), Receipt(date(2026, 2, 10), 50_000))
    one, other = LATE._replace(receipts=receipts), LATE._replace(receipts=receipts[::-1])
    assert FRANCE.accrual(one, ON) == FRANCE.accrual(other, ON)


def test_a_payment_after_the_date_asked_is_ignored() -> None:
    later = LATE._replace(receipts=(Receipt(date(2026, 4, 2), 400_000),))
    assert FRANCE.accrual(later, ON) == FRANCE.accrual(LATE, ON)


def test_an_overpayment_leaves_nothing_and_never_a_negative_principal() -> None:
    for on in (date(2026, 1, 20), ON):
        accrual = FRANCE.accrual(LATE._replace(receipts=(Receipt(date(2026, 1, 15), 9_000_000),)), on)
        assert (accrual.principal.minor, accrual.late_interest.minor) == (0, 0)


def test_interest_first_against_a_professional_is_reported_as_unsettled() -> None:
    paid = LATE._replace(receipts=(Receipt(date(2026, 3, 2), 400_000),))
    accrual = FRANCE.accrual(paid, ON)
    assert accrual.reasons[-1].code == "imputed_interest_first"
    assert [doubt.code for doubt in accrual.doubts] == ["imputation_unsettled"]


def test_principal_first_rests_on_the_consent_of_the_creditor() -> None:
    paid = LATE._replace(receipts=(Receipt(date(2026, 3, 2), 400_000),), imputation=Imputation.PRINCIPAL_FIRST)
    accrual = FRANCE.accrual(paid, ON)
    assert (accrual.reasons[-1].code, accrual.reasons[-1].authority) == ("imputed_principal_first", Authority.CONTRACT)
    assert accrual.doubts == ()


def test_a_debt_settled_before_a_gap_in_the_rates_raises_no_doubt_about_it() -> None:
    settled = LATE._replace(receipts=(Receipt(date(2026, 3, 2), 1_009_986),))
    accrual = FRANCE.accrual(settled, date(2027, 5, 1))
    assert (accrual.principal.minor, accrual.late_interest.minor) == (0, 0)
    assert "rate_not_published" not in [doubt.code for doubt in accrual.doubts]


def test_a_debt_not_late_yet_bears_nothing_and_keeps_its_payments() -> None:
    accrual = FRANCE.accrual(LATE._replace(receipts=(Receipt(date(2026, 1, 10), 250_000),)), date(2026, 1, 31))
    assert (accrual.principal.minor, accrual.segments, accrual.through) == (750_000, (), None)
    assert [reason.code for reason in accrual.reasons] == ["not_late"]
