"""A letter on demand: the action a stage would give today, whether or not it is due."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Decision
from recouvrement.domain.reasons import Reason
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.engine.actions import Numbering, stage_action
from recouvrement.engine.decide import decide
from recouvrement.engine.gate import gate_reasons
from recouvrement.engine.reach import Reach
from recouvrement.engine.survey import inquiry, survey
from recouvrement.engine.thread import Choice
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import EngineRule, Jurisdiction
from recouvrement.scenario.model import Scenario


class Preview(NamedTuple):
    """An action nobody decided, and the decision of the day beside it."""

    action: Action
    decision: Decision
    missing: tuple[Reason, ...]
    """What the claim gate lacks, for a formal document: it would not leave as it is."""


def preview(case: Case, on: date, *, document: DocumentKind, scenario: Scenario, law: Jurisdiction) -> Preview:
    """Return the action that would carry this document today, listing every item it could be about.

    It is for reading, never for sending: neither the scenario's conditions nor the interval between contacts are
    looked at; what the claim gate lacks is returned beside it. What a stop, insolvency or prescription holds is not
    listed. Raises ``InvalidInput`` when the scenario has no such document, or when no item can be listed.
    """
    stage = next((stage for stage in scenario.stages if stage.document is document), None)
    if stage is None:
        kinds = ", ".join(sorted({stage.document.value for stage in scenario.stages}))
        raise InvalidInput(
            where=f"document {document.value}",
            found=f"scenario {scenario.id} has no stage with it",
            hint=f"Choose one of {kinds}.",
        )
    ask = inquiry(case, on, scenario, law)
    found = survey(ask)
    wants_overdue = not stage.is_preventive
    listed = tuple(
        sorted(
            (candidate for candidate in found.candidates if candidate.is_overdue is wants_overdue),
            key=lambda candidate: candidate.position.age,
        )
    )
    if not listed:
        held = ", ".join(sorted({f"{hold.item_id} {hold.kind.value}" for hold in found.holds})) or "nothing is held"
        raise InvalidInput(
            where=f"case {case.id} on {on.isoformat()}",
            found=f"no {'overdue' if wants_overdue else 'coming'} item can be listed ({held})",
            hint="Choose another date or document; `recouvrement decide` says why each item is held.",
        )
    way = ask.reaches[stage.id] or Reach(stage.channels[0], None)
    action = stage_action(ask, Choice(stage, way, listed[0], listed, listed, approved=None), Numbering(ask))
    gate = law.rule_source(EngineRule.CLAIM_GATE)
    lacking = [(candidate.id, candidate.lacks) for candidate in listed if stage.is_formal]
    missing = tuple(reason for item_id, lacks in lacking for reason in gate_reasons(item_id, lacks, gate))
    return Preview(action, decide(case, on, scenario=scenario, law=law), missing)
