"""What the commands that make letters share: the templates they are made with, and the note on their language."""

from pathlib import Path

import click

from recouvrement.render.documents import Document
from recouvrement.render.letters import Letters


def letters_of(overrides: Path | None) -> Letters:
    """Return the packaged templates, with those of a folder put first, and tell the warnings about it.

    Raises ``RenderError`` as ``Letters.with_overrides``.
    """
    if overrides is None:
        return Letters.built_in()
    letters = Letters.with_overrides(overrides)
    for finding in letters.findings:
        click.echo(f"warning: {finding}", err=True)
    return letters


def language_note(document: Document) -> str | None:
    """Return that a document is not in the language that was wanted, and why; ``None`` when it is."""
    if document.language == document.language_wanted:
        return None
    why = document.language_because.value.replace("_", " ")
    return f"in {document.language}, {document.language_wanted} was wanted: {why}"


def tell_language(document: Document) -> None:
    """Print the note on the language of a document, on standard error, when there is one."""
    if (note := language_note(document)) is not None:
        click.echo(f"note: {note}", err=True)
