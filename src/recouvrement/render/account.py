"""The movements of an account: invoices, credit notes and payments in the order of their days, with the balance."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.events import PaymentRejected
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render import formats
from recouvrement.render.told import shown


class MovementRow(NamedTuple):
    """One movement; of debit and credit one is empty."""

    day: str
    label: str
    debit: str
    credit: str
    balance: str
    """After it."""


class Account(NamedTuple):
    """The account of a debtor; empty texts for another document."""

    movement_rows: tuple[MovementRow, ...]
    account_since: str
    brought_forward: str
    """Balance before the first movement shown; empty when nothing was owed."""
    account_balance: str
    account_due: str
    """Part of the balance that is past its due date; empty when nothing is."""
    account_in_credit: str
    """Money that no open invoice has used up: already in the balance."""


NO_ACCOUNT = Account((), *[""] * (len(Account._fields) - 1))


class _Movement(NamedTuple):
    on: date
    rank: int
    name: str
    minor: int
    """What it adds to the debt: less than nothing for a credit."""


def account(action: Action, case: Case, *, due: Money, on: date) -> Account:
    """Return every movement since the oldest open invoice was issued; ``due`` is what is overdue of the open items.

    Raises ``RenderError`` when the movements do not lead to the sum of the open items.
    """
    if action.document is not DocumentKind.STATEMENT_OF_ACCOUNT:
        return NO_ACCOUNT
    movements = sorted(_movements(case, on))
    since = min(item.issued_on for item in case.items if item.id in action.listed)
    balance = sum(one.minor for one in movements if one.on < since)
    forward = Money.from_minor(balance, case.currency)
    rows = []
    for one in movements:
        if one.on < since:
            continue
        balance += one.minor
        amount = formats.money(Money.from_minor(abs(one.minor), case.currency))
        rows.append(
            MovementRow(
                day=formats.short_date(one.on),
                label=one.name,
                debit=amount if one.minor >= 0 else "",
                credit=amount if one.minor < 0 else "",
                balance=formats.money(Money.from_minor(balance, case.currency)),
            )
        )
    unused = action.principal.minor - balance
    if unused < 0:
        raise RenderError(
            where=f"action {action.id}, principal",
            found=f"the movements leave {Money.from_minor(balance, case.currency)}, the open items {action.principal}",
            hint="Render an action with the case it was asked for, on its own date.",
        )
    return Account(
        movement_rows=tuple(rows),
        account_since=formats.long_date(since),
        brought_forward=shown(forward),
        account_balance=formats.money(Money.from_minor(balance, case.currency)),
        account_due=shown(due),
        account_in_credit=shown(Money.from_minor(unused, case.currency)),
    )


def _movements(case: Case, on: date) -> Iterator[_Movement]:
    for invoice in case.invoices:
        if invoice.issued_on <= on:
            minor = sum(part.amount.minor for part in invoice.instalments)
            yield _Movement(invoice.issued_on, 0, formats.unbroken(f"Facture {invoice.number}"), minor)
    for note in case.credit_notes:
        if note.issued_on <= on:
            yield _Movement(note.issued_on, 1, formats.unbroken(f"Avoir {note.number}"), -note.amount.minor)
    payments = {payment.id: payment for payment in case.payments if payment.received_on <= on}
    for payment in payments.values():
        name = formats.unbroken(f"Règlement {payment.reference or payment.id}")
        yield _Movement(payment.received_on, 2, name, -payment.amount.minor)
    for event in case.history:
        if isinstance(event, PaymentRejected) and event.effective_on <= on and event.payment_id in payments:
            rejected = payments[event.payment_id]
            name = formats.unbroken(f"Rejet du règlement {rejected.reference or rejected.id}")
            yield _Movement(event.effective_on, 3, name, rejected.amount.minor)
