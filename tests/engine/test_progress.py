"""Where an item stands: what is kept for the items that share their days is what each would be told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from recouvrement import FRANCE, Case, Scenario, builtin
from recouvrement.engine.progress import Standing, _answer, standing
from recouvrement.engine.reach import first_reach, usable_channels
from recouvrement.engine.survey import inquiry, survey
from recouvrement.scenario.case_conditions import BalanceAtLeast
from recouvrement.scenario.conditions import AllOf
from support.strategies import cases, days, scenarios

asked = scenarios().flatmap(lambda scenario: st.tuples(st.just(scenario), cases(scenario), days))


@given(asked)
def test_an_answer_that_was_kept_is_the_one_worked_out_anew(question: tuple[Scenario, Case, date]) -> None:
    scenario, case, on = question
    ask = inquiry(case, on, scenario, FRANCE)
    reachable = {stage: way is not None for stage, way in ask.reaches.items()}
    for candidate in survey(ask).candidates:
        told = standing(candidate, scenario, reachable)
        assert told == Standing(candidate, *_answer(candidate, scenario, reachable))
        assert told == standing(candidate, scenario, reachable)


@given(asked)
def test_items_come_oldest_first(question: tuple[Scenario, Case, date]) -> None:
    """The leader is the first that can move: nobody looks for the oldest again."""
    scenario, case, on = question
    ages = [candidate.position.age for candidate in survey(inquiry(case, on, scenario, FRANCE)).candidates]
    assert ages == sorted(ages)


@given(asked)
def test_the_way_kept_for_debtors_alike_is_the_one_found_for_this_one(question: tuple[Scenario, Case, date]) -> None:
    scenario, case, on = question
    ask = inquiry(case, on, scenario, FRANCE)
    usable = usable_channels(case.debtor, ask.history)
    assert ask.reaches.usable == usable
    for stage in scenario.stages:
        way = first_reach(stage.channels, stage.recipients, case.debtor, ask.history, usable)
        assert ask.reaches[stage.id] == way
        assert ask.reaches.reachable[stage.id] is (way is not None)


def test_a_scenario_asks_about_days_only_while_no_stage_looks_at_anything_else() -> None:
    standard = builtin("standard_b2b")
    assert standard.asks_days_only
    stages = list(standard.stages)
    looks_at_balance = AllOf(of=(stages[1].when, BalanceAtLeast(amount="100")))
    for change in ({"when": looks_at_balance}, {"min_item_amount": "20"}):
        changed = [dict(stage) for stage in standard.model_dump()["stages"]]
        changed[1] |= change
        other = Scenario.model_validate(standard.model_dump() | {"stages": changed})
        assert not other.asks_days_only
