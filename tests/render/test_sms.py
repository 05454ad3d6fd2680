"""Text messages: their alphabet, their length, and what is shortened so that they fit."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.documents import Document, render_document
from recouvrement.render.gsm7 import in_gsm7, segments, septets
from recouvrement.render.letters import Letters
from recouvrement.render.page import shown_text
from recouvrement.render.sms import shortened
from recouvrement.render.variants import Variant
from support.readable import Readable

Model = TypeVar("Model", bound=Readable)
Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

# 3GPP TS 23.038, tables 6.2.1 and 6.2.1.1, written out from the standard, row by row.
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
EXTENDED = "^{}\\[~]|€"
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=300).filter(
    lambda text: bool(text.strip())
)


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def sent(letters: Letters, sample: Sample, on: date, **creditor: object) -> Document:
    action, case, claim = sample(DocumentKind.SMS, Variant.BUSINESS)
    case = rebuilt(case, creditor=rebuilt(case.creditor, **creditor))
    return render_document(action, case, claim, on=on, letters=letters)


def test_the_alphabet_is_the_one_of_the_standard() -> None:
    assert len(BASIC) == 127  # and the escape
    for character in (BASIC + EXTENDED).replace("\n", "").replace("\r", ""):
        assert in_gsm7(f"a{character}b") == f"a{character}b"
    assert septets(BASIC) == 127
    assert septets(EXTENDED) == 18


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("l’été à Évry", "l'été à Evry".replace("Evry", "Évry")),
        ("Crêperie du Château, forêt", "Creperie du Chateau, foret"),
        ("Française", "Francaise"),
        ("« L’Œuf »", '"L\'OEuf"'),
        ("11\u202f250,00\u00a0€", "11 250,00 €"),
        ("A – B — C…", "A - B - C..."),
        ("Boulangerie 🥐 Durand", "Boulangerie Durand"),
        ("Łódź", "Lódz".replace("ó", "o")),
        ("Ελλάς", "ΕΛΛΑΣ".replace("Ε", "?").replace("Α", "?")),
        ("Чехов", "?????"),
        ("שלום", "????"),
        ("a\u202eb", "ab"),
        ("Á plat", "A plat"),
    ],
)
def test_what_the_alphabet_lacks_is_written_otherwise(text: str, written: str) -> None:
    assert in_gsm7(text) == written


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        # The euro sign would lie across the two segments: it goes whole into the second, which then overflows.
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
    ],
)
def test_segments_are_counted_as_telephones_count_them(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize("variant", list(Variant))
def test_a_message_is_one_plain_line_of_two_segments(
    variant: Variant, rendered: Callable[[DocumentKind, Variant], Document]
) -> None:
    document = rendered(DocumentKind.SMS, variant)
    assert segments(document.text) <= 2
    assert in_gsm7(document.text) == document.text
    assert "\n" not in document.text
    assert not re.search(r"[*#|<>\\]|&#|&amp;", document.text.replace("Durand & Fils", ""))
    assert document.text.startswith("Atelier Durand & Fils : ")
    assert "11 250,00 €" in document.text
    assert " ".join(shown_text(document.html).split()) == document.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, debtor=NAMES)
def test_whatever_the_names_the_amount_stays_whole(
    name: str, debtor: str, sample: Sample, letters: Letters, on: date
) -> None:
    action, case, claim = sample(DocumentKind.SMS, Variant.CONSUMER)
    case = rebuilt(
        case,
        creditor=rebuilt(case.creditor, name=name),
        debtor=rebuilt(case.debtor, id=f"411{debtor.strip()[:100]}", name=debtor),
    )
    text = render_document(action, case, claim, on=on, letters=letters).text
    assert segments(text) <= 2
    assert in_gsm7(text) == text
    assert "11 250,00 €" in text
    assert text.endswith("ne tenez pas compte de ce message.")


def test_a_long_name_is_shortened_and_shows_it(letters: Letters, sample: Sample, on: date) -> None:
    text = sent(letters, sample, on, name="Établissements " + "Martin " * 30).text
    assert re.match(r"[A-Za-zÉ ]+\.\.\. : sauf erreur", text)
    assert segments(text) == 2


@pytest.mark.parametrize(
    ("text", "limit", "written"),
    [
        ("Durand", 12, "Durand"),
        ("Atelier Durand et Fils", None, "Atelier Durand et Fils"),
        ("Atelier Durand et Fils", 20, "Atelier Durand..."),
        ("F202611230000000000118", 12, "F20261123..."),
    ],
)
def test_a_text_is_cut_between_words_where_it_can_be(text: str, limit: int | None, written: str) -> None:
    assert shortened(text, limit) == written


def test_a_contact_is_never_cut(letters: Letters, sample: Sample, on: date) -> None:
    address = f"{'a' * 200}@exemple.example"
    with pytest.raises(RenderError, match="more than 2 segments"):
        sent(letters, sample, on, phone=None, email=address)
    assert "compta@atelier-durand.example" in sent(letters, sample, on, phone=None).text


@pytest.mark.parametrize("block", ["- un\n- deux", "| a |\n|---|\n| b |", "> a", "---"])
def test_a_template_with_a_list_or_a_table_is_refused(block: str, tmp_path: Path, sample: Sample, on: date) -> None:
    (tmp_path / "fr").mkdir()
    source = (
        f'{{% extends "builtin/fr/sms.md.j2" %}}{{% block message %}}\n{{{{ super() }}}}\n\n{block}\n{{% endblock %}}'
    )
    (tmp_path / "fr" / "sms.md.j2").write_text(source, encoding="utf-8")
    with pytest.raises(RenderError, match="Write the text message as plain paragraphs"):
        sent(Letters.with_overrides(tmp_path), sample, on)


def test_a_message_about_one_invoice_gives_the_number_of_the_customer_too(
    letters: Letters, sample: Sample, on: date
) -> None:
    """The number of an invoice was once given for that of the customer."""
    action, case, claim = sample(DocumentKind.SMS, Variant.BUSINESS)
    first = claim.items[0]
    alone = (first.invoice_number,)
    action = rebuilt(action, leader=alone[0], triggered=alone, listed=alone, advanced=alone, principal=first.principal)
    text = render_document(action, case, rebuilt(claim, items=(first,)), on=on, letters=letters).text
    assert f"(facture {first.invoice_number}, client {case.debtor.id})" in text
