"""Parts of an item that a payment plan which ended leaves to their own dates: due, and put on notice, each apart."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.documents import Item
from recouvrement.domain.events import ActionPlanned, ActionProposed, NoticeDelivered, PlanAgreed
from recouvrement.engine.ledger import Position
from recouvrement.engine.plans import Plan
from recouvrement.scenario.model import Scenario


class Tranche(NamedTuple):
    """A part of an item and the day it is due."""

    due_on: date
    minor: int
    """Before payments."""
    left_minor: int
    """Still open in the books."""
    plan: PlanAgreed | None
    """The plan that set the date; ``None``: the due date of the item itself."""


def tranches_on(positions: Sequence[Position], plans: Sequence[Plan]) -> dict[str, tuple[Tranche, ...]]:
    """Return, by item, its parts in order of due date, where a plan that ended without acceleration dates some.

    What is open takes the last instalments, on the newest items first, and what was paid the ones before: no part is
    dated sooner than the plan lets it be. What no instalment reaches keeps the due date of its item, and no instalment
    makes an item due before that date.
    """
    ended = [plan for plan in plans if plan.parts]
    if not ended:
        return {}
    undated = {one.item.id: _Undated(one) for one in positions if one.due_on is not None}
    for plan in ended:
        own = [undated[one.item.id] for one in reversed(positions) if one.item.id in undated and plan.covers(one)]
        for part in reversed(plan.parts):
            left = part.left_minor
            for item in own if left else ():
                left -= item.take_open(part.due_on, left, plan.agreed)
        for part in reversed(plan.parts):
            came = part.came_minor
            for item in own if came else ():
                came -= item.take_paid(part.due_on, came, plan.agreed)
    return {item_id: item.tranches() for item_id, item in undated.items() if item.dated}


class _Undated:
    """What of an item no plan has dated yet; lives only inside ``tranches_on``."""

    def __init__(self, position: Position) -> None:
        self.due_on = position.due_on or date.max
        self.open, self.paid = position.balance_minor, position.paid_minor
        self.dated: dict[tuple[date, str], Tranche] = {}

    def take_open(self, due_on: date, minor: int, plan: PlanAgreed) -> int:
        """Date up to that amount of what is open; return how much."""
        taken = min(minor, self.open)
        self.open -= taken
        self._add(due_on, taken, taken, plan)
        return taken

    def take_paid(self, due_on: date, minor: int, plan: PlanAgreed) -> int:
        """Date up to that amount of what was paid; return how much."""
        taken = min(minor, self.paid)
        self.paid -= taken
        self._add(due_on, taken, 0, plan)
        return taken

    def _add(self, due_on: date, minor: int, left: int, plan: PlanAgreed) -> None:
        if minor:
            day = max(due_on, self.due_on)
            before = self.dated.get((day, plan.plan_id), Tranche(day, 0, 0, plan))
            self.dated[day, plan.plan_id] = Tranche(day, before.minor + minor, before.left_minor + left, plan)

    def tranches(self) -> tuple[Tranche, ...]:
        """Return the parts in order of due date, what keeps that of the item first."""
        rest = Tranche(self.due_on, self.open + self.paid, self.open, None)
        return (*((rest,) if rest.minor else ()), *(self.dated[key] for key in sorted(self.dated)))


def demanded(tranches: Sequence[Tranche], contested_minor: int, deferred_minor: int) -> tuple[Tranche, ...]:
    """Return the parts without what is not due yet, the last ones, nor what is contested, taken as the first ones."""
    kept = _less(tranches[::-1], deferred_minor)[::-1]
    return tuple(one for one in _less(kept, contested_minor) if one.minor)


def _less(tranches: Sequence[Tranche], minor: int) -> list[Tranche]:
    found = []
    for one in tranches:
        out = min(minor, one.left_minor)
        minor -= out
        found.append(one._replace(minor=one.minor - out, left_minor=one.left_minor - out))
    return found


def fell_due_on(tranches: Sequence[Tranche], on: date) -> date | None:
    """Return the due date of the last part a plan dates that fell due before a day and is still owed."""
    days = [one.due_on for one in tranches if one.plan is not None and one.left_minor and one.due_on < on]
    return max(days, default=None)


def still_counted(done: Mapping[str, date], scenario: Scenario, fell_on: date) -> dict[str, date]:
    """Return the stages carried out for an item, without what its last part was never asked in.

    A notice given before a part was due puts nobody on notice for it: formal stages carried out by then are to be
    carried out again; where the scenario has none, its last message to the debtor is.
    """
    stages = scenario.stages
    formal = [index for index, stage in enumerate(stages) if stage.is_formal]
    spoken = [index for index, stage in enumerate(stages) if not stage.is_internal]
    first = min(formal, default=max(spoken, default=len(stages)))
    again = {stage.id for stage in stages[first:]}
    return {stage: day for stage, day in done.items() if day > fell_on or stage not in again}


class Notices:
    """The mises en demeure presented up to a day, each with the day it was sent; read when first asked."""

    def __init__(self, case: Case, on: date) -> None:
        self._case, self._on = case, on
        self._found: dict[str, list[tuple[date, date]]] | None = None

    def after(self, item: Item, due_on: date) -> date | None:
        """Return the first presentation of one sent, and presented, once a part of an item was due."""
        if self._found is None:
            self._found = self._read()
        known = (*self._found.get(item.id, ()), *self._found.get(item.invoice_number, ()))
        return min((presented for sent, presented in known if min(sent, presented) > due_on), default=None)

    def _read(self) -> dict[str, list[tuple[date, date]]]:
        past = [event for event in self._case.history if event.effective_on <= self._on]
        proposed = {event.action.id: event for event in past if isinstance(event, ActionProposed)}
        carried_by = proposed | {event.action.id: event for event in past if isinstance(event, ActionPlanned)}
        found: dict[str, list[tuple[date, date]]] = {}
        for event in past:
            if isinstance(event, NoticeDelivered):
                carried = carried_by.get(event.action_id or "")
                # Of a letter entered by hand only the presentation is known.
                sent = carried.effective_on if carried is not None else event.effective_on
                for name in event.item_ids or (carried.action.listed if carried is not None else ()):
                    found.setdefault(name, []).append((sent, event.effective_on))
        return found
