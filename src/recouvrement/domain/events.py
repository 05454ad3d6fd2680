"""The closed union of events: past-tense facts with the day they took effect and the moment they were learnt.

A correction is a new event. Identity data stay outside events: they name parties, items and actions by reference.
"""

from datetime import date, timedelta
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, Strict, TypeAdapter, ValidationError

from recouvrement.domain.decision import Action
from recouvrement.domain.documents import CreditNote, Instalment, Invoice, Payment
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Insolvency
from recouvrement.domain.values import CivilDate, Code, Instant, Line, Value
from recouvrement.domain.vocabulary import Channel, LimitationActKind, ProofKind, StopKind
from recouvrement.errors import UnknownEvent


class BaseEvent(Value):
    """What every event has."""

    id: Code
    effective_on: CivilDate
    """Day the fact is true in law."""
    recorded_at: Instant | None = None
    """Moment it was learnt; ``None`` when the host does not keep it."""


class InvoiceIssued(BaseEvent):
    """An invoice was issued."""

    type: Literal["invoice_issued"] = "invoice_issued"
    invoice: Invoice


class CreditNoteIssued(BaseEvent):
    """A credit note was issued."""

    type: Literal["credit_note_issued"] = "credit_note_issued"
    credit_note: CreditNote


class PaymentReceived(BaseEvent):
    """Money came in."""

    type: Literal["payment_received"] = "payment_received"
    payment: Payment


class PaymentRejected(BaseEvent):
    """A payment bounced: from this day it counts as never received."""

    type: Literal["payment_rejected"] = "payment_rejected"
    payment_id: Code


