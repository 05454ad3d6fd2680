"""What ``project`` foretells is what the nightly run writes, night after night."""

from datetime import date, timedelta
from pathlib import Path

from recouvrement import (
    FRANCE,
    ActionCancelled,
    ActionPlanned,
    ActionProposed,
    Approvals,
    Assumptions,
    StopKind,
    StopPlaced,
    project,
)
from recouvrement.domain.events import HistoryEvent
from support.portfolio import MONDAY, case, night, opened, portfolio, scenario_for

UNTIL = date(2027, 1, 18)
PROMISED, BROKEN = date(2026, 11, 26), date(2026, 12, 3)
PROMISE = StopPlaced(
    id="promise", effective_on=PROMISED, stop_id="p1", stop=StopKind.PROMISE_TO_PAY, until=BROKEN, note="By phone"
)

Line = tuple[date, str, str]


def told(event: HistoryEvent) -> Line | None:
    match event:
        case ActionPlanned():
            return event.effective_on, "planned", event.action.id
        case ActionProposed():
            return event.effective_on, "proposed", event.action.id
        case ActionCancelled():
            return event.effective_on, "withdrawn", event.action_id
        case _:
            return None


def test_eight_weeks_of_nights_are_as_foreseen(tmp_path: Path) -> None:
    """Nobody answers; one debtor whose mise en demeure waits for approval promises to pay, and does not."""
    people = [case(index) for index in range(6)]
    on = MONDAY
    while on < UNTIL:
        known = [
            one.with_events([PROMISE]) if one.debtor.id == "voilerie" and on >= PROMISED else one for one in people
        ]
        report = night(tmp_path, portfolio(*known), on)
        assert report.failures == ()
        on += timedelta(days=1)
    with opened(tmp_path) as journal:
        histories = journal.histories()
    count = 0
    for one in people:
        what_if = [PROMISE] if one.debtor.id == "voilerie" else []
        found = project(
            one,
            MONDAY,
            UNTIL,
            scenario=scenario_for(one.debtor),
            law=FRANCE,
            what_if=what_if,
            assume=Assumptions(approvals=Approvals.WAITING),
        )
        foreseen = [
            (step.on, "proposed" if action.kind.value == "approval" else "planned", action.id)
            for step in found.steps
            for action in step.actions
        ]
        foreseen += [(step.on, "withdrawn", action) for step in found.steps for action in step.withdrawn]
        lived = [line for line in map(told, histories[one.id].events) if line is not None]
        assert sorted(foreseen) == sorted(lived)
        count += len(lived)
        if what_if:
            assert [line[:2] for line in lived] == [
                (MONDAY, "proposed"),
                (PROMISED, "withdrawn"),
                (BROKEN, "proposed"),
            ]
    assert count > 20
