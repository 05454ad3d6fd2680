"""Markdown to tokens: CommonMark with tables, raw HTML off; the first heading is the subject."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from recouvrement.errors import RenderError

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
"""Shared: parsing keeps no state."""


class Parsed(NamedTuple):
    """A document cut in two: its title, and the blocks around it."""

    subject: str
    tokens: tuple[Token, ...]
    """The title included, as the inline content of a heading of level 1."""


def parsed(source: str, *, where: str) -> Parsed:
    """Return the tokens of a document and its subject.

    A heading that says nothing is left out of every format: a PDF that people can hear does not allow one.
    Raises ``RenderError`` unless there is exactly one heading of level 1.
    """
    tokens = tuple(_without_empty_headings(PARSER.parse(source)))
    titles = [inline for opening, inline in pairwise(tokens) if opening.type == "heading_open" and opening.tag == "h1"]
    if len(titles) != 1 or not (subject := plain(titles[0])):
        raise RenderError(
            where=where,
            found=f"{len(titles)} titles",
            hint="Write one line that begins with “# ”: it becomes the subject.",
        )
    return Parsed(subject, tokens)


def as_words(source: str) -> str:
    """Return the words of a document: one paragraph, cell or title a block, the address of a link after its words."""
    inlines = [token for token in PARSER.parse(source) if token.type == "inline"]
    return "\n\n".join(text for inline in inlines for text in (plain(inline), *_addresses(inline)) if text)


def _addresses(inline: Token) -> Iterator[str]:
    for child in inline.children or ():
        if child.type == "link_open":
            yield str(child.attrs.get("href", ""))


def _without_empty_headings(tokens: list[Token]) -> Iterator[Token]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open" and not plain(tokens[position + 1]).strip():
            position += 3  # its opening, its text and its end
            continue
        yield token
        position += 1


def plain(inline: Token) -> str:
    """Return the text of an inline token on one line."""
    return "".join(_piece(child) for child in inline.children or ())


def _piece(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return " "
        case _:
            return token.content


def first_number(opening: Token) -> int | None:
    """Return the number a list begins with, as its template writes it; ``None`` for a list without numbers."""
    return int(opening.attrs.get("start", 1)) if opening.type == "ordered_list_open" else None
