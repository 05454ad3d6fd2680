"""``recouvrement nightly`` with PDFs, décomptes and original invoices."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.main import main
from support.pdf_pages import text_of

DEMO = Path(__file__).parents[2] / "examples" / "portefeuille"


def night(place: Path, *options: str | Path) -> Result:
    words = [
        "nightly",
        DEMO,
        "--journal",
        place / "journal.sqlite",
        "--outbox",
        place / "letters",
        "--on",
        "2026-11-23",
    ]
    return CliRunner().invoke(main, [str(word) for word in (*words, *options)])


def test_every_letter_on_paper_of_the_demonstration_is_a_pdf(tmp_path: Path) -> None:
    result = night(tmp_path, "--pdf", "--decompte", "--json")
    assert result.exit_code == 0, result.output
    outbox = tmp_path / "letters"
    letters = {path.stem for path in outbox.glob("*.html")}
    assert letters
    assert letters <= {path.stem for path in outbox.glob("*.pdf")}
    drafts = list(outbox.glob("*-draft.pdf"))
    assert drafts
    assert all("PROJET À APPROUVER" in text_of(path.read_bytes()) for path in drafts)
    assert list(outbox.glob("*_1_decompte.pdf"))


def test_invoices_that_are_not_there_are_told_or_stop_their_message(tmp_path: Path) -> None:
    invoices = tmp_path / "factures"
    invoices.mkdir()
    told = night(tmp_path, "--attachments", invoices, "--dry-run")
    assert told.exit_code == 0, told.output
    assert "attachment missing" in told.stdout
    refused = night(tmp_path, "--attachments", invoices, "--attachments-required", "--dry-run", "--json")
    assert refused.exit_code == 1
    assert {row["code"] for row in json.loads(refused.stdout)["failures"]} == {"missing-attachment"}


def test_required_invoices_need_a_folder(tmp_path: Path) -> None:
    """Without it nothing is looked for, and every message would leave without its invoice."""
    result = night(tmp_path, "--attachments-required")
    assert result.exit_code == 2
    assert "Add --attachments FOLDER" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_typst_the_option_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "recouvrement.adapters.pdf", None)
    result = night(tmp_path, "--pdf")
    assert result.exit_code == 2
    assert "recouvrement[pdf]" in result.output
