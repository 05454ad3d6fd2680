"""The reference rates of a half-year on one sheet: ECB, businesses, public bodies, legal interest."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from recouvrement.domain.calendar import half_year_start, next_half_year_start
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr.clauses import clause_floor
from recouvrement.jurisdictions.fr.jours_au_taux import Rate
from recouvrement.jurisdictions.fr.parametres import PACKAGED, Edition, ParameterName, weak_source
from recouvrement.jurisdictions.fr.penalites_de_retard import (
    BETWEEN_BUSINESSES,
    BUSINESS_RULES,
    OWED_BY_PUBLIC_BODIES,
    PUBLIC_RULES,
    business_rate,
    public_rate,
)
from recouvrement.law.parameters import DatedValue, RuleTable
from recouvrement.law.rates import RateSheet, RateSource, half_year_name, weakest

_ECB: ParameterName = "taux_bce_refinancement"
_INDIVIDUAL: ParameterName = "taux_interet_legal_particulier"
_OTHER: ParameterName = "taux_interet_legal_autres"
_BUSINESS_MARGIN: ParameterName = "penalites_marge_bce"
_PUBLIC_MARGIN: ParameterName = "marge_debiteur_public"
_FLOOR_MULTIPLE: ParameterName = "penalites_plancher_multiple"


class _Given(NamedTuple):
    """A rate of the sheet with the values it rests on; the figure is absent where the law of that day had none."""

    percent: Decimal | None
    values: tuple[DatedValue, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def rate_sheet(on: date, dated: Edition = PACKAGED) -> RateSheet:
    """Return the rates of the half-year of a day, under the rules of the first day of that half-year.

    The rate of public bodies is given under the rule of eight points only: before 1 May 2013 the text that says which
    ECB rate applied was not read, and a doubt says so; ``public_rate`` still answers for one delay. From 2001 to 2012
    the rate between businesses followed each ECB operation: the one of the first day is given, with a doubt.

    Raises ``NotCovered``, which names every value that is missing, where the ECB rate of the first day or a legal
    interest rate is not known.

    >>> sheet = rate_sheet(date(2024, 3, 1))
    >>> sheet.period, str(sheet.business_default), str(sheet.business_clause_floor), str(sheet.public)
    ('2024S1', '14.50', '15.21', '12.50')

    Sources:
        C. com. art. L441-10 II; CCP art. R2192-31; CMF art. L313-2 and D313-1-A.
    """
    first = half_year_start(on)
    ecb, individual, other = _published(first, dated)
    business = _business(first, ecb, dated)
    floor = _floor(first, other, dated)
    public = _public(first, ecb, dated)
    given = {
        "ecb_mro": _Given(ecb.value, (ecb,), weak_source(ecb.source)),
        "business_default": business,
        "business_clause_floor": floor,
        "public": public,
        "legal_individual": _Given(individual.value, (individual,), weak_source(individual.source)),
        "legal_other": _Given(other.value, (other,), weak_source(other.source)),
    }
    sources = _sources(given)
    return RateSheet(
        period=half_year_name(first),
        from_=first,
        until=next_half_year_start(first),
        ecb_mro=ecb.value,
        business_default=business.percent,
        business_clause_floor=floor.percent,
        public=public.percent,
        legal_individual=individual.value,
        legal_other=other.value,
        confidence=weakest(read.source.confidence for read in sources),
        sources=sources,
        doubts=_once(doubt for rate in given.values() for doubt in rate.doubts),
    )


def _published(first: date, dated: Edition) -> tuple[DatedValue, DatedValue, DatedValue]:
    """Return the three published figures of a half-year; one refusal names all those that are missing."""
    found: list[DatedValue] = []
    refusals: list[NotCovered] = []
    for name in (_ECB, _INDIVIDUAL, _OTHER):
        try:
            found.append(dated.parametre(name).on(first))
        except NotCovered as refusal:
            refusals.append(refusal)
    if refusals:
        raise NotCovered(
            where=f"rates of {half_year_name(first)}",
            found="; ".join(f"{refusal.where}: {refusal.found}" for refusal in refusals),
            # The legal rates come last and are expected last.
            hint=refusals[-1].hint,
        )
    ecb, individual, other = found
    return ecb, individual, other


def _business(first: date, ecb: DatedValue, dated: Edition) -> _Given:
    if not _is_stated(BUSINESS_RULES, first):
        return _Given(None, (), _changed_inside(BETWEEN_BUSINESSES, BUSINESS_RULES, first))
    rate = business_rate(first, dated)
    return _Given(rate.percent, (ecb, dated.parametre(_BUSINESS_MARGIN).on(first)), rate.doubts)


def _public(first: date, ecb: DatedValue, dated: Edition) -> _Given:
    changed = _changed_inside(OWED_BY_PUBLIC_BODIES, PUBLIC_RULES, first)
    if not _is_stated(PUBLIC_RULES, first):
        return _Given(None, (), changed)
    rate = public_rate(first, dated)
    if not _is_stated(PUBLIC_RULES[1:], first):
        return _Given(None, (), (*changed, *rate.doubts))
    return _Given(rate.percent, (ecb, dated.parametre(_PUBLIC_MARGIN).on(first)), rate.doubts)


def _floor(first: date, other: DatedValue, dated: Edition) -> _Given:
    multiples = dated.parametre(_FLOOR_MULTIPLE)
    if first < multiples.first_day:
        return _Given(None)
    multiple = multiples.on(first)
    return _Given(
        clause_floor(first, dated), (multiple, other), (*weak_source(multiple.source), *weak_source(other.source))
    )


def _is_stated(rules: RuleTable[Callable[[date, Edition], Rate]], day: date) -> bool:
    return any(day in interval for interval, _ in rules)


def _changed_inside(rule: str, rules: RuleTable[Callable[[date, Edition], Rate]], first: date) -> tuple[Doubt, ...]:
    """Return a doubt for each day after the first one on which the rule changed within the half-year."""
    until = next_half_year_start(first)
    changes = [interval.from_ for interval, _ in rules if interval.from_ is not None]
    return tuple(_doubt(rule, period=half_year_name(first), changed_on=day) for day in changes if first < day < until)


def _doubt(rule: str, **inputs: object) -> Doubt:
    source = Source(article=_ARTICLES[rule], confidence=Confidence.VERIFIED)
    return Doubt.of("rule_changed_within_period", Authority.LAW, {"rule": rule, **inputs}, source)


_ARTICLES = {
    BETWEEN_BUSINESSES: "C. com. art. L441-6 (loi 2001-420 du 15/05/2001)",
    OWED_BY_PUBLIC_BODIES: "décret 2013-269 du 29/03/2013 art. 8",
}
"""Texts by which a rule changed in the middle of a half-year."""


def _sources(given: dict[str, _Given]) -> tuple[RateSource, ...]:
    """Return each value once, with the rates that rest on it."""
    rates: dict[str, list[str]] = {}
    values: dict[str, DatedValue] = {}
    for name, rate in given.items():
        for value in rate.values:
            key = f"{value.parameter}:{value.from_}"
            values[key] = value
            rates.setdefault(key, []).append(name)
    return tuple(RateSource(tuple(rates[key]), value.source, value.addresses) for key, value in values.items())


def _once(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    kept: list[Doubt] = []
    for doubt in doubts:
        if doubt not in kept:
            kept.append(doubt)
    return tuple(kept)
