"""The command line, on the demonstration portfolio and on broken copies of it."""

import contextlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from recouvrement.cli.main import main

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "portefeuille"
MONDAY = "2026-11-23"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: str | Path) -> Any:  # noqa: ANN401  # whatever the command prints as JSON
    return json.loads(run(*words, "--json").stdout)


def night(portfolio: Path, place: Path, on: str = MONDAY, *options: str) -> Result:
    journal, outbox = place / "journal.sqlite", place / "letters"
    return run("nightly", portfolio, "--journal", journal, "--outbox", outbox, "--on", on, *options)


def receipts(place: Path) -> set[str]:
    return {path.name for path in (place / "letters").glob("receipt_*.json")}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path / "portefeuille"))


def test_the_first_night_of_the_demonstration_and_the_nights_after(tmp_path: Path) -> None:
    first = night(DEMO, tmp_path, MONDAY, "--json")
    assert first.exit_code == 0, first.output
    report = json.loads(first.stdout)
    assert report["failures"] == []
    stages = {action["stage"] for case in report["cases"] for action in case["actions"]}
    assert {"avis_avant_echeance", "relance_1", "relance_2", "appel", "lettre_de_relance", "mise_en_demeure"} <= stages
    delivered = receipts(tmp_path)
    assert delivered
    again = night(DEMO, tmp_path)
    assert (again.exit_code, receipts(tmp_path)) == (0, delivered)
    assert "Nothing to deliver." in again.stdout
    later = json.loads(night(DEMO, tmp_path, "2026-11-30", "--json").stdout)
    moved = {case["case"].split("/")[1]: [action["stage"] for action in case["actions"]] for case in later["cases"]}
    assert moved.get("C001", []) == []
    assert moved["C002"] == ["relance_2"]
    assert "C031" not in {debtor for debtor, taken in moved.items() if taken}
    assert receipts(tmp_path) > delivered


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    result = night(DEMO, tmp_path, MONDAY, "--dry-run")
    assert result.exit_code == 0
    assert list(tmp_path.iterdir()) == []
    assert "Dry run" in result.stdout


def test_a_notice_is_approved_and_leaves_the_next_day(tmp_path: Path) -> None:
    night(DEMO, tmp_path)
    journal = ("--journal", tmp_path / "journal.sqlite")
    waiting = answer("pending", DEMO, *journal)
    assert len(waiting) >= 3
    chosen, other = waiting[0]["id"], waiting[1]["id"]
    by = ("--by", "Claire Fontaine", "--on", MONDAY)
    assert answer("approve", DEMO, chosen, *journal, *by)["answer"] == "approved"
    assert answer("refuse", DEMO, other, *journal, *by)["answer"] == "refused"
    assert {one["id"] for one in answer("pending", DEMO, *journal)} == {one["id"] for one in waiting} - {chosen, other}
    twice = run("approve", DEMO, chosen, *journal, *by)
    assert (twice.exit_code, twice.stdout) == (2, "")
    report = json.loads(night(DEMO, tmp_path, "2026-11-24", "--json").stdout)
    sent = {receipt["action_id"]: receipt["channel"] for case in report["cases"] for receipt in case["delivered"]}
    assert sent[chosen] == "registered_post"
    assert other not in sent


def test_decide_prints_everything_in_words_and_in_json() -> None:
    shown = run("decide", DEMO, "--debtor", "C016", "--on", MONDAY)
    assert shown.exit_code == 0
    for part in ("Actions", "Why these sums", "Deadlines", "Doubts", "Look again", "What is owed"):
        assert part in shown.stdout
    (decision,) = answer("decide", DEMO, "--debtor", "C016", "--on", MONDAY)
    assert decision["claim"]["total"] == {"amount": "1472.00", "currency": "EUR"}


def test_a_debtor_with_two_currencies_has_two_decisions() -> None:
    decisions = answer("decide", DEMO, "--debtor", "C024", "--on", MONDAY)
    assert [decision["case_id"].rsplit("/", 1)[1] for decision in decisions] == ["CHF", "EUR"]


def test_letter_prints_the_text_of_a_letter() -> None:
    shown = run("letter", DEMO, "--debtor", "C016", "--kind", "mise_en_demeure", "--on", MONDAY)
    assert "Nous vous mettons en demeure" in shown.stdout
    (document,) = answer("letter", DEMO, "--debtor", "C016", "--kind", "mise_en_demeure", "--on", MONDAY)
    assert document["subject"].startswith("Mise en demeure de payer")
    assert shown.stderr == f"# {MONDAY}\n"


