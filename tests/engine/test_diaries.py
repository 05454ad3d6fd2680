"""Whole lives of random cases in random scenarios, with answers that come late, refusals and cancellations."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    ActionApproved,
    ActionCancelled,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    Case,
    Decision,
    DocumentKind,
    HoldKind,
    Scenario,
    decide,
)
from recouvrement.domain.events import HistoryEvent
from recouvrement.engine.decide import current_token
from recouvrement.scenario.model import Grouping
from support.strategies import SPAN, START, cases, scenarios

END = START + timedelta(days=SPAN)
ONE_DAY = timedelta(days=1)


def check(case: Case, decision: Decision, scenario: Scenario) -> None:
    """Check what must be true of every decision."""
    for action in decision.actions:
        assert current_token(case, decision.on, action.listed, scenario=scenario, law=FRANCE) == action.token
        assert len(set(action.listed)) == len(action.listed)
        assert set(action.triggered) <= set(action.listed)
    told = {DocumentKind.DEADLINE_ALERT, DocumentKind.STAFF_ALERT}
    spoken = [action for action in decision.actions if action.document not in told]
    named = {item for action in spoken for item in action.listed} | {hold.item_id for hold in decision.holds}
    assert {item.item_id for item in decision.claim.items} <= named
    for hold in decision.holds:
        assert hold.until is None or hold.until > decision.on
        assert hold.reasons or hold.kind is HoldKind.SETTLED
    held = {hold.item_id for hold in decision.holds}
    contacts = [action for action in decision.actions if action.kind is ActionKind.CONTACT]
    if scenario.grouping is Grouping.PER_DEBTOR:
        assert len(contacts) <= 1
    listed = [item for action in contacts for item in action.listed]
    assert len(listed) == len(set(listed))
    assert len({action.id for action in decision.actions}) == len(decision.actions)
    assert len(contacts) <= (scenario.max_messages_per_run or len(contacts))
    assert not any(held.intersection(action.listed) for action in contacts)
    assert Decision.model_validate_json(decision.model_dump_json()) == decision


def lived(
    data: st.DataObject, decision: Decision, answers: list[HistoryEvent], cancelled: set[str]
) -> list[HistoryEvent]:
    """Return what becomes of the actions of a decision; answers come late, some actions are cancelled."""
    on = decision.on
    events: list[HistoryEvent] = []
    for action in decision.actions:
        if action.kind is ActionKind.APPROVAL:
            events.append(ActionProposed(id=f"{action.id}p", effective_on=on, action=action))
            later = on + timedelta(days=data.draw(st.sampled_from((0, 0, 1, 3, 20, 60))))
            facts: dict[str, object] = {"effective_on": later, "action_id": action.id, "by": "Claire Fontaine"}
            kind = data.draw(st.sampled_from((ActionApproved, ActionApproved, ActionRefused, None)))
            if kind is not None:
                answers.append(kind.model_validate({"id": f"{action.id}a", **facts}))
            continue
        events.append(ActionPlanned(id=f"{action.id}n", effective_on=on, action=action))
        if len(cancelled) < 5 and data.draw(st.integers(0, 19)) == 19:
            cancelled.add(action.id)
            facts = {
                "effective_on": on,
                "action_id": action.id,
                "note": "stale",
                "is_refused": data.draw(st.booleans()),
            }
            events.append(ActionCancelled.model_validate({"id": f"{action.id}c", **facts}))
    return events


@settings(max_examples=150)
@given(st.data())
def test_a_life_keeps_every_rule(data: st.DataObject) -> None:
    """No exception, no burst, no double step, silence between wake-ups, and every silence explained."""
    scenario: Scenario = data.draw(scenarios())
    case: Case = data.draw(cases(scenario))
    answers: list[HistoryEvent] = []
    contacts: dict[str, list[date]] = {}
    cancelled: set[str] = set()
    sent: Counter[str] = Counter()
    advanced: Counter[tuple[str, str]] = Counter()
    on: date | None = START
    while on is not None and on <= END:
        for _ in range(8):
            decision = decide(case, on, scenario=scenario, law=FRANCE)
            check(case, decision, scenario)
            if not decision.actions:
                break
            case = case.with_events(lived(data, decision, answers, cancelled))
            for action in decision.actions:
                if action.kind is ActionKind.APPROVAL:
                    continue
                sent[action.id] += 1
                if action.kind is ActionKind.CONTACT and action.id not in cancelled:
                    threads = ("case",) if scenario.grouping is Grouping.PER_DEBTOR else action.listed
                    for thread in threads:
                        contacts.setdefault(thread, []).append(on)
                    advanced.update((item, action.stage) for item in action.advanced)
        else:
            message = f"{on} never becomes silent"
            raise AssertionError(message)
        wakeup = decision.next_wakeup
        assert wakeup is None or wakeup > on
        due = [event.effective_on for event in answers if event.effective_on > on]
        following = min((day for day in (wakeup, *due) if day is not None), default=None)
        day = on + ONE_DAY
        while day < min(following or END, END, on + timedelta(days=40)):
            assert decide(case, day, scenario=scenario, law=FRANCE).actions == (), day
            day += ONE_DAY
        on = following
        ready = [event for event in answers if on is not None and event.effective_on <= on]
        answers = [event for event in answers if event not in ready]
        case = case.with_events(ready)
    for dates in contacts.values():
        assert all((later - earlier).days >= scenario.interval_days for earlier, later in pairwise(dates))
    assert max(sent.values(), default=1) == 1
    times = {stage.id: stage.repeat.max_times for stage in scenario.stages if stage.repeat is not None}
    assert all(count <= times.get(stage, 1) for (_, stage), count in advanced.items())
