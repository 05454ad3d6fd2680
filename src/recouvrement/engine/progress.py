"""Where each item stands in the scenario, and which stage is due for it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.light import quick
from recouvrement.engine.ledger import Position
from recouvrement.engine.steps import TimeGiven
from recouvrement.engine.stops import Stopped
from recouvrement.scenario.case_conditions import minor_units
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.model import Entry, Scenario, Stage
from recouvrement.scenario.verdict import Verdict, all_of

NO_STAGE = -1
"""Progress of an item for which nothing was done yet."""

_ONE_DAY = timedelta(days=1)


class Candidate(NamedTuple):
    """An open item that nothing stops."""

    id: str
    """Identifier of the item."""
    position: Position
    stop: Stopped
    facts: ItemFacts
    due_on: date
    is_overdue: bool
    is_reminded: bool
    time_given: TimeGiven | None
    """The latest day a message that listed it gives to pay."""
    counts: Mapping[str, int]
    """How often each stage was carried out for it."""
    progress: int
    """Index of the last stage of the scenario carried out for it, or ``NO_STAGE``."""
    demanded_minor: int
    """Balance less what may not be demanded now."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """Names of what the claim lacks for a formal step."""
        return self.facts.lacks


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


def progress_of(done: Iterable[str], scenario: Scenario) -> int:
    """Return the index of the last of these stages of the scenario, or ``NO_STAGE``."""
    return max([scenario.places[stage] for stage in done], default=NO_STAGE)


def standing(candidate: Candidate, scenario: Scenario, reachable: Mapping[str, bool]) -> Standing:
    """Return the stage due for an item, as ``standings_of`` does for several."""
    return standings_of((candidate,), scenario, reachable)[0]


def standings_of(
    candidates: Iterable[Candidate], scenario: Scenario, reachable: Mapping[str, bool]
) -> tuple[Standing, ...]:
    """Return the stage due for each item, in scenario order: one step at a time, catch-up included.

    A stage that repeats is due again while nothing further is. ``reachable`` tells, by stage, whether the debtor can be
    reached by one of its channels. Where the scenario asks about days only, items that share their days share the
    answer: working it out is a third of a decision.
    """
    if not scenario.asks_days_only:
        return tuple([Standing(one, *_answer(one, scenario, reachable)) for one in candidates])
    found, name, able = [], scenario.hash, tuple(reachable.values())
    for candidate in candidates:
        asked = _asked(candidate, name, able)
        answer = _KEPT.get(asked)
        if answer is None:
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.clear()
            answer = _KEPT[asked] = _answer(candidate, scenario, reachable)
        found.append(quick(Standing, (candidate, *answer)))
    return tuple(found)


def _asked(candidate: Candidate, scenario: str, able: tuple[bool, ...]) -> tuple[object, ...]:
    """Return all that the answer for an item depends on."""
    facts, stop = candidate.facts, candidate.stop
    return (  # one flat tuple: put together from several it cost half as much again
        scenario,
        able,
        facts.on,
        candidate.due_on,
        facts.issued_on,
        tuple(facts.stages_done.items()) if facts.stages_done else (),
        facts.notice_delivered_on,
        facts.payment_rejected_on,
        facts.scenario_started_on,
        candidate.is_overdue,
        candidate.is_reminded,
        candidate.time_given,
        tuple(candidate.counts.items()) if candidate.counts else (),
        bool(stop.contested_minor),
        stop.ends_on,
        facts.lacks,
        facts.ready_on,
    )


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
"""Answers by all that they depend on; whatever a stage's verdict comes to look at must join ``_asked``."""
_MOST_KEPT = 16_384


