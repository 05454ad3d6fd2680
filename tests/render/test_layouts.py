"""A letter laid out once for all of its shape says what it would say if it were read anew for every debtor."""

import contextlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from babel.numbers import format_currency
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import PackageLoader
from markupsafe import Markup

from recouvrement.adapters.pdf import Typesetter
from recouvrement.domain.case import Case
from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import MissingMention, RenderError
from recouvrement.render import formats
from recouvrement.render.documents import render_document, render_text
from recouvrement.render.escaping import HARD_BREAK, Lines, Link, all_folded, escaped, folded
from recouvrement.render.layouts import Dress, Layout
from recouvrement.render.letter_environment import letter_environment
from recouvrement.render.letter_findings import LETTER_RULES
from recouvrement.render.letter_shapes import LINES, LINK, ROW_CLASSES, ROWS, VARIABLE_SHAPES
from recouvrement.render.letter_sources import parts_of
from recouvrement.render.letter_template import LetterTemplate
from recouvrement.render.letters import Letters, promised
from recouvrement.render.markdown import parsed
from recouvrement.render.mention_checks import stands_in
from recouvrement.render.page import html_page
from recouvrement.render.pdf_source import pdf_source
from recouvrement.render.plaintext import WIDTH, TextLayout, width
from recouvrement.render.slots import Pieces, mark, of_address, slots_of
from recouvrement.render.variants import Variant
from recouvrement.render.views import PART_OF, View
from recouvrement.scenario.findings import Severity

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

LETTERS = Letters.built_in()
ENVIRONMENT = letter_environment(PackageLoader("recouvrement.render", "templates"))
DOCUMENTS = [(language.code, kind, variant) for language, kind, variant in promised()]


def variables_of(template: str) -> frozenset[str]:
    return frozenset().union(*(part.variables for part in parts_of(ENVIRONMENT, template).values()))


texts = st.one_of(
    st.just(""),
    st.sampled_from(
        [
            *("F2026-118", "1\u202f250,00\u00a0€", "Dupont & Fils <SARL>", "*gras* _x_ **fort**", "{{ 7*7 }} {% x %}"),
            *(
                "| a | b |---|",
                "- tiret",
                "1. premier",
                "# titre",
                "[x](http://e)",
                "`x` &amp; &#42;",
                "100 %s %(x)s %",
            ),
            *('« Œuf » "droit"', "mot " * 30 + "fin", "x" * 90, "שלום 🥐", mark(0), mark(7)),
        ]
    ),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="\ufdd2\ufdd3"),
        min_size=1,
        max_size=20,
    ),
).map(folded)
addresses = st.sampled_from(["", "https://pay.example/", "https://pay.example/f?a=1&b=%C3%A9_*-~(1)#x"])


@st.composite
def variables(draw: st.DrawFn, names: frozenset[str]) -> dict[str, object]:
    """Draw the variables of a template: every text may be empty, every list too."""
    found: dict[str, object] = {}
    for name in sorted(names):
        if name in ROWS:
            row = st.builds(ROW_CLASSES[name], *[texts] * len(ROWS[name]))
            found[name] = tuple(draw(st.lists(row, max_size=3)))
        elif VARIABLE_SHAPES[name] == LINES:
            found[name] = Lines(draw(st.lists(texts, max_size=3)))
        elif VARIABLE_SHAPES[name] == LINK:
            found[name] = Link(draw(addresses))
        else:
            found[name] = draw(texts)
    return found


def as_view(found: dict[str, object]) -> View:
    parts: dict[str, dict[str, object]] = {}
    for name, value in found.items():
        parts.setdefault(PART_OF[name], {})[name] = value
    return cast("View", SimpleNamespace(**{part: SimpleNamespace(**fields) for part, fields in parts.items()}))


_SIGNS = str.maketrans("\ufdd0\ufdd1", "\ufdd2\ufdd3")
_BACK = str.maketrans("\ufdd2\ufdd3", "\ufdd0\ufdd1")
"""Whoever reads a text anew would take the signs that a value holds for marks: it is shown others."""


