"""French typography, applied to the text of templates when they are loaded, never to the values they print."""

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from recouvrement.render.formats import NARROW_NO_BREAK, NO_BREAK

_RULES = (
    # A colon followed by a hyphen belongs to the delimiter row of a table, not to the text.
    (re.compile(r" (?=:(?!-))"), NO_BREAK),
    (re.compile(r" (?=»)|(?<=«) "), NO_BREAK),
    (re.compile(r" (?=[;!?])"), NARROW_NO_BREAK),
    (re.compile(r"(?<=\d) (?=[%€])"), NO_BREAK),
    (re.compile(r"(?<=n°) "), NO_BREAK),
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


class FrenchTypography(Extension):
    """Jinja extension that sets the text around expressions and tags."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of the template, its text set by ``spaced``."""
        for token in stream:
            yield Token(token.lineno, token.type, spaced(token.value)) if token.type == "data" else token
