"""Contractual rate of late-payment penalties, as data and from its wording."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Strict

from recouvrement.domain.exact import EXACT, two_decimals
from recouvrement.domain.values import Value
from recouvrement.errors import InvalidInput


class PenaltyKind(StrEnum):
    """How a clause sets its rate."""

    FIXED = "fixed"
    """Per cent a year."""
    LEGAL_MULTIPLE = "legal_multiple"
    """So many times the legal interest rate."""
    ECB_PLUS = "ecb_plus"
    """The ECB rate plus so many points."""


MAX_FIGURE = 1000
"""No clause goes beyond; a larger figure is a slip."""

_DIGITS = r"(?P<figure>[0-9]{1,4}(?:[.,][0-9]{1,8})?)"
_NUMBER = r"(?P<figure>[0-9]{1,4}(?:[.,][0-9]{1,8})?|un|une|deux|trois|quatre|cinq)"
_FIXED = re.compile(rf"{_DIGITS}\s*(?:%|pour\s*cent|per\s*cent)?(?:\s*(?:l'an|par\s+an|a\s+year|annuel))?")
_LEGAL = re.compile(
    rf"{_NUMBER}\s*(?:x|\*|×|fois|times)\s*(?:le\s+|the\s+)?"
    r"(?:taux\s+(?:de\s+l'|d'|de\s+)?(?:interet\s+)?legal(?:\s+rate)?|legal(?:\s+(?:interest\s+)?rate)?)(?:\s+en\s+vigueur)?"
)
_ECB = re.compile(
    rf"(?:taux\s+)?(?:de\s+la\s+|of\s+the\s+)?(?:bce|ecb)(?:\s+rate)?\s*(?:\+|plus|majore\s+de|augmente\s+de)\s*"
    rf"{_NUMBER}\s*(?:points?|pts?|%)?(?:\s+de\s+pourcentage)?"
)
_WORDS = {"un": "1", "une": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5"}
_ACCENTS = str.maketrans("éèêàâîôûç’", "eeeaaiouc'")


class PenaltyClause(Value):
    """A rate of penalties set by contract.

    >>> PenaltyClause.of("3 fois le taux d'intérêt légal")
    PenaltyClause(kind=<PenaltyKind.LEGAL_MULTIPLE: 'legal_multiple'>, figure=Decimal('3.00'))
    >>> str(PenaltyClause.of("BCE + 8 points")), str(PenaltyClause.of("12,5 %"))
    ('ecb+8', '12.5')
    """

    kind: PenaltyKind
    figure: Annotated[Decimal, Strict(), AfterValidator(two_decimals)]
    """Per cent a year, a multiple, or points, by ``kind``."""

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a figure out of bounds, or one whose rate could not be counted exactly."""
        if not self.figure.is_finite() or not 0 < self.figure <= MAX_FIGURE:
            message = f"{str(self.figure)!r} is out of bounds: write a figure above 0 and up to {MAX_FIGURE}"
            raise ValueError(message)
        decimals = -int(EXACT.normalize(self.figure).as_tuple().exponent)
        most = 2 if self.kind is PenaltyKind.LEGAL_MULTIPLE else 4
        if decimals > most:
            message = f"{str(self.figure)!r} has {decimals} decimals: {most} at most"
            raise ValueError(message)

    @classmethod
    def of(cls, text: str, *, where: str = "clause") -> Self:
        """Return the clause written ``12.5``, ``12,5 %``, ``3x legal``, ``3 fois le taux légal`` or ``ecb+8``.

        Raises ``InvalidInput`` for anything else.
        """
        folded = " ".join(text.lower().translate(_ACCENTS).split())
        for kind, pattern in (
            (PenaltyKind.FIXED, _FIXED),
            (PenaltyKind.LEGAL_MULTIPLE, _LEGAL),
            (PenaltyKind.ECB_PLUS, _ECB),
        ):
            found = pattern.fullmatch(folded)
            if found is None:
                continue
            figure = _WORDS.get(found["figure"], found["figure"]).replace(",", ".")
            try:
                return cls(kind=kind, figure=Decimal(figure))
            except ValueError:
                break
        raise InvalidInput(
            where=where,
            found=f"{text!r} is not a rate of penalties",
            hint='Write "12.5" (per cent a year), "3x legal" (multiple of the legal rate) or "ecb+8" (points).',
        )

    def __str__(self) -> str:
        figure = f"{EXACT.normalize(self.figure):f}"
        match self.kind:
            case PenaltyKind.FIXED:
                return figure
            case PenaltyKind.LEGAL_MULTIPLE:
                return f"{figure}x legal"
            case PenaltyKind.ECB_PLUS:
                return f"ecb+{figure}"
