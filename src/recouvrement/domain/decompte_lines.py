"""The lines of a décompte: interest, payments, compounding, each checked against what is owed before it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, Strict

from recouvrement.domain.money import Money, minor_rounded_half_up
from recouvrement.domain.reasons import Confidence, Source
from recouvrement.domain.terms import Imputation
from recouvrement.domain.values import CivilDate, Code, Value

_ONE_DAY = timedelta(days=1)


class InterestLine(Value):
    """Interest over days that share one base and one rate: base x rate / 100 x days / divisor, rounded half-up once."""

    type: Literal["interest"] = "interest"
    from_: CivilDate
    """First day counted."""
    through: CivilDate
    """Last day counted."""
    days: Annotated[int, Strict(), Field(gt=0)]
    base: Money
    rate: Annotated[Decimal, Strict(), Field(ge=0, decimal_places=8)]
    """Per cent per year: 12.40 means 12.40 %."""
    divisor: Annotated[int, Strict(), Field(gt=0)]
    """Days of the year."""
    article: Code
    confidence: Confidence
    amount: Money


class PaymentLine(Value):
    """A payment, and what it extinguished. It reduces the base from the day after it was received."""

    type: Literal["payment"] = "payment"
    received_on: CivilDate
    amount: Money
    to_interest: Money
    to_principal: Money
    surplus: Money
    """What exceeded the debt: not kept."""
    source: Source | None = None
    """The text that says what it extinguished first; ``None`` where the question did not arise."""


class CompoundingLine(Value):
    """Interest that begins to bear interest: it joins the base, and is not owed a second time."""

    type: Literal["compounding"] = "compounding"
    on: CivilDate
    """First day on which it bears interest."""
    amount: Money
    source: Source | None = None
    """The text that lets it."""


DecompteLine = Annotated[InterestLine | PaymentLine | CompoundingLine, Field(discriminator="type")]
"""One line of the account of an item."""


class Balance(NamedTuple):
    """What is owed at one point of an account."""

    principal: Money
    interest: Money
    """Accrued and not paid, the compounded part included."""
    compounded: Money
    """Part of the interest that bears interest."""

    @property
    def base(self) -> Money:
        """What bears interest."""
        return self.principal + self.compounded

    @property
    def fresh(self) -> Money:
        """Interest that does not bear interest: a payment extinguishes it before the compounded part."""
        return self.interest - self.compounded

    def after(self, line: DecompteLine) -> "Balance":
        """Return what is owed after one more line."""
        match line:
            case InterestLine():
                return self._replace(interest=self.interest + line.amount)
            case CompoundingLine():
                return self._replace(compounded=self.compounded + line.amount)
            case PaymentLine():
                from_compounded = max(line.to_interest - self.fresh, Money.zero(line.amount.currency))
                return Balance(
                    self.principal - line.to_principal,
                    self.interest - line.to_interest,
                    self.compounded - from_compounded,
                )


def last_day(line: DecompteLine) -> date:
    """Return the last day a line is about."""
    match line:
        case InterestLine():
            return line.through
        case PaymentLine():
            return line.received_on
        case CompoundingLine():
            return line.on


def checked(line: DecompteLine, left: Balance, following: date, *, due_on: date, imputation: Imputation | None) -> date:
    """Return the first day the next line may be about, ``following`` being that of this one.

    Raises ``ValueError`` for a line that does not follow from what was ``left`` before it, or from its own figures.
    """
    match line:
        case InterestLine():
            _require(line.from_ >= following, f"interest from {line.from_} overlaps the line before it")
            _require(line.from_ > due_on, f"interest from {line.from_} is not after the due date {due_on}")
            days = (line.through - line.from_).days + 1
            _require(line.days == days, f"{line.from_} to {line.through} makes {days} days, not {line.days}")
            _require(line.base == left.base, f"the base from {line.from_} is {line.base}, {left.base} is owed")
            amount = _interest(line)
            _require(
                line.amount == amount, f"interest from {line.from_} is {line.amount}, its own figures make {amount}"
            )
            return line.through + _ONE_DAY
        case CompoundingLine():
            _require(line.on >= following, f"compounding on {line.on} falls inside the line before it")
            _require(
                bool(line.amount) and line.amount == left.fresh,
                f"{line.amount} compounded on {line.on}, {left.fresh} of interest was there to compound",
            )
            return line.on
        case PaymentLine():
            counts_from = line.received_on + _ONE_DAY
            _require(counts_from >= following, f"the payment of {line.received_on} falls inside the line before it")
            _check_payment(line, left, imputation)
            return counts_from


def _check_payment(line: PaymentLine, left: Balance, imputation: Imputation | None) -> None:
    parts = (line.to_interest, line.to_principal, line.surplus)
    shown = " + ".join(map(str, parts))
    where = f"the payment of {line.received_on}"
    _require(min(parts).minor >= 0 and line.amount.minor > 0, f"{where} has a negative part: {shown}")
    _require(line.amount == sum(parts[1:], start=parts[0]), f"{where} is {line.amount}, its parts are {shown}")
    is_owed = line.to_interest <= left.interest and line.to_principal <= left.principal
    _require(is_owed, f"{where} extinguishes {shown}, {left.interest} of interest and {left.principal} are owed")
    settles = line.to_interest == left.interest and line.to_principal == left.principal
    _require(not line.surplus or settles, f"{where} leaves {line.surplus} over while something is still owed")
    match imputation:
        case Imputation.INTEREST_FIRST:
            first, owed = line.to_interest, left.interest
        case Imputation.PRINCIPAL_FIRST:
            first, owed = line.to_principal, left.principal
        case None:
            return
    _require(first == min(line.amount, owed), f"{where} does not follow the imputation stated: {shown}")


def _interest(line: InterestLine) -> Money:
    """Return base x rate / 100 x days / divisor, rounded half-up to the smallest unit; exact in integers."""
    numerator, denominator = line.rate.as_integer_ratio()
    minor = minor_rounded_half_up(line.base.minor * numerator * line.days, denominator * 100 * line.divisor)
    return Money.from_minor(minor, line.base.currency)


def _require(holds: bool, message: str) -> None:  # noqa: FBT001  # the condition is the first thing to read
    if not holds:
        raise ValueError(message)
