"""A template read but not run: what it refers to, what it defines, and what is wrong in it whoever it is for."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment, TemplateNotFound, meta, nodes

from recouvrement.render.french import FRENCH
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.letter_shapes import shape_findings
from recouvrement.render.template_text import SYNTAX, uncommented
from recouvrement.render.views import TRANSLATED, VARIABLES

_REFUSED: dict[type[nodes.Node], str] = {
    **dict.fromkeys((nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow), "operation"),
    **dict.fromkeys((nodes.Neg, nodes.Pos), "operation"),
    nodes.Concat: "concatenation",
    nodes.Filter: "filter",
    nodes.Test: "test",
    nodes.Compare: "comparison",
    nodes.EvalContextModifier: "autoescape",
    nodes.ScopedEvalContextModifier: "autoescape",
}


class Imported(NamedTuple):
    """A template whose macros another one uses."""

    name: str
    macros: tuple[str, ...]
    with_context: bool
    line: int


class Source(NamedTuple):
    """What is known of a template."""

    name: str
    text: str
    """Without its comments, which nobody is sent."""
    references: tuple[str, ...]
    """Names of the templates it extends, includes or imports."""
    extends: str | None
    blocks: dict[str, int]
    """Every block it defines, with its line."""
    outer_blocks: frozenset[str]
    """Those that stand in no other block."""
    supers: dict[str, int]
    """Blocks that print what they replace."""
    macros: frozenset[str]
    variables: frozenset[str]
    imported: tuple[Imported, ...]
    findings: tuple[LetterFinding, ...]

    @classmethod
    def read(cls, environment: Environment, name: str) -> "Source":
        """Return the source, once it is known to compile.

        Raises ``TemplateSyntaxError``, ``TemplateNotFound``, ``UnicodeDecodeError``.
        """
        if environment.loader is None:
            raise TemplateNotFound(name)
        text, _, _ = environment.loader.get_source(environment, name)
        return cls._parsed(name, text)

    @classmethod
    @lru_cache(maxsize=256)
    def _parsed(cls, name: str, text: str) -> "Source":
        # The packaged templates are the same in every set: they are read once in a process.
        tree = SYNTAX.parse(text, name)
        SYNTAX.compile(tree, name, raw=True)  # names of filters and tests are looked up only here
        undeclared = meta.find_undeclared_variables(tree)
        extends = next((_named(node.template) for node in tree.find_all(nodes.Extends)), None)
        return cls(
            name=name,
            text=uncommented(text),
            references=tuple(found for found in meta.find_referenced_templates(tree) if found is not None),
            extends=extends,
            blocks={block.name: block.lineno for block in tree.find_all(nodes.Block)},
            outer_blocks=frozenset(block.name for block in _outer_blocks(tree)),
            supers=dict(_supers(tree, None)),
            macros=frozenset(_defined(tree)),
            variables=frozenset(undeclared & VARIABLES),
            imported=tuple(_imported(tree)),
            findings=(*_refusals(name, tree, undeclared), *shape_findings(name, tree)),
        )


def parts_of(environment: Environment, name: str) -> dict[str, Source]:
    """Return a template and all it extends, includes or imports, by name; raises as ``Source.read`` does."""
    found: dict[str, Source] = {}
    left = [name]
    while left:
        if (one := left.pop()) not in found:
            found[one] = Source.read(environment, one)
            left += found[one].references
    return found


def _named(expression: nodes.Node) -> str | None:
    return str(expression.value) if isinstance(expression, nodes.Const) else None


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)


def _supers(node: nodes.Node, block: str | None) -> Iterator[tuple[str, int]]:
    """Yield the block and the line of each ``super()``."""
    for child in node.iter_child_nodes():
        match child:
            case nodes.Call(node=nodes.Name(name="super")):
                yield block or "", child.lineno
            case nodes.Block():
                yield from _supers(child, child.name)
            case _:
                yield from _supers(child, block)


def _defined(tree: nodes.Template) -> Iterator[str]:
    for node in tree.body:
        match node:
            case nodes.Macro():
                yield node.name
            case nodes.Assign(target=nodes.Name(name=name)) | nodes.AssignBlock(target=nodes.Name(name=name)):
                yield name
            case _:
                pass


def _imported(tree: nodes.Template) -> Iterator[Imported]:
    for node in tree.find_all(nodes.Import):
        yield Imported(_named(node.template) or "", (), bool(node.with_context), node.lineno)
    for some in tree.find_all(nodes.FromImport):
        macros = tuple(macro if isinstance(macro, str) else macro[0] for macro in some.names)
        yield Imported(_named(some.template) or "", macros, bool(some.with_context), some.lineno)


def language_code(name: str) -> str | None:
    """Return the language a template belongs to; ``None`` for a part outside their folders."""
    folder = name.removeprefix("builtin/").partition("/")[0]
    return folder if folder in LANGUAGES else None


def _variables(name: str) -> frozenset[str]:
    return VARIABLES if language_code(name) in {None, FRENCH.code} else TRANSLATED


def _refusals(name: str, tree: nodes.Template, undeclared: set[str]) -> Iterator[LetterFinding]:
    """Yield the unknown variables and the constructs that no template may hold."""
    known = _variables(name)
    for variable in sorted(undeclared - known):
        line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == variable)
        nearest = get_close_matches(variable, sorted(known), n=1, cutoff=0)[0]
        where = " in this language: it is told in French alone" if variable in VARIABLES else ""
        yield LetterFinding.of("unknown_variable", name, line, {"name": variable, "where": where, "nearest": nearest})
    for node in tree.find_all(tuple(_REFUSED)):
        yield LetterFinding.of(_REFUSED[type(node)], name, node.lineno)
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name):
            yield LetterFinding.of("method_call", name, call.lineno)
    for reference in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        if None in meta.find_referenced_templates(nodes.Template([reference], lineno=reference.lineno)):
            yield LetterFinding.of("computed_name", name, reference.lineno)
    if any(tree.find_all(nodes.Extends)):
        yield from _outside_blocks(name, tree)


def _outside_blocks(name: str, tree: nodes.Template) -> Iterator[LetterFinding]:
    for node in tree.body:
        parts = node.nodes if isinstance(node, nodes.Output) else ()
        lost = next((part for part in parts if not isinstance(part, nodes.TemplateData) or part.data.strip()), None)
        if lost is not None or isinstance(node, nodes.For | nodes.Include):
            yield LetterFinding.of("outside_block", name, _line(lost or node))


def _line(node: nodes.Node) -> int:
    """Return the line of the first word of a text: its own line may be that of blanks before it."""
    if not isinstance(node, nodes.TemplateData):
        return node.lineno
    blanks = len(node.data) - len(node.data.lstrip())
    return node.lineno + node.data.count("\n", 0, blanks)
