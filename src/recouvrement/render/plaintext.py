"""Plain text from Markdown tokens: wrapped at ordinary spaces only, tables in aligned columns."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

WIDTH = 76
GUTTER = "  "
"""Between two columns of a table."""
_ADDRESS_INDENT = " " * 36


def plain_text(tokens: Sequence[Token], *, title_prefix: str | None, colon: str = "\u00a0: ") -> str:
    """Return the document as text, ending with one line feed.

    ``title_prefix`` stands before the title, such as ``Objet :``; ``None`` leaves the title out, as an e-mail does.
    ``colon`` stands between a label and its value where a table is too wide for the page.
    """
    writer = _Writer(title_prefix, colon)
    blocks = writer.blocks(list(tokens))
    return "\n\n".join(block for block in blocks if block) + "\n"


class _Writer:
    def __init__(self, title_prefix: str | None, colon: str) -> None:
        self._title_prefix = title_prefix
        self._colon = colon

    def blocks(self, tokens: list[Token], indent: str = "", first: str | None = None) -> list[str]:
        """Return the blocks of a run of tokens; ``first`` replaces the indent of the very first line."""
        blocks: list[str] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = _closing(tokens, position)
            inner = tokens[position + 1 : end]
            lead = indent if first is None or blocks else first
            match token.type:
                case "paragraph_open":
                    blocks.append(_wrapped(_flow(inner[0]), indent, lead))
                case "heading_open":
                    blocks.append(self._heading(token, inner[0], indent))
                case "bullet_list_open" | "ordered_list_open":
                    blocks.append("\n".join(self._items(inner, indent, ordered=token.type == "ordered_list_open")))
                case "blockquote_open":
                    blocks += self.blocks(inner, indent + _ADDRESS_INDENT)
                case "table_open":
                    blocks.append(_table(inner, indent, self._colon))
                case "hr":
                    blocks.append(indent + "-" * (WIDTH - len(indent)))
                case "code_block" | "fence":
                    blocks.append("\n".join(indent + line for line in token.content.splitlines()))
                case _:
                    pass
            position = end + 1
        return blocks

    def _heading(self, token: Token, inline: Token, indent: str) -> str:
        text = _flow(inline)
        if token.tag != "h1":
            return _wrapped(text, indent, indent)
        if self._title_prefix is None:
            return ""
        return _wrapped(self._title_prefix + text, indent, indent)

    def _items(self, tokens: list[Token], indent: str, *, ordered: bool) -> Iterator[str]:
        position, number = 0, 0
        while position < len(tokens):
            end = _closing(tokens, position)
            number += 1
            bullet = f"{number}. " if ordered else "- "
            hanging = indent + " " * len(bullet)
            yield "\n".join(self.blocks(tokens[position + 1 : end], hanging, indent + bullet))
            position = end + 1


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


def width(text: str) -> int:
    """Return the columns a text takes on a terminal: two for wide characters, none for combining marks."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _wrapped(text: str, indent: str, first: str) -> str:
    lines: list[str] = []
    for part in text.split("\n"):
        lines += _broken(part, WIDTH - width(indent)) or [""]
    return "\n".join((first if position == 0 else indent) + line for position, line in enumerate(lines))


def _broken(text: str, limit: int) -> list[str]:
    """Return the text in lines of at most ``limit`` columns, cut at ordinary spaces only; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if not word:
            continue
        if lines and width(lines[-1]) + 1 + width(word) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
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
            padding = " " * (column.width - width(text))
            pieces.append(padding + text if column.to_right else text + padding)
        lines.append(GUTTER.join(pieces).rstrip(" "))
    return lines


def _table(tokens: list[Token], indent: str, colon: str) -> str:
    rows: list[list[str]] = []
    to_right: list[bool] = []
    for position, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(_flow(tokens[position + 1]).replace("\n", " "))
            if token.type == "th_open":
                to_right.append("right" in str(token.attrs.get("style", "")))
    widths = _fitted(rows, WIDTH - len(indent) - len(GUTTER) * (len(to_right) - 1))
    if widths is None:
        return _records(rows, indent, colon)
    columns = [Column(size, right) for size, right in zip(widths, to_right, strict=True)]
    lines = [_table_row(row, columns) for row in rows]
    rule = GUTTER.join("-" * column.width for column in columns)
    has_header = any(rows[0])
    body = [*([lines[0], rule] if has_header else []), *lines[1:]]
    return "\n".join((indent + line).rstrip(" ") for block in body for line in block.split("\n"))


def _fitted(rows: list[list[str]], limit: int) -> list[int] | None:
    """Return column widths within the limit, narrowing the widest column that can be folded; ``None`` if none can."""
    natural = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    floor = [max(width(word) for row in rows for word in row[column].split(" ")) for column in range(len(rows[0]))]
    widths = list(natural)
    while sum(widths) > limit:
        spare = [(size, column) for column, size in enumerate(widths) if size > floor[column]]
        if not spare:
            return None
        widths[max(spare)[1]] -= 1
    return widths


def _table_row(row: list[str], columns: list[Column]) -> str:
    cells = [_broken(cell, column.width) or [""] for cell, column in zip(row, columns, strict=True)]
    return "\n".join(row_lines(cells, columns))


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
