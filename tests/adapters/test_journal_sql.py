"""The SQL journal: versions, one transaction per append, exact amounts, a chain that shows tampering."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recouvrement.adapters import journal_opening
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.adapters.sqlite_files import keep_write_ahead_log, process_lock
from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.events import ActionDelivered, HistoryEvent, StopLifted, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel, StopKind
from recouvrement.errors import BrokenChain, InvalidInput, JournalError, UnknownEvent, VersionConflict
from recouvrement.journal.protocol import CaseHistory, Journal, OutboxEntry, OutboxState, Wakeup

NOW = datetime(2026, 3, 14, 6, 30, tzinfo=UTC)
ON = date(2026, 3, 14)
CASE = "acme/durand/EUR"
OTHER = "acme/lefevre/EUR"


def opened(path: Path, creditor_id: str = "acme") -> SqlJournal:
    return SqlJournal.open(path, creditor_id=creditor_id, clock=lambda: NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqlJournal]:
    with opened(path) as journal:
        yield journal


def placed(code: str, **parts: str) -> HistoryEvent:
    return StopPlaced(id=code, effective_on=ON, stop_id=f"stop-{code}", stop=StopKind.DISPUTE, **parts)


def entry(action_id: str, *, case_id: str = CASE, amount: str = "1250.50", currency: str = "EUR") -> OutboxEntry:
    payload = f'{{"action_id":"{action_id}"}}'
    return OutboxEntry(
        action_id=action_id,
        case_id=case_id,
        state=OutboxState.PLANNED,
        channel="email",
        planned_on=ON,
        token="jeton",  # noqa: S106  # not a secret: a hash of balances
        amount=Money.of(amount, currency),
        payload=payload,
        payload_hash=sha256(payload.encode()).hexdigest(),
    )


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def states(journal: SqlJournal) -> dict[str, str]:
    return {entry.action_id: entry.state.value for entry in journal.outbox(OutboxState)}


def test_it_is_a_journal(journal: SqlJournal) -> None:
    protocol: Journal = journal
    assert (protocol.histories(), protocol.outbox(OutboxState), protocol.wakeups()) == ({}, (), {})
    assert (protocol.last_run_on(), protocol.verify()) == (None, 0)


def test_events_come_back_in_the_order_they_were_appended(path: Path) -> None:
    with opened(path) as journal:
        assert journal.append(CASE, [placed("z"), placed("a")], expected_version=0) == 2
        assert journal.append(OTHER, [placed("z")], expected_version=0) == 1
        assert journal.append(CASE, [placed("m")], expected_version=2) == 3
    with opened(path) as journal:
        histories = journal.histories()
    assert {case: ([event.id for event in kept.events], kept.version) for case, kept in histories.items()} == {
        CASE: (["z", "a", "m"], 3),
        OTHER: (["z"], 1),
    }


def test_an_event_without_a_moment_is_stamped_and_one_that_has_its_own_keeps_it(journal: SqlJournal) -> None:
    learnt = datetime(2026, 3, 10, 9, tzinfo=UTC)
    own = StopLifted(id="b", effective_on=ON, stop_id="s", recorded_at=learnt)
    journal.append(CASE, [placed("a"), own], expected_version=0)
    assert [event.recorded_at for event in journal.histories()[CASE].events] == [NOW, learnt]
    assert journal.histories()[CASE].events[1] == own


def test_a_clock_without_offset_is_refused(path: Path) -> None:
    naive = NOW.replace(tzinfo=None)
    with (
        SqlJournal.open(path, creditor_id="acme", clock=lambda: naive) as journal,
        pytest.raises(InvalidInput, match="offset"),
    ):
        journal.append(CASE, [placed("a")], expected_version=0)


@pytest.mark.parametrize("expected", [0, 2])
def test_a_case_at_another_version_is_a_conflict_and_nothing_is_written(journal: SqlJournal, expected: int) -> None:
    journal.append(CASE, [placed("a")], expected_version=0, outbox=[entry("act-1")])
    before = (journal.histories(), states(journal))
    with pytest.raises(VersionConflict, match="version 1"):
        journal.append(
            CASE,
            [placed("b")],
            expected_version=expected,
            outbox=[entry("act-2")],
            settle=[("act-1", OutboxState.STALE, None)],
        )
    assert (journal.histories(), states(journal)) == before
    assert journal.verify() == 1


def test_an_event_is_written_once_in_a_case(journal: SqlJournal) -> None:
    journal.append(CASE, [placed("a")], expected_version=0)
    for events in ([placed("a")], [placed("b"), placed("b")]):
        with pytest.raises(JournalError, match="already in the journal"):
            journal.append(CASE, events, expected_version=1)
    assert journal.append(OTHER, [placed("a")], expected_version=0) == 1
    assert journal.histories()[CASE].version == 1


def test_an_action_is_written_once_and_its_events_with_it(journal: SqlJournal) -> None:
    journal.append(CASE, [placed("a")], expected_version=0, outbox=[entry("act-1")])
    for outbox in ([entry("act-1")], [entry("act-2"), entry("act-2")]):
        with pytest.raises(JournalError, match="already in the journal"):
            journal.append(CASE, [placed("b")], expected_version=1, outbox=outbox)
    with pytest.raises(JournalError, match="already in the journal"):
        journal.append(OTHER, [placed("a")], expected_version=0, outbox=[entry("act-1", case_id=OTHER)])
    assert set(states(journal)) == {"act-1"}
    assert set(journal.histories()) == {CASE}


@pytest.mark.parametrize(
    "faulty",
    [
        entry("act-1", case_id=OTHER),
        entry("act-1")._replace(state=OutboxState.SENT),
        entry("act-1")._replace(payload="{}"),
        entry("act-1", amount="999999999999999.9999", currency="CLF"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(journal: SqlJournal, faulty: OutboxEntry) -> None:
    with pytest.raises(JournalError, match="act-1"):
        journal.append(CASE, [placed("a")], expected_version=0, outbox=[faulty])
    assert (journal.histories(), states(journal)) == ({}, {})


@pytest.mark.parametrize("amount", ["9999999999999.99", "999999999999999.99", "-9007199254740993.01", "0.10", "0.00"])
def test_amounts_survive_to_the_cent(journal: SqlJournal, path: Path, amount: str) -> None:
    amount = amount.replace("9007199254740993", "907199254740993")
    journal.append(CASE, [], expected_version=0, outbox=[entry("act-1", amount=amount)])
    with opened(path) as again:
        assert again.outbox([OutboxState.PLANNED]) == (entry("act-1", amount=amount),)
    with closing(sqlite3.connect(path)) as connection:
        stored = connection.execute("SELECT amount_minor, typeof(amount_minor) FROM outbox").fetchone()
    assert stored == (int(amount.replace(".", "")), "integer")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    amounts=st.lists(
        st.builds(Money.from_minor, st.integers(-(10**17) + 1, 10**17 - 1), st.sampled_from(["EUR", "TND", "BHD"])),
        max_size=20,
    ),
    notes=st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=50), max_size=5),
)
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[Money], notes: list[str]
) -> None:
    entries = [entry(f"act-{n}")._replace(amount=amount) for n, amount in enumerate(amounts)]
    events = [placed(f"e-{n}", note=note) for n, note in enumerate(notes)]
    with opened(tmp_path_factory.mktemp("journal") / "journal.db") as journal:
        journal.append(CASE, events, expected_version=0, outbox=entries)
        assert journal.outbox(OutboxState) == tuple(entries)
        kept = journal.histories().get(CASE, CaseHistory((), 0))
        assert [event.model_dump(exclude={"recorded_at"}) for event in kept.events] == [
            event.model_dump(exclude={"recorded_at"}) for event in events
        ]
        assert journal.verify() == len(events)


def test_every_currency_has_amounts_that_fit() -> None:
    assert max(DECIMALS.values()) <= 4


def test_a_claimed_entry_is_settled_with_its_event(journal: SqlJournal) -> None:
    journal.append(CASE, [placed("a")], expected_version=0, outbox=[entry("act-1"), entry("act-2")])
    journal.claim("act-1")
    assert [kept.action_id for kept in journal.outbox([OutboxState.CLAIMED])] == ["act-1"]
    delivered = ActionDelivered(
        id="d", effective_on=ON, action_id="act-1", channel=Channel.EMAIL, payload_hash=entry("act-1").payload_hash
    )
    journal.append(CASE, [delivered], expected_version=1, settle=[("act-1", OutboxState.SENT, "lettre.eml")])
    assert journal.outbox([OutboxState.SENT])[0].reference == "lettre.eml"
    assert states(journal) == {"act-1": "sent", "act-2": "planned"}


def test_an_entry_is_claimed_once(journal: SqlJournal) -> None:
    journal.append(CASE, [], expected_version=0, outbox=[entry("act-1")])
    journal.claim("act-1")
    with pytest.raises(JournalError, match="claimed, not planned"):
        journal.claim("act-1")
    with pytest.raises(JournalError, match="not in the outbox"):
        journal.claim("act-9")


@pytest.mark.parametrize(
    ("action_id", "state"),
    [
        ("sent", OutboxState.PLANNED),
        ("planned", OutboxState.SENT),
        ("other", OutboxState.STALE),
        ("?", OutboxState.STALE),
    ],
)
def test_a_move_that_could_send_twice_or_belongs_elsewhere_is_refused(
    journal: SqlJournal, action_id: str, state: OutboxState
) -> None:
    journal.append(CASE, [], expected_version=0, outbox=[entry("sent"), entry("planned")])
    journal.append(OTHER, [], expected_version=0, outbox=[entry("other", case_id=OTHER)])
    journal.claim("sent")
    journal.append(CASE, [], expected_version=0, settle=[("sent", OutboxState.SENT, None)])
    before = states(journal)
    with pytest.raises(JournalError):
        journal.append(CASE, [placed("a")], expected_version=0, settle=[(action_id, state, None)])
    assert states(journal) == before
    assert journal.histories() == {}


def test_wakeups_are_replaced_case_by_case(journal: SqlJournal) -> None:
    first = Wakeup(CASE, "f1", ON, date(2026, 4, 1), "h", "2026-01")
    other = Wakeup(OTHER, "f2", ON, None, "h", "2026-01")
    journal.remember([first, other])
    journal.remember([])
    moved = first._replace(fingerprint="f3", next_wakeup=None)
    journal.remember([first, moved])
    assert journal.wakeups() == {CASE: moved, OTHER: other}


def test_the_last_run_is_the_latest_date_not_the_last_written(journal: SqlJournal) -> None:
    for on in (date(2026, 3, 14), date(2026, 3, 12), date(2026, 3, 14)):
        journal.record_run(on)
    assert journal.last_run_on() == date(2026, 3, 14)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE events SET payload = replace(payload, 'stop-b', 'stop-x') WHERE seq = 2", "seq 2"),
        ("UPDATE events SET effective_on = '2026-03-01' WHERE seq = 2", "seq 2"),
        ("UPDATE events SET recorded_at = 'hier' WHERE seq = 3", "seq 3"),
        ("UPDATE events SET case_id = 'acme/lefevre/EUR' WHERE seq = 1", "seq 1"),
        ("UPDATE events SET payload = x'00' WHERE seq = 1", "seq 1"),
        ("UPDATE events SET hash = prev_hash WHERE seq = 1", "seq 1"),
        ("UPDATE events SET prev_hash = hash WHERE seq = 2", "seq 2"),
        ("DELETE FROM events WHERE seq = 1", "seq 2"),
        ("DELETE FROM events WHERE seq = 2", "seq 3"),
        ("DELETE FROM events WHERE seq = 3", "after event 2"),
        ("DELETE FROM events", "after event 0"),
        ("DELETE FROM chains", "after event 3"),
        ("UPDATE outbox SET payload = '{}'", "act-1"),
    ],
)
def test_tampering_is_found_and_named(path: Path, statement: str, named: str) -> None:
    with opened(path) as journal:
        journal.append(CASE, [placed("a"), placed("b")], expected_version=0, outbox=[entry("act-1")])
        journal.append(CASE, [placed("c")], expected_version=2)
        assert journal.verify() == 3
    alter(path, statement)
    with opened(path) as journal, pytest.raises(BrokenChain, match=named):
        journal.verify()


@pytest.mark.parametrize("payload", ['{"type":"sent_by_pigeon"}', "{", "", '{"type":"invoice_issued"}'])
def test_an_event_of_another_version_is_named(path: Path, payload: str) -> None:
    with opened(path) as journal:
        journal.append(CASE, [placed("a"), placed("b")], expected_version=0)
    alter(path, f"UPDATE events SET payload = '{payload}' WHERE seq = 2")  # noqa: S608  # fixed strings
    with opened(path) as journal, pytest.raises(UnknownEvent, match="seq 2 of case acme/durand/EUR"):
        journal.histories()


def test_a_journal_is_not_opened_for_another_creditor(path: Path) -> None:
    opened(path).close()
    with pytest.raises(JournalError, match="creditor 'acme', not 'acme2'"):
        opened(path, "acme2")


def test_a_journal_of_a_later_version_is_refused(path: Path) -> None:
    opened(path).close()
    alter(path, "UPDATE meta SET value = '3' WHERE key = 'schema'")
    with pytest.raises(JournalError, match="schema 3, this version reads schema 2"):
        opened(path)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE meta (key TEXT, value TEXT)", "CREATE TABLE meta (a)", "CREATE TABLE clients (id)"]
)
def test_a_database_of_somebody_else_is_left_alone(path: Path, statement: str) -> None:
    alter(path, statement)
    before = path.read_bytes()
    with pytest.raises(JournalError):
        opened(path)
    assert path.read_bytes() == before


def test_a_file_that_is_not_a_database_is_left_alone(path: Path) -> None:
    path.write_text("numero;montant\n" * 100, encoding="utf-8")
    with pytest.raises(JournalError, match="not a journal"):
        opened(path)
    assert path.read_text(encoding="utf-8").startswith("numero")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="folder that exists"):
        opened(tmp_path / "absent" / "journal.db")


def test_a_journal_is_created_by_one_process_at_a_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def watched(created: Path) -> None:
        with process_lock(journal_opening.lock_path(created)) as obtained:
            seen.append(obtained)
        keep_write_ahead_log(created)

    monkeypatch.setattr(journal_opening, "keep_write_ahead_log", watched)
    opened(path).close()
    assert seen == [False]


def test_a_journal_created_while_its_lock_was_awaited_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def late(_path: Path, *, wait: float) -> Iterator[bool]:
        assert wait > 0
        monkeypatch.undo()
        with opened(path) as first:
            first.append(CASE, [placed("a")], expected_version=0)
        yield True

    monkeypatch.setattr(journal_opening, "process_lock", late)
    with opened(path) as journal:
        assert journal.verify() == 1


def test_a_commit_that_returned_is_on_the_disk(journal: SqlJournal, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with journal._engine.connect() as inside:
        assert inside.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_second_run_is_refused_at_once_and_admitted_afterwards(journal: SqlJournal, path: Path) -> None:
    with opened(path) as second:
        with journal.exclusive():
            with pytest.raises(JournalError, match="another run is in progress"), second.exclusive():
                pytest.fail("two runs at once")
            second.append(CASE, [placed("a")], expected_version=0)
        with second.exclusive():
            pass


def test_a_lock_file_that_is_something_else_is_named(journal: SqlJournal, path: Path) -> None:
    path.with_name("journal.db.lock").write_text("mes notes\n" * 100, encoding="utf-8")
    with pytest.raises(JournalError, match=r"journal\.db\.lock"), journal.exclusive():
        pytest.fail("no lock was taken")


RACER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.domain.events import StopLifted
from recouvrement.errors import VersionConflict

name, written, refused = sys.argv[2], 0, 0
sys.stdin.readline()
with SqlJournal.open(Path(sys.argv[1]), creditor_id="acme", clock=lambda: datetime(2026, 3, 14, tzinfo=UTC)) as journal:
    for version in range(25):
        event = StopLifted(id=f"{name}-{version}", effective_on=date(2026, 3, 14), stop_id="s")
        try:
            journal.append("acme/durand/EUR", [event], expected_version=version)
            written += 1
        except VersionConflict:
            refused += 1
print(written, refused)
"""


def test_of_two_processes_that_expect_the_same_version_one_wins(path: Path) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", RACER, str(path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("un", "deux", "trois")
    ]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    outcomes = [[int(count) for count in racer.communicate()[0].split()] for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    assert sum(written for written, _ in outcomes) == 25
    assert sum(refused for _, refused in outcomes) == 50
    with opened(path) as journal:
        assert journal.histories()[CASE].version == journal.verify() == 25
