"""What others make of our PDFs: qpdf checks their structure, pdftotext reads their words, zbar scans their codes."""

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from recouvrement.adapters.pdf import Typesetter
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.documents import render_document
from recouvrement.render.letters import Letters, promised
from recouvrement.render.pdf_source import pdf_source
from recouvrement.render.variants import Variant
from support.pdf_pages import pages
from support.programs import program

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

GOLDEN = Path(__file__).with_name("golden") / "pdf"
NOT_MADE = {
    (DocumentKind.ORDER_TO_PAY_SHEET, Variant.PUBLIC),
    (DocumentKind.CLAIM_DECLARATION, Variant.PUBLIC),
    *((DocumentKind.SMS, variant) for variant in Variant),
}
"""Proceedings a public body is not subject to, and text messages, which have no page."""
EVERY = [(language.code, kind, variant) for language, kind, variant in promised() if (kind, variant) not in NOT_MADE]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as one:
        yield one


@pytest.fixture(scope="module")
def path_of(
    sample: Sample, sample_abroad: Sample, *, letters: Letters, on: date, typesetter: Typesetter, folder: Path
) -> Callable[[str, DocumentKind, Variant], tuple[Path, str | None]]:
    """Return where a document was printed, and what its QR code was made from."""
    codes: dict[Path, str | None] = {}

    def made(language: str, kind: DocumentKind, variant: Variant) -> tuple[Path, str | None]:
        path = folder / f"{language}.{kind.value}.{variant.value}.pdf"
        if path not in codes:
            action, case, claim = (sample if language == "fr" else sample_abroad)(kind, variant)
            document = render_document(action, case, claim, on=on, letters=letters)
            assert document.language == language
            source = pdf_source(document, action, case, claim, on=on)
            path.write_bytes(typesetter.pdf(source))
            codes[path] = source.code
        return path, codes[path]

    return made


Printed = Callable[[str, DocumentKind, Variant], tuple[Path, str | None]]


@pytest.mark.parametrize(("language", "kind", "variant"), EVERY)
def test_qpdf_finds_no_fault(language: str, kind: DocumentKind, variant: Variant, path_of: Printed) -> None:
    path, _ = path_of(language, kind, variant)
    found = subprocess.run([program("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize(("language", "kind", "variant"), EVERY)
def test_pdftotext_reads_the_words_that_were_approved(
    language: str, kind: DocumentKind, variant: Variant, path_of: Printed
) -> None:
    path, _ = path_of(language, kind, variant)
    read = subprocess.run(
        [program("pdftotext"), "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True
    ).stdout.decode()
    approved = GOLDEN / ("" if language == "fr" else language) / f"{kind.value}.{variant.value}.txt"
    assert printed(read) == printed(approved.read_text(encoding="utf-8"))


def printed(text: str) -> str:
    """Return the characters that leave ink, in the order they are read; readers differ on a hyphen that ends a line."""
    return re.sub(r"[\s\u200b\u00ad\x02-]", "", text)


@pytest.mark.parametrize(("language", "kind", "variant"), EVERY)
def test_zbar_scans_the_sum_the_account_and_the_reference(
    language: str, kind: DocumentKind, variant: Variant, path_of: Printed, folder: Path
) -> None:
    path, code = path_of(language, kind, variant)
    scanned = []
    for number, page in enumerate(pages(path.read_bytes(), 1240)):
        picture = folder / f"{path.stem}.{number}.png"
        page.save(picture)
        found = subprocess.run(
            [program("zbarimg"), "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
            capture_output=True,
            text=True,
            check=False,
        )
        scanned += [found.stdout.rstrip("\n")] if found.returncode == 0 else []
    assert scanned == ([] if code is None else [code])
