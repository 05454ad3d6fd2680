"""What is doubtful in a case as a whole."""

from collections.abc import Iterable
from datetime import date

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Doubt
from recouvrement.domain.events import (
    ActionDelivered,
    ActionPlanned,
    LimitationActDone,
    NoticeDelivered,
    PaymentRejected,
    PlanAgreed,
    PlanDefaultNotified,
    ProceduralStepDone,
    ProofSupplied,
    ScenarioStarted,
    StepRecorded,
    StopPlaced,
)
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority
from recouvrement.engine.survey import Inquiry


def case_doubts(ask: Inquiry) -> list[Doubt]:
    """Return what is doubtful in the case as a whole."""
    case, debtor, scenario = ask.case, ask.case.debtor, ask.scenario
    found: list[Doubt] = []
    if ask.ledger.unused_minor:
        amount = Money.from_minor(ask.ledger.unused_minor, case.currency)
        found.append(Doubt.of("credit_left_over", Authority.FACT, {"amount": amount}))
    if case.history:
        found += _unknown_names(case, ask.on)
    if not ask.ledger.positions:
        return found
    found += _about_policy(ask)
    kind, address = debtor.kind, debtor.address
    if kind is _UNKNOWN:
        found.append(Doubt.of("debtor_kind_unknown", Authority.FACT, {"debtor": debtor.id}))
    if kind not in scenario.debtor_kinds:
        facts: dict[str, object] = {"scenario": scenario.id, "debtor_kind": kind}
        found.append(Doubt.of("scenario_not_for_kind", Authority.POLICY, facts))
    if address is not None and not address.is_french:
        found.append(Doubt.of("governing_law_assumed", Authority.FACT, {"country": address.country}))
    insolvency = ask.history.insolvency
    if insolvency is not None and insolvency.published_on is None and ask.law.has_declaration(insolvency):
        found.append(Doubt.of("publication_unknown", Authority.FACT, {"opened_on": insolvency.opened_on}))
    return found


_UNKNOWN = DebtorKind.UNKNOWN  # looking a member of an enumeration up costs as much as a call


def _about_policy(ask: Inquiry) -> Iterable[Doubt]:
    """Yield a doubt when the scenario is not the one the case is pinned to, and when freshness cannot be told."""
    started, scenario = ask.history.started, ask.scenario
    if started is not None and (started.scenario, started.scenario_version) != (scenario.id, scenario.version):
        facts: dict[str, object] = {
            "pinned": f"{started.scenario}/{started.scenario_version}",
            "used": f"{scenario.id}/{scenario.version}",
        }
        yield Doubt.of("scenario_not_pinned", Authority.FACT, facts)
    if scenario.max_bank_data_age_days is not None and ask.case.bank_data_through is None:
        yield Doubt.of("bank_data_date_unknown", Authority.FACT, {"max_days": scenario.max_bank_data_age_days})


_NAMING_NONE = (ActionPlanned, ActionDelivered, ScenarioStarted)
"""The usual events, that name no item but through an action."""


def _unknown_names(case: Case, on: date) -> Iterable[Doubt]:
    """Yield a doubt for each event that names an item or a payment the case does not have: it has no effect."""
    past = [event for event in case.history if event.effective_on <= on and not isinstance(event, _NAMING_NONE)]
    if not past:
        return
    issued = [invoice for invoice in case.invoices if invoice.issued_on <= on]
    known = {item.id for invoice in issued for item in invoice.items} | {invoice.number for invoice in issued}
    payments = {payment.id for payment in case.payments if payment.received_on <= on}
    plans = {event.plan_id for event in past if isinstance(event, PlanAgreed)}
    for event in past:
        unknown: list[str] = []
        match event:
            case (
                StopPlaced()
                | ProofSupplied()
                | NoticeDelivered()
                | StepRecorded()
                | PlanAgreed()
                | LimitationActDone()
                | ProceduralStepDone()
            ):
                unknown = [name for name in event.item_ids if name not in known]
            case PlanDefaultNotified():
                unknown = [] if event.plan_id in plans else [event.plan_id]
            case PaymentRejected():
                unknown = [] if event.payment_id in payments else [event.payment_id]
            case _:
                pass  # it names no item and no payment
        if unknown:
            facts: dict[str, object] = {"event": event.id, "names": tuple(unknown)}
            yield Doubt.of("event_without_item", Authority.FACT, facts)
