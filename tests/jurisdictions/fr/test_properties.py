"""What holds for every late debt, whatever the facts."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import Imputation
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.jurisdiction import Debt, Receipt

DAYS = st.dates(date(2010, 1, 1), date(2028, 12, 31))
DUE_DAYS = st.dates(date(2012, 1, 1), date(2027, 6, 30))
AMOUNTS = st.integers(1, 100_000_000)
ONE_DAY = timedelta(days=1)


@st.composite
def debts(draw: st.DrawFn, *, may_be_paid: bool = True) -> Debt:
    due_on = draw(DUE_DAYS)
    near = st.dates(due_on - timedelta(days=60), due_on + timedelta(days=900))
    receipts = draw(st.lists(st.builds(Receipt, near, AMOUNTS), max_size=4)) if may_be_paid else []
    return Debt(
        item_id="F2026-118",
        due_on=due_on,
        principal_minor=draw(AMOUNTS),
        receipts=tuple(receipts),
        currency="EUR",
        debtor_kind=draw(st.sampled_from(DebtorKind)),
        creditor_is_natural_person=draw(st.booleans()),
        notice_on=draw(st.none() | near),
        insolvency_opened_on=draw(st.none() | near),
        imputation=draw(st.sampled_from(Imputation)),
    )


def paid_by(debt: Debt, on: date) -> int:
    return sum(receipt.minor for receipt in debt.receipts if receipt.on <= on)


@given(debts(), DAYS)
def test_segments_follow_one_another_without_overlap_up_to_the_last_day_counted(debt: Debt, on: date) -> None:
    accrual = FRANCE.accrual(debt, on)
    for earlier, later in pairwise(accrual.segments):
        assert earlier.until == later.from_
    for segment in accrual.segments:
        assert debt.due_on < segment.from_ < segment.until <= on + ONE_DAY
        assert segment.principal.minor > 0
    if accrual.segments:
        assert accrual.through == accrual.segments[-1].until - ONE_DAY
    else:
        assert (accrual.through, accrual.late_interest.minor) == (None, 0)


@given(debts(may_be_paid=False), DAYS)
def test_without_payment_the_interest_is_the_sum_of_the_segments(debt: Debt, on: date) -> None:
    accrual = FRANCE.accrual(debt, on)
    assert accrual.late_interest.minor == sum(segment.amount.minor for segment in accrual.segments)
    assert accrual.principal.minor == debt.principal_minor


@given(debts(may_be_paid=False), DAYS, st.integers(0, 400))
def test_interest_never_decreases_with_time(debt: Debt, on: date, days: int) -> None:
    later = FRANCE.accrual(debt, on + timedelta(days=days))
    assert later.late_interest.minor >= FRANCE.accrual(debt, on).late_interest.minor


@given(debts(), DAYS)
def test_what_was_paid_and_what_is_owed_add_up_to_principal_and_interest(debt: Debt, on: date) -> None:
    accrual = FRANCE.accrual(debt, on)
    accrued = sum(segment.amount.minor for segment in accrual.segments)
    owed = accrual.principal.minor + accrual.late_interest.minor
    assert accrual.principal.minor >= 0
    assert accrual.late_interest.minor >= 0
    assert owed + paid_by(debt, on) >= debt.principal_minor + accrued
    if owed > 0:
        assert owed + paid_by(debt, on) == debt.principal_minor + accrued


@given(debts(), DAYS)
def test_facts_dated_after_the_day_asked_change_nothing(debt: Debt, on: date) -> None:
    opened_on = debt.insolvency_opened_on
    known = debt._replace(
        receipts=tuple(receipt for receipt in debt.receipts if receipt.on <= on),
        insolvency_opened_on=opened_on if opened_on is not None and opened_on <= on else None,
        notice_on=debt.notice_on if debt.notice_on is not None and debt.notice_on <= on else None,
    )
    assert FRANCE.accrual(debt, on) == FRANCE.accrual(known, on)


@given(debts(), DAYS)
def test_forty_euros_are_asked_of_professionals_only_and_never_more(debt: Debt, on: date) -> None:
    minor = FRANCE.indemnity(debt, on).amount.minor
    assert minor in {0, 4_000}
    if debt.debtor_kind not in {DebtorKind.BUSINESS, DebtorKind.PUBLIC} or on <= debt.due_on:
        assert minor == 0


@given(debts(), DAYS)
def test_every_answer_has_its_reasons(debt: Debt, on: date) -> None:
    assert FRANCE.accrual(debt, on).reasons
    assert FRANCE.indemnity(debt, on).reasons


@given(debts(), DAYS)
def test_no_interest_runs_from_the_day_insolvency_proceedings_open(debt: Debt, on: date) -> None:
    through = FRANCE.accrual(debt, on).through
    if through is not None and debt.insolvency_opened_on is not None:
        assert through < debt.insolvency_opened_on