class StopPlaced(BaseEvent):
    """Dunning stops on some items. No ``item_ids`` means every item of the case."""

    type: Literal["stop_placed"] = "stop_placed"
    stop_id: Code
    stop: StopKind
    item_ids: tuple[Code, ...] = ()
    amount: Money | None = None
    """For a dispute, the part of the items that is contested; for a promise, what was promised. ``None``: the whole.

    Whatever the amount, a stop other than a dispute holds the whole of its items.
    """
    until: CivilDate | None = None
    """First day on which it no longer applies; ``None``: until lifted, or until the promised day and grace are over."""
    pay_by: CivilDate | None = None
    """For a promise: last day the debtor promised to pay by."""
    grace_days: Annotated[int, Strict(), Field(ge=0, le=60)] = 0
    """For a promise: days after ``pay_by`` within which money that arrives still keeps it."""
    review_on: CivilDate | None = None
    """Day on which the staff is told to look at it again."""
    cause: Line | None = None
    """Why, in the words of the host's own list: ``quality``, ``price``, ``not delivered``…"""
    owner: Line | None = None
    """Who looks after it."""
    payee: Line | None = None
    """For an assignment: who must be paid from now on."""
    note: Line | None = None

    @property
    def ends_on(self) -> date | None:
        """First day on which it no longer applies by itself; ``None``: until lifted."""
        if self.until is None and self.pay_by is not None:
            return self.pay_by + timedelta(days=self.grace_days + 1)
        return self.until

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a stop that ends before it begins, an amount that is not positive, and a field of another kind."""
        if self.ends_on is not None and self.ends_on <= self.effective_on:
            message = f"stop {self.stop_id} ends on {self.ends_on}, not after it begins on {self.effective_on}"
            raise ValueError(message)
        if self.stop is not StopKind.PROMISE_TO_PAY and (self.pay_by is not None or self.grace_days):
            message = f"stop {self.stop_id} is a {self.stop.value}: pay_by and grace_days belong to a promise to pay"
            raise ValueError(message)
        if self.pay_by is not None and self.until is not None:
            message = f"stop {self.stop_id} has until and pay_by: keep pay_by, and grace_days for what comes after it"
            raise ValueError(message)
        if (self.stop is StopKind.ASSIGNMENT) is not (self.payee is not None):
            message = f"stop {self.stop_id}: payee says who must be paid; an assignment needs it, no other stop"
            raise ValueError(message)
        if self.amount is not None and self.amount.minor <= 0:
            message = f"stop {self.stop_id} concerns {self.amount}: write a positive amount"
            raise ValueError(message)


class StopLifted(BaseEvent):
    """A stop ended."""

    type: Literal["stop_lifted"] = "stop_lifted"
    stop_id: Code


class PlanAgreed(BaseEvent):
    """The debtor may pay by instalments. While the plan is kept, it replaces the due dates of its items.

    No ``item_ids`` means every item open on ``effective_on``, later invoices left out. Ended early by ``StopLifted``
    with ``stop_id`` equal to ``plan_id``.
    """

    type: Literal["plan_agreed"] = "plan_agreed"
    plan_id: Code
    item_ids: tuple[Code, ...] = ()
    instalments: Annotated[tuple[Instalment, ...], Field(min_length=1)]
    """What is to be paid and by when; each has its due date, and they come in order."""
    accelerates: Annotated[bool, Strict()] = False
    """Whether the whole becomes due when the plan ends by default: only if it was agreed so."""
    grace_days: Annotated[int, Strict(), Field(ge=0, le=60)] = 0
    notice_days: Annotated[int, Strict(), Field(ge=1, le=90)] = 8
    """Days the debtor has, from the notice of default, to pay what is missing before the plan ends."""
    reference: Line | None = None
    keeps_interest: Annotated[bool, Strict()] | None = None
    """Whether interest runs from the due dates of the invoices in spite of the plan: ``None`` where nothing was agreed.

    Looked at once the plan has ended: without a word, each instalment bears interest from its own due date.
    """

    def model_post_init(self, _context: object, /) -> None:
        """Refuse instalments without date, out of order or without amount."""
        days = [part.due_on for part in self.instalments]
        known = [day for day in days if day is not None]
        if len(known) != len(days) or known != sorted(set(known)) or known[0] < self.effective_on:
            message = f"plan {self.plan_id}: give each instalment a due date, in order, from {self.effective_on} on"
            raise ValueError(message)
        if any(part.amount.minor <= 0 for part in self.instalments):
            message = f"plan {self.plan_id}: every instalment has a positive amount"
            raise ValueError(message)


class PlanDefaultNotified(BaseEvent):
    """The debtor was told that the plan is not kept: ``effective_on`` is the day the notice reached him."""

    type: Literal["plan_default_notified"] = "plan_default_notified"
    plan_id: Code
    reference: Line | None = None


class AddressBounced(BaseEvent):
    """A message came back: the address is no longer used for that channel."""

    type: Literal["address_bounced"] = "address_bounced"
    channel: Channel
    address: Line | None = None
    """The e-mail address or telephone number as the contact has it; ``None`` for the postal address."""

    def model_post_init(self, _context: object, /) -> None:
        """Refuse an address that no contact could have, and a way without the address that failed."""
        wants_address = self.channel in {Channel.EMAIL, Channel.PHONE, Channel.SMS}
        if wants_address is not (self.address is not None) or self.channel is Channel.INTERNAL:
            message = (
                f"{self.channel.value} bounced: give the address that failed for email, phone and sms, none for post "
                "and registered_post"
            )
            raise ValueError(message)


class ChannelRefused(BaseEvent):
    """The debtor asked not to be reached in that way. Registered letters cannot be refused so."""

    type: Literal["channel_refused"] = "channel_refused"
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]

    def model_post_init(self, _context: object, /) -> None:
        """Refuse to give up the letters on which a formal notice rests."""
        if not set(self.channels) <= {Channel.EMAIL, Channel.PHONE, Channel.SMS, Channel.POST}:
            message = "a debtor may refuse email, phone, sms and post: a registered letter needs no consent"
            raise ValueError(message)


class ChannelAccepted(BaseEvent):
    """The debtor may be reached in that way again: it is no longer refused, and addresses that bounced are mended."""

    type: Literal["channel_accepted"] = "channel_accepted"
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]


class InsolvencyOpened(BaseEvent):
    """Insolvency proceedings were opened against the debtor."""

    type: Literal["insolvency_opened"] = "insolvency_opened"
    insolvency: Insolvency


class ProofSupplied(BaseEvent):
    """Proof of order, delivery or acceptance was added to the file. No ``item_ids`` means every item."""

    type: Literal["proof_supplied"] = "proof_supplied"
    item_ids: tuple[Code, ...] = ()
    proof: ProofKind
    reference: Line


class ScenarioStarted(BaseEvent):
    """The case entered a scenario."""

    type: Literal["scenario_started"] = "scenario_started"
    scenario: Code
    scenario_version: Annotated[int, Strict(), Field(ge=1)] = 1
    segment: Code | None = None
    """Segment whose rule chose the scenario."""
    sender: Code | None = None
    """Who signs for this segment, as the host names it."""
    tone: Code | None = None


class StepRecorded(BaseEvent):
    """A step of a scenario was carried out outside the library: by hand, or by the software used before."""

    type: Literal["step_recorded"] = "step_recorded"
    stage: Code
    """Identifier of the stage it amounts to."""
    item_ids: Annotated[tuple[Code, ...], Field(min_length=1)]


class ActionProposed(BaseEvent):
    """An action was put before a human for approval."""

    type: Literal["action_proposed"] = "action_proposed"
    action: Action


class ActionApproved(BaseEvent):
    """A human approved a proposed action; it leaves on the next run if its token still matches."""

    type: Literal["action_approved"] = "action_approved"
    action_id: Code
    by: Line


class ActionRefused(BaseEvent):
    """A human refused a proposed action; its items are in that person's hands until a new fact."""

    type: Literal["action_refused"] = "action_refused"
    action_id: Code
    by: Line
    note: Line | None = None


