"""Stops: facts laid over items that keep them out of trigger and scope."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Hold, HoldKind
from recouvrement.domain.events import StopPlaced
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import StopKind
from recouvrement.engine.history import History
from recouvrement.engine.ledger import Position
from recouvrement.law.jurisdiction import Jurisdiction


class Stopped(NamedTuple):
    """How far an item is stopped."""

    hold: Hold | None
    """Set when the whole item is stopped."""
    contested_minor: int
    """Part of the balance under dispute."""
    stop_ids: tuple[str, ...]
    ends_on: date | None
    """First day on which one of the stops ends by itself."""


def stopped(position: Position, history: History, on: date, law: Jurisdiction) -> Stopped:
    """Return what stops an item on a date.

    A dispute on part of an amount takes that part out; once the parts reach the balance the whole item stops. Any
    other stop holds the whole item, whatever its amount: the branch that cannot harm the debtor.
    Insolvency stops every debt issued before the proceedings were closed.
    """
    item = position.item
    active = [stop for stop in history.stops if _applies(stop, position) and (stop.until is None or on < stop.until)]
    ids = tuple(sorted(stop.stop_id for stop in active))
    ends = min((stop.until for stop in active if stop.until is not None), default=None)
    contested = sum(
        stop.amount.minor if stop.amount is not None else position.balance_minor
        for stop in active
        if stop.stop is StopKind.DISPUTE
    )
    contested = min(contested, position.balance_minor)

    insolvency = history.insolvency
    if insolvency is not None and (insolvency.closed_on is None or item.issued_on <= insolvency.closed_on):
        hold = Hold(kind=HoldKind.INSOLVENCY, item_id=item.id, reasons=(law.insolvency_stop(insolvency),))
        return Stopped(hold, contested, ids, None)

    whole = [stop for stop in active if stop.amount is None or stop.stop is not StopKind.DISPUTE]
    if not whole and contested < position.balance_minor:
        return Stopped(None, contested, ids, ends)
    deciding = whole or active
    kind = HoldKind(deciding[0].stop.value)
    until = None if any(stop.until is None for stop in deciding) else max(stop.until for stop in deciding if stop.until)
    hold = Hold(kind=kind, item_id=item.id, until=until, reasons=tuple(_reason(stop) for stop in deciding))
    return Stopped(hold, contested, ids, ends)


def _applies(stop: StopPlaced, position: Position) -> bool:
    return not stop.item_ids or not {position.item.id, position.item.invoice_number}.isdisjoint(stop.item_ids)


def _reason(stop: StopPlaced) -> Reason:
    facts = {
        "stop": stop.stop,
        "stop_id": stop.stop_id,
        "since": stop.effective_on,
        "until": stop.until,
        "review_on": stop.review_on,
        "amount": stop.amount,
    }
    return Reason.of("stop_placed", Authority.FACT, facts)
