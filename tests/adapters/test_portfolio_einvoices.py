"""E-invoices in a portfolio folder are tied to their seller and to one debtor, or refused without stopping the rest."""

from pathlib import Path

import pytest

from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.batch.portfolio import Portfolio
from recouvrement.domain.case import Case
from recouvrement.domain.events import StopPlaced
from recouvrement.domain.terms import PaymentTerms
from recouvrement.domain.vocabulary import StopKind
from recouvrement.errors import InvalidInput

UBL = """\
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-10-01</cbc:IssueDate>{due}
<cbc:{root}TypeCode>{code}</cbc:{root}TypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
{reference}
<cac:AccountingSupplierParty><cac:Party>{seller}</cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party>{buyer}</cac:Party></cac:AccountingCustomerParty>
{terms}<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">90</cbc:TaxInclusiveAmount>
<cbc:PrepaidAmount currencyID="EUR">{prepaid}</cbc:PrepaidAmount>
<cbc:PayableAmount currencyID="EUR">{payable}</cbc:PayableAmount></cac:LegalMonetaryTotal></{root}>
"""
TABLES = {
    "creancier.toml": 'id = "atelier"\nnom = "Atelier Ponant"\nsiren = "000223305"\n',
    "debiteurs.csv": (
        "id;nom;nature;siret;tva\n"
        "C1;Boulangerie Le Fournil;entreprise;00010137800016;FR51000101378\n"
        "C2;Commune de Rives;public;;\n"
        "C3;Garage Kermarzin;entreprise;00010274900017;\n"
        "C4;Garage Kermarzin;entreprise;00010274900025;\n"
        "C5;Optique Riouvarn;entreprise;;\n"
    ),
    "factures.csv": (
        "numero;type;debiteur;date;echeance;montant\nF1;facture;C1;01/09/2026;;50,00\nF2;facture;C2;01/09/2026;;5\n"
    ),
    "paiements.csv": "date;montant;facture;debiteur\n",
}
SELLER = '<cac:PartyLegalEntity><cbc:CompanyID schemeID="0002">000223305</cbc:CompanyID></cac:PartyLegalEntity>'


def party(name: str = "", siret: str = "", vat: str = "", code: str = "") -> str:
    return (
        (f"<cac:PartyIdentification><cbc:ID>{code}</cbc:ID></cac:PartyIdentification>" if code else "")
        + (
            f"<cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
            "</cac:TaxScheme></cac:PartyTaxScheme>"
            if vat
            else ""
        )
        + "<cac:PartyLegalEntity>"
        + (f"<cbc:RegistrationName>{name}</cbc:RegistrationName>" if name else "")
        + (f'<cbc:CompanyID schemeID="0002">{siret}</cbc:CompanyID>' if siret else "")
        + "</cac:PartyLegalEntity>"
    )


FOURNIL = party(siret="00010137800016")


def ubl(
    *,
    number: str = "E1",
    buyer: str = FOURNIL,
    seller: str = SELLER,
    code: str = "380",
    due: str = "2026-10-31",
    terms: str = "",
    prepaid: str = "0",
    payable: str = "90",
    corrects: str = "",
) -> str:
    reference = f"<cac:InvoiceDocumentReference><cbc:ID>{corrects}</cbc:ID></cac:InvoiceDocumentReference>"
    return UBL.format(
        root="CreditNote" if code == "381" else "Invoice",
        number=number,
        buyer=buyer,
        seller=seller,
        code=code,
        due=f"<cbc:DueDate>{due}</cbc:DueDate>" if due else "",
        terms=f"<cac:PaymentTerms><cbc:Note>{terms}</cbc:Note></cac:PaymentTerms>" if terms else "",
        prepaid=prepaid,
        payable=payable,
        reference=f"<cac:BillingReference>{reference}</cac:BillingReference>" if corrects else "",
    )


