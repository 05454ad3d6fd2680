"""A letter laid out: its Markdown read once, with marks where values will stand, and filled for each debtor."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from recouvrement.render.escaping import escaped_line
from recouvrement.render.markdown import parsed
from recouvrement.render.mention_checks import Shown
from recouvrement.render.page import html_page, shown_text
from recouvrement.render.plaintext import TextLayout
from recouvrement.render.slots import Pieces, mark, of_address, slots_of
from recouvrement.render.sms import MessageLayout

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
    """The documents of one shape in one dress: the same template, and the same values empty.

    Values are given in the order of their marks, each on one line. What was read to lay it out is not kept.
    """

    def __init__(self, markdown: str, dress: Dress, *, where: str) -> None:
        """Read the Markdown; raises ``RenderError`` unless it has one title."""
        title, tokens = parsed(markdown, where=where)
        for link in _links(tokens):
            link.attrs["href"] = of_address(str(link.attrs["href"]))
        prefix = dress.title_prefix
        page = html_page(tokens, subject=title, title_prefix=prefix, language=dress.language)
        self._markdown, self._subject, self._page = Pieces(markdown), Pieces(title), Pieces(page)
        self._text = TextLayout(tokens, title_prefix=prefix, colon=dress.colon)
        marks = [mark(slot) for slot in range(max(slots_of(markdown), default=-1) + 1)]
        self.shown_in_text = Shown(f"{title}\n{self._text.filled(marks)}")
        self.shown_in_page = Shown(f"{title}\n{shown_text(page)}")
        self.message = MessageLayout(tokens)
        """The same as a text message."""

    def subject(self, values: Sequence[str]) -> str:
        """Return the title on one line."""
        return self._subject.filled(values)

    def markdown(self, values: Sequence[str]) -> str:
        """Return the Markdown; it shows every value literally."""
        return self._markdown.written(values, escaped_line)

    def text(self, values: Sequence[str]) -> str:
        """Return the plain text."""
        return self._text.filled(values)

    def page(self, values: Sequence[str]) -> str:
        """Return the HTML page."""
        if _HTML_SIGNS.search("\0".join(values)) is None:
            return self._page.filled(values)
        return self._page.written(values, escapeHtml)


def _links(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "link_open":
            yield token
        yield from _links(token.children or ())
