"""The closed union of events: past-tense facts with the day they took effect and the moment they were learnt.

A correction is a new event. Identity data stay outside events: they name parties, items and actions by reference.
"""

from functools import cache
from typing import Annotated, Literal

from pydantic import Field, Strict, TypeAdapter, ValidationError

from recouvrement.domain.decision import Action
from recouvrement.domain.documents import CreditNote, Invoice, Payment
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
    """For a dispute, the part of the items that is contested; ``None``: the whole. Other stops hold the whole."""
    until: CivilDate | None = None
    """First day on which it no longer applies; ``None``: until lifted."""
    review_on: CivilDate | None = None
    note: Line | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a stop that ends before it begins, and an amount that is not positive."""
        if self.until is not None and self.until <= self.effective_on:
            message = f"stop {self.stop_id} ends on {self.until}, not after it begins on {self.effective_on}"
            raise ValueError(message)
        if self.amount is not None and self.amount.minor <= 0:
            message = f"stop {self.stop_id} concerns {self.amount}: write a positive amount"
            raise ValueError(message)


class StopLifted(BaseEvent):
    """A stop ended."""

    type: Literal["stop_lifted"] = "stop_lifted"
    stop_id: Code


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
