"""Journals of earlier schemas are raised when they are opened: nothing is lost, and nights go on.

``journal_schema_1.sql`` is the dump of a journal written by the last version that had schema 1, after one night.
"""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from recouvrement import FRANCE, ActionDelivered, ActionPlanned, JournalError
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.batch.replay import replayed
from recouvrement.journal.protocol import OutboxState
from support.portfolio import MONDAY, case, clock, night, opened, portfolio

DUMP = Path(__file__).parent / "journal_schema_1.sql"
ID = case(0).id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return tmp_path


def tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def schema(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (value,) = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return str(value)


def test_a_journal_of_schema_1_is_opened_and_has_everything(folder: Path) -> None:
    assert schema(folder / "journal.sqlite") == "1"
    with opened(folder) as journal:
        assert journal.verify() == 2
        known = journal.history(ID)
        assert [type(event) for event in known.events] == [ActionPlanned, ActionDelivered]
        assert known.version == 2
        assert [entry.case_id for entry in journal.outbox([OutboxState.SENT])] == [ID]
        assert set(journal.wakeups()) == {ID}
        assert journal.last_run_on() == MONDAY
        assert journal.decisions(ID) == ()
        assert journal.scenario("standard_b2b", 1) is None
    assert schema(folder / "journal.sqlite") == "2"


def test_a_raised_journal_has_the_tables_of_a_new_one(folder: Path, tmp_path: Path) -> None:
    opened(folder).close()
    new = tmp_path / "new"
    new.mkdir()
    opened(new).close()
    assert tables(folder / "journal.sqlite") == tables(new / "journal.sqlite")


def test_nights_go_on_and_their_decisions_are_kept(folder: Path) -> None:
    on = MONDAY + timedelta(days=7)
    report = night(folder, portfolio(case(0)), on)
    assert report.failures == ()
    assert [action.stage for done in report.done for action in done.actions] == ["relance_2"]
    with opened(folder) as journal:
        found = replayed(journal, ID, on, law=FRANCE)
    assert [one.is_identical for one in found] == [True, True]
    assert found[0].record.case_version == 2


def test_a_journal_of_another_creditor_is_left_as_it_is(folder: Path) -> None:
    with pytest.raises(JournalError, match="creditor"):
        SqlJournal.open(folder / "journal.sqlite", creditor_id="other", clock=clock)
    assert schema(folder / "journal.sqlite") == "1"
    assert "decisions" not in tables(folder / "journal.sqlite")


def test_opening_twice_raises_once(folder: Path) -> None:
    with opened(folder), opened(folder) as journal:
        assert journal.verify() == 2
