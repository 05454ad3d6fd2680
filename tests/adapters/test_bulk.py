"""Interest over columns: to the cent what the law says debt by debt, and never a wrapped number."""

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    Authority,
    Confidence,
    DayCount,
    DebtorKind,
    HalfYears,
    Imputation,
    InvalidInput,
    Money,
    PenaltyClause,
    Reason,
    Source,
)
from recouvrement.adapters.bulk import SegmentColumns, accrue, segment_columns, sums
from recouvrement.law.jurisdiction import Accrual, CountedDays, Debt, ImputedPayment, Receipt

ONE_DAY = timedelta(days=1)
START, HORIZON = date(2025, 1, 1), date(2026, 12, 31)
SOURCE = Source(article="C. com. art. L441-10 II", confidence=Confidence.VERIFIED)
DUE_DAYS = st.dates(date(2005, 1, 1), date(2026, 10, 31))
CLAUSES = tuple(PenaltyClause.of(text) for text in ("12.5", "15.25", "3x legal", "5x legal", "ecb+8", "ecb+12"))
AMOUNTS = st.integers(1, 100_000_000) | st.sampled_from((1, 9_999_999_999, 99_999_999_999_999_999))


@st.composite
def debts(draw: st.DrawFn) -> Debt:
    due_on = draw(DUE_DAYS)
    near = st.dates(due_on - timedelta(days=60), due_on + timedelta(days=900))
    return Debt(
        item_id="F2026-118",
        due_on=due_on,
        principal_minor=draw(AMOUNTS),
        receipts=tuple(draw(st.lists(st.builds(Receipt, near, st.integers(1, 100_000_000)), max_size=4))),
        currency="EUR",
        debtor_kind=draw(st.sampled_from(DebtorKind)),
        creditor_is_natural_person=draw(st.booleans()),
        notice_on=draw(st.none() | near),
        insolvency_opened_on=draw(st.none() | near),
        imputation=draw(st.sampled_from(Imputation)),
        penalty=draw(st.none() | st.sampled_from(CLAUSES)),
        granted_rate=draw(st.none() | st.none() | st.sampled_from((Decimal("12.5"), Decimal(0), Decimal("10.1234")))),
        day_count=draw(st.sampled_from(DayCount)),
        half_years=draw(st.sampled_from(HalfYears)),
        enforceable_on=draw(st.none() | near),
        capitalised_from=draw(st.none() | near),
    )


class Asked(NamedTuple):
    portfolio: list[Debt]
    known_on: date
    on: date
    through: date


@st.composite
def portfolios(draw: st.DrawFn, *, most: int) -> Asked:
    """Return debts, the day of their last payment, a horizon, and a day between the two."""
    portfolio = draw(st.lists(debts(), max_size=most))
    first = min((debt.due_on for debt in portfolio), default=START)
    through = draw(st.dates(first, date(2027, 6, 30)))
    known_on = max(
        (receipt.on for debt in portfolio for receipt in debt.receipts if receipt.on <= through), default=first
    )
    return Asked(portfolio, known_on, draw(st.dates(known_on, through)), through)


def equals_the_law(asked: Asked) -> None:
    named = [(f"F{number}", debt) for number, debt in enumerate(asked.portfolio)]
    segments = segment_columns(
        ((name, FRANCE.accrual(debt, asked.through)) for name, debt in named),
        known_on=asked.known_on,
        through=asked.through,
        currency="EUR",
    )
    answers = [(name, FRANCE.accrual(debt, asked.on)) for name, debt in named]
    accrued = accrue(segments, asked.on)
    assert list(accrued.amounts()) == [(name, answer.late_interest) for name, answer in answers]
    assert accrued.total.minor == sum(answer.late_interest.minor for _, answer in answers)
    assert segments.bears_interest(asked.on).tolist() == [answer.through == asked.on for _, answer in answers]


@given(portfolios(most=1))
def test_a_debt_in_columns_owes_what_the_law_says_on_every_later_day(asked: Asked) -> None:
    equals_the_law(asked)


