"""The overlay file: official rates an operator entered before an edition of the law files brought them.

Written and read like the law files, one ``[[values]]`` table each.
"""

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from json import dumps
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from recouvrement.adapters.portfolio.faults import field, sentence
from recouvrement.adapters.portfolio.table import is_file, parse_toml, read_text
from recouvrement.adapters.rate_entry import SERIES, all_together, parse_rate, parse_source, value_faults
from recouvrement.adapters.whole_files import target_of, write_whole
from recouvrement.domain.exact import two_decimals
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import InvalidInput
from recouvrement.law.parameters import DatedValue

HEADER: Final = """\
# Official rates entered by the operator; the commands read them with --rates.
# `recouvrement rates add` writes this file and keeps no comment of yours. To withdraw a value, delete its whole
# [[values]] table.
"""

LOCK: Final = ".recouvrement-rates.lock"
"""Empty file beside the overlay files of a folder; it may be deleted when no command runs."""

WAIT_SECONDS: Final = 10
"""How long a writer waits for another one."""

_REQUIRED = ("parameter", "from", "until", "value", "article", "checked_on", "confidence", "sources")
_OPTIONAL = ("identifier", "published_on", "note")

Found = TypeVar("Found")


def read_entered_rates(path: Path) -> tuple[DatedValue, ...]:
    """Return the values of an overlay file, by day and series.

    Raises ``InvalidInput`` with every fault, its line and key: an unknown key, a figure that is not a quoted string, a
    series that nobody may complete, days that are not those of a half-year, a value without its official source.
    """
    if not is_file(path):
        raise InvalidInput(
            where=str(path), found="the file is missing", hint="Create it with `recouvrement rates add --file FILE …`."
        )
    text = read_text(path)
    hint = "Enter the values again with `recouvrement rates add`, in a new file."
    document = parse_toml(text, where=path.name, hint=hint)
    rows = document.pop("values", [])
    faults = [
        InvalidInput(where=f"{path.name} (key {key})", found="the key is not known", hint="Remove it.")
        for key in document
    ]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.append(
            InvalidInput(where=path.name, found="values is not a list of tables", hint="Write each under [[values]].")
        )
        rows = []
    lines = _lines(text)
    values: dict[tuple[str, date], DatedValue] = {}
    for number, table in enumerate(rows):
        row = _Row(path.name, table, lines[number] if number < len(lines) else {})
        value = row.value()
        if value is not None:
            known = values.setdefault((value.parameter, value.from_), value)
            if known is not value:
                row.note(
                    "from",
                    f"{value.parameter} has two values for {value.from_}: {known.value} and {value.value}",
                    "Keep the one of the official text.",
                )
        faults += row.faults
    if faults:
        raise all_together(str(path), faults)
    return _sorted(values.values())


