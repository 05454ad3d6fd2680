"""Public holidays, national and local, and working days."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Annotated, ClassVar, Final, Self

from dateutil.easter import easter
from pydantic import Field, Strict, StringConstraints, model_validator

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.domain.values import FIRST_DAY, LAST_DAY, Code
from recouvrement.errors import InvalidInput, NotCovered
from recouvrement.jurisdictions.fr.lignes_datees import DatedRow, DatedTable, checked_table
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.courts import Holiday
from recouvrement.law.files import read_table

FILE: Final = "jours_feries_locaux"

_ONE_DAY = timedelta(days=1)
_FIXED = (
    (1, 1, "Jour de l’an"),
    (5, 1, "Fête du Travail"),
    (5, 8, "Victoire de 1945"),
    (7, 14, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice de 1918"),
    (12, 25, "Noël"),
)
"""Month, day and name of the eight holidays with a fixed date."""
_AFTER_EASTER = ((1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte"))
"""Days from Easter Sunday to the three holidays that follow it."""
_NATIONAL = Source(article="C. trav. art. L3133-1", confidence=Confidence.TEXT_READ)
_ALIASES = {"reunion": "la-reunion", "france": "metropole", "alsace": "alsace-moselle", "moselle": "alsace-moselle"}

MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Region(DatedRow):
    """A part of the country that has its own list of holidays, and the text it has the national days from."""

    file: ClassVar[str] = FILE


class LocalDay(DatedRow):
    """A holiday of one region, every year it is in force."""

    file: ClassVar[str] = FILE
    region: Code
    day: MonthDay | None = None
    after_easter: Annotated[int, Strict(), Field(ge=-60, le=60)] | None = None
    other_reading: MonthDay | None = None
    """Day that another source gives."""
    condition: Code | None = None
    """What must hold for the day to be a holiday."""

    @model_validator(mode="after")
    def _has_one_day(self) -> Self:
        if (self.day is None) is (self.after_easter is None):
            message = f"{self.id} from {self.from_}: give day or after_easter"
            raise ValueError(message)
        return self

    def in_year(self, year: int) -> date:
        """Return the day of that year."""
        if self.after_easter is not None:
            return easter(year) + timedelta(days=self.after_easter)
        return date.fromisoformat(f"{year}-{self.day}")

    def disputed_in(self, year: int) -> date | None:
        """Return the day that another source gives for that year, if there is one."""
        return None if self.other_reading is None else date.fromisoformat(f"{year}-{self.other_reading}")


class LocalHolidays(DatedTable):
    """The whole file."""

    regions: tuple[Region, ...]
    days: tuple[LocalDay, ...]

    @model_validator(mode="after")
    def _names_known_regions(self) -> Self:
        unknown = {day.region for day in self.days} - {region.id for region in self.regions}
        if unknown:
            message = f"days of regions that are not listed: {', '.join(sorted(unknown))}"
            raise ValueError(message)
        return self


@cache
def local_holidays() -> LocalHolidays:
    """Return the regions and their own holidays; the file is read the first time only."""
    return local_holidays_from(read_table(PACKAGE, FILE))


def local_holidays_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{FILE}.toml") -> LocalHolidays:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    return checked_table(LocalHolidays, content, where, ("regions", "days"))


def regions() -> tuple[str, ...]:
    """Return the codes of the regions, in alphabetical order."""
    return tuple(sorted(region.id for region in local_holidays().regions))


@lru_cache(maxsize=64)
def region_named(name: str) -> Region:
    """Return a region by its code or name; case, accents, spaces and underscores do not matter.

    Raises ``InvalidInput`` for an unknown name, listing the known ones.

    >>> region_named("La Réunion").id
    'la-reunion'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    code = re.sub(r"[\s_'-]+", "-", plain.strip())
    code = _ALIASES.get(code, code)
    found = next((region for region in local_holidays().regions if region.id == code), None)
    if found is None:
        raise InvalidInput(
            where="region", found=f"{name!r} is not a known region", hint=f"Known: {', '.join(regions())}."
        )
    return found


def holidays(year: int, region: str | None = None) -> tuple[Holiday, ...]:
    """Return the public holidays of a year in order: the national ones, and those of the region if one is given.

    Two may fall on one day (Ascension on 1 May 2008). Raises ``InvalidInput`` for an unknown region or a year that
    is not of this calendar, ``NotCovered`` for a region in a year outside the official table.

    >>> [f"{day.on} {day.name}" for day in holidays(2026, "mayotte") if day.is_local]
    ['2026-04-27 Abolition de l’esclavage']

    Sources:
        C. trav. art. L3133-1, L3134-13 and L3422-2; official table of public holidays (Etalab).
    """
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise InvalidInput(
            where="year", found=f"{year} is out of range", hint=f"Give {FIRST_DAY.year} to {LAST_DAY.year}."
        )
    if region is None:
        return _national(year, _NATIONAL)
    known = region_named(region)
    local = (
        Holiday(row.in_year(year), row.label, is_local=True, source=row.source) for row in _local_rows(year, known)
    )
    return tuple(sorted((*_national(year, known.source), *local), key=lambda day: (day.on, day.is_local, day.name)))


