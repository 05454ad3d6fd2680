"""The open items of a case on a date: what may be acted on, what is held, which deadline runs."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Deadline, Doubt, Hold, HoldKind
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.engine.gate import Readiness, missing_for_formal_step
from recouvrement.engine.history import History, history_on
from recouvrement.engine.ledger import Ledger, Position, ledger_on
from recouvrement.engine.progress import Candidate
from recouvrement.engine.reach import Reach, reach
from recouvrement.engine.stops import Stopped, stopped
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.conditions import ItemFacts
from recouvrement.scenario.model import Scenario


class Inquiry(NamedTuple):
    """One call of ``decide``: its arguments, and what is read from them once."""

    case: Case
    on: date
    scenario: Scenario
    law: Jurisdiction
    history: History
    ledger: Ledger
    reaches: dict[str, Reach | None]
    """By stage: how the debtor can be reached."""


class Survey(NamedTuple):
    """The open items, sorted."""

    candidates: tuple[Candidate, ...]
    holds: tuple[Hold, ...]
    stops: tuple[tuple[Position, Stopped], ...]
    deadlines: dict[str, Deadline]
    """By item: its prescription."""
    doubts: tuple[Doubt, ...]


def inquiry(case: Case, on: date, scenario: Scenario, law: Jurisdiction) -> Inquiry:
    """Return the arguments of a decision with the past and the balances of the case on that date."""
    history = history_on(case, on)
    ledger = ledger_on(case, on, law=law, rejected_payments=history.rejected_payments)
    reaches = {stage.id: reach(stage, case.debtor) for stage in scenario.stages}
    return Inquiry(case, on, scenario, law, history, ledger, reaches)


def survey(ask: Inquiry) -> Survey:
    """Return the open items of the case: candidates, holds, stops, deadlines and doubts."""
    stops = tuple((position, stopped(position, ask.history, ask.on, ask.law)) for position in ask.ledger.positions)
    demanded = sum(position.balance_minor - stop.contested_minor for position, stop in stops if stop.hold is None)
    candidates: list[Candidate] = []
    holds: list[Hold] = []
    doubts: list[Doubt] = []
    deadlines: dict[str, Deadline] = {}
    for position, stop in stops:
        item_id = position.item.id
        limitation = ask.law.prescription(
            position.item._replace(due_on=position.due_on), position.invoice, ask.case.debtor, ask.case.creditor
        )
        deadlines[item_id] = limitation.deadline
        doubts += limitation.doubts
        if stop.hold is not None:
            holds.append(stop.hold)
        elif limitation.deadline.is_past(ask.on):
            holds.append(Hold(kind=HoldKind.BARRED, item_id=item_id, reasons=(_barred(limitation.deadline),)))
        elif position.due_on is None:
            reasons = position.due_reasons or (Reason.of("due_date_unknown", Authority.FACT, {"item": item_id}),)
            holds.append(Hold(kind=HoldKind.NO_DUE_DATE, item_id=item_id, reasons=reasons))
            doubts.append(Doubt(code="due_date_unknown", item_id=item_id, reason=reasons[0]))
        else:
            readiness = Readiness(position, stop, limitation.deadline, ask.case.debtor.kind)
            candidates.append(
                Candidate(
                    position=position,
                    stop=stop,
                    facts=_facts(ask, position, position.due_on, demanded),
                    is_overdue=ask.on > position.due_on,
                    is_reminded=item_id in ask.history.reminded,
                    missing=missing_for_formal_step(readiness, ask.history, ask.on),
                )
            )
    return Survey(tuple(candidates), tuple(holds), stops, deadlines, tuple(doubts))


def _facts(ask: Inquiry, position: Position, due_on: date, demanded: int) -> ItemFacts:
    history, item = ask.history, position.item
    done = history.stages_done.get(item.id, {})
    return ItemFacts(
        on=ask.on,
        due_on=due_on,
        issued_on=item.issued_on,
        balance_minor=demanded,
        currency=ask.case.currency,
        stages_done={stage: day for stage, day in done.items() if stage in ask.reaches},
        notice_delivered_on=history.notices.get(item.id),
        payment_rejected_on=history.rejected_on.get(item.id) or history.rejected_on.get(item.invoice_number),
        scenario_started_on=history.scenario_started_on,
        next_working_day=ask.law.next_working_day,
    )


def case_doubts(ask: Inquiry) -> Iterable[Doubt]:
    """Yield what is doubtful in the case as a whole."""
    case, kind = ask.case, ask.case.debtor.kind
    if ask.ledger.unused_minor:
        amount = Money.from_minor(ask.ledger.unused_minor, case.currency)
        yield _doubt("credit_left_over", Authority.FACT, {"amount": amount})
    if not ask.ledger.positions:
        return
    if kind is DebtorKind.UNKNOWN:
        yield _doubt("debtor_kind_unknown", Authority.FACT, {"debtor": case.debtor.id})
    if kind not in ask.scenario.debtor_kinds:
        yield _doubt("scenario_not_for_kind", Authority.POLICY, {"scenario": ask.scenario.id, "debtor_kind": kind})
    insolvency = ask.history.insolvency
    if insolvency is not None and insolvency.published_on is None:
        yield _doubt("publication_unknown", Authority.FACT, {"opened_on": insolvency.opened_on})


def _doubt(code: str, authority: Authority, facts: dict[str, object]) -> Doubt:
    return Doubt(code=code, reason=Reason.of(code, authority, facts))


def _barred(deadline: Deadline) -> Reason:
    facts = {"item": deadline.item_id, "last_day": deadline.last_day, "regime": deadline.regime}
    return Reason.of("barred", Authority.LAW, facts, deadline.path[-1].source if deadline.path else None)
