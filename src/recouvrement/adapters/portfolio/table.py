"""A CSV file of a portfolio, read into rows that know their file, line and column names.

A file that cannot be trusted as a whole (encoding, header, quoting) raises; a row that cannot be trusted is returned
as a fault, so that one bad row blocks one debtor and nothing else.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from recouvrement.adapters.portfolio.cells import parse_amount, parse_currency, parse_date
from recouvrement.adapters.portfolio.columns import Column, by_written_name, folded
from recouvrement.domain.money import Money
from recouvrement.errors import InvalidInput

MAX_BYTES = 200_000_000
"""A larger file is not a ledger export that was meant for this folder."""

Choice = TypeVar("Choice")


class Row(NamedTuple):
    """One row: its cells by canonical column name, stripped; empty cells are absent."""

    file: str
    line: int
    cells: Mapping[str, str]
    written: Mapping[str, str]
    """Canonical column name to the header as the file writes it, for messages."""
    fault: InvalidInput | None = None
    """Set when the row has too few or too many cells: none of them can be trusted."""

    def where(self, column: str | None = None) -> str:
        """Return ``factures.csv:12 (column echeance)``, the header being the one of the file."""
        at = f"{self.file}:{self.line}"
        return at if column is None else f"{at} (column {self.written.get(column, column)})"

    def text(self, column: str) -> str | None:
        """Return the cell, or ``None`` when it is empty or the file has no such column."""
        return self.cells.get(column)

    def required(self, column: str, example: str) -> str:
        """Return the cell; raises ``InvalidInput`` when it is empty."""
        found = self.text(column)
        if found is None:
            raise InvalidInput(where=self.where(column), found="the cell is empty", hint=f"Fill it, e.g. {example}.")
        return found

    def day(self, column: str) -> date | None:
        """Return the date of the cell, or ``None`` when it is empty."""
        found = self.text(column)
        return None if found is None else parse_date(found, where=self.where(column))

    def required_day(self, column: str, example: str) -> date:
        """Return the date of the cell; raises ``InvalidInput`` when it is empty."""
        return parse_date(self.required(column, example), where=self.where(column))

    def required_money(self, column: str, example: str) -> Money:
        """Return the amount of the cell in the currency of the row; raises ``InvalidInput`` when it is empty."""
        return parse_amount(self.required(column, example), self.currency(), where=self.where(column))

    def currency(self) -> str:
        """Return the currency of the row; EUR when the cell is empty."""
        found = self.text("devise")
        return "EUR" if found is None else parse_currency(found, where=self.where("devise"))

    def money(self, column: str) -> Money | None:
        """Return the amount of the cell in the currency of the row, or ``None`` when it is empty."""
        found = self.text(column)
        return None if found is None else parse_amount(found, self.currency(), where=self.where(column))

    def whole_number(self, column: str, example: str) -> int | None:
        """Return the whole number of the cell, or ``None`` when it is empty."""
        found = self.text(column)
        if found is None:
            return None
        if not (found.isascii() and found.isdigit() and len(found) <= 4):
            raise InvalidInput(
                where=self.where(column),
                found=f"{found!r} is not a whole number of days",
                hint=f"Write it in figures, e.g. {example}.",
            )
        return int(found)

    def choice(self, column: str, words: Mapping[str, Choice]) -> Choice | None:
        """Return what the word of the cell stands for, or ``None`` when it is empty; accents and case do not count."""
        found = self.text(column)
        return None if found is None else self.word(column, found, words)

    def required_choice(self, column: str, words: Mapping[str, Choice], example: str) -> Choice:
        """Return what the word of the cell stands for; raises ``InvalidInput`` when it is empty."""
        return self.word(column, self.required(column, example), words)

    def word(self, column: str, found: str, words: Mapping[str, Choice]) -> Choice:
        """Return what a word of that cell stands for; raises ``InvalidInput`` when it is not known."""
        if found in words:
            return words[found]
        by_folded = {folded(word): value for word, value in words.items()}
        if folded(found) not in by_folded:
            raise InvalidInput(
                where=self.where(column),
                found=f"{found!r} is not known here",
                hint=f"Write one of: {', '.join(words)}.",
            )
        return by_folded[folded(found)]


def is_file(path: Path) -> bool:
    """Whether there is such a file; raises ``InvalidInput`` when the path itself cannot be used."""
    try:
        return path.is_file()
    except OSError as fault:
        raise unusable(path, fault) from None


def unusable(path: Path, fault: OSError | RuntimeError) -> InvalidInput:
    """Return the error of a path the system refuses: a name too long, a folder closed to this user, links in a loop."""
    cause = fault.strerror if isinstance(fault, OSError) else "links that lead to one another"
    return InvalidInput(
        where=str(path),
        found=f"the path cannot be used ({cause})",
        hint="Give a shorter name, or a file in a folder that this user may open.",
    )


def parse_toml(
    text: str, *, where: str, hint: str, parse_float: Callable[[str], Any] = float
) -> dict[str, Any]:  # Any: TOML
    """Return a TOML document. Raises ``InvalidInput``, with the line where it is known, for what is not one."""
    try:
        document = tomllib.loads(text, parse_float=parse_float)
        # What cannot be written out, such as a number of 5 000 digits, could not be told in a message either.
        repr(document)
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"at line ([0-9]+)", str(fault))
        raise InvalidInput(
            where=f"{where}:{line[1]}" if line else where, found=f"the file is not valid TOML: {fault}", hint=hint
        ) from None
    except RecursionError:
        raise InvalidInput(where=where, found="the file has lists or tables nested too deep", hint=hint) from None
    except (ValueError, ArithmeticError):
        raise InvalidInput(where=where, found="the file has a number too large to be read", hint=hint) from None
    return document


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, byte order mark removed.

    Raises ``InvalidInput`` when it is missing, empty, too large or in another encoding (the probable one is named).
    """
    if not is_file(path):
        raise InvalidInput(
            where=path.name, found="the file is missing", hint=f"Put {path.name} in {path.parent.name}/."
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise InvalidInput(
            where=path.name, found=f"the file has {size} bytes", hint=f"Keep it under {MAX_BYTES} bytes."
        )
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise InvalidInput(
            where=path.name, found=f"the file cannot be read ({fault.strerror})", hint="Let this user read it."
        ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        byte = raw[fault.start]
        likely = "UTF-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "Latin-1 or Windows-1252"
        raise InvalidInput(
            where=f"{path.name}:{line}",
            found=f"byte 0x{byte:02X} at offset {fault.start} is not UTF-8; the file is probably in {likely}",
            hint="Save the file as UTF-8 (in Excel: “CSV UTF-8”; in LibreOffice: character set Unicode UTF-8).",
        ) from None
    if not text.strip():
        raise InvalidInput(where=path.name, found="the file is empty", hint="Write at least its header line.")
    return text


def read_rows(path: Path, columns: tuple[Column, ...]) -> list[Row]:
    """Return the rows of a CSV file, blank ones left out; the separator (``;`` ``,`` or tab) is found in the header.

    Raises ``InvalidInput`` when the file as a whole cannot be used: see ``read_text``; also a column that is unknown,
    given twice or missing, and a quote that never closes.
    """
    text = read_text(path)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):
        text, skipped = rest, 1
    delimiter = _delimiter(next((line for line in text.splitlines() if line.strip()), ""))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[Column] | None = None
    written: dict[str, str] = {}
    rows: list[Row] = []
    start = 1 + skipped
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1 + skipped
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(cells, columns, where=f"{path.name}:{line}")
                written = {column.name: cell.strip() for column, cell in zip(header, cells, strict=False)}
            else:
                rows.append(_row(path.name, line, cells, header, written))
    except csv.Error as fault:
        raise InvalidInput(
            where=f"{path.name}:{start}",
            found=f"the row cannot be cut into cells ({fault})",
            hint="Close the quote that opens in this row, or double the quotes inside a quoted cell.",
        ) from None
    return rows


def _delimiter(header: str) -> str:
    return max(";,\t", key=header.count)


def _header(cells: list[str], columns: tuple[Column, ...], *, where: str) -> list[Column]:
    known = by_written_name(columns)
    cells = _without_trailing_blanks(cells, 0)
    names = ", ".join(column.name for column in columns)
    header: list[Column] = []
    for cell in cells:
        column = known.get(folded(cell))
        if column is None:
            raise InvalidInput(
                where=where, found=f"column {cell.strip()!r} is not known", hint=f"Columns are: {names}."
            )
        if column in header:
            raise InvalidInput(
                where=where,
                found=f"column {cell.strip()!r} ({column.name}) is there twice",
                hint="Keep one of the two.",
            )
        header.append(column)
    missing = [column.name for column in columns if column.is_required and column not in header]
    if missing:
        raise InvalidInput(
            where=where,
            found=f"column {', '.join(missing)} is missing",
            hint=f"Add it, even with empty cells. Columns are: {names}.",
        )
    return header


def _without_trailing_blanks(cells: list[str], at_least: int) -> list[str]:
    """Return the cells without the empty ones that spreadsheets add at the end of a line."""
    end = len(cells)
    while end > at_least and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _row(file: str, line: int, cells: list[str], header: list[Column], written: Mapping[str, str]) -> Row:
    cells = _without_trailing_blanks(cells, len(header))
    stripped = {column.name: cell.strip() for column, cell in zip(header, cells, strict=False)}
    filled = {name: cell for name, cell in stripped.items() if cell}
    if len(cells) == len(header):
        return Row(file, line, filled, written)
    fault = InvalidInput(
        where=f"{file}:{line}",
        found=f"the row has {len(cells)} cells, the header has {len(header)}",
        hint='Put quotes around a cell that contains the separator ("1 250,50"), and keep empty cells.',
    )
    return Row(file, line, filled, written, fault)
