"""SQLite as the journal needs it: durable commits, explicit transactions, and a lock that dies with its process."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from recouvrement.errors import JournalError

WAIT_SECONDS = 30
"""How long a writer waits for another one to finish its transaction."""

WRITES = "recouvrement_writes"
"""Execution option of the engine whose transactions write."""


def sqlite_engine(path: Path) -> Engine:
    """Return an engine on the file, which need not exist; each transaction is begun in so many words."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late, at the first write: two readers would then both decide to write.
    connection.isolation_level = None
    # A commit that returns has reached the disk. fullfsync is what that takes on macOS and changes nothing elsewhere.
    for pragma in ("synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def keep_write_ahead_log(path: Path) -> None:
    """Make the file use a write-ahead log, for good.

    With it a commit is one flush and is durable under ``synchronous = FULL``; a rollback journal would need
    ``EXTRA`` for the same promise, and four flushes.
    """
    with contextlib.closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").close()


@contextlib.contextmanager
def process_lock(path: Path, *, wait: float = 0) -> Iterator[bool]:
    """Yield whether the lock named by the path was obtained within that many seconds; release it at the end.

    It is an exclusive transaction on an empty SQLite file, so the operating system releases it whatever ends the
    process, on every platform. It does not hold across the machines of a network file system.
    Raises ``JournalError`` when the file cannot be made or is something else.
    """
    try:
        connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    except sqlite3.Error as fault:
        raise _unlockable(path, fault) from fault
    with contextlib.closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE").close()
        except sqlite3.Error as fault:
            if _code(fault) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise _unlockable(path, fault) from fault
            yield False
            return
        yield True


def _code(fault: sqlite3.Error) -> int | None:
    """Return the primary result code of SQLite, or ``None`` for a fault of the driver itself."""
    extended: int | None = getattr(fault, "sqlite_errorcode", None)
    return None if extended is None else extended & 0xFF


def _unlockable(path: Path, fault: sqlite3.Error) -> JournalError:
    return JournalError(
        where=str(path),
        found=f"the lock file cannot be used ({fault})",
        hint="Let the user who runs this write into the folder of the journal, and put nothing else under this name.",
    )


@contextlib.contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn what the database refuses into ``JournalError``; the transaction inside was rolled back."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        code = _code(cause) if isinstance(cause, sqlite3.Error) else None
        raise JournalError(where=str(path), found=f"the journal refused: {cause}", hint=_remedy(code)) from fault


def _remedy(code: int | None) -> str:
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "Another program holds the journal: end it, then run again."
        case sqlite3.SQLITE_FULL:
            return "Free some space on the disk, then run again: nothing was half written."
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "Give the path of a file in a folder that exists and that the user who runs this can write."
        case sqlite3.SQLITE_NOTADB:
            return "This is not a journal: give the path of one, or of a file that does not exist yet."
        case sqlite3.SQLITE_CORRUPT:
            return "The file is damaged: keep it aside and restore the latest backup."
        case _:
            return "Nothing was written; check the disk and the file, then run again."
