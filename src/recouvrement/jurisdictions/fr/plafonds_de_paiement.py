"""The table of maximum payment terms between businesses: one row per rule and interval, read once and checked."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from itertools import groupby, pairwise
from typing import Annotated, Literal, NamedTuple, Self, TypeVar

from pydantic import BeforeValidator, Field, Strict, ValidationError, model_validator

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import PaymentTerms, TermRule, TermStart
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.errors import InvalidInput, LawError
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.files import read_table

FILE = "plafonds_de_paiement"
ORDINARY = ("cap_60", "cap_45_eom", "periodic_45")
"""The caps of C. com. art. L441-10 I, which every business has; every other row belongs to a sector."""
OVERSEAS = "overseas"
"""Sector of goods imported overseas: ordinary caps, another first day (C. com. art. L441-13)."""


def _quoted(figure: object) -> object:
    if not isinstance(figure, str):
        message = f'{figure!r} is a {type(figure).__name__}: write the figure as a quoted string, such as "75000"'
        raise ValueError(message)  # noqa: TRY004  # pydantic collects ValueError only
    return figure


Days = Annotated[int, Strict(), Field(ge=1, le=365)]
Euros = Annotated[Decimal, BeforeValidator(_quoted), Field(gt=0)]
Invoices = Literal["single", "periodic"]


class Row(Value):
    """What every row of the table says of its origin and of the days it is in force."""

    id: Code
    label: Line
    article: Code
    from_: CivilDate
    """First day in force."""
    until: CivilDate | None = None
    """First day no longer in force; ``None``: in force to the end of the covered span."""
    confidence: Confidence
    sources: tuple[Line, ...] = ()
    checked_on: CivilDate | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _is_sourced(self) -> Self:
        if self.confidence is Confidence.UNVERIFIED:
            message = f"{self.id} from {self.from_} is unverified: leave it out"
            raise ValueError(message)
        if self.confidence is not Confidence.FROM_MEMORY and not (self.sources and self.checked_on):
            message = f"{self.id} from {self.from_} has no sources or no checked_on: say where and when it was read"
            raise ValueError(message)
        if self.until is not None and self.until <= self.from_:
            message = f"{self.id} from {self.from_} ends on {self.until}: it must end after it begins"
            raise ValueError(message)
        return self

    @cached_property
    def source(self) -> Source:
        """The record to quote when this row is used."""
        return Source(
            article=self.article,
            confidence=self.confidence,
            identifier=f"fr.{FILE}.{self.id}:{self.from_.isoformat()}",
            checked_on=self.checked_on,
        )

    @property
    def weak_source(self) -> tuple[Doubt, ...]:
        """The doubt to report when this row is used: one if it is not firmly established, none otherwise."""
        if self.confidence.is_firm:
            return ()
        inputs: dict[str, object] = {"value": self.source.identifier, "confidence": self.confidence}
        return (Doubt(code="weak_source", reason=Reason.of("weak_source", Authority.LAW, inputs, source=self.source)),)


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


class Table(Value):
    """The whole file. Rows of one sector follow one another without gap or overlap."""

    first_day: CivilDate
    last_day: CivilDate
    """Last day covered, included."""
    coverage: Line
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
                _follow(family, (cap for cap in caps if cap.invoices in {None, kind}), self)
        for identifier in {row.id for row in (*self.starts, *self.fines)}:
            _follow(identifier, (row for row in (*self.starts, *self.fines) if row.id == identifier), self)
        return self

    def in_force(self, rows: Iterable[AnyRow], day: date) -> AnyRow | None:
        """Return the row in force that day, or ``None``: the last row is never extended, nor the first moved back."""
        if not self.first_day <= day <= self.last_day:
            return None
        return next((row for row in rows if row.from_ <= day and (row.until is None or day < row.until)), None)


def _follow(name: str, rows: Iterable[Row], table: Table) -> None:
    ordered = sorted(rows, key=lambda row: row.from_)
    for earlier, later in pairwise(ordered):
        if earlier.until != later.from_:
            message = f"{name}: a row ends on {earlier.until}, the next one begins on {later.from_}"
            raise ValueError(message)
    if ordered and not table.first_day <= ordered[0].from_ <= ordered[-1].from_ <= table.last_day:
        message = f"{name}: its rows leave the covered span, {table.first_day} to {table.last_day}"
        raise ValueError(message)


@cache
def table() -> Table:
    """Return the table of caps; its file is read the first time only.

    >>> sorted(cap.days for cap in table().caps if cap.family == "perishable")
    [30, 30, 30]
    """
    return table_from(read_table(PACKAGE, FILE))


def table_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{FILE}.toml") -> Table:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    fields = dict(content)
    for name in ("caps", "starts", "fines"):
        rows = fields.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise LawError(where=where, found=f"{name} is not a list of tables", hint=f"Write rows under [[{name}]].")
        fields[name] = [{"from_" if key == "from" else key: value for key, value in row.items()} for row in rows]
    try:
        return Table.model_validate(fields)
    except ValidationError as fault:
        lines = [f"{'.'.join(map(str, error['loc'])) or 'table'}: {error['msg']}" for error in fault.errors()]
        raise LawError(
            where=where, found="; ".join(lines), hint="Correct the law file; each row carries its own record."
        ) from None


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
