"""``project``: what will happen to a case if nothing new does, or if something given does."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Deadline, Doubt, Hold, Stamps
from recouvrement.domain.events import Event
from recouvrement.domain.money import Money
from recouvrement.domain.values import CivilDate, Code, Value
from recouvrement.engine.walk import Look, check_span, pending_on, walk
from recouvrement.engine.what_if import AS_USUAL, Assumptions, supposing
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario


class TimelineStep(Value):
    """One day on which the case is looked at; with no action, something could have changed that day and did not."""

    on: CivilDate
    actions: tuple[Action, ...]
    """Everything done that day with its reasons; an approval and the contact it lets leave may be on the same day."""
    withdrawn: tuple[Code, ...]
    """Actions proposed earlier and taken back, their figures having moved."""
    facts: tuple[Event, ...]
    """What is supposed, or was dated ahead in the case, and took effect since the step before."""
    holds: tuple[Hold, ...]
    """Why nothing more is done, once the actions are recorded."""
    deadlines: tuple[Deadline, ...]
    doubts: tuple[Doubt, ...]
    principal: Money
    late_interest: Money
    indemnities: Money
    total: Money
    """What is owed that day: principal of the overdue items, interest and indemnities."""


class Silence(Value):
    """Days on which nothing is done, and why."""

    from_: CivilDate
    until: CivilDate
    """First day that is not part of it."""
    holds: tuple[Hold, ...]

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.until - self.from_).days


class Projection(Value):
    """The days to come of one case: every day of the span has actions or lies in exactly one silence."""

    case_id: Code
    from_: CivilDate
    until: CivilDate
    """First day left out."""
    scenario_version: int
    stamps: Stamps
    assumptions: Assumptions
    supposed: tuple[Event, ...]
    """The facts of the what-if."""
    pending: tuple[Action, ...]
    """Proposals that already await an answer on the first day."""
    steps: tuple[TimelineStep, ...]
    silences: tuple[Silence, ...]

    @property
    def actions(self) -> tuple[tuple[date, Action], ...]:
        """Every action with its day, in order."""
        return tuple((step.on, action) for step in self.steps for action in step.actions)


def project(
    case: Case,
    from_: date,
    until: date,
    *,
    scenario: Scenario,
    law: Jurisdiction,
    what_if: Sequence[Event] = (),
    assume: Assumptions = AS_USUAL,
) -> Projection:
    """Return the actions, silences and sums of a case from ``from_`` until ``until``, which is left out.

    Walks from wake-up to wake-up on ``decide`` alone and writes what a night would: the result is what nightly runs on
    every day do when nothing happens beside ``what_if`` and ``assume``. Each supposed fact is known on the day it takes
    effect. Nothing is changed by looking.

    Raises ``InvalidInput`` for an empty span, for facts the case cannot take, and when the history already holds
    actions later than ``from_``; ``EngineError`` for a date that never becomes silent.

    >>> from recouvrement import FRANCE, Creditor, Debtor, DebtorKind, Contact, Invoice, builtin
    >>> invoice = Invoice.single("F2026-118", issued_on=date(2026, 10, 16), due_on=date(2026, 11, 16),
    ...                          total=Money.of("1250.00", "EUR"))
    >>> debtor = Debtor(id="C042", name="Garage de l'Erdre", kind=DebtorKind.BUSINESS,
    ...                 contacts=(Contact(email="compta@garage-erdre.example"),))
    >>> case = Case(creditor=Creditor(id="atelier-lumen", name="Atelier Lumen"), debtor=debtor, invoices=(invoice,))
    >>> found = project(case, date(2026, 11, 17), date(2026, 12, 1), scenario=builtin("standard_b2b"), law=FRANCE)
    >>> [(on.isoformat(), action.stage) for on, action in found.actions]
    [('2026-11-19', 'relance_1'), ('2026-11-26', 'relance_2')]
    """
    check_span(from_, until)
    supposed = supposing(case, what_if)
    looks = list(walk(case, from_, until, scenario=scenario, law=law, what_if=what_if, assume=assume))
    return Projection(
        case_id=case.id,
        from_=from_,
        until=until,
        scenario_version=scenario.version,
        stamps=looks[0].decision.stamps,
        assumptions=assume,
        supposed=tuple(what_if),
        pending=pending_on(supposed, from_, scenario=scenario, law=law),
        steps=tuple(_step(look) for look in looks),
        silences=_silences(looks, until),
    )


def _step(look: Look) -> TimelineStep:
    decision = look.decision
    claim = decision.claim
    return TimelineStep(
        on=look.on,
        actions=look.actions,
        withdrawn=tuple(action.id for action in look.withdrawn),
        facts=look.facts,
        holds=decision.holds,
        deadlines=decision.deadlines,
        doubts=decision.doubts,
        principal=claim.principal,
        late_interest=claim.late_interest,
        indemnities=claim.indemnities,
        total=claim.total,
    )


def _silences(looks: Sequence[Look], until: date) -> tuple[Silence, ...]:
    """Return the stretches between actions; neighbours silent for the same reasons are one, but for a fact between."""
    found: list[Silence] = []
    ends = [*(later.on for _, later in pairwise(looks)), until]
    for look, end in zip(looks, ends, strict=True):
        start = look.on + timedelta(days=1) if look.taken else look.on
        if start >= end:
            continue
        holds = look.decision.holds
        if found and not look.facts and found[-1].until == start and found[-1].holds == holds:
            start = found.pop().from_
        found.append(Silence(from_=start, until=end, holds=holds))
    return tuple(found)