def read_anew(template: str, found: dict[str, object]) -> str:
    """Return the Markdown of a template that is given the values themselves, each escaped."""

    def written(value: object) -> object:
        match value:
            case Lines():
                return Markup(HARD_BREAK).join(escaped(line) for line in value)  # noqa: S704  # a constant
            case Link():
                return Markup("[{}](<{}>)").format(escaped(value), escaped(value)) if value else Markup()
            case _:
                return value

    shown = ENVIRONMENT.get_template(template).render({name: written(value) for name, value in found.items()})
    return shown.translate(_SIGNS).strip() + "\n"


@given(
    st.sampled_from(DOCUMENTS),
    st.sampled_from([Dress(None, "\u00a0: ", "fr"), Dress("Objet\u00a0: ", "\u00a0: ", "fr"), Dress("", ": ", "en")]),
    st.data(),
)
def test_a_template_read_once_for_a_shape_says_what_it_says_when_it_is_given_the_values(
    document: tuple[str, DocumentKind, Variant], dress: Dress, data: st.DataObject
) -> None:
    language, kind, variant = document
    template = LETTERS.template(kind, variant, language)
    found = data.draw(variables(variables_of(template.name)))
    markdown = read_anew(template.name, found)
    try:
        title, tokens = parsed(markdown, where="test")
    except RenderError:
        title = ""
    if not title or "****" in markdown:
        with pytest.raises(RenderError):
            template.filled(as_view(found), dress)
        return
    layout, values = template.filled(as_view(found), dress)
    prefix = dress.title_prefix
    text = TextLayout(tokens, title_prefix=prefix, colon=dress.colon).filled()
    page = html_page(tokens, subject=title, title_prefix=prefix, language=dress.language)
    assert layout.markdown(values) == markdown.translate(_BACK)
    assert layout.subject(values) == title.translate(_BACK)
    assert layout.text(values) == text.translate(_BACK)
    assert layout.page(values) == page.translate(_BACK)


@given(st.data())
def test_a_layout_serves_every_document_of_its_shape(data: st.DataObject) -> None:
    template = LETTERS.template(DocumentKind.REMINDER_2, Variant.BUSINESS)
    found = data.draw(variables(variables_of(template.name)))
    other = {name: value if not value or name in ROWS else _other(value) for name, value in found.items()}
    dress = Dress(None, "\u00a0: ", "fr")
    try:
        one = template.filled(as_view(found), dress)
    except RenderError:
        return
    assert template.filled(as_view(other), dress).layout is one.layout


def _other(value: object) -> object:
    match value:
        case Lines():
            return Lines("autre" for _ in value)
        case Link():
            return Link("https://autre.example/")
        case _:
            return "autre"


def test_what_templates_may_not_hold_is_an_error_because_layouts_rest_on_it() -> None:
    refused = ("comparison", "test", "filter", "operation", "concatenation", "indexing", "method_call", "loop_counter")
    for code in (*refused, "autoescape", "not_rows", "unpacked_row"):
        assert LETTER_RULES[code].severity is Severity.ERROR


def test_a_letter_of_unusual_length_is_laid_out_for_itself() -> None:
    template = LETTERS.template(DocumentKind.STATEMENT_OF_ACCOUNT, Variant.BUSINESS)
    names = variables_of(template.name)
    found: dict[str, object] = {
        name: tuple(ROW_CLASSES[name](*["x"] * len(ROWS[name])) for _ in range(200))
        if name in ROWS
        else Lines(["x"])
        if VARIABLE_SHAPES[name] == LINES
        else Link("https://x.example/")
        if VARIABLE_SHAPES[name] == LINK
        else "x"
        for name in names
    }
    dress = Dress(None, "\u00a0: ", "fr")
    one, two = (template.filled(as_view(found), dress) for _ in range(2))
    assert one.layout is not two.layout
    assert one.layout.text(one.values) == two.layout.text(two.values)


