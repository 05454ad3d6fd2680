"""What only the creditor's own staff reads: what was sent, what is at stake, what to decide."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, DeadlineKind
from recouvrement.domain.events import ActionCancelled, ActionDelivered, ActionPlanned, NoticeDelivered, StepRecorded
from recouvrement.domain.reasons import Reason
from recouvrement.render import formats
from recouvrement.render.alerts import AlertRow, alert_rows, alert_title, every_reason
from recouvrement.render.language import Language
from recouvrement.render.staff_names import CHANNELS, DOCUMENTS, outcome_words

_DEADLINES: dict[str, str] = {
    DeadlineKind.PRESCRIPTION.value: "Prescription de la créance",
    DeadlineKind.DECLARATION_DE_CREANCE.value: "Déclaration de créance",
}


class HistoryRow(NamedTuple):
    """One message already sent."""

    day: str
    document: str
    channel: str


class DeadlineRow(NamedTuple):
    """One legal deadline the action warns of."""

    number: str
    """Item concerned; empty for the whole case."""
    deadline: str
    last_day: str
    article: str


class Note(NamedTuple):
    """Fields of internal documents and of the call script."""

    history_rows: tuple[HistoryRow, ...]
    outcome: str
    """What the scenario asks to decide on."""
    last_day: str
    """Last day to act, of a legal deadline."""
    last_day_distance: str
    """``dans 45 jours``, ``aujourd’hui``, or ``dépassé depuis 3 jours``."""
    deadline: str
    """Name of the legal deadline."""
    deadline_rows: tuple[DeadlineRow, ...]
    alert: str
    """What a note to the staff is about."""
    alert_rows: tuple[AlertRow, ...]
    case_id: str
    debtor_kind: str
    scenario_stage: str


def note(action: Action, case: Case, *, on: date, language: Language) -> Note:
    """Return what an internal document says beyond parties and amounts.

    Only the kind of debtor is told in another language than French: the rest is for the creditor's own staff.
    """
    reasons = [reason for reason in every_reason(action.reasons) if reason.input("last_day")]
    days = [(date.fromisoformat(reason.input("last_day") or ""), reason) for reason in reasons]
    last_day = min((day for day, _ in days), default=None)
    names = {_deadline(reason) for reason in reasons}
    alerts = alert_rows(action, case)
    return Note(
        history_rows=_history(action, case),
        outcome=outcome_words(action.outcome or "", case.debtor.kind),
        last_day=formats.long_date(last_day) if last_day else "",
        last_day_distance=_distance(last_day, on) if last_day else "",
        deadline=names.pop() if len(names) == 1 else "Échéance légale",
        deadline_rows=tuple(
            DeadlineRow(
                number=formats.unbroken(reason.input("item") or ""),
                deadline=_deadline(reason),
                last_day=formats.short_date(day),
                article=reason.source.article if reason.source else "",
            )
            for day, reason in days
        ),
        alert=alert_title(alerts) if alerts else "",
        alert_rows=alerts,
        case_id=case.id,
        debtor_kind=language.words.debtor_kinds[case.debtor.kind],
        scenario_stage=f"{action.scenario}, étape {action.stage}",
    )


def _deadline(reason: Reason) -> str:
    return _DEADLINES.get(reason.input("deadline") or "", "Échéance légale")


def _distance(last_day: date, on: date) -> str:
    days = (last_day - on).days
    if days == 0:
        return "aujourd’hui"
    written = formats.count(abs(days), "jour", "jours")
    return f"dans {written}" if days > 0 else f"dépassé depuis {written}"


def _history(action: Action, case: Case) -> tuple[HistoryRow, ...]:
    """Return the messages that showed one of the listed items, in the order they left."""
    planned = {event.action.id: event for event in case.history if isinstance(event, ActionPlanned)}
    delivered = {event.action_id: event for event in case.history if isinstance(event, ActionDelivered)}
    cancelled = {event.action_id for event in case.history if isinstance(event, ActionCancelled)}
    rows: list[tuple[date, HistoryRow]] = []
    for action_id, plan in planned.items():
        earlier = plan.action
        if action_id in cancelled or action_id == action.id or not set(earlier.listed) & set(action.listed):
            continue
        receipt = delivered.get(action_id)
        day = receipt.effective_on if receipt else plan.effective_on
        channel = CHANNELS[receipt.channel if receipt else earlier.channel]
        rows.append(
            (
                day,
                HistoryRow(
                    day=formats.short_date(day),
                    document=DOCUMENTS[earlier.document],
                    channel=channel if receipt else f"{channel} (remise non confirmée)",
                ),
            )
        )
    rows += [
        (
            event.effective_on,
            HistoryRow(
                day=formats.short_date(event.effective_on),
                document="Mise en demeure présentée",
                channel=event.reference or "",
            ),
        )
        for event in case.history
        if isinstance(event, NoticeDelivered)
    ]
    names = {item_id for one in case.items if one.id in set(action.listed) for item_id in (one.id, one.invoice_number)}
    rows += [
        (
            event.effective_on,
            HistoryRow(day=formats.short_date(event.effective_on), document=event.stage, channel="saisi à la main"),
        )
        for event in case.history
        if isinstance(event, StepRecorded) and not names.isdisjoint(event.item_ids)
    ]
    return tuple(row for _, row in sorted(rows))
