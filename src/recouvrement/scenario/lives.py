"""The life of one invoice that nobody pays, in a scenario: which stage leaves on which day, and what ends it.

For the linter and for drawings. Conditions are asked for their own verdicts, on facts made up here. Only ``decide``
decides anything: a test holds these days against its own.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind, PaymentMethod
from recouvrement.scenario.calendar_conditions import DaysAfter
from recouvrement.scenario.case_conditions import DaysSinceLastContact
from recouvrement.scenario.conditions import walk
from recouvrement.scenario.facts import CaseFacts, ItemFacts, PromiseState
from recouvrement.scenario.model import Entry, Outcome, Scenario, Stage

DUE_ON: Final = date(2026, 9, 30)
"""A Wednesday."""

EVERY_CHANNEL: Final = frozenset(Channel) - {Channel.INTERNAL}
_SLACK_DAYS: Final = 70
"""Days added to all the delays of a scenario for weekdays and days of the month to come round."""


class World(NamedTuple):
    """A debtor and an invoice as they may be. Days are counted from the due date."""

    kind: DebtorKind = DebtorKind.BUSINESS
    due_on: date = DUE_ON
    issued_day: int = -30
    first_day: int = -60
    """First day on which the case is looked at."""
    started_day: int | None = -60
    """Day the scenario was started."""
    rejected_day: int | None = None
    """Day a payment bounced."""
    notice_days: int | None = 3
    """Days from a mise en demeure to the proof of its delivery."""
    tags: frozenset[str] = frozenset()
    segment: str | None = None
    language: str = "fr"
    channels: frozenset[Channel] = EVERY_CHANNEL
    balance_minor: int = 120_000
    overdue_items: int = 1
    payment_method: PaymentMethod | None = None
    promise: PromiseState | None = None
    lacks: tuple[str, ...] = ()
    custom_holds: bool = True
    """What conditions of third parties answer; the linter cannot see into them."""


class Days(NamedTuple):
    """Which days are worked, and on which a message may leave."""

    next_worked: Callable[[date], date]
    next_sending: Callable[[date], date]


class Wait(StrEnum):
    """Why a stage that is due does not leave on the same day."""

    INTERVAL = "interval"
    TIME_TO_PAY = "time_to_pay"
    """An earlier message gave days to pay, which have not passed."""
    SENDING = "sending"
    """Messages do not leave on that day."""


class Step(NamedTuple):
    """A stage that left."""

    place: int
    day: int
    """From the due date."""
    ready_day: int
    """First day on which it was due."""
    waited: frozenset[Wait]
    """For what it then waited."""


class Life(NamedTuple):
    """What happened to the invoice."""

    steps: tuple[Step, ...]
    held: frozenset[int]
    """Places of the stages that might have left on some day, were it not for other stages."""
    passed_by: Mapping[int, int]
    """By stage that was passed over: the place of the one that left instead."""
    put_off: Mapping[int, frozenset[Wait]]
    """By stage that was due on a day on which it could not leave: why."""
    ended_day: int | None
    outcome: Outcome | None
    branch: int | None
    """Place of the branch that gave the outcome."""
    looks: int
    """Days looked at: what the life cost."""


class _Past:
    """What was done so far for the invoice."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.done: dict[str, date] = {}
        self.times: dict[int, int] = {}
        self.last_contact_on: date | None = None
        self.last_internal_on: date | None = None
        self.notice_on: date | None = None
        self.bound_through: date | None = None
        """Last day on which nothing further may leave: days to pay are running."""
        self.progress = -1
        self.looks = 0
        self.ready: dict[int, date] = {}
        self.put_off: dict[int, frozenset[Wait]] = {}
        self.passed_by: dict[int, int] = {}


def live(scenario: Scenario, world: World, days: Days) -> Life:
    """Return the life of an unpaid invoice, from wake-up to wake-up; what is approved first is approved at once."""
    past, held = _Past(), set[int]()
    on = world.due_on + timedelta(days=world.first_day)
    last_on = max(on, world.due_on) + timedelta(days=_longest(scenario))
    while on <= last_on:
        past.looks += 1
        facts = _facts(world, past, on, days)
        wakeups = [*_wakeups(scenario, world, past), _overdue_from(scenario, world)]
        able = []
        for place, stage in enumerate(scenario.stages):
            verdict = stage.when.verdict(facts)
            wakeups += [verdict.until] if verdict.until is not None else []
            if verdict.holds and _may(scenario, stage, world, past, on):
                able.append(place)
        held.update(place for place in able if scenario.stages[place].id not in past.done)
        chosen = _chosen(scenario, able, past, on)
        if past.progress >= _last(scenario, world):
            verdict = scenario.terminal.when.verdict(facts)
            wakeups += [verdict.until] if verdict.until is not None else []
            is_bound = (past.bound_through is not None and on <= past.bound_through) or _acted_today(scenario, past, on)
            wakeups += [on + timedelta(days=1)] if is_bound else []
            if verdict.holds and not is_bound:
                return _life(past, held, _outcome(scenario, facts), (on - world.due_on).days)
        leaves = None if chosen is None else _leaves_on(scenario, chosen, past, on, days)
        if chosen is not None and leaves == on:
            _carry_out(scenario, chosen, past, on, days, world=world)
            continue  # where nothing is kept apart the end may be due on the same day
        wakeups += [leaves] if leaves is not None else []
        following = min((day for day in wakeups if day > on), default=None)
        if following is None:
            break
        on = following
    return _life(past, held, (None, None), None)


