"""What the case knows that moves a last day: acts on its claims, and steps of procedures."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.decision import Deadline, DeadlineKind, Doubt
from recouvrement.domain.events import ProceduralStepDone
from recouvrement.domain.light import quick
from recouvrement.domain.parties import Insolvency
from recouvrement.domain.reasons import Authority
from recouvrement.domain.vocabulary import LimitationActKind
from recouvrement.engine.history import History
from recouvrement.engine.ledger import Position
from recouvrement.engine.named import Named
from recouvrement.errors import InvalidInput, LawError
from recouvrement.law.courts import Step, StepDeadline
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.limitation import Act


class KnownActs:
    """The acts of a case, by item, in any order: the law says which moves a last day and which does not.

    A payment counts where it named the item; a mediation from the day its stop was placed; a mise en demeure, which as
    a rule moves nothing, from its first presentation.
    """

    def __init__(self, history: History) -> None:
        self._notices = history.notices
        acts = [(event.item_ids, Act(event.act.value, event.effective_on, event.until)) for event in history.acts]
        if history.steps:
            acts += [
                (step.item_ids, Act(step.step, step.effective_on))
                for step in history.steps
                if step.step in _STEPS_THAT_ARE_ACTS
            ]
        if history.mediations:
            acts += [(stop.item_ids, Act(_MEDIATION, stop.effective_on, until)) for stop, until in history.mediations]
        insolvency = history.insolvency
        if insolvency is not None and insolvency.closed_on is not None:
            acts.append(((), Act(LimitationActKind.INSOLVENCY_CLOSED.value, insolvency.closed_on)))
        self._acts = Named(acts) if acts else None
        self.of_the_case = bool(acts or history.notices)
        """Whether anything but payments is known to have been done about any item."""

    def on(self, position: Position) -> tuple[Act, ...]:
        """Return every act known of an item."""
        acts = [quick(Act, (_PART_PAYMENT, day, None)) for day in position.named_on]
        if self._notices:
            acts += [Act(_MISE_EN_DEMEURE, day) for day in self._notices.get(position.item.id, ())]
        if self._acts is not None:
            acts += self._acts.of(position)
        return tuple(acts)


_PART_PAYMENT = LimitationActKind.PART_PAYMENT.value
_MISE_EN_DEMEURE = LimitationActKind.MISE_EN_DEMEURE.value
_MEDIATION = LimitationActKind.MEDIATION.value
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
    if not history.steps:
        return ()
    steps = sorted(history.steps, key=lambda step: (step.effective_on, step.id))
    named = Named((step.item_ids, place) for place, step in enumerate(steps))
    concerned: dict[int, list[Position]] = {}
    for position in positions:
        for latest in named.of(position)[-1:]:
            concerned.setdefault(latest, []).append(position)
    found: list[LiveStep] = []
    for place in sorted(concerned):
        step, own = steps[place], tuple(concerned[place])
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
