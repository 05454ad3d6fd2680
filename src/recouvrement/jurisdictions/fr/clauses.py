"""Rates set by contract: fixed, a multiple of the legal rate, points above the ECB rate; and their legal floor."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from recouvrement.domain.calendar import half_year_start, next_half_year_start
from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.domain.decision import Doubt
from recouvrement.domain.exact import plus, times, two_decimals
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount, HalfYears
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr.compte import account
from recouvrement.jurisdictions.fr.jours_au_taux import Gap, Rate, RateOn, ppm, rate_gap
from recouvrement.jurisdictions.fr.parametres import PACKAGED, Edition, ParameterName, weak_source
from recouvrement.law.jurisdiction import Accrual, Debt
from recouvrement.law.parameters import DatedValue

_ONE_DAY = timedelta(days=1)


def clause_floor(day: date, dated: Edition = PACKAGED) -> Decimal:
    """Return the least rate a penalty clause between businesses may set that day, in per cent.

    Three times the legal interest rate of the column "autres"; one and a half times before 2009. It limits clauses
    only: the default rate may be lower. Raises ``NotCovered`` where the legal rate is not known.

    >>> clause_floor(date(2024, 3, 1))
    Decimal('15.21')

    Sources:
        C. com. art. L441-10 II (ex L441-6 I).
    """
    multiple = dated.parametre("penalites_plancher_multiple").on(day).value
    return two_decimals(times(multiple, dated.parametre("taux_interet_legal_autres").on(day).value))


def clause_percent(clause: PenaltyClause, on: date, dated: Edition = PACKAGED) -> tuple[Decimal, DatedValue | None]:
    """Return the rate of a clause in per cent a year, and the reference of that day it follows; a fixed one has none.

    Ask on the first day of a half-year: the ECB rate moves within it. The rate is not compared with the floor. Raises
    ``NotCovered`` where the reference is not known.

    >>> clause_percent(PenaltyClause.of("3x legal"), date(2024, 1, 1))[0]
    Decimal('15.21')
    >>> clause_percent(PenaltyClause.of("12"), date(2024, 1, 1))
    (Decimal('12.00'), None)

    Sources:
        C. com. art. L441-10 II.
    """
    match clause.kind:
        case PenaltyKind.FIXED:
            return clause.figure, None
        case PenaltyKind.LEGAL_MULTIPLE | PenaltyKind.ECB_PLUS:
            reference = dated.parametre(_REFERENCES[clause.kind]).on(on)
            applied = plus if clause.kind is PenaltyKind.ECB_PLUS else times
            return two_decimals(applied(reference.value, clause.figure)), reference


def clause_interest(debt: Debt, clause: PenaltyClause, on: date, dated: Edition) -> Accrual:
    """Return the penalties a business owes at the rate of a clause, from the day after the due date.

    A clause below the floor in a half-year is refused for that half-year: nothing is counted there and a doubt gives
    both figures. Which rate replaces it, and whether the floor is tested at signature or through time, no text settles:
    a human decides. A fixed rate does not move; the others follow their reference each half-year, or keep the one of
    the half-year in which the delay began where the terms say so.

    Sources:
        C. com. art. L441-10 II and L441-16.
    """
    first_day = debt.due_on + _ONE_DAY
    rule = Reason.of("penalties_by_contract", Authority.CONTRACT, {"clause": str(clause)}, source=_FLOOR)
    rates = _clause_rates(clause, first_day, on, debt.half_years, dated)
    accrual = account(debt, on, first_day=first_day, rate_on=rates, rule=rule)
    if clause.kind is PenaltyKind.FIXED or accrual.through is None:
        return accrual
    met = [_half_year_rate(clause, half, half, dated) for half in _halves(first_day, accrual.through)]
    if len({rate.ppm for rate in met if isinstance(rate, Rate)}) < 2:
        return accrual
    inputs: dict[str, object] = {"reading": debt.half_years}
    return accrual._replace(
        doubts=(*accrual.doubts, Doubt.of("half_years_reading_unsettled", Authority.LAW, inputs, _READING))
    )


def _halves(first_day: date, through: date) -> Iterator[date]:
    half = half_year_start(first_day)
    while half <= through:
        yield half
        half = next_half_year_start(half)


def granted_interest(debt: Debt, percent: Decimal, on: date, dated: Edition) -> Accrual:
    """Return the interest at a rate taken as it is, from the day after the due date, or after the notice to a consumer.

    For a rate that a court granted or the debtor admitted, or to see what a rate makes. A rate below the floor of
    clauses is counted all the same and reported, half-year by half-year. Interest against somebody who is no
    professional runs from a formal notice as a rule: without one it is counted from the due date and a doubt says so;
    with one after the day asked, nothing runs yet.

    Sources:
        C. com. art. L441-10 II; C. civ. art. 1231-6 and 1344.
    """
    reason = Reason.of("rate_as_given", Authority.FACT, {"rate": percent})
    source = Source(article="taux fourni", confidence=Confidence.DERIVED)
    rate = Rate(date.max, ppm(percent), percent, source, reason, ())
    start = debt.due_on
    doubts: tuple[Doubt, ...] = ()
    match debt.debtor_kind:
        case DebtorKind.BUSINESS:
            if debt.enforceable_on is None:
                doubts = _below_floor(percent, start + _ONE_DAY, on, dated)
        case DebtorKind.PUBLIC:
            doubts = (Doubt.of("rate_not_the_public_one", Authority.LAW, {"rate": percent}, _PUBLIC_RATE),)
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
            if debt.notice_on is not None and debt.notice_on > start:
                start = debt.notice_on
            elif debt.enforceable_on is None:
                doubts = (Doubt.of("notice_assumed", Authority.LAW, {"from": start + _ONE_DAY}, _NOTICE),)
    if debt.enforceable_on is not None:
        doubts = (*doubts, Doubt.of("increase_of_granted_rate_unsettled", Authority.LAW, {"rate": percent}, _INCREASE))
    accrual = account(debt, on, first_day=start + _ONE_DAY, rate_on=lambda _: rate, rule=reason)
    return accrual._replace(doubts=(*accrual.doubts, *doubts)) if accrual.days else accrual


def clause_not_applied(debt: Debt) -> tuple[Doubt, ...]:
    """Return a doubt when the terms set a rate of penalties that does not bind a debtor of that kind.

    Against a consumer a penalty clause is at risk as an abusive clause; a public body owes the rate of its own text.

    Sources:
        C. conso. art. R212-2; CCP art. R2192-31 and L2192-14.
    """
    if debt.penalty is None:
        return ()
    if debt.enforceable_on is not None:
        source = _INCREASE
    else:
        source = _PUBLIC_RATE if debt.debtor_kind is DebtorKind.PUBLIC else _ABUSIVE
    inputs: dict[str, object] = {"clause": str(debt.penalty), "debtor_kind": debt.debtor_kind}
    return (Doubt.of("clause_not_applied", Authority.LAW, inputs, source),)


def by_law(debt: Debt) -> Debt:
    """Return the debt as the law counts it where no contract sets the days of a year."""
    return debt if debt.day_count is DayCount.ACTUAL_365 else debt._replace(day_count=DayCount.ACTUAL_365)


def day_count_not_applied(debt: Debt) -> tuple[Doubt, ...]:
    """Return a doubt when a day count of the contract is left aside: the legal and public rates know 365 only."""
    if debt.day_count is DayCount.ACTUAL_365:
        return ()
    return (Doubt.of("day_count_not_applied", Authority.LAW, {"day_count": debt.day_count}, _NO_DAY_COUNT),)


def _clause_rates(clause: PenaltyClause, first_day: date, on: date, half_years: HalfYears, dated: Edition) -> RateOn:
    """Return the rate of a clause by day. A figure that does not move makes one rate over all its valid half-years."""
    if clause.kind is not PenaltyKind.FIXED and half_years is HalfYears.RE_ANCHORED:
        return lambda day: _half_year_rate(clause, half_year_start(day), half_year_start(day), dated)
    anchor = half_year_start(first_day)
    spans: list[tuple[date, Rate | Gap]] = []
    half = anchor
    while half <= on:
        found = _half_year_rate(clause, anchor, half, dated)
        last = spans[-1][1] if spans else None
        if isinstance(found, Rate) and isinstance(last, Rate):
            spans[-1] = (spans[-1][0], found._replace(doubts=tuple(dict.fromkeys((*last.doubts, *found.doubts)))))
        else:
            spans.append((half, found))
        half = next_half_year_start(half)
    return lambda day: next(found for from_, found in reversed(spans) if from_ <= half_year_start(day))


@lru_cache(maxsize=1024)
def _half_year_rate(clause: PenaltyClause, anchor: date, half: date, dated: Edition) -> Rate | Gap:
    """Return the rate of a clause in one half-year, its reference read on ``anchor``; a gap where it is refused."""
    until = next_half_year_start(half)
    try:
        percent, reference = clause_percent(clause, anchor, dated)
    except NotCovered:
        return rate_gap("penalties_by_contract", dated.parametre(_REFERENCES[clause.kind]), half)
    inputs: dict[str, object] = {"clause": str(clause)}
    if reference is not None:
        inputs |= {"reference": reference.value, "reference_on": anchor}
    reason = Reason.of("clause_rate", Authority.CONTRACT, inputs | {"rate": percent}, source=_FLOOR)
    doubts = weak_source(reference.source) if reference is not None else ()
    try:
        floor = clause_floor(half, dated)
    except NotCovered:
        doubts = (*doubts, Doubt.of("floor_unknown", Authority.LAW, {"half_year": half, "rate": percent}, _FLOOR))
    else:
        if percent < floor:
            facts: dict[str, object] = {"clause": str(clause), "rate": percent, "floor": floor, "half_year": half}
            return Gap(until, Doubt.of("clause_below_floor", Authority.LAW, facts, _FLOOR))
    source = Source(article="contrat ; C. com. art. L441-10 II", confidence=_confidence(reference))
    return Rate(until, ppm(percent), percent, source, reason, doubts)


def _confidence(reference: DatedValue | None) -> Confidence:
    return Confidence.VERIFIED if reference is None else reference.confidence


def _below_floor(percent: Decimal, first_day: date, on: date, dated: Edition) -> tuple[Doubt, ...]:
    """Return one doubt per half-year of the delay in which a clause at that rate would be below the floor."""
    doubts: list[Doubt] = []
    half = half_year_start(first_day)
    while half <= on:
        try:
            floor = clause_floor(half, dated)
        except NotCovered:
            break
        if percent < floor:
            doubts.append(
                Doubt.of(
                    "rate_below_clause_floor",
                    Authority.LAW,
                    {"rate": percent, "floor": floor, "half_year": half},
                    _FLOOR,
                )
            )
        half = next_half_year_start(half)
    return tuple(doubts)


_REFERENCES: dict[PenaltyKind, ParameterName] = {
    PenaltyKind.LEGAL_MULTIPLE: "taux_interet_legal_autres",
    PenaltyKind.ECB_PLUS: "taux_bce_refinancement",
}
"""The series a clause follows; a fixed rate follows none."""

_FLOOR = Source(article="C. com. art. L441-10 II", confidence=Confidence.VERIFIED)
_PUBLIC_RATE = Source(article="CCP art. R2192-31", confidence=Confidence.VERIFIED)
_READING = Source(article="contrat", confidence=Confidence.UNSETTLED)
_NO_DAY_COUNT = Source(article="CMF art. L313-2 ; CCP art. R2192-31", confidence=Confidence.DERIVED)
_NOTICE = Source(article="C. civ. art. 1231-6 et 1344", confidence=Confidence.SECONDARY)
_ABUSIVE = Source(article="C. conso. art. R212-2", confidence=Confidence.FROM_MEMORY)
_INCREASE = Source(article="CMF art. L313-3", confidence=Confidence.UNSETTLED)
