"""The scenario of a case: the version it was started with, until somebody moves it to another."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.events import HistoryEvent, ScenarioStarted
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import ScenarioError
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.segments import Assignment

KeptScenario = Callable[[str, int], str | None]
"""Gives the JSON of a version of a scenario that a journal has kept, or ``None``."""


def nothing_kept(_scenario: str, _version: int) -> None:
    """Stand for a journal that has kept no scenario."""


def pin_of(bare: Case, events: Sequence[HistoryEvent], on: date) -> ScenarioStarted | None:
    """Return the event that says which scenario a case follows on a date, or ``None`` before the first.

    The latest counts, by day and identifier: the order of the case, which the engine reads them in too.
    """
    found: ScenarioStarted | None = None
    for event in (*bare.history, *events):
        if not isinstance(event, ScenarioStarted) or event.effective_on > on:
            continue
        if found is None or (event.effective_on, event.id) > (found.effective_on, found.id):
            found = event
    return found


class Chosen(NamedTuple):
    """The scenario a case follows, and what chose it when rules did, the case having none to keep."""

    scenario: Scenario
    assignment: Assignment | None = None


def pinned_scenario(
    bare: Case,
    events: Sequence[HistoryEvent],
    on: date,
    *,
    usual: Callable[[], Chosen],
    at_hand: Sequence[Scenario] = (),
    kept: KeptScenario = nothing_kept,
) -> Chosen:
    """Return the scenario a case follows on a date: the one it was started with, else the usual one of its debtor.

    Its definition is looked for in what is ``at_hand``, then in what the journal has ``kept``: one that was edited
    without a new version applies as it is now. When the pinned scenario is not written for the kind of debtor, which
    was corrected since, and the usual one is, the usual one is taken: a consumer is not left in a scenario for
    businesses. ``usual`` may survey the case: it is asked for only where its answer counts. Raises ``ScenarioError``
    when nobody has the pinned version.
    """
    pin = pin_of(bare, events, on)
    if pin is None:
        return usual()
    found = next((one for one in at_hand if is_pinned(one, pin)), None) or _read(
        kept(pin.scenario, pin.scenario_version), bare, pin
    )
    kind = bare.debtor.kind
    if kind in found.debtor_kinds:
        return Chosen(found)
    other = usual()
    return other if kind in other.scenario.debtor_kinds else Chosen(found)


def is_pinned(scenario: Scenario, pin: ScenarioStarted | None) -> bool:
    """Whether a scenario is the version that a case was started with."""
    return pin is not None and (scenario.id, scenario.version) == (pin.scenario, pin.scenario_version)


def begins(actions: Iterable[Action]) -> bool:
    """Whether actions begin a scenario: what the staff alone is told of, a deadline or a hold, begins nothing."""
    return any(action.document not in _TOLD for action in actions)


_TOLD = frozenset({DocumentKind.DEADLINE_ALERT, DocumentKind.STAFF_ALERT})


def _read(text: str | None, bare: Case, pin: ScenarioStarted) -> Scenario:
    name = f"version {pin.scenario_version} of scenario {pin.scenario}"
    hint = f"Put the file of {name} back, or move the case to a version at hand with `recouvrement migrate`."
    found = f"it follows {name} since {pin.effective_on.isoformat()}, which is neither at hand nor in the journal"
    if text is not None:
        try:
            return Scenario.model_validate_json(text)
        except ValidationError:
            found = f"it follows {name}, kept in the journal in a form that this version cannot read"
    raise ScenarioError(where=f"case {bare.id}", found=found, hint=hint)
