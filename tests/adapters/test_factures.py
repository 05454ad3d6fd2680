"""Small e-invoices made here: what amounts, signs, types and dates become, and what is refused."""

import io
import random
from datetime import date
from pathlib import Path

import facturx
import pytest
from pypdf import PdfWriter

from recouvrement.adapters.factures import EInvoice, RefusedInvoice, read_einvoice
from recouvrement.domain.documents import CreditNote, Invoice
from recouvrement.domain.money import Money
from recouvrement.errors import InvalidInput

CII = """\
<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{profile}</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>F2026-7</ram:ID><ram:TypeCode>{code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">{issued}</udt:DateTimeString></ram:IssueDateTime>
<ram:IncludedNote><ram:Content>Indemnité : 40 €</ram:Content><ram:SubjectCode>PMT</ram:SubjectCode></ram:IncludedNote>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>Atelier Ponant</ram:Name><ram:SpecifiedLegalOrganization>
<ram:ID schemeID="0002">000223305</ram:ID></ram:SpecifiedLegalOrganization></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:ID>C1</ram:ID><ram:GlobalID schemeID="0009">00010137800016</ram:GlobalID>
<ram:Name>Boulangerie Le Fournil</ram:Name></ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>{order}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>{currency}</ram:InvoiceCurrencyCode>{terms}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>{rounding}
<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>{prepaid}
<ram:DuePayableAmount>{payable}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>
"""
EN16931 = "urn:cen.eu:en16931:2017"


def cii(
    *,
    total: str = "120.00",
    payable: str | None = None,
    prepaid: str | None = None,
    rounding: str | None = None,
    code: str = "380",
    currency: str = "EUR",
    profile: str = EN16931,
    issued: str = "20261001",
    order: str = "BC-1",
    terms: str = "",
) -> str:
    return CII.format(
        total=total,
        payable=total if payable is None else payable,
        prepaid="" if prepaid is None else f"<ram:TotalPrepaidAmount>{prepaid}</ram:TotalPrepaidAmount>",
        rounding="" if rounding is None else f"<ram:RoundingAmount>{rounding}</ram:RoundingAmount>",
        code=code,
        currency=currency,
        profile=profile,
        issued=issued,
        order=order,
        terms=terms,
    )


def due(day: str, amount: str = "") -> str:
    part = f"<ram:PartialPaymentAmount>{amount}</ram:PartialPaymentAmount>" if amount else ""
    date_time = f'<udt:DateTimeString format="102">{day}</udt:DateTimeString>'
    return (
        f"<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>{date_time}</ram:DueDateDateTime>{part}"
        "</ram:SpecifiedTradePaymentTerms>"
    )


def read(folder: Path, text: str | bytes, name: str = "F.xml") -> EInvoice:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_einvoice(path)


def refused(folder: Path, text: str | bytes, name: str = "F.xml") -> InvalidInput:
    with pytest.raises(InvalidInput) as fault:
        read(folder, text, name)
    assert fault.value.where.partition(" ")[0] == name
    assert fault.value.hint
    return fault.value


def invoice(read_: EInvoice) -> Invoice:
    assert isinstance(read_.document, Invoice)
    return read_.document


def credit_note(read_: EInvoice) -> CreditNote:
    assert isinstance(read_.document, CreditNote)
    return read_.document


def test_a_plain_invoice_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, cii(terms=due("20261031")))
    assert invoice(found).total == Money.of("120", "EUR")
    assert invoice(found).items[0].due_on == date(2026, 10, 31)
    assert (found.flavour, found.profile, found.type_code) == ("factur-x", "en16931", "380")
    assert (found.buyer.siren, found.buyer.siret) == ("000101378", "00010137800016")
    assert found.buyer.identifiers == ("C1",)
    assert found.legal_notes == (("PMT", "Indemnité : 40 €"),)


def test_a_note_without_code_is_kept_beside_the_coded_ones(tmp_path: Path) -> None:
    note = "<ram:IncludedNote><ram:Content>Sans\n escompte</ram:Content></ram:IncludedNote></rsm:ExchangedDocument>"
    found = read(tmp_path, cii().replace("</rsm:ExchangedDocument>", note))
    assert found.notes == (("PMT", "Indemnité : 40 €"), ("", "Sans escompte"))
    assert found.legal_notes == (("PMT", "Indemnité : 40 €"),)


