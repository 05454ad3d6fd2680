"""Actions: the steps of a decision, with their derived identifiers and their reasons."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import Channel, DocumentKind, Rank
from recouvrement.engine.alerts import Alert
from recouvrement.engine.courtesy import THANK_YOU_STAGE
from recouvrement.engine.gate import gate_reasons
from recouvrement.engine.ledger import Position
from recouvrement.engine.progress import Candidate
from recouvrement.engine.reach import Reach
from recouvrement.engine.stops import FREE, Stopped, payable_minor
from recouvrement.engine.survey import Inquiry
from recouvrement.engine.thread import Choice, asked_minor
from recouvrement.engine.token import token
from recouvrement.law.jurisdiction import EngineRule
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.model import TERMINAL_STAGE, Outcome
from recouvrement.scenario.verdict import explained


class Numbering:
    """Numbers of the actions of one decision: the next occurrence of each stage, each given once."""

    def __init__(self, ask: Inquiry) -> None:
        self._ask = ask
        self._given: dict[str, int] = {}
        self.case_id = ask.case.id
        """Put together once for the whole decision."""

    def next(self, stage: str) -> tuple[str, int]:
        """Return the derived identifier of the next occurrence of a stage, and its number."""
        ask = self._ask
        occurrence = self._given.get(stage, ask.history.occurrences.get(stage, 0)) + 1
        self._given[stage] = occurrence
        digest = hashlib.sha256(f"{self.case_id}|{ask.scenario.id}|{stage}|{occurrence}".encode()).hexdigest()
        return digest[:20], occurrence


def stage_action(ask: Inquiry, choice: Choice, numbering: Numbering) -> Action:
    """Return the message or call to the debtor, its proposal when a human must approve it, or the internal step."""
    stage, reach, leader, triggered, listed, approved = choice
    scenario, advanced = ask.scenario, choice.advanced
    pay_by = scenario.pay_by(stage, reach.channel, ask.on)
    listed_ids = _ids(listed)
    triggered_ids = listed_ids if triggered is listed else _ids(triggered)
    if approved is not None:
        action_id, occurrence = approved.action.id, approved.action.occurrence
    else:
        action_id, occurrence = numbering.next(stage.id)
    facts = {"stage": stage.id, "leader": leader.id, "due_on": leader.due_on}
    why = Reason.later(_why, stage.when, leader.facts)  # asked once to choose the step, again if it is read
    reasons = [Reason.of("stage_due", Authority.POLICY, facts, parts=(why,))]
    if approved is not None:
        reasons.append(Reason.of("approved", Authority.FACT, {"proposed_on": approved.proposed_on}))
    kind = ActionKind.APPROVAL if stage.requires_approval and approved is None else ActionKind.CONTACT
    return Action(
        id=action_id,
        kind=ActionKind.ALERT if stage.is_internal else kind,
        scenario=scenario.id,
        scenario_version=scenario.version,
        stage=stage.id,
        occurrence=occurrence,
        document=stage.document,
        channel=reach.channel,
        rank=stage.rank,
        leader=leader.id,
        triggered=triggered_ids,
        listed=listed_ids,
        advanced=triggered_ids if advanced is triggered else _ids(advanced),
        principal=Money.from_minor(asked_minor(listed), ask.case.currency),
        recipient=reach.recipient,
        outcome=_announced(ask, choice),
        pay_by=ask.law.next_working_day(pay_by) if pay_by is not None else None,
        token=token([(item.position, item.stop) for item in listed]),
        reasons=tuple(reasons),
    )


def _why(when: BaseCondition, facts: ItemFacts) -> Mapping[str, object]:
    """Return the fields of the reason for which a stage is due."""
    return explained(when.verdict(facts))


def _announced(ask: Inquiry, choice: Choice) -> str | None:
    """Return what a last notice announces: what this scenario ends with for the item that leads it."""
    if choice.stage.document is not DocumentKind.LAST_NOTICE:
        return None
    return _outcome(ask, choice.leader).value


def _outcome(ask: Inquiry, candidate: Candidate) -> Outcome:
    """Return what the scenario ends with for an item: the first branch that holds, or else its usual outcome."""
    end = ask.scenario.terminal
    branch = next((one for one in end.branches if one.when.verdict(candidate.facts).holds), None)
    return branch.outcome if branch is not None else end.outcome


_BEFORE_A_COURT = frozenset({Outcome.INJONCTION_DE_PAYER, Outcome.PETITE_CREANCE})
"""Outcomes for a claim that is certain, liquid and due only: another one is put before a human."""


class Note(NamedTuple):
    """A step that asks the debtor for nothing: told to the staff, or thanks."""

    stage: str
    kind: ActionKind
    document: DocumentKind
    rank: Rank
    items: Sequence[tuple[Position, Stopped]]
    reasons: tuple[Reason, ...]
    outcome: str | None = None
    reach: Reach = Reach(Channel.INTERNAL, None)


def terminal(ask: Inquiry, candidates: Sequence[Candidate], numbering: Numbering) -> list[Action]:
    """Return the notes that the scenario has ended for these items, one for each outcome, in the order of the rules."""
    end = ask.scenario.terminal
    by_outcome: dict[Outcome, list[Candidate]] = {}
    for candidate in candidates:
        outcome = _outcome(ask, candidate)
        gated = outcome in _BEFORE_A_COURT and bool(candidate.lacks)
        by_outcome.setdefault(Outcome.HUMAN_DECISION if gated else outcome, []).append(candidate)
    actions = []
    for outcome in sorted(by_outcome, key=list(Outcome).index):
        own = by_outcome[outcome]
        verdicts = [end.when.verdict(own[0].facts)]
        verdicts += [one.when.verdict(own[0].facts) for one in end.branches if one.outcome is outcome]
        why = tuple(verdict.reason for verdict in verdicts if verdict.holds)
        gate = ask.law.rule_source(EngineRule.CLAIM_GATE)
        lacks = [reason for candidate in own for reason in gate_reasons(candidate.id, candidate.lacks, gate)]
        why += tuple(lacks) if outcome is Outcome.HUMAN_DECISION and end.outcome is not outcome else ()
        reason = Reason.of("scenario_ended", Authority.POLICY, {"outcome": outcome}, parts=why)
        items = [(candidate.position, candidate.stop) for candidate in own]
        note = Note(
            TERMINAL_STAGE,
            ActionKind.TERMINAL,
            DocumentKind.TERMINAL_NOTE,
            Rank.LITIGATION,
            items,
            (reason,),
            outcome.value,
        )
        actions.append(_noted(ask, note, numbering))
    return actions


def alert(ask: Inquiry, due: Alert, stops: Mapping[str, Stopped], numbering: Numbering) -> Action:
    """Return the alert of a deadline or an event; ``stops`` gives, by item, what stops it."""
    items = [(position, stops[position.item.id]) for position in due.positions]
    note = Note(due.stage, ActionKind.ALERT, due.document, Rank.PREVENTIVE, items, due.reasons)
    return _noted(ask, note, numbering)


def thanks(ask: Inquiry, positions: Sequence[Position], way: Reach, numbering: Numbering) -> Action:
    """Return the thanks for items that are settled; they ask for nothing."""
    paid_on = max(receipt.on for position in positions for receipt in position.receipts)
    reason = Reason.of("paid_after_reminder", Authority.POLICY, {"paid_on": paid_on})
    note = Note(
        THANK_YOU_STAGE,
        ActionKind.CONTACT,
        DocumentKind.THANK_YOU,
        Rank.PREVENTIVE,
        [(position, FREE) for position in positions],
        (reason,),
        reach=way,
    )
    return _noted(ask, note, numbering)


def _noted(ask: Inquiry, note: Note, numbering: Numbering) -> Action:
    ids = tuple(position.item.id for position, _ in note.items)
    action_id, occurrence = numbering.next(note.stage)
    return Action(
        id=action_id,
        kind=note.kind,
        scenario=ask.scenario.id,
        scenario_version=ask.scenario.version,
        stage=note.stage,
        occurrence=occurrence,
        document=note.document,
        channel=note.reach.channel,
        rank=note.rank,
        leader=ids[0],
        triggered=ids,
        listed=ids,
        advanced=ids,
        principal=Money.from_minor(payable_minor(note.items), ask.case.currency),
        recipient=note.reach.recipient,
        outcome=note.outcome,
        token=token(note.items),
        reasons=note.reasons,
    )


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple([candidate.id for candidate in candidates])
