"""What the letters of a mandated collector carry beside those of a creditor (CPCE art. R124-4), as templates show it.

A template cannot show that the words are true: that the collector's name and address are its own, and that costs left
to the creditor are not among the sums, is for the jurist's checklist.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from recouvrement.domain.reasons import Confidence
from recouvrement.render.letter_findings import LetterFinding


class CollectorMention(NamedTuple):
    """A mention and the words or variables that show it."""

    name: str
    french: str
    patterns: tuple[str, ...]
    wanted: str
    article: str
    confidence: Confidence = Confidence.TEXT_READ


COLLECTOR_MENTIONS = (
    CollectorMention(
        "that it recovers amicably for others",
        "nom, adresse et activité de recouvrement amiable du tiers",
        (r"recouvrement\s+amiable",),
        "« recouvrement amiable »",
        "CPCE art. R124-4 1°",
    ),
    CollectorMention(
        "the creditor's name and address",
        "nom et adresse du créancier",
        (r"\{\{\s*creditor_name", r"\{\{\s*creditor_address"),
        "creditor_name and creditor_address",
        "CPCE art. R124-4 2°",
    ),
    CollectorMention(
        "the basis of the claim",
        "fondement : origine de chaque facture",
        (r"\{\{\s*\w+\.cause\b",),
        "the cause of each of invoice_rows",
        "CPCE art. R124-4 3°",
    ),
    CollectorMention(
        "principal, interest and accessories apart",
        "montant : principal, intérêts et accessoires distincts, sans les frais laissés au créancier",
        (r"\{\{\s*principal(?:_due)?\b", r"\{\{\s*interest_due\b"),
        "principal and interest_due",
        "CPCE art. R124-4 3°",
    ),
    CollectorMention(
        "how to pay",
        "demande de payer et modalités",
        (r"\{\{\s*(?:iban|payment_reference)\b",),
        "iban or payment_reference",
        "CPCE art. R124-4 4°",
    ),
    CollectorMention(
        "the text of CPCE art. L111-8, 2nd and 3rd paragraphs",
        "reproduction de l'article L111-8, alinéas 2 et 3, d'après la source officielle",
        (r"\bL\.?\s?111-8\b",),
        "« L111-8 »",
        "CPCE art. R124-4 5°",
    ),
)

RECALLED = (
    CollectorMention(
        "the references and date of the first letter",
        "rappel des références et de la date de la première lettre, dans toute démarche qui la suit",
        (r"\{\{\s*first_letter\b",),
        "first_letter",
        "CPCE art. R124-4 in fine",
    ),
)
"""What any later step bears as well, a call included."""


def collector_findings(name: str, text: str, asked: tuple[CollectorMention, ...]) -> Iterator[LetterFinding]:
    """Yield the mentions asked of a collector that neither a template nor its parts hold."""
    for mention in asked:
        if not all(re.search(pattern, text, re.IGNORECASE) for pattern in mention.patterns):
            inputs = {"mention": mention.name, "article": mention.article, "wanted": mention.wanted}
            yield LetterFinding.of("collector_mention", name, inputs=inputs)
