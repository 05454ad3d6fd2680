"""The demonstration portfolio reads without a fault, is what its script makes, and holds nothing real."""

import csv
import io
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import facturx
import pytest
from lxml import etree

from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.batch.portfolio import Portfolio
from recouvrement.domain.parties import DebtorKind

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "portefeuille"
RUNS = (date(2026, 11, 23), date(2026, 11, 30))
FICTION = re.compile(r"01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98")


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return read_portfolio(FOLDER)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_it_reads_without_a_fault(portfolio: Portfolio) -> None:
    assert portfolio.failures == ()
    assert len({case.debtor.id for case in portfolio.cases}) >= 38
    assert sum(len(case.invoices) for case in portfolio.cases) >= 140
    assert {case.currency for case in portfolio.cases} == {"EUR", "CHF"}
    assert {case.debtor.kind for case in portfolio.cases} == set(DebtorKind)


def test_it_mixes_tables_and_eight_e_invoices(portfolio: Portfolio) -> None:
    names = sorted(path.suffix for path in FOLDER.iterdir() if path.suffix in {".pdf", ".xml"})
    assert names == [".pdf"] * 4 + [".xml"] * 4
    in_tables = {row["numero"] for row in rows("factures.csv")}
    read = {invoice.number for case in portfolio.cases for invoice in case.invoices}
    assert len(read - in_tables) == 6
    assert sum(len(case.credit_notes) for case in portfolio.cases) == 6


def test_every_stage_of_the_scenario_falls_on_one_of_the_two_runs(portfolio: Portfolio) -> None:
    due = {item.due_on for case in portfolio.cases for item in case.items}
    for offset in (-5, 3, 10, 15, 21, 30):
        assert any(run - timedelta(days=offset) in due for run in RUNS), offset


def test_dates_lie_where_a_ledger_would_have_them(portfolio: Portfolio) -> None:
    for case in portfolio.cases:
        assert all(payment.received_on < RUNS[0] for payment in case.payments)
        assert all(invoice.issued_on < RUNS[0] and invoice.issued_on.weekday() < 5 for invoice in case.invoices)


def test_identifiers_are_valid_and_nobody_s(portfolio: Portfolio) -> None:
    firms = [case.debtor for case in portfolio.cases if case.debtor.siret]
    assert len(firms) >= 30
    assert all(debtor.siret and debtor.siret.startswith("000") for debtor in firms)
    assert portfolio.creditor.siren is not None
    assert portfolio.creditor.siren.startswith("000")
    for row in rows("debiteurs.csv"):
        assert row["email"] == "" or row["email"].endswith(".example")
        assert row["telephone"] == "" or FICTION.match(row["telephone"])
        assert row["pays"] == "FR" or row["id"] == "C025"


def test_addresses_fit_the_window_of_an_envelope(portfolio: Portfolio) -> None:
    for debtor in {case.debtor.id: case.debtor for case in portfolio.cases}.values():
        assert debtor.address is not None
        assert debtor.address.faults(debtor.name) == ()


def test_the_special_cases_are_there(portfolio: Portfolio) -> None:
    cases = {case.id.partition("/")[2]: case for case in portfolio.cases}
    assert cases["C017/EUR"].debtor.insolvency is not None
    assert {"C024/CHF", "C024/EUR", "C025/CHF"} <= cases.keys()
    assert cases["C023/EUR"].debtor.contacts == ()
    assert cases["C021/EUR"].debtor.contacts[0].email is None
    assert any(not payment.allocations for payment in cases["C020/EUR"].payments)
    assert any(
        note.invoice_number == invoice.number and note.amount > invoice.total
        for invoice in cases["C018/EUR"].invoices
        for note in cases["C018/EUR"].credit_notes
    )
    assert any(
        invoice.order_reference is None and invoice.delivered_on is None for invoice in cases["C022/EUR"].invoices
    )
    assert any(len(invoice.instalments) == 3 for invoice in cases["C010/EUR"].invoices)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portefeuille")
    subprocess.run([sys.executable, str(ROOT / "examples" / "make_portefeuille.py"), str(folder)], check=True)
    return folder


def test_the_script_makes_the_files_that_are_stored(made: Path) -> None:
    assert {path.name for path in made.iterdir()} == {path.name for path in FOLDER.iterdir()}
    for path in sorted(made.iterdir()):
        mine, stored = path.read_bytes(), (FOLDER / path.name).read_bytes()
        if path.suffix == ".pdf":
            # Another version of factur-x may write the PDF around it otherwise.
            mine, stored = embedded(mine), embedded(stored)
        assert mine == stored, path.name


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*.xml")) + sorted(FOLDER.glob("*.pdf")), ids=lambda path: path.name
)
def test_the_e_invoices_are_valid_against_the_official_schemas(path: Path) -> None:
    content = path.read_bytes()
    assert facturx.xml_check_xsd(etree.fromstring(embedded(content) if path.suffix == ".pdf" else content))


def embedded(content: bytes) -> bytes:
    _, found = facturx.get_xml_from_pdf(io.BytesIO(content))
    return bytes(found)
