"""How a case that follows no scenario yet gets one."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recouvrement.batch.pinning import Chosen, KeptScenario, pinned_scenario
from recouvrement.domain.case import Case
from recouvrement.domain.events import HistoryEvent
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

    def scenario_of(
        self, bare: Case, events: Sequence[HistoryEvent], on: date, law: Jurisdiction, kept: KeptScenario
    ) -> Chosen:
        """Return the scenario a case follows: the one it was started with, else the one the rules choose now.

        Raises ``ScenarioError`` as ``of`` does when the rules are asked, and when nobody has the pinned version.
        """

        def chosen_now() -> Chosen:
            start = self.of(bare.with_events(events) if events else bare, on, law)
            return Chosen(start.scenario, start.assignment)

        return pinned_scenario(bare, events, on, usual=chosen_now, at_hand=self.scenarios, kept=kept)

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
