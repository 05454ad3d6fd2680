"""The text of an invoice in French, laid out: its sentences, and what each stretch of it is about. Language, not law.

Every expression is bounded, so that the time to read a text grows with its length only, whatever was put in it.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from recouvrement.errors import InvalidInput

MAX_CHARACTERS = 100_000


class Topic(StrEnum):
    """What a stretch of text is about."""

    DISCOUNT = "discount"
    INDEMNITY = "indemnity"
    PENALTY = "penalty"
    DELAY = "delay"
    """The word ``retard`` alone, or the article: a rate beside it is one of penalties, a sum need not be."""
    OTHER = "other"
    """VAT, deposits, totals, share capital: their figures concern no late payment."""


class Heading(NamedTuple):
    """A word that says what the text after it, or before it, is about."""

    start: int
    end: int
    topic: Topic


class InvoiceText(NamedTuple):
    """A text laid out; ``folded`` has the same length, in small letters without accents."""

    text: str
    folded: str
    sentences: tuple[tuple[int, int], ...]
    headings: tuple[Heading, ...]

    def sentence(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a character begins and ends."""
        return self.sentences[bisect_right(self.sentences, (place, len(self.text) + 1)) - 1]

    def heading(self, start: int, end: int, *, ignored: frozenset[Topic] = frozenset()) -> Heading | None:
        """Return the heading nearest before a stretch, in its sentence; the nearest after it where there is none."""
        first, last = self.sentence(start)
        place = bisect_left(self.headings, start, key=_start)
        for one in reversed(self.headings[max(place - _NEAR, 0) : place]):
            if one.start >= first and one.end <= start and one.topic not in ignored:
                return one
        for one in self.headings[place : place + _NEAR]:
            if end <= one.start < last and one.topic not in ignored:
                return one
        return None

    def near(self, heading: Heading) -> tuple[Heading, ...]:
        """Return the headings around one."""
        place = bisect_left(self.headings, heading.start, key=_start)
        return self.headings[max(place - _NEAR, 0) : place + _NEAR]

    def heading_before(self, place: int) -> Heading | None:
        """Return the last heading of the sentence before the one around a character."""
        first, _ = self.sentence(place)
        if not first:
            return None
        last = bisect_left(self.headings, first, key=_start) - 1
        found = self.headings[last] if last >= 0 else None
        return found if found is not None and found.start >= self.sentence(first - 1)[0] else None


_NEAR = 12
"""Headings looked at on each side of a figure."""

_start = attrgetter("start")

# Controls and formatting characters: they hide words, turn a line round or drive a terminal.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANK_LINES = re.compile(r"\n{3,}")
_ABBREVIATION = (
    r"(?<!\bart)(?<!\bcom)(?<!\bciv)(?<!\bal)(?<!\bcf)(?<!\bex)(?<!\benv)(?<!\bmax)(?<!\bmin)(?<!\bste)(?<!\b[a-z])"
)
_SENTENCE_END = re.compile(rf"(?:{_ABBREVIATION}\.|[;!?])\s+|\n\n|\n(?=[•▪●*–—-]\s)")

_HEADINGS = re.compile(
    r"(?P<discount>\bescomptes?\b|\b(?:remise|rabais|ristourne|reduction)s?\b"
    r"|\b(?:paiement|reglement)s?\s(?:anticipe|comptant)s?\b)"
    r"|(?P<indemnity>\bindemni[a-z]{1,12}\b|\bfrais\sde\srecouvrement\b|\bclause\spenale\b|\bd\.?\s?441-5\b"
    r"|\b2012-1115\b)"
    r"|(?P<penalty>\bpenalit[a-z]{1,4}\b|\binterets?\s(?:de\sretard|moratoires?)\b|\bmajorations?\b)"
    r"|(?P<delay>\bretards?\b|\bl\.?\s?441-(?:6|10)\b)"
    r"|(?P<other>\bt\.?v\.?a\b|\btaxes?\b|\bacomptes?\b|\barrhes\b|\bretenue\b|\bgarantie\b|\bcapital\b|\b(?:sous-)?total\b"
    r"|\bnet\sa\spayer\b|\bmontant\s(?:ht|ttc|total|net)\b|\biban\b|\bsiret\b)"
)


def laid_out(lines: str | Iterable[str]) -> str:
    """Return the text with one space where there are several, whatever their kind; lines and paragraphs are kept.

    Raises ``InvalidInput`` for a text of more than ``MAX_CHARACTERS``.
    """
    text = lines if isinstance(lines, str) else "\n".join(lines)
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(
            where="text",
            found=f"the text has {len(text)} characters",
            hint=f"Give the part of the invoice that speaks of payment, {MAX_CHARACTERS} characters at most.",
        )
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _BLANK_LINES.sub("\n\n", "\n".join(" ".join(line.split()) for line in visible.splitlines())).strip()


def folded(text: str) -> str:
    """Return the text in small letters without accents, each character at its place.

    >>> folded("Taux d’intérêt LÉGAL")
    "taux d'interet legal"
    """
    return "".join(
        "'" if character in "’ʼ`´" else unicodedata.normalize("NFD", character)[0].lower()[0] for character in text
    )


def invoice_text(lines: str | Iterable[str]) -> InvoiceText:
    """Return a text laid out, with its sentences and headings. Raises ``InvalidInput`` for one that is too long."""
    text = laid_out(lines)
    small = folded(text)
    starts = (0, *(found.end() for found in _SENTENCE_END.finditer(small)))
    headings = tuple(
        Heading(found.start(), found.end(), Topic(found.lastgroup or "")) for found in _HEADINGS.finditer(small)
    )
    return InvoiceText(text, small, tuple(zip(starts, (*starts[1:], len(text)), strict=True)), headings)
