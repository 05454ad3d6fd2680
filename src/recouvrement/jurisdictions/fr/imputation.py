"""The account of one late debt: days at a rate on what is still owed, and part payments imputed.

C. civ. art. 1343-1: a part payment goes first to interest, then to principal, unless the creditor agrees otherwise.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeVar

from recouvrement.domain.decision import DayCount, Doubt, Segment
from recouvrement.domain.money import Money, minor_rounded_half_up
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import Imputation
from recouvrement.law.jurisdiction import Accrual, Debt, Receipt

_ONE_DAY = timedelta(days=1)
_DIVISOR = 365 * 1_000_000
"""Days of a year, leap or not, times the parts of a rate in millionths (late-payment practice; official sheet F783)."""


class Rate(NamedTuple):
    """A yearly rate, until the day it changes."""

    until: date
    """First day it no longer governs."""
    ppm: int
    """Millionths: 124 000 for 12.40 %."""
    percent: Decimal
    source: Source
    reason: Reason
    doubts: tuple[Doubt, ...]


class Gap(NamedTuple):
    """Days for which no rate is known."""

    resumes_on: date | None
    """First later day with a known rate; ``None`` when none is published yet."""
    doubt: Doubt


RateOn = Callable[[date], Rate | Gap]
"""The rate that governs a day; it never raises."""


class Owed(NamedTuple):
    """Principal and interest owed, in minor units."""

    principal: int
    interest: int


def ppm(percent: Decimal) -> int:
    """Return a rate in per cent as whole millionths; exact for rates of at most four decimals.

    >>> ppm(Decimal("12.40"))
    124000
    """
    return int(percent * 10_000)


def imputed(owed: Owed, minor: int, imputation: Imputation) -> Owed:
    """Return what is still owed after a payment of ``minor``; what exceeds the debt is not kept.

    >>> imputed(Owed(principal=1_000_000, interest=9_986), 400_000, Imputation.INTEREST_FIRST)
    Owed(principal=609986, interest=0)
    >>> imputed(Owed(principal=1_000_000, interest=9_986), 400_000, Imputation.PRINCIPAL_FIRST)
    Owed(principal=600000, interest=9986)

    Sources:
        C. civ. art. 1343-1.
    """
    match imputation:
        case Imputation.INTEREST_FIRST:
            to_interest = min(minor, owed.interest)
            to_principal = min(minor - to_interest, owed.principal)
        case Imputation.PRINCIPAL_FIRST:
            to_principal = min(minor, owed.principal)
            to_interest = min(minor - to_principal, owed.interest)
    return Owed(owed.principal - to_principal, owed.interest - to_interest)


def account(debt: Debt, on: date, *, first_day: date, rate_on: RateOn, rule: Reason) -> Accrual:
    """Return what is owed on ``on`` included, in principal and interest, segment by segment.

    ``first_day`` is the first day that bears interest. A payment counts on the old base on its own day and reduces the
    base from the next one; received before ``first_day`` it reduces the base from the start. Each segment is rounded
    half-up, once. The principal never goes below zero. Where the rate is unknown the account stops, or resumes on the
    first known day, and says so in a doubt.

    No interest runs on the day insolvency proceedings open, nor later. Whether that day itself counts is not settled
    by the texts read: the reading that counts it, not followed, would add a day against the debtor. The
    exception for deferred payments of a year or more (L622-28) is not applied either.

    Sources:
        C. civ. art. 1343-1; C. com. art. L622-28.
    """
    opened_on = debt.insolvency_opened_on
    until = on + _ONE_DAY if opened_on is None or opened_on > on else opened_on
    receipts = sorted(receipt for receipt in debt.receipts if receipt.on <= on)
    owed, base = Owed(debt.principal_minor, 0), Money.from_minor(debt.principal_minor, debt.currency)
    received = 0
    segments: list[Segment] = []
    rates: list[Rate] = []
    gaps: list[Doubt] = []
    for from_, end, rate in _spans(first_day, until, receipts, rate_on):
        while received < len(receipts) and receipts[received].on < from_:
            owed = imputed(owed, receipts[received].minor, debt.imputation)
            base = Money.from_minor(owed.principal, debt.currency)
            received += 1
        if owed.principal <= 0:
            break
        if isinstance(rate, Gap):
            gaps.append(rate.doubt)
            continue
        interest = minor_rounded_half_up(owed.principal * rate.ppm * (end - from_).days, _DIVISOR)
        owed = Owed(owed.principal, owed.interest + interest)
        rates.append(rate)
        segments.append(
            Segment(
                item_id=debt.item_id,
                from_=from_,
                until=end,
                principal=base,
                rate=rate.percent,
                day_count=DayCount.ACTUAL_365,
                amount=Money.from_minor(interest, debt.currency),
                source=rate.source,
            )
        )
    explained = _explained(
        debt,
        rule,
        rates,
        gaps,
        is_settled=owed.principal <= 0,
        was_paid_late=bool(segments and receipts and receipts[-1].on >= segments[0].from_),
        is_stopped=until <= on and first_day <= on and owed.principal > 0,
    )
    for receipt in receipts[received:]:
        owed = imputed(owed, receipt.minor, debt.imputation)
    return Accrual(
        principal=base if received == len(receipts) else Money.from_minor(owed.principal, debt.currency),
        late_interest=Money.from_minor(owed.interest, debt.currency),
        segments=tuple(segments),
        through=segments[-1].until - _ONE_DAY if segments else None,
        reasons=tuple(explained.reasons),
        doubts=tuple(explained.doubts),
    )


class _Explained(NamedTuple):
    """Why the account is what it is."""

    reasons: list[Reason]
    doubts: list[Doubt]


def _explained(
    debt: Debt,
    rule: Reason,
    rates: list[Rate],
    gaps: list[Doubt],
    *,
    is_settled: bool,
    was_paid_late: bool,
    is_stopped: bool,
) -> _Explained:
    """Return the reasons and doubts of an account, each once and in the order a reader needs them."""
    reasons = [rule, *_once(rate.reason for rate in rates)] if rates else [doubt.reason for doubt in gaps]
    doubts = [*gaps, *_once(doubt for rate in rates for doubt in rate.doubts)]
    if not reasons and is_settled:
        reasons.append(_paid_before_interest())
    if was_paid_late:
        reasons.append(_imputation_reason(debt.imputation))
        if debt.imputation is Imputation.INTEREST_FIRST and debt.debtor_kind in _PENALTIES:
            doubts.append(_imputation_doubt())
    if is_stopped and debt.insolvency_opened_on is not None:
        is_consumer = debt.debtor_kind is DebtorKind.CONSUMER
        reasons.append(_insolvency_reason(debt.insolvency_opened_on, is_consumer=is_consumer))
    return _Explained(reasons, doubts)


def _spans(
    first_day: date, until: date, receipts: list[Receipt], rate_on: RateOn
) -> Iterator[tuple[date, date, Rate | Gap]]:
    """Cut the days from ``first_day`` to ``until`` excluded where the rate changes and after each payment day."""
    cuts = [receipt.on + _ONE_DAY for receipt in receipts]
    cut = bisect_right(cuts, first_day)
    from_ = first_day
    while from_ < until:
        rate = rate_on(from_)
        if isinstance(rate, Gap):
            end = until if rate.resumes_on is None else min(until, rate.resumes_on)
        else:
            end = min(until, rate.until)
            if cut < len(cuts):
                end = min(end, cuts[cut])
        yield from_, end, rate
        from_ = end
        cut = bisect_right(cuts, from_, lo=cut)


Shown = TypeVar("Shown", Reason, Doubt)


def _once(values: Iterable[Shown]) -> list[Shown]:
    """Return the values in order, each once."""
    kept: list[Shown] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept


def nothing_late(debt: Debt, on: date) -> Accrual:
    """Return the account of a debt that is not late: payments imputed to principal, no interest.

    The due day itself is never late: a delay begins the day after.
    """
    paid = sum(receipt.minor for receipt in debt.receipts if receipt.on <= on)
    return Accrual(
        principal=Money.from_minor(max(0, debt.principal_minor - paid), debt.currency),
        late_interest=Money.zero(debt.currency),
        segments=(),
        through=None,
        reasons=(Reason.of("not_late", Authority.FACT, {"due_on": debt.due_on}),),
        doubts=(),
    )


_PENALTIES = frozenset({DebtorKind.BUSINESS, DebtorKind.PUBLIC})
"""Debtors whose late interest is a penalty of commercial or public law rather than the legal interest."""


@cache
def _paid_before_interest() -> Reason:
    return Reason.of("paid_before_interest", Authority.FACT)


@cache
def _imputation_reason(imputation: Imputation) -> Reason:
    match imputation:
        case Imputation.INTEREST_FIRST:
            source = Source(article="C. civ. art. 1343-1", confidence=Confidence.SECONDARY)
            return Reason.of("imputed_interest_first", Authority.LAW, source=source)
        case Imputation.PRINCIPAL_FIRST:
            source = Source(article="C. civ. art. 1343-1", confidence=Confidence.SECONDARY)
            return Reason.of("imputed_principal_first", Authority.CONTRACT, source=source)


@cache
def _imputation_doubt() -> Doubt:
    """Whether the penalties of L441-10 are interest for 1343-1: their moratory nature says yes; nothing decides it."""
    source = Source(article="C. civ. art. 1343-1", confidence=Confidence.UNSETTLED)
    return Doubt(code="imputation_unsettled", reason=Reason.of("imputation_unsettled", Authority.LAW, source=source))


@cache
def _insolvency_reason(opened_on: date, *, is_consumer: bool) -> Reason:
    source = (
        Source(article="C. conso. art. L722-14", confidence=Confidence.FROM_MEMORY)
        if is_consumer
        else Source(article="C. com. art. L622-28", confidence=Confidence.SECONDARY)
    )
    return Reason.of("interest_stopped_by_insolvency", Authority.LAW, {"opened_on": opened_on}, source=source)
