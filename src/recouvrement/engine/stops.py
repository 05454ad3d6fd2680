"""Stops: facts laid over items that keep them out of trigger and scope."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Hold, HoldKind
from recouvrement.domain.events import StopPlaced
from recouvrement.domain.light import quick
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Insolvency
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import StopKind
from recouvrement.engine.history import History
from recouvrement.engine.ledger import Ledger, Position
from recouvrement.engine.named import Named
from recouvrement.engine.plans import Plan, PlanStatus, plans_on
from recouvrement.engine.promises import Promise, last_promise, promises_on
from recouvrement.engine.tranches import Tranche, demanded, tranches_on
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.facts import PromiseState


class Stopped(NamedTuple):
    """How far an item is stopped."""

    hold: Hold | None
    """Set when the whole item is stopped."""
    contested_minor: int
    """Part of the balance under dispute."""
    stop_ids: tuple[str, ...]
    ends_on: date | None
    """First day on which one of the stops ends by itself."""
    deferred_minor: int = 0
    """Part of the balance that a plan which ended still leaves to its dates."""
    tranches: tuple[Tranche, ...] = ()
    """What is demanded, by due date, where a plan that ended dates some of it; empty: one due date."""

    @property
    def withheld_minor(self) -> int:
        """Part of the balance that may not be demanded now."""
        return self.contested_minor + self.deferred_minor


FREE = Stopped(None, 0, (), None)
"""How far an item without any stop is stopped."""


def payable_minor(items: Iterable[tuple[Position, Stopped]]) -> int:
    """Return what may be demanded of items, in minor units: their balance, less what is contested or deferred."""
    return sum([position.balance_minor - stop.withheld_minor for position, stop in items])


class Overlays(NamedTuple):
    """What lies over the items of a case on a date."""

    stopped: tuple[tuple[Position, Stopped], ...]
    """Every open item, oldest first, and what stops it."""
    active: tuple[StopPlaced, ...]
    """Stops that apply, over whatever items."""
    promises: tuple[Promise, ...]
    plans: tuple[Plan, ...]


def overlays_on(ledger: Ledger, history: History, on: date, law: Jurisdiction) -> Overlays:
    """Return what stops each open item on a date.

    A dispute on part of an amount takes that part out once, from the oldest items it names. Any other stop holds the
    whole item, whatever its amount: the branch that cannot harm the debtor. A promise that is kept or broken, and a
    plan that is completed or ended, stop nothing any more.
    """
    if not history.stops and not history.plans and history.insolvency is None:  # as over most cases
        return quick(Overlays, (tuple([(position, FREE) for position in ledger.positions]), (), (), ()))
    promises, plans = promises_on(history, ledger, on), plans_on(history, ledger, on)
    judged = {promise.stop.stop_id for promise in promises if promise.state is not PromiseState.PENDING}
    active = tuple(
        stop for stop in history.stops if (stop.ends_on is None or on < stop.ends_on) and stop.stop_id not in judged
    )
    if not active and not plans and history.insolvency is None:
        return Overlays(tuple([(position, FREE) for position in ledger.positions]), (), promises, ())
    deferred = _deferred(ledger.positions, plans)
    tranches = tranches_on(ledger.positions, plans)
    named = Named((stop.item_ids, stop) for stop in active)
    left = {stop.stop_id: stop.amount.minor for stop in active if _is_partial(stop) and stop.amount is not None}
    found: list[tuple[Position, Stopped]] = []
    for position in ledger.positions:
        own = _without_replaced(named.of(position), promises, position)
        contested = 0
        for stop in own:
            part = min(left.get(stop.stop_id, 0), position.balance_minor - contested)
            if part:
                left[stop.stop_id] -= part
                contested += part
        if any(stop.stop is StopKind.DISPUTE and stop.amount is None for stop in own):
            contested = position.balance_minor
        over = _Over(own, [plan for plan in plans if plan.covers(position)], contested, deferred)
        stopped = _stopped(position, over, history, law)
        if position.item.id in tranches:
            parts = demanded(tranches[position.item.id], stopped.contested_minor, stopped.deferred_minor)
            stopped = stopped._replace(tranches=parts)
        found.append((position, stopped))
    return Overlays(tuple(found), active, promises, plans)


def _without_replaced(
    stops: Sequence[StopPlaced], promises: Sequence[Promise], position: Position
) -> Sequence[StopPlaced]:
    """Return the stops of an item without the promises that a later one about it replaced."""
    last = last_promise(promises, position) if len(promises) > 1 else None
    if last is None:
        return stops
    return [stop for stop in stops if stop.stop is not StopKind.PROMISE_TO_PAY or stop is last.stop]


class _Over(NamedTuple):
    """What lies over one item."""

    stops: Sequence[StopPlaced]
    plans: Sequence[Plan]
    contested_minor: int
    deferred: Mapping[str, int]


def _stopped(position: Position, over: _Over, history: History, law: Jurisdiction) -> Stopped:
    item, contested = position.item, over.contested_minor
    ids = tuple(sorted([*(stop.stop_id for stop in over.stops), *(_plan_id(plan) for plan in over.plans)]))
    insolvency = history.insolvency
    if insolvency is not None and is_earlier_debt(position, insolvency):
        hold = Hold(kind=HoldKind.INSOLVENCY, item_id=item.id, reasons=(law.insolvency_stop(insolvency),))
        return Stopped(hold, 0, ids, None)
    if insolvency is not None and (insolvency.closed_on is None or item.issued_on <= insolvency.closed_on):
        facts = {"kind": insolvency.kind, "opened_on": insolvency.opened_on, "item": item.id}
        reason = Reason.of("debt_later_than_insolvency", Authority.POLICY, facts)
        return Stopped(Hold(kind=HoldKind.INSOLVENCY, item_id=item.id, reasons=(reason,)), contested, ids, None)
    deferred = min(over.deferred.get(item.id, 0), position.balance_minor - contested)
    ends = [stop.ends_on for stop in over.stops if stop.ends_on is not None]
    ends += [plan.changes_on for plan in over.plans if plan.changes_on is not None]
    stopped = Stopped(None, contested, ids, min(ends, default=None), deferred)
    whole = [stop for stop in over.stops if not _is_partial(stop)]
    holding = [plan for plan in over.plans if plan.holds or deferred]
    if whole or contested == position.balance_minor:
        return stopped._replace(hold=_hold_by_stops(item.id, whole or over.stops))
    if any(plan.holds for plan in holding) or (deferred and contested + deferred == position.balance_minor):
        changes = [plan.changes_on for plan in holding]
        until = None if None in changes else min(day for day in changes if day is not None)
        reasons = tuple(_plan_reason(plan) for plan in holding)
        return stopped._replace(hold=Hold(kind=HoldKind.PAYMENT_PLAN, item_id=item.id, until=until, reasons=reasons))
    return stopped


def _hold_by_stops(item_id: str, deciding: Sequence[StopPlaced]) -> Hold:
    ends = [stop.ends_on for stop in deciding]
    until = None if None in ends else max(day for day in ends if day is not None)
    reasons = tuple(_reason(stop) for stop in deciding)
    return Hold(kind=HoldKind(deciding[0].stop.value), item_id=item_id, until=until, reasons=reasons)


def is_earlier_debt(position: Position, insolvency: Insolvency) -> bool:
    """Whether the debt was born before the proceedings opened: by its delivery, or else by its issue.

    The whole of it is then declared, contested or not (C. com. art. L622-24).
    """
    born_on = position.invoice.delivered_on or position.item.issued_on
    return min(born_on, position.item.issued_on) <= insolvency.opened_on


def _is_partial(stop: StopPlaced) -> bool:
    return stop.stop is StopKind.DISPUTE and stop.amount is not None


def _deferred(positions: Sequence[Position], plans: Sequence[Plan]) -> dict[str, int]:
    """Return, by item, what plans that ended leave to their dates: the newest items are the ones that wait."""
    found: dict[str, int] = {}
    for plan in plans:
        left = plan.deferred_minor
        for position in reversed(positions):
            if left and plan.covers(position):
                part = min(left, position.balance_minor - found.get(position.item.id, 0))
                found[position.item.id] = found.get(position.item.id, 0) + part
                left -= part
    return found


def _plan_id(plan: Plan) -> str:
    return f"{plan.agreed.plan_id}:{plan.status.value}:{plan.deferred_minor}"


def _plan_reason(plan: Plan) -> Reason:
    agreed = plan.agreed
    currency = agreed.instalments[0].amount.currency
    facts = {
        "plan_id": agreed.plan_id,
        "since": agreed.effective_on,
        "due_on": plan.missed_on,
        "expected": Money.from_minor(plan.expected_minor, currency),
        "received": Money.from_minor(plan.received_minor, currency),
        "deferred": Money.from_minor(plan.deferred_minor, currency) if plan.deferred_minor else None,
    }
    codes = {PlanStatus.IN_DEFAULT: "plan_in_default", PlanStatus.ENDED: "plan_ended_by_dates"}
    return Reason.of(codes.get(plan.status, "plan_active"), Authority.CONTRACT, facts)


def _reason(stop: StopPlaced) -> Reason:
    facts = {
        "stop": stop.stop,
        "stop_id": stop.stop_id,
        "since": stop.effective_on,
        "until": stop.ends_on,
        "review_on": stop.review_on,
        "amount": stop.amount,
        "pay_by": stop.pay_by,
        "cause": stop.cause,
        "payee": stop.payee,
    }
    return Reason.of("stop_placed", Authority.FACT, facts)
