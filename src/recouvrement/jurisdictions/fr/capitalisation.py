"""Compounding: interest due for at least one whole year may itself bear interest (C. civ. art. 1343-2)."""

from datetime import date
from functools import cache

from recouvrement.domain.calendar import MonthEnd, add_years
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source


def next_capitalisation(since: date, allowed_from: date) -> date:
    """Return the next day on which interest that has run since a day may itself bear interest.

    It is the day on which, at last, that interest has run for one whole year and the contract or the demand made in
    court allows it; then each anniversary, without a new demand. A payment of interest begins the year again: what it
    leaves is younger. A year begun on 29 February is whole on 1 March.

    >>> next_capitalisation(date(2024, 2, 29), date(2023, 1, 1))
    datetime.date(2025, 3, 1)
    >>> next_capitalisation(date(2023, 1, 1), date(2024, 9, 15))
    datetime.date(2024, 9, 15)

    Sources:
        C. civ. art. 1343-2 (ex 1154); CAA Lyon 8 Dec. 2022, n° 21LY00560.
    """
    return max(add_years(since, 1, MonthEnd.OVERFLOW), allowed_from)


@cache
def compounding_reason(allowed_from: date) -> Reason:
    """Return why interest bears interest."""
    source = Source(article="C. civ. art. 1343-2", confidence=Confidence.VERIFIED)
    return Reason.of("interest_compounded", Authority.CONTRACT, {"allowed_from": allowed_from}, source=source)


@cache
def anniversaries_doubt() -> Doubt:
    """Return the doubt on the anniversaries after the first: no text read says that no new demand is needed."""
    source = Source(article="C. civ. art. 1343-2", confidence=Confidence.FROM_MEMORY)
    return Doubt.of("compounding_anniversaries", Authority.LAW, source=source)


@cache
def put_off_doubt() -> Doubt:
    """Return the doubt on what a payment leaves: how old that interest is, no text read says."""
    source = Source(article="C. civ. art. 1343-2", confidence=Confidence.UNSETTLED)
    return Doubt.of("compounding_after_payment", Authority.LAW, source=source)
