"""``decide``: facts, a scenario, a law and a date in; a dated decision with its reasons out."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Deadline, Decision, Doubt, Hold, HoldKind, Stamps
from recouvrement.domain.parties import Insolvency
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.engine import actions as acts
from recouvrement.engine.alerts import NOTHING_DUE, Alert, Watch, declaration_watch, prescription_watch, step_watch
from recouvrement.engine.claim import claimed
from recouvrement.engine.conversation import Spoken, conversation
from recouvrement.engine.doubts import case_doubts
from recouvrement.engine.history import history_on, next_fact_on
from recouvrement.engine.lasting import lasting_watch
from recouvrement.engine.ledger import ledger_on
from recouvrement.engine.limitation import insolvency_deadlines, live_steps, step_doubts
from recouvrement.engine.notices import overlay_watch
from recouvrement.engine.stops import FREE, is_earlier_debt, overlays_on
from recouvrement.engine.survey import Inquiry, Survey, debit_watch, inquiry, survey
from recouvrement.engine.token import token
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario
from recouvrement.version import VERSION


def decide(case: Case, on: date, *, scenario: Scenario, law: Jurisdiction) -> Decision:
    """Return what to do about a case on a date, what is owed, what is doubtful, and when to look again.

    Total: never raises for a valid case and a day from 1900 to 2199 (``InvalidInput`` outside); what is missing comes
    back as doubts and holds. Deterministic, and blind to the order of the facts and to facts dated after ``on``.
    Guarantees: recording the actions makes the same date silent; nothing is due before ``next_wakeup`` without a new
    fact; at most one contact per thread and interval.
    """
    if not FIRST_DAY <= on <= LAST_DAY:
        raise InvalidInput(
            where="date of the decision", found=on.isoformat(), hint=f"Give a day from {FIRST_DAY} to {LAST_DAY}."
        )
    ask = inquiry(case, on, scenario, law)
    found = survey(ask)
    history, positions, done = ask.history, ask.ledger.positions, ask.history.stages_done
    overdue = tuple([pair for pair in found.stops if (due_on := pair[0].due_on) is not None and on > due_on])
    claim, claim_doubts = claimed(case, overdue, history, on, law)
    deadlines = [*found.deadlines.values()]
    watches = [prescription_watch(positions, found.deadlines, done, scenario, on)]
    insolvency = history.insolvency
    if insolvency is not None:
        declaration = law.declaration_de_creance(insolvency)
        deadlines += [declaration] if declaration is not None else []
        watches.append(_insolvency_watch(ask, insolvency, declaration))
    steps = live_steps(positions, history, law)
    if steps:
        watches.append(step_watch(steps, done, on))
        deadlines += [deadline for live in steps for deadline in live.dated()]
    if insolvency is not None:
        deadlines += insolvency_deadlines(insolvency, law)
    watches.append(overlay_watch(ask.overlays, done, on, found.holds))
    if found.debits:
        watches.append(debit_watch(found.debits, done, on))
    numbering = acts.Numbering(ask)
    thread = conversation(ask, found, numbering)
    holds = [*found.holds, *thread.holds]
    if holds and thread.actions:
        listed = {item_id for action in thread.actions for item_id in action.listed}
        holds = [hold for hold in holds if hold.item_id not in listed]
    if holds:
        watches.append(lasting_watch(ask, found, holds))
    actions = (*_told(ask, found, watches, numbering), *thread.actions)
    return Decision(
        case_id=numbering.case_id,
        on=on,
        actions=actions,
        claim=claim,
        deadlines=tuple(sorted(deadlines, key=_last_day) if len(deadlines) > 1 else deadlines),
        doubts=_distinct(
            [
                *case_doubts(ask),
                *ask.ledger.doubts,
                *found.doubts,
                *claim_doubts,
                *(step_doubts(steps) if steps else ()),
            ]
        ),
        holds=tuple(sorted(holds, key=_held) if len(holds) > 1 else holds) if positions else (_settled(ask),),
        # Nothing else is looked at while something is to be recorded.
        next_wakeup=on + _ONE_DAY if actions else _next_wakeup(ask, found, holds, [thread, *watches]),
        stamps=_stamps(case.version, scenario.id, scenario.hash, law.edition),
    )


_ONE_DAY = timedelta(days=1)


def _insolvency_watch(ask: Inquiry, insolvency: Insolvency, declaration: Deadline | None) -> Watch:
    """Return the alerts to declare the debts born before the proceedings."""
    if not ask.law.has_declaration(insolvency):
        return NOTHING_DUE
    earlier = [position for position in ask.ledger.positions if is_earlier_debt(position, insolvency)]
    return declaration_watch(earlier, insolvency, declaration, ask.history.stages_done, ask.on)


def _told(ask: Inquiry, found: Survey, watches: Iterable[Watch], numbering: acts.Numbering) -> list[Action]:
    """Return what is told to the staff."""
    alerts: list[Alert] = []
    for watch in watches:
        alerts += watch.alerts
    if not alerts:  # as on most days
        return []
    stops = {position.item.id: stop for position, stop in found.stops}
    return [acts.alert(ask, due, stops, numbering) for due in alerts]


@lru_cache(maxsize=256)
def _stamps(version: int, scenario: str, scenario_hash: str, edition: str) -> Stamps:
    """Return what decisions are made with, made once for all the cases that share it."""
    return Stamps(
        case_version=version,
        scenario=scenario,
        scenario_hash=scenario_hash,
        law_edition=edition,
        package_version=VERSION,
    )


def _last_day(deadline: Deadline) -> tuple[date, str]:
    return (deadline.last_day, deadline.item_id or "")


def _held(hold: Hold) -> tuple[str, HoldKind]:
    return (hold.item_id or "", hold.kind)


def _settled(ask: Inquiry) -> Hold:
    """Return that no principal is owed; accessories of invoices paid late are named, and not pursued."""
    facts = {"paid_late": ask.ledger.paid_late} if ask.ledger.paid_late else {}
    return Hold(kind=HoldKind.SETTLED, reasons=(Reason.of("principal_settled", Authority.POLICY, facts),))


def current_token(
    case: Case, on: date, item_ids: Sequence[str], *, scenario: Scenario, law: Jurisdiction
) -> str | None:
    """Return the token a message on these items would carry on that date, or ``None`` when one does not exist then.

    A message planned earlier leaves only while its own token is still this one.
    """
    history = history_on(case, on)
    ledger = ledger_on(case, on, law=law, history=history, nets_unallocated=scenario.nets_unallocated)
    stopped = overlays_on(ledger, history, on, law).stopped
    by_id = {position.item.id: (position, stop) for position, stop in stopped}
    by_id |= {position.item.id: (position, FREE) for position in ledger.settled}
    if not all(item_id in by_id for item_id in item_ids):
        return None
    return token(by_id[item_id] for item_id in item_ids)


def _next_wakeup(ask: Inquiry, found: Survey, holds: Iterable[Hold], watches: Iterable[Spoken | Watch]) -> date | None:
    """Return the first later date on which an action may become due, where none is today."""
    dates = [day for watch in watches for day in watch.wakeups]
    dates += [hold.until for hold in holds if hold.until is not None]
    dates += [stop.ends_on for _, stop in found.stops if stop.ends_on is not None]
    fact_on = next_fact_on(ask.case, ask.on)
    if fact_on is not None:
        dates.append(fact_on)
    return min([day for day in dates if day > ask.on], default=None)


def _distinct(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    once = {id(doubt): doubt for doubt in doubts}  # most doubts of the law are one and the same object
    if len(once) < 2:
        return tuple(once.values())
    alone = {(doubt.code, doubt.item_id or ""): doubt for doubt in once.values()}
    if len(alone) == len(once):
        return tuple([alone[name] for name in sorted(alone)])
    named: dict[tuple[str, str], list[Doubt]] = {}
    for doubt in once.values():
        named.setdefault((doubt.code, doubt.item_id or ""), []).append(doubt)
    found: list[Doubt] = []
    for name in sorted(named):
        same = named[name]
        if len(same) > 1:  # only then are the inputs looked at, which writes them out
            by_inputs = {doubt.reason.inputs: doubt for doubt in same}
            same = [by_inputs[inputs] for inputs in sorted(by_inputs)]
        found += same
    return tuple(found)
