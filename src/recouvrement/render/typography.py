"""Typography, applied to the text of templates when they are loaded, never to the values they print."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from recouvrement.render.formats import NARROW_NO_BREAK, NO_BREAK
from recouvrement.render.slots import RESERVED

_RULES = (
    # A colon followed by a hyphen belongs to the delimiter row of a table, not to the text.
    (re.compile(r" (?=:(?!-))"), NO_BREAK),
    (re.compile(r" (?=»)|(?<=«) "), NO_BREAK),
    (re.compile(r" (?=[;!?])"), NARROW_NO_BREAK),
    (re.compile(r"(?<=\d) (?=[%€])"), NO_BREAK),
    (re.compile(r"(?<=n°) "), NO_BREAK),
    (re.compile(r"'"), "’"),
)
_ENGLISH_RULES = (
    (re.compile(r" (?=»)|(?<=«) "), NO_BREAK),
    (re.compile(r"(?<=\bart\.) (?=[LRD]?\d)"), NO_BREAK),
    (re.compile(r"(?<=\bNo\.) "), NO_BREAK),
    (re.compile(r"'"), "’"),
)


def spaced(text: str) -> str:
    """Return the text with no-break spaces where French wants them, and curly apostrophes.

    Only spaces already written are changed: none is added, so that addresses such as ``https://…`` are safe.

    >>> spaced("Objet : l'avis « urgent » ?") == "Objet\u00a0: l’avis «\u00a0urgent\u00a0»\u202f?"
    True
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def spaced_in_english(text: str) -> str:
    """Return the text with curly apostrophes, and no-break spaces before an article and inside French quotes.

    >>> spaced_in_english("the debtor's « mise en demeure »: art. 1344") == (
    ...     "the debtor’s «\u00a0mise en demeure\u00a0»: art.\u00a01344"
    ... )
    True
    """
    for pattern, replacement in _ENGLISH_RULES:
        text = pattern.sub(replacement, text)
    return text


class FrenchTypography(Extension):
    """Jinja extension that sets the text around expressions and tags in French."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of the template, its text set by ``spaced``."""
        return _set(stream, spaced)


class LetterTypography(Extension):
    """Jinja extension that sets the text around expressions and tags, as the folder of the template asks for."""

    rules: ClassVar[Mapping[str, Callable[[str], str]]] = {"fr": spaced, "en": spaced_in_english}
    """By language."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of the template, its text set by the rules of its language."""
        folder = (stream.name or "").removeprefix("builtin/").partition("/")[0]
        return _set(stream, self.rules.get(folder, spaced))


def _set(stream: TokenStream, rules: Callable[[str], str]) -> Iterator[Token]:
    for token in stream:
        if RESERVED.search(str(token.value)):
            message = "the characters U+FDD0 and U+FDD1 have no place in a text: remove them"
            raise TemplateSyntaxError(message, token.lineno, stream.name, stream.filename)
        yield Token(token.lineno, token.type, rules(token.value)) if token.type == "data" else token
