"""The open items of a case on a date: what may be acted on, what is held, which deadline runs."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Deadline, Doubt, Hold, HoldKind
from recouvrement.domain.events import (
    LimitationActDone,
    NoticeDelivered,
    PaymentRejected,
    ProceduralStepDone,
    ProofSupplied,
    StepRecorded,
    StopPlaced,
)
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.engine.gate import Readiness, missing_for_formal_step
from recouvrement.engine.history import History, history_on, notice_in_force
from recouvrement.engine.ledger import Ledger, Position, ledger_on
from recouvrement.engine.limitation import acts_on
from recouvrement.engine.progress import Candidate
from recouvrement.engine.reach import Reach, reach
from recouvrement.engine.stops import Stopped, stopped_all
from recouvrement.law.jurisdiction import EngineRule, Jurisdiction
from recouvrement.scenario.facts import CaseFacts, ItemFacts
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
    """By item: its prescription; none while time does not run."""
    doubts: tuple[Doubt, ...]


def inquiry(case: Case, on: date, scenario: Scenario, law: Jurisdiction) -> Inquiry:
    """Return the arguments of a decision with the past and the balances of the case on that date."""
    history = history_on(case, on)
    ledger = ledger_on(case, on, law=law, history=history)
    reaches = {stage.id: reach(stage, case.debtor) for stage in scenario.stages}
    return Inquiry(case, on, scenario, law, history, ledger, reaches)


def survey(ask: Inquiry) -> Survey:
    """Return the open items of the case: candidates, holds, stops, deadlines and doubts."""
    stops = stopped_all(ask.ledger.positions, ask.history, ask.on, ask.law)
    demanded = sum(position.balance_minor - stop.contested_minor for position, stop in stops if stop.hold is None)
    gate = ask.law.rule_source(EngineRule.CLAIM_GATE)
    candidates: list[Candidate] = []
    holds: list[Hold] = []
    doubts: list[Doubt] = []
    deadlines: dict[str, Deadline] = {}
    for position, stop in stops:
        item_id = position.item.id
        deadline, limitation_doubts = ask.law.prescription(
            position.dated_item,
            position.invoice,
            ask.case.debtor,
            ask.case.creditor,
            acts_on(position, ask.history),
        )
        if deadline is not None:
            deadlines[item_id] = deadline
        doubts += limitation_doubts
        if stop.hold is not None:
            holds.append(stop.hold)
        elif deadline is not None and deadline.is_past(ask.on):
            doubts += _unproved_requests(ask, position, deadline)
            holds.append(Hold(kind=HoldKind.BARRED, item_id=item_id, reasons=(_barred(ask, deadline),)))
        elif position.due_on is None:
            reasons = position.due_reasons or (Reason.of("due_date_unknown", Authority.FACT, {"item": item_id}),)
            holds.append(Hold(kind=HoldKind.NO_DUE_DATE, item_id=item_id, reasons=reasons))
            doubts.append(Doubt(code="due_date_unknown", item_id=item_id, reason=reasons[0]))
        else:
            readiness = Readiness(position, stop, deadline, ask.case.debtor.kind)
            candidates.append(
                Candidate(
                    position=position,
                    stop=stop,
                    facts=_facts(ask, position, position.due_on, demanded),
                    is_overdue=ask.on > position.due_on,
                    is_reminded=item_id in ask.history.reminded or _was_reminded_by_hand(ask, item_id),
                    missing=missing_for_formal_step(readiness, ask.history, ask.on, gate),
                )
            )
    return Survey(tuple(candidates), tuple(holds), stops, deadlines, tuple(doubts))


def _was_reminded_by_hand(ask: Inquiry, item_id: str) -> bool:
    """Whether a stage other than a preventive one was carried out for the item, by hand included."""
    done = ask.history.stages_done.get(item_id, {})
    return any(stage.id in done and not stage.is_preventive for stage in ask.scenario.stages)


def _facts(ask: Inquiry, position: Position, due_on: date, demanded: int) -> ItemFacts:
    history, item = ask.history, position.item
    done = history.stages_done.get(item.id, {})
    return ItemFacts(
        on=ask.on,
        due_on=due_on,
        issued_on=item.issued_on,
        case=CaseFacts(
            ask.case.debtor.kind,
            frozenset(ask.case.debtor.tags),
            None,
            ask.case.debtor.language,
            frozenset(),
            demanded,
            ask.case.currency,
            0,
            None,
            history.last_contact_on,
        ),
        stages_done={stage: day for stage, day in done.items() if stage in ask.reaches},
        notice_delivered_on=notice_in_force(history, item.id, due_on),
        payment_rejected_on=history.rejected_on.get(item.id) or history.rejected_on.get(item.invoice_number),
        scenario_started_on=history.scenario_started_on,
        next_working_day=ask.law.next_working_day,
    )


def _unproved_requests(ask: Inquiry, position: Position, deadline: Deadline) -> list[Doubt]:
    """Return a doubt when reminders were sent to a public body whose time has ended.

    Any written request restarts it (loi 68-1250 art. 2), but only what was proved is counted: a delivered notice, or an
    act entered as such.
    """
    item_id = position.item.id
    if ask.case.debtor.kind is not DebtorKind.PUBLIC or item_id not in ask.history.reminded:
        return []
    facts = {"item": item_id, "last_day": deadline.last_day}
    source = ask.law.rule_source(EngineRule.INTERRUPTION)
    return [Doubt.of("possible_interruption", Authority.LAW, facts, source, item_id=item_id)]


def case_doubts(ask: Inquiry) -> Iterable[Doubt]:
    """Yield what is doubtful in the case as a whole."""
    case, kind = ask.case, ask.case.debtor.kind
    if ask.ledger.unused_minor:
        amount = Money.from_minor(ask.ledger.unused_minor, case.currency)
        yield Doubt.of("credit_left_over", Authority.FACT, {"amount": amount})
    yield from _unknown_names(case, ask.on)
    if not ask.ledger.positions:
        return
    if kind is DebtorKind.UNKNOWN:
        yield Doubt.of("debtor_kind_unknown", Authority.FACT, {"debtor": case.debtor.id})
    if kind not in ask.scenario.debtor_kinds:
        yield Doubt.of("scenario_not_for_kind", Authority.POLICY, {"scenario": ask.scenario.id, "debtor_kind": kind})
    if case.debtor.address is not None and not case.debtor.address.is_french:
        yield Doubt.of("governing_law_assumed", Authority.FACT, {"country": case.debtor.address.country})
    insolvency = ask.history.insolvency
    if insolvency is not None and insolvency.published_on is None and ask.law.has_declaration(insolvency):
        yield Doubt.of("publication_unknown", Authority.FACT, {"opened_on": insolvency.opened_on})


def _unknown_names(case: Case, on: date) -> Iterable[Doubt]:
    """Yield a doubt for each event that names an item or a payment the case does not have: it has no effect."""
    issued = [invoice for invoice in case.invoices if invoice.issued_on <= on]
    known = {item.id for invoice in issued for item in invoice.items} | {invoice.number for invoice in issued}
    payments = {payment.id for payment in case.payments if payment.received_on <= on}
    for event in (event for event in case.history if event.effective_on <= on):
        unknown: list[str] = []
        match event:
            case (
                StopPlaced()
                | ProofSupplied()
                | NoticeDelivered()
                | StepRecorded()
                | LimitationActDone()
                | ProceduralStepDone()
            ):
                unknown = [name for name in event.item_ids if name not in known]
            case PaymentRejected():
                unknown = [] if event.payment_id in payments else [event.payment_id]
            case _:
                pass  # it names no item and no payment
        if unknown:
            facts: dict[str, object] = {"event": event.id, "names": tuple(unknown)}
            yield Doubt.of("event_without_item", Authority.FACT, facts)


def _barred(ask: Inquiry, deadline: Deadline) -> Reason:
    """Return why a barred item is left alone: nothing may be asked of a consumer; for others a human decides."""
    facts = {
        "item": deadline.item_id,
        "last_day": deadline.last_day,
        "regime": deadline.regime,
        "then": "nothing" if ask.case.debtor.kind is DebtorKind.CONSUMER else "a_human_decides",
    }
    return Reason.of("barred", Authority.LAW, facts, deadline.source)
