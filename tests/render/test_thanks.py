"""Words of thanks: what is settled, what came in, and nothing asked."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.documents import Allocation, Instalment, Payment
from recouvrement.domain.events import PaymentRejected
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.documents import Document, render_document
from recouvrement.render.letters import Letters
from recouvrement.render.variants import Variant
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def words(document: Document) -> str:
    return " ".join(document.text.split()).replace("\u00a0", " ").replace("\u202f", " ")


def test_thanks_ask_for_nothing_and_speak_of_no_delay(sample: Sample, letters: Letters, on: date) -> None:
    for variant in Variant:
        text = words(render_document(*sample(DocumentKind.THANK_YOU, variant), on=on, letters=letters)).casefold()
        for word in (
            "iban",
            "retard",
            "intérêt",
            "pénalité",
            "indemnité",
            "impayé",
            "relance",
            "régler",
            "dû",
            "40,00",
        ):
            assert word not in text


def test_thanks_show_what_was_settled_by_payments_and_by_credit_notes(
    sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.THANK_YOU, Variant.BUSINESS)
    text = words(render_document(action, case, claim, on=on, letters=letters))
    assert "Total soldé 13 730,50 € dont avoirs 480,50 €" in text
    assert "20/11/2026 F2026-118 1 250,00 €" in text
    one = words(render_document(rebuilt(action, listed=("F2026-118",)), case, claim, on=on, letters=letters))
    assert "Total soldé 1 250,00 €" in one
    assert "avoirs" not in one
    assert "F2026-125" not in one


def test_thanks_do_not_show_money_without_an_invoice(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.THANK_YOU, Variant.BUSINESS)
    bare = rebuilt(case, payments=tuple(rebuilt(payment, allocations=()) for payment in case.payments))
    text = words(render_document(action, bare, claim, on=on, letters=letters))
    assert "Règlements enregistrés" not in text
    assert "Total soldé 13 730,50 €" in text


def test_thanks_do_not_show_money_that_bounced_or_has_not_come(sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.THANK_YOU, Variant.BUSINESS)
    bounced = PaymentRejected(id="R1", effective_on=date(2026, 11, 22), payment_id="V-881")
    text = words(render_document(action, case.with_events((bounced,)), claim, on=on, letters=letters))
    assert "2 000,00" not in text
    assert "10 000,00" in text
    early = words(render_document(action, case, claim, on=date(2026, 11, 19), letters=letters))
    assert "2 000,00" in early
    assert "10 000,00" not in early


def test_an_allocation_to_the_whole_invoice_is_shown_once_all_its_instalments_are_settled(
    sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.THANK_YOU, Variant.BUSINESS)
    half = Money.of("625.00", "EUR")
    halves = (Instalment(amount=half, due_on=date(2026, 10, 30)), Instalment(amount=half, due_on=date(2026, 11, 30)))
    invoice = rebuilt(case.invoices[0], instalments=halves)
    allocation = Allocation(item_id="F2026-118", amount=half + half)
    payment = Payment(id="V-1", received_on=date(2026, 11, 20), amount=half + half, allocations=(allocation,))
    case = rebuilt(case, invoices=(invoice,), credit_notes=(), payments=(payment,))
    both = rebuilt(action, listed=("F2026-118#1", "F2026-118#2"))
    first = rebuilt(action, listed=("F2026-118#1",))
    whole = words(render_document(both, case, claim, on=on, letters=letters))
    part = words(render_document(first, case, claim, on=on, letters=letters))
    assert "20/11/2026 F2026-118 1 250,00 €" in whole
    assert "F2026-118 (échéance 1/2)" in part
    assert "1 250,00" not in part


def test_thanks_for_what_is_still_owed_are_refused(sample: Sample, letters: Letters, on: date) -> None:
    action, _, _ = sample(DocumentKind.THANK_YOU, Variant.BUSINESS)
    _, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    with pytest.raises(RenderError, match="F2026-118, F2026-125 is not settled"):
        render_document(action, case, claim, on=on, letters=letters)
