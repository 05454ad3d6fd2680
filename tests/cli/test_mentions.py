"""``recouvrement mentions``, on words, on text files and on e-invoices."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.main import Commands
from recouvrement.cli.mentions import mentions

COMPLETE = (
    "Date d'échéance : 02/12/2026\nPas d'escompte pour paiement anticipé.\n"
    "Pénalités de retard : trois fois le taux d'intérêt légal.\n"
    "Indemnité forfaitaire pour frais de recouvrement : 40 €."
)
ISSUED = ("--issued", "2026-11-02")
GROUP = Commands(name="recouvrement", commands=[mentions])
UBL = """\
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>U1</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate><cbc:DueDate>2026-12-02</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>{notes}<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>BC-118</cbc:ID></cac:OrderReference>
<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">120.00</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">120.00</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(GROUP, ["mentions", *(str(word) for word in words)])


def answer(*words: str | Path) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    return json.loads(run(*words, "--json").stdout)


def statuses(data: Any) -> dict[str, str]:  # noqa: ANN401  # JSON
    return {found["mention"]: found["status"] for found in data["findings"]}


def test_a_complete_invoice_ends_with_code_0() -> None:
    result = run("--text", COMPLETE, *ISSUED)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "Invoice to a debtor of kind business, issued 2026-11-02: complete",
    )
    data = answer("--text", COMPLETE, *ISSUED)
    assert (data["complete"], data["fine"], data["fines"], data["consequences"]) == (True, None, [], [])
    assert data["edition"].startswith("fr-")


def test_what_is_missing_is_named_with_what_to_print_and_what_it_costs() -> None:
    data = answer("--text", "Total TTC : 1 200,00 €", *ISSUED)
    assert data["complete"] is False
    assert data["fine"] == {
        "natural_person": "75000",
        "legal_person": "375000",
        "repeat_natural_person": "150000",
        "repeat_legal_person": "750000",
        "repeat_within_years": "2",
        "article": "C. com. art. L441-9 II",
        "confidence": "verified",
    }
    indemnity = next(found for found in data["findings"] if found["mention"] == "indemnity")
    assert indemnity == {
        "mention": "indemnity",
        "status": "missing",
        "found": None,
        "article": "C. com. art. L441-9 I",
        "confidence": "verified",
        "to_print": "En cas de retard de paiement, indemnité forfaitaire pour frais de recouvrement\u00a0: 40\u00a0€.",
        "reason": "mention_missing",
        "figures": {},
    }
    assert [(one["code"], one["confidence"]) for one in data["consequences"]] == [
        ("penalties_due_anyway", "verified"),
        ("indemnity_due_anyway", "secondary"),
    ]
    result = run("--text", "Total TTC : 1 200,00 €", *ISSUED)
    assert result.exit_code == 1
    assert "to print: « Pas d’escompte en cas de paiement anticipé. »" in result.stdout
    assert "375\u202f000\u00a0€" in result.stdout


def test_the_figures_of_a_rate_too_low_are_strings() -> None:
    data = answer("--text", COMPLETE.replace("trois fois le taux d'intérêt légal", "8 % l'an"), *ISSUED)
    penalty = next(found for found in data["findings"] if found["mention"] == "penalty_rate")
    assert penalty["figures"] == {"half_year": "2026-07-01", "rate": "8.00", "floor": "8.25"}
    assert [fine["article"] for fine in data["fines"]] == ["C. com. art. L441-16"]


def test_the_due_date_may_be_given_apart() -> None:
    text = COMPLETE.split("\n", 1)[1]
    assert statuses(answer("--text", text, *ISSUED))["due_date"] == "missing"
    assert statuses(answer("--text", text, *ISSUED, "--due", "02/12/2026"))["due_date"] == "present"


def test_a_consumer_is_asked_for_nothing_and_40_euros_are_reported() -> None:
    data = answer("--text", COMPLETE, *ISSUED, "--debtor", "consumer")
    assert statuses(data) == {"indemnity": "not_allowed", "penalty_rate": "cannot_tell"}
    assert data["fine"] is None
    assert run("--text", "Total : 12 €", *ISSUED, "--debtor", "consumer").exit_code == 0


