"""Deadlines turned into alerts for the creditor's staff, once per item and lead time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.decision import Deadline, DeadlineKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.engine.ledger import Position
from recouvrement.scenario.model import Scenario


class Alert(NamedTuple):
    """An alert due now."""

    stage: str
    """Such as ``deadline:prescription:180``; ``past`` in place of the days once the deadline has passed."""
    positions: tuple[Position, ...]
    reasons: tuple[Reason, ...]


class Watch(NamedTuple):
    """Alerts due now and the dates on which more will be."""

    alerts: tuple[Alert, ...]
    wakeups: tuple[date, ...]


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
    leads = (*sorted(scenario.prescription_lead_days, reverse=True), PAST)
    due: dict[str, list[Position]] = {}
    wakeups: list[date] = []
    for position in positions:
        deadline = deadlines.get(position.item.id)
        if deadline is None:
            continue
        opens = [_opens_on(deadline, lead) for lead in leads]
        wakeups += [day for day in opens if day > on][:1]
        reached = [index for index, day in enumerate(opens) if day <= on]
        names = [_stage(DeadlineKind.PRESCRIPTION, lead) for lead in leads]
        said = done.get(position.item.id, {})
        if reached and not any(name in said for name in names[reached[-1] :]):
            due.setdefault(names[reached[-1]], []).append(position)
    alerts = tuple(
        Alert(stage, tuple(due[stage]), tuple(_reason(deadlines[p.item.id]) for p in due[stage]))
        for stage in sorted(due)
    )
    return Watch(alerts, tuple(wakeups))


def insolvency_alert(
    positions: Sequence[Position], deadline: Deadline | None, done: Mapping[str, Mapping[str, date]]
) -> Alert | None:
    """Return the alert to declare the claim, once, as soon as the proceedings are known."""
    stage = f"deadline:{DeadlineKind.DECLARATION_DE_CREANCE.value}"
    untold = tuple(position for position in positions if stage not in done.get(position.item.id, {}))
    if not untold:
        return None
    reasons = (_reason(deadline),) if deadline is not None else ()
    return Alert(stage, untold, reasons)


def _opens_on(deadline: Deadline, lead: int) -> date:
    return deadline.last_day + timedelta(days=1 if lead == PAST else -lead)


def _stage(kind: DeadlineKind, lead: int) -> str:
    return f"deadline:{kind.value}:{'past' if lead == PAST else lead}"


def _reason(deadline: Deadline) -> Reason:
    facts = {
        "deadline": deadline.kind,
        "item": deadline.item_id,
        "last_day": deadline.last_day,
        "regime": deadline.regime,
    }
    source = deadline.path[-1].source if deadline.path else None
    return Reason.of("deadline", Authority.LAW, facts, source)
