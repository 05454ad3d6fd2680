"""Killed at any moment and run again: every action is delivered exactly once.

A forked child does the work and kills itself (SIGKILL) before the n-th call that touches the disk; n goes from the
first call to past the last. The disk is the same from the end of one call to the beginning of the next, so no moment
between two calls is left out.
"""

import contextlib
import functools
import hashlib
import io
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType

import pytest

from recouvrement.adapters.channel_folder import FolderChannel
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.dispatch.message import Message
from recouvrement.domain.decision import ActionKind
from recouvrement.domain.events import ActionApproved, ActionDelivered
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import JournalError, Refused
from recouvrement.journal.decisions import DecisionRecord, Kept, KeptText, TextKind
from recouvrement.journal.protocol import OutboxEntry, OutboxState

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the child is forked")

ON = date(2026, 3, 14)
POSIX_CALLS = {"open", "close", "fsync", "replace", "unlink", "mkdir"}
FILE_CALLS = {"write", "flush"}
DATABASE_CALLS = {"execute", "executemany", "commit", "rollback", "close"}


def touches_disk(function: object) -> bool:
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if owner is sys.modules["posix"]:
        return name in POSIX_CALLS
    if isinstance(owner, io.BufferedWriter):
        return name in FILE_CALLS
    if isinstance(owner, sqlite3.Connection | sqlite3.Cursor):
        return name in DATABASE_CALLS
    return function is io.open


def killed(work: Callable[[], object], moment: int) -> bool:
    """Do the work in a child killed at that moment; return ``False`` when it ended before."""
    child = os.fork()
    if child == 0:
        remaining = moment

        def watch(_frame: FrameType, kind: str, function: object) -> None:
            nonlocal remaining
            if kind == "c_call" and touches_disk(function):
                remaining -= 1
                if remaining < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(watch)
        try:
            work()
        except BaseException:  # noqa: BLE001  # whatever happens, the child must not go on as a second pytest
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed"
    return False


def message(action_id: str, *, channel: Channel = Channel.POST, recipient: str = "Établissements Durand") -> Message:
    return Message(
        action_id=action_id,
        case_id=f"acme/{action_id}/EUR",
        kind=ActionKind.CONTACT,
        document=DocumentKind.REMINDER_LETTER,
        channel=channel,
        on=ON,
        sender_name="Acmé SARL",
        recipient_name=recipient,
        recipient_email="jean@durand.example",
        subject="Facture impayée",
        text="La facture F-12 reste impayée.\n",
        html="<p>La facture F-12 reste impayée.</p>\n",
        amount=Money.of("1250.50", "EUR"),
        item_ids=("F-12/1",),
    )


def opened(folder: Path) -> SqlJournal:
    return SqlJournal.open(
        folder / "journal.db", creditor_id="acme", clock=lambda: datetime(2026, 3, 14, 6, tzinfo=UTC)
    )


def night(folder: Path, letters: tuple[Message, ...]) -> None:
    """A run reduced to what matters here: settle what a dead run claimed, plan, claim, deliver, settle."""
    with opened(folder) as journal, journal.exclusive():
        channel = FolderChannel(folder / "courriers")
        for entry in journal.outbox([OutboxState.CLAIMED]):
            if channel.receipt(entry.action_id) is None:
                version = journal.histories()[entry.case_id].version
                journal.append(
                    entry.case_id, [], expected_version=version, settle=[(entry.action_id, OutboxState.PLANNED, None)]
                )
            else:
                settle(journal, channel, entry)
        known = journal.histories()
        for letter in letters:
            if letter.case_id not in known:
                plan(journal, letter)
        for entry in journal.outbox([OutboxState.PLANNED]):
            journal.claim(entry.action_id)
            settle(journal, channel, entry)


def plan(journal: SqlJournal, letter: Message) -> None:
    entry = OutboxEntry(
        action_id=letter.action_id,
        case_id=letter.case_id,
        state=OutboxState.PLANNED,
        channel=letter.channel.value,
        planned_on=ON,
        token="jeton",  # noqa: S106  # not a secret: a hash of balances
        amount=letter.amount,
        payload=letter.payload,
        payload_hash=letter.payload_hash,
    )
    planned = ActionApproved(id=f"plan-{letter.action_id}", effective_on=ON, action_id=letter.action_id, by="Marie")
    journal.append(letter.case_id, [planned], expected_version=0, outbox=[entry])


