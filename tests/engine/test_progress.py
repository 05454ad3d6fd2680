"""Where an item stands: what is kept for the items that share their days is what each would be told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from recouvrement import FRANCE, Case, Scenario, builtin
from recouvrement.engine.progress import Standing, _answer, standing
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
