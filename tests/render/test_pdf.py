"""Every document as a PDF: the words of the text, the looks that were approved, the standards it declares."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from recouvrement.adapters.pdf import Typesetter
from recouvrement.dispatch.message import Attachment
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.documents import Document, render_document
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.letters import Letters
from recouvrement.render.pdf_source import PdfSource, annex_source, pdf_source
from recouvrement.render.variants import Variant
from support.pdf_pages import difference, png, strip, text_of

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]
Made = Callable[[DocumentKind, Variant], bytes]

GOLDEN = Path(__file__).with_name("golden") / "pdf"
REFUSED = {(DocumentKind.ORDER_TO_PAY_SHEET, Variant.PUBLIC), (DocumentKind.CLAIM_DECLARATION, Variant.PUBLIC)}
"""Documents that do not exist for a public body; a text message is never a page."""
EVERY = [
    (kind, variant)
    for kind in DocumentKind
    for variant in Variant
    if (kind, variant) not in REFUSED and kind is not DocumentKind.SMS
]
ENGLISH = [(kind, variant) for kind in DocumentKind for variant in Variant if LANGUAGES["en"].promises(kind, variant)]
MED = (DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
TOLERANCE = 1.0
"""Mean of grey levels: another rasteriser stays under 0.5; a line moved by its own height is above 2."""


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as one:
        yield one


@pytest.fixture(scope="module")
def source(sample: Sample, letters: Letters, on: date) -> Callable[[DocumentKind, Variant], PdfSource]:
    def make(kind: DocumentKind, variant: Variant) -> PdfSource:
        action, case, claim = sample(kind, variant)
        document = render_document(action, case, claim, on=on, letters=letters)
        return pdf_source(document, action, case, claim, on=on)

    return make


@pytest.fixture(scope="module")
def made(source: Callable[[DocumentKind, Variant], PdfSource], typesetter: Typesetter) -> Made:
    known: dict[tuple[DocumentKind, Variant], bytes] = {}

    def make(kind: DocumentKind, variant: Variant) -> bytes:
        if (kind, variant) not in known:
            known[kind, variant] = typesetter.pdf(source(kind, variant))
        return known[kind, variant]

    return make


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}|\d[\d\u202f]*,\d\d", text))


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_the_text_of_every_pdf_is_the_one_that_was_read_and_approved(
    kind: DocumentKind, variant: Variant, made: Made, pytestconfig: pytest.Config
) -> None:
    text = text_of(made(kind, variant))
    path = GOLDEN / f"{kind.value}.{variant.value}.txt"
    if pytestconfig.getoption("--rewrite-golden", default=False):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_every_page_looks_as_it_did_when_it_was_approved(
    kind: DocumentKind, variant: Variant, made: Made, pytestconfig: pytest.Config
) -> None:
    shown = strip(made(kind, variant))
    path = GOLDEN / f"{kind.value}.{variant.value}.png"
    if pytestconfig.getoption("--rewrite-golden", default=False):
        path.write_bytes(png(shown))
    with Image.open(path) as approved:
        assert difference(shown, approved) < TOLERANCE


@pytest.fixture(scope="module")
def made_abroad(sample_abroad: Sample, letters: Letters, on: date, typesetter: Typesetter) -> Made:
    def make(kind: DocumentKind, variant: Variant) -> bytes:
        action, case, claim = sample_abroad(kind, variant)
        document = render_document(action, case, claim, on=on, letters=letters)
        return typesetter.pdf(pdf_source(document, action, case, claim, on=on))

    return make


@pytest.mark.parametrize(("kind", "variant"), ENGLISH)
def test_a_letter_in_english_is_a_page_in_english(
    kind: DocumentKind, variant: Variant, made_abroad: Made, pytestconfig: pytest.Config
) -> None:
    made = made_abroad(kind, variant)
    text, shown, name = text_of(made), strip(made), f"{kind.value}.{variant.value}"
    folder = GOLDEN / "en"
    if pytestconfig.getoption("--rewrite-golden", default=False):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
        (folder / f"{name}.png").write_bytes(png(shown))
    assert "Page 1/" in text
    assert text == (folder / f"{name}.txt").read_text(encoding="utf-8")
    with Image.open(folder / f"{name}.png") as approved:
        assert difference(shown, approved) < TOLERANCE


def test_a_page_that_changed_is_seen(made: Made) -> None:
    """The measure of looks is worth something: another variant of the same letter is far from it."""
    one = strip(made(DocumentKind.REMINDER_LETTER, Variant.BUSINESS))
    other = strip(made(DocumentKind.REMINDER_LETTER, Variant.PUBLIC))
    assert difference(one, other) > TOLERANCE * 2


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_the_pdf_says_every_word_of_the_text(
    kind: DocumentKind, variant: Variant, made: Made, rendered: Callable[[DocumentKind, Variant], Document]
) -> None:
    document = rendered(kind, variant)
    # An e-mail address or a word joined by a hyphen may be cut at the end of a line of the page.
    assert words(document.text) - words(text_of(made(kind, variant))) == set()


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_every_page_is_numbered_and_names_the_creditor(kind: DocumentKind, variant: Variant, made: Made) -> None:
    sheets = text_of(made(kind, variant)).split("\n\n")
    for number, sheet in enumerate(sheets, start=1):
        assert f"Page {number}/{len(sheets)}" in sheet
        assert "Atelier Durand & Fils – SARL au capital de 10\u202f000\u00a0€" in sheet


def test_the_same_document_gives_the_same_bytes_from_another_compiler(
    source: Callable[[DocumentKind, Variant], PdfSource], made: Made
) -> None:
    for kind, variant in (MED, (DocumentKind.REMINDER_1, Variant.CONSUMER)):
        with Typesetter() as other:
            assert other.pdf(source(kind, variant)) == made(kind, variant)


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_it_declares_an_archivable_and_accessible_document(
    kind: DocumentKind, variant: Variant, made: Made, on: date
) -> None:
    with pikepdf.open(BytesIO(made(kind, variant))) as pdf:
        told = pdf.open_metadata()
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == told["dc:title"] != ""
        assert str(pdf.docinfo["/Author"]) == "Atelier Durand & Fils"
        assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{on:%Y%m%d}")


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_its_syntax_is_sound_and_every_font_is_inside(kind: DocumentKind, variant: Variant, made: Made) -> None:
    content = made(kind, variant)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        descriptors = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
        assert descriptors
        assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def test_files_travel_inside_an_archivable_document(
    source: Callable[[DocumentKind, Variant], PdfSource], typesetter: Typesetter
) -> None:
    invoice = Attachment.of("F2026-118.pdf", "application/pdf", b"%PDF-1.4 \x00\xff the original")
    table = Attachment(filename="Relevé n° 1.csv", media_type="text/csv", content="n°;montant\n")
    content = typesetter.pdf(source(*MED), (invoice, table))
    with pikepdf.open(BytesIO(content)) as pdf:
        told = pdf.open_metadata()
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")
        held = {spec.filename: spec.get_file().read_bytes() for spec in pdf.attachments.values()}
        assert pdf.check_pdf_syntax() == []
    assert held == {"F2026-118.pdf": invoice.data, "Relevé n° 1.csv": table.data}
    assert typesetter.pdf(source(*MED), (invoice, table)) == content


def test_a_draft_says_so_on_every_page(
    source: Callable[[DocumentKind, Variant], PdfSource], typesetter: Typesetter
) -> None:
    draft = typesetter.pdf(source(*MED).with_banner("PROJET – NE PAS ENVOYER"))
    sheets = text_of(draft).split("\n\n")
    assert len(sheets) == 2
    assert all("PROJET – NE PAS ENVOYER" in sheet for sheet in sheets)


def test_an_annex_stands_under_the_letterhead(sample: Sample, typesetter: Typesetter, on: date) -> None:
    _, case, _ = sample(*MED)
    markdown = "# Relevé\n\n## Factures\n\n| Facture | Montant |\n|---|---:|\n| F1 | 12,00\u00a0€ |\n"
    text = text_of(typesetter.pdf(annex_source(markdown, case, on=on)))
    assert re.match(
        r"Atelier Durand & Fils\n.*\nRelevé\nBoulangerie Le Fournil, client 411LEFOURNIL\n", text, re.DOTALL
    )
    assert "F1 12,00\u00a0€" in text


def test_a_mention_lost_on_the_way_to_paper_is_refused(
    sample: Sample, rendered: Callable[[DocumentKind, Variant], Document], on: date
) -> None:
    action, case, claim = sample(*MED)
    document = rendered(*MED)
    thinned = Document.model_validate(
        {**dict(document), "markdown": document.markdown.replace("1231\\-6", "…").replace("1231-6", "…")}
    )
    with pytest.raises(MissingMention, match=r"PDF.*1231-6"):
        pdf_source(thinned, action, case, claim, on=on)
