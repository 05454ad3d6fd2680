"""What the threads of a case give on a date: steps, and why the other items wait."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decision import Action, ActionKind, Hold, HoldKind
from recouvrement.domain.light import quick
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.engine import actions as acts
from recouvrement.engine.answers import Answers, answered
from recouvrement.engine.courtesy import thanks_due
from recouvrement.engine.deferral import deferral
from recouvrement.engine.gate import gate_reasons
from recouvrement.engine.progress import Candidate, Standing, repetition, standings_of, time_given
from recouvrement.engine.survey import Inquiry, Survey
from recouvrement.engine.thread import (
    Choice,
    Deferral,
    asked_minor,
    chosen,
    contacts_of,
    is_too_little,
    leader_of,
    threads,
)
from recouvrement.law.jurisdiction import EngineRule
from recouvrement.scenario.model import TERMINAL_STAGE, Grouping
from recouvrement.scenario.verdict import Verdict, all_of


class Spoken(NamedTuple):
    """What the threads give today."""

    actions: tuple[Action, ...]
    holds: tuple[Hold, ...]
    wakeups: tuple[date, ...]
    """When more may leave; none where something leaves today, for the case is then looked at again tomorrow."""


def conversation(ask: Inquiry, found: Survey, numbering: acts.Numbering) -> Spoken:
    """Return the contacts, proposals, internal steps and terminal notes of the day, and why the other items wait."""
    answers = answered(found.candidates, ask.history, ask.reaches, ask.scenario)
    free: Sequence[Candidate] = found.candidates
    if answers.holds:
        answering = answers.held
        free = [item for item in free if item.id not in answering]
    sorted_out = _finished(ask, free)
    standings = standings_of(sorted_out.moving, ask.scenario, ask.reaches.reachable)
    actions = acts.terminal(ask, sorted_out.due, numbering) if sorted_out.due else []
    left = _left_today(ask)
    holds = [*answers.holds, *sorted_out.holds]
    wakeups = [*answers.wakeups, *sorted_out.wakeups]
    for turn in _turns(ask, standings, answers):
        choice, waits = turn.choice, turn.waits
        told: frozenset[str] = frozenset()
        if choice is not None and waits is None:
            speaks = not choice.is_proposal and not choice.stage.is_internal
            if speaks and left == 0:
                waits = Deferral(HoldKind.DAILY_CAP, ask.on + timedelta(days=1))
            else:
                action = acts.stage_action(ask, choice, numbering)
                actions.append(action)
                told = frozenset(action.listed)
                left = left - 1 if speaks and left is not None else left
        triggered = choice.triggered if choice is not None and waits is not None else ()
        silent = [item for item in turn.standings if item.candidate.id not in told] if told else turn.standings
        if silent:
            # Summed once for the thread: asked anew for each item it took as many steps as there are pairs of items.
            asked = asked_minor([item.candidate for item in turn.standings]) if choice is None else 0
            names = frozenset([candidate.id for candidate in triggered])
            held = _Turn(turn.standings, turn.leader, choice, waits, names, asked)
            holds += [_hold(ask, item, held) for item in silent]
            wakeups += _ready_days(ask, turn)
        wakeups += [waits.until] if waits is not None else []
    thanks = None
    if ask.scenario.thank_you is not None and not any(action.kind in _SPOKEN for action in actions):
        thanks = thanks_due(ask, found)
    if thanks is not None and thanks.leaves_on == ask.on:
        actions.append(acts.thanks(ask, thanks.positions, thanks.way, numbering))
    elif thanks is not None:
        wakeups.append(thanks.leaves_on)
    if actions:
        return quick(Spoken, (tuple(actions), tuple(holds), ()))
    wakeups += [day for item in standings for day in (item.until, item.closes_on) if day is not None]
    return Spoken((), tuple(holds), tuple(wakeups))


_SPOKEN = frozenset({ActionKind.CONTACT, ActionKind.APPROVAL})


def _ready_days(ask: Inquiry, turn: "_Turn") -> list[date]:
    """Return the days on which an item leaves the interval it shares a thread for; one thread has one interval."""
    if ask.scenario.grouping is not Grouping.PER_STAGE:
        return []
    interval = timedelta(days=ask.scenario.interval_days)
    last = (ask.history.contacted.get(item.candidate.id) for item in turn.standings)
    return [day + interval for day in last if day is not None]


class _Turn(NamedTuple):
    """One thread: its items, its leader, the step that wins and why it may wait."""

    standings: tuple[Standing, ...]
    leader: Standing | None
    choice: Choice | None
    waits: Deferral | None
    triggered: frozenset[str] = frozenset()
    """Items that set off a step that waits."""
    asked: int = 0
    """What all its items come to where no step wins, in minor units."""


_PER_DEBTOR = Grouping.PER_DEBTOR  # looking a member of an enumeration up costs as much as a call


def _turns(ask: Inquiry, standings: tuple[Standing, ...], answers: Answers) -> tuple[_Turn, ...]:
    """Return the threads of the case, those a human has approved a step of first."""
    reachable = ask.reaches.reachable
    if ask.scenario.grouping is _PER_DEBTOR:
        leader = leader_of(standings, reachable, ask.scenario)
        choice = answers.approved[0] if answers.approved else _chosen(ask, standings, leader)
        return (_turn(ask, standings, leader, choice),)
    turns = [_turn(ask, (), None, choice) for choice in answers.approved]
    for thread in threads(standings, ask.history, ask.scenario):
        leader = leader_of(thread, reachable, ask.scenario)
        turns.append(_turn(ask, thread, leader, chosen(thread, leader, ask.reaches, ask.scenario)))
    return tuple(turns)


def _chosen(ask: Inquiry, standings: Sequence[Standing], leader: Standing | None) -> Choice | None:
    """Return the step that wins. A leader whose own step asks for too little leads nobody."""
    choice = chosen(standings, leader, ask.reaches, ask.scenario)
    if choice is None and leader is not None and leader.due is not None:
        return chosen(standings, None, ask.reaches, ask.scenario)
    return choice


def _turn(ask: Inquiry, thread: tuple[Standing, ...], leader: Standing | None, choice: Choice | None) -> _Turn:
    if choice is None:
        return _Turn(thread, leader, None, None)
    waits = deferral(ask, choice, contacts_of(thread, choice, ask.history, ask.scenario))
    return _Turn(thread, leader, choice, waits)


def _left_today(ask: Inquiry) -> int | None:
    """Return how many more messages the case may get today; ``None``: as many as there are threads."""
    most = ask.scenario.max_messages_per_run
    return None if most is None else max(0, most - ask.history.contacts_today)


class _Finished(NamedTuple):
    """Items sorted by whether the scenario still has something for them."""

    due: list[Candidate]
    """Past their last stage, and the end is due now."""
    moving: list[Candidate]
    holds: list[Hold]
    """Why the others wait: the end is not due yet, or a human has the file."""
    wakeups: list[date]
    """When the end may come for items whose last stage still repeats."""


def _finished(ask: Inquiry, free: Sequence[Candidate]) -> _Finished:
    """Sort out the items that have passed their last stage, optional ones that cannot be carried out left aside."""
    sorted_out = _Finished([], [], [], [])
    stages, moving = ask.scenario.stages, sorted_out.moving
    last = len(stages) - 1
    while last > 0 and stages[last].optional and not ask.reaches.reachable[stages[last].id]:
        last -= 1
    for candidate in free:
        progress = candidate.progress
        if progress < last:
            moving.append(candidate)
        elif _has_ended(ask, candidate):
            reason = Reason.of("scenario_done", Authority.POLICY, {"outcome": ask.scenario.terminal.outcome})
            sorted_out.holds.append(Hold(kind=HoldKind.AWAITING_HUMAN, item_id=candidate.id, reasons=(reason,)))
        else:
            ends = ask.scenario.terminal.when.verdict(candidate.facts)
            if candidate.stop.deferred_minor:
                until = candidate.stop.ends_on
                later = Verdict(holds=False, until=until, code="part_not_due_yet")
                ends = all_of([ends, later])
            waits = time_given(candidate, ask.scenario) or _done_today(ask, candidate, progress)
            verdict = ends if waits is None else all_of([waits, ends])
            if verdict.holds:
                sorted_out.due.append(candidate)
            elif repetition(candidate, ask.scenario, progress) is not None:
                moving.append(candidate)
                sorted_out.wakeups.extend([verdict.until] if verdict.until is not None else [])
            else:
                sorted_out.holds.append(_waiting(candidate.id, verdict, TERMINAL_STAGE))
    return sorted_out


def _has_ended(ask: Inquiry, candidate: Candidate) -> bool:
    """Whether the end of the scenario was told since the item's last stage; that of an earlier scenario is another."""
    ended_on = ask.history.stages_done.get(candidate.id, {}).get(TERMINAL_STAGE)
    last_on = candidate.facts.previous_stage_on
    return ended_on is not None and (last_on is None or ended_on >= last_on)


