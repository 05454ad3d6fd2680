"""The base of every stored or public value: immutable, closed, strict on dates."""

from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Strict, StringConstraints

Part = TypeVar("Part")

CivilDate = Annotated[date, Strict()]
"""A day of the civil calendar. Strings are read only from JSON; an instant is refused."""

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


AtLeastOne = AfterValidator(_at_least_one)
"""Annotation of a tuple that may not be empty; unlike a minimum length it says nothing when a part is itself faulty."""


class Value(BaseModel):
    """A frozen pydantic model that refuses unknown fields.

    Never patched: a changed value is a new one, validated again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)
