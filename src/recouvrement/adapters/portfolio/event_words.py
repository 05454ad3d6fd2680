"""The words of ``evenements.csv``: kinds of events, proofs, acts, channels, and the cells each kind uses."""

from enum import StrEnum
from typing import Literal

from recouvrement.domain.vocabulary import Channel, LimitationActKind, ProofKind, StopKind


class Other(StrEnum):
    """The events that are not stops."""

    LIFTED = "lifted"
    NOTICE_DELIVERED = "notice_delivered"
    PROOF = "proof"
    REJECTED = "rejected"
    STEP = "step"
    ACT = "act"
    PROCEDURE = "procedure"
    PLAN = "plan"
    PLAN_DEFAULT = "plan_default"
    BOUNCED = "bounced"
    REFUSED = "refused"
    ACCEPTED = "accepted"


Kind = StopKind | Other

OneRow = Literal[
    Other.LIFTED,
    Other.NOTICE_DELIVERED,
    Other.PROOF,
    Other.REJECTED,
    Other.STEP,
    Other.ACT,
    Other.PROCEDURE,
    Other.PLAN_DEFAULT,
    Other.BOUNCED,
    Other.REFUSED,
    Other.ACCEPTED,
]
"""All but a plan, which has a row for each instalment."""

TYPES: dict[str, Kind] = {
    "litige": StopKind.DISPUTE,
    "promesse": StopKind.PROMISE_TO_PAY,
    "paiement_en_cours": StopKind.PAYMENT_IN_PROCESS,
    "avoir_attendu": StopKind.CREDIT_NOTE_AWAITED,
    "mediation": StopKind.MEDIATION,
    "suspension": StopKind.MANUAL_HOLD,
    "cession": StopKind.ASSIGNMENT,
    "affacturage": StopKind.ASSIGNMENT,
    "levee": Other.LIFTED,
    "plan": Other.PLAN,
    "defaut_de_plan": Other.PLAN_DEFAULT,
    "remise": Other.NOTICE_DELIVERED,
    "preuve": Other.PROOF,
    "rejet": Other.REJECTED,
    "relance": Other.STEP,
    "step": Other.STEP,
    "acte": Other.ACT,
    "act": Other.ACT,
    "procedure": Other.PROCEDURE,
    "adresse_rejetee": Other.BOUNCED,
    "refus_de_canal": Other.REFUSED,
    "accord_de_canal": Other.ACCEPTED,
    "dispute": StopKind.DISPUTE,
    "promise": StopKind.PROMISE_TO_PAY,
    "payment_in_process": StopKind.PAYMENT_IN_PROCESS,
    "credit_note_awaited": StopKind.CREDIT_NOTE_AWAITED,
    "hold": StopKind.MANUAL_HOLD,
    "assignment": StopKind.ASSIGNMENT,
    "factoring": StopKind.ASSIGNMENT,
    "lifted": Other.LIFTED,
    "plan_default": Other.PLAN_DEFAULT,
    "notice_delivered": Other.NOTICE_DELIVERED,
    "proof": Other.PROOF,
    "rejected": Other.REJECTED,
    "address_bounced": Other.BOUNCED,
    "channel_refused": Other.REFUSED,
    "channel_accepted": Other.ACCEPTED,
}
PROOFS = {
    "commande": ProofKind.ORDER,
    "livraison": ProofKind.DELIVERY,
    "acceptation": ProofKind.ACCEPTANCE,
    "order": ProofKind.ORDER,
    "delivery": ProofKind.DELIVERY,
    "acceptance": ProofKind.ACCEPTANCE,
}
ACTS = {
    "reconnaissance": LimitationActKind.ACKNOWLEDGEMENT,
    "demande_de_delai": LimitationActKind.REQUEST_FOR_TIME,
    "assignation": LimitationActKind.COURT_CLAIM,
    "desistement": LimitationActKind.CLAIM_WITHDRAWN,
    "rejet_de_la_demande": LimitationActKind.CLAIM_DISMISSED,
    "peremption": LimitationActKind.CLAIM_LAPSED,
    "requete_injonction": LimitationActKind.ORDER_FILED,
    "signification_injonction": LimitationActKind.ORDER_SERVED,
    "injonction_non_avenue": LimitationActKind.ORDER_VOID,
    "mesure_conservatoire": LimitationActKind.CONSERVATORY_MEASURE,
    "execution_forcee": LimitationActKind.ENFORCEMENT,
    "declaration_de_creance": LimitationActKind.INSOLVENCY_DECLARATION,
    "demande_ecrite": LimitationActKind.WRITTEN_CLAIM,
    "conciliation": LimitationActKind.CONCILIATION,
    "petite_creance": LimitationActKind.PETITE_CREANCE,
    "expertise": LimitationActKind.EXPERTISE,
    "force_majeure": LimitationActKind.FORCE_MAJEURE,
    "paiement_d_un_tiers": LimitationActKind.THIRD_PARTY_PAYMENT,
    "renonciation": LimitationActKind.WAIVER,
    **{kind.value: kind for kind in LimitationActKind},
}
CHANNELS = {
    "courriel": Channel.EMAIL,
    "courrier": Channel.POST,
    "telephone": Channel.PHONE,
    "email": Channel.EMAIL,
    "post": Channel.POST,
    "phone": Channel.PHONE,
    "sms": Channel.SMS,
}
"""Channels that may fail or be refused; a registered letter follows the postal address and needs no consent."""
YES_OR_NO = {"oui": True, "non": False, "yes": True, "no": False}