@pytest.mark.parametrize("sign", ["\ufdd0", "\ufdd1"])
@pytest.mark.parametrize("block", ["Un signe {}.", '{{{{ "{}" }}}}'])
def test_the_signs_of_marks_are_refused_in_a_template(tmp_path: Path, sign: str, block: str) -> None:
    (tmp_path / "fr").mkdir()
    words = '{% extends "builtin/fr/reminder_1.business.md.j2" %}{% block suite %}' + block.format(sign)
    (tmp_path / "fr/reminder_1.business.md.j2").write_text(words + "{% endblock %}", encoding="utf-8")
    with pytest.raises(RenderError, match=r"U\+FDD0 and U\+FDD1"):
        Letters.with_overrides(tmp_path)


class TestTextAlone:
    @pytest.mark.parametrize("kind", [DocumentKind.REMINDER_1, DocumentKind.MISE_EN_DEMEURE, DocumentKind.SMS])
    @pytest.mark.parametrize("variant", Variant)
    def test_it_is_that_of_the_document(self, kind: DocumentKind, variant: Variant, sample: Sample, on: date) -> None:
        action, case, claim = sample(kind, variant)
        document = render_document(action, case, claim, on=on, letters=LETTERS)
        assert render_text(action, case, claim, on=on, letters=LETTERS) == (document.subject, document.text)

    def test_it_lacks_no_mention_either(self, sample: Sample, on: date, tmp_path: Path) -> None:
        (tmp_path / "fr").mkdir()
        words = '{% extends "builtin/fr/reminder_1.business.md.j2" %}{% block croisement %}{% endblock %}'
        (tmp_path / "fr/reminder_1.business.md.j2").write_text(words, encoding="utf-8")
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        with pytest.raises(MissingMention, match="paid in the meantime is missing"):
            render_text(action, case, claim, on=on, letters=Letters.with_overrides(tmp_path))

    def test_a_mention_that_only_the_text_shows_is_missed_in_the_page(
        self, sample: Sample, on: date, tmp_path: Path
    ) -> None:
        # The text prints the address of a link, which the page holds in an attribute that nobody reads.
        block = "{% block croisement %}[Votre compte](https://a.example/entre-temps){% endblock %}"
        letters = with_block(tmp_path, block)
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        assert "entre-temps" in render_text(action, case, claim, on=on, letters=letters).text
        with pytest.raises(MissingMention, match=r"HTML: paid in the meantime is missing"):
            render_document(action, case, claim, on=on, letters=letters)


REMINDER = '{% extends "builtin/fr/reminder_1.business.md.j2" %}'


def with_block(folder: Path, words: str, *, name: str = "reminder_1.business", start: str = REMINDER) -> Letters:
    (folder / "fr").mkdir(exist_ok=True)
    (folder / f"fr/{name}.md.j2").write_text(f"{start}\n{words}", encoding="utf-8")
    return Letters.with_overrides(folder)


INSIDE = (
    "{% macro m(x) %}{% for k in x %}{% if loop.first or loop.last %}{% else %}{{ k }}{% endif %}{% endfor %}"
    "{% endmacro %}{{ m(signatory) }}"
)
"""Prints what is between the first and the last character of a text: of a mark, its number."""


