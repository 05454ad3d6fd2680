"""Conventions and doubts of a décompte put in French, with the values they hold."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from recouvrement.domain.decision import Doubt
from recouvrement.domain.decompte import NOT_FROZEN, Decompte, DecompteItem
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Confidence
from recouvrement.render import formats
from recouvrement.render.decompte_doubts import CONDITIONS, DAYS, DOUBTS, NOT_FROZEN_DOUBT, PHRASES, STARTS
from recouvrement.render.escaping import folded
from recouvrement.render.typography import spaced

Shown = Callable[[str], str]
"""How a value that comes from a file is printed; sentences written here need nothing."""

_CONVENTIONS = {
    "due_day_excluded": "Le jour de l'échéance n'est pas compté : les intérêts courent au plus tôt du lendemain.",
    "notice_day_excluded": (
        "Les intérêts au taux légal courent du lendemain de la mise en demeure ; le jour de celle-ci n'est pas compté."
    ),
    "enforceable_day_excluded": (
        "Les intérêts courent du lendemain du jour où la décision est devenue exécutoire ; ce jour n'est pas compté."
    ),
    "day_count:act/365": "Intérêts = base × taux annuel × nombre de jours / 365, années bissextiles comprises.",
    "day_count:act/act": (
        "Intérêts = base × taux annuel × nombre de jours / durée de l'année (365 ou 366), comme le contrat le prévoit."
    ),
    "day_count:act/360": "Intérêts = base × taux annuel × nombre de jours / 360, comme le contrat le prévoit.",
    "rounded_half_up_per_segment": (
        "Chaque ligne d'intérêts est arrondie une seule fois, au plus proche, à la plus petite unité de la monnaie "
        "(le centime pour l'euro), et vers le haut à égale distance."
    ),
    "vat_included_base": "Les sommes facturées, donc la base des intérêts, sont toutes taxes comprises.",
    "payment_day_included": "Le jour d'un paiement est compté ; le paiement réduit la base à compter du lendemain.",
    "imputation:interest_first": (
        "Un paiement partiel éteint d'abord les intérêts, puis le principal (C. civ. art. 1343-1)."
    ),
    "imputation:principal_first": (
        "Avec l'accord du créancier, un paiement partiel éteint d'abord le principal, puis les intérêts "
        "(C. civ. art. 1343-1)."
    ),
    "half_years:re_anchored": "Chaque semestre a son taux : il peut changer le 1er janvier et le 1er juillet.",
    "half_years:fixed_at_start": "Le taux du semestre où le retard a commencé est gardé jusqu'à la fin du retard.",
    "half_years:not_frozen": (
        "Tant que le texte ne fige pas le taux par semestre, il suit chaque opération de refinancement de la BCE."
    ),
    "half_years:fixed_not_frozen": "Le taux du jour où le retard a commencé est gardé jusqu'à la fin du retard.",
    "debt_chosen_by_debtor": "Un paiement éteint la dette que le débiteur a désignée (C. civ. art. 1342-10).",
    "interest_compounded_yearly": (
        "Les intérêts dus pour une année entière s'ajoutent à la base et portent intérêt (C. civ. art. 1343-2) ; "
        "ils ne sont pas dus une seconde fois."
    ),
    "interest_stopped_by_insolvency": (
        "L'ouverture de la procédure arrête le cours des intérêts ; le jour de l'ouverture n'est pas compté."
    ),
    "credit_note_from_the_start": "Un avoir réduit le principal dès l'origine : il n'a pas porté intérêt.",
    "deferred_left_out": (
        "Ce que l'échéancier laisse à ses dates n'est pas demandé ici et ne porte pas intérêt dans ce décompte."
    ),
    "due_by_plan": (
        "L'échéancier a pris fin sans que le tout devienne exigible : chaque échéance garde sa date, et ne porte pas "
        "intérêt avant."
    ),
    "contested_left_out": "La part contestée n'est pas demandée ici ; elle ne porte pas intérêt dans ce décompte.",
}

_SERIES = {
    "taux_bce_refinancement": "Taux de refinancement de la BCE",
    "taux_interet_legal_autres": "Taux de l'intérêt légal (créancier professionnel)",
    "taux_interet_legal_particulier": "Taux de l'intérêt légal (créancier particulier)",
    "penalites_marge_bce": "Majoration du taux de la BCE entre professionnels",
    "marge_debiteur_public": "Majoration du taux de la BCE due par les personnes publiques",
    "penalites_plancher_multiple": "Plancher des clauses de pénalités",
    "majoration_judiciaire": "Majoration du taux légal après une décision de justice",
    "indemnite_forfaitaire": "Montant de l'indemnité forfaitaire",
    "indemnite_forfaitaire_publique": "Montant de l'indemnité forfaitaire due par les personnes publiques",
}
"""French name of a series of legal figures, by the end of its identifier."""

_READINGS = {
    "re_anchored": "un nouveau taux est pris ici à chaque semestre",
    "fixed_at_start": "le taux du semestre où il a commencé est gardé ici jusqu'à la fin",
}

CONFIDENCE = {
    Confidence.SINGLE: "une seule source",
    Confidence.SECONDARY: "sources secondaires",
    Confidence.FROM_MEMORY: "sans source retrouvée",
    Confidence.UNSETTLED: "point non tranché",
    Confidence.UNVERIFIED: "non vérifié",
}

_NOT_FROZEN_READINGS = {
    "re_anchored": "le nouveau taux est pris ici à chaque changement",
    "fixed_at_start": "le taux du premier jour est gardé ici jusqu'à la fin",
}

_DAY_COUNTS = {"act/act": "durée de l'année", "act/360": "360 jours"}

_MARKS = {mark.value: words for mark, words in CONFIDENCE.items()}
_CHOICES: dict[str, str] = _READINGS | _DAY_COUNTS | STARTS | CONDITIONS | _MARKS

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MONEY = re.compile(r"([0-9]+(?:\.[0-9]+)?) ([A-Z]{3})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def convention_words(code: str) -> str:
    """Return what a convention means, in one sentence; a code that has no words is returned as it is.

    >>> convention_words("vat_included_base")
    'Les sommes facturées, donc la base des intérêts, sont toutes taxes comprises.'
    """
    return spaced(_CONVENTIONS.get(code, code)).replace("C. civ. art. ", "C.\u00a0civ. art.\u00a0")


def shared_conventions(decompte: Decompte) -> list[str]:
    """Return the conventions that no item contradicts, in words."""
    return [convention_words(code) for code in decompte.conventions if not _has_rival(code, decompte)]


def own_conventions(item: DecompteItem, decompte: Decompte) -> list[str]:
    """Return the conventions of an item that another item contradicts, in words."""
    return [convention_words(code) for code in item.conventions if _has_rival(code, decompte)]


def _has_rival(code: str, decompte: Decompte) -> bool:
    return any(other != code and _subject(other) == _subject(code) for other in decompte.conventions)


def _subject(code: str) -> str:
    return "first_day" if code.endswith("_day_excluded") else code.partition(":")[0]


def doubts_in_words(decompte: Decompte, shown: Shown = folded) -> list[tuple[Doubt, str]]:
    """Return the doubts of a décompte, each with its sentence; ``shown`` prints the values they hold."""
    is_frozen = not set(NOT_FROZEN.values()) & set(decompte.conventions)
    return [(doubt, doubt_words(doubt, shown, is_frozen=is_frozen)) for doubt in decompte.doubts]


def doubt_words(doubt: Doubt, shown: Shown = folded, *, is_frozen: bool = True) -> str:
    """Return a doubt in French, with its article; one that has no words is named by its code.

    The item it concerns is left out. ``shown`` prints the values it holds; ``is_frozen`` says whether the rates it is
    about are those of half-years.
    """
    if doubt.code == "half_years_reading_unsettled" and not is_frozen:
        reading = _NOT_FROZEN_READINGS.get(doubt.reason.input("reading") or "", "")
        words = spaced(DOUBTS[NOT_FROZEN_DOUBT].format(reading=reading))
        return words if doubt.reason.source is None else _with_article(words, doubt.reason.source.article, shown)
    facts = _Facts({name: _fact(name, value, shown) for name, value in doubt.reason.inputs})
    for name, phrase in PHRASES.items():
        if name in facts:
            facts[f"{name}_phrase"] = spaced(phrase).format_map(facts)
    pattern = DOUBTS.get(doubt.code)
    facts["code"] = shown(doubt.code)
    words = spaced(pattern or "Point non rédigé : {code}.").format_map(facts)
    source = doubt.reason.source
    return words if source is None else _with_article(words, source.article, shown)


def _with_article(words: str, article: str, shown: Shown) -> str:
    return f"{words.removesuffix('.')} ({spaced(shown(article))})."


def marked(article: str, confidence: Confidence, shown: Shown = folded) -> str:
    """Return an article as a line cites it, with the mark of a figure that is not firmly established."""
    cited = spaced(shown(article))
    return cited if confidence.is_firm else f"{cited} ({CONFIDENCE[confidence]})"


class _Facts(dict[str, str]):
    """Inputs of a doubt; one that a sentence expects and the doubt lacks is left out."""

    def __missing__(self, key: str) -> str:
        return ""


def _fact(name: str, value: str, shown: Shown) -> str:
    match name:
        case "value" | "parameter":
            return _series(value, shown)
        case "reading" | "confidence" | "day_count" | "missing" | "start_is" | "conditions":
            return ", ".join(spaced(_CHOICES.get(code, shown(code))) for code in value.split())
        case "rate" | "floor":
            return formats.rate(Decimal(value)) if _NUMBER.fullmatch(value) else shown(value)
        case "amount" if (found := _MONEY.fullmatch(value)) is not None:
            return formats.money(Money.of(found[1], found[2]))
        case _ if name in DAYS:
            return _day(value, shown)
        case _:
            return shown(value)


def _day(value: str, shown: Shown) -> str:
    """Return a date as French writes it."""
    return formats.long_date(date.fromisoformat(value)) if _DAY.fullmatch(value) else shown(value)


def _series(value: str, shown: Shown) -> str:
    """Return the French name of ``fr.taux_bce_refinancement:2026-07-01``, or the identifier when it has none."""
    identifier, _, first_day = value.partition(":")
    name = _SERIES.get(identifier.rpartition(".")[2])
    if name is None:
        return shown(value)
    since = f" en vigueur depuis le {_day(first_day, shown)}" if first_day else ""
    return spaced(name) + since
