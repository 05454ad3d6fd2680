"""What a human says of a proposed action."""

from collections.abc import Mapping
from datetime import date, timedelta

from pydantic import ValidationError

from recouvrement.domain.decision import Action
from recouvrement.domain.events import ActionApproved, ActionProposed, ActionRefused
from recouvrement.engine.proposals import live_proposals
from recouvrement.errors import InvalidInput
from recouvrement.journal.protocol import CaseHistory, Journal


def awaiting_approval(journal: Journal) -> dict[str, tuple[str, Action]]:
    """Return the proposed actions without an answer, by action: the case and the action."""
    return _waiting(journal.histories())


def _waiting(histories: Mapping[str, CaseHistory]) -> dict[str, tuple[str, Action]]:
    return {
        proposal.action.id: (case_id, proposal.action)
        for case_id, known in histories.items()
        for proposal in live_proposals(known.events)
        if not proposal.approved and not proposal.refused
    }


def answer(journal: Journal, action_id: str, *, approve: bool, by: str, on: date) -> Action:
    """Record that somebody approved or refused a proposed action, and return it.

    An approved action leaves with the next run, with the amounts of that day, if its items have not changed since.
    Raises ``InvalidInput`` when no such action awaits an answer, when ``on`` is before the proposal or more than a year
    after it, or when ``by`` is not a name; ``VersionConflict`` when the case was written meanwhile.
    """
    histories = journal.histories()
    waiting = _waiting(histories)
    if action_id not in waiting:
        known = ", ".join(sorted(waiting)) or "none"
        raise InvalidInput(
            where=f"action {action_id}",
            found="it does not await an answer",
            hint=f"Actions awaiting one: {known}.",
        )
    case_id, action = waiting[action_id]
    proposed_on = max(
        event.effective_on
        for event in histories[case_id].events
        if isinstance(event, ActionProposed) and event.action.id == action_id
    )
    if not proposed_on <= on <= proposed_on + timedelta(days=366):
        raise InvalidInput(
            where=f"action {action_id}",
            found=f"an answer dated {on.isoformat()} to a proposal of {proposed_on.isoformat()}",
            hint="Give the day of the answer: that of the proposal, or a later one within a year.",
        )
    kind = ActionApproved if approve else ActionRefused
    word = "approved" if approve else "refused"
    try:
        event = kind(id=f"{action_id}:{word}", effective_on=on, action_id=action_id, by=by)
    except ValidationError:
        raise InvalidInput(
            where="by",
            found=f"{by[:40]!r} is not a name on one line",
            hint="Write who answers, such as Claire Fontaine.",
        ) from None
    journal.append(case_id, [event], expected_version=histories[case_id].version)
    return action
