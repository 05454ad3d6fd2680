"""The due date the law gives where none was agreed, and the days the law counts from.

C. com. art. L441-10 I and L441-13; CCP art. R2192-10 to R2192-14.
"""

from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.documents import Invoice
from recouvrement.domain.parties import Debtor, DebtorKind, PublicBody
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.parametres import ParameterName, parametre
from recouvrement.jurisdictions.fr.plafonds_de_paiement import OVERSEAS, shifted
from recouvrement.law.jurisdiction import DueDate
from recouvrement.law.terms import TermFacts


class Start(NamedTuple):
    """The day a term is counted from; that day itself is not counted."""

    on: date | None
    name: str
    """The fact it comes from; when it is not known, the fact to give."""
    reasons: tuple[Reason, ...] = ()
    """How it was found, and what is doubtful in it."""
    is_bound: bool = False
    """Whether a fact not given could only make it earlier."""
    source: Source | None = None
    """The text that sets it, where that is not the text that sets the term."""

    def beside(self, source: Source) -> Source:
        """Return the text that sets a term together with the one that sets its start, under the weaker mark."""
        if self.source is None:
            return source
        return Source(
            article=f"{source.article} ; {self.source.article}",
            confidence=self.source.confidence if source.confidence.is_firm else source.confidence,
            identifier=source.identifier,
            checked_on=source.checked_on,
        )


def default_due_on(invoice: Invoice, debtor: Debtor) -> DueDate:
    """Return the last day to pay when neither invoice nor terms set one, or ``None`` when it cannot be known.

    Calendar days, the first day not counted, no shift for a day that is not worked. Consumers and other
    non-professionals have no default term: only an agreement gives their debt a due date. A public body whose receipt
    is not in the file is left without a date: R2192-13 is for a receipt that is uncertain, not for one nobody entered.

    Sources:
        C. com. art. L441-10 I; CCP art. R2192-10, R2192-11, R2192-12 and R2192-13.
    """
    if debtor.kind is DebtorKind.PUBLIC and invoice.received_on is None:
        return DueDate(None, (_start_unknown("received_on", _R2192_12),))
    facts = TermFacts(
        debtor.kind, debtor.public_body, received_on=invoice.received_on, delivered_on=invoice.delivered_on
    )
    return default_term(facts)


def default_term(facts: TermFacts) -> DueDate:
    """Return the last day to pay when nothing was agreed, with everything a reader of the invoice may know.

    >>> from recouvrement.domain.parties import DebtorKind
    >>> default_term(TermFacts(DebtorKind.BUSINESS, delivered_on=date(2014, 1, 6))).due_on
    datetime.date(2014, 2, 5)

    Sources:
        C. com. art. L441-10 I and L441-13; CCP art. R2192-10 to R2192-14.
    """
    match facts.debtor_kind:
        case DebtorKind.BUSINESS:
            return _business(facts)
        case DebtorKind.PUBLIC:
            return _public(facts)
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
            reason = Reason.of("no_default_term", Authority.LAW, {"debtor_kind": facts.debtor_kind})
            return DueDate(None, (reason,))


def default_term_from(day: date) -> date | None:
    """Return the last day of the default term between businesses counted from a delivery, or ``None`` if not covered.

    >>> default_term_from(date(2014, 1, 6))
    datetime.date(2014, 2, 5)

    Sources:
        C. com. art. L441-10 I (ex L441-6 I).
    """
    parameter = parametre("delai_legal_par_defaut")
    return day + timedelta(days=int(parameter.on(day).value)) if parameter.covers(day) else None


def overseas_start(facts: TermFacts) -> Start:
    """Return the first day of every term on goods imported overseas.

    Customs clearance in the port of destination; when the goods were made available in mainland France, the
    twenty-first day after that if clearance comes later. Clearance not known, that day is the latest possible one.

    Sources:
        C. com. art. L441-13 (how the two dates combine rests on one source).
    """
    event_on = facts.cleared_on or facts.delivered_on
    if event_on is None:
        return Start(None, "cleared_on")
    found = shifted("overseas_start", facts.delivered_on or event_on)
    if found is None:
        return Start(None, "cleared_on", (not_covered("overseas_start", event_on),))
    latest, row = found
    weak = tuple(doubt.reason for doubt in row.weak_source)
    inputs: dict[str, object] = {"cleared_on": facts.cleared_on, "made_available_on": facts.delivered_on}
    if facts.cleared_on is not None and (facts.delivered_on is None or facts.cleared_on <= latest):
        start, name, is_bound = facts.cleared_on, "cleared_on", False
    else:
        start, name, is_bound = latest, "made_available_on", facts.cleared_on is None
    reasons = (Reason.of("overseas_start", Authority.LAW, {**inputs, "start": start}, source=row.source), *weak)
    if is_bound:
        unknown = Reason.of("clearance_unknown", Authority.FACT, {"start": start}, source=row.source)
        reasons = (*reasons, unknown)
    return Start(start, name, reasons, is_bound, row.source)