@given(portfolios(most=5))
def test_a_portfolio_in_columns_owes_what_the_law_says_debt_by_debt(asked: Asked) -> None:
    equals_the_law(asked)


def test_a_debt_followed_for_a_year_owes_what_the_law_says_every_day() -> None:
    debt = Debt(
        item_id="F2025-118",
        due_on=date(2025, 9, 30),
        principal_minor=1_250_000,
        receipts=(Receipt(date(2025, 11, 14), 300_000), Receipt(date(2025, 12, 31), 250_000)),
        currency="EUR",
        debtor_kind=DebtorKind.BUSINESS,
        creditor_is_natural_person=False,
        notice_on=None,
        insolvency_opened_on=None,
        imputation=Imputation.INTEREST_FIRST,
    )
    known_on = date(2025, 12, 31)
    segments = segment_columns(
        [("F2025-118", FRANCE.accrual(debt, HORIZON))], known_on=known_on, through=HORIZON, currency="EUR"
    )
    for offset in range(366):
        day = known_on + offset * ONE_DAY
        assert accrue(segments, day).total == FRANCE.accrual(debt, day).late_interest


def columns(rows: list[tuple[int, int, int, int, int, int]], items: int, **changed: Any) -> SegmentColumns:  # noqa: ANN401  # one argument of of_arrays, valid or not
    """Return columns of rows given as item, first day, length, base, rate and divisor; days are counted from START."""
    start = START.toordinal()
    arguments: dict[str, Any] = {
        "item_ids": [f"F{number}" for number in range(items)],
        "item": [row[0] for row in rows],
        "from_": [start + row[1] for row in rows],
        "until": [start + row[1] + row[2] for row in rows],
        "base_minor": [row[3] for row in rows],
        "rate_ppm": [row[4] for row in rows],
        "divisor": [row[5] for row in rows],
        "extinguished_minor": [0] * items,
        "known_on": START,
        "through": HORIZON,
        "currency": "EUR",
    }
    return SegmentColumns.of_arrays(**(arguments | changed))


def owed(segments: SegmentColumns, on: date) -> list[int]:
    minor = accrue(segments, on).owed_minor
    assert minor.dtype == np.int64
    amounts: list[int] = minor.tolist()
    return amounts


@st.composite
def raw_rows(draw: st.DrawFn) -> list[tuple[int, int, int, int, int, int]]:
    """Return rows of up to six items, in any order, some items without any, some products beyond 64 bits."""
    divisors = draw(st.sampled_from(((365,), (360, 365, 366))))
    rows = []
    for item in draw(st.lists(st.integers(0, 5), unique=True)):
        first = draw(st.integers(0, 60))
        for _ in range(draw(st.integers(0, 5))):
            length = draw(st.integers(1, 120))
            base, rate = draw(st.integers(0, 10**17)), draw(st.integers(0, 200_000))
            rows.append((item, first, length, base, rate, draw(st.sampled_from(divisors))))
            first += length + draw(st.sampled_from((0, 0, 7)))
    return draw(st.permutations(rows))


