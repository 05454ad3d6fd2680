"""The pages of letters are what their generator makes, and rest on a text or a use for each mention."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from recouvrement.cli.main import main
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.render.facts import requirements
from recouvrement.render.letter_findings import LETTER_RULES
from recouvrement.render.letter_kinds import asked_mentions
from recouvrement.render.markdown import PARSER
from recouvrement.render.mention_bases_requested import REQUESTED_BASES, REQUESTED_FACT_BASES
from recouvrement.render.mention_sources import FACT_BASES, MENTION_BASES
from recouvrement.render.mentions import MENTIONS, mentions
from recouvrement.render.staff_names import DOCUMENTS
from recouvrement.render.wording import WORDINGS

TRANSCRIPT = re.compile(r"```console\n\$ recouvrement ([^\n]*)\n(.*?)```", re.DOTALL)

ROOT = Path(__file__).parents[2]
CHECKLIST = (ROOT / "docs" / "letters-checklist.md").read_text(encoding="utf-8")
LINT = (ROOT / "docs" / "letters-lint.md").read_text(encoding="utf-8")
CODE = re.compile(r"`[^`]*`")


def section(kind: DocumentKind) -> str:
    return CHECKLIST.partition(f"(`{kind.value}`)\n")[2].partition("\n## ")[0]


def test_making_the_pages_again_changes_no_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "docs" / "make_letters.py"), str(tmp_path)], cwd=tmp_path, check=True)
    for name in ("letters-checklist.md", "letters-lint.md"):
        made, kept = (tmp_path / name).read_bytes(), (ROOT / "docs" / name).read_bytes()
        assert made == kept, f"run docs/make_letters.py: {name} has moved"


def test_every_mention_has_its_basis_and_no_basis_is_left_over() -> None:
    asked = {one.name for kind, variant in MENTIONS for channel in Channel for one in mentions(kind, variant, channel)}
    assert asked <= set(MENTION_BASES)
    assert set(MENTION_BASES) - set(REQUESTED_BASES) <= asked
    facts = {one.path for kind in DocumentKind for channel in Channel for one in requirements(kind, channel)}
    assert facts <= set(FACT_BASES)
    assert set(FACT_BASES) - set(REQUESTED_FACT_BASES) <= facts


@pytest.mark.parametrize("name", [*MENTION_BASES, *FACT_BASES])
def test_a_basis_that_names_a_text_says_how_well_it_is_known(name: str) -> None:
    for bases in (MENTION_BASES, FACT_BASES):
        if name in bases:
            base = bases[name]
            assert (base.article is None) == (base.confidence is None)
            assert not base.is_required or base.article is not None


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_document_has_a_section_with_what_it_must_carry(kind: DocumentKind) -> None:
    assert f"## {DOCUMENTS[kind]} (`{kind.value}`)\n" in CHECKLIST
    rows = section(kind).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    for (one, _), asked in MENTIONS.items():
        for mention in asked if one is kind else ():
            assert f"| ☐ {MENTION_BASES[mention.name].french} |" in rows


def test_a_mention_of_one_variant_is_asked_of_that_variant() -> None:
    rows = section(DocumentKind.MISE_EN_DEMEURE).replace("\u00a0", " ")
    (mediator,) = [row for row in rows.splitlines() if "☐ médiateur" in row]
    assert mediator.startswith(
        "| ☐ médiateur de la consommation | — | si renseigné | — | texte | C. conso. art. L616-1"
    )
    (address,) = [row for row in section(DocumentKind.REMINDER_1).splitlines() if "☐ adresse du débiteur" in row]
    assert "| papier | papier | papier | usage | — | — |" in address


def test_every_refused_wording_is_on_the_page() -> None:
    assert all(f"| `{one.code}` |" in CHECKLIST for one in WORDINGS)


def test_the_checklist_is_written_in_french() -> None:
    prose = CODE.sub("", CHECKLIST)
    assert not re.search(r"\b(?:the|of|and|not|with|from|which|creditor|debtor)\b", prose)
    assert not re.search(r"'| [;!?%€»]|(?<!\|) :(?!-)|« ", prose)


@pytest.mark.parametrize("page", [CHECKLIST, LINT])
def test_every_row_of_a_table_has_as_many_cells_as_its_header(page: str) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", page, flags=re.MULTILINE)
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table.splitlines()[0]
    assert sum(token.type == "table_open" for token in PARSER.parse(page)) == len(tables)


def test_every_code_is_on_the_page_of_the_lint() -> None:
    assert re.findall(r"^\| `([a-z0-9_]+)` \|", LINT, flags=re.MULTILINE) == list(LETTER_RULES)


@pytest.mark.parametrize("name", ["letters.md", "letters-lint.md"])
def test_a_command_of_the_page_prints_what_it_shows(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    shutil.copytree(ROOT / "examples" / "portefeuille", tmp_path / "examples" / "portefeuille")
    for path, text in re.findall(r"`templates/(fr/[^`]*)`[^\n]*\n\n```jinja\n(.*?)```", page, flags=re.DOTALL):
        (tmp_path / "templates" / path).parent.mkdir(parents=True)
        (tmp_path / "templates" / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    transcripts = TRANSCRIPT.findall(page)
    assert transcripts
    for words, shown in transcripts:
        assert CliRunner().invoke(main, shlex.split(words)).stdout == shown


def answers(kind: DocumentKind, mention: str) -> list[list[str]]:
    """The cells of the rows of a mention, its name left out."""
    rows = section(kind).replace("\u00a0", " ").replace("’", "'").splitlines()
    return [row.strip("| ").split(" | ")[1:] for row in rows if row.startswith(f"| ☐ {mention}")]


FILES = [DocumentKind.HANDOVER_COVER, DocumentKind.ORDER_TO_PAY_SHEET, DocumentKind.CLAIM_DECLARATION]


@pytest.mark.parametrize("kind", [*FILES, DocumentKind.DECOMPTE_ANNEX])
def test_a_consumer_owes_legal_interest_and_no_indemnity(kind: DocumentKind) -> None:
    assert [row[1] for row in answers(kind, "indemnité forfaitaire")] == ["—"]
    assert [row[1] for row in answers(kind, "intérêts")] == ["—", "—"]
    legal = answers(kind, "intérêt légal")
    assert [(row[0], row[1], row[4]) for row in legal] == [("—", "si renseigné", "C. civ. art. 1231-6 et 1344-1")] * 2


@pytest.mark.parametrize("kind", [DocumentKind.ORDER_TO_PAY_SHEET, DocumentKind.CLAIM_DECLARATION])
def test_what_is_refused_to_a_public_body_is_asked_of_none(kind: DocumentKind) -> None:
    rows = answers(kind, "")[-len(asked_mentions(kind)) :]
    assert {row[2] for row in rows} == {"refusé"}
    assert "seul valable" not in section(kind)


def test_a_message_and_a_call_are_not_on_paper() -> None:
    for kind in (DocumentKind.SMS, DocumentKind.CALL_SCRIPT):
        assert "papier" not in section(kind)
        assert answers(kind, "voie d'envoi") == []
    assert answers(DocumentKind.REMINDER_LETTER, "voie d'envoi")


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_each_fact_to_fill_in_stands_once(kind: DocumentKind) -> None:
    fields = re.findall(r"^\| ☐ [^|]* \| (`[a-z_.]+`) \|", section(kind), flags=re.MULTILINE)
    assert len(fields) == len(set(fields))


def test_the_address_of_the_creditor_is_asked_of_a_collector_for_its_own_reason() -> None:
    (only_mandated,) = [row for row in answers(DocumentKind.REMINDER_1, "adresse du créancier") if "`" in row[0]]
    assert only_mandated[2:4] == ["CPCE art. R124-4 2°", "texte lu"]
    (always,) = [row for row in answers(DocumentKind.MISE_EN_DEMEURE, "adresse du créancier") if "`" in row[0]]
    assert always[2] == "C. com. art. R123-237 et R123-238"