def test_nothing_is_said_of_public_bodies() -> None:
    data = answer("--text", COMPLETE, *ISSUED, "--debtor", "public")
    assert (data["complete"], data["findings"]) == (None, [])
    assert [doubt["code"] for doubt in data["doubts"]] == ["rule_not_covered"]
    assert run("--text", COMPLETE, *ISSUED, "--debtor", "public").exit_code == 1


def test_a_text_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "facture.txt"
    path.write_text(COMPLETE, encoding="utf-8")
    assert run(path, *ISSUED).exit_code == 0


def test_an_e_invoice_is_read_with_its_notes_its_date_and_its_order(tmp_path: Path) -> None:
    notes = "".join(
        f"<cbc:Note>{note}</cbc:Note>"
        for note in ("#PMD#Trois fois le taux légal", "#PMT#40 €", "Pas d'escompte pour paiement anticipé.")
    )
    path = tmp_path / "facture.xml"
    path.write_text(UBL.format(notes=notes), encoding="utf-8")
    data = answer(path)
    assert data["complete"] is True
    assert statuses(data)["order_number"] == "present"
    assert run(path, "--issued", "2026-11-03").exit_code == 2
    path.write_text(UBL.format(notes="<cbc:Note>#PMD#5 % l'an</cbc:Note>"), encoding="utf-8")
    without = statuses(answer(path, "--due", "2026-12-15"))
    assert (without["penalty_rate"], without["indemnity"], without["discount"]) == (
        "insufficient",
        "missing",
        "missing",
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((*ISSUED,), "neither is given"),
        (("facture.xml", "--text", "x", *ISSUED), "both are given"),
        (("--text", "x"), "the date of issue is missing"),
        (("facture.docx", *ISSUED), "the file ends with '.docx'"),
        (("absent.txt", *ISSUED), "the file is missing"),
        (("absent.xml",), "the file cannot be opened (No such file or directory)"),
        (("--text", "x", "--issued", "2019-04-25"), "covered from 2019-04-26 to 2027-12-31"),
        (("--text", "a" * 100_001, *ISSUED), "the text has 100001 characters"),
        (("--text", "x", "--issued", "31/02/2026"), None),
        (("--text", "x", *ISSUED, "--debtor", "unknown"), None),
    ],
)
def test_an_input_that_cannot_be_used_ends_with_code_2(words: tuple[str, ...], found: str | None) -> None:
    result = run(*words, "--json")
    assert result.exit_code == 2
    error = json.loads(result.stdout)["error"]
    assert error["hint"]
    assert found is None or error["found"] == found


def test_marks_of_the_terminal_in_an_invoice_are_shown_as_text(tmp_path: Path) -> None:
    (tmp_path / "invoice.txt").write_text("Escompte : voir [bold red]CGV\x1b[31m", encoding="utf-8")
    result = run(tmp_path / "invoice.txt", *ISSUED)
    assert "Escompte : voir [bold red]CGV[31m" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("sign", ["\udcff", "\x00", "\x1b", "\x7f", "\x9b"])
def test_words_that_are_no_text_are_refused_with_their_place(sign: str) -> None:
    error = answer("--text", f"{COMPLETE}{sign}", *ISSUED)["error"]
    assert (error["code"], error["where"]) == ("invalid-input", "--text")
    assert error["found"].startswith(f"character {len(COMPLETE) + 1} ")


def test_tabs_and_ends_of_line_are_text() -> None:
    assert run("--text", COMPLETE.replace("\n", "\r\n\t"), *ISSUED).exit_code == 0


@pytest.mark.parametrize("suffix", [".txt", ".xml"])
def test_a_file_whose_path_cannot_be_used_is_one_error(tmp_path: Path, suffix: str) -> None:
    loop = tmp_path / f"loop{suffix}"
    loop.symlink_to(loop)
    for path in (tmp_path / ("f" * 300 + suffix), loop):
        result = run(path, *ISSUED)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("error [invalid-input] ")
