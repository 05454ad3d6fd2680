"""The base of the values made in great number: immutable, checked when they come from outside, written when read."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Self

from pydantic import ConfigDict, TypeAdapter

_EXPANDED: Final = None
"""Stands in ``_later`` once the fields are there."""


class Light:
    """A frozen dataclass that reads and writes itself as the models of ``Value`` do.

    Made by the engine it is not checked: its types are the type checker's business. Read from JSON or with
    ``model_validate`` it is checked like a model, and unknown fields are refused. A subclass is a
    ``@dataclass(frozen=True, slots=True, kw_only=True)``.
    """

    __slots__ = ("_later",)
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    _later: tuple[Callable[..., Mapping[str, object]], tuple[object, ...]] | None

    def __init_subclass__(cls) -> None:
        """Give a finished dataclass the quicker constructor."""
        super().__init_subclass__()
        if "__dataclass_fields__" in cls.__dict__:  # not yet there when the class is first made, without its slots
            _quicken(cls)

    @classmethod
    def later(cls, maker: Callable[..., Mapping[str, object]], *given: object) -> Self:
        """Return a value whose fields ``maker(*given)`` gives, all of them, the first time one is read.

        ``maker`` must be pure and ``given`` immutable: nobody can tell the value from one made at once.
        """
        made = _new(cls)
        _set_later(made, (maker, given))
        return made

    if not TYPE_CHECKING:  # a misspelt attribute must stay an error for the type checker

        def __getattr__(self, name: str) -> object:
            """Fill in the fields of a value made to be written later; called only for what is not there."""
            try:
                later = _get_later(self)
            except AttributeError:
                later = _EXPANDED
            if later is not _EXPANDED:
                maker, given = later
                for field, value in maker(*given).items():
                    object.__setattr__(self, field, value)
                _set_later(self, _EXPANDED)
            return object.__getattribute__(self, name)

    def __iter__(self) -> Iterator[tuple[str, object]]:
        """Yield names and values, as a model does: ``dict(value)``."""
        for name in type(self).__slots__:
            yield name, getattr(self, name)

    @classmethod
    def _reader(cls) -> TypeAdapter[Self]:
        """Return what reads and writes the class, built on first use."""
        found = _READERS.get(cls)
        if found is None:
            found = _READERS[cls] = TypeAdapter(cls)
        return found

    @classmethod
    def model_validate(cls, found: object) -> Self:
        """Return the value described, checked. Raises pydantic's ``ValidationError``."""
        return cls._reader().validate_python(found)

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> Self:
        """Return the value written in JSON, checked. Raises pydantic's ``ValidationError``."""
        return cls._reader().validate_json(text)

    def model_dump(
        self, *, mode: Literal["python", "json"] = "python", exclude: set[str] | None = None
    ) -> dict[str, Any]:  # Any: as pydantic's own
        """Return the fields, down to the smallest, as plain values."""
        written: dict[str, Any] = self._reader().dump_python(self, mode=mode, exclude=exclude)
        return written

    def model_dump_json(self, *, indent: int | None = None, exclude: set[str] | None = None) -> str:
        """Return the value as JSON; amounts and dates are strings."""
        return self._reader().dump_json(self, indent=indent, exclude=exclude).decode()


def _quicken(cls: type[Light]) -> None:
    """Let the constructor of a dataclass put each field in its slot, which takes half the time of its own.

    That of a frozen dataclass asks its base class to set them, which looks each one up again by name. The signature
    stays; a class that writes its own constructor, or does more once it is made, keeps what it has.
    """
    own = cls.__dict__["__init__"]
    names = [name for name, field in cls.__dict__["__dataclass_fields__"].items() if field.kw_only]
    if not names or hasattr(cls, "__post_init__") or set(own.__annotations__) != {*names, "return"}:
        return
    scope = {f"_set_{name}": cls.__dict__[name].__set__ for name in names}
    lines = [f"def __init__(self, *, {', '.join(names)}):", *[f" _set_{name}(self, {name})" for name in names]]
    exec("\n".join(lines), scope)  # noqa: S102  # as dataclasses does it: of names of fields alone
    made = scope["__init__"]
    made.__kwdefaults__, made.__annotations__ = own.__kwdefaults__, own.__annotations__
    made.__module__, made.__qualname__ = cls.__module__, own.__qualname__
    type.__setattr__(cls, "__init__", made)


_new = object.__new__
quick: Final = tuple.__new__
"""Makes a named tuple from its fields in their order, in a third of the time its own constructor takes.

For the values made once for each item of each case; ``quick(Kind, (first, second))`` must give every field.
"""
_get_later, _set_later = Light.__dict__["_later"].__get__, Light.__dict__["_later"].__set__
_READERS: dict[type[Light], TypeAdapter[Any]] = {}  # Any: one for each class
