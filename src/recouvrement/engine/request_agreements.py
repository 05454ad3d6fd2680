"""Promises and payment plans of which a document is asked: their items and terms, or why it may not be made."""

from collections.abc import Sequence
from datetime import date

from recouvrement.domain.decision import HoldKind
from recouvrement.domain.events import PlanAgreed, StopPlaced
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import StopKind
from recouvrement.engine.claim import claimed
from recouvrement.engine.plans import Plan, PlanStatus
from recouvrement.engine.promises import Promise, covers, last_promise
from recouvrement.engine.requesting import Listed, Request, Subject, money, name_of_stop, placed
from recouvrement.engine.stops import payable_minor
from recouvrement.scenario.facts import PromiseState

_ANY_HOLD = frozenset(HoldKind)


def promised(request: Request) -> Subject:
    """Return the items of a promise that may still be kept, once it is of no more than is owed."""
    ask, promise = request.ask, _promise(request, PromiseState.PENDING)
    items = request.payable(request.open(promise.covers))
    amount = promise.stop.amount
    if amount is not None:
        claim = claimed(ask.case, items, ask.history, ask.on, ask.law).claim
        accessories = claim.late_interest.minor + claim.indemnities.minor
        owed = sum(position.balance_minor for position, _ in items) + accessories + promise.received_minor
        if amount.minor > owed:
            request.refuse(
                f"promise {promise.stop.stop_id} is of {amount}, and {money(owed, ask.case)} was owed on its items",
                "Correct the amount of the promise: its confirmation would ask for more than is owed.",
            )
    facts = {"stop_id": promise.stop.stop_id, "received": money(promise.received_minor, ask.case)}
    return Subject(items, ask.on, (Reason.of("about_promise", Authority.FACT, facts),))


def not_kept(request: Request) -> Subject:
    """Return the items of a broken promise, with what is still missing of it on the day, late receipts counted."""
    ask, promise = request.ask, _promise(request, PromiseState.BROKEN)
    stop = promise.stop
    items = request.payable(request.open(promise.covers))
    replaced = {last_promise(ask.overlays.promises, position) for position, _ in items} - {promise}
    if replaced:
        later = ", ".join(sorted(one.stop.stop_id for one in replaced if one is not None))
        request.refuse(f"promise {stop.stop_id} was replaced by {later}", "Write about the later promise.")
    request.refuse_held(items, _ANY_HOLD, "Wait for what holds these items to end.")
    received, payable = _received(request, stop), payable_minor(items)
    missing = payable if stop.amount is None else min(stop.amount.minor - received, payable)
    if missing <= 0:
        request.refuse(f"nothing is missing of promise {stop.stop_id} any more", "Send no letter about it.")
    facts = {
        "stop_id": stop.stop_id,
        "received": money(received, ask.case),
        "missing": money(missing, ask.case),
    }
    return Subject(items, ask.on, (Reason.of("about_promise", Authority.FACT, facts),))


def _promise(request: Request, state: PromiseState) -> Promise:
    stop_id = name_of_stop(request, "promise", StopKind.PROMISE_TO_PAY)
    placed(request, stop_id, StopKind.PROMISE_TO_PAY)
    promise = next(one for one in reversed(request.ask.overlays.promises) if one.stop.stop_id == stop_id)
    if promise.state is not state:
        request.refuse(f"promise {stop_id} is {promise.state.value}", f"The document is for one that is {state.value}.")
    return promise


def _received(request: Request, stop: StopPlaced) -> int:
    """Return what came for the items of a promise since it was made, even too late."""
    ledger = request.ask.ledger
    about = [one for one in (*ledger.positions, *ledger.settled) if covers(stop, one)]
    return sum(
        receipt.minor for one in about for receipt in one.receipts if stop.effective_on <= receipt.on <= request.ask.on
    )