def test_comments_inside_a_value_do_not_cut_it(tmp_path: Path) -> None:
    text = cii().replace("F2026-7", "F2026<!-- BT-1 -->-7").replace("120.00", "1<!-- mille -->20.00")
    found = invoice(read(tmp_path, text))
    assert (found.number, found.total.minor) == ("F2026-7", 12000)


def test_an_advance_makes_total_and_amount_due_differ(tmp_path: Path) -> None:
    found = read(tmp_path, cii(total="671.15", prepaid="201.00", payable="470.15"))
    assert invoice(found).items[0].amount_minor == 47015
    assert found.grand_total.minor == 67115


def test_the_minimum_profile_tells_the_advance_by_the_difference(tmp_path: Path) -> None:
    found = read(tmp_path, cii(total="671.15", payable="470.15", profile="urn:factur-x.eu:1p0:minimum"))
    assert invoice(found).prepaid == Money.of("201", "EUR")
    assert invoice(found).items[0].due_on is None


def test_in_other_profiles_a_difference_without_advance_is_refused(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path, cii(total="671.15", payable="470.15")), RefusedInvoice)


def test_the_rounding_amount_is_part_of_what_is_to_pay(tmp_path: Path) -> None:
    found = read(tmp_path, cii(total="120.02", rounding="-0.02", payable="120.00"))
    assert invoice(found).total.minor == 12000
    assert found.grand_total.minor == 12002


def test_an_advance_larger_than_the_total_leaves_nothing_to_pay_and_a_surplus(tmp_path: Path) -> None:
    found = read(tmp_path, cii(total="100.00", prepaid="130.00", payable="-30.00"))
    assert invoice(found).items[0].amount_minor == 0
    assert found.overpaid == Money.of("30", "EUR")
    assert found.payable == Money.of("-30", "EUR")


@pytest.mark.parametrize(("code", "total"), [("381", "120.00"), ("380", "-120.00"), ("384", "-120.00"), ("396", "120")])
def test_credit_notes_come_positive_or_negative(tmp_path: Path, code: str, total: str) -> None:
    assert credit_note(read(tmp_path, cii(code=code, total=total))).amount == Money.of("120", "EUR")


@pytest.mark.parametrize("code", ["380", "384", "386", "389", "393", "751"])
def test_positive_invoices_of_every_type_are_invoices(tmp_path: Path, code: str) -> None:
    found = read(tmp_path, cii(code=code))
    assert invoice(found).total.minor == 12000
    assert found.is_factored == (code == "393")


@pytest.mark.parametrize(
    "text",
    [
        cii(code="325"),
        cii(code="220"),
        cii(code="381", total="-120.00"),
        cii(code="381", prepaid="20.00", payable="100.00"),
        cii(code="381", total="0.00"),
        cii(total="120.005"),
        cii(total="1e3"),
        cii(total="120,00"),
        cii(total="NaN"),
        cii(currency="FRF"),
        cii(issued="20260230"),
        cii(issued="01/10/2026"),
        cii(prepaid="-20.00", payable="140.00"),
        cii(terms=due("20261031") + due("20261130")),
        cii(terms=due("20261031", "50.00") + due("20261130", "50.00")),
        cii(terms=due("20261031", "50.00")),
        cii(total=""),
        cii().replace("<ram:ID>F2026-7</ram:ID>", ""),
        cii().replace(
            "<ram:TypeCode>380</ram:TypeCode>", "<ram:TypeCode>380</ram:TypeCode><ram:TypeCode>381</ram:TypeCode>"
        ),
    ],
)
def test_what_cannot_be_relied_on_is_refused_and_the_parties_are_named(tmp_path: Path, text: str) -> None:
    fault = refused(tmp_path, text)
    assert isinstance(fault, RefusedInvoice)
    assert fault.buyer is not None
    assert fault.buyer.siret == "00010137800016"


