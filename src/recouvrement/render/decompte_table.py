"""Aligned columns of text, folded at ordinary spaces to a width that no row exceeds."""

from collections.abc import Iterable, Sequence

from recouvrement.render.plaintext import GUTTER, Column, row_lines, width

WIDTH = 100
_NARROWEST = 12


def table(header: Sequence[str], sections: Iterable[Sequence[Sequence[str]]], to_right: Sequence[bool]) -> list[str]:
    """Return the lines of a table: a header, then sections, each under a rule."""
    parts = [[list(row) for row in section] for section in sections]
    columns = _columns([list(header), *(row for part in parts for row in part)], to_right)
    rule = GUTTER.join("-" * column.width for column in columns)
    lines = _row(header, columns)
    for part in parts:
        lines.append(rule)
        for row in part:
            lines += _row(row, columns)
    return lines


def folded_lines(text: str, limit: int) -> list[str]:
    """Return the text in lines of at most ``limit`` columns, cut at ordinary spaces, within a word only if it must be.

    >>> folded_lines("intérêts du mois", 9)
    ['intérêts', 'du mois']
    """
    lines: list[str] = []
    words = [piece for word in text.split(" ") if word for piece in _pieces(word, limit)]
    for word in words:
        if lines and width(lines[-1]) + 1 + width(word) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _pieces(word: str, limit: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1]) + width(character) > limit:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _columns(rows: list[list[str]], to_right: Sequence[bool]) -> list[Column]:
    """Return columns that fit: the first column of text is folded after the others, amounts when no text can be."""
    cells = [[row[index] for row in rows] for index in range(len(to_right))]
    sizes = [max(width(cell) for cell in column) for column in cells]
    floors = [max(width(word) for cell in column for word in cell.split(" ")) for column in cells]
    limit = WIDTH - len(GUTTER) * (len(sizes) - 1)
    while sum(sizes) > limit:
        foldable = [index for index, size in enumerate(sizes) if size > max(floors[index], _NARROWEST)]
        texts = [index for index in foldable if not to_right[index]]
        widest = max(range(len(sizes)), key=lambda index: sizes[index])
        sizes[(texts or foldable or [widest])[-1]] -= 1
    return [Column(size, right) for size, right in zip(sizes, to_right, strict=True)]


def _row(row: Sequence[str], columns: list[Column]) -> list[str]:
    cells = [folded_lines(cell, column.width) for cell, column in zip(row, columns, strict=True)]
    return row_lines(cells, columns)
