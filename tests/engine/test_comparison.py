"""``compare`` and ``migrate``: two scenarios on the same cases, worked out by hand."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    ActionCancelled,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    Approvals,
    Assumptions,
    Case,
    Channel,
    InvalidInput,
    Migration,
    Money,
    Scenario,
    StepRecorded,
    builtin,
    compare,
    decide,
    migrate,
    project,
    scenario_from_toml,
)
from recouvrement.domain.events import HistoryEvent
from support.cases import case_of, debtor, invoice
from support.strategies import START, cases, scenarios

B2B = builtin("standard_b2b")
PUBLIC = builtin("secteur_public")
FROM, UNTIL = date(2026, 9, 1), date(2027, 1, 1)
COSTS = {Channel.POST: Money.of("1.80", "EUR"), Channel.REGISTERED_POST: Money.of("6.11", "EUR")}

BRIEF = scenario_from_toml("""
id = "bref"
version = 2
title = "Un rappel, puis la mise en demeure"
debtor_kinds = ["business"]
min_interval_days = 4

[[stages]]
id = "relance_1"
document = "reminder_1"
channels = ["email"]
rank = "amicable"
when = { type = "days_after", anchor = "due_on", days = 3 }

[[stages]]
id = "lettre_ferme"
document = "reminder_letter"
channels = ["post"]
rank = "amicable"
when = { type = "days_after", anchor = "stage:relance_1", days = 11 }

[[stages]]
id = "mise_en_demeure"
document = "mise_en_demeure"
channels = ["registered_post"]
rank = "formal"
requires_approval = true
when = { type = "days_after", anchor = "stage:lettre_ferme", days = 8 }

