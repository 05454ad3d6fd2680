"""The claim gate: what a formal step needs, and what is missing (certaine, liquide, exigible, not barred)."""

from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decision import Deadline
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason, Source
from recouvrement.engine.history import ALL_ITEMS, History
from recouvrement.engine.ledger import Position
from recouvrement.engine.stops import Stopped


class OpenItem(NamedTuple):
    """An open item that nothing holds."""

    position: Position
    stop: Stopped
    due_on: date
    deadline: Deadline | None
    """Its prescription; ``None`` while time does not run."""
    demanded_minor: int
    """Balance less what may not be demanded now."""


def readiness(
    claim: OpenItem, debtor_kind: DebtorKind, history: History, on: date
) -> tuple[tuple[str, ...], date | None]:
    """Return the names of what the claim lacks before a formal demand, and the day on which time alone changes them.

    Nothing is lacking when it is ready; ``None``: only a new fact changes them. Proof of order, delivery or acceptance
    is read from the invoice or supplied by an event.
    """
    position, stop, due_on, deadline, _ = claim
    lacks = []
    if position.invoice.order_reference is None and not _has_other_proof(position, history, on):
        lacks.append("proof_of_order_or_delivery")
    if stop.contested_minor:
        lacks.append("end_of_dispute")
    changes_on = None
    if on <= due_on:
        lacks.append("due_date_passed")
        changes_on = due_on + _ONE_DAY
    if deadline is not None:
        last_day = deadline.last_day
        if on > last_day:
            lacks.append("not_barred")
        elif changes_on is None:
            changes_on = last_day + _ONE_DAY
    if debtor_kind is _UNKNOWN:
        lacks.append("debtor_kind")
    return tuple(lacks), changes_on


_UNKNOWN = DebtorKind.UNKNOWN
_ONE_DAY = timedelta(days=1)


def gate_reasons(item_id: str, lacks: tuple[str, ...], source: Source) -> tuple[Reason, ...]:
    """Return one reason for each thing that is missing; ``source`` is the text the gate rests on."""
    return tuple(
        Reason.of("claim_gate", Authority.POLICY, {"item": item_id, "missing": name}, source) for name in lacks
    )


def _has_other_proof(position: Position, history: History, on: date) -> bool:
    """Whether an invoice that names no order was delivered, or proof of it was supplied."""
    delivered_on = position.invoice.delivered_on
    if delivered_on is not None and delivered_on <= on:
        return True
    return ALL_ITEMS in history.proved or position.is_named_in(history.proved)