class TestTemplatesThatReadValues:
    """What would print a mark, or let Markdown read a value: refused when the templates are loaded."""

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("    Retard : {{ delay }}.", "code"),
            ("```\n{{ principal }}\n```", "code"),
            ("Client `{{ debtor_id }}`.", "code"),
            ("![logo](https://a.example/{{ debtor_id }}.png)", "picture"),
            ("![logo](https://a.example/logo.png)", "picture"),
            ("{% for row in invoice_rows %}[Votre commande](<{{ row.cause }}>) {% endfor %}", "address of a link"),
            ("[payer](<https://a.example/{{ debtor_name }}>)", "address of a link"),
            ("[payer](https://a.example/%EF%B7%900%EF%B7%91)", "address of a link"),
            ("**{{ debtor_name }}**suite", "glued"),
            ("avant**{{ debtor_name }}**", "glued"),
            ("{{ debtor_id }}. Nom", "glued"),
            ("Soit 9{{ principal }}.", "glued to a letter or a digit"),
            ("Soit 9**{{ principal }}**.", "glued to a letter or a digit"),
            ("Soit 9[](x){{ principal }}.", "glued to a letter or a digit"),
            ("Soit 9&#8203;{{ principal }}.", "glued to a letter or a digit"),
            ("Soit 9&#8239;{{ principal }}.", "glued to a letter or a digit"),
            ("Soit 1,{{ invoices_label }}.", "glued to a letter or a digit"),
            ("Soit {{ invoices_label }}0.", "glued to a letter or a digit"),
            ("Soit {{ invoices_label }},50.", "glued to a letter or a digit"),
            ("{% if bic %}9{% endif %}{{ principal }}", "glued to a letter or a digit"),
            ("{{ debtor_id }}) Nom", "glued"),
            ("&{{ debtor_name }};", "glued"),
            ("&#{{ debtor_id }};", "glued"),
            ("\\{{ debtor_name }}", "glued"),
            ("{% macro m(x) %}{% for k in x %}{{ k }}{% endfor %}{% endmacro %}{{ m(signatory) }}", "taken apart"),
            (INSIDE, "taken apart"),
            ("{% set a, b, c = debtor_name %}{{ b }}", "taken apart"),
            ("{% macro m(a, b, c) %}{{ b }}{% endmacro %}{{ m(*debtor_name) }}", "taken apart"),
            ("{% set d = {debtor_name: 1, signatory: 2} %}{{ bic }}", "taken apart"),
            ("{% macro m(x) %}{% set t = x.title %}{{ t() }}{% endmacro %}{{ m(debtor_name) }}", "title"),
            ('{% include "fr/_part.md.j2" without context %}', "is undefined"),
            (
                "{% macro m(x) %}{{ x }}{% endmacro %}{% for row in invoice_rows %}{{ m(row) }}{% endfor %}",
                "is printed",
            ),
        ],
    )
    def test_it_is_refused(self, words: str, found: str, tmp_path: Path) -> None:
        (tmp_path / "fr").mkdir()
        (tmp_path / "fr/_part.md.j2").write_text("{{ debtor_id }}", encoding="utf-8")
        with pytest.raises(RenderError, match=found):
            with_block(tmp_path, f"{{% block suite %}}\n{words}\n{{% endblock %}}")

    @pytest.mark.parametrize(
        "words",
        [
            "**{{ debtor_name }}**, ({{ debtor_id }}) et « **{{ principal }}** ».",
            "1. {{ debtor_id }}\n2. {{ debtor_name }}",
            "Dossier 2026-{{ debtor_id }}, d'{{ debtor_name }}/{{ debtor_id }} : {{ principal }}.",
            "[Nos conditions](https://a.example/conditions?x=1)",
            "{{ payment_link }}",
            "{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m(debtor_name) }}",
            "{% macro m(rows) %}{% for row in rows %}{{ row.number }} {% endfor %}{% endmacro %}{{ m(invoice_rows) }}",
            "{% set name = debtor_name or debtor_id %}{{ name }}",
            "{{ debtor_name if bic else debtor_id }}",
        ],
    )
    def test_what_reads_no_value_is_accepted(self, words: str, tmp_path: Path, sample: Sample, on: date) -> None:
        letters = with_block(tmp_path, f"{{% block suite %}}\n{words}\n{{% endblock %}}")
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        document = render_document(action, case, claim, on=on, letters=letters)
        assert not re.search("[\ufdd0\ufdd1]", document.markdown + document.text + document.html)

    @given(
        st.lists(
            st.sampled_from(
                [
                    *(
                        mark(0),
                        mark(1),
                        mark(0),
                        mark(1),
                        "mot",
                        " ",
                        " ",
                        "\n",
                        "\n\n",
                        "**",
                        "*",
                        "_",
                        "- ",
                        "1. ",
                        "> ",
                    ),
                    *(
                        "| ",
                        " |",
                        "\n|---|---|\n",
                        "---",
                        "===",
                        "[",
                        "](",
                        ")",
                        "<",
                        ">",
                        "\\",
                        "&",
                        "#",
                        "# ",
                        ";",
                        ".",
                        "!",
                    ),
                ]
            ),
            max_size=14,
        ),
        texts,
        texts,
    )
    def test_where_it_is_accepted_the_markdown_says_what_the_text_and_the_page_say(
        self, parts: list[str], one: str, other: str
    ) -> None:
        dress = Dress("Objet : ", ": ", "fr")
        values = [one.translate(_SIGNS) or "x", other.translate(_SIGNS) or "y"]
        try:
            layout = Layout(f"# Titre {mark(0)}\n\n{''.join(parts)}\n", dress, values=2, where="test")
            layout.prove()
        except RenderError:
            return
        title, tokens = parsed(layout.markdown(values), where="test")
        assert title == layout.subject(values)
        assert TextLayout(tokens, title_prefix="Objet : ", colon=": ").filled() == layout.text(values)
        assert html_page(tokens, subject=title, title_prefix="Objet : ") == layout.page(values)


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("FA-1", "facture FA-12", False),
        ("FA-1", "factures FA-12 et FA-1.", True),
        ("12", "le 3.12", False),
        ("12", "le 12, à 12.", True),
        ("380,96 €", "11\u202f380,96 €", False),
        ("380,96 €", "911 380,96 €", True),
        ("11\u202f380,96 €", "911\u202f380,96 €", False),
        ("11\u202f380,96 €", "9\u202f11\u202f380,96 €", False),
        ("11\u202f380", "11\u202f380,96", False),
        ("4", "4.5", False),
        ("martin", "martinet", False),
        ("martin", "d'martin/x", True),
        ("martin", "martinet et martin", True),
    ],
)
def test_a_value_stands_whole_where_nothing_goes_on_with_it(wanted: str, text: str, *, expected: bool) -> None:
    assert stands_in(wanted, text) is expected


