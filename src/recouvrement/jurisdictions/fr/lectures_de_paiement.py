"""The date each reading of printed terms gives, from what is known of the invoice."""

from datetime import date

from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import PaymentTerms, TermRule, TermStart
from recouvrement.jurisdictions.fr.delais_de_paiement import Start, overseas_start, public_start
from recouvrement.jurisdictions.fr.libelles_de_paiement import Reading, WordedTerm, read
from recouvrement.jurisdictions.fr.plafonds_de_paiement import OVERSEAS, sector
from recouvrement.law.terms import TermFacts, TermReading

Readings = tuple[TermReading, ...]

_FIRST_PRINTED, _LAST_PRINTED = date(1990, 1, 1), date(2099, 12, 31)


def understood(wording: str, beside: PaymentTerms | None = None) -> Reading:
    """Return the readings of printed terms, completed by what the contract sets beside the words.

    Only a start, rule or day of the month that was set counts, never a default. A printed date outside 1990-2099 is a
    slip or a filler: it is not understood.

    >>> understood("le 31/12/2199").terms
    ()
    >>> [term.name for term in understood("45 jours fin de mois", PaymentTerms(rule=TermRule.DAYS_THEN_EOM)).terms]
    ['days_then_eom']
    """
    printed = read(wording)
    if any(term.due_on is not None and not _FIRST_PRINTED <= term.due_on <= _LAST_PRINTED for term in printed.terms):
        return printed._replace(terms=())
    terms = printed.terms
    known = {} if beside is None else {name: getattr(beside, name) for name in _BESIDE & beside.model_fields_set}
    rule, day = known.get("rule"), known.get("day_of_month")
    if rule is not None:
        # Of two readings the one agreed; otherwise the rule holds only for days that speak of no end of period.
        terms = tuple(term for term in terms if term.terms.rule is rule) or tuple(
            _with(term, rule=rule) if term.terms.rule is TermRule.DAYS_AFTER and term.terms.net_days else term
            for term in terms
        )
        terms = tuple(
            _with(term, day_of_month=day) if term.terms.rule is rule and day and not term.terms.day_of_month else term
            for term in terms
        )
    if "starts" in known:
        terms = tuple(
            term if term.names_start else _with(term, starts=known["starts"])._replace(names_start=True)
            for term in terms
        )
    by_months = rule in {TermRule.DAYS_THEN_EOM, TermRule.EOM_THEN_DAYS}
    return Reading(terms, printed.mentions_end_of_month or (by_months and any(t.terms.rule is rule for t in terms)))


_BESIDE = frozenset({"starts", "rule", "day_of_month"})


def _with(term: WordedTerm, **changes: object) -> WordedTerm:
    """Return the same way to count with something changed, under its name."""
    terms = PaymentTerms.model_validate(dict(term.terms) | changes)
    suffix = "" if terms.day_of_month is None else "_then_day"
    return WordedTerm(f"{terms.rule.value}{suffix}", terms, term.names_start, term.due_on)


def readings_of(terms: tuple[WordedTerm, ...], facts: TermFacts) -> tuple[Readings, tuple[Reason, ...]]:
    """Return the date of each reading and how it was reached, or which day is missing."""
    readings: list[TermReading] = []
    reasons: list[Reason] = []
    for term in terms:
        if term.due_on is not None:
            readings.append(TermReading(term.name, term.due_on))
            reasons.append(Reason.of("agreed_date", Authority.CONTRACT, {"due_on": term.due_on}))
            continue
        start = _start(term, facts)
        if start.on is None:
            readings.append(TermReading(term.name, None))
            unknown = Reason.of("term_start_unknown", Authority.CONTRACT, {"missing": start.name})
            reasons += start.reasons or (unknown,)
            continue
        due_on = term.terms.due_from(start.on)
        readings.append(TermReading(term.name, due_on))
        inputs: dict[str, object] = {
            "reading": term.name,
            "days": term.terms.net_days,
            "day_of_month": term.terms.day_of_month,
            "start": start.on,
            "start_is": start.name,
            "due_on": due_on,
        }
        reasons += (Reason.of("agreed_term", Authority.CONTRACT, inputs), *start.reasons)
    return tuple(readings), tuple(reasons)


