"""French words of the pages: one file of data, looked up by section and key."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "mots.toml"


@cache
def _sections() -> dict[str, Any]:  # Any: tables of texts, of pairs of texts, and tables of tables
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


class MissingWords(Exception):
    """A legal text has no French words yet."""


def section(name: str) -> Mapping[str, str]:
    """Return the words of a section, ``valeurs.debiteur`` for a nested one; none where there is no such section."""
    found = _sections()
    for part in name.split("."):
        found = found.get(part, {})
    return found


def optional(name: str, key: str) -> str:
    """Return the words of a key, or the key itself."""
    return section(name).get(key, key)


def required(name: str, key: str) -> str:
    """Return the words of a key. Raises ``MissingWords``: a page for a French lawyer shows no English."""
    words = section(name).get(key)
    if words is None:
        raise MissingWords(f"{FILE.name}: write under [{name}] the French words of {key!r}")
    return words


def unit(name: str, *, is_one: bool) -> str:
    """Return the pattern of a unit, such as ``{count} jours``."""
    words: list[str] = _sections()["unites"][name]
    return words[0 if is_one else 1]


def confidence(mark: str) -> str:
    """Return the French name of a confidence mark."""
    words: list[str] = _sections()["confiance"][mark]
    return words[0]


def meaning(mark: str) -> str:
    """Return what a confidence mark says."""
    words: list[str] = _sections()["confiance"][mark]
    return words[1]


def source(address: str) -> str:
    """Return where a value was read, in French; an address is left as it is."""
    for english, french in section("sources").items():
        address = address.replace(english, french)
    return address
