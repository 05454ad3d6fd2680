"""Where each item stands in the scenario, and which stage is due for it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.reasons import Reason
from recouvrement.engine.ledger import Position
from recouvrement.engine.stops import Stopped
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.model import Entry, Scenario, Stage
from recouvrement.scenario.verdict import Verdict, all_of

NO_STAGE = -1
"""Progress of an item for which nothing was done yet."""


class Candidate(NamedTuple):
    """An open item that nothing stops."""

    position: Position
    stop: Stopped
    facts: ItemFacts
    is_overdue: bool
    is_reminded: bool
    missing: tuple[Reason, ...]
    """What the claim gate lacks."""

    @property
    def id(self) -> str:
        """Identifier of the item."""
        return self.position.item.id

    @property
    def demanded_minor(self) -> int:
        """Balance less what is contested."""
        return self.position.balance_minor - self.stop.contested_minor


class Standing(NamedTuple):
    """What the scenario says of one item on a date."""

    candidate: Candidate
    progress: int
    """Index of the last stage done, or ``NO_STAGE``."""
    due: int | None
    """Index of the stage that is due now."""
    verdict: Verdict
    """Why it is due, or why nothing is."""
    following: int | None
    """Index of the first stage still to come that may become due."""
    until: date | None
    """First date on which the answer may change; ``None``: only a new fact changes it."""
    closes_on: date | None
    """First date on which a stage that is due now may no longer be."""
    gated: bool
    """Whether a stage is held back by the claim gate."""

    @property
    def can_move(self) -> bool:
        """Whether the item has a stage due, or will have one with no new fact."""
        return self.due is not None or self.until is not None


def standing(candidate: Candidate, scenario: Scenario, reachable: Mapping[str, bool]) -> Standing:
    """Return the stage due for an item, in scenario order: one step at a time, catch-up included.

    ``reachable`` tells, by stage, whether the debtor can be reached by one of its channels. Where the scenario asks
    about days only, items that share their days share the answer: working it out is a third of a decision.
    """
    if not scenario.asks_days_only:
        return Standing(candidate, *_answer(candidate, scenario, reachable))
    facts, stop = candidate.facts, candidate.stop
    asked = (
        *(scenario.hash, tuple(reachable.values()), facts.on, facts.due_on, facts.issued_on),
        *(tuple(facts.stages_done.items()), facts.notice_delivered_on, facts.payment_rejected_on),
        *(facts.scenario_started_on, candidate.is_overdue, candidate.is_reminded),
        *(bool(stop.contested_minor), stop.ends_on, bool(candidate.missing)),
    )
    answer = _KEPT.get(asked)
    if answer is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        answer = _KEPT[asked] = _answer(candidate, scenario, reachable)
    return Standing(candidate, *answer)


class _Answer(NamedTuple):
    """A standing without its item."""

    progress: int
    due: int | None
    verdict: Verdict
    following: int | None
    until: date | None
    closes_on: date | None
    gated: bool


_KEPT: dict[tuple[object, ...], _Answer] = {}
"""Answers by all that they depend on: a cache, whose content nobody can tell but by the time it takes."""
_MOST_KEPT = 16_384


def _answer(candidate: Candidate, scenario: Scenario, reachable: Mapping[str, bool]) -> _Answer:
    done = candidate.facts.stages_done
    progress = max((index for index, stage in enumerate(scenario.stages) if stage.id in done), default=NO_STAGE)
    open_stages = [
        (index, _stage_verdict(stage, candidate))
        for index, stage in enumerate(scenario.stages)
        if index > progress and (not stage.optional or reachable[stage.id])
    ]
    holding = [(index, verdict) for index, verdict in open_stages if verdict.holds]
    gated = bool(candidate.missing) and any(scenario.stages[index].is_formal for index, _ in holding)
    if gated:
        holding = [(index, verdict) for index, verdict in holding if not scenario.stages[index].is_formal]
    waits = [(index, verdict) for index, verdict in open_stages if not verdict.holds and verdict.until is not None]
    until = min((verdict.until for _, verdict in waits if verdict.until is not None), default=None)
    following = min((index for index, verdict in waits if verdict.until == until), default=None)
    closes_on = min((verdict.until for _, verdict in holding if verdict.until is not None), default=None)
    if not holding:
        shown = [verdict for index, verdict in open_stages if following is None or index == following][:1]
        reason = Verdict(holds=False, until=until, code="no_stage_due", parts=tuple(shown))
        return _Answer(progress, None, reason, following, until, closes_on, gated)
    index, verdict = holding[0]
    if scenario.entry is Entry.BY_AGE and progress == NO_STAGE:
        amicable = [pair for pair in holding if not scenario.stages[pair[0]].is_formal]
        index, verdict = (amicable or holding)[-1]
    return _Answer(progress, index, verdict, following, until, closes_on, gated)


def _stage_verdict(stage: Stage, candidate: Candidate) -> Verdict:
    """Return the verdict of a stage for an item, the rules of every scenario included.

    Overdue begins the day after the due date; a formal notice is not the first contact unless the stage says so.
    """
    verdicts = [stage.when.verdict(candidate.facts)]
    if not stage.is_preventive and not candidate.is_overdue:
        from_ = candidate.facts.due_on + timedelta(days=1)
        verdicts.append(
            Verdict(holds=False, until=from_, code="not_overdue", inputs=(("due_on", candidate.facts.due_on),))
        )
    if stage.is_preventive and candidate.is_overdue:
        verdicts.append(Verdict(holds=False, until=None, code="already_overdue"))
    if stage.is_preventive and candidate.stop.contested_minor:
        verdicts.append(Verdict(holds=False, until=candidate.stop.ends_on, code="contested_before_due_date"))
    if stage.is_formal and not stage.may_be_first_contact and not candidate.is_reminded:
        verdicts.append(Verdict(holds=False, until=None, code="formal_needs_an_earlier_contact"))
    return verdicts[0] if len(verdicts) == 1 else all_of(verdicts)
