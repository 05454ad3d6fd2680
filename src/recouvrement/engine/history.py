"""What has happened in a case up to a date, read from its events once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, assert_never

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.events import (
    ActionApproved,
    ActionCancelled,
    ActionDelivered,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    InsolvencyOpened,
    LimitationActDone,
    NoticeDelivered,
    PaymentRejected,
    PlanAgreed,
    PlanDefaultNotified,
    ProceduralStepDone,
    ProofSupplied,
    ScenarioStarted,
    StepRecorded,
    StopLifted,
    StopPlaced,
)
from recouvrement.domain.light import quick
from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.domain.vocabulary import Channel, StopKind
from recouvrement.engine.proposals import Proposal, live_proposals
from recouvrement.engine.steps import Steps, TimeGiven, keep_latest


class History(NamedTuple):
    """The past of a case as the engine needs it."""

    stages_done: dict[str, dict[str, date]]
    """By item: the last day each stage was carried out for it."""
    stage_counts: dict[str, dict[str, int]]
    """By item: how often each stage was carried out for it."""
    reminded: frozenset[str]
    """Items that a message to the debtor has listed as unpaid; a notice before the due date does not count."""
    last_contact_on: date | None
    last_proposal_on: date | None
    last_internal_on: date | None
    """Last day an internal stage was carried out."""
    contacted: dict[str, date]
    """By item: the last day a message listed it."""
    proposed: dict[str, date]
    """By item: the last day a step that lists it was put before a human."""
    contacts_today: int
    """Messages planned on the very date asked."""
    time_to_pay: dict[str, TimeGiven]
    """By item: the latest day a message that lists it gives to pay."""
    occurrences: dict[str, int]
    """By stage: how many actions were ever planned or proposed, whatever became of them."""
    proposals: tuple[Proposal, ...]
    """Proposals that did not leave, were not cancelled and were not replaced by a later one."""
    undeliverable: tuple[Action, ...]
    """Actions their channel refused for good."""
    stops: tuple[StopPlaced, ...]
    """Stops placed and not lifted; some may have ended by their own date."""
    plans: tuple[tuple[PlanAgreed, tuple[date, ...]], ...]
    """Payment plans agreed and not lifted, each with the days its default was notified."""
    lost_addresses: frozenset[tuple[Channel, str | None]]
    """Addresses a message came back from, by channel."""
    refused_channels: frozenset[Channel]
    """Ways the debtor asked not to be reached by."""
    started: ScenarioStarted | None
    """The scenario the case is pinned to."""
    insolvency: Insolvency | None
    notices: dict[str, tuple[date, ...]]
    """By item: the days a mise en demeure was first presented, in order."""
    rejected_payments: frozenset[str]
    rejected_on: dict[str, date]
    """By item or invoice: the last day a payment of it bounced."""
    proved: frozenset[str]
    """Items with proof supplied by an event, or ``ALL_ITEMS``."""
    acts: tuple[LimitationActDone, ...]
    """Acts that may move a last day, in the order of the case."""
    steps: tuple[ProceduralStepDone, ...]
    mediations: tuple[tuple[StopPlaced, date | None], ...]
    """Mediation stops ever placed, each with the day it was or will be over, if known."""
    scenario_started_on: date | None
    """First day of that scenario, whatever versions of it followed."""


ALL_ITEMS = ""
"""Stands for every item; no item can be named so."""


def history_on(case: Case, on: date) -> History:  # noqa: C901, PLR0912, PLR0915  # one branch per event, exhaustive
    """Return the past of a case on a date. Events that take effect later are not looked at, only their first date."""
    if not case.history and case.debtor.insolvency is None:
        return _NOTHING
    planned: dict[str, tuple[Action, date]] = {}
    proposed: dict[str, tuple[Action, date]] = {}
    cancelled: set[str] = set()
    refused: set[str] = set()
    lifted: dict[str, date] = {}
    stops: list[StopPlaced] = []
    notices: list[NoticeDelivered] = []
    by_hand: list[StepRecorded] = []
    bounced: dict[str, date] = {}
    proved: set[str] = set()
    limitation_acts: list[LimitationActDone] = []
    steps: list[ProceduralStepDone] = []
    starts: list[ScenarioStarted] = []
    plans: dict[str, PlanAgreed] = {}
    notified: dict[str, list[date]] = {}
    lost_addresses: set[tuple[Channel, str | None]] = set()
    refused_channels: set[Channel] = set()
    proceedings = [case.debtor.insolvency] if case.debtor.insolvency is not None else []
    for event in case.history:
        if event.effective_on > on:
            continue
        match event:
            case ActionPlanned():
                planned[event.action.id] = (event.action, event.effective_on)
            case ActionProposed():
                proposed[event.action.id] = (event.action, event.effective_on)
            case ActionCancelled():
                cancelled.add(event.action_id)
                if event.is_refused:
                    refused.add(event.action_id)
            case ActionApproved() | ActionRefused():
                pass  # read with the proposals
            case ActionDelivered():
                pass  # progress counts from the plan: what became of the message is the outbox's business
            case StopPlaced():
                stops.append(event)
            case StopLifted():
                lifted[event.stop_id] = event.effective_on
            case NoticeDelivered():
                notices.append(event)
            case PaymentRejected():
                bounced[event.payment_id] = event.effective_on
            case ProofSupplied():
                proved.update(event.item_ids or (ALL_ITEMS,))
            case InsolvencyOpened():
                proceedings.append(event.insolvency)
            case StepRecorded():
                by_hand.append(event)
            case ScenarioStarted():
                starts.append(event)
            case PlanAgreed():
                plans[event.plan_id] = event
            case PlanDefaultNotified():
                notified.setdefault(event.plan_id, []).append(event.effective_on)
            case AddressBounced():
                lost_addresses.add((event.channel, event.address))
            case ChannelRefused():
                refused_channels.update(event.channels)
            case ChannelAccepted():
                refused_channels.difference_update(event.channels)
                lost_addresses = {lost for lost in lost_addresses if lost[0] not in event.channels}
            case LimitationActDone():
                limitation_acts.append(event)
            case ProceduralStepDone():
                steps.append(event)
            case _:
                assert_never(event)

    occurrences: dict[str, int] = {}
    known = {code: action for kept in (proposed, planned) for code, (action, _) in kept.items()}
    for action in known.values():
        occurrences[action.stage] = max(occurrences.get(action.stage, 0), action.occurrence)
    steps_taken = Steps()
    contacts_today = 0
    for action, day in planned.values():
        if action.id not in cancelled:
            steps_taken.add_action(action, day)
            contacts_today += day == on and action.kind is ActionKind.CONTACT
    parts = (
        {invoice.number: tuple(item.id for item in invoice.items) for invoice in case.invoices}
        if by_hand or notices
        else {}
    )
    for step in by_hand:
        items = [item_id for name in step.item_ids for item_id in parts.get(name, (name,))]
        steps_taken.add_by_hand(step, items)
    proposed_items: dict[str, date] = {}
    last_proposal_on: date | None = None
    for action, day in proposed.values():
        keep_latest(proposed_items, action.listed, day)
        last_proposal_on = day if last_proposal_on is None else max(day, last_proposal_on)

    return quick(
        History,
        (
            steps_taken.stages_done,
            steps_taken.counts,
            frozenset(steps_taken.reminded),
            steps_taken.last_contact_on,
            last_proposal_on,
            steps_taken.last_internal_on,
            steps_taken.contacted,
            proposed_items,
            contacts_today,
            steps_taken.time_to_pay,
            occurrences,
            live_proposals(event for event in case.history if event.effective_on <= on) if proposed else (),
            tuple([action for action, _ in planned.values() if action.id in refused]) if refused else (),
            _not_lifted(stops, lifted) if stops else (),
            tuple(
                [
                    (plan, tuple(notified.get(code, ())))
                    for code, plan in plans.items()
                    if lifted.get(code, date.min) < plan.effective_on
                ]
            )
            if plans
            else (),
            frozenset(lost_addresses),
            frozenset(refused_channels),
            starts[-1] if starts else None,
            _insolvency_in_force(proceedings, on) if proceedings else None,
            _notices(notices, known, parts) if notices else {},
            frozenset(bounced),
            _rejected_on(case, bounced) if bounced else {},
            frozenset(proved),
            tuple(limitation_acts),
            tuple(steps),
            _mediations(stops, lifted) if stops else (),
            _started_on(starts) if starts else None,
        ),
    )


def _mediations(stops: Sequence[StopPlaced], lifted: Mapping[str, date]) -> tuple[tuple[StopPlaced, date | None], ...]:
    """Return the mediations ever placed, each with the day it was or will be over."""
    found: list[tuple[StopPlaced, date | None]] = []
    for stop in stops:
        if stop.stop is StopKind.MEDIATION:
            ends = [day for day in (stop.ends_on, lifted.get(stop.stop_id)) if day is not None]
            over = min(ends, default=None)
            if over is None or over >= stop.effective_on:
                found.append((stop, over))
    return tuple(found)


def _started_on(starts: Sequence[ScenarioStarted]) -> date:
    """Return the first day of the scenario in force, whatever versions of it followed."""
    return next(one.effective_on for one in starts if one.scenario == starts[-1].scenario)


_NOTHING = History(
    stages_done={},
    stage_counts={},
    reminded=frozenset(),
    last_contact_on=None,
    last_proposal_on=None,
    last_internal_on=None,
    contacted={},
    proposed={},
    contacts_today=0,
    time_to_pay={},
    occurrences={},
    proposals=(),
    undeliverable=(),
    stops=(),
    plans=(),
    lost_addresses=frozenset(),
    refused_channels=frozenset(),
    started=None,
    insolvency=None,
    notices={},
    rejected_payments=frozenset(),
    rejected_on={},
    proved=frozenset(),
    acts=(),
    steps=(),
    mediations=(),
    scenario_started_on=None,
)
"""The past of a case without any event, as most of a portfolio are. Its tables are shared: nobody writes in them."""


def _not_lifted(stops: Sequence[StopPlaced], lifted: dict[str, date]) -> tuple[StopPlaced, ...]:
    """Return the stops that no later event lifted.

    Lifted and placed on one day: the lift ended the earlier placing of the same name, if there is one; else this one.
    """
    first_placed: dict[str, date] = {}
    for stop in stops:
        first_placed.setdefault(stop.stop_id, stop.effective_on)

    def stands(stop: StopPlaced) -> bool:
        lifted_on = lifted.get(stop.stop_id, date.min)
        is_again = first_placed[stop.stop_id] < stop.effective_on
        return lifted_on < stop.effective_on or (lifted_on == stop.effective_on and is_again)

    return tuple(stop for stop in stops if stands(stop))


def _rejected_on(case: Case, bounced: dict[str, date]) -> dict[str, date]:
    latest: dict[str, date] = {}
    for payment in case.payments:
        if payment.id in bounced:
            for part in payment.allocations:
                latest[part.item_id] = max(bounced[payment.id], latest.get(part.item_id, date.min))
    return latest


def notice_in_force(history: History, item_id: str, due_on: date) -> date | None:
    """Return the first mise en demeure presented once the item was due, else the earliest there is."""
    days = history.notices.get(item_id)
    if not days:
        return None
    return next((day for day in days if day > due_on), days[0] if days else None)


def _insolvency_in_force(proceedings: Iterable[Insolvency], on: date) -> Insolvency | None:
    """Return the proceedings that count on a date: those still open first, then the latest.

    What is learnt later of the same proceedings, their publication or their end, completes what was known.
    """
    known: dict[tuple[InsolvencyKind, date], Insolvency] = {}
    for one in proceedings:
        if one.opened_on <= on:
            key = (one.kind, one.opened_on)
            known[key] = _as_known(one, known.get(key), on)
    return max(
        known.values(), key=lambda insolvency: (insolvency.closed_on is None, insolvency.opened_on), default=None
    )


def _as_known(insolvency: Insolvency, earlier: Insolvency | None, on: date) -> Insolvency:
    """Return proceedings as they are known on a date: later publication and closure are left out."""

    def known(name: str) -> date | None:
        days: list[date | None] = [getattr(one, name) for one in (insolvency, earlier) if one is not None]
        return next((day for day in days if day is not None and day <= on), None)

    published_on, closed_on = known("published_on"), known("closed_on")
    if earlier is None and (published_on, closed_on) == (insolvency.published_on, insolvency.closed_on):
        return insolvency
    return Insolvency(
        kind=insolvency.kind,
        opened_on=insolvency.opened_on,
        published_on=published_on,
        closed_on=closed_on,
        court=insolvency.court or (earlier.court if earlier else None),
        agent=insolvency.agent or (earlier.agent if earlier else None),
        agent_address=insolvency.agent_address or (earlier.agent_address if earlier else None),
    )


def _notices(
    events: Iterable[NoticeDelivered], actions: dict[str, Action], parts: dict[str, tuple[str, ...]]
) -> dict[str, tuple[date, ...]]:
    found: dict[str, set[date]] = {}
    for event in events:
        carried = actions.get(event.action_id) if event.action_id is not None else None
        named = event.item_ids or (carried.listed if carried else ())
        for item_id in (item_id for name in named for item_id in parts.get(name, (name,))):
            found.setdefault(item_id, set()).add(event.effective_on)
    return {item_id: tuple(sorted(days)) for item_id, days in found.items()}


def next_fact_on(case: Case, on: date) -> date | None:
    """Return the day of the earliest event, invoice, credit note or payment dated after a date."""
    days: list[date | None] = []
    known = [case.debtor.insolvency] if case.debtor.insolvency is not None else []
    for event in case.history:
        days.append(event.effective_on)
        if isinstance(event, InsolvencyOpened):
            known.append(event.insolvency)
    for invoice in case.invoices:
        days += (invoice.issued_on, invoice.delivered_on)
    days += [note.issued_on for note in case.credit_notes]
    days += [payment.received_on for payment in case.payments]
    for insolvency in known:
        days += (insolvency.opened_on, insolvency.published_on, insolvency.closed_on)
    later = [day for day in days if day is not None and day > on]
    return min(later) if later else None
