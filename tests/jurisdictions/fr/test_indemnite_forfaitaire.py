from datetime import date

import pytest

from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import Imputation
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.indemnite_forfaitaire import _looked_into
from recouvrement.law.jurisdiction import Debt, ProvenCost, Receipt

LATE = Debt(
    item_id="F2026-118",
    due_on=date(2026, 3, 10),
    principal_minor=100_000,
    receipts=(),
    currency="EUR",
    debtor_kind=DebtorKind.BUSINESS,
    creditor_is_natural_person=False,
    notice_on=None,
    insolvency_opened_on=None,
    imputation=Imputation.INTEREST_FIRST,
)
ON = date(2026, 4, 1)


def test_forty_euros_are_never_converted() -> None:
    indemnity = FRANCE.indemnity(LATE._replace(currency="CHF"), ON)
    assert (indemnity.amount.minor, indemnity.amount.currency) == (0, "CHF")
    assert [doubt.code for doubt in indemnity.doubts] == ["indemnity_in_other_currency"]


def test_the_reason_names_the_decree_and_the_first_day_late() -> None:
    (reason,) = FRANCE.indemnity(LATE, ON).reasons
    assert (reason.code, reason.input("late_from")) == ("indemnity_per_invoice", "2026-03-11")
    assert reason.source is not None
    assert reason.source.identifier == "fr.indemnite_forfaitaire:2021-02-27"


def test_a_public_body_owes_it_under_its_own_code() -> None:
    (reason,) = FRANCE.indemnity(LATE._replace(debtor_kind=DebtorKind.PUBLIC), ON).reasons
    assert reason.source is not None
    assert reason.source.article == "CCP art. D2192-35"


def test_it_stays_due_when_the_invoice_is_paid_late_in_full() -> None:
    paid = LATE._replace(receipts=(Receipt(date(2026, 3, 11), 100_000),))
    assert FRANCE.indemnity(paid, ON).amount.minor == 4_000


@pytest.mark.parametrize(("opened_on", "minor"), [(date(2026, 3, 10), 0), (date(2026, 3, 11), 4_000)])
def test_proceedings_bar_it_when_they_open_on_the_due_date_at_the_latest(opened_on: date, minor: int) -> None:
    assert FRANCE.indemnity(LATE._replace(insolvency_opened_on=opened_on), ON).amount.minor == minor


_IN_TIME, _LATE, _LATER = date(2026, 3, 10), date(2026, 3, 20), date(2026, 4, 2)


@pytest.mark.parametrize("kind", DebtorKind)
@pytest.mark.parametrize("principal", [100_000, 0, -1])
@pytest.mark.parametrize("due_on", [LATE.due_on, date(2012, 11, 10), date(2027, 12, 31), ON, date(2026, 4, 2)])
@pytest.mark.parametrize(
    "receipts",
    [
        (),
        (Receipt(_IN_TIME, 40_000),),
        (Receipt(_IN_TIME, 100_000),),
        (Receipt(_LATE, 40_000),),
        (Receipt(_IN_TIME, 40_000), Receipt(_LATE, 60_000)),
        (Receipt(_LATER, 100_000),),
    ],
)
def test_what_is_given_at_once_is_what_looking_into_the_debt_gives(
    kind: DebtorKind, principal: int, due_on: date, receipts: tuple[Receipt, ...]
) -> None:
    debt = LATE._replace(debtor_kind=kind, principal_minor=principal, due_on=due_on, receipts=receipts)
    for changed in (
        debt,
        debt._replace(instalments=3),
        debt._replace(currency="CHF"),
        debt._replace(creditor_is_natural_person=True),
        debt._replace(insolvency_opened_on=_IN_TIME),
        debt._replace(enforceable_on=_LATE),
        debt._replace(costs=(ProvenCost(incurred_on=_LATE, amount=Money.of("120.00", "EUR"), proof="Acte n° 12"),)),
    ):
        assert FRANCE.indemnity(changed, ON) == _looked_into(changed, ON)


def test_a_delay_begun_before_the_indemnity_gives_none_and_a_doubt_if_it_went_on() -> None:
    old = LATE._replace(due_on=date(2012, 11, 10))
    indemnity = FRANCE.indemnity(old, date(2013, 2, 1))
    assert indemnity.amount.minor == 0
    assert [doubt.code for doubt in indemnity.doubts] == ["delay_begun_before_indemnity"]
    ended = old._replace(receipts=(Receipt(date(2012, 12, 20), 100_000),))
    assert FRANCE.indemnity(ended, date(2013, 2, 1)).doubts == ()


def test_a_delay_after_the_covered_days_gives_none_and_a_doubt() -> None:
    indemnity = FRANCE.indemnity(LATE._replace(due_on=date(2027, 12, 31)), date(2028, 2, 1))
    assert indemnity.amount.minor == 0
    assert [doubt.code for doubt in indemnity.doubts] == ["rule_not_covered"]
