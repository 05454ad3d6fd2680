"""Plain text from Markdown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.render.markdown import parsed
from recouvrement.render.plaintext import WIDTH, TextLayout, width


def text_of(source: str, title_prefix: str | None = None) -> str:
    return TextLayout(parsed(f"# Titre\n\n{source}", where="test").tokens, title_prefix=title_prefix).filled()


def test_paragraphs_wrap_at_ordinary_spaces_only() -> None:
    text = text_of("mot " * 40 + "1\u202f250,00\u00a0€ " * 10)
    assert all(width(line) <= WIDTH for line in text.splitlines())
    assert not any(line.startswith("€") or line.endswith("1") for line in text.splitlines())


def test_strong_words_lose_their_stars_and_hard_breaks_stay() -> None:
    assert text_of("**Total** dû\\\nligne deux") == "Total dû\nligne deux\n"


def test_lists_hang_under_their_bullet() -> None:
    text = text_of("- " + "mot " * 30 + "\n- deux")
    first, second, *_ = text.splitlines()
    assert first.startswith("- mot")
    assert second.startswith("  mot")
    assert text_of("1. un\n2. deux") == "1. un\n2. deux\n"


def test_a_numbered_list_goes_on_where_its_template_says() -> None:
    """A list cut by a paragraph once began again at 1: « voir point 5 » led nowhere."""
    assert text_of("3. Trois\n4. Quatre\n\nSuite.\n\n5. Cinq\n") == "3. Trois\n4. Quatre\n\nSuite.\n\n5. Cinq\n"


def test_a_heading_in_a_list_keeps_its_bullet() -> None:
    assert text_of("- ## Titre\n") == "- Titre\n"


def test_nested_lists_are_indented() -> None:
    assert text_of("- un\n  - dedans\n- deux") == "- un\n  - dedans\n- deux\n"


def test_an_address_block_is_set_to_the_right() -> None:
    assert text_of("> ICI\\\nLA") == " " * 36 + "ICI\n" + " " * 36 + "LA\n"


def test_amounts_of_a_table_are_aligned_to_the_right() -> None:
    text = text_of("| Facture | Montant |\n|---|---:|\n| F1 | 1,00 € |\n| F2 | 10,00 € |")
    assert text == "Facture  Montant\n-------  -------\nF1        1,00 €\nF2       10,00 €\n"


def test_a_wide_table_folds_its_longest_column() -> None:
    text = text_of("| Motif | Montant |\n|---|---:|\n| " + "mot " * 40 + "| 10,00\u00a0€ |")
    assert all(width(line) <= WIDTH for line in text.splitlines())
    assert text.splitlines()[2].endswith("10,00\u00a0€")


def test_a_table_that_cannot_be_folded_becomes_one_block_per_row() -> None:
    long = "x" * 50
    text = text_of(f"| A | B | C |\n|---|---|---:|\n| {long} | {long} | 1 |\n| Total | | 1 |")
    assert text == f"A\u00a0: {long}\n  B\u00a0: {long}\n  C\u00a0: 1\nTotal\u00a0: 1\n"


def test_an_empty_table_shows_its_header_only() -> None:
    assert text_of("| A | B |\n|---|---|") == "A  B\n-  -\n"


def test_a_link_shows_where_it_leads() -> None:
    assert text_of("[le site](https://exemple.example) et [moi](moi)") == "le site (https://exemple.example) et moi\n"


def test_the_title_is_printed_only_when_asked() -> None:
    assert text_of("corps") == "corps\n"
    assert text_of("corps", title_prefix="Objet : ") == "Objet : Titre\n\ncorps\n"


def test_headings_and_rules_are_kept() -> None:
    assert text_of("## Partie\n\n---\n\nFin\n") == f"Partie\n\n{'-' * WIDTH}\n\nFin\n"


@pytest.mark.parametrize(("shown", "columns"), [("abc", 3), ("e\u0301", 1), ("日本", 4)])
def test_width_counts_columns(shown: str, columns: int) -> None:
    assert width(shown) == columns


@given(st.text(st.characters(max_codepoint=0x3100), max_size=40))
def test_the_width_of_a_text_is_that_of_its_characters_one_by_one(shown: str) -> None:
    one_by_one = sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in shown
    )
    assert width(shown) == one_by_one
