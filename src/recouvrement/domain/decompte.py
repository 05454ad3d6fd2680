"""The décompte: a claim line by line, with what it takes to check each amount by hand.

A décompte whose lines do not add up cannot be made: every amount is worked out again from its own base, rate and days.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Annotated, TypeVar

from pydantic import Field, Strict, ValidationError, model_validator

from recouvrement.domain.calendar import half_year_start
from recouvrement.domain.decision import AppliedPayment, Claim, ClaimItem, Doubt, Segment
from recouvrement.domain.decompte_lines import (
    Balance,
    CompoundingLine,
    DecompteLine,
    InterestLine,
    PaymentLine,
    checked,
    last_day,
)
from recouvrement.domain.decompte_parts import parts_of
from recouvrement.domain.decompte_rates import AppliedRate, applied_rates
from recouvrement.domain.money import CurrencyCode, Money
from recouvrement.domain.reasons import Reason, Source
from recouvrement.domain.terms import DayCount, HalfYears, Imputation
from recouvrement.domain.values import CivilDate, Code, Value
from recouvrement.errors import InvalidInput

_ONE_DAY = timedelta(days=1)
_Part = TypeVar("_Part")


class DecompteItem(Value):
    """The account of one item, from its amount to what is left to pay. Refuses lines that do not add up."""

    item_id: Code
    invoice_number: Code
    issued_on: CivilDate | None
    due_on: CivilDate
    enforceable_on: CivilDate | None = None
    """Day the decision that fixes the sum became enforceable; ``None`` for an invoice."""
    original: Money
    credited: Money
    contested: Money
    deferred: Money | None = None
    """Left to the dates of a payment plan that ended; ``None``: nothing."""
    tranche: Annotated[int, Strict(), Field(ge=1)] | None = None
    """Which part of its item this is, where a payment plan that ended dates parts of it; the first one names them all.
    """
    counted_apart: Money | None = None
    """In the accounts of the other parts; ``None``: nothing."""
    opening: Money
    """Principal the account begins with: ``original`` less what the fields above take off."""
    lines: tuple[DecompteLine, ...]
    """By date: a payment after the interest of its own day, compounding before the interest of its first day."""
    interest_accrued: Money
    interest_paid: Money
    interest_owed: Money
    principal_left: Money
    surplus: Money
    """Paid beyond the debt: to give back, or to apply to another."""
    indemnity: Money
    indemnity_source: Source | None = None
    extra_compensation: Money
    extra_source: Source | None = None
    stopped_on: CivilDate | None = None
    """First day on which insolvency proceedings let no interest run."""
    stop_source: Source | None = None
    notice_source: Source | None = None
    """The text that lets no interest run before a formal notice, where none was given."""
    subtotal: Money
    """``principal_left``, ``interest_owed``, ``indemnity`` and ``extra_compensation`` together."""
    conventions: tuple[Code, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> "DecompteItem":
        zero = Money.zero(self.original.currency)
        taken_off = (self.credited, self.contested, *filter(None, (self.deferred, self.counted_apart)))
        if min(self.original, *taken_off, self.indemnity, self.extra_compensation) < zero:
            message = "an amount is negative"
            raise ValueError(message)
        if self.opening != self.original - sum(taken_off, start=zero) or self.opening < zero:
            message = f"{self.opening} is not {' less '.join(map(str, (self.original, *taken_off)))}"
            raise ValueError(message)
        imputation = next((rule for rule in Imputation if f"imputation:{rule.value}" in self.conventions), None)
        left, following = Balance(self.opening, zero, zero), date.min
        for line in self.lines:
            following = checked(line, left, following, due_on=self.due_on, imputation=imputation)
            left = left.after(line)
        accrued = sum((line.amount for line in self.lines if isinstance(line, InterestLine)), start=zero)
        payments = [line for line in self.lines if isinstance(line, PaymentLine)]
        for name, amount in (
            ("interest_accrued", accrued),
            ("interest_paid", sum((line.to_interest for line in payments), start=zero)),
            ("interest_owed", left.interest),
            ("principal_left", left.principal),
            ("surplus", sum((line.surplus for line in payments), start=zero)),
            ("subtotal", left.principal + left.interest + self.indemnity + self.extra_compensation),
        ):
            if getattr(self, name) != amount:
                message = f"{name} is {getattr(self, name)}, the lines come to {amount}"
                raise ValueError(message)
        return self

    def balances(self) -> tuple[Balance, ...]:
        """Return what is owed after each line, in the order of the lines."""
        zero = Money.zero(self.original.currency)
        first = Balance(self.opening, zero, zero)
        return tuple(accumulate(self.lines, Balance.after, initial=first))[1:]


class Decompte(Value):
    """What is owed on a date, every sum of it shown; totals are those of the claim it was made from."""

    on: CivilDate
    """Last day that may count."""
    currency: CurrencyCode
    items: tuple[DecompteItem, ...]
    principal: Money
    late_interest: Money
    indemnities: Money
    extra_compensation: Money
    total: Money
    rates: tuple[AppliedRate, ...] = ()
    """What each rate used is made of."""
    conventions: tuple[Code, ...]
    """Conventions used somewhere in the décompte, such as ``day_count:act/365``; each item names its own."""
    doubts: tuple[Doubt, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> "Decompte":
        zero = Money.zero(self.currency)
        for name, amounts in (
            ("principal", [item.principal_left for item in self.items]),
            ("late_interest", [item.interest_owed for item in self.items]),
            ("indemnities", [item.indemnity for item in self.items]),
            ("extra_compensation", [item.extra_compensation for item in self.items]),
            ("total", [item.subtotal for item in self.items]),
        ):
            if getattr(self, name) != sum(amounts, start=zero):
                message = f"{name} is {getattr(self, name)}, the items come to {sum(amounts, start=zero)}"
                raise ValueError(message)
        for item in self.items:
            for line in item.lines:
                if last_day(line) > self.on:
                    message = f"a line of {item.item_id} is dated {last_day(line)}, after {self.on}"
                    raise ValueError(message)
        return self


def decompte(claim: Claim, on: date, doubts: tuple[Doubt, ...] = ()) -> Decompte:
    """Return the décompte of a claim made on ``on``, with the doubts to print under it.

    Each amount is worked out again from its own base, rate, days and divisor, and compared with the claim. Raises
    ``InvalidInput`` for a claim that does not add up: a base that follows from no line, a payment inside a segment, an
    amount off by a cent, a total that is not the sum.
    """
    items = tuple(account for item in claim.items for account in _accounts(item))
    zero = Money.zero(claim.total.currency)
    extra = sum((item.extra_compensation for item in items), start=zero)
    shown = tuple(dict.fromkeys(doubts))
    conventions = (*(code for item in items for code in item.conventions), *_readings(shown))
    rates = _once(rate for item in claim.items for rate in _rates(item))
    try:
        return Decompte(
            on=on,
            currency=zero.currency,
            items=items,
            principal=claim.principal,
            late_interest=claim.late_interest,
            indemnities=claim.indemnities - extra,
            extra_compensation=extra,
            total=claim.total,
            rates=rates,
            conventions=_once(conventions),
            doubts=shown,
        )
    except ValidationError as fault:
        raise _refused("claim", fault) from None


def _accounts(item: ClaimItem) -> Iterator[DecompteItem]:
    """Yield the account of an item, or those of its parts, which must come to the item."""
    if not item.tranches:
        yield _item(item)
        return
    zero = Money.zero(item.original.currency)
    for name in ("principal", "late_interest"):
        parts = sum((getattr(part, name) for part in item.tranches), start=zero)
        if parts != getattr(item, name):
            raise _not_a_line(item, f"{name} is {getattr(item, name)}, its parts come to {parts}")
    others = sum((part.amount for part in item.tranches[1:]), start=zero)
    for number, part in enumerate(parts_of(item), start=1):
        yield _item(part, number, others if number == 1 and others else None)


def _item(item: ClaimItem, tranche: int | None = None, apart: Money | None = None) -> DecompteItem:
    zero = Money.zero(item.original.currency)
    opening = item.original - item.credited - item.contested - (item.deferred or zero) - (apart or zero)
    reasons = {reason.code: reason for reason in item.reasons}
    indemnity, costs = reasons.get("indemnity_per_invoice"), reasons.get("extra_compensation")
    judgment, stop = reasons.get("interest_on_a_judgment"), reasons.get("interest_stopped_by_insolvency")
    no_notice = reasons.get("no_interest_before_notice")
    extra = item.extra_compensation or zero
    try:
        lines = tuple(_lines(item, Balance(opening, zero, zero), reasons))
        amounts = [line.amount for line in lines if isinstance(line, InterestLine)]
        paid = [line for line in lines if isinstance(line, PaymentLine)]
        return DecompteItem(
            item_id=item.item_id,
            invoice_number=item.invoice_number,
            issued_on=item.issued_on,
            due_on=item.due_on,
            enforceable_on=_day(judgment, "enforceable_on"),
            original=item.original,
            credited=item.credited,
            contested=item.contested,
            deferred=item.deferred,
            tranche=tranche,
            counted_apart=apart,
            opening=opening,
            lines=lines,
            interest_accrued=sum(amounts, start=zero),
            interest_paid=sum((line.to_interest for line in paid), start=zero),
            interest_owed=item.late_interest,
            principal_left=item.principal,
            surplus=sum((line.surplus for line in paid), start=zero),
            indemnity=item.indemnity,
            indemnity_source=indemnity.source if indemnity is not None and item.indemnity else None,
            extra_compensation=extra,
            extra_source=costs.source if costs is not None and extra else None,
            stopped_on=_day(stop, "opened_on"),
            stop_source=stop.source if stop is not None else None,
            notice_source=no_notice.source if no_notice is not None else None,
            subtotal=item.principal + item.late_interest + item.indemnity + extra,
            conventions=_conventions(item, lines, reasons),
        )
    except ValidationError as fault:
        raise _refused(f"claim, item {item.item_id}", fault) from None


def _rates(item: ClaimItem) -> tuple[AppliedRate, ...]:
    try:
        return applied_rates(item)
    except ValidationError as fault:
        raise _refused(f"claim, item {item.item_id}", fault) from None


def _day(reason: Reason | None, name: str) -> date | None:
    written = reason.input(name) if reason is not None else None
    return date.fromisoformat(written) if written is not None else None


def _lines(item: ClaimItem, left: Balance, reasons: dict[str, Reason]) -> Iterator[DecompteLine]:
    """Yield the lines by date; where a base rises by the interest owed so far, a line says that it was compounded."""
    waiting = list(item.payments)
    compounding = reasons.get("interest_compounded")
    for segment in item.segments:
        while waiting and waiting[0].received_on < segment.from_:
            payment = _payment_line(waiting.pop(0), left, reasons)
            left = left.after(payment)
            yield payment
        if compounding is not None and left.fresh and segment.principal == left.base + left.fresh:
            compounded = CompoundingLine(on=segment.from_, amount=left.fresh, source=compounding.source)
            left = left.after(compounded)
            yield compounded
        interest = _interest_line(segment, item)
        left = left.after(interest)
        yield interest
    for payment_left in waiting:
        payment = _payment_line(payment_left, left, reasons)
        left = left.after(payment)
        yield payment


def _interest_line(segment: Segment, item: ClaimItem) -> InterestLine:
    if segment.item_id != item.item_id:
        raise _not_a_line(item, f"a segment belongs to {segment.item_id}")
    if segment.day_count is DayCount.ACTUAL_ACTUAL and segment.from_.year != segment.through.year:
        raise _not_a_line(item, f"the segment from {segment.from_} to {segment.through} has days of two years")
    return InterestLine(
        from_=segment.from_,
        through=segment.through,
        days=segment.days,
        base=segment.principal,
        rate=segment.rate,
        divisor=segment.divisor,
        article=segment.source.article,
        confidence=segment.source.confidence,
        amount=segment.amount,
    )


def _payment_line(payment: AppliedPayment, left: Balance, reasons: dict[str, Reason]) -> PaymentLine:
    rules = [reasons.get(code) for code in _IMPUTATIONS] if left.interest else []
    return PaymentLine(
        received_on=payment.received_on,
        amount=payment.amount,
        to_interest=payment.to_interest,
        to_principal=payment.to_principal,
        surplus=payment.surplus,
        source=next((rule.source for rule in rules if rule is not None), None),
    )


_IMPUTATIONS = {
    "imputed_interest_first": f"imputation:{Imputation.INTEREST_FIRST.value}",
    "imputed_principal_first": f"imputation:{Imputation.PRINCIPAL_FIRST.value}",
}
"""Reasons of a claim, and the convention each one states."""


def _conventions(item: ClaimItem, lines: tuple[DecompteLine, ...], reasons: dict[str, Reason]) -> tuple[str, ...]:
    """Return the codes of what the account of an item takes for granted, in the order a reader needs them."""
    codes: list[str] = []
    if item.segments:
        codes.append(_first_day(item.segments[0].from_, reasons))
        codes += [f"day_count:{segment.day_count.value}" for segment in item.segments]
        codes.append("rounded_half_up_per_segment")
        codes += [] if "interest_on_a_judgment" in reasons else ["vat_included_base"]
    codes += ["payment_day_included" for line in lines if isinstance(line, PaymentLine) and item.segments]
    codes += [convention for code, convention in _IMPUTATIONS.items() if code in reasons]
    codes += _reading(reasons.get("half_years_reading"), is_frozen=not _follows_operations(item))
    codes += ["interest_compounded_yearly" for line in lines if isinstance(line, CompoundingLine)]
    codes += [code for code in ("debt_chosen_by_debtor", "interest_stopped_by_insolvency") if code in reasons]
    if item.credited:
        codes.append("credit_note_from_the_start")
    if item.contested:
        codes.append("contested_left_out")
    if item.deferred:
        codes.append("deferred_left_out")
    if "due_by_plan" in reasons:
        codes.append("due_by_plan")
    return _once(codes)


_STARTS = {
    "legal_interest_from_notice": ("notice_on", "notice_day_excluded"),
    "interest_on_a_judgment": ("enforceable_on", "enforceable_day_excluded"),
}
"""Reasons that name the day interest runs from, that day not counted: the input, and the convention."""


def _first_day(from_: date, reasons: dict[str, Reason]) -> str:
    """Return which day the first day counted follows; the due day is not counted in any case."""
    eve = (from_ - _ONE_DAY).isoformat()
    for code, (name, convention) in _STARTS.items():
        reason = reasons.get(code)
        if reason is not None and reason.input(name) == eve:
            return convention
    return "due_day_excluded"


def _readings(doubts: tuple[Doubt, ...]) -> Iterator[str]:
    is_frozen = not any(doubt.code == "rate_not_frozen" for doubt in doubts)
    for doubt in doubts:
        if is_frozen and doubt.code == "half_years_reading_unsettled":
            yield from _reading(doubt.reason)


def _reading(reason: Reason | None, *, is_frozen: bool = True) -> list[str]:
    reading = reason.input("reading") if reason is not None else None
    if reading not in list(HalfYears):
        return []
    return [f"half_years:{reading}" if is_frozen else NOT_FROZEN[HalfYears(reading)]]


def _follows_operations(item: ClaimItem) -> bool:
    """Whether a rate was read on the day of an operation of the ECB rather than on the first day of a half-year."""
    read_on = [_day(reason, "snapshot_on") for reason in item.reasons if reason.code == "rate_ecb_plus_margin"]
    return any(day != half_year_start(day) for day in read_on if day is not None)


NOT_FROZEN = {
    HalfYears.RE_ANCHORED: "half_years:not_frozen",
    HalfYears.FIXED_AT_START: "half_years:fixed_not_frozen",
}
"""Conventions of the two readings where the rate was not yet frozen by half-year."""


def _once(values: Iterable[_Part]) -> tuple[_Part, ...]:
    return tuple(dict.fromkeys(values))


def _not_a_line(item: ClaimItem, found: str) -> InvalidInput:
    return InvalidInput(where=f"claim, item {item.item_id}", found=found, hint=_HINT)


def _refused(where: str, fault: ValidationError) -> InvalidInput:
    found = "; ".join(error["msg"].removeprefix("Value error, ") for error in fault.errors())
    return InvalidInput(where=where, found=found, hint=_HINT)


_HINT = "Report this claim as a bug: a décompte that cannot be checked by hand is never made."
