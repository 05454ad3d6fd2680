"""Events: a closed union that survives JSON, and a fold that gives the case built directly."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement import (
    Case,
    CreditNote,
    CreditNoteIssued,
    Event,
    InvoiceIssued,
    Money,
    Payment,
    PaymentReceived,
    StopKind,
    StopPlaced,
    event_from_json,
    event_to_json,
    fold,
)
from recouvrement.errors import UnknownEvent
from support.cases import CREDITOR, debtor, invoice

DUE = date(2026, 9, 30)
BILL = invoice("F1", DUE)
NOTE = CreditNote(number="A1", issued_on=DUE, amount=Money.of("100", "EUR"), invoice_number="F1")
MONEY = Payment(id="P1", received_on=DUE, amount=Money.of("200", "EUR"))
STOP = StopPlaced(
    id="e4",
    effective_on=DUE,
    recorded_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
    stop_id="s1",
    stop=StopKind.DISPUTE,
    item_ids=("F1",),
)
EVENTS: list[Event] = [
    InvoiceIssued(id="e1", effective_on=BILL.issued_on, invoice=BILL),
    CreditNoteIssued(id="e2", effective_on=DUE, credit_note=NOTE),
    PaymentReceived(id="e3", effective_on=DUE, payment=MONEY),
    STOP,
]


@given(st.permutations(EVENTS))
def test_folding_in_any_order_gives_the_case_built_directly(events: list[Event]) -> None:
    built = Case(
        creditor=CREDITOR,
        debtor=debtor(),
        invoices=(BILL,),
        credit_notes=(NOTE,),
        payments=(MONEY,),
        history=(STOP,),
        version=4,
    )
    assert fold(events, creditor=CREDITOR, debtor=debtor()) == built


@pytest.mark.parametrize("event", EVENTS, ids=[type(event).__name__ for event in EVENTS])
def test_an_event_survives_json(event: Event) -> None:
    assert event_from_json(event_to_json(event), where="journal, event 1") == event


@pytest.mark.parametrize("text", ['{"type": "invoice_lost", "id": "x"}', "{}", "not json", '{"type": "stop_lifted"}'])
def test_an_unknown_event_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(UnknownEvent) as refusal:
        event_from_json(text, where="journal, event 7")
    assert refusal.value.where == "journal, event 7"
