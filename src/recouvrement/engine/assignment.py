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
    chosen is not among ``scenarios``.
    """
    default = _named(segmentation.default.scenario, scenarios)
    found = survey(inquiry(case, on, default, law))
    assignment = segmentation.assign(found.facts, on, law.next_working_day)
    return Start(_named(assignment.scenario, scenarios), assignment)


def _named(name: str, scenarios: Sequence[Scenario]) -> Scenario:
    versions = [scenario for scenario in scenarios if scenario.id == name]
    if not versions:
        raise ScenarioError(
            where=f"scenario {name!r}",
            found="a rule of the segmentation chooses it and it is not at hand",
            hint=f"Scenarios at hand: {', '.join(sorted({one.id for one in scenarios})) or 'none'}.",
        )
    return max(versions, key=lambda scenario: scenario.version)
