"""``letter request``: documents that no scenario sends by itself."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.main import main

DEMO = Path(__file__).parents[2] / "examples" / "portefeuille"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["letter", "request", str(DEMO), "--on", "2026-11-23", *map(str, words)])


def acknowledged(*words: object) -> Result:
    return run("--debtor", "C012", "--kind", "dispute_acknowledgement", "--about", "LITIGE-1", *words)


def test_an_acknowledgement_names_the_dispute_and_is_printed() -> None:
    result = acknowledged()
    assert result.exit_code == 0
    assert "Nous accusons réception de votre contestation, enregistrée le\n9\u00a0novembre\u00a02026." in result.stdout


@pytest.mark.parametrize(
    ("name", "starts"),
    [("a.txt", b"Vos"), ("a.html", b"<!DOCTYPE html>"), ("a.md", b"# Votre"), ("a.PDF", b"%PDF-1.7")],
)
def test_the_name_of_the_file_tells_its_shape(name: str, starts: bytes, tmp_path: Path) -> None:
    result = acknowledged("-o", tmp_path / name)
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / name}\n")
    assert (tmp_path / name).read_bytes().startswith(starts)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_answer_in_json_says_the_case_and_the_language() -> None:
    (one,) = json.loads(acknowledged("--json").stdout)
    assert (one["case"], one["on"]) == ("signaletique-armoricaine/C012/EUR", "2026-11-23")
    assert (one["kind"], one["language"]) == ("dispute_acknowledgement", "fr")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--debtor", "C012", "--kind", "receipt", "--about", "NONE"), "no payment NONE by that day"),
        (("--debtor", "C012", "--kind", "last_notice"), "a notice of nothing misleads"),
        (("--debtor", "C012", "--kind", "last_notice"), "--next-step and --pay-by not given"),
        (
            ("--debtor", "C012", "--kind", "last_notice", "--next-step", "hand_over", "--pay-by", "2026-11-23"),
            "--pay-by 2026-11-23: the day is past, or is that of the notice",
        ),
        (
            ("--debtor", "C012", "--kind", "statement_of_account", "--pay-by", "2026-12-23"),
            "--pay-by given. Leave it out",
        ),
        (("--debtor", "C012", "--kind", "claim_declaration"), "procedure_ouverte_le of debiteurs.csv"),
        (("--debtor", "C012", "--kind", "dispute_acknowledgement"), "no dispute is named (known: LITIGE-1)"),
        (("--debtor", "C012", "--kind", "dispute_acknowledgement"), "--about on the command line"),
        (("--debtor", "C012", "--kind", "broken_promise"), "no promise is named (known: none)"),
        (("--debtor", "C012", "--kind", "plan_proposal", "--about", "P"), "--about and --instalment"),
        (("--debtor", "C012", "--kind", "statement_of_account", "-o", "a.docx"), ".docx ending"),
        (("--debtor", "NOBODY", "--kind", "statement_of_account"), "NOBODY"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(
    words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    result = acknowledged("-o", pipe)
    assert (result.exit_code, pipe.is_fifo()) == (2, True)
    assert "not an ordinary file" in result.stderr


def proposed(*words: object) -> Result:
    return run("--debtor", "C012", "--kind", "plan_proposal", *words)


class TestPlan:
    """A plan that is not recorded is written on the command line."""

    def test_a_proposal_bears_its_instalments(self) -> None:
        result = proposed("--about", "PLAN-1", "--instalment", "2026-12-15=500.00", "--instalment", "15/01/2027=400,50")
        assert result.exit_code == 0, result.output
        told = " ".join(result.stdout.split())
        assert "Nous vous proposons de régler 900,50\u00a0€ en 2\u00a0échéances" in result.stdout.replace("\n", " ")
        assert "15/12/2026 500,00 €" in told
        assert "15/01/2027 400,50 €" in told
        assert "sans régularisation dans les 8 jours" in told

    def test_an_agreement_bears_the_other_terms(self) -> None:
        words = ("--debtor", "C012", "--kind", "plan_agreement", "--about", "PLAN-1", "--instalment", "2026-12-15=900")
        plain = run(*words)
        assert plain.exit_code == 0, plain.output
        result = run(*words, "--grace-days", "3", "--notice-days", "15", "--acceleration")
        assert result.exit_code == 0, result.output
        told = " ".join(result.stdout.split())
        assert "3 jours" in told
        assert "15 jours" in told
        assert "3 jours" not in " ".join(plain.stdout.split())
        assert "15 jours" not in " ".join(plain.stdout.split())

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("--instalment", "2026-12-15=500"), "Name it: --about PLAN-1"),
            (("--about", "P", "--instalment", "2026-12-15"), "Write DATE=AMOUNT"),
            (("--about", "P", "--instalment", "31/02/2027=5"), "31/02/2027"),
            (("--about", "P", "--instalment", "2026-12-15=1,250.00"), "is not an amount"),
            (("--about", "P", "--instalment", "2026-12-15=0"), "Give a positive amount"),
            (("--about", "P", "--instalment", "2026-12-15=5 USD"), "is in USD"),
            (("--about", "P", "--instalment", "2026-11-23=5"), "not after 2026-11-23, the date of the document"),
            (
                ("--about", "P", "--instalment", "2027-01-15=5", "--instalment", "2026-12-15=5"),
                "2026-12-15 is not after 2027-01-15, the date of the one before it",
            ),
            (("--about", "P", "--grace-days", "3"), "Add --instalment DATE=AMOUNT"),
            (("--about", "P" * 121, "--instalment", "2026-12-15=5"), "is too long"),
        ],
    )
    def test_a_plan_that_is_not_well_written_is_told_by_its_option(self, words: tuple[str, ...], told: str) -> None:
        result = proposed(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert told in " ".join(result.stderr.split())

    def test_another_document_takes_no_instalment(self) -> None:
        result = acknowledged("--instalment", "2026-12-15=500")
        assert result.exit_code == 2
        assert "it is for plan_agreement and plan_proposal" in result.stderr

    def test_of_two_cases_the_one_in_the_currency_written_is_made(self, tmp_path: Path) -> None:
        demo = tmp_path / "portefeuille"
        shutil.copytree(DEMO, demo)
        invoices = demo / "factures.csv"
        head, *rows = invoices.read_text(encoding="utf-8").splitlines()
        names = head.split(";")
        row = dict(zip(names, next(one for one in rows if one.startswith("F2026-0110;")).split(";"), strict=True))
        row |= {"numero": "U2026-1", "devise": "USD"}
        invoices.write_text("\n".join([head, *rows, ";".join(row.get(name, "") for name in names)]), encoding="utf-8")
        words = ["letter", "request", str(demo), "--on", "2026-11-23", "--debtor", "C012", "--kind", "plan_proposal"]
        words += ["--about", "P"]
        refused = CliRunner().invoke(main, [*words, "--instalment", "2026-12-15=500"])
        assert refused.exit_code == 2
        assert "Write it beside each amount" in refused.stderr
        made = CliRunner().invoke(main, [*words, "--instalment", "2026-12-15=500 USD", "--json"])
        assert made.exit_code == 0, made.output
        assert [one["case"] for one in json.loads(made.stdout)] == ["signaletique-armoricaine/C012/USD"]


def test_a_letter_in_another_language_than_the_one_wanted_says_so(tmp_path: Path) -> None:
    """No document exists in German: the debtor who reads it is written to in French."""
    demo = in_german(tmp_path)
    words = ("--debtor", "C012", "--on", "2026-11-23")
    asked = CliRunner().invoke(main, ["letter", "request", str(demo), *words, "--kind", "statement_of_account"])
    assert asked.exit_code == 0, asked.output
    assert asked.stderr == "note: in fr, de was wanted: no template\n"
    page = tmp_path / "page.html"
    previewed = ["letter", "preview", "grand_compte", "--portfolio", str(demo), *words, "-o", str(page)]
    shown = CliRunner().invoke(main, previewed)
    assert shown.stderr.startswith("note: call_script, reminder_1, ")
    assert shown.stderr.endswith(": in fr, de was wanted: no template\n")
    assert "It is in fr, de was wanted: no template" in page.read_text(encoding="utf-8")


def in_german(folder: Path) -> Path:
    """Return a copy of the demonstration whose debtors read German."""
    demo = folder / "portefeuille"
    shutil.copytree(DEMO, demo)
    debtors = demo / "debiteurs.csv"
    head, *rows = debtors.read_text(encoding="utf-8").splitlines()
    debtors.write_text("\n".join([f"{head};langue", *(f"{row};de" for row in rows)]), encoding="utf-8")
    return demo
