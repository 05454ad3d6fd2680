from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.calendrier_procedural import (
    counted,
    limitation_deadline,
    procedural_deadline,
)
from recouvrement.jurisdictions.fr.jours import is_working_day, public_holidays, regions
from recouvrement.law.courts import ProceduralDay


def codes(day: ProceduralDay) -> list[str]:
    return [doubt.code for doubt in day.doubts]


@pytest.mark.parametrize("month", [1, 3, 5, 7, 8, 10, 12])
def test_a_month_from_the_31st_ends_on_the_last_day_of_a_shorter_month(month: int) -> None:
    start = date(2026, month, 31)
    end = counted(start, months=1, days=0)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == 1
    assert (end + timedelta(days=1)).day == 1 or end.day == 31


def test_leap_years_give_29_february() -> None:
    assert counted(date(2027, 12, 31), months=2, days=0) == date(2028, 2, 29)
    assert counted(date(2026, 12, 31), months=2, days=0) == date(2027, 2, 28)
    assert counted(date(2024, 2, 29), months=12, days=0) == date(2025, 2, 28)


@pytest.mark.parametrize("holiday", sorted(public_holidays(2026)))
def test_a_period_that_ends_on_each_national_holiday_is_moved(holiday: date) -> None:
    day = procedural_deadline(holiday)
    assert day.raw_end == holiday
    assert day.last_day > holiday
    assert is_working_day(day.last_day)
    assert not any(is_working_day(holiday + timedelta(days=n)) for n in range((day.last_day - holiday).days))


def test_the_path_gives_each_step_with_its_article() -> None:
    day = procedural_deadline(date(2026, 1, 30), months=1, days=1)
    assert [(str(step.from_), step.act, step.effect, step.source.article) for step in day.path] == [
        ("2026-01-30", "event", "period_starts", "CPC art. 640"),
        ("2026-02-28", "months_counted", "end_of_month", "CPC art. 641 al. 2"),
        ("2026-03-01", "days_counted", "days_after_months", "CPC art. 641 al. 3"),
        ("2026-03-01", "period_ends", "not_worked", "CPC art. 642 al. 2"),
        ("2026-03-02", "working_day_extension", "last_day", "CPC art. 642 al. 2"),
    ]


def test_a_local_holiday_that_changes_nothing_raises_no_doubt() -> None:
    assert codes(procedural_deadline(date(2026, 11, 2), days=10, region="alsace-moselle")) == []
    assert codes(procedural_deadline(date(2026, 11, 26), months=1, region="alsace-moselle")) == [], "a Saturday"


def test_good_friday_depends_on_the_commune_and_lengthens_waiting_only() -> None:
    acting = procedural_deadline(date(2026, 3, 3), months=1, region="alsace-moselle")
    waiting = procedural_deadline(date(2026, 3, 3), months=1, region="alsace-moselle", is_waiting=True)
    assert (acting.last_day, waiting.last_day) == (date(2026, 4, 3), date(2026, 4, 7))
    assert codes(acting) == codes(waiting) == ["local_holiday_unsettled", "holiday_depends_on_commune"]


@pytest.mark.parametrize("raw_end", [date(2027, 5, 27), date(2027, 5, 28)])
def test_a_wait_ending_on_either_day_of_saint_martin_says_that_sources_dispute(raw_end: date) -> None:
    day = procedural_deadline(raw_end, region="saint-martin", is_waiting=True)
    assert day.last_day == (date(2027, 5, 31) if raw_end.day == 28 else raw_end)
    assert "holiday_disputed" in codes(day)


def test_a_wait_in_a_region_known_from_the_table_alone_says_so() -> None:
    assert codes(procedural_deadline(date(2026, 9, 24), region="nouvelle-caledonie", is_waiting=True)) == [
        "weak_source"
    ]
    assert codes(procedural_deadline(date(2026, 9, 24), region="nouvelle-caledonie")) == []


def test_outside_the_official_table_the_national_days_are_used_and_said() -> None:
    day = procedural_deadline(date(2035, 12, 26), region="alsace-moselle", is_waiting=True)
    assert day.last_day == date(2035, 12, 26)
    assert codes(day) == ["local_holidays_not_covered"]


def test_a_bridge_day_on_which_a_registry_may_close_is_said() -> None:
    assert codes(procedural_deadline(date(2026, 5, 15))) == ["registry_may_be_closed"], "Friday after Ascension"
    assert codes(procedural_deadline(date(2026, 5, 22))) == []


@pytest.mark.parametrize(("end", "is_in"), [("2020-03-11", False), ("2020-03-12", True), ("2020-06-23", True)])
def test_the_covid_window_is_said_and_not_counted(end: str, is_in: bool) -> None:  # noqa: FBT001  # a row of a table
    day = date.fromisoformat(end)
    assert ("covid_window_not_counted" in codes(procedural_deadline(day))) is is_in
    assert ("covid_window_not_counted" in codes(limitation_deadline(day, months=0))) is is_in


