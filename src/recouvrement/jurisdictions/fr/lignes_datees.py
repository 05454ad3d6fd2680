"""Rows of a law file that is a table: each carries its own text, confidence, addresses and days in force."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import ClassVar, Self, TypeVar

from pydantic import ValidationError, model_validator

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Confidence, Source
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.errors import LawError
from recouvrement.jurisdictions.fr.parametres import weak_source
from recouvrement.law.parameters import faults_told

_WITHOUT_SOURCES = (Confidence.FROM_MEMORY, Confidence.UNVERIFIED)


def quoted(example: str) -> Callable[[object], object]:
    """Return a check that a figure is written between quotes: TOML would read 0.1 as a binary fraction."""

    def check(figure: object) -> object:
        if not isinstance(figure, str):
            message = (
                f'{figure!r} is a {type(figure).__name__}: write the figure as a quoted string, such as "{example}"'
            )
            raise ValueError(message)  # noqa: TRY004  # pydantic collects ValueError only
        return figure

    return check


class DatedRow(Value):
    """What every row says of its origin and of the days it is in force."""

    file: ClassVar[str]
    """Name of the law file, without its suffix."""
    names_unverified: ClassVar[bool] = False
    """Whether the file names what could not be verified, to tell it; elsewhere such a row is refused."""

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
        if self.confidence is Confidence.UNVERIFIED and not self.names_unverified:
            message = f"{self.id} from {self.from_} is unverified: leave it out"
            raise ValueError(message)
        if self.confidence not in _WITHOUT_SOURCES and not (self.sources and self.checked_on):
            message = f"{self.id} from {self.from_} has no sources or no checked_on: say where and when it was read"
            raise ValueError(message)
        if self.until is not None and self.until <= self.from_:
            message = f"{self.id} from {self.from_} ends on {self.until}: it must end after it begins"
            raise ValueError(message)
        return self

    def is_in_force(self, day: date) -> bool:
        """Whether the row is in force that day; the covered span is the table's business."""
        return self.from_ <= day and (self.until is None or day < self.until)

    @cached_property
    def source(self) -> Source:
        """The record to quote when this row is used."""
        return Source(
            article=self.article,
            confidence=self.confidence,
            identifier=f"fr.{self.file}.{self.id}:{self.from_.isoformat()}",
            checked_on=self.checked_on,
        )

    @property
    def weak_source(self) -> tuple[Doubt, ...]:
        """The doubt to report when this row is used: one if it is not firmly established, none otherwise."""
        return weak_source(self.source)


class DatedTable(Value):
    """What every table says of the days it covers."""

    first_day: CivilDate
    last_day: CivilDate
    """Last day covered, included."""
    coverage: Line

    def covers(self, day: date) -> bool:
        """Whether the table speaks of that day: its last rows are never extended, nor the first moved back."""
        return self.first_day <= day <= self.last_day

    def refuse_gaps(self, name: str, rows: Iterable[DatedRow]) -> None:
        """Raise ``ValueError`` unless the rows of one name follow one another within the covered span."""
        ordered = sorted(rows, key=lambda row: row.from_)
        for earlier, later in pairwise(ordered):
            if earlier.until != later.from_:
                message = f"{name}: a row ends on {earlier.until}, the next one begins on {later.from_}"
                raise ValueError(message)
        if ordered and not (self.covers(ordered[0].from_) and self.covers(ordered[-1].from_)):
            message = f"{name}: its rows leave the covered span, {self.first_day} to {self.last_day}"
            raise ValueError(message)


AnyTable = TypeVar("AnyTable", bound=DatedTable)


def checked_table(model: type[AnyTable], content: Mapping[str, object], where: str, lists: tuple[str, ...]) -> AnyTable:
    """Return the table described by TOML, checked; in the file the first day of a row is called ``from``.

    Raises ``LawError`` with every fault.
    """
    fields = dict(content)
    for name in lists:
        rows = fields.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise LawError(where=where, found=f"{name} is not a list of tables", hint=f"Write rows under [[{name}]].")
        fields[name] = [{"from_" if key == "from" else key: value for key, value in row.items()} for row in rows]
    try:
        return model.model_validate(fields)
    except ValidationError as fault:
        raise LawError(
            where=where, found=faults_told(fault), hint="Correct the law file; each row carries its own record."
        ) from None
