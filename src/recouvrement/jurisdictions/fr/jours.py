"""Public holidays of metropolitan France and working days."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

_ONE_DAY = timedelta(days=1)
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day of the eight holidays with a fixed date."""
_AFTER_EASTER = (1, 39, 50)
"""Days from Easter Sunday to Easter Monday, Ascension and Whit Monday."""


@lru_cache(maxsize=512)
def public_holidays(year: int) -> frozenset[date]:
    """Return the eleven national public holidays of a year, as the list stands since 1982.

    Local ones (Good Friday and 26 December in Alsace-Moselle, the days of abolition overseas) are left out.

    >>> sorted(public_holidays(2026))[1:3]
    [datetime.date(2026, 4, 6), datetime.date(2026, 5, 1)]

    Sources:
        C. trav. art. L3133-1.
    """
    sunday = easter(year)
    return frozenset(
        {date(year, month, day) for month, day in _FIXED} | {sunday + timedelta(days=days) for days in _AFTER_EASTER}
    )


def is_working_day(day: date) -> bool:
    """Return whether the day is neither a Saturday, a Sunday nor a public holiday (the days of CPC art. 642).

    >>> is_working_day(date(2026, 5, 14)), is_working_day(date(2026, 5, 15))
    (False, True)
    """
    return day.weekday() < 5 and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """Return ``day`` itself if it is worked, else the next day that is.

    >>> next_working_day(date(2026, 12, 25))
    datetime.date(2026, 12, 28)
    """
    while not is_working_day(day):
        day += _ONE_DAY
    return day
