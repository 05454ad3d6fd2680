"""PDF by typst: archivable (PDF/A) and accessible (PDF/UA) at once, the same bytes for the same document."""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import typst

from recouvrement.adapters.pdf.glyphs import Glyphs, strict
from recouvrement.adapters.pdf.qr import qr_code
from recouvrement.dispatch.message import Attachment
from recouvrement.errors import RenderError
from recouvrement.render.pdf_source import PdfSource

_PLAIN: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
_CARRYING: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
"""PDF/A-2 may hold PDF/A files only: a letter that carries anything else is PDF/A-3."""
_PROBE_DAY = (2000, 1, 1)


class Typesetter:
    """Makes PDFs one after the other with one compiler: a new one for each would cost more than the page.

    Only fonts embedded in typst are used, and no package: nothing depends on the machine or on a network.
    **Do not fork after a first PDF**: a forked worker hangs. Use threads, each with its own ``Typesetter`` (they run
    side by side), or processes started by ``spawn``.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        template = self._stack.enter_context(as_file(files("recouvrement.adapters.pdf").joinpath("letter.typ")))
        self._template = Path(template)
        self._compiler = typst.Compiler(self._template, ignore_system_fonts=True)
        self._glyphs = Glyphs(self._can_draw)

    def __enter__(self) -> Self:
        """Return the typesetter itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give back the files it holds."""
        self._stack.close()

    def pdf(self, source: PdfSource, enclosed: Sequence[Attachment] = ()) -> bytes:
        """Return the document as PDF/A-2a and PDF/UA-1, or PDF/A-3a when it carries files.

        The same source gives the same bytes. A character no font can draw is printed as its number, ``⟨U+1F600⟩``.
        Raises ``RenderError`` when typst refuses the document.
        """
        inputs = {}
        if source.code is not None:
            drawing = qr_code(source.code)
            inputs = {"qr": drawing.svg, "qr_mm": str(drawing.width_mm)}
        tree = _mapped(source.tree, self._glyphs.shown)
        try:
            return self._compiled(tree, inputs, source, enclosed)
        except typst.TypstError:
            # Characters that can be drawn alone may not be together: a letter and a mark of another script.
            tree = _mapped(source.tree, strict)
        try:
            return self._compiled(tree, inputs, source, enclosed)
        except typst.TypstError as fault:
            raise RenderError(
                where=f"PDF of {source.tree['title']}",
                found=str(fault.message),
                hint="Report this as a bug, with the Markdown of the document.",
            ) from fault

    def _compiled(
        self, tree: dict[str, object], inputs: dict[str, str], source: PdfSource, enclosed: Sequence[Attachment]
    ) -> bytes:
        if not enclosed:
            return _pdf(self._compiler, tree, inputs, source.on, _PLAIN)
        with TemporaryDirectory() as folder:
            root = Path(folder)
            # typst reads no bytes from its inputs, and no file outside its root: the template goes beside the files.
            # A compiler of its own: one that was given another root keeps it.
            (root / self._template.name).write_bytes(self._template.read_bytes())
            for number, attachment in enumerate(enclosed):
                (root / f"{number}.bin").write_bytes(attachment.data)
            carried = [
                {"file": f"{number}.bin", "path": attachment.filename, "type": attachment.media_type}
                for number, attachment in enumerate(enclosed)
            ]
            compiler = typst.Compiler(root / self._template.name, root=root, ignore_system_fonts=True)
            return _pdf(compiler, {**tree, "enclosed": carried}, inputs, source.on, _CARRYING)

    def _can_draw(self, character: str) -> bool:
        """Whether a page that holds nothing else can be made with the character."""
        tree = {
            "title": "?",
            "author": "?",
            "language": "fr",
            "day": list(_PROBE_DAY),
            "sender": [],
            "addressee": [],
            "opening": [],
            "object": ["a"],
            "body": [{"k": "par", "s": [f"a{character}a"]}],
            "footer": [],
            "footer_lines": 0,
            "labels": {"page": "", "carried": "", "carry": "", "pay": ""},
            "pay_alt": "",
        }
        try:
            _pdf(self._compiler, tree, {}, date(*_PROBE_DAY), _PLAIN)
        except typst.TypstError:
            return False
        return True


def _pdf(
    compiler: typst.Compiler,
    tree: dict[str, object],
    inputs: dict[str, str],
    on: date,
    standards: "list[typst.PDFStandard]",
) -> bytes:
    made = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(tree, ensure_ascii=False, separators=(",", ":")), **inputs},
        pdf_standards=standards,
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )
    if not isinstance(made, bytes):  # pages are given one by one for pictures only
        raise TypeError(f"typst gave back a {type(made).__name__}")
    return made


def _mapped(tree: dict[str, object], change: Callable[[str], str]) -> dict[str, object]:
    """Return a tree with every text changed."""
    return {name: _changed(value, change) for name, value in tree.items()}


def _changed(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case list():
            return [_changed(part, change) for part in value]
        case dict():
            return {name: _changed(part, change) for name, part in value.items()}
        case _:
            return value
