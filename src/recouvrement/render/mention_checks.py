"""The check of mentions: each document shows what its kind must carry, or is not made.

Checked in the plain text and in the text of the HTML page apart, because an override may lose a mention in one and keep
it in the other.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.escaping import folded
from recouvrement.render.mention import Mention
from recouvrement.render.mentions import mentions
from recouvrement.render.missing_mentions import missing_mentions
from recouvrement.render.slots import slots_of, without_marks
from recouvrement.render.variants import Variant
from recouvrement.render.views import View


def check_text(action: Action, case: Case, view: View, *, variant: Variant, where: str, text: str) -> None:
    """Raise ``MissingMention`` when a text lacks a mention its kind of document must carry.

    Spaces are folded, letter case and the shape of apostrophes ignored.
    """
    document = _comparable(text)
    missing = [
        (mention.name, wanted)
        for mention in mentions(action.document, variant, action.channel)
        for wanted in mention.texts(view)
        if wanted and _comparable(wanted) not in document
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
        self._slots = sorted(slots_of(text))
        self._words = _comparable(without_marks(text))  # the number of a mark answers for nothing
        self._left: dict[tuple[DocumentKind, Variant, Channel], tuple[Mention, ...]] = {}

    def has_all(self, action: Action, variant: Variant, view: View, values: Sequence[str]) -> bool:
        """Whether every mention is sure to be shown, once marks are filled with those values."""
        of = (action.document, variant, action.channel)
        if (left := self._left.get(of)) is None:
            left = self._left[of] = tuple(one for one in mentions(*of) if not (one.is_fixed and self._says(one, view)))
        shown = "\n".join([values[slot] for slot in self._slots])
        for mention in left:
            for wanted in mention.texts(view):
                if wanted and wanted not in shown and _sought(wanted) not in self._words:
                    return False
        return True

    def _says(self, mention: Mention, view: View) -> bool:
        return all(_comparable(wanted) in self._words for wanted in mention.texts(view))


_SPACES = re.compile(r"\s+")


def _comparable(text: str) -> str:
    return _SPACES.sub(" ", folded(text).replace("’", "'").casefold())


_sought = lru_cache(maxsize=1024)(_comparable)
"""The same for what is looked for: few texts, many times."""
