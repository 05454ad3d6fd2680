"""What each expression of a template would print: a text, or something that fails when the letter is made.

The variables of letters are texts and lists of rows of texts, so that a template can be followed without running it:
a field no row has, a list printed whole or a counter stops the lint, not the night.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple, get_args, get_origin, get_type_hints

from jinja2 import nodes

from recouvrement.render.escaping import Lines, Link
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.views import PARTS


class Shape(NamedTuple):
    """What an expression gives."""

    is_text: bool = False
    row: type | None = None
    """Class of a row, for one row or a list of them."""
    is_list: bool = False
    what: str = "a value"
    """In words, for messages."""
    arguments: tuple[int, int] | None = None
    """Fewest and most arguments of a macro."""


TEXT, UNKNOWN = Shape(is_text=True, what="a text"), Shape()
LINES, LINK = Shape(is_text=True, what="lines"), Shape(is_text=True, what="a link")
_SPECIAL: Mapping[object, Shape] = {Lines: LINES, Link: LINK}
_FLAG, _NUMBER, _LOOP = Shape(what="yes or no"), Shape(what="a number"), Shape(what="the loop")
_TEXTS, _MODULE = Shape(is_list=True, what="a list"), Shape(what="a template")
_GIVEN_BY_JINJA = frozenset({"super", "caller"})


def _shape_of(hint: object) -> Shape:
    """Return the shape of a field from its annotation."""
    if hint in _SPECIAL:
        return _SPECIAL[hint]
    if get_origin(hint) is tuple:
        row = get_args(hint)[0]
        return Shape(row=row, is_list=True, what="a list of rows") if hasattr(row, "_fields") else _TEXTS
    return TEXT if isinstance(hint, type) and issubclass(hint, str) else UNKNOWN


@cache
def _fields(row: type) -> dict[str, Shape]:
    return {name: _shape_of(hint) for name, hint in get_type_hints(row).items()}


VARIABLE_SHAPES: Mapping[str, Shape] = {name: shape for part in PARTS.values() for name, shape in _fields(part).items()}
"""The variables of letters, from the annotations of the parts of a view."""

ROW_CLASSES: Mapping[str, type] = {name: shape.row for name, shape in VARIABLE_SHAPES.items() if shape.row is not None}
"""The class of the rows of each list."""

ROWS: Mapping[str, tuple[str, ...]] = {name: tuple(_fields(row)) for name, row in ROW_CLASSES.items()}
"""The fields of the rows of each list."""

_ANY_FIELD = frozenset(field for fields in ROWS.values() for field in fields)


class Names:
    """What the names of a scope stand for; a scope sees those around it."""

    def __init__(self, around: "Names | None" = None, own: Mapping[str, Shape] | None = None) -> None:
        self._around, self._own = around, dict(own or {})

    def __getitem__(self, name: str) -> Shape | None:
        found = self._own.get(name)
        return found if found is not None or self._around is None else self._around[name]

    def __setitem__(self, name: str, shape: Shape) -> None:
        self._own[name] = shape


def shape_findings(template: str, tree: nodes.Template) -> Iterator[LetterFinding]:
    """Yield what would fail when the template is rendered: unknown fields, lists and counters printed, wrong calls."""
    reader = _Reader(template)
    top = Names(own=VARIABLE_SHAPES)
    # A macro may be called above its definition's block: names of the top are known first.
    for macro in tree.body:
        if isinstance(macro, nodes.Macro):
            top[macro.name] = _macro(macro)
    yield from reader.statements(tree.body, top, top)


def _macro(macro: nodes.Macro) -> Shape:
    most = len(macro.args)
    return Shape(is_text=False, what="a macro", arguments=(most - len(macro.defaults), most))


class _Reader:
    """Reads one template."""

    def __init__(self, template: str) -> None:
        self._template = template

    def _found(self, code: str, node: nodes.Node, **inputs: str) -> LetterFinding:
        return LetterFinding.of(code, self._template, node.lineno, inputs)

    def statements(self, body: Iterable[nodes.Node], names: Names, top: Names) -> Iterator[LetterFinding]:
        for node in body:
            yield from self._statement(node, names, top)

    def _statement(self, node: nodes.Node, names: Names, top: Names) -> Iterator[LetterFinding]:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    yield from self._printed(part, names)
            case nodes.For():
                yield from self._loop(node, names, top)
            case nodes.Assign() | nodes.AssignBlock() | nodes.With():
                yield from self._assignment(node, names, top)
            case nodes.Import() | nodes.FromImport():
                _import(node, names)
            case nodes.Macro() | nodes.CallBlock():
                yield from self._called_body(node, names, top)
            case nodes.Block():
                yield from self.statements(node.body, Names(names if node.scoped else top), top)
            case _:
                for child in node.iter_child_nodes():
                    look = self._statement(child, names, top) if isinstance(child, nodes.Stmt) else None
                    yield from look if look is not None else self._checked(child, names)

    def _assignment(
        self, node: nodes.Assign | nodes.AssignBlock | nodes.With, names: Names, top: Names
    ) -> Iterator[LetterFinding]:
        match node:
            case nodes.Assign():
                yield from self._checked(node.node, names)
                _bind(node.target, self._shape(node.node, names), names)
            case nodes.AssignBlock():
                yield from self.statements(node.body, Names(names), top)
                _bind(node.target, TEXT, names)
            case nodes.With():
                inner = Names(names)
                for target, value in zip(node.targets, node.values, strict=True):
                    yield from self._checked(value, names)
                    _bind(target, self._shape(value, names), inner)
                yield from self.statements(node.body, inner, top)

    def _called_body(self, node: nodes.Macro | nodes.CallBlock, names: Names, top: Names) -> Iterator[LetterFinding]:
        if isinstance(node, nodes.Macro):
            names[node.name] = _macro(node)
        else:
            yield from self._checked(node.call, names)
        for default in node.defaults:
            yield from self._checked(default, names)
        inner = Names(names, {argument.name: UNKNOWN for argument in node.args})
        yield from self.statements(node.body, inner, top)

    def _loop(self, node: nodes.For, names: Names, top: Names) -> Iterator[LetterFinding]:
        yield from self._checked(node.iter, names)
        over = self._shape(node.iter, names)
        if not over.is_list and over != UNKNOWN:
            yield self._found("not_rows", node, name=_written(node.iter), what=over.what)
        if not isinstance(node.target, nodes.Name):
            yield self._found("unpacked_row", node)
        inner = Names(names, {"loop": _LOOP})
        row = Shape(row=over.row, what="a row") if over.row is not None else TEXT if over.is_list else UNKNOWN
        _bind(node.target, row, inner)
        if node.test is not None:
            yield from self._checked(node.test, inner)
        yield from self.statements(node.body, inner, top)
        yield from self.statements(node.else_, names, top)

    def _printed(self, node: nodes.Expr, names: Names) -> Iterator[LetterFinding]:
        yield from self._checked(node, names)
        shape = self._shape(node, names)
        if not shape.is_text and shape != UNKNOWN:
            yield self._found("not_a_text", node, name=_written(node), what=shape.what)

    def _checked(self, node: nodes.Node, names: Names) -> Iterator[LetterFinding]:
        """Yield what is wrong inside an expression."""
        match node:
            case nodes.Getattr():
                yield from self._field(node, names)
            case nodes.Getitem():
                yield self._found("indexing", node)
            case nodes.CondExpr(expr2=None):
                yield self._found("no_else", node)
            case nodes.Call(node=nodes.Name(name=name)):
                yield from self._call(node, name, names[name])
            case _:
                pass
        for child in node.iter_child_nodes():
            yield from self._checked(child, names)

    def _call(self, node: nodes.Call, name: str, called: Shape | None) -> Iterator[LetterFinding]:
        if called is None or name in _GIVEN_BY_JINJA:  # super() and caller(); an unknown name is told as a variable
            return
        if called.arguments is None:
            if called != UNKNOWN:
                yield self._found("method_call", node)
            return
        given, (fewest, most) = len(node.args) + len(node.kwargs), called.arguments
        if not fewest <= given <= most and node.dyn_args is None and node.dyn_kwargs is None:
            wanted = str(most) if fewest == most else f"{fewest} to {most}"
            yield self._found("missing_argument", node, name=name, given=str(given), wanted=wanted)

    def _field(self, node: nodes.Getattr, names: Names) -> Iterator[LetterFinding]:
        base = self._shape(node.node, names)
        if base in {_LOOP, _MODULE}:
            if base == _LOOP and node.attr not in {"first", "last"}:
                yield self._found("loop_counter", node, field=node.attr)
            return
        known = (
            frozenset() if base.is_list or base.is_text else frozenset(_fields(base.row)) if base.row else _ANY_FIELD
        )
        if node.attr not in known:
            near = get_close_matches(node.attr, sorted(known), n=1, cutoff=0.6)
            some = near[0] if near else f"one of {', '.join(sorted(known)[:12])}"
            told = some if base.row and known else "the name alone"
            yield self._found("unknown_field", node, name=_written(node.node), field=node.attr, known=told)

    def _shape(self, node: nodes.Node, names: Names) -> Shape:
        """Return what an expression gives; ``UNKNOWN`` where that cannot be told, or is told as wrong already."""
        found = UNKNOWN
        match node:
            case nodes.Name():
                found = names[node.name] or UNKNOWN
            case nodes.TemplateData():
                found = TEXT
            case nodes.Const():
                found = TEXT if isinstance(node.value, str) else _NUMBER
            case nodes.Not():
                found = _FLAG
            case nodes.Getattr():
                found = self._field_shape(self._shape(node.node, names), node.attr)
            case nodes.CondExpr():
                found = self._either(node.expr1, node.expr2 or node.expr1, names)
            case nodes.And() | nodes.Or():
                found = self._either(node.left, node.right, names)
            case nodes.List() | nodes.Tuple():
                found = _TEXTS if all(self._shape(item, names).is_text for item in node.items) else UNKNOWN
            case _:
                pass
        return found

    @staticmethod
    def _field_shape(base: Shape, name: str) -> Shape:
        if base == _LOOP:
            return _FLAG if name in {"first", "last"} else UNKNOWN
        return _fields(base.row).get(name, UNKNOWN) if base.row is not None and not base.is_list else UNKNOWN

    def _either(self, left: nodes.Node, right: nodes.Node, names: Names) -> Shape:
        one, other = self._shape(left, names), self._shape(right, names)
        return one if one == other else UNKNOWN


def _bind(target: nodes.Node, shape: Shape, names: Names) -> None:
    for name in [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name):
        names[name.name] = shape if name is target else UNKNOWN


def _import(node: nodes.Import | nodes.FromImport, names: Names) -> None:
    if isinstance(node, nodes.Import):
        names[node.target] = _MODULE
    else:
        for name in node.names:
            names[name if isinstance(name, str) else name[1]] = UNKNOWN


def _written(node: nodes.Node) -> str:
    """Return an expression as its author wrote it, near enough to be found again."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr():
            return f"{_written(node.node)}.{node.attr}"
        case nodes.Const():
            return repr(node.value)
        case _:
            return "an expression"
