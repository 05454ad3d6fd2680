"""The HTML page from Markdown tokens: standalone, printable, readable in a mail client 320 pixels wide."""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from html import unescape
from importlib.resources import files

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from recouvrement.render.markdown import PARSER, plain

STYLE = files("recouvrement.render").joinpath("templates/letter.css").read_text(encoding="utf-8")
_TEXT_TAGS = frozenset({"strong", "em", "a", "code", "span"})
_SILENT_TAGS = frozenset({"style", "title", "script"})


def html_page(tokens: Sequence[Token], *, subject: str, title_prefix: str | None, language: str = "fr") -> str:
    """Return the whole page, in the language of that code. ``title_prefix`` as in ``plaintext.TextLayout``."""
    body = PARSER.renderer.render(_dressed(tokens, title_prefix), PARSER.options, {})
    title = escapeHtml(subject)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="supported-color-schemes" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _dressed(tokens: Sequence[Token], title_prefix: str | None) -> list[Token]:
    """Return the tokens with classes and cell labels, the title shown as asked.

    Tokens are shared with the plain text: those that change are copied first.
    """
    return list(_with_labels(list(_with_title(tokens, title_prefix))))


def _with_title(tokens: Iterable[Token], prefix: str | None) -> Iterator[Token]:
    in_title = False
    for token in tokens:
        in_title = in_title or (token.type == "heading_open" and token.tag == "h1")
        if not in_title:
            yield token
        elif prefix is not None:
            yield _prefixed(token, prefix) if token.type == "inline" else token
        in_title = in_title and token.type != "heading_close"


def _prefixed(title: Token, prefix: str) -> Token:
    shown = copy(title)
    shown.children = [Token("text", "", 0, content=prefix), *(title.children or ())]
    return shown


def _with_labels(tokens: list[Token]) -> Iterator[Token]:
    labels: list[str] = []
    column, in_header, is_sum = 0, False, False
    for position, token in enumerate(tokens):
        match token.type:
            case "table_open":
                labels = []
                yield _classed(token, "tableau large" if _columns(tokens, position) > 2 else "tableau")
            case "blockquote_open":
                yield _classed(token, "destinataire")
            case "th_open" | "td_open":
                in_header = token.type == "th_open"
                yield (
                    _sum_name(token) if is_sum and column == 0 else _cell(token, None if in_header else labels[column])
                )
                column += 1
            case "tr_open":
                column, is_sum = 0, _is_sum(tokens, position)
                yield token
            case "th_close":
                in_header = False
                yield token
            case "inline" if in_header:
                labels.append(plain(token))
                yield token
            case _:
                yield token


def _columns(tokens: list[Token], position: int) -> int:
    """Return the number of columns of the table opened at ``position``."""
    kinds = [token.type for token in tokens[position:]]
    return kinds[: kinds.index("thead_close")].count("th_open")


def _is_sum(tokens: list[Token], position: int) -> bool:
    """Whether the row opened at ``position`` is that of a total: it leaves its second cell blank."""
    if tokens[position + 1].type != "td_open":
        return False
    inner = tokens[position : position + 6]  # the row, then opening, content and end of each cell
    return len(inner) == 6 and inner[4].type == "td_open" and not tokens[position + 5].content


def _sum_name(token: Token) -> Token:
    """Return the cell that names a total: on a narrow screen the header of its column would say something else."""
    named = _cell(token, None)
    named.attrs["class"] = "intitule"
    return named


def _classed(token: Token, name: str) -> Token:
    dressed = copy(token)
    dressed.attrs = {"class": name}
    return dressed


def _cell(token: Token, label: str | None) -> Token:
    dressed = copy(token)
    dressed.attrs = {}
    if "right" in str(token.attrs.get("style", "")):
        dressed.attrs["class"] = "montant"
    if label:
        dressed.attrs["data-label"] = label
    return dressed


_SILENT = re.compile(rf"<({'|'.join(sorted(_SILENT_TAGS))})\b.*?</\1>", re.DOTALL)
_WIDE_HEADER = re.compile(r'(<table class="tableau large">\s*)<thead>.*?</thead>', re.DOTALL)
_LABEL = re.compile(r'<td\b[^>]*? data-label="([^"]*)"[^>]*>(?!</td>)')
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_TEXT_TAGS))})(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")


def shown_text(page: str) -> str:
    """Return the text a reader of the page sees; blocks and cells separated by a space.

    For pages made by ``html_page`` only, in which markdown-it has escaped every ``<`` and ``>`` that is not of a tag.
    """
    # An HTML parser took longer than making the page.
    return unescape(_TAG.sub(" ", _INLINE_TAG.sub("", _SILENT.sub(" ", page))))


def narrow_text(page: str) -> str:
    """Return the text of the page on the narrowest screen, for the check of mentions; for the pages of ``shown_text``.

    A wide table has no header there: its labels stand before the cells that are not empty.
    """
    return shown_text(_LABEL.sub(r" \1 ", _WIDE_HEADER.sub(r"\1", page)))
