"""Actions: the steps of a decision, with their derived identifiers and their reasons."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import Channel, DocumentKind, Rank
from recouvrement.engine.alerts import Alert
from recouvrement.engine.ledger import Position
from recouvrement.engine.progress import Candidate
from recouvrement.engine.stops import Stopped
from recouvrement.engine.survey import Inquiry
from recouvrement.engine.thread import Choice
from recouvrement.engine.token import token

TERMINAL_STAGE = "terminal"
"""Name under which the end of a scenario is recorded for an item."""


def contact(ask: Inquiry, choice: Choice) -> Action:
    """Return the message or call to the debtor, or its proposal when a human must approve it first."""
    stage, approved = choice.stage, choice.approved
    pay_by = ask.scenario.pay_by(stage, choice.reach.channel, ask.on)
    if approved is not None:
        action_id, occurrence = approved.action.id, approved.action.occurrence
    else:
        action_id, occurrence = _identify(ask, stage.id)
    facts = {"stage": stage.id, "leader": choice.leader.id, "due_on": choice.leader.position.due_on}
    why = stage.when.verdict(choice.leader.facts).reason
    reasons = [Reason.of("stage_due", Authority.POLICY, facts, parts=(why,))]
    if approved is not None:
        reasons.append(Reason.of("approved", Authority.FACT, {"proposed_on": approved.proposed_on}))
    return Action(
        id=action_id,
        kind=ActionKind.APPROVAL if stage.requires_approval and approved is None else ActionKind.CONTACT,
        scenario=ask.scenario.id,
        scenario_version=ask.scenario.version,
        stage=stage.id,
        occurrence=occurrence,
        document=stage.document,
        channel=choice.reach.channel,
        rank=stage.rank,
        leader=choice.leader.id,
        triggered=_ids(choice.triggered),
        listed=_ids(choice.listed),
        advanced=_ids(choice.advanced),
        principal=Money.from_minor(sum(item.demanded_minor for item in choice.listed), ask.case.currency),
        recipient=choice.reach.recipient,
        pay_by=ask.law.next_working_day(pay_by) if pay_by is not None else None,
        token=token((item.position, item.stop) for item in choice.listed),
        reasons=tuple(reasons),
    )


def terminal(ask: Inquiry, candidates: Sequence[Candidate]) -> Action:
    """Return the note that the scenario has ended for these items and somebody must decide."""
    end = ask.scenario.terminal
    why = end.when.verdict(candidates[0].facts).reason
    reason = Reason.of("scenario_ended", Authority.POLICY, {"outcome": end.outcome}, parts=(why,))
    items = [(candidate.position, candidate.stop) for candidate in candidates]
    return _internal(ask, TERMINAL_STAGE, items, (reason,), outcome=end.outcome.value)


def alert(ask: Inquiry, due: Alert, stops: Mapping[str, Stopped]) -> Action:
    """Return the alert that a legal deadline is near or past; ``stops`` gives, by item, what stops it."""
    items = [(position, stops[position.item.id]) for position in due.positions]
    return _internal(ask, due.stage, items, due.reasons)


def _internal(
    ask: Inquiry,
    stage: str,
    items: Sequence[tuple[Position, Stopped]],
    reasons: tuple[Reason, ...],
    *,
    outcome: str | None = None,
) -> Action:
    """Return a step told to the creditor's own staff."""
    ends = outcome is not None
    ids = tuple(position.item.id for position, _ in items)
    demanded = sum(position.balance_minor - stop.contested_minor for position, stop in items)
    action_id, occurrence = _identify(ask, stage)
    return Action(
        id=action_id,
        kind=ActionKind.TERMINAL if ends else ActionKind.ALERT,
        scenario=ask.scenario.id,
        scenario_version=ask.scenario.version,
        stage=stage,
        occurrence=occurrence,
        document=DocumentKind.TERMINAL_NOTE if ends else DocumentKind.DEADLINE_ALERT,
        channel=Channel.INTERNAL,
        rank=Rank.LITIGATION if ends else Rank.PREVENTIVE,
        leader=ids[0],
        triggered=ids,
        listed=ids,
        advanced=ids,
        principal=Money.from_minor(demanded, ask.case.currency),
        outcome=outcome,
        token=token(items),
        reasons=reasons,
    )


def _identify(ask: Inquiry, stage: str) -> tuple[str, int]:
    """Return the derived identifier of the next occurrence of a stage, and its number."""
    occurrence = ask.history.occurrences.get(stage, 0) + 1
    return _hash(f"{ask.case.id}|{ask.scenario.id}|{stage}|{occurrence}")[:20], occurrence


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(candidate.id for candidate in candidates)
