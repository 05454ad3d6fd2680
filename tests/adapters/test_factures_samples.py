"""Every published sample is read or refused with a sentence; figures are worked from the XML by other means.

The samples stay outside the repository (one licence forbids copying them into it); where they are absent the tests are
skipped. The expected figures come from plain XPath over local names, apart from a table of what XPath cannot say.
"""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from recouvrement.adapters.factures import EInvoice, read_einvoice
from recouvrement.domain.documents import CreditNote, Invoice
from recouvrement.errors import InvalidInput

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
FILES = sorted(path for path in (SAMPLES / "factures").glob("*/*") if path.suffix.lower() in {".xml", ".pdf"})
REFUSED = {
    "order-x-basic.xml": "the file is an Order-X document: an order, not an invoice",
    "zugferd-comfort.xml": "the file is a ZUGFeRD 1.0 invoice, a format withdrawn in favour of Factur-X",
}
CREDIT_NOTES = {
    "Avoir_FR_type380_EN16931.pdf",
    "Avoir_FR_type381_BASIC.pdf",
    "EN16931_Rechnungskorrektur.cii.xml",
    "EN16931_Rechnungskorrektur.ubl.xml",
    "BIS3_Invoice_negativ.XML",
    "ubl-tc434-creditnote1.xml",
}
READ = [path for path in FILES if path.name not in REFUSED]
PAIRS = sorted({path.name.removesuffix(".cii.xml") for path in FILES if path.name.endswith(".cii.xml")})

needs_samples = pytest.mark.skipif(not FILES, reason="the samples are not beside the repository")


def independent(path: Path) -> etree._Element:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        attachments = PdfReader(io.BytesIO(content)).attachments
        content = next(found[0] for name, found in attachments.items() if name.endswith(".xml"))
    return etree.fromstring(content)


def texts(root: etree._Element, *names: str) -> list[str]:
    """Texts at a path of local names; ``//`` is implied in front, comments are left out."""
    path = "//" + "/".join(f"*[local-name()='{name}']" for name in names)
    found = root.xpath(path)
    assert isinstance(found, list)
    return ["".join(node.xpath("text()")).strip() for node in found if isinstance(node, etree._Element)]


CII_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation"


def sums(root: etree._Element, cii: str, ubl: str) -> Decimal | None:
    found = texts(root, CII_SUMS, cii) or texts(root, "LegalMonetaryTotal", ubl)
    return Decimal(found[0]) if found else None


def days(root: etree._Element) -> tuple[date, ...]:
    found = texts(root, "SpecifiedTradePaymentTerms", "DueDateDateTime", "DateTimeString") or texts(root, "DueDate")
    return tuple(date.fromisoformat(text) for text in dict.fromkeys(found))


def type_code(root: etree._Element) -> str:
    return (
        texts(root, "ExchangedDocument", "TypeCode")
        or texts(root, "InvoiceTypeCode")
        or texts(root, "CreditNoteTypeCode")
    )[0]


@needs_samples
def test_no_sample_is_missing_from_this_test() -> None:
    assert len(FILES) == 38
    assert len(READ) == 36


@needs_samples
@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_totals_amount_due_dates_and_type_agree_with_the_file(path: Path) -> None:
    root, found = independent(path), read_einvoice(path)
    total = sums(root, "GrandTotalAmount", "TaxInclusiveAmount")
    payable = sums(root, "DuePayableAmount", "PayableAmount")
    prepaid = sums(root, "TotalPrepaidAmount", "PrepaidAmount")
    assert total is not None
    assert payable is not None
    assert found.grand_total.amount == total
    assert found.payable.amount == payable
    assert found.prepaid.amount == (total - payable if prepaid is None else prepaid)
    assert found.due_dates == days(root)
    assert found.type_code == type_code(root)
    document = found.document
    assert isinstance(document, CreditNote) == (path.name in CREDIT_NOTES)
    if isinstance(document, CreditNote):
        assert document.amount.amount == abs(total)
    else:
        assert document.total.amount == total
        assert sum(item.amount_minor for item in document.items) == max(found.payable.minor, 0)
        assert tuple(item.due_on for item in document.items if item.due_on) == found.due_dates


@needs_samples
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_an_invoice_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_einvoice(next(path for path in FILES if path.name == name))
    assert refused.value.where == name
    assert refused.value.found == REFUSED[name]


@needs_samples
@pytest.mark.parametrize("name", PAIRS)
def test_the_same_invoice_in_cii_and_in_ubl_reads_the_same(name: str) -> None:
    folder = SAMPLES / "factures" / "corpus-apache2"
    cii, ubl = read_einvoice(folder / f"{name}.cii.xml"), read_einvoice(folder / f"{name}.ubl.xml")
    assert cii.document == ubl.document

    def common(read: EInvoice) -> tuple[object, ...]:
        return read.payable, read.prepaid, read.terms_text, read.delivered_on, read.order_reference, read.legal_notes

    assert common(cii) == common(ubl)
    assert cii.buyer.name == ubl.buyer.name


@needs_samples
def test_the_minimum_profile_has_no_due_date_and_still_tells_the_advance() -> None:
    found = read_einvoice(SAMPLES / "factures" / "corpus-apache2" / "Facture_FR_MINIMUM.pdf")
    assert isinstance(found.document, Invoice)
    assert found.document.items[0].due_on is None
    assert found.document.items[0].amount_minor == 47015
    assert found.buyer.siret == "78787878400035"


@needs_samples
def test_the_legal_notes_of_a_french_invoice_are_kept() -> None:
    found = read_einvoice(SAMPLES / "factures" / "akretion-bsd3" / "factur-x-en16931.xml")
    assert [code for code, _ in found.legal_notes] == ["PMD", "PMT", "AAB"]


@needs_samples
@pytest.mark.parametrize("path", sorted((SAMPLES / "cycle-de-vie").rglob("*.xml")), ids=lambda path: path.name)
def test_a_life_cycle_message_is_refused(path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_einvoice(path)
    assert refused.value.found == "the file is a life-cycle message (CDAR), not an invoice"
