"""Amounts: an exact decimal with an ISO 4217 currency."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, GetCoreSchemaHandler, SerializationInfo, Strict
from pydantic_core import CoreSchema, core_schema

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.exact import EXACT
from recouvrement.domain.light import Light
from recouvrement.domain.values import Value
from recouvrement.errors import InvalidInput

MAX_DIGITS = 15
"""Digits an amount may have before its decimal point."""

_LIMIT = Decimal(10) ** (MAX_DIGITS + 5)
"""Limit of a sum: a hundred thousand of the largest amounts."""
_SAFE = 10 ** (MAX_DIGITS + 5)
"""In the smallest unit of any currency, within that limit."""
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


class _Written(Value):
    """An amount as it comes from outside, to be checked."""

    model_config = ConfigDict(title="Money")

    amount: Annotated[Decimal, Strict()]
    currency: CurrencyCode

    def model_post_init(self, _context: object, /) -> None:
        """Refuse an amount the currency cannot write."""
        if not _LOWEST < self.amount < _LIMIT:
            message = f"{str(self.amount)!r} is out of range"
            raise ValueError(message)
        if EXACT.remainder(self.amount, _UNITS[DECIMALS[self.currency]]):
            message = f"{str(self.amount)!r} has more decimals than {self.currency} ({DECIMALS[self.currency]})"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Money(Light):
    """An exact amount in one currency, with no more decimals than the currency has.

    Floats are refused. Amounts of two currencies never meet: adding or comparing them raises ``InvalidInput``. Kept as
    a whole number of the smallest unit; ``amount`` is written when it is read.

    >>> Money.of("1250.5", "EUR")
    Money('1250.50', 'EUR')
    >>> Money.of("1250.50", "EUR") + Money.from_minor(50, "EUR")
    Money('1251.00', 'EUR')
    >>> Money.of("10.005", "EUR")
    Traceback (most recent call last):
    ...
    recouvrement.errors.InvalidInput: amount: '10.005' has more decimals than EUR (2). Round it yourself and say how.
    """

    minor: int
    """The amount counted in the smallest unit of its currency."""
    currency: CurrencyCode

    def __init__(self, *, amount: Decimal, currency: str) -> None:
        """Check the amount. Raises pydantic's ``ValidationError``."""
        written = _Written(amount=amount, currency=currency)
        _set_minor(self, int(EXACT.scaleb(written.amount, DECIMALS[written.currency])))
        _set_currency(self, written.currency)

    @property
    def amount(self) -> Decimal:
        """The amount, with the decimals of its currency."""
        return EXACT.scaleb(Decimal(self.minor), -DECIMALS[self.currency])

    def __iter__(self) -> Iterator[tuple[str, object]]:
        """Yield the two fields an amount is written with."""
        yield "amount", self.amount
        yield "currency", self.currency

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how pydantic reads and writes an amount: as two fields, ``amount`` and ``currency``."""
        checked = core_schema.no_info_after_validator_function(cls._checked, handler.generate_schema(_Written))
        return core_schema.json_or_python_schema(
            json_schema=checked,
            python_schema=core_schema.no_info_wrap_validator_function(
                lambda found, check: found if isinstance(found, cls) else check(found), checked
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._fields, info_arg=True),
        )

    @staticmethod
    def _checked(written: _Written) -> "Money":
        return Money.from_minor(int(EXACT.scaleb(written.amount, DECIMALS[written.currency])), written.currency)

    def _fields(self, info: SerializationInfo) -> dict[str, Any]:  # Any: a decimal, or text in JSON
        return {"amount": self._written() if info.mode == "json" else self.amount, "currency": self.currency}

    def _written(self) -> str:
        return f"{self.amount:.{DECIMALS[self.currency]}f}"

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
        return cls.from_minor(int(EXACT.scaleb(value, decimals)), currency)

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Self:
        """Return the amount counted in the smallest unit of the currency (cents for EUR).

        Raises ``InvalidInput`` for anything but an int, pydantic's ``ValidationError`` for an amount out of range and
        for an unknown currency.
        """
        if type(minor) is not int:
            raise InvalidInput(
                where="amount", found=f"{minor!r} is a {type(minor).__name__}", hint="Give whole minor units, an int."
            )
        if not -_SAFE < minor < _SAFE or currency not in DECIMALS:
            _check_minor(minor, currency)
        money = _new(cls)
        _set_minor(money, minor)
        _set_currency(money, currency)
        return money

    @staticmethod
    def zero(currency: str) -> "Money":
        """Return nothing, in that currency."""
        return Money.from_minor(0, currency)

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise InvalidInput(
                where="currency",
                found=f"{self} meets {other}",
                hint="Keep one case per currency; convert amounts before they reach the library.",
            )

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money.from_minor(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money.from_minor(self.minor - other.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same_currency(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        self._same_currency(other)
        return self.minor <= other.minor

    def __gt__(self, other: "Money") -> bool:
        return other < self

    def __ge__(self, other: "Money") -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return bool(self.minor)

    def __str__(self) -> str:
        return f"{self._written()} {self.currency}"

    def __repr__(self) -> str:
        return f"Money({self._written()!r}, {self.currency!r})"


def _check_minor(minor: int, currency: str) -> None:
    """Refuse an unknown currency, and an amount that could not be read again."""
    _Written(amount=EXACT.scaleb(Decimal(minor), -DECIMALS.get(currency, 0)), currency=currency)


_new = object.__new__
_set_minor, _set_currency = Money.__dict__["minor"].__set__, Money.__dict__["currency"].__set__


def minor_rounded_half_up(numerator: int, denominator: int) -> int:
    """Return ``numerator / denominator`` rounded to a whole number, halves away from zero; exact in integers.

    >>> minor_rounded_half_up(5, 2), minor_rounded_half_up(-5, 2), minor_rounded_half_up(7, 3)
    (3, -3, 2)
    """
    if numerator < 0:
        return -minor_rounded_half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def rounded_half_up(amount: Decimal, currency: str) -> Money:
    """Return the amount rounded half-up to the smallest unit of its currency.

    >>> rounded_half_up(Decimal("10.8050"), "EUR")
    Money('10.81', 'EUR')
    """
    scale = Decimal(1).scaleb(-DECIMALS[currency])
    return Money(amount=amount.quantize(scale, rounding=ROUND_HALF_UP, context=EXACT), currency=currency)
