"""French typography, proved for every template and every golden document."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from recouvrement.render.page import shown_text
from recouvrement.render.typography import spaced

GOLDEN = Path(__file__).with_name("golden")
TEMPLATES = sorted(
    path.name for path in files("recouvrement.render").joinpath("templates/fr").iterdir() if path.name.endswith(".j2")
)
PAGES = sorted(path.name for path in GOLDEN.glob("*.*") if path.suffix in {".txt", ".html"})
NO_BREAK, NARROW = "\u00a0", "\u202f"

FAULTS = {
    "a plain space before : or ;": r"(?<=\w) [:;](?=\s|$)",
    "a plain space before ! or ?": r"(?<=[\w»]) [!?]",
    "a no-break space that is not narrow before ; ! or ?": rf"{NO_BREAK}[;!?]",
    "no space before ; ! or ?": r"[^\W\d][;!?](?=\s|$)",
    "a narrow space before a colon": rf"{NARROW}:",
    "no space before a colon": r"[^\W\d]:(?=\s|$)",
    "a plain space inside quotation marks": r"« | »",
    "no space inside quotation marks": r"«[^\s\u00a0]|[^\s\u00a0]»",
    "a straight apostrophe": r"'",
    "a straight quotation mark": r'"',
    "a plain space in an amount": r"\d \d{3},\d\d|\d [€%]",
    "another space than the narrow one between thousands": rf"\d{NO_BREAK}\d{{3}},\d\d",
    "an amount without a no-break space before its unit": r"\d[€%]",
    "1 for the first of a month": r"\b1[ \u00a0](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre)",
    "an hour otherwise than 14 h 30": r"\b\d{1,2}:\d\d\b|\b\d{1,2}h\d\d|\b\d{1,2} h\b|[ap]\.?m\.?\b(?=\W\d)",
    "a capital without its accent": (
        r"(?<![\w-])(?:A (?:défaut|compléter|convenir|payer|l’attention)|E(?:chéan|tabli|tat\b|mis)|Echu)"
    ),
    "a plain space after n°": r"n° ",
    "three dots": r"\.\.\.",
    "two spaces inside a sentence": r"[a-zé,] {2,}[a-zé]",
}


def faults(text: str) -> Iterator[str]:
    for name, pattern in FAULTS.items():
        for found in re.finditer(pattern, text):
            around = text[max(0, found.start() - 25) : found.end() + 25]
            yield f"{name}: {around!r}"


def words_of(name: str) -> str:
    """The words of a template as they are printed: comments, tags and expressions left out."""
    source = files("recouvrement.render").joinpath(f"templates/fr/{name}").read_text(encoding="utf-8")
    bare = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    bare = re.sub(r"\{%.*?%\}", "", bare)
    printed = spaced(re.sub(r"\{\{.*?\}\}", "X", bare))
    return re.sub(r"^\|[-:|]+\|$", "", printed, flags=re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "sms.md.j2"])
def test_every_template_is_set_as_french_is(name: str) -> None:
    assert list(faults(words_of(name))) == []


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("sms.")])
def test_every_document_is_set_as_french_is(name: str) -> None:
    text = (GOLDEN / name).read_text(encoding="utf-8")
    if name.endswith(".html"):
        text = shown_text(text)
    else:
        # Columns of a table are apart by two spaces, and a line may begin with what closes the one before.
        text = "\n".join(line for line in text.splitlines() if "  " not in line.strip())
    text = re.sub(r"https?://\S+|\S+@\S+", "X", text)
    assert list(faults(text)) == []


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("sms.") and name.endswith(".txt")])
def test_a_text_message_has_plain_spaces_only(name: str) -> None:
    message = (GOLDEN / name).read_text(encoding="utf-8").rpartition("\n")[2]
    assert not re.search(r"[\u00a0\u202f’«»…–]", message)
    assert re.search(r"\d \d{3},\d\d €", message)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("Objet : X", "before : or ;"),
        ("vraiment ?", "before ! or ?"),
        (f"vraiment{NO_BREAK}?", "not narrow"),
        ("vraiment?", "no space before ; ! or ?"),
        ("« X »", "inside quotation marks"),
        ("l'avis", "straight apostrophe"),
        ("1 250,00\u00a0€", "in an amount"),
        ("50,00 €", "in an amount"),
        ("le 1\u00a0mars", "first of a month"),
        ("à 14:30", "an hour"),
        ("à 14h30", "an hour"),
        ("A défaut de paiement", "capital"),
        ("Echéance", "capital"),
        ("n° 3", "after n°"),
    ],
)
def test_the_checks_find_what_they_look_for(wrong: str, fault: str) -> None:
    assert any(fault in found for found in faults(wrong))
