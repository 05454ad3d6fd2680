"""Conventions and doubts of a décompte, in French sentences."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from recouvrement.domain.decision import Doubt
from recouvrement.domain.decompte import NOT_FROZEN, Decompte, DecompteItem
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Confidence
from recouvrement.render import formats
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
    "contested_left_out": "La part contestée n'est pas demandée ici ; elle ne porte pas intérêt dans ce décompte.",
}

NOT_FROZEN_DOUBT = "half_years_reading_unsettled:not_frozen"
"""The doubt on half-years, where the rate was not yet frozen by half-year."""

_DOUBTS = {
    "weak_source": "{value} : {confidence} ; à comparer avec la publication officielle.",
    "half_years_reading_unsettled": (
        "Aucune décision ne dit quel taux suit un retard à cheval sur deux semestres entre professionnels : {reading}."
    ),
    NOT_FROZEN_DOUBT: (
        "Aucune décision ne dit quel taux suit, entre professionnels, un retard au cours duquel le taux légal change : "
        "{reading}."
    ),
    "imputation_unsettled": (
        "Il n'est pas tranché que les pénalités de retard soient des intérêts pour l'imputation des paiements : "
        "elles sont traitées ici comme tels, et éteintes d'abord."
    ),
    "rate_not_published": (
        "{parameter} : valeur non publiée{expected_on_phrase}. Aucun intérêt n'est compté à compter du {from}."
    ),
    "rule_not_covered": (
        "Une règle ou un montant légal n'est pas couvert{through_phrase}{from_phrase} : rien n'en est compté."
    ),
    "clause_below_floor": (
        "Semestre commençant le {half_year} : le taux de la clause ({rate}) est inférieur au plancher légal "
        "({floor}). Aucun intérêt n'y est compté."
    ),
    "floor_unknown": (
        "Semestre commençant le {half_year} : le plancher légal n'est pas connu, la clause n'y est pas vérifiée."
    ),
    "rate_below_clause_floor": (
        "Semestre commençant le {half_year} : une clause à {rate} serait inférieure au plancher légal ({floor})."
    ),
    "clause_not_applied": "La clause de pénalités n'est pas appliquée : elle ne lie pas un débiteur de cette qualité.",
    "rate_not_the_public_one": "Le taux fourni ({rate}) n'est pas celui que le texte fixe aux personnes publiques.",
    "notice_assumed": "Une mise en demeure est supposée : les intérêts sont comptés à compter du {from}.",
    "increase_of_granted_rate_unsettled": (
        "Il n'est pas tranché que la majoration du taux légal s'ajoute au taux accordé ({rate}) : non ajoutée."
    ),
    "notice_effect_unsettled": (
        "Les intérêts courent du lendemain de la mise en demeure du {notice_on} ; les sources divergent sur le jour "
        "où elle prend effet."
    ),
    "notice_before_delay": (
        "La mise en demeure du {notice_on} précède le retard (échéance le {due_on}) : aucun intérêt n'en court."
    ),
    "debtor_kind_unknown": "La qualité du débiteur n'est pas connue : il est traité comme un consommateur.",
    "private_creditor": (
        "Le créancier est un particulier : il est traité comme extérieur aux pénalités et à l'indemnité entre "
        "professionnels, faute de texte qui tranche."
    ),
    "interest_before_judgment_not_counted": (
        "Ce qui a pu courir entre l'échéance du {due_on} et le {through} n'est pas compté ici : la décision le dit."
    ),
    "increase_may_be_reduced": "Le juge de l'exécution peut réduire ou écarter la majoration du taux légal.",
    "compounding_anniversaries": (
        "La capitalisation est répétée à chaque anniversaire sans nouvelle demande ; aucun texte lu ne le dit."
    ),
    "rate_not_frozen": (
        "Le taux n'était pas encore figé par semestre : celui de la dernière opération connue chaque jour est pris."
    ),
    "contract_date_unknown": (
        "La majoration en vigueur depuis le {from} vaut pour les contrats conclus à compter de ce jour ; la date du "
        "contrat n'est pas connue."
    ),
    "public_contract_date_unknown": (
        "Les huit points et l'indemnité valent pour les contrats publics conclus à compter du {from} ; la date du "
        "contrat n'est pas connue."
    ),
    "insolvency_exception_not_applied": (
        "Le texte qui arrête le cours des intérêts à l'ouverture de la procédure n'a pas été lu ; ses exceptions, dont "
        "celle des paiements différés d'un an ou plus, ne sont pas appliquées."
    ),
    "insolvency_stop_from_memory": (
        "L'arrêt du cours des intérêts en cas de surendettement est donné sans source retrouvée : à vérifier."
    ),
    "costs_stay_with_creditor": (
        "Les frais de recouvrement amiable restent à la charge du créancier : non comptés ({proofs})."
    ),
    "costs_not_counted": (
        "Frais non comptés, faute d'avoir été engagés pour recouvrer cette créance en retard, avant toute procédure "
        "collective, contre un débiteur qui en doit : {proofs}."
    ),
    "day_count_not_applied": (
        "Le diviseur prévu au contrat ({day_count}) n'est pas appliqué à un taux fixé par la loi : 365 jours."
    ),
    "interest_since_the_ruling": (
        "Les intérêts entre le prononcé de la décision et le jour où elle est devenue exécutoire ne sont pas comptés : "
        "ils peuvent être dus."
    ),
    "indemnity_rank_unsettled": (
        "Il n'est pas tranché à quel rang un paiement éteint l'indemnité forfaitaire : elle est laissée à part."
    ),
    "compounding_after_payment": (
        "Les intérêts qu'un paiement laisse dus sont tenus pour courus depuis moins d'un an : ils ne portent pas "
        "encore intérêt."
    ),
    "minimum_bid_rate": "Le taux minimal de soumission est pris : le taux marginal de l'époque n'est pas connu.",
    "old_public_rule_not_read": "L'ancien texte applicable aux personnes publiques n'a pas été lu : à vérifier.",
    "dates_unknown": "Sans dates, ni le plancher des clauses ni le changement de semestre n'ont été vérifiés.",
    "credit_left_over": "{amount} de paiements ou d'avoirs restent sans emploi.",
    "credit_note_without_invoice": "L'avoir {credit_note} vise la facture {invoice}, qui n'est pas au dossier.",
    "allocation_without_invoice": "Le paiement {payment} vise la facture {invoice}, qui n'est pas au dossier.",
    "payment_applied_to_oldest": "La part du paiement {payment} sans affectation éteint d'abord les dettes anciennes.",
    "credit_applied_to_oldest": "Le reste de l'avoir {credit_note} éteint d'abord les dettes anciennes.",
    "due_date_unknown": "L'échéance n'est pas connue : la créance n'est pas comptée ici.",
    "one_indemnity_per_invoice": (
        "La facture a plusieurs échéances : une seule indemnité est comptée, aucun texte ne dit s'il en faut une par "
        "échéance."
    ),
    "indemnity_in_other_currency": (
        "L'indemnité forfaitaire, fixée en euros, n'est pas convertie en {currency} : elle n'est pas comptée."
    ),
    "delay_begun_before_indemnity": (
        "Le retard a commencé le {late_from}, avant l'entrée en vigueur de l'indemnité forfaitaire ({in_force_from}) : "
        "elle n'est pas comptée."
    ),
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

_PHRASES = {
    "from": " à compter du {from}",
    "through": " jusqu'au {through}",
    "expected_on": " (attendue d'ici au {expected_on})",
}
"""What a sentence adds where the doubt holds that input."""

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

_CHOICES: dict[str, str] = _READINGS | _DAY_COUNTS | {mark.value: words for mark, words in CONFIDENCE.items()}

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
        words = spaced(_DOUBTS[NOT_FROZEN_DOUBT].format(reading=reading))
        return words if doubt.reason.source is None else _with_article(words, doubt.reason.source.article, shown)
    facts = _Facts({name: _fact(name, value, shown) for name, value in doubt.reason.inputs})
    for name, phrase in _PHRASES.items():
        if name in facts:
            facts[f"{name}_phrase"] = spaced(phrase).format_map(facts)
    pattern = _DOUBTS.get(doubt.code)
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
        case "reading" | "confidence" | "day_count":
            return spaced(_CHOICES.get(value, shown(value)))
        case "rate" | "floor":
            return formats.rate(Decimal(value)) if _NUMBER.fullmatch(value) else shown(value)
        case "amount" if (found := _MONEY.fullmatch(value)) is not None:
            return formats.money(Money.of(found[1], found[2]))
        case "from" | "through" | "expected_on" | "half_year" | "late_from" | "in_force_from" | "due_on" | "notice_on":
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
