"""Opening the SQL journal: is the file ours, and its creation, which a crash leaves either undone or whole."""

from pathlib import Path

from sqlalchemy import Engine, insert, inspect, select, update

from recouvrement.adapters.journal_tables import ADDED, CHAINS, META, METADATA, SCHEMA
from recouvrement.adapters.sqlite_files import WAIT_SECONDS, WRITES, keep_write_ahead_log, process_lock
from recouvrement.errors import JournalError
from recouvrement.journal.chain import GENESIS

_APPLICATION = "recouvrement"


def lock_path(path: Path) -> Path:
    """Return the file whose lock keeps a second run out."""
    return path.with_name(f"{path.name}.lock")


def is_ready(engine: Engine, path: Path, creditor_id: str) -> bool:
    """Return whether the file holds the tables of this creditor; ``False`` for an empty file.

    A journal of an earlier schema is raised to this one: tables are added, nothing is lost. Creates nothing else.
    Raises ``JournalError`` for anything else.
    """
    with engine.begin() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return False
        meta: dict[str, str] = {}
        if META.name in tables:
            meta = {str(row.key): str(row.value) for row in connection.execute(select(META))}
    if meta.get("application") != _APPLICATION:
        raise JournalError(
            where=str(path),
            found="this database is not a journal of recouvrement",
            hint="Give the path of a journal, or of a file that does not exist yet.",
        )
    schema = _schema(meta)
    if schema is None:
        raise JournalError(
            where=str(path),
            found=f"the journal has schema {meta.get('schema')}, this version reads schema {SCHEMA}",
            hint="Install the latest version of recouvrement.",
        )
    if meta.get("creditor_id") != creditor_id:
        raise JournalError(
            where=str(path),
            found=f"this is the journal of creditor {meta.get('creditor_id')!r}, not {creditor_id!r}",
            hint="Keep one journal per creditor; if the identifier was changed by mistake, change it back.",
        )
    if schema < SCHEMA:
        _raise_schema(engine)
    return True


def _schema(meta: dict[str, str]) -> int | None:
    """Return the version of the tables, or ``None`` when this version of the library does not know it."""
    return next((known for known in range(1, SCHEMA + 1) if meta.get("schema") == str(known)), None)


def _raise_schema(engine: Engine) -> None:
    """Add the tables of later schemas, all or none; of two processes that try, the second finds it done."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        schema = _schema({str(row.key): str(row.value) for row in connection.execute(select(META))})
        if schema is None or schema >= SCHEMA:
            return
        for version in range(schema + 1, SCHEMA + 1):
            for table in ADDED[version]:
                table.create(connection)
        connection.execute(update(META).where(META.c.key == "schema").values(value=str(SCHEMA)))


def create(engine: Engine, path: Path, creditor_id: str) -> None:
    """Make the tables, once even if several processes try; a crash leaves an empty file, or a whole journal."""
    with process_lock(lock_path(path), wait=WAIT_SECONDS) as obtained:
        if not obtained:
            raise JournalError(
                where=str(path), found="another process is creating this journal", hint="Wait until it ends."
            )
        if is_ready(engine, path, creditor_id):
            return
        engine.dispose()  # the log mode changes only while nobody else has the file open
        keep_write_ahead_log(path)
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            METADATA.create_all(connection)
            meta = {"application": _APPLICATION, "schema": str(SCHEMA), "creditor_id": creditor_id}
            connection.execute(insert(META), [{"key": key, "value": value} for key, value in meta.items()])
            connection.execute(insert(CHAINS).values(creditor_id=creditor_id, events=0, head=GENESIS))
