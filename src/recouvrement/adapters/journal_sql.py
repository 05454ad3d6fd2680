"""The journal in SQL tables: one embedded SQLite file for one creditor, through SQLAlchemy Core.

Every write is one transaction that is on the disk when the call returns. All statements are portable; what belongs to
SQLite alone is in ``sqlite_files``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from recouvrement.adapters import journal_decisions
from recouvrement.adapters.journal_opening import create, is_ready, lock_path
from recouvrement.adapters.journal_rows import moment, outbox_entry, outbox_row, readable, wakeups_of
from recouvrement.adapters.journal_tables import CHAINS, EVENTS, OUTBOX, RUNS, STREAMS, WAKEUPS
from recouvrement.adapters.sqlite_files import WRITES, process_lock, reported, sqlite_engine
from recouvrement.domain.events import (
    CreditNoteIssued,
    HistoryEvent,
    InvoiceIssued,
    PaymentReceived,
    event_from_json,
    event_to_json,
)
from recouvrement.errors import BrokenChain, InvalidInput, JournalError, UnknownEvent, VersionConflict
from recouvrement.journal.chain import GENESIS, Link, link_hash
from recouvrement.journal.decisions import DecisionRecord, Kept, Pruned, scenario_label, text_hash
from recouvrement.journal.moves import may_move
from recouvrement.journal.protocol import CaseHistory, OutboxEntry, OutboxState, Wakeup


class SqlJournal:
    """The journal of one creditor, in one file. Close it, or use it as a context manager.

    The file is bound to its creditor when it is created: opened for another one it would look empty, and every debtor
    would be written to again from the first stage.
    """

    def __init__(self, path: Path, engine: Engine, *, creditor_id: str, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._creditor_id = creditor_id
        self._clock = clock

    @classmethod
    def open(cls, path: Path, *, creditor_id: str, clock: Callable[[], datetime], create_absent: bool = True) -> Self:
        """Return the journal kept in this file, created with its tables when absent unless told not to.

        ``clock`` gives the moment stamped on events that have none. Raises ``JournalError`` when the file is not a
        journal, is one of a later version or of another creditor, or cannot be used.
        """
        place = path.resolve()
        engine = sqlite_engine(place)
        try:
            with reported(place):
                if not is_ready(engine, place, creditor_id):
                    (create if create_absent else _refuse_empty)(engine, place, creditor_id)
        except BaseException:
            engine.dispose()
            raise
        return cls(place, engine, creditor_id=creditor_id, clock=clock)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other runs out until the block ends, even if it ends by a crash.

        The lock is held on ``<journal>.lock``: readers and approvals go on meanwhile. Raises ``JournalError`` at once
        when another run, of this process or any other, is inside.
        """
        lock = lock_path(self._path)
        with process_lock(lock) as obtained:
            if not obtained:
                raise JournalError(
                    where=str(lock),
                    found="another run is in progress",
                    hint="Wait until it ends; if it hangs, end its process: the lock goes with it.",
                )
            yield

    def histories(self) -> dict[str, CaseHistory]:
        """Return the events of every case, in the order they were appended.

        Raises ``UnknownEvent``, naming the sequence number, for an event this version does not know.
        """
        return self._histories()

    def history(self, case_id: str) -> CaseHistory:
        """Return the events of one case, in the order they were appended. Raises ``UnknownEvent`` as above."""
        return self._histories(case_id).get(case_id, CaseHistory((), 0))

    def _histories(self, alone: str | None = None) -> dict[str, CaseHistory]:
        found: dict[str, list[HistoryEvent]] = {}
        statement = select(EVENTS.c.seq, EVENTS.c.case_id, EVENTS.c.payload).order_by(EVENTS.c.seq)
        streams = select(STREAMS)
        if alone is not None:
            statement, streams = statement.where(EVENTS.c.case_id == alone), streams.where(STREAMS.c.case_id == alone)
        with self._reading() as connection:
            versions = {row.case_id: row.version for row in connection.execute(streams)}
            for seq, case_id, payload in connection.execute(statement):
                found.setdefault(case_id, []).append(self._event(seq, case_id, payload))
        return {case_id: CaseHistory(tuple(events), versions.get(case_id, 0)) for case_id, events in found.items()}

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

        Raises ``VersionConflict`` when the case is no longer at ``expected_version``, and ``JournalError`` for an event
        or action already there, an entry that does not belong to the case or may not move so; nothing is then written.
        """
        now = self._now()
        stamped = [readable(_stamped(event, now), where=self._where(case_id)) for event in events]
        rows = [outbox_row(entry, case_id, where=self._where(case_id)) for entry in outbox]
        with self._writing() as connection:
            chain = connection.execute(
                select(CHAINS.c.events, CHAINS.c.head)
                .where(CHAINS.c.creditor_id == self._creditor_id)
                .with_for_update()
            ).one()
            version = connection.scalar(select(STREAMS.c.version).where(STREAMS.c.case_id == case_id))
            if (version or 0) != expected_version:
                raise VersionConflict(
                    where=self._where(case_id),
                    found=f"the case is at version {version or 0}, not {expected_version}",
                    hint="Read the case again and decide again: somebody wrote to it meanwhile.",
                )
            if stamped:
                self._refuse_known(connection, case_id, [event.id for event in stamped])
                links = [
                    self._link(case_id, expected_version + n, event, now) for n, event in enumerate(stamped, start=1)
                ]
                head = _write_links(connection, links, previous=chain.head)
                connection.execute(
                    update(CHAINS)
                    .where(CHAINS.c.creditor_id == self._creditor_id)
                    .values(events=chain.events + len(links), head=head)
                )
                if version is None:
                    connection.execute(insert(STREAMS).values(case_id=case_id, version=len(links)))
                else:
                    connection.execute(
                        update(STREAMS).where(STREAMS.c.case_id == case_id).values(version=version + len(links))
                    )
            self._add_to_outbox(connection, case_id, rows)
            for action_id, state, reference in settle:
                self._settle(connection, case_id, action_id, state, reference)
            if decided is not None:
                journal_decisions.keep(connection, [decided])
        return expected_version + len(stamped)

    def outbox(self, states: Iterable[OutboxState], *, last_only: bool = False) -> tuple[OutboxEntry, ...]:
        """Return the entries in one of these states, in the order they were written; or the last of them alone."""
        asked = select(OUTBOX).where(OUTBOX.c.state.in_([state.value for state in states]))
        asked = asked.order_by(OUTBOX.c.seq.desc()).limit(1) if last_only else asked.order_by(OUTBOX.c.seq)
        with self._reading() as connection:
            return tuple(outbox_entry(row) for row in connection.execute(asked))

    def claim(self, action_id: str) -> None:
        """Move a planned entry to ``claimed``, durably, before its channel is called.

        Of two processes that claim the same entry one succeeds. Raises ``JournalError`` when it is not planned.
        """
        with self._writing() as connection:
            claimed = connection.execute(
                update(OUTBOX)
                .where(OUTBOX.c.action_id == action_id, OUTBOX.c.state == OutboxState.PLANNED.value)
                .values(state=OutboxState.CLAIMED.value)
            )
            if claimed.rowcount != 1:
                state = connection.scalar(select(OUTBOX.c.state).where(OUTBOX.c.action_id == action_id))
                raise JournalError(
                    where=self._where(f"action {action_id}"),
                    found="it is not in the outbox" if state is None else f"it is {state}, not planned",
                    hint="Claim only planned entries; another run may have taken this one.",
                )

    def wakeups(self) -> dict[str, Wakeup]:
        """Return the wake-up cache by case."""
        with self._reading() as connection:
            statement = select(*(WAKEUPS.c[field] for field in Wakeup._fields))
            return wakeups_of(connection.execute(statement))

    def remember(self, wakeups: Sequence[Wakeup], decided: Sequence[Kept] = ()) -> None:
        """Replace the wake-up rows of these cases, of two for one case the last; keep the decisions they rest on."""
        rows = {wakeup.case_id: wakeup._asdict() for wakeup in wakeups}
        if not rows and not decided:
            return
        with self._writing() as connection:
            if rows:
                known = [{"known": case_id} for case_id in rows]
                connection.execute(delete(WAKEUPS).where(WAKEUPS.c.case_id == bindparam("known")), known)
                connection.execute(insert(WAKEUPS), list(rows.values()))
            journal_decisions.keep(connection, decided)

    def decisions(self, case_id: str) -> tuple[DecisionRecord, ...]:
        """Return the decisions kept of a case, by date and number; none for those made before schema 2."""
        with self._reading() as connection:
            return journal_decisions.kept_decisions(connection, case_id)

    def kept_text(self, text_hash: str) -> str:
        """Return the text kept under a hash. Raises ``BrokenChain`` when it is missing or not as it was written."""
        with self._reading() as connection:
            return journal_decisions.kept_text(connection, text_hash, where=self._path.name)

    def scenario(self, scenario: str, version: int) -> str | None:
        """Return the last text kept of a version of a scenario, or ``None``. Raises ``BrokenChain``."""
        with self._reading() as connection:
            label = scenario_label(scenario, version)
            return journal_decisions.kept_scenario(connection, label, where=self._path.name)

    def prune(self, before: date) -> Pruned:
        """Delete the decisions dated before a day and the texts that nothing rests on any more, scenarios excepted.

        Events, outbox and wake-ups are left alone. The file gives its space back with SQLite's ``VACUUM`` only.
        """
        with self._writing() as connection:
            return journal_decisions.prune(connection, before)

    def last_run_on(self) -> date | None:
        """Return the latest date a run was made for, or ``None`` before the first."""
        with self._reading() as connection:
            latest: date | None = connection.scalar(select(func.max(RUNS.c.run_on)))
            return latest

    def record_run(self, on: date) -> None:
        """Note that a run was made for that date; a second run for the same date changes nothing."""
        with self._writing() as connection:
            if connection.scalar(select(RUNS.c.run_on).where(RUNS.c.run_on == on)) is None:
                connection.execute(insert(RUNS).values(run_on=on, recorded_at=moment(self._now())))

    def verify(self) -> int:
        """Check every hash of the chain and every outbox payload; return the number of events.

        Raises ``BrokenChain`` naming the first event or action that is not as it was written. A chain proves order and
        content to whoever kept an earlier head: who can write to the file can also forge a whole new chain.
        """
        previous, count = GENESIS, 0
        with self._reading() as connection:
            for row in connection.execute(select(EVENTS).order_by(EVENTS.c.seq)):
                link = Link(*(getattr(row, field) for field in Link._fields))
                if row.prev_hash != previous or row.hash != link_hash(previous, link):
                    raise _broken(
                        self._where(f"event seq {row.seq} ({row.event_id} of case {row.case_id})"),
                        "it, or the event before it, is not as it was written",
                    )
                previous, count = row.hash, count + 1
            chain = connection.execute(
                select(CHAINS.c.events, CHAINS.c.head).where(CHAINS.c.creditor_id == self._creditor_id)
            ).one_or_none()
            if chain is None or tuple(chain) != (count, previous):
                raise _broken(self._where(f"after event {count}"), "events are missing from the end of the chain")
            for action_id, payload, payload_hash in connection.execute(
                select(OUTBOX.c.action_id, OUTBOX.c.payload, OUTBOX.c.payload_hash).order_by(OUTBOX.c.seq)
            ):
                if text_hash(payload) != payload_hash:
                    raise _broken(self._where(f"action {action_id}"), "its payload is not as it was written")
        return count

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with reported(self._path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with reported(self._path), self._writer.begin() as connection:
            yield connection

    def _where(self, what: str) -> str:
        return f"{self._path.name}: {what}"

    def _now(self) -> datetime:
        now = self._clock()
        if now.tzinfo is None:
            raise InvalidInput(where="clock", found=f"{now.isoformat()} has no offset", hint="Give an instant in UTC.")
        return now.astimezone(UTC)

    def _event(self, seq: int, case_id: str, payload: str) -> HistoryEvent:
        where = self._where(f"event seq {seq} of case {case_id}")
        event = event_from_json(payload, where=where)
        if isinstance(event, InvoiceIssued | CreditNoteIssued | PaymentReceived):
            raise UnknownEvent(
                where=where,
                found=f"{event.type} is not kept in a journal",
                hint="Read this journal with the version of recouvrement that wrote it, or a later one.",
            )
        return event

    def _link(self, case_id: str, version: int, event: HistoryEvent, now: datetime) -> Link:
        return Link(
            creditor_id=self._creditor_id,
            case_id=case_id,
            version=version,
            event_id=event.id,
            type=event.type,
            effective_on=event.effective_on.isoformat(),
            recorded_at=moment(event.recorded_at or now),
            payload=event_to_json(event),
        )

    def _refuse_known(self, connection: Connection, case_id: str, ids: Sequence[str]) -> None:
        known = connection.scalars(
            select(EVENTS.c.event_id).where(EVENTS.c.case_id == case_id, EVENTS.c.event_id.in_(ids)).limit(1)
        ).first()
        self._refuse_twice(case_id, "event", known, ids)

    def _add_to_outbox(self, connection: Connection, case_id: str, rows: Sequence[dict[str, object]]) -> None:
        if not rows:
            return
        ids = [str(row["action_id"]) for row in rows]
        known = connection.scalars(select(OUTBOX.c.action_id).where(OUTBOX.c.action_id.in_(ids)).limit(1)).first()
        self._refuse_twice(case_id, "action", known, ids)
        connection.execute(insert(OUTBOX), rows)

    def _refuse_twice(self, case_id: str, what: str, known: str | None, ids: Sequence[str]) -> None:
        twice = known or next((code for n, code in enumerate(ids) if code in ids[:n]), None)
        if twice is not None:
            raise JournalError(
                where=self._where(case_id),
                found=f"{what} {twice} is already in the journal",
                hint=f"An {what} is written once: read the case again before deciding.",
            )

    def _settle(
        self, connection: Connection, case_id: str, action_id: str, state: OutboxState, reference: str | None
    ) -> None:
        found = connection.execute(
            select(OUTBOX.c.case_id, OUTBOX.c.state).where(OUTBOX.c.action_id == action_id)
        ).one_or_none()
        if found is None or found.case_id != case_id:
            raise JournalError(
                where=self._where(f"action {action_id}"),
                found=f"the outbox has no such action for case {case_id}",
                hint="Settle actions together with the events of their own case.",
            )
        if not may_move(OutboxState(found.state), state):
            raise JournalError(
                where=self._where(f"action {action_id}"),
                found=f"it is {found.state} and cannot become {state.value}",
                hint="Claim an action before its channel is called; what is settled stays so.",
            )
        values = {"state": state.value} | ({} if reference is None else {"reference": reference})
        connection.execute(update(OUTBOX).where(OUTBOX.c.action_id == action_id).values(values))


def _stamped(event: HistoryEvent, now: datetime) -> HistoryEvent:
    if event.recorded_at is not None:
        return event
    return type(event).model_validate(dict(event) | {"recorded_at": now})


def _write_links(connection: Connection, links: Sequence[Link], *, previous: str) -> str:
    """Insert the events one behind the other and return the hash of the last."""
    for link in links:
        head = link_hash(previous, link)
        connection.execute(insert(EVENTS).values(**link._asdict(), prev_hash=previous, hash=head))
        previous = head
    return previous


def _broken(where: str, found: str) -> BrokenChain:
    return BrokenChain(
        where=where,
        found=found,
        hint="Keep the file as evidence, restore the latest backup and look at who wrote to it.",
    )


def _refuse_empty(_engine: Engine, path: Path, _creditor_id: str) -> None:
    raise JournalError(
        where=str(path),
        found="the file holds no journal",
        hint="Give the journal of an earlier run, or leave it out.",
    )