@pytest.mark.parametrize(
    ("start", "months", "days"),
    [
        (date(2026, 1, 1), -1, 0),
        (date(2026, 1, 1), 0, -1),
        (date(2026, 1, 1), 10**9, 0),
        (date(2026, 1, 1), 0, 10**9),
        (date(2026, 1, 1), 2400, 0),
        (date(1899, 12, 31), 1, 0),
        (date(2200, 1, 1), 1, 0),
        (date(2199, 12, 31), 0, 0),
        (datetime(2026, 1, 1, 12, 0), 1, 0),  # noqa: DTZ001  # an instant where a day is wanted
    ],
)
def test_absurd_periods_are_refused(start: date, months: int, days: int) -> None:
    with pytest.raises(InvalidInput):
        procedural_deadline(start, months=months, days=days)
    with pytest.raises(InvalidInput):
        limitation_deadline(start, months=months, days=days)


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(InvalidInput):
        procedural_deadline(date(2026, 1, 1), days=1, region="Bretagne")


def test_a_limitation_never_moves_and_says_that_the_day_is_not_worked() -> None:
    day = limitation_deadline(date(2011, 4, 23), months=60)
    assert day.last_day == day.raw_end == date(2016, 4, 23)
    assert [(step.act, step.effect) for step in day.path][-2:] == [
        ("period_ends", "last_day"),
        ("not_worked", "not_extended"),
    ]


def test_a_counted_first_day_ends_on_the_eve() -> None:
    """Statute in force on 19 June 2008 at midnight: five years end on 18 June 2013 (FR-S04)."""
    assert limitation_deadline(date(2008, 6, 19), months=60, is_counted=True).last_day == date(2013, 6, 18)
    assert limitation_deadline(date(2026, 1, 1), months=0, days=10, is_counted=True).last_day == date(2026, 1, 10)
    with pytest.raises(InvalidInput):
        limitation_deadline(date(2026, 1, 1), months=0, is_counted=True)


@pytest.mark.parametrize(
    ("start", "is_counted", "last_day", "doubts"),
    [
        # Both readings give 28 February: the day number is missing, and 1 March 2025 less a day is the 28th.
        (date(2024, 2, 29), False, date(2025, 2, 28), []),
        (date(2023, 2, 28), False, date(2024, 2, 28), ["february_ambiguity"]),
        # 2024 is a leap year: the first day counted is 29 February, not 1 March.
        (date(2024, 2, 28), False, date(2025, 2, 28), []),
        (date(2024, 2, 29), True, date(2025, 2, 27), ["february_ambiguity"]),
        (date(2023, 3, 1), True, date(2024, 2, 29), []),
    ],
)
def test_the_end_of_february_takes_the_earlier_day(
    start: date,
    is_counted: bool,  # noqa: FBT001  # a row of a table
    last_day: date,
    doubts: list[str],
) -> None:
    day = limitation_deadline(start, months=12, is_counted=is_counted)
    assert day.last_day == last_day
    assert codes(day) == doubts


def test_a_counted_first_day_that_the_month_reached_lacks_takes_the_earlier_day() -> None:
    day = limitation_deadline(date(2026, 5, 31), months=1, is_counted=True)
    assert day.last_day == date(2026, 6, 29)
    assert codes(day) == ["month_end_ambiguity"]


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1))


@given(start=DAYS, months=st.integers(0, 60), days=st.integers(0, 400), region=st.sampled_from([None, *regions()]))
def test_the_end_is_worked_and_waiting_is_never_shorter_than_acting(
    start: date, months: int, days: int, region: str | None
) -> None:
    acting = procedural_deadline(start, months=months, days=days, region=region)
    waiting = procedural_deadline(start, months=months, days=days, region=region, is_waiting=True)
    limit = limitation_deadline(start, months=months, days=days)
    assert is_working_day(acting.last_day)
    assert is_working_day(waiting.last_day)
    assert acting == procedural_deadline(start, months=months, days=days)._replace(doubts=acting.doubts)
    assert acting.raw_end == waiting.raw_end == limit.last_day <= acting.last_day <= waiting.last_day
    assert (acting.last_day - acting.raw_end).days <= 4
    if waiting.last_day != acting.last_day:
        assert "local_holiday_unsettled" in codes(acting)
        assert "local_holiday_unsettled" in codes(waiting)


@given(start=DAYS, months=st.integers(0, 60), days=st.integers(0, 400))
def test_a_longer_period_never_ends_earlier(start: date, months: int, days: int) -> None:
    one = procedural_deadline(start, months=months, days=days).last_day
    assert procedural_deadline(start, months=months + 1, days=days).last_day >= one
    assert procedural_deadline(start, months=months, days=days + 1).last_day >= one