[terminal]
outcome = "injonction_de_payer"
when = { type = "days_after", anchor = "stage:mise_en_demeure", days = 20 }
""")


def named(name: str, due_on: date = date(2026, 9, 15)) -> Case:
    plain = case_of(invoice(f"F-{name}", due_on))
    return Case.model_validate(dict(plain) | {"debtor": debtor(id=name)})


CASE = named("un")


def test_two_scenarios_on_one_case_by_hand() -> None:
    """Due on Tuesday 15 September 2026. Standard: see ``test_timeline``.

    Brief: reminder on Friday 18, letter eleven days later, Tuesday 29, mise en demeure on Wednesday 7 October, end on
    the 27th.
    """
    found = compare(B2B, BRIEF, [CASE], FROM, UNTIL, FRANCE, costs=COSTS)
    one = found.cases[0]
    assert [(contact.on.isoformat(), contact.stage) for contact in one.b.contacts] == [
        ("2026-09-18", "relance_1"),
        ("2026-09-29", "lettre_ferme"),
        ("2026-10-07", "mise_en_demeure"),
    ]
    assert [(rank.value, count) for rank, count in one.a.by_rank] == [("preventive", 1), ("amicable", 4), ("formal", 1)]
    assert [(rank.value, count) for rank, count in one.b.by_rank] == [("amicable", 2), ("formal", 1)]
    assert [(channel.value, count) for channel, count in one.a.by_channel] == [
        ("email", 3), ("phone", 1), ("post", 1), ("registered_post", 1),
    ]  # fmt: skip
    assert (one.a.days_to_first_contact, one.b.days_to_first_contact) == (3, 3)
    assert (one.a.days_to_mise_en_demeure, one.b.days_to_mise_en_demeure) == (30, 22)
    assert (str(one.a.cost), str(one.b.cost)) == ("7.91 EUR", "7.91 EUR")
    assert (one.a.terminal_on, one.b.terminal_on) == (date(2026, 11, 4), date(2026, 10, 27))
    assert (one.a.outcome, one.b.outcome) == ("human_decision", "injonction_de_payer")
    assert one.terminal_differs
    assert one.diverge_on == date(2026, 9, 10)  # the courtesy notice, which the brief one does not send
    assert [channel.value for channel in found.without_cost] == ["email", "phone"]


def test_the_totals_are_those_of_all_the_cases() -> None:
    second = named("deux", date(2026, 10, 29))
    # standard: first reminder on Monday 2 November, 4 days; mise en demeure on Monday 30 November, 32 days
    found = compare(B2B, BRIEF, iter([CASE, second]), FROM, UNTIL, FRANCE, costs=COSTS)
    assert (found.a.contacts, found.b.contacts) == (12, 6)
    first, formal = found.a.days_to_first_contact, found.a.days_to_mise_en_demeure
    assert first is not None
    assert formal is not None
    assert (first.cases, first.shortest, first.median, first.longest) == (2, 3, 3, 4)
    assert (formal.cases, formal.shortest, formal.median, formal.longest) == (2, 30, 30, 32)
    assert str(found.a.cost) == "15.82 EUR"
    assert found.a.outcomes == (("human_decision", 2),)
    assert found.diverge_on == date(2026, 9, 10)
    assert found.terminal_differs == (CASE.id, second.id)


def test_a_scenario_does_not_differ_from_itself() -> None:
    found = compare(B2B, B2B, [CASE], FROM, UNTIL, FRANCE)
    assert (found.diverge_on, found.terminal_differs, found.cases[0].diverge_on) == (None, (), None)
    assert found.a == found.b


def test_names_of_stages_are_not_a_difference_for_the_debtor() -> None:
    renamed = B2B.model_dump(mode="json")
    renamed["id"] = "autre"
    renamed["stages"][1]["id"] = "premier_rappel"
    other = Scenario.model_validate_json(json.dumps(renamed))
    assert compare(B2B, other, [CASE], FROM, UNTIL, FRANCE).diverge_on is None


def test_a_case_that_only_one_scenario_ends_differs() -> None:
    found = compare(B2B, BRIEF, [CASE], FROM, date(2026, 11, 4), FRANCE)
    assert (found.cases[0].a.outcome, found.cases[0].b.outcome) == (None, "injonction_de_payer")
    assert found.terminal_differs == (CASE.id,)


def test_a_comparison_refuses_an_empty_span_and_keeps_failures_as_rows() -> None:
    with pytest.raises(InvalidInput, match="first day left out"):
        compare(B2B, BRIEF, [CASE], FROM, FROM, FRANCE)
    action = project(CASE, FROM, UNTIL, scenario=B2B, law=FRANCE).actions[-1]
    ahead = CASE.with_events([ActionPlanned(id="x", effective_on=action[0], action=action[1])])
    found = compare(B2B, BRIEF, [ahead, CASE], FROM, UNTIL, FRANCE)
    assert [row.code for row in found.failures] == ["invalid-input"]
    assert len(found.cases) == 1


@settings(max_examples=30, deadline=None)
@given(scenarios().flatmap(lambda one: st.tuples(st.just(one), scenarios(), cases(one))))
def test_a_comparison_is_two_projections_side_by_side(question: tuple[Scenario, Scenario, Case]) -> None:
    a, b, case = question
    until = START + timedelta(days=60)
    one = compare(a, b, [case], START, until, FRANCE).cases[0]
    for course, scenario in ((one.a, a), (one.b, b)):
        actions = project(case, START, until, scenario=scenario, law=FRANCE).actions
        contacts = [(on, action.stage) for on, action in actions if action.kind.value == "contact"]
        assert [(contact.on, contact.stage) for contact in course.contacts] == contacts
        assert sum(count for _, count in course.by_rank) == len(contacts)
    if one.diverge_on is not None:
        same = compare(a, b, [case], START, one.diverge_on, FRANCE).cases if one.diverge_on > START else ()
        assert all(part.diverge_on is None for part in same)


def lived(
    until: date, scenario: Scenario = B2B, case: Case = CASE, *, approvals: Approvals = Approvals.GRANTED
) -> Case:
    """Return the case as nights until that day leave it."""
    events: list[HistoryEvent] = []
    found = project(case, FROM, until, scenario=scenario, law=FRANCE, assume=Assumptions(approvals=approvals))
    for step in found.steps:
        for action in step.actions:
            kind = ActionProposed if action.kind.value == "approval" else ActionPlanned
            events.append(kind(id=f"{action.id}:{kind.__name__}", effective_on=step.on, action=action))
        events += [event for event in step.facts if event.type == "action_approved"]
    return case.with_events(events)


def moved(case: Case, on: date, old: Scenario = B2B, new: Scenario = BRIEF) -> Migration:
    return migrate(case, on, old=old, new=new, law=FRANCE)


def test_a_migration_maps_progress_by_stage_id_and_says_what_is_lost() -> None:
    """On Monday 12 October the standard scenario has sent notice, two reminders, call and letter (Tuesday 6)."""
    case = lived(date(2026, 10, 12))
    found = moved(case, date(2026, 10, 12))
    (item,) = found.items
    assert item.kept == ("relance_1",)
    assert item.lost == ("avis_avant_echeance", "relance_2", "appel", "lettre_de_relance")
    assert item.skipped == ()
    assert item.ahead == ("lettre_ferme", "mise_en_demeure")
    assert item.again == ("lettre_ferme",)  # the letter, already sent under another name
    # The letter of the 6th gives until Wednesday 14, whatever scenario follows: nothing further before Thursday 15.
    assert found.old.actions == ()
    assert found.new.actions == ()
    assert (found.old.next_on, found.new.next_on) == (date(2026, 10, 15), date(2026, 10, 15))
    assert found.diverge_on == date(2026, 10, 15)
    assert [(one.on.isoformat(), one.stage) for one in found.new.coming] == [
        ("2026-10-15", "lettre_ferme"),
        ("2026-10-23", "mise_en_demeure"),
        ("2026-10-23", "mise_en_demeure"),
        ("2026-11-12", "terminal"),
        ("2026-11-26", "unanswered:end"),  # a fortnight without a word about the end
    ]


def test_the_event_of_a_migration_is_the_move_and_nothing_is_changed_by_looking() -> None:
    case = lived(date(2026, 10, 12))
    before = case.model_dump_json()
    found = moved(case, date(2026, 10, 12))
    assert case.model_dump_json() == before
    assert (found.event.scenario, found.event.scenario_version) == ("bref", 2)
    assert found.event.effective_on == date(2026, 10, 12)
    after = case.with_events([found.event])
    assert decide(after, found.on, scenario=BRIEF, law=FRANCE).actions == found.new.actions
    assert decide(case, found.on, scenario=B2B, law=FRANCE).actions == found.old.actions
    with pytest.raises(InvalidInput, match="already went over to bref version 2"):
        moved(after, date(2026, 10, 12))


def test_stages_before_the_furthest_one_done_are_skipped() -> None:
    case = CASE.with_events(
        [StepRecorded(id="s", effective_on=date(2026, 9, 21), stage="lettre_ferme", item_ids=("F-un",))]
    )
    (item,) = moved(case, date(2026, 9, 22), old=BRIEF, new=BRIEF).items
    assert (item.kept, item.skipped, item.ahead, item.again) == (
        ("lettre_ferme",), ("relance_1",), ("mise_en_demeure",), (),
    )  # fmt: skip


def test_a_notice_before_the_due_date_is_not_ahead_of_what_is_overdue() -> None:
    case = named("vieux", date(2026, 8, 25))
    (item,) = moved(case, date(2026, 9, 22), old=BRIEF, new=B2B).items
    assert item.skipped == ("avis_avant_echeance",)
    assert item.ahead == ("relance_1", "relance_2", "appel", "lettre_de_relance", "mise_en_demeure")
    (item,) = moved(case, date(2026, 8, 20), old=BRIEF, new=B2B).items
    assert (item.skipped, item.ahead[0]) == ((), "avis_avant_echeance")


def test_a_step_that_did_not_leave_is_not_progress() -> None:
    case = lived(date(2026, 9, 21))
    action = next(
        event.action for event in case.history if isinstance(event, ActionPlanned) if event.action.stage == "relance_1"
    )
    gone = ActionCancelled(id="gone", effective_on=date(2026, 9, 21), action_id=action.id, note="stale")
    assert moved(case, date(2026, 9, 21)).items[0].kept == ("relance_1",)
    assert moved(case.with_events([gone]), date(2026, 9, 21)).items[0].kept == ()


def test_a_migration_to_the_same_scenario_changes_nothing() -> None:
    found = moved(lived(date(2026, 9, 21)), date(2026, 9, 21), new=B2B)
    assert found.diverge_on is None
    assert found.old.coming == found.new.coming
    assert found.items[0].lost == ()


def test_a_migration_shows_the_proposals_that_wait() -> None:
    case = lived(date(2026, 10, 19), approvals=Approvals.WAITING)
    found = migrate(
        case, date(2026, 10, 19), old=B2B, new=BRIEF, law=FRANCE, assume=Assumptions(approvals=Approvals.WAITING)
    )
    assert [action.stage for action in found.pending] == ["mise_en_demeure"]
    # Under the scenario of today it stays as it is, and the staff is told once: proposed on the 15th, told on the 29th.
    assert [(one.on, one.kind) for one in found.old.coming] == [(date(2026, 10, 29), ActionKind.ALERT)]
    assert found.new.coming[0].stage == "lettre_ferme"


def test_what_is_not_started_and_what_is_paid_migrate_too() -> None:
    fresh = moved(CASE, FROM)
    assert fresh.items[0].ahead == ("relance_1", "lettre_ferme", "mise_en_demeure")
    assert moved(case_of(), FROM).items == ()


@pytest.mark.parametrize("days", [0, 10**9])
def test_a_migration_looks_at_one_day_at_least(days: int) -> None:
    with pytest.raises(InvalidInput, match="Give at least one day"):
        migrate(CASE, FROM, old=B2B, new=BRIEF, law=FRANCE, horizon_days=days)
