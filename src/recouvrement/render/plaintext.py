"""Plain text from Markdown tokens: wrapped at ordinary spaces only, tables in aligned columns."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from markdown_it.token import Token

from recouvrement.render.markdown import first_number
from recouvrement.render.slots import Pieces

WIDTH = 76
GUTTER = "  "
"""Between two columns of a table."""
_ADDRESS_INDENT = " " * 36


class TextLayout:
    """The plain text of Markdown tokens, ready to be filled with values where marks stand for them."""

    def __init__(self, tokens: Sequence[Token], *, title_prefix: str | None, colon: str = "\u00a0: ") -> None:
        """Lay the tokens out.

        ``title_prefix`` stands before the title, such as ``Objet :``; ``None`` leaves the title out, as an e-mail does.
        ``colon`` stands between a label and its value where a table is too wide for the page.
        """
        self._blocks = _Reader(title_prefix, colon).blocks(list(tokens))

    def filled(self, values: Sequence[str] = ()) -> str:
        """Return the text, ending with one line feed; values are wrapped and aligned like the rest."""
        return "\n\n".join([text for block in self._blocks if (text := block.filled(values))]) + "\n"

    def certain(self, values: Sequence[str]) -> str:
        """Return what the text shows whatever the width of its values, for the check of mentions."""
        return "\n".join(block.certain(values) for block in self._blocks)


class _Block(Protocol):
    """A paragraph, a list or a table."""

    def filled(self, values: Sequence[str]) -> str: ...

    def certain(self, values: Sequence[str]) -> str: ...


class _Fixed(NamedTuple):
    """A block without a value: laid out once for all."""

    text: str

    def filled(self, _values: Sequence[str]) -> str:
        return self.text

    def certain(self, _values: Sequence[str]) -> str:
        return self.text


class _Paragraph(NamedTuple):
    pieces: Pieces
    indent: str
    first: str
    """What stands before the very first line."""

    def filled(self, values: Sequence[str]) -> str:
        return _wrapped(self.pieces.filled(values), self.indent, self.first)

    def certain(self, values: Sequence[str]) -> str:
        return self.pieces.filled(values)


class _List(NamedTuple):
    items: tuple[tuple[_Block, ...], ...]

    def filled(self, values: Sequence[str]) -> str:
        return "\n".join("\n".join(block.filled(values) for block in item) for item in self.items)

    def certain(self, values: Sequence[str]) -> str:
        return "\n".join(block.certain(values) for item in self.items for block in item)


class _Table(NamedTuple):
    rows: tuple[tuple[Pieces, ...], ...]
    to_right: tuple[bool, ...]
    indent: str
    colon: str

    def filled(self, values: Sequence[str]) -> str:
        rows = [[cell.filled(values) for cell in row] for row in self.rows]
        return _table(rows, self.to_right, self.indent, self.colon)

    def certain(self, values: Sequence[str]) -> str:
        """Return the cells but those of the header: where the table is too wide, some labels are left out."""
        return "\n".join(cell.filled(values) for row in self.rows[1:] for cell in row)


class _Reader:
    def __init__(self, title_prefix: str | None, colon: str) -> None:
        self._title_prefix = title_prefix
        self._colon = colon

    def blocks(self, tokens: list[Token], indent: str = "", first: str | None = None) -> list[_Block]:
        """Return the blocks of a run of tokens; ``first`` replaces the indent of the very first line."""
        blocks: list[_Block] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = _closing(tokens, position)
            inner = tokens[position + 1 : end]
            lead = indent if first is None or blocks else first
            match token.type:
                case "paragraph_open":
                    blocks.append(_paragraph(_flow(inner[0]), indent, lead))
                case "heading_open" if token.tag != "h1":
                    blocks.append(_paragraph(_flow(inner[0]), indent, lead))
                case "heading_open" if self._title_prefix is not None:
                    blocks.append(_paragraph(self._title_prefix + _flow(inner[0]), indent, lead))
                case "bullet_list_open" | "ordered_list_open":
                    items = self._items(inner, indent, numbered_from=first_number(token))
                    blocks.append(_settled(_List(tuple(items))))
                case "blockquote_open":
                    blocks += self.blocks(inner, indent + _ADDRESS_INDENT)
                case "table_open":
                    blocks.append(_settled(_Table(*_cells(inner), indent, self._colon)))
                case "hr":
                    blocks.append(_Fixed(indent + "-" * (WIDTH - len(indent))))
                case _:
                    pass
            position = end + 1
        return blocks

    def _items(self, tokens: list[Token], indent: str, *, numbered_from: int | None) -> Iterator[tuple[_Block, ...]]:
        position, bullets = 0, itertools.count(numbered_from or 0)
        while position < len(tokens):
            end = _closing(tokens, position)
            bullet = "- " if numbered_from is None else f"{next(bullets)}. "
            hanging = indent + " " * len(bullet)
            yield tuple(self.blocks(tokens[position + 1 : end], hanging, indent + bullet))
            position = end + 1


def _paragraph(text: str, indent: str, first: str) -> _Block:
    # Values are on one line without double spaces: a paragraph filled with them needs no second look.
    return _settled(_Paragraph(Pieces(_single_spaced(text)), indent, first))


def _settled(block: _Paragraph | _List | _Table) -> _Block:
    """Return the block, laid out at once when it has no value."""
    match block:
        case _Paragraph():
            is_fixed = block.pieces.is_fixed
        case _List():
            is_fixed = all(isinstance(part, _Fixed) for item in block.items for part in item)
        case _Table():
            is_fixed = all(cell.is_fixed for row in block.rows for cell in row)
    return _Fixed(block.filled(())) if is_fixed else block


def _closing(tokens: list[Token], position: int) -> int:
    """Return the position of the token that closes the one at ``position``; itself when it opens nothing."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _flow(inline: Token) -> str:
    """Return the text of an inline token; hard breaks stay line feeds, a link shows its address."""
    pieces: list[str] = []
    hrefs: list[str] = []
    for child in inline.children or ():
        match child.type:
            case "softbreak":
                pieces.append(" ")
            case "hardbreak":
                pieces.append("\n")
            case "link_open":
                hrefs.append(str(child.attrs.get("href", "")))
                pieces.append("\0")
            case "link_close":
                href = hrefs.pop()
                start = len(pieces) - 1 - pieces[::-1].index("\0")
                shown = "".join(pieces[start + 1 :])
                pieces[start] = ""
                if href.removeprefix("mailto:") != shown:
                    pieces.append(f" ({href})")
            case _:
                pieces.append(child.content)
    return "".join(pieces)


