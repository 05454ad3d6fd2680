"""Escaping: every value a template prints comes out literally, whatever characters it holds.

Values never go through a template: marks stand for them (``slots``), and each format escapes what fills them. Only the
texts that a template itself holds between quotes are escaped as it is read. The environment runs with autoescape on
and ``finalize`` set to ``literal``: the pair makes ``Markup`` the mark of text that is already Markdown (marks, blocks
inherited with ``super()``, macros) and escapes all the rest.
"""

import re
from collections.abc import Iterable
from typing import Self

from jinja2 import Undefined
from markupsafe import Markup

from recouvrement.errors import RenderError

# Character references rather than backslashes where a parser looks at the raw character before the inline rules:
# a table splits its row on "|" and looks one character back for a backslash.
_REFERENCES = {"\\": "&#92;", "|": "&#124;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}
# These have no meaning in CommonMark text; leaving them alone keeps the Markdown readable.
_HARMLESS = ",;%?/@\"'"
_ESCAPES = str.maketrans(
    _REFERENCES
    | {sign: f"\\{sign}" for sign in "!#$()*+-.:=[]^_`{}~" if sign not in _REFERENCES}
    | {sign: sign for sign in _HARMLESS}
)

_SIGNS = re.compile(r"[^\w \u00a0\u202f,;%?/@\"'€’]|_")
"""What may have a meaning in Markdown."""

_BREAKS = re.compile(r"[ \t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# Overrides, embeddings and isolates: they have no place in a name and can turn round the amount printed beside it.
_BIDI_CONTROLS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")

HARD_BREAK = "\\\n"

_ODD = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that ``folded`` changes."""


def folded(text: str) -> str:
    """Return the text on one line: breaks and runs of spaces become one space, bidirectional overrides are dropped.

    Right-to-left letters are kept, and no-break spaces inside the text; no space of any kind stays at its ends.
    """
    return _BREAKS.sub(" ", _BIDI_CONTROLS.sub("", text)).strip()


def all_folded(texts: list[str]) -> list[str]:
    """Return each text as ``folded`` does: nearly always none of them changes, and one look at all of them tells."""
    joined = "\0".join(texts)
    if "  " in joined or _ODD.search(joined):
        return [folded(text) for text in texts]
    return [text.strip() for text in texts]


def escaped(text: str) -> Markup:
    r"""Return the text as Markdown that shows it literally, on one line.

    >>> print(escaped("*Dupont* & Fils | 1. <SARL>"))
    \*Dupont\* &amp; Fils &#124; 1\. &lt;SARL&gt;
    """
    # The result is Markdown, not HTML: markdown-it makes the HTML, with raw HTML switched off.
    return Markup(escaped_line(folded(text)))  # noqa: S704


def escaped_line(text: str) -> str:
    """Return a text of one line as ``escaped`` does."""
    return text.translate(_ESCAPES) if _SIGNS.search(text) else text


def literal(value: object) -> Markup | Undefined:
    """Return what a template prints for a value: Markdown as it is, any text escaped.

    Raises ``RenderError`` for anything but text: numbers and dates must arrive formatted.
    """
    if isinstance(value, Markup | Undefined):  # an undefined one raises when it is printed
        return value
    if isinstance(value, str):
        return escaped(value)
    raise RenderError(
        where="template",
        found=f"a {type(value).__name__} is printed ({value!r})",
        hint="Print texts only: take one field of the row, or loop over the list.",
    )


class Lines(tuple[str, ...]):
    """Lines shown one under the other; those that are empty are left out."""

    __slots__ = ()

    def __new__(cls, lines: Iterable[str] = ()) -> Self:
        """Keep the lines that show something."""
        return super().__new__(cls, (line for line in lines if folded(line)))


class Link(str):
    """An address that a letter shows, and that opens when it is pressed; it has passed ``PaymentUrl``."""

    __slots__ = ()
