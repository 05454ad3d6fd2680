"""What has happened in a case up to a date, read from its events once."""

from collections.abc import Iterable
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
    InsolvencyOpened,
    NoticeDelivered,
    PaymentRejected,
    ProofSupplied,
    ScenarioStarted,
    StepRecorded,
    StopLifted,
    StopPlaced,
)
from recouvrement.domain.parties import Insolvency
from recouvrement.domain.vocabulary import Rank


class Proposal(NamedTuple):
    """A proposed action and what a human said of it."""

    action: Action
    proposed_on: date
    approved: bool
    refused: bool


class History(NamedTuple):
    """The past of a case as the engine needs it."""

    stages_done: dict[str, dict[str, date]]
    """By item: the last day each stage was carried out for it."""
    reminded: frozenset[str]
    """Items that a message to the debtor has listed as unpaid; a notice before the due date does not count."""
    last_contact_on: date | None
    last_proposal_on: date | None
    occurrences: dict[str, int]
    """By stage: how many actions were ever planned or proposed, whatever became of them."""
    proposals: tuple[Proposal, ...]
    """Proposals that did not leave, were not cancelled and were not replaced by a later one."""
    stops: tuple[StopPlaced, ...]
    """Stops placed and not lifted; some may have ended by their own date."""
    insolvency: Insolvency | None
    notices: dict[str, tuple[date, ...]]
    """By item: the days a mise en demeure was first presented, in order."""
    rejected_payments: frozenset[str]
    rejected_on: dict[str, date]
    """By item or invoice: the last day a payment of it bounced."""
    proved: frozenset[str]
    """Items with proof supplied by an event; ``*`` stands for all."""
    scenario_started_on: date | None
    next_fact_on: date | None
    """Earliest event, invoice, credit note or payment dated after the date."""


ALL_ITEMS = "*"


def history_on(case: Case, on: date) -> History:  # noqa: C901, PLR0912, PLR0915  # one branch per event, exhaustive
    """Return the past of a case on a date. Events that take effect later are not looked at, only their first date."""
    planned: dict[str, tuple[Action, date]] = {}
    proposed: dict[str, tuple[Action, date]] = {}
    approved: set[str] = set()
    refused: set[str] = set()
    cancelled: set[str] = set()
    lifted: set[str] = set()
    stops: list[StopPlaced] = []
    notices: list[NoticeDelivered] = []
    by_hand: list[StepRecorded] = []
    bounced: dict[str, date] = {}
    proved: set[str] = set()
    started: date | None = None
    insolvency = case.debtor.insolvency
    for event in case.history:
        if event.effective_on > on:
            continue
        match event:
            case ActionPlanned():
                planned[event.action.id] = (event.action, event.effective_on)
            case ActionProposed():
                proposed[event.action.id] = (event.action, event.effective_on)
            case ActionApproved():
                approved.add(event.action_id)
            case ActionRefused():
                refused.add(event.action_id)
            case ActionCancelled():
                cancelled.add(event.action_id)
            case ActionDelivered():
                pass  # progress counts from the plan: what became of the message is the outbox's business
            case StopPlaced():
                stops.append(event)
            case StopLifted():
                lifted.add(event.stop_id)
            case NoticeDelivered():
                notices.append(event)
            case PaymentRejected():
                bounced[event.payment_id] = event.effective_on
            case ProofSupplied():
                proved.update(event.item_ids or (ALL_ITEMS,))
            case InsolvencyOpened():
                insolvency = event.insolvency
            case StepRecorded():
                by_hand.append(event)
            case ScenarioStarted():
                started = event.effective_on
            case _:
                assert_never(event)

    occurrences: dict[str, int] = {}
    for action in {**dict(_actions(proposed)), **dict(_actions(planned))}.values():
        occurrences[action.stage] = max(occurrences.get(action.stage, 0), action.occurrence)
    stages_done: dict[str, dict[str, date]] = {}
    reminded: set[str] = set()
    last_contact: date | None = None
    for action, day in planned.values():
        if action.id in cancelled:
            continue
        for item_id in action.advanced:
            done = stages_done.setdefault(item_id, {})
            done[action.stage] = max(day, done.get(action.stage, day))
        if action.kind is ActionKind.CONTACT:
            if action.rank is not Rank.PREVENTIVE:
                reminded.update(action.listed)
            last_contact = day if last_contact is None else max(last_contact, day)

    parts = {invoice.number: tuple(item.id for item in invoice.items) for invoice in case.invoices}
    for step in by_hand:
        items = [item_id for name in step.item_ids for item_id in parts.get(name, (name,))]
        for item_id in items:
            done = stages_done.setdefault(item_id, {})
            done[step.stage] = max(step.effective_on, done.get(step.stage, step.effective_on))
        last_contact = max(step.effective_on, last_contact or step.effective_on)

    return History(
        stages_done=stages_done,
        reminded=frozenset(reminded),
        last_contact_on=last_contact,
        last_proposal_on=max((day for _, day in proposed.values()), default=None),
        occurrences=occurrences,
        proposals=_live_proposals(proposed, set(planned) | cancelled, approved, refused),
        stops=tuple(stop for stop in stops if stop.stop_id not in lifted),
        insolvency=_known_insolvency(insolvency, on),
        notices=_notices(notices, {**dict(_actions(proposed)), **dict(_actions(planned))}, parts),
        rejected_payments=frozenset(bounced),
        rejected_on={
            part.item_id: bounced[payment.id]
            for payment in case.payments
            if payment.id in bounced
            for part in payment.allocations
        },
        proved=frozenset(proved),
        scenario_started_on=started,
        next_fact_on=_next_fact_on(case, on),
    )


