"""One thread per debtor: the leader, the stage that wins, what its message lists, or why nothing leaves today."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decision import Hold, HoldKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.engine.history import History, Proposal
from recouvrement.engine.progress import Candidate, Standing
from recouvrement.engine.reach import Reach
from recouvrement.engine.token import token
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Advances, Scenario, Scope, Stage
from recouvrement.scenario.verdict import Verdict


class Choice(NamedTuple):
    """The step that wins today, whether or not it may leave today."""

    stage: Stage
    reach: Reach
    leader: Candidate
    triggered: tuple[Candidate, ...]
    listed: tuple[Candidate, ...]
    approved: Proposal | None
    """The proposal this step carries out, once a human has approved it."""

    @property
    def advanced(self) -> tuple[Candidate, ...]:
        """Items whose progress it moves on; a formal notice counts for every item it lists."""
        if self.stage.advances is Advances.TRIGGERED and not self.stage.is_formal:
            return self.triggered
        own = {candidate.id for candidate in self.triggered}
        return tuple(
            candidate
            for candidate in self.listed
            if candidate.id in own or self.stage.id not in candidate.facts.stages_done
        )


class Deferral(NamedTuple):
    """Why the winning step does not leave today."""

    kind: HoldKind
    until: date


class Answers(NamedTuple):
    """What became of the steps put before a human."""

    approved: Choice | None
    """The oldest approved step that still stands."""
    holds: tuple[Hold, ...]
    """Items still awaiting an answer, approved and waiting their turn, or refused."""
    wakeups: tuple[date, ...]
    """Dates on which the condition of a proposed stage may change."""

    @property
    def held(self) -> frozenset[str]:
        """Those items."""
        return frozenset(hold.item_id for hold in self.holds if hold.item_id is not None)


def answered(
    candidates: Sequence[Candidate], history: History, reaches: Mapping[str, Reach | None], scenario: Scenario
) -> Answers:
    """Return what the proposals of the case come to.

    A proposal stands while its token matches, its stage is still the one that was shown, is or may again be due, and
    was not carried out since. One that no longer stands is passed over, whatever its answer: its items go back to the
    scenario, which proposes them again with the new figures. A refusal that stands leaves its items to the human who
    refused.
    """
    by_id = {candidate.id: candidate for candidate in candidates}
    stages = {stage.id: stage for stage in scenario.stages if stage.requires_approval}
    holds: list[Hold] = []
    wakeups: list[date] = []
    ready: list[Choice] = []
    for proposal in history.proposals:
        action = proposal.action
        stage, way = stages.get(action.stage), reaches.get(action.stage)
        listed = tuple(by_id[item_id] for item_id in action.listed if item_id in by_id)
        if stage is None or way is None:
            continue
        triggered = tuple(by_id[item_id] for item_id in action.triggered if item_id in by_id)
        verdicts = [stage.when.verdict(candidate.facts) for candidate in triggered]
        if not _stands(proposal, stage, listed, verdicts, scenario):
            continue
        wakeups += [verdict.until for verdict in verdicts if verdict.until is not None]
        facts = {"proposed_on": proposal.proposed_on, "action": action.id}
        if proposal.refused:
            reason = Reason.of("refused", Authority.FACT, facts)
            holds += [Hold(kind=HoldKind.AWAITING_HUMAN, item_id=name, reasons=(reason,)) for name in action.triggered]
            continue
        code = "approved_waiting" if proposal.approved else "awaiting_approval"
        reason = Reason.of(code, Authority.FACT, facts)
        holds += [
            Hold(kind=HoldKind.AWAITING_APPROVAL, item_id=candidate.id, next_stage=stage.id, reasons=(reason,))
            for candidate in listed
        ]
        if proposal.approved and all(verdict.holds for verdict in verdicts):
            ready.append(Choice(stage, way, by_id[action.leader], triggered, listed, proposal))
    for action in history.undeliverable:
        listed = tuple(by_id[item_id] for item_id in action.listed if item_id in by_id)
        way = reaches.get(action.stage)
        same_way = way is not None and (way.channel, way.recipient) == (action.channel, action.recipient)
        if same_way and token((item.position, item.stop) for item in listed) == action.token:
            reason = Reason.of("undeliverable", Authority.FACT, {"action": action.id, "channel": action.channel})
            holds += [Hold(kind=HoldKind.NO_CHANNEL, item_id=name, reasons=(reason,)) for name in action.triggered]
    first = min(ready, key=lambda choice: choice.leader.position.age, default=None)
    return Answers(first, tuple(holds), tuple(wakeups))


def _stands(
    proposal: Proposal, stage: Stage, listed: Sequence[Candidate], verdicts: Sequence[Verdict], scenario: Scenario
) -> bool:
    """Whether a proposal may still be answered; ``verdicts`` are those of its triggering items today."""
    action = proposal.action
    return (
        (action.scenario, action.document, action.rank) == (scenario.id, stage.document, stage.rank)
        and len(listed) == len(action.listed)
        and token((item.position, item.stop) for item in listed) == action.token
        and all(verdict.holds or verdict.until is not None for verdict in verdicts)
        and not any(_done_since(candidate, stage, proposal) for candidate in listed)
        and (proposal.refused or not stage.is_formal or not any(candidate.missing for candidate in listed))
    )


def _done_since(candidate: Candidate, stage: Stage, proposal: Proposal) -> bool:
    done_on = candidate.facts.stages_done.get(stage.id)
    return done_on is not None and done_on >= proposal.proposed_on


def leader_of(standings: Sequence[Standing], reachable: Mapping[str, bool], scenario: Scenario) -> Standing | None:
    """Return the oldest overdue item that can still move.

    An item that cannot move, is held at the claim gate or is under formal notice leads nobody.
    """
    able = (
        standing
        for standing in standings
        if standing.candidate.is_overdue
        and standing.can_move
        and not standing.gated
        and not (standing.progress >= 0 and scenario.stages[standing.progress].is_formal)
        and (standing.due is None or reachable[scenario.stages[standing.due].id])
    )
    return min(able, key=lambda standing: standing.candidate.position.age, default=None)


def chosen(
    standings: Sequence[Standing],
    leader: Standing | None,
    reaches: Mapping[str, Reach | None],
    scenario: Scenario,
) -> Choice | None:
    """Return the most advanced stage that is due, with what its message lists; ``None`` when none may be sent.

    An item that is not the leader triggers a message only beyond the stage the leader has already had: below it, it
    is listed in the leader's next message. Nothing preventive is sent while something is overdue.
    """
    stages = scenario.stages
    some_overdue = any(standing.candidate.is_overdue for standing in standings)
    eligible = [
        standing
        for standing in standings
        if standing.due is not None
        and reaches[stages[standing.due].id] is not None
        and (leader is None or standing.candidate.id == leader.candidate.id or standing.due > leader.progress)
        and not (some_overdue and stages[standing.due].is_preventive)
    ]
    index = max((standing.due for standing in eligible if standing.due is not None), default=None)
    if index is None:
        return None
    stage = stages[index]
    way = reaches[stage.id]
    if way is None:
        return None
    triggered = tuple(standing.candidate for standing in eligible if standing.due == index)
    listed = _scope(stage, triggered, standings, scenario)
    return Choice(stage, way, min(triggered, key=lambda item: item.position.age), triggered, listed, approved=None)


def _scope(
    stage: Stage, triggered: tuple[Candidate, ...], standings: Sequence[Standing], scenario: Scenario
) -> tuple[Candidate, ...]:
    """Return the items a message lists, oldest first.

    An item already under formal notice is not listed again in an amicable message; a formal one lists only items
    that pass the claim gate.
    """
    own = {candidate.id for candidate in triggered}

    def fits(standing: Standing) -> bool:
        candidate = standing.candidate
        if candidate.id in own:
            return True
        if stage.scope is Scope.TRIGGERED or stage.is_preventive or not candidate.is_overdue:
            return False
        if stage.is_formal and not stage.may_be_first_contact and not candidate.is_reminded:
            return False
        under_notice = standing.progress >= 0 and scenario.stages[standing.progress].is_formal
        if under_notice or (stage.is_formal and candidate.missing):
            return False
        return stage.scope is Scope.ALL_OVERDUE or candidate.is_reminded

    listed = (standing.candidate for standing in standings if fits(standing))
    return tuple(sorted(listed, key=lambda candidate: candidate.position.age))


def deferral(choice: Choice, history: History, on: date, scenario: Scenario, law: Jurisdiction) -> Deferral | None:
    """Return why the step waits: the interval since the last contact, or a day that is not worked.

    A step put before a human for approval leaves nothing, so it waits for neither; but nothing else leaves that day.
    """
    if choice.stage.requires_approval and choice.approved is None:
        taken = on in {history.last_contact_on, history.last_proposal_on}
        return Deferral(HoldKind.MIN_INTERVAL, on + timedelta(days=1)) if taken else None
    ready_on = on
    if history.last_contact_on is not None:
        ready_on = max(ready_on, history.last_contact_on + timedelta(days=max(1, scenario.min_interval_days)))
    if history.last_proposal_on == on and choice.approved is None:
        ready_on = max(ready_on, on + timedelta(days=1))
    leaves_on = law.next_working_day(ready_on)
    if leaves_on == on:
        return None
    return Deferral(HoldKind.MIN_INTERVAL if ready_on > on else HoldKind.NON_WORKING_DAY, leaves_on)
