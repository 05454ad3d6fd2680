"""The reference rates of one half-year, as an answer."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Confidence, Source

FROM_FIRM_TO_WEAK: Final = (
    Confidence.VERIFIED,
    Confidence.TEXT_READ,
    Confidence.COMMENTARY,
    Confidence.DERIVED,
    Confidence.SINGLE,
    Confidence.SECONDARY,
    Confidence.FROM_MEMORY,
    Confidence.UNSETTLED,
    Confidence.UNVERIFIED,
)
"""The marks in the order of what they are worth."""


HIGHEST_ENTERED: Final = Decimal(30)
"""Per cent a year; a higher figure, entered by an operator, is a slip. Since 1999 the highest rate was 8.16."""


class RateSource(NamedTuple):
    """One dated value, and the rates of a sheet that rest on it."""

    rates: tuple[str, ...]
    """Names of fields of ``RateSheet``."""
    source: Source
    addresses: tuple[str, ...]
    """Where the value was read."""


class RateSheet(NamedTuple):
    """Rates in force in a half-year; ``None`` where the law of that time had no such rate. Per cent a year."""

    period: str
    """``2026S2``: second half of 2026."""
    from_: date
    until: date
    """First day of the next half-year."""
    ecb_mro: Decimal
    """ECB main refinancing rate on the first day of the half-year."""
    business_default: Decimal | None
    """Owed between businesses on that day where no valid clause sets another rate."""
    business_clause_floor: Decimal | None
    """Least rate a clause between businesses may set; the default rate may be lower."""
    public: Decimal | None
    """Owed by public bodies for a delay that begins in the half-year."""
    legal_individual: Decimal
    """Legal interest rate, creditor a natural person not acting for professional needs."""
    legal_other: Decimal
    """Legal interest rate of every other creditor."""
    confidence: Confidence
    """The weakest mark among the values used."""
    sources: tuple[RateSource, ...]
    doubts: tuple[Doubt, ...]


def half_year_name(day: date) -> str:
    """Return the name of the half-year of a day.

    >>> half_year_name(date(2026, 6, 30)), half_year_name(date(2026, 7, 1))
    ('2026S1', '2026S2')
    """
    return f"{day.year}S{1 if day.month <= 6 else 2}"


def weakest(marks: Iterable[Confidence]) -> Confidence:
    """Return the mark that is worth least.

    >>> weakest([Confidence.VERIFIED, Confidence.SECONDARY, Confidence.SINGLE]).value
    'secondary'
    """
    return max(marks, key=FROM_FIRM_TO_WEAK.index)
