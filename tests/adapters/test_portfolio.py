"""A portfolio folder is read into one case per debtor and currency."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from recouvrement.adapters.portfolio import columns, read_portfolio
from recouvrement.adapters.portfolio.creditor import read_creditor
from recouvrement.batch.portfolio import Portfolio
from recouvrement.domain.case import Case
from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.domain.documents import AllocationChoice
from recouvrement.domain.events import NoticeDelivered, PaymentRejected, ProofSupplied, StopLifted, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.parties import ContactRole, DebtorKind, InsolvencyKind, PublicBody
from recouvrement.domain.terms import DayCount, HalfYears, TermRule, TermStart
from recouvrement.domain.vocabulary import ProofKind, StopKind
from recouvrement.errors import InvalidInput
from recouvrement.render.parties import creditor_identity

GOOD = {
    "creancier.toml": 'id = "atelier"\nnom = "Atelier Ponant"\n',
    "debiteurs.csv": "id;nom;nature\nC1;Boulangerie Le Fournil;entreprise\nC2;Commune de Rives;public\n",
    "factures.csv": (
        "numero;debiteur;date;echeance;montant\n"
        "F1;C1;01/10/2026;31/10/2026;1 250,50\n"
        "F2;C1;05/10/2026;04/11/2026;300,00\n"
        "F3;C2;06/10/2026;;90,00\n"
    ),
    "paiements.csv": "date;montant;facture\n",
}


def read(folder: Path, **files: str) -> Portfolio:
    for name, text in (GOOD | {name.replace("_", "."): text for name, text in files.items()}).items():
        (folder / name).write_bytes(text.encode())
    return read_portfolio(folder)


def whole(folder: Path, **files: str) -> dict[str, Case]:
    portfolio = read(folder, **files)
    assert portfolio.failures == ()
    return {case.id: case for case in portfolio.cases}


def test_a_small_portfolio_is_read_whole(tmp_path: Path) -> None:
    cases = whole(tmp_path)
    assert list(cases) == ["atelier/C1/EUR", "atelier/C2/EUR"]
    assert [invoice.number for invoice in cases["atelier/C1/EUR"].invoices] == ["F1", "F2"]
    assert cases["atelier/C1/EUR"].invoices[0].total == Money.of("1250.50", "EUR")
    assert cases["atelier/C1/EUR"].items[0].due_on == date(2026, 10, 31)


def test_an_invoice_without_due_date_keeps_none(tmp_path: Path) -> None:
    assert whole(tmp_path)["atelier/C2/EUR"].items[0].due_on is None


def test_english_headers_commas_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        debiteurs_csv='\ufeffid,Name,KIND,Postal Code,city\nC1,Fournil,business,44000,Nantes\n"C2",Rives,unknown,,\n',
        factures_csv='number,customer,issue_date,due-date,Amount\nF1,C1,2026-10-01,2026-10-31,"1 250,50"\n',
        paiements_csv="Payment Date\tamount\tinvoice\n2026-11-02\t250.50\tF1\n",
    )
    case = cases["atelier/C1/EUR"]
    assert case.debtor.kind is DebtorKind.BUSINESS
    assert case.debtor.address is not None
    assert case.debtor.address.city == "Nantes"
    assert case.payments[0].allocations[0].item_id == "F1"


def test_headers_with_accents_capitals_and_an_excel_separator_line_are_read(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        factures_csv="sep=;\r\nNuméro;Débiteur;Date facture;Échéance;Montant TTC\r\nF1;C1;01/10/2026;;12,00\r\n",
    )
    assert cases["atelier/C1/EUR"].invoices[0].total.minor == 1200


def test_the_empty_columns_that_spreadsheets_add_are_left_out(tmp_path: Path) -> None:
    cases = whole(tmp_path, factures_csv="numero;debiteur;date;echeance;montant;;\nF1;C1;01/10/2026;;12,00;;\n;;;;;;\n")
    assert cases["atelier/C1/EUR"].invoices[0].total.minor == 1200


def test_an_amount_in_dispute_on_a_whole_account_stays_in_its_currency(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        factures_csv="numero;debiteur;date;echeance;montant;devise\nF1;C1;01/10/2026;;9,00;\nF2;C1;01/10/2026;;9,00;CHF\n",
        evenements_csv="type;debiteur;date;montant\nlitige;C1;03/11/2026;5,00\nsuspension;C1;03/11/2026;\n",
    )
    assert len(cases["atelier/C1/EUR"].history) == 2
    assert len(cases["atelier/C1/CHF"].history) == 1


def test_every_column_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "portfolio.md").read_text(encoding="utf-8")
    for column in (*columns.DEBTORS, *columns.INVOICES, *columns.PAYMENTS, *columns.EVENTS):
        for name in (column.name, *column.others):
            assert f"`{name}`" in text, name


def test_the_facts_of_a_debtor_are_read(tmp_path: Path) -> None:
    header = (
        "id;nom;nature;categorie_publique;siret;tva;rue;code_postal;ville;contact;fonction;email;telephone;"
        "procedure;procedure_ouverte_le;procedure_publiee_le\n"
    )
    rows = (
        "C1;Fournil;Entreprise;;000 101 378 00016;FR51000101378;14 rue de Siam;29200;Brest;Mme Le Bris;comptabilité;"
        "compta@fournil.example;02 61 91 00 11;redressement;05/10/2026;16/10/2026\n"
        "C2;Hôpital;public;santé;;;;;;;;;;;;\n"
    )
    cases = whole(tmp_path, debiteurs_csv=header + rows)
    debtor = cases["atelier/C1/EUR"].debtor
    assert debtor.siret == "00010137800016"
    assert debtor.contacts[0].role is ContactRole.ACCOUNTS_PAYABLE
    assert debtor.insolvency is not None
    assert debtor.insolvency.kind is InsolvencyKind.REDRESSEMENT_JUDICIAIRE
    assert debtor.insolvency.published_on == date(2026, 10, 16)
    assert cases["atelier/C2/EUR"].debtor.public_body is PublicBody.HEALTH
    assert cases["atelier/C2/EUR"].debtor.contacts == ()


def test_rows_with_a_tranche_are_instalments_of_one_invoice(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        factures_csv="numero;debiteur;date;echeance;montant;tranche\n"
        "F1;C1;01/10/2026;30/11/2026;400,00;2\n"
        "F1;C1;01/10/2026;31/10/2026;600,00;1\n",
        paiements_csv="date;montant;facture\n02/11/2026;600,00;f1#1\n",
    )
    case = cases["atelier/C1/EUR"]
    assert case.invoices[0].total.minor == 100000
    assert [(item.id, item.due_on, item.amount_minor) for item in case.items] == [
        ("F1#1", date(2026, 10, 31), 60000),
        ("F1#2", date(2026, 11, 30), 40000),
    ]
    assert case.payments[0].allocations[0].item_id == "F1#1"


def test_a_payment_may_say_that_the_debtor_chose_the_invoice(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        factures_csv="numero;debiteur;date;echeance;montant\nF1;C1;01/10/2026;31/10/2026;600,00\n",
        paiements_csv="date;montant;facture;designe_par\n02/11/2026;100,00;F1;Débiteur\n03/11/2026;100,00;F1;\n",
    )
    choices = [payment.allocations[0].chosen_by for payment in cases["atelier/C1/EUR"].payments]
    assert sorted(choices) == [AllocationChoice.CREDITOR, AllocationChoice.DEBTOR]


def test_an_advance_is_taken_off_what_is_left_to_pay(tmp_path: Path) -> None:
    cases = whole(
        tmp_path, factures_csv="numero;debiteur;date;echeance;montant;acompte\nF1;C1;01/10/2026;;671,15;201,00\n"
    )
    invoice = cases["atelier/C1/EUR"].invoices[0]
    assert (invoice.total.minor, invoice.instalments[0].amount.minor) == (67115, 47015)


def test_a_credit_note_names_its_invoice_as_the_invoice_writes_it(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        factures_csv="numero;type;debiteur;date;echeance;montant;facture_corrigee;objet\n"
        "F1;facture;C1;01/10/2026;;100,00;;\n"
        "A1;Avoir;C1;02/10/2026;;120,00;f1;Erreur de prix\n"
        "A2;avoir;C1;03/10/2026;;10,00;;\n",
    )
    notes = cases["atelier/C1/EUR"].credit_notes
    assert [(note.number, note.invoice_number, note.amount.minor) for note in notes] == [
        ("A1", "F1", 12000),
        ("A2", None, 1000),
    ]


def test_an_order_reference_that_says_there_is_none_is_not_kept(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        factures_csv="numero;debiteur;date;echeance;montant;commande;livree_le\nF1;C1;01/10/2026;;9,00;N/A;30/09/2026\n",
    )
    invoice = cases["atelier/C1/EUR"].invoices[0]
    assert invoice.order_reference is None
    assert invoice.delivered_on == date(2026, 9, 30)


def test_two_currencies_make_two_cases(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        factures_csv="numero;debiteur;date;echeance;montant;devise\nF1;C1;01/10/2026;;9,00;\nF2;C1;01/10/2026;;9,00;chf\n",
    )
    assert list(cases) == ["atelier/C1/CHF", "atelier/C1/EUR"]


def test_rows_with_the_same_id_are_one_payment_shared_between_invoices(tmp_path: Path) -> None:
    cases = whole(
        tmp_path,
        paiements_csv="id;date;montant;facture;debiteur\n"
        "R1;02/11/2026;200,00;F1;\nR1;02/11/2026;300,00;F2;C1\nR1;02/11/2026;5,00;;C1\n",
    )
    payment = cases["atelier/C1/EUR"].payments[0]
    assert payment.amount.minor == 50500
    assert [(part.item_id, part.amount.minor) for part in payment.allocations] == [("F1", 20000), ("F2", 30000)]


def test_a_payment_without_invoice_goes_to_the_debtor_named(tmp_path: Path) -> None:
    cases = whole(tmp_path, paiements_csv="date;montant;facture;debiteur\n02/11/2026;200,00;;C2\n")
    assert cases["atelier/C2/EUR"].payments[0].allocations == ()


def test_identifiers_made_from_rows_are_the_same_every_night(tmp_path: Path) -> None:
    files = {
        "paiements_csv": "date;montant;facture\n02/11/2026;200,00;F1\n",
        "evenements_csv": "type;debiteur;date;facture\nlitige;C1;03/11/2026;F1\n",
    }
    first = whole(tmp_path, **files)["atelier/C1/EUR"]
    moved = {name: text.replace("\n", "\n\n") for name, text in files.items()}
    again = whole(tmp_path, **moved, factures_csv=GOOD["factures.csv"])["atelier/C1/EUR"]
    assert first.payments[0].id.startswith("csv:")
    assert first == again


def test_the_date_of_a_payment_may_be_written_otherwise_and_its_identifier_stays(tmp_path: Path) -> None:
    one = whole(tmp_path, paiements_csv="date;montant;facture\n02/11/2026;200,00;F1\n")
    two = whole(tmp_path, paiements_csv="date;montant;facture\n2026-11-02;200.00 €;f1\n")
    assert one["atelier/C1/EUR"].payments == two["atelier/C1/EUR"].payments


EVENTS = """\
type;debiteur;date;facture;id;montant;jusqu_au;revoir_le;preuve;reference;action;note
litige;C1;03/11/2026;F1;L1;300,00;;01/12/2026;;;;Deux panneaux rayés
Promesse;C1;04/11/2026;F1|F2;;;27/11/2026;;;;;
levée;C1;10/11/2026;;;;;;;L1;;
remise;C1;05/11/2026;F2;;;;;;1A 000;;
preuve;C1;05/11/2026;F2;;;;;livraison;BL 12 signé;;
rejet;C1;06/11/2026;;;;;;;R1;;
suspension;C1;07/11/2026;;PAUSE;;;;;;;
"""


def test_every_kind_of_event_is_read(tmp_path: Path) -> None:
    payments = "id;date;montant;facture\nR1;02/11/2026;200,00;F1\n"
    case = whole(tmp_path, evenements_csv=EVENTS, paiements_csv=payments)["atelier/C1/EUR"]
    by_type = {(event.type, getattr(event, "stop", None)): event for event in case.history}
    dispute = by_type["stop_placed", StopKind.DISPUTE]
    assert isinstance(dispute, StopPlaced)
    assert (dispute.id, dispute.stop_id, dispute.item_ids) == ("csv:L1", "L1", ("F1",))
    assert dispute.amount == Money.of("300", "EUR")
    assert dispute.review_on == date(2026, 12, 1)
    promise = by_type["stop_placed", StopKind.PROMISE_TO_PAY]
    assert isinstance(promise, StopPlaced)
    assert promise.item_ids == ("F1", "F2")
    assert promise.stop_id == promise.id
    hold = by_type["stop_placed", StopKind.MANUAL_HOLD]
    assert isinstance(hold, StopPlaced)
    assert hold.item_ids == ()
    lifted = by_type["stop_lifted", None]
    assert isinstance(lifted, StopLifted)
    assert lifted.stop_id == "L1"
    notice = by_type["notice_delivered", None]
    assert isinstance(notice, NoticeDelivered)
    assert (notice.effective_on, notice.item_ids, notice.reference) == (date(2026, 11, 5), ("F2",), "1A 000")
    proof = by_type["proof_supplied", None]
    assert isinstance(proof, ProofSupplied)
    assert proof.proof is ProofKind.DELIVERY
    rejected = by_type["payment_rejected", None]
    assert isinstance(rejected, PaymentRejected)
    assert rejected.payment_id == "R1"


def test_the_last_day_of_a_promise_is_still_covered(tmp_path: Path) -> None:
    case = whole(
        tmp_path, evenements_csv="type;debiteur;date;facture;jusqu_au\npromesse;C1;04/11/2026;F1;27/11/2026\n"
    )["atelier/C1/EUR"]
    event = case.history[0]
    assert isinstance(event, StopPlaced)
    assert (event.pay_by, event.until) == (date(2026, 11, 27), None)
    assert event.ends_on == date(2026, 11, 28)


def test_the_whole_creditor_file_is_read(tmp_path: Path) -> None:
    portfolio = read(
        tmp_path,
        creancier_toml="""\
