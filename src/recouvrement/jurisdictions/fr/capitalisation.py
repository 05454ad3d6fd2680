"""Compounding: interest due for at least one whole year may itself bear interest (C. civ. art. 1343-2)."""

from datetime import date
from functools import cache

from recouvrement.domain.calendar import MonthEnd, add_years
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source


def capitalisation_days(first_day: date, allowed_from: date, until: date) -> tuple[date, ...]:
    """Return the days before ``until`` on which the interest accrued so far begins to bear interest.

    The first is the day on which, at last, interest has run for one whole year and the contract or the demand made in
    court allows it; the next ones are its anniversaries, without a new demand. A year begun on 29 February is whole on
    1 March.

    >>> capitalisation_days(date(2023, 1, 1), date(2023, 1, 1), date(2025, 6, 30))
    (datetime.date(2024, 1, 1), datetime.date(2025, 1, 1))
    >>> capitalisation_days(date(2023, 1, 1), date(2024, 9, 15), date(2025, 6, 30))
    (datetime.date(2024, 9, 15),)

    Sources:
        C. civ. art. 1343-2 (ex 1154); CAA Lyon 8 Dec. 2022, n° 21LY00560.
    """
    first = max(add_years(first_day, 1, MonthEnd.OVERFLOW), allowed_from)
    days: list[date] = []
    day = first
    while day < until:
        days.append(day)
        day = add_years(first, len(days), MonthEnd.OVERFLOW)
    return tuple(days)


@cache
def compounding_reason(allowed_from: date) -> Reason:
    """Return why interest bears interest."""
    source = Source(article="C. civ. art. 1343-2", confidence=Confidence.VERIFIED)
    return Reason.of("interest_compounded", Authority.CONTRACT, {"allowed_from": allowed_from}, source=source)


@cache
def anniversaries_doubt() -> Doubt:
    """Return the doubt on the anniversaries after the first: no text read says that no new demand is needed."""
    source = Source(article="C. civ. art. 1343-2", confidence=Confidence.FROM_MEMORY)
    reason = Reason.of("compounding_anniversaries", Authority.LAW, source=source)
    return Doubt(code="compounding_anniversaries", reason=reason)
