"""What ``project`` foretells is what the nightly run writes, night after night."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from recouvrement import (
    FRANCE,
    ActionCancelled,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    Approvals,
    Assumptions,
    Case,
    StopKind,
    StopPlaced,
    project,
)
from recouvrement.batch.approval import answer, awaiting_approval
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


def lived_nights(folder: Path, *, approves: bool) -> dict[str, list[Line]]:
    """Run a night on every day, and return what each case's journal tells."""
    people = [case(index) for index in range(6)]
    on = MONDAY
    while on < UNTIL:
        known = [
            one.with_events([PROMISE]) if one.debtor.id == "voilerie" and on >= PROMISED else one for one in people
        ]
        assert night(folder, portfolio(*known), on).failures == ()
        if approves:
            with opened(folder) as journal:
                for action_id in awaiting_approval(journal):
                    answer(journal, action_id, approve=True, by="Claire Fontaine", on=on)
        on += timedelta(days=1)
    with opened(folder) as journal:
        histories = journal.histories()
    return {
        case_id: sorted(line for line in map(told, known.events) if line is not None)
        for case_id, known in histories.items()
    }


def foreseen(one: Case, assume: Assumptions) -> list[Line]:
    what_if = [PROMISE] if one.debtor.id == "voilerie" else []
    found = project(one, MONDAY, UNTIL, scenario=scenario_for(one.debtor), law=FRANCE, what_if=what_if, assume=assume)
    lines = [
        (on, "proposed" if action.kind is ActionKind.APPROVAL else "planned", action.id) for on, action in found.actions
    ]
    lines += [(step.on, "withdrawn", action) for step in found.steps for action in step.withdrawn]
    return sorted(lines)


@pytest.mark.parametrize("approves", [False, True], ids=["nobody answers", "approved in the day"])
def test_eight_weeks_of_nights_are_as_foreseen(tmp_path: Path, *, approves: bool) -> None:
    """One debtor whose mise en demeure was proposed promises to pay on the Thursday, and does not."""
    lived = lived_nights(tmp_path, approves=approves)
    assume = Assumptions(answered_after_days=1) if approves else Assumptions(approvals=Approvals.WAITING)
    people = {one.id: one for one in map(case, range(6))}
    assert {case_id: foreseen(one, assume) for case_id, one in people.items()} == lived
    assert sum(map(len, lived.values())) > 20
    voilerie = next(lines for case_id, lines in lived.items() if "/voilerie/" in case_id)
    if approves:
        assert [line[:2] for line in voilerie] == [
            (MONDAY, "proposed"),
            (MONDAY + timedelta(days=1), "planned"),
            (date(2026, 12, 3), "planned"),  # the promise was not kept: the staff is told
            (date(2026, 12, 14), "planned"),  # the end, twenty days after the mise en demeure
            (date(2026, 12, 28), "planned"),  # nobody has acted on it in a fortnight
        ]
    else:
        assert [line[:2] for line in voilerie] == [
            (MONDAY, "proposed"),
            (PROMISED, "withdrawn"),
            (BROKEN, "planned"),  # the staff is told that the promise was not kept
            (BROKEN, "proposed"),
            (BROKEN + timedelta(days=14), "planned"),  # nobody has answered
        ]
