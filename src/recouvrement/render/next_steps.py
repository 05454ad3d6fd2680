"""The step a last notice announces, in words for the debtor: it says what is decided, and threatens with nothing."""

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.parties import Collector, DebtorKind
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.parties import writer
from recouvrement.render.staff_names import CLOSED_AGAINST_PUBLIC_BODIES

NEXT_STEPS: dict[str, str] = {
    "hand_over": "la remise du dossier à notre conseil, chargé de demander le paiement en justice",
    "injonction_de_payer": "le dépôt d’une requête en injonction de payer (articles 1405 et suivants du Code de "
    "procédure civile)",
    "petite_creance": "la procédure simplifiée de recouvrement des petites créances (article L125-1 du Code des "
    "procédures civiles d’exécution)",
    "petites_creances": "la procédure simplifiée de recouvrement des petites créances (article L125-1 du Code des "
    "procédures civiles d’exécution)",
    "refere_provision": "une demande de provision devant le juge des référés",
    "assignation": "une demande en paiement devant la juridiction compétente",
}
"""Outcomes of scenarios and routes of the law that may be announced.

A proposal to write off or a decision still to be taken is not a step: announcing it would be a notice of nothing.
"""

_MANDATED: dict[str, str] = {
    "hand_over": "la remise du dossier à son conseil, chargé d’en demander le paiement en justice",
}
"""From a mandated collector, whose mandate ends with the amicable phase: the creditor takes the step."""

_ANSWERS: dict[str, str] = {
    "injonction_de_payer": "Vous pourrez former opposition à l’ordonnance.",
    "petite_creance": "Vous pourrez accepter ou refuser cette procédure.",
    "petites_creances": "Vous pourrez accepter ou refuser cette procédure.",
    "refere_provision": "Vous pourrez y faire valoir vos arguments.",
    "assignation": "Vous pourrez y faire valoir vos arguments.",
}
"""What a debtor may do once the step is taken: an order to pay is made without hearing him."""


def next_answer(action: Action) -> str:
    """Return the sentence that says how the step may be answered; empty where nothing is certain."""
    return _ANSWERS.get(action.outcome or "", "") if action.document is DocumentKind.LAST_NOTICE else ""


def next_step(action: Action, case: Case) -> str:
    """Return the step in words; empty for another document. Raises ``RenderError`` for one that may not be named."""
    if action.document is not DocumentKind.LAST_NOTICE:
        return ""
    debtor_kind = case.debtor.kind
    words = NEXT_STEPS.get(action.outcome or "")
    is_closed = debtor_kind is DebtorKind.PUBLIC and action.outcome in CLOSED_AGAINST_PUBLIC_BODIES
    if words is None or is_closed:
        raise RenderError(
            where=f"action {action.id}, outcome",
            found=f"{action.outcome or 'nothing'} may not be announced to a {debtor_kind.value} debtor",
            hint=f"Announce what is decided, one of {', '.join(NEXT_STEPS)}; send no last notice otherwise.",
        )
    return _MANDATED.get(action.outcome or "", words) if isinstance(writer(action, case), Collector) else words
