"""Markdown to tokens: CommonMark with tables, raw HTML off; the first heading is the subject."""

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

    Raises ``RenderError`` unless there is exactly one heading of level 1.
    """
    tokens = tuple(PARSER.parse(source))
    titles = [inline for opening, inline in pairwise(tokens) if opening.type == "heading_open" and opening.tag == "h1"]
    if len(titles) != 1 or not (subject := plain(titles[0])):
        raise RenderError(
            where=where,
            found=f"{len(titles)} titles",
            hint="Write one line that begins with “# ”: it becomes the subject.",
        )
    return Parsed(subject, tokens)


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
