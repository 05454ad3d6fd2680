"""``migrate``: what would change in a case if it went over to another scenario, or another version, before it does."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind, Hold
from recouvrement.domain.events import ActionCancelled, ActionPlanned, ScenarioStarted, StepRecorded
from recouvrement.domain.values import LAST_DAY, CivilDate, Code, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.engine.comparison import first_divergence
from recouvrement.engine.decide import decide
from recouvrement.engine.history import history_on
from recouvrement.engine.record import scenario_started
from recouvrement.engine.walk import Look, pending_on, walk
from recouvrement.engine.what_if import AS_USUAL, Assumptions, supposing
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario


class ComingAction(Value):
    """An action to come and its day."""

    on: CivilDate
    kind: ActionKind
    stage: Code
    document: DocumentKind
    channel: Channel
    listed: tuple[Code, ...]


class Outlook(Value):
    """What a scenario gives a case: today, and in the days after."""

    scenario: Code
    scenario_version: int
    actions: tuple[Action, ...]
    """Today's actions, as ``decide`` gives them."""
    holds: tuple[Hold, ...]
    """Why nothing else is done today."""
    coming: tuple[ComingAction, ...]
    """Every action within the horizon, today's included."""

    @property
    def next_on(self) -> date | None:
        """First day with an action, today included; ``None``: none within the horizon."""
        return self.coming[0].on if self.coming else None


class ItemMigration(Value):
    """What becomes of the progress of one open item. Stages are the same when they have the same id."""

    item_id: Code
    kept: tuple[Code, ...]
    """Stages carried out that the new scenario has too."""
    lost: tuple[Code, ...]
    """Stages carried out that the new scenario does not have: they count for nothing in it."""
    skipped: tuple[Code, ...]
    """Stages of the new scenario the item never gets: they stand before one already carried out, or come before a due
    date that has passed."""
    ahead: tuple[Code, ...]
    """Stages of the new scenario that are still to come."""
    again: tuple[Code, ...]
    """Of these, the ones whose document the item has already had under another stage."""


class Migration(Value):
    """What would change; nothing has."""

    case_id: Code
    on: CivilDate
    until: CivilDate
    """First day that was not looked at."""
    old: Outlook
    new: Outlook
    items: tuple[ItemMigration, ...]
    pending: tuple[Action, ...]
    """Proposals that await an answer; they do not stand in a scenario with another name."""
    diverge_on: CivilDate | None
    """First day on which the debtor, or the staff, would see something else; ``None``: nothing changes by then."""
    event: ScenarioStarted
    """Recording it is the migration."""


def migrate(
    case: Case,
    on: date,
    *,
    old: Scenario,
    new: Scenario,
    law: Jurisdiction,
    horizon_days: int = 90,
    assume: Assumptions = AS_USUAL,
) -> Migration:
    """Return what would change if a case went over from one scenario to another on a day, and the event to record.

    Both are walked for ``horizon_days`` days from the same facts, the new one with the event. Nothing is changed by
    looking. Raises ``InvalidInput`` for a horizon below one day, and when the case made that move on that day already.
    """
    if not 1 <= horizon_days <= (LAST_DAY - on).days:
        raise InvalidInput(
            where="horizon of the migration",
            found=f"{horizon_days} days from {on.isoformat()}",
            hint=f"Give at least one day, and end by {LAST_DAY}.",
        )
    if case.debtor.kind not in new.debtor_kinds:
        raise InvalidInput(
            where=f"case {case.id}",
            found=f"{new.id} is not written for a debtor of kind {case.debtor.kind.value!r}",
            hint=f"It is for {', '.join(kind.value for kind in new.debtor_kinds)}.",
        )
    event = scenario_started(case, on, new, history_on(case, on).started)
    if event.id in {known.id for known in case.history}:
        raise InvalidInput(
            where=f"case {case.id}",
            found=f"it already went over to {new.id} version {new.version} on {on.isoformat()}",
            hint="Choose another day or scenario.",
        )
    until = on + timedelta(days=horizon_days)
    moved = supposing(case, [event])
    before = list(walk(case, on, until, scenario=old, law=law, assume=assume))
    after = list(walk(moved, on, until, scenario=new, law=law, assume=assume))
    done = _carried_out(case, on, old)
    overdue = {item.item_id for item in before[0].decision.claim.items}
    return Migration(
        case_id=case.id,
        on=on,
        until=until,
        old=_outlook(case, on, old, law, before),
        new=_outlook(moved, on, new, law, after),
        items=tuple(
            _item(item_id, done.get(item_id, {}), new, is_overdue=item_id in overdue)
            for item_id in _open_items(before[0])
        ),
        pending=pending_on(case, on, scenario=old, law=law),
        diverge_on=first_divergence(before, after),
        event=event,
    )


