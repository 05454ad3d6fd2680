"""A scenario: ordered stages, each with a document, channels and a condition, and what happens after the last."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, NamedTuple, Self

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    Strict,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from recouvrement.domain.parties import ContactRole, DebtorKind
from recouvrement.domain.values import AtLeastOne, Line, Value
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, REQUESTED_DOCUMENTS, Channel, DocumentKind, Rank
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.calendar_conditions import Days
from recouvrement.scenario.case_conditions import Amount
from recouvrement.scenario.conditions import MOST_DEEP, Condition, depth, stages_named, walk
from recouvrement.scenario.window import SendingWindow

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""Lower-case letters, digits and underscores."""

DEFAULT_RECIPIENTS = (ContactRole.ACCOUNTS_PAYABLE, ContactRole.GENERAL, ContactRole.MANAGEMENT)
"""Roles written to where a stage names none, in order of preference."""

TERMINAL_STAGE = "terminal"
"""Name under which the end of a scenario is recorded for an item."""

RESERVED = frozenset({TERMINAL_STAGE, "thank_you"})
"""Names under which the engine itself records steps."""


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


class Grouping(StrEnum):
    """How many threads of messages a case has."""

    PER_DEBTOR = "per_debtor"
    """One: the oldest overdue item leads, and its message lists the others."""
    PER_INVOICE = "per_invoice"
    """One for each item, with its own interval."""
    PER_STAGE = "per_stage"
    """One for each stage that is due: items at the same stage share a message."""


class Outcome(StrEnum):
    """What there is to decide or to do when the scenario has ended."""

    HUMAN_DECISION = "human_decision"
    HAND_OVER = "hand_over"
    """The file goes to a commissaire de justice or a lawyer."""
    INJONCTION_DE_PAYER = "injonction_de_payer"
    PETITE_CREANCE = "petite_creance"
    """Simplified recovery of small claims by a commissaire de justice (CPCE art. L125-1)."""
    MEDIATION = "mediation"
    DECLARATION_DE_CREANCE = "declaration_de_creance"
    WRITE_OFF = "write_off"
    """Proposed as irrecoverable."""
    WRITE_OFF_DOUBTFUL = "write_off_doubtful"
    """Proposed as a doubtful debt, still pursued."""


class Repeat(Value):
    """A stage that comes back while nothing further is due."""

    every_days: Annotated[int, Strict(), Field(ge=1, le=366)]
    max_times: Annotated[int, Strict(), Field(ge=2, le=100)]
    """How often it is carried out for an item in all, the first time included."""


class Stage(Value):
    """One step of a scenario."""

    id: Slug
    document: DocumentKind
    channels: Annotated[tuple[Channel, ...], AtLeastOne]
    """In order of preference: the first one the debtor can be reached by is used."""
    recipients: Annotated[tuple[ContactRole, ...], AtLeastOne] = DEFAULT_RECIPIENTS
    """In order of preference: the first role that has an address on the channel is written to."""
    when: Condition
    """The trigger: what must hold for an item."""
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
    grace_days: Days = 0
    """Days after that date within which nothing further is triggered, for money under way."""
    repeat: Repeat | None = None
    min_item_amount: Amount | None = None
    """An item of less does not trigger the stage; another item's message may still list it."""
    min_message_amount: Amount | None = None
    """A message that asks for less does not leave."""

    @cached_property
    def is_formal(self) -> bool:
        """Whether it is a formal demand or goes further: it then needs a claim that passes the claim gate."""
        return self.rank.level >= Rank.FORMAL.level

    @cached_property
    def is_preventive(self) -> bool:
        """Whether it comes before the due date."""
        return self.rank is Rank.PREVENTIVE

    @cached_property
    def is_internal(self) -> bool:
        """Whether it is told to the creditor's own staff: no contact with the debtor."""
        return self.document in INTERNAL_DOCUMENTS


class Branch(Value):
    """An outcome for the items for which a condition holds when the scenario ends."""

    when: Condition
    outcome: Outcome


class Terminal(Value):
    """What happens when an item has passed its last stage."""

    when: Condition
    outcome: Outcome
    """Where no branch applies."""
    branches: tuple[Branch, ...] = ()
    """In order: the first whose condition holds gives the outcome."""


class ThankYou(Value):
    """A word of thanks for items that were reminded and are paid; it asks for nothing."""

    channels: Annotated[tuple[Channel, ...], AtLeastOne]
    within_days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
    """Days after the payment within which thanks still make sense."""


