"""The lives the linter and the drawings look at: the same days as the engine's, on a case of one invoice."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement import FRANCE, ActionKind, Channel, Scenario, builtin
from recouvrement.domain.vocabulary import PaymentMethod
from recouvrement.scenario.lives import DUE_ON, EVERY_CHANNEL, Days, Wait, World, live
from recouvrement.scenario.model import Entry, Outcome
from support.cases import case_of, invoice
from support.diary import steps
from support.strategies import scenarios

EVERY_DAY = Days(lambda day: day, lambda day: day)
WORKED = Days(FRANCE.next_working_day, FRANCE.next_working_day)


@pytest.mark.parametrize("name", ["standard_b2b", "consommateur", "secteur_public"])
@pytest.mark.parametrize("shift", range(0, 40, 3))
@pytest.mark.parametrize("first_day", [-20, 26])
def test_a_life_has_the_days_and_the_stages_of_the_engine(name: str, shift: int, first_day: int) -> None:
    scenario = builtin(name)
    due_on = DUE_ON + timedelta(days=shift)
    life = live(scenario, World(kind=scenario.debtor_kinds[0], due_on=due_on, first_day=first_day), WORKED)
    case = case_of(invoice("F1", due_on), kind=scenario.debtor_kinds[0])
    start, end = due_on + timedelta(days=first_day), due_on + timedelta(days=400)
    told = steps(case, start, end, scenario)
    sent = [(on, action.stage) for on, action in told if action.kind is ActionKind.CONTACT]
    assert [(due_on + timedelta(days=step.day), scenario.stages[step.place].id) for step in life.steps] == sent
    ended = [(on, action.outcome) for on, action in told if action.kind is ActionKind.TERMINAL]
    assert life.ended_day is not None
    assert ended == [(due_on + timedelta(days=life.ended_day), life.outcome)]


@cache
def holidays(year: int) -> frozenset[date]:
    return frozenset(holiday.on for holiday in FRANCE.holidays(year, None))


def is_holiday(day: date) -> bool:
    return day in holidays(day.year)


@given(scenarios(), st.integers(-20, 60), st.integers(0, 6))
@settings(max_examples=200)
def test_a_life_is_the_engines_in_scenarios_of_any_shape(drawn: Scenario, first_day: int, shift: int) -> None:
    stages = [stage.model_dump() | {"requires_approval": False} for stage in drawn.stages]
    scenario = of(drawn, stages=stages)
    due_on = DUE_ON + timedelta(days=shift)
    world = World(due_on=due_on, first_day=first_day, started_day=None, notice_days=None)
    days = Days(FRANCE.next_working_day, lambda day: scenario.sending.next_day(day, is_holiday))
    life = live(scenario, world, days)
    told = steps(
        case_of(invoice("F1", due_on)), due_on + timedelta(days=first_day), due_on + timedelta(days=250), scenario
    )
    names = {stage.id for stage in scenario.stages}
    sent = [((on - due_on).days, action.stage) for on, action in told if action.stage in names]
    assert [(step.day, scenario.stages[step.place].id) for step in life.steps if step.day <= 250] == sent
    ended = [(on - due_on).days for on, action in told if action.kind is ActionKind.TERMINAL]
    assert ended == ([life.ended_day] if life.ended_day is not None and life.ended_day <= 250 else [])


def of(scenario: Scenario, **changes: object) -> Scenario:
    return Scenario.model_validate({name: getattr(scenario, name) for name in Scenario.model_fields} | changes)


def days_of(scenario: Scenario, world: World) -> list[int]:
    return [step.day for step in live(scenario, world, EVERY_DAY).steps]


def test_a_message_that_gives_days_to_pay_puts_the_next_one_off() -> None:
    scenario = builtin("standard_b2b")
    more = {"lettre_de_relance": {"pay_within_days": 12, "grace_days": 2}}
    stages = [stage.model_dump() | more.get(stage.id, {}) for stage in scenario.stages]
    life = live(of(scenario, stages=stages), World(), EVERY_DAY)
    assert (life.steps[-1].day, life.steps[-1].ready_day) == (21 + 12 + 2 + 1, 30)
    assert life.steps[-1].waited == {Wait.TIME_TO_PAY}


def test_a_stage_that_comes_back_does_so_until_the_next_is_due() -> None:
    scenario = builtin("standard_b2b")
    first, second = scenario.stages[1], scenario.stages[2]
    again = {"every_days": 2, "max_times": 9}
    later = {"type": "days_after", "anchor": "due_on", "days": 12}
    stages = [first.model_dump() | {"repeat": again}, second.model_dump() | {"when": later}]
    end = {"when": {"type": "days_after", "anchor": "previous_stage", "days": 5}, "outcome": "write_off"}
    life = live(of(scenario, stages=stages, terminal=end, min_interval_days=1), World(), EVERY_DAY)
    assert [(step.place, step.day) for step in life.steps] == [(0, 3), (0, 5), (0, 7), (0, 9), (0, 11), (1, 12)]
    assert (life.ended_day, life.outcome) == (17, Outcome.WRITE_OFF)


def test_a_late_entry_starts_at_the_first_stage_or_at_the_last_amicable_one() -> None:
    scenario = builtin("standard_b2b")
    after = [{"type": "days_after", "anchor": "due_on", "days": days} for days in (3, 10, 15, 21, 60)]
    stages = [stage.model_dump() | {"when": when} for stage, when in zip(scenario.stages[1:], after, strict=True)]
    late = World(first_day=45)
    assert live(of(scenario, stages=stages), late, EVERY_DAY).steps[0].place == 0
    by_age = live(of(scenario, stages=stages, entry=Entry.BY_AGE), late, EVERY_DAY)
    assert scenario.stages[1 + by_age.steps[0].place].id == "lettre_de_relance"


def test_an_optional_stage_is_passed_over_where_its_channel_is_missing() -> None:
    scenario = builtin("standard_b2b")
    no_phone = World(channels=EVERY_CHANNEL - {Channel.PHONE})
    assert days_of(scenario, World()) == [-5, 3, 10, 15, 21, 30]
    assert days_of(scenario, no_phone) == [-5, 3, 10, 21, 30]


def test_a_direct_debit_waits_for_its_rejection() -> None:
    scenario = builtin("standard_b2b")
    debit = World(payment_method=PaymentMethod.DIRECT_DEBIT)
    assert days_of(scenario, debit)[:1] == [-5]
    assert live(scenario, debit, EVERY_DAY).ended_day is None
    assert days_of(scenario, debit._replace(rejected_day=6))[1] == 6


def test_a_claim_that_lacks_something_never_gets_a_formal_demand() -> None:
    life = live(builtin("standard_b2b"), World(lacks=("certain",)), EVERY_DAY)
    assert [step.place for step in life.steps] == [0, 1, 2, 3, 4]
    assert life.ended_day is None


def test_a_branch_gives_the_outcome() -> None:
    scenario = builtin("standard_b2b")
    small = {"when": {"type": "balance_at_most", "amount": "50"}, "outcome": "write_off"}
    end = scenario.terminal.model_dump() | {"branches": [small]}
    branched = of(scenario, terminal=end)
    assert live(branched, World(), EVERY_DAY).outcome is Outcome.HUMAN_DECISION
    small_life = live(branched, World(balance_minor=5_000), EVERY_DAY)
    assert (small_life.outcome, small_life.branch) == (Outcome.WRITE_OFF, 0)


def test_the_due_date_is_a_wednesday() -> None:
    assert date(2026, 9, 30) == DUE_ON
    assert DUE_ON.weekday() == 2
