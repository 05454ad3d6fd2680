"""The law files that are no parameter: maximum payment terms, mentions of the invoice."""

from typing import Protocol

from law_pages import words
from law_pages.cells import BREAK, Notes, table, text, whole_money
from law_pages.values import ORIGIN, coverage, days, origin, with_sources

from recouvrement.domain.terms import TermRule
from recouvrement.jurisdictions.fr.mentions_textes import texts
from recouvrement.jurisdictions.fr.plafonds_de_paiement import Cap
from recouvrement.jurisdictions.fr.plafonds_de_paiement import table as caps


def maxima() -> str:
    """Return the maximum payment terms, the special starts and the fine."""
    file, notes = caps(), Notes()
    header = ("Code", "Cas", "Délai maximal", "Départ", "Factures", "Conditions", "Texte", "Du", "Au", *ORIGIN)
    rows = [
        (
            f"`{cap.id}`",
            text(cap.label),
            _term(cap),
            words.required("departs", cap.start),
            words.required("factures", cap.invoices) if cap.invoices else "",
            "\u202f; ".join(text(words.required("conditions", condition)) for condition in cap.conditions),
            text(cap.article),
            *days(cap),
            *origin(cap, cap.sources, notes),
        )
        for cap in file.caps
    ]
    starts = [
        (text(row.label), f"{row.days}\u00a0jours", text(row.article), *days(row), *origin(row, row.sources, notes))
        for row in file.starts
    ]
    fines = [
        (
            text(row.label),
            *map(whole_money, (row.natural_person, row.legal_person)),
            *map(whole_money, (row.repeat_natural_person, row.repeat_legal_person)),
            text(row.article),
            *days(row),
            *origin(row, row.sources, notes),
        )
        for row in file.fines
    ]
    written = (
        table(header, rows),
        "### Départs particuliers",
        table(("Cas", "Jours ajoutés", "Texte", "Du", "Au", *ORIGIN), starts),
        "### Amende administrative",
        table(("Manquement", *_PERSONS, "Texte", "Du", "Au", *ORIGIN), fines),
        coverage(file.first_day, file.last_day, file.coverage),
    )
    return with_sources("\n\n".join(written), notes)


_PERSONS = (
    "Personne physique",
    "Personne morale",
    "Personne physique, réitération",
    "Personne morale, réitération",
)


def _term(cap: Cap) -> str:
    if cap.adds_days is not None:
        return f"plafond ordinaire + {cap.adds_days}\u00a0jours"
    return f"{BREAK}ou ".join(_counted(rule, cap.days) for rule in cap.rules)


def _counted(rule: TermRule, days: int | None) -> str:
    return words.required("decomptes", rule).replace("} ", "}\u00a0").format(days=days)


def mentions() -> str:
    """Return the rules on the mentions of an invoice, the fine, and the words to print."""
    file, notes = texts(), Notes()
    rules = [
        (text(words.required("mentions", row.rule)), *_cited(row), *days(row), *origin(row, row.sources, notes))
        for row in file.rules
    ]
    fines = [
        (
            *map(whole_money, (row.natural_person, row.legal_person)),
            *map(whole_money, (row.repeat_natural_person, row.repeat_legal_person)),
            f"{row.repeat_within_years}\u00a0ans",
            *_cited(row),
            *days(row),
            *origin(row, row.sources, notes),
        )
        for row in file.fines
    ]
    printed = [
        (text(words.required("mentions", mention)), text(_with_blanks(pattern)))
        for mention, pattern in file.to_print.items()
    ]
    written = (
        table(("Règle", "Texte", "Identifiant", "Du", "Au", *ORIGIN), rules),
        "### Amende administrative",
        table((*_PERSONS, "Réitération dans", "Texte", "Identifiant", "Du", "Au", *ORIGIN), fines),
        "### Textes à imprimer",
        table(("Mention", "Texte à coller dans la facture"), printed),
        coverage(file.first_day, file.last_day, file.coverage),
    )
    return with_sources("\n\n".join(written), notes)


class _Cited(Protocol):
    @property
    def article(self) -> str: ...
    @property
    def identifier(self) -> str | None: ...


def _cited(row: _Cited) -> tuple[str, str]:
    return text(row.article), row.identifier or ""


def _with_blanks(pattern: str) -> str:
    """Return words to print with a blank for each figure that the day of issue gives."""
    return pattern.format(date="…", points="…", amount="…", equal_to="")
