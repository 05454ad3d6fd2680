"""The table of routes: what each text says, with thresholds, delays and costs, each row with its own record."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, ClassVar, Self, TypeVar

from pydantic import BeforeValidator, Field, Strict, model_validator

from recouvrement.domain.money import Money, rounded_half_up
from recouvrement.domain.reasons import Authority, Confidence, Reason
from recouvrement.domain.values import CivilDate, Code, Line
from recouvrement.errors import LawError, NotCovered
from recouvrement.jurisdictions.fr.lignes_datees import DatedRow, DatedTable, checked_table, quoted
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.law.courts import Cost
from recouvrement.law.files import read_table

FILE = "voies_de_droit"
CURRENCY = "EUR"
_SECTIONS = ("routes", "points", "thresholds", "delays", "costs")


Figure = Annotated[Decimal, BeforeValidator(quoted("33.47")), Field(ge=0)]
Count = Annotated[int, Strict(), Field(ge=1, le=365)]


class Row(DatedRow):
    """A row of the table. Unlike other law files this one names what could not be verified: it is told, never used."""

    file: ClassVar[str] = FILE
    names_unverified: ClassVar[bool] = True

    def reason(self, inputs: Mapping[str, object] | None = None, *, code: str | None = None) -> Reason:
        """Return a reason of law that quotes this row; its code is the identifier unless another is given."""
        return Reason.of(code or self.id, Authority.LAW, inputs, source=self.source)


class RouteRow(Row):
    """A route, and the act of it that stops the time of prescription."""

    interrupted_by: Code
    """``nothing`` when no act of the route does; ``not_known`` when it was not read."""
    wait_months: Count | None = None
    wait_days: Count | None = None
    """Time the route imposes before that act."""


class Threshold(Row):
    """An amount in euros, itself included."""

    euros: Figure
    seen_on: CivilDate | None = None
    """Day it was last read, where a change has been announced."""

    @property
    def money(self) -> Money:
        """The amount."""
        return Money(amount=self.euros, currency=CURRENCY)


class Delay(Row):
    """A time of a route, in months or in days."""

    route: Code
    months: Count | None = None
    days: Count | None = None

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        if (self.months is None) is (self.days is None):
            message = f"{self.id} from {self.from_}: give months or days"
            raise ValueError(message)
        return self

    @property
    def told(self) -> Reason:
        """The delay as a reason."""
        inputs = {"months": self.months, "days": self.days, "from": self.from_, "until": self.until}
        return self.reason(inputs)


class CostRow(Row):
    """A cost of some routes before some courts; without figure, a cost that exists and was not read."""

    kind: Code
    routes: tuple[Code, ...]
    courts: tuple[Code, ...] = ()
    """None: whatever the court."""
    euros: Figure | None = None
    per_cent: Figure | None = None
    """Part of the demand, up to ``cap``."""
    cap: Figure | None = None
    above: Figure | None = None
    """Owed only when the demand exceeds this amount."""

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        figures = (self.euros, self.per_cent)
        if None not in figures or (self.per_cent is None) is not (self.cap is None):
            message = f"{self.id} from {self.from_}: give euros, or per_cent with cap, or neither"
            raise ValueError(message)
        if self.confidence is Confidence.UNVERIFIED and figures != (None, None):
            message = f"{self.id} from {self.from_} is unverified: leave the figure out"
            raise ValueError(message)
        return self

    def is_owed_on(self, demanded: Money) -> bool:
        """Whether a demand is high enough; one in another currency is taken to be."""
        return self.above is None or demanded.currency != CURRENCY or demanded.amount > self.above

    def amount_rounded_half_up(self, demanded: Money) -> Decimal | None:
        """Return the cost of a demand, to the cent; ``None`` when it is not known."""
        if self.per_cent is None or self.cap is None:
            return self.euros
        if demanded.currency != CURRENCY:
            return None
        return min(rounded_half_up(demanded.amount * self.per_cent / 100, CURRENCY).amount, self.cap)

    def cost(self, demanded: Money) -> Cost:
        """Return the cost with its record."""
        return Cost(self.kind, self.amount_rounded_half_up(demanded), self.source)


AnyRow = TypeVar("AnyRow", bound=Row)


class Table(DatedTable):
    """The whole file. Rows of one identifier follow one another without gap or overlap."""

    pilot_towns: tuple[Line, ...]
    """Towns of the courts of economic activities, on trial."""
    european_union: tuple[Code, ...]
    """Member States, by ISO 3166-1 code."""
    routes: tuple[RouteRow, ...]
    points: tuple[Row, ...]
    thresholds: tuple[Threshold, ...]
    delays: tuple[Delay, ...]
    costs: tuple[CostRow, ...]

    @model_validator(mode="after")
    def _is_continuous(self) -> Self:
        sections: tuple[tuple[Row, ...], ...] = (self.routes, self.points, self.thresholds, self.delays, self.costs)
        for rows in sections:
            for identifier in {row.id for row in rows}:
                self.refuse_gaps(identifier, (row for row in rows if row.id == identifier))
        return self

    def refuse_uncovered(self, day: date) -> None:
        """Raise ``NotCovered`` outside the covered span: the last row is never extended, nor the first moved back."""
        if not self.covers(day):
            raise NotCovered(
                where=f"fr.{FILE}, {day.isoformat()}",
                found=f"the routes are known from {self.first_day.isoformat()} to {self.last_day.isoformat()}",
                hint=f"Ask for a day of that span. {self.coverage}",
            )

    def point(self, identifier: str, day: date) -> Row | None:
        """Return what a text says that day, or ``None`` when it is not in force."""
        return _one(self.points, identifier, day)

    def threshold(self, identifier: str, day: date) -> Threshold | None:
        """Return a threshold, or ``None`` when it is not in force."""
        return _one(self.thresholds, identifier, day)

    def delays_of(self, route: str, day: date) -> tuple[Delay, ...]:
        """Return the times of a route in force that day."""
        return tuple(row for row in self.delays if row.route == route and row.is_in_force(day))

    def route(self, identifier: str, day: date) -> RouteRow:
        """Return a route as it stands that day, or its first version while it is not yet in force."""
        first = min((row for row in self.routes if row.id == identifier), key=lambda row: row.from_)
        return _one(self.routes, identifier, day) or first

    def costs_of(self, route: str, court: str | None, demanded: Money, day: date) -> tuple[Cost, ...]:
        """Return the known costs of a route before a court, contradictory figures included."""
        return tuple(
            row.cost(demanded)
            for row in self.costs
            if route in row.routes
            and row.is_in_force(day)
            and (not row.courts or court in row.courts)
            and row.is_owed_on(demanded)
        )


def _one(rows: Iterable[AnyRow], identifier: str, day: date) -> AnyRow | None:
    known = tuple(row for row in rows if row.id == identifier)
    if not known:
        raise LawError(where=f"fr.{FILE}", found=f"no row {identifier!r}", hint="Write it in the law file.")
    return next((row for row in known if row.is_in_force(day)), None)


@cache
def table() -> Table:
    """Return the table of routes; its file is read the first time only.

    >>> table().threshold("petites_creances", date(2026, 11, 22)).money
    Money('5000.00', 'EUR')
    """
    return table_from(read_table(PACKAGE, FILE))


def table_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{FILE}.toml") -> Table:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    return checked_table(Table, content, where, _SECTIONS)
