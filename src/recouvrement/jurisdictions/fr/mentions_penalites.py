"""The rate of penalties an invoice prints between businesses: is there one, and may it be that low."""

from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from recouvrement.domain.calendar import half_year_start
from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Source
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr.chiffres_de_facture import PrintedRate, penalty_rates
from recouvrement.jurisdictions.fr.clauses import clause_floor, clause_percent
from recouvrement.jurisdictions.fr.lecture_de_facture import excerpt
from recouvrement.jurisdictions.fr.mentions_textes import doubt, finding, in_french, to_print
from recouvrement.jurisdictions.fr.parametres import Edition, weak_source
from recouvrement.jurisdictions.fr.penalites_de_retard import business_rate
from recouvrement.jurisdictions.fr.plafonds_de_paiement import table
from recouvrement.jurisdictions.fr.textes_de_facture import Topic
from recouvrement.law.mentions import Finding, Mention, MentionsFine, MentionStatus, PrintedMentions
from recouvrement.law.parameters import DatedValue

_MENTION = Mention.PENALTY_RATE
BELOW_FLOOR = "penalty_rate_below_floor"
"""Code of a rate that may not be printed as a clause."""


class _Verdict(Enum):
    LAWFUL = auto()
    BELOW = auto()
    EQUALS_DEFAULT = auto()
    """In figures, the default rate of the half-year, in one of the half-years when it is below the floor of clauses."""
    UNKNOWN = auto()


class _Judged(NamedTuple):
    verdict: _Verdict
    words: str
    rate: Decimal | None = None
    floor: Decimal | None = None
    weak: DatedValue | None = None
    """The legal rate the verdict rests on, where it is not firmly established."""
    doubts: tuple[Doubt, ...] = ()


def penalty_finding(printed: PrintedMentions, dated: Edition) -> tuple[Finding, tuple[Doubt, ...]]:
    """Return the rate of penalties judged, and what is doubtful in it.

    A rate below three times the legal rate, in the half-year of issue, may not be printed as a clause. "ECB + 10" is
    the default rate of the law, not a clause: it stands even in the half-years when it is below that floor. With
    several rates one that stands is enough, and a doubt says that they differ.

    Sources:
        C. com. art. L441-9 I (the mention), L441-10 II (default rate, floor of clauses) and L441-16.
    """
    day, text = printed.issued_on, printed.penalty_text
    words = printable_penalty(day, dated)
    if text is None:
        missing = finding(_MENTION, MentionStatus.MISSING, _MENTION, day, code="mention_missing", to_print=words)
        return missing, ()
    rates = [rate for rate in penalty_rates(text) if rate.clause is not None]
    yearly = [rate for rate in rates if not rate.is_flat]
    if not yearly:
        status, code = (
            (MentionStatus.CANNOT_TELL, "penalty_may_be_flat")
            if rates
            else (MentionStatus.INSUFFICIENT, "penalty_rate_not_stated")
        )
        found = rates[0].words if rates else excerpt(text, Topic.PENALTY)
        return finding(_MENTION, status, _MENTION, day, code=code, found=found, to_print=words), ()
    return _of_several([_judged(rate, rate.clause, day, dated) for rate in yearly if rate.clause], day, words)


def below_floor_fines(day: date) -> tuple[MentionsFine, ...]:
    """Return the fine for a clause below the floor, in force that day; none is known before 1 November 2021.

    Sources:
        C. com. art. L441-16.
    """
    row = table().in_force(table().fines, day)
    if row is None:
        return ()
    amounts = (row.natural_person, row.legal_person, row.repeat_natural_person, row.repeat_legal_person)
    return (MentionsFine(*amounts, repeat_within_years=None, source=row.source),)


def printable_penalty(day: date, dated: Edition) -> str:
    """Return the mention of the default rate, with its figure for the half-year of that day where it is known."""
    points = in_french(dated.parametre("penalites_marge_bce").on(day).value)
    try:
        percent = in_french(business_rate(day, dated).percent, 2)
    except NotCovered:
        return to_print(_MENTION, points=points, equal_to="")
    half = "premier" if day.month <= 6 else "second"
    return to_print(_MENTION, points=points, equal_to=f", soit {percent}\u00a0% l’an au {half} semestre {day.year}")


