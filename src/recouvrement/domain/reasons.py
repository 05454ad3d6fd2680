"""Reasons: why an amount is owed or an action proposed, as data and without prose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from recouvrement.domain.light import Light
from recouvrement.domain.values import CivilDate, Code


class Authority(StrEnum):
    """On whose authority something rests. A commercial habit is never called law."""

    LAW = "law"
    CONTRACT = "contract"
    POLICY = "policy"
    FACT = "fact"


class Confidence(StrEnum):
    """How well a legal figure or rule was established when it was entered."""

    VERIFIED = "verified"
    """Two independent sources agree, or one official text was read."""
    TEXT_READ = "text-read"
    """The text of the article itself was read in a stored copy."""
    COMMENTARY = "commentary"
    """A commentary, court summary or administration page was read, not the text."""
    SINGLE = "single"
    """One source only."""
    SECONDARY = "secondary"
    """Only secondary material: public repositories, blogs."""
    DERIVED = "derived"
    """Worked out from a rule that carries its own mark."""
    FROM_MEMORY = "from-memory"
    """No source found; check before relying on it."""
    UNSETTLED = "unsettled"
    """Sources disagree, or none decides the point."""
    UNVERIFIED = "unverified"
    """Not known; never filled by guessing."""

    @property
    def is_firm(self) -> bool:
        """Whether a figure with this mark may be used without raising a doubt."""
        return self in {Confidence.VERIFIED, Confidence.TEXT_READ, Confidence.COMMENTARY, Confidence.DERIVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Light):
    """The text a reason rests on."""

    article: Code
    confidence: Confidence
    identifier: Code | None = None
    """Stable identifier of the text or of the parameter's value, such as ``fr.taux_bce:2026-07-01``."""
    published_on: CivilDate | None = None
    checked_on: CivilDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Light):
    """One step of the explanation: rule code, authority, source, inputs as text, and the reasons it builds on.

    Holds identifiers and figures only: no prose and no personal data. ``recouvrement.render`` puts it in words.

    >>> Reason.of("not_late", Authority.FACT, {"due_on": date(2026, 11, 23)}).inputs
    (('due_on', '2026-11-23'),)
    """

    code: Code
    authority: Authority
    source: Source | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    parts: tuple["Reason", ...] = ()

    @classmethod
    def of(
        cls,
        code: str,
        authority: Authority,
        inputs: Mapping[str, object] | None = None,
        source: Source | None = None,
        parts: tuple["Reason", ...] = (),
    ) -> Self:
        """Return a reason whose inputs are written as text: ISO dates, plain decimals, joined identifiers.

        They are written when the reason is first read. A list among them is read then, so it must not change.
        """
        return cls.later(_fields, code, authority, dict(inputs) if inputs else {}, source, parts)

    def input(self, name: str) -> str | None:
        """Return one input by name, or ``None`` when the reason has none of that name."""
        return next((value for key, value in self.inputs if key == name), None)


def _fields(
    code: str,
    authority: Authority,
    inputs: Mapping[str, object],
    source: Source | None,
    parts: tuple[Reason, ...],
) -> Mapping[str, object]:
    return {"code": code, "authority": authority, "source": source, "inputs": written(inputs), "parts": parts}


def written(inputs: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return inputs as a reason keeps them: those there are, as text."""
    return tuple((name, text(value)) for name, value in inputs.items() if value is not None)


def text(value: object) -> str:
    """Return a value as it is written in a reason: locale-free and the same everywhere.

    >>> text(date(2026, 11, 23)), text(Decimal("12.40")), text(("F1", "F2"))
    ('2026-11-23', '12.40', 'F1 F2')
    """
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case tuple() | list() | frozenset():
            return " ".join(text(part) for part in value)
        case _:
            return str(value)
