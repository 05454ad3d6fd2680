"""What the case knows that moves a last day: acts on its claims, and steps of procedures."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Deadline, DeadlineKind, Doubt
from recouvrement.domain.events import ProceduralStepDone
from recouvrement.domain.parties import Insolvency
from recouvrement.domain.reasons import Authority
from recouvrement.domain.vocabulary import LimitationActKind
from recouvrement.engine.history import History
from recouvrement.engine.ledger import Position
from recouvrement.errors import InvalidInput, LawError
from recouvrement.law.courts import Step, StepDeadline
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.limitation import Act


def acts_on(position: Position, history: History) -> tuple[Act, ...]:
    """Return every act known of an item, in any order: the law says which moves its last day and which does not.

    A payment counts where it named the item; a mediation from the day its stop was placed; a mise en demeure, which as
    a rule moves nothing, from its first presentation.
    """
    item_id = position.item.id
    acts = [Act(LimitationActKind.PART_PAYMENT.value, day) for day in position.named_on]
    acts += [Act(LimitationActKind.MISE_EN_DEMEURE.value, day) for day in history.notices.get(item_id, ())]
    acts += [
        Act(event.act.value, event.effective_on, event.until)
        for event in history.acts
        if not event.item_ids or position.is_named_in(event.item_ids)
    ]
    acts += [
        Act(step.step, step.effective_on)
        for step in history.steps
        if step.step in _STEPS_THAT_ARE_ACTS and (not step.item_ids or position.is_named_in(step.item_ids))
    ]
    acts += [
        Act(LimitationActKind.MEDIATION.value, stop.effective_on, until)
        for stop, until in history.mediations
        if not stop.item_ids or position.is_named_in(stop.item_ids)
    ]
    insolvency = history.insolvency
    if insolvency is not None and insolvency.closed_on is not None:
        acts.append(Act(LimitationActKind.INSOLVENCY_CLOSED.value, insolvency.closed_on))
    return tuple(acts)


_STEPS_THAT_ARE_ACTS = frozenset(kind.value for kind in LimitationActKind)
"""A step entered under the name of an act is that act too: nobody enters the service of an order twice."""


class LiveStep(NamedTuple):
    """A step whose times still run, and the items it is the latest step of."""

    step: ProceduralStepDone
    positions: tuple[Position, ...]
    deadlines: tuple[StepDeadline, ...]
    unknown: Doubt | None = None
    """Set when the law knows no such step, or not on that day: no time is computed."""

    def dated(self) -> tuple[Deadline, ...]:
        """Return the times to act in as deadlines; a time to wait is not one."""
        alone = self.positions[0].item.id if len(self.positions) == 1 else None
        return tuple(_deadline(found, alone) for found in self.deadlines if not found.is_waiting)


def live_steps(positions: Sequence[Position], history: History, law: Jurisdiction) -> tuple[LiveStep, ...]:
    """Return the latest step of each item with the times that run from it, in the order of the steps."""
    latest: dict[str, ProceduralStepDone] = {}
    for step in sorted(history.steps, key=lambda step: (step.effective_on, step.id)):
        for position in positions:
            if not step.item_ids or position.is_named_in(step.item_ids):
                latest[position.item.id] = step
    found: list[LiveStep] = []
    for step in sorted(set(latest.values()), key=lambda step: (step.effective_on, step.id)):
        own = tuple(position for position in positions if latest.get(position.item.id) is step)
        asked = Step(step.step, step.effective_on, is_abroad=step.is_abroad, in_person=step.in_person)
        try:
            found.append(LiveStep(step, own, law.step_deadlines(asked, None)))
        except (InvalidInput, LawError):
            facts: dict[str, object] = {"step": step.step, "on": step.effective_on}
            found.append(LiveStep(step, own, (), Doubt.of("step_not_known", Authority.FACT, facts)))
    return tuple(found)


def step_doubts(steps: Sequence[LiveStep]) -> tuple[Doubt, ...]:
    """Return what is doubtful in the times that run."""
    unknown = [live.unknown for live in steps if live.unknown is not None]
    return (*unknown, *(doubt for live in steps for found in live.deadlines for doubt in found.doubts))


def insolvency_deadlines(insolvency: Insolvency, law: Jurisdiction) -> tuple[Deadline, ...]:
    """Return the times that run from the publication of proceedings, the declaration left aside."""
    if insolvency.published_on is None or not law.has_declaration(insolvency):
        return ()
    try:
        found = law.step_deadlines(Step("bodacc_publication", insolvency.published_on), None)
    except LawError:
        return ()  # the declaration alone is given on any day
    return tuple(_deadline(part, None) for part in found if part.code != DeadlineKind.DECLARATION_DE_CREANCE.value)


def _deadline(found: StepDeadline, item_id: str | None) -> Deadline:
    last_day: date = found.safe_day
    return Deadline(kind=DeadlineKind.PROCEDURE, item_id=item_id, last_day=last_day, regime=found.code, path=found.path)
