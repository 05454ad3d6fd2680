"""The linter: what in a scenario can never happen, goes against the law, or is probably not what was meant."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.calendar import next_weekday
from recouvrement.domain.documents import Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.findings import Finding, Severity
from recouvrement.scenario.lint_rules import (
    Documents,
    LaterStage,
    later_stages,
    of_conditions,
    of_documents,
    of_repetitions,
    of_stages,
    of_whole,
)
from recouvrement.scenario.lives import Days, Life, Wait, World, live
from recouvrement.scenario.model import Entry, Scenario
from recouvrement.scenario.worlds import LATE_DAYS, MOST_LOOKS, answered_for, worlds

_ORDER = tuple(Severity)
_DUE_ON = date(2025, 12, 31)
"""Day with the shortest quadriennale: its four years run from the next morning."""


def lint(
    scenario: Scenario,
    *,
    law: Jurisdiction | None = None,
    documents: Documents | None = None,
    segments: frozenset[str] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings, the gravest first, then in the order of the scenario.

    ``law`` gives the time after which claims are barred, ``documents`` the templates at hand, ``segments`` those a case
    may be pinned to; without one of them what depends on it is not looked for. What is said never to happen was looked
    for by living the scenario in up to 2 000 worlds, with the verdicts of the conditions themselves.

    >>> from recouvrement.scenario.reading import builtin
    >>> lint(builtin("consommateur"))
    ()
    """
    lived = _lived(scenario, segments)
    found = [
        *of_whole(scenario),
        *of_stages(scenario),
        *of_repetitions(scenario),
        *of_conditions(scenario, segments),
        *_of_entry(scenario),
        *_of_lives(scenario, lived),
        *_of_delays(scenario, lived.ordinary),
        *(of_documents(scenario, documents) if documents is not None else ()),
        *(_of_prescription(scenario, lived, law) if law is not None else ()),
    ]
    places = {path: place for place, path in enumerate(_paths(scenario))}
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (_ORDER.index(one.severity), _place(one, places))))


def _paths(scenario: Scenario) -> Iterator[str]:
    for name in Scenario.model_fields:
        yield name
        if name == "stages":
            yield from (f"stages.{place}" for place in range(len(scenario.stages)))


def _place(finding: Finding, places: dict[str, int]) -> int:
    parts = finding.path.split(".")
    return places.get(".".join(parts[:2]), places.get(parts[0], -1))


class _Lived:
    """What was seen over many lives."""

    def __init__(self, ordinary: Life) -> None:
        self.ordinary = ordinary
        self.tried = 0
        self.left: dict[int, int] = {}
        """By stage that left: the first day, from the due date, over all lives."""
        self.in_time: set[int] = set()
        """Stages that left in a life seen before its due date."""
        self.held: set[int] = set()
        self.passed_by: dict[int, int] = {}
        self.put_off: dict[int, frozenset[Wait]] = {}
        self.ended_day: int | None = None
        """First day, from the due date, on which the scenario ended."""
        self.branches: set[int] = set()

    def add(self, life: Life, world: World) -> None:
        """Add what one life showed."""
        self.tried += 1
        self.in_time |= {step.place for step in life.steps} if world.first_day < 0 else set()
        for step in life.steps:
            self.left[step.place] = min(step.day, self.left.get(step.place, step.day))
        for place, by in life.passed_by.items():
            self.passed_by.setdefault(place, by)
        for place, waits in life.put_off.items():
            self.put_off[place] = self.put_off.get(place, frozenset()) | waits
        self.held |= life.held
        if life.ended_day is not None:
            self.ended_day = min(life.ended_day, life.ended_day if self.ended_day is None else self.ended_day)
            self.branches |= set() if life.branch is None else {life.branch}

    def is_complete(self, scenario: Scenario) -> bool:
        """Whether all that the scenario can do was seen."""
        everything = len(scenario.stages), len(scenario.terminal.branches)
        return (len(self.in_time), len(self.branches)) == everything and self.ended_day is not None


def _lived(scenario: Scenario, segments: frozenset[str] | None) -> _Lived:
    """Live the scenario in one world after the other, until everything it can do was seen."""
    by_answer = {holds: answered_for(scenario, holds=holds) for holds in (True, False)}
    days = _days(scenario)
    lived: _Lived | None = None
    looks = 0
    for world in worlds(scenario, segments):
        life = live(by_answer[world.custom_holds], world, days)
        lived = lived or _Lived(life)
        lived.add(life, world)
        looks += life.looks
        if lived.is_complete(scenario) or looks > MOST_LOOKS:
            break
    if lived is None:
        message = "worlds() always has the ordinary one"
        raise AssertionError(message)
    return lived


def _days(scenario: Scenario) -> Days:
    """Return a year without holidays: each is a day like another for what a scenario can do."""
    return Days(next_weekday, lambda day: scenario.sending.next_day(day, _is_no_holiday))


def _is_no_holiday(_day: date) -> bool:
    return False