class TestMentionsOfLayouts:
    def test_values_glued_together_answer_for_no_mention(self, tmp_path: Path, sample: Sample, on: date) -> None:
        letters = with_block(
            tmp_path,
            "{% block references %}{{ debtor_id }}, {{ debtor_name }}{{ debtor_name }}{% endblock %}",
        )
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        with pytest.raises(MissingMention, match="debtor is missing"):
            render_text(action, case, claim, on=on, letters=letters)

    def test_a_name_within_a_number_answers_for_no_mention(self, tmp_path: Path, sample: Sample, on: date) -> None:
        letters = with_block(tmp_path, "{% block references %}{{ debtor_id }}, {{ invoices_label }}{% endblock %}")
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        for name, is_refused in (("411LEFOURNIL", False), ("Fournil", True), ("411", True)):
            debtor = type(case.debtor).model_validate(dict(case.debtor) | {"name": name})
            other = Case.model_validate(dict(case) | {"debtor": debtor})
            with pytest.raises(MissingMention, match="debtor is missing") if is_refused else contextlib.nullcontext():
                render_text(action, other, claim, on=on, letters=letters)

    def test_the_header_of_a_wide_table_answers_for_no_mention_unless_a_cell_bears_it(
        self, tmp_path: Path, sample: Sample, on: date
    ) -> None:
        # On a telephone a wide table has no header: its labels stand before the cells that are not empty.
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        for cell, is_refused in (("", True), ("Merci", False)):
            table = f"| A | B | Si vous avez réglé entre-temps |\n|---|---|---|\n| x | y | {cell} |"
            letters = with_block(tmp_path, f"{{% block croisement %}}\n{table}\n{{% endblock %}}")
            with pytest.raises(MissingMention, match="HTML: paid") if is_refused else contextlib.nullcontext():
                render_document(action, case, claim, on=on, letters=letters)

    def test_the_number_of_a_mark_answers_for_no_mention(self, tmp_path: Path, sample: Sample, on: date) -> None:
        letters = with_block(tmp_path, "{% block references %}Vos références : {{ invoices_label }}{% endblock %}")
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        for number in range(50):
            debtor = type(case.debtor).model_validate(dict(case.debtor) | {"id": f"{number}"})
            other = Case.model_validate(dict(case) | {"debtor": debtor})
            text = None
            with contextlib.suppress(MissingMention):
                text = render_text(action, other, claim, on=on, letters=letters).text
            assert text is None or str(number) in text

    def test_the_label_of_a_column_answers_for_no_mention_where_the_table_is_too_wide(
        self, tmp_path: Path, sample: Sample, on: date
    ) -> None:
        table = "| Nom | Si vous avez réglé entre-temps |\n|---|---|\n| {{ debtor_name }} | |"
        letters = with_block(tmp_path, f"{{% block croisement %}}\n{table}\n{{% endblock %}}")
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        assert "entre-temps" in render_document(action, case, claim, on=on, letters=letters).text
        debtor = type(case.debtor).model_validate(dict(case.debtor) | {"name": "N" * 91})
        case = Case.model_validate(dict(case) | {"debtor": debtor})
        with pytest.raises(MissingMention, match="text: paid in the meantime is missing"):
            render_document(action, case, claim, on=on, letters=letters)

    def test_a_mention_that_one_letter_does_without_is_asked_of_the_next(
        self, tmp_path: Path, sample: Sample, on: date
    ) -> None:
        letters = with_block(
            tmp_path,
            "{% block contestation %}Contestez cette somme {{ contact }}.{% endblock %}",
            name="mise_en_demeure.consumer",
            start='{% extends "builtin/fr/mise_en_demeure.consumer.md.j2" %}',
        )
        action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER)
        for mediator, is_refused in ((None, False), ("Médiateur Inconnu", True)):
            creditor = type(case.creditor).model_validate(dict(case.creditor) | {"mediator": mediator})
            other = Case.model_validate(dict(case) | {"creditor": creditor})
            with pytest.raises(MissingMention, match="mediator") if is_refused else contextlib.nullcontext():
                render_text(action, other, claim, on=on, letters=letters)

    @pytest.mark.parametrize(
        ("lost", "mention"),
        [
            ("{{ place_and_date }}", "place and date"),
            ("{{ registered }}", "way of sending"),
        ],
    )
    def test_a_letter_on_paper_is_refused_without_what_paper_asks(
        self, lost: str, mention: str, tmp_path: Path, sample: Sample, on: date
    ) -> None:
        head = "{{ letterhead }}\n\n> {{ addressee }}\n\n{{ place_and_date }}\n\n**{{ registered }}**\n"
        letters = with_block(
            tmp_path,
            f"{{% block entete %}}\n{head.replace(lost, 'x')}\n{{% endblock %}}",
            name="mise_en_demeure.consumer",
            start='{% extends "builtin/fr/mise_en_demeure.consumer.md.j2" %}',
        )
        action, case, claim = sample(DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER)
        with pytest.raises(MissingMention, match=mention):
            render_text(action, case, claim, on=on, letters=letters)

    def test_the_end_of_a_subject_that_is_cut_answers_for_no_mention(
        self, tmp_path: Path, sample: Sample, on: date
    ) -> None:
        letters = with_block(
            tmp_path,
            "{% block objet %}" + "Rappel " * 30 + "{{ delay }}{% endblock %}"
            "{% block introduction %}Voici {{ principal }}.{% endblock %}",
        )
        action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
        with pytest.raises(MissingMention, match="delay is missing"):
            render_text(action, case, claim, on=on, letters=letters)