def _outlook(case: Case, on: date, scenario: Scenario, law: Jurisdiction, looks: Sequence[Look]) -> Outlook:
    today = decide(case, on, scenario=scenario, law=law)
    return Outlook(
        scenario=scenario.id,
        scenario_version=scenario.version,
        actions=today.actions,
        holds=today.holds,
        coming=tuple(
            ComingAction(
                on=look.on,
                kind=action.kind,
                stage=action.stage,
                document=action.document,
                channel=action.channel,
                listed=action.listed,
            )
            for look in looks
            for action in look.actions
        ),
    )


def _open_items(look: Look) -> list[str]:
    """Return the items a look speaks of: those that are owed, held or listed."""
    named = {hold.item_id for hold in look.decision.holds if hold.item_id is not None}
    named.update(item.item_id for item in look.decision.claim.items)
    named.update(item_id for action in look.actions for item_id in action.listed)
    return sorted(named)


class _Done(NamedTuple):
    """A stage carried out for an item."""

    stage: str
    document: DocumentKind | None
    """``None`` for a step done by hand whose stage the old scenario does not have."""


def _carried_out(case: Case, on: date, old: Scenario) -> dict[str, dict[str, _Done]]:
    """Return, by item, the stages of its contacts, in the order of the case; cancelled ones left out."""
    past = [event for event in case.history if event.effective_on <= on]
    cancelled = {event.action_id for event in past if isinstance(event, ActionCancelled)}
    documents = {stage.id: stage.document for stage in old.stages}
    parts = {invoice.number: tuple(item.id for item in invoice.items) for invoice in case.invoices}
    done: dict[str, dict[str, _Done]] = {}
    for event in past:
        match event:
            case ActionPlanned(action=action) if action.kind is ActionKind.CONTACT and action.id not in cancelled:
                for item_id in action.advanced:
                    done.setdefault(item_id, {})[action.stage] = _Done(action.stage, action.document)
            case StepRecorded(stage=stage):
                for item_id in (item_id for name in event.item_ids for item_id in parts.get(name, (name,))):
                    done.setdefault(item_id, {})[stage] = _Done(stage, documents.get(stage))
            case _:
                continue
    return done


def _item(item_id: str, done: Mapping[str, _Done], new: Scenario, *, is_overdue: bool) -> ItemMigration:
    order = [stage.id for stage in new.stages]
    furthest = max((index for index, stage in enumerate(order) if stage in done), default=-1)
    ahead = [stage for stage in new.stages[furthest + 1 :] if not (is_overdue and stage.is_preventive)]
    reachable = {stage.id for stage in ahead}
    had = {one.document for one in done.values()}
    return ItemMigration(
        item_id=item_id,
        kept=tuple(stage for stage in order if stage in done),
        lost=tuple(stage for stage in done if stage not in order),
        skipped=tuple(stage for stage in order if stage not in done and stage not in reachable),
        ahead=tuple(stage.id for stage in ahead),
        again=tuple(stage.id for stage in ahead if stage.document in had),
    )