_SIMPLE = re.compile(r"[\0-\u02ff\u2000-\u2064\u20ac\u2212\u2610]*")
"""Characters of one column each: nearly every line of a French letter, counted without looking at each."""


def width(text: str) -> int:
    """Return the columns a text takes on a terminal: two for wide characters, none for combining marks."""
    if text.isascii() or _SIMPLE.fullmatch(text):
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _single_spaced(text: str) -> str:
    """Return each line without spaces at its ends, and with one ordinary space between two words."""
    return "\n".join(" ".join(filter(None, line.split(" "))) for line in text.split("\n"))


def _wrapped(text: str, indent: str, first: str) -> str:
    limit = WIDTH - len(indent)
    lines = [line for part in text.split("\n") for line in _broken(part, limit)]
    return first + f"\n{indent}".join(lines)


def _broken(text: str, limit: int) -> list[str]:
    """Return single-spaced text in lines of at most ``limit`` columns, cut at ordinary spaces; a long word stays whole.

    There is always a line, empty for an empty text.
    """
    if not (text.isascii() or _SIMPLE.fullmatch(text)):
        return _broken_by_width(text, limit)
    lines, start, left = [], 0, len(text)
    while left > limit:
        cut = text.rfind(" ", start, start + max(limit, 0) + 1)
        if cut < 0 and (cut := text.find(" ", start + max(limit, 0))) < 0:
            break
        lines.append(text[start:cut])
        left -= cut + 1 - start
        start = cut + 1
    lines.append(text[start:])
    return lines


