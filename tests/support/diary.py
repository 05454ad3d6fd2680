"""A diary: decide, record, and go on to the next wake-up, as nightly runs do."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from recouvrement import FRANCE, Action, ActionKind, Case, Decision, Scenario, decide
from recouvrement.domain.events import ActionApproved, ActionPlanned, ActionProposed, HistoryEvent


class Page(NamedTuple):
    """One look at a case."""

    on: date
    case: Case
    decision: Decision


def recorded(case: Case, decision: Decision, *, approve: bool) -> Case:
    """Return the case with the actions of a decision recorded, proposals answered at once or left waiting."""
    events: list[HistoryEvent] = []
    for action in decision.actions:
        if action.kind is ActionKind.APPROVAL:
            events.append(ActionProposed(id=f"{action.id}:proposed", effective_on=decision.on, action=action))
            if approve:
                name = f"{action.id}:approved"
                events.append(
                    ActionApproved(id=name, effective_on=decision.on, action_id=action.id, by="Claire Fontaine")
                )
        else:
            events.append(ActionPlanned(id=f"{action.id}:planned", effective_on=decision.on, action=action))
    return case.with_events(events)


def pages(case: Case, start: date, end: date, scenario: Scenario, *, approve: bool = True) -> Iterator[Page]:
    """Yield every look at a case from one wake-up to the next, each date until it is silent."""
    on = start
    while True:
        for _ in range(5):
            decision = decide(case, on, scenario=scenario, law=FRANCE)
            yield Page(on, case, decision)
            if not decision.actions:
                break
            case = recorded(case, decision, approve=approve)
        else:
            message = f"{on} never becomes silent"
            raise AssertionError(message)
        if decision.next_wakeup is None or decision.next_wakeup > end:
            return
        assert decision.next_wakeup > on
        on = decision.next_wakeup


def steps(case: Case, start: date, end: date, scenario: Scenario, *, approve: bool = True) -> list[tuple[date, Action]]:
    """Return the actions of a diary with their dates."""
    return [
        (page.on, action)
        for page in pages(case, start, end, scenario, approve=approve)
        for action in page.decision.actions
    ]
