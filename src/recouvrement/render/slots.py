"""Values kept apart from the text around them: a mark stands for each while a template is read, and is filled later.

The text of a letter depends on its values only by their being empty or not, because templates may neither compare nor
compute (``letter_sources``). It is therefore read and laid out once for all the letters of one shape.
"""

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NoReturn

from markupsafe import Markup

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Two code points that Unicode keeps out of texts for good; CommonMark takes them for letters."""
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_IN_ADDRESS = re.compile("%EF%B7%90([0-9]+)%EF%B7%91")
"""The same, as CommonMark writes it in the address of a link."""
_GLUED_MARKS = re.compile(f"(?:{_MARK.pattern}){{2,}}")
_TO_LETTERS = re.compile(
    rf"[^\W_]{_OPEN}|[0-9][,.\u00a0\u2007\u2009\u202f]{_OPEN}|{_CLOSE}[^\W_]|{_CLOSE}[,.\u00a0\u2007\u2009\u202f][0-9]"
)
"""A letter or a digit against a mark, or a digit that the space or the sign of a number alone keeps from it."""
RESERVED = re.compile(f"[{_OPEN}{_CLOSE}]")
"""What no template may hold."""


def mark(slot: int) -> str:
    """Return what stands for the value of that number."""
    return f"{_OPEN}{slot}{_CLOSE}"


def of_address(address: str) -> str:
    """Return the address of a link with its marks as they stand in a text."""
    return _IN_ADDRESS.sub(lambda found: mark(int(found[1])), address)


def slots_of(text: str) -> frozenset[int]:
    """Return the numbers of the values that stand in a text."""
    return frozenset(map(int, _MARK.findall(text)))


def glued_slots(text: str) -> frozenset[int]:
    """Return the numbers of the values that stand against another one."""
    return frozenset(slot for glued in _GLUED_MARKS.finditer(text) for slot in slots_of(glued[0]))


def is_glued(text: str) -> bool:
    """Whether a value stands against a letter or a digit of the text around it, as in ``9{{ total }}``."""
    return _TO_LETTERS.search(text) is not None


def without_marks(text: str) -> str:
    """Return the text with a zero in place of each mark."""
    return _MARK.sub("\0", text)


class StandIn(Markup):
    """A mark as a template sees it: printed or tested, and never taken apart, looked up or gone through."""

    __slots__ = ()

    def _refuse(self, *_args: object) -> NoReturn:
        message = "a text is taken apart: print it whole, or test whether it is empty"
        raise TypeError(message)

    __iter__ = __getitem__ = __hash__ = __contains__ = _refuse


class Pieces:
    """A text cut at its marks, ready to be filled.

    >>> Pieces(f"Facture {mark(1)} : 100 % de {mark(0)}").filled(["40,00 €", "F1"])
    'Facture F1 : 100 % de 40,00 €'
    """

    __slots__ = ("_pattern", "_values", "is_fixed")

    def __init__(self, text: str) -> None:
        parts = _MARK.split(text)  # text, number, text, number… text
        self.is_fixed = len(parts) == 1
        """Whether it has no mark."""
        self._pattern = text if self.is_fixed else "%s".join(part.replace("%", "%%") for part in parts[::2])
        self._values = None if self.is_fixed else itemgetter(*map(int, parts[1::2]))

    def filled(self, values: Sequence[str]) -> str:
        """Return the text with its values, taken as they are."""
        return self._pattern if self._values is None else self._pattern % self._values(values)

    def written(self, values: Sequence[str], how: Callable[[str], str]) -> str:
        """Return the text with its values, each written in some way."""
        if self._values is None:
            return self._pattern
        found = self._values(values)
        return self._pattern % (how(found) if isinstance(found, str) else tuple(map(how, found)))
