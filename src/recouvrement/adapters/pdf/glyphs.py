"""Characters that no embedded font can draw, printed as their number: never dropped, and never a failure at night."""

import unicodedata
from collections.abc import Callable

from recouvrement.render.pdf_tables import CUT

_ZERO_WIDTH = "\u200b"

SURE = frozenset(
    chr(point)
    for first, last in ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2014), (0x2018, 0x201D))
    for point in range(first, last + 1)
) - {"\u00ad"} | frozenset(f"{CUT}…‰€−×☐\u2002\u2003\u2009\u200a\u202f•")
"""Drawn by Libertinus Serif or its fall-backs, which a test proves; the rest is asked for once per process."""


class Glyphs:
    """Which characters can be drawn. ``can_draw`` is asked about each doubtful one once, then the answer is kept."""

    def __init__(self, can_draw: Callable[[str], bool]) -> None:
        self._can_draw = can_draw
        self._known: dict[str, bool] = {}

    def shown(self, text: str) -> str:
        """Return the text, each character that cannot be drawn replaced by its number: ``⟨U+1F600⟩``."""
        if not SURE.issuperset(text):
            text = "".join(character if self._draws(character) else _number(character) for character in text)
        return text.replace(CUT, _ZERO_WIDTH)

    def _draws(self, character: str) -> bool:
        if character in SURE:
            return True
        if character not in self._known:
            # A control would not fail: it would vanish.
            visible = unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
            self._known[character] = visible and self._can_draw(character)
        return self._known[character]


def strict(text: str) -> str:
    """Return the text with a number for whatever is not certain to be drawn, whatever stands beside it."""
    shown = "".join(character if character in SURE else _number(character) for character in text)
    return shown.replace(CUT, _ZERO_WIDTH)


def _number(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"
