"""The account of one late debt: days at a rate on what is still owed, payments imputed, interest compounded."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from recouvrement.domain.decision import Doubt, divisor
from recouvrement.domain.money import minor_rounded_half_up
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount, Imputation
from recouvrement.errors import LawError
from recouvrement.jurisdictions.fr.capitalisation import (
    anniversaries_doubt,
    compounding_reason,
    next_capitalisation,
    put_off_doubt,
)
from recouvrement.jurisdictions.fr.imputation import Owed, imputation_doubt, imputation_reason, imputed
from recouvrement.jurisdictions.fr.parametres import Edition
from recouvrement.law.jurisdiction import Accrual, CountedDays, Debt, ImputedPayment, Receipt
from recouvrement.law.parameters import Parameter

_ONE_DAY = timedelta(days=1)
_MILLION = 1_000_000
_YEAR = 365 * _MILLION
_USUAL, _BY_YEAR = DayCount.ACTUAL_365, DayCount.ACTUAL_ACTUAL
"""Named here because reading a member from its class takes as long as a line of the account."""
_ANY_DAY = date(2026, 1, 1)
"""For a divisor that no day changes."""


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


class RateSeries(NamedTuple):
    """A rate that follows published figures. Equal series give equal rates: what was read once is kept."""

    rate_on: Callable[[date, Edition], Rate | Gap]
    """A function of the law, not one made for a debt."""
    dated: Edition

    def __call__(self, day: date) -> Rate | Gap:
        """Return the rate that governs a day."""
        return self.rate_on(day, self.dated)


class Run(NamedTuple):
    """Days that share one rate, or have none."""

    from_: date
    until: date
    days: int
    rate: Rate | Gap


class Runs(NamedTuple):
    """The days of a delay cut where the rate changes, with the reasons and doubts of their rates."""

    runs: tuple[Run, ...]
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]


def ppm(percent: Decimal) -> int:
    """Return a rate in per cent as whole millionths.

    Raises ``LawError`` for a rate of more than four decimals, which could not be counted exactly.

    >>> ppm(Decimal("12.40"))
    124000
    """
    figure, denominator = percent.as_integer_ratio()
    millionths, rest = divmod(figure * 10_000, denominator)
    if rest:
        raise LawError(
            where="rate", found=f"{percent} % has more than four decimals", hint="Correct the figure it comes from."
        )
    return millionths


def rate_gap(rule: str, parameter: Parameter, from_: date, first_ruled: date | None = None) -> Gap:
    """Return why no rate is known from that day: the rule is not stated so early, or its figure is not yet published.

    In ``rate_not_published``, ``from`` is the first day without a rate and ``through`` the day before it, the last that
    can be counted; in ``rule_not_covered``, ``through`` is the last day that cannot.
    """
    first = max(first_ruled or parameter.first_day, parameter.first_day)
    if from_ < first:
        inputs: dict[str, object] = {"rule": rule, "through": first - _ONE_DAY}
        return Gap(first, Doubt.of("rule_not_covered", Authority.LAW, inputs))
    inputs = {
        "parameter": parameter.id,
        "from": from_,
        "through": from_ - _ONE_DAY,
        "expected_on": None if parameter.entered else parameter.next_expected_on,
    }
    return Gap(None, Doubt.of("rate_not_published", Authority.LAW, inputs))


def account(debt: Debt, on: date, *, first_day: date, rate_on: RateOn | RateSeries, rule: Reason) -> Accrual:
    """Return what is owed on ``on`` included, in principal and interest, segment by segment.

    ``first_day`` is the first day that bears interest. A payment counts on the old base on its own day and reduces the
    base from the next one; received before ``first_day`` it reduces the base from the start. Each segment is rounded
    half-up, once. The principal never goes below zero. Where the rate is unknown the account stops, or resumes on the
    first known day, and says so in a doubt. Where contract or court allows it, interest due for a whole year joins the
    base on its anniversary.

    No interest runs on the day insolvency proceedings open, nor later. Whether that day itself counts is not settled
    by the texts read: the reading that counts it, not followed, would add a day against the debtor. The
    exception for deferred payments of a year or more (L622-28) is not applied either: a doubt says so.

    Sources:
        C. civ. art. 1343-1 and 1343-2; C. com. art. L622-28.
    """
    opened_on = debt.insolvency_opened_on
    until = on + _ONE_DAY if opened_on is None or opened_on > on else opened_on
    receipts = sorted([receipt for receipt in debt.receipts if receipt.on <= on]) if debt.receipts else []
    found = (
        _kept_runs(rate_on, first_day, until) if isinstance(rate_on, RateSeries) else _runs(rate_on, first_day, until)
    )
    counted = _counted(debt, first_day, until, receipts, found.runs)
    if not receipts and opened_on is None and debt.day_count is _USUAL and counted.days and not counted.compounded:
        # Nothing else to say of most debts.
        return _accrual(debt, counted, (rule, *found.reasons), found.doubts)
    explained = found if counted.met == len(found.runs) else _explained(found.runs[: counted.met])
    doubts = list(explained.doubts)
    reasons = [rule, *explained.reasons] if explained.reasons else [doubt.reason for doubt in doubts]
    if not reasons and counted.is_settled:
        reasons.append(_paid_before_interest())
    if counted.days and receipts and receipts[-1].on >= counted.days[0].from_:
        reasons.append(imputation_reason(debt.imputation))
        is_penalty = debt.debtor_kind in _PENALTIES and debt.enforceable_on is None
        if debt.imputation is Imputation.INTEREST_FIRST and is_penalty:
            doubts.append(imputation_doubt())
    if counted.compounded and debt.capitalised_from is not None:
        reasons.append(compounding_reason(debt.capitalised_from))
        if counted.compounded > 1:
            doubts.append(anniversaries_doubt())
    if counted.was_put_off:
        doubts.append(put_off_doubt())
    if counted.days and debt.day_count is not _USUAL:
        reasons.append(_day_count_by_contract(debt.day_count))
    if until <= on and first_day <= on and not counted.is_settled and opened_on is not None:
        is_consumer = debt.debtor_kind is DebtorKind.CONSUMER
        reasons.append(_insolvency_reason(opened_on, is_consumer=is_consumer))
        doubts.append(_insolvency_doubt(is_consumer=is_consumer))
    return _accrual(debt, counted, reasons, doubts)


class _Counted(NamedTuple):
    """The days counted, before they are explained."""

    owed: Owed
    days: tuple[CountedDays, ...]
    payments: tuple[ImputedPayment, ...]
    met: int = 0
    """Runs of days met before nothing was left to bear interest."""
    is_settled: bool = False
    """Whether nothing bore interest any more on the last day."""
    compounded: int = 0
    """Times interest joined the base."""
    was_put_off: bool = False
    """Whether a payment of interest put compounding off."""


def _counted(debt: Debt, first_day: date, until: date, receipts: list[Receipt], runs: tuple[Run, ...]) -> _Counted:
    """Count the days from ``first_day`` to ``until`` excluded, payments and anniversaries taken in on the way."""
    is_plain = debt.capitalised_from is None and debt.day_count is not _BY_YEAR
    if is_plain and (not receipts or receipts[-1].on < first_day):
        return _counted_on_one_base(debt, receipts, runs)
    return _counted_step_by_step(debt, first_day, until, receipts, runs)


def _counted_on_one_base(debt: Debt, receipts: list[Receipt], runs: tuple[Run, ...]) -> _Counted:
    """Count days over which what bears interest stays the same, as most debts do: every payment came before them."""
    owed, payments = _imputed_all(Owed(debt.principal_minor, 0), receipts, debt)
    base = owed.principal
    is_settled = (base if runs else debt.principal_minor) <= 0
    if base <= 0:
        return _Counted(owed, (), payments, is_settled=is_settled)
    day_count, days, interest = debt.day_count, [], 0
    year = _year(day_count, _ANY_DAY)
    for from_, end, length, rate in runs:
        if isinstance(rate, Rate):
            minor = minor_rounded_half_up(base * rate.ppm * length, year)
            interest += minor
            days.append(CountedDays(from_, end, base, rate.percent, day_count, minor, rate.source))
    return _Counted(Owed(base, interest), tuple(days), payments, len(runs), is_settled)


def _counted_step_by_step(
    debt: Debt, first_day: date, until: date, receipts: list[Receipt], runs: tuple[Run, ...]
) -> _Counted:
    allowed_from = debt.capitalised_from
    compounds_on = until if allowed_from is None else next_capitalisation(first_day, allowed_from)
    owed, days, payments = Owed(debt.principal_minor, 0), [], []
    cuts = iter(_cuts(receipts, debt, first_day, until))
    cut = from_ = first_day
    received = met = times = 0
    was_put_off = False
    while from_ < until:
        while received < len(receipts) and receipts[received].on < from_:
            owed, paid = _paid(owed, receipts[received], debt)
            payments.append(paid)
            if paid.to_interest and allowed_from is not None:
                # What is left is younger than a year: the year begins again.
                compounds_on = max(compounds_on, next_capitalisation(paid.on + _ONE_DAY, allowed_from))
                was_put_off = True
            received += 1
        principal, interest, compounded = owed
        if from_ == compounds_on and allowed_from is not None:
            times += bool(interest)
            interest, compounded = 0, compounded + interest
            compounds_on = next_capitalisation(from_, allowed_from)
        base = principal + compounded
        if base <= 0:
            break
        while not met or runs[met - 1].until <= from_:
            met += 1
        _, end, _, rate = runs[met - 1]
        while cut <= from_:
            cut = next(cuts)
        end = min(end, cut)
        if from_ < compounds_on < end:
            end = compounds_on
        if isinstance(rate, Rate):
            minor = minor_rounded_half_up(base * rate.ppm * (end - from_).days, _year(debt.day_count, from_))
            interest += minor
            days.append(CountedDays(from_, end, base, rate.percent, debt.day_count, minor, rate.source))
        owed = Owed(principal, interest, compounded)
        from_ = end
    is_settled = owed.base <= 0
    owed, later = _imputed_all(owed, receipts[received:], debt)
    return _Counted(owed, tuple(days), (*payments, *later), met, is_settled, times, was_put_off)


def _year(day_count: DayCount, day: date) -> int:
    """Return the days of the year of a day, times what one rate is in millionths."""
    return _YEAR if day_count is _USUAL else divisor(day_count, day) * _MILLION


def _imputed_all(owed: Owed, receipts: list[Receipt], debt: Debt) -> tuple[Owed, tuple[ImputedPayment, ...]]:
    """Return what is still owed after payments, and what each extinguished."""
    if not receipts:
        return owed, ()
    payments = []
    for receipt in receipts:
        owed, paid = _paid(owed, receipt, debt)
        payments.append(paid)
    return owed, tuple(payments)


@lru_cache(maxsize=8192)
def _kept_runs(series: RateSeries, first_day: date, until: date) -> Runs:
    """Return the runs of a series, worked out once for all the debts of that due date: rates are read by date alone."""
    return _runs(series, first_day, until)


def _runs(rate_on: RateOn | RateSeries, first_day: date, until: date) -> Runs:
    runs: list[Run] = []
    from_ = first_day
    while from_ < until:
        rate = rate_on(from_)
        end = min(_end_of(rate, from_, until), until)
        runs.append(Run(from_, end, (end - from_).days, rate))
        from_ = end
    return _explained(tuple(runs))


def _explained(runs: tuple[Run, ...]) -> Runs:
    """Return runs with the reasons and doubts of their rates, each once and in the order a reader needs them."""
    rates = [run.rate for run in runs if isinstance(run.rate, Rate)]
    met = [run.rate.doubt for run in runs if isinstance(run.rate, Gap)]
    met += [doubt for rate in rates for doubt in rate.doubts]
    # By code and inputs, which say all that a reader sees: comparing whole reasons took a third of the account's time.
    reasons = {(rate.reason.code, rate.reason.inputs): rate.reason for rate in rates}
    doubts = {(doubt.code, doubt.reason.inputs): doubt for doubt in met}
    return Runs(runs, tuple(reasons.values()), tuple(doubts.values()))


def _end_of(rate: Rate | Gap, from_: date, until: date) -> date:
    """Return the day a rate or a gap ends, later than ``from_``: anything else would count for ever."""
    ends = rate.until if isinstance(rate, Rate) else rate.resumes_on or until
    if ends <= from_:
        raise LawError(
            where=f"rate of {from_.isoformat()}", found="it ends before it begins", hint="Correct the law files."
        )
    return ends


def nothing_late(debt: Debt, on: date) -> Accrual:
    """Return the account of a debt that is not late: payments imputed to principal, no interest.

    The due day itself is never late: a delay begins the day after.
    """
    receipts = sorted(receipt for receipt in debt.receipts if receipt.on <= on)
    owed, payments = _imputed_all(Owed(debt.principal_minor, 0), receipts, debt)
    reason = Reason.of("not_late", Authority.FACT, {"due_on": debt.due_on})
    return _accrual(debt, _Counted(owed, (), payments), [reason], [])


def _accrual(debt: Debt, counted: _Counted, reasons: Sequence[Reason], doubts: Sequence[Doubt]) -> Accrual:
    owed = counted.owed
    return Accrual(
        debt.item_id,
        debt.currency,
        owed.principal,
        owed.interest + owed.compounded,
        counted.days,
        counted.payments,
        tuple(reasons),
        tuple(doubts),
    )


def _paid(owed: Owed, receipt: Receipt, debt: Debt) -> tuple[Owed, ImputedPayment]:
    """Return what is still owed after a payment, and what the payment extinguished."""
    left = imputed(owed, receipt.minor, debt.imputation)
    to_principal = owed.principal - left.principal
    to_interest = owed.interest + owed.compounded - left.interest - left.compounded
    surplus = receipt.minor - to_interest - to_principal
    return left, ImputedPayment(receipt.on, receipt.minor, to_interest, to_principal, surplus)


def _cuts(receipts: list[Receipt], debt: Debt, first_day: date, until: date) -> list[date]:
    """Return the days on which a new segment begins whatever the rate, in order, ended by ``until``."""
    cuts = {receipt.on + _ONE_DAY for receipt in receipts}
    if debt.day_count is _BY_YEAR:
        cuts.update(date(year, 1, 1) for year in range(first_day.year + 1, until.year + 1))
    kept = [cut for cut in cuts if first_day < cut < until]
    kept.sort()
    kept.append(until)
    return kept


_PENALTIES = frozenset({DebtorKind.BUSINESS, DebtorKind.PUBLIC})
"""Debtors whose late interest is a penalty of commercial or public law rather than the legal interest."""


@cache
def _paid_before_interest() -> Reason:
    return Reason.of("paid_before_interest", Authority.FACT)


@cache
def _day_count_by_contract(day_count: DayCount) -> Reason:
    return Reason.of("day_count_by_contract", Authority.CONTRACT, {"day_count": day_count})


@cache
def _insolvency_reason(opened_on: date, *, is_consumer: bool) -> Reason:
    source = (
        Source(article="C. conso. art. L722-14", confidence=Confidence.FROM_MEMORY)
        if is_consumer
        else Source(article="C. com. art. L622-28", confidence=Confidence.SECONDARY)
    )
    return Reason.of("interest_stopped_by_insolvency", Authority.LAW, {"opened_on": opened_on}, source=source)


@cache
def _insolvency_doubt(*, is_consumer: bool) -> Doubt:
    """Return what is doubtful in the stop: the text was not read, and its exceptions are not applied."""
    if is_consumer:
        source = Source(article="C. conso. art. L722-14", confidence=Confidence.FROM_MEMORY)
        code = "insolvency_stop_from_memory"
    else:
        source = Source(article="C. com. art. L622-28", confidence=Confidence.SECONDARY)
        code = "insolvency_exception_not_applied"
    return Doubt.of(code, Authority.LAW, source=source)
