"""The last day the law lets two businesses agree on (C. com. art. L441-10 to L441-13 and D441-5-1)."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Reason, Source
from recouvrement.domain.terms import PaymentTerms, TermRule, TermStart
from recouvrement.jurisdictions.fr.delais_de_paiement import Start, not_covered, overseas_start
from recouvrement.jurisdictions.fr.libelles_de_paiement import Reading, WordedTerm
from recouvrement.jurisdictions.fr.plafonds_de_paiement import OVERSEAS, Cap, sector, table
from recouvrement.law.terms import TermFacts

DOUBTFUL = frozenset(
    {
        "clearance_unknown",
        "delivery_unknown",
        "maximum_start_unknown",
        "no_default_term",
        "public_body_unknown",
        "receipt_uncertain",
        "rule_not_covered",
        "term_start_unknown",
        "weak_source",
    }
)
"""Codes of the reasons that say what is missing or uncertain: they are reported as doubts."""


class Shape(StrEnum):
    """What printed terms say of the way to count, where the maximum depends on it."""

    NET = "net"
    """Days and nothing else, or nothing that can be counted."""
    END_OF_MONTH = "end_of_month"
    PERHAPS_END_OF_MONTH = "perhaps_end_of_month"
    """A date or words that may come from an agreement of 45 days end of month, which does not show."""


class Maximum(NamedTuple):
    """The last day agreed terms may reach."""

    latest: date | None = None
    lawful_until: date | None = None
    """Lawful up to that day, whatever is not known; ``None``: no such day can be told."""
    over_after: date | None = None
    """Over the maximum after that day, whatever is not known."""
    source: Source | None = None
    reasons: tuple[Reason, ...] = ()
    missing: str | None = None
    """The fact to give where the maximum cannot be counted for want of it."""
    conditional: Cap | None = None
    """The cap that is open under conditions, if one is."""
    unconditional: date | None = None
    """The last day without it."""
    caps: tuple[Cap, ...] = ()
    """The rows that made it; the one that allows most is the maximum, rows that add days being added."""


class Excess(NamedTuple):
    """A first day from which terms go over the caps."""

    start: date
    due_on: date
    latest: date


def doubts_of(reasons: Iterable[Reason]) -> tuple[Doubt, ...]:
    """Return as doubts those of the reasons that say what is missing or uncertain, each once."""
    return tuple(Doubt(code=reason.code, reason=reason) for reason in dict.fromkeys(reasons) if reason.code in DOUBTFUL)


def sure_of(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the other reasons, each once."""
    return tuple(reason for reason in dict.fromkeys(reasons) if reason.code not in DOUBTFUL)


def business_maximum(facts: TermFacts, shape: Shape) -> Maximum:
    """Return the maximum between businesses, or one without a day when its start or its rule is not known.

    A sector's own cap replaces the ordinary ones, whatever was agreed. Raises ``InvalidInput`` for an unknown sector.

    >>> from recouvrement.domain.parties import DebtorKind
    >>> business_maximum(TermFacts(DebtorKind.BUSINESS, issued_on=date(2026, 1, 31)), Shape.NET).latest
    datetime.date(2026, 4, 1)

    Sources:
        C. com. art. L441-10 I, L441-11, L441-12, L441-13 and D441-5-1.
    """
    if facts.sector is None or facts.sector == OVERSEAS:
        return _ordinary(facts, shape)
    named = sector(facts.sector, is_periodic=facts.is_periodic)
    if named.caps[0].start is TermStart.DELIVERY:
        start = Start(facts.delivered_on, "delivered_on")
    else:
        start = Start(facts.issued_on, "issued_on")
    if start.on is None:
        return _unknown(start, named.family)
    kind = "periodic" if named.is_periodic else "single"
    cap = table().in_force((cap for cap in named.caps if cap.invoices in {None, kind}), start.on)
    if cap is None:
        return Maximum(reasons=(not_covered(named.family, start.on),))
    if cap.adds_days is not None:
        return _extended(cap, _ordinary(facts, shape))
    latest = cap.latest_from(start.on)
    reasons = (_reason(cap, start, latest), *(doubt.reason for doubt in cap.weak_source))
    found = Maximum(latest, latest, latest, cap.source, reasons, caps=(cap,))
    if not cap.conditions:
        return found
    return found._replace(conditional=cap, unconditional=_ordinary(facts, Shape.NET).lawful_until)


def agreed_maximum(facts: TermFacts, printed: Reading) -> Maximum:
    """Return the maximum between businesses for these words.

    Forty-five days end of month is the maximum of words that say end of month and never go over it, from whatever day
    they are counted; a longer clause is not made lawful by it, and gets sixty days. Words that would not go over it but
    for their ``le D``, or that count by months without saying end of month, are over only beyond both caps.

    Sources:
        C. com. art. L441-10 I al. 2.
    """
    if not printed.terms:
        return business_maximum(facts, Shape.END_OF_MONTH if printed.mentions_end_of_month else Shape.NET)
    if any(term.due_on is not None for term in printed.terms):
        return business_maximum(facts, Shape.PERHAPS_END_OF_MONTH)
    if not any(term.terms.rule in _BY_MONTHS for term in printed.terms):
        return business_maximum(facts, Shape.NET)
    shape = Shape.END_OF_MONTH if printed.mentions_end_of_month else Shape.PERHAPS_END_OF_MONTH
    found = business_maximum(facts, shape)
    if excess(printed.terms, found.caps, facts) is None:
        return found
    bare = tuple(
        term._replace(terms=PaymentTerms(net_days=term.terms.net_days, rule=term.terms.rule)) for term in printed.terms
    )
    within = excess(bare, found.caps, facts) is None
    return business_maximum(facts, Shape.PERHAPS_END_OF_MONTH if within else Shape.NET)


