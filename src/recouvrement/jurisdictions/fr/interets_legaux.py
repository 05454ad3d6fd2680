"""Legal interest from the formal notice: all that a consumer owes for paying late (C. civ. art. 1231-6)."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

from recouvrement.domain.calendar import Interval, half_year_start, next_half_year_start
from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr.clauses import by_law, clause_not_applied, day_count_not_applied
from recouvrement.jurisdictions.fr.compte import account
from recouvrement.jurisdictions.fr.jours_au_taux import Gap, Rate, RateSeries, ppm, rate_gap
from recouvrement.jurisdictions.fr.parametres import PACKAGED, Edition, ParameterName, weak_source
from recouvrement.law.jurisdiction import Accrual, Debt
from recouvrement.law.parameters import RuleTable, rule_on

_ONE_DAY = timedelta(days=1)


def legal_rate(day: date, *, creditor_is_natural_person: bool, dated: Edition = PACKAGED) -> Rate:
    """Return the legal interest rate of the half-year of that day.

    The column follows the creditor: ``particulier`` only for a natural person not acting for professional needs,
    ``autres`` for every other one, whoever the debtor is. Raises ``NotCovered`` where no rate is known.

    >>> legal_rate(date(2026, 3, 11), creditor_is_natural_person=False).percent
    Decimal('2.62')

    Sources:
        CMF art. L313-2 and D313-1-A.
    """
    rule = rule_on(LEGAL_RATE_RULES, day, "fr.taux_interet_legal")
    return rule(day, _column(is_natural_person=creditor_is_natural_person), dated)


def legal_interest(debt: Debt, on: date, dated: Edition = PACKAGED) -> Accrual:
    """Return the interest owed by a debtor who is not a professional: the legal rate, from the day after the notice.

    Nothing runs without a formal notice, nor from one presented before the debt was late. The day of the notice is not
    counted: no text settles it, and counting it adds a day against the debtor. A legal person outside any professional
    activity, and a debtor whose kind is unknown, are treated the same way; the latter is reported as a doubt. So is a
    business that owes a private person: the penalties of L441-10 run between professionals.

    Sources:
        C. civ. art. 1231-6, 1344 and 1344-1 (before 1 October 2016: 1139 and 1153).
    """
    notice_on = debt.notice_on if debt.notice_on is not None and debt.notice_on <= on else None
    is_running = notice_on is not None and notice_on > debt.due_on
    if notice_on is not None and is_running:
        first_day = notice_on + _ONE_DAY
        rule = _from_notice(notice_on)
    else:
        # Far enough for no day to count: the account then only imputes the payments.
        first_day, rule = max(on, debt.due_on) + _ONE_DAY, _nothing_before_notice()
    rate_on = legal_rate_by_day(is_natural_person=debt.creditor_is_natural_person, dated=dated)
    accrual = account(by_law(debt), on, first_day=first_day, rate_on=rate_on, rule=rule)
    reasons = accrual.reasons if accrual.days else (rule, *accrual.reasons)
    doubts = accrual.doubts
    if notice_on is not None and is_running and accrual.days:
        doubts = (*doubts, _effect_unsettled(notice_on))
    if notice_on is not None and not is_running:
        doubts = (*doubts, _early_notice(debt.item_id, notice_on, debt.due_on))
    match debt.debtor_kind:
        case DebtorKind.UNKNOWN:
            doubts = (*doubts, debtor_kind_unknown())
        case DebtorKind.NON_PROFESSIONAL:
            reasons = (*reasons, _not_a_professional())
        case DebtorKind.BUSINESS:
            reasons = (*reasons, _not_a_professional())
            doubts = (*doubts, private_creditor())
        case DebtorKind.CONSUMER | DebtorKind.PUBLIC:
            pass
    return accrual._replace(reasons=reasons, doubts=(*doubts, *clause_not_applied(debt), *day_count_not_applied(debt)))


def _published_rate(day: date, name: ParameterName, dated: Edition) -> Rate:
    value = dated.parametre(name).on(half_year_start(day))
    reason = Reason.of(
        "legal_interest_rate",
        Authority.LAW,
        {"rate": value.value, "half_year": half_year_start(day)},
        source=value.source,
    )
    # One yearly rate up to 2014: the days of its two half-years share a segment.
    until = value.until or next_half_year_start(day)
    return Rate(until, ppm(value.value), value.value, value.source, reason, weak_source(value.source))


LEGAL_RATE_RULES: RuleTable[Callable[[date, ParameterName, Edition], Rate]] = (
    (Interval(date(1999, 1, 1), None), _published_rate),
)
"""Successive shapes of the legal rate; the passage from yearly to half-yearly figures in 2015 is in the data."""


def legal_rate_by_day(*, is_natural_person: bool, dated: Edition) -> RateSeries:
    """Return the legal rate as a function of the day; a day without a published rate is a gap."""
    return RateSeries(_of_private_creditor if is_natural_person else _of_other_creditor, dated)


def _of_private_creditor(day: date, dated: Edition) -> Rate | Gap:
    return _rate_or_gap(half_year_start(day), is_natural_person=True, dated=dated)


def _of_other_creditor(day: date, dated: Edition) -> Rate | Gap:
    return _rate_or_gap(half_year_start(day), is_natural_person=False, dated=dated)


@lru_cache(maxsize=1024)
def _rate_or_gap(half: date, *, is_natural_person: bool, dated: Edition) -> Rate | Gap:
    try:
        return legal_rate(half, creditor_is_natural_person=is_natural_person, dated=dated)
    except NotCovered:
        column = dated.parametre(_column(is_natural_person=is_natural_person))
        return rate_gap("legal_interest_from_notice", column, half, LEGAL_RATE_RULES[0][0].from_)


def _column(*, is_natural_person: bool) -> ParameterName:
    return "taux_interet_legal_particulier" if is_natural_person else "taux_interet_legal_autres"


@lru_cache(maxsize=4096)
def _from_notice(notice_on: date) -> Reason:
    source = Source(article="C. civ. art. 1231-6", confidence=Confidence.VERIFIED)
    return Reason.of("legal_interest_from_notice", Authority.LAW, {"notice_on": notice_on}, source=source)


@cache
def _nothing_before_notice() -> Reason:
    source = Source(article="C. civ. art. 1231-6", confidence=Confidence.VERIFIED)
    return Reason.of("no_interest_before_notice", Authority.LAW, source=source)


@cache
def _not_a_professional() -> Reason:
    source = Source(article="C. com. art. L441-10", confidence=Confidence.VERIFIED)
    return Reason.of("penalties_bind_professionals_only", Authority.LAW, source=source)


@lru_cache(maxsize=4096)
def _effect_unsettled(notice_on: date) -> Doubt:
    """Sending, presentation or receipt, that day counted or not: sources disagree on when a notice takes effect."""
    source = Source(article="C. civ. art. 1344-1", confidence=Confidence.UNSETTLED)
    return Doubt.of("notice_effect_unsettled", Authority.LAW, {"notice_on": notice_on}, source)


def _early_notice(item_id: str, notice_on: date, due_on: date) -> Doubt:
    source = Source(article="C. civ. art. 1344", confidence=Confidence.SECONDARY)
    inputs: dict[str, object] = {"notice_on": notice_on, "due_on": due_on}
    return Doubt.of("notice_before_delay", Authority.LAW, inputs, source, item_id=item_id)


@cache
def private_creditor() -> Doubt:
    """Return the doubt of a business that owes a private person: treated as outside L441-10, the lighter reading."""
    source = Source(article="C. com. art. L441-10", confidence=Confidence.UNSETTLED)
    return Doubt.of("private_creditor", Authority.LAW, source=source)


@cache
def debtor_kind_unknown() -> Doubt:
    """Return the doubt of a debtor whose kind is not known: treated as a consumer, the best protected."""
    return Doubt.of("debtor_kind_unknown", Authority.FACT, {"treated_as": DebtorKind.CONSUMER})
