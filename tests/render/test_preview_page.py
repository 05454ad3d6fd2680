"""The page that shows every document: whatever a name holds is shown literally."""

from datetime import date
from html import unescape

import pytest

from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.documents import Document
from recouvrement.render.language_choice import LanguageReason
from recouvrement.render.preview_page import Previewed, PreviewHead, preview_page

ON = date(2026, 11, 23)
HOSTILE = [
    "Dupont & Fils <SARL>",
    '"><script>alert(1)</script>',
    "</iframe><b>gras</b>",
    "{{ 7*7 }}",
    "&lt;déjà&gt;",
    "a\u202eb",
]


def page(
    name: str,
    *,
    document: Document | None = None,
    error: MissingMention | None = None,
    remarks: tuple[str, ...] = (),
) -> str:
    one = Previewed(
        case_id=name,
        stage="relance_1",
        kind=DocumentKind.REMINDER_1,
        channel=Channel.EMAIL,
        on=ON,
        is_projected=True,
        document=document,
        error=error,
        remarks=remarks,
    )
    return preview_page(PreviewHead("standard_b2b", f"Titre {name}", name, name, ON), [one])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_literally_everywhere(name: str) -> None:
    document = Document(
        kind=DocumentKind.REMINDER_1,
        variant="business",
        language="fr",
        language_wanted="fr",
        language_because=LanguageReason.WANTED,
        subject=f"Objet {name}",
        markdown="",
        text=name,
        html=name,
    )
    fault = MissingMention(where=name, found=name, hint=name)
    for text in (page(name, document=document), page(name, error=fault)):
        assert "<script" not in text
        assert "<b>" not in text
        assert text.count("</iframe>") == (1 if "<iframe" in text else 0)
        assert name.replace("\u202e", "") in unescape(text)


def test_a_bidirectional_override_never_reaches_the_words_around_a_name() -> None:
    text = page("a\u202eb", error=MissingMention(where="x", found="y", hint="z"))
    assert "\u202e" not in text
    assert "<bdi>ab</bdi>" in text


def test_a_document_that_cannot_be_made_says_why_and_what_to_do() -> None:
    text = page("Dupont", error=MissingMention(where="case C1", found="creditor.iban is not set", hint="Set it."))
    for part in ("Ce document ne peut pas être fait.", "creditor.iban is not set", "Set it.", "à compléter"):
        assert part in text
    assert "1\u00a0document, dont 1 à compléter" in text


def test_remarks_are_shown_beside_the_document() -> None:
    assert '<p class="remarque" lang="en">It waits.</p>' in page("Dupont", remarks=("It waits.",))
