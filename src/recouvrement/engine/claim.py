"""What may be demanded on the overdue items, each amount with its reasons."""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.decision import Claim, ClaimItem, Doubt
from recouvrement.domain.light import quick
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Reason
from recouvrement.domain.terms import DayCount, HalfYears, Imputation, PaymentTerms, agreed_terms
from recouvrement.engine.history import History, notice_in_force
from recouvrement.engine.instalments import Account, accounts, interest_doubts, together
from recouvrement.engine.ledger import Position
from recouvrement.engine.stops import Stopped, is_earlier_debt
from recouvrement.engine.tranches import Notices
from recouvrement.law.jurisdiction import Accrual, Debt, Indemnity, Jurisdiction


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
    principal = interest = indemnities = 0
    not_charged = _no_indemnity(currency)
    notices = Notices(case, on)
    accrued, indemnified = law.accrual, law.indemnity
    common = _Common(case, history)
    for position, stop in overdue:
        due_on = position.due_on
        if due_on is None:
            continue
        number = position.item.invoice_number
        debt = _debt(common, position, due_on, stop)
        dated = accounts(debt, stop.tranches, on, law, partial(notices.after, position.item)) if stop.tranches else ()
        accrual = together(dated) if dated else accrued(debt, on)
        if dated:
            doubts += interest_doubts(debt, stop.tranches)
        indemnity = not_charged
        if number not in charged and debt.principal_minor:
            indemnity = indemnified(debt, on)
            if indemnity.amount.minor:
                charged.add(number)
        doubts += accrual.doubts
        doubts += indemnity.doubts
        principal += accrual.principal_minor
        interest += accrual.late_interest_minor
        indemnities += indemnity.amount.minor + indemnity.extra.minor
        # Every figure and reason is there; they are put in the shape a reader wants when somebody reads.
        item = ClaimItem.later(_in_case, on, accrual, indemnity, position, stop)
        items.append(ClaimItem.later(_in_parts, item, dated) if dated else item)
    return quick(Claimed, (_claim(items, currency, principal, interest, indemnities), tuple(doubts)))


@cache
def _no_indemnity(currency: str) -> Indemnity:
    return Indemnity(Money.zero(currency), Money.zero(currency), (), ())


def claim_of(debt: Debt, on: date, law: Jurisdiction) -> Claimed:
    """Return what is owed on a date for one debt alone, without case or history: a calculation on paper.

    Nothing is left out for being paid or not yet late.
    """
    accrual, indemnity = law.accrual(debt, on), law.indemnity(debt, on)
    paid = sum(receipt.minor for receipt in debt.receipts if receipt.on <= on)
    nothing = Money.zero(debt.currency)
    books = _Books(
        invoice_number=debt.item_id,
        issued_on=None,
        original=Money.from_minor(debt.principal_minor, debt.currency),
        credited=nothing,
        paid=Money.from_minor(min(paid, debt.principal_minor), debt.currency),
        balance=Money.from_minor(max(0, debt.principal_minor - paid), debt.currency),
        contested=nothing,
        deferred=None,
        reasons=(),
    )
    item = ClaimItem.later(_item, debt.due_on, on, accrual, indemnity, books)
    doubts = {(doubt.code, doubt.reason.inputs): doubt for doubt in (*accrual.doubts, *indemnity.doubts)}
    indemnities = indemnity.amount.minor + indemnity.extra.minor
    claim = _claim([item], debt.currency, accrual.principal_minor, accrual.late_interest_minor, indemnities)
    return Claimed(claim, tuple(doubts.values()))


class _Books(NamedTuple):
    """What the books say of an item, whatever the law makes of it."""

    invoice_number: str
    issued_on: date | None
    original: Money
    credited: Money
    paid: Money
    balance: Money
    contested: Money
    deferred: Money | None
    reasons: tuple[Reason, ...]


