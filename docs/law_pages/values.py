"""Tables of dated values: parameters, rules of rates, half-years, confidence marks."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from law_pages import words
from law_pages.cells import BREAK, Notes, day, figure, money, rate, table, text

from recouvrement.domain.calendar import Interval, next_half_year_start
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.jours_au_taux import Rate
from recouvrement.jurisdictions.fr.parametres import Edition, ParameterName, parametre
from recouvrement.law.parameters import DatedValue, Parameter, RuleTable
from recouvrement.law.rates import FROM_FIRM_TO_WEAK

_ONE_DAY = timedelta(days=1)
_FIRST_HALF_YEAR = date(2009, 1, 1)
_IN_FORCE = "en cours"
ORIGIN = ("Publié le", "Vérifié le", "Confiance", "Sources", "Remarque")


class Record(Protocol):
    """What every dated row of a law file says of its origin."""

    @property
    def from_(self) -> date:
        """First day in force."""

    @property
    def until(self) -> date | None:
        """First day no longer in force."""

    @property
    def confidence(self) -> Confidence:
        """How well it was established."""

    @property
    def checked_on(self) -> date | None:
        """Day it was last compared with its sources."""

    @property
    def note(self) -> str | None:
        """What else is to be said of it, in English."""


def days(record: Record) -> tuple[str, str]:
    """Return the first and the last day of a row."""
    return day(record.from_), _IN_FORCE if record.until is None else day(record.until - _ONE_DAY)


def origin(record: Record, sources: Sequence[str], notes: Notes, published_on: date | None = None) -> tuple[str, ...]:
    """Return the cells of ``ORIGIN``."""
    return (
        day(published_on) if published_on else "",
        day(record.checked_on) if record.checked_on else "",
        words.confidence(record.confidence),
        notes.refer(words.source(source) for source in sources),
        text(words.required("notes", record.note)) if record.note else "",
    )


def with_sources(written: str, notes: Notes) -> str:
    """Return what is written, and the numbered sources below."""
    return "\n\n".join(part for part in (written, notes.written()) if part)


def coverage(first_day: date, last_day: date, why: str | None, expected_on: date | None = None) -> str:
    """Return the days covered, why they end there, and when the next value is expected."""
    parts = [f"Couvert du {day(first_day)} au {day(last_day)}."]
    if why:
        parts.append(text(words.required("couverture", why)))
    if expected_on:
        parts.append(f"Prochaine publication attendue pour le {day(expected_on)}.")
    return " ".join(parts)


def measured(parameter: Parameter, value: Decimal) -> str:
    """Return a value with its unit."""
    pattern = words.unit(parameter.unit, is_one=abs(value) < 2)
    unbroken = pattern.replace("} ", "}\u00a0", 1)
    if "{rate}" in pattern:
        return unbroken.format(rate=rate(value))
    return unbroken.format(count=figure(value)) if "{count}" in pattern else unbroken.format(money=money(value))


def values_of(name: ParameterName) -> str:
    """Return every value of a parameter with its record, the sources numbered below, and the days covered."""
    parameter, notes = parametre(name), Notes()
    rows = [(*days(value), *_value(parameter, value), *_origin_of(value, notes)) for value in parameter.values]
    written = table(("Du", "Au", "Valeur", "Nature", "Texte", "Identifiant", *ORIGIN), rows)
    covered = coverage(parameter.first_day, parameter.last_day, parameter.coverage, parameter.next_expected_on)
    return with_sources(f"{written}\n\n{covered}", notes)


def _value(parameter: Parameter, value: DatedValue) -> tuple[str, ...]:
    kind = words.required("natures", value.kind) if value.kind else ""
    return measured(parameter, value.value), kind, text(value.article), value.identifier or ""


def _origin_of(value: DatedValue, notes: Notes) -> tuple[str, ...]:
    return origin(value, value.addresses, notes, value.published_on)


def rules_of(rules: RuleTable[Callable[[date, Edition], Rate]], margin: ParameterName) -> str:
    """Return the successive shapes of a rate, each in one sentence, with the points in force and their texts."""
    parameter = parametre(margin)
    rows = []
    for interval, rule in rules:
        values = [value for value in parameter.values if _meets(value, interval)]
        points = dict.fromkeys(measured(parameter, value.value) for value in values)
        articles = dict.fromkeys(text(value.article) for value in values)
        marks = dict.fromkeys(words.confidence(value.confidence) for value in values)
        remarks = dict.fromkeys(text(words.required("notes", value.note)) for value in values if value.note)
        rows.append(
            (
                day(interval.from_) if interval.from_ else "",
                day(interval.until - _ONE_DAY) if interval.until else _IN_FORCE,
                text(words.required("regles", rule.__name__)),
                *(BREAK.join(cells) for cells in (points, articles, marks, remarks)),
            )
        )
    return table(("Du", "Au", "Règle", "Points", "Texte", "Confiance", "Remarque"), rows)


def _meets(value: DatedValue, interval: Interval) -> bool:
    return (interval.until is None or value.from_ < interval.until) and (
        interval.from_ is None or value.until is None or value.until > interval.from_
    )


def half_years() -> str:
    """Return the rates of every half-year from 2009 to the last one covered, with remarks lettered below."""
    first, rows, remarks = _FIRST_HALF_YEAR, [], dict[str, str]()
    while True:
        try:
            sheet = FRANCE.rates(first)
        except NotCovered:
            break
        letters = [
            remarks.setdefault(doubt.code, chr(ord("a") + len(remarks)))
            for doubt in sheet.doubts
            if doubt.code != "weak_source"
        ]
        figures = (
            sheet.ecb_mro,
            sheet.business_default,
            sheet.business_clause_floor,
            sheet.public,
            sheet.legal_individual,
            sheet.legal_other,
        )
        rows.append(
            (
                half_year(sheet.period),
                *("—" if value is None else rate(value) for value in figures),
                words.confidence(sheet.confidence),
                ", ".join(sorted(letters)),
            )
        )
        first = next_half_year_start(first)
    header = (
        "Semestre",
        "BCE",
        "Entre professionnels, sans clause",
        "Plancher des clauses",
        "Personnes publiques",
        "Légal, créancier particulier",
        "Légal, autres créanciers",
        "Confiance",
        "Remarques",
    )
    lettered = [f"- {letter}. {text(words.required('remarques', code))}" for code, letter in remarks.items()]
    return "\n\n".join((table(header, rows), "\n".join(lettered)))


def half_year(period: str) -> str:
    """Return the name of a half-year: ``2024S1`` is the first of 2024, ``S1 2024``."""
    year, _, number = period.partition("S")
    return f"S{number}\u00a0{year}"


def series(*names: ParameterName) -> str:
    """Return how far each series goes, why, and when its next value is expected."""
    rows = []
    for name in names:
        parameter = parametre(name)
        expected_on = parameter.next_expected_on
        rows.append(
            (
                text(parameter.title),
                day(parameter.first_day),
                day(parameter.last_day),
                text(words.required("couverture", parameter.coverage)) if parameter.coverage else "",
                day(expected_on) if expected_on else "",
            )
        )
    return table(("Série", "Premier jour", "Dernier jour", "Pourquoi", "Prochaine publication attendue"), rows)


def confidences() -> str:
    """Return the marks, from firm to weak."""
    rows = [(words.confidence(mark), f"`{mark.value}`", text(words.meaning(mark))) for mark in FROM_FIRM_TO_WEAK]
    return table(("Degré", "Dans les données", "Ce qu'il dit".replace("'", "’")), rows)
