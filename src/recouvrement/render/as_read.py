"""A text as its reader sees it: what would hide a word from a search of letters is taken away or made plain."""

import re
import unicodedata
from functools import lru_cache

_HIDDEN = frozenset({"Cf", "Mn", "Me"})
"""Categories nobody sees in French or English: soft hyphens, joiners, and marks left alone after composition."""
_PLAIN = {
    **dict(zip("аеіјорсухѕһԁ", "aeijopcyxshd", strict=True)),  # Cyrillic letters that look Latin
    **dict(zip("АВЕІЈКМНОРСТУХЅ", "ABEIJKMHOPCTYXS", strict=True)),  # the same
    **dict(zip("οανικρτυ", "oavikptu", strict=True)),  # Greek ones
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),  # the same
    **dict.fromkeys("\u2212\u00ac", "-"),
    **dict.fromkeys("\u2018\u2032\u02bc\u00b4", "’"),
    "ı": "i",
    "ſ": "s",
}
_EMPHASIS = str.maketrans("", "", "*_")
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(" ?\n ?")
_BREAK = re.compile("(?<!\n)\n(?!\n)")


@lru_cache(maxsize=256)
def as_read(text: str) -> str:
    """Return the text with its characters in their plain shape; every line feed stays, for lines to be counted.

    Letters of a compatible shape or that look Latin become the letter they look like, accents are composed, what shows
    nothing is dropped, and the stars and underscores of Markdown with it; every hyphen and dash is ``-``, every run of
    spaces one space.

    >>> as_read("_commissaire_ de**\u00a0\u202fjus\u00adtice**, L441\u201110")
    'commissaire de justice, L441-10'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = text.translate({ord(sign): _plain(sign) for sign in set(text) if not sign.isascii()})
    return _AROUND_BREAKS.sub("\n", _BLANKS.sub(" ", text.translate(_EMPHASIS)))


def unwrapped(text: str) -> str:
    """Return a text with a space for the line feed of each wrapped line: as long as before, paragraphs kept apart."""
    return _BREAK.sub(" ", text)


def shown_only(text: str) -> str:
    """Return the text without the characters that show nothing."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _plain(sign: str) -> str | None:
    category = unicodedata.category(sign)
    if category in _HIDDEN:
        return None
    return "-" if category == "Pd" else _PLAIN.get(sign, sign)
