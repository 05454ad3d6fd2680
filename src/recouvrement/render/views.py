"""The flat view a template reads: formatted strings and rows in one language, nothing to compute."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple, get_type_hints

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, PROFESSIONAL_DOCUMENTS, DocumentKind
from recouvrement.render.account import Account, account
from recouvrement.render.agreements import Agreement, agreement
from recouvrement.render.commitments import Commitment, commitment
from recouvrement.render.exhibits import Exhibits, exhibits
from recouvrement.render.first_letters import FirstLetter, first_letter
from recouvrement.render.insolvencies import Declaration, declaration
from recouvrement.render.language import Language
from recouvrement.render.left_out import LeftOut, left_out
from recouvrement.render.next_steps import next_answer, next_step
from recouvrement.render.notes import Note, note
from recouvrement.render.parties import Parties, Sender, parties, sender
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
    several_invoices: str
    """Not empty when there is more than one."""
    delay: str
    """``12 jours``, or ``12 jours pour la plus ancienne``; empty when nothing is overdue."""
    first_due_on: str
    pay_by: str
    payment_time: str
    """``au plus tard le 8 décembre 2026``, or ``dès réception``."""
    next_step: str
    """What a last notice announces."""
    next_step_from: str
    """First day on which it may be taken: the day after the last to pay."""
    next_answer: str
    """How the debtor may answer it."""


class View:
    """The parts of a view, each made when it is first read; a template reads them side by side, by field name.

    Few documents say anything of a plan, of a dispute or of proceedings. Reading a part raises ``RenderError`` where
    the document needs a fact that the action does not bring.
    """

    def __init__(
        self,
        action: Action,
        case: Case,
        claim: Claim,
        *,
        variant: Variant,
        on: date,
        language: Language,
        sms_limit: int | None = None,
    ) -> None:
        """Keep what the parts are made from; ``sms_limit`` as in ``sms.sms``."""
        self._action, self._case, self._claim = action, case, claim
        self._variant, self._on, self._sms_limit = variant, on, sms_limit
        self.language = language

    @cached_property
    def statement(self) -> Statement:
        """For the checks; templates read ``body`` and ``settlement``."""
        shown = self._shows_accessories
        return statement(self._action, self._case, self._claim, accessories=shown, on=self._on, language=self.language)

    @property
    def _shows_accessories(self) -> bool:
        return self._variant is not Variant.CONSUMER or self._action.document in _FOR_ALL_THAT_IS_OWED

    @cached_property
    def sender(self) -> Sender:
        """Whoever writes."""
        return sender(self._action, self._case, language=self.language)

    @cached_property
    def parties(self) -> Parties:
        """The debtor, and both parties together."""
        numbers = self.statement.numbers
        return parties(self._action, self._case, on=self._on, numbers=numbers, language=self.language)

    @cached_property
    def first_letter(self) -> FirstLetter:
        """The first letter of a mandated collector."""
        return first_letter(self._action, self._case, on=self._on, language=self.language)

    @cached_property
    def body(self) -> Body:
        """What is said about the listed items."""
        return _body(self._action, self._case, self.statement, self.language)

    @cached_property
    def online(self) -> PaymentLink:
        """Where to pay online."""
        return payment_link(self._action, self._case, self.statement, variant=self._variant)

    @cached_property
    def settlement(self) -> Settlement:
        """Totals."""
        return self.statement.settlement

    @cached_property
    def note(self) -> Note:
        """What only the creditor's staff reads."""
        return note(self._action, self._case, on=self._on, language=self.language)

    @cached_property
    def thanks(self) -> Thanks:
        """What was settled."""
        return thanks(self._action, self._case, on=self._on, language=self.language)

    @cached_property
    def commitment(self) -> Commitment:
        """A dispute, or a promise."""
        return commitment(self._action, self._case, due_only=self.statement.due_only, on=self._on)

    @cached_property
    def agreement(self) -> Agreement:
        """A payment plan."""
        shown = self._shows_accessories
        return agreement(self._action, self._case, self._claim, self.statement.total, accessories=shown)

    @cached_property
    def received(self) -> Received:
        """A payment received."""
        return received(self._action, self._case, self._claim, on=self._on)

    @cached_property
    def account(self) -> Account:
        """The movements of the account."""
        return account(self._action, self._case, due=self.statement.due, on=self._on)

    @cached_property
    def exhibits(self) -> Exhibits:
        """The proofs."""
        return exhibits(self._action, self._case, on=self._on)

    @cached_property
    def left_out(self) -> LeftOut:
        """What a file handed over leaves out."""
        return left_out(self._action, self._case, on=self._on)

    @cached_property
    def declaration(self) -> Declaration:
        """A claim declared."""
        return declaration(self._action, self._case, self._claim)

    @cached_property
    def sms(self) -> Sms:
        """A text message."""
        name, collector = self.sender.creditor_name, self.sender.collector_name
        creditor = f"{collector} pour {name}" if collector else name
        return sms(self._action, self._case, creditor=creditor, numbers=self.statement.numbers, limit=self._sms_limit)


PARTS: Mapping[str, type] = {
    "sender": Sender,
    "parties": Parties,
    "first_letter": FirstLetter,
    "body": Body,
    "online": PaymentLink,
    "settlement": Settlement,
    "note": Note,
    "thanks": Thanks,
    "commitment": Commitment,
    "agreement": Agreement,
    "received": Received,
    "account": Account,
    "exhibits": Exhibits,
    "left_out": LeftOut,
    "declaration": Declaration,
    "sms": Sms,
}
"""The parts a template reads, by attribute of ``View``; the fields of each are texts, lines, and rows of texts."""

PART_OF: Mapping[str, str] = {name: part for part, fields in PARTS.items() for name in get_type_hints(fields)}
"""The part that holds each variable."""

VARIABLES = frozenset(PART_OF)
"""Names a template may use."""

TRANSLATED = frozenset(
    {
        *Sender._fields,
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
        several_invoices="oui" if len(account.numbers) > 1 else "",
        delay=words.oldest.format(delay=delay) if delay and several else delay,
        first_due_on=language.long_date(account.first_due_on) if account.first_due_on else "",
        pay_by=pay_by,
        next_step=next_step(action, case),
        next_step_from=_after(action, language),
        next_answer=next_answer(action),
        payment_time=words.pay_by.format(day=pay_by) if pay_by else _upon_receipt(action.document, language),
    )


def _after(action: Action, language: Language) -> str:
    if action.document is not DocumentKind.LAST_NOTICE or action.pay_by is None:
        return ""
    return language.long_date(action.pay_by + timedelta(days=1))


def _upon_receipt(kind: DocumentKind, language: Language) -> str:
    words = language.words
    return words.upon_receipt_of_notice if kind is DocumentKind.MISE_EN_DEMEURE else words.upon_receipt
