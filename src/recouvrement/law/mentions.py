"""What an invoice prints about payment, and what a check of its compulsory mentions answers."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import StringConstraints

from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Reason, Source
from recouvrement.domain.values import CivilDate, Value

PASSAGE = 4_000
"""Characters kept of what a text says on one subject."""

Passage = Annotated[str, StringConstraints(min_length=1, max_length=PASSAGE, strip_whitespace=True)]
"""Some sentences of an invoice, as printed."""


class Mention(StrEnum):
    """A mention about payment."""

    DUE_DATE = "due_date"
    PENALTY_RATE = "penalty_rate"
    INDEMNITY = "indemnity"
    DISCOUNT = "discount"
    BILLING_ADDRESS = "billing_address"
    ORDER_NUMBER = "order_number"


class MentionStatus(StrEnum):
    """What was found of a mention."""

    PRESENT = "present"
    MISSING = "missing"
    INSUFFICIENT = "insufficient"
    """Printed, but not what the law asks: a formula instead of a date, a rate below the floor, no amount."""
    NOT_ALLOWED = "not_allowed"
    """Printed, though it may not be claimed from this debtor or at that amount."""
    CANNOT_TELL = "cannot_tell"
    """It depends on a fact that the invoice does not show, or the words can be read in two ways."""

    @property
    def is_fault(self) -> bool:
        """Whether the invoice is to be corrected."""
        return self in {MentionStatus.MISSING, MentionStatus.INSUFFICIENT, MentionStatus.NOT_ALLOWED}


class PrintedMentions(Value):
    """What an invoice prints about payment, each text as it stands on the invoice; ``None`` where there is nothing.

    >>> from datetime import date
    >>> printed = PrintedMentions(
    ...     debtor_kind=DebtorKind.BUSINESS,
    ...     issued_on=date(2026, 11, 2),
    ...     due_on=date(2026, 12, 2),
    ...     penalty_text="3 fois le taux d'intérêt légal",
    ...     indemnity_text="40 €",
    ...     discount_text="néant",
    ... )
    """

    debtor_kind: DebtorKind
    issued_on: CivilDate
    due_on: CivilDate | None = None
    """The date of payment, if the invoice shows one: the last of them where it is paid in parts."""
    terms_text: Passage | None = None
    """The term in words, such as ``30 jours fin de mois``."""
    penalty_text: Passage | None = None
    indemnity_text: Passage | None = None
    """What it says of the fixed recovery indemnity."""
    discount_text: Passage | None = None
    """What it says of early payment."""
    has_other_billing_address: bool | None = None
    """Whether the buyer's billing address differs from its address; ``None``: not known."""
    shows_billing_address: bool = False
    has_purchase_order: bool | None = None
    """Whether the buyer issued a purchase order before; ``None``: not known."""
    shows_order_number: bool = False


class Finding(NamedTuple):
    """One mention checked."""

    mention: Mention
    status: MentionStatus
    found: str | None
    """What the invoice prints, or the part of it that counts."""
    to_print: str | None
    """Words ready to paste into the invoice; ``None`` when there is nothing to add."""
    source: Source
    reason: Reason


class MentionsFine(NamedTuple):
    """The most that faulty mentions may cost, in euros, as an administrative fine."""

    natural_person: Decimal
    legal_person: Decimal
    repeat_natural_person: Decimal
    repeat_legal_person: Decimal
    repeat_within_years: int | None
    """``None``: not stated with the amounts."""
    source: Source


class MentionsReport(NamedTuple):
    """What a check of the mentions about payment found."""

    complete: bool | None
    """``None``: nothing is known to be missing, but a mention could not be judged, or the rules are not stated here."""
    findings: tuple[Finding, ...]
    fines: tuple[MentionsFine, ...]
    """Empty unless a mention required is missing or insufficient; each article that may be applied has its own."""
    consequences: tuple[Reason, ...]
    """What the faults change, and what they do not."""
    reasons: tuple[Reason, ...]
    """Which rules were applied, or why none is."""
    doubts: tuple[Doubt, ...]