@given(raw_rows(), st.integers(0, 729), st.sampled_from((1, 3, 1 << 17)))
def test_every_item_gets_the_sum_of_its_rows_in_fractions(
    rows: list[tuple[int, int, int, int, int, int]], offset: int, chunk: int
) -> None:
    expected = [0] * 6
    for item, first, length, base, rate, divisor in rows:
        days = min(length, max(0, offset + 1 - first))
        expected[item] += floor(Fraction(base * rate * days, divisor * 1_000_000) + Fraction(1, 2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "_CHUNK", chunk)
        assert owed(columns(rows, 6), START + offset * ONE_DAY) == expected


def test_halves_go_up_and_what_is_below_goes_down() -> None:
    # 10 % of b cents over 365 days of 365 is b / 10 cents: 0.5, 1.5, 2.5 cents, and 0.4.
    rows = [(item, 0, 365, base, 100_000, 365) for item, base in enumerate((5, 15, 25, 4))]
    assert owed(columns(rows, 4), START + 364 * ONE_DAY) == [1, 2, 3, 0]


def test_halves_go_up_where_each_segment_has_its_own_divisor() -> None:
    # 10 % over 36 of 360 days, 73 of 365, 183 of 366: one hundredth, one fiftieth, one twentieth of the base.
    rows = [(0, 0, 36, 150, 100_000, 360), (1, 0, 73, 125, 100_000, 365), (2, 0, 183, 70, 100_000, 366)]
    assert owed(columns(rows, 3), START + 200 * ONE_DAY) == [2, 3, 4]


def test_a_segment_is_cut_at_the_day_asked_which_counts() -> None:
    # 36.50 % of 1 000.00: one euro a day.
    segments = columns([(0, 10, 30, 100_000, 365_000, 365)], 1)
    assert [owed(segments, START + offset * ONE_DAY)[0] for offset in (9, 10, 11, 39, 40)] == [0, 100, 200, 3000, 3000]


def test_a_cent_and_the_largest_amounts_are_summed_to_the_cent() -> None:
    # At 12.40 % over 730 of 365 days, twice 0.124 of the base: 0.248 cent; 24 799 999.997 52 €, and
    # 247 999 999 999 999.997 52 €, both to the cent above.
    rows = [(item, 0, 730, base, 124_000, 365) for item, base in enumerate((1, 9_999_999_999, 99_999_999_999_999_999))]
    segments = columns(rows, 3)
    assert segments.rows.wide.tolist() == [2]
    assert owed(segments, HORIZON) == [0, 2_480_000_000, 24_800_000_000_000_000]


def test_the_largest_product_of_64_bits_stays_in_columns_and_the_next_does_not() -> None:
    # 365 days at 100 % of the base: the sum is the base, and base * 365 000 000 + 182 500 000 must stay below 2^63.
    largest = (2**63 - 1 - 182_500_000) // 365_000_000
    segments = columns([(item, 0, 365, base, 1_000_000, 365) for item, base in enumerate((largest, largest + 1))], 2)
    assert segments.rows.wide.tolist() == [1]
    assert owed(segments, HORIZON) == [largest, largest + 1]


def test_the_half_that_rounds_may_not_wrap_either() -> None:
    # One day at 100 % is the base over 365; 9 223 372 036 854 = 365 * 25 269 512 429 + 269, and 269 is above the half.
    base = 9_223_372_036_854
    assert base * 1_000_000 < 2**63 <= base * 1_000_000 + 182_500_000
    assert owed(columns([(0, 0, 1, base, 1_000_000, 365)], 1), HORIZON) == [25_269_512_430]


def test_a_base_without_rate_owes_nothing_however_large_it_is() -> None:
    assert owed(columns([(0, 0, 730, 2**63 - 1, 0, 365)], 1), HORIZON) == [0]


def test_interest_beyond_64_bits_is_refused_when_the_columns_are_made() -> None:
    # A hundred per cent over two years is twice the base.
    assert owed(columns([(0, 0, 730, 2**62 - 1, 1_000_000, 365)], 1), HORIZON) == [2**63 - 2]
    with pytest.raises(InvalidInput, match=r"item_ids\[0\]: its interest reaches 9223372036854775808 minor units"):
        columns([(0, 0, 730, 2**62, 1_000_000, 365)], 1)


def test_a_total_beyond_64_bits_is_refused_where_each_item_fits() -> None:
    rows = [(item, 0, 365, 2**62, 1_000_000, 365) for item in range(2)]
    assert accrue(columns(rows[:1], 1), HORIZON).total == Money.from_minor(2**62, "EUR")
    with pytest.raises(InvalidInput, match="9223372036854775808 minor units"):
        _ = accrue(columns(rows, 2), HORIZON).total


def test_no_item_and_items_without_rows_owe_nothing() -> None:
    assert accrue(columns([], 0), START).total == Money.zero("EUR")
    assert owed(columns([], 3), START) == [0, 0, 0]
    assert owed(columns([(1, 0, 365, 1000, 100_000, 365)], 3), HORIZON) == [0, 100, 0]


def test_an_item_bears_interest_on_the_days_its_segments_count() -> None:
    segments = columns([(1, 10, 20, 1000, 124_000, 365), (1, 40, 5, 1000, 124_000, 365)], 2)
    bearing = [offset for offset in range(60) if segments.bears_interest(START + offset * ONE_DAY).tolist()[1]]
    assert bearing == [*range(10, 30), *range(40, 45)]
    assert not segments.bears_interest(START + 12 * ONE_DAY)[0]


def test_extinguished_interest_is_taken_off() -> None:
    # One euro a day from the first day: 31.00 on 31 January, of which 12.34 were paid by then.
    rows = [(0, 0, 365, 100_000, 365_000, 365)]
    segments = columns(rows, 1, extinguished_minor=[1_234], known_on=date(2025, 1, 31))
    assert owed(segments, date(2025, 1, 31)) == [3_100 - 1_234]


def test_columns_are_copies_that_nobody_can_change() -> None:
    base = np.array([100_000])
    segments = columns([(0, 0, 365, 1, 365_000, 365)], 1, base_minor=base)
    base[0] = 0
    assert owed(segments, START) == [100]
    answered = accrue(segments, START)
    for array in (*segments.rows[:6], segments.extinguished_minor, answered.owed_minor):
        assert isinstance(array, np.ndarray)
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_columns_taken_from_a_store_give_the_same_sums() -> None:
    segments = columns([(1, 0, 200, 777, 99_999, 360), (0, 5, 300, 12_345, 124_000, 366)], 2)
    rows = segments.rows
    kept = SegmentColumns.of_arrays(
        item_ids=segments.item_ids,
        item=rows.item,
        from_=rows.from_.astype(np.int32),
        until=rows.until.astype(np.uint32),
        base_minor=rows.base_minor.astype(np.uint64),
        rate_ppm=rows.rate_ppm,
        divisor=rows.divisor.astype(np.int16),
        extinguished_minor=segments.extinguished_minor,
        known_on=segments.known_on,
        through=segments.through,
        currency=segments.currency,
    )
    assert owed(kept, HORIZON) == owed(segments, HORIZON)


ROWS = [(0, 0, 30, 1000, 124_000, 365), (0, 30, 30, 1000, 124_000, 365)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"base_minor": [1000]}, r"base_minor: an array of shape \(1,\)"),
        ({"item": [[0, 0]]}, r"item: an array of shape \(1, 2\)"),
        ({"item": [[0], [0, 0]]}, "item: rows of unequal length"),
        ({"base_minor": [10.0, 10.0]}, "base_minor: values of type float64"),
        ({"rate_ppm": [True, True]}, "rate_ppm: values of type bool"),
        ({"base_minor": [1, 2**64]}, "base_minor: values of type object"),
        (
            {"base_minor": np.array([1, 2**63], dtype=np.uint64)},
            r"base_minor\[1\]: 9223372036854775808 is out of bounds",
        ),
        ({"base_minor": [1, -1]}, r"base_minor\[1\]: -1 is out of bounds"),
        ({"rate_ppm": [-1, 1]}, r"rate_ppm\[0\]: -1 is out of bounds"),
        ({"rate_ppm": [1, 1_000_000_001]}, r"rate_ppm\[1\]: 1000000001 is out of bounds"),
        ({"divisor": [365, 364]}, r"divisor\[1\]: 364 is out of bounds"),
        ({"item": [0, 1]}, r"item\[1\]: 1 is out of bounds"),
        ({"item": [-1, 0]}, r"item\[0\]: -1 is out of bounds"),
        ({"from_": [20_454, 739_282]}, r"from_\[0\]: 20454 is out of bounds"),
        ({"from_": [739_252, 739_312]}, r"until\[1\]: 739312 is out of bounds"),
        ({"through": date(2025, 2, 28)}, r"until\[1\]: 739312 is out of bounds.*through 2025-02-28"),
        ({"from_": [739_252, 739_281]}, "item F0: two segments count 2025-01-30"),
        ({"extinguished_minor": [-1]}, r"extinguished_minor\[0\]: -1 is out of bounds"),
        ({"extinguished_minor": [1]}, r"extinguished_minor\[0\]: 1 is out of bounds.*2025-01-01: check known_on"),
        ({"extinguished_minor": [0, 0]}, r"extinguished_minor: an array of shape \(2,\)"),
        ({"known_on": date(2027, 1, 1)}, "known_on, through: 2027-01-01 to 2026-12-31"),
        ({"through": date(9999, 12, 31)}, "known_on, through: 2025-01-01 to 9999-12-31"),
        ({"currency": "eur"}, "currency: 'eur' is not an ISO 4217 code"),
        ({"item_ids": [""]}, r"item_ids\[0\]: '' names no item"),
        ({"item_ids": [7]}, r"item_ids\[0\]: 7 names no item"),
        ({"item_ids": ["A", "A"], "extinguished_minor": [0, 0]}, r"item_ids\[1\]: 'A' comes twice"),
    ],
)
def test_faulty_arrays_are_refused_by_name_and_row(changed: dict[str, object], message: str) -> None:
    assert owed(columns(ROWS, 1), START) == [0]  # 1 000 cents at 12.40 % over one day: 0.34 cent
    with pytest.raises(InvalidInput, match=message):
        columns(ROWS, 1, **changed)


