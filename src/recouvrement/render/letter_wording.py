"""Which wording each document may not hold, and where a template holds it: in its words, or once laid out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, PROFESSIONAL_DOCUMENTS, DocumentKind
from recouvrement.render.first_letters import DEMANDS
from recouvrement.render.french import FRENCH
from recouvrement.render.language import Language
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.letter_sources import Source
from recouvrement.render.template_text import prose
from recouvrement.render.variants import Variant
from recouvrement.render.wording import (
    ABOUT_LIMITATION,
    COLLECTOR,
    IN_FIGURES,
    IN_TAGS,
    Forbidden,
    Occurrence,
    occurrences,
)

_REMINDING = DEMANDS | {DocumentKind.COURTESY_NOTICE, DocumentKind.CALL_SCRIPT, DocumentKind.THANK_YOU}


class Reading(NamedTuple):
    """What a template reads like laid out with marks for its values."""

    text: str
    is_of_collector: bool
    """Whether it is made as for a mandated collector, of whom more is true."""


def forbidden_in(
    language: Language, kind: DocumentKind, variant: Variant, *, is_collector: bool
) -> tuple[Forbidden, ...]:
    """Return the wording that a document may not hold."""
    # A lawyer, a commissaire de justice or a judicial agent is told of acts by their names; the debtor never is.
    if kind in INTERNAL_DOCUMENTS | PROFESSIONAL_DOCUMENTS:
        return ()
    return (
        *language.in_any_letter,
        *(language.to_a_consumer if variant is Variant.CONSUMER else ()),
        *(() if is_collector else language.of_a_collector),
        *(ABOUT_LIMITATION if language is FRENCH and kind in _REMINDING else ()),
        *IN_FIGURES,
        *IN_TAGS,
    )


def in_source(source: Source, forbidden: tuple[Forbidden, ...]) -> Iterator[LetterFinding]:
    """Yield the wording that the words of a template hold, with its line."""
    plain, posing = _parted(forbidden)
    found = dict.fromkeys(one for text in prose(source.text) for one in occurrences(text, plain))
    if posing:  # true of a sender that is mandated: what is printed for him alone is not looked at
        others = prose(source.text, for_collectors=False)
        found |= dict.fromkeys(one for text in others for one in occurrences(text, posing))
    for one in found:
        yield _finding(one, source.name, one.line)


def in_readings(
    readings: Iterable[Reading], forbidden: tuple[Forbidden, ...], parts: Iterable[Source], *, place: str
) -> Iterator[LetterFinding]:
    """Yield what a document holds only once laid out, such as a word put together from two parts.

    ``parts``: the sources it is made of, of which ``in_source`` has told; ``place``: the template to name.
    """
    told = {(one.code, _said(one)) for part in parts for one in in_source(part, forbidden)}
    plain, posing = _parted(forbidden)
    for reading in readings:
        for one in occurrences(reading.text, plain if reading.is_of_collector else (*plain, *posing)):
            found = _finding(one, place, None)
            if (found.code, _said(found)) not in told:
                yield found


def _parted(forbidden: tuple[Forbidden, ...]) -> tuple[tuple[Forbidden, ...], tuple[Forbidden, ...]]:
    """Return the wording that nobody writes, and that of a collector."""
    return (
        tuple(one for one in forbidden if one.kind is not COLLECTOR),
        tuple(one for one in forbidden if one.kind is COLLECTOR),
    )


def _finding(one: Occurrence, name: str, line: int | None) -> LetterFinding:
    return LetterFinding.of(one.kind.code, name, line, {"found": one.found, "because": one.because})


def _said(finding: LetterFinding) -> str:
    return dict(finding.inputs)["found"].casefold()
