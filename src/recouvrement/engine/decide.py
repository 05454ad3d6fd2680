"""``decide``: facts, a scenario, a law and a date in; a dated decision with its reasons out."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Decision, Doubt, Hold, HoldKind, Stamps
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.engine import actions as acts
from recouvrement.engine.alerts import Watch, declaration_watch, prescription_watch, step_watch
from recouvrement.engine.claim import claimed
from recouvrement.engine.history import history_on
from recouvrement.engine.ledger import Position, ledger_on
from recouvrement.engine.limitation import insolvency_deadlines, live_steps, step_doubts
from recouvrement.engine.progress import Candidate, Standing, standing
from recouvrement.engine.stops import is_earlier_debt, stopped_all
from recouvrement.engine.survey import Inquiry, Survey, case_doubts, inquiry, survey
from recouvrement.engine.thread import Choice, Deferral, answered, chosen, deferral, leader_of
from recouvrement.engine.token import token
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.verdict import Verdict
from recouvrement.version import VERSION


def decide(case: Case, on: date, *, scenario: Scenario, law: Jurisdiction) -> Decision:
    """Return what to do about a case on a date, what is owed, what is doubtful, and when to look again.

    Total: never raises for a valid case and a day from 1900 to 2199 (``InvalidInput`` outside); what is missing comes
    back as doubts and holds. Deterministic, and blind to the order of the facts and to facts dated after ``on``.
    Guarantees: recording the actions makes the same date silent; nothing is due before ``next_wakeup`` without a new
    fact; at most one contact per case and interval.
    """
    if not FIRST_DAY <= on <= LAST_DAY:
        raise InvalidInput(
            where="date of the decision", found=on.isoformat(), hint=f"Give a day from {FIRST_DAY} to {LAST_DAY}."
        )
    ask = inquiry(case, on, scenario, law)
    found = survey(ask)
    overdue = tuple((position, stop) for position, stop in found.stops if _is_overdue(position, on))
    claim, claim_doubts = claimed(case, overdue, ask.history, on, law)
    watch = prescription_watch(ask.ledger.positions, found.deadlines, ask.history.stages_done, scenario, on)
    insolvency = ask.history.insolvency
    declaration = law.declaration_de_creance(insolvency) if insolvency is not None else None
    insolvency_watch = Watch((), ())
    if insolvency is not None and law.has_declaration(insolvency):
        earlier = [position for position in ask.ledger.positions if is_earlier_debt(position, insolvency)]
        insolvency_watch = declaration_watch(earlier, declaration, ask.history.stages_done, on)
    steps = live_steps(ask.ledger.positions, ask.history, law)
    procedure_watch = step_watch(steps, ask.history.stages_done, on)
    alerts = (*watch.alerts, *insolvency_watch.alerts, *procedure_watch.alerts)
    thread = _thread(ask, found)
    stops = {position.item.id: stop for position, stop in found.stops}
    actions = (*(acts.alert(ask, due, stops) for due in alerts), *thread.actions)
    listed = {item_id for action in thread.actions for item_id in action.listed}
    holds = [hold for hold in (*found.holds, *thread.holds) if hold.item_id not in listed]
    deadlines = [*found.deadlines.values(), *([declaration] if declaration is not None else [])]
    deadlines += [deadline for live in steps for deadline in live.dated()]
    if insolvency is not None:
        deadlines += insolvency_deadlines(insolvency, law)
    return Decision(
        case_id=case.id,
        on=on,
        actions=actions,
        claim=claim,
        deadlines=tuple(sorted(deadlines, key=lambda deadline: (deadline.last_day, deadline.item_id or ""))),
        doubts=_distinct((*case_doubts(ask), *ask.ledger.doubts, *found.doubts, *claim_doubts, *step_doubts(steps))),
        holds=tuple(sorted(holds, key=lambda hold: (hold.item_id or "", hold.kind.value)))
        if ask.ledger.positions
        else (_settled(ask),),
        next_wakeup=_next_wakeup(
            ask,
            actions,
            holds,
            found,
            (*thread.wakeups, *watch.wakeups, *insolvency_watch.wakeups, *procedure_watch.wakeups),
        ),
        stamps=Stamps(
            case_version=case.version,
            scenario=scenario.id,
            scenario_hash=scenario.hash,
            law_edition=law.edition,
            package_version=VERSION,
        ),
    )


def _settled(ask: Inquiry) -> Hold:
    """Return that no principal is owed; accessories of invoices paid late are named, and not pursued."""
    facts = {"paid_late": ask.ledger.paid_late} if ask.ledger.paid_late else {}
    return Hold(kind=HoldKind.SETTLED, reasons=(Reason.of("principal_settled", Authority.POLICY, facts),))


def _is_overdue(position: Position, on: date) -> bool:
    return position.due_on is not None and on > position.due_on


def current_token(case: Case, on: date, item_ids: Sequence[str], *, law: Jurisdiction) -> str | None:
    """Return the token a message on these items would carry on that date, or ``None`` when one is no longer open.

    A message planned earlier leaves only while its own token is still this one.
    """
    history = history_on(case, on)
    ledger = ledger_on(case, on, law=law, history=history)
    by_id = {position.item.id: (position, stop) for position, stop in stopped_all(ledger.positions, history, on, law)}
    if not all(item_id in by_id for item_id in item_ids):
        return None
    return token(by_id[item_id] for item_id in item_ids)


class _Thread(NamedTuple):
    """What the thread of the debtor gives today."""

    actions: tuple[Action, ...]
    holds: tuple[Hold, ...]
    wakeups: tuple[date, ...]


def _thread(ask: Inquiry, found: Survey) -> _Thread:
    """Return the contact, proposal or terminal note of the day, and why the other items wait."""
    answers = answered(found.candidates, ask.history, ask.reaches, ask.scenario)
    holds = list(answers.holds)
    sorted_out = _finished(ask, [item for item in found.candidates if item.id not in answers.held])
    reachable = {stage: way is not None for stage, way in ask.reaches.items()}
    standings = [standing(candidate, ask.scenario, reachable) for candidate in sorted_out.moving]
    leader = leader_of(standings, reachable, ask.scenario)
    choice = answers.approved or chosen(standings, leader, ask.reaches, ask.scenario)
    waits = deferral(choice, ask.history, ask.on, ask.scenario, ask.law) if choice is not None else None
    actions = [acts.terminal(ask, sorted_out.due)] if sorted_out.due else []
    told: frozenset[str] = frozenset()
    if choice is not None and waits is None:
        actions.append(acts.contact(ask, choice))
        told = frozenset(candidate.id for candidate in choice.listed)
    holds += sorted_out.holds
    triggered = frozenset(candidate.id for candidate in choice.triggered) if choice is not None else frozenset()
    holds += [
        _hold(ask, item, _Turn(choice, waits, leader, triggered)) for item in standings if item.candidate.id not in told
    ]
    wakeups = [day for item in standings for day in (item.until, item.closes_on) if day is not None]
    wakeups += [waits.until] if waits is not None else []
    wakeups += answers.wakeups
    return _Thread(tuple(actions), tuple(holds), tuple(wakeups))


class _Turn(NamedTuple):
    """Whose turn it is today."""

    choice: Choice | None
    waits: Deferral | None
    leader: Standing | None
    triggered: frozenset[str]
    """Items of the choice."""


class _Finished(NamedTuple):
    """Items sorted by whether the scenario still has something for them."""

    due: list[Candidate]
    """Past their last stage, and the end is due now."""
    moving: list[Candidate]
    holds: list[Hold]
    """Why the others wait: the end is not due yet, or a human has the file."""


def _finished(ask: Inquiry, free: Sequence[Candidate]) -> _Finished:
    """Sort out the items that have passed their last stage, optional ones that cannot be carried out left aside."""
    sorted_out = _Finished([], [], [])
    stages = ask.scenario.stages
    last = len(stages) - 1
    while last > 0 and stages[last].optional and ask.reaches[stages[last].id] is None:
        last -= 1
    for candidate in free:
        if not any(stage.id in candidate.facts.stages_done for stage in stages[last:]):
            sorted_out.moving.append(candidate)
        elif acts.TERMINAL_STAGE in ask.history.stages_done.get(candidate.id, {}):
            reason = Reason.of("scenario_done", Authority.POLICY, {"outcome": ask.scenario.terminal.outcome})
            sorted_out.holds.append(Hold(kind=HoldKind.AWAITING_HUMAN, item_id=candidate.id, reasons=(reason,)))
        else:
            verdict = ask.scenario.terminal.when.verdict(candidate.facts)
            if verdict.holds:
                sorted_out.due.append(candidate)
            else:
                sorted_out.holds.append(_waiting(candidate.id, verdict, acts.TERMINAL_STAGE))
    return sorted_out


def _hold(ask: Inquiry, item: Standing, turn: _Turn) -> Hold:
    """Return why an item gets nothing today."""
    choice, waits, leader, triggered = turn
    item_id, stages = item.candidate.id, ask.scenario.stages
    if item.due is None:
        if item.gated:
            return Hold(kind=HoldKind.CLAIM_GATE, item_id=item_id, until=item.until, reasons=item.candidate.missing)
        return _waiting(item_id, item.verdict, stages[item.following].id if item.following is not None else None)
    stage = stages[item.due]
    if ask.reaches[stage.id] is None:
        reason = Reason.of("no_channel", Authority.FACT, {"stage": stage.id, "channels": stage.channels})
        return Hold(kind=HoldKind.NO_CHANNEL, item_id=item_id, next_stage=stage.id, reasons=(reason,))
    if waits is not None and item_id in triggered:
        facts = {"last_contact_on": ask.history.last_contact_on, "interval": ask.scenario.min_interval_days}
        reason = Reason.of(waits.kind.value, Authority.POLICY, facts)
        return Hold(kind=waits.kind, item_id=item_id, until=waits.until, next_stage=stage.id, reasons=(reason,))
    leads = choice.leader.id if choice is not None else leader.candidate.id if leader is not None else None
    until = waits.until if waits is not None else leader.until if leader is not None else None
    reason = Reason.of("led", Authority.POLICY, {"leader": leads})
    return Hold(kind=HoldKind.LED, item_id=item_id, until=until, next_stage=stage.id, reasons=(reason,))


def _waiting(item_id: str, verdict: Verdict, stage: str | None) -> Hold:
    return Hold(
        kind=HoldKind.WAITING, item_id=item_id, until=verdict.until, next_stage=stage, reasons=(verdict.reason,)
    )


def _next_wakeup(
    ask: Inquiry, actions: Sequence[Action], holds: Sequence[Hold], found: Survey, wakeups: Sequence[date]
) -> date | None:
    """Return the first later date on which an action may become due."""
    if actions:
        return ask.on + timedelta(days=1)
    dates = [*wakeups, *(hold.until for hold in holds if hold.until is not None)]
    dates += [stop.ends_on for _, stop in found.stops if stop.ends_on is not None]
    if ask.history.next_fact_on is not None:
        dates.append(ask.history.next_fact_on)
    return min((day for day in dates if day > ask.on), default=None)


def _distinct(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    found = {(doubt.code, doubt.item_id, doubt.reason.inputs): doubt for doubt in doubts}
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[0], key[1] or "", key[2])))
