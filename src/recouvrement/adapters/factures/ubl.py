"""UBL 2.1 Invoice and CreditNote."""

import re

from lxml import etree

from recouvrement.adapters.factures.model import Due, Facts, PartyFacts, Terms
from recouvrement.adapters.factures.nodes import Reader, french_identifiers, vat_number

_NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_SUMS = "cac:LegalMonetaryTotal"
_CODED_NOTE = re.compile(r"#([A-Z]{3})#(.*)", re.DOTALL)


def parties(root: etree._Element, where: str) -> tuple[PartyFacts, PartyFacts]:
    """Return the seller and the buyer."""
    reader = Reader(root, _NAMESPACES, where)
    return _party(reader, "cac:AccountingSupplierParty/cac:Party"), _party(
        reader, "cac:AccountingCustomerParty/cac:Party"
    )


def facts(root: etree._Element, where: str) -> Facts:
    """Return what the invoice or credit note says."""
    reader = Reader(root, _NAMESPACES, where)
    seller, buyer = parties(root, where)
    is_credit_note = etree.QName(root).localname == "CreditNote"
    return Facts(
        number=reader.line("cbc:ID"),
        type_code=reader.only("cbc:CreditNoteTypeCode" if is_credit_note else "cbc:InvoiceTypeCode"),
        is_credit_syntax=is_credit_note,
        issued_on=reader.date("cbc:IssueDate"),
        currency=reader.only("cbc:DocumentCurrencyCode"),
        seller=seller,
        buyer=buyer,
        grand_total=reader.only(f"{_SUMS}/cbc:TaxInclusiveAmount"),
        prepaid=reader.only(f"{_SUMS}/cbc:PrepaidAmount"),
        rounding=reader.only(f"{_SUMS}/cbc:PayableRoundingAmount"),
        payable=reader.only(f"{_SUMS}/cbc:PayableAmount"),
        terms=_terms(reader),
        preceding=reader.all("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"),
        order_reference=reader.line("cac:OrderReference/cbc:ID"),
        delivered_on=reader.date("cac:Delivery/cbc:ActualDeliveryDate"),
        payment_means=reader.all("cac:PaymentMeans/cbc:PaymentMeansCode"),
        notes=tuple(_note(note.text or "") for note in reader.nodes("cbc:Note")),
    )


def _note(text: str) -> tuple[str, str]:
    """UBL has no field for the code of a note: it is written before the text, as ``#PMD#``."""
    coded = _CODED_NOTE.fullmatch(text)
    code, content = coded.groups() if coded else ("", text)
    return code, " ".join(content.split())


def _party(reader: Reader, path: str) -> PartyFacts:
    party = next(iter(reader.nodes(path)), None)
    if party is None:
        return PartyFacts()
    found = [*party.nodes("cac:PartyLegalEntity/cbc:CompanyID"), *party.nodes("cac:PartyIdentification/cbc:ID")]
    siren, siret, identifiers = french_identifiers((node.node.get("schemeID"), node.text or "") for node in found)
    schemes = [scheme for scheme in party.nodes("cac:PartyTaxScheme") if scheme.first("cac:TaxScheme/cbc:ID") == "VAT"]
    vat = [scheme.first("cbc:CompanyID") for scheme in schemes]
    return PartyFacts(
        name=party.line("cac:PartyLegalEntity/cbc:RegistrationName") or party.line("cac:PartyName/cbc:Name"),
        siren=siren,
        siret=siret,
        vat_number=vat_number(vat),
        identifiers=identifiers,
        street=party.line("cac:PostalAddress/cbc:StreetName"),
        complement=party.line("cac:PostalAddress/cbc:AdditionalStreetName"),
        postal_code=party.line("cac:PostalAddress/cbc:PostalZone"),
        city=party.line("cac:PostalAddress/cbc:CityName"),
        country=party.line("cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
    )


def _terms(reader: Reader) -> Terms:
    terms = reader.nodes("cac:PaymentTerms")
    text = " ".join(line for term in terms if (line := term.line("cbc:Note"))) or None
    dues = []
    for term in terms:
        due_on = term.date("cbc:InstallmentDueDate") or term.date("cbc:PaymentDueDate")
        if due_on is not None:
            dues.append(Due(due_on, term.only("cbc:Amount")))
    if len(dues) > 1:
        return Terms(tuple(dues), text)
    due_on = reader.date("cbc:DueDate") or next(
        (day for means in reader.nodes("cac:PaymentMeans") if (day := means.date("cbc:PaymentDueDate"))), None
    )
    return Terms((Due(due_on),) if due_on else tuple(dues), text)
