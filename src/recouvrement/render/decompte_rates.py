"""What each rate of a décompte is made of, in French: figures, days, articles and marks."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.domain.decompte_rates import AppliedRate
from recouvrement.domain.exact import EXACT
from recouvrement.domain.reasons import Confidence, Reason, Source
from recouvrement.render import formats
from recouvrement.render.decompte_words import CONFIDENCE, Shown
from recouvrement.render.escaping import folded
from recouvrement.render.typography import spaced

_EQUALS = f"{formats.NO_BREAK}= "
_PLUS = f" +{formats.NO_BREAK}"
_OF_PRIVATE_PERSONS = "taux_interet_legal_particulier"


def rate_words(applied: AppliedRate, shown: Shown = folded) -> str:
    """Return what a rate is made of, on one line: ``12,15 % = taux de la BCE 2,15 % au 1er janvier 2026 + 10 points``.

    Then come the articles, with the marks of what is not firmly established. ``shown`` prints what comes from a file.
    """
    return f"{formats.rate(applied.rate)}{_EQUALS}{_made_of(applied, shown)}"


def _made_of(applied: AppliedRate, shown: Shown) -> str:
    reason = applied.reason
    parts = {part.code: part for part in reason.parts}
    match reason.code:
        case "rate_ecb_plus_margin" if {"ecb_rate", "margin"} <= parts.keys():
            ecb, margin = parts["ecb_rate"], parts["margin"]
            marks = _cited((), _marks((ecb, margin)) or _mark(applied.confidence), shown)
            read = f"taux de la BCE {_rate(ecb)}{_at(reason, 'snapshot_on')}"
            return f"{read}{marks}{_PLUS}{_points(margin)}{_cited((applied.article,), (), shown)}"
        case "legal_rate_increased" if {"legal_interest_rate", "margin"} <= parts.keys():
            legal, margin = parts["legal_interest_rate"], parts["margin"]
            since = _at(reason, "increased_from", " à compter du ")
            return f"{_legal(legal, shown)}{_PLUS}{_points(margin)}{since}{_sourced(margin.source, shown)}"
        case "legal_interest_rate":
            return _legal(reason, shown, with_figure=False)
        case "clause_rate":
            return f"{_clause(reason)}{_cited((applied.article,), _mark(applied.confidence), shown)}"
        case _:
            return "taux fourni, pris tel quel"


def _legal(reason: Reason, shown: Shown, *, with_figure: bool = True) -> str:
    identifier = reason.source.identifier if reason.source is not None else None
    column = spaced(", colonne des créanciers particuliers") if _OF_PRIVATE_PERSONS in (identifier or "") else ""
    figure = f" {_rate(reason)}" if with_figure else ""
    return f"taux de l’intérêt légal{figure}{_at(reason, 'half_year')}{column}{_sourced(reason.source, shown)}"


def _clause(reason: Reason) -> str:
    """Return what the clause says, and the reference it follows."""
    clause = PenaltyClause.of(reason.input("clause") or "")
    figure = EXACT.normalize(clause.figure)
    read = f"{_rate(reason, 'reference')}{_at(reason, 'reference_on')}"
    match clause.kind:
        case PenaltyKind.FIXED:
            return "taux fixé par la clause"
        case PenaltyKind.LEGAL_MULTIPLE:
            return f"{_figure(figure)} fois le taux de l’intérêt légal {read}, selon la clause"
        case PenaltyKind.ECB_PLUS:
            return f"taux de la BCE {read}{_PLUS}{_counted_points(figure)}, selon la clause"


def _rate(reason: Reason, name: str = "rate") -> str:
    written = reason.input(name)
    return formats.rate(Decimal(written)) if written is not None else ""


def _points(margin: Reason) -> str:
    return _counted_points(Decimal(margin.input("points") or "0"))


def _counted_points(points: Decimal) -> str:
    return f"{_figure(points)}{formats.NO_BREAK}{'point' if points < 2 else 'points'}"


def _figure(figure: Decimal) -> str:
    return f"{figure:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{figure:f}" else f"{figure:f}"


def _at(reason: Reason, name: str, words: str = " au ") -> str:
    written = reason.input(name)
    return f"{words}{formats.long_date(date.fromisoformat(written))}" if written is not None else ""


def _sourced(source: Source | None, shown: Shown) -> str:
    return _cited((source.article,), _mark(source.confidence), shown) if source is not None else ""


def _cited(articles: Iterable[str], marks: Iterable[str], shown: Shown) -> str:
    cited = spaced(" ; ").join((*(spaced(shown(article)) for article in articles), *marks))
    return f" ({cited})" if cited else ""


def _marks(reasons: Iterable[Reason]) -> tuple[str, ...]:
    met = (mark for one in reasons if one.source is not None for mark in _mark(one.source.confidence))
    return tuple(dict.fromkeys(met))


def _mark(confidence: Confidence) -> tuple[str, ...]:
    return () if confidence.is_firm else (CONFIDENCE[confidence],)
