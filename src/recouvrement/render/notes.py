"""What only the creditor's own staff reads: what was sent, what is at stake, what to decide."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, DeadlineKind
from recouvrement.domain.events import ActionCancelled, ActionDelivered, ActionPlanned, NoticeDelivered, StepRecorded
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Reason
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.render import formats
from recouvrement.render.alerts import AlertRow, alert_rows, alert_title

DOCUMENTS: dict[DocumentKind, str] = {
    DocumentKind.COURTESY_NOTICE: "Avis d’échéance",
    DocumentKind.REMINDER_1: "Première relance",
    DocumentKind.REMINDER_2: "Deuxième relance",
    DocumentKind.REMINDER_3: "Troisième relance",
    DocumentKind.SMS: "Message texte (SMS)",
    DocumentKind.CALL_SCRIPT: "Appel téléphonique",
    DocumentKind.REMINDER_LETTER: "Dernier rappel amiable",
    DocumentKind.MISE_EN_DEMEURE: "Mise en demeure",
    DocumentKind.LAST_NOTICE: "Dernier avis avant procédure",
    DocumentKind.STATEMENT_OF_ACCOUNT: "Relevé de compte",
    DocumentKind.DECOMPTE_ANNEX: "Décompte",
    DocumentKind.DISPUTE_ACKNOWLEDGEMENT: "Accusé de réception d’une contestation",
    DocumentKind.PROMISE_CONFIRMATION: "Confirmation d’une promesse de paiement",
    DocumentKind.BROKEN_PROMISE: "Promesse de paiement non tenue",
    DocumentKind.PLAN_PROPOSAL: "Proposition d’échéancier",
    DocumentKind.PLAN_AGREEMENT: "Échéancier et reconnaissance de dette",
    DocumentKind.PLAN_DEFAULT_NOTICE: "Notification du défaut d’un échéancier",
    DocumentKind.RECEIPT: "Reçu",
    DocumentKind.THANK_YOU: "Remerciement",
    DocumentKind.HANDOVER_COVER: "Bordereau de transmission du dossier",
    DocumentKind.ORDER_TO_PAY_SHEET: "Fiche pour une injonction de payer",
    DocumentKind.CLAIM_DECLARATION: "Déclaration de créance",
    DocumentKind.DELIVERY_SUSPENSION: "Suspension des livraisons",
    DocumentKind.STAFF_ALERT: "Alerte interne",
    DocumentKind.TERMINAL_NOTE: "Note de fin de relance",
    DocumentKind.DEADLINE_ALERT: "Alerte d’échéance légale",
}
"""French name of each document kind."""

CHANNELS: dict[Channel, str] = {
    Channel.EMAIL: "courriel",
    Channel.POST: "courrier simple",
    Channel.REGISTERED_POST: "lettre recommandée avec avis de réception",
    Channel.PHONE: "téléphone",
    Channel.SMS: "SMS",
    Channel.INTERNAL: "note interne",
}
"""French name of each channel."""

_DEBTOR_KINDS: dict[DebtorKind, str] = {
    DebtorKind.BUSINESS: "professionnel",
    DebtorKind.CONSUMER: "consommateur",
    DebtorKind.PUBLIC: "personne publique",
    DebtorKind.NON_PROFESSIONAL: "non-professionnel",
    DebtorKind.UNKNOWN: "qualité non renseignée (traité comme un consommateur)",
}

_DEADLINES: dict[str, str] = {
    DeadlineKind.PRESCRIPTION.value: "Prescription de la créance",
    DeadlineKind.DECLARATION_DE_CREANCE.value: "Déclaration de créance",
}

OUTCOMES: dict[str, str] = {
    "human_decision": "choisir la suite à donner",
    "hand_over": "transmettre le dossier à un tiers (avocat, organisme de recouvrement)",
    "injonction_de_payer": "déposer une requête en injonction de payer",
    "petite_creance": "engager la procédure simplifiée des petites créances",
    "mediation": "proposer une médiation ou une conciliation",
    "declaration_de_creance": "déclarer la créance à la procédure collective",
    "write_off": "passer la créance en perte, comme irrécouvrable",
    "write_off_doubtful": "passer la créance en créance douteuse, en poursuivant le recouvrement",
}
"""French words for each outcome a scenario may end with."""


class HistoryRow(NamedTuple):
    """One message already sent."""

    day: str
    document: str
    channel: str


class DeadlineRow(NamedTuple):
    """One legal deadline the action warns of."""

    number: str
    """Item concerned; empty for the whole case."""
    deadline: str
    last_day: str
    article: str


class Note(NamedTuple):
    """Fields of internal documents and of the call script."""

    history_rows: tuple[HistoryRow, ...]
    outcome: str
    """What the scenario asks to decide on."""
    last_day: str
    """Last day to act, of a legal deadline."""
    last_day_distance: str
    """``dans 45 jours``, ``aujourd’hui``, or ``dépassé depuis 3 jours``."""
    deadline: str
    """Name of the legal deadline."""
    deadline_rows: tuple[DeadlineRow, ...]
    alert: str
    """What a note to the staff is about."""
    alert_rows: tuple[AlertRow, ...]
    case_id: str
    debtor_kind: str
    scenario_stage: str


def note(action: Action, case: Case, *, on: date) -> Note:
    """Return what an internal document says beyond parties and amounts."""
    reasons = [reason for reason in _all(action.reasons) if reason.input("last_day")]
    days = [(date.fromisoformat(reason.input("last_day") or ""), reason) for reason in reasons]
    last_day = min((day for day, _ in days), default=None)
    names = {_deadline(reason) for reason in reasons}
    alerts = alert_rows(action, case)
    return Note(
        history_rows=_history(action, case),
        outcome=OUTCOMES.get(action.outcome or "", (action.outcome or "").replace("_", " ")),
        last_day=formats.long_date(last_day) if last_day else "",
        last_day_distance=_distance(last_day, on) if last_day else "",
        deadline=names.pop() if len(names) == 1 else "Échéance légale",
        deadline_rows=tuple(
            DeadlineRow(
                number=formats.unbroken(reason.input("item") or ""),
                deadline=_deadline(reason),
                last_day=formats.short_date(day),
                article=reason.source.article if reason.source else "",
            )
            for day, reason in days
        ),
        alert=alert_title(alerts) if alerts else "",
        alert_rows=alerts,
        case_id=case.id,
        debtor_kind=_DEBTOR_KINDS[case.debtor.kind],
        scenario_stage=f"{action.scenario}, étape {action.stage}",
    )


def _all(reasons: Iterable[Reason]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from _all(reason.parts)


def _deadline(reason: Reason) -> str:
    return _DEADLINES.get(reason.input("deadline") or "", "Échéance légale")


def _distance(last_day: date, on: date) -> str:
    days = (last_day - on).days
    if days == 0:
        return "aujourd’hui"
    written = formats.count(abs(days), "jour", "jours")
    return f"dans {written}" if days > 0 else f"dépassé depuis {written}"


def _history(action: Action, case: Case) -> tuple[HistoryRow, ...]:
    """Return the messages that showed one of the listed items, in the order they left."""
    planned = {event.action.id: event for event in case.history if isinstance(event, ActionPlanned)}
    delivered = {event.action_id: event for event in case.history if isinstance(event, ActionDelivered)}
    cancelled = {event.action_id for event in case.history if isinstance(event, ActionCancelled)}
    rows: list[tuple[date, HistoryRow]] = []
    for action_id, plan in planned.items():
        earlier = plan.action
        if action_id in cancelled or action_id == action.id or not set(earlier.listed) & set(action.listed):
            continue
        receipt = delivered.get(action_id)
        day = receipt.effective_on if receipt else plan.effective_on
        channel = CHANNELS[receipt.channel if receipt else earlier.channel]
        rows.append(
            (
                day,
                HistoryRow(
                    day=formats.short_date(day),
                    document=DOCUMENTS[earlier.document],
                    channel=channel if receipt else f"{channel} (remise non confirmée)",
                ),
            )
        )
    rows += [
        (
            event.effective_on,
            HistoryRow(
                day=formats.short_date(event.effective_on),
                document="Mise en demeure présentée",
                channel=event.reference or "",
            ),
        )
        for event in case.history
        if isinstance(event, NoticeDelivered)
    ]
    names = {item_id for one in case.items if one.id in set(action.listed) for item_id in (one.id, one.invoice_number)}
    rows += [
        (
            event.effective_on,
            HistoryRow(day=formats.short_date(event.effective_on), document=event.stage, channel="saisi à la main"),
        )
        for event in case.history
        if isinstance(event, StepRecorded) and not names.isdisjoint(event.item_ids)
    ]
    return tuple(row for _, row in sorted(rows))
