"""The flat view a template reads: formatted French strings and rows, nothing to compute."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, DocumentKind
from recouvrement.render import formats
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


def view(action: Action, case: Case, claim: Claim, *, variant: Variant, on: date) -> View:
    """Return everything the templates of an action may print."""
    accessories = variant is not Variant.CONSUMER or action.document in INTERNAL_DOCUMENTS
    account = statement(action, case, claim, accessories=accessories, on=on)
    return View(
        parties=parties(action, case, on=on, numbers=account.numbers),
        body=_body(action, account),
        settlement=account.settlement,
        note=note(action, case, on=on),
        thanks=thanks(action, case, on=on),
        statement=account,
    )


def _body(action: Action, account: Statement) -> Body:
    late = account.oldest_days_late
    several = len(account.invoice_rows) > 1
    delay = "" if late is None else formats.count(late, "jour", "jours")
    pay_by = formats.long_date(action.pay_by) if action.pay_by else ""
    return Body(
        invoice_rows=account.invoice_rows,
        segment_rows=account.segment_rows,
        invoices_label=(
            f"facture {account.numbers[0]}"
            if len(account.numbers) == 1
            else formats.count(len(account.numbers), "facture", "factures")
        ),
        delay=f"{delay} pour la plus ancienne échéance" if delay and several else delay,
        first_due_on=formats.long_date(account.first_due_on) if account.first_due_on else "",
        pay_by=pay_by,
        payment_time=f"au plus tard le {pay_by}" if pay_by else _upon_receipt(action.document),
    )


def _upon_receipt(kind: DocumentKind) -> str:
    return "dès réception de la présente" if kind is DocumentKind.MISE_EN_DEMEURE else "dès réception de ce message"
