"""Stops: facts laid over items that keep them out of trigger and scope."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Hold, HoldKind
from recouvrement.domain.events import StopPlaced
from recouvrement.domain.parties import Insolvency
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


def stopped_all(
    positions: Sequence[Position], history: History, on: date, law: Jurisdiction
) -> tuple[tuple[Position, Stopped], ...]:
    """Return what stops each item on a date; ``positions`` are oldest first.

    A dispute on part of an amount takes that part out once, from the oldest items it names. Any other stop holds the
    whole item, whatever its amount: the branch that cannot harm the debtor.
    """
    active = [stop for stop in history.stops if stop.until is None or on < stop.until]
    left = {stop.stop_id: stop.amount.minor for stop in active if _is_partial(stop) and stop.amount is not None}
    found: list[tuple[Position, Stopped]] = []
    for position in positions:
        own = [stop for stop in active if _applies(stop, position)]
        contested = 0
        for stop in own:
            part = min(left.get(stop.stop_id, 0), position.balance_minor - contested)
            if part:
                left[stop.stop_id] -= part
                contested += part
        if any(stop.stop is StopKind.DISPUTE and stop.amount is None for stop in own):
            contested = position.balance_minor
        found.append((position, _stopped(position, own, contested, history, law)))
    return tuple(found)


def _stopped(
    position: Position, active: Sequence[StopPlaced], contested: int, history: History, law: Jurisdiction
) -> Stopped:
    item = position.item
    ids = tuple(sorted(stop.stop_id for stop in active))
    ends = min((stop.until for stop in active if stop.until is not None), default=None)
    insolvency = history.insolvency
    if insolvency is not None and is_earlier_debt(position, insolvency):
        hold = Hold(kind=HoldKind.INSOLVENCY, item_id=item.id, reasons=(law.insolvency_stop(insolvency),))
        return Stopped(hold, 0, ids, None)
    if insolvency is not None and (insolvency.closed_on is None or item.issued_on <= insolvency.closed_on):
        facts = {"kind": insolvency.kind, "opened_on": insolvency.opened_on, "item": item.id}
        reason = Reason.of("debt_later_than_insolvency", Authority.POLICY, facts)
        return Stopped(Hold(kind=HoldKind.INSOLVENCY, item_id=item.id, reasons=(reason,)), contested, ids, None)
    whole = [stop for stop in active if not _is_partial(stop)]
    if not whole and contested < position.balance_minor:
        return Stopped(None, contested, ids, ends)
    deciding = whole or active
    kind = HoldKind(deciding[0].stop.value)
    until = None if any(stop.until is None for stop in deciding) else max(stop.until for stop in deciding if stop.until)
    hold = Hold(kind=kind, item_id=item.id, until=until, reasons=tuple(_reason(stop) for stop in deciding))
    return Stopped(hold, contested, ids, ends)


def is_earlier_debt(position: Position, insolvency: Insolvency) -> bool:
    """Whether the debt was born before the proceedings opened: by its delivery, or else by its issue.

    The whole of it is then declared, contested or not (C. com. art. L622-24).
    """
    born_on = position.invoice.delivered_on or position.item.issued_on
    return min(born_on, position.item.issued_on) <= insolvency.opened_on


def _is_partial(stop: StopPlaced) -> bool:
    return stop.stop is StopKind.DISPUTE and stop.amount is not None


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
