"""What stands where on a page: nothing beyond the margins, an address in its window, totals carried over."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from recouvrement.adapters.pdf import Typesetter
from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.documents import Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.documents import Document, render_document
from recouvrement.render.letters import Letters
from recouvrement.render.pdf_blocks import texts
from recouvrement.render.pdf_source import annex_source, pdf_source
from recouvrement.render.variants import Variant
from support.pdf_pages import Mark, marks, text_of

from .conftest import CREDITOR, DEBTORS, ON, action_of, claim_item, claim_of

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

LEFT, RIGHT, TOP, BOTTOM = 24.5, 187.5, 10.0, 290.0
"""Millimetres from the edges of A4 within which everything is printed; printers leave 5 mm blank."""
WINDOW = (100.0, 55.0, 190.0, 79.0)
"""What a DL window shows whatever the play of the sheet in its envelope; left, top, right, bottom."""

ADDRESS = PostalAddress(
    complement="Bâtiment des Mille et Une Nuits, escalier B",
    street="128 boulevard du Général de Gaulle prolongé",
    locality="Zone industrielle de la Basse Indre",
    postal_code="44610",
    city="Saint-Jean-de-Boiseau-sur-Loire",
)
NAMES = {
    "markup": "Dupont & Fils <SARL> *gras* _it_ `code` # titre",
    "code": '{{ 7*7 }} #import "x" $x$ \\u{41} @réf <étiquette> [lien](http://x)',
    "right to left": "Société מרחבא שלום مرحبا",
    "long word": "A" * 300,
    "long words": ("Établissements Très Longs " * 12)[:300].strip(),
    "accents": "Éts Œuvre-d’Ærø, ÿ, ß, Łódź, Ελλάς, Привет",
}


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as one:
        yield one


def amount(index: int) -> str:
    return f"{100 + index * 37}.{index % 100:02}"


def letter(
    typesetter: Typesetter,
    count: int,
    *,
    debtor: Debtor = DEBTORS[Variant.BUSINESS],
    creditor: Creditor = CREDITOR,
    number: str = "F2026",
    channel: Channel = Channel.REGISTERED_POST,
) -> bytes:
    invoices = tuple(
        Invoice.single(
            f"{number}-{index:04}",
            issued_on=date(2026, 7, 1) + timedelta(days=index % 60),
            due_on=date(2026, 8, 1) + timedelta(days=index % 60),
            total=Money.of(amount(index), "EUR"),
        )
        for index in range(count)
    )
    principal = Money.of(str(sum(Decimal(amount(index)) for index in range(count))), "EUR")
    claim = claim_of(tuple(claim_item(one, Variant.BUSINESS) for one in invoices))
    case = Case(creditor=creditor, debtor=debtor, invoices=invoices)
    action = action_of(DocumentKind.MISE_EN_DEMEURE, tuple(one.number for one in invoices), principal, channel=channel)
    document = render_document(action, case, claim, on=ON, letters=Letters.built_in())
    return typesetter.pdf(pdf_source(document, action, case, claim, on=ON))


def first_of(content: bytes, words: str) -> Mark:
    """Return the first printed character of the first place where words stand."""
    found = list(marks(content))
    wanted = re.sub(r"\s", "", words)
    return found["".join(one.character for one in found).index(wanted)]


def debtor_called(name: str) -> Debtor:
    return Debtor(id=name[:100].strip(), name=name, kind=DebtorKind.BUSINESS, siren="000456780", address=ADDRESS)


def beyond(found: list[Mark]) -> list[Mark]:
    return [one for one in found if one.left < LEFT or one.right > RIGHT or one.top < TOP or one.bottom > BOTTOM]


def crossed(found: list[Mark]) -> list[tuple[Mark, Mark]]:
    """Return characters printed one over the other: their boxes share more than half of the smaller one."""
    by_cell: dict[tuple[int, int, int], list[Mark]] = {}
    for one in found:
        by_cell.setdefault((one.page, int(one.left // 10), int(one.top // 10)), []).append(one)
    return [
        (one, other)
        for cell in by_cell.values()
        for index, one in enumerate(cell)
        for other in cell[index + 1 :]
        if _shared(one, other) > 0.5
    ]


def _shared(one: Mark, other: Mark) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0 or one[2:] == other[2:]:  # the letters of a ligature share one box
        return 0.0
    smaller = min((part.right - part.left) * (part.bottom - part.top) for part in (one, other))
    return width * height / smaller if smaller else 0.0


def euros(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s€]", "", text).replace(",", "."))


@pytest.mark.parametrize("count", [1, 12, 200])
def test_nothing_is_printed_beyond_the_margins_or_over_something_else(count: int, typesetter: Typesetter) -> None:
    found = list(marks(letter(typesetter, count)))
    assert beyond(found) == []
    assert crossed(found) == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_any_name_is_printed_literally_and_breaks_no_page(name: str, typesetter: Typesetter) -> None:
    creditor = Creditor.model_validate(dict(CREDITOR) | {"name": name})
    content = letter(typesetter, 3, debtor=debtor_called(name), creditor=creditor, number=name[:110].strip())
    found = list(marks(content))
    assert beyond(found) == []
    if not re.search(r"[\u0590-\u06ff]", name):  # a right-to-left text is read back in the order it is seen
        spaceless = re.sub(r"\s", "", text_of(content))
        assert spaceless.count(re.sub(r"\s", "", name)) >= 4


def test_a_character_without_a_glyph_is_printed_as_its_number(typesetter: Typesetter) -> None:
    text = text_of(letter(typesetter, 1, debtor=debtor_called("Café 😀 東京 \u200b\ue000 ok")))
    assert "Café ⟨U+1F600⟩ ⟨U+6771⟩⟨U+4EAC⟩ ⟨U+200B⟩⟨U+E000⟩ ok" in re.sub(r"\s+", " ", text)


def test_an_override_of_direction_turns_nothing_round(typesetter: Typesetter) -> None:
    text = text_of(letter(typesetter, 1, debtor=debtor_called("\u202eLRAS xuaF")))
    assert "LRAS xuaF" in text
    assert "100,00\u00a0€" in text


@pytest.mark.parametrize("lines", [3, 5, 6])
def test_the_address_stands_in_the_window_and_nothing_else_does(lines: int, typesetter: Typesetter) -> None:
    address = {3: DEBTORS[Variant.BUSINESS].address, 5: ADDRESS}.get(lines) or PostalAddress.model_validate(
        dict(ADDRESS) | {"building": "Entrée du quai aux Vins, porte 12 bis"}
    )
    assert address.lines("x")[-1][:5].isdigit()
    debtor = Debtor.model_validate(dict(DEBTORS[Variant.BUSINESS]) | {"address": address})
    found = [one for one in marks(letter(typesetter, 1, debtor=debtor)) if one.page == 1]
    seen = [one for one in found if one.right > 90 and one.bottom > 44 and one.top < 90]
    assert re.sub(r"\s", "", "".join(address.lines(debtor.name))) == "".join(one.character for one in seen)
    left, top, right, bottom = WINDOW
    assert [one for one in seen if one.left < left or one.right > right or one.top < top or one.bottom > bottom] == []


def test_what_is_carried_from_a_page_is_what_its_rows_come_to(typesetter: Typesetter) -> None:
    """Worked out from the rows read back on each page, not from what the program carried."""
    sheets = text_of(letter(typesetter, 200)).split("\n\n")
    in_rows, carried, brought = Decimal(0), [], []
    row = re.compile(r"^F2026-\d{4} \d\d/\d\d/2026 \d\d/\d\d/2026 .*€ .*€ (.*€)$", re.MULTILINE)
    last_statement_page = max(index for index, sheet in enumerate(sheets) if row.search(sheet))
    for index, sheet in enumerate(sheets[: last_statement_page + 1]):
        statement = sheet.partition("S’y ajoutent")[0]
        brought += [(index, euros(found)) for found in re.findall(r"^Total reporté (.*€)$", statement, re.MULTILINE)]
        if index:
            assert brought[-1] == (index, in_rows)
        in_rows += sum(euros(found) for found in row.findall(statement))
        carried += [euros(found) for found in re.findall(r"^À reporter (.*€)$", statement, re.MULTILINE)]
        if index < last_statement_page:
            assert carried[-1] == in_rows
    assert len(carried) == len(brought) == last_statement_page > 1
    assert in_rows == sum(Decimal(amount(index)) for index in range(200))


def test_a_table_repeats_its_header_on_every_page(typesetter: Typesetter) -> None:
    sheets = text_of(letter(typesetter, 200)).split("\n\n")
    with_rows = [sheet for sheet in sheets if re.search(r"^F2026-\d{4} \d\d/", sheet, re.MULTILINE)]
    assert len(with_rows) > 3
    assert all("Facture Émise le Échéance Montant TTC Règlements et avoirs Reste dû" in sheet for sheet in with_rows)


@pytest.mark.parametrize("count", [*range(1, 13), 60])
def test_the_signature_never_stands_alone_on_a_page(count: int, typesetter: Typesetter) -> None:
    last = text_of(letter(typesetter, count)).split("\n\n")[-1]
    assert "salutations distinguées.\nClaire Durand\nGérante\nAtelier Durand & Fils\n" in last


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize(
    "kind",
    [DocumentKind.REMINDER_2, DocumentKind.REMINDER_3, DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_DEFAULT_NOTICE],
)
def test_the_formula_of_politeness_never_stands_alone_on_a_page(
    kind: DocumentKind, variant: Variant, sample: Sample, typesetter: Typesetter
) -> None:
    action, case, claim = sample(kind, variant)
    document = render_document(action, case, claim, on=ON, letters=Letters.built_in())
    last = text_of(typesetter.pdf(pdf_source(document, action, case, claim, on=ON))).split("\n\n")[-1]
    before = last.partition("Nous vous prions")[0]
    assert "Si vous contestez" in before
    assert "Si vous avez réglé entre-temps" in before


@pytest.mark.parametrize("count", range(1, 25))
def test_the_bank_details_are_on_one_page(count: int, typesetter: Typesetter) -> None:
    sheets = text_of(letter(typesetter, count, debtor=DEBTORS[Variant.PUBLIC])).split("\n\n")
    assert any("Règlement par virement" in sheet and "Référence à rappeler" in sheet for sheet in sheets)


@pytest.mark.parametrize("count", range(7, 31))
def test_three_rows_at_least_stand_under_the_header_of_a_table(count: int, typesetter: Typesetter) -> None:
    """What is not there is seen on the next page: a table goes on, or begins, with three of its rows."""
    row = re.compile(r"^F2026-\d{4} .*€$", re.MULTILINE)
    for sheet in text_of(letter(typesetter, count)).split("\n\n"):
        for table in re.split(r"^Facture (?:Émise|Période).*$", sheet, flags=re.MULTILINE)[1:]:
            part = table.partition("À reporter")
            if part[1]:
                assert len(row.findall(part[0])) >= 3


@pytest.mark.parametrize("variant", list(Variant))
def test_those_who_sign_an_agreement_stand_side_by_side(
    variant: Variant, sample: Sample, typesetter: Typesetter
) -> None:
    action, case, claim = sample(DocumentKind.PLAN_AGREEMENT, variant)
    document = render_document(action, case, claim, on=ON, letters=Letters.built_in())
    content = typesetter.pdf(pdf_source(document, action, case, claim, on=ON))
    creditor, debtor = (first_of(content, words) for words in ("Pour le créancier", "Pour le débiteur"))
    assert (creditor.page, round(creditor.top)) == (debtor.page, round(debtor.top))
    assert debtor.left > creditor.left + 60


def test_the_date_of_an_email_stands_above_its_signature(typesetter: Typesetter) -> None:
    content = letter(typesetter, 1, channel=Channel.EMAIL)
    dated, signed = (first_of(content, words) for words in ("Nantes, le 23", "Claire Durand"))
    assert dated.left == pytest.approx(signed.left, abs=0.5)


def test_the_electronic_address_of_the_sender_is_narrowed_and_not_cut(typesetter: Typesetter) -> None:
    address = "dossiers@recouvrement-ouest.example"
    content = letter(typesetter, 1, creditor=Creditor.model_validate(dict(CREDITOR) | {"email": address}))
    assert f"Courriel\u00a0: {address}\n" in text_of(content)


def test_an_annex_leaves_room_between_its_letterhead_and_its_title(typesetter: Typesetter) -> None:
    case = Case(creditor=CREDITOR, debtor=DEBTORS[Variant.BUSINESS])
    content = typesetter.pdf(annex_source("# Titre\n\nTexte.\n", case, on=ON))
    assert first_of(content, "Titre").top - first_of(content, "44000 NANTES").bottom > 6


def test_the_foot_of_a_letter_sent_abroad_gives_a_number_to_call_from_there(
    sample_abroad: Sample, typesetter: Typesetter
) -> None:
    action, case, claim = sample_abroad(DocumentKind.REMINDER_1, Variant.BUSINESS)
    document = render_document(action, case, claim, on=ON, letters=Letters.built_in())
    text = text_of(typesetter.pdf(pdf_source(document, action, case, claim, on=ON))).replace("\u00a0", " ")
    assert text.count("+33 1 99 00 12 34") == 3
    assert "01 99 00 12 34" not in text


def test_an_email_on_paper_has_its_letterhead_first(typesetter: Typesetter) -> None:
    text = text_of(letter(typesetter, 1, channel=Channel.EMAIL))
    assert re.match(
        r"Atelier Durand & Fils\nSARL au capital.*?Nantes, le 23\xa0novembre\xa02026\nMise", text, re.DOTALL
    )
    assert text.count("Courriel") == 1


def overriding(folder: Path, kind: DocumentKind, blocks: dict[str, str]) -> Letters:
    """Return the letters with blocks of a business document replaced."""
    name = f"{kind.value}.business.md.j2"
    (folder / "fr").mkdir()
    replaced = "".join(f"{{% block {block} %}}{text}{{% endblock %}}" for block, text in blocks.items())
    (folder / "fr" / name).write_text(f'{{% extends "builtin/fr/{name}" %}}{replaced}', encoding="utf-8")
    return Letters.with_overrides(folder)


def test_what_is_kept_together_is_never_taller_than_a_page(
    tmp_path: Path, sample: Sample, typesetter: Typesetter
) -> None:
    """Lines to write on, far apart, once took all that stands between them out of the letter."""
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    between = "\n\n".join(f"Paragraphe {number}, long comme deux lignes de la page. " * 3 for number in range(26))
    letters = overriding(
        tmp_path,
        DocumentKind.MISE_EN_DEMEURE,
        {
            "reglement": f"Vos observations :\n\n…\n\n{between}\n\n{{{{ super() }}}}\n",
            "politesse": "…\n\n{{ super() }}",
        },
    )
    document = render_document(action, case, claim, on=ON, letters=letters)
    printed = text_of(typesetter.pdf(pdf_source(document, action, case, claim, on=ON)))
    for words in ("FR76", "en justice", "1231-6", "contestez", "entre-temps", "Paragraphe 25"):
        assert words in printed


@pytest.mark.parametrize("words", ["Vos observations", "Règlement"])
def test_long_paragraphs_before_a_signature_or_an_account_are_printed_whole(
    words: str, tmp_path: Path, sample: Sample, typesetter: Typesetter
) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    long = (
        f"{words} : "
        + "une phrase entière qui tient une ligne de la page imprimée, ou presque. " * 80
        + "Fin du texte."
    )
    block = "politesse" if words == "Vos observations" else "reglement"
    text = (
        f"{long}\n\n{{{{ super() }}}}"
        if block == "politesse"
        else f"- {long} {{{{ iban }}}} {{{{ bic }}}} {{{{ payment_reference }}}}\n"
    )
    letters = overriding(tmp_path, DocumentKind.REMINDER_1, {block: text})
    document = render_document(action, case, claim, on=ON, letters=letters)
    content = typesetter.pdf(pdf_source(document, action, case, claim, on=ON))
    assert "Fin du texte." in " ".join(text_of(content).split())
    assert beyond(list(marks(content))) == []


def test_a_rule_before_the_signature_is_one_of_the_letter(tmp_path: Path, sample: Sample) -> None:
    """The letter after it, signature included, was once printed as the address of its sender."""
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    letters = overriding(
        tmp_path,
        DocumentKind.REMINDER_1,
        {"suite": "{{ super() }}\n\n---\n\nNote.", "pied": "{{ footer }}"},
    )
    document = render_document(action, case, claim, on=ON, letters=letters)
    tree = pdf_source(document, action, case, claim, on=ON).tree
    assert tree["sender"] == []
    assert "Note." in "".join(texts(tree["body"]))


def test_a_number_that_only_begins_like_one_is_no_mention_of_it(sample: Sample) -> None:
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    document = render_document(action, case, claim, on=ON, letters=Letters.built_in())
    markdown = document.markdown.replace("118", "1189")
    other = Document.model_validate(dict(document) | {"markdown": markdown})
    with pytest.raises(MissingMention, match=r"PDF: invoices is missing \(« F2026-118 »\)"):
        pdf_source(other, action, case, claim, on=ON)
