"""The account of one late debt: days at a rate on what is still owed, payments imputed, interest compounded."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from recouvrement.domain.decision import Doubt, divisor
from recouvrement.domain.light import quick
from recouvrement.domain.money import minor_rounded_half_up
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount, Imputation
from recouvrement.jurisdictions.fr.capitalisation import (
    anniversaries_doubt,
    compounding_reason,
    next_capitalisation,
    put_off_doubt,
)
from recouvrement.jurisdictions.fr.imputation import Owed, imputation_doubt, imputation_reason, imputed
from recouvrement.jurisdictions.fr.jours_au_taux import (
    DaysOnOneBase,
    Rate,
    RateOn,
    RateSeries,
    Run,
    Runs,
    explained_runs,
    kept_runs,
    runs_of,
)
from recouvrement.law.jurisdiction import Accrual, CountedDays, Debt, ImputedPayment, Receipt

_ONE_DAY = timedelta(days=1)
_MILLION = 1_000_000
_YEAR = 365 * _MILLION
_USUAL, _BY_YEAR = DayCount.ACTUAL_365, DayCount.ACTUAL_ACTUAL
"""Named here because reading a member from its class takes as long as a line of the account."""
_ANY_DAY = date(2026, 1, 1)
"""For a divisor that no day changes."""


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
        kept_runs(rate_on, first_day, until) if isinstance(rate_on, RateSeries) else runs_of(rate_on, first_day, until)
    )
    counted = _counted(debt, first_day, until, receipts, found)
    if not receipts and opened_on is None and debt.day_count is _USUAL and counted.days and not counted.compounded:
        # Nothing else to say of most debts.
        return _accrual(debt, counted, (rule, *found.reasons), found.doubts)
    explained = found if counted.met == len(found.runs) else explained_runs(found.runs[: counted.met])
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


def on_one_base(debt: Debt, found: Runs, reasons: tuple[Reason, ...], doubts: tuple[Doubt, ...]) -> Accrual:
    """Return the account of a debt that nothing was paid on and nothing disturbs, by years of 365 days.

    ``found`` has the rate of every day; what is said of them is given whole.
    """
    base = debt.principal_minor
    interest = sum([minor_rounded_half_up(base * weight, _YEAR) for weight in found.weights])
    days = DaysOnOneBase(base, _USUAL, _YEAR, found.runs)
    return quick(Accrual, (debt.item_id, debt.currency, base, interest, days, (), reasons, doubts))


class _Counted(NamedTuple):
    """The days counted, before they are explained."""

    owed: Owed
    days: Sequence[CountedDays]
    payments: tuple[ImputedPayment, ...]
    met: int = 0
    """Runs of days met before nothing was left to bear interest."""
    is_settled: bool = False
    """Whether nothing bore interest any more on the last day."""
    compounded: int = 0
    """Times interest joined the base."""
    was_put_off: bool = False
    """Whether a payment of interest put compounding off."""


def _counted(debt: Debt, first_day: date, until: date, receipts: list[Receipt], found: Runs) -> _Counted:
    """Count the days from ``first_day`` to ``until`` excluded, payments and anniversaries taken in on the way."""
    is_plain = debt.capitalised_from is None and debt.day_count is not _BY_YEAR
    if is_plain and (not receipts or receipts[-1].on < first_day):
        return _counted_on_one_base(debt, receipts, found)
    return _counted_step_by_step(debt, first_day, until, receipts, found.runs)


def _counted_on_one_base(debt: Debt, receipts: list[Receipt], found: Runs) -> _Counted:
    """Count days over which what bears interest stays the same, as most debts do: every payment came before them."""
    owed, payments = _imputed_all(Owed(debt.principal_minor, 0), receipts, debt)
    base, runs = owed.principal, found.runs
    is_settled = (base if runs else debt.principal_minor) <= 0
    if base <= 0:
        return _Counted(owed, (), payments, is_settled=is_settled)
    day_count, days, interest = debt.day_count, [], 0
    year = _year(day_count, _ANY_DAY)
    if found.weights:
        interest = sum([minor_rounded_half_up(base * weight, year) for weight in found.weights])
        written_later = DaysOnOneBase(base, day_count, year, runs)
        return _Counted(Owed(base, interest), written_later, payments, len(runs), is_settled)
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
    owed, days, payments = quick(Owed, (debt.principal_minor, 0, 0)), [], []
    cuts = iter(_cuts(receipts, debt, first_day, until))
    cut = from_ = first_day
    count, received, met, times = len(receipts), 0, 0, 0
    was_put_off = False
    day_count = debt.day_count
    usual_year = _YEAR if day_count is _USUAL else 0
    while from_ < until:
        while received < count and receipts[received].on < from_:
            owed, paid = _paid(owed, receipts[received], debt)
            payments.append(paid)
            if paid.to_interest and allowed_from is not None:
                # What is left is younger than a year: the year begins again.
                compounds_on = max(compounds_on, next_capitalisation(paid.on + _ONE_DAY, allowed_from))
                was_put_off = True
            received += 1
        principal, interest, compounded = owed
        if allowed_from is not None and from_ == compounds_on:
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
        if allowed_from is not None and from_ < compounds_on < end:
            end = compounds_on
        if isinstance(rate, Rate):
            year = usual_year or _year(day_count, from_)
            minor = minor_rounded_half_up(base * rate.ppm * (end - from_).days, year)
            interest += minor
            days.append(quick(CountedDays, (from_, end, base, rate.percent, day_count, minor, rate.source)))
        owed = quick(Owed, (principal, interest, compounded))
        from_ = end
    is_settled = owed.base <= 0
    owed, later = _imputed_all(owed, receipts[received:], debt)
    payments += later
    return quick(_Counted, (owed, tuple(days), tuple(payments), met, is_settled, times, was_put_off))


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
    return quick(
        Accrual,
        (
            debt.item_id,
            debt.currency,
            owed.principal,
            owed.interest + owed.compounded,
            counted.days,
            counted.payments,
            tuple(reasons),
            tuple(doubts),
        ),
    )


def _paid(owed: Owed, receipt: Receipt, debt: Debt) -> tuple[Owed, ImputedPayment]:
    """Return what is still owed after a payment, and what the payment extinguished."""
    left = imputed(owed, receipt.minor, debt.imputation)
    to_principal = owed.principal - left.principal
    to_interest = owed.interest + owed.compounded - left.interest - left.compounded
    surplus = receipt.minor - to_interest - to_principal
    return left, quick(ImputedPayment, (receipt.on, receipt.minor, to_interest, to_principal, surplus))


def _cuts(receipts: list[Receipt], debt: Debt, first_day: date, until: date) -> list[date]:
    """Return the days on which a new segment begins whatever the rate, in order, ended by ``until``."""
    cuts = {receipt.on + _ONE_DAY for receipt in receipts}
    if debt.day_count is _BY_YEAR:
        cuts.update([date(year, 1, 1) for year in range(first_day.year + 1, until.year + 1)])
    kept = sorted([cut for cut in cuts if first_day < cut < until])
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
