"""Steps put before a human: which still stand, which were approved, which were refused."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Hold, HoldKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.engine.history import History
from recouvrement.engine.progress import Candidate
from recouvrement.engine.proposals import Proposal
from recouvrement.engine.reach import Reach
from recouvrement.engine.thread import Choice
from recouvrement.engine.token import token
from recouvrement.scenario.model import Scenario, Stage
from recouvrement.scenario.verdict import Verdict


class Answers(NamedTuple):
    """What became of the steps put before a human."""

    approved: tuple[Choice, ...]
    """The approved steps that still stand, oldest first."""
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
    if not history.proposals and not history.undeliverable:
        return _NO_ANSWERS
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
    return Answers(tuple(sorted(ready, key=lambda choice: choice.leader.position.age)), tuple(holds), tuple(wakeups))


_NO_ANSWERS = Answers((), (), ())


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
        and not any(_is_behind(candidate, stage, scenario) for candidate in listed if candidate.id in action.triggered)
        and (proposal.refused or not stage.is_formal or not any(candidate.lacks for candidate in listed))
    )


def _is_behind(candidate: Candidate, stage: Stage, scenario: Scenario) -> bool:
    """Whether an item is already beyond a stage that was proposed for it."""
    return scenario.stages.index(stage) < candidate.progress


def _done_since(candidate: Candidate, stage: Stage, proposal: Proposal) -> bool:
    done_on = candidate.facts.stages_done.get(stage.id)
    return done_on is not None and done_on >= proposal.proposed_on
