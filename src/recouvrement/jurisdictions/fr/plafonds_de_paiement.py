"""The table of maximum payment terms between businesses: one row per rule and interval, read once and checked."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Annotated, ClassVar, Literal, NamedTuple, Self, TypeVar

from pydantic import BeforeValidator, Field, Strict, model_validator

from recouvrement.domain.terms import PaymentTerms, TermRule, TermStart
from recouvrement.domain.values import Code
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.lignes_datees import DatedRow, DatedTable, checked_table, quoted
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.files import read_table

FILE = "plafonds_de_paiement"
ORDINARY = ("cap_60", "cap_45_eom", "periodic_45")
"""The caps of C. com. art. L441-10 I, which every business has; every other row belongs to a sector."""
OVERSEAS = "overseas"
"""Sector of goods imported overseas: ordinary caps, another first day (C. com. art. L441-13)."""


Days = Annotated[int, Strict(), Field(ge=1, le=365)]
Euros = Annotated[Decimal, BeforeValidator(quoted("75000")), Field(gt=0)]
Invoices = Literal["single", "periodic"]


class Row(DatedRow):
    """A row of the table."""

    file: ClassVar[str] = FILE


class Cap(Row):
    """A maximum term."""

    sector: Code | None = None
    """Name shared by the rows of one sector; the identifier where there is none."""
    days: Days | None = None
    adds_days: Days | None = None
    """Days added to the ordinary cap, in place of ``days``."""
    rules: tuple[TermRule, ...] = ()
    """Lawful ways to count; the latest makes the maximum."""
    start: TermStart
    invoices: Invoices | None = None
    """``None``: every invoice."""
    conditions: tuple[Code, ...] = ()
    """What must hold besides; otherwise the ordinary cap applies."""

    @model_validator(mode="after")
    def _counts_in_one_way(self) -> Self:
        if (self.days is None) is (self.adds_days is None) or (self.days is None) is bool(self.rules):
            message = f"{self.id} from {self.from_}: give days and rules, or adds_days alone"
            raise ValueError(message)
        return self

    @property
    def family(self) -> str:
        """The sector."""
        return self.sector or self.id

    def latest_from(self, start: date) -> date:
        """Return the last day the cap allows from that day, by the later of its ways to count.

        A row that adds days to the ordinary cap is given the last day of that cap.
        """
        if self.adds_days is not None:
            return start + timedelta(days=self.adds_days)
        counted = (PaymentTerms(net_days=self.days, rule=rule).due_from(start) for rule in self.rules)
        return max(day for day in counted if day is not None)


class ShiftedStart(Row):
    """Days to add to an event to know from which day a term is counted."""

    days: Days


class FineRow(Row):
    """An administrative fine, in euros."""

    natural_person: Euros
    legal_person: Euros
    repeat_natural_person: Euros
    """On repetition within two years, as the next one."""
    repeat_legal_person: Euros


AnyRow = TypeVar("AnyRow", bound=Row)


class Table(DatedTable):
    """The whole file. Rows of one sector follow one another without gap or overlap."""

    caps: tuple[Cap, ...]
    starts: tuple[ShiftedStart, ...]
    fines: tuple[FineRow, ...]

    @model_validator(mode="after")
    def _is_continuous(self) -> Self:
        by_family = sorted(self.caps, key=lambda cap: cap.family)
        for family, rows in groupby(by_family, key=lambda cap: cap.family):
            caps = tuple(rows)
            if len({cap.start for cap in caps}) > 1:
                message = f"{family}: its rows start from different events"
                raise ValueError(message)
            for kind in ("single", "periodic"):
                self.refuse_gaps(family, (cap for cap in caps if cap.invoices in {None, kind}))
        for identifier in {row.id for row in (*self.starts, *self.fines)}:
            self.refuse_gaps(identifier, (row for row in (*self.starts, *self.fines) if row.id == identifier))
        return self

    def in_force(self, rows: Iterable[AnyRow], day: date) -> AnyRow | None:
        """Return the row in force that day, or ``None``: the last row is never extended, nor the first moved back."""
        if not self.covers(day):
            return None
        return next((row for row in rows if row.is_in_force(day)), None)


@cache
def table() -> Table:
    """Return the table of caps; its file is read the first time only.

    >>> sorted(cap.days for cap in table().caps if cap.family == "perishable")
    [30, 30, 30]
    """
    return table_from(read_table(PACKAGE, FILE))


def table_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{FILE}.toml") -> Table:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    return checked_table(Table, content, where, ("caps", "starts", "fines"))


class Sector(NamedTuple):
    """A sector as it was named, and the kind of invoice that name implies."""

    family: str
    is_periodic: bool
    caps: tuple[Cap, ...]


def sector(name: str, *, is_periodic: bool) -> Sector:
    """Return the rows of a sector, named by its own identifier or by that of one of its rows.

    Raises ``InvalidInput`` for an unknown name, listing the known ones, and for a name that contradicts
    ``is_periodic``.

    >>> sector("perishable_periodic", is_periodic=False).is_periodic
    True
    """
    named = tuple(cap for cap in table().caps if name in {cap.id, cap.family} and cap.family not in ORDINARY)
    if not named:
        raise InvalidInput(
            where="sector", found=f"{name!r} is not a known sector", hint=f"Known: {', '.join(sectors())}."
        )
    family = named[0].family
    kinds = {cap.invoices for cap in named}
    if kinds == {"single"} and is_periodic:
        raise InvalidInput(
            where="sector",
            found=f"{name!r} is for invoices that are not periodic, and the invoice is said to be periodic",
            hint=f"Name the sector {family!r}, or remove the mark of a periodic invoice.",
        )
    caps = tuple(cap for cap in table().caps if cap.family == family)
    return Sector(family, is_periodic or kinds == {"periodic"}, caps)


def sectors() -> tuple[str, ...]:
    """Return every name a sector may be called by, in alphabetical order."""
    own = {name for cap in table().caps if cap.family not in ORDINARY for name in (cap.id, cap.family)}
    return tuple(sorted({*own, OVERSEAS}))


def shifted(identifier: str, event_on: date) -> tuple[date, ShiftedStart] | None:
    """Return the day so many days after an event, with the row that says so, or ``None`` where none is in force."""
    row = table().in_force((row for row in table().starts if row.id == identifier), event_on)
    return None if row is None else (event_on + timedelta(days=row.days), row)