def test_more_rows_than_a_sum_can_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recouvrement.adapters.bulk.columns.MAX_ROWS", 1)
    with pytest.raises(InvalidInput, match="item: 2 segments"):
        columns(ROWS, 1)


@pytest.mark.parametrize("on", [START - ONE_DAY, HORIZON + ONE_DAY])
def test_a_day_the_columns_do_not_answer_for_is_refused(on: date) -> None:
    with pytest.raises(InvalidInput, match=f"on: {on} is not between 2025-01-01 and 2026-12-31"):
        accrue(columns(ROWS, 1), on)


def accrual(base: int, *, rate: str = "12.40", late_interest: int = 0, currency: str = "EUR") -> Accrual:
    """Return an account of 365 days at one rate, whose interest the test gives."""
    counted = CountedDays(START, date(2026, 1, 1), base, Decimal(rate), DayCount.ACTUAL_365, late_interest, SOURCE)
    reasons = (Reason.of("penalties_between_businesses", Authority.LAW),)
    return Accrual("F1", currency, base, late_interest, (counted,), (), reasons, ())


def test_the_largest_money_goes_from_segment_to_columns() -> None:
    largest = Money.of("999999999999999.99", "EUR")
    # 12.40 % of it over a whole year: 123 999 999 999 999.998 76 €.
    interest = Money.of("124000000000000.00", "EUR")
    segments = segment_columns(
        [("F1", accrual(largest.minor, late_interest=interest.minor))], known_on=START, through=HORIZON, currency="EUR"
    )
    assert list(accrue(segments, HORIZON).amounts()) == [("F1", interest)]


