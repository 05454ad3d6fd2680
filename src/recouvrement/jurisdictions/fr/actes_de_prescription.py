"""The acts that move a last day, and those wrongly thought to: one row per act for each kind of claim."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated, ClassVar, Self

from pydantic import Field, Strict, model_validator

from recouvrement.domain.reasons import Source
from recouvrement.domain.values import Code
from recouvrement.domain.vocabulary import LimitationActKind
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.lignes_datees import DatedRow, DatedTable, checked_table
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.jurisdictions.fr.regimes_de_prescription import RegimeRow, regimes_table
from recouvrement.law.files import read_table
from recouvrement.law.limitation import Act, Nature

FILE = "actes_de_prescription"

Months = Annotated[int, Strict(), Field(ge=1, le=12)]


class ActEffect(StrEnum):
    """What an act does to the time that runs."""

    INTERRUPTS = "interrupts"
    """A new full period runs from the act."""
    INTERRUPTS_UNTIL = "interrupts_until"
    """Time stands still until an end, from which a new full period runs."""
    SUSPENDS = "suspends"
    """Time stands still until an end, then goes on where it was."""
    NO_EFFECT = "no_effect"
    UNDOES = "undoes"
    """The latest earlier act of ``target`` is as if it had never been."""
    ENDS = "ends"
    """The latest earlier act of ``target`` that still lasts has come to its end."""
    REVIVES = "revives"
    """A new full period runs, only if the former one has expired."""


class ActRow(DatedRow):
    """What one act does to some claims; ``id`` is the kind of act."""

    file: ClassVar[str] = FILE
    effect: ActEffect
    natures: tuple[Nature, ...]
    regimes: tuple[Code, ...] = ()
    """Only these; empty: every regime of those natures."""
    except_regimes: tuple[Code, ...] = ()
    target: tuple[Code, ...] = ()
    floor_months: Months | None = None
    """Time left at least when a suspension ends."""
    max_months: Months | None = None
    """A suspension counts no longer than this."""
    beyond_long_stop: Annotated[bool, Strict()] = False
    """Whether it carries the last day beyond the long stop (C. civ. art. 2241 al. 1 and 2244)."""
    doubt: Code | None = None

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if bool(self.target) is not (self.effect in {ActEffect.UNDOES, ActEffect.ENDS}):
            message = f"{self.id}: a target is for what undoes or ends another act"
            raise ValueError(message)
        if (self.floor_months or self.max_months) and self.effect is not ActEffect.SUSPENDS:
            message = f"{self.id}: floor_months and max_months are for a suspension"
            raise ValueError(message)
        return self

    @cached_property
    def source(self) -> Source:
        """The record to quote; the rows of one act are told apart by what they apply to."""
        scope = ".".join((self.id, *self.natures, *self.regimes))
        identifier = f"fr.{FILE}.{scope}:{self.from_.isoformat()}"[:120]
        return Source(
            article=self.article, confidence=self.confidence, identifier=identifier, checked_on=self.checked_on
        )

    @property
    def may_last(self) -> bool:
        """Whether an end means something: the act lasts, or has no effect at all."""
        return self.effect in {ActEffect.INTERRUPTS_UNTIL, ActEffect.SUSPENDS, ActEffect.NO_EFFECT}

    def is_for(self, regime: RegimeRow) -> bool:
        """Whether the row says what the act does to claims of that regime."""
        return (
            regime.nature in self.natures
            and (not self.regimes or regime.id in self.regimes)
            and regime.id not in self.except_regimes
        )


class Acts(DatedTable):
    """The whole file: for each regime every kind of act has one row, and one only."""

    acts: tuple[ActRow, ...]

    @model_validator(mode="after")
    def _answers_every_question_once(self) -> Self:
        kinds = {kind.value for kind in LimitationActKind}
        named = {name for row in self.acts for name in (row.id, *row.target)}
        if named != kinds:
            message = f"acts missing or unknown: {', '.join(sorted(named ^ kinds))}"
            raise ValueError(message)
        for regime in regimes_table().regimes:
            for kind in sorted(kinds):
                found = sum(row.id == kind and row.is_for(regime) for row in self.acts)
                if found != 1:
                    message = f"{kind} has {found} rows for {regime.id}: write one"
                    raise ValueError(message)
        return self


@cache
def acts_table() -> Acts:
    """Return the table of acts; its file is read the first time only."""
    return acts_from(read_table(PACKAGE, FILE))


def acts_from(content: Mapping[str, object], where: str = f"{PACKAGE}/data/{FILE}.toml") -> Acts:
    """Return the table described by TOML, checked. Raises ``LawError`` with every fault."""
    return checked_table(Acts, content, where, ("acts",))


@cache
def act_row(kind: str, regime: str) -> ActRow:
    """Return what a kind of act does to claims of a regime, named by its id.

    Raises ``InvalidInput`` for an unknown kind, listing the known ones.

    >>> act_row("mise_en_demeure", "b2b").effect.value, act_row("mise_en_demeure", "public_debtor").effect.value
    ('no_effect', 'interrupts')
    """
    asked = next(row for row in regimes_table().regimes if row.id == regime)
    found = next((row for row in acts_table().acts if row.id == kind and row.is_for(asked)), None)
    if found is None:
        known = ", ".join(sorted(kind.value for kind in LimitationActKind))
        raise InvalidInput(where="acts", found=f"{kind!r} is not a known act", hint=f"Known: {known}.")
    return found


def refuse_reversed(act: Act) -> None:
    """Refuse an act that ends before it begins. Raises ``InvalidInput``."""
    if act.until is not None and act.until < act.on:
        raise InvalidInput(
            where=f"acts, {act.kind}",
            found=f"it ends on {act.until.isoformat()}, before {act.on.isoformat()}",
            hint="Give the days in order.",
        )
