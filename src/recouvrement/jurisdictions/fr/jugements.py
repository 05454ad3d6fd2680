"""Interest on a sum fixed by a court decision: the legal rate, increased after two months (CMF art. L313-3)."""

from datetime import date, timedelta
from functools import cache

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Doubt
from recouvrement.domain.exact import plus
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.clauses import by_law, clause_not_applied, day_count_not_applied
from recouvrement.jurisdictions.fr.compte import account, nothing_late
from recouvrement.jurisdictions.fr.interets_legaux import legal_rate_by_day
from recouvrement.jurisdictions.fr.jours_au_taux import Gap, Rate, ppm
from recouvrement.jurisdictions.fr.parametres import Edition, weak_source
from recouvrement.law.jurisdiction import Accrual, Debt
from recouvrement.law.parameters import Parameter
from recouvrement.law.rates import weakest

_ONE_DAY = timedelta(days=1)
MONTHS_BEFORE_INCREASE = 2
"""Months from the day the decision is enforceable (CMF art. L313-3); part of the rule, like the day it begins."""


def increase_from(enforceable_on: date) -> date:
    """Return the first day that bears the increased rate: the day after two months, ended on the same day number.

    The month reached may be shorter: the two months then end on its last day. In practice a decision is enforceable
    once it has been served (CPC art. 503).

    >>> increase_from(date(2025, 12, 31)), increase_from(date(2026, 1, 15))
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 16))

    Sources:
        CMF art. L313-3.
    """
    return add_months(enforceable_on, MONTHS_BEFORE_INCREASE, MonthEnd.CLAMP) + _ONE_DAY


def judgment_interest(debt: Debt, enforceable_on: date, on: date, dated: Edition) -> Accrual:
    """Return the interest on a sum fixed by a court decision, at the legal rate of each half-year, then increased.

    It runs from the day after the notice when one is known, else from the day after the decision became enforceable,
    and never before the debt is due; that day itself is not counted. What ran before, such as penalties up to the
    decision, is not computed here: a doubt says so. The increase is that of the legal rate alone; a court may reduce
    or waive it.

    Sources:
        CMF art. L313-2 and L313-3; civ. 2, 7 Jan. 2016, n° 14-26.449.
    """
    notice_on = debt.notice_on if debt.notice_on is not None and debt.due_on < debt.notice_on <= on else None
    start = max(debt.due_on, enforceable_on if notice_on is None else min(notice_on, enforceable_on))
    if on <= start:
        accrual = nothing_late(debt, on)
        return accrual._replace(reasons=(_rule(enforceable_on), *accrual.reasons))
    plain = legal_rate_by_day(is_natural_person=debt.creditor_is_natural_person, dated=dated)
    increased_from = increase_from(enforceable_on)
    points = dated.parametre("majoration_judiciaire")

    def rate_on(day: date) -> Rate | Gap:
        rate = plain(day)
        if isinstance(rate, Gap):
            return rate
        if day < increased_from:
            return rate._replace(until=min(rate.until, increased_from))
        return _increased(rate, points, increased_from)

    counted = by_law(debt)._replace(enforceable_on=enforceable_on)
    accrual = account(counted, on, first_day=start + _ONE_DAY, rate_on=rate_on, rule=_rule(enforceable_on))
    doubts = (*accrual.doubts, *clause_not_applied(debt), *day_count_not_applied(debt))
    if notice_on is None:
        doubts = (*doubts, _since_the_ruling())
    if debt.due_on < start:
        doubts = (*doubts, _earlier_interest(debt.due_on, start))
    if points.covers(increased_from) and accrual.through is not None and accrual.through >= increased_from:
        doubts = (*doubts, _may_be_reduced())
    return accrual._replace(doubts=doubts)


def _increased(rate: Rate, parameter: Parameter, increased_from: date) -> Rate:
    """Return the legal rate plus the points in force the day the increase begins; none where they are not covered."""
    if not parameter.covers(increased_from):
        is_later = increased_from > parameter.last_day
        inputs: dict[str, object] = {
            "rule": parameter.id,
            "from" if is_later else "through": parameter.last_day + _ONE_DAY
            if is_later
            else parameter.first_day - _ONE_DAY,
        }
        return rate._replace(doubts=(*rate.doubts, Doubt.of("rule_not_covered", Authority.LAW, inputs)))
    points = parameter.on(increased_from)
    percent = plus(rate.percent, points.value)
    source = Source(
        article=points.article,
        confidence=weakest((rate.source.confidence, points.confidence)),
        identifier=rate.source.identifier,
        published_on=rate.source.published_on,
        checked_on=rate.source.checked_on,
    )
    inputs = {"rate": percent, "increased_from": increased_from}
    margin = Reason.of("margin", Authority.LAW, {"points": points.value}, source=points.source)
    reason = Reason.of("legal_rate_increased", Authority.LAW, inputs, source=source, parts=(rate.reason, margin))
    return Rate(rate.until, ppm(percent), percent, source, reason, (*rate.doubts, *weak_source(points.source)))


@cache
def _rule(enforceable_on: date) -> Reason:
    source = Source(article="CMF art. L313-2", confidence=Confidence.VERIFIED)
    return Reason.of("interest_on_a_judgment", Authority.LAW, {"enforceable_on": enforceable_on}, source=source)


def _earlier_interest(due_on: date, start: date) -> Doubt:
    source = Source(article="CMF art. L313-3", confidence=Confidence.UNSETTLED)
    inputs: dict[str, object] = {"due_on": due_on, "through": start}
    return Doubt.of("interest_before_judgment_not_counted", Authority.LAW, inputs, source)


@cache
def _since_the_ruling() -> Doubt:
    """Return the doubt of the days between the ruling and its service: interest may run from the ruling itself."""
    source = Source(article="C. civ. art. 1231-7", confidence=Confidence.FROM_MEMORY)
    return Doubt.of("interest_since_the_ruling", Authority.LAW, source=source)


@cache
def _may_be_reduced() -> Doubt:
    source = Source(article="CMF art. L313-3", confidence=Confidence.SECONDARY)
    return Doubt.of("increase_may_be_reduced", Authority.LAW, source=source)
