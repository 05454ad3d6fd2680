"""Tables of worked cases: facts and expected results as lists a reader can check."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from law_pages import words
from law_pages.cells import BREAK, day, money, rate, table, text, whole_money
from law_pages.values import half_year

from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.jurisdictions.fr.regimes_de_prescription import regime_named
from recouvrement.jurisdictions.fr.voies_donnees import table as routes_table
from recouvrement.render import formats
from recouvrement.render.typography import spaced

NO_REVIEWER: Final = "aucun pour l'instant"
_DASH = "– "
Row = dict[str, Any]  # Any: a row of TOML


def rows_of(path: Path) -> list[Row]:
    """Return the cases of a table."""
    cases: list[Row] = tomllib.loads(path.read_text(encoding="utf-8"))["cas"]
    return cases


def cases(path: Path) -> str:
    """Return the cases of a table: title, facts, what is expected, source; the reviewer where there is one."""
    rows = [
        (
            text(row["titre"]),
            _listed("faits", row["faits"]),
            _listed("attendu", row["attendu"]),
            text(row["source"]),
            "" if row["relecteur"] == NO_REVIEWER else text(row["relecteur"]),
        )
        for row in rows_of(path)
    ]
    return table(("Cas", "Faits", "Attendu", "Source et calcul", "Relu par"), rows)


def _listed(part: str, facts: Mapping[str, object]) -> str:
    return BREAK.join(f"{text(_label(part, key))}\u00a0: {_shown(key, value)}" for key, value in facts.items())


def _label(part: str, key: str) -> str:
    names = words.section("cles")
    return names.get(f"{part}.{key}", names.get(key, key))


def _shown(key: str, value: object) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case date():
            return day(value)
        case int():
            return formats.count(value, "jour", "jours") if key == "depassement" else str(value)
        case list():
            return _list(key, value)
        case dict():
            return BREAK + BREAK.join(
                f"{_DASH}{text(_label(key, name))}\u00a0: {_shown(name, part)}" for name, part in value.items()
            )
        case _:
            return _FORMATS.get(key, _word)(key, str(value))


def _list(key: str, values: list[object]) -> str:
    shown = [_shown(key, value) for value in values]
    if not shown:
        return "néant"
    if key in _LINES:
        return BREAK + BREAK.join(f"{_DASH}{line}" for line in shown)
    return f"{formats.NARROW_NO_BREAK}; ".join(dict.fromkeys(shown))


def _word(key: str, value: str) -> str:
    return text(words.optional(f"valeurs.{key}", value))


def _sum(_: str, value: str) -> str:
    # The same key is a list of expenses among the facts, and one sum among the results.
    if re.fullmatch(r"[0-9]+(\.[0-9]{2})?", value):
        return money(value)
    on, amount, proof = value.split(" ", 2)
    return f"{_iso(on)}, {money(amount)}, {text(proof)}"


def _payment(_: str, value: str) -> str:
    on, amount = value.split()
    return f"{_iso(on)}\u00a0: {money(amount)}"


def _segment(_: str, value: str) -> str:
    first, last, days, percent, interest = value.split()
    counted = formats.count(int(days), "jour", "jours")
    return f"du {_iso(first)} au {_iso(last)}, {counted} à {rate(percent)}\u00a0: {money(interest)}"


def _reading(_: str, value: str) -> str:
    name, due_on = value.split()
    pattern = words.section("lectures").get(name.removesuffix("_then_day"), name)
    suffix = words.section("lectures")["then_day"] if name.endswith("_then_day") else ""
    return f"{pattern}{suffix}\u00a0: {_iso(due_on)}"


_TWO_FINES = re.compile(r"(?P<natural>[0-9]+) (?P<legal>[0-9]+) (?P<article>.+)")
_FOUR_FINES = re.compile(
    r"(?P<article>.+) (?P<natural>[0-9]+) (?P<legal>[0-9]+) (?P<repeat_natural>[0-9]+) (?P<repeat_legal>[0-9]+)"
)


def _fine(_: str, value: str) -> str:
    if two := _TWO_FINES.fullmatch(value):
        return f"{text(two['article'])}, {_persons(two['natural'], two['legal'])}"
    if four := _FOUR_FINES.fullmatch(value):
        repeated = _persons(four["repeat_natural"], four["repeat_legal"])
        return f"{text(four['article'])}, {_persons(four['natural'], four['legal'])}\u202f; en réitération {repeated}"
    return value


def _persons(natural: str, legal: str) -> str:
    return f"{whole_money(natural)} (personne physique) ou {whole_money(legal)} (personne morale)"


def _mention(_: str, value: str) -> str:
    name, status = value.split()
    return f"{_word('mention', name)}\u00a0: {_word('etat', status)}"


def _consequence(key: str, value: str) -> str:
    name, mark = value.split()
    effect = text(words.section("mentions").get(name, words.optional(f"valeurs.{key}", name)))
    return f"{effect[:1].lower()}{effect[1:]} ({words.confidence(mark)})"


def _refusal(_: str, value: str) -> str:
    for pattern, french in words.section("refus").items():
        found = re.fullmatch(pattern, value)
        if found:
            return spaced(french).format(
                **{name: _REFUSED[name](name, part) for name, part in found.groupdict().items()}
            )
    return f"`{value}`"


def _iso(value: str) -> str:
    return day(date.fromisoformat(value)) if re.fullmatch(r"[0-9-]{10}", value) else value


def _regime(_: str, value: str) -> str:
    return text(regime_named(value).label)


def _act(key: str, value: str) -> str:
    name, days = value.split()
    first, dots, last = days.partition("..")
    return f"{_word(key, name)}\u00a0: {f'du {_iso(first)} au {_iso(last)}' if dots else _iso(first)}"


_ROUTES = {row.id: text(row.label) for row in routes_table().routes}
_POINTS = {row.id: text(row.label) for row in routes_table().points}


def _route(_: str, value: str) -> str:
    return _ROUTES[value]


def _motive(key: str, value: str) -> str:
    route, code = value.split()
    return f"{_ROUTES[route]}\u00a0: {_POINTS.get(code) or _word(key, code)}"


def _doubt(key: str, value: str) -> str:
    route, _, code = value.rpartition(" ")
    return f"{_ROUTES[route]}\u00a0: {_word(key, code)}" if route else _word(key, code)


def _cost(_: str, value: str) -> str:
    route, name, amount = value.split()
    return f"{_ROUTES[route]}\u00a0: {_word('couts', name)}, {money(amount)}"


def _period(_: str, value: str) -> str:
    parts = value.split()
    if len(parts) == 3:
        route, name, count = parts
        delay = next(row for row in routes_table().delays if (row.route, row.id) == (route, name))
        unit = "mois" if delay.months else "jours"
        return f"{_ROUTES[route]}\u00a0: {_word('delais', name)}, {count}\u00a0{unit}"
    name, last, safe, purpose = parts
    prudent = "" if safe == last else f" ({_iso(safe)} par prudence)"
    return f"{_word('delais', name)}, {purpose} jusqu’au {_iso(last)}{prudent}"


def _clause(_: str, value: str) -> str:
    clause = PenaltyClause.of(value)
    count = f"{clause.figure.normalize():f}".replace(".", ",")
    match clause.kind:
        case PenaltyKind.FIXED:
            return rate(clause.figure)
        case PenaltyKind.LEGAL_MULTIPLE:
            return f"{count}\u00a0fois le taux légal"
        case PenaltyKind.ECB_PLUS:
            return f"BCE + {count}\u00a0points"


_Format = Callable[[str, str], str]
_REFUSED: Mapping[str, _Format] = {
    "rate": lambda _, value: rate(value),
    "floor": lambda _, value: rate(value),
    "day": lambda _, value: _iso(value),
    "last": lambda _, value: _iso(value),
    "debiteur": _word,
}
_LINES = frozenset(
    {"segments", "lectures", "paiements", "frais", "mentions", "suites", "amende", "actes", "motifs", "couts", "delais"}
)
"""Lists shown one line each."""
_FORMATS: Mapping[str, _Format] = {
    **dict.fromkeys(("montant", "principal", "interets", "total", "indemnite", "frais"), _sum),
    **dict.fromkeys(
        ("taux", "bce", "suppletif", "plancher", "public", "legal_particulier", "legal_autres", "rate", "floor"),
        lambda _, value: rate(value),
    ),
    "paiements": _payment,
    "regime": _regime,
    "actes": _act,
    **dict.fromkeys(("ouvertes", "dont_ouvertes", "conditionnelles", "non_verifiees", "fermees"), _route),
    "motifs": _motive,
    "doutes": _doubt,
    "doutes_indemnite": lambda _, value: _word("doutes", value),
    "couts": _cost,
    "sans_cout": lambda _, value: _word("couts", value),
    "delais": _period,
    "sans_delai": _period,
    "segments": _segment,
    "lectures": _reading,
    "amende": _fine,
    "refus": _refusal,
    "non_couvert": _refusal,
    "half_year": lambda _, value: _iso(value),
    "mentions": _mention,
    "suites": _consequence,
    "texte": lambda _, value: f"«\u00a0{text(value)}\u00a0»",
    "clause": _clause,
    "semestre": lambda _, value: half_year(value),
    "confiance": lambda _, value: words.confidence(value),
    "libelle": lambda _, value: f"«\u00a0{text(value)}\u00a0»",
    "secteur": lambda _, value: f"`{value}`",
    "remede": lambda key, value: f"`{value}`" if value.startswith("recouvrement ") else _word(key, value),
}
