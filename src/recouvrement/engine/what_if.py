"""What a walk into the future supposes: answers, delivered letters, and facts that have not happened."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, Strict, ValidationError

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.events import (
    ActionApproved,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    CreditNoteIssued,
    Event,
    HistoryEvent,
    InvoiceIssued,
    NoticeDelivered,
    PaymentReceived,
)
from recouvrement.domain.values import LAST_DAY, Value
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import InvalidInput

SUPPOSED = "supposed"
"""Who gives the answers that a walk supposes."""


class Approvals(StrEnum):
    """What a walk supposes of the steps that a human must approve."""

    GRANTED = "granted"
    WAITING = "waiting"
    """Nobody answers."""
    REFUSED = "refused"


class Assumptions(Value):
    """What a walk supposes beside what the case holds. By default every approval is given on the day it is asked."""

    approvals: Approvals = Approvals.GRANTED
    answered_after_days: Annotated[int, Strict(), Field(ge=0, le=366)] = 0
    """Calendar days from a proposal to its answer; 1 is what an answer given on the day after the night comes to."""
    notice_delivered_after_days: Annotated[int, Strict(), Field(ge=0, le=366)] | None = None
    """Calendar days from a mise en demeure to its first presentation; ``None``: no letter is supposed delivered."""

    def answer(self, action: Action, on: date) -> ActionApproved | ActionRefused | None:
        """Return what a human is supposed to say of a step put before him on a day."""
        day = _later(on, self.answered_after_days)
        if self.approvals is Approvals.WAITING or day is None:
            return None
        if self.approvals is Approvals.GRANTED:
            return ActionApproved(id=f"{action.id}:approved", effective_on=day, action_id=action.id, by=SUPPOSED)
        return ActionRefused(id=f"{action.id}:refused", effective_on=day, action_id=action.id, by=SUPPOSED)

    def following(self, action: Action, on: date) -> tuple[HistoryEvent, ...]:
        """Return what is supposed to follow from an action carried out on a day."""
        if action.kind is ActionKind.APPROVAL:
            answer = self.answer(action, on)
            return (answer,) if answer is not None else ()
        days = self.notice_delivered_after_days
        if action.kind is not ActionKind.CONTACT or action.document is not DocumentKind.MISE_EN_DEMEURE or days is None:
            return ()
        day = _later(on, days)
        if day is None:
            return ()
        return (NoticeDelivered(id=f"{action.id}:presented", effective_on=day, action_id=action.id),)


AS_USUAL = Assumptions()


def _later(on: date, days: int) -> date | None:
    """Return the day that many days later, or ``None`` beyond the last day a fact may bear."""
    return on + timedelta(days=days) if days <= (LAST_DAY - on).days else None


def supposing(case: Case, events: Sequence[Event]) -> Case:
    """Return the same case with more facts, invoices, credit notes and payments included.

    Raises ``InvalidInput`` when a document bears another day than its event, when the case has that fact already, and
    for actions, which a walk writes itself.
    """
    if not events:
        return case
    invoices, credit_notes, payments = list(case.invoices), list(case.credit_notes), list(case.payments)
    history = list(case.history)
    for event in events:
        match event:
            case InvoiceIssued():
                _same_day(event, event.invoice.issued_on)
                invoices.append(event.invoice)
            case CreditNoteIssued():
                _same_day(event, event.credit_note.issued_on)
                credit_notes.append(event.credit_note)
            case PaymentReceived():
                _same_day(event, event.payment.received_on)
                payments.append(event.payment)
            case ActionPlanned() | ActionProposed():
                raise InvalidInput(
                    where=f"what-if event {event.id}",
                    found=f"it is of type {event.type}",
                    hint="Suppose facts and answers only: the actions are what the walk finds.",
                )
            case _:
                history.append(event)
    more = {
        "invoices": tuple(invoices),
        "credit_notes": tuple(credit_notes),
        "payments": tuple(payments),
        "history": tuple(history),
    }
    try:
        return type(case).model_validate(dict(case) | more)
    except ValidationError as fault:
        raise InvalidInput(
            where=f"what-if of case {case.id}",
            found=_sentences(fault),
            hint="Suppose facts the case does not hold yet, in its own currency.",
        ) from None


def refuse_later_actions(case: Case, from_: date) -> None:
    """Raise ``InvalidInput`` when actions were recorded after the day a walk begins: it would find them again."""
    days = (event.effective_on for event in case.history if isinstance(event, ActionPlanned | ActionProposed))
    last = max(days, default=from_)
    if last > from_:
        raise InvalidInput(
            where=f"case {case.id} from {from_.isoformat()}",
            found=f"its history already holds actions of {last.isoformat()}",
            hint=f"Begin on {last.isoformat()} or later, or leave the recorded history out.",
        )


def _same_day(event: InvoiceIssued | CreditNoteIssued | PaymentReceived, day: date) -> None:
    if event.effective_on != day:
        raise InvalidInput(
            where=f"what-if event {event.id}",
            found=f"it takes effect on {event.effective_on.isoformat()} and its document bears {day.isoformat()}",
            hint="Give both the same day.",
        )


def _sentences(fault: ValidationError) -> str:
    errors: Iterable[str] = (error["msg"].removeprefix("Value error, ") for error in fault.errors(include_url=False))
    return "; ".join(errors)
