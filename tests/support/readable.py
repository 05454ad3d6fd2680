"""What models and light values have in common: fields by name, and a check of what is given."""

from collections.abc import Iterator
from typing import Any, Protocol, Self


class Readable(Protocol):
    """A value that can be taken apart and made again."""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yield names and values."""
        ...

    @classmethod
    def model_validate(cls, found: object, /) -> Self:
        """Return the value described, checked."""
        ...