def _answer(candidate: Candidate, scenario: Scenario, reachable: Mapping[str, bool]) -> _Answer:
    progress, stages = candidate.progress, scenario.stages
    open_stages = [
        (index, _stage_verdict(stages[index], candidate, scenario))
        for index in range(progress + 1, len(stages))
        if not stages[index].optional or reachable[stages[index].id]
    ]
    again = repetition(candidate, scenario, progress)
    if again is not None:
        open_stages.append((progress, again))
    holding = [(index, verdict) for index, verdict in open_stages if verdict.holds]
    gated = bool(candidate.lacks) and any(stages[index].is_formal for index, _ in holding)
    if gated:
        holding = [(index, verdict) for index, verdict in holding if not stages[index].is_formal]
    waits = [(index, verdict) for index, verdict in open_stages if not verdict.holds and verdict.until is not None]
    days = [verdict.until for _, verdict in waits if verdict.until is not None]
    until = min([*days, *_released_on(candidate, gated=gated)], default=None)
    following = min((index for index, verdict in waits if verdict.until == until), default=None)
    closes_on = min((verdict.until for _, verdict in holding if verdict.until is not None), default=None)
    if not holding:
        shown = [verdict for index, verdict in open_stages if following is None or index == following][:1]
        reason = Verdict(holds=False, until=until, code="no_stage_due", parts=tuple(shown))
        return _Answer(progress, None, reason, following, until, closes_on, gated)
    index, verdict = holding[0]
    if scenario.entry is Entry.BY_AGE and progress == NO_STAGE:
        amicable = [pair for pair in holding if not stages[pair[0]].is_formal]
        index, verdict = (amicable or holding)[-1]
    return _Answer(progress, index, verdict, following, until, closes_on, gated)


def _released_on(candidate: Candidate, *, gated: bool) -> tuple[date, ...]:
    """Return the day on which time alone lets a claim through the gate: once it is due.

    Only where the due date itself counts as late is a claim held there that is not due yet.
    """
    ready_on = candidate.facts.ready_on
    return (ready_on,) if gated and ready_on is not None and "due_date_passed" in candidate.lacks else ()


def repetition(candidate: Candidate, scenario: Scenario, progress: int) -> Verdict | None:
    """Return whether the last stage done is due again; ``None`` when it does not repeat, or not any more."""
    if progress == NO_STAGE:
        return None
    stage = scenario.stages[progress]
    repeat, times = stage.repeat, candidate.counts.get(stage.id, 0)
    if repeat is None or times >= repeat.max_times:
        return None
    from_ = candidate.facts.stages_done[stage.id] + timedelta(days=repeat.every_days)
    holds = candidate.facts.on >= from_
    inputs = (("times", times), ("max_times", repeat.max_times), ("every_days", repeat.every_days), ("from", from_))
    again = Verdict(holds=holds, until=None if holds else from_, code="repeats", inputs=inputs)
    return all_of([again, _stage_verdict(stage, candidate, scenario)])


def time_given(candidate: Candidate, scenario: Scenario) -> Verdict | None:
    """Return that the time a message gave to pay still runs, its stage's grace included; ``None`` when it does not."""
    given = candidate.time_given
    if given is None:
        return None
    grace = next((stage.grace_days for stage in scenario.stages if stage.id == given.stage), 0)
    opens = given.pay_by + timedelta(days=grace + 1)
    if candidate.facts.on >= opens:
        return None
    inputs = (("pay_by", given.pay_by), ("stage", given.stage), ("grace_days", grace))
    return Verdict(holds=False, until=opens, code="time_given_to_pay", inputs=inputs)


def _stage_verdict(stage: Stage, candidate: Candidate, scenario: Scenario) -> Verdict:
    """Return the verdict of a stage for an item, the rules of every scenario included.

    Overdue begins the day after the due date; a formal notice is not the first contact unless the stage says so; the
    time a message gave to pay binds its sender.
    """
    verdicts = [stage.when.verdict(candidate.facts)]
    if not stage.is_preventive and not candidate.is_overdue:
        from_ = candidate.due_on if scenario.counts_due_day else candidate.due_on + _ONE_DAY
        verdicts.append(Verdict(holds=False, until=from_, code="not_overdue", inputs=(("due_on", candidate.due_on),)))
    if stage.is_preventive and candidate.is_overdue:
        verdicts.append(Verdict(holds=False, until=None, code="already_overdue"))
    if stage.is_preventive and candidate.stop.contested_minor:
        verdicts.append(Verdict(holds=False, until=candidate.stop.ends_on, code="contested_before_due_date"))
    if stage.is_formal and not stage.may_be_first_contact and not candidate.is_reminded:
        verdicts.append(Verdict(holds=False, until=None, code="formal_needs_an_earlier_contact"))
    if candidate.time_given is not None and (waits := time_given(candidate, scenario)) is not None:
        verdicts.append(waits)
    if stage.min_item_amount is not None:
        least = minor_units(stage.min_item_amount, candidate.facts.case.currency)
        if candidate.demanded_minor < least:
            inputs = (("at_least", stage.min_item_amount),)
            verdicts.append(Verdict(holds=False, until=None, code="item_below_minimum", inputs=inputs))
    return verdicts[0] if len(verdicts) == 1 else all_of(verdicts)
