"""The text of a page, read without an HTML parser, is the one an HTML parser reads."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from recouvrement.render.markdown import parsed
from recouvrement.render.page import html_page, shown_text

PAGES = sorted((Path(__file__).parent / "golden").glob("*.html"))


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.silent += tag in {"style", "title"}
        self.read.append("" if tag in {"strong", "em", "a", "code"} else " ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"style", "title"}
        self.read.append("" if tag in {"strong", "em", "a", "code"} else " ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.read.append(data)


def read(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return "".join(reader.read).split()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_words_of_a_page_are_those_an_html_parser_reads(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert shown_text(page).split() == read(page)


def test_signs_of_html_in_a_value_are_words_like_any_other() -> None:
    table = '| a \\> b \\< "c" | N |\n|---|---|\n| x\\<y\\>z &amp;lt; | **g**ras [lien](https://a.fr/?x=1&y=2) |'
    source = f"# Titre\n\n{table}\n"
    content = parsed(source, where="test")
    page = html_page(content.tokens, subject=content.subject, title_prefix="")
    assert shown_text(page).split() == read(page)
    assert "x<y>z &lt; gras lien" in " ".join(shown_text(page).split())
