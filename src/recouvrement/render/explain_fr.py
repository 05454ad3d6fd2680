"""Reasons, holds and doubts in French words: the twin of ``explain``. Words are added to both at once.

A pattern is a piece of sentence, without capital or full stop; typography and formats are set here, so that a pattern
is written with plain spaces. ``{days:jour|jours}`` writes a number with its noun.
"""

import re
from datetime import date

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.decision import HoldKind
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Confidence
from recouvrement.render import formats
from recouvrement.render.explain_acts_fr import ACTS, EFFECTS
from recouvrement.render.explain_deadlines_fr import DEADLINES
from recouvrement.render.explain_law_fr import LAW
from recouvrement.render.explain_names_fr import NAMES
from recouvrement.render.typography import spaced
from recouvrement.render.worded import IDENTIFIERS, Language

REASONS = {
    # scenario
    "days_after": "{days:jour|jours} après {anchor} ({anchor_on})",
    "days_before": "dans les {days:jour|jours} qui précèdent {anchor} ({anchor_on})",
    "working_day": "un jour ouvré",
    "balance_at_least": "solde de {balance} pour un seuil de {at_least}",
    "stage_done": "étape {stage} faite ({done_on})",
    "all": "toutes ces conditions",
    "any": "l'une au moins de ces conditions",
    "not": "le contraire de ceci",
    "not_overdue": "pas de retard avant le lendemain du {due_on}",
    "contested_before_due_date": "une part est contestée : pas d'avis avant l'échéance",
    "already_overdue": "déjà en retard : plus rien de préventif n'est envoyé",
    "formal_needs_an_earlier_contact": "une mise en demeure n'est jamais le premier contact",
    "no_stage_due": "aucune étape n'est à faire",
    "stage_due": "l'étape {stage} est à faire ; la plus ancienne échéance, {leader}, est du {due_on}",
    "scenario_ended": "le scénario est terminé ; à décider : {outcome}",
    "approved": "approuvé par une personne (proposé le {proposed_on})",
    "led": "attend le prochain message sur {leader}, qui en fera état",
    "min_interval": "dernier contact le {last_contact_on}, au moins {interval:jour|jours} entre deux contacts",
    "non_working_day": "ce n'est pas un jour ouvré",
    "no_channel": "l'étape {stage} ne peut joindre le débiteur ({channels})",
    "claim_gate": "une mise en demeure exige : {missing}",
    "on_weekday": "{weekday} ; jours voulus : {days}",
    "day_of_month": "du {from_day} au {through_day} du mois",
    "balance_at_most": "solde de {balance}, au plus {at_most}",
    "overdue_items_at_least": "{overdue_items:échéance|échéances} en retard, au moins {at_least}",
    "days_since_last_contact": "{days:jour|jours} depuis le dernier contact ({last_contact_on})",
    "debtor_kind": "débiteur : {debtor_kind} ; voulu : {kinds}",
    "tag": "étiquette {tag}",
    "segment": "segment {segment} ; voulu : {segments}",
    "language": "langue : {language} ; voulue : {languages}",
    "payment_method": "payable par {method} ; voulu : {methods}",
    "channel_available": "joignable par {channel}",
    "promise": "dernière promesse : {promise} ; voulu : {state}",
    "claim_ready": "ce qui manque encore à une étape formelle : {missing}",
    "repeats": "faite {times} fois sur {max_times}, tous les {every_days:jour|jours} : de nouveau le {from}",
    "one_step_a_day": "une étape a eu lieu ce jour ({previous_stage_on}) : une étape par jour",
    "overdue_first": "rien de préventif tant qu'une échéance est en retard",
    "part_not_due_yet": "une part garde les dates de son échéancier",
    "time_given_to_pay": "l'étape {stage} a donné jusqu'au {pay_by} pour payer, et {grace_days:jour|jours} de grâce",
    "item_below_minimum": "moins de {at_least} y sont dus",
    "message_below_minimum": "un message demanderait moins de {at_least}",
    "sending_window": "hors des jours où les messages partent : le {leaves_on}",
    "daily_cap": "le fil a envoyé ce qu'il peut en un passage ({most:message|messages})",
    "paid_after_reminder": "payé le {paid_on}, après une relance",
    "segment_assigned": "segment {segment} : scénario {scenario}",
    "scenario_not_pinned": "décidé avec {used}, alors que le dossier a été commencé avec {pinned}",
    # facts
    "stop_placed": "{stop} depuis le {since}",
    "due_date_unknown": "aucune échéance sur la facture, dans les conditions ni dans la loi",
    "due_on_from_terms": "échéance prise des conditions de paiement : {due_on}",
    "debtor_kind_unknown": "la qualité du débiteur n'est pas connue : il est traité comme le mieux protégé",
    "credit_left_over": "{amount} de paiements ou d'avoirs restent sans emploi",
    "credit_note_without_invoice": "l'avoir {credit_note} vise la facture {invoice}, qui n'est pas au dossier",
    "allocation_without_invoice": "le paiement {payment} est affecté à {invoice}, qui n'est pas au dossier",
    "payment_applied_to_oldest": "paiement {payment} : la part sans affectation éteint d'abord les dettes anciennes",
    "credit_applied_to_oldest": (
        "avoir {credit_note} : ce qui dépasse sa facture va aux autres dettes, les plus anciennes d'abord"
    ),
    "one_indemnity_per_invoice": (
        "plusieurs échéances pour une facture : une seule indemnité est comptée ; aucun texte ne tranche"
    ),
    "notice_effect_unsettled": (
        "les intérêts courent du lendemain de la présentation du {notice_on} ; les sources divergent"
    ),
    "event_without_item": "l'événement {event} vise ce qui n'est pas au dossier ({names}) : il est sans effet",
    "awaiting_approval": "proposé le {proposed_on}, sans réponse encore",
    "approved_waiting": "approuvé ; part le premier jour où un contact peut partir",
    "refused": "une personne a refusé l'étape proposée le {proposed_on}",
    "undeliverable": "le canal ({channel}) a refusé le message pour de bon (action {action})",
    "scenario_done": "le scénario est terminé pour cette échéance : une personne a le dossier",
    "principal_settled": (
        "le principal est réglé ; les accessoires de ce qui fut payé en retard ne sont pas réclamés : {paid_late}"
    ),
    "debt_later_than_insolvency": (
        "dette née après l'ouverture de la procédure ({kind}, {opened_on}) : une personne décide comment la réclamer"
    ),
    "possible_interruption": (
        "{item} : un acte a pu interrompre le temps fini le {last_day} ; ce n'est pas calculé ici"
    ),
    "governing_law_assumed": "le débiteur est à l'étranger ({country}) : la loi française est supposée applicable",
    "publication_unknown": "procédure ouverte le {opened_on} : la date de publication au BODACC n'est pas connue",
    "scenario_not_for_kind": (
        "le scénario {scenario} n'est pas écrit pour un débiteur de cette qualité ({debtor_kind})"
    ),
    "promise_broken": "paiement de {amount} promis au plus tard le {pay_by} ; reçu : {received}",
    "requested": "document {document} demandé ; objet : {about}",
    "about_dispute": "contestation {stop_id}",
    "about_promise": "promesse {stop_id}, {received} reçus",
    "about_plan": "plan de paiement {plan_id} du {agreed_on}",
    "plan_instalment": "{amount} au plus tard le {due_on}",
    "about_plan_default": "plan de paiement {plan_id} : {expected} attendus, {received} reçus",
    "about_payment": "paiement {payment_id}",
    "settled_by_payment": "{amount} en ont été affectés à {item}",
    "left_out_of_file": "{item} n'est pas transmis : il en reste {amount}",
    "about_insolvency": "{kind} ouvert le {opened_on}",
    "plan_active": "plan de paiement {plan_id} depuis le {since}",
    "plan_in_default": "plan {plan_id} : échéance du {due_on} manquée ; reçu : {received}, pour {expected}",
    "plan_ended": "plan {plan_id} : fini {notice_days:jour|jours} après l'avis de l'échéance manquée du {due_on}",
    "plan_ended_by_dates": "plan {plan_id} : fini ; {deferred} gardent les dates de leurs échéances",
    "due_by_plan": "plan {plan_id} : {amount} dus le {due_on} ; aucun intérêt avant",
    "plan_interest_unsettled": (
        "plan {plan_id} : aucun accord connu sur les intérêts ; chaque échéance n'en porte qu'à compter de sa propre "
        "date, non du {due_on}"
    ),
    "stop_review": "{stop} depuis le {since}, à revoir le {review_on} ({owner})",
    "gate_lacks": "l'étape {stage} attend {missing} ; il y faut {supplied_by}",
    "gate_waits_for_dispute": (
        "l'étape {stage} attend la fin du litige {stop_id}, ouvert depuis le {since} ; il y faut {supplied_by}"
    ),
    "debtor_unreachable": "l'étape {stage} ne joint le débiteur par aucun moyen ({channels}) ; il y faut {supplied_by}",
    "message_refused": "le canal ({channel}) a refusé pour de bon le message {action} ; il y faut {supplied_by}",
    "proposal_unanswered": (
        "l'étape {stage}, proposée le {proposed_on}, est sans réponse depuis {days:jour|jours} ; "
        "il y faut {supplied_by}"
    ),
    "end_unanswered": (
        "à décider depuis le {ended_on} : {outcome} ; rien d'enregistré en {days:jour|jours} ; il y faut {supplied_by}"
    ),
    "direct_debit_silent": "prélèvement du {due_on} : ni paiement ni rejet connus",
    "direct_debit_not_rejected": "prélevé le {due_on} : aucun rejet n'est connu",
    "attachment_missing": "le fichier de {file} est introuvable : le message part sans lui",
    "attachment_unreadable": "le fichier de {file} est illisible ou n’est pas un PDF : le message part sans lui",
    "address_line_too_long": "« {line} » dépasse {most} caractères : le tri postal peut ne pas lire cette adresse",
    "attachment_left_out": "{file} rendrait le message trop lourd : il part sans ce fichier",
    "stale_bank_data": "les paiements ne sont connus que jusqu'au {through}, il y a plus de {max_days:jour|jours}",
    "bank_data_date_unknown": (
        "des paiements connus depuis {max_days:jour|jours} au plus sont voulus ; jusqu'à quel jour ils le sont n'est "
        "pas dit"
    ),
    # deadlines
    "deadline": "{deadline} : dernier jour le {last_day} (régime : {regime})",
    "step_not_known": "l'étape {step} du {on} n'est pas de celles dont les délais sont connus ici",
    "procedural_deadline": "{deadline}, depuis le {since} : {what}, au plus tard le {last_day}",
    "wait_over": "{deadline}, depuis le {since} : l'attente a fini le {last_day} ; {what}",
    "barred": "prescrit : le dernier jour était le {last_day} (régime : {regime})",
}

