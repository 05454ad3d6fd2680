"""Threads of messages: who leads, the stage that wins, what its message lists, or why nothing leaves today."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import HoldKind
from recouvrement.engine.history import History
from recouvrement.engine.progress import Candidate, Standing, time_given
from recouvrement.engine.proposals import Proposal
from recouvrement.engine.reach import Reach
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


def contacts_of(thread: Sequence[Candidate], history: History, scenario: Scenario) -> Contacts:
    """Return when the thread of these items was last active: the whole case, or those items."""
    if scenario.grouping is Grouping.PER_DEBTOR:
        return Contacts(history.last_contact_on, history.last_proposal_on, history.last_internal_on)
    ids = [candidate.id for candidate in thread]
    internal = {stage.id for stage in scenario.stages if stage.is_internal}
    done = [day for one in thread for stage, day in one.facts.stages_done.items() if stage in internal]
    return Contacts(
        max((history.contacted[item_id] for item_id in ids if item_id in history.contacted), default=None),
        max((history.proposed[item_id] for item_id in ids if item_id in history.proposed), default=None),
        max(done, default=None),
    )


def leader_of(standings: Sequence[Standing], reachable: Mapping[str, bool], scenario: Scenario) -> Standing | None:
    """Return the oldest overdue item that can still move.

    An item that cannot move, is held at the claim gate or is under formal notice leads nobody.
    """
    able = [
        standing
        for standing in standings
        if standing.candidate.is_overdue
        and standing.can_move
        and not standing.gated
        and not (standing.progress >= 0 and scenario.stages[standing.progress].is_formal)
        and (standing.due is None or reachable[scenario.stages[standing.due].id])
    ]
    if len(able) <= 1:
        return able[0] if able else None
    return min(able, key=lambda standing: standing.candidate.position.age)


def chosen(
    standings: Sequence[Standing],
    leader: Standing | None,
    reaches: Mapping[str, Reach | None],
    scenario: Scenario,
) -> Choice | None:
    """Return the most advanced stage that is due, with what its message lists; ``None`` when none may be sent.

    An item that is not the leader triggers a message only beyond the stage the leader has already had: below it, it
    is listed in the leader's next message. Nothing preventive is sent while something is overdue. A stage whose message
    would ask for less than its minimum is passed over.
    """
    stages = scenario.stages
    due = [standing for standing in standings if standing.due is not None]
    some_overdue = bool(due) and any(standing.candidate.is_overdue for standing in standings)
    eligible = [
        standing
        for standing in due
        if standing.due is not None
        and reaches[stages[standing.due].id] is not None
        and (leader is None or standing is leader or standing.due > leader.progress)
        and not (some_overdue and stages[standing.due].is_preventive)
    ]
    for index in sorted({standing.due for standing in eligible if standing.due is not None}, reverse=True):
        stage = stages[index]
        way = reaches[stage.id]
        triggered = tuple(standing.candidate for standing in eligible if standing.due == index)
        listed = _scope(stage, triggered, standings, scenario)
        if way is not None and not is_below_minimum(stage, listed):
            return Choice(stage, way, min(triggered, key=_age), triggered, listed, None)
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
    return sum(candidate.demanded_minor for candidate in listed)


def _scope(
    stage: Stage, triggered: tuple[Candidate, ...], standings: Sequence[Standing], scenario: Scenario
) -> tuple[Candidate, ...]:
    """Return the items a message lists, oldest first.

    An item already under formal notice is not listed again in an amicable message; a formal one lists only items
    that pass the claim gate.
    """
    if len(triggered) == len(standings):
        return tuple(sorted(triggered, key=_age))
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
        if under_notice or (stage.is_formal and candidate.lacks):
            return False
        if time_given(candidate, scenario) is not None:  # an earlier message still leaves it days to pay
            return False
        return stage.scope is Scope.ALL_OVERDUE or candidate.is_reminded

    return tuple(sorted([standing.candidate for standing in standings if fits(standing)], key=_age))


def _age(candidate: Candidate) -> tuple[date, int, str]:
    return candidate.position.age
