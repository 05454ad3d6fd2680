"""What a document asked for is about: the items it lists and the facts it tells, or why it may not be made."""

from collections.abc import Callable, Sequence
from datetime import date

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Deadline, HoldKind
from recouvrement.domain.parties import TREATED_AS_CONSUMERS, DebtorKind, Insolvency
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.terms import Imputation, agreed_terms
from recouvrement.domain.vocabulary import DocumentKind, StopKind
from recouvrement.engine.alerts import deadline_reason
from recouvrement.engine.claim import claimed
from recouvrement.engine.history import history_on
from recouvrement.engine.ledger import PaidPart, Position, ledger_on
from recouvrement.engine.request_agreements import not_kept, plan, plan_default, promised, proposal
from recouvrement.engine.requesting import Listed, Request, Subject, money, name_of_stop, placed
from recouvrement.engine.stops import FREE, Stopped, is_earlier_debt, overlays_on
from recouvrement.engine.survey import Inquiry
from recouvrement.law.jurisdiction import EngineRule


def subject_of(request: Request) -> Subject:
    """Return what a document is about. Raises ``InvalidInput`` as ``requested`` says."""
    subject = _SUBJECTS[request.kind](request)
    if not subject.items:
        request.refuse("no item of the case can be listed", "Choose another date or document.")
    return subject


def _account(request: Request) -> Subject:
    request.nothing()
    return Subject(request.open(lambda _: True), request.ask.on)


def _overdue(request: Request) -> Subject:
    """Return the overdue items that nothing holds."""
    request.nothing()
    ask = request.ask
    free = [one for one in request.survey.candidates if one.is_overdue]
    items = sorted(free, key=lambda candidate: candidate.position.age)
    if not items:  # said plainly, where that is why nothing is left
        request.refuse_assigned(request.open(lambda _: True))
    return Subject(tuple((one.position, one.stop) for one in items), ask.on)


def _formal(request: Request) -> Subject:
    """Return the overdue items that nothing holds, once each is certain, liquid, due and not barred."""
    found = _overdue(request)
    listed = {position.item.id for position, _ in found.items}
    lacks = {one.id: one.lacks for one in request.survey.candidates if one.id in listed and one.lacks}
    if lacks:
        told = "; ".join(f"{item_id} lacks {', '.join(lacks[item_id])}" for item_id in sorted(lacks))
        request.refuse(told, "Complete the file first: a court would ask for it.")
    return found


def _sheet(request: Request) -> Subject:
    if request.ask.case.debtor.kind is DebtorKind.PUBLIC:
        request.refuse("the debtor is a public body", "An order to pay is closed against it: see the other routes.")
    found = _formal(request)
    return found._replace(reasons=_deadlines(request, found.items))


def _handover(request: Request) -> Subject:
    """Return what may be demanded, and tell the other open debts, which are not handed over."""
    ask, found = request.ask, _overdue(request)
    listed = {position.item.id for position, _ in found.items}
    left_out = tuple(
        Reason.of(
            "left_out_of_file", Authority.FACT, {"item": one.item.id, "amount": money(one.balance_minor, ask.case)}
        )
        for one in ask.ledger.positions
        if one.item.id not in listed
    )
    return found._replace(reasons=(*_deadlines(request, found.items), *left_out))


def _deadlines(request: Request, items: Sequence[Listed]) -> tuple[Reason, ...]:
    known = request.survey.deadlines
    return tuple(deadline_reason(known[one.item.id]) for one, _ in items if one.item.id in known)


def _dispute(request: Request) -> Subject:
    """Return the items of a dispute; nothing is asked of one that anything else holds."""
    ask, stop_id = request.ask, name_of_stop(request, "dispute", StopKind.DISPUTE)
    stop = placed(request, stop_id, StopKind.DISPUTE)
    if all(one is not stop for one in ask.overlays.active):
        request.refuse(f"dispute {stop_id} is over", "Acknowledge a dispute while it lasts.")
    found = request.open(lambda position: not stop.item_ids or position.is_named_in(stop.item_ids))
    contested = _contested(request)
    items = tuple((one, _withheld(request, (one, state), contested[one.item.id])) for one, state in found)
    return Subject(items, ask.on, (Reason.of("about_dispute", Authority.FACT, {"stop_id": stop_id}),))


