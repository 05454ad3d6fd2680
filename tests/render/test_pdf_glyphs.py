"""Characters taken for granted can all be drawn; the others are asked about once."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement.adapters.pdf import Typesetter
from recouvrement.adapters.pdf.glyphs import SURE, Glyphs, strict
from recouvrement.render.pdf_tables import CUT
from support.pdf_pages import text_of
from support.pdf_trees import page

TYPESETTER = Typesetter()


def test_every_character_taken_for_granted_is_drawn() -> None:
    visible = sorted(SURE - {CUT})
    text = text_of(TYPESETTER.pdf(page(" ".join(visible))))
    assert "U+" not in text
    assert {one for one in visible if not one.isspace()} - set(text) == set()


def test_a_doubtful_character_is_asked_about_once() -> None:
    asked: list[str] = []

    def never(character: str) -> bool:
        asked.append(character)
        return False

    glyphs = Glyphs(never)
    assert glyphs.shown("東東 Café 東") == "⟨U+6771⟩⟨U+6771⟩ Café ⟨U+6771⟩"
    assert asked == ["東"]


def test_what_would_vanish_is_shown_without_asking() -> None:
    glyphs = Glyphs(lambda _: True)
    assert glyphs.shown("a\u00ad\u200d\u2066b") == "a⟨U+00AD⟩⟨U+200D⟩⟨U+2066⟩b"
    assert glyphs.shown(f"a{CUT}b") == "a\u200bb"


def test_in_doubt_every_uncertain_character_becomes_its_number() -> None:
    assert strict(f"Д é{CUT}") == "⟨U+0414⟩ é\u200b"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_makes_a_page_on_which_nothing_is_lost(text: str) -> None:
    read = text_of(TYPESETTER.pdf(page(f"début {text.replace(CUT, '')} fin")))
    assert re.search(r"début\b", read)
    assert re.search(r"\bfin", read)
