import csv
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from dateutil.easter import easter

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import InvalidInput, LawError, NotCovered
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.jours import (
    FILE,
    is_working_day,
    local_holidays_from,
    next_working_day,
    previous_working_day,
    public_holidays,
    region_at,
    region_named,
    regions,
)
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.files import read_table

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


@pytest.mark.parametrize(
    "postal_code", ["44000", "67000", "97100", "97200", "97400", "97600", "97133", "97150", "98800"]
)
def test_a_day_asked_about_at_an_address_is_a_holiday_of_its_region(postal_code: str) -> None:
    """The days that are no holiday anywhere are told first."""
    address = PostalAddress(street="1 rue du Port", postal_code=postal_code, city="Ville")
    days = [date(2024, 1, 1) + timedelta(days=ahead) for ahead in range(366 + 365)]
    told = [day for day in days if FRANCE.is_holiday(day, address)]
    assert told == [day for day in days if day in public_holidays(day.year, region_at(address))]


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


YEARS = range(2006, 2032)
"""The years of the official table."""


def official_days() -> dict[str, set[date]]:
    """Return the days of the official table, by code of region."""
    days: dict[str, set[date]] = {}
    with OFFICIAL.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            for zone in row["zones"].split("|"):
                days.setdefault(region_named(zone).id, set()).add(date.fromisoformat(row["date"]))
    return days


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official table of holidays is not beside this clone")
def test_every_region_has_the_days_of_the_official_table_every_year() -> None:
    official = official_days()
    assert set(official) == set(regions())
    assert {day.year for day in official["metropole"]} == set(YEARS)
    for region, days in official.items():
        for year in YEARS:
            expected = {day for day in days if day.year == year}
            assert public_holidays(year, region) == expected, (region, year)


WHIT_MONDAYS = {date(2006, 6, 5), date(2007, 5, 28)}
"""Dropped by the package when Whit Monday was the solidarity day; the official table keeps them."""


@pytest.mark.parametrize(
    ("region", "code", "package_adds", "package_lacks"),
    [
        ("alsace-moselle", "57", set(), set()),
        # Customary days of Guadeloupe, and the Schœlcher day of Martinique, are in no article of the dossier.
        ("guadeloupe", "971", {"Mi-Careme", "Good Friday", "Victor Schoelcher Day"}, set()),
        ("martinique", "972", {"Victor Schoelcher Day"}, set()),
        ("guyane", "973", set(), set()),
        ("la-reunion", "974", set(), set()),
        ("mayotte", "976", set(), set()),
        # The package knows the abolition day of Saint-Barthélemy later than the table, which has it since 2006.
        ("saint-barthelemy", "BL", set(), {date(year, 10, 9) for year in range(2006, 2012)}),
        # The package gives 28 May from 2012, the table 27 May until 2017.
        (
            "saint-martin",
            "MF",
            {"Abolition of Slavery", "Victor Schoelcher Day"},
            {date(year, 5, 27) for year in range(2006, 2018)},
        ),
        ("saint-pierre-et-miquelon", "PM", set(), set()),
        # Days of these territories are set by their own authorities; the official table shows none of them.
        (
            "wallis-et-futuna",
            "WF",
            {"Feast of Saint Peter Chanel", "Saints Peter and Paul Day", "Territory Day"},
            set(),
        ),
        ("nouvelle-caledonie", "NC", {"Citizenship Day"}, set()),
        (
            "polynesie-francaise",
            "PF",
            {"Missionary Day", "Good Friday", "Internal Autonomy Day", "Matāri'i"},
            set(),
        ),
    ],
)
def test_the_second_oracle_differs_only_where_it_is_explained(
    region: str, code: str, package_adds: set[str], package_lacks: set[date]
) -> None:
    package = holidays.country_holidays("FR", subdiv=code, years=YEARS)
    ours = {day for year in YEARS for day in public_holidays(year, region)}
    assert {package[day] for day in set(package) - ours} <= package_adds
    assert ours - set(package) <= WHIT_MONDAYS | package_lacks