def _contested(request: Request) -> dict[str, int]:
    """Return what is contested of each item: proceedings, which take in the whole, hide it from the overlays."""
    ask = request.ask
    overlays = ask.overlays
    if ask.history.insolvency is not None:
        overlays = overlays_on(ask.ledger, ask.history._replace(insolvency=None), ask.on, ask.law)
    return {position.item.id: stop.contested_minor for position, stop in overlays.stopped}


def _withheld(request: Request, listed: Listed, contested_minor: int) -> Stopped:
    """Return the state of a disputed item: where anything but the dispute holds it, what is left waits as well."""
    position, stop = listed
    if request.holds.get(position.item.id, HoldKind.DISPUTE) is HoldKind.DISPUTE:
        return stop
    rest = position.balance_minor - contested_minor
    return stop._replace(contested_minor=contested_minor, deferred_minor=rest, tranches=())


def _receipt(request: Request) -> Subject:
    """Return the items a payment went to: those it names, and those the law gave the rest of it to.

    The reason tells what it settled of each, and what is left of their invoices: the whole, contested or not, since a
    receipt asks nothing. What is left is the balance in the books: the law may have paid interest first.
    """
    ask = request.ask
    payment_id = request.name("payment", (one.id for one in ask.case.payments if one.received_on <= ask.on))
    payment = next((one for one in ask.case.payments if one.id == payment_id and one.received_on <= ask.on), None)
    if payment is None:
        request.refuse(f"no payment {payment_id} by that day", "Name a payment of the case.")
    if payment_id in ask.history.rejected_payments:
        request.refuse(f"payment {payment_id} was rejected", "Nothing was received: give no receipt.")
    everything = (*ask.ledger.settled, *ask.ledger.positions)
    parts = [part for part in _every_part(ask) if part.payment_id == payment_id]
    names = {*(part.item_id for part in payment.allocations), *(part.item_id for part in parts)}
    went_to = [one for one in everything if one.is_named_in(names)]
    stops = {position.item.id: stop for position, stop in ask.overlays.stopped}
    items = tuple((one, stops.get(one.item.id, FREE)) for one in went_to or everything[:1])
    _refuse_paid_after_assignment(request, items, payment.received_on)
    settled = {part.item_id for part in parts}
    numbers = {one.item.invoice_number for one in went_to if one.item.id in settled}
    same = [(one, stops.get(one.item.id, FREE)) for one in everything if one.item.invoice_number in numbers]
    left = sum(one.balance_minor for one, _ in same)
    facts = {"payment_id": payment_id, "left": money(left, ask.case), **_imputation(request, same)}
    told = tuple(
        Reason.of(
            "settled_by_payment",
            Authority.FACT if part.is_named else Authority.LAW,
            {"item": part.item_id, "amount": money(part.minor, ask.case), "named": "yes" if part.is_named else "no"},
            None if part.is_named else ask.law.rule_source(EngineRule.UNALLOCATED_MONEY),
        )
        for part in parts
    )
    return Subject(items, ask.on, (Reason.of("about_payment", Authority.FACT, facts, parts=told),))


def _imputation(request: Request, items: Sequence[Listed]) -> dict[str, object]:
    """Return what payments of some items paid of interest first (C. civ. 1343-1), and whether they may have paid more.

    ``imputed`` counts the items that a décompte of that day shows, as it does. Of the others, settled in the books or
    held, the claim says nothing: what the law imputes on them can only be reserved.
    """
    ask = request.ask
    claim = claimed(ask.case, tuple(items), ask.history, ask.on, ask.law).claim
    to_interest = {item.item_id: sum(paid.to_interest.minor for paid in item.payments) for item in claim.items}
    shown = {one.id for one in request.survey.candidates if one.is_overdue}
    imputed = sum(minor for item_id, minor in to_interest.items() if item_id in shown)
    is_reserved = any(to_interest.values()) or any(_may_pay_interest(ask, position) for position, _ in items)
    return {"imputed": money(imputed, ask.case), "reserves_imputation": "yes" if is_reserved else None}


def _may_pay_interest(ask: Inquiry, position: Position) -> bool:
    """Whether a payment of an item may have paid interest: it came late, and interest comes first.

    A rate that is not published yet leaves the interest uncounted, not unowed. A consumer owes it from a notice only.
    """
    case, due_on = ask.case, position.due_on
    if agreed_terms(position.invoice.terms, case.creditor.terms).imputation is not Imputation.INTEREST_FIRST:
        return False
    if case.debtor.kind in TREATED_AS_CONSUMERS and position.item.id not in ask.history.notices:
        return False
    return due_on is None or any(receipt.on > due_on for receipt in position.receipts)