id = "atelier"
nom = "Atelier Ponant"
forme_juridique = "SARL"
capital = "10 000 EUR"
siren = "000 223 305"
tva = "FR45000223305"
iban = "FR76 9999 9000 0100 0123 4567 809"
personne_physique = false
mediateur = "Médiateur fictif"

[adresse]
rue = "27 rue des Mouettes"
code_postal = "29200"
ville = "Brest"

[conditions]
delai_jours = 45
depart = "émission"
fin_de_mois = "jours_puis_fin"
le_jour = 15
penalites = "3 fois le taux d'intérêt légal"
base_jours = "année réelle"
semestres = "taux du premier"
capitalisation = true
""",
    )
    creditor = portfolio.creditor
    assert creditor.capital == Money.of("10000", "EUR")
    assert creditor.siren == "000223305"
    assert creditor.terms is not None
    assert creditor.terms.starts is TermStart.ISSUE
    assert creditor.terms.rule is TermRule.DAYS_THEN_EOM
    assert creditor.terms.due_on(issued_on=date(2026, 4, 10)) == date(2026, 6, 15)
    assert creditor.terms.penalty == PenaltyClause(kind=PenaltyKind.LEGAL_MULTIPLE, figure=Decimal(3))
    assert creditor.terms.day_count is DayCount.ACTUAL_ACTUAL
    assert creditor.terms.half_years is HalfYears.FIXED_AT_START
    assert creditor.terms.capitalises


@pytest.mark.parametrize("capital", ["variable", "10 000 EUR variable", "Variable"])
def test_a_variable_capital_is_said_to_belong_to_the_form(tmp_path: Path, capital: str) -> None:
    (tmp_path / "creancier.toml").write_text(f'id = "a"\nnom = "A"\ncapital = "{capital}"\n', "utf-8")
    with pytest.raises(InvalidInput, match=r"is not an amount\. .*SARL à capital variable"):
        read_creditor(tmp_path)


def test_a_capital_in_words_is_no_currency(tmp_path: Path) -> None:
    (tmp_path / "creancier.toml").write_text('id = "a"\nnom = "A"\ncapital = "dix mille"\n', "utf-8")
    with pytest.raises(InvalidInput, match="'dix mille' is not an amount"):
        read_creditor(tmp_path)


def test_a_form_with_variable_capital_is_printed_as_it_is_written(tmp_path: Path) -> None:
    form = "SARL à capital variable"
    text = f'id = "a"\nnom = "A"\nforme_juridique = "{form}"\nsiren = "000223305"\nville_rcs = "Brest"\n'
    (tmp_path / "creancier.toml").write_text(text, "utf-8")
    printed = creditor_identity(read_creditor(tmp_path)).replace("\u00a0", " ").replace("\u202f", " ")
    assert printed == "SARL à capital variable, 000 223 305 RCS Brest"


@pytest.mark.parametrize(("base", "expected"), [("365", DayCount.ACTUAL_365), ("360", DayCount.ACTUAL_360)])
def test_a_day_count_may_be_a_number_without_quotes(tmp_path: Path, base: str, expected: DayCount) -> None:
    (tmp_path / "creancier.toml").write_text(f'id = "a"\nnom = "A"\n[conditions]\nbase_jours = {base}\n', "utf-8")
    terms = read_creditor(tmp_path).terms
    assert terms is not None
    assert terms.day_count is expected
