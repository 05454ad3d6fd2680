"""What a document asked for is about: the items it lists and the facts it tells, or why it may not be made."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, NoReturn

from recouvrement.domain.case import Case
from recouvrement.domain.decision import HoldKind
from recouvrement.domain.events import PlanAgreed, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import DocumentKind, StopKind
from recouvrement.engine.alerts import deadline_reason
from recouvrement.engine.history import history_on
from recouvrement.engine.ledger import Position, ledger_on
from recouvrement.engine.plans import Plan, PlanStatus
from recouvrement.engine.promises import Promise
from recouvrement.engine.stops import FREE, Stopped, is_earlier_debt
from recouvrement.engine.survey import Inquiry, Survey, survey
from recouvrement.errors import InvalidInput
from recouvrement.scenario.facts import PromiseState

Listed = tuple[Position, Stopped]
About = str | PlanAgreed | None


class Subject(NamedTuple):
    """Items and facts of one document."""

    items: tuple[Listed, ...]
    as_of: date
    """Day on which the sums are taken: the day asked, save for a declaration in insolvency."""
    reasons: tuple[Reason, ...] = ()


def subject_of(ask: Inquiry, kind: DocumentKind, about: About) -> Subject:
    """Return what a document is about. Raises ``InvalidInput`` as ``requested`` says."""
    request = _Request(ask, kind, about)
    subject = _SUBJECTS[kind](request)
    if not subject.items:
        request.refuse("no item of the case can be listed", "Choose another date or document.")
    return subject


class _Request:
    def __init__(self, ask: Inquiry, kind: DocumentKind, about: About) -> None:
        self.ask, self.kind, self.about = ask, kind, about

    def refuse(self, found: str, hint: str) -> NoReturn:
        raise InvalidInput(
            where=f"document {self.kind.value} of case {self.ask.case.id} on {self.ask.on.isoformat()}",
            found=found,
            hint=hint,
        )

    def name(self, what: str) -> str:
        if not isinstance(self.about, str):
            self.refuse("about is not given as an identifier", f"Name {what} in about.")
        return self.about

    def nothing(self) -> None:
        if self.about is not None:
            self.refuse(f"about is {self.about}", "Leave it out: the document is about the whole account.")

    def survey(self) -> Survey:
        return survey(self.ask)

    def open(self, is_concerned: Callable[[Position], bool]) -> tuple[Listed, ...]:
        """Return the open items concerned, oldest first."""
        return tuple((position, stop) for position, stop in self.ask.overlays.stopped if is_concerned(position))

    def payable(self, items: Iterable[Listed]) -> tuple[Listed, ...]:
        """Return the items, once none of them is barred or under insolvency: nobody may be asked to pay those."""
        kept = tuple(items)
        named = {position.item.id for position, _ in kept}
        held = {hold.item_id: hold.kind for hold in self.survey().holds if hold.kind in _NOT_PAYABLE}
        wrong = sorted(item_id for item_id in named if item_id in held)
        if wrong:
            told = ", ".join(f"{item_id} ({held[item_id].value})" for item_id in wrong)
            self.refuse(f"{told} may not be demanded", "Leave these items to the procedure, or to the books.")
        return kept


_NOT_PAYABLE = frozenset({HoldKind.BARRED, HoldKind.INSOLVENCY})


def _money(minor: int, case: Case) -> Money:
    return Money.from_minor(minor, case.currency)


def _account(request: _Request) -> Subject:
    request.nothing()
    return Subject(request.open(lambda _: True), request.ask.on)


def _overdue(request: _Request) -> Subject:
    """Return the overdue items that nothing holds."""
    request.nothing()
    ask = request.ask
    free = [one for one in request.survey().candidates if one.is_overdue]
    items = sorted(free, key=lambda candidate: candidate.position.age)
    return Subject(tuple((one.position, one.stop) for one in items), ask.on)


def _formal(request: _Request) -> Subject:
    """Return the overdue items that nothing holds, once each is certain, liquid, due and not barred."""
    found = _overdue(request)
    listed = {position.item.id for position, _ in found.items}
    lacks = {one.id: one.lacks for one in request.survey().candidates if one.id in listed and one.lacks}
    if lacks:
        told = "; ".join(f"{item_id} lacks {', '.join(lacks[item_id])}" for item_id in sorted(lacks))
        request.refuse(told, "Complete the file first: a court would ask for it.")
    return found


def _sheet(request: _Request) -> Subject:
    if request.ask.case.debtor.kind is DebtorKind.PUBLIC:
        request.refuse("the debtor is a public body", "An order to pay is closed against it: see the other routes.")
    found = _formal(request)
    return found._replace(reasons=_deadlines(request, found.items))


def _handover(request: _Request) -> Subject:
    found = _overdue(request)
    return found._replace(reasons=_deadlines(request, found.items))


def _deadlines(request: _Request, items: Sequence[Listed]) -> tuple[Reason, ...]:
    known = request.survey().deadlines
    return tuple(deadline_reason(known[one.item.id]) for one, _ in items if one.item.id in known)


def _dispute(request: _Request) -> Subject:
    ask, stop_id = request.ask, request.name("the dispute by its stop_id")
    stop = _stop(request, stop_id, StopKind.DISPUTE)
    if all(one is not stop for one in ask.overlays.active):
        request.refuse(f"dispute {stop_id} is over", "Acknowledge a dispute while it lasts.")
    items = request.open(lambda position: not stop.item_ids or position.is_named_in(stop.item_ids))
    return Subject(items, ask.on, (Reason.of("about_dispute", Authority.FACT, {"stop_id": stop_id}),))


def _stop(request: _Request, stop_id: str, kind: StopKind) -> StopPlaced:
    stop = next((one for one in request.ask.history.stops if one.stop_id == stop_id), None)
    if stop is None:
        known = ", ".join(sorted(one.stop_id for one in request.ask.history.stops)) or "none"
        request.refuse(f"no stop {stop_id} on that day (known: {known})", "Name a stop of the case, not lifted.")
    if stop.stop is not kind:
        request.refuse(f"stop {stop_id} is a {stop.stop.value}", f"Name a {kind.value}.")
    return stop


def _promise(request: _Request, state: PromiseState) -> Subject:
    ask, stop_id = request.ask, request.name("the promise by its stop_id")
    _stop(request, stop_id, StopKind.PROMISE_TO_PAY)
    promise: Promise = next(one for one in reversed(ask.overlays.promises) if one.stop.stop_id == stop_id)
    if promise.state is not state:
        request.refuse(f"promise {stop_id} is {promise.state.value}", f"The document is for one that is {state.value}.")
    facts = {"stop_id": stop_id, "received": _money(promise.received_minor, ask.case)}
    items = request.payable(request.open(promise.covers))
    return Subject(items, ask.on, (Reason.of("about_promise", Authority.FACT, facts),))


def _promised(request: _Request) -> Subject:
    return _promise(request, PromiseState.PENDING)


def _not_kept(request: _Request) -> Subject:
    return _promise(request, PromiseState.BROKEN)


def _plan(request: _Request) -> Subject:
    """Return the items of a plan, recorded or given, with its terms."""
    ask = request.ask
    if isinstance(request.about, PlanAgreed):
        agreed = request.about
        if any(part.amount.currency != ask.case.currency for part in agreed.instalments):
            request.refuse("the plan is in another currency", f"Write its instalments in {ask.case.currency}.")
    else:
        agreed = _recorded(request).agreed
    bare = Plan(agreed, PlanStatus.ACTIVE, None, 0, 0, None, 0)
    items = request.payable(request.open(bare.covers))
    return Subject(items, ask.on, (_terms(agreed),))


def _proposal(request: _Request) -> Subject:
    if not isinstance(request.about, PlanAgreed):
        request.refuse("about is not a plan", "Give the plan proposed, as PlanAgreed, without recording it.")
    return _plan(request)


def _recorded(request: _Request) -> Plan:
    plan_id = request.name("the plan by its plan_id")
    plan = next((one for one in request.ask.overlays.plans if one.agreed.plan_id == plan_id), None)
    if plan is None:
        known = ", ".join(sorted(one.agreed.plan_id for one in request.ask.overlays.plans)) or "none"
        request.refuse(f"no plan {plan_id} on that day (known: {known})", "Name a plan of the case, not lifted.")
    return plan


def _plan_default(request: _Request) -> Subject:
    ask, plan = request.ask, _recorded(request)
    if plan.status is not PlanStatus.IN_DEFAULT:
        request.refuse(f"plan {plan.agreed.plan_id} is {plan.status.value}", "Notify a plan that is in default.")
    facts = {
        "plan_id": plan.agreed.plan_id,
        "due_on": plan.missed_on,
        "expected": _money(plan.expected_minor, ask.case),
        "received": _money(plan.received_minor, ask.case),
    }
    default = Reason.of("about_plan_default", Authority.CONTRACT, facts)
    return Subject(request.payable(request.open(plan.covers)), ask.on, (_terms(plan.agreed), default))


def _terms(agreed: PlanAgreed) -> Reason:
    """Return the terms of a plan: a proposal is in no history, and its document must show them."""
    parts = tuple(
        Reason.of("plan_instalment", Authority.CONTRACT, {"due_on": part.due_on, "amount": part.amount})
        for part in agreed.instalments
    )
    facts = {
        "plan_id": agreed.plan_id,
        "agreed_on": agreed.effective_on,
        "accelerates": "yes" if agreed.accelerates else "no",
        "grace_days": agreed.grace_days,
        "notice_days": agreed.notice_days,
    }
    return Reason.of("about_plan", Authority.CONTRACT, facts, parts=parts)


def _receipt(request: _Request) -> Subject:
    """Return the items a payment went to: those it names or, for the rest, those the money of that day settled."""
    ask, payment_id = request.ask, request.name("the payment by its id")
    payment = next((one for one in ask.case.payments if one.id == payment_id and one.received_on <= ask.on), None)
    if payment is None:
        request.refuse(f"no payment {payment_id} by that day", "Name a payment of the case.")
    if payment_id in ask.history.rejected_payments:
        request.refuse(f"payment {payment_id} was rejected", "Nothing was received: give no receipt.")
    everything = (*ask.ledger.settled, *ask.ledger.positions)
    names = {part.item_id for part in payment.allocations}
    named = [one for one in everything if one.is_named_in(names)]
    if sum(part.amount.minor for part in payment.allocations) < payment.amount.minor:
        named += [
            one
            for one in everything
            if one not in named and any(receipt.on == payment.received_on for receipt in one.receipts)
        ]
    stops = {position.item.id: stop for position, stop in ask.overlays.stopped}
    items = tuple((one, stops.get(one.item.id, FREE)) for one in named or everything[:1])
    return Subject(items, ask.on, (Reason.of("about_payment", Authority.FACT, {"payment_id": payment_id}),))


def _declaration(request: _Request) -> Subject:
    """Return the debts born before the opening, as they stood on the day of the opening.

    Payments received later are left out: what is declared is what was owed on that day. A contested sum is declared.
    """
    request.nothing()
    ask = request.ask
    insolvency = ask.history.insolvency
    if insolvency is None:
        request.refuse("no insolvency proceedings are known on that day", "Record InsolvencyOpened first.")
    if not ask.law.has_declaration(insolvency):
        request.refuse(f"no claim is declared in a {insolvency.kind.value}", "Answer the commission instead.")
    opened_on, case = insolvency.opened_on, ask.case
    then = Case(
        creditor=case.creditor,
        debtor=case.debtor,
        currency=case.currency,
        invoices=case.invoices,
        credit_notes=case.credit_notes,
        payments=tuple(one for one in case.payments if one.received_on <= opened_on),
        history=case.history,
    )
    ledger = ledger_on(then, ask.on, law=ask.law, history=history_on(case, ask.on))
    items = tuple((one, FREE) for one in ledger.positions if is_earlier_debt(one, insolvency))
    deadline = ask.law.declaration_de_creance(insolvency)
    facts = {"kind": insolvency.kind, "opened_on": opened_on}
    reasons = (Reason.of("about_insolvency", Authority.FACT, facts),)
    return Subject(items, opened_on, (*reasons, *((deadline_reason(deadline),) if deadline is not None else ())))


_SUBJECTS: dict[DocumentKind, Callable[[_Request], Subject]] = {
    DocumentKind.LAST_NOTICE: _formal,
    DocumentKind.STATEMENT_OF_ACCOUNT: _account,
    DocumentKind.DECOMPTE_ANNEX: _overdue,
    DocumentKind.DISPUTE_ACKNOWLEDGEMENT: _dispute,
    DocumentKind.PROMISE_CONFIRMATION: _promised,
    DocumentKind.BROKEN_PROMISE: _not_kept,
    DocumentKind.PLAN_PROPOSAL: _proposal,
    DocumentKind.PLAN_AGREEMENT: _plan,
    DocumentKind.PLAN_DEFAULT_NOTICE: _plan_default,
    DocumentKind.RECEIPT: _receipt,
    DocumentKind.HANDOVER_COVER: _handover,
    DocumentKind.ORDER_TO_PAY_SHEET: _sheet,
    DocumentKind.CLAIM_DECLARATION: _declaration,
}
