"""The scenario a case starts in: the facts of the case put to the rules of a segmentation."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.engine.survey import inquiry, survey
from recouvrement.errors import ScenarioError
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.segments import Assignment, Segmentation


class Start(NamedTuple):
    """The scenario chosen for a case, and why."""

    scenario: Scenario
    assignment: Assignment


def start(
    case: Case, on: date, *, segmentation: Segmentation, scenarios: Sequence[Scenario], law: Jurisdiction
) -> Start:
    """Return the scenario the rules choose for a case on a date; of two versions the higher.

    The balances the rules see are those of the default scenario. Raises ``ScenarioError`` when the scenario that is
    chosen is not among ``scenarios``, or is not written for that kind of debtor.
    """
    default = _named(segmentation.default.scenario, scenarios)
    found = survey(inquiry(case, on, default, law))
    assignment = segmentation.assign(found.facts, on, law.next_working_day)
    chosen = _named(assignment.scenario, scenarios)
    if case.debtor.kind not in chosen.debtor_kinds:
        raise ScenarioError(
            where=f"case {case.id}, segment {assignment.segment!r}",
            found=f"it chooses {chosen.id}, which is not written for a debtor of kind {case.debtor.kind.value!r}",
            hint="Put a rule on debtor_kind before it, or name a scenario written for that kind.",
        )
    return Start(chosen, assignment)


def _named(name: str, scenarios: Sequence[Scenario]) -> Scenario:
    versions = [scenario for scenario in scenarios if scenario.id == name]
    if not versions:
        raise ScenarioError(
            where=f"scenario {name!r}",
            found="a rule of the segmentation chooses it and it is not at hand",
            hint=f"Scenarios at hand: {', '.join(sorted({one.id for one in scenarios})) or 'none'}.",
        )
    return max(versions, key=lambda scenario: scenario.version)
