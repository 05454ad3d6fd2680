"""The table of periods that run from a step of a procedure: one row per period and interval, read once and checked."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import Field, Strict, model_validator

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.domain.values import Code
from recouvrement.errors import InvalidInput, NotCovered
from recouvrement.jurisdictions.fr.lignes_datees import DatedRow, DatedTable, checked_table
from recouvrement.jurisdictions.fr.parametres import PACKAGE, parametre
from recouvrement.law.files import read_table

FILE: Final = "delais_de_procedure"
ORDER_MADE: Final = "order_made"
"""Step whose periods say how long before its service an order may have been made."""
_EXTENSION = timedelta(days=7)
"""More than a period can be moved to reach a working day."""

Count = Annotated[int, Strict(), Field(ge=1, le=366)]


class Counting(StrEnum):
    """How a period is counted."""

    CPC = "cpc"
    """CPC art. 640 to 642."""
    INSOLVENCY = "insolvency"
    """The same, by C. com. art. R662-1."""
    PLAIN = "plain"
    """Months or days, the first day not counted, never moved: no source says that CPC art. 642 applies."""


class PeriodRow(DatedRow):
    """A period that runs from a step."""

    file: ClassVar[str] = FILE
    step: Code
    code: Code
    what: Code
    """What must be done by its end, or may not be done before."""
    months: Count | None = None
    days: Count | None = None
    parameter: Literal["declaration_de_creance_delai"] | None = None
    """The parameter that gives the months."""
    safe_days: Count | None = None
    """Days to rely on where ``days`` is the least that practice knows."""
    abroad_months: Count | None = None
    overseas_months: Count | None = None
    """Months added for a party overseas, where they differ from ``abroad_months``."""
    abroad_article: Code | None = None
    abroad_confidence: Confidence | None = None
    counting: Counting
    is_waiting: Annotated[bool, Strict()]
    authority: Authority = Authority.LAW
    after: Code | None = None
    """Code of the period of the same step at whose end this one begins."""
    not_before: Code | None = None
    """Code of the period of the same step before whose end this one does not end."""
    by_order_date: Annotated[bool, Strict()] = False
    """Whether the days in force are those of the order, which was made before the step."""
    only_in_person: Annotated[bool, Strict()] = False
    """Whether the period runs from the step only if it reached the addressee in person."""
    conditions: tuple[Code, ...] = ()
    doubts: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _has_one_length(self) -> Self:
        if [self.months, self.days, self.parameter].count(None) != 2:
            message = f"{self.id} from {self.from_}: give months, days or parameter, and only one"
            raise ValueError(message)
        if (self.abroad_months is None) is not (self.abroad_article is None) or (self.abroad_article is None) is not (
            self.abroad_confidence is None
        ):
            message = f"{self.id} from {self.from_}: abroad_months needs its article and confidence, and they need it"
            raise ValueError(message)
        if not self.is_waiting and self.counting is Counting.PLAIN:
            message = f"{self.id} from {self.from_}: a time to act in is counted by cpc or insolvency"
            raise ValueError(message)
        return self

    def months_on(self, day: date) -> int:
        """Return the months of the period when it starts that day; raises ``NotCovered`` as its parameter does."""
        if self.parameter is not None:
            return int(parametre(self.parameter).on(day).value)
        return self.months or 0

    @property
    def abroad_source(self) -> Source:
        """The text that adds time for a party abroad."""
        return Source(article=self.abroad_article or self.article, confidence=self.abroad_confidence or self.confidence)

    def doubts_of_use(self) -> tuple[Doubt, ...]:
        """Return what to report whenever the row is used: a weak source, and what its sources do not settle."""
        inputs: dict[str, object] = {"period": self.code, "days": self.days, "safe_days": self.safe_days}
        said = (Doubt.of(code, self.authority, inputs, self.source) for code in self.doubts)
        return (*self.weak_source, *said)


class Table(DatedTable):
    """The whole file. Rows of one period follow one another without gap or overlap."""

    rows: tuple[PeriodRow, ...]

    @model_validator(mode="after")
    def _is_continuous(self) -> Self:
        for (step, code), rows in _grouped(self.rows):
            self.refuse_gaps(f"{code} of {step}", rows)
        return self

    @model_validator(mode="after")
    def _refers_to_its_own_periods(self) -> Self:
        known: set[tuple[str, str]] = set()
        for row in self.rows:
            known.add((row.step, row.code))
            for other in (row.after, row.not_before):
                if other is not None and (row.step, other) not in known:
                    message = f"{row.id} from {row.from_} names {other}, which is not a period of {row.step} above it"
                    raise ValueError(message)
        return self


def _grouped(rows: Iterable[PeriodRow]) -> list[tuple[tuple[str, str], tuple[PeriodRow, ...]]]:
    ordered = sorted(rows, key=lambda row: (row.step, row.code, row.from_))
    return [(name, tuple(group)) for name, group in groupby(ordered, key=lambda row: (row.step, row.code))]


@cache
def table() -> Table:
    """Return the table of periods; its file is read the first time only."""
    return table_from(read_table(PACKAGE, FILE))


def table_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{FILE}.toml") -> Table:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    return checked_table(Table, content, where, ("rows",))


def steps() -> tuple[str, ...]:
    """Return the steps from which a period is known to run, in alphabetical order.

    >>> "order_made" in steps()
    True
    """
    return tuple(sorted({row.step for row in table().rows}))


def rows_from(step: str, on: date) -> tuple[PeriodRow, ...]:
    """Return the rows that may govern the periods of a step that day, in the order of the file.

    Where a period depends on the date of an order, which the step does not give, every row that an order still in time
    could be under is returned. Raises ``InvalidInput`` for an unknown step, ``NotCovered`` where no row is in force.
    """
    known = [row for row in table().rows if row.step == step]
    if not known:
        raise InvalidInput(where="step", found=f"{step!r} is not a known step", hint=f"Known: {', '.join(steps())}.")
    rows = tuple(row for row in known if (_may_govern(row, on) if row.by_order_date else row.is_in_force(on)))
    if not table().covers(on) or not rows:
        first, last = max(table().first_day, min(row.from_ for row in known)), table().last_day
        raise NotCovered(
            where=f"periods from {step} on {on.isoformat()}",
            found=f"covered from {first.isoformat()} to {last.isoformat()}",
            hint="Give a date within those days, or install a later edition of the law files.",
        )
    return rows


def governs_surely(row: PeriodRow, on: date) -> bool:
    """Whether every order that could be served that day is under the row; true for rows of the step's own date."""
    if not row.by_order_date:
        return True
    return row.from_ <= max(_earliest_order(on), table().first_day) and row.is_in_force(on)


def _may_govern(row: PeriodRow, on: date) -> bool:
    return row.from_ <= on and (row.until is None or _earliest_order(on) < row.until)


def _earliest_order(served_on: date) -> date:
    """Return the earliest day an order served in time that day can bear, by the longest time to serve one."""
    longest = max(row.months or 0 for row in table().rows if row.step == ORDER_MADE)
    return add_months(served_on, -longest, MonthEnd.CLAMP) - _EXTENSION
