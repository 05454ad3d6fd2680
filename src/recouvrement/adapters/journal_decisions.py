"""Decisions and the texts they rest on, in the tables of the SQL journal."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select

from recouvrement.adapters.journal_tables import DECISIONS, KEPT_TEXTS
from recouvrement.errors import BrokenChain
from recouvrement.journal.decisions import DecisionRecord, Kept, KeptText, Pruned, TextKind, text_hash

_FACTS, _SCENARIO, _RATES = KEPT_TEXTS.alias("of_facts"), KEPT_TEXTS.alias("of_scenario"), KEPT_TEXTS.alias("of_rates")
_AT_ONCE = 500
"""Hashes asked for in one statement: SQLite takes no more than 999 values before its version 3.32."""


def keep(connection: Connection, decided: Sequence[Kept]) -> None:
    """Write decisions and the texts not there yet. A decision equal to the last one of its day is not written again."""
    numbers = _text_numbers(connection, [text for kept in decided for text in kept.texts])
    last = _last_rows(connection, {(kept.record.case_id, kept.record.on) for kept in decided})
    rows: list[dict[str, object]] = []
    for record in (kept.record for kept in decided):
        number, before = last.get((record.case_id, record.on), (0, None))
        row: dict[str, object] = {
            "case_id": record.case_id,
            "decided_on": record.on,
            "case_version": record.case_version,
            "facts": numbers[record.facts_hash],
            "scenario": numbers[record.scenario_hash],
            "rates": None if record.rates_hash is None else numbers[record.rates_hash],
            "law_edition": record.law_edition,
            "package_version": record.package_version,
            "decision_hash": record.decision_hash,
        }
        if row != before:
            rows.append({**row, "number": number + 1})
            last[record.case_id, record.on] = (number + 1, row)
    if rows:
        connection.execute(insert(DECISIONS), rows)


def _last_rows(
    connection: Connection, wanted: set[tuple[str, date]]
) -> dict[tuple[str, date], tuple[int, dict[str, object] | None]]:
    """Return, by case and date, the number of the last decision kept and its row without it."""
    found: dict[tuple[str, date], tuple[int, dict[str, object] | None]] = {}
    cases = sorted({case_id for case_id, _ in wanted})
    for on in sorted({on for _, on in wanted}):
        for start in range(0, len(cases), _AT_ONCE):
            part = DECISIONS.c.case_id.in_(cases[start : start + _AT_ONCE])
            statement = select(DECISIONS).where(part, DECISIONS.c.decided_on == on).order_by(DECISIONS.c.number)
            for row in connection.execute(statement).mappings():
                kept = dict(row)
                number = kept.pop("number")
                found[row["case_id"], on] = (number, kept)
    return found


def _text_numbers(connection: Connection, texts: Iterable[KeptText]) -> dict[str, int]:
    """Return, by hash, the number of each text, written if it is new."""
    wanted = {text.hash: text for text in dict.fromkeys(texts)}
    numbers = _known_numbers(connection, list(wanted))
    rows: list[dict[str, object]] = [
        {
            "hash": name,
            "kind": text.kind.value,
            "label": text.label,
            "body": zlib.compress(text.text.encode("utf-8", "surrogatepass")),
        }
        for name, text in wanted.items()
        if name not in numbers
    ]
    if rows:
        connection.execute(insert(KEPT_TEXTS), rows)
        numbers |= _known_numbers(connection, [str(row["hash"]) for row in rows])
    return numbers


def _known_numbers(connection: Connection, hashes: Sequence[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for start in range(0, len(hashes), _AT_ONCE):
        part = KEPT_TEXTS.c.hash.in_(hashes[start : start + _AT_ONCE])
        rows = connection.execute(select(KEPT_TEXTS.c.hash, KEPT_TEXTS.c.seq).where(part))
        numbers.update((row.hash, row.seq) for row in rows)
    return numbers


def kept_decisions(connection: Connection, case_id: str) -> tuple[DecisionRecord, ...]:
    """Return the decisions kept of a case, by date and number."""
    rows = connection.execute(
        select(
            DECISIONS.c.case_id,
            DECISIONS.c.decided_on,
            DECISIONS.c.case_version,
            _FACTS.c.hash,
            _SCENARIO.c.hash,
            _RATES.c.hash,
            DECISIONS.c.law_edition,
            DECISIONS.c.package_version,
            DECISIONS.c.decision_hash,
            DECISIONS.c.number,
        )
        .join_from(DECISIONS, _FACTS, DECISIONS.c.facts == _FACTS.c.seq)
        .join(_SCENARIO, DECISIONS.c.scenario == _SCENARIO.c.seq)
        .outerjoin(_RATES, DECISIONS.c.rates == _RATES.c.seq)
        .where(DECISIONS.c.case_id == case_id)
        .order_by(DECISIONS.c.decided_on, DECISIONS.c.number)
    )
    try:
        records = tuple(DecisionRecord._make(row) for row in rows)
    except (ValueError, TypeError):
        records = None
    if records is None or not all(type(one.case_version) is int and one.case_version >= 0 for one in records):
        raise BrokenChain(
            where=f"decisions of case {case_id}",
            found="a row is not as it was written",
            hint="Keep the file as evidence, restore the latest backup and look at who wrote to it.",
        )
    return records


def kept_text(connection: Connection, name: str, *, where: str) -> str:
    """Return the text kept under a hash. Raises ``BrokenChain`` when it is missing or not as it was written."""
    body = connection.scalar(select(KEPT_TEXTS.c.body).where(KEPT_TEXTS.c.hash == name))
    return _text(body, name, where=where)


def kept_scenario(connection: Connection, label: str, *, where: str) -> str | None:
    """Return the last text kept of a scenario under its label, or ``None``. Raises ``BrokenChain``."""
    statement = select(KEPT_TEXTS.c.body, KEPT_TEXTS.c.hash).where(
        KEPT_TEXTS.c.kind == TextKind.SCENARIO.value, KEPT_TEXTS.c.label == label
    )
    found = connection.execute(statement.order_by(KEPT_TEXTS.c.seq.desc()).limit(1)).first()
    return None if found is None else _text(found.body, found.hash, where=where)


def _text(body: bytes | None, name: str, *, where: str) -> str:
    try:
        text = None if body is None else _inflated(body).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError, TypeError):
        text = None
    if text is None or text_hash(text) != name:
        raise BrokenChain(
            where=f"{where}: kept text {name[:16]}",
            found="it is missing" if body is None else "it is not as it was written",
            hint="Keep the file as evidence, restore the latest backup and look at who wrote to it.",
        )
    return text


_LARGEST = 64 * 1024 * 1024
"""Bytes of the largest text read: a hundred thousand invoices; a body that inflates beyond was not written here."""


def _inflated(body: bytes) -> bytes:
    inflater = zlib.decompressobj()
    found = inflater.decompress(body, _LARGEST)
    if inflater.unconsumed_tail:
        message = "too large"
        raise zlib.error(message)
    return found


def prune(connection: Connection, before: date) -> Pruned:
    """Delete the decisions dated before a day, and the facts and rates that no decision rests on any more."""
    decisions = connection.execute(delete(DECISIONS).where(DECISIONS.c.decided_on < before)).rowcount
    used = select(DECISIONS.c.facts).union(select(DECISIONS.c.rates).where(DECISIONS.c.rates.is_not(None)))
    unused = KEPT_TEXTS.c.seq.not_in(used) & (KEPT_TEXTS.c.kind != TextKind.SCENARIO.value)
    count = connection.scalar(select(func.count()).select_from(KEPT_TEXTS).where(unused)) or 0
    connection.execute(delete(KEPT_TEXTS).where(unused))
    return Pruned(decisions, count)
