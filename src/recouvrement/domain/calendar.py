"""Civil dates: half-open intervals, and months added with the month-end rule named."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from recouvrement.errors import InvalidInput


class MonthEnd(StrEnum):
    """What becomes of a day number that the month reached does not have (31 January + 1 month)."""

    CLAMP = "clamp"
    """The last day of that month: 28 or 29 February."""
    OVERFLOW = "overflow"
    """The first day of the next month: 1 March."""
    REFUSE = "refuse"
    """An error: the caller must decide."""


class Interval(NamedTuple):
    """A run of days: ``from_`` is in, ``until`` is out; ``None`` means no bound on that side.

    >>> Interval(date(2026, 1, 1), date(2026, 7, 1)).days
    181
    >>> date(2026, 7, 1) in Interval(date(2026, 1, 1), date(2026, 7, 1))
    False
    """

    from_: date | None
    until: date | None

    def __contains__(self, day: object) -> bool:
        return (
            isinstance(day, date)
            and (self.from_ is None or day >= self.from_)
            and (self.until is None or day < self.until)
        )

    @property
    def days(self) -> int | None:
        """Days in the interval, or ``None`` when a bound is missing."""
        return None if self.from_ is None or self.until is None else (self.until - self.from_).days


def add_months(day: date, months: int, month_end: MonthEnd) -> date:
    """Return the day that many months later (earlier if negative), with the stated month-end rule.

    Raises ``InvalidInput`` under ``MonthEnd.REFUSE`` when the day number is missing in the month reached.

    >>> add_months(date(2026, 1, 31), 1, MonthEnd.CLAMP), add_months(date(2026, 1, 31), 1, MonthEnd.OVERFLOW)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 1))
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    if day.day <= last:
        return date(year, month0 + 1, day.day)
    if month_end is MonthEnd.CLAMP:
        return date(year, month0 + 1, last)
    if month_end is MonthEnd.OVERFLOW:
        return date(year, month0 + 1, last) + timedelta(days=1)
    raise InvalidInput(
        where="month end",
        found=f"{day.isoformat()} plus {months} months has no day {day.day}",
        hint="Choose MonthEnd.CLAMP or MonthEnd.OVERFLOW.",
    )


def add_years(day: date, years: int, month_end: MonthEnd) -> date:
    """Return the same day number that many years later; only 29 February needs the month-end rule.

    >>> add_years(date(2024, 2, 29), 5, MonthEnd.CLAMP)
    datetime.date(2029, 2, 28)
    """
    return add_months(day, 12 * years, month_end)


def end_of_month(day: date) -> date:
    """Return the last day of the month of ``day``.

    >>> end_of_month(date(2024, 2, 3))
    datetime.date(2024, 2, 29)
    """
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def end_of_decade(day: date) -> date:
    """Return the last day of the ten-day block of ``day``: the 10th, the 20th or the last day of its month.

    >>> end_of_decade(date(2026, 3, 12)), end_of_decade(date(2026, 2, 21))
    (datetime.date(2026, 3, 20), datetime.date(2026, 2, 28))
    """
    return day.replace(day=10 if day.day <= 10 else 20) if day.day <= 20 else end_of_month(day)


def half_year_start(day: date) -> date:
    """Return the 1 January or 1 July on which the half-year of ``day`` began.

    >>> half_year_start(date(2026, 6, 30)), half_year_start(date(2026, 7, 1))
    (datetime.date(2026, 1, 1), datetime.date(2026, 7, 1))
    """
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def next_half_year_start(day: date) -> date:
    """Return the first 1 January or 1 July after ``day``.

    >>> next_half_year_start(date(2026, 7, 1))
    datetime.date(2027, 1, 1)
    """
    return date(day.year, 7, 1) if day.month <= 6 else date(day.year + 1, 1, 1)


def next_weekday(day: date) -> date:
    """Return the day, or the Monday after it; of holidays nothing is asked.

    >>> next_weekday(date(2026, 11, 20)), next_weekday(date(2026, 11, 21))
    (datetime.date(2026, 11, 20), datetime.date(2026, 11, 23))
    """
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
