"""The send-time token: what a message rests on, so that one that no longer matches the facts does not leave."""

import hashlib
from collections.abc import Iterable

from recouvrement.engine.ledger import Position
from recouvrement.engine.stops import FREE, Stopped


def token(items: Iterable[tuple[Position, Stopped]]) -> str:
    """Return a hash of the items' balances, of what is contested in them and of what stops them; order is nothing.

    Interest is left out: it grows every day without changing what the message is about.
    """
    parts = [
        f"{position.item.id}={position.balance_minor}-{stop.withheld_minor}[{','.join(stop.stop_ids)}]"
        f"{stop.hold.kind.value if stop.hold is not None else ''}"
        if stop is not FREE
        else f"{position.item.id}={position.balance_minor}-0[]"
        for position, stop in items
    ]
    parts.sort()
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
