"""A scenario: ordered stages, each with a document, channels and a condition, and what happens after the last."""

import hashlib
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, Strict, StringConstraints, model_validator

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.values import AtLeastOne, Line, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind, Rank
from recouvrement.scenario.conditions import Condition, Days, stages_named

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""Lower-case letters, digits and underscores."""


class Scope(StrEnum):
    """Which items a message lists beside those that triggered it."""

    ALL_OVERDUE = "all_overdue"
    """Every overdue item that is not stopped and has had no formal notice yet."""
    ALREADY_REMINDED = "already_reminded"
    """Those of them that an earlier message listed."""
    TRIGGERED = "triggered"
    """None but those that triggered it."""


class Advances(StrEnum):
    """Which items a message moves on in the scenario."""

    TRIGGERED = "triggered"
    LISTED = "listed"


class Entry(StrEnum):
    """Where an item that is already late starts."""

    FIRST = "first"
    """At the first stage whose condition holds."""
    BY_AGE = "by_age"
    """At the last amicable stage whose condition holds."""


class Outcome(StrEnum):
    """What there is to decide when the scenario has ended."""

    HUMAN_DECISION = "human_decision"
    HAND_OVER = "hand_over"
    INJONCTION_DE_PAYER = "injonction_de_payer"
    WRITE_OFF = "write_off"


class Stage(Value):
    """One step of a scenario."""

    id: Slug
    document: DocumentKind
    channels: Annotated[tuple[Channel, ...], AtLeastOne]
    """In order of preference: the first one the debtor can be reached by is used."""
    when: Condition
    rank: Rank
    scope: Scope = Scope.ALL_OVERDUE
    advances: Advances = Advances.TRIGGERED
    requires_approval: bool = False
    optional: bool = False
    """Passed over, rather than waited for, when none of its channels is available."""
    may_be_first_contact: bool = False
    """A formal stage is never the first contact unless the scenario says so here."""
    pay_within_days: Days | None = None
    """Days the message gives to pay, counted from its own date; a date that is not worked moves to the next that is."""

    @cached_property
    def is_formal(self) -> bool:
        """Whether it is a formal demand or goes further: it then needs a claim that passes the claim gate."""
        return self.rank.level >= Rank.FORMAL.level

    @cached_property
    def is_preventive(self) -> bool:
        """Whether it comes before the due date."""
        return self.rank is Rank.PREVENTIVE


class Terminal(Value):
    """What happens when an item has passed its last stage."""

    when: Condition
    outcome: Outcome


class Scenario(Value):
    """Commercial policy as data. The same model is written in Python or in TOML."""

    id: Slug
    version: Annotated[int, Strict(), Field(ge=1)]
    title: Line
    debtor_kinds: Annotated[tuple[DebtorKind, ...], AtLeastOne]
    min_interval_days: Annotated[int, Strict(), Field(ge=0, le=366)]
    """Days from one contact to the next, per case; a contact that comes too early is pushed back, never dropped."""
    entry: Entry = Entry.FIRST
    prescription_lead_days: tuple[Annotated[int, Strict(), Field(ge=1, le=3650)], ...] = (180, 60)
    """Days before the last day to act on which the creditor's staff is told; policy, not law."""
    stages: Annotated[tuple[Stage, ...], AtLeastOne]
    terminal: Terminal

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ids = [stage.id for stage in self.stages]
        faults = [f"stage id {name!r} is used twice" for name in sorted({name for name in ids if ids.count(name) > 1})]
        conditions = [(stage.id, stage.when) for stage in self.stages] + [("terminal", self.terminal.when)]
        for place, condition in conditions:
            unknown = sorted(stages_named(condition) - set(ids))
            faults += [f"{place} refers to stage {name!r}, which does not exist" for name in unknown]
        faults += [
            f"stage {stage.id!r} is internal: a stage goes to the debtor; alerts and the terminal note are automatic"
            for stage in self.stages
            if Channel.INTERNAL in stage.channels
            or stage.document in {DocumentKind.TERMINAL_NOTE, DocumentKind.DEADLINE_ALERT}
        ]
        if "terminal" in ids:
            faults.append("stage id 'terminal' is reserved for the end of the scenario")
        optional = {stage.id for stage in self.stages if stage.optional}
        faults += [
            f"terminal waits for stage {name!r}, which is optional and may never be carried out"
            for name in sorted(stages_named(self.terminal.when) & optional)
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @cached_property
    def hash(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the canonical JSON: two equal scenarios have equal hashes."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def pay_by(self, stage: Stage, on: date) -> date | None:
        """Return the last day a message of this stage sent on that day gives to pay, before any working-day shift."""
        return None if stage.pay_within_days is None else on + timedelta(days=stage.pay_within_days)
