"""Markdown tables, and values as a French reader writes them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from recouvrement.domain.money import Money
from recouvrement.render import formats
from recouvrement.render.typography import spaced

BREAK = "<br>"
_URL = re.compile(r"(https?://[^\s)]+)")
_MEANINGFUL = re.compile(r"([\\|*<>\[\]`~])")
_SIGNS = ((re.compile(r"(?<=[\d…;]) x (?=\d)"), " × "), (re.compile(r"(?<=\d) - (?=\d)"), " − "))
_LONG = re.compile(r"(?<![\w.,/-])([0-9]{4,}(?=,[0-9]| ×)|[0-9]{5,}(?= [+−]))")


def text(words: str) -> str:
    """Return words as they stand in a cell: French spaces, long factors grouped, addresses as links.

    Characters that Markdown would read are escaped.
    """
    pieces = _URL.split(words)
    return "".join(f"<{piece}>" if place % 2 else _words(piece) for place, piece in enumerate(pieces))


def _words(piece: str) -> str:
    piece = spaced(piece)
    for pattern, sign in _SIGNS:
        piece = pattern.sub(sign, piece)
    piece = _LONG.sub(lambda found: _grouped(found[1]), piece)
    return _MEANINGFUL.sub(r"\\\1", piece).replace("\n", " ")


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", formats.NARROW_NO_BREAK)


def day(value: date) -> str:
    """Return a date in figures."""
    return formats.short_date(value)


def money(amount: str | Decimal) -> str:
    """Return an amount in euros with its cents."""
    return formats.money(Money.of(amount, "EUR"))


def whole_money(amount: str | Decimal) -> str:
    """Return an amount in euros, without cents when it has none."""
    return formats.whole_money(Money.of(amount, "EUR"))


def rate(per_cent: str | Decimal) -> str:
    """Return a rate in per cent; words that are no number, such as "aucun", are returned as they are."""
    try:
        return formats.rate(Decimal(per_cent))
    except InvalidOperation:
        return text(str(per_cent))


def figure(value: Decimal) -> str:
    """Return a plain figure with a comma and no useless zero: ``1,5``."""
    return f"{value.normalize():f}".replace(".", ",")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a column empty in every row is left out."""
    lines = [list(row) for row in rows]
    kept = [place for place in range(len(header)) if any(row[place] for row in lines)]
    written = [[header[place] for place in kept], ["---"] * len(kept)]
    written += [[row[place] for place in kept] for row in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in written)


class Notes:
    """Sources under a table: each is numbered once, and cells refer to the numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def refer(self, sources: Iterable[str]) -> str:
        """Return the numbers of these sources, in their order."""
        return ", ".join(str(self._numbers.setdefault(source, len(self._numbers) + 1)) for source in sources)

    def written(self) -> str:
        """Return the numbered list, or nothing."""
        if not self._numbers:
            return ""
        return "Sources :\n\n".replace(" :", f"{formats.NO_BREAK}:") + "\n".join(
            f"{number}. {text(source)}" for source, number in self._numbers.items()
        )
