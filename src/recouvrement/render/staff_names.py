"""French names that notes to the staff give to documents, channels and outcomes."""

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind

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

CLOSED_AGAINST_PUBLIC_BODIES = frozenset({"injonction_de_payer", "petite_creance", "petites_creances"})
"""Steps no public body may be met with."""


def outcome_words(outcome: str, debtor_kind: DebtorKind) -> str:
    """Return what a scenario asks to decide on, with a warning where that way is closed against the debtor."""
    words = OUTCOMES.get(outcome, outcome.replace("_", " "))
    is_closed = debtor_kind is DebtorKind.PUBLIC and outcome in CLOSED_AGAINST_PUBLIC_BODIES
    return f"{words} (voie fermée envers une personne publique)" if is_closed else words
