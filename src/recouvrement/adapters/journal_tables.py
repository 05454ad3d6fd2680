"""The tables of the SQL journal. Amounts are whole minor units; days and moments that are hashed are ISO text."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from recouvrement.journal.decisions import TextKind
from recouvrement.journal.protocol import OutboxState

SCHEMA = 2
"""Version of these tables, kept in ``meta``; a lower one is raised on opening, a greater one is refused."""

METADATA = MetaData()

# SQLite numbers rows by itself only in a column declared INTEGER.
_Sequence = BigInteger().with_variant(Integer(), "sqlite")

META = Table(
    "meta",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the file is: ``application``, ``schema``, ``creditor_id``."""

CHAINS = Table(
    "chains",
    METADATA,
    Column("creditor_id", String(120), primary_key=True),
    Column("events", BigInteger, nullable=False),
    Column("head", String(64), nullable=False),
)
"""Length and last hash of each creditor's chain. Every writer takes this row first: it orders them."""

STREAMS = Table(
    "streams",
    METADATA,
    Column("case_id", String(400), primary_key=True),
    Column("version", Integer, nullable=False),
)
"""Version of each case: the number of its events."""

EVENTS = Table(
    "events",
    METADATA,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("creditor_id", String(120), nullable=False),
    Column("case_id", String(400), nullable=False),
    Column("version", Integer, nullable=False),
    Column("event_id", String(120), nullable=False),
    Column("type", String(40), nullable=False),
    Column("effective_on", String(10), nullable=False),
    Column("recorded_at", String(40), nullable=False),
    Column("payload", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("case_id", "version"),
    UniqueConstraint("case_id", "event_id"),
    sqlite_autoincrement=True,  # the number of a deleted row is never given again
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("action_id", String(120), nullable=False, unique=True),
    Column("case_id", String(400), nullable=False),
    Column("state", String(10), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("token", String(120), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("payload", Text, nullable=False),
    Column("payload_hash", String(64), nullable=False),
    Column("reference", Text),
    CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in OutboxState)})", name="known_state"),
    Index("outbox_by_state", "state"),
    sqlite_autoincrement=True,
)

WAKEUPS = Table(
    "wakeups",
    METADATA,
    Column("case_id", String(400), primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("next_wakeup", Date),
    Column("scenario_hash", Text, nullable=False),
    Column("edition", Text, nullable=False),
)
"""A cache: its rows may be deleted at any time, and only cost work."""

RUNS = Table(
    "runs",
    METADATA,
    Column("run_on", Date, primary_key=True),
    Column("recorded_at", String(40), nullable=False),
)

KEPT_TEXTS = Table(
    "kept_texts",
    METADATA,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("kind", String(10), nullable=False),
    Column("label", String(120), nullable=False),
    Column("body", LargeBinary, nullable=False),
    CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in TextKind)})", name="known_kind"),
    Index("kept_texts_by_label", "kind", "label"),
    sqlite_autoincrement=True,
)
"""Texts that decisions rest on, each once: ``hash`` is of the text, ``body`` the text compressed with zlib."""

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("case_id", String(400), primary_key=True),
    Column("decided_on", Date, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("case_version", Integer, nullable=False),
    Column("facts", BigInteger, ForeignKey(KEPT_TEXTS.c.seq), nullable=False),
    Column("scenario", BigInteger, ForeignKey(KEPT_TEXTS.c.seq), nullable=False),
    Column("rates", BigInteger, ForeignKey(KEPT_TEXTS.c.seq)),
    Column("law_edition", String(120), nullable=False),
    Column("package_version", String(40), nullable=False),
    Column("decision_hash", String(64), nullable=False),
    sqlite_with_rowid=False,  # the key is most of the row: it is stored once
)
"""Every decision of a run, with what it was made from. Texts are named by number: a row stays small."""

ADDED: dict[int, tuple[Table, ...]] = {2: (KEPT_TEXTS, DECISIONS)}
"""Tables that came with a version of the schema."""
