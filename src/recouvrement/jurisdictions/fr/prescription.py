"""Prescription: the last day to act before a debt is barred, interrupting acts left aside."""

from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.calendar import MonthEnd, add_years
from recouvrement.domain.decision import Deadline, DeadlineKind, Doubt, PathStep
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, PublicBody
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.delais_de_paiement import default_term_from
from recouvrement.jurisdictions.fr.interets_legaux import debtor_kind_unknown
from recouvrement.jurisdictions.fr.parametres import ParameterName, parametre, weak_source
from recouvrement.law.jurisdiction import Limitation
from recouvrement.law.parameters import DatedValue

LATE_INVOICE_DAYS = timedelta(days=30)
"""An invoice issued later than this after delivery does not put the start off (policy of this library)."""
LOI_2008_561 = date(2008, 6, 19)
"""First day of the present periods; debts due before follow transitional rules that this edition does not compute."""


class _Start(NamedTuple):
    """A day from which the period may be counted; the day itself is not counted."""

    on: date
    act: str
    source: Source


def prescription(item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor) -> Limitation:
    """Return the last day on which an interrupting act is still in time, with the dated chain that leads to it.

    The day of the event is not counted; the period ends on the same day number, at midnight, worked or not (CPC
    art. 641-642 do not apply to prescription). Where several days may start it, the earliest governs and a doubt says
    so. Penalties and indemnity follow the principal.

    Business: five years from the due date. Consumer: two years from completion or the due date, but five when the
    creditor is a private person. Public body: four years from the 1 January that follows performance. Other legal
    persons: five years. Unknown: two years, the shortest.

    >>> from recouvrement.domain.money import Money
    >>> invoice = Invoice.single("F2021-7", issued_on=date(2020, 12, 31), due_on=date(2021, 1, 30),
    ...                          total=Money.of("1200.00", "EUR"))
    >>> debtor = Debtor(id="D1", name="Menuiserie Kervella", kind=DebtorKind.BUSINESS)
    >>> creditor = Creditor(id="C1", name="Scierie du Haut-Doubs")
    >>> prescription(invoice.items[0], invoice, debtor, creditor).deadline.last_day
    datetime.date(2026, 1, 30)

    Sources:
        C. com. art. L110-4; C. conso. art. L218-2; C. civ. art. 2224, 2228, 2229 and 2233; loi 68-1250 art. 1;
        com. 14 June 2023, n° 21-14.841; com. 26 Feb. 2020, n° 18-25.036; civ. 1, 19 May 2021, n° 20-12.520.
    """
    match debtor.kind:
        case DebtorKind.BUSINESS:
            return _from_due_date(item, invoice, creditor, "b2b", "prescription_b2b")
        case DebtorKind.NON_PROFESSIONAL:
            return _from_due_date(item, invoice, creditor, "general", "prescription_generale")
        case DebtorKind.PUBLIC:
            return _quadriennale(item, invoice, debtor)
        case DebtorKind.CONSUMER:
            # L218-2 bars the action of professionals only; a private creditor keeps the period of common law.
            if creditor.is_natural_person:
                return _from_due_date(item, invoice, creditor, "general", "prescription_generale")
            return _from_completion(item, invoice)
        case DebtorKind.UNKNOWN:
            limitation = _from_completion(item, invoice)
            return Limitation(limitation.deadline, (*limitation.doubts, debtor_kind_unknown()))


