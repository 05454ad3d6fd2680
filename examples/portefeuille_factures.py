"""The e-invoices of the demonstration portfolio: CII and UBL as text, Factur-X through ``factur-x``."""

import io
import re
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape

import facturx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PROFILES = {
    "minimum": "urn:factur-x.eu:1p0:minimum",
    "basicwl": "urn:factur-x.eu:1p0:basicwl",
    "basic": "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
    "en16931": "urn:cen.eu:en16931:2017",
    "extended": "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
}
NOTES = (
    ("AAB", "Pas d'escompte pour paiement anticipé."),
    ("PMD", "Pénalités de retard : taux de la Banque centrale européenne majoré de 10 points."),
    ("PMT", "Indemnité forfaitaire pour frais de recouvrement : 40 €."),
)


class Party(NamedTuple):
    """A seller or a buyer."""

    name: str
    siret: str
    vat: str
    street: str
    postcode: str
    city: str


class EDoc(NamedTuple):
    """An invoice or a credit note; amounts are cents, VAT at 20 per cent included."""

    number: str
    type_code: str
    issued_on: date
    seller: Party
    buyer: Party
    cents: int
    goods: str
    due_on: date | None = None
    prepaid: int = 0
    order: str = ""
    delivered_on: date | None = None
    preceding: str = ""
    instalments: tuple[tuple[date, int], ...] = ()

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """The legal notes of an invoice; a credit note claims nothing and has none."""
        return () if self.type_code == "381" else NOTES

    @property
    def net(self) -> int:
        """Cents without VAT; the amounts of the demonstration divide exactly."""
        return self.cents * 5 // 6


def money(cents: int) -> str:
    """Return cents as XML writes them."""
    return f"{cents // 100}.{cents % 100:02d}"


