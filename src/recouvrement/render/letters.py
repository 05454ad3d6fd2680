"""The templates: where they come from, which one serves a document, and what they may not hold.

Built once per run. Every template that can serve a document is compiled and checked when the set is built, so that a
faulty override stops the run before its first letter.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, PROFESSIONAL_DOCUMENTS, DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.escaping import literal
from recouvrement.render.typography import FrenchTypography
from recouvrement.render.variants import Variant
from recouvrement.render.views import VARIABLES
from recouvrement.render.wording import IN_ANY_LETTER, TO_A_CONSUMER, Forbidden, occurrences

SUFFIX = ".md.j2"
_LANGUAGE = "fr"
_BUILT_IN = "builtin"
_ARITHMETIC: tuple[type[nodes.Node], ...] = (
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Pow,
    nodes.Neg,
    nodes.Pos,
)
_REFUSED_NODES: dict[type[nodes.Node], str] = {
    **dict.fromkeys(_ARITHMETIC, "an operation; amounts, dates and counts arrive formatted"),
    nodes.Concat: "a concatenation; write the two expressions side by side",
    nodes.Filter: "a filter; values arrive formatted",
    nodes.Test: "a test; a fact that is not known is an empty text",
    nodes.Compare: "a comparison; what differs in law is another variant of the template",
    nodes.EvalContextModifier: "an autoescape block; values are always escaped",
    nodes.ScopedEvalContextModifier: "an autoescape block; values are always escaped",
}

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)

_PACKAGED = PackageLoader("recouvrement.render", "templates")
_BUILT_IN_ONLY = PrefixLoader({_BUILT_IN: _PACKAGED})


class Letters:
    """The compiled templates of one run."""

    def __init__(self, loader: BaseLoader, *, folder: Path | None = None) -> None:
        self._environment = _environment(loader)
        self._folder = folder
        self._templates: dict[tuple[DocumentKind, Variant], Template] = {}
        self._sources: dict[str, _Source] = {}
        self._wordings: dict[tuple[str, tuple[Forbidden, ...]], tuple[str, ...]] = {}
        faults: list[str] = []
        known = frozenset(self._environment.list_templates())
        for kind in DocumentKind:
            for variant in Variant:
                name = self._name(kind, variant, known)
                faults += [fault for fault in self._faults(name, kind, variant) if fault not in faults]
                if not faults:
                    self._templates[kind, variant] = self._environment.get_template(name)
        faults += self._unknown_files()
        if faults:
            raise RenderError(
                where=str(folder or "templates"),
                found="; ".join(faults),
                hint="Correct the templates, or remove the override: docs/letters.md lists variables and rules.",
            )

    @classmethod
    def built_in(cls) -> Self:
        """Return the packaged templates."""
        return cls(ChoiceLoader([_BUILT_IN_ONLY, _PACKAGED]))

    @classmethod
    def with_overrides(cls, folder: Path) -> Self:
        """Return the packaged templates with those of ``folder`` (``fr/reminder_1.business.md.j2``…) put first.

        A template of the folder may extend ``builtin/fr/…`` and replace one block of it. Raises ``RenderError``
        naming every fault of the folder: syntax, unknown variable, file name, forbidden wording.
        """
        if not folder.is_dir():
            raise RenderError(
                where=str(folder), found="no such folder", hint="Give the folder that holds your fr/ templates."
            )
        return cls(ChoiceLoader([_BUILT_IN_ONLY, FileSystemLoader(folder), _PACKAGED]), folder=folder)

    def serves(self, kind: DocumentKind, variant: Variant) -> bool:
        """Whether a document has a template."""
        return (kind, variant) in self._templates

    def template(self, kind: DocumentKind, variant: Variant) -> Template:
        """Return the compiled template of a document."""
        return self._templates[kind, variant]

    def _name(self, kind: DocumentKind, variant: Variant, known: frozenset[str]) -> str:
        """Return the name that serves a document; any file of the user's wins over any packaged one."""
        own, shared = f"{_LANGUAGE}/{kind.value}.{variant.value}{SUFFIX}", f"{_LANGUAGE}/{kind.value}{SUFFIX}"
        overrides = [name for name in (own, shared) if self._folder is not None and (self._folder / name).is_file()]
        name = next((name for name in (*overrides, own, shared) if name in known), None)
        if name is None:
            raise RenderError(
                where=str(self._folder or "templates"),
                found=f"neither {own} nor {shared} exists",
                hint=f"Add a template named {shared}.",
            )
        return name

    def _faults(self, name: str, kind: DocumentKind, variant: Variant) -> Iterator[str]:
        """Yield what is wrong in a template and in all it extends, includes or imports."""
        # A lawyer, a commissaire de justice or a judicial agent is told of acts by their names; the debtor never is.
        is_read_by_the_debtor = kind not in INTERNAL_DOCUMENTS | PROFESSIONAL_DOCUMENTS
        forbidden: tuple[Forbidden, ...] = IN_ANY_LETTER if is_read_by_the_debtor else ()
        if variant is Variant.CONSUMER and is_read_by_the_debtor:
            forbidden += TO_A_CONSUMER
        yield from self._faults_below(name, forbidden, (), set())

    def _faults_below(
        self, name: str, forbidden: tuple[Forbidden, ...], path: tuple[str, ...], seen: set[str]
    ) -> Iterator[str]:
        seen.add(name)
        try:
            source = self._source(name)
        except TemplateSyntaxError as fault:
            yield f"{fault.name or name}, line {fault.lineno}: {fault.message}"
            return
        except TemplateNotFound as fault:
            yield f"{path[-1] if path else name}: it refers to {fault.message}, which does not exist"
            return
        except UnicodeDecodeError:
            yield f"{name}: it is not written in UTF-8"
            return
        yield from source.faults
        # Every document includes the same layout and tables: each is searched once for each list of wordings.
        if (name, forbidden) not in self._wordings:
            self._wordings[name, forbidden] = tuple(source.wording(forbidden))
        yield from self._wordings[name, forbidden]
        for reference in source.references:
            if reference in {name, *path}:
                yield f"{name}: it leads back to itself; to extend the packaged one, write {_BUILT_IN}/{reference}"
            elif reference not in seen:
                yield from self._faults_below(reference, forbidden, (*path, name), seen)

    def _source(self, name: str) -> "_Source":
        # All kinds in three variants share one layout: it is read once.
        if name not in self._sources:
            self._sources[name] = _Source.read(self._environment, name)
        return self._sources[name]

    def _unknown_files(self) -> list[str]:
        """Return the files of the folder that would never be used: a misspelt name must not pass in silence."""
        if self._folder is None:
            return []
        used = {
            f"{kind.value}{middle}{SUFFIX}"
            for kind in DocumentKind
            for middle in ("", *(f".{variant.value}" for variant in Variant))
        }
        return [
            f"{path.relative_to(self._folder).as_posix()}: no document has this name"
            for path in sorted(self._folder.rglob(f"*{SUFFIX}"))
            if not path.name.startswith("_") and (path.name not in used or path.parent != self._folder / _LANGUAGE)
        ]


