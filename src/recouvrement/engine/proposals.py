"""Steps put before a human that still stand."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Action
from recouvrement.domain.events import (
    ActionApproved,
    ActionCancelled,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    HistoryEvent,
)


class Proposal(NamedTuple):
    """A proposed action and what a human said of it."""

    action: Action
    proposed_on: date
    approved: bool
    refused: bool


def live_proposals(events: Iterable[HistoryEvent]) -> tuple[Proposal, ...]:
    """Return the proposals that still stand for their items, newest first.

    One that lists an item again replaces every earlier one that listed it, whatever became of either: a proposal that
    was replaced never comes back.
    """
    proposed: dict[str, tuple[Action, date]] = {}
    answers: dict[str, bool] = {}
    gone: set[str] = set()
    for event in events:
        match event:
            case ActionProposed():
                proposed[event.action.id] = (event.action, event.effective_on)
            case ActionApproved() | ActionRefused():
                answers[event.action_id] = isinstance(event, ActionApproved)
            case ActionPlanned():
                gone.add(event.action.id)
            case ActionCancelled():
                gone.add(event.action_id)
            case _:
                continue
    live: list[Proposal] = []
    covered: set[str] = set()
    latest = _last_occurrences(action for action, _ in proposed.values())

    def newness(record: tuple[Action, date]) -> tuple[date, bool, int, str]:
        # Of two of one day, the one that is gone came first: a thread proposes again only what was carried out.
        return (record[1], record[0].id not in gone, record[0].occurrence, record[0].id)

    for action, day in sorted(proposed.values(), key=newness, reverse=True):
        is_replaced = any(action.occurrence < latest[action.stage, item_id] for item_id in action.listed)
        if action.id not in gone and not is_replaced and covered.isdisjoint(action.listed):
            answer = answers.get(action.id)
            live.append(Proposal(action, day, approved=answer is True, refused=answer is False))
        covered.update(action.listed)
    return tuple(live)


def _last_occurrences(actions: Iterable[Action]) -> dict[tuple[str, str], int]:
    """Return, by stage and item, the highest occurrence that was proposed."""
    latest: dict[tuple[str, str], int] = {}
    for action in actions:
        for item_id in action.listed:
            key = (action.stage, item_id)
            latest[key] = max(action.occurrence, latest.get(key, 0))
    return latest
