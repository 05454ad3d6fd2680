"""What an e-invoice prints about payment: its notes PMD, PMT and AAB, its due date, and its other words."""

from recouvrement.adapters.factures.model import EInvoice
from recouvrement.domain.documents import Invoice
from recouvrement.domain.parties import DebtorKind
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.mentions import PASSAGE, PrintedMentions


def printed_mentions(read: EInvoice, debtor_kind: DebtorKind, *, where: str, law: Jurisdiction) -> PrintedMentions:
    """Return the mentions of an e-invoice, to be checked; ``law`` reads the words.

    A note with a code says what it is about. The mentions that have none are looked for in the words of the other notes
    and of the payment terms. With several due dates the last one counts.

    Raises ``InvalidInput`` for a credit note, which asks for no payment.
    """
    if not isinstance(read.document, Invoice):
        raise InvalidInput(
            where=where, found="the file is a credit note: it asks for no payment", hint="Give an invoice."
        )
    words = law.read_mentions(
        "\n\n".join(text for text in (read.terms_text, *(text for _, text in read.notes)) if text),
        debtor_kind=debtor_kind,
        issued_on=read.document.issued_on,
        due_on=read.due_dates[-1] if read.due_dates else None,
    )
    return PrintedMentions(
        debtor_kind=debtor_kind,
        issued_on=words.issued_on,
        due_on=words.due_on,
        terms_text=_cut(read.terms_text) or words.terms_text,
        penalty_text=_noted(read, "PMD") or words.penalty_text,
        indemnity_text=_noted(read, "PMT") or words.indemnity_text,
        discount_text=_noted(read, "AAB") or words.discount_text,
        has_purchase_order=True if read.order_reference else None,
        shows_order_number=read.order_reference is not None or words.shows_order_number,
        shows_billing_address=words.shows_billing_address,
    )


def _noted(read: EInvoice, code: str) -> str | None:
    return _cut("\n\n".join(text for written, text in read.notes if written == code))


def _cut(text: str | None) -> str | None:
    """Return the text within the length of a passage, ``None`` when there is none."""
    return (text or "")[:PASSAGE].strip() or None
