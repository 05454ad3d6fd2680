"""The base of every stored or public value: immutable, closed, strict on dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

Part = TypeVar("Part")


class Word(StrEnum):
    """A closed choice used as a key of sets and tables: it hashes as its text, as it is equal to it.

    The hash of ``Enum`` is written in Python: with it a decision took 10 µs more.
    """

    __hash__ = str.__hash__


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days a fact may bear: a later one is a filler such as 9999-12-31, which means that the date is not known."""

CivilDate = Annotated[date, Strict(), Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day of the civil calendar, from 1900 to 2199. Strings are read only from JSON; an instant is refused."""

Instant = Annotated[AwareDatetime, Strict()]
"""A moment with its UTC offset."""

Code = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=120, pattern=r"^[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$"
    ),
]
"""An identifier given by the host: one line, no control character, no surrounding space."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f\u2028\u2029\u0085]+$")]
"""A line of text: no line break, no control character."""


def _at_least_one(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    if not parts:
        message = "give at least one"
        raise ValueError(message)
    return parts


@dataclass(frozen=True)
class _AtLeastOne(AfterValidator):
    def __get_pydantic_json_schema__(self, core: CoreSchema, schema_of: GetJsonSchemaHandler) -> JsonSchemaValue:
        return schema_of(core) | {"minItems": 1}


AtLeastOne = _AtLeastOne(_at_least_one)
"""Annotation of a tuple that may not be empty; unlike a minimum length it says nothing when a part is itself faulty."""


class Value(BaseModel):
    """A frozen pydantic model that refuses unknown fields.

    Never patched: a changed value is a new one, validated again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)