FIELDS = {
    "id": "id",
    "step": "acte",
    "until": "jusqu_au",
    "pay_by": "jusqu_au",
    "grace_days": "jours_de_grace",
    "notice_days": "preavis_jours",
    "review_on": "revoir_le",
    "cause": "motif",
    "owner": "responsable",
    "payee": "beneficiaire",
    "address": "adresse",
    "channels": "canal",
    "plan_id": "plan",
    "stop_id": "id",
    "item_ids": "facture",
    "note": "note",
    "reference": "reference",
    "action_id": "action",
    "payment_id": "reference",
    "stage": "reference",
}
"""By field of an event: the column it is read from."""

_STOP = frozenset({"montant", "jusqu_au", "revoir_le", "motif", "responsable"})
_ALWAYS = frozenset({"type", "debiteur", "date", "facture", "devise", "id", "note"})
_OF_THE_DEBTOR = _ALWAYS - {"facture", "devise"}
"""An address and a consent are the debtor's, whatever the invoice."""

USED: dict[Kind, frozenset[str]] = {
    **dict.fromkeys(StopKind, _ALWAYS | _STOP),
    StopKind.PROMISE_TO_PAY: _ALWAYS | _STOP | {"jours_de_grace"},
    StopKind.ASSIGNMENT: (_ALWAYS | _STOP | {"beneficiaire"}) - {"montant"},
    Other.LIFTED: _ALWAYS | {"reference"},
    Other.NOTICE_DELIVERED: _ALWAYS | {"reference", "action"},
    Other.PROOF: _ALWAYS | {"reference", "preuve"},
    Other.REJECTED: _ALWAYS | {"reference"},
    Other.STEP: _ALWAYS | {"reference"},
    Other.ACT: _ALWAYS | {"acte", "jusqu_au", "reference"},
    Other.PROCEDURE: _ALWAYS | {"acte", "reference"},
    Other.PLAN: _ALWAYS
    | {"montant", "jusqu_au", "jours_de_grace", "preavis_jours", "acceleration", "interets_maintenus", "reference"},
    Other.PLAN_DEFAULT: _ALWAYS | {"plan", "reference"},
    Other.BOUNCED: _OF_THE_DEBTOR | {"canal", "adresse"},
    Other.REFUSED: _OF_THE_DEBTOR | {"canal"},
    Other.ACCEPTED: _OF_THE_DEBTOR | {"canal"},
}
"""By kind of event: the columns it uses. A filled cell it would not use is a misunderstanding, not a detail."""
