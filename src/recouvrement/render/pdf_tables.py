"""Tables on paper: how wide each column is, and the running totals carried from page to page."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from recouvrement.render import formats

LINE_MM = 162.0
"""Width of the text on an A4 page, as ``letter.typ`` sets it."""
_PADDING_MM = 2.8
"""Room left and right of the text of one cell."""
POINT_MM = 0.3528
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Type sizes, in points: the largest at which no word is cut."""
_READABLE = (9.5, 9.0, 8.5, 8.0)
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


def fit(rows: Sequence[Sequence[str]], to_right: Sequence[bool], *, bold: Collection[int] = (0,)) -> Fit:
    """Return columns that fill the line: first no word is cut, then as few cells as possible are folded.

    ``bold`` are the rows set in bold: the header, and the totals. The widths of characters are those of Libertinus
    Serif, rounded up; a table too dense even at the smallest size has its words cut, never printed beyond the margin.
    """
    columns = range(len(to_right))
    natural = [max(ems(row[column], bold=index in bold) for index, row in enumerate(rows)) for column in columns]
    floor = [
        max(ems(word, bold=index in bold) for index, row in enumerate(rows) for word in _words(row[column]))
        for column in columns
    ]
    room = LINE_MM - _PADDING_MM * len(to_right)
    unfolded = (size for size in _READABLE if sum(natural) * size * POINT_MM <= room)
    uncut = (size for size in _SIZES if sum(floor) * size * POINT_MM <= room)
    size = next(unfolded, None) or next(uncut, _SIZES[-1])
    available = room / (size * POINT_MM)
    widths = _folded(rows, natural, available, bold)
    if sum(widths) > available:
        widths = _shared(widths, floor, available)
    # What is left goes to the words, so that amounts stay side by side on the right.
    widths[_wide(rows[1:], to_right)] += available - sum(widths)
    return Fit(tuple(round(width * size * POINT_MM + _PADDING_MM, 2) for width in widths), size)


_MUCH_WIDER = 1.6
_DATE = re.compile(r"\d\d/\d\d/\d{4}|\d{1,2}\s[A-Za-z]+\s\d{4}")


def _wide(body: Sequence[Sequence[str]], to_right: Sequence[bool]) -> int:
    """Return the column that takes what is left: the first of words, but for one that says much more.

    A date stays beside what happened on it, which takes the room, and never leaves a hole after it.
    """
    left = [column for column, right in enumerate(to_right) if not right]
    words = [column for column in left if not any(_DATE.fullmatch(row[column]) for row in body)] or left or [0]
    said = {column: max((ems(row[column], bold=False) for row in body), default=0.0) for column in words}
    widest = max(words, key=lambda column: said[column])
    return widest if said[widest] > _MUCH_WIDER * said[words[0]] else words[0]


def _folded(
    rows: Sequence[Sequence[str]], natural: list[float], available: float, bold: Collection[int]
) -> list[float]:
    """Return widths with cells folded in two, those columns first where it gains most, until the table fits."""
    widths = list(natural)
    gains = sorted(
        ((natural[column] - _half(rows, column, bold), column) for column in range(len(natural))),
        reverse=True,
    )
    for gain, column in gains:
        if sum(widths) <= available:
            break
        widths[column] -= gain
    return widths


def _half(rows: Sequence[Sequence[str]], column: int, bold: Collection[int]) -> float:
    """Return the width at which every cell of a column takes two lines at most."""
    return max(_least_of_two(_words(row[column]), bold=index in bold) for index, row in enumerate(rows))


def _least_of_two(words: list[str], *, bold: bool) -> float:
    widths = [ems(word, bold=bold) for word in words]
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


class _Ems(NamedTuple):
    regular: float
    bold: float


_EMS = (
    (re.compile(CUT), _Ems(0.0, 0.0)),
    (re.compile(r"\u202f"), _Ems(0.13, 0.16)),
    (re.compile(r"[ \u00a0.,:;]"), _Ems(0.25, 0.26)),
    (re.compile(r"[!'’|()/iljt{}I-]"), _Ems(0.34, 0.39)),
    (re.compile(r"[0-9€$]"), _Ems(0.47, 0.52)),
    (re.compile(r"[aceérsz]"), _Ems(0.46, 0.51)),
    (re.compile(r"[mwM@%…æœ]"), _Ems(0.9, 0.99)),
    (re.compile(r"[a-zà-öø-ÿ]"), _Ems(0.56, 0.63)),
    (re.compile(r"[\u0020-\u0056\u0058-\u00be\u00c0-\u00c5\u00c7-\u00ff]"), _Ems(0.77, 0.84)),
)
"""Widths of characters in Libertinus Serif, rounded up; a test measures the font."""
_GAP = 0.25
_ANY_EM = _Ems(1.1, 1.15)


def ems(text: str, *, bold: bool) -> float:
    """Return the width of a text in sizes of its type, rounded up."""
    return sum(_em(character).bold if bold else _em(character).regular for character in text)


@lru_cache(maxsize=4096)
def _em(character: str) -> _Ems:
    return next((widths for pattern, widths in _EMS if pattern.match(character)), _ANY_EM)


def lines_taken(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return about how many lines a text takes, in a width in millimetres and a size in points; never too few."""
    return max(1, ceil(ems(text, bold=bold) * size * POINT_MM / width))


def _words(text: str) -> list[str]:
    return re.split(rf"[ {CUT}]", text)


def running_totals(column: Sequence[str], total_at: int | None, totals: int = 1) -> list[str]:
    """Return what a column comes to after each of its rows, as printed; empty texts from the total on.

    ``total_at`` is the row of the total, ``totals`` the number of rows, from there on, it is shared out among: what is
    due and what is to come. Empty texts only when there is none, when the rows before are not amounts in one currency,
    or when they do not come to it: nothing is carried that does not lead to the figures printed below.
    """
    nothing = [""] * len(column)
    if not total_at:
        return nothing
    read = column[: total_at + totals]
    amounts = [amount for text in read if (amount := _AMOUNT.fullmatch(text) or _ENGLISH_AMOUNT.fullmatch(text))]
    if len(amounts) != len(read) or len({amount["unit"] for amount in amounts}) != 1:
        return nothing
    carried: list[str] = []
    total = Decimal(0)
    for amount in amounts[:total_at]:
        total += _value(amount)
        carried.append(_printed(total, amount))
    if total != sum(map(_value, amounts[total_at:])):
        return nothing
    return carried + nothing[total_at:]


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
