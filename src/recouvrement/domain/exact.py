"""Decimal arithmetic that the host's decimal context cannot change."""

from decimal import Context, Decimal, InvalidOperation
from typing import Final

EXACT: Final = Context(prec=40, traps=[InvalidOperation])
"""Forty digits: enough for any sum or rate the library makes to be exact."""


def plus(left: Decimal, right: Decimal) -> Decimal:
    """Return the sum, exact whatever the precision the host program works with.

    >>> plus(Decimal("2.15"), Decimal("10"))
    Decimal('12.15')
    """
    return EXACT.add(left, right)


def times(left: Decimal, right: Decimal) -> Decimal:
    """Return the product, exact whatever the precision the host program works with.

    >>> times(Decimal("5.07"), Decimal("3"))
    Decimal('15.21')
    """
    return EXACT.multiply(left, right)


def two_decimals(figure: Decimal) -> Decimal:
    """Return a figure with two decimals, or more where it has more: equal figures are the same to the last character.

    >>> two_decimals(Decimal("15")), two_decimals(Decimal("5.2400")), two_decimals(Decimal("1.395"))
    (Decimal('15.00'), Decimal('5.24'), Decimal('1.395'))
    """
    if not figure.is_finite():
        return figure
    plain = EXACT.normalize(figure)
    return EXACT.quantize(plain, Decimal("0.01")) if int(plain.as_tuple().exponent) > -2 else plain
