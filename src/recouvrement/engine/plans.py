"""Payment plans: kept, in default, ended, as the payments show; what a plan that ended still leaves to its dates."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.events import PlanAgreed
from recouvrement.engine.history import History
from recouvrement.engine.ledger import Ledger, Position


class PlanStatus(StrEnum):
    """Where a plan stands."""

    ACTIVE = "active"
    IN_DEFAULT = "in_default"
    """An instalment and its grace have passed unpaid; the plan goes on until a notice of it has run out."""
    ENDED = "ended"
    """The notice ran out and what was missing did not come."""
    COMPLETED = "completed"
    """Every instalment was paid."""


class PlanPart(NamedTuple):
    """One instalment of a plan, and what came for it."""

    due_on: date
    left_minor: int
    came_minor: int


class Plan(NamedTuple):
    """A plan and where it stands on a date."""

    agreed: PlanAgreed
    status: PlanStatus
    missed_on: date | None
    """Due date of the first instalment that is missing."""
    expected_minor: int
    """What should have come by now."""
    received_minor: int
    changes_on: date | None
    """First later day on which the status may change with no new fact."""
    deferred_minor: int
    """For a plan that ended without acceleration: what is still payable on the dates agreed."""
    parts: tuple[PlanPart, ...] = ()
    """For a plan that ended without acceleration: its instalments, which keep their dates."""

    @property
    def holds(self) -> bool:
        """Whether the plan keeps its items out of the scenario."""
        return self.status in {PlanStatus.ACTIVE, PlanStatus.IN_DEFAULT}

    def covers(self, position: Position) -> bool:
        """Whether the plan is about an item: named or, where it names none, issued by the day it was agreed."""
        if self.agreed.item_ids:
            return position.is_named_in(self.agreed.item_ids)
        return position.item.issued_on <= self.agreed.effective_on


class _Account:
    """What a plan expects and what came for it, by day."""

    def __init__(self, agreed: PlanAgreed, covered: Sequence[Position]) -> None:
        self.agreed = agreed
        self.parts = [(part.due_on or agreed.effective_on, part.amount.minor) for part in agreed.instalments]
        came = [receipt for one in covered for receipt in (*one.receipts, *one.credits)]
        self.receipts = [receipt for receipt in came if receipt.on >= agreed.effective_on]

    @property
    def total(self) -> int:
        return sum(minor for _, minor in self.parts)

    def missable_on(self, due_on: date) -> date:
        """Return the first day on which an instalment of that date is missing if it has not come."""
        return due_on + timedelta(days=self.agreed.grace_days + 1)

    def expected(self, on: date) -> int:
        return sum(minor for due_on, minor in self.parts if self.missable_on(due_on) <= on)

    def received(self, on: date) -> int:
        return sum(receipt.minor for receipt in self.receipts if receipt.on <= on)

    def first_missing(self, received: int) -> date | None:
        for due_on, minor in self.parts:
            received -= minor
            if received < 0:
                return due_on
        return None

    def instalments(self, received: int) -> tuple[PlanPart, ...]:
        """Return the instalments in order, what came set against the first ones."""
        found = []
        for due_on, minor in self.parts:
            came = min(minor, received)
            received -= came
            found.append(PlanPart(due_on, minor - came, came))
        return tuple(found)


def plans_on(history: History, ledger: Ledger, on: date) -> tuple[Plan, ...]:
    """Return the plans agreed and not lifted, each with its status on a date.

    Money counts by value date, and a credit note from its issue, on the items of the plan from the day it was agreed.
    A plan in default ends the day after the time given by a notice of it, unless what was missing on the day of the
    notice came meanwhile.
    """
    everything = (*ledger.positions, *ledger.settled) if history.plans else ()
    found = []
    for agreed, notices in history.plans:
        bare = Plan(agreed, PlanStatus.ACTIVE, None, 0, 0, None, 0)
        found.append(_status(bare, _Account(agreed, [one for one in everything if bare.covers(one)]), notices, on))
    return tuple(found)


def _status(bare: Plan, account: _Account, notices: Sequence[date], on: date) -> Plan:
    agreed, received, expected = bare.agreed, account.received(on), account.expected(on)
    missed_on = account.first_missing(received) if received < expected else None
    instalments = [account.missable_on(due_on) for due_on, _ in account.parts]
    in_default = [notice for notice in notices if account.received(notice) < account.expected(notice)]
    for notice in in_default:
        end = _end_of_notice(agreed, notice)
        if on > end and account.received(end) < account.expected(notice):
            return _ended(bare, account, on)
    if received >= account.total:
        return Plan(agreed, PlanStatus.COMPLETED, None, expected, received, None, 0)
    status = PlanStatus.ACTIVE if missed_on is None else PlanStatus.IN_DEFAULT
    days = [
        day
        for day in (*instalments, *(_end_of_notice(agreed, notice) + timedelta(days=1) for notice in in_default))
        if day > on
    ]
    return Plan(agreed, status, missed_on, expected, received, min(days, default=None), 0)


def _end_of_notice(agreed: PlanAgreed, notice: date) -> date:
    """Return the last day on which what is missing still saves the plan."""
    return notice + timedelta(days=agreed.notice_days)


def _ended(bare: Plan, account: _Account, on: date) -> Plan:
    agreed, received = bare.agreed, account.received(on)
    due = sum(minor for due_on, minor in account.parts if due_on < on)
    deferred = 0 if agreed.accelerates else max(0, account.total - max(received, due))
    following = [due_on + timedelta(days=1) for due_on, _ in account.parts if due_on >= on] if deferred else []
    return Plan(
        agreed,
        PlanStatus.ENDED,
        account.first_missing(received),
        due,
        received,
        min(following, default=None),
        deferred,
        () if agreed.accelerates else account.instalments(received),
    )
