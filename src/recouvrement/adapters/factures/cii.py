"""UN/CEFACT Cross Industry Invoice D16B to D22B, the XML of Factur-X."""

from lxml import etree

from recouvrement.adapters.factures.model import Due, Facts, PartyFacts, Terms
from recouvrement.adapters.factures.nodes import Reader, french_identifiers, vat_number

_NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
_DOCUMENT = "rsm:ExchangedDocument"
_AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
_DELIVERY = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeDelivery"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_SUMS = f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation"


def parties(root: etree._Element, where: str) -> tuple[PartyFacts, PartyFacts]:
    """Return the seller and the buyer."""
    reader = Reader(root, _NAMESPACES, where)
    return _party(reader, f"{_AGREEMENT}/ram:SellerTradeParty"), _party(reader, f"{_AGREEMENT}/ram:BuyerTradeParty")


def facts(root: etree._Element, where: str) -> Facts:
    """Return what the invoice says."""
    reader = Reader(root, _NAMESPACES, where)
    seller, buyer = parties(root, where)
    notes = reader.nodes(f"{_DOCUMENT}/ram:IncludedNote")
    return Facts(
        number=reader.line(f"{_DOCUMENT}/ram:ID"),
        type_code=reader.only(f"{_DOCUMENT}/ram:TypeCode"),
        is_credit_syntax=False,
        issued_on=reader.date(f"{_DOCUMENT}/ram:IssueDateTime/udt:DateTimeString"),
        currency=reader.only(f"{_SETTLEMENT}/ram:InvoiceCurrencyCode"),
        seller=seller,
        buyer=buyer,
        grand_total=_grand_total(reader),
        prepaid=reader.only(f"{_SUMS}/ram:TotalPrepaidAmount"),
        rounding=reader.only(f"{_SUMS}/ram:RoundingAmount"),
        payable=reader.only(f"{_SUMS}/ram:DuePayableAmount"),
        terms=_terms(reader),
        preceding=reader.all(f"{_SETTLEMENT}/ram:InvoiceReferencedDocument/ram:IssuerAssignedID"),
        order_reference=reader.line(f"{_AGREEMENT}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID"),
        delivered_on=reader.date(
            f"{_DELIVERY}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString"
        ),
        notes=tuple((note.first("ram:SubjectCode") or "", note.line("ram:Content") or "") for note in notes),
        payment_means=reader.all(f"{_SETTLEMENT}/ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode"),
        is_test=reader.first("rsm:ExchangedDocumentContext/ram:TestIndicator/udt:Indicator") in {"true", "1"},
    )


def _grand_total(reader: Reader) -> str | None:
    """EXTENDED may give the total in a second, accounting currency: take the one of the invoice."""
    currency = reader.first(f"{_SETTLEMENT}/ram:InvoiceCurrencyCode")
    totals = reader.nodes(f"{_SUMS}/ram:GrandTotalAmount")
    mine = [total for total in totals if total.node.get("currencyID") in {None, currency}]
    return mine[0].text if len(mine) == 1 else reader.only(f"{_SUMS}/ram:GrandTotalAmount")


def _party(reader: Reader, path: str) -> PartyFacts:
    party = next(iter(reader.nodes(path)), None)
    if party is None:
        return PartyFacts()
    found = [
        *party.nodes("ram:SpecifiedLegalOrganization/ram:ID"),
        *party.nodes("ram:GlobalID"),
        *party.nodes("ram:ID"),
    ]
    siren, siret, identifiers = french_identifiers((node.node.get("schemeID"), node.text or "") for node in found)
    vat = [
        node.text for node in party.nodes("ram:SpecifiedTaxRegistration/ram:ID") if node.node.get("schemeID") == "VA"
    ]
    return PartyFacts(
        name=party.line("ram:Name"),
        siren=siren,
        siret=siret,
        vat_number=vat_number(vat),
        identifiers=identifiers,
        street=party.line("ram:PostalTradeAddress/ram:LineOne"),
        complement=party.line("ram:PostalTradeAddress/ram:LineTwo"),
        postal_code=party.line("ram:PostalTradeAddress/ram:PostcodeCode"),
        city=party.line("ram:PostalTradeAddress/ram:CityName"),
        country=party.line("ram:PostalTradeAddress/ram:CountryID"),
    )


def _terms(reader: Reader) -> Terms:
    terms = reader.nodes(f"{_SETTLEMENT}/ram:SpecifiedTradePaymentTerms")
    # A discount for early payment has a date of its own, which is not the due date.
    plain = [term for term in terms if not term.nodes("ram:ApplicableTradePaymentDiscountTerms")] or terms
    dues = []
    for term in plain:
        due_on = term.date("ram:DueDateDateTime/udt:DateTimeString")
        if due_on is not None:
            dues.append(Due(due_on, term.only("ram:PartialPaymentAmount")))
    return Terms(tuple(dues), " ".join(line for term in terms if (line := term.line("ram:Description"))) or None)