def _in_case(
    on: date, accrual: Accrual, indemnity: Indemnity, position: Position, stop: Stopped
) -> Mapping[str, object]:
    item, due_on, currency = position.item, position.due_on or on, accrual.currency
    return _item(
        due_on,
        on,
        accrual,
        indemnity,
        _Books(
            invoice_number=item.invoice_number,
            issued_on=item.issued_on,
            original=Money.from_minor(item.amount_minor, currency),
            credited=Money.from_minor(position.credited_minor, currency),
            paid=Money.from_minor(position.paid_minor, currency),
            balance=Money.from_minor(position.balance_minor, currency),
            contested=Money.from_minor(stop.contested_minor, currency),
            deferred=Money.from_minor(stop.deferred_minor, currency) if stop.deferred_minor else None,
            reasons=position.due_reasons + position.payment_reasons,
        ),
    )


def _in_parts(item: ClaimItem, dated: tuple[Account, ...]) -> Mapping[str, object]:
    return dict(item) | {"tranches": tuple(account.tranche for account in dated)}


def _item(due_on: date, on: date, accrual: Accrual, indemnity: Indemnity, books: _Books) -> Mapping[str, object]:
    """Return the fields of an item of a claim."""
    return {
        "item_id": accrual.item_id,
        "invoice_number": books.invoice_number,
        "issued_on": books.issued_on,
        "due_on": due_on,
        "days_late": (on - due_on).days,
        "original": books.original,
        "credited": books.credited,
        "paid": books.paid,
        "balance": books.balance,
        "contested": books.contested,
        "deferred": books.deferred,
        "principal": accrual.principal,
        "late_interest": accrual.late_interest,
        "segments": accrual.segments,
        "payments": accrual.payments,
        "indemnity": indemnity.amount,
        "extra_compensation": indemnity.extra or None,
        "interest_through": accrual.through,
        "tranches": (),
        "reasons": books.reasons + accrual.reasons + indemnity.reasons,
    }


def _claim(items: list[ClaimItem], currency: str, principal: int, interest: int, indemnities: int) -> Claim:
    """Return the claim on items whose sums are given in minor units; they are put in shape when somebody reads."""
    return Claim.later(_sums, tuple(items), currency, principal, interest, indemnities)


def _sums(
    items: tuple[ClaimItem, ...], currency: str, principal: int, interest: int, indemnities: int
) -> Mapping[str, object]:
    return {
        "items": items,
        "principal": Money.from_minor(principal, currency),
        "late_interest": Money.from_minor(interest, currency),
        "indemnities": Money.from_minor(indemnities, currency),
        "total": Money.from_minor(principal + interest + indemnities, currency),
    }


class _Common:
    """What the debts of a case share, read once for all of them."""

    __slots__ = ("creditor_terms", "currency", "from_person", "general", "history", "kind")

    def __init__(self, case: Case, history: History) -> None:
        self.history, self.currency, self.kind = history, case.currency, case.debtor.kind
        self.from_person, self.creditor_terms = case.creditor.is_natural_person, case.creditor.terms
        self.general = _on_lateness(agreed_terms(None, self.creditor_terms))

    def on_lateness(self, of_invoice: PaymentTerms | None) -> "_OnLateness":
        """Return what is agreed on the late payment of an invoice; most bear no terms of their own."""
        return self.general if of_invoice is None else _on_lateness(agreed_terms(of_invoice, self.creditor_terms))


_OnLateness = tuple[Imputation, PenaltyClause | None, DayCount, HalfYears, bool]


def _on_lateness(terms: PaymentTerms) -> _OnLateness:
    return terms.imputation, terms.penalty, terms.day_count, terms.half_years, terms.capitalises


def _debt(common: _Common, position: Position, due_on: date, stop: Stopped) -> Debt:
    item, invoice, history = position.item, position.invoice, common.history
    imputation, penalty, day_count, half_years, capitalises = common.on_lateness(invoice.terms)
    insolvency = history.insolvency
    is_stopped = insolvency is not None and is_earlier_debt(position, insolvency)
    return quick(
        Debt,
        (
            item.id,
            due_on,
            item.amount_minor - position.credited_minor - stop.withheld_minor,
            position.receipts,
            common.currency,
            common.kind,
            common.from_person,
            notice_in_force(history, item.id, due_on) if history.notices else None,
            insolvency.opened_on if insolvency is not None and is_stopped else None,
            imputation,
            len(invoice.instalments),
            penalty,
            None,  # no rate granted
            day_count,
            half_years,
            None,  # no decision of a court
            due_on if capitalises else None,
            (),  # no costs proved
        ),
    )