def read(folder: Path, *invoices: str, **tables: str) -> Portfolio:
    for name, text in (TABLES | {f"{name}.csv": text for name, text in tables.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    for position, text in enumerate(invoices, start=1):
        (folder / f"E{position}.xml").write_text(text, encoding="utf-8")
    return read_portfolio(folder)


def case_of(portfolio: Portfolio, debtor_id: str) -> Case:
    assert portfolio.failures == ()
    return next(case for case in portfolio.cases if case.debtor.id == debtor_id)


def faults(portfolio: Portfolio) -> list[tuple[str | None, str]]:
    assert all(isinstance(failure.error, InvalidInput) for failure in portfolio.failures)
    return [(failure.debtor_id, failure.error.where) for failure in portfolio.failures]


@pytest.mark.parametrize(
    ("buyer", "debtor_id"),
    [
        (FOURNIL, "C1"),
        (party(siret="000101378"), "C1"),
        (party(siret="00010137800024"), "C1"),
        (party(vat="FR 51 000101378"), "C1"),
        (party(code="C2"), "C2"),
        (party(name="COMMUNE DE RIVES"), "C2"),
        (party(name="Garage Kermarzin", siret="00010274900025"), "C4"),
        (party(name="Autre nom", code="C3", siret="000102749"), "C3"),
    ],
)
def test_the_buyer_is_found_by_siret_siren_vat_code_or_name(tmp_path: Path, buyer: str, debtor_id: str) -> None:
    case = case_of(read(tmp_path, ubl(buyer=buyer)), debtor_id)
    assert "E1" in [invoice.number for invoice in case.invoices]


@pytest.mark.parametrize(
    "buyer",
    [
        party(name="Garage Kermarzin"),
        party(siret="000102749"),
        party(name="Inconnue au bataillon"),
        party(),
        party(name="Boulangerie Le Fournil", siret="000104117"),
    ],
    ids=["two of that name", "two of that SIREN", "nobody", "no name", "same name, other SIREN"],
)
def test_a_buyer_that_is_nobody_or_several_is_refused_and_the_rest_goes_on(tmp_path: Path, buyer: str) -> None:
    portfolio = read(tmp_path, ubl(buyer=buyer))
    assert faults(portfolio) == [(None, "E1.xml")]
    assert [case.debtor.id for case in portfolio.cases] == ["C1", "C2"]


@pytest.mark.parametrize(
    "seller",
    [party(siret="000101378"), party(name="Autre firme"), party()],
    ids=["another SIREN", "another name", "none"],
)
def test_an_invoice_of_another_firm_is_refused(tmp_path: Path, seller: str) -> None:
    assert faults(read(tmp_path, ubl(seller=seller))) == [(None, "E1.xml")]


def test_an_unreadable_file_stops_nothing_else(tmp_path: Path) -> None:
    portfolio = read(tmp_path, "<a", ubl(number="E2"))
    assert faults(portfolio) == [(None, "E1.xml")]
    assert len(portfolio.cases) == 2


def test_a_number_or_words_that_the_models_refuse_are_a_failure_of_that_debtor(tmp_path: Path) -> None:
    assert faults(read(tmp_path, ubl(number="E" * 119, code="393"))) == [("C1", "E1.xml")]
    assert faults(read(tmp_path, ubl(due="", terms="à\x7fréception"))) == [("C1", "E1.xml")]
    assert faults(read(tmp_path, ubl(number="E" * 121))) == [("C1", "E1.xml")]


def test_an_xml_bomb_stops_nothing_else(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{turn} "{f"&e{turn - 1};" * 10}">' for turn in range(1, 9))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>' + ubl(number="&e8;")
    portfolio = read(tmp_path, bomb, ubl(number="E2"))
    assert faults(portfolio) == [(None, "E1.xml")]
    assert len(portfolio.cases) == 2


def test_a_refused_invoice_whose_buyer_is_known_blocks_him(tmp_path: Path) -> None:
    portfolio = read(tmp_path, ubl(payable="91"))
    assert faults(portfolio) == [("C1", "E1.xml")]
    assert [case.debtor.id for case in portfolio.cases] == ["C2"]


def test_a_number_that_is_also_in_the_table_blocks_its_debtors(tmp_path: Path) -> None:
    assert faults(read(tmp_path, ubl(number="f1"))) == [("C1", "E1.xml")]
    assert faults(read(tmp_path, ubl(number="F2"))) == [("C1", "E1.xml"), ("C2", "E1.xml")]


def test_the_same_invoice_dropped_twice_blocks_its_debtor(tmp_path: Path) -> None:
    assert faults(read(tmp_path, ubl(), ubl())) == [("C1", "E2.xml")]


def test_a_due_date_before_the_invoice_blocks_its_debtor(tmp_path: Path) -> None:
    assert faults(read(tmp_path, ubl(due="2026-09-30"))) == [("C1", "E1.xml")]


def test_a_credit_note_names_an_invoice_of_the_table(tmp_path: Path) -> None:
    case = case_of(read(tmp_path, ubl(code="381", corrects="f1")), "C1")
    assert case.credit_notes[0].invoice_number == "F1"


def test_a_credit_note_for_an_unknown_invoice_blocks_its_debtor(tmp_path: Path) -> None:
    assert faults(read(tmp_path, ubl(code="381", corrects="F9"))) == [("C1", "E1.xml")]


def test_a_corrective_invoice_beside_the_one_it_replaces_blocks_its_debtor(tmp_path: Path) -> None:
    assert faults(read(tmp_path, ubl(code="384", corrects="F1"))) == [("C1", "E1.xml")]


def test_a_corrective_invoice_is_taken_once_the_first_one_is_credited(tmp_path: Path) -> None:
    factures = TABLES["factures.csv"].replace("montant\n", "montant;facture_corrigee\n").replace("50,00\n", "50,00;\n")
    factures = factures.replace(";5\n", ";5;\n") + "A1;avoir;C1;01/10/2026;;50,00;F1\n"
    case = case_of(read(tmp_path, ubl(code="384", corrects="F1"), factures=factures), "C1")
    assert [invoice.number for invoice in case.invoices] == ["F1", "E1"]


def test_an_advance_larger_than_the_invoice_is_money_of_the_debtor(tmp_path: Path) -> None:
    case = case_of(read(tmp_path, ubl(prepaid="100", payable="-10")), "C1")
    assert [(payment.id, payment.amount.minor, payment.allocations) for payment in case.payments] == [
        ("surplus:E1", 1000, ())
    ]


def test_a_factored_invoice_is_held(tmp_path: Path) -> None:
    event = case_of(read(tmp_path, ubl(code="393")), "C1").history[0]
    assert isinstance(event, StopPlaced)
    assert (event.stop, event.item_ids, event.until) == (StopKind.MANUAL_HOLD, ("E1",), None)


def test_plain_terms_in_words_become_terms_of_the_invoice(tmp_path: Path) -> None:
    case = case_of(read(tmp_path, ubl(due="", terms="Paiement à 45 jours nets")), "C1")
    invoice = next(invoice for invoice in case.invoices if invoice.number == "E1")
    assert invoice.terms == PaymentTerms(wording="Paiement à 45 jours nets")
    assert invoice.terms.model_fields_set == {"wording"}, "the rest is left to the creditor's terms"
    assert case.history == ()


def test_terms_longer_than_a_line_hold_the_invoice(tmp_path: Path) -> None:
    case = case_of(read(tmp_path, ubl(due="", terms="Conditions générales : " + "selon contrat " * 30)), "C1")
    assert next(invoice for invoice in case.invoices if invoice.number == "E1").terms is None
    event = case.history[0]
    assert isinstance(event, StopPlaced)
    assert event.stop is StopKind.MANUAL_HOLD
    assert event.item_ids == ("E1",)


def test_a_payment_may_name_an_e_invoice(tmp_path: Path) -> None:
    case = case_of(read(tmp_path, ubl(), paiements="date;montant;facture\n02/11/2026;90,00;E1\n"), "C1")
    assert case.payments[0].allocations[0].item_id == "E1"


def test_without_factur_x_the_run_stops_with_the_way_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recouvrement.adapters.portfolio.einvoices.find_spec", lambda _: None)
    assert read(tmp_path).failures == ()
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, ubl())
    assert refused.value.where == "E1.xml"
    assert "recouvrement[factures]" in refused.value.hint
