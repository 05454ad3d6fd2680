"""The journal as the batch sees it: append-only events, an outbox written with them, a droppable wake-up cache."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from recouvrement.domain.events import HistoryEvent
from recouvrement.domain.money import Money
from recouvrement.journal.decisions import DecisionRecord, Kept, Pruned


class OutboxState(StrEnum):
    """Where an outgoing message stands."""

    PLANNED = "planned"
    """Written with its event; nobody has tried to send it."""
    CLAIMED = "claimed"
    """A run is sending it, or died while sending it."""
    SENT = "sent"
    FAILED = "failed"
    """The channel refused it for good."""
    UNKNOWN = "unknown"
    """It may have left and nobody can tell: a human decides, it is never sent again by guess."""
    STALE = "stale"
    """What it rests on has moved since it was written: it must not leave."""


class OutboxEntry(NamedTuple):
    """One message waiting for, or past, its channel."""

    action_id: str
    case_id: str
    state: OutboxState
    channel: str
    planned_on: date
    token: str
    amount: Money
    payload: str
    """The message as JSON, exactly as it will leave."""
    payload_hash: str
    reference: str | None = None
    """What the channel gave back."""


class Wakeup(NamedTuple):
    """When a case must be looked at again. Droppable: losing it only costs work."""

    case_id: str
    fingerprint: str
    """Hash of the facts the decision was made on."""
    decided_on: date
    next_wakeup: date | None
    scenario_hash: str
    edition: str


class CaseHistory(NamedTuple):
    """The events of a case and the version to expect when appending."""

    events: tuple[HistoryEvent, ...]
    version: int


class Journal(Protocol):
    """Append-only, version-checked, hash-chained per creditor."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Keep other runs out until the block ends, even if it ends by a crash.

        Raises ``JournalError`` at once when another run is inside.
        """
        ...

    def histories(self) -> dict[str, CaseHistory]:
        """Return the events of every case, in the order they were appended. Raises ``UnknownEvent``."""
        ...

    def history(self, case_id: str) -> CaseHistory:
        """Return the events of one case, in the order they were appended. Raises ``UnknownEvent``."""
        ...

    def append(
        self,
        case_id: str,
        events: Sequence[HistoryEvent],
        *,
        expected_version: int,
        outbox: Sequence[OutboxEntry] = (),
        settle: Sequence[tuple[str, OutboxState, str | None]] = (),
        decided: Kept | None = None,
    ) -> int:
        """Write events, outbox entries, outbox state changes and a decision in one transaction; return the new version.

        ``settle`` holds (action id, new state, channel reference). Raises ``VersionConflict`` when the case is no
        longer at ``expected_version``; nothing is then written.
        """
        ...

    def outbox(self, states: Iterable[OutboxState], *, last_only: bool = False) -> tuple[OutboxEntry, ...]:
        """Return the entries in one of these states, in the order they were written; or the last of them alone."""
        ...

    def claim(self, action_id: str) -> None:
        """Move a planned entry to ``claimed``, durably, before its channel is called."""
        ...

    def wakeups(self) -> dict[str, Wakeup]:
        """Return the wake-up cache by case."""
        ...

    def remember(self, wakeups: Sequence[Wakeup], decided: Sequence[Kept] = ()) -> None:
        """Replace the wake-up rows of these cases and keep the decisions they rest on, in one transaction."""
        ...

    def decisions(self, case_id: str) -> tuple[DecisionRecord, ...]:
        """Return the decisions kept of a case, by date and number."""
        ...

    def kept_text(self, text_hash: str) -> str:
        """Return the text kept under a hash. Raises ``BrokenChain`` when it is missing or not as it was written."""
        ...

    def scenario(self, scenario: str, version: int) -> str | None:
        """Return the last text kept of a version of a scenario, or ``None``. Raises ``BrokenChain``."""
        ...

    def prune(self, before: date) -> Pruned:
        """Delete the decisions dated before a day and the texts that nothing rests on any more, scenarios excepted."""
        ...

    def last_run_on(self) -> date | None:
        """Return the latest date a run was made for, or ``None`` before the first."""
        ...

    def record_run(self, on: date) -> None:
        """Note that a run was made for that date."""
        ...

    def verify(self) -> int:
        """Check every hash of the chain and return the number of events. Raises ``BrokenChain``."""
        ...
