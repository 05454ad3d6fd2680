"""Months are added with the month-end rule named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement import Interval, InvalidInput, MonthEnd
from recouvrement.domain.calendar import (
    add_months,
    add_years,
    end_of_month,
    half_year_start,
    next_half_year_start,
)


@pytest.mark.parametrize(
    ("day", "months", "rule", "expected"),
    [
        (date(2026, 1, 31), 1, MonthEnd.CLAMP, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, MonthEnd.CLAMP, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, MonthEnd.OVERFLOW, date(2026, 3, 1)),
        (date(2026, 8, 31), 6, MonthEnd.CLAMP, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, MonthEnd.CLAMP, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, MonthEnd.CLAMP, date(2026, 2, 28)),
        (date(2026, 5, 15), 12, MonthEnd.REFUSE, date(2027, 5, 15)),
    ],
)
def test_months_end_as_the_rule_says(day: date, months: int, rule: MonthEnd, expected: date) -> None:
    assert add_months(day, months, rule) == expected


def test_a_missing_day_is_refused_when_asked() -> None:
    with pytest.raises(InvalidInput):
        add_months(date(2026, 1, 31), 1, MonthEnd.REFUSE)
    with pytest.raises(InvalidInput):
        add_years(date(2024, 2, 29), 1, MonthEnd.REFUSE)


def test_an_interval_excludes_its_end_and_may_be_open() -> None:
    half = Interval(date(2026, 1, 1), date(2026, 7, 1))
    assert date(2026, 1, 1) in half
    assert date(2026, 7, 1) not in half
    assert date(1999, 1, 1) in Interval(None, date(2000, 1, 1))
    assert Interval(date(2026, 1, 1), None).days is None


@given(st.dates(date(1999, 1, 1), date(2100, 1, 1)))
def test_half_years_follow_each_other(day: date) -> None:
    start, after = half_year_start(day), next_half_year_start(day)
    assert start <= day < after
    assert half_year_start(after) == after
    assert end_of_month(day).month == day.month
