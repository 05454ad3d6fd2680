"""Between the rows of the SQL journal and the values of its protocol."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Row

from recouvrement.domain.events import HistoryEvent, event_from_json, event_to_json
from recouvrement.domain.money import Money
from recouvrement.errors import JournalError, UnknownEvent
from recouvrement.journal.decisions import text_hash
from recouvrement.journal.protocol import OutboxEntry, OutboxState, Wakeup

_LARGEST_INTEGER = 2**63 - 1


def outbox_row(entry: OutboxEntry, case_id: str, *, where: str) -> dict[str, object]:
    """Return the row of a new entry. Raises ``JournalError`` when it contradicts itself or its case."""
    faults = [
        (entry.case_id != case_id, f"belongs to case {entry.case_id}", "Write an entry with the events of its case."),
        (entry.state is not OutboxState.PLANNED, f"is {entry.state.value}", "A new entry is planned."),
        (
            entry.payload_hash != text_hash(entry.payload),
            f"has payload hash {entry.payload_hash}, which is not the SHA-256 of its payload",
            "Take payload and payload_hash from the same message.",
        ),
        (abs(entry.amount.minor) > _LARGEST_INTEGER, f"has amount {entry.amount}", "Check the amount: it is absurd."),
    ]
    for is_wrong, found, hint in faults:
        if is_wrong:
            raise JournalError(where=where, found=f"action {entry.action_id} {found}", hint=hint)
    row = entry._asdict() | {"state": entry.state.value}
    amount = row.pop("amount")
    return row | {"amount_minor": amount.minor, "currency": amount.currency}


def outbox_entry(row: Row[tuple[object, ...]]) -> OutboxEntry:
    """Return the entry a row holds."""
    return OutboxEntry(
        action_id=row.action_id,
        case_id=row.case_id,
        state=OutboxState(row.state),
        channel=row.channel,
        planned_on=row.planned_on,
        token=row.token,
        amount=Money.from_minor(row.amount_minor, row.currency),
        payload=row.payload,
        payload_hash=row.payload_hash,
        reference=row.reference,
    )


def moment(instant: datetime) -> str:
    """Return the instant as text that sorts: UTC, always with microseconds."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def wakeups_of(rows: Iterable[Row[tuple[object, ...]]]) -> dict[str, Wakeup]:
    """Return the wake-up cache, empty when a row of it cannot be read: it is only a cache, and costs work."""
    try:
        return {row.case_id: Wakeup._make(row) for row in rows}
    except (ValueError, TypeError):
        return {}


def readable(event: HistoryEvent, *, where: str) -> HistoryEvent:
    """Return the event. Raises ``JournalError`` when it could not be read back: it would close the whole journal."""
    try:
        event_from_json(event_to_json(event), where=where)
    except UnknownEvent as fault:
        raise JournalError(
            where=f"{where}, event {event.id}",
            found=f"it could not be read back: {fault.found}",
            hint="Nothing was written. A condition of your own may give codes that are none: check it with "
            "recouvrement.testing.check_condition.",
        ) from None
    return event