def holiday_doubts(year: int, region: str | None = None) -> tuple[Doubt, ...]:
    """Return what is not settled about the holidays of a region: a day that sources dispute, or that has a condition.

    Each doubt names the day in its input ``on``. Raises as ``holidays`` does.

    >>> [doubt.code for doubt in holiday_doubts(2026, "alsace-moselle")]
    ['holiday_depends_on_commune']
    """
    if region is None:
        return ()
    known = region_named(region)
    doubts = []
    for row in _local_rows(year, known):
        inputs: dict[str, object] = {"on": row.in_year(year), "region": known.id}
        if row.other_reading is not None:
            inputs["other"] = row.disputed_in(year)
            doubts.append(Doubt.of("holiday_disputed", Authority.LAW, inputs, row.source))
        if row.condition is not None:
            doubts.append(
                Doubt.of(
                    "holiday_depends_on_commune", Authority.LAW, {**inputs, "condition": row.condition}, row.source
                )
            )
    return (*known.weak_source, *doubts)


@lru_cache(maxsize=512)
def public_holidays(year: int, region: str | None = None) -> frozenset[date]:
    """Return the days of ``holidays``; without a region, the eleven national ones as the list stands since 1982.

    >>> sorted(public_holidays(2026))[1:3]
    [datetime.date(2026, 4, 6), datetime.date(2026, 5, 1)]

    Sources:
        C. trav. art. L3133-1.
    """
    if region is None:
        return frozenset(day.on for day in _national(year, _NATIONAL))
    return frozenset(day.on for day in holidays(year, region))


_REGIONS_BY_DEPARTMENT: Final = {
    **dict.fromkeys(("57", "67", "68"), "alsace-moselle"),
    "971": "guadeloupe",
    "972": "martinique",
    "973": "guyane",
    "974": "la-reunion",
    "975": "saint-pierre-et-miquelon",
    "976": "mayotte",
    "986": "wallis-et-futuna",
    "987": "polynesie-francaise",
    "988": "nouvelle-caledonie",
}
_REGIONS_BY_POSTAL_CODE: Final = {"97133": "saint-barthelemy", "97150": "saint-martin"}
"""Places whose postal code begins like that of Guadeloupe."""


def region_at(address: PostalAddress | None) -> str | None:
    """Return the region whose own holidays are kept at an address; ``None``: the national ones.

    >>> region_at(PostalAddress(street="1 quai Koch", postal_code="67000", city="Strasbourg"))
    'alsace-moselle'
    """
    if address is None or not address.is_french:
        return None
    by_code = _REGIONS_BY_POSTAL_CODE.get(address.postal_code)
    return by_code or _REGIONS_BY_DEPARTMENT.get(address.region_code)


def holidays_at(year: int, address: PostalAddress | None) -> frozenset[date]:
    """Return the public holidays kept at an address; the national ones for years whose local days are not known."""
    return _known_holidays(year, region_at(address))


@lru_cache(maxsize=512)
def holidays_anywhere(year: int) -> frozenset[date]:
    """Return the public holidays kept at some address or other."""
    regions = {None, *_REGIONS_BY_DEPARTMENT.values(), *_REGIONS_BY_POSTAL_CODE.values()}
    return frozenset().union(*[_known_holidays(year, region) for region in regions])


@lru_cache(maxsize=512)
def _known_holidays(year: int, region: str | None) -> frozenset[date]:
    """Return the public holidays of a region; the national ones for years whose local days are not known."""
    table = local_holidays()
    known = table.first_day.year <= year <= table.last_day.year
    return public_holidays(year, region if known else None)


def is_working_day(day: date, region: str | None = None) -> bool:
    """Return whether the day is neither a Saturday, a Sunday nor a public holiday (the days of CPC art. 642).

    >>> is_working_day(date(2026, 5, 14)), is_working_day(date(2026, 5, 15))
    (False, True)
    """
    return day.weekday() < 5 and day not in public_holidays(day.year, region)


def next_working_day(day: date, region: str | None = None) -> date:
    """Return ``day`` itself if it is worked, else the next day that is.

    >>> next_working_day(date(2026, 12, 25))
    datetime.date(2026, 12, 28)
    """
    while not is_working_day(day, region):
        day += _ONE_DAY
    return day


def previous_working_day(day: date, region: str | None = None) -> date:
    """Return ``day`` itself if it is worked, else the last day before it that is.

    >>> previous_working_day(date(2027, 2, 20))
    datetime.date(2027, 2, 19)
    """
    while not is_working_day(day, region):
        day -= _ONE_DAY
    return day


def _national(year: int, source: Source) -> tuple[Holiday, ...]:
    sunday = easter(year)
    named = [
        *((date(year, month, day), name) for month, day, name in _FIXED),
        *((sunday + timedelta(days=days), name) for days, name in _AFTER_EASTER),
    ]
    return tuple(Holiday(on, name, is_local=False, source=source) for on, name in sorted(named))


def _local_rows(year: int, region: Region) -> tuple[LocalDay, ...]:
    table = local_holidays()
    if not table.first_day.year <= year <= table.last_day.year:
        raise NotCovered(
            where=f"holidays of {region.id} in {year}",
            found=f"covered from {table.first_day.year} to {table.last_day.year}, the years of the official table",
            hint="Leave the region out for the national holidays, or install a later edition of the law files.",
        )
    rows = (row for row in table.days if row.region == region.id)
    return tuple(row for row in rows if row.is_in_force(row.in_year(year)))
