"""Late-payment interest owed by businesses (C. com. art. L441-10 II) and by public bodies (CCP art. R2192-31)."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

from recouvrement.domain.calendar import Interval, half_year_start, next_half_year_start
from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.domain.decision import Doubt
from recouvrement.domain.exact import plus
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount, HalfYears
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr.clauses import by_law, clause_interest, clause_not_applied, day_count_not_applied
from recouvrement.jurisdictions.fr.compte import account, on_one_base
from recouvrement.jurisdictions.fr.jours_au_taux import (
    Gap,
    Rate,
    RateOn,
    RateSeries,
    Runs,
    kept_runs,
    ppm,
    rate_gap,
)
from recouvrement.jurisdictions.fr.parametres import PACKAGED, Edition, ParameterName, weak_source
from recouvrement.law.jurisdiction import Accrual, Debt
from recouvrement.law.parameters import DatedValue, Parameter, RuleTable, rule_on
from recouvrement.law.rates import weakest

_ONE_DAY = timedelta(days=1)


def business_rate(day: date, dated: Edition = PACKAGED) -> Rate:
    """Return the rate owed between businesses that day when no valid clause sets another.

    Since 2013 it is the ECB rate of 1 January for the first half-year, of 1 July for the second, plus ten points; the
    ECB rate of the day itself is irrelevant. From 2009 to 2012 it followed each ECB operation, plus ten points; before,
    plus seven. The floor of three times the legal rate limits clauses, never this rate.

    Raises ``NotCovered`` before 16 May 2001 and where the ECB rate is not known.

    >>> business_rate(date(2026, 11, 21)).percent
    Decimal('12.40')
    >>> business_rate(date(2009, 4, 10)).percent, business_rate(date(2008, 12, 31)).percent
    (Decimal('11.25'), Decimal('9.50'))

    Sources:
        C. com. art. L441-10 II (ex L441-6 I); loi 2012-387 art. 121 (snapshot); loi 2008-776 art. 21 (ten points);
        loi 2001-420 (seven points).
    """
    return rule_on(BUSINESS_RULES, day, "fr.penalites_entreprises")(day, dated)


def public_rate(begins_on: date, dated: Edition = PACKAGED) -> Rate:
    """Return the rate owed by a public body whose delay begins that day; it stays the same to the end of the delay.

    It is the ECB rate of the first day of the half-year in which interest began to run, plus eight points; plus seven
    for delays begun before 1 May 2013.

    Raises ``NotCovered`` for delays begun before 2003 and where the ECB rate is not known.

    >>> public_rate(date(2026, 5, 21)).percent
    Decimal('10.15')

    Sources:
        CCP art. R2192-31; from 1 May 2013 to 31 March 2019, décret 2013-269 art. 8 (contracts concluded from 16 March
        2013); before, décret 2002-232.
    """
    return rule_on(PUBLIC_RULES, begins_on, "fr.interets_moratoires_publics")(begins_on, dated)


def business_interest(debt: Debt, on: date, dated: Edition = PACKAGED) -> Accrual:
    """Return the penalties owed by a business, from the day after the due date to ``on`` included; no notice needed.

    A delay that straddles two half-years takes the rate of each: the text says which rate applies *during* each
    half-year, and the rule for public bodies had to say that the first one stays. The other reading, one rate to the
    end, is simpler and may be chosen in the terms. Whenever the choice changes a rate, a doubt says which was made.
    Legal interest of C. civ. art. 1231-6 is never added for the same delay. A clause of ten points above the ECB rate
    is the rule of the law itself.

    Sources:
        C. com. art. L441-10 II; com. 24 April 2024, n° 22-24.275 (no accumulation).
    """
    first_day = debt.due_on + _ONE_DAY
    if debt.penalty is not None and not _restates_the_law(debt.penalty, (first_day, on), dated):
        return clause_interest(debt, debt.penalty, on, dated)
    if (
        not debt.receipts
        and debt.insolvency_opened_on is None
        and debt.capitalised_from is None
        and debt.principal_minor > 0
        and debt.half_years is _RE_ANCHORED
        and debt.day_count is _USUAL
    ):
        plain = _undisturbed(first_day, on + _ONE_DAY, dated)
        if plain is not None:
            return on_one_base(debt, *plain)
    rates: RateOn | RateSeries = RateSeries(_business_rate_or_gap, dated)
    if debt.half_years is HalfYears.FIXED_AT_START:
        begun = _business_rate_or_gap(first_day, dated)
        if isinstance(begun, Rate):
            constant = begun._replace(until=date.max)
            rates = lambda _: constant  # noqa: E731  # one rate for all the days
    accrual = account(debt, on, first_day=first_day, rate_on=rates, rule=_rule(BETWEEN_BUSINESSES))
    if not accrual.days or not _moves(first_day, accrual.days[-1].until, dated):
        return accrual
    return accrual.explained(reasons=(_reading(debt.half_years),), doubts=(_straddling_doubt(debt.half_years),))


@lru_cache(maxsize=8192)
def _undisturbed(
    first_day: date, until: date, dated: Edition
) -> tuple[Runs, tuple[Reason, ...], tuple[Doubt, ...]] | None:
    """Return the rates of a delay that nothing disturbs, with all that is said of it; ``None`` when one is not known.

    Worked out once for all the debts of a due date.
    """
    found = kept_runs(RateSeries(_business_rate_or_gap, dated), first_day, until)
    if not found.weights:
        return None
    reasons, doubts = (_rule(BETWEEN_BUSINESSES), *found.reasons), found.doubts
    if _moves(first_day, until, dated):
        reasons, doubts = (*reasons, _reading(_RE_ANCHORED)), (*doubts, _straddling_doubt(_RE_ANCHORED))
    return found, reasons, doubts


_RE_ANCHORED, _USUAL = HalfYears.RE_ANCHORED, DayCount.ACTUAL_365
"""Named once: reading a member from its class takes as long as a call."""


def public_interest(debt: Debt, on: date, dated: Edition = PACKAGED) -> Accrual:
    """Return the interest owed by a public body, from the day after the due date to ``on`` included; no claim needed.

    One rate for the whole delay, so one segment between two payments. A contract sets no other rate.

    Sources:
        CCP art. L2192-13, L2192-14, R2192-31 and R2192-32.
    """
    begins_on = debt.due_on + _ONE_DAY
    rate = _public_rate_or_gap(begins_on, dated)
    counted = by_law(debt)
    accrual = account(counted, on, first_day=begins_on, rate_on=lambda _: rate, rule=_rule(OWED_BY_PUBLIC_BODIES))
    return accrual.explained(doubts=(*clause_not_applied(debt), *day_count_not_applied(debt)))


def _latest_operation_plus_seven(day: date, dated: Edition) -> Rate:
    return _latest_operation(day, dated, until=_TEN_POINTS_FROM, doubts=(_operation_doubt(),))


def _latest_operation_plus_ten(day: date, dated: Edition) -> Rate:
    return _latest_operation(day, dated, until=_SNAPSHOT_FROM, doubts=(_operation_doubt(), _contract_doubt()))


def _ecb_snapshot_plus_margin(day: date, dated: Edition) -> Rate:
    half = half_year_start(day)
    ecb = dated.parametre("taux_bce_refinancement").on(half)
    return _ecb_plus(ecb, half, dated.parametre("penalites_marge_bce").on(half), until=next_half_year_start(half))


def _ecb_of_first_half_year_plus_margin(begins_on: date, dated: Edition) -> Rate:
    half = half_year_start(begins_on)
    ecb = dated.parametre("taux_bce_refinancement").on(half)
    return _ecb_plus(ecb, half, dated.parametre("marge_debiteur_public").on(begins_on), until=date.max)


def _ecb_of_first_half_year_plus_eight(begins_on: date, dated: Edition) -> Rate:
    rate = _ecb_of_first_half_year_plus_margin(begins_on, dated)
    return rate._replace(doubts=(*rate.doubts, public_contract_doubt()))


def _ecb_of_first_half_year_plus_seven(begins_on: date, dated: Edition) -> Rate:
    rate = _ecb_of_first_half_year_plus_margin(begins_on, dated)
    return rate._replace(doubts=(*rate.doubts, _old_public_rule_doubt()))


_TEN_POINTS_FROM = date(2009, 1, 1)
_SNAPSHOT_FROM = date(2013, 1, 1)
_PUBLIC_EIGHT_POINTS_FROM = date(2013, 5, 1)
CCP_FROM = date(2019, 4, 1)
"""First day of the Code de la commande publique; before it, contracts concluded before 16 March 2013 were still met."""

BUSINESS_RULES: RuleTable[Callable[[date, Edition], Rate]] = (
    (Interval(date(2001, 5, 16), _TEN_POINTS_FROM), _latest_operation_plus_seven),
    (Interval(_TEN_POINTS_FROM, _SNAPSHOT_FROM), _latest_operation_plus_ten),
    (Interval(_SNAPSHOT_FROM, None), _ecb_snapshot_plus_margin),
)
"""Successive shapes of the rate between businesses, by the day that bears interest."""

PUBLIC_CONTRACTS_FROM = date(2013, 3, 16)
"""Contracts concluded from that day owe eight points and the indemnity (décret 2013-269)."""

PUBLIC_RULES: RuleTable[Callable[[date, Edition], Rate]] = (
    (Interval(date(2003, 1, 1), _PUBLIC_EIGHT_POINTS_FROM), _ecb_of_first_half_year_plus_seven),
    (Interval(_PUBLIC_EIGHT_POINTS_FROM, CCP_FROM), _ecb_of_first_half_year_plus_eight),
    (Interval(CCP_FROM, None), _ecb_of_first_half_year_plus_margin),
)
"""Successive shapes of the rate owed by public bodies, by the day interest began to run."""


def _latest_operation(day: date, dated: Edition, *, until: date, doubts: tuple[Doubt, ...]) -> Rate:
    """Return the rate of the latest operation before the snapshot existed: it moved with each change of the ECB.

    Of variable-rate tenders (2000 to 2008) the minimum bid is known, not the marginal rate: it is the lower of the two,
    so it cannot harm the debtor, and a doubt says so.
    """
    ecb = dated.parametre("taux_bce_refinancement").on(day)
    margin = dated.parametre("penalites_marge_bce").on(day)
    if ecb.kind == "min_bid":
        doubts = (*doubts, _minimum_bid_doubt())
    return _ecb_plus(ecb, ecb.from_, margin, until=min(ecb.until or until, until), doubts=doubts)


def _ecb_plus(
    ecb: DatedValue, read_on: date, margin: DatedValue, *, until: date, doubts: tuple[Doubt, ...] = ()
) -> Rate:
    percent = plus(ecb.value, margin.value)
    # The record quoted by a segment names the article of the rule and the ECB value, whose mark is the weaker one.
    # A minimum bid is not the rate of the text: the mark says so on every line that uses it.
    source = Source(
        article=margin.article,
        confidence=Confidence.UNSETTLED if ecb.kind == "min_bid" else weakest((ecb.confidence, margin.confidence)),
        identifier=ecb.source.identifier,
        published_on=ecb.published_on,
        checked_on=ecb.checked_on,
    )
    reason = Reason.of(
        "rate_ecb_plus_margin",
        Authority.LAW,
        {"snapshot_on": read_on, "rate": percent},
        source=source,
        parts=(
            Reason.of("ecb_rate", Authority.LAW, {"rate": ecb.value, "in_force_from": ecb.from_}, source=ecb.source),
            Reason.of("margin", Authority.LAW, {"points": margin.value}, source=margin.source),
        ),
    )
    return Rate(until, ppm(percent), percent, source, reason, (*weak_source(ecb), *weak_source(margin), *doubts))


BETWEEN_BUSINESSES = "penalties_between_businesses"
OWED_BY_PUBLIC_BODIES = "interest_owed_by_public_bodies"
_ECB: ParameterName = "taux_bce_refinancement"


def _business_rate_or_gap(day: date, dated: Edition) -> Rate | Gap:
    return _business_rate_from(half_year_start(day) if day >= _SNAPSHOT_FROM else day, dated)


@lru_cache(maxsize=4096)
def _business_rate_from(day: date, dated: Edition) -> Rate | Gap:
    try:
        return business_rate(day, dated)
    except NotCovered:
        missing = _missing(day, "penalites_marge_bce", dated)
        return rate_gap(BETWEEN_BUSINESSES, missing, day, BUSINESS_RULES[0][0].from_)


def _missing(day: date, margin: ParameterName, dated: Edition) -> Parameter:
    """Return the series that has no value that day: the ECB rate, unless it is known and the points are not."""
    ecb = dated.parametre(_ECB)
    return dated.parametre(margin) if ecb.covers(day) else ecb


@lru_cache(maxsize=8192)
def _public_rate_or_gap(begins_on: date, dated: Edition) -> Rate | Gap:
    try:
        return public_rate(begins_on, dated)
    except NotCovered:
        missing = _missing(half_year_start(begins_on), "marge_debiteur_public", dated)
        gap = rate_gap(OWED_BY_PUBLIC_BODIES, missing, begins_on, PUBLIC_RULES[0][0].from_)
        # The older rule governs the whole of a delay begun under it: nothing resumes.
        return gap._replace(resumes_on=None)


@lru_cache(maxsize=4096)
def _moves(first_day: date, until: date, dated: Edition) -> bool:
    """Whether a delay over these days meets two rates or more, so that the two readings differ."""
    rate = begun = _business_rate_or_gap(first_day, dated)
    while isinstance(rate, Rate) and isinstance(begun, Rate) and rate.until < until:
        rate = _business_rate_or_gap(rate.until, dated)
        if isinstance(rate, Rate) and rate.ppm != begun.ppm:
            return True
    return False


def _restates_the_law(clause: PenaltyClause, days: tuple[date, date], dated: Edition) -> bool:
    """Whether a clause says the default rate of all these days over again: no contrary clause, beyond the floor."""
    margin = dated.parametre("penalites_marge_bce")
    return clause.kind is PenaltyKind.ECB_PLUS and all(
        margin.covers(day) and clause.figure == margin.on(day).value for day in days
    )


@cache
def _rule(code: str) -> Reason:
    article = {BETWEEN_BUSINESSES: "C. com. art. L441-10 II", OWED_BY_PUBLIC_BODIES: "CCP art. L2192-13"}[code]
    return Reason.of(code, Authority.LAW, source=Source(article=article, confidence=Confidence.VERIFIED))


@cache
def _reading(reading: HalfYears) -> Reason:
    """Return the reading followed: the words of the law by default, the terms agreed where they freeze the rate."""
    authority = Authority.LAW if reading is HalfYears.RE_ANCHORED else Authority.CONTRACT
    source = Source(article="C. com. art. L441-10 II", confidence=Confidence.UNSETTLED)
    return Reason.of("half_years_reading", authority, {"reading": reading}, source=source)


@cache
def _straddling_doubt(reading: HalfYears) -> Doubt:
    return _doubt("half_years_reading_unsettled", "C. com. art. L441-10 II", Confidence.UNSETTLED, reading=reading)


@cache
def _operation_doubt() -> Doubt:
    """Before 2013 the text named the latest operation without saying of which day: each day's is taken."""
    return _doubt("rate_not_frozen", "C. com. art. L441-6", Confidence.UNSETTLED)


@cache
def _contract_doubt() -> Doubt:
    """The ten points of 2009 concern contracts concluded from 1 January 2009; the date of the contract is not known."""
    return _doubt("contract_date_unknown", "loi 2008-776 art. 21", Confidence.VERIFIED, from_=_TEN_POINTS_FROM)


@cache
def _minimum_bid_doubt() -> Doubt:
    return _doubt("minimum_bid_rate", "dir. 2011/7/UE art. 2", Confidence.FROM_MEMORY)


@cache
def public_contract_doubt() -> Doubt:
    """Return the doubt of a public delay begun before the code: older contracts keep seven points and no indemnity."""
    return _doubt("public_contract_date_unknown", "décret 2013-269", Confidence.VERIFIED, from_=PUBLIC_CONTRACTS_FROM)


@cache
def _old_public_rule_doubt() -> Doubt:
    return _doubt("old_public_rule_not_read", "décret 2002-232", Confidence.FROM_MEMORY)


def _doubt(code: str, article: str, confidence: Confidence, **inputs: object) -> Doubt:
    facts = {name.rstrip("_"): value for name, value in inputs.items()}
    source = Source(article=article, confidence=confidence)
    return Doubt.of(code, Authority.LAW, facts, source)