class ActionPlanned(BaseEvent):
    """An action was decided and handed to its channel."""

    type: Literal["action_planned"] = "action_planned"
    action: Action


class ActionDelivered(BaseEvent):
    """A channel took the message."""

    type: Literal["action_delivered"] = "action_delivered"
    action_id: Code
    channel: Channel
    payload_hash: Code
    reference: Line | None = None


class ActionCancelled(BaseEvent):
    """An action did not leave: stale, refused by its channel, or withdrawn; its items go back to the scenario."""

    type: Literal["action_cancelled"] = "action_cancelled"
    action_id: Code
    note: Line
    is_refused: bool = False
    """Whether the channel refused it for good: its items wait for a human until something about them changes."""


class NoticeDelivered(BaseEvent):
    """A mise en demeure reached the debtor: ``effective_on`` is its first presentation (C. civ. art. 1344).

    ``item_ids`` may be left out when ``action_id`` names the action that carried it.
    """

    type: Literal["notice_delivered"] = "notice_delivered"
    action_id: Code | None = None
    item_ids: tuple[Code, ...] = ()
    reference: Line | None = None
    """Number of the registered letter."""


class LimitationActDone(BaseEvent):
    """An act that may move the last day to act on a claim. No ``item_ids`` means every item of the case."""

    type: Literal["limitation_act_done"] = "limitation_act_done"
    act: LimitationActKind
    item_ids: tuple[Code, ...] = ()
    until: CivilDate | None = None
    """End of what lasts: a mediation, proceedings; ``None`` while it lasts, or for an act of one day."""
    reference: Line | None = None
    """The document that proves it."""

    def model_post_init(self, _context: object, /) -> None:
        """Refuse an act that ends before it begins."""
        if self.until is not None and self.until < self.effective_on:
            message = f"the act of {self.effective_on} ends on {self.until}, before it begins"
            raise ValueError(message)


class ProceduralStepDone(BaseEvent):
    """A step of a procedure, from which a time runs. It replaces the steps before it for the same items."""

    type: Literal["procedural_step_done"] = "procedural_step_done"
    step: Code
    """A code of the country's list, such as ``order_made``."""
    item_ids: tuple[Code, ...] = ()
    is_abroad: Annotated[bool, Strict()] = False
    in_person: Annotated[bool, Strict()] | None = None
    reference: Line | None = None


_History = (
    PaymentRejected
    | StopPlaced
    | StopLifted
    | PlanAgreed
    | PlanDefaultNotified
    | AddressBounced
    | ChannelRefused
    | ChannelAccepted
    | InsolvencyOpened
    | ProofSupplied
    | ScenarioStarted
    | StepRecorded
    | ActionProposed
    | ActionApproved
    | ActionRefused
    | ActionPlanned
    | ActionDelivered
    | ActionCancelled
    | NoticeDelivered
    | LimitationActDone
    | ProceduralStepDone
)

HistoryEvent = Annotated[_History, Field(discriminator="type")]
"""Events a case keeps as its history."""

Event = Annotated[InvoiceIssued | CreditNoteIssued | PaymentReceived | _History, Field(discriminator="type")]
"""Every event."""


@cache
def _event_adapter() -> TypeAdapter[Event]:
    """Return the reader of events, built on first use: building it takes a quarter of the import time."""
    return TypeAdapter(Event)


def event_from_json(text: str | bytes, *, where: str) -> Event:
    """Return the event written by ``event_to_json``.

    Raises ``UnknownEvent`` when the text is not an event this version knows.
    """
    try:
        return _event_adapter().validate_json(text)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise UnknownEvent(
            where=where,
            found=f"{'.'.join(str(part) for part in first['loc']) or 'event'}: {first['msg']}",
            hint="Read this journal with the version of recouvrement that wrote it, or a later one.",
        ) from None


def event_to_json(event: Event) -> str:
    """Return the event as one line of JSON; amounts and dates are strings."""
    return event.model_dump_json(exclude_defaults=False)
