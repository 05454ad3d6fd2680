"""The claim gate: what a formal step needs, and what is missing (certaine, liquide, exigible, not barred)."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Deadline
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason, Source
from recouvrement.engine.history import ALL_ITEMS, History
from recouvrement.engine.ledger import Position
from recouvrement.engine.stops import Stopped


class Readiness(NamedTuple):
    """What the gate looks at beside the history of the case."""

    position: Position
    stop: Stopped
    deadline: Deadline | None
    """Prescription of the item; ``None`` while time does not run."""
    debtor_kind: DebtorKind


def missing_for_formal_step(claim: Readiness, history: History, on: date, source: Source) -> tuple[Reason, ...]:
    """Return what the claim lacks before a formal demand; nothing when it is ready.

    Proof of order, delivery or acceptance is read from the invoice or supplied by an event; ``source`` is the text the
    gate rests on.
    """
    position, item = claim.position, claim.position.item
    delivered_on = position.invoice.delivered_on
    delivered = delivered_on is not None and delivered_on <= on
    supplied = not history.proved.isdisjoint({item.id, item.invoice_number, ALL_ITEMS})
    proved = supplied or position.invoice.order_reference is not None or delivered
    lacks = {
        "proof_of_order_or_delivery": not proved,
        "end_of_dispute": bool(claim.stop.contested_minor),
        "due_date_passed": position.due_on is None or on <= position.due_on,
        "not_barred": claim.deadline is not None and claim.deadline.is_past(on),
        "debtor_kind": claim.debtor_kind is DebtorKind.UNKNOWN,
    }
    return tuple(
        Reason.of("claim_gate", Authority.POLICY, {"item": item.id, "missing": name}, source)
        for name, is_lacking in lacks.items()
        if is_lacking
    )
