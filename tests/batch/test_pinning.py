"""A case keeps the version of the scenario it was started with, until somebody moves it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from recouvrement import (
    FRANCE,
    ActionPlanned,
    Case,
    Debtor,
    DebtorKind,
    Scenario,
    ScenarioStarted,
    builtin,
)
from recouvrement.batch.nightly import Policy, Report, rehearsal
from recouvrement.batch.pinning import Chosen, pin_of, pinned_scenario
from recouvrement.engine.history import history_on
from recouvrement.errors import ScenarioError
from support.portfolio import MONDAY, built_in_letters, case, night, opened, portfolio, scenario_for

ID = case(0).id


def edited(version: int, *, days: int = 3) -> Scenario:
    """Return the standard scenario as somebody edited it: the first reminder so many days after the due date."""
    data = builtin("standard_b2b").model_dump(mode="json")
    data["version"] = version
    data["stages"][1]["when"]["days"] = days
    return Scenario.model_validate_json(json.dumps(data))


def rules(scenario: Scenario, *others: Scenario) -> Policy:
    def chosen(debtor: Debtor) -> Scenario:
        return scenario if debtor.kind is DebtorKind.BUSINESS else scenario_for(debtor)

    return Policy(FRANCE, chosen, built_in_letters(), others)


def starts(folder: Path) -> list[tuple[str, int, date]]:
    with opened(folder) as journal:
        events = journal.history(ID).events
    return [
        (event.scenario, event.scenario_version, event.effective_on)
        for event in events
        if isinstance(event, ScenarioStarted)
    ]


def started(version: int, on: date, scenario: str = "standard_b2b", code: str = "moved") -> ScenarioStarted:
    return ScenarioStarted(id=f"{code}-{version}", effective_on=on, scenario=scenario, scenario_version=version)


def used(report: Report) -> list[str]:
    return [done.decision.stamps.scenario_hash for done in report.done]


def with_kind(bare: Case, kind: DebtorKind) -> Case:
    debtor = Debtor(**{**dict(bare.debtor), "kind": kind})
    return Case(creditor=bare.creditor, debtor=debtor, invoices=bare.invoices, history=bare.history)


def test_an_alert_to_the_staff_starts_no_scenario(tmp_path: Path) -> None:
    """Nobody can be reached: the staff is told on Monday, and the scenario starts with the first letter."""
    bare = case(0)
    lost = Debtor(**{**dict(bare.debtor), "contacts": (), "address": None})
    unreachable = Case(creditor=bare.creditor, debtor=lost, invoices=bare.invoices)
    (done,) = night(tmp_path, portfolio(unreachable)).done
    assert [action.stage.partition(":")[0] for action in done.actions] == ["unreachable"]
    assert starts(tmp_path) == []
    assert night(tmp_path, portfolio(unreachable), MONDAY + timedelta(days=30)).done == ()
    night(tmp_path, portfolio(bare), MONDAY + timedelta(days=31))
    assert starts(tmp_path) == [("standard_b2b", 1, MONDAY + timedelta(days=31))]


def test_the_first_actions_pin_the_scenario_once_and_before_them(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    night(tmp_path, portfolio(case(0)), MONDAY + timedelta(days=7))
    assert starts(tmp_path) == [("standard_b2b", 1, MONDAY)]
    with opened(tmp_path) as journal:
        events = journal.history(ID).events
    assert isinstance(events[0], ScenarioStarted)
    assert sum(isinstance(event, ActionPlanned) for event in events) == 2


def test_a_case_with_nothing_to_do_is_not_pinned(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)), date(2026, 11, 11))
    assert starts(tmp_path) == []


def test_a_started_case_keeps_its_version_when_a_newer_one_is_the_default(tmp_path: Path) -> None:
    """The newer definition is nowhere but in the default; the older one is taken from the journal."""
    old, new = edited(1), edited(2, days=60)
    night(tmp_path, portfolio(case(0)), rules=rules(old))
    report = night(tmp_path, portfolio(case(0), case(1)), MONDAY + timedelta(days=7), rules=rules(new))
    assert report.failures == ()
    assert used(report) == [old.hash, new.hash]
    assert starts(tmp_path) == [("standard_b2b", 1, MONDAY)]


def test_a_newer_default_does_not_wake_a_case_that_sleeps(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)), rules=rules(edited(1)))
    assert night(tmp_path, portfolio(case(0)), rules=rules(edited(2, days=60))).asleep == 1


def test_an_edit_without_a_new_version_applies_at_once(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)), rules=rules(edited(1)))
    changed = edited(1, days=60)
    assert used(night(tmp_path, portfolio(case(0)), rules=rules(changed))) == [changed.hash]


def test_an_event_moves_a_case_to_another_version_and_no_new_start_is_written(tmp_path: Path) -> None:
    old, new = edited(1), edited(2)
    night(tmp_path, portfolio(case(0)), rules=rules(old))
    on = MONDAY + timedelta(days=7)
    with opened(tmp_path) as journal:
        journal.append(ID, [started(2, on)], expected_version=journal.history(ID).version)
    report = night(tmp_path, portfolio(case(0)), on, rules=rules(old, new))
    assert used(report) == [new.hash]
    assert [action.scenario_version for done in report.done for action in done.actions] == [2]
    assert [version for _, version, _ in starts(tmp_path)] == [1, 2]


def test_the_anchor_stays_the_first_start_of_the_scenario() -> None:
    events = (
        started(1, date(2026, 3, 2), "standard_b2b", "a"),
        started(2, date(2026, 5, 4), "standard_b2b", "b"),
        started(1, date(2026, 6, 1), "grand_compte", "c"),
        started(3, date(2026, 7, 1), "standard_b2b", "d"),
    )
    whole = case(0).with_events(events)
    days = [
        history_on(whole, on).scenario_started_on
        for on in (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 4), date(2026, 6, 2), date(2026, 7, 1))
    ]
    assert days == [None, date(2026, 3, 2), date(2026, 3, 2), date(2026, 6, 1), date(2026, 3, 2)]


def test_of_two_starts_of_one_day_nights_and_engine_take_the_same() -> None:
    """By identifier, which the library numbers by the version of the case: the one written last comes last."""
    first, second = started(2, MONDAY, code="z"), started(1, MONDAY, code="a")
    assert pin_of(case(0), (first, second), MONDAY) == first
    assert pin_of(case(0).with_events((second,)), (first,), MONDAY) == first
    assert history_on(case(0).with_events((first, second)), MONDAY).started == first
    assert pin_of(case(0), (first, second), MONDAY - timedelta(days=1)) is None


def test_a_version_nobody_has_fails_its_case_alone_and_says_what_to_do(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.append(ID, [started(7, MONDAY)], expected_version=0)
    report = night(tmp_path, portfolio(case(0), case(1)))
    (failure,) = report.failures
    assert failure.debtor_id == "fournil"
    assert isinstance(failure.error, ScenarioError)
    assert "version 7 of scenario standard_b2b" in str(failure.error)
    assert "recouvrement migrate" in failure.error.hint
    assert [done.case.debtor.id for done in report.done] == ["garage"]
    report = night(tmp_path, portfolio(case(0)), rules=rules(edited(1), edited(7)))
    assert used(report) == [edited(7).hash]


def test_a_kept_scenario_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ScenarioError, match="cannot read"):
        pinned_scenario(
            case(0),
            (started(9, MONDAY),),
            MONDAY,
            usual=lambda: Chosen(edited(1)),
            kept=lambda _scenario, _version: '{"id": 1}',
        )


def test_the_usual_scenario_is_asked_for_only_where_its_answer_counts() -> None:
    """Of a case that may keep its own it is not asked: the rules survey the whole case to choose."""
    asked: list[str] = []

    def usual() -> Chosen:
        asked.append("usual")
        return Chosen(builtin("consommateur"))

    mine, other = edited(1), edited(2)
    follows = pinned_scenario(case(0), (started(2, MONDAY),), MONDAY, usual=usual, at_hand=(mine, other))
    assert (follows, asked) == (Chosen(other), [])
    corrected = with_kind(case(0), DebtorKind.CONSUMER)
    follows = pinned_scenario(corrected, (started(2, MONDAY),), MONDAY, usual=usual, at_hand=(mine, other))
    assert (follows, asked) == (Chosen(builtin("consommateur")), ["usual"])
    follows = pinned_scenario(case(0), (), MONDAY, usual=usual, at_hand=(mine, other))
    assert (follows, asked) == (Chosen(builtin("consommateur")), ["usual", "usual"])


def test_a_debtor_found_to_be_a_consumer_leaves_the_scenario_of_businesses(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    on = MONDAY + timedelta(days=14)
    report = night(tmp_path, portfolio(with_kind(case(0), DebtorKind.CONSUMER)), on)
    assert [done.decision.stamps.scenario for done in report.done] == ["consommateur"]
    assert [(name, day) for name, _, day in starts(tmp_path)] == [("standard_b2b", MONDAY), ("consommateur", on)]
    report = night(tmp_path, portfolio(with_kind(case(0), DebtorKind.CONSUMER)), on + timedelta(days=7))
    assert report.failures == ()


def test_a_rehearsal_follows_the_pins_of_the_journal(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)), rules=rules(edited(1)))
    with opened(tmp_path) as journal:
        report = rehearsal(
            portfolio(case(0)),
            on=MONDAY + timedelta(days=7),
            histories=journal.histories(),
            policy=rules(edited(2, days=60)),
            kept=journal.scenario,
        )
    assert used(report) == [edited(1).hash]


def test_killed_before_anything_is_written_or_after_the_pin_is_with_the_actions(tmp_path: Path) -> None:
    """One transaction: there is never a pin without the actions it came with, nor the contrary."""
    night(tmp_path, portfolio())
    with opened(tmp_path) as journal:
        for known in journal.histories().values():
            kinds = [event.type for event in known.events[:2]]
            assert kinds[0] == "scenario_started"
            assert kinds[1] in {"action_planned", "action_proposed"}
