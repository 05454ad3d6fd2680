"""A language in which reasons are told: its words by code, and how it writes a value."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from recouvrement.domain.decision import HoldKind
from recouvrement.domain.reasons import Authority, Confidence, Reason

IDENTIFIERS = frozenset(
    {
        "action",
        "clause",
        "credit_note",
        "debtor",
        "event",
        "invoice",
        "item",
        "leader",
        "names",
        "owner",
        "paid_late",
        "payment",
        "pinned",
        "plan_id",
        "proof",
        "proofs",
        "scenario",
        "segment",
        "segments",
        "stage",
        "step",
        "stop_id",
        "tag",
        "used",
    }
)
"""Inputs that hold what the host or a scenario named: written as they are, whatever they look like."""


class Language(NamedTuple):
    """Words by code. A code without words is shown as it is, with its inputs."""

    code: str
    """``fr`` or ``en``."""
    reasons: tuple[Mapping[str, str], ...]
    """Patterns of reasons and doubts; the first catalogue that has the code counts."""
    holds: Mapping[HoldKind, str]
    acts: Mapping[str, str]
    effects: Mapping[str, str]
    authorities: Mapping[Authority, str]
    marks: Mapping[Confidence, str]
    """Marks of a source that is not firm."""
    phrases: Mapping[str, str]
    """Words around the reasons, by name."""
    value: Callable[[str, str], str]
    """Writes an input, by name and value; the result may take a format such as ``{days:jour|jours}``."""
    set_text: Callable[[str], str]
    """Sets the typography of a pattern; values are left alone."""

    def pattern(self, code: str) -> str | None:
        """Return the pattern of a reason, or ``None`` when the language has no words for it."""
        return next((words[code] for words in self.reasons if code in words), None)

    def reason(self, reason: Reason) -> str:
        """Return what a reason says, its authority, its source and its parts left out."""
        facts = {name: self.value(name, text) for name, text in reason.inputs}
        pattern = self.pattern(reason.code)
        if pattern is None:
            inputs = ", ".join(f"{name} {text}" for name, text in facts.items() if name not in {"holds", "until"})
            words = reason.code.replace("_", " ") + (f" ({inputs})" if inputs else "")
        else:
            words = self._filled(pattern, facts)
        if reason.input("until") and reason.input("holds") == "no":
            words += self.phrase("from", until=facts["until"])
        return words

    def phrase(self, name: str, **values: str) -> str:
        """Return the words around a reason, filled with values already written."""
        return self._filled(self.phrases[name], values)

    def coded(self, words: Mapping[str, str], code: str) -> str:
        """Return the words of a code of a closed list; an unknown code is shown as it is."""
        return self.set_text(words.get(code, code.replace("_", " ")))

    def mark(self, confidence: Confidence) -> str:
        """Return the mark of a source, empty when it is firm."""
        return "" if confidence.is_firm else self.marks.get(confidence, confidence.value)

    def _filled(self, pattern: str, facts: Mapping[str, str]) -> str:
        return self.set_text(pattern).format_map(_Known(facts, self.phrases["unknown"]))


class _Known(dict[str, str]):
    def __init__(self, facts: Mapping[str, str], unknown: str) -> None:
        super().__init__(facts)
        self.unknown = unknown

    def __missing__(self, key: str) -> "_Unknown":
        return _Unknown(self.unknown)


class _Unknown(str):
    """What stands for an input that a reason does not hold, whatever its format."""

    __slots__ = ()

    def __format__(self, _spec: str) -> str:
        return str(self)