def test_a_heading_that_says_nothing_is_in_no_format(tmp_path: Path, sample: Sample, on: date) -> None:
    # A PDF that people can hear allows no empty heading: that of one debtor would have failed at night.
    words = "{% block suite %}## {{ attention }}\n\n## \n\n## []()\n\n## Suite\n\nVoici.{% endblock %}"
    letters = with_block(tmp_path, words)
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    document = render_document(action, case, claim, on=on, letters=letters)
    assert document.html.count("<h2>") == 1
    assert "Suite\n\nVoici." in document.text
    with Typesetter() as typesetter:
        assert typesetter.pdf(pdf_source(document, action, case, claim, on=on))


def test_a_quote_in_a_value_never_ends_an_attribute() -> None:
    table = f"# T\n\n| {mark(0)} | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n"
    page = Layout(table, Dress(None, ": ", "fr"), values=1, where="test").page(['x" onclick="y'])
    assert 'data-label="x&quot; onclick=&quot;y"' in page


class TestPieces:
    @given(st.lists(st.one_of(st.integers(0, 3), st.text(st.characters(exclude_characters="\ufdd0\ufdd1")))))
    @example([0, "%s", 1, "%%", 3, "%(a)s"])
    def test_marks_are_filled_and_the_rest_stays(self, parts: list[int | str]) -> None:
        values = ["%s", "", mark(2), "é€"]
        text = "".join(mark(part) if isinstance(part, int) else part for part in parts)
        expected = "".join(values[part] if isinstance(part, int) else part for part in parts)
        assert Pieces(text).filled(values) == expected
        assert Pieces(text).is_fixed is not any(isinstance(part, int) for part in parts)
        assert slots_of(text) == {part for part in parts if isinstance(part, int)}
        assert Pieces(text).written(values, str.upper) == "".join(
            values[part].upper() if isinstance(part, int) else part for part in parts
        )

    def test_the_address_of_a_link_holds_its_mark_as_markdown_wrote_it(self) -> None:
        _, tokens = parsed(f"# T\n\n[{mark(12)}](<{mark(12)}>)\n", where="test")
        link = next(child for token in tokens for child in token.children or () if child.type == "link_open")
        assert of_address(str(link.attrs["href"])) == mark(12)

    def test_a_layout_without_values_is_a_text_like_another(self) -> None:
        layout = Layout("# Titre\n\nUn *mot*.\n", Dress("Objet : ", ": ", "fr"), values=0, where="test")
        assert layout.text(()) == "Objet : Titre\n\nUn mot.\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=6))
