"""The check of mentions: each document shows what its kind must carry, or is not made.

Checked in the plain text and in the text of the HTML page apart, because an override may lose a mention in one and keep
it in the other.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.escaping import folded
from recouvrement.render.mention import Mention
from recouvrement.render.mentions import mentions
from recouvrement.render.missing_mentions import missing_mentions
from recouvrement.render.slots import glued_slots, slots_of, without_marks
from recouvrement.render.variants import Variant
from recouvrement.render.views import View


def check_text(action: Action, case: Case, view: View, *, variant: Variant, where: str, text: str) -> None:
    """Raise ``MissingMention`` when a text lacks a mention its kind of document must carry.

    Spaces are folded, letter case and the shape of apostrophes ignored. Values must stand whole, so that FA-12 does not
    show the number FA-1, nor a sum a shorter one that ends like it: a space or a line feed of the text separates all
    that stands apart.
    """
    document = _comparable(text)
    missing = [
        (mention.name, wanted)
        for mention in mentions(action.document, variant, action.channel)
        for wanted in mention.texts(view)
        if wanted and not _is_shown(_comparable(wanted), document, whole=not mention.is_fixed)
    ]
    if missing:
        raise MissingMention(
            where=f"case {case.id}, {action.document.value} ({variant.value}), {where}",
            found=missing_mentions(missing),
            hint="Put it back in the template you override; docs/letters.md lists the mentions of each document.",
        )


class Shown:
    """What every document of a layout shows, read in its text with marks for values.

    It answers for most documents without looking at their own text, which takes longer than making it. Where it cannot
    answer, ``check_text`` looks at that text, and alone refuses.
    """

    def __init__(self, text: str) -> None:
        self._slots = sorted(slots_of(text) - glued_slots(text))  # a value glued to another may read as one
        self._words = _comparable(without_marks(text))  # the number of a mark answers for nothing
        self._left: dict[tuple[DocumentKind, Variant, Channel], tuple[Mention, ...]] = {}

    def has_all(self, action: Action, variant: Variant, view: View, values: Sequence[str]) -> bool:
        """Whether every mention is sure to be shown, once marks are filled with those values."""
        of = (action.document, variant, action.channel)
        if (left := self._left.get(of)) is None:
            left = self._left[of] = tuple(one for one in mentions(*of) if not (one.is_fixed and self._says(one, view)))
        shown = {values[slot] for slot in self._slots}
        for mention in left:
            for wanted in mention.texts(view):
                if wanted and wanted not in shown and not self._holds(wanted, shown):
                    return False
        return True

    def _holds(self, wanted: str, shown: AbstractSet[str]) -> bool:
        """Whether a text stands whole in a longer value, or in the words of the template."""
        return stands_in(wanted, "\n".join(shown)) or stands_in(_sought(wanted), self._words)

    def _says(self, mention: Mention, view: View) -> bool:
        return all(_comparable(wanted) in self._words for wanted in mention.texts(view))


def _is_shown(wanted: str, document: str, *, whole: bool) -> bool:
    # Fixed words may be the beginning of one: « remerci ».
    return stands_in(wanted, document) if whole else wanted in document


def stands_in(wanted: str, text: str) -> bool:
    """Whether a text stands whole in another: no letter or digit goes on with it, nor the rest of a number.

    >>> stands_in("FA-1", "facture FA-12"), stands_in("380,96", "11\u202f380,96"), stands_in("11", "le 11.")
    (False, False, True)
    """
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        before, after = text[max(start - 2, 0) : start][::-1], text[end : end + 2]
        if not (_goes_on(before, wanted[0]) or _goes_on(after, wanted[-1])):
            return True
        start = text.find(wanted, start + 1)
    return False


def _goes_on(beside: str, edge: str) -> bool:
    """Whether the two characters beside a text, the nearest first, go on with the one at its edge."""
    if not beside or not edge.isalnum():
        return False
    return beside[0].isalnum() or (edge.isdigit() and beside[0] in _IN_NUMBERS and beside[1:].isdigit())


_IN_NUMBERS = "\u202f,."
"""What stands between the digits of one number: the space of thousands, and the signs of decimals."""
_SPACES = re.compile(r"(?:[^\S\u202f]|(?<!\d)\u202f|\u202f(?!\d))+")
"""Spaces but those of thousands."""


def _comparable(text: str) -> str:
    return _SPACES.sub(" ", folded(text).replace("’", "'").casefold())


_sought = lru_cache(maxsize=1024)(_comparable)
"""The same for what is looked for: few texts, many times."""
