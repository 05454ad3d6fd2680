"""Limitation as the law looks at it: the claim, the acts that move its last day, and the dated chain that results."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.decision import Doubt, PathStep


class Nature(StrEnum):
    """What lapse of time does; the two are never merged."""

    PRESCRIPTION = "prescription"
    """Only the debtor can plead it; interrupted, suspended, waived once acquired."""
    FORCLUSION = "forclusion"
    """A judge raises it; acknowledgement and suspension do not act on it unless a text says so."""
    QUADRIENNALE = "quadriennale"
    """Lapse of debts of public bodies, always on 31 December."""


class Act(NamedTuple):
    """Something that may move the last day of a claim."""

    kind: str
    """A code of the country's list, such as ``acknowledgement`` or ``mediation``."""
    on: date
    until: date | None = None
    """End of what lasts: a suspension, proceedings; ``None`` while it lasts, or for an act of one day."""


class LimitationFacts(NamedTuple):
    """A claim whose last day is asked."""

    regime: str
    start_on: date
    """The day the regime counts from: due date, completion, contract, right acquired…"""
    acts: tuple[Act, ...] = ()
    """In any order."""
    starts_at_midnight: bool = False
    """Whether the first day is itself counted, as when a statute comes into force (rule P2)."""
    born_on: date | None = None
    """Birth of the right, for the long stop; ``None``: ``start_on``."""
    contract_years: int | None = None
    """Period agreed between the parties, in years, where the law lets them."""


class LimitationAnswer(NamedTuple):
    """The last day to act and how it was reached."""

    last_day: date | None
    """``None``: time does not run (proceedings or a suspension last)."""
    safe_day: date | None
    """Last working day strictly before the last day: acts that need an officer or a registry are still possible."""
    regime: str
    nature: Nature
    path: tuple[PathStep, ...]
    """Every act in date order, those without effect included, with what it did and why."""
    doubts: tuple[Doubt, ...]


class Regime(NamedTuple):
    """One regime, for listings."""

    code: str
    label: str
    nature: Nature
    period: str
    """Such as ``5 years``, as of the day asked."""
    starts: tuple[str, ...]
    article: str
    confidence: str
