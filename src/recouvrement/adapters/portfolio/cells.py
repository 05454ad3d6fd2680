"""Dates and amounts as French firms write them in a spreadsheet; whatever could be read in two ways is refused."""

import re
from datetime import date

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.money import Money
from recouvrement.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""A year outside these is a slip of the keyboard, not a date of a receivable."""

_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPACES = " \u00a0\u202f\u2009"
_AMOUNT = re.compile(
    rf"(?P<sign>[-\u2212]?)(?P<whole>[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]+)(?:[.,](?P<decimals>[0-9]+))?"
    rf"[{_SPACES}]*(?P<currency>€|[A-Za-z]{{3}})?"
)


def parse_date(text: str, *, where: str, first_year: int = FIRST_YEAR) -> date:
    """Return the day written ``31/12/2026`` (day first) or ``2026-12-31``.

    Raises ``InvalidInput`` for anything else, a two-digit year and a time of day included.

    >>> parse_date("31/12/2026", where="factures.csv:2"), parse_date("2026-12-31", where="factures.csv:2")
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))
    """
    stripped = text.strip()
    if found := _DAY_FIRST.fullmatch(stripped):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.fullmatch(stripped):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise InvalidInput(
            where=where, found=f"{text!r} is not a date", hint="Write it like 31/12/2026 (day first) or 2026-12-31."
        )
    if not first_year <= year <= LAST_YEAR:
        raise InvalidInput(
            where=where,
            found=f"{text!r} is in the year {year}",
            hint=f"Write a year between {first_year} and {LAST_YEAR}.",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidInput(
            where=where,
            found=f"{text!r} is not a day of the calendar",
            hint="Write an existing day, day first, like 28/02/2026.",
        ) from None


def parse_amount(text: str, currency: str, *, where: str) -> Money:
    """Return the amount written ``1 250,50``, ``1250.50`` or ``1 250,50 €``; spaces may be no-break or narrow.

    A comma or a point is always the decimal separator, so ``1.250`` has three decimals and is refused, unless the
    currency has three. Raises ``InvalidInput`` for that, for a thousands separator other than a space, for an exponent,
    and for a currency written beside the amount that is not the one of the row.

    >>> parse_amount("1 250,50 €", "EUR", where="factures.csv:2")
    Money('1250.50', 'EUR')
    """
    if currency not in DECIMALS:
        raise InvalidInput(
            where=where, found=f"{currency!r} is not an ISO 4217 code", hint="Write three capitals, such as EUR."
        )
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise InvalidInput(
            where=where,
            found=f"{text!r} is not an amount",
            hint="Write it like 1 250,50 or 1250.50: a space between thousands, a comma or a point before the cents.",
        )
    decimals = found["decimals"] or ""
    if len(decimals) > max(DECIMALS[currency], 2) or len(decimals.rstrip("0")) > DECIMALS[currency]:
        raise InvalidInput(
            where=where,
            found=f"{text!r} has {len(decimals)} decimals, {currency} has {DECIMALS[currency]}",
            hint="Round it to the cent yourself, or write thousands with a space: 1 250 rather than 1.250.",
        )
    written = (found["currency"] or currency).upper().replace("€", "EUR")
    if written != currency:
        raise InvalidInput(
            where=where,
            found=f"{text!r} is in {written}, the row is in {currency}",
            hint="Fill the devise column with the currency of the amount.",
        )
    whole = re.sub(rf"[{_SPACES}]", "", found["whole"])
    sign = "-" if found["sign"] else ""
    try:
        # Counted in minor units so that -0 becomes 0.
        return Money.from_minor(Money.of(f"{sign}{whole}.{decimals or '0'}", currency).minor, currency)
    except InvalidInput as fault:
        raise InvalidInput(where=where, found=fault.found, hint=fault.hint) from None


def parse_currency(text: str, *, where: str) -> str:
    """Return the currency code, in capitals; ``€`` is read as EUR."""
    code = text.strip().upper().replace("€", "EUR")
    if code not in DECIMALS:
        raise InvalidInput(
            where=where, found=f"{text!r} is not an ISO 4217 code", hint="Write three capitals, such as EUR or CHF."
        )
    return code
