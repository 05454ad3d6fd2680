"""Bad input: one clear error with file, line and remedy; it blocks its debtor and stops nothing else."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.batch.portfolio import Portfolio
from recouvrement.errors import InvalidInput

GOOD = {
    "creancier.toml": 'id = "atelier"\nnom = "Atelier Ponant"\n',
    "debiteurs.csv": "id;nom;nature\nC1;Boulangerie Le Fournil;entreprise\nC2;Commune de Rives;public\n",
    "factures.csv": (
        "numero;type;debiteur;date;echeance;montant;devise;acompte;tranche;facture_corrigee;objet\n"
        "F1;facture;C1;01/10/2026;31/10/2026;1 250,50;;;;;\n"
        "F2;facture;C2;05/10/2026;04/11/2026;300,00;;;;;\n"
        "F3;facture;C1;06/10/2026;;90,00;CHF;;;;\n"
    ),
    "paiements.csv": "id;date;montant;devise;facture;debiteur\n",
    "evenements.csv": "type;debiteur;date;facture;id;montant;devise;jusqu_au;preuve;reference;note\n",
}
HERE, THERE = "atelier/C1/EUR", "atelier/C2/EUR"


def read(folder: Path, **more: str) -> Portfolio:
    """Read the good portfolio with lines added to (or, for a whole text, in place of) its files."""
    for name, text in GOOD.items():
        added = more.get(name.partition(".")[0], "")
        whole = more.get(f"{name.partition('.')[0]}_whole")
        (folder / name).write_bytes((text + added if whole is None else whole).encode())
    return read_portfolio(folder)


def one_fault(portfolio: Portfolio) -> tuple[str | None, str]:
    assert len(portfolio.failures) == 1
    failure = portfolio.failures[0]
    assert isinstance(failure.error, InvalidInput)
    assert failure.error.found
    assert failure.error.hint
    blocked = {failure.debtor_id}
    ids = {debtor_id for debtor_id in ("C1", "C2") if debtor_id not in blocked}
    assert {case.debtor.id for case in portfolio.cases} == ids, "the other debtors are still there"
    return failure.debtor_id, failure.error.where


INVOICE_FAULTS = [
    ("F9;facture;C1;31/02/2026;;10,00;;;;;", "C1", "factures.csv:5 (column date)"),
    ("F9;facture;C1;01/10/2026;31/13/2026;10,00;;;;;", "C1", "factures.csv:5 (column echeance)"),
    ("F9;facture;C1;01/10/2026;30/09/2026;10,00;;;;;", "C1", "factures.csv:5 (column echeance)"),
    ("F9;facture;C9;01/10/2026;;10,00;;;;;", None, "factures.csv:5 (column debiteur)"),
    ("F9;facture;c1;01/10/2026;;10,00;;;;;", None, "factures.csv:5 (column debiteur)"),
    ("F9;facture;C1;01/10/2026;;10,505;;;;;", "C1", "factures.csv:5 (column montant)"),
    ("F9;facture;C1;01/10/2026;;1.250;;;;;", "C1", "factures.csv:5 (column montant)"),
    ("F9;facture;C1;01/10/2026;;-10,00;;;;;", "C1", "factures.csv:5 (column montant)"),
    ("F9;facture;C1;01/10/2026;;;;;;;", "C1", "factures.csv:5 (column montant)"),
    ("F9;facture;C1;01/10/2026;;10,00;FRF;;;;", "C1", "factures.csv:5 (column devise)"),
    ("F9;facture;C1;01/10/2026;;10,00 €;CHF;;;;", "C1", "factures.csv:5 (column montant)"),
    ("F9;facture;C1;01/10/2026;;10,00;;11,00;;;", "C1", "factures.csv:5 (column acompte)"),
    ("F9;facture;C1;01/10/2026;;10,00;;;2;;", "C1", "factures.csv:5 (column tranche)"),
    ("F9;facture;C1;01/10/2026;;10,00;;;un;;", "C1", "factures.csv:5 (column tranche)"),
    ("F9;facture;C1;01/10/2026;;10,00;;;;F1;", "C1", "factures.csv:5 (column facture_corrigee)"),
    ("F9;devis;C1;01/10/2026;;10,00;;;;;", "C1", "factures.csv:5 (column type)"),
    (";facture;C1;01/10/2026;;10,00;;;;;", "C1", "factures.csv:5 (column numero)"),
    ("F9\x07;facture;C1;01/10/2026;;10,00;;;;;", "C1", "factures.csv:5 (column numero)"),
    ("F9;facture;C1;01/10/2026;;10,00", "C1", "factures.csv:5"),
    ("F9;facture;C1;01/10/2026;;10,00;;;;;;x", "C1", "factures.csv:5"),
    ("A9;avoir;C1;01/10/2026;;0,00;;;;;", "C1", "factures.csv:5 (column montant)"),
    ("A9;avoir;C1;01/10/2026;;10,00;;;;F7;", "C1", "factures.csv:5"),
    ("A9;avoir;C1;01/10/2026;;10,00;CHF;;;F1;", "C1", "factures.csv:5"),
    ("A9;avoir;C1;01/10/2026;;10,00;;;1;;", "C1", "factures.csv:5 (column tranche)"),
    ("F1;facture;C1;01/10/2026;;10,00;;;;;", "C1", "factures.csv:5 (column numero)"),
    ("f1;facture;C1;01/10/2026;;10,00;;;;;", "C1", "factures.csv:5 (column numero)"),
]


@pytest.mark.parametrize(("line", "debtor_id", "where"), INVOICE_FAULTS)
def test_a_faulty_invoice_row_blocks_its_debtor_only(
    tmp_path: Path, line: str, debtor_id: str | None, where: str
) -> None:
    assert one_fault(read(tmp_path, factures=line + "\n")) == (debtor_id, where)


PAYMENT_FAULTS = [
    ("R1;32/11/2026;10,00;;F1;", "C1", "paiements.csv:2 (column date)"),
    ("R1;02/11/2026;10,001;;F1;", "C1", "paiements.csv:2 (column montant)"),
    ("R1;02/11/2026;-10,00;;F1;", "C1", "paiements.csv:2 (column montant)"),
    ("R1;02/11/2026;0;;F1;", "C1", "paiements.csv:2 (column montant)"),
    ("R1;02/11/2026;10,00;;F9;C1", "C1", "paiements.csv:2 (column facture)"),
    ("R1;02/11/2026;10,00;;F9;", None, "paiements.csv:2 (column facture)"),
    ("R1;02/11/2026;10,00;;F1#2;", None, "paiements.csv:2 (column facture)"),
    ("R1;02/11/2026;10,00;;;", None, "paiements.csv:2 (column facture)"),
    ("R1;02/11/2026;10,00;;F1;C9", "C1", "paiements.csv:2 (column debiteur)"),
    ("R1;02/11/2026;10,00;CHF;F1;", "C1", "paiements.csv:2 (column devise)"),
    ("R1;02/11/2026;10,00;;F1;\nR1;03/11/2026;10,00;;;C1", "C1", "paiements.csv:3 (column date)"),
    ("R1;02/11/2026;10,00;;F1;\nR1;02/11/2026;10,00;;F1;", "C1", "paiements.csv:3"),
    (";02/11/2026;10,00;;F1;\n;02/11/2026;10,00;;F1;", "C1", "paiements.csv:3"),
]


@pytest.mark.parametrize(("line", "debtor_id", "where"), PAYMENT_FAULTS)
def test_a_faulty_payment_row_blocks_its_debtor_only(
    tmp_path: Path, line: str, debtor_id: str | None, where: str
) -> None:
    assert one_fault(read(tmp_path, paiements=line + "\n")) == (debtor_id, where)


EVENT_FAULTS = [
    ("réclamation;C1;03/11/2026;F1;;;;;;;", "C1", "evenements.csv:2 (column type)"),
    ("litige;C9;03/11/2026;;;;;;;;", None, "evenements.csv:2 (column debiteur)"),
    ("litige;C1;3 novembre;F1;;;;;;;", "C1", "evenements.csv:2 (column date)"),
    ("litige;C1;03/11/2026;F9;;;;;;;", "C1", "evenements.csv:2 (column facture)"),
    ("litige;C1;03/11/2026;F1|F3;;;;;;;", "C1", "evenements.csv:2 (column facture)"),
    ("litige;C1;03/11/2026;F1;;0,00;;;;;", "C1", "evenements.csv:2 (column montant)"),
    ("litige;C1;03/11/2026;F3;;10,00;;;;;", "C1", "evenements.csv:2 (column montant)"),
    ("litige;C1;03/11/2026;F1;;;;;livraison;;", "C1", "evenements.csv:2 (column preuve)"),
    ("promesse;C1;03/11/2026;F1;;;;;;;", "C1", "evenements.csv:2 (column jusqu_au)"),
    ("promesse;C1;03/11/2026;F1;;;;02/11/2026;;;", "C1", "evenements.csv:2 (column jusqu_au)"),
    ("levee;C1;03/11/2026;;;;;;;L9;", "C1", "evenements.csv:2 (column reference)"),
    ("levee;C1;03/11/2026;;;;;;;;", "C1", "evenements.csv:2 (column reference)"),
    ("remise;C1;03/11/2026;;;;;;;;", "C1", "evenements.csv:2 (column facture)"),
    ("preuve;C1;03/11/2026;F1;;;;;ouï-dire;BL;", "C1", "evenements.csv:2 (column preuve)"),
    ("preuve;C1;03/11/2026;F1;;;;;livraison;;", "C1", "evenements.csv:2 (column reference)"),
    ("rejet;C1;03/11/2026;;;;;;;R9;", "C1", "evenements.csv:2 (column reference)"),
    ("litige;C1;03/11/2026;F1;L1;;;;;;\nlitige;C1;04/11/2026;F1;L1;;;;;;", "C1", "evenements.csv:3 (column id)"),
    ("litige;C1;03/11/2026;F1;;;;;;;\nlitige;C1;03/11/2026;F1;;;;;;;", "C1", "evenements.csv:3"),
]


@pytest.mark.parametrize(("line", "debtor_id", "where"), EVENT_FAULTS)
def test_a_faulty_event_row_blocks_its_debtor_only(
    tmp_path: Path, line: str, debtor_id: str | None, where: str
) -> None:
    assert one_fault(read(tmp_path, evenements=line + "\n")) == (debtor_id, where)


DEBTORS = "id;nom;nature;categorie_publique;siren;siret;tva;code_postal;ville;email;procedure;procedure_ouverte_le\n"
DEBTOR_FAULTS = [
    ("C1;;entreprise;;;;;;;;;", "nom"),
    ("C1;Fournil;société;;;;;;;;;", "nature"),
    ("C1;Fournil;entreprise;sante;;;;;;;;", "categorie_publique"),
    ("C1;Fournil;entreprise;;552 100 555;;;;;;;", "siren"),
    ("C1;Fournil;entreprise;;;5,52E+13;;;;;;", "siret"),
    ("C1;Fournil;entreprise;;000101378;00022330500012;;;;;;", "siret"),
    ("C1;Fournil;entreprise;;;;FR00000101378;;;;;", "tva"),
    ("C1;Fournil;entreprise;;;;;1000;Bourg-en-Bresse;;;", "code_postal"),
    ("C1;Fournil;entreprise;;;;;29200;;;;", "ville"),
    ("C1;Fournil;entreprise;;;;;;;compta@fournil;;", "email"),
    ("C1;Fournil;entreprise;;;;;;;;faillite;", "procedure"),
    ("C1;Fournil;entreprise;;;;;;;;redressement;", "procedure_ouverte_le"),
    ("C1;Fournil;entreprise;;;;;;;;;05/10/2026", "procedure"),
]


@pytest.mark.parametrize(("line", "column"), DEBTOR_FAULTS)
def test_a_faulty_debtor_row_blocks_that_debtor_only(tmp_path: Path, line: str, column: str) -> None:
    portfolio = read(tmp_path, debiteurs_whole=DEBTORS + "C2;Commune;public;;;;;;;;;\n" + line + "\n")
    assert one_fault(portfolio) == ("C1", f"debiteurs.csv:3 (column {column})")


def test_a_debtor_listed_twice_is_blocked(tmp_path: Path) -> None:
    portfolio = read(tmp_path, debiteurs="C1;Fournil bis;entreprise\n")
    assert one_fault(portfolio) == ("C1", "debiteurs.csv:4 (column id)")


def test_a_number_shared_by_two_debtors_blocks_both(tmp_path: Path) -> None:
    portfolio = read(tmp_path, factures="F1;facture;C2;01/10/2026;;10,00;;;;;\n")
    assert {(failure.debtor_id, failure.error.where) for failure in portfolio.failures} == {
        ("C1", "factures.csv:5 (column numero)"),
        ("C2", "factures.csv:5 (column numero)"),
    }
    assert portfolio.cases == ()


def test_a_payment_for_the_invoice_of_another_debtor_blocks_both(tmp_path: Path) -> None:
    portfolio = read(tmp_path, paiements="R1;02/11/2026;10,00;;F1;C2\n")
    assert {failure.debtor_id for failure in portfolio.failures} == {"C1", "C2"}


def test_a_payment_with_one_unreadable_row_is_not_taken_by_half(tmp_path: Path) -> None:
    portfolio = read(tmp_path, paiements="R1;02/11/2026;10,00;;F1;\nR1;02/11/2026;x;;;\n")
    assert {failure.debtor_id for failure in portfolio.failures} == {"C1", None}
    assert [case.id for case in portfolio.cases] == [THERE]


def test_every_fault_is_reported_not_only_the_first(tmp_path: Path) -> None:
    portfolio = read(
        tmp_path,
        factures="F8;facture;C1;x;;10,00;;;;;\nF9;facture;C1;01/10/2026;;x;;;;;\n",
        paiements="R1;x;10,00;;F1;\n",
    )
    assert [failure.error.where for failure in portfolio.failures] == [
        "factures.csv:5 (column date)",
        "factures.csv:6 (column montant)",
        "paiements.csv:2 (column date)",
    ]


def test_the_error_names_the_header_as_the_file_writes_it(tmp_path: Path) -> None:
    header = "Number;Customer;Issue date;Due date;Amount\n"
    portfolio = read(tmp_path, factures_whole=header + "F1;C1;01/10/2026;31/10/26;9,00\nF2;C2;01/10/2026;;9,00\n")
    assert one_fault(portfolio) == ("C1", "factures.csv:2 (column Due date)")
    assert portfolio.failures[0].error.found == "'31/10/26' is not a date"
    assert portfolio.failures[0].error.hint == "Write it like 31/12/2026 (day first) or 2026-12-31."


def test_a_row_after_a_cell_of_two_lines_keeps_its_line_number(tmp_path: Path) -> None:
    portfolio = read(tmp_path, factures='F8;facture;C2;01/10/2026;;9,00;;;;;"a\nb"\nF9;facture;C1;x;;9,00;;;;;\n')
    assert {(failure.debtor_id, failure.error.where) for failure in portfolio.failures} == {
        ("C2", "factures.csv:5 (column objet)"),
        ("C1", "factures.csv:7 (column date)"),
    }


WHOLE_FILES = [
    ("factures_whole", "", "factures.csv"),
    ("factures_whole", " \n\n", "factures.csv"),
    ("debiteurs_whole", "", "debiteurs.csv"),
    ("creancier_whole", "", "creancier.toml"),
    ("factures_whole", "numero;debiteur;date;montant\n", "factures.csv:1"),
    ("factures_whole", "numero;debiteur;date;echeance;montant;ecéhance\n", "factures.csv:1"),
    ("factures_whole", "numero;debiteur;date;echeance;due_date;montant\n", "factures.csv:1"),
    ("factures_whole", 'numero;debiteur;date;echeance;montant\nF1;C1;01/10/2026;;"9,00\n', "factures.csv:2"),
    ("creancier_whole", 'id = "a"\nnom = Atelier\n', "creancier.toml:2"),
    ("creancier_whole", 'id = "a"\nnom = "Atelier"\niban = "FR76 0000"\n', "creancier.toml:3 (key iban)"),
    ("creancier_whole", 'id = "a"\nnom = "Atelier"\nrib = "x"\n', "creancier.toml:3 (key rib)"),
    ("creancier_whole", 'id = "a"\nnom = "Atelier"\nname = "x"\n', "creancier.toml:3 (key name)"),
    ("creancier_whole", 'id = "a"\n', "creancier.toml (key name)"),
    ("creancier_whole", 'id = "a"\nnom = "A"\npersonne_physique = "non"\n', "creancier.toml:3 (key personne_physique)"),
    ("creancier_whole", 'id = "a"\nnom = "A"\ncapital = "1.250"\n', "creancier.toml:3 (key capital)"),
    ("creancier_whole", 'id = "a"\nnom = "A"\nadresse = "ici"\n', "creancier.toml (key adresse)"),
    (
        "creancier_whole",
        'id = "a"\nnom = "A"\n[adresse]\ncode_postal = "1000"\nville = "Bourg"\n',
        "creancier.toml:4 (key adresse.code_postal)",
    ),
    (
        "creancier_whole",
        'id = "a"\nnom = "A"\n[conditions]\nfin_de_mois = "oui"\n',
        "creancier.toml:4 (key conditions.fin_de_mois)",
    ),
    (
        "creancier_whole",
        'id = "a"\nnom = "A"\n[conditions]\ndelai_jours = 30.0\n',
        "creancier.toml:4 (key conditions.delai_jours)",
    ),
]


@pytest.mark.parametrize(("file", "text", "where"), WHOLE_FILES)
def test_a_file_that_cannot_be_used_stops_the_run_with_one_error(
    tmp_path: Path, file: str, text: str, where: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, **{file: text})
    assert refused.value.where == where


@pytest.mark.parametrize("name", ["creancier.toml", "debiteurs.csv", "factures.csv", "paiements.csv"])
def test_a_missing_file_stops_the_run(tmp_path: Path, name: str) -> None:
    read(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(InvalidInput) as refused:
        read_portfolio(tmp_path)
    assert refused.value.where == name


def test_the_file_of_events_may_be_missing(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "evenements.csv").unlink()
    assert read_portfolio(tmp_path).failures == ()


def test_a_misspelt_file_name_stops_the_run_rather_than_lose_its_disputes(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "evenements.csv").rename(tmp_path / "événements.csv")
    with pytest.raises(InvalidInput) as refused:
        read_portfolio(tmp_path)
    assert refused.value.where == "événements.csv"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_portfolio(tmp_path / "nulle-part")
    assert refused.value.where == "nulle-part"


def test_any_damage_to_a_table_is_a_failure_or_one_error_and_nothing_else(tmp_path: Path) -> None:
    draw = Random(11)  # noqa: S311 - a reproducible series of damages
    signs = ';"\n\r\x00\t,#|é-9 €/%'
    rows = {
        "factures": "F8;facture;C1;01/10/2026;;10,00;;;1;;x\nF8;facture;C1;01/10/2026;;10,00;;;2;;x\n",
        "paiements": "R1;02/11/2026;10,00;EUR;F1;C1\n;02/11/2026;10,00;;F8#2;\n",
        "evenements": "litige;C1;03/11/2026;F1|F8#1;L1;5,00;;04/12/2026;;;n\nlevee;C1;05/11/2026;;;;;;;L1;\n",
    }
    for _ in range(300):
        name = draw.choice(sorted(rows))
        text = list(GOOD[f"{name}.csv"] + rows[name])
        for _ in range(draw.randrange(1, 4)):
            text[draw.randrange(len(text))] = draw.choice(signs)
        try:
            portfolio = read(tmp_path, **(rows | {name: "", f"{name}_whole": "".join(text)}))
        except InvalidInput as fault:
            refused = [fault]
        else:
            refused = [failure.error for failure in portfolio.failures if isinstance(failure.error, InvalidInput)]
            assert len(refused) == len(portfolio.failures)
        assert all(fault.where and fault.hint for fault in refused)


def encoded() -> Iterator[tuple[str, bytes, str]]:
    yield "latin-1", GOOD["debiteurs.csv"].replace("Fournil", "Fournée").encode("latin-1"), "debiteurs.csv:2"
    yield "utf-16", GOOD["debiteurs.csv"].encode("utf-16"), "debiteurs.csv:1"


@pytest.mark.parametrize(("likely", "raw", "where"), list(encoded()))
def test_a_file_that_is_not_utf_8_is_refused_with_its_likely_encoding(
    tmp_path: Path, likely: str, raw: bytes, where: str
) -> None:
    read(tmp_path)
    (tmp_path / "debiteurs.csv").write_bytes(raw)
    with pytest.raises(InvalidInput) as refused:
        read_portfolio(tmp_path)
    assert refused.value.where == where
    assert likely in refused.value.found.casefold()
    assert "UTF-8" in refused.value.hint


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "capital = " + "9" * 5000], ids=["nested", "huge number"])
def test_a_creditor_file_that_breaks_the_reader_is_one_error(tmp_path: Path, text: str) -> None:
    for name, good in GOOD.items():
        (tmp_path / name).write_text(text if name == "creancier.toml" else good, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"creancier\.toml"):
        read_portfolio(tmp_path)
