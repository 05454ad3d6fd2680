"""The page where a letter says its debtor can pay online, and what that page pays."""

from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.documents import Invoice
from recouvrement.render.escaping import Link
from recouvrement.render.parties import payee
from recouvrement.render.statement import Statement
from recouvrement.render.sum_asked import sum_asked
from recouvrement.render.variants import Variant


class PaymentLink(NamedTuple):
    """The link of a letter; both are empty when it shows none."""

    payment_link: Link
    """A link that shows its own address."""
    payment_link_invoice: str
    """Number of the invoice that page pays; empty for the creditor's page."""


_NONE = PaymentLink(Link(), "")


def payment_link(action: Action, case: Case, account: Statement, *, variant: Variant) -> PaymentLink:
    """Return the page of the one invoice a letter is about, else the creditor's, else none.

    There is none in a letter that asks for no sum (see ``sum_asked``), nor where another account than the creditor's
    is given: the page and the transfer would pay two different people.
    """
    asked = sum_asked(action, account, variant)
    if asked is None or asked.minor <= 0 or payee(action, case) is not case.creditor:
        return _NONE
    invoice = _paid_whole(case, account)
    if invoice is not None and invoice.payment_url is not None:
        return PaymentLink(Link(invoice.payment_url), account.invoice_rows[0].number)
    return PaymentLink(Link(case.creditor.payment_url), "") if case.creditor.payment_url is not None else _NONE


def _paid_whole(case: Case, account: Statement) -> Invoice | None:
    """Return the invoice whose whole balance, and nothing else, is the principal of the letter.

    Its page asks for all that is left of it. One of several would leave the others unpaid; that of an invoice payable
    in instalments, or in part contested or deferred, would ask for what the letter does not.
    """
    sums = account.settlement
    if len(account.invoice_rows) != 1 or sums.contested or sums.deferred or sums.already_recorded:
        return None
    invoice = next(one for one in case.invoices if one.number == account.numbers[0])
    return invoice if len(invoice.items) == 1 else None
