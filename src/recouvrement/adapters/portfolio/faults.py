"""Errors of the models turned into errors of the file: where they are, and what to write instead."""

from collections.abc import Mapping

from pydantic import ValidationError

from recouvrement.adapters.portfolio.columns import Column
from recouvrement.adapters.portfolio.table import Row
from recouvrement.errors import InvalidInput


def sentence(fault: ValidationError) -> str:
    """Return the first fault of a model as one sentence, without the vocabulary of the validator."""
    first = fault.errors(include_url=False)[0]
    if first["type"] in {"string_pattern_mismatch", "string_too_long", "string_too_short"}:
        return f"{first['input']!r} is too long, or is not written as expected"
    return first["msg"].removeprefix("Value error, ")


def field(fault: ValidationError) -> str:
    """Return the path of the first faulty field, indexes left out: ``contacts.email``."""
    return ".".join(str(part) for part in fault.errors(include_url=False)[0]["loc"] if not isinstance(part, int))


def invalid_cell(
    fault: ValidationError, row: Row, columns: tuple[Column, ...], fields: Mapping[str, str]
) -> InvalidInput:
    """Return the fault located in its cell; ``fields`` gives the column of each field of the model."""
    name = fields.get(field(fault))
    column = next((column for column in columns if column.name == name), None)
    hint = "Correct this row." if column is None else f"Correct this cell, e.g. {column.example}."
    return InvalidInput(where=row.where(name), found=sentence(fault), hint=hint)
