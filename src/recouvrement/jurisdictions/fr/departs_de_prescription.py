"""From which day the time of an invoice may run: every possible start, the doubts between them, and its regime."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from recouvrement.domain.decision import Doubt, PathStep
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, PublicBody
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.jurisdictions.fr.compte_de_prescription import Start
from recouvrement.jurisdictions.fr.delais_de_paiement import default_term_from
from recouvrement.jurisdictions.fr.periodes_de_prescription import Point
from recouvrement.jurisdictions.fr.regimes_de_prescription import RegimeRow, StartRule

LATE_INVOICE_DAYS = timedelta(days=30)
"""An invoice issued later than this after delivery does not put the start off (policy of this library)."""

_DUE_DATE = Source(article="C. civ. art. 2233 3°", confidence=Confidence.TEXT_READ)
_LATE_INVOICE = Source(article="Cass. com. 26 févr. 2020, n° 18-25.036", confidence=Confidence.COMMENTARY)
_COMPLETION = Source(article="Cass. civ. 1, 19 mai 2021, n° 20-12.520", confidence=Confidence.COMMENTARY)
_KNOWLEDGE = Source(article="C. civ. art. 2224", confidence=Confidence.DERIVED)


class Event(NamedTuple):
    """A day from which the period may be counted; the day itself is not counted."""

    on: date
    act: str
    source: Source


DUE_DATE = "due_date"
"""The act of the start that most items have."""


def due_event(due_on: date) -> Event:
    """Return the due date as a start."""
    return Event(due_on, DUE_DATE, _DUE_DATE)


class Starts(NamedTuple):
    """The events that may start a period, and what is doubtful between them."""

    events: tuple[Event, ...]
    doubts: tuple[Doubt, ...] = ()


_DELIVERY = "delivery_or_offer"
_FROM_COMPLETION = frozenset({"contract_or_law_term", "completion_of_performance", "end_of_mandate", "date_of_deed"})
_NOT_ON_THE_INVOICE = frozenset(
    {
        "prise_en_charge_du_titre",
        "mise_en_recouvrement_or_sending_of_title",
        "title_enforceable_and_notified",
        "end_of_presentation_period_8_days",
        "contract_date_plus_3_months",
    }
)


def starts_of(regime: RegimeRow, item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor) -> Starts:
    """Return every day that may start the period of an item under a regime, the usual one first.

    An event that no invoice shows (a title taken in charge, the contract of carriage) is replaced by the earliest day
    known, nothing being added to it, and reported.
    """
    usual = regime.starts[0]
    if regime.start_rule is StartRule.CALENDAR_YEAR:
        return _year_of_right(regime, item, invoice, debtor)
    if usual == _DELIVERY:
        return _from_delivery(regime, item, invoice)
    if usual in _NOT_ON_THE_INVOICE:
        first = min(_days_known(item, invoice))
        inputs: dict[str, object] = {"start": first.on, "needed": usual}
        return Starts(
            (first,), (Doubt.of("start_not_on_invoice", Authority.LAW, inputs, regime.start_source, item_id=item.id),)
        )
    if item.due_on is None:
        return _without_due_date(item, invoice)
    if usual in _FROM_COMPLETION:
        return _from_completion(item, item.due_on, invoice)
    return _from_due_date(item, item.due_on, invoice, creditor)


def starts_at_due_date(regime: RegimeRow) -> bool:
    """Whether the due date alone starts the period of an item whose invoice tells nothing of its delivery."""
    usual = regime.starts[0]
    special = usual == _DELIVERY or usual in _NOT_ON_THE_INVOICE or usual in _FROM_COMPLETION
    return regime.start_rule is not StartRule.CALENDAR_YEAR and not special


def start_at(regime: RegimeRow, event: Event) -> Start:
    """Return the start that an event of an invoice gives, without the days or months the regime would add to it."""
    if regime.start_rule is StartRule.CALENDAR_YEAR:
        return calendar_start(regime, event)
    step = PathStep(from_=event.on, act=event.act, effect="period_starts", source=event.source)
    return Start(Point(event.on), (step,), event.on)


def calendar_start(regime: RegimeRow, event: Event) -> Start:
    """Return the 1 January that follows the year in which the right was acquired.

    Sources:
        loi 68-1250 du 31 December 1968, art. 1.
    """
    first = date(event.on.year + 1, 1, 1)
    steps = (
        PathStep(from_=event.on, act=event.act, effect="right_acquired", source=event.source),
        PathStep(from_=first, act="first_of_january", effect="period_starts", source=regime.start_source),
    )
    return Start(Point(first, is_counted=True), steps, event.on)


def not_followed(events: Iterable[Event]) -> tuple[PathStep, ...]:
    """Return the steps that show the starts which were not the earliest."""
    return tuple(
        PathStep(from_=event.on, act=event.act, effect="later_start_not_followed", source=event.source)
        for event in events
    )


@lru_cache(maxsize=8192)
def _at_due_date(due_on: date) -> Starts:
    """Return the one start of most items, made once for all that fall due that day."""
    return Starts((due_event(due_on),))


def _from_due_date(item: Item, due_on: date, invoice: Invoice, creditor: Creditor) -> Starts:
    """Count from the contractual due date, or from completion and the term agreed when the invoice came late.

    Sources:
        C. civ. art. 2233 3°; com. 5 Dec. 2018, n° 17-16.282; com. 26 Feb. 2020, n° 18-25.036 (late invoice).
    """
    delivered_on = invoice.delivered_on
    if delivered_on is None or invoice.issued_on <= delivered_on + LATE_INVOICE_DAYS:
        return _at_due_date(due_on)
    terms = invoice.terms or creditor.terms
    agreed = (
        terms.due_on(issued_on=delivered_on, received_on=delivered_on, delivered_on=delivered_on) if terms else None
    )
    in_time = agreed or default_term_from(delivered_on) or delivered_on
    if in_time >= due_on:
        return _at_due_date(due_on)
    inputs: dict[str, object] = {
        "delivered_on": delivered_on,
        "issued_on": invoice.issued_on,
        "due_on": due_on,
        "start": in_time,
    }
    late = Event(in_time, "completion_and_term", _LATE_INVOICE)
    return Starts(
        (due_event(due_on), late), (Doubt.of("late_invoice", Authority.LAW, inputs, _LATE_INVOICE, item_id=item.id),)
    )


def _from_completion(item: Item, due_on: date, invoice: Invoice) -> Starts:
    """Count from completion or from the due date, whichever comes first; show both when they differ.

    Completion starts the period unless contract or law says otherwise; whether a due date printed on the invoice is
    such a contract is not settled, hence the earlier day.

    Sources:
        C. conso. art. L218-2; civ. 1, 19 May 2021, n° 20-12.520; civ. 3, 1 March 2023, n° 21-23.176.
    """
    due = due_event(due_on)
    delivered_on = invoice.delivered_on
    if delivered_on is None:
        return Starts(
            (due,), (Doubt.of("completion_unknown", Authority.LAW, {"start": due_on}, _COMPLETION, item_id=item.id),)
        )
    if delivered_on == due_on:
        return Starts((due,))
    inputs: dict[str, object] = {"delivered_on": delivered_on, "due_on": due_on}
    completed = Event(delivered_on, "completion", _COMPLETION)
    return Starts(
        (due, completed), (Doubt.of("completion_or_due_date", Authority.LAW, inputs, _COMPLETION, item_id=item.id),)
    )


def _from_delivery(regime: RegimeRow, item: Item, invoice: Invoice) -> Starts:
    """Count from delivery, whatever the due date; failing that day, from the earliest one known.

    Sources:
        C. com. art. L133-6.
    """
    if invoice.delivered_on is not None:
        return Starts((Event(invoice.delivered_on, "completion", regime.start_source),))
    first = min(_days_known(item, invoice))
    return Starts(
        (first,),
        (Doubt.of("completion_unknown", Authority.LAW, {"start": first.on}, regime.start_source, item_id=item.id),),
    )


def _without_due_date(item: Item, invoice: Invoice) -> Starts:
    """Count from delivery or issue, whichever comes first: the creditor could act then at the earliest."""
    events = _days_known(item, invoice)
    start = min(events)
    inputs: dict[str, object] = {"start": start.on, "start_is": start.act}
    return Starts(events, (Doubt.of("start_without_due_date", Authority.LAW, inputs, _KNOWLEDGE, item_id=item.id),))


def _year_of_right(regime: RegimeRow, item: Item, invoice: Invoice, debtor: Debtor) -> Starts:
    """Return performance, by which the right is acquired; failing that day the issue of the invoice, and a doubt.

    Performance in an earlier year would bring the last day forward.

    Sources:
        loi 68-1250 du 31 December 1968, art. 1.
    """
    source = regime.start_source
    doubts: tuple[Doubt, ...] = ()
    if invoice.delivered_on is None:
        acquired = Event(item.issued_on, "issue", source)
        doubts = (
            Doubt.of("year_of_right_assumed", Authority.LAW, {"issued_on": item.issued_on}, source, item_id=item.id),
        )
    else:
        acquired = Event(invoice.delivered_on, "completion", source)
    if debtor.public_body is PublicBody.PUBLIC_UNDERTAKING:
        # Without a public accountant the period is that of private law, which ends later: the earlier one is kept.
        doubts = (
            *doubts,
            Doubt.of("public_accountant_unknown", Authority.LAW, {"start": acquired.on}, source, item_id=item.id),
        )
    return Starts((acquired,), doubts)


def _days_known(item: Item, invoice: Invoice) -> tuple[Event, ...]:
    events = [Event(item.issued_on, "issue", _KNOWLEDGE)]
    if item.due_on is not None:
        events.append(due_event(item.due_on))
    if invoice.delivered_on is not None:
        events.append(Event(invoice.delivered_on, "completion", _KNOWLEDGE))
    return tuple(events)


def default_regime(debtor: Debtor, creditor: Creditor) -> str:
    """Return the regime of ordinary goods and services for such a debtor.

    Unknown, the debtor is taken as a consumer, whose period is the shortest.

    Sources:
        C. com. art. L110-4; C. conso. art. L218-2; C. civ. art. 2224; loi 68-1250 art. 1.
    """
    return default_regime_of(debtor.kind, is_private_creditor=creditor.is_natural_person)


def default_regime_of(kind: DebtorKind, *, is_private_creditor: bool) -> str:
    """Return that regime by the kind of debtor and whether the creditor is a private person."""
    match kind:
        case DebtorKind.BUSINESS:
            return "b2b"
        case DebtorKind.NON_PROFESSIONAL:
            return "general"
        case DebtorKind.PUBLIC:
            return "public_debtor"
        case DebtorKind.CONSUMER:
            # L218-2 bars the action of professionals only; a private creditor keeps the period of common law.
            return "general" if is_private_creditor else "b2c"
        case DebtorKind.UNKNOWN:
            return "b2c"
