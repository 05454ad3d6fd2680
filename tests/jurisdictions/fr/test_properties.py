"""What holds for every late debt, whatever the facts."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.decision import Segment
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import DayCount, HalfYears, Imputation
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.jurisdiction import Debt, Receipt

DUE_DAYS = st.dates(date(2012, 6, 1), date(2026, 6, 30)) | st.dates(date(2000, 1, 1), date(2027, 6, 30))
AMOUNTS = st.integers(10_000, 1_000_000) | st.integers(1, 100_000_000)
PAID = st.integers(1, 200_000) | AMOUNTS
ONE_IN_SIX = st.sampled_from((False,) * 5 + (True,))
ONE_DAY = timedelta(days=1)
CLAUSES = tuple(PenaltyClause.of(text) for text in ("12.5", "4", "15", "3x legal", "5x legal", "ecb+8", "ecb+12"))
KINDS = (DebtorKind.BUSINESS,) * 4 + tuple(DebtorKind)


@st.composite
def debts(draw: st.DrawFn, *, may_be_paid: bool = True, compounds: bool = True) -> Debt:
    due_on = draw(DUE_DAYS)

    def after(most: int) -> st.SearchStrategy[date]:
        return st.integers(0, most).map(lambda days: due_on + timedelta(days=days))

    def seldom(strategy: st.SearchStrategy[date]) -> date | None:
        return draw(strategy) if draw(ONE_IN_SIX) else None

    near = after(900) | st.dates(due_on - timedelta(days=60), due_on)
    receipts = draw(st.lists(st.builds(Receipt, near, PAID), max_size=4)) if may_be_paid else []
    return Debt(
        item_id="F2026-118",
        due_on=due_on,
        principal_minor=draw(AMOUNTS),
        receipts=tuple(receipts),
        currency="EUR",
        debtor_kind=draw(st.sampled_from(KINDS)),
        creditor_is_natural_person=draw(ONE_IN_SIX),
        notice_on=draw(after(200)) if not draw(ONE_IN_SIX) else None,
        insolvency_opened_on=seldom(near),
        imputation=draw(st.sampled_from(Imputation)),
        penalty=draw(st.none() | st.sampled_from(CLAUSES)),
        granted_rate=draw(st.decimals("0", "30", places=2)) if draw(ONE_IN_SIX) else None,
        day_count=draw(st.sampled_from((DayCount.ACTUAL_365, *DayCount))),
        half_years=draw(st.sampled_from(HalfYears)),
        enforceable_on=seldom(near),
        capitalised_from=seldom(near) if compounds else None,
    )


@st.composite
def dated_debts(draw: st.DrawFn, *, may_be_paid: bool = True) -> tuple[Debt, date]:
    """Draw a debt and the day asked: late far more often than not, else the test would look at empty accounts."""
    debt = draw(debts(may_be_paid=may_be_paid))
    days = draw(st.integers(30, 900) | st.integers(-30, 900))
    return debt, debt.due_on + timedelta(days=days)


def paid_by(debt: Debt, on: date) -> int:
    return sum(receipt.minor for receipt in debt.receipts if receipt.on <= on)


@given(dated_debts())
def test_segments_follow_one_another_without_overlap_up_to_the_last_day_counted(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    accrual = FRANCE.accrual(debt, on)
    refused = any(doubt.code == "clause_below_floor" for doubt in accrual.doubts)
    for earlier, later in pairwise(accrual.segments):
        assert earlier.until == later.from_ or (refused and earlier.until < later.from_)
    for segment in accrual.segments:
        assert debt.due_on < segment.from_ < segment.until <= on + ONE_DAY
        assert segment.principal.minor > 0
    if accrual.segments:
        assert accrual.through == accrual.segments[-1].until - ONE_DAY
    else:
        assert (accrual.through, accrual.late_interest.minor) == (None, 0)


@given(dated_debts(may_be_paid=False))
def test_without_payment_the_interest_is_the_sum_of_the_segments(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    accrual = FRANCE.accrual(debt, on)
    assert accrual.late_interest.minor == sum(segment.amount.minor for segment in accrual.segments)
    assert accrual.principal.minor == debt.principal_minor


@given(dated_debts(may_be_paid=False), st.integers(0, 400))
def test_interest_never_decreases_with_time(dated: tuple[Debt, date], days: int) -> None:
    debt, on = dated
    later = FRANCE.accrual(debt, on + timedelta(days=days))
    assert later.late_interest.minor >= FRANCE.accrual(debt, on).late_interest.minor


@given(dated_debts())
def test_what_was_paid_and_what_is_owed_add_up_to_principal_and_interest(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    accrual = FRANCE.accrual(debt, on)
    accrued = sum(segment.amount.minor for segment in accrual.segments)
    owed = accrual.principal.minor + accrual.late_interest.minor
    assert accrual.principal.minor >= 0
    assert accrual.late_interest.minor >= 0
    assert owed + paid_by(debt, on) >= debt.principal_minor + accrued
    if owed > 0:
        assert owed + paid_by(debt, on) == debt.principal_minor + accrued


@given(dated_debts())
def test_facts_dated_after_the_day_asked_change_nothing(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    opened_on = debt.insolvency_opened_on
    known = debt._replace(
        receipts=tuple(receipt for receipt in debt.receipts if receipt.on <= on),
        insolvency_opened_on=opened_on if opened_on is not None and opened_on <= on else None,
    )
    notice_on = debt.notice_on
    if notice_on is not None and notice_on > on and debt.granted_rate is None:  # else it is no longer assumed
        known = known._replace(notice_on=None)
    assert FRANCE.accrual(debt, on) == FRANCE.accrual(known, on)


@given(dated_debts())
def test_forty_euros_are_asked_of_professionals_only_and_never_more(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    minor = FRANCE.indemnity(debt, on).amount.minor
    assert minor in {0, 4_000}
    if debt.debtor_kind not in {DebtorKind.BUSINESS, DebtorKind.PUBLIC} or on <= debt.due_on:
        assert minor == 0


@given(dated_debts())
def test_every_answer_has_its_reasons(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    assert FRANCE.accrual(debt, on).reasons
    assert FRANCE.indemnity(debt, on).reasons


@given(dated_debts())
def test_no_interest_runs_from_the_day_insolvency_proceedings_open(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    through = FRANCE.accrual(debt, on).through
    if through is not None and debt.insolvency_opened_on is not None:
        assert through < debt.insolvency_opened_on


def exactly(segments: tuple[Segment, ...]) -> Fraction:
    """Return the interest of segments without any rounding, in minor units."""
    return sum(
        (Fraction(part.principal.minor) * Fraction(part.rate) * part.days / (100 * part.divisor) for part in segments),
        start=Fraction(0),
    )


@given(dated_debts())
def test_each_segment_is_its_base_at_its_rate_for_its_days_rounded_half_up_once(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    for segment in FRANCE.accrual(debt, on).segments:
        exact = exactly((segment,))
        assert segment.amount.minor == (exact + Fraction(1, 2)) // 1


@given(
    debts(may_be_paid=False, compounds=False).map(
        lambda debt: debt._replace(
            debtor_kind=DebtorKind.BUSINESS,
            creditor_is_natural_person=False,
            half_years=HalfYears.RE_ANCHORED,
            enforceable_on=None,
        )
    ),
    st.integers(1, 500),
    st.integers(1, 500),
)
def test_splitting_a_period_changes_the_rounded_sum_by_less_than_a_cent_a_segment(
    debt: Debt, first: int, second: int
) -> None:
    middle = debt.due_on + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = FRANCE.accrual(debt, end)
    before, after = FRANCE.accrual(debt, middle), FRANCE.accrual(debt._replace(due_on=middle), end)
    assert exactly(whole.segments) == exactly(before.segments) + exactly(after.segments)
    apart = before.late_interest.minor + after.late_interest.minor
    pieces = len(before.segments) + len(after.segments)
    assert abs(apart - whole.late_interest.minor) < max(1, pieces)


@given(dated_debts(), st.randoms(use_true_random=False))
def test_the_order_in_which_payments_are_given_changes_nothing(dated: tuple[Debt, date], random: Random) -> None:
    debt, on = dated
    receipts = list(debt.receipts)
    random.shuffle(receipts)
    assert FRANCE.accrual(debt._replace(receipts=tuple(receipts)), on) == FRANCE.accrual(debt, on)


@given(dated_debts())
def test_payments_of_one_day_make_the_same_account_together_or_apart(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    by_day: dict[date, int] = {}
    for receipt in debt.receipts:
        by_day[receipt.on] = by_day.get(receipt.on, 0) + receipt.minor
    together = debt._replace(receipts=tuple(Receipt(day, minor) for day, minor in by_day.items()))
    assert FRANCE.accrual(together, on)._replace(imputed=()) == FRANCE.accrual(debt, on)._replace(imputed=())


@given(dated_debts())
def test_imputation_conserves_every_cent(dated: tuple[Debt, date]) -> None:
    debt, on = dated
    accrual = FRANCE.accrual(debt, on)
    for paid in accrual.payments:
        assert paid.to_interest.minor + paid.to_principal.minor + paid.surplus.minor == paid.amount.minor
        assert min(paid.to_interest.minor, paid.to_principal.minor, paid.surplus.minor) >= 0
    assert sum(paid.amount.minor for paid in accrual.payments) == paid_by(debt, on)
    accrued = sum(segment.amount.minor for segment in accrual.segments)
    assert accrual.late_interest.minor == accrued - sum(paid.to_interest.minor for paid in accrual.payments)
    assert accrual.principal.minor == debt.principal_minor - sum(paid.to_principal.minor for paid in accrual.payments)


@settings(max_examples=600, database=None, derandomize=True, phases=[Phase.generate])
@given(dated_debts())
def look(seen: Counter[str], dated: tuple[Debt, date]) -> None:
    accrual = FRANCE.accrual(*dated)
    seen["all"] += 1
    seen["bears interest"] += accrual.late_interest.minor > 0 or any(
        paid.to_interest.minor for paid in accrual.payments
    )
    seen["several rates or bases"] += len(accrual.segments) > 1
    seen["payment imputed on interest"] += any(paid.to_interest.minor > 0 for paid in accrual.payments)


def test_the_debts_drawn_here_often_bear_interest_at_several_rates_and_are_paid() -> None:
    seen: Counter[str] = Counter()
    look(seen)
    assert seen["bears interest"] > seen["all"] // 7
    assert seen["several rates or bases"] > seen["all"] // 14
    assert seen["payment imputed on interest"] > seen["all"] // 50
