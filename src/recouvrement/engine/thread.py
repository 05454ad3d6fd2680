"""One thread per debtor: the leader, the stage that wins, what its message lists, or why nothing leaves today."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decision import HoldKind
from recouvrement.engine.history import History, Proposal
from recouvrement.engine.progress import Candidate, Standing
from recouvrement.engine.reach import Reach
from recouvrement.engine.token import token
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Advances, Scenario, Scope, Stage


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
        """Items whose progress it moves on."""
        return self.listed if self.stage.advances is Advances.LISTED else self.triggered


class Deferral(NamedTuple):
    """Why the winning step does not leave today."""

    kind: HoldKind
    until: date


class Answers(NamedTuple):
    """What became of the steps put before a human."""

    approved: Choice | None
    """The oldest approved step that still stands."""
    held: dict[str, HoldKind]
    """By item: still awaiting an answer, approved and waiting its turn, or refused."""


def answered(
    candidates: Sequence[Candidate], history: History, reaches: Mapping[str, Reach | None], scenario: Scenario
) -> Answers:
    """Return what the proposals of the case come to.

    A proposal whose token no longer matches is passed over, approved or not: its items go back to the scenario,
    which will propose them again with the new figures. A refused step leaves its items to the human who refused it.
    """
    by_id = {candidate.id: candidate for candidate in candidates}
    stages = {stage.id: stage for stage in scenario.stages}
    held: dict[str, HoldKind] = {}
    ready: list[Choice] = []
    for proposal in history.proposals:
        action = proposal.action
        if proposal.refused:
            held |= {item_id: HoldKind.AWAITING_HUMAN for item_id in action.triggered if item_id in by_id}
            continue
        listed = tuple(by_id[item_id] for item_id in action.listed if item_id in by_id)
        way = reaches.get(action.stage)
        stands = (
            way is not None
            and len(listed) == len(action.listed)
            and token((item.position, item.stop) for item in listed) == action.token
            and not any(candidate.missing for candidate in listed)
        )
        if not stands or way is None:
            continue
        held |= {candidate.id: HoldKind.AWAITING_APPROVAL for candidate in listed}
        if proposal.approved:
            triggered = tuple(by_id[item_id] for item_id in action.triggered)
            ready.append(Choice(stages[action.stage], way, by_id[action.leader], triggered, listed, proposal))
    first = min(ready, key=lambda choice: choice.leader.position.age, default=None)
    return Answers(first, held)


def leader_of(standings: Sequence[Standing], reachable: Mapping[str, bool], scenario: Scenario) -> Standing | None:
    """Return the oldest overdue item that can still move; items that cannot move lead nobody."""
    able = (
        standing
        for standing in standings
        if standing.candidate.is_overdue
        and standing.can_move
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
    eligible = [
        standing
        for standing in standings
        if standing.due is not None
        and reaches[stages[standing.due].id] is not None
        and (
            leader is None
            or standing.candidate.id == leader.candidate.id
            or (standing.due > leader.progress and not stages[standing.due].is_preventive)
        )
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
        if stage.scope is Scope.TRIGGERED or not candidate.is_overdue:
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
