"""A letter laid out: its Markdown read once, with marks where values will stand, and filled for each debtor."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from recouvrement.errors import RenderError
from recouvrement.render.as_read import shown_only
from recouvrement.render.escaping import escaped_line
from recouvrement.render.markdown import parsed, plain
from recouvrement.render.mention_checks import Shown
from recouvrement.render.page import html_page, narrow_text
from recouvrement.render.plaintext import TextLayout
from recouvrement.render.slots import RESERVED, Pieces, is_glued, mark, of_address, slots_of, without_marks
from recouvrement.render.sms import MessageLayout

_HTML_SIGNS = re.compile(r'[&<>"]')
_CODE = frozenset({"code_block", "fence", "code_inline"})
_PROOFS = ("`a`", "7", "amp")
"""Values that Markdown may read with what stands beside them: signs at both ends, a number, the name of a sign."""

_ADDRESS = "https://a.example/"


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

    def __init__(
        self, markdown: str, dress: Dress, *, values: int, where: str, links: frozenset[int] = frozenset()
    ) -> None:
        """Read the Markdown, in which that many values may stand; ``links``: the numbers of those that are addresses.

        Raises ``RenderError`` unless it has one title, and where a value stands in code, in a picture, or in an address
        of which it is a part.
        """
        title, tokens = parsed(markdown, where=where)
        self._dress, self._where, self._values, self._links = dress, where, values, links
        if RESERVED.search(without_marks(markdown)) or any(slot >= values for slot in slots_of(markdown)):
            self._refuse("a value is taken apart", "Print each variable whole.")
        for token in _every(tokens):
            self._check(token)
        page = _page(tokens, title, dress)
        self._markdown, self._subject, self._page = Pieces(markdown), Pieces(title), Pieces(page)
        self._text = TextLayout(tokens, title_prefix=dress.title_prefix, colon=dress.colon)
        marks = [mark(slot) for slot in range(values)]
        self.shown_in_text = Shown(f"{title}\n{self._text.certain(marks)}")
        self.shown_in_page = Shown(f"{title}\n{narrow_text(page)}")
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

    def prove(self) -> None:
        """Raise ``RenderError`` where Markdown would read a value with what stands beside it.

        The page of paper is made from the Markdown with its values in it: it must say what the text and the page say.
        """
        for proof in _PROOFS:
            values = [_ADDRESS if slot in self._links else proof for slot in range(self._values)]
            title, tokens = parsed(self.markdown(values), where=self._where)
            if title != self.subject(values) or _page(tokens, title, self._dress) != self.page(values):
                self._refuse(
                    "a value is glued to a sign of Markdown, such as the stars of a bold text or a backslash",
                    "Put a space, or a word, between the value and that sign.",
                )

    def _check(self, token: Token) -> None:
        if token.type in _CODE:
            self._refuse(
                "a text is written as code: between backquotes, or four spaces from the margin",
                "Take the backquotes, or the spaces at the beginning of the line, out.",
            )
        if token.type == "inline" and is_glued(shown_only(plain(token))):
            self._refuse(
                "a value is glued to a letter or a digit, and would read as another one",
                "Put a space, or a word, between them.",
            )
        if token.type == "image":
            self._refuse("it holds a picture, which no format of a letter shows", "Take the picture out.")
        if token.type == "link_open":
            address = of_address(str(token.attrs["href"]))
            if slots_of(address) and address not in {mark(slot) for slot in self._links}:
                self._refuse(
                    "the address of a link holds a variable",
                    "Print {{ payment_link }}, or write the whole address of a page that is the same for all.",
                )
            token.attrs["href"] = address

    def _refuse(self, found: str, hint: str) -> None:
        raise RenderError(where=self._where, found=found, hint=hint)


def _page(tokens: Sequence[Token], title: str, dress: Dress) -> str:
    return html_page(tokens, subject=title, title_prefix=dress.title_prefix, language=dress.language)


def _every(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())
