"""A letter laid out: its Markdown read once, with marks where values will stand, and filled for each debtor."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from recouvrement.render.escaping import escaped_line
from recouvrement.render.markdown import parsed
from recouvrement.render.mention_checks import Shown
from recouvrement.render.page import html_page, shown_text
from recouvrement.render.plaintext import TextLayout
from recouvrement.render.slots import Pieces, mark, of_address, slots_of

_HTML_SIGNS = re.compile(r'[&<>"]')


class Dress(NamedTuple):
    """What changes with the channel and the language of a document."""

    title_prefix: str | None
    """Before the title, such as ``Objet :``; ``None`` leaves the title out, as an e-mail does."""
    colon: str
    """Between a label and its value, where a table is too wide for the page."""
    language: str
    """ISO 639-1 code."""


class Layout:
    """The documents of one shape: the same template, and the same values empty.

    Values are given in the order of their marks, each on one line.
    """

    def __init__(self, markdown: str, *, where: str) -> None:
        """Read the Markdown; raises ``RenderError`` unless it has one title."""
        self.parsed = parsed(markdown, where=where)
        for link in _links(self.parsed.tokens):
            link.attrs["href"] = of_address(str(link.attrs["href"]))
        self.marks = tuple(mark(slot) for slot in range(max(slots_of(markdown), default=-1) + 1))
        """A mark for each value, to fill a layout with."""
        self._markdown, self._subject = Pieces(markdown), Pieces(self.parsed.subject)
        self._dressed: dict[Dress, Dressed] = {}

    def subject(self, values: Sequence[str]) -> str:
        """Return the title on one line."""
        return self._subject.filled(values)

    def markdown(self, values: Sequence[str]) -> str:
        """Return the Markdown; it shows every value literally."""
        return self._markdown.written(values, escaped_line)

    def dressed(self, dress: Dress) -> "Dressed":
        """Return the text and the page in one dress."""
        if (found := self._dressed.get(dress)) is None:
            found = self._dressed[dress] = Dressed(self, dress)
        return found


def _links(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "link_open":
            yield token
        yield from _links(token.children or ())


class Dressed:
    """The text and the page of a layout, and what each of them is sure to show."""

    def __init__(self, layout: Layout, dress: Dress) -> None:
        self._layout, self._dress = layout, dress
        self._text = TextLayout(layout.parsed.tokens, title_prefix=dress.title_prefix, colon=dress.colon)

    def text(self, values: Sequence[str]) -> str:
        """Return the plain text."""
        return self._text.filled(values)

    def page(self, values: Sequence[str]) -> str:
        """Return the HTML page."""
        if _HTML_SIGNS.search("\0".join(values)) is None:
            return self._page.filled(values)
        return self._page.written(values, escapeHtml)

    @cached_property
    def shown_in_text(self) -> Shown:
        """What the plain text shows."""
        return Shown(f"{self._layout.parsed.subject}\n{self._text.filled(self._layout.marks)}")

    @cached_property
    def shown_in_page(self) -> Shown:
        """What the page shows."""
        return Shown(f"{self._layout.parsed.subject}\n{shown_text(self._page.filled(self._layout.marks))}")

    @cached_property
    def _page(self) -> Pieces:
        content, dress = self._layout.parsed, self._dress
        page = html_page(
            content.tokens, subject=content.subject, title_prefix=dress.title_prefix, language=dress.language
        )
        return Pieces(page)
