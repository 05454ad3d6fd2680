"""The closed vocabularies shared by scenarios, actions and letters."""

from enum import StrEnum


class Rank(StrEnum):
    """How far a step goes, in rising order; the declaration order is the rank."""

    PREVENTIVE = "preventive"
    AMICABLE = "amicable"
    FORMAL = "formal"
    PRE_LITIGATION = "pre_litigation"
    LITIGATION = "litigation"

    @property
    def level(self) -> int:
        """0 for preventive up to 4 for litigation."""
        return _LEVELS[self]


_LEVELS = {rank: level for level, rank in enumerate(Rank)}


class DocumentKind(StrEnum):
    """The documents the library can produce."""

    COURTESY_NOTICE = "courtesy_notice"
    """Before the due date: a reminder that it is coming."""
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"
    """Second reminder, with the décompte of what delay already costs."""
    CALL_SCRIPT = "call_script"
    REMINDER_LETTER = "reminder_letter"
    """Last amicable letter, with the statement of account."""
    MISE_EN_DEMEURE = "mise_en_demeure"
    TERMINAL_NOTE = "terminal_note"
    """Internal: the scenario has ended and somebody must decide."""
    DEADLINE_ALERT = "deadline_alert"
    """Internal: a legal deadline is near or past."""


class Channel(StrEnum):
    """The ways a document can go out."""

    EMAIL = "email"
    POST = "post"
    REGISTERED_POST = "registered_post"
    """Registered letter with acknowledgement of receipt."""
    PHONE = "phone"
    INTERNAL = "internal"
    """To the creditor's own staff; never to the debtor."""


class StopKind(StrEnum):
    """Facts that stop dunning on some items; overlays, not states of the scenario."""

    DISPUTE = "dispute"
    PROMISE_TO_PAY = "promise_to_pay"
    PAYMENT_IN_PROCESS = "payment_in_process"
    CREDIT_NOTE_AWAITED = "credit_note_awaited"
    MEDIATION = "mediation"
    MANUAL_HOLD = "manual_hold"


class ProofKind(StrEnum):
    """What shows that a claim is certain."""

    ORDER = "order"
    DELIVERY = "delivery"
    ACCEPTANCE = "acceptance"
