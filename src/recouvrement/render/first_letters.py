"""The first letter of a mandated collector: any later step recalls its references and its date (CPCE art. R124-4)."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.events import ActionCancelled, ActionDelivered, ActionPlanned
from recouvrement.domain.parties import Collector
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.language import Language
from recouvrement.render.parties import writer

DEMANDS = frozenset(
    {
        DocumentKind.REMINDER_1,
        DocumentKind.REMINDER_2,
        DocumentKind.REMINDER_3,
        DocumentKind.REMINDER_LETTER,
        DocumentKind.MISE_EN_DEMEURE,
        DocumentKind.LAST_NOTICE,
        DocumentKind.BROKEN_PROMISE,
        DocumentKind.PLAN_DEFAULT_NOTICE,
    }
)
"""Letters that ask the debtor to pay: from a mandated collector they bear the mentions of CPCE art. R124-4."""

RECALLS = DEMANDS | {
    DocumentKind.CALL_SCRIPT,
    DocumentKind.PROMISE_CONFIRMATION,
    DocumentKind.PLAN_PROPOSAL,
    DocumentKind.DISPUTE_ACKNOWLEDGEMENT,
}
"""Steps towards the debtor that recall the first letter; a text message has no room for it."""


class FirstLetter(NamedTuple):
    """What a later step recalls; empty where nobody is mandated, or where nothing was sent before."""

    first_letter: str
    """``référence client 411MARTIN, facture F2026-118, du 2 novembre 2026``: references as it bears them, and its day.

    One text, so that the same references in the heading of the later letter do not pass for a recall.
    """


NONE_BEFORE = FirstLetter("")


def first_letter(action: Action, case: Case, *, on: date, language: Language) -> FirstLetter:
    """Return the references and the date of the first letter sent about one of the listed items, before ``on``.

    The history does not tell who sent what: the earliest demand in writing of the debt is taken for the collector's.
    A letter that the creditor sent before the mandate is to be left out of the history that the collector works with.
    Steps recorded by hand are not read: they name a stage, not a document.
    """
    if action.document not in RECALLS or not isinstance(writer(action, case), Collector):
        return NONE_BEFORE
    sent = _sent(action, case, on)
    if not sent:
        return NONE_BEFORE
    day, letter = min(sent, key=lambda one: one[0])
    if letter.id == action.id:
        return NONE_BEFORE
    words, listed = language.words, set(letter.listed)
    numbers = tuple(dict.fromkeys(item.invoice_number for item in case.items if item.id in listed))
    label = (
        words.one_invoice.format(number=numbers[0])
        if len(numbers) == 1
        else language.counted(len(numbers), words.invoice, words.invoices)
    )
    return FirstLetter(f"référence client {case.debtor.id}, {label}, du {language.long_date(day)}")


def _sent(action: Action, case: Case, on: date) -> list[tuple[date, Action]]:
    """Return the demands about one of the listed items that left before a day, in the order they were decided."""
    left = {event.action_id: event.effective_on for event in case.history if isinstance(event, ActionDelivered)}
    cancelled = {event.action_id for event in case.history if isinstance(event, ActionCancelled)}
    found = [
        (left.get(event.action.id, event.effective_on), event.action)
        for event in case.history
        if isinstance(event, ActionPlanned)
        and event.action.document in DEMANDS
        and event.action.id not in cancelled
        and not set(event.action.listed).isdisjoint(action.listed)
    ]
    return [(day, letter) for day, letter in found if day < on]
