"""The last day the law lets two businesses agree on (C. com. art. L441-10 to L441-13 and D441-5-1)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Reason, Source
from recouvrement.domain.terms import TermStart
from recouvrement.jurisdictions.fr.delais_de_paiement import Start, overseas_start
from recouvrement.jurisdictions.fr.plafonds_de_paiement import OVERSEAS, Cap, sector, table
from recouvrement.law.terms import TermFacts

DOUBTFUL = frozenset(
    {
        "clearance_unknown",
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
    FIXED_DATE = "fixed_date"
    """A date: it may come from an agreement of 45 days end of month, which does not show."""


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
        return Maximum(reasons=(_not_covered(named.family, start.on),))
    if cap.adds_days is not None:
        return _extended(cap, _ordinary(facts, shape))
    latest = cap.latest_from(start.on)
    reasons = (_reason(cap, start, latest), *(doubt.reason for doubt in cap.weak_source))
    found = Maximum(latest, latest, latest, cap.source, reasons)
    if not cap.conditions:
        return found
    return found._replace(conditional=cap, unconditional=_ordinary(facts, Shape.NET).lawful_until)


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
        return Maximum(reasons=(_not_covered("cap_60", on), *start.reasons))
    latest = cap.latest_from(on)
    reasons = (_reason(cap, start, latest), *start.reasons)
    found = Maximum(latest, latest, latest, start.beside(cap.source), reasons)
    month_end = None if periodic or shape is Shape.NET else _in_force("cap_45_eom", on)
    if month_end is not None:
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


def _not_covered(rule: str, day: date) -> Reason:
    return Reason.of("rule_not_covered", Authority.LAW, {"rule": rule, "from": day})