def dates_of(readings: Readings) -> tuple[date, ...]:
    """Return the dates that are known."""
    return tuple(reading.due_on for reading in readings if reading.due_on is not None)


def latest_of(readings: Readings) -> date | None:
    """Return the latest date, or ``None`` when one is not known: it could be later."""
    dates = dates_of(readings)
    return max(dates) if dates and len(dates) == len(readings) else None


def reading_doubts(terms: tuple[WordedTerm, ...], readings: Readings, facts: TermFacts) -> tuple[Doubt, ...]:
    """Return the doubts the words raise: two lawful readings with two dates, a date before the invoice."""
    doubts: list[Doubt] = []
    if len(set(dates_of(readings))) > 1:
        doubts.append(_ambiguity(readings, facts.debtor_kind))
    for term in terms:
        if term.due_on is not None and facts.issued_on is not None and term.due_on < facts.issued_on:
            inputs: dict[str, object] = {"due_on": term.due_on, "issued_on": facts.issued_on}
            slip = Reason.of("due_before_issue", Authority.FACT, inputs)
            doubts.append(Doubt(code="due_before_issue", reason=slip))
    return tuple(doubts)


def _start(term: WordedTerm, facts: TermFacts) -> Start:
    """Return the day the words count from.

    A public body and its creditor may not agree on the day of receipt (CCP art. R2192-14): the law's day is taken.
    """
    starts = term.terms.starts
    if facts.debtor_kind is DebtorKind.PUBLIC and (not term.names_start or starts is TermStart.RECEIPT):
        return public_start(facts)
    if not term.names_start:
        return _unnamed_start(facts)
    match starts:
        case TermStart.ISSUE:
            return Start(facts.issued_on, "issued_on")
        case TermStart.RECEIPT:
            return Start(facts.received_on, "received_on")
        case TermStart.DELIVERY:
            return Start(facts.delivered_on, "delivered_on")


def _unnamed_start(facts: TermFacts) -> Start:
    """Return the day of the law where a territory or a trade has one, else the issue of the invoice.

    The receipt of the invoice stands for an issue that is not known: it comes later, so no debtor is late too early.
    """
    if facts.sector == OVERSEAS:
        return overseas_start(facts)
    if _is_counted_from_delivery(facts) and facts.delivered_on is not None:
        return Start(facts.delivered_on, "delivered_on")
    if facts.issued_on is None and facts.received_on is not None:
        return Start(facts.received_on, "received_on")
    return Start(facts.issued_on, "issued_on")


def _is_counted_from_delivery(facts: TermFacts) -> bool:
    if facts.sector is None or facts.debtor_kind is not DebtorKind.BUSINESS:
        return False
    return sector(facts.sector, is_periodic=facts.is_periodic).caps[0].start is TermStart.DELIVERY


def _ambiguity(readings: Readings, kind: DebtorKind) -> Doubt:
    """Return the doubt that names both dates; the clause is read for the debtor, so the later one is used."""
    first, second = readings
    inputs: dict[str, object] = {
        "first_reading": first.name,
        "first_due_on": first.due_on,
        "second_reading": second.name,
        "second_due_on": second.due_on,
        "due_on": latest_of(readings),
    }
    both = (Reason.of("end_of_month_methods", Authority.LAW, source=_L441_10),) if kind is DebtorKind.BUSINESS else ()
    reason = Reason.of("ambiguous_end_of_month", Authority.LAW, inputs, source=_C_CIV_1190, parts=both)
    return Doubt(code="ambiguous_end_of_month", reason=reason)


_L441_10 = Source(article="C. com. art. L441-10 I", confidence=Confidence.VERIFIED)
_C_CIV_1190 = Source(article="C. civ. art. 1190", confidence=Confidence.FROM_MEMORY)
