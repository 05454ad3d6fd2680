"""What a human says of a proposed action."""

from datetime import date

from recouvrement.domain.decision import Action
from recouvrement.domain.events import (
    ActionApproved,
    ActionCancelled,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    HistoryEvent,
)
from recouvrement.errors import InvalidInput
from recouvrement.journal.protocol import Journal


def awaiting_approval(journal: Journal) -> dict[str, tuple[str, Action]]:
    """Return the proposed actions without an answer, by action: the case and the action."""
    waiting: dict[str, tuple[str, Action]] = {}
    for case_id, known in journal.histories().items():
        own: dict[str, Action] = {}
        for event in known.events:
            match event:
                case ActionProposed():
                    own[event.action.id] = event.action
                case ActionApproved() | ActionRefused() | ActionCancelled():
                    own.pop(event.action_id, None)
                case ActionPlanned():
                    own.pop(event.action.id, None)
                case _:
                    continue
        waiting |= {action_id: (case_id, action) for action_id, action in own.items()}
    return waiting


def answer(journal: Journal, action_id: str, *, approve: bool, by: str, on: date) -> Action:
    """Record that somebody approved or refused a proposed action, and return it.

    An approved action leaves with the next run, with the amounts of that day, if its items have not changed since.
    Raises ``InvalidInput`` when no such action awaits an answer, ``VersionConflict`` when a run is writing the case.
    """
    waiting = awaiting_approval(journal)
    if action_id not in waiting:
        known = ", ".join(sorted(waiting)) or "none"
        raise InvalidInput(
            where=f"action {action_id}",
            found="it does not await an answer",
            hint=f"Actions awaiting one: {known}.",
        )
    case_id, action = waiting[action_id]
    event: HistoryEvent
    if approve:
        event = ActionApproved(id=f"{action_id}:approved", effective_on=on, action_id=action_id, by=by)
    else:
        event = ActionRefused(id=f"{action_id}:refused", effective_on=on, action_id=action_id, by=by)
    journal.append(case_id, [event], expected_version=journal.histories()[case_id].version)
    return action
