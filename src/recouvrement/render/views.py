"""The flat view a template reads: formatted strings and rows in one language, nothing to compute."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, DocumentKind
from recouvrement.render.language import Language
from recouvrement.render.notes import Note, note
from recouvrement.render.parties import Parties, parties
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


class View(NamedTuple):
    """The parts of a view; a template reads them side by side, under their own field names."""

    parties: Parties
    body: Body
    settlement: Settlement
    note: Note
    thanks: Thanks
    statement: Statement
    """For the checks; templates read ``body`` and ``settlement``."""
    language: Language

    def context(self) -> dict[str, object]:
        """Return the variables of the template."""
        parts: tuple[Parties | Body | Settlement | Note | Thanks, ...] = (
            self.parties,
            self.body,
            self.settlement,
            self.note,
            self.thanks,
        )
        return {name: value for part in parts for name, value in part._asdict().items()}


VARIABLES = frozenset({*Parties._fields, *Body._fields, *Settlement._fields, *Note._fields, *Thanks._fields})
"""Names a template may use."""

TRANSLATED = frozenset(
    {*Parties._fields, *Body._fields, *Settlement._fields, *Thanks._fields, "case_id", "debtor_kind"}
)
"""Those a template may use in another language than French: what the rest holds is told in French alone."""


def view(action: Action, case: Case, claim: Claim, *, variant: Variant, on: date, language: Language) -> View:
    """Return everything the templates of an action may print."""
    accessories = variant is not Variant.CONSUMER or action.document in INTERNAL_DOCUMENTS
    account = statement(action, case, claim, accessories=accessories, on=on, language=language)
    return View(
        parties=parties(action, case, on=on, numbers=account.numbers, language=language),
        body=_body(action, account, language),
        settlement=account.settlement,
        note=note(action, case, on=on, language=language),
        thanks=thanks(action, case, on=on, language=language),
        statement=account,
        language=language,
    )


def _body(action: Action, account: Statement, language: Language) -> Body:
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
        payment_time=words.pay_by.format(day=pay_by) if pay_by else _upon_receipt(action.document, language),
    )


def _upon_receipt(kind: DocumentKind, language: Language) -> str:
    words = language.words
    return words.upon_receipt_of_notice if kind is DocumentKind.MISE_EN_DEMEURE else words.upon_receipt
