"""What may be demanded on the overdue items, each amount with its reasons."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Claim, ClaimItem, Doubt
from recouvrement.domain.money import Money
from recouvrement.domain.terms import Imputation
from recouvrement.engine.history import History, notice_in_force
from recouvrement.engine.ledger import Position
from recouvrement.engine.stops import Stopped, is_earlier_debt
from recouvrement.law.jurisdiction import Debt, Indemnity, Jurisdiction


class Claimed(NamedTuple):
    """A claim and what is doubtful in it."""

    claim: Claim
    doubts: tuple[Doubt, ...]


def claimed(
    case: Case, overdue: tuple[tuple[Position, Stopped], ...], history: History, on: date, law: Jurisdiction
) -> Claimed:
    """Return the claim on a date: principal, interest segment by segment, one indemnity per invoice."""
    currency = case.currency
    items: list[ClaimItem] = []
    doubts: list[Doubt] = []
    charged: set[str] = set()
    nothing = Money.zero(currency)
    for position, stop in overdue:
        due_on = position.due_on
        if due_on is None:
            continue
        item = position.item
        debt = _debt(case, position, due_on, stop, history)
        accrual = law.accrual(debt, on)
        if item.invoice_number in charged or not debt.principal_minor:
            indemnity = Indemnity(nothing, (), ())
        else:
            indemnity = law.indemnity(debt, on)
            if indemnity.amount:
                charged.add(item.invoice_number)
        doubts += accrual.doubts + indemnity.doubts
        items.append(
            ClaimItem(
                item_id=item.id,
                invoice_number=item.invoice_number,
                issued_on=item.issued_on,
                due_on=due_on,
                days_late=(on - due_on).days,
                original=Money.from_minor(item.amount_minor, currency),
                credited=Money.from_minor(position.credited_minor, currency),
                paid=Money.from_minor(position.paid_minor, currency),
                balance=Money.from_minor(position.balance_minor, currency),
                contested=Money.from_minor(stop.contested_minor, currency),
                principal=accrual.principal,
                late_interest=accrual.late_interest,
                segments=accrual.segments,
                indemnity=indemnity.amount,
                interest_through=accrual.through,
                reasons=position.due_reasons + accrual.reasons + indemnity.reasons,
            )
        )
    principal = sum(item.principal.minor for item in items)
    interest = sum(item.late_interest.minor for item in items)
    indemnities = sum(item.indemnity.minor for item in items)
    claim = Claim(
        items=tuple(items),
        principal=Money.from_minor(principal, currency),
        late_interest=Money.from_minor(interest, currency),
        indemnities=Money.from_minor(indemnities, currency),
        total=Money.from_minor(principal + interest + indemnities, currency),
    )
    return Claimed(claim, tuple(doubts))


def _debt(case: Case, position: Position, due_on: date, stop: Stopped, history: History) -> Debt:
    item = position.item
    terms = position.invoice.terms or case.creditor.terms
    return Debt(
        item_id=item.id,
        due_on=due_on,
        instalments=len(position.invoice.instalments),
        principal_minor=item.amount_minor - position.credited_minor - stop.contested_minor,
        receipts=position.receipts,
        currency=case.currency,
        debtor_kind=case.debtor.kind,
        creditor_is_natural_person=case.creditor.is_natural_person,
        notice_on=notice_in_force(history, item.id, due_on),
        insolvency_opened_on=history.insolvency.opened_on
        if history.insolvency is not None and is_earlier_debt(position, history.insolvency)
        else None,
        imputation=terms.imputation if terms is not None else Imputation.INTEREST_FIRST,
    )
