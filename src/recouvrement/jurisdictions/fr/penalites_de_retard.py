"""Late-payment interest owed by businesses (C. com. art. L441-10 II) and by public bodies (CCP art. R2192-31)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from recouvrement.domain.calendar import Interval, half_year_start, next_half_year_start
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr.imputation import Gap, Rate, account, ppm
from recouvrement.jurisdictions.fr.parametres import ParameterName, parametre, weak_source
from recouvrement.law.jurisdiction import Accrual, Debt
from recouvrement.law.parameters import RuleTable, rule_on

_ONE_DAY = timedelta(days=1)


def business_rate(day: date) -> Rate:
    """Return the rate owed between businesses that day when no valid clause sets another.

    It is the ECB rate of 1 January for the first half-year, of 1 July for the second, plus ten points; the ECB rate of
    the day itself is irrelevant. The floor of three times the legal rate limits clauses, never this rate.

    Raises ``NotCovered`` before 2013 (the rate was not yet frozen by half-year) and where the ECB rate is not known.

    >>> business_rate(date(2026, 11, 21)).percent
    Decimal('12.40')

    Sources:
        C. com. art. L441-10 II (ex L441-6 I); loi 2012-387 art. 121 (snapshot); loi 2008-776 art. 21 (ten points).
    """
    return rule_on(BUSINESS_RULES, day, "fr.penalites_entreprises")(day)


def public_rate(begins_on: date) -> Rate:
    """Return the rate owed by a public body whose delay begins that day; it stays the same to the end of the delay.

    It is the ECB rate of the first day of the half-year in which interest began to run, plus eight points.

    Raises ``NotCovered`` for delays begun before 1 May 2013 and where the ECB rate is not known.

    >>> public_rate(date(2026, 5, 21)).percent
    Decimal('10.15')

    Sources:
        CCP art. R2192-31; before 1 April 2019, décret 2013-269 art. 8 (contracts concluded from 16 March 2013).
    """
    return rule_on(PUBLIC_RULES, begins_on, "fr.interets_moratoires_publics")(begins_on)


def clause_floor(day: date) -> Decimal:
    """Return the least rate a penalty clause between businesses may set that day, in per cent.

    Three times the legal interest rate of the column "autres". Raises ``NotCovered`` where that rate is not known.

    >>> clause_floor(date(2024, 3, 1))
    Decimal('15.21')

    Sources:
        C. com. art. L441-10 II.
    """
    return parametre("penalites_plancher_multiple").on(day).value * parametre("taux_interet_legal_autres").on(day).value


def business_interest(debt: Debt, on: date) -> Accrual:
    """Return the penalties owed by a business, from the day after the due date to ``on`` included; no notice needed.

    A delay that straddles two half-years takes the rate of each: the text says which rate applies *during* each
    half-year, and the rule for public bodies had to say that the first one stays. The other reading, one rate to the
    end, is reported as a doubt when it would change the rate. Rates of clauses are not known here.

    Sources:
        C. com. art. L441-10 II.
    """
    accrual = account(
        debt,
        on,
        first_day=debt.due_on + _ONE_DAY,
        rate_on=_business_rate_on,
        rule=_rule("penalties_between_businesses"),
    )
    if len(accrual.segments) < 2 or len({segment.rate for segment in accrual.segments}) == 1:
        return accrual
    return accrual._replace(doubts=(*accrual.doubts, _straddling_doubt()))


def public_interest(debt: Debt, on: date) -> Accrual:
    """Return the interest owed by a public body, from the day after the due date to ``on`` included; no claim needed.

    One rate for the whole delay, so one segment between two payments.

    Sources:
        CCP art. L2192-13, R2192-31 and R2192-32.
    """
    begins_on = debt.due_on + _ONE_DAY
    rate = _public_rate_or_gap(begins_on)
    return account(debt, on, first_day=begins_on, rate_on=lambda _: rate, rule=_rule("interest_owed_by_public_bodies"))


def _ecb_snapshot_plus_margin(day: date) -> Rate:
    half = half_year_start(day)
    return _ecb_plus(half, "penalites_marge_bce", in_force_on=half, until=next_half_year_start(half))


def _ecb_of_first_half_year_plus_margin(begins_on: date) -> Rate:
    half = half_year_start(begins_on)
    return _ecb_plus(half, "marge_debiteur_public", in_force_on=begins_on, until=date.max)


BUSINESS_RULES: RuleTable[Callable[[date], Rate]] = ((Interval(date(2013, 1, 1), None), _ecb_snapshot_plus_margin),)
"""Successive shapes of the rate between businesses. From 2009 to 2012 the "latest operation" was not frozen."""

PUBLIC_RULES: RuleTable[Callable[[date], Rate]] = (
    (Interval(date(2013, 5, 1), None), _ecb_of_first_half_year_plus_margin),
)
"""Successive shapes of the rate owed by public bodies, by the day interest began to run."""


def _ecb_plus(snapshot_on: date, margin_name: ParameterName, *, in_force_on: date, until: date) -> Rate:
    ecb = parametre("taux_bce_refinancement").on(snapshot_on)
    margin = parametre(margin_name).on(in_force_on)
    percent = ecb.value + margin.value
    # The record quoted by a segment names the article of the rule and the ECB value, whose mark is the weaker one.
    source = Source(
        article=margin.article,
        confidence=ecb.confidence,
        identifier=ecb.source.identifier,
        published_on=ecb.published_on,
        checked_on=ecb.checked_on,
    )
    reason = Reason.of(
        "rate_ecb_plus_margin",
        Authority.LAW,
        {"snapshot_on": snapshot_on, "rate": percent},
        source=source,
        parts=(
            Reason.of("ecb_rate", Authority.LAW, {"rate": ecb.value, "in_force_from": ecb.from_}, source=ecb.source),
            Reason.of("margin", Authority.LAW, {"points": margin.value}, source=margin.source),
        ),
    )
    return Rate(until, ppm(percent), percent, source, reason, (*weak_source(ecb), *weak_source(margin)))


def _business_rate_on(day: date) -> Rate | Gap:
    return _business_rate_or_gap(half_year_start(day))


@lru_cache(maxsize=512)
def _business_rate_or_gap(half: date) -> Rate | Gap:
    try:
        return business_rate(half)
    except NotCovered:
        return rate_gap("penalties_between_businesses", "taux_bce_refinancement", half, BUSINESS_RULES[0][0].from_)


@lru_cache(maxsize=8192)
def _public_rate_or_gap(begins_on: date) -> Rate | Gap:
    try:
        return public_rate(begins_on)
    except NotCovered:
        gap = rate_gap("interest_owed_by_public_bodies", "taux_bce_refinancement", begins_on, PUBLIC_RULES[0][0].from_)
        # The older rule governs the whole of a delay begun under it: nothing resumes.
        return gap._replace(resumes_on=None)


def rate_gap(rule: str, name: ParameterName, from_: date, first_ruled: date | None) -> Gap:
    """Return why no rate is known from that day: the rule is not stated so early, or its figure is not yet published.

    In ``rate_not_published``, ``from`` is the first day without a rate and ``through`` the day before it, the last that
    can be counted; in ``rule_not_covered``, ``through`` is the last day that cannot.
    """
    if first_ruled is not None and from_ < first_ruled:
        inputs: dict[str, object] = {"rule": rule, "through": first_ruled - _ONE_DAY}
        return Gap(
            first_ruled,
            Doubt(code="rule_not_covered", reason=Reason.of("rule_not_covered", Authority.LAW, inputs)),
        )
    parameter = parametre(name)
    inputs = {
        "parameter": parameter.id,
        "from": from_,
        "through": from_ - _ONE_DAY,
        "expected_on": parameter.next_expected_on,
    }
    return Gap(None, Doubt(code="rate_not_published", reason=Reason.of("rate_not_published", Authority.LAW, inputs)))


@cache
def _rule(code: str) -> Reason:
    article = {
        "penalties_between_businesses": "C. com. art. L441-10 II",
        "interest_owed_by_public_bodies": "CCP art. L2192-13",
    }[code]
    return Reason.of(code, Authority.LAW, source=Source(article=article, confidence=Confidence.VERIFIED))


@cache
def _straddling_doubt() -> Doubt:
    source = Source(article="C. com. art. L441-10 II", confidence=Confidence.UNSETTLED)
    reason = Reason.of("half_years_reading_unsettled", Authority.LAW, {"reading": "re_anchored"}, source=source)
    return Doubt(code="half_years_reading_unsettled", reason=reason)
