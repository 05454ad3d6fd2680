"""Tables on paper: how wide each column is, and the running totals carried from page to page."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from recouvrement.render import formats

LINE_MM = 162.0
"""Width of the text on an A4 page, as ``letter.typ`` sets it."""
_PADDING_MM = 2.8
"""Room left and right of the text of one cell."""
_POINT_MM = 0.3528
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Type sizes, in points: the largest at which no word is cut."""
_READABLE = (9.5, 9.0, 8.5)
"""Sizes tried first, to fold no cell at all."""
CUT = "\x1f"
"""Where a word may be cut, not seen: a control that no fact can hold, so that it is never taken for one of a name."""
LONG_WORD = 26
"""Characters after which a word of a table may be cut."""

_AMOUNT = re.compile(
    rf"(?P<sign>[-−]?)(?P<whole>\d{{1,3}}(?:{formats.NARROW_NO_BREAK}\d{{3}})*)(?:,(?P<cents>\d+))?"
    rf"{formats.NO_BREAK}(?P<unit>\S{{1,3}})"
)
_ENGLISH_AMOUNT = re.compile(
    rf"(?P<sign>[-−]?)(?P<unit>€|[A-Z]{{3}}{formats.NO_BREAK})(?P<whole>\d{{1,3}}(?:,\d{{3}})*)(?:\.(?P<cents>\d+))?"
)


class Fit(NamedTuple):
    """The width of each column, in millimetres, and the size of the type, in points."""

    columns: tuple[float, ...]
    size: float


def fit(rows: Sequence[Sequence[str]], to_right: Sequence[bool]) -> Fit:
    """Return columns that fill the line: first no word is cut, then as few cells as possible are folded.

    The widths of characters are those of Libertinus Serif, rounded up; a table too dense even at the smallest size
    has its words cut, never printed beyond the margin.
    """
    columns = range(len(to_right))
    natural = [max(_ems(row[column], bold=not index) for index, row in enumerate(rows)) for column in columns]
    floor = [
        max(_ems(word, bold=not index) for index, row in enumerate(rows) for word in _words(row[column]))
        for column in columns
    ]
    room = LINE_MM - _PADDING_MM * len(to_right)
    unfolded = (size for size in _READABLE if sum(natural) * size * _POINT_MM <= room)
    uncut = (size for size in _SIZES if sum(floor) * size * _POINT_MM <= room)
    size = next(unfolded, None) or next(uncut, _SIZES[-1])
    available = room / (size * _POINT_MM)
    widths = _folded(rows, natural, available)
    if sum(widths) > available:
        widths = _shared(widths, floor, available)
    # What is left goes to the words, so that amounts stay side by side on the right.
    wide = next((column for column in columns if not to_right[column]), 0)
    widths[wide] += available - sum(widths)
    return Fit(tuple(round(width * size * _POINT_MM + _PADDING_MM, 2) for width in widths), size)


def _folded(rows: Sequence[Sequence[str]], natural: list[float], available: float) -> list[float]:
    """Return widths with cells folded in two, those columns first where it gains most, until the table fits."""
    widths = list(natural)
    gains = sorted(
        ((natural[column] - _half(rows, column), column) for column in range(len(natural))),
        reverse=True,
    )
    for gain, column in gains:
        if sum(widths) <= available:
            break
        widths[column] -= gain
    return widths


def _half(rows: Sequence[Sequence[str]], column: int) -> float:
    """Return the width at which every cell of a column takes two lines at most."""
    return max(_least_of_two(_words(row[column]), bold=not index) for index, row in enumerate(rows))


def _least_of_two(words: list[str], *, bold: bool) -> float:
    widths = [_ems(word, bold=bold) for word in words]
    return min(
        max(sum(widths[:cut]) + _GAP * (cut - 1), sum(widths[cut:]) + _GAP * (len(widths) - cut - 1))
        for cut in range(1, len(widths) + 1)
    )


def _shared(widths: list[float], floor: list[float], available: float) -> list[float]:
    """Return widths that share out what is above the longest words; below them every column gives alike."""
    if sum(floor) >= available:
        return [width * available / sum(floor) for width in floor]
    slack = [max(wide - least, 0.0) for wide, least in zip(widths, floor, strict=True)]
    part = (available - sum(floor)) / sum(slack)
    return [least + more * part for least, more in zip(floor, slack, strict=True)]


_EMS = (
    (re.compile(CUT), 0.0),
    (re.compile(r"\u202f"), 0.2),
    (re.compile(r"[ \u00a0.,:;'’!|()/iljt-]"), 0.34),
    (re.compile(r"[MWmw%€@]"), 0.92),
    (re.compile(r"[0-9a-zà-ÿ]"), 0.52),
    (re.compile(r"[\u0020-\u024f]"), 0.7),
)
_BOLD = 1.1
_GAP = 0.34
_ANY_EM = 1.05


def _ems(text: str, *, bold: bool) -> float:
    width = sum(_em(character) for character in text)
    return width * _BOLD if bold else width


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    return next((width for pattern, width in _EMS if pattern.match(character)), _ANY_EM)


def lines_taken(text: str, width: float, size: float) -> int:
    """Return about how many lines a text takes, in a width in millimetres and a size in points; never too few."""
    return max(1, ceil(_ems(text, bold=False) * size * _POINT_MM / width))


def _words(text: str) -> list[str]:
    return re.split(rf"[ {CUT}]", text)


def running_totals(column: Sequence[str], total_at: int | None) -> list[str]:
    """Return what a column comes to after each of its rows, as printed; empty texts from the total on.

    ``total_at`` is the row of the total. Empty texts only when there is none, when the rows before are not amounts in
    one currency, or when they do not come to it: nothing is carried that does not lead to the figure printed below.
    """
    nothing = [""] * len(column)
    read = column[: (total_at or 0) + 1]
    amounts = [_AMOUNT.fullmatch(text) or _ENGLISH_AMOUNT.fullmatch(text) for text in read]
    if len({amount and amount["unit"] for amount in amounts}) != 1 or len(amounts) < 2:
        return nothing
    carried: list[str] = []
    total = Decimal(0)
    for amount in amounts:
        if amount is None:
            return nothing
        if len(carried) == total_at:
            return carried + nothing[len(carried) :] if _value(amount) == total else nothing
        total += _value(amount)
        carried.append(_printed(total, amount))
    return nothing


def _value(amount: re.Match[str]) -> Decimal:
    figures = re.sub(r"\D", "", amount["whole"]) + (f".{amount['cents']}" if amount["cents"] else "")
    return -Decimal(figures) if amount["sign"] else Decimal(figures)


def _printed(total: Decimal, like: re.Match[str]) -> str:
    """Return a sum written as the amount beside it: in French, or in English with its sign or code before."""
    whole, _, cents = f"{abs(total):f}".partition(".")
    grouped, sign = f"{int(whole):,}", "−" if total < 0 else ""
    if like.re is _ENGLISH_AMOUNT:
        return f"{sign}{like['unit']}{grouped}{'.' + cents if cents else ''}"
    grouped = grouped.replace(",", formats.NARROW_NO_BREAK)
    return f"{sign}{grouped}{',' + cents if cents else ''}{formats.NO_BREAK}{like['unit']}"
