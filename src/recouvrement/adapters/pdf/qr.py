"""A QR code as SVG, in which the same text always gives the same drawing."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import segno

_MASK = 3
"""One of the eight patterns the standard allows: trying them all for the best costs as much as the whole page."""
_QUIET = 4
"""Modules of white on each side, as ISO/IEC 18004 asks for."""
_LEAST_MM, _MODULE_MM = 24.0, 0.45
_HIGHEST_VERSION = 13
"""Largest code that EPC069-12 allows."""
_DARK = re.compile(b"\x01+")


class Drawing(NamedTuple):
    """A code to print."""

    svg: str
    width_mm: float
    """Width with its quiet zone: 24 mm, or more for a denser code, whose modules must stay readable."""


def qr_code(text: str) -> Drawing:
    """Return the code of a text, error correction M, byte mode in UTF-8, quiet zone included.

    Raises ``segno.DataOverflowError`` when the text is longer than the 331 bytes that ``epc.payload`` allows.
    """
    code = segno.make(
        text, error="m", mask=_MASK, mode="byte", encoding="utf-8", micro=False, boost_error=False, eci=False
    )
    if int(code.version) > _HIGHEST_VERSION:
        raise segno.DataOverflowError(f"version {code.version} is larger than {_HIGHEST_VERSION}")
    modules = len(code.matrix) + 2 * _QUIET
    return Drawing(_svg(code.matrix, modules), round(max(_LEAST_MM, modules * _MODULE_MM), 2))


def _svg(matrix: Iterable[bytes | bytearray], modules: int) -> str:
    """Return the drawing, a line along each run of dark modules: a third of the time of segno's own writer."""
    lines = "".join(
        f"M{run.start() + _QUIET} {row}.5h{run.end() - run.start()}"
        for row, line in enumerate(matrix, start=_QUIET)
        for run in _DARK.finditer(line)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules} {modules}">'
        f'<path fill="#fff" d="M0 0h{modules}v{modules}h-{modules}z"/><path stroke="#000" d="{lines}"/></svg>'
    )