@example([" a"])
@example(["a "])
@example(["a", "b  c"])
@example(["a\u2028b", ""])
def test_texts_folded_together_are_folded_apart(several: list[str]) -> None:
    assert all_folded(several) == [folded(text) for text in several]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1), min_size=1))
def test_words_are_wrapped_as_one_would_by_hand(words: list[str]) -> None:
    _, tokens = parsed(f"# T\n\n{' '.join(escaped(word) for word in words)}\n", where="test")
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}") <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    assert TextLayout(tokens, title_prefix=None).filled() == "\n".join(lines) + "\n"


@given(st.sampled_from(sorted(DECIMALS)), st.integers(-(10**15) + 1, 10**15 - 1))
@example("EUR", -5)
@example("EUR", 100_000)
@example("JPY", -1234)
@example("TND", 1)
def test_amounts_are_written_as_babel_writes_them(currency: str, minor: int) -> None:
    amount = Money.from_minor(minor, currency)
    decimals = DECIMALS[currency]
    pattern = f"#,##0{'.' + '0' * decimals if decimals else ''}\u00a0¤"
    expected = format_currency(amount.amount, currency, format=pattern, locale="fr_FR", currency_digits=False)
    assert formats.money(amount) == expected
    whole = format_currency(amount.amount, currency, format="#,##0\u00a0¤", locale="fr_FR", currency_digits=False)
    assert formats.whole_money(amount) == (expected if minor % 10**decimals else whole)


def test_a_template_without_variables_is_one_layout() -> None:
    template = LetterTemplate(ENVIRONMENT.from_string("# Titre\n\nMot."), frozenset(), where="test")
    dress = Dress(None, ": ", "fr")
    one = template.filled(as_view({}), dress)
    assert one.values == []
    assert template.filled(as_view({}), dress).layout is one.layout