@pytest.mark.parametrize(
    ("spoken", "words", "note"),
    [
        ("en", "We hereby formally require you to pay us", ""),
        ("nl", "Nous vous mettons en demeure", "note: in fr, nl was wanted: no template\n"),
    ],
)
def test_letter_is_in_the_language_of_the_contact_or_says_why_not(
    spoken: str, words: str, note: str, copy: Path
) -> None:
    debtors = copy / "debiteurs.csv"
    header, *rows = debtors.read_text(encoding="utf-8").splitlines()
    spoken_by_all = [f"{header};langue", *(f"{row};{spoken}" for row in rows)]
    debtors.write_text("\n".join(spoken_by_all) + "\n", encoding="utf-8")
    shown = run("letter", copy, "--debtor", "C016", "--kind", "mise_en_demeure", "--on", MONDAY)
    assert words in shown.stdout
    assert shown.stderr == f"{note}# {MONDAY}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("interest", "12.345", "--due", "2026-05-31", "--paid", "2026-09-15", "--debtor", "business"),
        ("interest", "-5", "--due", "2026-05-31", "--paid", "2026-09-15", "--debtor", "business"),
        ("decide", str(DEMO), "--debtor", "C999", "--on", MONDAY),
        ("letter", str(DEMO), "--debtor", "C031", "--kind", "mise_en_demeure", "--on", MONDAY),
        ("decide", "no-such-folder", "--debtor", "C001", "--on", MONDAY),
    ],
)
def test_what_cannot_be_answered_is_one_error_and_exit_code_two(words: tuple[str, ...]) -> None:
    plain = run(*words)
    assert plain.exit_code == 2
    assert plain.stdout == ""
    assert len(plain.stderr.strip().splitlines()) == 1 or "Usage" in plain.stderr
    if "Usage" not in plain.stderr:
        error = answer(*words)["error"]
        assert set(error) == {"code", "where", "found", "hint"}


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def added(name: str, line: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return change


def bomb(folder: Path) -> None:
    entities = "".join(f'<!ENTITY b{turn} "{f"&b{turn - 1};" * 10}">' for turn in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE i [<!ENTITY b0 "boom">{entities}]><i>&b11;</i>'
    (folder / "bombe.xml").write_text(text, encoding="utf-8")


ONE_CASE = {
    "a wrong date": (edited("factures.csv", ";13/11/2026;864,00", ";13/13/2026;864,00"), "factures.csv", "C003"),
    "an unknown debtor": (
        added("factures.csv", "F2026-9001;facture;C777;01/10/2026;31/10/2026;100,00;EUR;;;;;"),
        "factures.csv",
        None,
    ),
    "three decimals": (edited("factures.csv", ";13/11/2026;864,00", ";13/11/2026;864,005"), "factures.csv", "C003"),
    "a number used twice": (
        added("factures.csv", "F2026-0083;facture;C006;24/09/2026;24/10/2026;6 780,00;EUR;;;;;"),
        "factures.csv",
        "C006",
    ),
    "an XML bomb": (bomb, "bombe.xml", None),
}


@pytest.mark.parametrize(("change", "place", "debtor"), ONE_CASE.values(), ids=ONE_CASE.keys())
def test_a_fault_stops_its_own_case_and_nothing_else(
    change: Callable[[Path], None], place: str, debtor: str | None, copy: Path, tmp_path: Path
) -> None:
    change(copy)
    (tmp_path / "sound").mkdir()
    sound = json.loads(night(DEMO, tmp_path / "sound", MONDAY, "--json").stdout)
    result = night(copy, tmp_path, MONDAY, "--json")
    assert result.exit_code == 1, result.output
    report = json.loads(result.stdout)
    assert {failure["debtor"] for failure in report["failures"]} == {debtor}
    assert any(place in failure["where"] for failure in report["failures"])
    assert all(failure["where"] and failure["found"] and failure["hint"] for failure in report["failures"])
    left = [case for case in sound["cases"] if debtor is None or case["case"].split("/")[1] != debtor]
    assert [case["case"] for case in report["cases"]] == [case["case"] for case in left]
    assert len(receipts(tmp_path)) == sum(len(case["actions"]) for case in left)


def emptied(folder: Path) -> None:
    (folder / "factures.csv").write_text("", encoding="utf-8")


def latin(folder: Path) -> None:
    text = (folder / "debiteurs.csv").read_text(encoding="utf-8")
    (folder / "debiteurs.csv").write_bytes(text.encode("latin-1", "replace"))


def without_creditor(folder: Path) -> None:
    (folder / "creancier.toml").unlink()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (emptied, "factures.csv"),
        (latin, "debiteurs.csv"),
        (without_creditor, "creancier.toml"),
        (edited("factures.csv", "echeance", "echeances"), "factures.csv"),
    ],
    ids=["an empty file", "a Latin-1 file", "no creditor", "an unknown column"],
)
def test_an_unusable_input_is_one_error_and_leaves_everything_untouched(
    change: Callable[[Path], None], place: str, copy: Path, tmp_path: Path
) -> None:
    change(copy)
    result = night(copy, tmp_path)
    assert result.exit_code == 2
    assert place in result.stderr
    assert not (tmp_path / "journal.sqlite").exists()
    assert not (tmp_path / "letters").exists()
    assert json.loads(night(copy, tmp_path, MONDAY, "--json").stdout)["error"]["code"] == "invalid-input"


