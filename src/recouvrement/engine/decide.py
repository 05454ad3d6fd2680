"""``decide``: facts, a scenario, a law and a date in; a dated decision with its reasons out."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Deadline, Decision, Doubt, Hold, HoldKind, Stamps
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.engine import actions as acts
from recouvrement.engine.alerts import NOTHING_DUE, declaration_watch, prescription_watch, step_watch
from recouvrement.engine.claim import claimed
from recouvrement.engine.conversation import conversation
from recouvrement.engine.doubts import case_doubts
from recouvrement.engine.history import history_on
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
    overdue = tuple([pair for pair in found.stops if pair[0].due_on is not None and on > pair[0].due_on])
    claim, claim_doubts = claimed(case, overdue, ask.history, on, law)
    watch = prescription_watch(ask.ledger.positions, found.deadlines, ask.history.stages_done, scenario, on)
    insolvency = ask.history.insolvency
    declaration = law.declaration_de_creance(insolvency) if insolvency is not None else None
    insolvency_watch = NOTHING_DUE
    if insolvency is not None and law.has_declaration(insolvency):
        earlier = [position for position in ask.ledger.positions if is_earlier_debt(position, insolvency)]
        insolvency_watch = declaration_watch(earlier, insolvency, declaration, ask.history.stages_done, on)
    steps = live_steps(ask.ledger.positions, ask.history, law)
    procedure_watch = step_watch(steps, ask.history.stages_done, on) if steps else NOTHING_DUE
    silent = frozenset([hold.item_id for hold in found.holds if hold.kind in _NOTHING_TO_ASK])
    overlay_alerts = overlay_watch(ask.overlays, ask.history.stages_done, on, silent)
    debits = debit_watch(found.debits, ask.history.stages_done, on) if found.debits else NOTHING_DUE
    numbering = acts.Numbering(ask)
    thread = conversation(ask, found, numbering)
    listed = {item_id for action in thread.actions for item_id in action.listed}
    holds = [hold for hold in (*found.holds, *thread.holds) if hold.item_id not in listed]
    lasting = lasting_watch(ask, found, holds)
    watches = (watch, insolvency_watch, procedure_watch, overlay_alerts, debits, lasting)
    alerts = [alert for one in watches for alert in one.alerts]
    stops = {position.item.id: stop for position, stop in found.stops} if alerts else {}
    told = [acts.alert(ask, due, stops, numbering) for due in alerts]
    actions = (*told, *thread.actions)
    deadlines = [*found.deadlines.values()]
    if declaration is not None:
        deadlines.append(declaration)
    deadlines += [deadline for live in steps for deadline in live.dated()]
    if insolvency is not None:
        deadlines += insolvency_deadlines(insolvency, law)
    return Decision(
        case_id=case.id,
        on=on,
        actions=actions,
        claim=claim,
        deadlines=tuple(sorted(deadlines, key=_last_day) if len(deadlines) > 1 else deadlines),
        doubts=_distinct((*case_doubts(ask), *ask.ledger.doubts, *found.doubts, *claim_doubts, *step_doubts(steps))),
        holds=tuple(sorted(holds, key=_held) if len(holds) > 1 else holds)
        if ask.ledger.positions
        else (_settled(ask),),
        next_wakeup=_next_wakeup(
            ask,
            actions,
            holds,
            found,
            [*thread.wakeups, *[day for one in watches for day in one.wakeups]],
        ),
        stamps=_stamps(case.version, scenario.id, scenario.hash, law.edition),
    )


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


_NOTHING_TO_ASK = frozenset({HoldKind.INSOLVENCY, HoldKind.BARRED})
"""Holds under which the staff is not told to call or to notify the debtor."""


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


def _next_wakeup(
    ask: Inquiry, actions: Sequence[Action], holds: Sequence[Hold], found: Survey, wakeups: Sequence[date]
) -> date | None:
    """Return the first later date on which an action may become due."""
    if actions:
        return ask.on + timedelta(days=1)
    dates = [hold.until for hold in holds if hold.until is not None]
    dates += [stop.ends_on for _, stop in found.stops if stop.ends_on is not None]
    if ask.history.next_fact_on is not None:
        dates.append(ask.history.next_fact_on)
    later = [day for day in (*wakeups, *dates) if day > ask.on]
    return min(later) if later else None


def _distinct(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    once = {id(doubt): doubt for doubt in doubts}  # most doubts of the law are one and the same object
    if len(once) < 2:
        return tuple(once.values())
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
