"""Deadlines turned into alerts for the creditor's staff, once per item and lead time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decision import Deadline, DeadlineKind
from recouvrement.domain.light import quick
from recouvrement.domain.parties import Insolvency
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.engine.ledger import Position
from recouvrement.engine.limitation import LiveStep
from recouvrement.law.courts import StepDeadline
from recouvrement.scenario.model import Scenario


class Alert(NamedTuple):
    """An alert due now."""

    stage: str
    """Such as ``deadline:prescription:180``; ``past`` in place of the days once the deadline has passed."""
    positions: tuple[Position, ...]
    reasons: tuple[Reason, ...]
    document: DocumentKind = DocumentKind.DEADLINE_ALERT


class Watch(NamedTuple):
    """Alerts due now and the dates on which more will be."""

    alerts: tuple[Alert, ...]
    wakeups: tuple[date, ...]


NOTHING_DUE = Watch((), ())


def is_told(position: Position, stage: str, since: date, done: Mapping[str, Mapping[str, date]]) -> bool:
    """Whether the staff was told of something about an item on or after the day it began.

    What was told before is about another last day, which has moved since.
    """
    told_on = done.get(position.item.id, {}).get(stage)
    return told_on is not None and told_on >= since


PAST = 0
"""Lead of the alert given once the deadline has passed."""


def prescription_watch(
    positions: Sequence[Position],
    deadlines: Mapping[str, Deadline],
    done: Mapping[str, Mapping[str, date]],
    scenario: Scenario,
    on: date,
) -> Watch:
    """Return the prescription alerts due on a date.

    An item passes its thresholds in order and is named once at each; when several were missed only the nearest speaks.
    """
    leads = (*scenario.leads_in_order, PAST)
    opened = on + timedelta(days=-1 if leads[0] == PAST else leads[0])
    last_days = [deadline.last_day for deadline in deadlines.values()]
    far = [day for day in last_days if day > opened]  # with years to go: the nearest of them speaks first
    wakeups = [_opens_on(min(far), leads[0])] if far else []
    if len(far) == len(last_days):  # as in most cases
        return quick(Watch, ((), tuple(wakeups)))
    due: dict[str, list[Position]] = {}
    for position in positions:
        deadline = deadlines.get(position.item.id)
        if deadline is None or deadline.last_day > opened:
            continue
        opens = [_opens_on(deadline.last_day, lead) for lead in leads]
        wakeups += [day for day in opens if day > on][:1]
        reached = [lead for lead, day in zip(leads, opens, strict=True) if day <= on]
        stage = _stage(DeadlineKind.PRESCRIPTION, reached[-1])
        opened_on = max(day for day in opens if day <= on)
        if not is_told(position, stage, opened_on, done):
            due.setdefault(stage, []).append(position)
    alerts = [
        Alert(stage, tuple(due[stage]), tuple(deadline_reason(deadlines[p.item.id]) for p in due[stage]))
        for stage in sorted(due)
    ]
    return Watch(tuple(alerts), tuple(wakeups))


DECLARATION_LEADS = (30, 10, PAST)
"""Days before the last day to declare a claim on which the staff is told again; policy, not law."""


def declaration_watch(
    positions: Sequence[Position],
    insolvency: Insolvency,
    deadline: Deadline | None,
    done: Mapping[str, Mapping[str, date]],
    on: date,
) -> Watch:
    """Return the alerts to declare the claim: as soon as the proceedings are known, once the last day is, and near it.

    ``positions`` are the debts born before the opening. Other proceedings are told of again.
    """
    names = [_stage(DeadlineKind.DECLARATION_DE_CREANCE, lead) for lead in DECLARATION_LEADS]
    first = f"deadline:{DeadlineKind.DECLARATION_DE_CREANCE.value}"
    stage, since = first, insolvency.opened_on
    wakeups: list[date] = []
    if deadline is not None:
        opens = [_opens_on(deadline.last_day, lead) for lead in DECLARATION_LEADS]
        stage, since = f"{first}:known", insolvency.published_on or insolvency.opened_on
        reached = [(name, day) for name, day in zip(names, opens, strict=True) if day <= on]
        stage, since = reached[-1] if reached else (stage, since)
        wakeups = [day for day in opens if day > on][:1]
    untold = tuple(position for position in positions if not is_told(position, stage, since, done))
    if not untold:
        return Watch((), tuple(wakeups))
    reasons = (deadline_reason(deadline),) if deadline is not None else ()
    return Watch((Alert(stage, untold, reasons),), tuple(wakeups))


STEP_LEADS = (30, 10, PAST)
"""Days before the end of a procedural time on which the staff is told; policy, not law."""


def step_watch(steps: Sequence[LiveStep], done: Mapping[str, Mapping[str, date]], on: date) -> Watch:
    """Return the alerts of the times that run from procedural steps: near their end, past it, or a wait that is over.

    A lead longer than the time itself says nothing: the staff has just acted.
    """
    alerts: list[Alert] = []
    wakeups: list[date] = []
    for live in steps:
        for found in live.deadlines:
            last_day, began = found.safe_day, live.step.effective_on
            leads = (PAST,) if found.is_waiting else STEP_LEADS
            opens = {lead: _opens_on(last_day, lead) for lead in leads}
            opens = {lead: day for lead, day in opens.items() if day > began}
            wakeups += [day for day in opens.values() if day > on][:1]
            reached = [lead for lead, day in opens.items() if day <= on]
            if not reached:
                continue
            word = "over" if found.is_waiting else "past" if reached[-1] == PAST else str(reached[-1])
            stage = f"deadline:{found.code}:{began.isoformat()}:{word}"
            untold = tuple(position for position in live.positions if stage not in done.get(position.item.id, {}))
            if untold:
                alerts.append(Alert(stage, untold, (_step_reason(found, began),)))
    return Watch(tuple(alerts), tuple(wakeups))


def _step_reason(found: StepDeadline, began: date) -> Reason:
    facts = {"deadline": found.code, "what": found.what, "since": began, "last_day": found.safe_day}
    source = next((step.source for step in reversed(found.path)), None)
    code = "wait_over" if found.is_waiting else "procedural_deadline"
    return Reason.of(code, Authority.LAW, facts, source)


def _opens_on(last_day: date, lead: int) -> date:
    return last_day + timedelta(days=1 if lead == PAST else -lead)


def _stage(kind: DeadlineKind, lead: int) -> str:
    return f"deadline:{kind.value}:{'past' if lead == PAST else lead}"


def deadline_reason(deadline: Deadline) -> Reason:
    """Return the reason that tells of a deadline and of the text it rests on."""
    facts = {
        "deadline": deadline.kind,
        "item": deadline.item_id,
        "last_day": deadline.last_day,
        "regime": deadline.regime,
    }
    return Reason.of("deadline", Authority.LAW, facts, deadline.source)