def test_decimals_that_are_zero_are_read(tmp_path: Path) -> None:
    assert invoice(read(tmp_path, cii(total="120.0000"))).total.minor == 12000


def test_instalments_with_their_amounts_are_kept_in_order_of_date(tmp_path: Path) -> None:
    terms = due("20261130", "70.00") + due("20261031", "50.00")
    found = invoice(read(tmp_path, cii(terms=terms)))
    assert [(item.due_on, item.amount_minor) for item in found.items] == [
        (date(2026, 10, 31), 5000),
        (date(2026, 11, 30), 7000),
    ]


def test_the_date_of_an_early_payment_discount_is_not_the_due_date(tmp_path: Path) -> None:
    discount = due("20261010").replace(
        "</ram:SpecifiedTradePaymentTerms>",
        "<ram:ApplicableTradePaymentDiscountTerms><ram:CalculationPercent>2</ram:CalculationPercent>"
        "</ram:ApplicableTradePaymentDiscountTerms></ram:SpecifiedTradePaymentTerms>",
    )
    assert read(tmp_path, cii(terms=discount + due("20261031"))).due_dates == (date(2026, 10, 31),)


def test_an_order_reference_that_says_there_is_none_is_not_kept(tmp_path: Path) -> None:
    found = read(tmp_path, cii(order="n/a"))
    assert found.order_reference is None
    assert invoice(found).order_reference is None


BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def with_doctype(doctype: str) -> str:
    head, mark, rest = cii().partition("?>\n")
    return f"{head}{mark}{doctype}{rest}".replace("F2026-7", "&a;")


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, OUTSIDE.lower().replace("doctype", "DOCTYPE"), "<!DOCTYPE x>"])
def test_a_doctype_is_refused_before_any_entity_is_read(tmp_path: Path, doctype: str) -> None:
    assert "DOCTYPE" in refused(tmp_path, with_doctype(doctype)).found


def test_a_doctype_in_utf_16_is_refused_too(tmp_path: Path) -> None:
    text = with_doctype(BOMB).replace("UTF-8", "UTF-16").encode("utf-16")
    assert "DOCTYPE" in refused(tmp_path, text).found


def test_a_doctype_hidden_by_utf_7_is_refused_too(tmp_path: Path) -> None:
    refused(tmp_path, with_doctype(BOMB).replace("UTF-8", "UTF-7").replace("<!DOCTYPE", "+ADw-!DOCTYPE").encode())


def page() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def attached(name: str, content: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_attachment(name, content)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_factur_x_pdf_is_read(tmp_path: Path) -> None:
    made = facturx.generate_from_binary(page(), cii().encode(), check_xsd=False)
    assert invoice(read(tmp_path, made, "F.pdf")).number == "F2026-7"


def test_a_bomb_attached_to_a_pdf_is_refused(tmp_path: Path) -> None:
    made = attached("factur-x.xml", with_doctype(BOMB).encode())
    assert "DOCTYPE" in refused(tmp_path, made, "F.pdf").found


def test_a_plain_pdf_is_refused_with_a_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path, page(), "F.pdf").found == (
        "the PDF has no invoice data inside: it is a plain PDF, not Factur-X"
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "F.xml"), (b"%PDF-1.7\n", "F.pdf"), (b"hello", "F.xml"), (b"<a/>", "F.xml"), (b"\x00\x01\x02", "F.xml")],
)
def test_a_file_that_is_not_an_invoice_is_refused(tmp_path: Path, content: bytes, name: str) -> None:
    refused(tmp_path, content, name)


@pytest.mark.parametrize(
    ("root", "found"),
    [
        (
            '<CrossDomainAcknowledgementAndResponse xmlns="urn:un:unece:uncefact:data:standard"/>',
            "the file is a life-cycle message (CDAR), not an invoice",
        ),
        (
            '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-3"/>',
            "the file is an XML document whose root is 'Invoice'",
        ),
        (
            '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>',
            "the file is an XML document whose root is 'Order'",
        ),
    ],
)
def test_documents_of_another_kind_are_refused_with_a_sentence(tmp_path: Path, root: str, found: str) -> None:
    assert refused(tmp_path, root).found == found


