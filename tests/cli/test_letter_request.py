"""``letter request``: documents that no scenario sends by itself."""

import json
import os
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
