"""Whatever a value holds, it comes out literally and is never read as Markdown, HTML or a template."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pydantic import ValidationError

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.events import HistoryEvent, InsolvencyOpened, NoticeDelivered, ProofSupplied, StopPlaced
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.documents import render_document
from recouvrement.render.escaping import HARD_BREAK, Lines, escaped, folded, literal
from recouvrement.render.letters import Letters
from recouvrement.render.markdown import parsed
from recouvrement.render.page import html_page, shown_text
from recouvrement.render.plaintext import TextLayout
from recouvrement.render.variants import Variant
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

HOSTILE = [
    "Dupont & Fils <SARL>",
    "*gras* _italique_ **fort** ~~barré~~",
    "{{ 7*7 }} {% raw %} {# rien #}",
    "#import <b>x</b> <script>alert(1)</script>",
    "[x](http://e) ![y](z) <http://a.b>",
    "| a | b |---|",
    r"\| \\ fin\ ",
    "1. premier",
    "2) second",
    "- tiret",
    "+ plus",
    "> cité",
    "---",
    "===",
    "```",
    "    code",
    "`x` &amp; &#42; &copy;",
    "Boulangerie 🥐 « Chez l’Œuf »",
    "שלום עולם",
    "الشركة العربية ١٢٣",
    "a@b.c http://e.example?x=1&y=2",
    "l'apostrophe : droite ! et ; sans espace fine ?",
    "Huissier & Saisie SARL",
    "$x^2$ ^[note] :smile:",
]


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", [DocumentKind.MISE_EN_DEMEURE, DocumentKind.CALL_SCRIPT, DocumentKind.TERMINAL_NOTE])
def test_a_hostile_name_is_printed_as_it_is(
    name: str, kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    case = rebuilt(
        case,
        debtor=rebuilt(case.debtor, name=name),
        creditor=rebuilt(case.creditor, name=name, signatory=name, mediator=name),
    )
    document = render_document(action, case, claim, on=on, letters=letters)
    assert flat(name) in flat(document.text)
    assert flat(name) in flat(shown_text(document.html))
    for tag in ("<b>", "<script", "<SARL", "<em>", "<a ", "<img", "<code>", "<pre", "<ol"):
        assert tag not in document.html
    assert document.html.count("<h1>") == 1
    assert "49 " not in flat(document.text).replace("49 00", "")


BY_NAME = [
    kind
    for kind in DocumentKind
    if kind
    not in {DocumentKind.SMS, DocumentKind.MISE_EN_DEMEURE, DocumentKind.CALL_SCRIPT, DocumentKind.TERMINAL_NOTE}
]
WORST = [
    "Dupont & Fils <SARL>",
    "*gras*",
    "{{ 7*7 }}",
    "#import",
    "| a | b |---|",
    "1. premier",
    "שלום עולם",
    "Boulangerie 🥐",
    "Société " + "très " * 57 + "longue",
    "X" * 300,
]


@pytest.mark.parametrize("name", WORST, ids=range(len(WORST)))
@pytest.mark.parametrize("kind", BY_NAME)
def test_the_worst_names_are_printed_as_they_are_in_every_document(
    name: str, kind: DocumentKind, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(kind, Variant.BUSINESS)
    case = rebuilt(
        case,
        debtor=rebuilt(case.debtor, name=name),
        creditor=rebuilt(case.creditor, name=name, signatory=name),
        history=tuple(_renamed(event, name) for event in case.history),
        payments=tuple(rebuilt(payment, reference=name) for payment in case.payments),
    )
    document = render_document(action, case, claim, on=on, letters=letters)
    assert flat(name) in flat(document.text)
    assert flat(name) in flat(shown_text(document.html))
    assert document.html.count("<h1>") <= 1
    page = document.html.replace(f'<a href="{case.creditor.payment_url}">', "")  # the one link a letter may hold
    for tag in ("<b>", "<script", "<SARL", "<em>", "<a ", "<img", "<code>", "<pre", "<ol"):
        assert tag not in page
    assert len(document.subject) <= 200


def _renamed(event: HistoryEvent, name: str) -> HistoryEvent:
    """Every line that a person writes, in what happened to the case."""
    match event:
        case StopPlaced():
            return rebuilt(event, cause=name, owner=name)
        case ProofSupplied() | NoticeDelivered():
            return rebuilt(event, reference=name)
        case InsolvencyOpened():
            return rebuilt(event, insolvency=rebuilt(event.insolvency, agent=name, court=name))
        case _:
            return event


@pytest.mark.parametrize("field", ["description", "order_reference"])
def test_a_line_break_in_a_reference_never_reaches_a_letter(field: str, sample: Sample) -> None:
    _, case, _ = sample(DocumentKind.HANDOVER_COVER, Variant.BUSINESS)
    with pytest.raises(ValidationError):
        rebuilt(case.invoices[0], **{field: "BC-1\nBcc: tous@exemple.example"})
    with pytest.raises(ValidationError):
        rebuilt(case.payments[0], reference="VIR\r\n1")


@pytest.mark.parametrize(
    "number", ["| a | b |", "F|1", r"F\|2", "*F*", "1.", "-", "F 2026 118", "&lt;F&gt;", "F" * 119]
)
def test_a_hostile_invoice_number_stays_in_its_cell(number: str, sample: Sample, letters: Letters, on: date) -> None:
    action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS)
    invoices = (rebuilt(case.invoices[0], number=number), case.invoices[1])
    case = rebuilt(case, invoices=invoices)
    first = claim.items[0]
    first = rebuilt(
        first,
        item_id=number,
        invoice_number=number,
        segments=tuple(rebuilt(part, item_id=number) for part in first.segments),
    )
    claim = rebuilt(claim, items=(first, claim.items[1]))
    action = rebuilt(action, listed=(number, "F2026-125"))
    document = render_document(action, case, claim, on=on, letters=letters)
    assert flat(number) in flat(document.text)
    assert flat(number) in flat(shown_text(document.html))
    rows = re.findall(r"<tr>(.*?)</tr>", document.html, re.DOTALL)
    assert {row.count("<td") + row.count("<th") for row in rows} == {6, 7, 2}


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["{}", "avant {} après", "- {}", "| {} | {} |\n|---|---:|\n| {} | {} |", "> {}", "**{}**", "# {}"]),
)
def test_any_text_comes_out_literally(value: str, pattern: str) -> None:
    shown = escaped(value)
    if not shown:
        return
    source = "# Titre\n\n" + pattern.replace("{}", str(shown)) if not pattern.startswith("#") else f"# {shown}"
    content = parsed(source, where="test")
    expected = flat(folded(value))
    assert expected in flat(TextLayout(content.tokens, title_prefix="").filled())
    assert expected in flat(shown_text(html_page(content.tokens, subject="s", title_prefix="")))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), max_size=5))
def test_lines_stay_lines(lines: list[str]) -> None:
    shown = [flat(folded(line)) for line in lines if folded(line)]
    block = HARD_BREAK.join(escaped(line) for line in Lines(lines))
    content = parsed(f"# Titre\n\n{block}\n", where="test")
    assert flat("Titre " + " ".join(shown)) == flat(TextLayout(content.tokens, title_prefix="").filled())


def test_line_breaks_are_folded_to_spaces() -> None:
    assert folded("a\nb\r\nc\u2028d\te\x85f") == "a b c d e f"


def test_characters_that_would_turn_round_the_amount_beside_a_name_are_dropped() -> None:
    assert folded("\u202eDurand\u2066") == "Durand"


def test_no_break_spaces_and_right_to_left_letters_are_kept() -> None:
    assert folded("1\u202f250\u00a0€ שלום") == "1\u202f250\u00a0€ שלום"


def test_markdown_made_here_is_not_escaped_again() -> None:
    fragment = Markup("**x**")  # a constant
    assert literal(fragment) is fragment


@pytest.mark.parametrize("value", [12, 1.5, date(2026, 11, 23), None, ("a",), True])
def test_only_texts_may_be_printed(value: object) -> None:
    with pytest.raises(RenderError, match="is printed"):
        literal(value)
