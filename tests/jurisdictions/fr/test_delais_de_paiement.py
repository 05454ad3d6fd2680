from datetime import date

import pytest

from recouvrement.domain.documents import Instalment, Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Debtor, DebtorKind, PublicBody
from recouvrement.domain.reasons import Confidence
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.delais_de_paiement import (
    default_term,
    default_term_from,
    overseas_start,
    public_start,
)
from recouvrement.law.jurisdiction import DueDate
from recouvrement.law.terms import TermFacts

TOTAL = Money.of("1200.00", "EUR")
PUBLIC = TermFacts(DebtorKind.PUBLIC, PublicBody.STATE_OR_LOCAL)


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
    (unknown,) = [reason for reason in found.reasons if reason.code == "delivery_unknown"]
    assert dict(unknown.inputs) == {"start": "2026-01-09", "start_is": "received_on", "missing": "delivered_on"}
    assert unknown.source is not None
    assert unknown.source.article == "C. com. art. L441-10 I"
    assert [reason.code for reason in due(DebtorKind.BUSINESS, delivered_on=date(2026, 1, 9)).reasons] == [
        "default_term"
    ]


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


def test_the_receipt_a_public_body_recorded_outweighs_the_date_of_the_request() -> None:
    start = public_start(PUBLIC._replace(received_on=date(2026, 2, 9), request_dated_on=date(2026, 1, 30)))
    assert (start.on, start.name, start.reasons) == (date(2026, 2, 9), "received_on", ())


def test_a_receipt_presumed_from_the_request_names_its_text() -> None:
    start = public_start(PUBLIC._replace(request_dated_on=date(2026, 1, 30)))
    (reason,) = start.reasons
    assert (start.on, start.name) == (date(2026, 2, 1), "request_dated_on")
    assert (reason.code, reason.source and reason.source.article) == ("receipt_presumed", "CCP art. R2192-14")


def test_a_request_older_than_the_rule_is_not_covered() -> None:
    start = public_start(PUBLIC._replace(request_dated_on=date(2019, 3, 31)))
    assert (start.on, [reason.code for reason in start.reasons]) == (None, ["rule_not_covered"])
    due_on, reasons = default_term(PUBLIC._replace(request_dated_on=date(2019, 3, 31)))
    assert (due_on, [reason.code for reason in reasons]) == (None, ["rule_not_covered"])


@pytest.mark.parametrize(
    ("issued_on", "expected"),
    [(None, date(2026, 5, 18)), (date(2026, 5, 18), date(2026, 5, 18)), (date(2026, 5, 19), None)],
)
def test_performance_starts_the_term_only_where_the_invoice_may_have_been_received_before(
    issued_on: date | None, expected: date | None
) -> None:
    start = public_start(PUBLIC._replace(issued_on=issued_on, delivered_on=date(2026, 5, 18)))
    assert start.on == expected
    assert [reason.code for reason in start.reasons] == ([] if expected is None else ["receipt_uncertain"])


@pytest.mark.parametrize(
    ("cleared_on", "made_available_on", "expected", "is_bound"),
    [
        (date(2026, 3, 12), None, date(2026, 3, 12), False),
        (date(2026, 3, 22), date(2026, 3, 1), date(2026, 3, 22), False),
        (date(2026, 3, 23), date(2026, 3, 1), date(2026, 3, 22), False),
        (date(2026, 2, 20), date(2026, 3, 1), date(2026, 2, 20), False),
        (None, date(2024, 2, 9), date(2024, 3, 1), True),
    ],
)
def test_overseas_terms_start_at_clearance_or_on_the_twenty_first_day(
    cleared_on: date | None,
    made_available_on: date | None,
    expected: date,
    is_bound: bool,  # noqa: FBT001  # a row
) -> None:
    facts = TermFacts(DebtorKind.BUSINESS, cleared_on=cleared_on, delivered_on=made_available_on)
    start = overseas_start(facts)
    assert (start.on, start.is_bound) == (expected, is_bound)
    codes = ["overseas_start", "weak_source", *(["clearance_unknown"] if is_bound else [])]
    assert [reason.code for reason in start.reasons] == codes


def test_the_overseas_start_is_not_moved_before_its_text() -> None:
    start = overseas_start(TermFacts(DebtorKind.BUSINESS, cleared_on=date(2019, 4, 25)))
    assert (start.on, [reason.code for reason in start.reasons]) == (None, ["rule_not_covered"])


def test_an_overseas_default_term_carries_both_texts_and_the_weaker_mark() -> None:
    due_on, reasons = default_term(
        TermFacts(DebtorKind.BUSINESS, sector="overseas", cleared_on=date(2026, 3, 12), delivered_on=date(2026, 3, 1))
    )
    assert due_on == date(2026, 4, 11)
    assert reasons[0].source is not None
    assert reasons[0].source.article == "C. com. art. L441-10 I ; C. com. art. L441-13"
    assert reasons[0].source.confidence is Confidence.SINGLE
