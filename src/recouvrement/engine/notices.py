"""What the staff is told once: a promise or a plan that is not kept, a hold to be looked at again."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from recouvrement.domain.decision import Hold, HoldKind
from recouvrement.domain.events import StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.engine.alerts import NOTHING_DUE, Alert, Watch, is_told
from recouvrement.engine.ledger import Position
from recouvrement.engine.plans import Plan, PlanStatus
from recouvrement.engine.promises import Promise, last_promise
from recouvrement.engine.stops import Overlays
from recouvrement.scenario.facts import PromiseState

_Told = tuple[Alert, date]
"""What is to be told, and the day it began: what was told before that day was something else of the same name."""


def overlay_watch(
    overlays: Overlays, done: Mapping[str, Mapping[str, date]], on: date, holds: Iterable[Hold] = ()
) -> Watch:
    """Return what the staff is to be told about promises, plans and holds on a date, each thing once for each item.

    Only the last promise about an item counts: an earlier one that was broken was replaced. Nothing is told of items
    whose ``holds`` are an insolvency or a prescription: the debtor may not be asked to pay.
    """
    if not (overlays.promises or overlays.plans or overlays.active):
        return NOTHING_DUE
    silent = {hold.item_id for hold in holds if hold.kind in _NOTHING_TO_ASK}
    positions = [position for position, _ in overlays.stopped if position.item.id not in silent]
    alerts = [
        *_broken_promises(overlays.promises, positions),
        *_plans(overlays.plans, positions),
        *_reviews(overlays.active, positions, on),
    ]
    untold = []
    for due, since in alerts:
        left = tuple(position for position in due.positions if not is_told(position, due.stage, since, done))
        if left:
            untold.append(due._replace(positions=left))
    days = [promise.judged_on for promise in overlays.promises]
    days += [plan.changes_on for plan in overlays.plans]
    days += [stop.review_on for stop in overlays.active]
    return Watch(tuple(untold), tuple(day for day in days if day is not None and day > on))


_NOTHING_TO_ASK = frozenset({HoldKind.INSOLVENCY, HoldKind.BARRED})
"""Holds under which the staff is not told to call or to notify the debtor."""


def _broken_promises(promises: tuple[Promise, ...], positions: list[Position]) -> Iterable[_Told]:
    for promise in promises:
        if promise.state is not PromiseState.BROKEN:
            continue
        own = tuple(position for position in positions if last_promise(promises, position) is promise)
        stop, judged_on = promise.stop, promise.stop.ends_on
        if not own or judged_on is None:
            continue
        currency = own[0].invoice.total.currency
        facts = {
            "stop_id": stop.stop_id,
            "since": stop.effective_on,
            "pay_by": stop.pay_by or stop.ends_on,
            "amount": stop.amount,
            "received": Money.from_minor(promise.received_minor, currency),
        }
        reason = Reason.of("promise_broken", Authority.FACT, facts)
        yield Alert(alert_name("promise", stop.stop_id), own, (reason,), DocumentKind.STAFF_ALERT), judged_on


def _plans(plans: tuple[Plan, ...], positions: list[Position]) -> Iterable[_Told]:
    for plan in plans:
        own = tuple(position for position in positions if plan.covers(position))
        agreed = plan.agreed
        if not own or plan.missed_on is None:
            continue
        currency = agreed.instalments[0].amount.currency
        facts = {
            "plan_id": agreed.plan_id,
            "due_on": plan.missed_on,
            "expected": Money.from_minor(plan.expected_minor, currency),
            "received": Money.from_minor(plan.received_minor, currency),
            "notice_days": agreed.notice_days,
        }
        if plan.status is PlanStatus.IN_DEFAULT:
            reason = Reason.of("plan_in_default", Authority.CONTRACT, facts)
            name = f"{agreed.plan_id}:{plan.missed_on.isoformat()}"
        elif plan.status is PlanStatus.ENDED:
            facts["accelerates"] = "yes" if agreed.accelerates else "no"
            reason = Reason.of("plan_ended", Authority.CONTRACT, facts)
            name = f"{agreed.plan_id}:ended"
        else:
            continue
        yield Alert(alert_name("plan", name), own, (reason,), DocumentKind.STAFF_ALERT), plan.missed_on


def _reviews(stops: tuple[StopPlaced, ...], positions: list[Position], on: date) -> Iterable[_Told]:
    for stop in stops:
        if stop.review_on is None or on < stop.review_on:
            continue
        own = tuple(one for one in positions if not stop.item_ids or one.is_named_in(stop.item_ids))
        if own:
            facts = {
                "stop_id": stop.stop_id,
                "stop": stop.stop,
                "since": stop.effective_on,
                "review_on": stop.review_on,
                "owner": stop.owner,
            }
            reason = Reason.of("stop_review", Authority.FACT, facts)
            yield Alert(alert_name("review", stop.stop_id), own, (reason,), DocumentKind.STAFF_ALERT), stop.review_on


_LONGEST = 100


def alert_name(kind: str, name: str) -> str:
    """Return the name under which an alert is recorded; a name too long for one is replaced by its hash."""
    short = name if len(name) <= _LONGEST else hashlib.sha256(name.encode()).hexdigest()[:20]
    return f"{kind}:{short}"
