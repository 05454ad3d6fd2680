"""The disputes that are open on a day, and the proceedings: what a document must say, or keep silent about."""

from collections.abc import Iterator
from datetime import date

from recouvrement.domain.case import Case
from recouvrement.domain.documents import Item
from recouvrement.domain.events import InsolvencyOpened, StopLifted, StopPlaced
from recouvrement.domain.vocabulary import StopKind


def open_disputes(case: Case, *, on: date) -> Iterator[StopPlaced]:
    """Yield the disputes placed by a day and not over, in the order of the history."""
    placed: dict[str, StopPlaced] = {}
    for event in case.history:
        if isinstance(event, StopPlaced) and event.stop is StopKind.DISPUTE and event.effective_on <= on:
            placed[event.stop_id] = event
        if isinstance(event, StopLifted) and event.effective_on <= on:
            placed.pop(event.stop_id, None)
    for stop in placed.values():
        if stop.ends_on is None or stop.ends_on > on:
            yield stop


def is_about(stop: StopPlaced, item: Item) -> bool:
    """Whether a stop names an item or its invoice, or names none: it is then about the whole account."""
    return not stop.item_ids or item.id in stop.item_ids or item.invoice_number in stop.item_ids


def has_proceedings(case: Case, *, on: date) -> bool:
    """Whether insolvency proceedings are known and not closed on a day."""
    known = [
        event.insolvency for event in case.history if isinstance(event, InsolvencyOpened) and event.effective_on <= on
    ]
    if case.debtor.insolvency is not None:
        known.append(case.debtor.insolvency)
    return any(one.opened_on <= on and (one.closed_on is None or one.closed_on > on) for one in known)
