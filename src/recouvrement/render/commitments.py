"""What is said of a dispute or of a promise to pay."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.events import StopPlaced
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render import formats
from recouvrement.render.disputes import has_proceedings
from recouvrement.render.told import shown, shown_day, told, told_money


class Commitment(NamedTuple):
    """A dispute or a promise in words; empty texts for another document."""

    dispute_on: str
    """Day the contestation was received."""
    dispute_cause: str
    dispute_uncontested: str
    """What is overdue and not contested; empty when nothing is."""
    dispute_answer_by: str
    dispute_owner: str
    """Who looks after it."""
    promise_on: str
    promise_amount: str
    promise_pay_by: str
    """Last day promised; empty when no day was."""
    promise_received: str
    """What came since; empty when nothing did."""
    promise_missing: str


NO_COMMITMENT = Commitment(*[""] * len(Commitment._fields))

_PROMISES = frozenset({DocumentKind.PROMISE_CONFIRMATION, DocumentKind.BROKEN_PROMISE})


def commitment(action: Action, case: Case, *, due_only: bool, on: date) -> Commitment:
    """Return the dispute or the promise an action is about.

    What is missing of a broken promise is what the action says: it was refused when nothing is. Raises ``RenderError``
    when the case does not hold the fact.
    """
    if action.document is DocumentKind.DISPUTE_ACKNOWLEDGEMENT:
        stop = _stop(action, case, told(action, "about_dispute").input("stop_id"))
        return NO_COMMITMENT._replace(
            dispute_on=formats.long_date(stop.effective_on),
            dispute_cause=stop.cause or "",
            dispute_uncontested=shown(action.principal) if due_only and not has_proceedings(case, on=on) else "",
            dispute_answer_by=shown_day(stop.review_on) if stop.review_on and stop.review_on > on else "",
            dispute_owner=stop.owner or "",
        )
    if action.document not in _PROMISES:
        return NO_COMMITMENT
    reason = told(action, "about_promise")
    stop = _stop(action, case, reason.input("stop_id"))
    received, missing = told_money(reason, "received"), told_money(reason, "missing")
    # A promise of the whole is of what was owed then: what is left, and what came since.
    wanted = stop.amount or (action.principal if received is None else action.principal + received)
    return NO_COMMITMENT._replace(
        promise_on=formats.long_date(stop.effective_on),
        promise_amount=formats.money(wanted),
        promise_pay_by=shown_day(stop.pay_by),
        promise_received=shown(received),
        promise_missing=shown(missing),
    )


def _stop(action: Action, case: Case, stop_id: str | None) -> StopPlaced:
    placed = [event for event in case.history if isinstance(event, StopPlaced) and event.stop_id == stop_id]
    if not placed:
        raise RenderError(
            where=f"action {action.id}, reasons",
            found=f"stop {stop_id} is not in case {case.id}",
            hint="Render an action with the case it was asked for.",
        )
    return placed[-1]
