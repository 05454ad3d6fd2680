"""The alphabet of text messages (3GPP TS 23.038), and how to stay in it.

One character outside of it, such as a narrow no-break space, makes the whole message UCS-2: 70 characters a segment.
"""

import re
import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each is written with an escape before it, and counts for two."""

SINGLE, JOINED = 160, 153
"""Septets of a message alone, and of each segment of a longer one."""
UNKNOWN = "?"

_SPELT = {
    **dict.fromkeys("’‘ʼ′", "'"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("–—‑‐−", "-"),
    "…": "...",
    "œ": "oe",
    "Œ": "OE",
    "×": "x",
    "•": "-",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "Th",
    "№": "no",
    "°": "o",
    "©": "(c)",
    "®": "(r)",
    "™": "(tm)",
    "`": "'",
}
_LETTERS = ("L", "N")
_QUOTED = re.compile(r"«\s*|\s*»")


def in_gsm7(text: str) -> str:
    r"""Return the text in the alphabet of text messages, every space plain.

    Accents it lacks are left off (``ê`` → ``e``), quotation marks and dashes take their plain form, pictures are
    dropped, and a letter of another script becomes a question mark: what cannot be written is seen to be missing.

    >>> print(in_gsm7("Crêperie « L’Œuf » 🥐 11\u202f250,00\u00a0€"))
    Creperie "L'OEuf" 11 250,00 €
    """
    plain = _QUOTED.sub('"', unicodedata.normalize("NFC", text))
    return " ".join("".join(_spelt(character) for character in plain).split())


def _spelt(character: str) -> str:
    if character in _BASIC or character in _EXTENDED:
        return " " if character in "\n\r\f" else character
    if character.isspace():
        return " "
    if character in _SPELT:
        return _SPELT[character]
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    if bare and all(part in _BASIC or part in _EXTENDED for part in bare):
        return bare
    upper = bare.upper()
    if upper and all(part in _BASIC for part in upper):  # small Greek letters have their capitals in the alphabet
        return upper
    return UNKNOWN if unicodedata.category(character)[0] in _LETTERS else ""


def septets(text: str) -> int:
    """Return the septets a text takes; ``text`` is in the alphabet."""
    return sum(2 if character in _EXTENDED else 1 for character in text)


def segments(text: str) -> int:
    """Return how many segments a text takes; a character of two septets is never cut between two of them."""
    if septets(text) <= SINGLE:
        return 1
    count, used = 1, 0
    for character in text:
        size = 2 if character in _EXTENDED else 1
        if used + size > JOINED:
            count, used = count + 1, 0
        used += size
    return count