class _Source(NamedTuple):
    """A template read but not run."""

    name: str
    text: str
    """Without its comments, which nobody is sent."""
    references: tuple[str, ...]
    """Names of the templates it extends, includes or imports."""
    faults: tuple[str, ...]
    """What may not stand in any template."""

    @classmethod
    def read(cls, environment: ImmutableSandboxedEnvironment, name: str) -> "_Source":
        """Return the source, once it is known to compile."""
        if environment.loader is None:
            raise TemplateNotFound(name)
        text, _, _ = environment.loader.get_source(environment, name)
        environment.get_template(name)
        tree = environment.parse(text, name)
        references = tuple(meta.find_referenced_templates(tree))
        faults = list(_refusals(name, tree))
        if None in references:
            faults.append(f"{name}: it extends or includes a name that is computed; write the name itself")
        return cls(
            name,
            _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text),
            tuple(reference for reference in references if reference is not None),
            tuple(faults),
        )

    def wording(self, forbidden: tuple[Forbidden, ...]) -> Iterator[str]:
        """Yield the forbidden wording it holds."""
        for occurrence in occurrences(self.text, forbidden):
            yield f"{self.name}, line {occurrence.line}: « {occurrence.found} » is refused, {occurrence.because}"


def _refusals(name: str, tree: nodes.Template) -> Iterator[str]:
    """Yield the unknown variables, operations and calls of a template."""
    for variable in sorted(meta.find_undeclared_variables(tree) - VARIABLES):
        line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == variable)
        yield f"{name}, line {line}: {variable!r} is not a variable of letters"
    for node in tree.find_all(tuple(_REFUSED_NODES)):
        yield f"{name}, line {node.lineno}: it holds {_REFUSED_NODES[type(node)]}"
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name):
            yield f"{name}, line {call.lineno}: it calls a method; only super() and macros may be called"


def _environment(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        # With ``finalize``, this is what keeps inherited blocks from being escaped twice: see render/escaping.py.
        autoescape=True,
        finalize=literal,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,  # an included file ends its own paragraph
        extensions=[FrenchTypography],
        auto_reload=False,
    )
    # ``safe``, ``join`` or ``is defined`` would open a way round escaping and strictness; nothing here is needed.
    environment.filters.clear()
    environment.tests.clear()
    environment.globals.clear()
    return environment