class Costs(Value):
    """What one message costs by channel, in the currency of the case; used by forecasts only."""

    email: Amount | None = None
    post: Amount | None = None
    registered_post: Amount | None = None
    phone: Amount | None = None
    sms: Amount | None = None

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Write ``sms`` only where it is set: the hash of a scenario written before it existed stays what it was."""
        written: dict[str, object] = write(self)
        return {name: value for name, value in written.items() if name != "sms" or value is not None}

    def of(self, channel: Channel) -> Decimal | None:
        """Return the cost of one message on a channel; ``None`` where it is not given."""
        return {
            Channel.EMAIL: self.email,
            Channel.POST: self.post,
            Channel.REGISTERED_POST: self.registered_post,
            Channel.PHONE: self.phone,
            Channel.SMS: self.sms,
        }.get(channel)


class Way(NamedTuple):
    """Channels and recipients, and the stages that share them."""

    channels: tuple[Channel, ...]
    recipients: tuple[ContactRole, ...]
    stages: tuple[str, ...]


class Contradiction(NamedTuple):
    """Parts of a scenario that do not go together."""

    path: tuple[str | int, ...]
    found: str
    hint: str


class Parts(NamedTuple):
    """The parts of a scenario that must agree; of a faulty one, those that could be read."""

    named: tuple[tuple[int, str], ...]
    """Place and id of each stage, faulty ones included."""
    stages: tuple[tuple[int, Stage], ...]
    terminal: Terminal | None
    thank_you: ThankYou | None
    grouping: Grouping
    max_messages_per_run: int | None


def contradictions(parts: Parts) -> list[Contradiction]:
    """Return everything in which the parts of a scenario contradict each other."""
    found = [*_wrong_names(parts)]
    for place, stage in parts.stages:
        found += [Contradiction(("stages", place, *one.path), one.found, one.hint) for one in _wrong_stage(stage)]
    if parts.thank_you is not None and not {Channel.EMAIL, Channel.POST}.issuperset(parts.thank_you.channels):
        wrong = ("thank_you", "channels")
        found.append(Contradiction(wrong, "thanks are written", "let them leave by email or post"))
    if parts.max_messages_per_run is not None and parts.grouping is Grouping.PER_DEBTOR:
        never = "a case grouped per_debtor never gets more than one message a day"
        found.append(Contradiction(("max_messages_per_run",), never, "remove it, or group per_invoice or per_stage"))
    return found


def _wrong_names(parts: Parts) -> Iterator[Contradiction]:
    seen: set[str] = set()
    for place, name in parts.named:
        own = ("stages", place, "id")
        if name in seen:
            yield Contradiction(own, f"stage id {name!r} is used twice", "give each stage its own")
        if name in RESERVED:
            yield Contradiction(own, f"stage id {name!r} is reserved for the engine", "choose another")
        seen.add(name)
    conditions: list[tuple[tuple[str | int, ...], Condition]] = [
        (("stages", place, "when"), stage.when) for place, stage in parts.stages
    ]
    if parts.terminal is not None:
        conditions.append((("terminal", "when"), parts.terminal.when))
        conditions += [
            (("terminal", "branches", place, "when"), branch.when)
            for place, branch in enumerate(parts.terminal.branches)
        ]
    for path, condition in conditions:
        if depth(condition) > MOST_DEEP:
            found = f"{depth(condition)} conditions are inside one another"
            yield Contradiction(path, found, f"go no deeper than {MOST_DEEP}: join them with one all or any")
        for name in sorted(stages_named(condition) - seen):
            known = ", ".join(sorted(seen))
            yield Contradiction(path, f"stage {name!r} does not exist", f"name one of: {known}")
    optional = {stage.id for _, stage in parts.stages if stage.optional}
    waited = stages_named(parts.terminal.when) & optional if parts.terminal is not None else ()
    for name in sorted(waited):
        may = f"waits for stage {name!r}, which is optional and may never be carried out"
        yield Contradiction(("terminal", "when"), may, "wait for previous_stage, or make the stage not optional")


def _wrong_stage(stage: Stage) -> Iterator[Contradiction]:
    document = stage.document.value
    if stage.document in INTERNAL_DOCUMENTS - {DocumentKind.DELIVERY_SUSPENSION}:
        yield Contradiction(("document",), f"{document} is internal and made by the engine itself", "choose a letter")
    elif stage.is_internal and stage.channels != (Channel.INTERNAL,):
        yield Contradiction(("channels",), f"{document} is internal", 'write channels = ["internal"]')
    elif not stage.is_internal and Channel.INTERNAL in stage.channels:
        yield Contradiction(("channels",), f"{document} goes to the debtor", "remove the internal channel")
    if stage.document in REQUESTED_DOCUMENTS:
        yield Contradiction(("document",), f"{document} is made when somebody asks for it", "choose a reminder")
    if stage.document is DocumentKind.LAST_NOTICE and stage.rank.level < Rank.PRE_LITIGATION.level:
        yield Contradiction(("rank",), "a last notice comes before proceedings", 'write rank = "pre_litigation"')
    if (stage.document is DocumentKind.SMS) is not (Channel.SMS in stage.channels):
        yield Contradiction(("channels",), "a text message is its own document", "pair document sms with channel sms")
    elif stage.document is DocumentKind.SMS and set(stage.channels) != {Channel.SMS}:
        yield Contradiction(("channels",), "a text message is not sent otherwise", 'write channels = ["sms"]')
    if stage.document is DocumentKind.THANK_YOU:
        yield Contradiction(("document",), "thanks follow a payment", "use thank_you, not a stage")
    if stage.is_internal and (stage.is_formal or stage.requires_approval):
        yield Contradiction((), "an internal stage is neither formal nor approved", "make it amicable, unapproved")


class Scenario(Value):
    """Commercial policy as data. The same model is written in Python or in TOML."""

    id: Slug
    version: Annotated[int, Strict(), Field(ge=1)]
    title: Line
    debtor_kinds: Annotated[tuple[DebtorKind, ...], AtLeastOne]
    min_interval_days: Annotated[int, Strict(), Field(ge=0, le=366)]
    """Days from one contact to the next in a thread; a contact that comes too early is pushed back, never dropped.

    0 still means the next day, except ``per_invoice``, where it means that nothing keeps two stages apart.
    """
    entry: Entry = Entry.FIRST
    grouping: Grouping = Grouping.PER_DEBTOR
    max_messages_per_run: Annotated[int, Strict(), Field(ge=1, le=10_000)] | None = None
    """Messages one case may get in a day where it has several threads; the oldest items come first."""
    sending: SendingWindow = SendingWindow()
    postal_transit_days: Annotated[int, Strict(), Field(ge=0, le=30)] = 0
    """Days a letter takes, added to the days it gives to pay."""
    prescription_lead_days: tuple[Annotated[int, Strict(), Field(ge=1, le=3650)], ...] = (180, 60)
    """Days before the last day to act on which the creditor's staff is told; policy, not law."""
    waits_for_direct_debit: bool = True
    """Whether an invoice collected by direct debit waits for its debit's rejection."""
    max_bank_data_age_days: Annotated[int, Strict(), Field(ge=0, le=366)] | None = None
    """Days after which the payments known are too old to demand anything; ``None``: never."""
    nets_unallocated: bool = True
    """Whether money and credit notes without an invoice settle the oldest debts. False repeats a peer's behaviour."""
    counts_due_day: bool = False
    """Whether stages may be triggered on the due date itself. True repeats a peer: the debtor is not late that day."""
    thank_you: ThankYou | None = None
    costs: Costs = Costs()
    stages: Annotated[tuple[Stage, ...], AtLeastOne]
    terminal: Terminal

    @model_validator(mode="after")
    def _whole(self) -> Self:
        named = tuple((place, stage.id) for place, stage in enumerate(self.stages))
        parts = Parts(
            named,
            tuple(enumerate(self.stages)),
            self.terminal,
            self.thank_you,
            self.grouping,
            self.max_messages_per_run,
        )
        found = contradictions(parts)
        if found:
            told = "; ".join(f"{'.'.join(map(str, one.path))}: {one.found}: {one.hint}" for one in found)
            # The words go in as data, for they may hold braces, which a template would read as names.
            raise PydanticCustomError("contradiction", "{told}", {"told": told, "contradictions": found})
        return self

    @cached_property
    def hash(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the canonical JSON: two equal scenarios have equal hashes."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    @cached_property
    def asks_days_only(self) -> bool:
        """Whether its stages look at nothing of an item but its days: items that share them stand alike."""
        return all(
            stage.min_item_amount is None
            and all(part.sees_days_only and not isinstance(part, CustomCondition) for part in walk(stage.when))
            for stage in self.stages
        )

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which its stages try to reach a debtor, each once."""
        found: dict[tuple[tuple[Channel, ...], tuple[ContactRole, ...]], list[str]] = {}
        for stage in self.stages:
            found.setdefault((stage.channels, stage.recipients), []).append(stage.id)
        return tuple(Way(*way, tuple(stages)) for way, stages in found.items())

    @cached_property
    def places(self) -> dict[str, int]:
        """By stage: its place in the order of the scenario."""
        return {stage.id: place for place, stage in enumerate(self.stages)}

    @cached_property
    def leads_in_order(self) -> tuple[int, ...]:
        """Days before a prescription at which the staff is told, the longest first."""
        return tuple(sorted(self.prescription_lead_days, reverse=True))

    @cached_property
    def interval_days(self) -> int:
        """Least days from one contact of a thread to the next."""
        return self.min_interval_days if self.grouping is Grouping.PER_INVOICE else max(1, self.min_interval_days)

    def pay_by(self, stage: Stage, channel: Channel, on: date) -> date | None:
        """Return the last day a message sent on that day gives to pay, before any working-day shift."""
        if stage.pay_within_days is None:
            return None
        is_posted = channel is Channel.POST or channel is Channel.REGISTERED_POST
        transit = self.postal_transit_days if is_posted else 0
        return on + timedelta(days=stage.pay_within_days + transit)
