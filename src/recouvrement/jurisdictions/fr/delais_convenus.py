"""The due date of agreed terms as printed, and whether they respect the legal maximum."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import DebtorKind, PublicBody
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import TermRule
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.delais_de_paiement import default_term
from recouvrement.jurisdictions.fr.lectures_de_paiement import (
    dates_of,
    latest_of,
    reading_doubts,
    readings_of,
    understood,
)
from recouvrement.jurisdictions.fr.libelles_de_paiement import Reading
from recouvrement.jurisdictions.fr.maximum_de_paiement import (
    Excess,
    Maximum,
    Shape,
    agreed_maximum,
    business_maximum,
    doubts_of,
    excess,
    sure_of,
)
from recouvrement.jurisdictions.fr.plafonds_de_paiement import OVERSEAS, sectors, table
from recouvrement.law.terms import Fine, TermAnswer, TermFacts, TermOutcome, TermReading, TermVerdict

PUBLIC_SECTORS = {
    "public_30": PublicBody.STATE_OR_LOCAL,
    "public_health_50": PublicBody.HEALTH,
    "public_undertaking_60": PublicBody.PUBLIC_UNDERTAKING,
    **{body.value: body for body in PublicBody},
}
"""Names of the terms of public bodies, accepted as sectors of a public debtor."""


def due_date(wording: str | None, facts: TermFacts) -> TermAnswer:
    """Return the due date of printed terms, or that of the law where nothing is printed.

    Words with two lawful readings give the later date, with a doubt: a doubtful clause is read for the debtor. Words
    that are not understood give the last lawful day, with a doubt. A public body may be given less time by contract,
    never more. No shift for a day that is not worked.

    Raises ``InvalidInput`` for an unknown sector, for facts that contradict each other and for a date out of bounds.

    >>> facts = TermFacts(DebtorKind.BUSINESS, issued_on=date(2025, 4, 10))
    >>> [str(reading.due_on) for reading in due_date("45 jours fin de mois", facts).readings]
    ['2025-05-31', '2025-06-14']

    Sources:
        C. com. art. L441-10 I; C. civ. art. 1190; CCP art. L2192-10 and R2192-10 to R2192-14.
    """
    return _work(wording, facts).answer


def check_term(wording: str | None, facts: TermFacts) -> TermVerdict:
    """Return whether terms respect the maximum: over by so many days only when every lawful reading is over.

    A clause that exceeds the maximum when counted from other days is never lawful without a doubt: it cannot be told.
    The fine is given when the term is, or may be, over the maximum between businesses; it may not be when only a day is
    missing and the words are within the maximum whatever that day.

    >>> facts = TermFacts(DebtorKind.BUSINESS, issued_on=date(2026, 1, 15))
    >>> check_term("90 jours date de facture", facts).days_over
    30

    Sources:
        C. com. art. L441-10 to L441-13 and L441-16; CCP art. L2192-10.
    """
    work = _work(wording, facts)
    excessive = excess(work.printed.terms, work.limit.caps, facts) if work.printed is not None else None
    outcome = _outcome(work, facts.debtor_kind, excessive)
    days_over = None
    if outcome is TermOutcome.OVER and work.limit.latest is not None:
        days_over = (max(dates_of(work.answer.readings)) - work.limit.latest).days
    answer, fine = work.answer, None
    if excessive is not None and outcome is TermOutcome.CANNOT_TELL:
        answer = answer._replace(doubts=(*answer.doubts, _exceeds(work, excessive)))
    day = facts.issued_on or facts.delivered_on or facts.received_on or facts.cleared_on
    if day is not None and facts.debtor_kind is DebtorKind.BUSINESS and _may_be_over(work, outcome, facts, day):
        row = table().in_force(table().fines, day)
        if row is not None:
            fine = Fine(row.natural_person, row.legal_person, row.source)
        elif outcome is TermOutcome.OVER:
            uncovered = Doubt.of("rule_not_covered", Authority.LAW, {"rule": "fine_l441_16", "from": day})
            answer = answer._replace(doubts=(*answer.doubts, uncovered))
    return TermVerdict(outcome, days_over, answer, fine)


class _Work(NamedTuple):
    answer: TermAnswer
    limit: Maximum
    printed: Reading | None = None
    """``None``: nothing was agreed."""


def _work(wording: str | None, given: TermFacts) -> _Work:
    facts, noted = _checked(given)
    if wording is None or not wording.strip():
        return _nothing_agreed(facts, noted)
    printed = understood(wording, facts.beside_words)
    limit = _limit(facts, printed)
    readings, reasons = readings_of(printed.terms, facts)
    doubts = [*noted, *doubts_of(reasons)]
    if not printed.terms:
        due_on = limit.latest
        doubts.append(Doubt.of("wording_undecidable", Authority.FACT, {"cautious_due_on": due_on}))
    else:
        due_on = latest_of(readings)
        doubts += reading_doubts(printed.terms, readings, facts)
        if facts.debtor_kind is DebtorKind.PUBLIC:
            due_on, choice = _public_choice(due_on, limit)
            reasons = (*reasons, *choice)
    asked = {doubt.reason.input("missing") for doubt in doubts} - {None}
    doubts += [doubt for doubt in doubts_of(limit.reasons) if doubt.reason.input("missing") not in asked]
    doubts += _against(limit, due_on)
    answer = TermAnswer(
        due_on, readings, limit.latest, limit.source, sure_of((*reasons, *limit.reasons)), tuple(dict.fromkeys(doubts))
    )
    return _Work(answer, limit, printed)


def _checked(facts: TermFacts) -> tuple[TermFacts, tuple[Doubt, ...]]:
    """Return the facts with the class of public body its sector names, and without a sector that binds others."""
    for field, day in facts._asdict().items():
        if field.endswith("_on") and day is not None and not (type(day) is date and FIRST_DAY <= day <= LAST_DAY):
            raise InvalidInput(where=field, found=repr(day), hint=f"Give a day from {FIRST_DAY} to {LAST_DAY}.")
    kind, name = facts.debtor_kind, facts.sector
    if facts.public_body is not None and kind is not DebtorKind.PUBLIC:
        hint = "Set the kind of debtor to public, or remove the class."
        raise InvalidInput(where="public_body", found=f"given for a debtor of kind {kind.value!r}", hint=hint)
    doubts = []
    if kind is DebtorKind.UNKNOWN:
        doubts.append(Doubt.of("debtor_kind_unknown", Authority.FACT, {}))
    if name is None:
        return facts, tuple(doubts)
    known = (*sectors(), *PUBLIC_SECTORS)
    if name not in known:
        raise InvalidInput(where="sector", found=f"{name!r} is not known", hint=f"Known: {', '.join(known)}.")
    public_body = PUBLIC_SECTORS.get(name)
    if public_body is None:
        if kind is DebtorKind.BUSINESS:
            return facts, ()
        doubts.append(Doubt.of("sector_not_used", Authority.LAW, {"sector": name, "debtor_kind": kind}))
        return facts._replace(sector=None), tuple(doubts)
    if kind is not DebtorKind.PUBLIC or facts.public_body not in {None, public_body}:
        hint = "Set the kind of debtor to public and its class to the same, or remove the sector."
        raise InvalidInput(where="sector", found=f"{name!r} is a term of public bodies of one class", hint=hint)
    return facts._replace(sector=None, public_body=public_body), ()


def _nothing_agreed(facts: TermFacts, noted: tuple[Doubt, ...]) -> _Work:
    """Return the term of the law, shortened to the maximum of a sector that allows less."""
    due_on, reasons = default_term(facts)
    source = next((reason.source for reason in reasons if reason.source is not None), None)
    readings = () if due_on is None else (TermReading("days_after", due_on),)
    if due_on is not None and facts.debtor_kind is DebtorKind.BUSINESS and facts.sector not in {None, OVERSEAS}:
        limit = business_maximum(facts, Shape.NET)
        if limit.latest is None:
            reasons = (*reasons, *limit.reasons)
        elif limit.latest < due_on:
            inputs: dict[str, object] = {"default_due_on": due_on, "due_on": limit.latest}
            shorter = Reason.of("default_over_sector_maximum", Authority.LAW, inputs, source=limit.source)
            due_on, source, reasons = limit.latest, limit.source, (*reasons, shorter, *limit.reasons)
    answer = TermAnswer(due_on, readings, due_on, source, sure_of(reasons), (*noted, *doubts_of(reasons)))
    return _Work(answer, Maximum(due_on, due_on, due_on, source))


def _limit(facts: TermFacts, printed: Reading) -> Maximum:
    match facts.debtor_kind:
        case DebtorKind.BUSINESS:
            return agreed_maximum(facts, printed)
        case DebtorKind.PUBLIC:
            due = default_term(facts)
            shortest = default_term(facts._replace(public_body=facts.public_body or PublicBody.STATE_OR_LOCAL))
            source = next((reason.source for reason in due.reasons if reason.source is not None), None)
            return Maximum(due.due_on, shortest.due_on, due.due_on, source, due.reasons)
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
            return Maximum()


def _public_choice(agreed: date | None, limit: Maximum) -> tuple[date | None, tuple[Reason, ...]]:
    """Return the earlier of the agreed date and the one of the law; when one is not known, the other bounds it."""
    if agreed is None or limit.latest is None:
        return agreed or limit.latest, ()
    code = "public_contract_cannot_lengthen" if agreed > limit.latest else "public_contract_shortens"
    inputs: dict[str, object] = {"agreed_due_on": agreed, "lawful_latest": limit.latest}
    return min(agreed, limit.latest), (Reason.of(code, Authority.LAW, inputs, source=_L2192_10),)


def _against(limit: Maximum, due_on: date | None) -> tuple[Doubt, ...]:
    """Return the doubt to report when a due date is over the maximum, or within it under conditions only."""
    if due_on is None or limit.latest is None or limit.over_after is None:
        return ()
    inputs: dict[str, object] = {"due_on": due_on, "lawful_latest": limit.latest}
    if due_on > limit.over_after:
        inputs["days"] = (due_on - limit.latest).days
        return (Doubt.of("term_over_legal_maximum", Authority.LAW, inputs, limit.source),)
    cap = limit.conditional
    if cap is None or (limit.unconditional is not None and due_on <= limit.unconditional):
        return ()
    inputs = {"cap": cap.id, "conditions": cap.conditions, "due_on": due_on, "otherwise": limit.unconditional}
    return (Doubt.of("cap_conditions", Authority.LAW, inputs, cap.source),)


def _outcome(work: _Work, kind: DebtorKind, excessive: Excess | None) -> TermOutcome:
    """Return the verdict; readings on each side of the maximum, a day not known, a slip: ``cannot_tell``."""
    is_slip = any(doubt.code == "due_before_issue" for doubt in work.answer.doubts)
    if is_slip or (work.printed is not None and not work.printed.terms) or kind is DebtorKind.UNKNOWN:
        return TermOutcome.CANNOT_TELL
    if kind in {DebtorKind.CONSUMER, DebtorKind.NON_PROFESSIONAL}:
        return TermOutcome.LAWFUL
    dues = (work.answer.due_on,) if work.printed is None else tuple(reading.due_on for reading in work.answer.readings)
    known = tuple(due for due in dues if due is not None)
    if len(known) < len(dues) or work.limit.over_after is None:
        return TermOutcome.CANNOT_TELL
    if min(known) > work.limit.over_after:
        return TermOutcome.OVER
    if excessive is None and work.limit.lawful_until is not None and max(known) <= work.limit.lawful_until:
        return TermOutcome.LAWFUL
    return TermOutcome.CANNOT_TELL


def _exceeds(work: _Work, excessive: Excess) -> Doubt:
    """Return the doubt on a clause whose date may do on this invoice, with a day from which it would not."""
    terms = () if work.printed is None else work.printed.terms
    inputs: dict[str, object] = {
        "days": max(term.terms.net_days or 0 for term in terms),
        "day_of_month": terms[0].terms.day_of_month,
        "cap": tuple(cap.id for cap in work.limit.caps),
        "counted_from": excessive.start,
        "would_be_due_on": excessive.due_on,
        "would_be_lawful_until": excessive.latest,
    }
    return Doubt.of("clause_exceeds_cap_on_other_days", Authority.LAW, inputs, work.limit.source)


def _may_be_over(work: _Work, outcome: TermOutcome, facts: TermFacts, day: date) -> bool:
    """Return whether agreed terms are over the maximum, or may be.

    They may not when they set no days at all (``à réception``), nor when all that lacks is the day the maximum counts
    from, the terms count from that day too, and no such day takes them over.
    """
    if work.printed is None or outcome is not TermOutcome.CANNOT_TELL:
        return outcome is TermOutcome.OVER
    terms = work.printed.terms
    if not terms or any(term.due_on is not None for term in terms):
        return True
    if all(term.terms.rule is TermRule.DAYS_AFTER and not term.terms.net_days for term in terms):
        return False
    if latest_of(work.answer.readings) is not None and work.limit.lawful_until is not None:
        return True
    assumed = facts._replace(
        issued_on=facts.issued_on or day, delivered_on=facts.delivered_on or day, cleared_on=facts.cleared_on or day
    )
    caps = agreed_maximum(assumed, work.printed).caps
    is_common = caps and all(
        term.terms.starts is caps[0].start and not (term.names_start and facts.sector == OVERSEAS) for term in terms
    )
    return not is_common or excess(terms, caps, assumed) is not None


_L2192_10 = Source(article="CCP art. L2192-10", confidence=Confidence.VERIFIED)
