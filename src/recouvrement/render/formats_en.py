"""English formats, as British lawyers write them: ``€1,250.50``, ``1 December 2026``, ``12.40%``, ``12 days``.

The euro has its sign before the amount; any other currency its ISO code, because ``$`` and ``£`` are the signs of
several. Months are in letters even in tables: 01/12/2026 is two different days on the two sides of the Atlantic.
"""

import re
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache

from recouvrement.domain.exact import EXACT
from recouvrement.domain.money import Money
from recouvrement.render.formats import NO_BREAK, unbroken

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def money(amount: Money) -> str:
    """Return the amount as it is printed in a letter.

    >>> money(Money.of("1250.50", "EUR")), money(Money.of("1250.50", "CHF")).replace(NO_BREAK, " ")
    ('€1,250.50', 'CHF 1,250.50')
    """
    sign = "-" if amount.minor < 0 else ""
    figures = _figures(amount.amount.copy_abs())
    return f"{sign}€{figures}" if amount.currency == "EUR" else f"{amount.currency}{NO_BREAK}{sign}{figures}"


def _figures(number: Decimal | int) -> str:
    # The decimal context of the host program may have any precision and any trap.
    with localcontext(EXACT):
        return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"


def long_date(day: date) -> str:
    """Return the date in full.

    >>> long_date(date(2026, 12, 1)).replace(NO_BREAK, " ")
    '1 December 2026'
    """
    return f"{day.day}{NO_BREAK}{_MONTHS[day.month - 1]}{NO_BREAK}{day.year:04}"


def short_date(day: date) -> str:
    """Return the date for tables: ``1 Dec 2026``."""
    return f"{day.day}{NO_BREAK}{_MONTHS[day.month - 1][:3]}{NO_BREAK}{day.year:04}"


@lru_cache(maxsize=1024)
def rate(per_cent: Decimal) -> str:
    """Return a rate in per cent with two decimals at least: ``12.40%``."""
    with localcontext(EXACT):
        whole, _, decimals = f"{per_cent:,f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}%"


def count(number: int, one: str, many: str) -> str:
    """Return a number and its noun; 1 alone takes the singular.

    >>> [count(n, "day", "days").replace(NO_BREAK, " ") for n in (0, 1, 1234)]
    ['0 days', '1 day', '1,234 days']
    """
    return f"{_figures(number)}{NO_BREAK}{one if number == 1 else many}"


# The overseas departments have codes of their own, which a number without one does not tell apart for certain.
_OVERSEAS = re.compile(r"0(?:262|263|269|590|594|596|639|69[0-7]|976)")


def phone(number: str) -> str:
    """Return a French number as it is dialled from abroad; any other number as it is.

    >>> phone("01 99 00 12 34").replace(NO_BREAK, " "), phone("+32 2 555 01 23").replace(NO_BREAK, " ")
    ('+33 1 99 00 12 34', '+32 2 555 01 23')
    """
    digits = re.sub(r"\D", "", number)
    is_french = len(digits) == 10 and digits.startswith("0") and not _OVERSEAS.match(digits)
    if number.startswith("+") or not is_french or digits.startswith("08"):
        return unbroken(number)
    pairs = [digits[start : start + 2] for start in range(2, 10, 2)]
    return NO_BREAK.join(("+33", digits[1], *pairs))


_CODES = (
    (re.compile(r"\bC\. com\. art\. "), "Com. Code, art. "),
    (re.compile(r"\bC\. civ\. art\. "), "Civ. Code, art. "),
    (re.compile(r"\bC\. conso\. art\. "), "Consumer Code, art. "),
    (re.compile(r"\bCCP art\. "), "Public Proc. Code, art. "),
    (re.compile(r"\bCMF art\. "), "Mon. Code, art. "),
    (re.compile(r"\bcontrat\b"), "contract"),
    (re.compile(r"\btaux fourni\b"), "rate given"),
    (re.compile(r"\bdécret\b"), "decree"),
    (re.compile(r"\bloi\b"), "Act"),
    (re.compile(r"\bal\. (?=\d)"), "para. "),
    (re.compile(r"(?<=\d) et (?=[LRD]?\d)"), " and "),
    (re.compile(r"(?<=\d) à (?=[LRD]?\d)"), " to "),
    (re.compile(r" ;"), ";"),
)


def article(cited: str) -> str:
    """Return a French article as an English table cites it; the letter itself says that the codes are French.

    >>> article("contrat ; C. com. art. L441-10 II")
    'contract; Com. Code, art. L441-10 II'
    """
    for pattern, words in _CODES:
        cited = pattern.sub(words, cited)
    return cited
