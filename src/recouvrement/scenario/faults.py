"""Faults of a scenario in plain words: the path, the line, what was found and what to write instead."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.calendar_conditions import ANCHORS
from recouvrement.scenario.conditions import BUILT_IN_CONDITIONS
from recouvrement.scenario.model import Branch, Costs, Repeat, Scenario, Stage, Terminal, ThankYou
from recouvrement.scenario.toml_lines import Path
from recouvrement.scenario.window import SendingWindow

_TABLES: dict[str, type[BaseModel]] = {
    "stages": Stage,
    "terminal": Terminal,
    "branches": Branch,
    "repeat": Repeat,
    "thank_you": ThankYou,
    "costs": Costs,
    "sending": SendingWindow,
}
"""Models by the name of the field that holds them; conditions go by their type."""

CONDITION_TYPES: dict[str, type[BaseCondition]] = {
    str(kind.model_fields["type"].default): kind for kind in BUILT_IN_CONDITIONS
}

_PATTERNS = {
    "id": 'lower-case letters, digits and underscores, beginning with a letter, such as "relance_1"',
    "title": "one line of text",
    "from_hour": 'a time such as "09:00"',
    "until_hour": 'a time such as "18:00"',
    "languages": 'codes of two letters, such as "fr"',
    "tag": "one line, without a space at either end",
    "segments": "one line, without a space at either end",
    "stage": "the id of a stage",
}
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}
_PLAIN = {
    **dict.fromkeys(
        ("int_type", "int_from_float", "int_parsing"), "write a whole number, without quotes and without decimals"
    ),
    **dict.fromkeys(("decimal_parsing", "decimal_type", "finite_number"), 'write an amount as text, such as "150.00"'),
    **dict.fromkeys(("bool_type", "bool_parsing"), "write true or false"),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "write a table of fields"),
    "string_type": "write a text between quotes",
    "tuple_type": "write a list between brackets",
}
"""What to write instead, by kind of error, where nothing else need be known."""


class Fault(NamedTuple):
    """One thing wrong in a scenario."""

    path: Path
    found: str
    hint: str

    def line(self, lines: Mapping[Path, int]) -> int | None:
        """Return the line of the text it stands on, or the one of the table it is missing from."""
        above = (self.path[:length] for length in range(len(self.path), 0, -1))
        return next((lines[path] for path in above if path in lines), None)

    def told(self, lines: Mapping[Path, int]) -> str:
        """Return it as one line, with the line of the text where there is one."""
        place, line = ".".join(map(str, self.path)) or "scenario", self.line(lines)
        return f"{place}{'' if line is None else f', line {line}'}: {self.found}; {self.hint}"


def faults_of(
    errors: Iterable[ErrorDetails], data: object, above: Path = (), *, root: type[BaseModel] = Scenario
) -> list[Fault]:
    """Return the faults a validation found in some data; ``above`` is where the data stands, ``root`` its model."""
    found: list[Fault] = []
    for error in errors:
        path = _path(error["loc"], data)
        if error["type"] == "contradiction":
            found += [Fault((*above, *path, *one.path), one.found, one.hint) for one in error["ctx"]["contradictions"]]
            continue
        table = _at(data, path[:-1])
        found.append(Fault((*above, *path), *_words(error, path, table if isinstance(table, Mapping) else {}, root)))
    return found


def _path(places: Sequence[str | int], data: object) -> Path:
    """Return where an error stands in the data: pydantic also names the type of each condition on the way."""
    path: list[str | int] = []
    at = data
    is_typed = False
    """Whether the type of the table at hand was passed over already."""
    for place in places:
        match at, place:
            case Mapping(), str() if at.get("type") == place and not is_typed:
                is_typed = True
                continue
            case Mapping(), str() if place in at:
                at = at[place]
            case list() | tuple(), int() if place < len(at):
                at = at[place]
            case Mapping(), str():
                at = None  # a field that is missing
            case _:
                continue
        is_typed = False
        path.append(place)
    return tuple(path)


def _at(data: object, path: Path) -> object:
    for place in path:
        match data, place:
            case Mapping(), str():
                data = data.get(place)
            case list() | tuple(), int():
                data = data[place]
            case _:
                return None
    return data


def _fields(path: Path, table: Mapping[str, object], root: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields known where a path leads."""
    kind: type[BaseModel] | None = CONDITION_TYPES.get(str(table.get("type")))
    if kind is None:
        names = [part for part in path[:-1] if isinstance(part, str)]
        kind = _TABLES.get(names[-1]) if names else root
    return tuple(kind.model_fields) if kind is not None else ()


def _words(  # noqa: PLR0911  # one answer a kind of fault
    error: ErrorDetails, path: Path, table: Mapping[str, object], root: type[BaseModel]
) -> tuple[str, str]:
    """Return what was found and what to write."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "scenario")
    kind, found = error["type"], f"found {_shown(error['input'])}"
    match kind:
        case "missing":
            return "missing", f"add {name}"
        case "extra_forbidden":
            fields = _fields(path, table, root)
            return "unknown field", nearest(name, fields, "known fields") if fields else "remove it"
        case "condition_type":
            return _unknown_condition(error["input"])
        case "enum" | "literal_error":
            known = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            return found, nearest(str(error["input"]), known, "write one of")
        case "string_pattern_mismatch" if name == "anchor":
            return found, nearest(str(error["input"]), ANCHORS, "write one of")
        case "string_pattern_mismatch" if name in _PATTERNS:
            return found, f"write {_PATTERNS[name]}"
        case "value_error":
            return _own(error["msg"].removeprefix("Value error, "), found)
        case _ if kind in _BOUNDS:
            words, bound = _BOUNDS[kind]
            return found, f"write {words} {error['ctx'][bound]}"
        case _:
            return found, _PLAIN.get(kind, error["msg"])


def _own(message: str, found: str) -> tuple[str, str]:
    """Return the two halves of a message of the library's own: ``what is wrong: what to do``."""
    wrong, separator, remedy = message.partition(": ")
    return (wrong, remedy) if separator else (found, message)


def _unknown_condition(value: object) -> tuple[str, str]:
    kind = value.get("type") if isinstance(value, Mapping) else None
    if not isinstance(kind, str):
        example = 'write a table with a type, such as { type = "days_after", anchor = "due_on", days = 3 }'
        if isinstance(value, Mapping):
            return "a condition without its type" if kind is None else f"found type {_shown(kind)}", example
        return f"found {_shown(value)}", example
    if "." in kind:
        return f"{kind!r} is a condition of a third party", "give its class to the reader: conditions=(…,)"
    return f"{kind!r} is not a type of condition", nearest(kind, tuple(CONDITION_TYPES), "the types are")


def nearest(word: str, known: Sequence[str], introduction: str) -> str:
    """Return the known words, the one most like ``word`` first in a question of its own.

    >>> nearest("chanels", ("id", "channels"), "known fields")
    "did you mean 'channels'? (known fields: id, channels)"
    """
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    listed = f"{introduction}: {', '.join(known)}"
    return f"did you mean {close[0]!r}? ({listed})" if close else listed


def _shown(value: object) -> str:
    """Return a value as it was written, shortened."""
    match value:
        case str():
            text = f"{value!r}"
        case bool():
            text = "true" if value else "false"
        case []:
            return "an empty list"
        case list() | tuple():
            return "a list"
        case Mapping():
            return "a table"
        case _:
            text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
