"""The text of a template before it is run: without its comments, and as the words it would print."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from recouvrement.render.letter_environment import letter_environment

SYNTAX = letter_environment(None)
"""Reads templates, and runs none."""

_COMMENTS = frozenset({"comment_begin", "comment", "comment_end"})
_RAW = frozenset({"raw_begin", "raw_end"})
_VALUE, _TAG = "\0", "\ufdd2"
"""What stands for a value, and for a tag: two characters that no text holds."""
_BETWEEN_LETTERS = re.compile(rf"(?<=\w){_TAG}+(?=\w)")


def uncommented(source: str) -> str:
    """Return a template without its comments, its lines kept.

    Jinja tells what a comment is: the sign of one inside quotes begins none. Raises ``TemplateSyntaxError``.
    """
    return _placed(
        _Piece(line, value, value.count("\n")) for line, kind, value in SYNTAX.lex(source) if kind not in _COMMENTS
    )


@lru_cache(maxsize=256)
def prose(source: str, *, for_collectors: bool = True) -> tuple[str, ...]:
    """Return the words of a template, those of its branches and of its quoted texts included, each on its line.

    Where a tag stands between two letters, they belong to two branches or to one word: the text comes twice, cut there
    and not. Without ``for_collectors``, what stands under ``{% if collector_name %}`` is left out.
    """
    pieces = _words(source, for_collectors=for_collectors)
    marked = _placed(pieces)
    cut = _BETWEEN_LETTERS.sub(" ", marked)
    readings = (marked,) if cut == marked else (cut, marked)
    return tuple(unescape(one.replace(_TAG, "")) for one in readings)


class _Piece(NamedTuple):
    line: int
    text: str
    lines: int
    """Line feeds that its text holds."""


def _placed(pieces: Iterator[_Piece]) -> str:
    """Return texts one after the other, each on its line."""
    found, line = [], 1
    for piece in pieces:
        found.append("\n" * (piece.line - line) + piece.text)
        line = max(line, piece.line) + piece.lines
    return "".join(found)


def _words(source: str, *, for_collectors: bool) -> Iterator[_Piece]:
    tokens = ((line, kind, value) for line, kind, value in SYNTAX.lex(source) if kind not in _COMMENTS | _RAW)
    depth = 0  # of conditions, once inside that of collectors
    for line, kind, value in tokens:
        if kind not in {"block_begin", "variable_begin"}:
            if not depth:
                yield _Piece(line, value, value.count("\n"))
            continue
        inner = []
        for _, part, text in tokens:
            if part in {"block_end", "variable_end"}:
                break
            if part != "whitespace":
                inner.append((part, text))
        was_inside = depth > 0
        if kind == "block_begin" and not for_collectors:
            depth = _depth([text for _, text in inner], depth)
        if not was_inside and not depth:
            yield _Piece(line, _printed(inner, is_value=kind == "variable_begin"), 0)


def _depth(words: list[str], depth: int) -> int:
    """Return how deep a tag leaves the conditions under that of collectors."""
    match words:
        case ["if", *condition]:
            return depth + 1 if depth or condition == ["collector_name"] else 0
        case ["endif", *_]:
            return max(depth - 1, 0)
        case ["else" | "elif", *_] if depth == 1:  # what follows is printed for the creditor
            return 0
        case _:
            return depth


def _printed(inner: list[tuple[str, str]], *, is_value: bool) -> str:
    """Return what an expression may print: its quoted texts, and something for its values; nothing for a bare tag."""
    parts = [_quoted(text) if kind == "string" else _VALUE for kind, text in inner]
    if is_value:
        return "".join(parts)
    texts = [text for text in parts if text != _VALUE]
    return _VALUE.join(["", *texts, ""]) if texts else _TAG


def _quoted(text: str) -> str:
    """Return a quoted text of a template as Jinja reads it, on one line."""
    return text[1:-1].encode("ascii", "backslashreplace").decode("unicode-escape").replace("\n", " ")