def test_a_broken_template_folder_is_one_error_and_leaves_everything_untouched(tmp_path: Path) -> None:
    for folder, template in (("faulty", "{{ nothing }}"), ("absent", None)):
        if template is not None:
            (tmp_path / folder / "fr").mkdir(parents=True)
            (tmp_path / folder / "fr" / "reminder_1.business.md.j2").write_text(template, encoding="utf-8")
        result = night(DEMO, tmp_path, MONDAY, "--templates", str(tmp_path / folder))
        assert result.exit_code == 2, result.output
        assert "error [" in result.stderr
    assert not (tmp_path / "journal.sqlite").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("nightly", str(DEMO), "--on", "23/11/26"),
        ("nightly", str(DEMO), "--journal", "j", "--outbox", "o", "--on", "23/11/26"),
        ("interest", "100", "--due", "9999-12-31", "--paid", "9999-12-31", "--debtor", "business"),
        ("prescription", "--regime", "b2b", "--start", "2026-02-30"),
        ("interest", "1e3", "--due", "2026-05-31", "--paid", "2026-09-15", "--debtor", "business"),
        ("no-such-command",),
    ],
)
def test_a_call_that_makes_no_sense_is_told_in_json_when_asked(words: tuple[str, ...]) -> None:
    plain = run(*words)
    assert plain.exit_code == 2
    assert "Traceback" not in plain.output
    told = run(*words, "--json")
    assert told.exit_code == 2
    assert set(json.loads(told.stdout)["error"]) == {"code", "where", "found", "hint"}


def test_a_name_that_is_none_cannot_approve(tmp_path: Path) -> None:
    night(DEMO, tmp_path)
    journal = ("--journal", tmp_path / "journal.sqlite")
    action = answer("pending", DEMO, *journal)[0]["id"]
    for by, on in (
        ("", MONDAY),
        ("a\nb", MONDAY),
        ("Claire Fontaine", "2026-11-22"),
        ("Claire Fontaine", "2062-11-23"),
    ):
        refused = run("approve", DEMO, action, *journal, "--by", by, "--on", on)
        assert refused.exit_code == 2
        assert "Traceback" not in refused.output
    assert action in {one["id"] for one in answer("pending", DEMO, *journal)}


def test_an_interruption_has_its_own_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recouvrement.batch import nightly as batch

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "decide", interrupted)
    assert night(DEMO, tmp_path).exit_code == 130
    monkeypatch.undo()
    assert night(DEMO, tmp_path).exit_code == 0


def test_help_and_version_answer() -> None:
    assert run("--version").stdout.startswith("recouvrement, version ")
    for command in (
        "nightly",
        "decide",
        "letter",
        "pending",
        "approve",
        "refuse",
        "interest",
        "rates",
        "prescription",
        "routes",
    ):
        assert run(command, "--help").exit_code == 0


LATE = ["interest", "10000", "--due", "2026-01-31", "--paid", "2026-07-31", "--debtor", "business"]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8"])
def test_a_stream_that_cannot_write_french_is_written_in_utf_8(encoding: str) -> None:
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding=encoding)) as out:
        with pytest.raises(SystemExit) as end:
            main(LATE)
        out.flush()
        out.buffer.seek(0)
        written = out.buffer.read()
    assert end.value.code == 0
    assert written.decode("utf-8").replace("\r\n", "\n") == run(*LATE).stdout
    assert "\u202f".encode() in written


def test_a_name_that_is_not_utf_8_is_told_in_json() -> None:
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
        with pytest.raises(SystemExit) as end:
            main(["rates", "--rates", "taux\udcff.toml", "--json"])
        out.flush()
        out.buffer.seek(0)
        written = out.buffer.read()
    assert end.value.code == 2
    assert json.loads(written)["error"]["where"] == "taux?.toml"


def test_a_pipe_that_asks_for_windows_1252_gets_utf_8() -> None:
    code = "from recouvrement.cli.main import main; main()"
    answered = subprocess.run(
        [sys.executable, "-c", code, *LATE], env={"PYTHONIOENCODING": "cp1252"}, capture_output=True, check=True
    )
    assert answered.stdout.decode("utf-8").splitlines() == run(*LATE).stdout.splitlines()