def _every_part(ask: Inquiry) -> list[PaidPart]:
    """Return what each payment of a case settled of each item."""
    told: list[PaidPart] = []
    nets = ask.scenario.nets_unallocated
    ledger_on(ask.case, ask.on, law=ask.law, history=ask.history, nets_unallocated=nets, told=told)
    return told


def _refuse_paid_after_assignment(request: Request, items: Sequence[Listed], received_on: date) -> None:
    """Refuse a receipt for money that came once the items were assigned: it may not discharge the debtor."""
    assigned = [(position, request.assignment(position)) for position, _ in items]
    late = {one.item.id for one, stop in assigned if stop is not None and stop.effective_on <= received_on}
    request.refuse_assigned(one for one in items if one[0].item.id in late)


def _declaration(request: Request) -> Subject:
    """Return the debts born before the opening, as they stood on the day of the opening.

    Payments received later are left out: what is declared is what was owed on that day. A contested sum is declared.
    """
    request.nothing()
    ask = request.ask
    insolvency = ask.history.insolvency
    if insolvency is None:
        request.refuse("no insolvency proceedings are known on that day", _RECORD_OPENING)
    if not ask.law.has_declaration(insolvency):
        request.refuse(f"no claim is declared in a {insolvency.kind.value}", "Answer the commission instead.")
    opened_on, case = insolvency.opened_on, ask.case
    _refuse_undeclarable(request, insolvency)
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
    request.refuse_assigned(items)
    deadline = ask.law.declaration_de_creance(insolvency)
    is_late = deadline is not None and ask.on > _last_day(deadline)
    facts = {"kind": insolvency.kind, "opened_on": opened_on, "is_late": "yes" if is_late else None}
    reasons = (Reason.of("about_insolvency", Authority.FACT, facts),)
    return Subject(items, opened_on, (*reasons, *((deadline_reason(deadline),) if deadline is not None else ())))


def _refuse_undeclarable(request: Request, insolvency: Insolvency) -> None:
    """Refuse a declaration that comes too late or is not in the currency it must be made in."""
    ask = request.ask
    if insolvency.closed_on is not None and insolvency.closed_on <= ask.on:
        closed_on = insolvency.closed_on.isoformat()
        request.refuse(f"the proceedings were closed on {closed_on}", "Declare nothing: ask a lawyer what is left.")
    if ask.case.currency != _DECLARED_IN:
        request.refuse(
            f"the case is in {ask.case.currency}",
            f"Convert the sums into {_DECLARED_IN} by hand, and declare them yourself.",
        )
    deadline = ask.law.declaration_de_creance(insolvency)
    if deadline is not None and ask.on > _last_day(deadline) and not request.is_late:
        request.refuse(
            f"the last day to declare was {_last_day(deadline).isoformat()}",
            "Ask for relief from forclusion (C. com. art. L622-26), then declare it: --late (in Python, is_late).",
        )


def _last_day(deadline: Deadline) -> date:
    """Return the very last day: the law gives an earlier one to rely on, and its path the working day that follows."""
    return max((deadline.last_day, *(step.from_ for step in deadline.path)))


_DECLARED_IN = "EUR"
_RECORD_OPENING = (
    "Record their opening first: procedure and procedure_ouverte_le of debiteurs.csv; in Python, InsolvencyOpened."
)

_SUBJECTS: dict[DocumentKind, Callable[[Request], Subject]] = {
    DocumentKind.LAST_NOTICE: _formal,
    DocumentKind.STATEMENT_OF_ACCOUNT: _account,
    DocumentKind.DECOMPTE_ANNEX: _overdue,
    DocumentKind.DISPUTE_ACKNOWLEDGEMENT: _dispute,
    DocumentKind.PROMISE_CONFIRMATION: promised,
    DocumentKind.BROKEN_PROMISE: not_kept,
    DocumentKind.PLAN_PROPOSAL: proposal,
    DocumentKind.PLAN_AGREEMENT: plan,
    DocumentKind.PLAN_DEFAULT_NOTICE: plan_default,
    DocumentKind.RECEIPT: _receipt,
    DocumentKind.HANDOVER_COVER: _handover,
    DocumentKind.ORDER_TO_PAY_SHEET: _sheet,
    DocumentKind.CLAIM_DECLARATION: _declaration,
}