def _acted_today(scenario: Scenario, past: _Past, on: date) -> bool:
    """Whether the end waits for tomorrow: a stage left today, and no human stood between the two."""
    if scenario.interval_days == 0 and scenario.stages[past.progress].requires_approval:
        return False
    return max(past.done.values(), default=None) == on


def _longest(scenario: Scenario) -> int:
    """Return days after which nothing new can happen: every delay of the scenario, one after the other."""
    conditions = [*(stage.when for stage in scenario.stages), scenario.terminal.when]
    conditions += [branch.when for branch in scenario.terminal.branches]
    days = [part.days for one in conditions for part in walk(one) if isinstance(part, DaysAfter | DaysSinceLastContact)]
    for stage in scenario.stages:
        days += [scenario.interval_days, (stage.pay_within_days or 0) + stage.grace_days + scenario.postal_transit_days]
        days += [max(stage.repeat.every_days, scenario.interval_days) * stage.repeat.max_times] if stage.repeat else []
    return sum(days) + _SLACK_DAYS


def _life(past: _Past, held: set[int], end: tuple[Outcome | None, int | None], day: int | None) -> Life:
    return Life(tuple(past.steps), frozenset(held), past.passed_by, past.put_off, day, *end, past.looks)


def _facts(world: World, past: _Past, on: date, days: Days) -> ItemFacts:
    overdue_on = world.due_on + timedelta(days=1)
    case = CaseFacts(
        debtor_kind=world.kind,
        tags=world.tags,
        segment=world.segment,
        language=world.language,
        channels=world.channels,
        balance_minor=world.balance_minor,
        currency="EUR",
        overdue_items=world.overdue_items if on >= overdue_on else 0,
        next_overdue_on=overdue_on if on < overdue_on else None,
        last_contact_on=past.last_contact_on,
    )
    is_due = on >= overdue_on
    notice_on = _after(past.notice_on, world.notice_days)
    rejected_on = _after(world.due_on, world.rejected_day)
    return ItemFacts(
        on=on,
        case=case,
        due_on=world.due_on,
        issued_on=_after(world.due_on, world.issued_day),
        stages_done=dict(past.done),
        notice_delivered_on=notice_on if notice_on is not None and notice_on <= on else None,
        payment_rejected_on=rejected_on if rejected_on is not None and rejected_on <= on else None,
        scenario_started_on=_after(world.due_on, world.started_day),
        next_working_day=days.next_worked,
        payment_method=world.payment_method,
        promise=world.promise,
        lacks=world.lacks if is_due else ("due", *world.lacks),
        ready_on=None if is_due else overdue_on,
    )


def _after(day: date | None, days: int | None) -> date | None:
    return None if day is None or days is None else day + timedelta(days=days)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _overdue_on(scenario: Scenario, world: World) -> date:
    return world.due_on + timedelta(days=0 if scenario.counts_due_day else 1)


def _overdue_from(scenario: Scenario, world: World) -> date:
    """Return the first day on which anything but a preventive message may leave."""
    from_ = _overdue_on(scenario, world)
    if not scenario.waits_for_direct_debit or world.payment_method is not PaymentMethod.DIRECT_DEBIT:
        return from_
    rejected_on = _after(world.due_on, world.rejected_day)
    return date.max if rejected_on is None else max(from_, rejected_on)


def _wakeups(scenario: Scenario, world: World, past: _Past) -> list[date]:
    """Return the days on which a fact of this world comes, or a repetition."""
    facts = [_after(world.due_on, world.rejected_day), _after(past.notice_on, world.notice_days)]
    facts += [_after(past.bound_through, 1)]
    repeat = scenario.stages[past.progress].repeat if past.progress >= 0 else None
    if repeat is not None:
        facts.append(_after(past.done[scenario.stages[past.progress].id], repeat.every_days))
    return [day for day in facts if day is not None]


