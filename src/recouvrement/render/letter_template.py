"""One template that serves a document: the values it prints, their shape, and its layout."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, count, pairwise
from types import TracebackType
from typing import NamedTuple

from jinja2 import Template, TemplateError

from recouvrement.errors import RenderError
from recouvrement.render.escaping import HARD_BREAK, all_folded
from recouvrement.render.layouts import Dress, Layout
from recouvrement.render.letter_shapes import LINES, LINK, ROW_CLASSES, ROWS, VARIABLE_SHAPES
from recouvrement.render.letter_wording import Reading
from recouvrement.render.markdown import as_words
from recouvrement.render.slots import StandIn, mark, without_marks
from recouvrement.render.views import PART_OF, View

SUFFIX = ".md.j2"
_OF_A_COLLECTOR = frozenset({"collector_name", "collector_address", "statute_text"})
"""Variables that are set for a mandated collector alone."""
_EMPTY_STRONG = "****"
_MOST_VALUES = 400
"""Of a document whose layout is kept: a longer one is nearly always the only one of its shape."""
_KEPT = 512
"""Layouts kept in a process, of some forty kilobytes each."""


class Shape(NamedTuple):
    """What the text around the values depends on."""

    texts: bytes
    """One byte a variable: whether it is set."""
    lines: tuple[int, ...]
    """Lines of each block of lines."""
    cells: tuple[bytes, ...]
    """For each list of rows, one byte a field of each row."""


class Filled(NamedTuple):
    """A layout, and the values of its marks."""

    layout: Layout
    values: list[str]


class LetterTemplate:
    """A compiled template.

    What it prints depends on its variables only by their being empty or not, since ``letter_sources`` refuses whatever
    compares or computes. It is therefore rendered once for a shape, with marks in place of the values.
    """

    def __init__(self, template: Template, variables: frozenset[str], *, where: str, is_packaged: bool = False) -> None:
        """Keep the template; ``variables`` are those that it and its parts name, ``where`` the document it serves.

        ``is_packaged``: the tests of the library have proved its layouts, which need no proof again.
        """
        self._template, self._where, self._is_packaged = template, where, is_packaged
        texts = {name for name in variables - ROWS.keys() if VARIABLE_SHAPES[name] != LINES}
        self._texts, self._lines, self._rows = (
            _placed(texts),
            _placed(variables - texts - ROWS.keys()),
            _placed(variables & ROWS.keys()),
        )

    @property
    def name(self) -> str:
        """Name of its file in the folder of templates."""
        return str(self._template.name)

    def filled(self, view: View, dress: Dress) -> Filled:
        """Return the layout of a document and the values of its marks, each on one line.

        Raises ``RenderError`` when the template fails, or prints an empty value between the stars of a bold text.
        """
        values = [getattr(getattr(view, part), name) for part, name in self._texts]
        sizes = []
        for part, name in self._lines:
            values += (lines := getattr(getattr(view, part), name))
            sizes.append(len(lines))
        ends = [len(values)]
        for part, name in self._rows:
            values += chain.from_iterable(getattr(getattr(view, part), name))
            ends.append(len(values))
        values = all_folded(values)
        are_set = bytes(map(bool, values))
        shape = Shape(
            texts=are_set[: len(self._texts)],
            lines=tuple(sizes),
            cells=tuple([are_set[start:end] for start, end in pairwise(ends)]),
        )
        lay_out = _kept if len(values) <= _MOST_VALUES else LetterTemplate.laid_out
        return Filled(lay_out(self, shape, dress), values)

    def tried(self, dress: Dress) -> Layout:
        """Return the layout with every variable set, two lines in each block and two rows in each list."""
        cells = tuple(b"\1" * 2 * len(ROWS[name]) for _, name in self._rows)
        return self.laid_out(Shape(b"\1" * len(self._texts), (2,) * len(self._lines), cells), dress)

    def readings(self) -> tuple[Reading, ...]:
        """Return what it reads like as ``tried``, then without a collector and without any text, row or line."""
        several = (2,) * len(self._lines)
        none = (0,) * len(self._lines)
        texts = bytes(name not in _OF_A_COLLECTOR for _, name in self._texts)
        full = Shape(b"\1" * len(texts), several, tuple(b"\1" * 2 * len(ROWS[name]) for _, name in self._rows))
        own = Shape(texts, several, tuple(b"\0" * 2 * len(ROWS[name]) for _, name in self._rows))
        bare = Shape(b"\0" * len(texts), none, tuple(b"" for _ in self._rows))
        return tuple(
            Reading(without_marks(as_words(self._rendered(self._stand_ins(shape)))), shape is full)
            for shape in (full, own, bare)
        )

    def laid_out(self, shape: Shape, dress: Dress) -> Layout:
        """Return the layout of the documents of a shape; raises as ``filled`` does."""
        markdown = self._rendered(self._stand_ins(shape)).strip() + "\n"
        if _EMPTY_STRONG in markdown:
            line = markdown[: markdown.index(_EMPTY_STRONG)].count("\n") + 1
            raise RenderError(
                where=f"{self.name}, line {line} of its Markdown",
                found="an empty value stands between the stars of a bold text",
                hint="Print the value only where it is set: {% if name %}**{{ name }}**{% endif %}.",
            )
        size = len(shape.texts) + sum(shape.lines) + sum(map(len, shape.cells))
        links = frozenset(slot for slot, (_, name) in enumerate(self._texts) if VARIABLE_SHAPES[name] == LINK)
        layout = Layout(markdown, dress, values=size, links=links, where=self._where)
        if not self._is_packaged:
            layout.prove()
        return layout

    def _stand_ins(self, shape: Shape) -> dict[str, object]:
        """Return the variables, with marks in place of what is set, numbered in the order of ``filled``."""
        marks = map(_mark, count())
        texts = zip((name for _, name in self._texts), _standing(shape.texts, marks), strict=True)
        found: dict[str, object] = {
            name: _link(text) if text and VARIABLE_SHAPES[name] == LINK else text for name, text in texts
        }
        for (_, name), lines in zip(self._lines, shape.lines, strict=True):
            found[name] = StandIn(HARD_BREAK.join(_standing(b"\1" * lines, marks)))
        for (_, name), cells in zip(self._rows, shape.cells, strict=True):
            row, fields = ROW_CLASSES[name], iter(_standing(cells, marks))
            # One iterator for every place of a row: each takes the next text.
            found[name] = tuple(row(*texts) for texts in zip(*[fields] * len(ROWS[name]), strict=True))
        return found

    def _rendered(self, variables: Mapping[str, object]) -> str:
        try:
            return self._template.render(variables)
        except TemplateError as fault:
            raise RenderError(
                where=_place(fault.__traceback__) or self.name,
                found=str(fault.message or fault),
                hint="Correct the template; docs/letters.md lists the variables of each document.",
            ) from fault
        except (TypeError, ValueError) as fault:
            raise RenderError(
                where=_place(fault.__traceback__) or self.name,
                found=str(fault),
                hint="Correct the template: it may print variables, loop over rows, and test whether a text is empty.",
            ) from fault
        except RecursionError as fault:
            raise RenderError(
                where=self.name,
                found="a macro that calls itself without end",
                hint="Correct the template: a macro may call others, never itself.",
            ) from fault


@lru_cache(maxsize=_KEPT)
def _kept(template: LetterTemplate, shape: Shape, dress: Dress) -> Layout:
    return template.laid_out(shape, dress)


def _placed(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the part of the view and the name of each variable."""
    return tuple((PART_OF[name], name) for name in sorted(names))


def _mark(slot: int) -> StandIn:
    return StandIn(mark(slot))


def _link(address: str) -> StandIn:
    # Not an autolink: parsers show those decoded, letters of other alphabets included, and no longer what opens.
    return StandIn(f"[{address}](<{address}>)")


def _standing(are_set: bytes, marks: Iterator[StandIn]) -> list[StandIn]:
    """Return the next mark for each text; nothing for one that is empty, whose number is passed over."""
    return [found if is_set else StandIn() for is_set, found in zip(are_set, marks, strict=False)]


def _place(trace: TracebackType | None) -> str | None:
    """Return the template and line a fault came from: Jinja writes them in the traceback."""
    place = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(SUFFIX):
            place = f"{name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
