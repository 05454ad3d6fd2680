"""The payment means of an e-invoice (BT-81) say how it is to be paid, where they leave no doubt."""

from pathlib import Path

import pytest

from recouvrement.adapters.factures import EInvoice, read_einvoice
from recouvrement.domain.documents import Invoice
from recouvrement.domain.vocabulary import PaymentMethod

UBL = """\
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>F2</cbc:ID><cbc:IssueDate>2026-10-01</cbc:IssueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
{means}<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">90</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">90</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>
"""
CII = """\
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>F2</ram:ID><ram:TypeCode>380</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20261001</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement/><ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{means}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>90</ram:GrandTotalAmount>
<ram:DuePayableAmount>90</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>
"""
IN_UBL = "<cac:PaymentMeans><cbc:PaymentMeansCode>{code}</cbc:PaymentMeansCode></cac:PaymentMeans>"
IN_CII = (
    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>{code}</ram:TypeCode>"
    "</ram:SpecifiedTradeSettlementPaymentMeans>"
)
SYNTAXES = [pytest.param(UBL, IN_UBL, id="ubl"), pytest.param(CII, IN_CII, id="cii")]


def read(folder: Path, text: str, one: str, *codes: str) -> EInvoice:
    path = folder / "F2.xml"
    path.write_text(text.format(means="".join(one.format(code=code) for code in codes)), encoding="utf-8")
    return read_einvoice(path)


def method(found: EInvoice) -> PaymentMethod | None:
    assert isinstance(found.document, Invoice)
    return found.document.payment_method


@pytest.mark.parametrize(("text", "one"), SYNTAXES)
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("10", PaymentMethod.CASH),
        ("20", PaymentMethod.CHEQUE),
        ("30", PaymentMethod.TRANSFER),
        ("58", PaymentMethod.TRANSFER),
        ("48", PaymentMethod.CARD),
        ("49", PaymentMethod.DIRECT_DEBIT),
        ("59", PaymentMethod.DIRECT_DEBIT),
        ("1", None),
        ("97", None),
        ("ZZZ", None),
    ],
)
def test_a_code_says_how_the_invoice_is_to_be_paid(
    tmp_path: Path, text: str, one: str, code: str, expected: PaymentMethod | None
) -> None:
    found = read(tmp_path, text, one, code)
    assert found.payment_means == (code,)
    assert method(found) is expected


@pytest.mark.parametrize(("text", "one"), SYNTAXES)
def test_an_invoice_that_names_no_means_says_nothing(tmp_path: Path, text: str, one: str) -> None:
    found = read(tmp_path, text, one)
    assert found.payment_means == ()
    assert method(found) is None


@pytest.mark.parametrize(("text", "one"), SYNTAXES)
def test_two_codes_for_one_method_agree_and_a_choice_between_two_methods_is_not_told(
    tmp_path: Path, text: str, one: str
) -> None:
    assert method(read(tmp_path, text, one, "30", "58")) is PaymentMethod.TRANSFER
    # Taken for a debit, an invoice that may be paid by transfer would wait for a rejection that never comes.
    assert method(read(tmp_path, text, one, "59", "30")) is None
    assert method(read(tmp_path, text, one, "59", "1")) is None
