"""Faults that the diaries and the machine brought to light, each in its smallest case."""

from datetime import date, timedelta

from recouvrement import (
    FRANCE,
    ActionPlanned,
    Allocation,
    Case,
    Decision,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    Money,
    Payment,
    Scenario,
    ScenarioStarted,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
    decide,
)
from recouvrement.domain.decision import DeadlineKind
from recouvrement.scenario.calendar_conditions import DaysAfter
from support.cases import CREDITOR, case_of, debtor, invoice
from support.diary import recorded, steps
from support.scenarios import scenario, stage
from support.tryton import Procedure, with_delays

B2B = builtin("standard_b2b")
DUE = date(2026, 9, 30)


def look(case: Case, on: date, policy: Scenario = B2B) -> Decision:
    return decide(case, on, scenario=policy, law=FRANCE)


def test_a_late_start_may_walk_every_level_and_end_in_one_day() -> None:
    """A proposal that was carried out hides no other of the same day, whatever their identifiers: cases 10, 12 and 13.

    Sorted by day, occurrence and identifier, a proposal carried out may come after one made later the same day.
    """
    file = Procedure(with_delays(builtin("tryton_compatible"), (5, 20, 40)))
    file.generate(50)
    for _ in range(3):
        file.process(50)
        file.generate(50)
    assert file.state() == (3, "final")


def test_a_scenario_that_ends_at_once_is_silent_once_its_last_stage_is_recorded() -> None:
    """Once recorded, the same date gives nothing (DESIGN §5): the end waits for the next day."""
    at_once = scenario(
        stage("rappel", 1),
        terminal={"when": DaysAfter(anchor="previous_stage", days=0), "outcome": "human_decision"},
    )
    on = date(2026, 10, 5)
    case = case_of(invoice("F1", DUE))
    sent = recorded(case, look(case, on, at_once), approve=False)
    assert look(sent, on, at_once).actions == ()
    assert [action.stage for action in look(sent, on + timedelta(days=1), at_once).actions] == ["terminal"]


def test_the_publication_of_proceedings_may_be_learnt_after_their_opening() -> None:
    """A correction is a new event: the declaration then has its last day, two months later (C. com. R622-24)."""
    kind, opened_on, published_on = InsolvencyKind.REDRESSEMENT_JUDICIAIRE, date(2026, 10, 6), date(2026, 10, 16)
    known = InsolvencyOpened(id="e1", effective_on=opened_on, insolvency=Insolvency(kind=kind, opened_on=opened_on))
    published = InsolvencyOpened(
        id="e2",
        effective_on=published_on,
        insolvency=Insolvency(kind=kind, opened_on=opened_on, published_on=published_on),
    )
    decision = look(case_of(invoice("F1", DUE), history=(known, published)), date(2026, 10, 20))
    (declaration,) = (one for one in decision.deadlines if one.kind is DeadlineKind.DECLARATION_DE_CREANCE)
    assert declaration.last_day == date(2026, 12, 16)


def test_the_end_of_proceedings_may_be_learnt_too() -> None:
    """A debt born after the closing is dunned again, as when both dates come in one event."""
    kind, opened_on, closed_on = InsolvencyKind.SAUVEGARDE, date(2025, 10, 6), date(2026, 3, 2)
    opened = InsolvencyOpened(id="e1", effective_on=opened_on, insolvency=Insolvency(kind=kind, opened_on=opened_on))
    closed = InsolvencyOpened(
        id="e2",
        effective_on=closed_on,
        insolvency=Insolvency(kind=kind, opened_on=opened_on, closed_on=closed_on),
    )
    decision = look(case_of(invoice("F1", DUE), history=(opened, closed)), date(2026, 10, 5))
    assert [action.stage for action in decision.actions] == ["relance_1"]