def notice_in_force(history: History, item_id: str, due_on: date) -> date | None:
    """Return the first mise en demeure presented once the item was due, else the earliest there is."""
    days = history.notices.get(item_id, ())
    return next((day for day in days if day > due_on), days[0] if days else None)


def _actions(records: dict[str, tuple[Action, date]]) -> Iterable[tuple[str, Action]]:
    return ((action_id, action) for action_id, (action, _) in records.items())


def _live_proposals(
    proposed: dict[str, tuple[Action, date]], gone: set[str], approved: set[str], refused: set[str]
) -> tuple[Proposal, ...]:
    """Keep the latest proposals: one that lists an item again replaces every earlier one that listed it."""
    live: list[Proposal] = []
    covered: set[str] = set()
    newest_first = sorted(proposed.values(), key=lambda record: (record[1], record[0].occurrence, record[0].id))
    for action, day in reversed(newest_first):
        if action.id not in gone and covered.isdisjoint(action.listed):
            live.append(Proposal(action, day, action.id in approved, action.id in refused))
            covered.update(action.listed)
    return tuple(live)


def _known_insolvency(insolvency: Insolvency | None, on: date) -> Insolvency | None:
    """Return the proceedings as they are known on a date: later publication and closure are left out."""
    if insolvency is None or insolvency.opened_on > on:
        return None
    later = [day for day in (insolvency.published_on, insolvency.closed_on) if day is not None and day > on]
    if not later:
        return insolvency
    return Insolvency(
        kind=insolvency.kind,
        opened_on=insolvency.opened_on,
        published_on=insolvency.published_on if insolvency.published_on not in later else None,
        closed_on=insolvency.closed_on if insolvency.closed_on not in later else None,
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


def _next_fact_on(case: Case, on: date) -> date | None:
    days = [event.effective_on for event in case.history]
    days += [invoice.issued_on for invoice in case.invoices]
    days += [note.issued_on for note in case.credit_notes]
    days += [payment.received_on for payment in case.payments]
    if (insolvency := case.debtor.insolvency) is not None:
        dates = (insolvency.opened_on, insolvency.published_on, insolvency.closed_on)
        days += [day for day in dates if day is not None]
    return min((day for day in days if day > on), default=None)