def _from_due_date(item: Item, invoice: Invoice, creditor: Creditor, regime: str, name: ParameterName) -> Limitation:
    """Count from the contractual due date, or from completion and the term agreed when the invoice came late.

    Sources:
        C. civ. art. 2233 3°; com. 5 Dec. 2018, n° 17-16.282; com. 26 Feb. 2020, n° 18-25.036 (late invoice).
    """
    if item.due_on is None:
        return _without_due_date(item, invoice, regime, name)
    starts = [_Start(item.due_on, "due_date", _DUE_DATE)]
    doubts: tuple[Doubt, ...] = ()
    delivered_on = invoice.delivered_on
    if delivered_on is not None and invoice.issued_on > delivered_on + LATE_INVOICE_DAYS:
        terms = invoice.terms or creditor.terms
        agreed = (
            terms.due_on(issued_on=delivered_on, received_on=delivered_on, delivered_on=delivered_on) if terms else None
        )
        in_time = agreed or default_term_from(delivered_on) or delivered_on
        if in_time < item.due_on:
            starts.append(_Start(in_time, "completion_and_term", _LATE_INVOICE))
            inputs: dict[str, object] = {
                "delivered_on": delivered_on,
                "issued_on": invoice.issued_on,
                "due_on": item.due_on,
                "start": in_time,
            }
            reason = Reason.of("late_invoice", Authority.LAW, inputs, source=_LATE_INVOICE)
            doubts = (Doubt(code="late_invoice", item_id=item.id, reason=reason),)
    return _counted(item, starts, doubts, regime, name)


def _from_completion(item: Item, invoice: Invoice) -> Limitation:
    """Count two years from completion or from the due date, whichever comes first; show both when they differ.

    Completion starts the period unless contract or law says otherwise; whether a due date printed on the invoice is
    such a contract is not settled, hence the earlier day.

    Sources:
        C. conso. art. L218-2; civ. 1, 19 May 2021, n° 20-12.520; civ. 3, 1 March 2023, n° 21-23.176.
    """
    delivered_on = invoice.delivered_on
    if item.due_on is None:
        return _without_due_date(item, invoice, "b2c", "prescription_b2c")
    starts = [_Start(item.due_on, "due_date", _DUE_DATE)]
    doubts: tuple[Doubt, ...] = ()
    if delivered_on is None:
        doubts = (_doubt("completion_unknown", item, {"start": item.due_on}, _COMPLETION),)
    elif delivered_on != item.due_on:
        starts.append(_Start(delivered_on, "completion", _COMPLETION))
        inputs: dict[str, object] = {"delivered_on": delivered_on, "due_on": item.due_on}
        doubts = (_doubt("completion_or_due_date", item, inputs, _COMPLETION),)
    return _counted(item, starts, doubts, "b2c", "prescription_b2c")


def _without_due_date(item: Item, invoice: Invoice, regime: str, name: ParameterName) -> Limitation:
    """Count from delivery or issue, whichever comes first: the creditor could act then at the earliest."""
    starts = [_Start(item.issued_on, "issue", _KNOWLEDGE)]
    if invoice.delivered_on is not None:
        starts.append(_Start(invoice.delivered_on, "completion", _KNOWLEDGE))
    start = min(starts)
    doubt = _doubt("start_without_due_date", item, {"start": start.on, "start_is": start.act}, _KNOWLEDGE)
    return _counted(item, starts, (doubt,), regime, name)


def _counted(
    item: Item, starts: list[_Start], doubts: tuple[Doubt, ...], regime: str, name: ParameterName
) -> Limitation:
    """Return the period counted from the earliest start: same day number, N years later (rule P1).

    From 29 February, and from 28 February to a leap year, the day is 28 February: no text or ruling settles it, and it
    is the earlier of the readings.

    Sources:
        C. civ. art. 2228 and 2229.
    """
    first, *others = sorted(starts)
    value, extra = _duration(item, first.on, name)
    last_day = add_years(first.on, int(value.value), MonthEnd.CLAMP)
    if (first.on.month, first.on.day) in {(2, 28), (2, 29)} and (first.on.day == 29 or _is_leap(last_day.year)):
        extra = (*extra, _doubt("february_ambiguity", item, {"start": first.on, "last_day": last_day}, _COUNTING))
    path = (
        PathStep(from_=first.on, act=first.act, effect="period_starts", source=first.source),
        *(
            PathStep(from_=start.on, act=start.act, effect="later_start_not_followed", source=start.source)
            for start in others
        ),
        PathStep(from_=last_day, act="period_ends", effect="last_day", source=value.source),
    )
    return _limitation(item, regime, last_day, path, (*doubts, *extra))


