"""Threads of messages: who leads, the stage that wins, what its message lists, or why nothing leaves today."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import HoldKind
from recouvrement.domain.light import quick
from recouvrement.engine.history import History
from recouvrement.engine.progress import Candidate, Standing, time_given
from recouvrement.engine.proposals import Proposal
from recouvrement.engine.reach import Reach, Reaches
from recouvrement.scenario.case_conditions import minor_units
from recouvrement.scenario.model import Advances, Grouping, Scenario, Scope, Stage


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

    @property
    def is_proposal(self) -> bool:
        """Whether it is only put before a human today."""
        return self.stage.requires_approval and self.approved is None


class Deferral(NamedTuple):
    """Why the winning step does not leave today."""

    kind: HoldKind
    until: date


class Contacts(NamedTuple):
    """When a thread was last active."""

    last_contact_on: date | None
    last_proposal_on: date | None
    last_internal_on: date | None


_PER_DEBTOR = Grouping.PER_DEBTOR  # looking a member of an enumeration up costs as much as a call


def threads(standings: Sequence[Standing], history: History, scenario: Scenario) -> tuple[tuple[Standing, ...], ...]:
    """Return the items of each thread, the thread of the oldest item first.

    Items at one stage that were written to lately do not keep back those that were not: they are a thread apart.
    """
    match scenario.grouping:
        case Grouping.PER_DEBTOR:
            return (tuple(standings),) if standings else ()
        case Grouping.PER_INVOICE:
            return tuple((one,) for one in standings)
        case Grouping.PER_STAGE:
            groups: dict[tuple[int | None, bool], list[Standing]] = {}
            for one in standings:
                last = history.contacted.get(one.candidate.id)
                lately = last is not None and (one.candidate.facts.on - last).days < scenario.interval_days
                groups.setdefault((one.due, lately), []).append(one)
            return tuple(tuple(group) for group in groups.values())


def contacts_of(thread: Sequence[Standing], choice: Choice, history: History, scenario: Scenario) -> Contacts:
    """Return when the thread of a step was last active: the whole case, or its items; without any, those listed."""
    if scenario.grouping is _PER_DEBTOR:
        return quick(Contacts, (history.last_contact_on, history.last_proposal_on, history.last_internal_on))
    members = [standing.candidate for standing in thread] or choice.listed
    ids = [candidate.id for candidate in members]
    internal = {stage.id for stage in scenario.stages if stage.is_internal}
    done = [day for one in members for stage, day in one.facts.stages_done.items() if stage in internal]
    return Contacts(
        max((history.contacted[item_id] for item_id in ids if item_id in history.contacted), default=None),
        max((history.proposed[item_id] for item_id in ids if item_id in history.proposed), default=None),
        max(done, default=None),
    )


def leader_of(standings: Sequence[Standing], reachable: Mapping[str, bool], scenario: Scenario) -> Standing | None:
    """Return the oldest overdue item that can still move: the first one, for they come oldest first.

    An item that cannot move, is held at the claim gate or is under formal notice leads nobody.
    """
    stages = scenario.stages
    for standing in standings:
        if (
            standing.candidate.is_overdue
            and standing.can_move
            and not standing.gated
            and not (standing.progress >= 0 and stages[standing.progress].is_formal)
            and (standing.due is None or reachable[stages[standing.due].id])
        ):
            return standing
    return None


def chosen(
    standings: Sequence[Standing],
    leader: Standing | None,
    reaches: Reaches,
    scenario: Scenario,
) -> Choice | None:
    """Return the most advanced stage that is due, with what its message lists; ``None`` when none may be sent.

    An item that is not the leader triggers a message only beyond the stage the leader has already had: below it, it
    is listed in the leader's next message. Nothing preventive is sent while something is overdue. A stage whose message
    would ask for less than its minimum is passed over. Items come oldest first, and are told in that order.
    """
    stages, reachable = scenario.stages, reaches.reachable
    some_overdue = bool(standings) and standings[0].candidate.is_overdue  # the oldest, if any is
    eligible: dict[int, list[Candidate]] = {}
    for standing in standings:
        due = standing.due
        if due is None or (leader is not None and standing is not leader and due <= leader.progress):
            continue
        stage = stages[due]
        if reachable[stage.id] and not (some_overdue and stage.is_preventive):
            eligible.setdefault(due, []).append(standing.candidate)
    for index in sorted(eligible, reverse=True):
        stage, triggered = stages[index], tuple(eligible[index])
        way = reaches[stage.id]
        listed = _scope(stage, triggered, standings, scenario)
        if way is not None and not is_below_minimum(stage, listed):
            return quick(Choice, (stage, way, triggered[0], triggered, listed, None))
    return None


def is_below_minimum(stage: Stage, listed: Sequence[Candidate]) -> bool:
    """Whether a message of that stage on these items asks for less than the stage wants."""
    if stage.min_message_amount is None or not listed:
        return False
    return is_too_little(stage, asked_minor(listed), listed[0].facts.case.currency)


def is_too_little(stage: Stage, asked: int, currency: str) -> bool:
    """Whether a stage wants its message to ask for more than that, in minor units."""
    return stage.min_message_amount is not None and asked < minor_units(stage.min_message_amount, currency)


def asked_minor(listed: Iterable[Candidate]) -> int:
    """Return what a message on these items asks for, in minor units."""
    return sum([candidate.demanded_minor for candidate in listed])


def _scope(
    stage: Stage, triggered: tuple[Candidate, ...], standings: Sequence[Standing], scenario: Scenario
) -> tuple[Candidate, ...]:
    """Return the items a message lists, in the order they come in.

    An item already under formal notice is not listed again in an amicable message; a formal one lists only items
    that pass the claim gate.
    """
    if len(triggered) == len(standings) or stage.scope is _TRIGGERED or stage.is_preventive:
        return triggered
    own = {candidate.id for candidate in triggered}
    return tuple([one.candidate for one in standings if one.candidate.id in own or _joins(one, stage, scenario)])


_TRIGGERED = Scope.TRIGGERED


def _joins(standing: Standing, stage: Stage, scenario: Scenario) -> bool:
    """Whether a message that others triggered lists an item."""
    candidate = standing.candidate
    if not candidate.is_overdue:
        return False
    if stage.is_formal and not stage.may_be_first_contact and not candidate.is_reminded:
        return False
    under_notice = standing.progress >= 0 and scenario.stages[standing.progress].is_formal
    if under_notice or (stage.is_formal and candidate.lacks):
        return False
    if time_given(candidate, scenario) is not None:  # an earlier message still leaves it days to pay
        return False
    return stage.scope is Scope.ALL_OVERDUE or candidate.is_reminded
