"""What a mention rests on: a text, or practice."""

from typing import NamedTuple

from recouvrement.domain.reasons import Confidence


class Basis(NamedTuple):
    """The French name of a mention, and what it rests on."""

    french: str
    why: str
    """In French: what it is good for, where no text asks for it, or how the text applies."""
    article: str | None = None
    """``None``: practice, or proof; no text asks for it."""
    confidence: Confidence | None = None
    is_required: bool = False
    """Whether the text asks for it in such a letter; else it is a text that the mention serves."""
    is_if_set: bool = False
    """Whether a document is made without it where the file does not hold the fact."""
