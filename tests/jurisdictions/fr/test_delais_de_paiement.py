from datetime import date

import pytest

from recouvrement.domain.documents import Instalment, Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Debtor, DebtorKind
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.delais_de_paiement import default_term_from
from recouvrement.law.jurisdiction import DueDate

TOTAL = Money.of("1200.00", "EUR")


def due(kind: DebtorKind, *, received_on: date | None = None, delivered_on: date | None = None) -> DueDate:
    invoice = Invoice(
        number="F2026-118",
        issued_on=date(2026, 1, 5),
        total=TOTAL,
        instalments=(Instalment(amount=TOTAL),),
        received_on=received_on,
        delivered_on=delivered_on,
    )
    return FRANCE.default_due_on(invoice, Debtor(id="D1", name="Ateliers Kervella", kind=kind))


def test_trap_7_the_default_term_starts_at_delivery_and_not_at_the_invoice() -> None:
    found = due(DebtorKind.BUSINESS, received_on=date(2026, 1, 9), delivered_on=date(2026, 1, 20))
    assert found.due_on == date(2026, 2, 19)
    assert found.reasons[0].inputs == (("days", "30"), ("start", "2026-01-20"), ("start_is", "delivered_on"))


def test_without_a_delivery_the_receipt_of_the_invoice_starts_the_term_and_the_reason_says_so() -> None:
    found = due(DebtorKind.BUSINESS, received_on=date(2026, 1, 9))
    assert found.due_on == date(2026, 2, 8)
    assert found.reasons[0].input("start_is") == "received_on"


def test_a_public_request_whose_receipt_is_unknown_has_no_due_date() -> None:
    found = due(DebtorKind.PUBLIC, delivered_on=date(2026, 1, 20))
    assert found.due_on is None
    assert [(reason.code, reason.input("missing")) for reason in found.reasons] == [
        ("term_start_unknown", "received_on")
    ]


@pytest.mark.parametrize("kind", [DebtorKind.CONSUMER, DebtorKind.NON_PROFESSIONAL, DebtorKind.UNKNOWN])
def test_the_law_gives_no_term_to_those_who_are_not_professionals(kind: DebtorKind) -> None:
    found = due(kind, received_on=date(2026, 1, 9), delivered_on=date(2026, 1, 20))
    assert (found.due_on, [reason.code for reason in found.reasons]) == (None, ["no_default_term"])


def test_a_start_outside_the_covered_days_gives_no_due_date() -> None:
    found = due(DebtorKind.BUSINESS, delivered_on=date(2028, 1, 3))
    assert (found.due_on, [reason.code for reason in found.reasons]) == (None, ["rule_not_covered"])
    assert default_term_from(date(2028, 1, 3)) is None
