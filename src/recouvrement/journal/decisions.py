"""What is kept of a decision: by whom and with what it was made, by hash, and the texts behind the hashes."""

import hashlib
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class TextKind(StrEnum):
    """What a kept text is."""

    FACTS = "facts"
    """A case as it was read, the events of the journal left out."""
    SCENARIO = "scenario"
    RATES = "rates"
    """The official rates entered since the edition of the law."""


class KeptText(NamedTuple):
    """A text a decision rests on; it is kept once, under its own hash."""

    kind: TextKind
    text: str
    label: str = ""
    """Of a scenario, its identifier and version: ``standard_b2b:1``."""

    @property
    def hash(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return text_hash(self.text)


class DecisionRecord(NamedTuple):
    """One decision of a run. With the texts behind its hashes, the decision can be made again, byte for byte."""

    case_id: str
    on: date
    case_version: int
    """Events of the journal that were known."""
    facts_hash: str
    scenario_hash: str
    """Of the scenario as JSON; the stamp of the decision is its beginning."""
    rates_hash: str | None
    """``None``: the edition of the law as it is packaged."""
    law_edition: str
    package_version: str
    decision_hash: str
    """SHA-256 of the decision as JSON."""
    number: int = 0
    """1 for the first decision kept of the case on that date; given by the journal."""


class Kept(NamedTuple):
    """A decision to keep, with the texts it rests on."""

    record: DecisionRecord
    texts: tuple[KeptText, ...]


class Pruned(NamedTuple):
    """What was deleted."""

    decisions: int
    texts: int


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal.

    >>> text_hash("")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def scenario_label(scenario: str, version: int) -> str:
    """Return the label of the kept text of a scenario."""
    return f"{scenario}:{version}"
