"""The regimes of limitation: what each is for, how long it lasts from which day, and the reforms that shortened it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from itertools import groupby, pairwise
from typing import Annotated, ClassVar, Self

from pydantic import Field, Strict, model_validator

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Confidence, Source
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.errors import InvalidInput, NotCovered
from recouvrement.jurisdictions.fr.lignes_datees import DatedRow, DatedTable, checked_table
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.files import read_table
from recouvrement.law.limitation import Nature, Regime

FILE = "regimes_de_prescription"
REFORMS = "reformes_de_prescription"

Years = Annotated[int, Strict(), Field(ge=1, le=30)]
Shift = Annotated[int, Strict(), Field(ge=0, le=31)]


class StartRule(StrEnum):
    """How the first day counted follows from the day of the event."""

    EVENT = "event"
    """The day of the event is not counted (rule P1)."""
    CALENDAR_YEAR = "calendar_year"
    """1 January of the next year, itself counted (rule P2)."""


class Version(DatedRow):
    """The length of a regime over some days; ``id`` is that of the regime."""

    file: ClassVar[str] = FILE
    years: Years


class Limit(DatedRow):
    """A bound of common law, in years."""

    file: ClassVar[str] = FILE
    years: Years


class RegimeRow(Value):
    """What a regime is for and how it counts."""

    id: Code
    label: Line
    nature: Nature
    starts: tuple[Code, ...]
    """Events that may start it, the usual one first."""
    start_rule: StartRule
    start_months: Shift = 0
    """Added to the day given, before counting: months, then ``start_days``."""
    start_days: Shift = 0
    start_article: Code
    start_confidence: Confidence
    family: Code | None = None
    """Nature of claim that leads here."""
    debtors: tuple[DebtorKind, ...] = ()
    """Debtors for whom it does; empty: any."""
    aliases: tuple[Code, ...] = ()
    adjustable: Annotated[bool, Strict()]
    """Whether a contract may set the period."""
    adjustment_article: Code | None = None
    adjustment_confidence: Confidence = Confidence.COMMENTARY
    has_long_stop: Annotated[bool, Strict()]

    @cached_property
    def start_source(self) -> Source:
        """The text that says from which day the period counts."""
        return Source(article=self.start_article, confidence=self.start_confidence)


class Regimes(DatedTable):
    """The whole file. The versions of a regime follow one another without gap or overlap, the last one without end."""

    limits: tuple[Limit, ...]
    regimes: tuple[RegimeRow, ...]
    versions: tuple[Version, ...]

    @model_validator(mode="after")
    def _is_continuous(self) -> Self:
        names = [name for row in self.regimes for name in (row.id, *row.aliases)]
        if len(set(names)) != len(names):
            message = "two regimes share a name: give each its own id and aliases"
            raise ValueError(message)
        if {row.id for row in self.regimes} != {version.id for version in self.versions}:
            message = "a regime has no version, or a version names no regime"
            raise ValueError(message)
        for name, rows in groupby(sorted(self.versions, key=lambda row: (row.id, row.from_)), key=lambda row: row.id):
            versions = tuple(rows)
            if versions[-1].until is not None or any(a.until != b.from_ for a, b in pairwise(versions)):
                message = f"{name}: its versions must follow one another, the last one without end"
                raise ValueError(message)
            if any(later.years > earlier.years for earlier, later in pairwise(versions)):
                message = f"{name}: a longer period follows C. civ. art. 2222 al. 1, which is not computed"
                raise ValueError(message)
        return self

    def versions_of(self, regime: RegimeRow) -> tuple[Version, ...]:
        """Return the versions of a regime, the oldest first."""
        return tuple(sorted((row for row in self.versions if row.id == regime.id), key=lambda row: row.from_))

    def limit(self, name: str) -> Limit:
        """Return a bound of common law."""
        return next(row for row in self.limits if row.id == name)


class Reform(DatedRow):
    """A law that shortened periods already running."""

    file: ClassVar[str] = REFORMS
    regimes: tuple[Code, ...]
    sources_print_later: Annotated[bool, Strict()]
    """Whether published sources give one day more."""


class Window(DatedRow):
    """Days on which periods of the law did not expire, but at a later day."""

    file: ClassVar[str] = REFORMS
    in_time_through: CivilDate


class Reforms(DatedTable):
    """The whole file."""

    reforms: tuple[Reform, ...]
    windows: tuple[Window, ...]

    @model_validator(mode="after")
    def _covers_every_shorter_period(self) -> Self:
        table = regimes_table()
        shorter = {
            (row.id, later.from_)
            for row in table.regimes
            for earlier, later in pairwise(versions_of(row.id))
            if later.years < earlier.years
        }
        named = [(name, reform.from_) for reform in self.reforms for name in reform.regimes]
        if sorted(named) != sorted(shorter):
            message = "the reforms and the versions that shorten a period do not agree"
            raise ValueError(message)
        return self

    def reform(self, regime: str, day: date) -> Reform:
        """Return the reform that shortened a regime on that day."""
        return next(row for row in self.reforms if row.from_ == day and regime in row.regimes)


@cache
def regimes_table() -> Regimes:
    """Return the table of regimes; its file is read the first time only.

    >>> len(regimes_table().regimes)
    24
    """
    return regimes_from(read_table(PACKAGE, FILE))


def regimes_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{FILE}.toml") -> Regimes:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    return checked_table(Regimes, content, where, ("limits", "regimes", "versions"))


@cache
def reforms_table() -> Reforms:
    """Return the reforms; their file is read the first time only."""
    return reforms_from(read_table(PACKAGE, REFORMS))


def reforms_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{REFORMS}.toml") -> Reforms:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    return checked_table(Reforms, content, where, ("reforms", "windows"))


@cache
def versions_of(regime: str) -> tuple[Version, ...]:
    """Return the versions of a regime named by its id, the oldest first."""
    table = regimes_table()
    return next(table.versions_of(row) for row in table.regimes if row.id == regime)


@cache
def regime_named(name: str) -> RegimeRow:
    """Return a regime by its id or one of its aliases. Raises ``InvalidInput``, which lists the known ones.

    >>> regime_named("judgment").id
    'title'
    """
    found = next((row for row in regimes_table().regimes if name in {row.id, *row.aliases}), None)
    if found is None:
        known = ", ".join(sorted(alias for row in regimes_table().regimes for alias in (row.id, *row.aliases)))
        raise InvalidInput(where="regime", found=f"{name!r} is not a known regime", hint=f"Known: {known}.")
    return found


def regime_for(family: str, debtor_kind: DebtorKind) -> RegimeRow | None:
    """Return the regime of a nature of claim towards such a debtor, or ``None`` where that nature changes nothing.

    >>> regime_for("energy", DebtorKind.BUSINESS) is None
    True

    Raises ``InvalidInput`` for a nature that leads to no regime at all.
    """
    rows = tuple(row for row in regimes_table().regimes if row.family == family)
    if not rows:
        known = ", ".join(sorted({row.family for row in regimes_table().regimes if row.family}))
        raise InvalidInput(
            where="claim_nature", found=f"{family!r} is not a known nature of claim", hint=f"Known: {known}."
        )
    return next((row for row in rows if not row.debtors or debtor_kind in row.debtors), None)


def regimes(on: date) -> tuple[Regime, ...]:
    """Return the regimes with their period on a day, those whose rule of that day is known.

    Raises ``NotCovered`` outside the days the file covers.

    >>> next(row.period for row in regimes(date(2026, 11, 21)) if row.code == "rent_home")
    '3 years'
    """
    table = regimes_table()
    if not table.covers(on):
        raise NotCovered(
            where=f"fr.{FILE} on {on.isoformat()}",
            found=f"the file covers {table.first_day.isoformat()} to {table.last_day.isoformat()}",
            hint="Ask for a day it covers, or install a later edition of the law files.",
        )
    return tuple(
        Regime(
            code=row.id,
            label=row.label,
            nature=row.nature,
            period=f"{version.years} year{'s' if version.years > 1 else ''}",
            starts=row.starts,
            article=version.article,
            confidence=version.confidence.value,
        )
        for row in table.regimes
        for version in versions_of(row.id)
        if version.is_in_force(on)
    )
