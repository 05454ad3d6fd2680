"""How a case that follows no scenario yet gets one."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.engine.assignment import Start, start
from recouvrement.errors import ScenarioError
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.segments import Segmentation


class Starting(NamedTuple):
    """Rules that choose, and the scenarios they choose among."""

    segmentation: Segmentation
    scenarios: tuple[Scenario, ...]

    def of(self, case: Case, on: date, law: Jurisdiction) -> Start:
        """Return the scenario chosen for a case, with its segment. Raises ``ScenarioError`` when it is not at hand."""
        return start(case, on, segmentation=self.segmentation, scenarios=self.scenarios, law=law)

    def check(self) -> None:
        """Raise ``ScenarioError`` naming every scenario that a rule may choose and nobody has."""
        at_hand = {scenario.id for scenario in self.scenarios}
        missing = [name for name in self.segmentation.scenarios if name not in at_hand]
        if missing:
            raise ScenarioError(
                where="segments",
                found=f"they choose {', '.join(missing)}, which is not at hand",
                hint=f"Scenarios at hand: {', '.join(sorted(at_hand))}.",
            )
