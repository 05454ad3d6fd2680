"""The templates: where they come from, which one serves a document, and what they may not hold.

Built once per run. Every template that can serve a document is compiled and checked when the set is built, so that a
faulty override stops the run before its first letter.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
)

from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.french import FRENCH
from recouvrement.render.language import Language
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.layouts import Dress
from recouvrement.render.letter_environment import letter_environment
from recouvrement.render.letter_files import loader_of, no_template, unreadable
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.letter_lint import BUILT_IN, Served, findings
from recouvrement.render.letter_sources import parts_of
from recouvrement.render.letter_template import SUFFIX, LetterTemplate
from recouvrement.render.letter_wording import forbidden_in, in_readings
from recouvrement.render.variants import Variant
from recouvrement.scenario.findings import Severity

__all__ = ["SUFFIX", "Letters", "lint_letters", "promised"]

_PACKAGED = PackageLoader("recouvrement.render", "templates")
_BUILT_IN_ONLY = PrefixLoader({BUILT_IN: _PACKAGED})


_Templates = dict[tuple[DocumentKind, Variant, str], LetterTemplate]


class Letters:
    """The compiled templates of one run."""

    def __init__(self, loader: BaseLoader, *, folder: Path | None = None) -> None:
        environment = letter_environment(loader)
        names = _served(environment, folder)
        found = unreadable(folder) if folder is not None else ()
        if not found:
            found = findings(environment, names, folder=folder)
            found = (*(no_template(folder) if folder is not None else ()), *found)
        if not _faults(found):
            found = _merged(found, _tried(environment, names, folder, is_collector=False))
        self.findings = found
        """Warnings; an error stops the set from being built."""
        if faults := _faults(found):
            raise RenderError(
                where=str(folder or "templates"),
                found="; ".join(str(one) for one in faults),
                hint="Correct the templates, or remove the override: docs/letters.md lists variables and rules.",
            )
        self._templates = _compiled(environment, names, folder)

    @classmethod
    def built_in(cls) -> Self:
        """Return the packaged templates."""
        return cls(ChoiceLoader([_BUILT_IN_ONLY, _PACKAGED]))

    @classmethod
    def with_overrides(cls, folder: Path) -> Self:
        """Return the packaged templates with those of ``folder`` (``fr/reminder_1.business.md.j2``…) put first.

        A template of the folder may extend ``builtin/fr/…`` and replace one block of it. Raises ``RenderError``
        naming every error of the folder; ``findings`` then holds its warnings.
        """
        return cls(_over(folder), folder=folder)

    def serves(self, kind: DocumentKind, variant: Variant, language: str = FRENCH.code) -> bool:
        """Whether a document has a template in a language."""
        return (kind, variant, language) in self._templates

    def template(self, kind: DocumentKind, variant: Variant, language: str = FRENCH.code) -> LetterTemplate:
        """Return the compiled template of a document."""
        return self._templates[kind, variant, language]


def lint_letters(folder: Path, *, is_collector: bool = False) -> tuple[LetterFinding, ...]:
    """Return everything found in a folder of overrides, the gravest first; the packaged templates are without fault.

    ``is_collector``: the sender recovers for others and its letters carry the mentions of CPCE art. R124-4, looked for
    in the packaged templates too, where nothing replaces them: the folder may then be empty. Raises ``RenderError``
    when there is no such folder.
    """
    environment = letter_environment(_over(folder))
    if wrong := unreadable(folder):
        return wrong
    names = _served(environment, folder)
    found = findings(environment, names, folder=folder, is_collector=is_collector)
    found = found if is_collector else (*no_template(folder), *found)
    return found if _faults(found) else _merged(found, _tried(environment, names, folder, is_collector=is_collector))


def _faults(found: tuple[LetterFinding, ...]) -> list[LetterFinding]:
    return [one for one in found if one.severity is Severity.ERROR]


def _compiled(environment: Environment, served: Served, folder: Path | None) -> _Templates:
    """Return the templates, each with the variables it names and those of its parts."""
    found: _Templates = {}
    for (language, kind, variant), name in served.items():
        parts = parts_of(environment, name)
        found[kind, variant, language] = LetterTemplate(
            environment.get_template(name),
            frozenset().union(*(part.variables for part in parts.values())),
            where=f"{kind.value} ({variant.value})",
            is_packaged=not _holds_one_of(folder, parts),
        )
    return found


def _holds_one_of(folder: Path | None, names: Iterable[str]) -> bool:
    """Whether one of these templates is a file of the user's."""
    return folder is not None and any((folder / name).is_file() for name in names)


def _tried(
    environment: Environment, served: Served, folder: Path | None, *, is_collector: bool
) -> Iterator[LetterFinding]:
    """Yield what shows only when the templates of a folder are run: what fails, and what they then read like.

    Reading a template tells nearly all of it; what an expression gives when it runs, it does not always.
    """
    if folder is None:
        return
    parts_by_name = {name: parts_of(environment, name) for name in dict.fromkeys(served.values())}
    own = {document: name for document, name in served.items() if _holds_one_of(folder, parts_by_name[name])}
    for (kind, variant, code), template in _compiled(environment, own, folder).items():
        language, parts = LANGUAGES[code], parts_by_name[template.name]
        try:
            template.tried(Dress(None, language.words.colon, code))
        except RenderError as fault:
            inputs = {"message": f"{fault.where}: {fault.found}", "hint": fault.hint}
            yield LetterFinding.of("fails", template.name, inputs=inputs)
            continue
        forbidden = forbidden_in(language, kind, variant, is_collector=is_collector)
        if forbidden:
            place = next(name for name in parts if (folder / name).is_file())
            yield from in_readings(template.readings(), forbidden, parts.values(), place=place)


def _merged(found: Iterable[LetterFinding], others: Iterable[LetterFinding]) -> tuple[LetterFinding, ...]:
    """Return findings together, each once, errors first."""
    return tuple(sorted(dict.fromkeys((*others, *found)), key=lambda one: one.severity is not Severity.ERROR))


def _served(environment: Environment, folder: Path | None) -> Served:
    """Return the name of the template of every document."""
    known = frozenset(environment.list_templates())
    return {
        (language.code, kind, variant): _name(language, kind, variant, known, folder)
        for language, kind, variant in promised()
    }


def promised() -> Iterator[tuple[Language, DocumentKind, Variant]]:
    """Yield every document the library promises: language, kind, variant."""
    for language in LANGUAGES.values():
        for kind in DocumentKind:
            for variant in Variant:
                if language.promises(kind, variant):
                    yield language, kind, variant


def _name(language: Language, kind: DocumentKind, variant: Variant, known: frozenset[str], folder: Path | None) -> str:
    """Return the name that serves a document; any file of the user's wins over any packaged one."""
    own, shared = f"{language.code}/{kind.value}.{variant.value}{SUFFIX}", f"{language.code}/{kind.value}{SUFFIX}"
    # Asked of the disk: a folder that is a link is in no list of templates.
    overrides = [name for name in (own, shared) if folder is not None and (folder / name).is_file()]
    name = next(iter([*overrides, *(name for name in (own, shared) if name in known)]), None)
    if name is None:
        raise RenderError(
            where=str(folder or "templates"),
            found=f"neither {own} nor {shared} exists",
            hint=f"Add a template named {shared}.",
        )
    return name


def _over(folder: Path) -> BaseLoader:
    return ChoiceLoader([_BUILT_IN_ONLY, loader_of(folder), _PACKAGED])
