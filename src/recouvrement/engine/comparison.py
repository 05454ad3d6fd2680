"""``compare``: two scenarios on the same cases, day by day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from statistics import median_low
from typing import NamedTuple, Self

from recouvrement.domain.case import Case
from recouvrement.domain.decision import ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.values import CivilDate, Code, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind, Rank
from recouvrement.engine.costs import Costs, Prices
from recouvrement.engine.failures import CaseFailure
from recouvrement.engine.walk import Look, check_span, walk
from recouvrement.engine.what_if import AS_USUAL, Assumptions
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario


class CourseContact(Value):
    """One contact and its day."""

    on: CivilDate
    stage: Code
    document: DocumentKind
    channel: Channel
    rank: Rank


class Course(Value):
    """What one scenario does with one case."""

    contacts: tuple[CourseContact, ...]
    by_rank: tuple[tuple[Rank, int], ...]
    by_channel: tuple[tuple[Channel, int], ...]
    days_to_first_contact: int | None
    """From the due date of the oldest item it is about to the first contact after a due date; a notice sent before the
    due date does not count, nor does what was done before the span. ``None``: there is none."""
    days_to_mise_en_demeure: int | None
    """From the due date of the oldest item it is about to the first mise en demeure."""
    cost: Money
    terminal_on: CivilDate | None
    """First day on which the scenario has ended for some items."""
    outcome: Code | None
    """What there is to decide then."""


class CaseComparison(Value):
    """What two scenarios do with one case."""

    case_id: Code
    a: Course
    b: Course
    diverge_on: CivilDate | None
    """First day on which the debtor, or the staff, sees something else; ``None``: never in the span."""
    terminal_differs: bool
    """Whether the end differs: another outcome, or only one of the two reaches it."""


class Spread(Value):
    """Days counted over several cases; the median is one of them, the lower of the two in the middle."""

    cases: int
    shortest: int
    median: int
    longest: int

    @classmethod
    def of(cls, days: Iterable[int | None]) -> Self | None:
        """Return the spread of the days there are."""
        known = sorted(day for day in days if day is not None)
        if not known:
            return None
        return cls(cases=len(known), shortest=known[0], median=median_low(known), longest=known[-1])


class ScenarioTotals(Value):
    """What one scenario does with all the cases."""

    scenario: Code
    scenario_version: int
    contacts: int
    by_rank: tuple[tuple[Rank, int], ...]
    by_channel: tuple[tuple[Channel, int], ...]
    days_to_first_contact: Spread | None
    days_to_mise_en_demeure: Spread | None
    cost: Money
    outcomes: tuple[tuple[Code, int], ...]
    """Cases whose scenario ends in the span, by what there is to decide."""


class Comparison(Value):
    """Two scenarios on the same cases."""

    from_: CivilDate
    until: CivilDate
    """First day left out."""
    a: ScenarioTotals
    b: ScenarioTotals
    cases: tuple[CaseComparison, ...]
    diverge_on: CivilDate | None
    """First day on which any case diverges."""
    terminal_differs: tuple[Code, ...]
    """Cases whose end differs."""
    without_cost: tuple[Channel, ...]
    """Channels by which contacts leave and for which no cost was given: they count for nothing."""
    failures: tuple[CaseFailure, ...]


def compare(  # noqa: PLR0917  # two scenarios, the cases, the days, the law: read as a sentence
    scenario_a: Scenario,
    scenario_b: Scenario,
    cases: Iterable[Case],
    from_: date,
    until: date,
    law: Jurisdiction,
    *,
    costs: Costs | None = None,
    assume: Assumptions = AS_USUAL,
) -> Comparison:
    """Return what two scenarios would do with the same cases from ``from_`` until ``until``, which is left out.

    Both walk from the same facts under the same assumptions; progress already made counts in each by stage id. A case
    that cannot be looked at gives a row of ``failures``. Raises ``InvalidInput`` as ``project`` and ``forecast`` do.
    """
    check_span(from_, until)
    prices = Prices.of(costs or {})
    both = [prices.completed(scenario) for scenario in (scenario_a, scenario_b)]
    found: list[CaseComparison] = []
    failures: list[CaseFailure] = []
    for case in cases:
        try:
            walks = [
                list(walk(case, from_, until, scenario=scenario, law=law, assume=assume))
                for scenario in (scenario_a, scenario_b)
            ]
        except Exception as fault:  # noqa: BLE001  # the batch loop: one case never stops another
            failures.append(CaseFailure.of(fault, case))
            continue
        a, b = (_course(looks, own) for looks, own in zip(walks, both, strict=True))
        found.append(
            CaseComparison(
                case_id=case.id,
                a=a,
                b=b,
                diverge_on=first_divergence(walks[0], walks[1]),
                terminal_differs=a.outcome != b.outcome,
            )
        )
    sides = [[one.a for one in found], [one.b for one in found]]
    missing = {
        contact.channel
        for courses, own in zip(sides, both, strict=True)
        for course in courses
        for contact in course.contacts
        if contact.channel not in own.by_channel
    }
    return Comparison(
        from_=from_,
        until=until,
        a=_totals(scenario_a, sides[0], prices),
        b=_totals(scenario_b, sides[1], prices),
        cases=tuple(found),
        diverge_on=min((one.diverge_on for one in found if one.diverge_on is not None), default=None),
        terminal_differs=tuple(one.case_id for one in found if one.terminal_differs),
        without_cost=tuple(sorted(missing)),
        failures=tuple(failures),
    )


def first_divergence(a: Sequence[Look], b: Sequence[Look]) -> date | None:
    """Return the first day on which two walks of a case show something else, or ``None``.

    Names of stages and reasons are left out: what counts is what the debtor and the staff see.
    """
    for left, right in zip_longest(_seen(a), _seen(b)):
        if left != right:
            return min(side.on for side in (left, right) if side is not None)
    return None


class _Seen(NamedTuple):
    """An action and its day, as they look from outside."""

    on: date
    kind: ActionKind
    document: DocumentKind
    channel: Channel
    listed: tuple[str, ...]
    principal: Money
    pay_by: date | None
    outcome: str | None


def _seen(looks: Sequence[Look]) -> list[_Seen]:
    return [
        _Seen(
            look.on,
            action.kind,
            action.document,
            action.channel,
            action.listed,
            action.principal,
            action.pay_by,
            action.outcome,
        )
        for look in looks
        for action in look.actions
    ]


def _course(looks: Sequence[Look], prices: Prices) -> Course:
    contacts = [(look.on, taken) for look in looks for taken in look.taken if taken.action.kind is ActionKind.CONTACT]
    ends = [(look.on, action) for look in looks for action in look.actions if action.kind is ActionKind.TERMINAL]
    late = [
        (taken.action.document, item.days_late)
        for _, taken in contacts
        for item in taken.claim.items
        if item.item_id == taken.action.leader
    ]
    actions = [taken.action for _, taken in contacts]
    return Course(
        contacts=tuple(
            CourseContact(
                on=on,
                stage=taken.action.stage,
                document=taken.action.document,
                channel=taken.action.channel,
                rank=taken.action.rank,
            )
            for on, taken in contacts
        ),
        by_rank=_by_rank(action.rank for action in actions),
        by_channel=tuple(sorted(Counter(action.channel for action in actions).items())),
        days_to_first_contact=next((days for _, days in late), None),
        days_to_mise_en_demeure=next(
            (days for document, days in late if document is DocumentKind.MISE_EN_DEMEURE), None
        ),
        cost=prices.money(sum(prices.minor(action) for action in actions)),
        terminal_on=ends[0][0] if ends else None,
        outcome=ends[0][1].outcome if ends else None,
    )


def _totals(scenario: Scenario, courses: Sequence[Course], prices: Prices) -> ScenarioTotals:
    contacts = [contact for course in courses for contact in course.contacts]
    outcomes = Counter(course.outcome for course in courses if course.outcome is not None)
    return ScenarioTotals(
        scenario=scenario.id,
        scenario_version=scenario.version,
        contacts=len(contacts),
        by_rank=_by_rank(contact.rank for contact in contacts),
        by_channel=tuple(sorted(Counter(contact.channel for contact in contacts).items())),
        days_to_first_contact=Spread.of(course.days_to_first_contact for course in courses),
        days_to_mise_en_demeure=Spread.of(course.days_to_mise_en_demeure for course in courses),
        cost=prices.money(sum(course.cost.minor for course in courses)),
        outcomes=tuple(sorted(outcomes.items())),
    )


def _by_rank(ranks: Iterable[Rank]) -> tuple[tuple[Rank, int], ...]:
    return tuple(sorted(Counter(ranks).items(), key=lambda pair: pair[0].level))
