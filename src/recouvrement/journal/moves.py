"""Which way an outbox entry may move: nothing that has left, been refused or gone stale can leave again."""

from collections.abc import Mapping
from types import MappingProxyType

from recouvrement.journal.protocol import OutboxState

_SETTLED = frozenset({OutboxState.SENT, OutboxState.FAILED, OutboxState.STALE})

_MOVES: Mapping[OutboxState, frozenset[OutboxState]] = MappingProxyType(
    {
        # To "sent" only through "claimed": a channel is never called on an entry that nobody claimed.
        OutboxState.PLANNED: frozenset({OutboxState.CLAIMED, OutboxState.FAILED, OutboxState.STALE}),
        # Back to "planned" when the channel says that it certainly did not leave.
        OutboxState.CLAIMED: _SETTLED | {OutboxState.PLANNED, OutboxState.UNKNOWN},
        OutboxState.UNKNOWN: _SETTLED | {OutboxState.PLANNED},
        OutboxState.SENT: frozenset(),
        OutboxState.FAILED: frozenset(),
        OutboxState.STALE: frozenset(),
    }
)


def may_move(from_: OutboxState, to: OutboxState) -> bool:
    """Return whether an entry in the first state may be put in the second.

    >>> may_move(OutboxState.CLAIMED, OutboxState.SENT), may_move(OutboxState.SENT, OutboxState.PLANNED)
    (True, False)
    """
    return to in _MOVES[from_]
