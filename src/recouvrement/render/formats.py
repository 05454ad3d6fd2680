"""French formats: amounts, dates, rates, counts and identifiers, always with an explicit locale.

Spaces inside a formatted value are no-break ones (U+202F between thousands, U+00A0 elsewhere), so that no line ends in
the middle of an amount or a date.
"""

from datetime import date
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import (
    format_decimal,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    get_minus_sign_symbol,
)

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.exact import EXACT
from recouvrement.domain.money import Money

LOCALE = "fr_FR"
NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"


def money(amount: Money) -> str:
    """Return the amount as it is printed in a letter.

    >>> money(Money.of("1250.50", "EUR")).replace(NARROW_NO_BREAK, " ").replace(NO_BREAK, " ")
    '1 250,50 €'
    """
    return _in_figures_of(amount, _figures_of(amount.currency))


class _Figures(NamedTuple):
    """How the amounts of a currency are written."""

    unit: int
    decimals: int
    """Those of ISO 4217, not those of CLDR: Babel prints 1 234,50 ariarys without their cents."""
    group: str
    point: str
    minus: str
    symbol: str


# Babel has the signs; putting an amount together, it takes 40 µs, a third of the time of a whole letter.
@cache
def _figures_of(currency: str) -> _Figures:
    decimals = DECIMALS[currency]
    return _Figures(
        unit=10**decimals,
        decimals=decimals,
        group=get_group_symbol(LOCALE),
        point=get_decimal_symbol(LOCALE),
        minus=get_minus_sign_symbol(LOCALE),
        symbol=f"{NO_BREAK}{get_currency_symbol(currency, LOCALE)}",
    )


def _in_figures_of(amount: Money, written: _Figures) -> str:
    units, rest = divmod(abs(amount.minor), written.unit)
    sign = written.minus if amount.minor < 0 else ""
    decimals = f"{written.point}{rest:0{written.decimals}}" if written.decimals else ""
    return f"{sign}{f'{units:,}'.replace(',', written.group)}{decimals}{written.symbol}"


def whole_money(amount: Money) -> str:
    """Return the amount without decimals when it has none, as a share capital is printed: ``10 000 €``."""
    written = _figures_of(amount.currency)
    if amount.minor % written.unit:
        return money(amount)
    whole = Money.from_minor(amount.minor // written.unit, amount.currency)
    return _in_figures_of(whole, written._replace(unit=1, decimals=0))


# Babel rounds in the decimal context of the host program, which may have any precision and any trap.
def _in_figures(number: Decimal | int, pattern: str) -> str:
    with localcontext(EXACT):
        return str(format_decimal(number, format=pattern, locale=LOCALE))


@lru_cache(maxsize=4096)
def long_date(day: date) -> str:
    """Return the date in full; the first of a month is an ordinal.

    >>> long_date(date(2026, 12, 1)).replace(NO_BREAK, " "), long_date(date(2026, 11, 23)).replace(NO_BREAK, " ")
    ('1er décembre 2026', '23 novembre 2026')
    """
    written = str(format_date(day, "d MMMM y", locale=LOCALE))
    if day.day == 1:
        written = f"1er{written.removeprefix('1')}"
    return written.replace(" ", NO_BREAK)


def short_date(day: date) -> str:
    """Return the date in figures, for tables: ``01/12/2026``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


@lru_cache(maxsize=1024)
def rate(per_cent: Decimal) -> str:
    """Return a rate in per cent with two decimals at least: ``12,40 %``."""
    return f"{_in_figures(per_cent, '#,##0.00######')}{NO_BREAK}%"


@lru_cache(maxsize=4096)
def count(number: int, one: str, many: str) -> str:
    """Return a number and its noun; 0 and 1 take the singular, as French does.

    >>> [count(n, "jour", "jours").replace(NO_BREAK, " ") for n in (0, 1, 12)]
    ['0 jour', '1 jour', '12 jours']
    """
    return f"{_in_figures(number, '#,##0')}{NO_BREAK}{one if number in (0, 1) else many}"


def grouped(code: str, size: int) -> str:
    """Return an identifier in groups: three for a SIREN, four for an IBAN.

    >>> grouped("000123455", 3).replace(NO_BREAK, " ")
    '000 123 455'
    """
    return NO_BREAK.join(code[start : start + size] for start in range(0, len(code), size))


def unbroken(text: str) -> str:
    """Return the text with no-break spaces, so that it stays whole in a table cell."""
    return text.replace(" ", NO_BREAK)