def cii(doc: EDoc, level: str) -> str:
    """Return the CII text of a document at one level of Factur-X."""
    is_minimum, has_lines = level == "minimum", level in {"basic", "en16931", "extended"}
    notes = (
        ""
        if is_minimum
        else "".join(
            f"<ram:IncludedNote><ram:Content>{escape(text)}</ram:Content><ram:SubjectCode>{code}</ram:SubjectCode>"
            "</ram:IncludedNote>"
            for code, text in doc.notes
        )
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" \
xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" \
xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{PROFILES[level]}</ram:ID>\
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{doc.number}</ram:ID><ram:TypeCode>{doc.type_code}</ram:TypeCode>\
<ram:IssueDateTime>{_day(doc.issued_on)}</ram:IssueDateTime>{notes}</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
{_line(doc) if has_lines else ""}
<ram:ApplicableHeaderTradeAgreement>
{_cii_party("Seller", doc.seller, is_minimum=is_minimum)}
{_cii_party("Buyer", doc.buyer, is_minimum=is_minimum)}
{_wrapped("ram:BuyerOrderReferencedDocument", "ram:IssuerAssignedID", doc.order)}
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery>{"" if is_minimum else _delivery(doc)}</ram:ApplicableHeaderTradeDelivery>
<ram:ApplicableHeaderTradeSettlement>
<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
{"" if is_minimum else _vat(doc) + _cii_terms(doc)}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
{"" if is_minimum else f"<ram:LineTotalAmount>{money(doc.net)}</ram:LineTotalAmount>"}
<ram:TaxBasisTotalAmount>{money(doc.net)}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">{money(doc.cents - doc.net)}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{money(doc.cents)}</ram:GrandTotalAmount>
{"" if is_minimum else f"<ram:TotalPrepaidAmount>{money(doc.prepaid)}</ram:TotalPrepaidAmount>"}
<ram:DuePayableAmount>{money(doc.cents - doc.prepaid)}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
{"" if is_minimum else _wrapped("ram:InvoiceReferencedDocument", "ram:IssuerAssignedID", doc.preceding)}
</ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
"""


def _day(day: date) -> str:
    return f'<udt:DateTimeString format="102">{day:%Y%m%d}</udt:DateTimeString>'


def _wrapped(outer: str, inner: str, text: str) -> str:
    return f"<{outer}><{inner}>{escape(text)}</{inner}></{outer}>" if text else ""


def _cii_party(role: str, party: Party, *, is_minimum: bool) -> str:
    address = (
        f"<ram:PostcodeCode>{party.postcode}</ram:PostcodeCode><ram:LineOne>{escape(party.street)}</ram:LineOne>"
        f"<ram:CityName>{escape(party.city)}</ram:CityName>"
    )
    place = f"{'' if is_minimum else address}<ram:CountryID>FR</ram:CountryID>"
    postal = f"<ram:PostalTradeAddress>{place}</ram:PostalTradeAddress>"
    vat = f'<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{party.vat}</ram:ID></ram:SpecifiedTaxRegistration>'
    is_bare = is_minimum and role == "Buyer"
    return (
        f"<ram:{role}TradeParty>"
        + ("" if is_minimum else f'<ram:GlobalID schemeID="0009">{party.siret}</ram:GlobalID>')
        + f"<ram:Name>{escape(party.name)}</ram:Name><ram:SpecifiedLegalOrganization>"
        f'<ram:ID schemeID="0002">{party.siret[:9]}</ram:ID></ram:SpecifiedLegalOrganization>'
        + ("" if is_bare else postal)
        + (vat if party.vat and not is_bare else "")
        + f"</ram:{role}TradeParty>"
    )


def _delivery(doc: EDoc) -> str:
    if doc.delivered_on is None:
        return ""
    return (
        "<ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>"
        f"{_day(doc.delivered_on)}</ram:OccurrenceDateTime></ram:ActualDeliverySupplyChainEvent>"
    )


def _vat(doc: EDoc) -> str:
    return (
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{money(doc.cents - doc.net)}</ram:CalculatedAmount>"
        f"<ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>{money(doc.net)}</ram:BasisAmount>"
        "<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20.00</ram:RateApplicablePercent>"
        "</ram:ApplicableTradeTax>"
    )


def _cii_terms(doc: EDoc) -> str:
    dues = doc.instalments or (((doc.due_on, 0),) if doc.due_on else ())
    return "".join(
        f"<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>{_day(day)}</ram:DueDateDateTime>"
        + (f"<ram:PartialPaymentAmount>{money(amount)}</ram:PartialPaymentAmount>" if amount else "")
        + "</ram:SpecifiedTradePaymentTerms>"
        for day, amount in dues
    )


def _line(doc: EDoc) -> str:
    net = money(doc.net)
    return f"""<ram:IncludedSupplyChainTradeLineItem>
<ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
<ram:SpecifiedTradeProduct><ram:Name>{escape(doc.goods)}</ram:Name></ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{net}</ram:ChargeAmount>\
</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">1</ram:BilledQuantity>\
</ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>\
<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20.00</ram:RateApplicablePercent>\
</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>\
<ram:LineTotalAmount>{net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>\
</ram:SpecifiedLineTradeSettlement>
</ram:IncludedSupplyChainTradeLineItem>"""


def ubl(doc: EDoc) -> str:
    """Return the UBL 2.1 text of an invoice or a credit note."""
    root = "CreditNote" if doc.type_code == "381" else "Invoice"
    quantity = "CreditedQuantity" if root == "CreditNote" else "InvoicedQuantity"
    due = f"<cbc:DueDate>{doc.due_on}</cbc:DueDate>" if doc.due_on else ""
    reference = (
        "<cac:BillingReference><cac:InvoiceDocumentReference>"
        f"<cbc:ID>{doc.preceding}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>"
    )
    delivered = f"<cac:Delivery><cbc:ActualDeliveryDate>{doc.delivered_on}</cbc:ActualDeliveryDate></cac:Delivery>"
    net, tax = money(doc.net), money(doc.cents - doc.net)
    category = "<cbc:ID>S</cbc:ID><cbc:Percent>20.00</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" \
xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
<cbc:ID>{doc.number}</cbc:ID>
<cbc:IssueDate>{doc.issued_on}</cbc:IssueDate>
{due}
<cbc:{root}TypeCode>{doc.type_code}</cbc:{root}TypeCode>
{"".join(f"<cbc:Note>#{code}#{escape(text)}</cbc:Note>" for code, text in doc.notes)}
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
{_wrapped("cac:OrderReference", "cbc:ID", doc.order)}
{reference if doc.preceding else ""}
<cac:AccountingSupplierParty>{_ubl_party(doc.seller)}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{_ubl_party(doc.buyer)}</cac:AccountingCustomerParty>
{delivered if doc.delivered_on else ""}
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount><cac:TaxSubtotal>\
<cbc:TaxableAmount currencyID="EUR">{net}</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount>\
<cac:TaxCategory>{category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>\
<cbc:TaxExclusiveAmount currencyID="EUR">{net}</cbc:TaxExclusiveAmount>\
<cbc:TaxInclusiveAmount currencyID="EUR">{money(doc.cents)}</cbc:TaxInclusiveAmount>\
<cbc:PrepaidAmount currencyID="EUR">{money(doc.prepaid)}</cbc:PrepaidAmount>\
<cbc:PayableAmount currencyID="EUR">{money(doc.cents - doc.prepaid)}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:{root}Line><cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="C62">1</cbc:{quantity}>\
<cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount><cac:Item>\
<cbc:Name>{escape(doc.goods)}</cbc:Name><cac:ClassifiedTaxCategory>{category}</cac:ClassifiedTaxCategory></cac:Item>\
<cac:Price><cbc:PriceAmount currencyID="EUR">{net}</cbc:PriceAmount></cac:Price></cac:{root}Line>
</{root}>
"""


def _ubl_party(party: Party) -> str:
    vat = (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{party.vat}</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    )
    return (
        f'<cac:Party><cac:PartyIdentification><cbc:ID schemeID="0009">{party.siret}</cbc:ID></cac:PartyIdentification>'
        f"<cac:PostalAddress><cbc:StreetName>{escape(party.street)}</cbc:StreetName>"
        f"<cbc:CityName>{escape(party.city)}</cbc:CityName><cbc:PostalZone>{party.postcode}</cbc:PostalZone>"
        "<cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
        + (vat if party.vat else "")
        + f"<cac:PartyLegalEntity><cbc:RegistrationName>{escape(party.name)}</cbc:RegistrationName>"
        f'<cbc:CompanyID schemeID="0002">{party.siret[:9]}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>'
    )


def facturx_pdf(doc: EDoc, level: str) -> bytes:
    """Return a Factur-X PDF: one readable page, and the XML inside; the same bytes at every run."""
    title = "Avoir" if doc.type_code == "381" else "Facture"
    made: bytes = facturx.generate_from_binary(
        _page(doc, title),
        cii(doc, level).encode(),
        flavor="factur-x",
        level=level,
        check_xsd=True,
        lang="fr-FR",
        pdf_metadata={
            "author": doc.seller.name,
            "keywords": f"{title}, Factur-X",
            "title": f"{doc.seller.name} : {title.lower()} {doc.number}",
            "subject": f"{title} {doc.number} du {doc.issued_on:%d/%m/%Y}",
        },
        xmp_compression=False,
    )
    # factur-x stamps the hour; a stamp of the same length keeps the offsets of the file right. pypdf may write the
    # colon of a date as an octal escape.
    made = re.sub(rb"(D(?::|\\072))[0-9]{14}", rb"\g<1>" + f"{doc.issued_on:%Y%m%d}090000".encode(), made)
    stamp = f"{doc.issued_on}T09:00:00+00:00".encode()
    return re.sub(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\+00:00", stamp, made)


def _page(doc: EDoc, title: str) -> bytes:
    due = f"À payer avant le : {doc.due_on:%d/%m/%Y}" if doc.due_on else ""
    lines = (
        (18, f"{title} {doc.number}"),
        (11, f"du {doc.issued_on:%d/%m/%Y}"),
        (11, ""),
        (11, doc.seller.name),
        (11, f"{doc.seller.street}, {doc.seller.postcode} {doc.seller.city}"),
        (11, f"SIRET {doc.seller.siret} - TVA {doc.seller.vat}"),
        (11, ""),
        (11, f"Client : {doc.buyer.name}"),
        (11, f"{doc.buyer.street}, {doc.buyer.postcode} {doc.buyer.city}"),
        (11, ""),
        (11, f"{doc.goods} : {_euros(doc.net)} hors taxes"),
        (11, f"TVA 20 % : {_euros(doc.cents - doc.net)}"),
        (13, f"Total TTC : {_euros(doc.cents)}"),
        (11, f"Acompte reçu : {_euros(doc.prepaid)}" if doc.prepaid else ""),
        (13, f"Net à payer : {_euros(doc.cents - doc.prepaid)}" if title == "Facture" else ""),
        (11, due),
        (9, ""),
        *((9, text) for _, text in doc.notes),
        (9, "Document fictif produit pour la démonstration de recouvrement."),
    )
    drawn = [b"BT 60 780 Td 18 TL"]
    for size, text in lines:
        encoded = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn.append(b"/F1 %d Tf (%s) Tj T*" % (size, encoded))
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})  # noqa: SLF001 - pypdf has no public way
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(b"\n".join([*drawn, b"ET"]))
    page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001 - same
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _euros(cents: int) -> str:
    return f"{cents // 100:,}".replace(",", "\u00a0") + f",{cents % 100:02d}\u00a0€"
