"""What the engine returns: actions, the claim with its segments, deadlines, doubts, holds."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Strict

from recouvrement.domain.light import Light
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact
from recouvrement.domain.reasons import Authority, Reason, Source
from recouvrement.domain.terms import DayCount
from recouvrement.domain.values import CivilDate, Code, Word
from recouvrement.domain.vocabulary import Channel, DocumentKind, Rank


class ActionKind(Word):
    """What kind of step an action is."""

    CONTACT = "contact"
    """A message or call to the debtor."""
    APPROVAL = "approval"
    """A contact that a human must approve before it leaves."""
    ALERT = "alert"
    """Told to the creditor's own staff: a legal deadline."""
    TERMINAL = "terminal"
    """The scenario has ended for these items: somebody must decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Light):
    """One step to take now.

    ``id`` is derived from case, scenario, stage and occurrence: the same step always has the same id, which is the
    idempotency key downstream.
    """

    id: Code
    kind: ActionKind
    scenario: Code
    scenario_version: Annotated[int, Strict()]
    stage: Code
    occurrence: Annotated[int, Strict()]
    """1 for the first time this stage is carried out in the case, 2 for the second…"""
    document: DocumentKind
    channel: Channel
    rank: Rank
    leader: Code
    """The oldest item of the message."""
    triggered: tuple[Code, ...]
    """Items whose own stage this is."""
    listed: tuple[Code, ...]
    """Items the message shows, the triggered ones included."""
    advanced: tuple[Code, ...]
    """Items whose progress this action moves on."""
    principal: Money
    """Balance of the listed items, less what is contested, without accessories."""
    recipient: Contact | None = None
    outcome: Code | None = None
    """For a terminal action: what the scenario asks to decide on."""
    pay_by: CivilDate | None = None
    """Last day the message gives to pay."""
    token: Code
    """Hash of the balances and stops the action rests on; a send whose token has moved is stale."""
    reasons: tuple[Reason, ...] = ()


class HoldKind(Word):
    """Why an item, or the whole case, gets no action today."""

    SETTLED = "settled"
    """No principal is owed."""
    WAITING = "waiting"
    """Nothing is wrong: the next stage has its date."""
    LED = "led"
    """Waits for the leader's next message, which will list it."""
    MIN_INTERVAL = "min_interval"
    NON_WORKING_DAY = "non_working_day"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_HUMAN = "awaiting_human"
    """The scenario has ended; the file is in somebody's hands."""
    CLAIM_GATE = "claim_gate"
    """Not certain, liquid and due enough for a formal step; the reason names what is missing."""
    BELOW_MINIMUM = "below_minimum"
    """Too little for a message of its own."""
    DAILY_CAP = "daily_cap"
    """The thread has sent what it may send in one run."""
    DIRECT_DEBIT = "direct_debit"
    """Collected by direct debit: waits for the debit's rejection."""
    STALE_BANK_DATA = "stale_bank_data"
    """The payments known are too old to demand anything."""
    NO_CHANNEL = "no_channel"
    NO_DUE_DATE = "no_due_date"
    BARRED = "barred"
    INSOLVENCY = "insolvency"
    DISPUTE = "dispute"
    PROMISE_TO_PAY = "promise_to_pay"
    PAYMENT_IN_PROCESS = "payment_in_process"
    CREDIT_NOTE_AWAITED = "credit_note_awaited"
    MEDIATION = "mediation"
    MANUAL_HOLD = "manual_hold"
    ASSIGNMENT = "assignment"
    PAYMENT_PLAN = "payment_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Light):
    """Why nothing is done about an item today, and until when."""

    kind: HoldKind
    item_id: Code | None = None
    """``None``: the whole case."""
    until: CivilDate | None = None
    """First day on which the hold may end with no new fact; ``None``: only a new fact ends it."""
    next_stage: Code | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt(Light):
    """Something the decision rests on that is missing, uncertain in law, or weakly sourced."""

    code: Code
    item_id: Code | None = None
    reason: Reason

    @classmethod
    def of(
        cls,
        code: str,
        authority: Authority,
        inputs: Mapping[str, object] | None = None,
        source: Source | None = None,
        *,
        item_id: str | None = None,
    ) -> Self:
        """Return a doubt whose reason bears its own code; inputs as in ``Reason.of``."""
        return cls(code=code, item_id=item_id, reason=Reason.of(code, authority, inputs, source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Light):
    """Interest of one item over days that share one principal and one rate.

    ``from_`` is the first day counted, ``until`` the first day not counted. ``amount`` is rounded half-up to the cent,
    once, here; the claim is the sum of the segments.
    """

    item_id: Code
    from_: CivilDate
    until: CivilDate
    principal: Money
    """What bears interest: the principal still owed, and the interest already compounded."""
    rate: Annotated[Decimal, Strict()]
    """Per cent per year: 12.40 means 12.40 %."""
    day_count: DayCount
    amount: Money
    source: Source

    @property
    def days(self) -> int:
        """Days counted."""
        return (self.until - self.from_).days

    @property
    def through(self) -> date:
        """Last day counted."""
        return self.until - timedelta(days=1)

    @property
    def divisor(self) -> int:
        """Days of the year the rate is divided by; a segment by the length of the year lies in one year."""
        return divisor(self.day_count, self.from_)


def divisor(day_count: DayCount, day: date) -> int:
    """Return the days a yearly rate is divided by, for days of the year of ``day``.

    >>> divisor(DayCount.ACTUAL_ACTUAL, date(2024, 6, 30)), divisor(DayCount.ACTUAL_365, date(2024, 6, 30))
    (366, 365)
    """
    match day_count:
        case DayCount.ACTUAL_365:
            return 365
        case DayCount.ACTUAL_ACTUAL:
            return 366 if calendar.isleap(day.year) else 365
        case DayCount.ACTUAL_360:
            return 360


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedPayment(Light):
    """A payment received after interest began, and what it extinguished."""

    received_on: CivilDate
    amount: Money
    to_interest: Money
    to_principal: Money
    surplus: Money
    """What exceeded the debt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTranche(Light):
    """A part of an item with a due date and an account of its own: what a payment plan that ended left to its dates."""

    due_on: CivilDate
    """Interest begins the day after at the earliest."""
    plan_id: Code | None = None
    """The plan that set the date; ``None``: the due date of the item itself."""
    amount: Money
    """Before payments."""
    principal: Money
    late_interest: Money
    segments: tuple[Segment, ...] = ()
    payments: tuple[AppliedPayment, ...] = ()
    interest_through: CivilDate | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimItem(Light):
    """What is owed for one item on the date of the decision."""

    item_id: Code
    invoice_number: Code
    issued_on: CivilDate | None
    """``None`` for a debt computed on paper, without its invoice."""
    due_on: CivilDate
    days_late: Annotated[int, Strict()]
    original: Money
    """Amount of the item when the invoice was issued."""
    credited: Money
    """Taken off by credit notes."""
    paid: Money
    """Received in payment, or set off by what a credit note left over."""
    balance: Money
    """``original`` less ``credited`` less ``paid``: what the books show."""
    contested: Money
    """Part of ``balance`` under dispute: not demanded, and bearing no interest here."""
    deferred: Money | None = None
    """Part of ``balance`` that a payment plan which ended still leaves to its dates; ``None``: none."""
    principal: Money
    """Principal demanded: what is neither contested nor deferred, after imputation (C. civ. art. 1343-1)."""
    late_interest: Money
    """Interest accrued and not yet extinguished by a part payment."""
    segments: tuple[Segment, ...] = ()
    payments: tuple[AppliedPayment, ...] = ()
    """Every payment applied, by value date; those received before interest began go to principal."""
    indemnity: Money
    """Fixed recovery indemnity (C. com. art. D441-5); on the first late item of an invoice only."""
    extra_compensation: Money | None = None
    """Recovery costs beyond the indemnity, each with its proof (C. com. art. L441-10 II); ``None``: none claimed."""
    interest_through: CivilDate | None = None
    """Last day counted in the interest; earlier than the decision when a rate is not yet published."""
    tranches: tuple[ClaimTranche, ...] = ()
    """Accounts whose sums are those above, where a plan that ended dates parts of the item; none: one account."""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Light):
    """What may be demanded on the overdue items of a case, item by item and in total."""

    items: tuple[ClaimItem, ...]
    principal: Money
    late_interest: Money
    indemnities: Money
    """Fixed indemnities and extra compensation."""
    total: Money


class DeadlineKind(StrEnum):
    """Legal deadlines the engine watches."""

    PRESCRIPTION = "prescription"
    DECLARATION_DE_CREANCE = "declaration_de_creance"
    PROCEDURE = "procedure"
    """A court deadline that runs from a step of a procedure; ``regime`` says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep(Light):
    """One link of the dated chain that leads to a deadline."""

    from_: CivilDate
    act: Code
    effect: Code
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Light):
    """The last day on which an act is still in time, and how it was reached."""

    kind: DeadlineKind
    item_id: Code | None
    last_day: CivilDate
    """Until midnight of this day."""
    regime: Code
    path: tuple[PathStep, ...]

    @property
    def source(self) -> Source | None:
        """The text that sets the last day; later steps of the path may rest on others."""
        return next((step.source for step in reversed(self.path) if step.effect == "last_day"), None)

    def is_past(self, on: date) -> bool:
        """Whether the act would be too late on that day."""
        return on > self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps(Light):
    """What the decision was made with."""

    case_version: Annotated[int, Strict()]
    scenario: Code
    scenario_hash: Code
    law_edition: Code
    package_version: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Light):
    """The dated answer for one case.

    Nothing in ``actions`` can change before ``next_wakeup`` unless a new fact arrives; ``None`` means never.
    While ``actions`` wait to be recorded, ``next_wakeup`` is the next day.
    """

    case_id: Code
    on: CivilDate
    actions: tuple[Action, ...]
    claim: Claim
    deadlines: tuple[Deadline, ...]
    doubts: tuple[Doubt, ...]
    holds: tuple[Hold, ...]
    next_wakeup: CivilDate | None
    stamps: Stamps