@contextlib.contextmanager
def sole_writer(path: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Let one process at a time read an overlay file, decide and write it; the lock dies with its process.

    Raises ``InvalidInput`` when another one still holds it after that many seconds, or when it cannot be made.
    """
    lock = target_of(path).with_name(LOCK)
    with contextlib.ExitStack() as stack:
        try:
            # An exclusive transaction on an empty file: the system releases it whatever ends the process.
            held = stack.enter_context(contextlib.closing(sqlite3.connect(lock, timeout=wait, isolation_level=None)))
            held.execute("BEGIN EXCLUSIVE").close()
        except sqlite3.Error as fault:
            is_busy = getattr(fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            raise InvalidInput(
                where=str(path),
                found="another command is writing in this folder"
                if is_busy
                else f"the file cannot be written ({fault}: {lock.name})",
                hint="Run again when it has ended." if is_busy else "Choose a writable folder.",
            ) from None
        yield


def write_entered_rates(path: Path, values: Iterable[DatedValue]) -> None:
    """Replace an overlay file by these values, at once: a reader finds the old file or the new one, never a part.

    Raises ``InvalidInput`` when the file cannot be written; the old one then stays.
    """
    write_whole(path, HEADER + "".join(map(_table, _sorted(values))))


class _Row:
    """One ``[[values]]`` table, and what is wrong with it."""

    def __init__(self, file: str, table: Mapping[str, object], lines: Mapping[str, int]) -> None:
        self.file, self.table, self.lines = file, table, lines
        self.faults: list[InvalidInput] = []

    def where(self, key: str) -> str:
        """Return ``rates.toml:12 (key value)``: the line of the key, or that of the table when it is missing."""
        line = self.lines.get(key, self.lines.get(""))
        return f"{self.file}:{line} (key {key})" if line else f"{self.file} (key {key})"

    def note(self, key: str, found: str, hint: str) -> None:
        """Add a fault."""
        self.faults.append(InvalidInput(where=self.where(key), found=found, hint=hint))

    def value(self) -> DatedValue | None:
        """Return the value, or ``None`` when the table is faulty."""
        for key in self.table:
            if key not in {*_REQUIRED, *_OPTIONAL}:
                self.note(key, "the key is not known", f"Keys are: {', '.join((*_REQUIRED, *_OPTIONAL))}.")
        for key in _REQUIRED:
            if key not in self.table:
                self.note(key, "the key is missing", "Enter the value again with `recouvrement rates add`.")
        if self.faults:
            return None
        parameter = self._text("parameter")
        if parameter is not None and parameter not in SERIES:
            self.note("parameter", f"{parameter!r} is not a series to complete", f"Known: {', '.join(SERIES)}.")
        fields = {
            "parameter": parameter,
            "from_": self._day("from"),
            "until": self._day("until"),
            "value": self._rate(),
            "article": self._text("article"),
            "identifier": self._text("identifier"),
            "published_on": self._day("published_on"),
            "checked_on": self._day("checked_on"),
            "confidence": self._confidence(),
            "addresses": self._sources(),
            "note": self._text("note"),
        }
        if self.faults:
            return None
        try:
            value = DatedValue.model_validate(fields)
        except ValidationError as fault:
            key = {"from_": "from", "addresses": "sources"}.get(field(fault), field(fault)) or "until"
            self.note(key, sentence(fault), "Correct it.")
            return None
        self.faults += value_faults(value, self.where)
        return None if self.faults else value

    def _typed(self, key: str, kind: type[Found], hint: str) -> Found | None:
        """Return what the key holds, or ``None`` and a fault when it is something else; an instant is no date."""
        found = self.table.get(key)
        if type(found) is kind:
            return found
        if key in self.table:
            self.note(key, f"{found!r} is a {type(found).__name__}", hint)
        return None

    def _text(self, key: str) -> str | None:
        return self._typed(key, str, "Write it between double quotes.")

    def _day(self, key: str) -> date | None:
        return self._typed(key, date, "Write a date without quotes, such as 2026-07-01.")

    def _rate(self) -> Decimal | None:
        text = self._typed("value", str, 'Write the figure between double quotes, such as "2.65".')
        try:
            return None if text is None else parse_rate(text, where=self.where("value"))
        except InvalidInput as fault:
            self.faults.append(fault)
            return None

    def _confidence(self) -> Confidence | None:
        if self.table["confidence"] != Confidence.VERIFIED.value:
            self.note(
                "confidence",
                f"{self.table['confidence']!r}: this file holds official figures only",
                'Read the official text, then write "verified"; or remove the value.',
            )
            return None
        return Confidence.VERIFIED

    def _sources(self) -> tuple[str, ...]:
        found = self.table["sources"]
        if not isinstance(found, list) or not found or not all(isinstance(source, str) for source in found):
            self.note("sources", f"{found!r} is not a list of sources", 'Write sources = ["https://…"].')
            return ()
        try:
            return tuple(parse_source(source, where=self.where("sources")) for source in found)
        except InvalidInput as fault:
            self.faults.append(fault)
            return ()


def _sorted(values: Iterable[DatedValue]) -> tuple[DatedValue, ...]:
    return tuple(sorted(values, key=lambda value: (value.from_, value.parameter)))


def _table(value: DatedValue) -> str:
    """Return a value as a TOML table. A JSON string is a TOML string here: the models admit no control character."""
    fields: dict[str, object] = {
        "parameter": value.parameter,
        "from": value.from_,
        "until": value.until,
        "value": f"{two_decimals(value.value):f}",
        "article": value.article,
        "identifier": value.identifier,
        "published_on": value.published_on,
        "checked_on": value.checked_on,
        "confidence": value.confidence.value,
        "sources": list(value.addresses),
        "note": value.note,
    }
    written = {
        key: found.isoformat() if isinstance(found, date) else dumps(found, ensure_ascii=False)
        for key, found in fields.items()
        if found is not None
    }
    return "\n[[values]]\n" + "".join(f"{key} = {text}\n" for key, text in written.items())


def _lines(text: str) -> list[dict[str, int]]:
    """Return, for each ``[[values]]`` table, the line of each key and, under the empty key, its first line."""
    tables: list[dict[str, int]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[\s*values\s*\]\]", line):
            tables.append({"": number})
        elif tables and (key := re.match(r"\s*([A-Za-z_]+)\s*=", line)):
            tables[-1].setdefault(key[1], number)
    return tables