def excess(terms: Iterable[WordedTerm], caps: tuple[Cap, ...], facts: TermFacts) -> Excess | None:
    """Return a day from which one of the readings goes over the caps, or ``None``: none does, from any day.

    Terms and caps are counted from the same day, each day of four years from that of the invoice: the length of months
    comes back after that.
    """
    day = next((day for day in (facts.issued_on, facts.delivered_on, facts.cleared_on) if day is not None), None)
    counted = tuple(term.terms for term in terms if term.due_on is None)
    return None if day is None or not caps or not counted else _first_excess(counted, caps, day.year)


@lru_cache(maxsize=1024)
def _first_excess(terms: tuple[PaymentTerms, ...], caps: tuple[Cap, ...], year: int) -> Excess | None:
    for number in range(_FOUR_YEARS):
        start = date(year, 1, 1) + timedelta(days=number)
        latest = max(cap.latest_from(start) for cap in caps if cap.adds_days is None)
        for cap in caps:
            latest = latest if cap.adds_days is None else cap.latest_from(latest)
        due_on = max((day for term in terms if (day := term.due_from(start)) is not None), default=start)
        if due_on > latest:
            return Excess(start, due_on, latest)
    return None


def _ordinary(facts: TermFacts, shape: Shape) -> Maximum:
    """Sixty days from issue; forty-five, end of month, where it was agreed; forty-five from a periodic invoice.

    The end of the month may be counted in two ways, both lawful: the later one is the maximum.
    """
    start = overseas_start(facts) if facts.sector == OVERSEAS else Start(facts.issued_on, "issued_on")
    if start.on is None:
        return _unknown(start, "cap_60")
    on = start.on
    periodic = _in_force("periodic_45", on) if facts.is_periodic else None
    cap = periodic or _in_force("cap_60", on)
    if cap is None:
        return Maximum(reasons=(not_covered("cap_60", on), *start.reasons))
    latest = cap.latest_from(on)
    reasons = (_reason(cap, start, latest), *start.reasons)
    found = Maximum(latest, latest, latest, start.beside(cap.source), reasons, caps=(cap,))
    month_end = None if periodic or shape is Shape.NET else _in_force("cap_45_eom", on)
    if month_end is not None:
        found = found._replace(caps=(cap, month_end))
        last = month_end.latest_from(on)
        if last > latest:
            found = found._replace(over_after=last, conditional=month_end, unconditional=latest)
            if shape is Shape.END_OF_MONTH:
                reasons = (_reason(month_end, start, last), *reasons)
                source = start.beside(month_end.source)
                found = found._replace(latest=last, lawful_until=last, source=source, reasons=reasons)
    return found._replace(lawful_until=None) if start.is_bound else found


def _extended(cap: Cap, base: Maximum) -> Maximum:
    """Return the ordinary maximum and some days more, under the conditions of the row that adds them."""
    if base.latest is None or base.lawful_until is None or base.over_after is None:
        return base
    latest = cap.latest_from(base.latest)
    inputs: dict[str, object] = {"cap": cap.id, "adds_days": cap.adds_days, "latest": latest}
    reason = Reason.of("maximum_extended", Authority.LAW, inputs, source=cap.source)
    return Maximum(
        latest,
        cap.latest_from(base.lawful_until),
        cap.latest_from(base.over_after),
        cap.source,
        (reason, *base.reasons, *(doubt.reason for doubt in cap.weak_source)),
        conditional=cap,
        unconditional=base.unconditional if base.conditional else base.lawful_until,
        caps=(*base.caps, cap),
    )


def _in_force(identifier: str, day: date) -> Cap | None:
    return table().in_force((cap for cap in table().caps if cap.id == identifier), day)


def _unknown(start: Start, rule: str) -> Maximum:
    inputs: dict[str, object] = {"rule": rule, "missing": start.name}
    unknown = Reason.of("maximum_start_unknown", Authority.LAW, inputs)
    return Maximum(reasons=start.reasons or (unknown,), missing=start.name)


def _reason(cap: Cap, start: Start, latest: date) -> Reason:
    inputs: dict[str, object] = {
        "cap": cap.id,
        "days": cap.days,
        "rules": cap.rules,
        "start": start.on,
        "start_is": start.name,
        "latest": latest,
    }
    return Reason.of("legal_maximum", Authority.LAW, inputs, source=cap.source)


_BY_MONTHS = frozenset({TermRule.DAYS_THEN_EOM, TermRule.EOM_THEN_DAYS})
_FOUR_YEARS = 4 * 365 + 1