def _of_several(judged: list[_Judged], day: date, words: str) -> tuple[Finding, tuple[Doubt, ...]]:
    by_verdict = {verdict: [one for one in judged if one.verdict is verdict] for verdict in _Verdict}
    doubts = tuple(dict.fromkeys(doubt for one in judged for doubt in one.doubts))
    standing = by_verdict[_Verdict.LAWFUL] or by_verdict[_Verdict.UNKNOWN]
    if standing:
        if len(standing) < len(judged):
            printed = "; ".join(one.words for one in judged)
            doubts = (*doubts, doubt(_MENTION, day, "several_penalty_rates", printed=printed))
        one = standing[0]
        found = finding(_MENTION, MentionStatus.PRESENT, _MENTION, day, code="mention_present", found=one.words)
        return found, doubts
    inputs: dict[str, object] = {"half_year": half_year_start(day)}
    if by_verdict[_Verdict.EQUALS_DEFAULT]:
        one = by_verdict[_Verdict.EQUALS_DEFAULT][0]
        status, code = MentionStatus.CANNOT_TELL, "penalty_rate_equals_default"
    else:
        one = max(judged, key=lambda each: each.rate or Decimal(0))
        status, code = MentionStatus.INSUFFICIENT, BELOW_FLOOR
        doubts = (*doubts, doubt("floor_tested_when", day))
    inputs |= {"rate": one.rate, "floor": one.floor}
    found = finding(_MENTION, status, "clause_floor", day, code=code, found=one.words, to_print=words, **inputs)
    return found if one.weak is None else _marked(found, one.weak), doubts


def _marked(found: Finding, weak: DatedValue) -> Finding:
    """Return the finding with the mark of the figure it rests on, weaker than that of the rule."""
    source = Source.model_validate({**dict(found.source), "confidence": weak.confidence})
    return found._replace(source=source)


def _judged(rate: PrintedRate, clause: PenaltyClause, day: date, dated: Edition) -> _Judged:
    margin = dated.parametre("penalites_marge_bce").on(day).value
    if clause.kind is PenaltyKind.ECB_PLUS and clause.figure == margin:
        return _Judged(_Verdict.LAWFUL, rate.words)
    multiple = dated.parametre("penalites_plancher_multiple").on(day).value
    if clause.kind is PenaltyKind.LEGAL_MULTIPLE and clause.figure >= multiple:
        return _Judged(_Verdict.LAWFUL, rate.words)
    half = half_year_start(day)
    try:
        floor = clause_floor(day, dated)
        legal = dated.parametre("taux_interet_legal_autres").on(day)
        percent, reference = clause_percent(clause, half, dated)
    except NotCovered:
        if clause.kind is PenaltyKind.LEGAL_MULTIPLE:
            return _Judged(_Verdict.BELOW, rate.words)
        unknown = doubt("clause_floor", day, "floor_unknown", half_year=half, rate=str(clause))
        return _Judged(_Verdict.UNKNOWN, rate.words, doubts=(unknown,))
    if clause.kind is PenaltyKind.LEGAL_MULTIPLE:
        return _Judged(_Verdict.BELOW, rate.words, percent, floor, None, weak_source(legal.source))
    doubts = (*weak_source(legal.source), *(weak_source(reference.source) if reference is not None else ()))
    if percent >= floor:
        verdict = _Verdict.LAWFUL
    elif clause.kind is PenaltyKind.FIXED and percent == _default_rate(day, dated):
        verdict = _Verdict.EQUALS_DEFAULT
    else:
        verdict = _Verdict.BELOW
    return _Judged(verdict, rate.words, percent, floor, None if legal.confidence.is_firm else legal, doubts)


def _default_rate(day: date, dated: Edition) -> Decimal | None:
    try:
        return business_rate(day, dated).percent
    except NotCovered:
        return None
