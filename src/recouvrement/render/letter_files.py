"""The files of a folder of overrides before any is read as a template: what cannot be, and whether there is any."""

from pathlib import Path

from jinja2 import FileSystemLoader

from recouvrement.errors import RenderError
from recouvrement.render.french import FRENCH
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.letter_template import SUFFIX


def loader_of(folder: Path) -> FileSystemLoader:
    """Return what reads the templates of a folder, a byte order mark dropped. ``RenderError`` when there is none."""
    if not folder.is_dir():
        raise RenderError(
            where=str(folder), found="no such folder", hint="Give the folder that holds your fr/ templates."
        )
    return FileSystemLoader(folder, encoding="utf-8-sig")


def unreadable(folder: Path) -> tuple[LetterFinding, ...]:
    """Return the names of templates that are no file that can be read: the packaged text would be sent instead."""
    found = []
    for path in _named_as_templates(folder):
        name = path.relative_to(folder).as_posix()
        if not path.is_file():
            found.append(LetterFinding.of("not_a_file", name, inputs={"what": _what(path)}))
            continue
        try:
            path.open("rb").close()
        except OSError as fault:
            why = f"a file that cannot be read ({fault.strerror or 'refused'})"
            found.append(LetterFinding.of("not_a_file", name, inputs={"what": why}))
    return tuple(found)


def no_template(folder: Path) -> tuple[LetterFinding, ...]:
    """Return the finding of a folder that would change no letter: a wrong folder must not pass in silence."""
    if _named_as_templates(folder):
        return ()
    return (LetterFinding.of("no_template", f"{FRENCH.code}/", inputs={"suffix": SUFFIX}),)


def _named_as_templates(folder: Path) -> list[Path]:
    # A folder of a language may be a link, which ``rglob`` does not follow.
    places = (folder / code for code in LANGUAGES)
    return sorted({*folder.rglob(f"*{SUFFIX}"), *(path for place in places for path in place.glob(f"*{SUFFIX}"))})


def _what(path: Path) -> str:
    if path.is_dir():
        return "a folder"
    return "a link to nothing" if path.is_symlink() and not path.exists() else "no ordinary file"
