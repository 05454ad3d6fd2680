"""Wording that no letter may hold: it imitates a court document, threatens, or claims what is not owed.

The source text of the templates is searched, not the rendered letter: a debtor may be called Huissier, and a letter
to him must still leave.
"""

import re
from typing import NamedTuple


class Forbidden(NamedTuple):
    """A wording and the text that forbids it."""

    pattern: re.Pattern[str]
    because: str


def _wording(pattern: str, because: str) -> Forbidden:
    return Forbidden(re.compile(pattern, re.IGNORECASE), because)


_IMITATION = "it imitates an act of a court or of a public officer (C. pén. art. 433-13)"
_NO_TITLE = "it threatens with enforcement that a creditor without a title cannot carry out (C. conso. art. L121-2)"
_BUSINESS_ONLY = "it is owed between businesses only (C. com. art. L441-10)"
_COSTS = "recovery without a title costs the creditor, not the debtor (CPCE art. L111-8)"

IN_ANY_LETTER = (
    _wording(r"\bsais(?:ies?|irons|issons|ir)\b", _NO_TITLE),
    _wording(r"\b(?:été|est|sera) saisie?s?\b", _IMITATION),
    _wording(r"\bcommandement\b", _IMITATION),
    _wording(r"\bhuissiers?\b", _NO_TITLE),
    _wording(r"\bcommissaires? de justice\b", _NO_TITLE),
    _wording(r"\bex[ée]cution forc[ée]e\b", _NO_TITLE),
    _wording(r"\bsommation\b", _IMITATION),
    _wording(r"\bassignation\b", _IMITATION),
    _wording(r"\bmandement\b", _IMITATION),
    _wording(r"\br[ée]publique fran[çc]aise\b", _IMITATION),
    _wording(r"\bavant poursuites?\b", _NO_TITLE),
    _wording(r"\b(?:plainte|p[ée]nal(?:e|es|ement)?|police|gendarmerie)\b", "it threatens (C. pén. art. 312-1)"),
    _wording(r"\b(?:votre employeur|vos proches|vos voisins)\b", "it threatens privacy (C. civ. art. 9)"),
)
"""Forbidden in every document meant for the debtor, or read out to him."""

TO_A_CONSUMER = (
    _wording(r"\b40[\s\u00a0\u202f]*(?:€|euros?)", _BUSINESS_ONLY),
    _wording(r"\b[LD][\s.\u00a0]*441-(?:10|5)\b", _BUSINESS_ONLY),
    _wording(r"\bp[ée]nalit[ée]s?\b", _BUSINESS_ONLY),
    _wording(r"\bindemnit[ée]s?\b", _BUSINESS_ONLY),
    _wording(r"\bfrais de (?:recouvrement|relance|dossier|gestion|contentieux)\b", _COSTS),
    _wording(r"\bdommages\b", "damages need bad faith and a loss of its own (C. civ. art. 1231-6)"),
)
"""Forbidden as well towards a consumer, and towards a debtor whose kind is not known."""


class Occurrence(NamedTuple):
    """A forbidden wording found in a text."""

    line: int
    found: str
    because: str


def occurrences(source: str, forbidden: tuple[Forbidden, ...]) -> tuple[Occurrence, ...]:
    """Return where a text holds forbidden wording, in the order of the text."""
    found = [
        Occurrence(source.count("\n", 0, match.start()) + 1, match.group(), rule.because)
        for rule in forbidden
        for match in rule.pattern.finditer(source)
    ]
    return tuple(sorted(found))
