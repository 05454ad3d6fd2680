"""Promises to pay: kept or broken, as the payments show."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.events import StopPlaced
from recouvrement.domain.vocabulary import StopKind
from recouvrement.engine.history import History
from recouvrement.engine.ledger import Ledger, Position
from recouvrement.scenario.facts import PromiseState


class Promise(NamedTuple):
    """A promise and what became of it."""

    stop: StopPlaced
    state: PromiseState
    received_minor: int
    """Received for its items since it was made, while it could still be kept."""

    @property
    def judged_on(self) -> date | None:
        """Day from which it is broken if nothing comes; ``None`` once it is judged."""
        return self.stop.ends_on if self.state is PromiseState.PENDING else None

    def covers(self, position: Position) -> bool:
        """Whether the promise was about an item: named, or open when the promise was made."""
        return covers(self.stop, position)


def covers(stop: StopPlaced, position: Position) -> bool:
    """Whether a promise was about an item: one it names or, where it names none, one issued by its day."""
    if stop.item_ids:
        return position.is_named_in(stop.item_ids)
    return position.item.issued_on <= stop.effective_on


def promises_on(history: History, ledger: Ledger, on: date) -> tuple[Promise, ...]:
    """Return the promises made and not withdrawn, in order, each judged by what its items received by value date.

    A promise of a sum is kept when that sum came; any promise is kept when nothing is left of its items.
    """
    made = [stop for stop in history.stops if stop.stop is StopKind.PROMISE_TO_PAY]
    if not made:
        return ()
    everything = (*ledger.positions, *ledger.settled)
    return tuple(_judged(stop, [one for one in everything if covers(stop, one)], on) for stop in made)


def _judged(stop: StopPlaced, covered: list[Position], on: date) -> Promise:
    limit = on if stop.ends_on is None else min(on, stop.ends_on - timedelta(days=1))
    received = sum(_received(position, stop.effective_on, limit) for position in covered)
    left = sum(_left(position, limit) for position in covered)
    if covered and (left == 0 or (stop.amount is not None and received >= stop.amount.minor)):
        return Promise(stop, PromiseState.KEPT, received)
    is_over = stop.ends_on is not None and on >= stop.ends_on
    return Promise(stop, PromiseState.BROKEN if is_over else PromiseState.PENDING, received)


def _received(position: Position, from_: date, through: date) -> int:
    return sum(receipt.minor for receipt in position.receipts if from_ <= receipt.on <= through)


def _left(position: Position, on: date) -> int:
    paid = sum(receipt.minor for receipt in position.receipts if receipt.on <= on)
    return position.item.amount_minor - position.credited_minor - paid


def last_promise(promises: Iterable[Promise], position: Position) -> Promise | None:
    """Return the latest promise about an item, or ``None``."""
    return max(
        (promise for promise in promises if promise.covers(position)),
        key=lambda promise: (promise.stop.effective_on, promise.stop.id),
        default=None,
    )