def _of_lives(scenario: Scenario, lived: _Lived) -> Iterator[Finding]:
    """Yield what never happened in any life."""
    later = [*later_stages(scenario)]
    for place, stage in enumerate(scenario.stages):
        if place not in lived.left:
            waits = next((one for one in later if one.place == place and not one.is_negated), None)
            yield _never(scenario, place, lived, waits)
        elif place not in lived.in_time and place in lived.passed_by:
            by = scenario.stages[lived.passed_by[place]].id
            yield Finding.of("only_when_late", ("stages", place, "when"), {"stage": stage.id, "by": by})
    for one in later:
        if one.is_negated or one.place in lived.left:
            yield Finding.of("names_later_stage", one.path, {"named": one.named})
    if lived.ended_day is None and len(scenario.stages) - 1 in lived.left:
        yield Finding.of("terminal_never", ("terminal", "when"), {"lives": lived.tried})
    for place, branch in enumerate(scenario.terminal.branches):
        if lived.ended_day is not None and place not in lived.branches:
            inputs = {"outcome": branch.outcome, "lives": lived.tried}
            yield Finding.of("branch_never", ("terminal", "branches", place, "when"), inputs)


def _never(scenario: Scenario, place: int, lived: _Lived, waits: LaterStage | None) -> Finding:
    """Return why a stage never left; ``waits``: the later stage it waits for, if it does."""
    path, stage = ("stages", place, "when"), scenario.stages[place].id
    put_off = lived.put_off.get(place, frozenset())
    if waits is not None:
        return Finding.of("waits_for_later_stage", waits.path, {"stage": stage, "waited": waits.named})
    if place not in lived.held:
        return Finding.of("unreachable_stage", path, {"stage": stage, "lives": lived.tried})
    if Wait.INTERVAL in put_off:
        return Finding.of("interval_never_met", path, {"stage": stage, "interval": scenario.interval_days})
    if Wait.SENDING in put_off:
        return Finding.of("sending_never_met", path, {"stage": stage})
    if Wait.TIME_TO_PAY in put_off or place not in lived.passed_by:
        return Finding.of("time_to_pay_never_met", path, {"stage": stage})
    return Finding.of("shadowed_stage", path, {"stage": stage, "by": scenario.stages[lived.passed_by[place]].id})


def _of_entry(scenario: Scenario) -> Iterator[Finding]:
    """Yield that invoices already late start by age where they would start first."""
    if scenario.entry is not Entry.BY_AGE:
        return
    late_day = max(LATE_DAYS)
    world = World(kind=scenario.debtor_kinds[0], first_day=late_day, started_day=late_day)
    steps = live(answered_for(scenario, holds=True), world, _days(scenario)).steps
    overdue = [place for place, stage in enumerate(scenario.stages) if not stage.is_preventive and not stage.is_formal]
    if steps and len(overdue) > 1 and steps[0].place == overdue[0]:
        yield Finding.of("by_age_without_effect", ("entry",), {"stage": scenario.stages[overdue[0]].id})


def _of_delays(scenario: Scenario, life: Life) -> Iterator[Finding]:
    """Yield the stages of an ordinary life that wait beyond their own condition."""
    seen: set[int] = set()
    for step in life.steps:
        if step.place in seen:
            continue
        seen.add(step.place)
        path = ("stages", step.place, "when")
        inputs = {"stage": scenario.stages[step.place].id, "ready": step.ready_day, "day": step.day}
        if Wait.TIME_TO_PAY in step.waited:
            yield Finding.of("waits_for_time_to_pay", path, inputs)
        elif Wait.INTERVAL in step.waited:
            yield Finding.of("waits_for_interval", path, inputs | {"interval": scenario.interval_days})


class _Limit(NamedTuple):
    """Days after which the claim on a kind of debtor is barred, counted from its due date."""

    days: int
    kind: DebtorKind
    regime: str


def _of_prescription(scenario: Scenario, lived: _Lived, law: Jurisdiction) -> Iterator[Finding]:
    limits = [limit for kind in scenario.debtor_kinds if (limit := _limit(kind, law)) is not None]
    if not limits:
        return
    shortest = min(limits, key=lambda limit: limit.days)
    inputs = {"kind": shortest.kind, "limit": shortest.days, "regime": shortest.regime}
    for place, day in sorted(lived.left.items()):
        if day > shortest.days:
            found = {"stage": scenario.stages[place].id, "day": day} | inputs
            yield Finding.of("stage_after_prescription", ("stages", place, "when"), found)
    if lived.ended_day is not None and lived.ended_day > shortest.days:
        yield Finding.of("end_after_prescription", ("terminal", "when"), {"day": lived.ended_day} | inputs)


def _limit(kind: DebtorKind, law: Jurisdiction) -> _Limit | None:
    """Return the time a creditor has for an ordinary invoice, asked of the law for a made-up one."""
    issued_on = _DUE_ON - timedelta(days=30)
    total = Money.from_minor(100_000, "EUR")
    invoice = Invoice.single("F1", issued_on=issued_on, due_on=_DUE_ON, total=total, delivered_on=issued_on)
    debtor, creditor = Debtor(id="debtor", name="Debtor", kind=kind), Creditor(id="creditor", name="Creditor")
    deadline = law.prescription(invoice.items[0], invoice, debtor, creditor).deadline
    return None if deadline is None else _Limit((deadline.last_day - _DUE_ON).days, kind, deadline.regime)
