"""Holds that no day ends: what is missing is told to the staff once, so that nobody waits for ever."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decision import Hold, HoldKind
from recouvrement.domain.events import (
    ActionPlanned,
    ActionProposed,
    ChannelAccepted,
    LimitationActDone,
    ProceduralStepDone,
    StepRecorded,
    StopPlaced,
)
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import DocumentKind, StopKind
from recouvrement.engine.alerts import NOTHING_DUE, Alert, Watch, is_told
from recouvrement.engine.ledger import Position
from recouvrement.engine.named import Named
from recouvrement.engine.notices import alert_name
from recouvrement.engine.progress import Candidate
from recouvrement.engine.survey import Inquiry, Survey
from recouvrement.law.jurisdiction import EngineRule
from recouvrement.scenario.model import TERMINAL_STAGE, Stage

UNANSWERED_DAYS = 14
"""Days after which the staff is told that a proposal, or the end of a scenario, has no answer; policy, not law."""


class _Lack(NamedTuple):
    """What one item waits for."""

    position: Position
    name: str
    """Under which the alert is recorded."""
    since: date
    """What was told before that day was about something else of the same name."""
    opens_on: date
    """First day on which it is told."""
    reason: Reason


def lasting_watch(ask: Inquiry, found: Survey, holds: Sequence[Hold]) -> Watch:
    """Return what the staff is to be told of holds that only a new fact ends; ``holds`` are those shown today.

    What the claim gate misses, and a debtor whom no channel reaches, are told on the first night of the hold; a
    proposal or an end of the scenario without an answer is told ``UNANSWERED_DAYS`` after it was put before somebody.
    Each is told once for an item and a stage, missing thing or proposal; one that an action of the day hides or brings
    about is told the next night. Nothing is told of what a day already known
    ends: a due date to come, a dispute with an end, a stage that only precedes the due date.
    """
    lasting = [hold for hold in holds if hold.kind in _LASTING]
    if not lasting:  # as in most cases: nothing below is worked out for them
        return NOTHING_DUE
    by_id = {candidate.id: candidate for candidate in found.candidates}
    held = [(by_id[hold.item_id], hold) for hold in lasting if hold.item_id in by_id]
    untold: dict[str, list[_Lack]] = {}
    wakeups: list[date] = []
    for lack in _lacks(ask, held):
        if is_told(lack.position, lack.name, lack.since, ask.history.stages_done):
            continue
        if lack.opens_on > ask.on:
            wakeups.append(lack.opens_on)
        else:
            untold.setdefault(lack.name, []).append(lack)
    if untold and _has_acted_today(ask):
        return Watch((), (*wakeups, ask.on + timedelta(days=1)))
    return Watch(tuple([_alert(name, untold[name]) for name in sorted(untold)]), tuple(wakeups))


def _has_acted_today(ask: Inquiry) -> bool:
    """Whether the steps of the day are recorded: a hold that only shows once they are is told tomorrow.

    A date whose actions are recorded is silent, and a letter of the day may hide a hold or give rise to one.
    """
    return any(
        event.effective_on == ask.on and isinstance(event, ActionPlanned | ActionProposed) for event in ask.case.history
    )


# Named once: looking a member up in its enumeration costs as much as a call.
_GATE, _NO_CHANNEL = HoldKind.CLAIM_GATE, HoldKind.NO_CHANNEL
_APPROVAL, _HUMAN = HoldKind.AWAITING_APPROVAL, HoldKind.AWAITING_HUMAN
_LASTING = (_GATE, _NO_CHANNEL, _APPROVAL, _HUMAN)

_Held = tuple[Candidate, Hold]


def _alert(name: str, lacks: Sequence[_Lack]) -> Alert:
    own = sorted(lacks, key=lambda lack: lack.position.age)
    reasons = {lack.reason.inputs: lack.reason for lack in own}  # those of one name are alike, but for their days
    return Alert(name, tuple([lack.position for lack in own]), tuple(reasons.values()), DocumentKind.STAFF_ALERT)


def _lacks(ask: Inquiry, held: Sequence[_Held]) -> Iterator[_Lack]:
    yield from _gate(ask, [candidate for candidate, hold in held if hold.kind is _GATE])
    yield from _no_channel(ask, [one for one in held if one[1].kind is _NO_CHANNEL])
    yield from _unanswered(ask, [candidate for candidate, hold in held if hold.kind is _APPROVAL])
    # Of the other items in a human's hands, somebody has refused the step: he knows.
    ended = [one for one in held if one[1].kind is _HUMAN and one[1].reasons[0].code == "scenario_done"]
    yield from _unfinished(ask, [candidate for candidate, _ in ended])


def _gate(ask: Inquiry, gated: Sequence[Candidate]) -> Iterator[_Lack]:
    """Yield what claims lack for their next formal stage, and no day brings.

    The stage is the first formal one to come, whether or not it is the one held today: its name then changes with the
    facts alone, and no alert is due on a day that nobody is woken for.
    """
    endless = [stop for stop in ask.overlays.active if stop.stop is StopKind.DISPUTE and stop.ends_on is None]
    disputes = Named((stop.item_ids, stop) for stop in endless)
    for candidate in gated:
        stage = _next_formal(ask, candidate)
        for missing in candidate.lacks:
            if missing == "end_of_dispute":
                for stop in disputes.of(candidate.position):
                    yield _at_gate(ask, candidate, stage, missing, stop)
            elif missing in _SUPPLIED_BY:
                yield _at_gate(ask, candidate, stage, missing, None)


_SUPPLIED_BY: Mapping[str, str] = {
    "proof_of_order_or_delivery": "proof_supplied",
    "debtor_kind": "debtor_file",
}
"""By thing missing: the event that supplies it, or the file to complete. A dispute is lifted; time brings the rest."""


def _at_gate(ask: Inquiry, candidate: Candidate, stage: Stage, missing: str, stop: StopPlaced | None) -> _Lack:
    source, facts = ask.law.rule_source(EngineRule.CLAIM_GATE), {"stage": stage.id, "missing": missing}
    name, since = f"{stage.id}:{missing}", date.min
    if stop is None:
        supplied = {"supplied_by": _SUPPLIED_BY[missing]}
        reason = Reason.of("gate_lacks", Authority.POLICY, facts | supplied, source)
    else:
        name, since = f"{name}:{stop.stop_id}", stop.effective_on
        dispute: dict[str, object] = {"stop_id": stop.stop_id, "since": since, "supplied_by": "stop_lifted"}
        reason = Reason.of("gate_waits_for_dispute", Authority.POLICY, facts | dispute, source)
    return _Lack(candidate.position, alert_name("gate", name), since, ask.on, reason)


def _next_formal(ask: Inquiry, candidate: Candidate) -> Stage:
    """Return the first formal stage to come, or the last one done when it is the one that repeats."""
    stages, progress = ask.scenario.stages, candidate.progress
    to_come = (
        stage
        for stage in stages[progress + 1 :]
        if stage.is_formal and (not stage.optional or ask.reaches.reachable[stage.id])
    )
    return next(to_come, stages[progress])


def _no_channel(ask: Inquiry, unreached: Sequence[_Held]) -> Iterator[_Lack]:
    """Yield that a stage that is due, or a message refused for good, reaches nobody."""
    # A way that is mended and lost again is another loss.
    mended = (
        [event.effective_on for event in ask.case.history if isinstance(event, ChannelAccepted)] if unreached else []
    )
    since = max((day for day in mended if day <= ask.on), default=date.min)
    stages = {stage.id: stage for stage in ask.scenario.stages} if unreached else {}
    refused = sorted(ask.history.refused_channels) or None
    for candidate, hold in unreached:
        why = hold.reasons[0]
        if why.code == "undeliverable":
            action = why.input("action") or ""
            told = {"action": action, "channel": why.input("channel"), "supplied_by": "channel_accepted"}
            reason = Reason.of("message_refused", Authority.FACT, told)
            yield _Lack(candidate.position, alert_name("undeliverable", action), date.min, ask.on, reason)
            continue
        stage = stages.get(hold.next_stage or "")
        if stage is None or stage.is_preventive:  # once the item is overdue, a stage of its own is due
            continue
        facts = {"stage": stage.id, "channels": stage.channels, "refused": refused, "supplied_by": "channel_accepted"}
        reason = Reason.of("debtor_unreachable", Authority.FACT, facts)
        yield _Lack(candidate.position, alert_name("unreachable", stage.id), since, ask.on, reason)


def _unanswered(ask: Inquiry, waiting: Sequence[Candidate]) -> Iterator[_Lack]:
    """Yield that the proposals listing items have no answer; no item is in two of them."""
    open_ones = [proposal for proposal in ask.history.proposals if not (proposal.approved or proposal.refused)]
    by_item = {item_id: proposal for proposal in open_ones for item_id in proposal.action.listed}
    for candidate in waiting:
        proposal = by_item.get(candidate.id)
        if proposal is None:  # it was approved, and waits for its day
            continue
        action, day = proposal.action, proposal.proposed_on
        facts = {"action": action.id, "stage": action.stage, "proposed_on": day, "days": UNANSWERED_DAYS}
        facts["supplied_by"] = "action_approved"
        reason = Reason.of("proposal_unanswered", Authority.POLICY, facts)
        yield _Lack(candidate.position, alert_name("unanswered", action.id), day, _told_from(day), reason)


def _unfinished(ask: Inquiry, ended: Sequence[Candidate]) -> Iterator[_Lack]:
    """Yield that nothing was recorded of items since the staff was told that their scenario had ended."""
    history = [event for event in ask.case.history if event.effective_on <= ask.on] if ended else []
    answers = Named(
        (event.item_ids, event.effective_on)
        for event in history
        if isinstance(event, ProceduralStepDone | LimitationActDone | StepRecorded)
    )
    outcomes = {
        (item_id, event.effective_on): event.action.outcome
        for event in history
        if isinstance(event, ActionPlanned) and event.action.stage == TERMINAL_STAGE
        for item_id in event.action.advanced
    }
    for candidate in ended:
        day = ask.history.stages_done[candidate.id][TERMINAL_STAGE]
        if any(answered_on >= day for answered_on in answers.of(candidate.position)):
            continue
        outcome = outcomes.get((candidate.id, day)) or ask.scenario.terminal.outcome
        facts = {"outcome": outcome, "ended_on": day, "days": UNANSWERED_DAYS, "supplied_by": "procedural_step_done"}
        reason = Reason.of("end_unanswered", Authority.POLICY, facts)
        yield _Lack(candidate.position, alert_name("unanswered", "end"), day, _told_from(day), reason)


def _told_from(day: date) -> date:
    return day + timedelta(days=UNANSWERED_DAYS)
