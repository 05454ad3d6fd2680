import csv
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from dateutil.easter import easter

from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.jours import is_working_day, next_working_day, public_holidays

OFFICIAL = Path(__file__).parents[4] / "shared/samples/jours-feries/etalab-licence-ouverte/jours_feries.csv"


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official table of holidays is not beside this clone")
def test_the_holidays_are_those_of_the_official_table() -> None:
    with OFFICIAL.open(encoding="utf-8", newline="") as table:
        official = {
            date.fromisoformat(row["date"]) for row in csv.DictReader(table) if "Métropole" in row["zones"].split("|")
        }
    years = {day.year for day in official}
    assert len(years) > 20
    assert {day for year in years for day in public_holidays(year)} == official


@pytest.mark.parametrize("year", [*range(1990, 2005), *range(2008, 2060)])
def test_the_holidays_are_those_of_an_independent_calendar(year: int) -> None:
    assert public_holidays(year) == set(holidays.country_holidays("FR", years=year))


@pytest.mark.parametrize("year", [2005, 2006, 2007])
def test_whit_monday_stayed_a_holiday_when_it_was_the_solidarity_day(year: int) -> None:
    # The independent calendar drops it; the official table and C. trav. art. L3133-1 keep it.
    dropped = public_holidays(year) - set(holidays.country_holidays("FR", years=year))
    assert [day - easter(year) for day in dropped] == [timedelta(days=50)]


def test_there_are_eleven_holidays_unless_two_fall_together() -> None:
    assert len(public_holidays(2026)) == 11
    assert len(public_holidays(2008)) == 10, "Ascension fell on 1 May in 2008"


def test_saturdays_sundays_and_holidays_are_not_worked() -> None:
    assert not is_working_day(date(2026, 11, 21))
    assert not is_working_day(date(2026, 11, 22))
    assert not is_working_day(date(2026, 11, 11))
    assert is_working_day(date(2026, 11, 23))
    assert FRANCE.is_working_day(date(2026, 11, 23))


def test_good_friday_and_26_december_are_worked_outside_alsace_moselle() -> None:
    assert is_working_day(date(2026, 4, 3))
    assert is_working_day(date(2025, 12, 26))


def test_the_next_working_day_is_the_day_itself_when_it_is_worked() -> None:
    assert next_working_day(date(2026, 11, 23)) == date(2026, 11, 23)


def test_a_saturday_before_easter_monday_goes_to_tuesday() -> None:
    assert FRANCE.next_working_day(date(2008, 3, 22)) == date(2008, 3, 25)


def test_a_holiday_on_friday_goes_to_monday() -> None:
    assert FRANCE.next_working_day(date(2023, 7, 14)) == date(2023, 7, 17)


def test_the_next_working_day_is_at_most_four_days_away() -> None:
    day = date(2020, 1, 1)
    while day < date(2032, 1, 1):
        assert is_working_day(next_working_day(day))
        assert next_working_day(day) - day <= timedelta(days=4)
        day += timedelta(days=1)
