from datetime import date

import pytest

from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.errors import InvalidInput, NotCovered
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.courts import Step, StepDeadline


def insolvency(published_on: date | None, kind: InsolvencyKind = InsolvencyKind.REDRESSEMENT_JUDICIAIRE) -> Insolvency:
    return Insolvency(kind=kind, opened_on=date(2005, 1, 3), published_on=published_on)


def test_the_declaration_is_due_two_months_after_the_publication() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2026, 3, 20)))
    assert deadline is not None
    assert deadline.last_day == date(2026, 5, 20)
    assert [step.act for step in deadline.path] == ["bodacc_publication", "period_ends"]


def test_a_shorter_month_ends_the_time_on_its_last_day() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2025, 12, 31)))
    assert deadline is not None
    assert deadline.last_day == date(2026, 2, 28)


def test_the_extension_to_a_working_day_is_shown_but_not_relied_on() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2026, 3, 14)))
    assert deadline is not None
    assert deadline.last_day == date(2026, 5, 14), "Ascension"
    step = deadline.path[-1]
    assert (step.from_, step.act, step.effect) == (date(2026, 5, 15), "working_day_extension", "not_relied_on")


def test_without_publication_there_is_no_deadline() -> None:
    assert FRANCE.declaration_de_creance(insolvency(None)) is None


def test_over_indebtedness_has_no_such_declaration() -> None:
    assert FRANCE.declaration_de_creance(insolvency(date(2026, 3, 20), InsolvencyKind.SURENDETTEMENT)) is None


def test_outside_the_covered_days_the_path_says_that_the_period_is_assumed() -> None:
    deadline = FRANCE.declaration_de_creance(insolvency(date(2005, 3, 21)))
    assert deadline is not None
    assert "period_not_covered" in [step.act for step in deadline.path]


def test_the_stop_names_its_text_by_kind_of_proceedings() -> None:
    articles = {}
    for kind in InsolvencyKind:
        source = FRANCE.insolvency_stop(insolvency(None, kind)).source
        assert source is not None
        articles[kind] = source.article
    assert articles[InsolvencyKind.SURENDETTEMENT] == "C. conso. art. L722-2 et L722-5"
    assert articles[InsolvencyKind.SAUVEGARDE] == "C. com. art. L622-7 et L622-21"


def step_of(kind: str, on: date, region: str | None = None) -> dict[str, StepDeadline]:
    return {one.code: one for one in FRANCE.step_deadlines(Step(kind, on), region)}


@pytest.mark.parametrize("kind", FRANCE.steps())
def test_every_step_answers_with_a_path_that_starts_at_the_step(kind: str) -> None:
    on = date(2026, 11, 2)
    for one in FRANCE.step_deadlines(Step(kind, on), None):
        first = one.path[0]
        assert (first.from_, first.act, first.effect) == (on, kind, "period_starts")
        assert one.last_day in [step.from_ for step in one.path]
        assert (one.safe_day >= one.last_day) if one.is_waiting else (one.safe_day <= one.last_day)


def test_a_region_lengthens_the_wait_and_brings_the_safe_day_forward() -> None:
    # 26 November 2025 + 30 days, and 26 June 2025 + 6 months, are Friday 26 December 2025.
    waiting = step_of("cheque_presented", date(2025, 11, 26), "alsace-moselle")["cheque_certificate"]
    assert (waiting.last_day, waiting.safe_day) == (date(2025, 12, 26), date(2025, 12, 29))
    acting = step_of("order_made", date(2025, 6, 26), "alsace-moselle")["order_service"]
    assert (acting.last_day, acting.safe_day) == (date(2025, 12, 26), date(2025, 12, 24))
    codes = [doubt.code for doubt in acting.doubts]
    assert "local_holiday_unsettled" in codes
    assert "extension_not_relied_on" in codes


def test_a_region_whose_holidays_are_far_changes_nothing() -> None:
    # 1 August 2027 + 6 months is Tuesday 1 February 2028.
    assert step_of("title_l126_made", date(2027, 8, 1), "mayotte")["l126_title_service"].last_day == date(2028, 2, 1)


def test_a_formula_is_requested_from_the_earliest_end_of_the_opposition() -> None:
    # 13 January 2021 + 1 month = Saturday 13 February (opposition until Monday 15); + 1 month = Saturday 13 March.
    periods = step_of("order_served", date(2021, 1, 13))
    assert periods["order_opposition"].last_day == date(2021, 2, 15)
    formula = periods["order_formula"]
    assert (formula.safe_day, formula.last_day) == (date(2021, 3, 12), date(2021, 3, 15))
    assert ("order_opposition", "period_starts") in [(step.act, step.effect) for step in formula.path]


def test_a_service_of_spring_2022_keeps_the_formula_of_the_old_rule() -> None:
    periods = step_of("order_served", date(2022, 6, 1))
    assert "order_date_unknown" in [doubt.code for doubt in periods["order_formula"].doubts]
    assert periods["order_enforcement"].last_day == date(2022, 7, 1)


def test_conditions_are_steps_of_the_path() -> None:
    record = step_of("l126_2_commandement", date(2026, 9, 1))["l126_record"]
    assert [step.act for step in record.path if step.effect == "condition"] == ["no_payment", "no_contest"]


@pytest.mark.parametrize(
    ("step", "region"),
    [
        (Step("jugement", date(2026, 1, 1)), None),
        (Step("order_made", date(2026, 1, 1)), "Bretagne"),
        (Step("order_made", date(1800, 1, 1)), None),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(step: Step, region: str | None) -> None:
    with pytest.raises(InvalidInput):
        FRANCE.step_deadlines(step, region)


def test_a_step_outside_the_covered_days_is_refused() -> None:
    with pytest.raises(NotCovered):
        FRANCE.step_deadlines(Step("order_made", date(2005, 6, 1)), None)