def is_reachable(stage: Stage, channels: frozenset[Channel]) -> bool:
    """Whether a debtor with these channels gets the stage's message."""
    return stage.is_internal or not channels.isdisjoint(stage.channels)


def _may(scenario: Scenario, stage: Stage, world: World, past: _Past, on: date) -> bool:
    """Whether the rules of every scenario let the stage leave, its condition aside."""
    if not is_reachable(stage, world.channels):
        return False
    if stage.is_preventive:
        return on < _overdue_on(scenario, world)
    if on < _overdue_from(scenario, world):
        return False
    minimum = max((amount for amount in (stage.min_item_amount, stage.min_message_amount) if amount), default=0)
    if world.balance_minor < minimum * 100:
        return False
    is_reminded = any(one.id in past.done and not one.is_preventive and not one.is_internal for one in scenario.stages)
    return not stage.is_formal or (
        on > world.due_on and not world.lacks and (stage.may_be_first_contact or is_reminded)
    )


def _chosen(scenario: Scenario, able: list[int], past: _Past, on: date) -> int | None:
    """Return the stage that is due: the first in order, by age the last amicable one, or one that comes back."""
    further = [place for place in able if place > past.progress]
    if further:
        amicable = [place for place in further if not scenario.stages[place].is_formal]
        by_age = scenario.entry is Entry.BY_AGE and past.progress < 0
        return (amicable or further)[-1] if by_age else further[0]
    stage = scenario.stages[past.progress] if past.progress in able else None
    if stage is None or stage.repeat is None or past.times[past.progress] >= stage.repeat.max_times:
        return None
    return past.progress if (on - past.done[stage.id]).days >= stage.repeat.every_days else None


def _leaves_on(scenario: Scenario, place: int, past: _Past, on: date, days: Days) -> date:
    """Return the day the stage may leave, and keep why it is put off."""
    past.ready.setdefault(place, on)
    waits: set[Wait] = set()
    ready_on = on
    if past.bound_through is not None and on <= past.bound_through:
        waits.add(Wait.TIME_TO_PAY)
        ready_on = past.bound_through + timedelta(days=1)
    stage = scenario.stages[place]
    if stage.is_internal and on in {past.last_contact_on, past.last_internal_on}:
        return max(ready_on, on + timedelta(days=1))
    if not stage.is_internal:
        # One step a day, unless the scenario keeps nothing apart and a human stands between two steps.
        apart = scenario.interval_days if stage.requires_approval else max(1, scenario.interval_days)
        free_on = _latest(_after(past.last_contact_on, apart), _after(past.last_internal_on, min(apart, 1)))
        if free_on is not None and free_on > ready_on:
            waits.add(Wait.INTERVAL)
            ready_on = free_on
        sent_on = days.next_sending(ready_on)
        if sent_on > ready_on:
            waits.add(Wait.SENDING)
            ready_on = sent_on
    if waits:
        past.put_off[place] = past.put_off.get(place, frozenset()) | waits
    return ready_on


def _carry_out(scenario: Scenario, place: int, past: _Past, on: date, days: Days, *, world: World) -> None:
    stage = scenario.stages[place]
    ready_on = past.ready.pop(place)
    waited = past.put_off.get(place, frozenset[Wait]()) if ready_on < on else frozenset[Wait]()
    past.steps.append(Step(place, (on - world.due_on).days, (ready_on - world.due_on).days, waited))
    for other in range(past.progress + 1, place):
        past.passed_by.setdefault(other, place)
    past.done[stage.id], past.progress = on, place
    past.times[place] = past.times.get(place, 0) + 1
    if stage.is_internal:
        past.last_internal_on = on
    else:
        past.last_contact_on = on
    if stage.document is DocumentKind.MISE_EN_DEMEURE:
        past.notice_on = on
    channel = next((one for one in stage.channels if one in world.channels), stage.channels[0])
    pay_by = scenario.pay_by(stage, channel, on)
    if pay_by is not None:
        past.bound_through = days.next_worked(pay_by) + timedelta(days=stage.grace_days)


def _last(scenario: Scenario, world: World) -> int:
    """Return the place of the last stage that can be carried out in this world."""
    last = len(scenario.stages) - 1
    while last > 0 and scenario.stages[last].optional and not is_reachable(scenario.stages[last], world.channels):
        last -= 1
    return last


def _outcome(scenario: Scenario, facts: ItemFacts) -> tuple[Outcome, int | None]:
    for place, branch in enumerate(scenario.terminal.branches):
        if branch.when.verdict(facts).holds:
            return branch.outcome, place
    return scenario.terminal.outcome, None
