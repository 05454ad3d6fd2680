"""The HTML page of a letter: dark, narrow, and nothing from elsewhere."""

import re

import pytest

from recouvrement.render.markdown import parsed
from recouvrement.render.page import STYLE, html_page

TABLE = """\
# Titre

| Facture | Échéance | Reste dû |
|---|---|---:|
| F1 | 30/09/2026 | 10,00 € |
| F2 | 30/10/2026 | |
| **Total** | | **10,00 €** |

Lien : <https://mediation.example>
"""


def page(source: str = TABLE) -> str:
    content = parsed(source, where="test")
    return html_page(content.tokens, subject=content.subject, title_prefix=None)


def test_a_row_of_sums_is_not_labelled_as_an_invoice() -> None:
    shown = page()
    assert '<td class="intitule"><strong>Total</strong></td>' in shown
    assert '<td data-label="Facture">F1</td>' in shown
    assert '<td data-label="Facture">F2</td>' in shown
    assert "intitule" not in STYLE or "td.intitule" in STYLE


def test_the_page_declares_both_colour_schemes() -> None:
    shown = page()
    assert '<meta name="color-scheme" content="light dark">' in shown
    assert "color-scheme: light dark" in STYLE
    assert "(prefers-color-scheme: dark)" in STYLE


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("is_dark", [False, True])
def test_every_colour_of_words_is_read_on_its_background(is_dark: bool) -> None:  # noqa: FBT001  # a row of the table
    light, _, rest = STYLE.partition("@media screen and (prefers-color-scheme: dark)")
    part = rest.partition("@media print")[0] if is_dark else light
    (background,) = re.findall(r"body \{[^}]*background: (#[0-9a-f]+)", part)
    colours = re.findall(r"(?<![-\w])color: (#[0-9a-f]+)", part)
    assert len(colours) >= 3
    assert all(contrast(colour, background) >= 4.5 for colour in colours)


def test_nothing_is_fetched_and_no_variable_is_used() -> None:
    """Mail clients block what is fetched, and many of them ignore custom properties."""
    shown = page()
    assert not re.search(r"url\(|@import|@font-face|var\(|<link|<script|<img|\bsrc=", shown)