def public_start(facts: TermFacts) -> Start:
    """Return the first day of the term of a public body.

    Receipt of the request for payment; failing its record, the date of the request and two days; performance when it
    comes later than receipt, or when receipt is uncertain. An invoice issued after performance cannot have been
    received before: its receipt must then be given.

    Sources:
        CCP art. R2192-12, R2192-13 and R2192-14.
    """
    received_on, name = facts.received_on, "received_on"
    reasons: tuple[Reason, ...] = ()
    if received_on is None and facts.request_dated_on is not None:
        found = shifted("public_receipt", facts.request_dated_on)
        if found is None:
            return Start(None, "received_on", (not_covered("public_receipt", facts.request_dated_on),))
        received_on, row = found
        name = "request_dated_on"
        inputs: dict[str, object] = {"request_dated_on": facts.request_dated_on, "received_on": received_on}
        reasons = (Reason.of("receipt_presumed", Authority.LAW, inputs, source=row.source),)
    delivered_on = facts.delivered_on
    if received_on is not None:
        if delivered_on is not None and delivered_on > received_on:
            return Start(delivered_on, "delivered_on", reasons)
        return Start(received_on, name, reasons)
    if delivered_on is not None and (facts.issued_on is None or facts.issued_on <= delivered_on):
        uncertain = Reason.of("receipt_uncertain", Authority.LAW, {"start": delivered_on}, source=_R2192_13)
        return Start(delivered_on, "delivered_on", (uncertain,))
    return Start(None, "received_on")


def _business(facts: TermFacts) -> DueDate:
    """Thirty days from receipt of the goods or performance; failing that day, from receipt of the invoice.

    The second start is later as a rule, so it does not make a debtor late too early; a doubt says that it was used.
    """
    if facts.sector == OVERSEAS:
        start = overseas_start(facts)
    elif facts.delivered_on is not None or facts.received_on is None:
        start = Start(facts.delivered_on, "delivered_on")
    else:
        inputs: dict[str, object] = {"start": facts.received_on, "start_is": "received_on", "missing": "delivered_on"}
        unknown = Reason.of("delivery_unknown", Authority.FACT, inputs, source=_L441_10)
        start = Start(facts.received_on, "received_on", (unknown,))
    return _counted(start, "delai_legal_par_defaut", "default_term", _L441_10)


def _public(facts: TermFacts) -> DueDate:
    """Thirty, fifty or sixty days by class, from receipt of the request for payment, or from performance if later.

    A public body of unknown class gets the longest term: it cannot be called late too early.
    """
    due = _counted(public_start(facts), _public_term(facts.public_body), "public_term", _R2192_12)
    if due.due_on is None or facts.public_body is not None:
        return due
    reason = Reason.of("public_body_unknown", Authority.FACT, {"treated_as": PublicBody.PUBLIC_UNDERTAKING})
    return DueDate(due.due_on, (*due.reasons, reason))


def _public_term(public_body: PublicBody | None) -> ParameterName:
    match public_body:
        case PublicBody.STATE_OR_LOCAL:
            return "delai_public_etat_local"
        case PublicBody.HEALTH:
            return "delai_public_sante"
        case PublicBody.PUBLIC_UNDERTAKING | None:
            return "delai_public_entreprise"


def _counted(start: Start, name: ParameterName, code: str, source: Source) -> DueDate:
    if start.on is None:
        return DueDate(None, start.reasons or (_start_unknown(start.name, source),))
    parameter = parametre(name)
    if not parameter.covers(start.on):
        return DueDate(None, (not_covered(code, start.on), *start.reasons))
    value = parameter.on(start.on)
    inputs: dict[str, object] = {"days": value.value, "start": start.on, "start_is": start.name}
    reason = Reason.of(code, Authority.LAW, inputs, source=start.beside(value.source))
    return DueDate(start.on + timedelta(days=int(value.value)), (reason, *start.reasons))


def not_covered(rule: str, day: date) -> Reason:
    """Return the reason for no answer: the rule is not stated for that day."""
    return Reason.of("rule_not_covered", Authority.LAW, {"rule": rule, "from": day})


def _start_unknown(missing: str, source: Source) -> Reason:
    return Reason.of("term_start_unknown", Authority.LAW, {"missing": missing}, source=source)


_L441_10 = Source(article="C. com. art. L441-10 I", confidence=Confidence.VERIFIED)
_R2192_12 = Source(article="CCP art. R2192-12", confidence=Confidence.VERIFIED)
_R2192_13 = Source(article="CCP art. R2192-13", confidence=Confidence.VERIFIED)
