"""From one wake-up to the next: decide, record as a night would, go on to the first date that can change anything."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim, Decision
from recouvrement.domain.events import Event, HistoryEvent
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.engine.decide import decide
from recouvrement.engine.proposals import live_proposals
from recouvrement.engine.record import recorded, stale_proposals, withdrawn
from recouvrement.engine.what_if import AS_USUAL, Assumptions, refuse_later_actions, supposing
from recouvrement.errors import EngineError, InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario

DECISIONS_A_DAY = 20
"""More on one date, each recorded, means that the date never becomes silent."""


class Taken(NamedTuple):
    """An action of the day, and the claim it was decided with."""

    action: Action
    claim: Claim


class Look(NamedTuple):
    """One day on which the case is looked at."""

    on: date
    taken: tuple[Taken, ...]
    withdrawn: tuple[Action, ...]
    """Proposals taken back because their figures have moved."""
    facts: tuple[Event, ...]
    """What the walk supposes, or the case already holds, that takes effect since the look before."""
    decision: Decision
    """The answer once the day's actions are recorded: it has none."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of the day, in the order they were decided."""
        return tuple(taken.action for taken in self.taken)


def check_span(from_: date, until: date) -> None:
    """Raise ``InvalidInput`` unless there is at least one day to walk, all of them within those a fact may bear."""
    if not FIRST_DAY <= from_ < until <= LAST_DAY:
        raise InvalidInput(
            where="days to walk",
            found=f"from {from_.isoformat()} until {until.isoformat()}",
            hint=f"`until` is the first day left out: give a day after `from_`, both from {FIRST_DAY} to {LAST_DAY}.",
        )


def pending_on(case: Case, on: date, *, scenario: Scenario, law: Jurisdiction) -> tuple[Action, ...]:
    """Return the proposals that await an answer on a day and still stand, oldest first."""
    stale = {action.id for action in stale_proposals(case, on, scenario=scenario, law=law)}
    waiting = [
        proposal
        for proposal in live_proposals(case.history)
        if not proposal.approved and not proposal.refused and proposal.action.id not in stale
    ]
    return tuple(proposal.action for proposal in reversed(waiting))


def walk(
    case: Case,
    from_: date,
    until: date,
    *,
    scenario: Scenario,
    law: Jurisdiction,
    what_if: Sequence[Event] = (),
    assume: Assumptions = AS_USUAL,
) -> Iterator[Look]:
    """Yield every look at a case from ``from_`` until ``until``, which is left out.

    Each date is decided and recorded until it is silent, then the walk goes to the next wake-up: what it finds is what
    nightly runs on every day would do, as long as nothing happens but what is supposed. A proposal that already awaits
    an answer gets the supposed one on the first day.
    """
    check_span(from_, until)
    refuse_later_actions(case, from_)
    life = _Life(supposing(case, what_if), scenario, law, assume)
    life.coming = [*what_if, *(event for event in case.history if event.effective_on > from_)]
    life.answer_pending(from_)
    on: date | None = from_
    while on is not None and on < until:
        look = life.look(on)
        yield look
        on = look.decision.next_wakeup
        if on is not None and on <= look.on:
            raise EngineError(
                where=f"case {case.id} on {look.on.isoformat()}",
                found=f"the next wake-up is {on.isoformat()}, which is not later",
                hint="This is a fault of the program, or of a condition added to it: report it with the case.",
            )


class _Life:
    """A case that goes on: what it holds so far, and what is still to take effect."""

    def __init__(self, case: Case, scenario: Scenario, law: Jurisdiction, assume: Assumptions) -> None:
        self.case, self.scenario, self.law, self.assume = case, scenario, law, assume
        self.coming: list[Event] = []
        """Facts that have not taken effect yet; supposed ones of the past too, until the first look shows them."""

    def answer_pending(self, on: date) -> None:
        """Give the supposed answer to what awaits one already."""
        pending = pending_on(self.case, on, scenario=self.scenario, law=self.law)
        answers = (self.assume.answer(action, on) for action in pending)
        self._suppose([answer for answer in answers if answer is not None])

    def look(self, on: date) -> Look:
        """Decide and record until the date is silent."""
        stale = tuple(stale_proposals(self.case, on, scenario=self.scenario, law=self.law))
        self._record([withdrawn(action, on) for action in stale])
        taken: list[Taken] = []
        for _ in range(DECISIONS_A_DAY):
            decision = decide(self.case, on, scenario=self.scenario, law=self.law)
            if not decision.actions:
                return Look(on, tuple(taken), stale, self._facts_through(on), decision)
            taken += [Taken(action, decision.claim) for action in decision.actions]
            written = [recorded(action, on) for action in decision.actions]
            self._record(written)
            self._suppose([event for action in decision.actions for event in self.assume.following(action, on)])
        raise EngineError(
            where=f"case {self.case.id} on {on.isoformat()}",
            found=f"{DECISIONS_A_DAY} decisions, each recorded, and the date is still not silent "
            f"({', '.join(sorted({one.action.stage for one in taken}))})",
            hint="This is a fault of the program, or of a condition added to it: report it with the case.",
        )

    def _record(self, events: Sequence[HistoryEvent]) -> None:
        if events:
            self.case = self.case.with_events(events)

    def _suppose(self, events: Sequence[HistoryEvent]) -> None:
        self._record(events)
        self.coming += events

    def _facts_through(self, on: date) -> tuple[Event, ...]:
        """Return the facts that took effect since the last look, by date, and leave the others for later."""
        reached = [event for event in self.coming if event.effective_on <= on]
        self.coming = [event for event in self.coming if event.effective_on > on]
        return tuple(sorted(reached, key=lambda event: (event.effective_on, event.id)))