HOLDS = {
    HoldKind.SETTLED: "le principal est réglé",
    HoldKind.WAITING: "rien n'est à faire aujourd'hui",
    HoldKind.LED: "attend le prochain message de l'échéance la plus ancienne",
    HoldKind.MIN_INTERVAL: "trop tôt après le dernier contact",
    HoldKind.NON_WORKING_DAY: "ce n'est pas un jour ouvré",
    HoldKind.AWAITING_APPROVAL: "attend l'approbation d'une personne",
    HoldKind.AWAITING_HUMAN: "entre les mains d'une personne",
    HoldKind.CLAIM_GATE: "pas encore prêt pour une mise en demeure",
    HoldKind.NO_CHANNEL: "le débiteur ne peut être joint par les moyens de l'étape",
    HoldKind.NO_DUE_DATE: "aucune échéance n'est connue",
    HoldKind.BARRED: "prescrit",
    HoldKind.INSOLVENCY: "une procédure collective est ouverte",
    HoldKind.DISPUTE: "contesté",
    HoldKind.PROMISE_TO_PAY: "paiement promis",
    HoldKind.PAYMENT_IN_PROCESS: "paiement en cours",
    HoldKind.CREDIT_NOTE_AWAITED: "avoir attendu",
    HoldKind.MEDIATION: "en médiation",
    HoldKind.MANUAL_HOLD: "suspendu à la main",
    HoldKind.BELOW_MINIMUM: "trop peu pour un message",
    HoldKind.DAILY_CAP: "le fil a envoyé ce qu'il peut en un passage",
    HoldKind.DIRECT_DEBIT: "attend le rejet du prélèvement",
    HoldKind.STALE_BANK_DATA: "les paiements connus sont trop anciens",
    HoldKind.ASSIGNMENT: "créance cédée",
    HoldKind.PAYMENT_PLAN: "un plan de paiement est en cours",
}

