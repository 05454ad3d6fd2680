"""Rows of a law file that is a table: each carries its own text, confidence, addresses and days in force."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import ClassVar, Self, TypeVar

from pydantic import ValidationError, model_validator

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Confidence, Source
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.errors import LawError


class DatedRow(Value):
    """What every row says of its origin and of the days it is in force."""

    file: ClassVar[str]
    """Name of the law file, without its suffix."""

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
        if self.confidence.is_firm:
            return ()
        inputs: dict[str, object] = {"value": self.source.identifier, "confidence": self.confidence}
        return (Doubt.of("weak_source", Authority.LAW, inputs, self.source),)


AnyTable = TypeVar("AnyTable", bound=Value)


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
        lines = [f"{'.'.join(map(str, error['loc'])) or 'table'}: {error['msg']}" for error in fault.errors()]
        raise LawError(
            where=where, found="; ".join(lines), hint="Correct the law file; each row carries its own record."
        ) from None
