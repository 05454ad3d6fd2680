"""The flat view a template reads: formatted strings and rows in one language, nothing to compute."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, PROFESSIONAL_DOCUMENTS, DocumentKind
from recouvrement.render.account import Account, account
from recouvrement.render.agreements import Agreement, agreement
from recouvrement.render.commitments import Commitment, commitment
from recouvrement.render.exhibits import Exhibits, exhibits
from recouvrement.render.insolvencies import Declaration, declaration
from recouvrement.render.language import Language
from recouvrement.render.left_out import LeftOut, left_out
from recouvrement.render.next_steps import next_answer, next_step
from recouvrement.render.notes import Note, note
from recouvrement.render.parties import Parties, parties
from recouvrement.render.payment_link import PaymentLink, payment_link
from recouvrement.render.receipts import Received, received
from recouvrement.render.sms import Sms, sms
from recouvrement.render.statement import InvoiceRow, SegmentRow, Settlement, Statement, statement
from recouvrement.render.thanks import Thanks, thanks
from recouvrement.render.variants import Variant


class Body(NamedTuple):
    """What is said about the listed items."""

    invoice_rows: tuple[InvoiceRow, ...]
    segment_rows: tuple[SegmentRow, ...]
    invoices_label: str
    """``facture F2026-118``, or ``3 factures``."""
    delay: str
    """``12 jours``, or ``12 jours pour la plus ancienne``; empty when nothing is overdue."""
    first_due_on: str
    pay_by: str
    payment_time: str
    """``au plus tard le 8 décembre 2026``, or ``dès réception``."""
    next_step: str
    """What a last notice announces."""
    next_answer: str
    """How the debtor may answer it."""


class View(NamedTuple):
    """The parts of a view; a template reads them side by side, under their own field names."""

    parties: Parties
    body: Body
    online: PaymentLink
    settlement: Settlement
    note: Note
    thanks: Thanks
    commitment: Commitment
    agreement: Agreement
    received: Received
    account: Account
    exhibits: Exhibits
    left_out: LeftOut
    declaration: Declaration
    sms: Sms
    statement: Statement
    """For the checks; templates read ``body`` and ``settlement``."""
    language: Language

    def context(self) -> dict[str, object]:
        """Return the variables of the template."""
        return {name: value for part in self[:-2] for name, value in part._asdict().items()}


_PARTS = (
    *(Parties, Body, PaymentLink, Settlement, Note, Thanks, Commitment, Agreement),
    *(Received, Account, Exhibits, LeftOut, Declaration, Sms),
)

VARIABLES = frozenset(name for part in _PARTS for name in part._fields)
"""Names a template may use."""

TRANSLATED = frozenset(
    {
        *Parties._fields,
        *Body._fields,
        *PaymentLink._fields,
        *Settlement._fields,
        *Thanks._fields,
        "case_id",
        "debtor_kind",
    }
)
"""Those a template may use in another language than French: what the rest holds is told in French alone."""


_FOR_ALL_THAT_IS_OWED = INTERNAL_DOCUMENTS | PROFESSIONAL_DOCUMENTS | {DocumentKind.DECOMPTE_ANNEX}
"""Documents that show the accessories of the claim whoever owes: a consumer's are those the law makes him owe."""


def view(
    action: Action,
    case: Case,
    claim: Claim,
    *,
    variant: Variant,
    on: date,
    language: Language,
    sms_limit: int | None = None,
) -> View:
    """Return everything the templates of an action may print; ``sms_limit`` as in ``sms.sms``."""
    accessories = variant is not Variant.CONSUMER or action.document in _FOR_ALL_THAT_IS_OWED
    found = statement(action, case, claim, accessories=accessories, on=on, language=language)
    both = parties(action, case, on=on, numbers=found.numbers, language=language)
    return View(
        parties=both,
        body=_body(action, case, found, language),
        online=payment_link(action, case, found, variant=variant),
        settlement=found.settlement,
        note=note(action, case, on=on, language=language),
        thanks=thanks(action, case, on=on, language=language),
        commitment=commitment(action, case, due_only=found.due_only, on=on),
        agreement=agreement(action, found.total),
        received=received(action, case, claim, on=on),
        account=account(action, case, due=found.due, on=on),
        exhibits=exhibits(action, case, on=on),
        left_out=left_out(action, case, claim, on=on),
        declaration=declaration(action, case, claim),
        sms=sms(action, case, creditor=_in_whose_name(both), numbers=found.numbers, limit=sms_limit),
        statement=found,
        language=language,
    )


def _in_whose_name(both: Parties) -> str:
    return f"{both.collector_name} pour {both.creditor_name}" if both.collector_name else both.creditor_name


def _body(action: Action, case: Case, account: Statement, language: Language) -> Body:
    words = language.words
    late = account.oldest_days_late
    several = len(account.invoice_rows) > 1
    delay = "" if late is None else language.counted(late, words.day, words.days)
    pay_by = language.long_date(action.pay_by) if action.pay_by else ""
    return Body(
        invoice_rows=account.invoice_rows,
        segment_rows=account.segment_rows,
        invoices_label=(
            words.one_invoice.format(number=account.numbers[0])
            if len(account.numbers) == 1
            else language.counted(len(account.numbers), words.invoice, words.invoices)
        ),
        delay=words.oldest.format(delay=delay) if delay and several else delay,
        first_due_on=language.long_date(account.first_due_on) if account.first_due_on else "",
        pay_by=pay_by,
        next_step=next_step(action, case.debtor.kind),
        next_answer=next_answer(action),
        payment_time=words.pay_by.format(day=pay_by) if pay_by else _upon_receipt(action.document, language),
    )


def _upon_receipt(kind: DocumentKind, language: Language) -> str:
    words = language.words
    return words.upon_receipt_of_notice if kind is DocumentKind.MISE_EN_DEMEURE else words.upon_receipt