def plan(request: Request) -> Subject:
    """Return the items of a plan, recorded or given, with its terms."""
    ask = request.ask
    if isinstance(request.about, PlanAgreed):
        agreed = request.about
        if any(part.amount.currency != ask.case.currency for part in agreed.instalments):
            request.refuse("the plan is in another currency", f"Write its instalments in {ask.case.currency}.")
    else:
        agreed = _recorded(request).agreed
    bare = Plan(agreed, PlanStatus.ACTIVE, None, 0, 0, None, 0)
    items = request.payable(request.open(bare.covers))
    _refuse_past_dates(request, agreed)
    _refuse_other_plan(request, agreed, items)
    return Subject(items, ask.on, (_terms(agreed),))


def _refuse_past_dates(request: Request, agreed: PlanAgreed) -> None:
    days: list[date] = [part.due_on for part in agreed.instalments if part.due_on is not None]
    past = [day.isoformat() for day in days if day <= request.ask.on]
    if past:
        request.refuse(
            f"plan {agreed.plan_id} has an instalment due on {', '.join(past)}",
            "Give each instalment a day after the date of the document: nobody can agree to pay in the past.",
        )


def _refuse_other_plan(request: Request, agreed: PlanAgreed, items: Sequence[Listed]) -> None:
    others = [one for one in request.ask.overlays.plans if one.holds and one.agreed.plan_id != agreed.plan_id]
    for position, _ in items:
        other = next((one for one in others if one.covers(position)), None)
        if other is not None:
            request.refuse(
                f"{position.item.id} is in plan {other.agreed.plan_id}, which is {other.status.value}",
                "Lift that plan first, or give the new terms the same plan_id: two plans may not set two dates.",
            )


def proposal(request: Request) -> Subject:
    """Return the items of a plan that is only proposed."""
    if not isinstance(request.about, PlanAgreed):
        request.refuse(
            "the plan proposed is not given",
            "Name it and give each instalment: --about and --instalment on the command line; in Python, about is a "
            "PlanAgreed that is not recorded.",
        )
    return plan(request)


def _recorded(request: Request) -> Plan:
    plan_id = request.name("plan", (one.agreed.plan_id for one in request.ask.overlays.plans))
    found = next((one for one in request.ask.overlays.plans if one.agreed.plan_id == plan_id), None)
    if found is None:
        known = ", ".join(sorted(one.agreed.plan_id for one in request.ask.overlays.plans)) or "none"
        request.refuse(f"no plan {plan_id} on that day (known: {known})", "Name a plan of the case, not lifted.")
    return found


def plan_default(request: Request) -> Subject:
    """Return the items of a plan in default, with what is missing, capped at what may be demanded."""
    ask, found = request.ask, _recorded(request)
    if found.status is not PlanStatus.IN_DEFAULT:
        request.refuse(f"plan {found.agreed.plan_id} is {found.status.value}", "Notify a plan that is in default.")
    items = request.payable(request.open(found.covers))
    payable = payable_minor(items)
    if items and payable <= 0:
        told = ", ".join(position.item.id for position, _ in items)
        request.refuse(f"{told} contested in whole", "Settle the dispute first: nothing of the plan may be demanded.")
    facts = {
        "plan_id": found.agreed.plan_id,
        "due_on": found.missed_on,
        "expected": money(found.expected_minor, ask.case),
        "received": money(found.received_minor, ask.case),
        "missing": money(min(found.expected_minor - found.received_minor, payable), ask.case),
    }
    default = Reason.of("about_plan_default", Authority.CONTRACT, facts)
    return Subject(items, ask.on, (_terms(found.agreed), default))


def _terms(agreed: PlanAgreed) -> Reason:
    """Return the terms of a plan: a proposal is in no history, and its document must show them."""
    parts = tuple(
        Reason.of("plan_instalment", Authority.CONTRACT, {"due_on": part.due_on, "amount": part.amount})
        for part in agreed.instalments
    )
    facts = {
        "plan_id": agreed.plan_id,
        "agreed_on": agreed.effective_on,
        "accelerates": "yes" if agreed.accelerates else "no",
        "grace_days": agreed.grace_days,
        "notice_days": agreed.notice_days,
    }
    return Reason.of("about_plan", Authority.CONTRACT, facts, parts=parts)
