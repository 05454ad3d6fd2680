"""The due date the law gives an invoice that shows none (C. com. art. L441-10 I; CCP art. R2192-10 to R2192-13)."""

from datetime import date, timedelta

from recouvrement.domain.documents import Invoice
from recouvrement.domain.parties import Debtor, DebtorKind, PublicBody
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.parametres import ParameterName, parametre
from recouvrement.law.jurisdiction import DueDate


def default_due_on(invoice: Invoice, debtor: Debtor) -> DueDate:
    """Return the last day to pay when neither invoice nor terms set one, or ``None`` when it cannot be known.

    Calendar days, the first day not counted, no shift for a day that is not worked. Consumers and other
    non-professionals have no default term: only an agreement gives their debt a due date.

    Sources:
        C. com. art. L441-10 I; CCP art. R2192-10, R2192-11, R2192-12 and R2192-13.
    """
    match debtor.kind:
        case DebtorKind.BUSINESS:
            return _business(invoice)
        case DebtorKind.PUBLIC:
            return _public(invoice, debtor.public_body)
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
            reason = Reason.of("no_default_term", Authority.LAW, {"debtor_kind": debtor.kind})
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


def _business(invoice: Invoice) -> DueDate:
    """Thirty days from receipt of the goods or performance; failing that day, from receipt of the invoice.

    The second start is later as a rule, so it does not make a debtor late too early; the reason says which was used.
    """
    start, name = (
        (invoice.delivered_on, "delivered_on") if invoice.delivered_on else (invoice.received_on, "received_on")
    )
    if start is None:
        source = Source(article="C. com. art. L441-10 I", confidence=Confidence.VERIFIED)
        return DueDate(None, (_start_unknown("delivered_on", source),))
    return _counted(start, name, "delai_legal_par_defaut", "default_term")


def _public(invoice: Invoice, public_body: PublicBody | None) -> DueDate:
    """Thirty, fifty or sixty days by class, from receipt of the request for payment, or from performance if later.

    A public body of unknown class gets the longest term: it cannot be called late too early.
    """
    received_on, delivered_on = invoice.received_on, invoice.delivered_on
    if received_on is None:
        source = Source(article="CCP art. R2192-12", confidence=Confidence.VERIFIED)
        return DueDate(None, (_start_unknown("received_on", source),))
    start, name = received_on, "received_on"
    if delivered_on is not None and delivered_on > received_on:
        start, name = delivered_on, "delivered_on"
    due = _counted(start, name, _public_term(public_body), "public_term")
    if public_body is not None:
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


def _counted(start: date, start_name: str, name: ParameterName, code: str) -> DueDate:
    parameter = parametre(name)
    if not parameter.covers(start):
        inputs: dict[str, object] = {"rule": code, "from": start}
        return DueDate(None, (Reason.of("rule_not_covered", Authority.LAW, inputs),))
    value = parameter.on(start)
    inputs = {"days": value.value, "start": start, "start_is": start_name}
    return DueDate(
        start + timedelta(days=int(value.value)), (Reason.of(code, Authority.LAW, inputs, source=value.source),)
    )


def _start_unknown(missing: str, source: Source) -> Reason:
    return Reason.of("term_start_unknown", Authority.LAW, {"missing": missing}, source=source)
