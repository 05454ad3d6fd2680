"""What a naive implementation of procedural deadlines gets wrong: one numbered test for each error."""

from datetime import date, timedelta

from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.courts import Step, StepDeadline


def end(start: date, *, months: int = 0, days: int = 0, region: str | None = None, is_waiting: bool = False) -> date:
    return FRANCE.procedural_deadline(start, months=months, days=days, region=region, is_waiting=is_waiting).last_day


def period(code: str, step: Step) -> StepDeadline:
    (found,) = [one for one in FRANCE.step_deadlines(step, None) if one.code == code]
    return found


def codes(one: StepDeadline) -> list[str]:
    return [doubt.code for doubt in one.doubts]


def test_01_no_franc_day_is_added() -> None:
    """Ten days from Monday 2 November 2026 end on Thursday 12; with clear days they would end on Friday 13."""
    assert end(date(2026, 11, 2), days=10) == date(2026, 11, 12)


def test_02_the_day_of_the_event_is_not_counted() -> None:
    """Ten days from 7 February 2024 end on the 17th, not the 16th (FR-S17), which would have needed no extension."""
    assert FRANCE.procedural_deadline(date(2024, 2, 7), months=0, days=10, region=None).raw_end == date(2024, 2, 17)


def test_03_a_month_is_not_thirty_days() -> None:
    start = date(2026, 7, 1)
    assert end(start, months=3) == date(2026, 10, 1)
    assert start + timedelta(days=90) == date(2026, 9, 29)


def test_04_a_missing_day_number_goes_to_the_end_of_the_month_not_into_the_next() -> None:
    """31 August + 6 months is 28 February, a Sunday in 2027: Monday 1 March; not 3 March."""
    day = FRANCE.procedural_deadline(date(2026, 8, 31), months=6, days=0, region=None)
    assert (day.raw_end, day.last_day) == (date(2027, 2, 28), date(2027, 3, 1))


def test_05_months_are_counted_before_days() -> None:
    """30 January + 1 month + 5 days: 28 February, then 5 March 2026; days first would give 4 February, then 4 March."""
    assert end(date(2026, 1, 30), months=1, days=5) == date(2026, 3, 5)


def test_06_the_last_day_is_moved_once_at_the_end_and_not_between_months_and_days() -> None:
    """28 January 2026 + 1 month is Saturday 28 February: 5 days run from it (5 March), not from Monday (9 March)."""
    assert end(date(2026, 1, 28), months=1, days=5) == date(2026, 3, 5)


def test_07_easter_monday_follows_a_saturday() -> None:
    """FR-S16: 22 March 2008 is a Saturday; Monday 24 is Easter Monday; Tuesday 25."""
    assert end(date(2008, 3, 7), days=15) == date(2008, 3, 25)


def test_08_the_extension_does_not_apply_to_prescription() -> None:
    """FR-S23: Saturday 23 April 2016."""
    limit = FRANCE.limitation_deadline(date(2011, 4, 23), months=60, days=0, is_counted=False)
    assert limit.last_day == date(2016, 4, 23)
    assert end(date(2016, 4, 23)) == date(2016, 4, 25)


def test_09_a_first_day_that_is_counted_ends_the_period_on_the_eve() -> None:
    """FR-S08: not 19 June 2022."""
    limit = FRANCE.limitation_deadline(date(2020, 6, 19), months=24, days=0, is_counted=True)
    assert limit.last_day == date(2022, 6, 18)


def test_10_local_holidays_never_extend_the_time_of_the_creditor() -> None:
    """26 December 2025, a Friday: a holiday in Alsace-Moselle."""
    day = FRANCE.procedural_deadline(date(2025, 11, 26), months=1, days=0, region="alsace-moselle")
    assert day.last_day == date(2025, 12, 26)
    assert "local_holiday_unsettled" in [doubt.code for doubt in day.doubts]


def test_11_local_holidays_lengthen_a_time_that_the_creditor_waits() -> None:
    assert end(date(2025, 11, 26), months=1, region="alsace-moselle", is_waiting=True) == date(2025, 12, 29)


def test_12_saint_martin_is_not_always_27_may() -> None:
    """28 May 2027 is a Friday: since 2018 the official table has it, not the 27th."""
    assert end(date(2027, 5, 28), region="saint-martin", is_waiting=True) == date(2027, 5, 31)
    assert end(date(2027, 5, 27), region="guadeloupe", is_waiting=True) == date(2027, 5, 28)


def test_13_the_time_to_serve_depends_on_the_date_of_the_order() -> None:
    """FR-S19 and FR-S20: six months for 20 August 2026, three for 1 September."""
    assert period("order_service", Step("order_made", date(2026, 8, 20))).last_day == date(2027, 2, 22)
    assert period("order_service", Step("order_made", date(2026, 9, 1))).last_day == date(2026, 12, 1)


