"""A mention and how it is found in a document."""

from collections.abc import Callable
from typing import NamedTuple

from recouvrement.render.views import View


class Mention(NamedTuple):
    """A mention and how to find it: every text returned must stand in the document; an empty one is not asked for."""

    name: str
    texts: Callable[[View], tuple[str, ...]]
    is_fixed: bool = False
    """Whether the texts change with the language only."""


def words(name: str, *texts: str) -> Mention:
    """Return a mention made of words that change with the language only; ``texts`` are the French ones."""
    return Mention(name, lambda view: view.language.phrases.get(name, texts), is_fixed=True)
