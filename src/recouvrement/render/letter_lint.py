"""The lint of letter templates: what would fail, be lost, or may not be written, before the first letter."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError

from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.collector_letters import COLLECTOR_MENTIONS, RECALLED, collector_findings
from recouvrement.render.first_letters import DEMANDS, RECALLS
from recouvrement.render.french import FRENCH
from recouvrement.render.language import Language
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.letter_sources import Source, language_code
from recouvrement.render.letter_template import SUFFIX
from recouvrement.render.letter_wording import forbidden_in, in_source
from recouvrement.render.variants import Variant
from recouvrement.render.wording import Forbidden
from recouvrement.scenario.findings import Severity

BUILT_IN = "builtin"
Served = Mapping[tuple[str, DocumentKind, Variant], str]
"""The name of the template of each document: language, kind, variant."""

_ORDER = tuple(Severity)
_TITLE = re.compile(r"^ {0,3}#(?= |$)|^ {0,3}=+ *$", re.MULTILINE)


def findings(
    environment: Environment, served: Served, *, folder: Path | None, is_collector: bool = False
) -> tuple[LetterFinding, ...]:
    """Return everything found in the templates that serve documents, the gravest first, then by place.

    ``folder`` is the one of the overrides: its files are looked at as well. ``is_collector``: the sender recovers for
    others, and its letters carry the mentions of CPCE art. R124-4.
    """
    reader = _Reader(environment, is_collector=is_collector)
    found = [
        one for document, name in served.items() for one in reader.document(name, LANGUAGES[document[0]], *document[1:])
    ]
    if folder is not None:
        found += _of_files(folder, served, reader.visited)
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (_ORDER.index(one.severity), one.template, one.line or 0, one.code)))


class _Reader:
    """Reads the templates of documents; each file once, however many documents it serves."""

    def __init__(self, environment: Environment, *, is_collector: bool) -> None:
        self._environment, self._is_collector = environment, is_collector
        self._sources: dict[str, Source | LetterFinding] = {}

    @property
    def visited(self) -> frozenset[str]:
        """Names of the templates that serve a document, directly or as a part."""
        return frozenset(self._sources)

    def document(self, name: str, language: Language, kind: DocumentKind, variant: Variant) -> Iterator[LetterFinding]:
        """Yield what is wrong in a template and in all it extends, includes or imports."""
        seen: dict[str, Source | None] = {}
        forbidden = forbidden_in(language, kind, variant, is_collector=self._is_collector)
        yield from self._below(name, forbidden, (), seen)
        sources = [source for source in seen.values() if source is not None]
        if len(sources) < len(seen):
            return
        if not any(_TITLE.search(source.text) for source in sources):
            yield LetterFinding.of("no_title", name)
        if self._is_collector and language is FRENCH:
            asked = (*(COLLECTOR_MENTIONS if kind in DEMANDS else ()), *(RECALLED if kind in RECALLS else ()))
            yield from collector_findings(name, "\n".join(source.text for source in sources), asked)

    def _below(
        self, name: str, forbidden: tuple[Forbidden, ...], path: tuple[str, ...], seen: dict[str, Source | None]
    ) -> Iterator[LetterFinding]:
        read = self._source(name, path[-1] if path else name)
        seen[name] = read if isinstance(read, Source) else None
        if isinstance(read, LetterFinding):
            yield read
            return
        yield from read.findings
        yield from in_source(read, forbidden)
        for reference in read.references:
            if language_code(reference) not in {None, language_code(name)}:
                yield LetterFinding.of("mixed_languages", name, inputs={"name": reference})
            if reference in {name, *path}:
                yield LetterFinding.of("circular_reference", name, inputs={"name": reference, "builtin": BUILT_IN})
                seen[reference] = None
            elif reference not in seen:
                yield from self._below(reference, forbidden, (*path, name), seen)
        if all(seen.get(reference) is not None for reference in read.references):
            yield from self._of_blocks(read)
            yield from self._of_imports(read)

    def _source(self, name: str, referrer: str) -> Source | LetterFinding:
        if name not in self._sources:
            try:
                self._sources[name] = Source.read(self._environment, name)
            except TemplateSyntaxError as fault:
                message = {"message": fault.message or "syntax error"}
                self._sources[name] = LetterFinding.of("syntax", fault.name or name, fault.lineno, message)
            except TemplateNotFound as fault:
                return LetterFinding.of("missing_reference", referrer, inputs={"name": fault.message or name})
            except UnicodeDecodeError:
                self._sources[name] = LetterFinding.of("not_utf8", name)
        return self._sources[name]

    def _of_blocks(self, source: Source) -> Iterator[LetterFinding]:
        above = self._blocks_above(source)
        known = ", ".join(above)
        for name in sorted(source.outer_blocks - above.keys()) if source.extends else ():
            yield LetterFinding.of("unknown_block", source.name, source.blocks[name], {"name": name, "known": known})
        for name, line in source.supers.items():
            if name not in above:
                yield LetterFinding.of("no_parent_block", source.name, line, {"name": name})

    def _blocks_above(self, source: Source) -> dict[str, int]:
        """Return the blocks of all that a template extends, those of the layout first."""
        above = self._sources.get(source.extends) if source.extends else None
        return {**self._blocks_above(above), **above.blocks} if isinstance(above, Source) else {}

    def _of_imports(self, source: Source) -> Iterator[LetterFinding]:
        for imported in source.imported:
            target = self._sources.get(imported.name)
            if not isinstance(target, Source):
                continue
            for variable in sorted(target.variables) if not imported.with_context else ():
                inputs = {"name": imported.name, "variable": variable}
                yield LetterFinding.of("import_without_context", source.name, imported.line, inputs)
            for macro in imported.macros:
                if macro not in target.macros:
                    inputs = {"name": imported.name, "macro": macro}
                    yield LetterFinding.of("unknown_macro", source.name, imported.line, inputs)


def _of_files(folder: Path, served: Served, visited: frozenset[str]) -> Iterator[LetterFinding]:
    """Yield the files of a folder that would never be used: a misspelt name must not pass in silence."""
    used = {
        f"{language}/{kind.value}{middle}{SUFFIX}"
        for language, kind, variant in served
        for middle in ("", f".{variant.value}")
    }
    kinds = tuple(kind.value for kind in DocumentKind)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if not name.endswith(SUFFIX):
            if path.name.startswith((*kinds, "_")):
                yield LetterFinding.of("ignored_file", name, inputs={"suffix": SUFFIX})
        elif path.name.startswith("_"):
            if name not in visited:
                yield LetterFinding.of("unused_part", name)
        elif name not in used:
            why, hint = _unused(name, used)
            yield LetterFinding.of("unknown_file", name, inputs={"why": why, "hint": hint})


def _unused(name: str, used: set[str]) -> tuple[str, str]:
    """Return why a file of the user's would never serve a document, and what to do."""
    *folders, file = name.split("/")
    rename = "Name it after a document, or begin its name with an underscore if it is a part of others."
    if len(folders) != 1:
        language = folders[0] if folders and folders[0] in LANGUAGES else FRENCH.code
        if f"{language}/{file}" in used:
            return "no template is looked for in this place", f"Put it in {language}/ of the folder of templates."
        return "no document has this name", rename
    (folder,) = folders
    if folder == FRENCH.code or file.partition(".")[0] not in set(DocumentKind):
        return "no document has this name", rename
    if folder not in LANGUAGES:
        return f"no letter is written in {folder!r}; the folders are {', '.join(LANGUAGES)}", rename
    return "this document is always in French", rename