def test_14_three_months_did_not_begin_in_february_2026() -> None:
    """A published page says so, against four others: an order of 2 March 2026 has until 2 September."""
    assert period("order_service", Step("order_made", date(2026, 3, 2))).last_day == date(2026, 9, 2)
    assert period("order_service", Step("order_made", date(2026, 4, 1))).last_day == date(2026, 10, 1)


def test_15_the_extension_is_not_relied_on_to_serve_an_order() -> None:
    """FR-S19: the safe day is Friday 19 February 2027."""
    one = period("order_service", Step("order_made", date(2026, 8, 20)))
    assert one.safe_day == date(2027, 2, 19)
    assert codes(one) == ["extension_not_relied_on"]


def test_16_the_opposition_does_not_run_from_a_service_that_is_not_in_person() -> None:
    step = Step("order_served", date(2025, 3, 3), in_person=False)
    (only,) = FRANCE.step_deadlines(step, None)
    assert only.code == "order_enforcement"
    assert "opposition_not_begun" in codes(only)
    reached = period("order_opposition", Step("order_reached_person", date(2025, 9, 15)))
    assert reached.last_day == date(2025, 10, 15)
    unknown = period("order_opposition", Step("order_served", date(2025, 3, 3)))
    assert codes(unknown) == ["service_in_person_unknown"]


def test_17_enforcement_waits_two_months_for_orders_of_the_reform() -> None:
    """15 March 2027 + 2 months is Saturday 15 May; Monday 17 is Whit Monday; not 15 April."""
    step = Step("order_served", date(2027, 3, 15), in_person=True)
    assert period("order_enforcement", step).last_day == date(2027, 5, 18)


def test_18_a_service_after_the_reform_may_be_of_an_order_before_it() -> None:
    one = period("order_enforcement", Step("order_served", date(2026, 9, 15), in_person=True))
    assert one.last_day == date(2026, 11, 16), "15 November is a Sunday; the shorter rule would give 15 October"
    assert codes(one) == ["order_date_unknown"]
    assert [str(step.from_) for step in one.path if step.act == "other_rule"] == ["2026-10-15"]


def test_19_a_creditor_abroad_has_two_months_more_to_declare() -> None:
    """20 March 2026: 20 May, or 20 July from abroad."""
    assert period("declaration_de_creance", Step("bodacc_publication", date(2026, 3, 20))).last_day == date(2026, 5, 20)
    abroad = period("declaration_de_creance", Step("bodacc_publication", date(2026, 3, 20), is_abroad=True))
    assert abroad.last_day == date(2026, 7, 20)
    assert ("party_abroad", "adds_months") in [(step.act, step.effect) for step in abroad.path]


def test_20_a_debtor_abroad_has_two_months_more_to_oppose_and_enforcement_waits_for_it() -> None:
    """3 March 2025 + 1 + 2 months is 3 June."""
    step = Step("order_served", date(2025, 3, 3), is_abroad=True, in_person=True)
    assert period("order_opposition", step).last_day == date(2025, 6, 3)
    assert period("order_enforcement", step).last_day == date(2025, 6, 3)
    assert "abroad_or_overseas" in codes(period("order_opposition", step))


def test_21_the_relief_and_the_claim_of_goods_run_from_the_publication_too() -> None:
    """12 January 2026 + 6 months is Sunday 12 July, then Monday 13; + 3 months is Sunday 12 April, then Monday 13."""
    step = Step("bodacc_publication", date(2026, 1, 12))
    assert period("releve_de_forclusion", step).last_day == date(2026, 7, 13)
    assert period("revendication", step).last_day == date(2026, 4, 13)


def test_22_the_eight_days_of_the_record_are_added_to_the_month() -> None:
    one = period("l126_record", Step("l126_2_commandement", date(2026, 9, 1)))
    assert one.last_day == date(2026, 10, 9)
    assert "l126_route_unverified" in codes(one)


def test_23_the_days_left_by_a_mise_en_demeure_are_not_law() -> None:
    one = period("mise_en_demeure_time", Step("mise_en_demeure_presented", date(2026, 11, 2)))
    said = next(doubt for doubt in one.doubts if doubt.code == "practice_not_law")
    assert said.reason.authority == "policy"


def test_24_the_engine_does_not_rely_on_the_extension_to_declare_a_claim() -> None:
    """14 March 2026 + 2 months is Ascension day: the engine keeps it, the step shows both."""
    publication = date(2026, 3, 14)
    insolvency = Insolvency(
        kind=InsolvencyKind.REDRESSEMENT_JUDICIAIRE, opened_on=date(2026, 3, 2), published_on=publication
    )
    deadline = FRANCE.declaration_de_creance(insolvency)
    assert deadline is not None
    assert deadline.last_day == date(2026, 5, 14)
    one = period("declaration_de_creance", Step("bodacc_publication", publication))
    assert (one.safe_day, one.last_day) == (date(2026, 5, 13), date(2026, 5, 15))