_PHRASES = {
    "unknown": "néant",
    "from": ", à compter du {until}",
    "case": "Dossier {case}, le {on}",
    "actions": "À faire",
    "nothing": "Rien à faire le {on}",
    "action": "{document} par {channel} : {items}, {principal}",
    "call": "{document} : {items}, {principal}",
    "approval": "{document} par {channel}, à approuver : {items}, {principal}",
    "alert": "pour le service, {document} : {items}",
    "terminal": "pour le service, {document} : {items}",
    "pay_by": ", à payer au plus tard le {day}",
    "stage": " (étape {stage})",
    "held": "Rien n'est fait pour",
    "hold": "{item} : {why}",
    "then": ", puis {stage}",
    "until": ", jusqu'au {until}",
    "whole": "tout le dossier",
    "sums": "Ce qui est dû, et pourquoi : {total}",
    "sum": (
        "{item} : {principal} de principal, {interest} d'intérêts, {indemnity} d'indemnité, {days:jour|jours} de retard"
    ),
    "segment": "{amount} : {principal} à {rate} % du {from} au {through}, {days:jour|jours}",
    "deadlines": "Délais",
    "deadline": "{item} : {deadline}, dernier jour le {last_day} ({regime})",
    "path": "{on} : {act}, {effect}",
    "doubts": "Doutes",
    "doubt": "{item} : {why}",
    "next": "À revoir le {on}",
    "never": "À revoir seulement si un fait nouveau arrive",
    "made_with": (
        "Décidé avec le scénario {scenario} {hash}, le droit {edition}, la version {version}, "
        "{events:événement connu|événements connus}"
    ),
}