def settle(journal: SqlJournal, channel: FolderChannel, entry: OutboxEntry) -> None:
    receipt = channel.deliver(Message.model_validate_json(entry.payload))
    delivered = ActionDelivered(
        id=f"delivery-{entry.action_id}",
        effective_on=ON,
        action_id=entry.action_id,
        channel=receipt.channel,
        payload_hash=receipt.payload_hash,
        reference=receipt.reference,
    )
    version = journal.histories()[entry.case_id].version
    sent = (entry.action_id, OutboxState.SENT, receipt.reference)
    journal.append(entry.case_id, [delivered], expected_version=version, settle=[sent])


def complete_sets(folder: Path) -> dict[str, set[str]]:
    """Return the files of each receipt, after checking that they are there and as the receipt says."""
    sets: dict[str, set[str]] = {}
    for path in folder.glob("receipt_*.json"):
        receipt = json.loads(path.read_text(encoding="utf-8"))
        for file in receipt["files"]:
            assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
        sets[receipt["action_id"]] = {file["name"] for file in receipt["files"]} | {path.name}
    return sets


def identities(folder: Path) -> dict[str, int]:
    """Return the files of complete deliveries, by inode: a file written again has another one."""
    if not folder.is_dir():
        return {}
    return {name: (folder / name).stat().st_ino for names in complete_sets(folder).values() for name in names}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return a folder that holds an empty journal, to be copied."""
    (tmp_path / "empty").mkdir()
    opened(tmp_path / "empty").close()
    return tmp_path / "empty"


def test_a_run_killed_at_any_moment_then_run_again_delivers_every_action_once(tmp_path: Path, empty: Path) -> None:
    letters = (message("act-1"), message("act-2", channel=Channel.EMAIL))
    moment = 0
    while True:
        folder = tmp_path / str(moment)
        shutil.copytree(empty, folder)
        if not killed(functools.partial(night, folder, letters), moment):
            break
        left = identities(folder / "courriers")
        night(folder, letters)
        sets = complete_sets(folder / "courriers")
        assert set(sets) == {"act-1", "act-2"}
        assert set().union(*sets.values()) == {path.name for path in (folder / "courriers").iterdir()}
        assert left.items() <= identities(folder / "courriers").items()
        with opened(folder) as journal:
            assert {case: [event.type for event in kept.events] for case, kept in journal.histories().items()} == {
                letter.case_id: ["action_approved", "action_delivered"] for letter in letters
            }
            assert [entry.state for entry in journal.outbox(OutboxState)] == [OutboxState.SENT, OutboxState.SENT]
            assert journal.verify() == 4
        moment += 1
    assert moment > 100


def test_a_run_killed_twice_still_delivers_once(tmp_path: Path, empty: Path) -> None:
    letters = (message("act-1"),)
    for first in range(60, 130, 7):
        for second in range(5, 60, 11):
            folder = tmp_path / f"{first}-{second}"
            shutil.copytree(empty, folder)
            killed(functools.partial(night, folder, letters), first)
            killed(functools.partial(night, folder, letters), second)
            night(folder, letters)
            assert [path.name for path in (folder / "courriers").glob("*.html")] == [
                "2026-03-14_reminder_letter_etablissements-durand_act-1.html"
            ]
            with opened(folder) as journal:
                assert [entry.state for entry in journal.outbox(OutboxState)] == [OutboxState.SENT]
                assert journal.verify() == 2


def test_an_event_and_its_outbox_row_are_both_there_or_neither(tmp_path: Path, empty: Path) -> None:
    def write(folder: Path) -> None:
        with opened(folder) as journal:
            plan(journal, message("act-1"))

    seen, moment = set(), 0
    while True:
        folder = tmp_path / str(moment)
        shutil.copytree(empty, folder)
        alive = not killed(functools.partial(write, folder), moment)
        with opened(folder) as journal:
            seen.add((journal.verify(), len(journal.histories()), len(journal.outbox(OutboxState))))
        if alive:
            break
        moment += 1
    assert seen == {(0, 0, 0), (1, 1, 1)}


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.REGISTERED_POST])
@pytest.mark.parametrize("recipient", ["Établissements Durand", "Établissements Lefèvre"])
def test_a_delivery_killed_at_any_moment_then_made_again_leaves_one_set(
    tmp_path: Path, channel: Channel, recipient: str
) -> None:
    first, second = message("act-1", channel=channel), message("act-1", channel=channel, recipient=recipient)
    moment, taken = 0, 0
    while True:
        folder = tmp_path / str(moment)
        outgoing = FolderChannel(folder)
        if not killed(functools.partial(outgoing.deliver, first), moment):
            break
        taken += (folder / "receipt_act-1.json").exists()
        with contextlib.suppress(Refused):  # the first message had left
            outgoing.deliver(second)
        receipt = outgoing.receipt("act-1")
        assert receipt is not None
        expected = first if receipt.payload_hash == first.payload_hash else second
        assert outgoing.deliver(expected) == receipt
        assert complete_sets(folder)["act-1"] == {path.name for path in folder.iterdir()}
        moment += 1
    assert 0 < taken < moment


def test_after_a_killed_delivery_no_receipt_means_no_file(tmp_path: Path) -> None:
    moment = 0
    while True:
        folder = tmp_path / str(moment)
        outgoing = FolderChannel(folder)
        if not killed(functools.partial(outgoing.deliver, message("act-1")), moment):
            break
        if outgoing.receipt("act-1") is None:
            assert list(folder.iterdir()) == []
        moment += 1


def test_a_receipt_is_never_seen_before_its_files(tmp_path: Path) -> None:
    for moment in range(40):
        outgoing = FolderChannel(tmp_path / str(moment))
        killed(functools.partial(outgoing.deliver, message("act-1")), moment)
        if outgoing.receipt("act-1") is None:
            assert not list((tmp_path / str(moment)).glob("receipt_*"))
        else:
            assert len(complete_sets(tmp_path / str(moment))["act-1"]) == 3


def test_the_lock_of_a_killed_run_is_free_again(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with opened(tmp_path) as journal, journal.exclusive():
            os.write(writing, b"inside")
            signal.pause()
        os._exit(0)
    try:
        os.read(reading, 6)
        with opened(tmp_path) as journal, pytest.raises(JournalError, match="in progress"), journal.exclusive():
            pytest.fail("two runs at once")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)
    with opened(tmp_path) as journal, journal.exclusive():
        pass


def test_a_journal_whose_creation_was_killed_at_any_moment_is_created_again(tmp_path: Path) -> None:
    def create(folder: Path) -> None:
        opened(folder).close()

    moment = 0
    while True:
        folder = tmp_path / str(moment)
        folder.mkdir()
        alive = not killed(functools.partial(create, folder), moment)
        with opened(folder) as journal:
            plan(journal, message("act-1"))
            assert journal.verify() == 1
        if alive:
            break
        moment += 1


def test_a_journal_whose_raising_was_killed_at_any_moment_is_of_the_old_schema_or_the_new(tmp_path: Path) -> None:
    dump = (Path(__file__).parents[1] / "adapters" / "journal_schema_1.sql").read_text(encoding="utf-8")
    (tmp_path / "old").mkdir()
    with contextlib.closing(sqlite3.connect(tmp_path / "old" / "journal.db")) as connection:
        connection.executescript(dump.replace("'atelier-lumen'", "'acme'"))

    def version(folder: Path) -> tuple[str, int]:
        with contextlib.closing(sqlite3.connect(folder / "journal.db")) as connection:
            (schema,) = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
            tables = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('decisions', 'kept_texts')"
            ).fetchone()
        return schema, tables[0]

    def create(folder: Path) -> None:
        opened(folder).close()

    seen, moment = set(), 0
    while True:
        folder = tmp_path / str(moment)
        shutil.copytree(tmp_path / "old", folder)
        alive = not killed(functools.partial(create, folder), moment)
        seen.add(version(folder))
        with opened(folder) as journal:
            assert len(journal.histories()) == 1
            assert journal.last_run_on() == date(2026, 11, 23)
        assert version(folder) == ("2", 2)
        if alive:
            break
        moment += 1
    assert seen == {("1", 0), ("2", 2)}
    assert moment > 10


def test_an_event_and_the_decision_it_comes_from_are_both_there_or_neither(tmp_path: Path, empty: Path) -> None:
    facts, scenario = KeptText(TextKind.FACTS, "{}"), KeptText(TextKind.SCENARIO, "[]", "s:1")
    case_id = "acme/durand/EUR"
    record = DecisionRecord(case_id, ON, 0, facts.hash, scenario.hash, None, "fr-2026-11-21", "0.1.0", facts.hash)
    event = ActionApproved(id="plan-1", effective_on=ON, action_id="act-1", by="Marie")

    def write(folder: Path) -> None:
        with opened(folder) as journal:
            journal.append(case_id, [event], expected_version=0, decided=Kept(record, (facts, scenario)))

    seen, moment = set(), 0
    while True:
        folder = tmp_path / str(moment)
        shutil.copytree(empty, folder)
        alive = not killed(functools.partial(write, folder), moment)
        with opened(folder) as journal:
            found = journal.decisions(case_id)
            texts = journal.scenario("s", 1)
            seen.add((journal.verify(), len(found), texts))
            if found:
                assert found == (record._replace(number=1),)
                assert journal.kept_text(facts.hash) == "{}"
        if alive:
            break
        moment += 1
    assert seen == {(0, 0, None), (1, 1, "[]")}