def test_a_last_day_that_moved_is_announced_again() -> None:
    """Deadlines outrank stages, with a lead time per kind (DESIGN §5): also the last day a part payment has set anew.

    Due on 30 September 2026: 30 September 2031. 100.00 € paid for it on 10 September 2031 acknowledge the debt, and
    five years run again from then (C. civ. art. 2240): until 10 September 2036.
    """
    hold = StopPlaced(id="e1", effective_on=DUE, stop_id="S1", stop=StopKind.MANUAL_HOLD)
    amount = Money.of("100.00", "EUR")
    part = Payment(
        id="V1",
        received_on=date(2031, 9, 10),
        amount=amount,
        allocations=(Allocation(item_id="F1", amount=amount),),
    )
    bare = case_of(invoice("F1", DUE), history=(hold,))
    before = steps(bare, DUE, date(2031, 9, 9), B2B)
    assert [action.stage for _, action in before] == ["deadline:prescription:180", "deadline:prescription:60"]
    told = tuple(ActionPlanned(id=f"n{n}", effective_on=on, action=action) for n, (on, action) in enumerate(before))
    paid = Case(creditor=CREDITOR, debtor=debtor(), invoices=bare.invoices, payments=(part,), history=(hold, *told))
    last_day = date(2036, 9, 10)
    after = [on for on, _ in steps(paid, date(2031, 9, 11), date(2036, 12, 31), B2B)]
    assert after == [last_day - timedelta(days=180), last_day - timedelta(days=60), last_day + timedelta(days=1)]


def test_the_end_of_a_scenario_is_told_again_when_another_one_has_ended() -> None:
    """The terminal rule is mandatory in every scenario (DESIGN §5, rule 8): also in the one the case was moved to."""
    first, second = builtin("un_seul_rappel"), builtin("standard_b2b")
    ended = steps(case_of(invoice("F1", DUE)), DUE, date(2026, 10, 31), first)
    assert [action.stage for _, action in ended] == ["rappel", "terminal"]
    told = tuple(ActionPlanned(id=f"n{n}", effective_on=on, action=action) for n, (on, action) in enumerate(ended))
    moved = ScenarioStarted(id="s1", effective_on=date(2026, 11, 2), scenario=second.id)
    after = steps(case_of(invoice("F1", DUE), history=(*told, moved)), date(2026, 11, 2), date(2027, 6, 30), second)
    assert [action.stage for _, action in after][-3:] == ["mise_en_demeure", "terminal", "unanswered:end"]


def test_a_hold_placed_again_is_looked_at_again() -> None:
    """Lifted, then placed once more with another review day: a stop never lies forgotten (DESIGN §10)."""
    again = date(2026, 11, 2)
    history = (
        StopPlaced(id="e1", effective_on=DUE, stop_id="S1", stop=StopKind.MANUAL_HOLD, review_on=date(2026, 10, 5)),
        StopLifted(id="e2", effective_on=date(2026, 10, 6), stop_id="S1"),
        StopPlaced(id="e3", effective_on=date(2026, 10, 6), stop_id="S1", stop=StopKind.MANUAL_HOLD, review_on=again),
    )
    told = steps(case_of(invoice("F1", DUE), history=history), DUE, date(2026, 11, 30), B2B)
    assert [on for on, action in told if action.stage.startswith("review:S1")] == [
        date(2026, 10, 5),
        again,
    ]


def test_a_claim_that_time_alone_makes_due_is_looked_at_the_day_it_is() -> None:
    """Silence before the wake-up, and a wake-up for what time changes: the gate opens the day after the due date.

    Only where the due date counts already and a formal stage is reached on it: the gate then lacks ``due_date_passed``.
    """
    at_once = scenario(
        stage("sommation", 0, rank="formal", may_be_first_contact=True, document="mise_en_demeure"),
        counts_due_day=True,
    )
    due = date(2026, 10, 1)
    on_the_day = look(case_of(invoice("F1", due)), due, at_once)
    assert on_the_day.actions == ()
    assert on_the_day.next_wakeup == due + timedelta(days=1)
    next_day = look(case_of(invoice("F1", due)), due + timedelta(days=1), at_once)
    assert [action.stage for action in next_day.actions] == ["sommation"]
