"""Amounts: an exact decimal with an ISO 4217 currency."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Self

from pydantic import AfterValidator, Strict, field_serializer

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.exact import EXACT
from recouvrement.domain.values import Value
from recouvrement.errors import InvalidInput

MAX_DIGITS = 15
"""Digits an amount may have before its decimal point."""

_LIMIT = Decimal(10) ** (MAX_DIGITS + 5)
"""Limit of a sum: a hundred thousand of the largest amounts."""
_LOWEST = EXACT.minus(_LIMIT)
_UNITS = {decimals: Decimal(1).scaleb(-decimals) for decimals in set(DECIMALS.values())}
"""Smallest unit of a currency, by its number of decimals."""


def _known_currency(code: str) -> str:
    if code not in DECIMALS:
        message = f"{code!r} is not an ISO 4217 currency code: write three capitals, such as EUR"
        raise ValueError(message)
    return code


CurrencyCode = Annotated[str, Strict(), AfterValidator(_known_currency)]
"""A three-letter code of ISO 4217, in capitals."""


class Money(Value):
    """An exact amount in one currency, with no more decimals than the currency has.

    Floats are refused. Amounts of two currencies never meet: adding or comparing them raises ``InvalidInput``.

    >>> Money.of("1250.5", "EUR")
    Money('1250.50', 'EUR')
    >>> Money.of("1250.50", "EUR") + Money.from_minor(50, "EUR")
    Money('1251.00', 'EUR')
    >>> Money.of("10.005", "EUR")
    Traceback (most recent call last):
    ...
    recouvrement.errors.InvalidInput: amount: '10.005' has more decimals than EUR (2). Round it yourself and say how.
    """

    amount: Annotated[Decimal, Strict()]
    currency: CurrencyCode

    def model_post_init(self, _context: object, /) -> None:
        """Refuse an amount the currency cannot write; checked once, when the amount is made."""
        if not _LOWEST < self.amount < _LIMIT:
            message = f"{str(self.amount)!r} is out of range"
            raise ValueError(message)
        if EXACT.remainder(self.amount, _UNITS[DECIMALS[self.currency]]):
            message = f"{str(self.amount)!r} has more decimals than {self.currency} ({DECIMALS[self.currency]})"
            raise ValueError(message)

    @field_serializer("amount", when_used="json")
    def _written(self, amount: Decimal) -> str:
        return f"{amount:.{DECIMALS[self.currency]}f}"

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Self:
        """Return the amount written as text, whole number or ``Decimal``; the decimal separator is a point.

        Raises ``InvalidInput`` for anything else, for too many decimals and for an unknown currency.
        """
        if isinstance(amount, bool) or not isinstance(amount, str | int | Decimal):
            raise InvalidInput(
                where="amount",
                found=f"{amount!r} is a {type(amount).__name__}",
                hint="Give a string or a Decimal, never a float.",
            )
        if currency not in DECIMALS:
            raise InvalidInput(
                where="currency",
                found=f"{currency!r} is not an ISO 4217 code",
                hint="Write three capitals, such as EUR.",
            )
        try:
            value = Decimal(amount)
        except InvalidOperation:
            raise InvalidInput(
                where="amount", found=f"{amount!r} is not a number", hint="Write it like 1250.50, with a point."
            ) from None
        decimals = DECIMALS[currency]
        if not value.is_finite() or value.adjusted() >= MAX_DIGITS:
            raise InvalidInput(
                where="amount", found=f"{str(amount)!r} is out of range", hint=f"Stay below {MAX_DIGITS} digits."
            )
        if EXACT.remainder(value, _UNITS[decimals]):
            raise InvalidInput(
                where="amount",
                found=f"{str(amount)!r} has more decimals than {currency} ({decimals})",
                hint="Round it yourself and say how.",
            )
        return cls(amount=value, currency=currency)

    @staticmethod
    def from_minor(minor: int, currency: str) -> "Money":
        """Return the amount counted in the smallest unit of the currency (cents for EUR)."""
        return _counted(minor, currency)

    @staticmethod
    def zero(currency: str) -> "Money":
        """Return nothing, in that currency."""
        return _counted(0, currency)

    @property
    def minor(self) -> int:
        """The amount counted in the smallest unit of its currency."""
        return int(EXACT.scaleb(self.amount, DECIMALS[self.currency]))

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise InvalidInput(
                where="currency",
                found=f"{self} meets {other}",
                hint="Keep one case per currency; convert amounts before they reach the library.",
            )

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(amount=EXACT.add(self.amount, other.amount), currency=self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(amount=EXACT.subtract(self.amount, other.amount), currency=self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same_currency(other)
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:
        self._same_currency(other)
        return self.amount <= other.amount

    def __gt__(self, other: "Money") -> bool:
        return other < self

    def __ge__(self, other: "Money") -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self._written(self.amount)} {self.currency}"

    def __repr__(self) -> str:
        return f"Money({self._written(self.amount)!r}, {self.currency!r})"


@lru_cache(maxsize=2048)
def _counted(minor: int, currency: str) -> Money:
    """Return an amount already made, where there is one: a decision is full of zeros and repeated sums."""
    return Money(amount=EXACT.scaleb(Decimal(minor), -DECIMALS[currency]), currency=currency)


def minor_rounded_half_up(numerator: int, denominator: int) -> int:
    """Return ``numerator / denominator`` rounded to a whole number, halves away from zero; exact in integers.

    >>> minor_rounded_half_up(5, 2), minor_rounded_half_up(-5, 2), minor_rounded_half_up(7, 3)
    (3, -3, 2)
    """
    quotient, rest = divmod(abs(numerator), denominator)
    rounded = quotient + (2 * rest >= denominator)
    return rounded if numerator >= 0 else -rounded


def rounded_half_up(amount: Decimal, currency: str) -> Money:
    """Return the amount rounded half-up to the smallest unit of its currency.

    >>> rounded_half_up(Decimal("10.8050"), "EUR")
    Money('10.81', 'EUR')
    """
    scale = Decimal(1).scaleb(-DECIMALS[currency])
    return Money(amount=amount.quantize(scale, rounding=ROUND_HALF_UP, context=EXACT), currency=currency)