@pytest.mark.parametrize("is_aes", [False, True])
def test_an_encrypted_pdf_is_refused_and_said_to_be(tmp_path: Path, *, is_aes: bool) -> None:
    """AES needs a library that factur-x does not bring: the refusal must not depend on it."""
    made = facturx.generate_from_binary(page(), cii().encode(), check_xsd=False)
    writer = PdfWriter(clone_from=io.BytesIO(made))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    content = locked.getvalue()
    if is_aes:
        aes = b"/V 4 /CF << /StdCF << /CFM /AESV2 /Length 16 >> >> /StmF /StdCF /StrF /StdCF /R 4"
        assert b"/V 2\n/R 3" in content
        content = content.replace(b"/V 2\n/R 3", aes)
    with pytest.raises(InvalidInput) as refusal:
        read(tmp_path, content, "F.pdf")
    assert refusal.value.found == "the PDF is encrypted"


def test_a_damaged_pdf_is_read_or_refused_and_never_stops_the_run(tmp_path: Path) -> None:
    made = facturx.generate_from_binary(page(), cii().encode(), check_xsd=False)
    draw = random.Random(7)  # noqa: S311 - a reproducible series of damages
    for _ in range(150):
        damaged = bytearray(made)
        for _ in range(draw.randrange(1, 12)):
            damaged[draw.randrange(20, len(damaged))] = draw.randrange(256)
        cut = damaged[: draw.randrange(20, len(damaged))] if draw.random() < 0.3 else damaged
        try:
            read(tmp_path, bytes(cut), "F.pdf")
        except InvalidInput as fault:
            assert fault.hint  # noqa: PT017 - either outcome is right


UBL = """\
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>U1</cbc:ID><cbc:IssueDate>2026-10-01</cbc:IssueDate>{due}
<cbc:{root}TypeCode>{code}</cbc:{root}TypeCode><cbc:Note>#PMD#Trois fois
le taux légal</cbc:Note><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F1</cbc:ID></cac:InvoiceDocumentReference>
</cac:BillingReference>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Le Fournil</cbc:RegistrationName>
<cbc:CompanyID schemeID="0002">00010137800016</cbc:CompanyID></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>
{terms}<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">90</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">90</cbc:PayableAmount></cac:LegalMonetaryTotal></{root}>
"""


def ubl(root: str = "Invoice", code: str = "380", due: str = "", terms: str = "") -> str:
    return UBL.format(root=root, code=code, due=due, terms=terms)


@pytest.mark.parametrize(("root", "code"), [("CreditNote", "381"), ("Invoice", "381"), ("CreditNote", "380")])
def test_a_ubl_credit_note_is_one_by_its_root_or_its_code(tmp_path: Path, root: str, code: str) -> None:
    found = read(tmp_path, ubl(root, code))
    assert (credit_note(found).amount.minor, credit_note(found).invoice_number) == (9000, "F1")


def test_a_ubl_invoice_keeps_the_code_of_its_notes_and_a_siret_under_0002(tmp_path: Path) -> None:
    found = read(tmp_path, ubl(due="<cbc:DueDate>2026-10-31</cbc:DueDate>"))
    assert found.legal_notes == (("PMD", "Trois fois le taux légal"),)
    assert (found.buyer.siren, found.buyer.siret) == ("000101378", "00010137800016")
    assert found.due_dates == (date(2026, 10, 31),)
    assert found.profile is None


def test_ubl_instalments_are_read_from_the_payment_terms(tmp_path: Path) -> None:
    terms = "".join(
        f'<cac:PaymentTerms><cbc:Amount currencyID="EUR">45</cbc:Amount>'
        f"<cbc:InstallmentDueDate>{day}</cbc:InstallmentDueDate></cac:PaymentTerms>"
        for day in ("2026-10-31", "2026-11-30")
    )
    assert [item.due_on for item in invoice(read(tmp_path, ubl(terms=terms))).items] == [
        date(2026, 10, 31),
        date(2026, 11, 30),
    ]