def _quadriennale(item: Item, invoice: Invoice, debtor: Debtor) -> Limitation:
    """Return 31 December of the fourth year after the one in which the right was acquired (rule P2).

    The right is acquired by performance. Failing that day, the year of issue is used and reported as a doubt:
    performance in an earlier year would bring the last day forward.

    Sources:
        loi 68-1250 du 31 December 1968, art. 1; C. civ. art. 2228 and 2229.
    """
    acquired = (
        _Start(item.issued_on, "issue", _YEAR_OF_RIGHT)
        if invoice.delivered_on is None
        else _Start(invoice.delivered_on, "completion", _YEAR_OF_RIGHT)
    )
    begins_on = date(acquired.on.year + 1, 1, 1)
    value, doubts = _duration(item, begins_on, "prescription_publique")
    last_day = date(acquired.on.year + int(value.value), 12, 31)
    if invoice.delivered_on is None:
        doubts = (*doubts, _doubt("year_of_right_assumed", item, {"issued_on": item.issued_on}, _YEAR_OF_RIGHT))
    if debtor.public_body is PublicBody.PUBLIC_UNDERTAKING:
        # Without a public accountant the period is that of private law, which ends later: the earlier one is kept.
        doubts = (*doubts, _doubt("public_accountant_unknown", item, {"last_day": last_day}, _YEAR_OF_RIGHT))
    path = (
        PathStep(from_=acquired.on, act=acquired.act, effect="right_acquired", source=acquired.source),
        PathStep(from_=begins_on, act="first_of_january", effect="period_starts", source=acquired.source),
        PathStep(from_=last_day, act="period_ends", effect="last_day", source=value.source),
    )
    return _limitation(item, "public_debtor", last_day, path, doubts)


def _duration(item: Item, start: date, name: ParameterName) -> tuple[DatedValue, tuple[Doubt, ...]]:
    """Return the period of the day it starts, in years; outside the covered span the nearest one, with a doubt.

    A deadline must always be given. Before 19 June 2008 the present, shorter period ends no later than the
    transitional one (C. civ. art. 2222), so it cannot lose the claim.
    """
    parameter = parametre(name)
    value = parameter.on(min(max(start, parameter.first_day), parameter.last_day))
    doubts = weak_source(value)
    if start < parameter.first_day:
        inputs: dict[str, object] = {"start": start, "in_force_from": parameter.first_day}
        doubts = (*doubts, _doubt("transitional_law_not_computed", item, inputs, value.source))
    elif start > parameter.last_day:
        inputs = {"rule": parameter.id, "from": parameter.last_day + timedelta(days=1)}
        doubts = (*doubts, _doubt("rule_not_covered", item, inputs, value.source))
    return value, doubts


def _limitation(
    item: Item, regime: str, last_day: date, path: tuple[PathStep, ...], doubts: tuple[Doubt, ...]
) -> Limitation:
    deadline = Deadline(kind=DeadlineKind.PRESCRIPTION, item_id=item.id, last_day=last_day, regime=regime, path=path)
    return Limitation(deadline, doubts)


def _doubt(code: str, item: Item, inputs: dict[str, object], source: Source) -> Doubt:
    return Doubt(code=code, item_id=item.id, reason=Reason.of(code, Authority.LAW, inputs, source=source))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_DUE_DATE = Source(article="C. civ. art. 2233 3°", confidence=Confidence.TEXT_READ)
_LATE_INVOICE = Source(article="Cass. com. 26 févr. 2020, n° 18-25.036", confidence=Confidence.COMMENTARY)
_COMPLETION = Source(article="Cass. civ. 1, 19 mai 2021, n° 20-12.520", confidence=Confidence.COMMENTARY)
_KNOWLEDGE = Source(article="C. civ. art. 2224", confidence=Confidence.DERIVED)
_COUNTING = Source(article="C. civ. art. 2228 et 2229", confidence=Confidence.UNSETTLED)
_YEAR_OF_RIGHT = Source(article="loi 68-1250 du 31/12/1968 art. 1", confidence=Confidence.TEXT_READ)
