"""Payment terms as the law looks at them: what is known of an invoice, the due date, the legal maximum."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import DebtorKind, PublicBody
from recouvrement.domain.reasons import Reason, Source
from recouvrement.domain.terms import PaymentTerms


class TermFacts(NamedTuple):
    """What is known of an invoice whose due date is asked."""

    debtor_kind: DebtorKind
    public_body: PublicBody | None = None
    sector: str | None = None
    """Identifier of a trade or territory with terms of its own, such as ``transport``."""
    issued_on: date | None = None
    received_on: date | None = None
    """Receipt of the invoice, or of the request for payment by a public body."""
    delivered_on: date | None = None
    """Receipt of the goods, or end of performance."""
    request_dated_on: date | None = None
    """Date of the request for payment, where the public body did not record its receipt."""
    cleared_on: date | None = None
    """Customs clearance in the port of destination, for goods imported overseas."""
    beside_words: PaymentTerms | None = None
    """Start, rule and day of the month that the same contract sets beside its words, for what these leave unsaid."""
    is_periodic: bool = False
    """Periodic (summary) invoice, covering several deliveries of a month."""


class TermReading(NamedTuple):
    """One way to read printed terms."""

    name: str
    """``days_after``, ``days_then_eom``, ``eom_then_days``, ``decade_then_days``…"""
    due_on: date | None
    """``None``: the day it counts from is not known."""


class TermAnswer(NamedTuple):
    """A due date, how it was reached and how late the law lets it be."""

    due_on: date | None
    """The latest of the readings: nobody is called late too early. ``None`` when no reading gives a date."""
    readings: tuple[TermReading, ...]
    lawful_latest: date | None
    """Last day the law lets the parties agree on; ``None``: no maximum, or its start is not known."""
    source: Source | None
    """The text that sets the maximum, or the term where nothing was agreed."""
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]


class TermOutcome(StrEnum):
    """What a check of agreed terms found."""

    LAWFUL = "lawful"
    OVER = "over"
    CANNOT_TELL = "cannot_tell"


class Fine(NamedTuple):
    """Administrative fine for exceeding a payment term, in euros."""

    natural_person: Decimal
    legal_person: Decimal
    source: Source


class TermVerdict(NamedTuple):
    """Whether terms respect the legal maximum."""

    outcome: TermOutcome
    days_over: int | None
    """Days beyond the maximum; ``None`` unless ``over``."""
    answer: TermAnswer
    fine: Fine | None
    """``None`` unless the term is, or may be, over the maximum."""
