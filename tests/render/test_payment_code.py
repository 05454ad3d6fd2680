"""The QR code of a payment: what it holds by the standard, and what a scanner reads on the printed page."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
import zxingcpp

from recouvrement.adapters.pdf import Typesetter
from recouvrement.adapters.pdf.qr import qr_code
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render import epc
from recouvrement.render.documents import render_document
from recouvrement.render.letters import Letters
from recouvrement.render.pdf_source import PdfSource, pdf_source
from recouvrement.render.variants import Variant
from support.pdf_pages import pages

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

CLOSED_TO_PUBLIC_BODIES = {DocumentKind.ORDER_TO_PAY_SHEET, DocumentKind.CLAIM_DECLARATION}
IBAN = "FR7630006000011234567890189"
ASKED = {
    # 1 250,00 and 10 000,00; at 12,40 % over 24 and 12 days of 365: 10,19 and 40,77; twice 40,00.
    (DocumentKind.COURTESY_NOTICE, Variant.BUSINESS): "1860.00",
    (DocumentKind.COURTESY_NOTICE, Variant.CONSUMER): "1860.00",
    (DocumentKind.REMINDER_1, Variant.BUSINESS): "11250.00",
    (DocumentKind.REMINDER_1, Variant.CONSUMER): "11250.00",
    (DocumentKind.REMINDER_2, Variant.BUSINESS): "11380.96",
    (DocumentKind.REMINDER_2, Variant.CONSUMER): "11250.00",
    (DocumentKind.REMINDER_LETTER, Variant.BUSINESS): "11250.00",
    (DocumentKind.REMINDER_LETTER, Variant.CONSUMER): "11250.00",
    (DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS): "11380.96",
    (DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER): "11250.00",
    (DocumentKind.REMINDER_3, Variant.BUSINESS): "11380.96",
    (DocumentKind.REMINDER_3, Variant.CONSUMER): "11250.00",
    (DocumentKind.LAST_NOTICE, Variant.BUSINESS): "11380.96",
    (DocumentKind.LAST_NOTICE, Variant.CONSUMER): "11250.00",
}


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as one:
        yield one


def source(sample: tuple[Action, Case, Claim], on: date, letters: Letters, **creditor: object) -> PdfSource:
    action, case, claim = sample
    if creditor:
        changed = Creditor.model_validate(dict(case.creditor) | creditor)
        case = Case.model_validate(dict(case) | {"creditor": changed})
    document = render_document(action, case, claim, on=on, letters=letters)
    return pdf_source(document, action, case, claim, on=on)


def scanned(content: bytes) -> list[str]:
    return [found.text for page in pages(content, 1240) for found in zxingcpp.read_barcodes(page)]


@pytest.mark.parametrize(("kind", "variant"), ASKED)
def test_a_scanner_reads_the_sum_the_account_and_the_reference_on_the_page(
    kind: DocumentKind, variant: Variant, sample: Sample, *, letters: Letters, on: date, typesetter: Typesetter
) -> None:
    made = sample(kind, variant)
    reference = "F2026-142" if kind is DocumentKind.COURTESY_NOTICE else made[1].debtor.id
    (text,) = scanned(typesetter.pdf(source(made, on, letters)))
    assert text.split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "AGRIFRPP",
        "Atelier Durand & Fils",
        IBAN,
        f"EUR{ASKED[kind, variant]}",
        "",
        "",
        reference,
    ]


@pytest.mark.parametrize("kind", list(DocumentKind))
@pytest.mark.parametrize("variant", [Variant.BUSINESS, Variant.CONSUMER])
def test_the_sum_of_a_code_is_printed_in_the_document(
    kind: DocumentKind, variant: Variant, sample: Sample, letters: Letters, on: date
) -> None:
    made = source(sample(kind, variant), on, letters)
    if made.code is not None:
        euros, cents = made.code.split("\n")[7].removeprefix("EUR").split(".")
        whole = f"{int(euros):,}".replace(",", "\u202f")
        assert f"{whole},{cents}\u00a0€" in made.data
    assert (made.code is None) == ('{"k":"pay"' not in made.data)


@pytest.mark.parametrize("kind", sorted(set(DocumentKind) - CLOSED_TO_PUBLIC_BODIES))
def test_a_public_accountant_and_the_staff_scan_nothing(
    kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    assert source(sample(kind, Variant.PUBLIC), on, letters).code is None


def test_a_payment_outside_the_standard_has_no_code_and_its_letter_leaves(
    sample: Sample, letters: Letters, on: date, typesetter: Typesetter
) -> None:
    made = source(sample(DocumentKind.REMINDER_LETTER, Variant.BUSINESS), on, letters, name="N" * 71)
    assert made.code is None
    assert scanned(typesetter.pdf(made)) == []
    without = source(sample(DocumentKind.REMINDER_1, Variant.BUSINESS), on, letters, iban=None, bic=None)
    assert without.code is None


def payload(**changes: object) -> str | None:
    facts: dict[str, object] = {
        "name": "Atelier Durand",
        "iban": IBAN,
        "amount": Money.of("12.40", "EUR"),
        "reference": "F2026-118",
    }
    return epc.payload(**{**facts, **changes})  # type: ignore[arg-type]  # one changed fact at a time


def test_the_lines_of_the_standard_stand_in_their_order_and_the_bic_may_be_absent() -> None:
    assert payload() == f"BCD\n002\n1\nSCT\n\nAtelier Durand\n{IBAN}\nEUR12.40\n\n\nF2026-118"
    assert payload(bic="AGRIFRPP", iban="fr76 3000 6000 0112 3456 7890 189") == (
        f"BCD\n002\n1\nSCT\nAGRIFRPP\nAtelier Durand\n{IBAN}\nEUR12.40\n\n\nF2026-118"
    )


@pytest.mark.parametrize(
    ("amount", "fits"), [("0.00", False), ("0.01", True), ("999999999.99", True), ("1000000000.00", False)]
)
def test_the_sum_stays_within_the_bounds_of_the_standard(amount: str, fits: bool) -> None:  # noqa: FBT001  # a table
    assert (payload(amount=Money.of(amount, "EUR")) is not None) is fits


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": Money.of("12.40", "USD")},
        {"amount": Money(amount=Decimal("-1.00"), currency="EUR")},
        {"iban": "FR7630006000011234567890188"},
        {"iban": ""},
        {"name": ""},
        {"name": "x" * 71},
        {"reference": ""},
        {"reference": "x" * 141},
        {"reference": "F1\nEUR0.01"},
        {"name": "Atelier\u2028Durand"},
        {"name": "é" * 70, "reference": "é" * 140},
    ],
)
def test_what_does_not_fit_gives_no_code_and_is_never_shortened(changes: dict[str, object]) -> None:
    assert payload(**changes) is None


def test_the_longest_name_and_reference_still_make_a_code_that_is_read() -> None:
    text = payload(name="N" * 70, reference="R" * 140)
    assert text is not None
    drawing = qr_code(text)
    assert drawing.width_mm >= 0.45 * (4 * 10 + 17 + 8)
    assert qr_code(text) == drawing


def test_a_small_code_is_as_wide_as_a_scanner_wants() -> None:
    text = payload()
    assert text is not None
    assert qr_code(text).width_mm == 24.0


def test_a_longer_reference_is_still_read_from_the_page(
    sample: Sample, letters: Letters, on: date, typesetter: Typesetter
) -> None:
    made = source(sample(DocumentKind.REMINDER_LETTER, Variant.CONSUMER), on, letters)
    text = payload(name="Établissements " + "N" * 55, reference="R" * 140)
    (read,) = scanned(typesetter.pdf(made._replace(code=text)))
    assert read == text


@pytest.mark.parametrize(
    ("changed", "is_made"),
    [
        (
            {"iban": "CH9300762011623852957"},
            False,
        ),  # the specimen every registry prints; outside the EEA a BIC is needed
        ({"iban": "CH9300762011623852957", "bic": "POFICHBEXXX"}, True),
        ({"iban": "BR1800360305000010009795493C1", "bic": "AGRIFRPP"}, False),  # no such transfer
        ({"bic": "NOT A BIC"}, False),
        ({"reference": "r\x07"}, False),
    ],
)
def test_a_code_is_made_within_the_standard_only(changed: dict[str, str], *, is_made: bool) -> None:
    usual = {"name": "Atelier", "iban": IBAN, "reference": "F1"}
    text = epc.payload(amount=Money.of("12.40", "EUR"), **(usual | changed))
    assert (text is not None) is is_made
