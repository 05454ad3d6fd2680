"""What is written about a case: one rule for the nightly run, and for the timeline or the move that foretells it."""

from collections.abc import Iterator
from datetime import date

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.events import ActionCancelled, ActionPlanned, ActionProposed, ScenarioStarted
from recouvrement.engine.decide import current_token
from recouvrement.engine.proposals import live_proposals
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.segments import Assignment


def recorded(action: Action, on: date) -> ActionPlanned | ActionProposed:
    """Return the event that an action of that day was handed to its channel, or put before a human for approval."""
    if action.kind is ActionKind.APPROVAL:
        return ActionProposed(id=f"{action.id}:proposed", effective_on=on, action=action)
    return ActionPlanned(id=f"{action.id}:planned", effective_on=on, action=action)


def stale_proposals(case: Case, on: date, *, scenario: Scenario, law: Jurisdiction) -> Iterator[Action]:
    """Yield the proposals whose figures have moved: nobody should be asked to approve them any more."""
    for proposal in live_proposals(case.history):
        action = proposal.action
        if current_token(case, on, action.listed, scenario=scenario, law=law) != action.token:
            yield action


def withdrawn(action: Action, on: date) -> ActionCancelled:
    """Return the event that such a proposal was taken back that day."""
    return ActionCancelled(
        id=f"{action.id}:withdrawn",
        effective_on=on,
        action_id=action.id,
        note="balances or stops have moved since",
    )


def scenario_started(
    case: Case, on: date, scenario: Scenario, segment: Assignment | ScenarioStarted | None = None
) -> ScenarioStarted:
    """Return the event that a case follows a version of a scenario; its identifier is new at each version of the case.

    ``segment`` is what chose it, or the earlier start whose segment, sender and tone it keeps.
    """
    return ScenarioStarted(
        id=f"scenario:{case.version:09d}:{scenario.id}:{scenario.version}",
        effective_on=on,
        scenario=scenario.id,
        scenario_version=scenario.version,
        segment=segment.segment if segment is not None else None,
        sender=segment.sender if segment is not None else None,
        tone=segment.tone if segment is not None else None,
    )