_AUTHORITIES = {
    Authority.LAW: "loi",
    Authority.CONTRACT: "contrat",
    Authority.POLICY: "politique",
    Authority.FACT: "fait",
}

_MONEY = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ([A-Z]{3})")
_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BEFORE_SIGN = re.compile(r"\} (?=[%€])")


class _Counted(str):
    """A value that may be written with its noun: ``{days:jour|jours}``."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, _, many = spec.partition("|")
        if not many:
            return str(self)
        return formats.count(int(self), one, many) if self.lstrip("-").isdecimal() else f"{self} {many}"


def value(name: str, text: str) -> str:
    """Return an input as French writes it: a day in full, an amount, a decimal comma, the name of a code.

    >>> value("due_on", "2026-12-01").replace(formats.NO_BREAK, " "), value("rate", "12.40"), value("item", "F1.20")
    ('1er décembre 2026', '12,40', 'F1.20')
    """
    if name in IDENTIFIERS:
        return text
    named = _named(text)
    if named is not None:
        return spaced(named)
    money = _MONEY.fullmatch(text)
    if money is not None and money[2] in DECIMALS:
        return formats.money(Money.of(money[1], money[2]))
    if _NUMBER.fullmatch(text):
        return text.replace(".", ",")
    return _Counted(_DAY.sub(_long_day, text))


def _named(text: str) -> str | None:
    """Return the name of a code, of several, or of a dated value of a series; ``None`` when one has no name."""
    series, _, day = text.partition(":")
    if series == "stage":
        return f"l'étape {day}"
    if series in NAMES and _DAY.fullmatch(day):
        return f"{NAMES[series]}, {_DAY.sub(_long_day, day)}"
    words = [NAMES.get(word) or ACTS.get(word) for word in text.split(" ")]
    return None if None in words else ", ".join(word for word in words if word)


def _long_day(found: re.Match[str]) -> str:
    try:
        return formats.long_date(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def set_text(pattern: str) -> str:
    """Return a pattern with the no-break spaces and apostrophes of French; what its values hold is left alone."""
    return _BEFORE_SIGN.sub(f"}}{formats.NO_BREAK}", spaced(pattern))


FRENCH = Language(
    code="fr",
    reasons=(REASONS, LAW, DEADLINES),
    holds=HOLDS,
    acts=ACTS,
    effects=EFFECTS,
    authorities=_AUTHORITIES,
    marks={mark: NAMES[mark.value] for mark in Confidence},
    phrases=_PHRASES,
    value=value,
    set_text=set_text,
)
