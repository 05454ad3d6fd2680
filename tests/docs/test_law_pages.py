"""The French pages of law are what their generator makes, and leave out no file, no value and no case."""

import re
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recouvrement.render.markdown import PARSER

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "law" / "fr"
DATA = Path("src/recouvrement/jurisdictions/fr/data")
CASES = Path("tests/legal/fr")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
WORDS = tomllib.loads((ROOT / "docs" / "law_pages" / "mots.toml").read_text(encoding="utf-8"))

# A file is shown above the line that names it.
SHOWN = re.compile(r"Fichier\u00a0: \[`(?P<file>[^`]+)`\]\(../../../(?P=file)\)")
CODE_AND_ADDRESSES = re.compile(r"`[^`]*`|<https?://[^>]*>|\]\([^)]*\)")


def files(folder: Path) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / folder).glob("*.toml"))]


def part_of(file: str) -> str:
    """Return what a page shows of a file."""
    for page in PAGES.values():
        begins = 0
        for found in SHOWN.finditer(page):
            if found["file"] == file:
                return page[begins : found.start()]
            begins = found.end()
    raise AssertionError(file)


def rows_with_a_date(content: dict[str, Any]) -> list[dict[str, Any]]:  # Any: TOML
    return [row for rows in content.values() if isinstance(rows, list) for row in rows if "from" in row]


def prose(page: str) -> str:
    """Return a page without what is no French text: code, addresses, targets of links, line breaks of cells."""
    return CODE_AND_ADDRESSES.sub("", PAGES[page]).replace("<br>", "\n")


def in_figures(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def test_making_the_pages_again_changes_no_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "docs" / "make_law.py"), str(tmp_path)], cwd=tmp_path, check=True)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in FOLDER.iterdir()}
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), f"run docs/make_law.py: {path.name} has moved"


def test_every_law_file_and_every_table_of_cases_is_on_one_page() -> None:
    shown = [found["file"] for page in PAGES.values() for found in SHOWN.finditer(page)]
    assert sorted(shown) == sorted([*files(DATA), *files(CASES)])


@pytest.mark.parametrize("file", [file for file in files(DATA) if not file.endswith("/edition.toml")])
def test_every_value_shows_its_first_day_its_text_and_its_confidence(file: str) -> None:
    lines = re.sub("[\u00a0\u202f]", " ", part_of(file)).replace("’", "'").splitlines()
    rows = rows_with_a_date(tomllib.loads((ROOT / file).read_text(encoding="utf-8")))
    assert rows
    for row in rows:
        cells = [f" {in_figures(row['from'])} |", row["article"], f"| {WORDS['confiance'][row['confidence']][0]} |"]
        assert any(all(cell in line for cell in cells) for line in lines), row


@pytest.mark.parametrize("file", files(CASES))
def test_a_table_of_cases_has_a_row_for_each_case(file: str) -> None:
    cases = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))["cas"]
    table = part_of(file).rpartition("\n## ")[2]
    assert table.count("\n| ") == len(cases) + 2


def test_the_half_years_are_those_the_official_rates_give() -> None:
    rows = [
        line for line in PAGES["taux.md"].replace("\u00a0", " ").splitlines() if re.match(r"\| S[12] 2\d{3} \|", line)
    ]
    # ECB 4.50; 4.50 + 10; 3 x 5.07; 4.50 + 8; legal rates of the arrêté of 21/12/2023.
    assert "| S1 2024 | 4,50 % | 14,50 % | 15,21 % | 12,50 % | 8,01 % | 5,07 % | vérifié |  |" in rows
    assert rows[0].startswith("| S1 2009 | 2,50 % | 12,50 % | 11,37 % | — | 3,79 % | 3,79 % |")
    assert rows[-1] == "| S2 2026 | 2,40 % | 12,40 % | 8,25 % | 10,40 % | 6,84 % | 2,75 % | secondaire |  |"
    assert len(rows) == 36


def test_a_worked_case_reads_like_a_statement() -> None:
    page = PAGES["penalites-de-retard.md"].replace("\u00a0", " ").replace("\u202f", " ")
    assert "montant TTC : 10 000,00 €<br>échéance : 31/05/2026<br>calcul arrêté au : 15/09/2026" in page
    assert "– du 01/06/2026 au 30/06/2026, 30 jours à 12,15 % : 99,86 €" in page


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_written_in_french_figures_and_types(page: str) -> None:
    text = prose(page)
    assert not re.search(r"\b(?:the|of|and|not|with|from|which|kept|read|below|unknown)\b", text)
    assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
    assert not re.search(r"'| [;!?%€»]|(?<!\|) :(?!-)|« ", text)
    assert not re.search(r"\b[dl]e une?\b", text)
    # Some sources name the reading they are computed with.
    assert set(re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b", text)) <= {"fixed_at_start"}, "a code has no French words"


@pytest.mark.parametrize("page", PAGES)
def test_every_row_of_a_table_has_as_many_cells_as_its_header(page: str) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", PAGES[page], flags=re.MULTILINE)
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table.splitlines()[0]
    tokens = PARSER.parse(PAGES[page])
    assert sum(token.type == "table_open" for token in tokens) == len(tables)
    assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 1


def copied(folder: Path) -> Path:
    """Return a copy of the generator and of what it reads, to be altered."""
    for part in (Path("docs/law_pages"), DATA, CASES):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "docs" / "make_law.py", folder / "docs")
    return folder


def refusal(folder: Path) -> str:
    """Return why the copy refuses to write the pages."""
    command = [sys.executable, str(folder / "docs" / "make_law.py"), str(folder / "pages")]
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert finished.returncode == 1
    assert not (folder / "pages").exists()
    return finished.stderr


def test_a_table_no_template_shows_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.copy(ROOT / CASES / "prescription.toml", folder / CASES / "oubliee.toml")
    assert refusal(folder).startswith("tests/legal/fr/oubliee.toml is shown 0 times")


def test_a_table_two_templates_show_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    template = folder / "docs" / "law_pages" / "modeles" / "mentions.md.j2"
    template.write_text(f'{template.read_text(encoding="utf-8")}{{{{ cas("taux") }}}}\n', encoding="utf-8")
    assert refusal(folder).startswith("tests/legal/fr/taux.toml is shown 2 times")


def test_an_english_note_without_french_words_is_refused_by_its_name(tmp_path: Path) -> None:
    words = copied(tmp_path) / "docs" / "law_pages" / "mots.toml"
    known = '"version of décret 2021-211" = "version du décret 2021-211"\n'
    text = words.read_text(encoding="utf-8")
    assert known in text
    words.write_text(text.replace(known, ""), encoding="utf-8")
    assert "write under [notes] the French words of 'version of décret 2021-211'" in refusal(tmp_path)
