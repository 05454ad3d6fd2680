"""References written on documents: what counts as one, and when two are the same."""

_PLACEHOLDERS = frozenset(
    {"", "-", "--", "---", ".", "/", "0", "?", "x", "xx", "xxx", "n/a", "na", "n.a.", "n.a", "#n/a", "n/d", "nd", "nc"}
    | {"none", "null", "nil", "void", "unknown", "tbd", "neant", "néant", "sans", "aucun", "aucune", "sans objet"}
)


def reference_or_none(text: str | None) -> str | None:
    """Return the reference on one line, or ``None`` when it says that there is none.

    An order reference proves an order before a mise en demeure: ``n/a`` typed in a mandatory field must not.

    >>> reference_or_none(" PO 445 "), reference_or_none("n/a"), reference_or_none("Néant")
    ('PO 445', None, None)
    """
    line = " ".join((text or "").split())
    return None if line.casefold() in _PLACEHOLDERS else line


def number_key(number: str) -> str:
    """Return what two document numbers have in common when they are the same: case and repeated spaces do not count.

    >>> number_key("f2026-0118") == number_key("F2026-0118 ")
    True
    """
    return " ".join(number.split()).casefold()