def test_saint_martin_moves_to_28_may_in_2018_and_says_that_the_statute_reads_27() -> None:
    assert date(2017, 5, 27) in public_holidays(2017, "saint-martin")
    assert FRANCE.holiday_doubts(2017, "saint-martin") == ()
    assert date(2018, 5, 28) in public_holidays(2018, "saint-martin")
    assert date(2018, 5, 27) not in public_holidays(2018, "saint-martin")
    (doubt,) = FRANCE.holiday_doubts(2018, "saint-martin")
    assert (doubt.code, doubt.reason.input("on"), doubt.reason.input("other")) == (
        "holiday_disputed",
        "2018-05-28",
        "2018-05-27",
    )
    (day,) = [day for day in FRANCE.holidays(2018, "saint-martin") if day.is_local]
    assert day.source.confidence is Confidence.UNSETTLED


def test_good_friday_carries_the_condition_of_the_commune() -> None:
    (doubt,) = FRANCE.holiday_doubts(2026, "alsace-moselle")
    assert (doubt.code, doubt.reason.input("on")) == ("holiday_depends_on_commune", "2026-04-03")
    assert [str(day.on) for day in FRANCE.holidays(2026, "alsace-moselle") if day.is_local] == [
        "2026-04-03",
        "2026-12-26",
    ]


def test_a_region_known_from_the_table_alone_is_marked() -> None:
    for region in ("nouvelle-caledonie", "polynesie-francaise", "saint-pierre-et-miquelon", "wallis-et-futuna"):
        assert {day.source.confidence for day in FRANCE.holidays(2026, region)} == {Confidence.SINGLE}
        assert [doubt.code for doubt in FRANCE.holiday_doubts(2026, region)] == ["weak_source"]
    assert FRANCE.holiday_doubts(2026, None) == FRANCE.holiday_doubts(2026, "metropole") == ()


def test_two_holidays_of_one_day_are_both_named() -> None:
    assert [day.name for day in FRANCE.holidays(2008, None) if day.on == date(2008, 5, 1)] == [
        "Ascension",
        "Fête du Travail",
    ]


@pytest.mark.parametrize("name", ["La Réunion", "la_reunion", "LA REUNION", "Réunion", " la-réunion "])
def test_a_region_is_read_by_its_name(name: str) -> None:
    assert region_named(name).id == "la-reunion"


def test_an_unknown_region_lists_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="alsace-moselle") as refusal:
        FRANCE.holidays(2026, "Bretagne")
    assert refusal.value.where == "region"


@pytest.mark.parametrize("year", [2005, 2032])
def test_a_region_outside_the_official_table_is_refused_not_guessed(year: int) -> None:
    with pytest.raises(NotCovered):
        FRANCE.holidays(year, "alsace-moselle")
    assert len(FRANCE.holidays(year, None)) == 11


@pytest.mark.parametrize("year", [1899, 2200, 0, 99999])
def test_a_year_out_of_range_is_refused(year: int) -> None:
    with pytest.raises(InvalidInput):
        FRANCE.holidays(year, None)


def test_working_days_follow_the_region_that_is_named() -> None:
    assert not is_working_day(date(2026, 4, 3), "alsace-moselle")
    assert next_working_day(date(2026, 4, 3), "alsace-moselle") == date(2026, 4, 7)
    assert previous_working_day(date(2026, 4, 6), "alsace-moselle") == date(2026, 4, 2)
    assert previous_working_day(date(2026, 4, 6)) == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"day": None}, "day or after_easter"),
        ({"region": "bretagne"}, "not listed"),
        ({"confidence": "unverified"}, "unverified"),
        ({"sources": []}, "no sources"),
        ({"until": date(2006, 1, 1)}, "must end after it begins"),
        ({"day": "27 avril"}, "pattern"),
    ],
)
def test_a_faulty_local_day_is_refused(change: dict[str, object], fault: str) -> None:
    content = read_table(PACKAGE, FILE)
    rows = content["days"]
    assert isinstance(rows, list)
    row = {name: value for name, value in {**rows[2], **change}.items() if value is not None}
    with pytest.raises(LawError, match=fault):
        local_holidays_from({**content, "days": [row]}, where="jours.toml")
    with pytest.raises(LawError, match="list of tables"):
        local_holidays_from({**content, "days": row}, where="jours.toml")
