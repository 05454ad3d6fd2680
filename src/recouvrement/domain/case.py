"""A case: what one debtor owes one creditor in one currency, with its history."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import AfterValidator, Field, Strict

from recouvrement.domain.documents import CreditNote, Invoice, Item, Payment
from recouvrement.domain.events import (
    CreditNoteIssued,
    Event,
    HistoryEvent,
    InvoiceIssued,
    PaymentReceived,
    PlanAgreed,
    StopPlaced,
)
from recouvrement.domain.money import CurrencyCode
from recouvrement.domain.parties import Creditor, Debtor
from recouvrement.domain.values import CivilDate, Value


def _invoices_in_order(invoices: tuple[Invoice, ...]) -> tuple[Invoice, ...]:
    return tuple(sorted(invoices, key=lambda invoice: (invoice.issued_on, invoice.number)))


def _credit_notes_in_order(notes: tuple[CreditNote, ...]) -> tuple[CreditNote, ...]:
    return tuple(sorted(notes, key=lambda note: (note.issued_on, note.number)))


def _payments_in_order(payments: tuple[Payment, ...]) -> tuple[Payment, ...]:
    return tuple(sorted(payments, key=lambda payment: (payment.received_on, payment.id)))


def _history_in_order(events: tuple[HistoryEvent, ...]) -> tuple[HistoryEvent, ...]:
    return tuple(sorted(events, key=lambda event: (event.effective_on, event.id)))


def _quoted(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F")


class Case(Value):
    """The whole file of one debtor with one creditor, in one currency.

    Built directly from a host's data, or folded from events with ``fold``. Order means nothing: the parts are put in
    a canonical order when the case is built.
    """

    creditor: Creditor
    debtor: Debtor
    currency: CurrencyCode = "EUR"
    invoices: Annotated[tuple[Invoice, ...], AfterValidator(_invoices_in_order)] = ()
    credit_notes: Annotated[tuple[CreditNote, ...], AfterValidator(_credit_notes_in_order)] = ()
    payments: Annotated[tuple[Payment, ...], AfterValidator(_payments_in_order)] = ()
    history: Annotated[tuple[HistoryEvent, ...], AfterValidator(_history_in_order)] = ()
    bank_data_through: CivilDate | None = None
    """Last day whose bank movements are in the payments; ``None``: not known, taken as up to date."""
    version: Annotated[int, Strict(), Field(ge=0)] = 0
    """Number of events already in the journal for this case; expected by the next append."""

    @property
    def id(self) -> str:
        """``creditor/debtor/currency``: the name of the case everywhere; a slash inside an identifier is quoted."""
        return f"{_quoted(self.creditor.id)}/{_quoted(self.debtor.id)}/{self.currency}"

    @property
    def items(self) -> tuple[Item, ...]:
        """Every instalment of every invoice."""
        return tuple(item for invoice in self.invoices for item in invoice.items)

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a number given twice and an amount in another currency."""
        for name, codes in (
            ("invoice", [invoice.number for invoice in self.invoices]),
            ("item", [item.id for item in self.items]),
            ("credit note", [note.number for note in self.credit_notes]),
            ("payment", [payment.id for payment in self.payments]),
            ("event", [event.id for event in self.history]),
        ):
            if len(set(codes)) != len(codes):
                twice = sorted({code for code in codes if codes.count(code) > 1})
                message = f"{name} {twice[0]} appears twice in case {self.id}: keep one"
                raise ValueError(message)
        amounts = [
            *((invoice.number, invoice.total) for invoice in self.invoices),
            *((note.number, note.amount) for note in self.credit_notes),
            *((payment.id, payment.amount) for payment in self.payments),
            *((event.id, event.amount) for event in self.history if isinstance(event, StopPlaced) and event.amount),
            *(
                (event.id, part.amount)
                for event in self.history
                if isinstance(event, PlanAgreed)
                for part in event.instalments
            ),
        ]
        for code, amount in amounts:
            if amount.currency != self.currency:
                message = f"{code} is in {amount.currency}, the case is in {self.currency}: make one case per currency"
                raise ValueError(message)

    def with_events(self, events: Iterable[HistoryEvent], *, version: int | None = None) -> Self:
        """Return the same case with more history, and the version the journal now has."""
        return type(self)(
            creditor=self.creditor,
            debtor=self.debtor,
            currency=self.currency,
            invoices=self.invoices,
            credit_notes=self.credit_notes,
            payments=self.payments,
            history=(*self.history, *events),
            bank_data_through=self.bank_data_through,
            version=self.version if version is None else version,
        )


def fold(events: Iterable[Event], *, creditor: Creditor, debtor: Debtor, currency: str = "EUR") -> Case:
    """Return the case the events tell, in whatever order they come.

    Pure: the same events give the same case. Its ``version`` is the number of events.
    """
    invoices: list[Invoice] = []
    credit_notes: list[CreditNote] = []
    payments: list[Payment] = []
    history: list[HistoryEvent] = []
    count = 0
    for event in events:
        count += 1
        match event:
            case InvoiceIssued():
                invoices.append(event.invoice)
            case CreditNoteIssued():
                credit_notes.append(event.credit_note)
            case PaymentReceived():
                payments.append(event.payment)
            case _:
                history.append(event)
    return Case(
        creditor=creditor,
        debtor=debtor,
        currency=currency,
        invoices=tuple(invoices),
        credit_notes=tuple(credit_notes),
        payments=tuple(payments),
        history=tuple(history),
        version=count,
    )