def test_the_decimal_context_of_the_host_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 2
        segments = segment_columns(
            [("F1", accrual(100_000, rate="10.1234"))], known_on=START, through=HORIZON, currency="EUR"
        )
    assert segments.rows.rate_ppm.tolist() == [101_234]


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        (accrual(1_000, currency="USD"), "item F1: its account is in USD, not in EUR"),
        (accrual(2**63), "item F1: an amount of 9223372036854775808 minor units"),
        (accrual(1, rate="12.34567"), "item F1: a rate of 12.34567 % is no whole number of millionths"),
        (
            accrual(1)._replace(imputed=(ImputedPayment(date(2025, 3, 3), 1, 0, 1, 0),)),
            "item F1: a payment of 2025-03-03 comes after known_on, 2025-01-01",
        ),
    ],
)
def test_an_account_columns_cannot_hold_is_refused_by_item(faulty: Accrual, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        segment_columns([("F1", faulty)], known_on=START, through=HORIZON, currency="EUR")


def test_an_account_made_beyond_the_horizon_is_refused() -> None:
    with pytest.raises(InvalidInput, match="item F1: its account goes through 2025-12-31, beyond 2025-12-30"):
        segment_columns([("F1", accrual(1))], known_on=START, through=date(2025, 12, 30), currency="EUR")


def test_the_package_is_imported_without_numpy() -> None:
    code = "import sys, recouvrement, recouvrement.cli.main; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
