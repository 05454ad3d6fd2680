"""How mentions that a document lacks are told: each once, with the first texts that were looked for."""

from collections.abc import Iterable

_MOST_TOLD = 3
"""Texts told of one mention: the due dates of forty invoices would hide the mention that comes after them."""


def missing_mentions(missing: Iterable[tuple[str, str]]) -> str:
    """Return, for names of mentions with a text not found, one sentence for all of them.

    >>> missing_mentions([("due dates", "01/10/2026"), ("contact", "02 61 91 00 01"), ("due dates", "01/11/2026")])
    'due dates is missing (« 01/10/2026 », « 01/11/2026 »); contact is missing (« 02 61 91 00 01 »)'
    """
    texts: dict[str, dict[str, None]] = {}
    for name, wanted in missing:
        texts.setdefault(name, {})[wanted] = None
    return "; ".join(f"{name} is missing ({_first(list(wanted))})" for name, wanted in texts.items())


def _first(wanted: list[str]) -> str:
    told = ", ".join(f"« {text} »" for text in wanted[:_MOST_TOLD])
    more = len(wanted) - _MOST_TOLD
    return f"{told} and {more} more" if more > 0 else told