def _broken_by_width(text: str, limit: int) -> list[str]:
    lines: list[str] = []
    taken = limit
    for word in text.split(" "):
        size = width(word)
        if taken + 1 + size <= limit:
            lines[-1] += f" {word}"
            taken += 1 + size
        else:
            lines.append(word)
            taken = size
    return lines


class Column(NamedTuple):
    """Width of a column, and the side its cells lean on."""

    width: int
    to_right: bool


def row_lines(cells: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[str]:
    """Return the lines of one row of a table: each cell is given in lines that fit its column."""
    lines = []
    for level in range(max(len(cell) for cell in cells)):
        pieces = []
        for cell, column in zip(cells, columns, strict=True):
            text = cell[level] if level < len(cell) else ""
            pieces.append(_padded(text, width(text), column))
        lines.append(GUTTER.join(pieces).rstrip(" "))
    return lines


def _cells(tokens: list[Token]) -> tuple[tuple[tuple[Pieces, ...], ...], tuple[bool, ...]]:
    """Return the rows of a table, that of its header first, and the columns that lean to the right."""
    rows: list[list[Pieces]] = []
    to_right: list[bool] = []
    for position, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(Pieces(_single_spaced(_flow(tokens[position + 1]).replace("\n", " "))))
            if token.type == "th_open":
                to_right.append("right" in str(token.attrs.get("style", "")))
    return tuple(map(tuple, rows)), tuple(to_right)


def _table(rows: list[list[str]], to_right: Sequence[bool], indent: str, colon: str) -> str:
    sizes = [[width(cell) for cell in row] for row in rows]
    natural = [max(column) for column in zip(*sizes, strict=True)]
    widths = _fitted(rows, natural, WIDTH - len(indent) - len(GUTTER) * (len(to_right) - 1))
    if widths is None:
        return _records(rows, indent, colon)
    columns = [Column(size, right) for size, right in zip(widths, to_right, strict=True)]
    if widths is natural:
        header, *body = [[_row_line(row, taken, columns)] for row, taken in zip(rows, sizes, strict=True)]
    else:
        header, *body = [_folded_row(row, columns) for row in rows]
    rule = [GUTTER.join("-" * column.width for column in columns)]
    shown = [header, rule, *body] if any(rows[0]) else body
    return "\n".join((indent + line).rstrip(" ") for lines in shown for line in lines)


def _row_line(row: list[str], taken: list[int], columns: list[Column]) -> str:
    """Return the one line of a row whose cells, of the widths ``taken``, all fit."""
    cells = zip(row, taken, columns, strict=True)
    return GUTTER.join([_padded(cell, size, column) for cell, size, column in cells])


def _padded(text: str, taken: int, column: Column) -> str:
    padding = " " * (column.width - taken)
    return padding + text if column.to_right else text + padding


def _fitted(rows: list[list[str]], natural: list[int], limit: int) -> list[int] | None:
    """Return column widths within the limit, narrowing the widest column that can be folded; ``None`` if none can."""
    if sum(natural) <= limit:
        return natural
    floor = [max(width(word) for cell in column for word in cell.split(" ")) for column in zip(*rows, strict=True)]
    widths = list(natural)
    while sum(widths) > limit:
        spare = [(size, column) for column, size in enumerate(widths) if size > floor[column]]
        if not spare:
            return None
        widths[max(spare)[1]] -= 1
    return widths


def _folded_row(row: list[str], columns: list[Column]) -> list[str]:
    cells = [_broken(cell, column.width) for cell, column in zip(row, columns, strict=True)]
    return row_lines(cells, columns)


def _records(rows: list[list[str]], indent: str, colon: str) -> str:
    """Return a table too wide for the page as one labelled block per row; a row of totals keeps to one line."""
    header, *body = rows
    inner = f"{indent}  "
    blocks = []
    for row in body:
        filled = [(label, cell) for label, cell in zip(header, row, strict=True) if cell]
        if len(filled) == 2 and row[0]:
            filled = [(filled[0][1], filled[1][1])]
        blocks += [
            _wrapped(f"{label}{colon}{cell}" if label else cell, inner, inner if position else indent)
            for position, (label, cell) in enumerate(filled)
        ]
    return "\n".join(blocks)
