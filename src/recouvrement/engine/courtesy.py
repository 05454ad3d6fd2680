"""Thanks for what was paid after a reminder, where the scenario wishes it."""

from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.ledger import Position
from recouvrement.engine.reach import Reach, first_reach
from recouvrement.engine.survey import Inquiry, Survey
from recouvrement.scenario.model import DEFAULT_RECIPIENTS, TERMINAL_STAGE

THANK_YOU_STAGE = "thank_you"
"""Name under which thanks are recorded for an item."""


class Thanks(NamedTuple):
    """Thanks that are due, and the day they may leave."""

    positions: tuple[Position, ...]
    way: Reach
    leaves_on: date


def thanks_due(ask: Inquiry, found: Survey) -> Thanks | None:
    """Return the thanks to send, or ``None``.

    Never after a formal notice or once the scenario has ended, nor for what a stop lies over: somebody else was paid,
    or something is not settled. Only while nothing of the case is overdue or held, for items that a message had asked
    for and whose last payment is recent, each once; the interval between contacts and the sending window are kept.
    """
    wish = ask.scenario.thank_you
    if wish is None or found.holds or any(candidate.is_overdue for candidate in found.candidates):
        return None
    if ask.history.insolvency is not None:
        return None
    recent = ask.on - timedelta(days=wish.within_days)
    paid = tuple(
        position
        for position in ask.ledger.settled
        if position.receipts
        and position.receipts[-1].on >= recent
        and position.item.id in ask.history.reminded
        and THANK_YOU_STAGE not in ask.history.stages_done.get(position.item.id, {})
        and not _is_beyond_thanks(ask, position)
    )
    way = first_reach(wish.channels, DEFAULT_RECIPIENTS, ask.case.debtor, ask.history, ask.reaches.usable)
    if not paid or way is None or way.channel is Channel.INTERNAL:
        return None
    last = ask.history.last_contact_on
    ready_on = ask.on if last is None else max(ask.on, last + timedelta(days=ask.scenario.interval_days))
    leaves_on = ask.next_sending_day(ready_on)
    if leaves_on > max(position.receipts[-1].on for position in paid) + timedelta(days=wish.within_days):
        return None
    return Thanks(paid, way, leaves_on)


def _is_beyond_thanks(ask: Inquiry, position: Position) -> bool:
    done = ask.history.stages_done.get(position.item.id, {})
    formal = {stage.id for stage in ask.scenario.stages if stage.is_formal} | {TERMINAL_STAGE}
    stopped = any(not stop.item_ids or position.is_named_in(stop.item_ids) for stop in ask.overlays.active)
    return stopped or not formal.isdisjoint(done)