def _done_today(ask: Inquiry, candidate: Candidate, progress: int) -> Verdict | None:
    """Return that the end waits for tomorrow when the last stage was carried out today; ``None`` when it need not.

    A date whose steps are recorded is silent, unless the scenario keeps nothing apart and a human stood between them.
    """
    if ask.scenario.interval_days == 0 and ask.scenario.stages[progress].requires_approval:
        return None
    if candidate.facts.previous_stage_on != ask.on:
        return None
    inputs = (("previous_stage_on", ask.on),)
    return Verdict(holds=False, until=ask.on + timedelta(days=1), code="one_step_a_day", inputs=inputs)


def _hold(ask: Inquiry, item: Standing, turn: _Turn) -> Hold:
    """Return why an item gets nothing today."""
    item_id, stages = item.candidate.id, ask.scenario.stages
    choice, waits, leader = turn.choice, turn.waits, turn.leader
    if item.due is None:
        if item.gated:
            gate = ask.law.rule_source(EngineRule.CLAIM_GATE)
            reasons = gate_reasons(item_id, item.candidate.lacks, gate)
            return Hold(kind=HoldKind.CLAIM_GATE, item_id=item_id, until=item.until, reasons=reasons)
        return _waiting(item_id, item.verdict, stages[item.following].id if item.following is not None else None)
    stage = stages[item.due]
    if not ask.reaches.reachable[stage.id]:
        facts = {"stage": stage.id, "channels": stage.channels, "refused": sorted(ask.history.refused_channels) or None}
        reason = Reason.of("no_channel", Authority.FACT, facts)
        return Hold(kind=HoldKind.NO_CHANNEL, item_id=item_id, next_stage=stage.id, reasons=(reason,))
    if waits is not None and item_id in turn.triggered:
        return _deferred(ask, item_id, stage.id, waits)
    if choice is None and is_too_little(stage, turn.asked, ask.case.currency):
        reason = Reason.of("message_below_minimum", Authority.POLICY, {"at_least": stage.min_message_amount})
        return Hold(kind=HoldKind.BELOW_MINIMUM, item_id=item_id, next_stage=stage.id, reasons=(reason,))
    leads = choice.leader.id if choice is not None else leader.candidate.id if leader is not None else None
    until = waits.until if waits is not None else leader.until if leader is not None else None
    code = "overdue_first" if leads is None else "led"
    reason = Reason.of(code, Authority.POLICY, {"leader": leads})
    return Hold(kind=HoldKind.LED, item_id=item_id, until=until, next_stage=stage.id, reasons=(reason,))


def _deferred(ask: Inquiry, item_id: str, stage: str, waits: Deferral) -> Hold:
    """Return that the step of an item waits for its day."""
    facts: dict[str, object] = {
        "last_contact_on": ask.history.last_contact_on,
        "interval": ask.scenario.min_interval_days,
    }
    code = waits.kind.value
    if waits.kind is HoldKind.DAILY_CAP:
        facts = {"most": ask.scenario.max_messages_per_run}
    elif waits.kind is HoldKind.NON_WORKING_DAY and ask.law.is_working_day(ask.on):
        code, facts = "sending_window", {"leaves_on": waits.until}
    reason = Reason.of(code, Authority.POLICY, facts)
    return Hold(kind=waits.kind, item_id=item_id, until=waits.until, next_stage=stage, reasons=(reason,))


def _waiting(item_id: str, verdict: Verdict, stage: str | None) -> Hold:
    return Hold(
        kind=HoldKind.WAITING, item_id=item_id, until=verdict.until, next_stage=stage, reasons=(verdict.reason,)
    )
