"""The codes of reasons and doubts that the source can build, found by reading it: where, and with which inputs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[2] / "src" / "recouvrement"
_CODE = re.compile(r"[a-z][a-z0-9_]+")
_MAKERS = {"of", "Doubt", "Reason", "Verdict", "_doubt", "_reason", "doubt"}


class Built(NamedTuple):
    """One place that builds a reason or a doubt."""

    code: str
    place: str
    """``engine/thread.py:123``."""
    inputs: frozenset[str] | None
    """Names of its inputs; ``None`` when reading the source does not tell."""


def built() -> list[Built]:
    """Return every place whose code can be read, in the order of the files."""
    found: list[Built] = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        scopes: list[ast.AST] = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for scope in scopes or [tree]:
            found += _in_scope(scope, path.relative_to(SOURCE).as_posix())
    return sorted(set(found), key=lambda one: (one.place, one.code))


def _in_scope(scope: ast.AST, name: str) -> Iterator[Built]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and _maker(node.func) in _MAKERS:
            named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            given, inputs = _arguments(node, named)
            for code in _codes(given, scope):
                place = f"{name}:{node.lineno}"
                yield Built(code, place, _names(inputs, scope) if inputs is not None else _none(node))


def _arguments(call: ast.Call, named: dict[str, ast.expr]) -> tuple[ast.expr | None, ast.expr | None]:
    """Return the code and the inputs a call gives, wherever its maker takes them."""
    args: list[ast.expr | None] = [*call.args, None, None, None, None]
    match _maker(call.func):
        case "Verdict":
            return named.get("code") or args[2], named.get("inputs") or args[3]
        case "doubt" if args[2] is not None:  # the rule it quotes comes first
            return args[2], None
        case _:
            return named.get("code") or args[0], named.get("inputs") or args[2]


def _none(call: ast.Call) -> frozenset[str] | None:
    """Return no name when the call certainly gives no input."""
    return frozenset() if _maker(call.func) in {"of", "Verdict"} and len(call.args) < 4 else None


def _maker(function: ast.expr) -> str:
    match function:
        case ast.Attribute(value=ast.Name(id="Reason" | "Doubt"), attr="of"):
            return "of"
        case ast.Name(id=name):
            return name
        case _:
            return ""


def _codes(given: ast.expr | None, scope: ast.AST) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(text)) if _CODE.fullmatch(text):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _codes(one, scope)
            yield from _codes(other, scope)
        case ast.Name(id=name):
            for value in _assigned(name, scope):
                if not isinstance(value, ast.Name):
                    yield from _codes(value, scope)
        case ast.Dict(values=values):
            for value in values:
                yield from _codes(value, scope)
        case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, default]):
            yield from _codes(table, scope)
            yield from _codes(default, scope)
        case _:
            return


def _assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield value
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                for target, value in zip(targets, values, strict=False):
                    if isinstance(target, ast.Name) and target.id == name:
                        yield value
            case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
                yield value
            case ast.AugAssign(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case _:
                continue


def _names(inputs: ast.expr, scope: ast.AST) -> frozenset[str] | None:  # noqa: PLR0911  # one per form
    match inputs:
        case ast.Dict(keys=keys, values=values):
            names: set[str] = set()
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    names.add(str(key.value))
                    continue
                more = _names(value, scope) if key is None else None
                if more is None:
                    return None
                names |= more
            return frozenset(names)
        case ast.Tuple(elts=pairs):
            firsts = [pair.elts[0] for pair in pairs if isinstance(pair, ast.Tuple) and pair.elts]
            literal = [str(first.value) for first in firsts if isinstance(first, ast.Constant)]
            return frozenset(literal) if len(literal) == len(pairs) else None
        case ast.IfExp(body=one, orelse=other):
            return _both(_names(one, scope), _names(other, scope))
        case ast.BinOp(left=one, op=ast.BitOr(), right=other):
            return _both(_names(one, scope), _names(other, scope))
        case ast.Name(id=name):
            values = list(_assigned(name, scope))
            found: frozenset[str] | None = frozenset(_items_set(name, scope)) if values else None
            for value in values:
                found = _both(found, None if isinstance(value, ast.Name) else _names(value, scope))
            return found
        case _:
            return None


def _items_set(name: str, scope: ast.AST) -> Iterator[str]:
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=found), slice=ast.Constant(value=str(key)))]):
                if found == name:
                    yield key
            case _:
                continue


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | other
