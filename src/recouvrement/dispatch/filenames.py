"""File names made from what debtors and hosts write: ASCII, short, and unable to leave their folder."""

import hashlib
import re
import unicodedata

SLUG_LENGTH = 40
"""Longest slug; a whole name stays far below the 255 bytes of the strictest file systems."""
KEY_LENGTH = 32
"""Longest action identifier kept as it is in a file name."""

_UNSAFE = re.compile(r"[^a-z0-9]+")
_SAFE_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_NAMELESS = "sans-nom"


def slug(text: str) -> str:
    """Return the text as lower-case ASCII words joined by hyphens, at most ``SLUG_LENGTH`` characters, never empty.

    Several texts may share a slug: it helps the reader of a folder and identifies nothing. Alone it could still be a
    reserved name (``con``, ``nul``): put it inside a longer name.

    >>> slug("Cœur & Fils – Épicerie"), slug("../../etc/passwd"), slug("株式会社")
    ('coeur-fils-epicerie', 'etc-passwd', 'sans-nom')
    """
    # NFKD is what turns é into e plus an accent that ASCII drops; ligatures have no decomposition.
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES)).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", plain.lower()).strip("-")[:SLUG_LENGTH].rstrip("-") or _NAMELESS


def action_key(action_id: str) -> str:
    """Return the part of a file name that stands for an action.

    The identifier itself when it is short and plain (lower case, since some file systems fold case); otherwise its
    readable beginning followed by a hash of the whole. Whoever reads a file found by key still compares the identifier
    written inside.

    >>> action_key("act-7f3a"), action_key("ACT/7f3a")
    ('act-7f3a', 'act-7f3a-40a714563288')
    """
    if len(action_id) <= KEY_LENGTH and _SAFE_KEY.fullmatch(action_id):
        return action_id
    digest = hashlib.sha256(action_id.encode()).hexdigest()
    return f"{slug(action_id)[:16].rstrip('-')}-{digest[:12]}"


def extension(filename: str) -> str:
    """Return the extension of a file name, point included, or ``.txt`` when it has none that is plain.

    >>> extension("Décompte.CSV"), extension("relevé"), extension("a./../b")
    ('.csv', '.txt', '.txt')
    """
    _, point, last = filename.rpartition(".")
    plain = last.lower()
    return f".{plain}" if point and re.fullmatch(r"[a-z0-9]{1,8}", plain) else ".txt"
