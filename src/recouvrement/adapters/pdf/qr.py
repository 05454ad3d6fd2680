"""A QR code as SVG, in which the same text always gives the same drawing."""

import io
from typing import NamedTuple

import segno

_MASK = 3
"""One of the eight patterns the standard allows: trying them all for the best costs as much as the whole page."""
_QUIET = 4
"""Modules of white on each side, as ISO/IEC 18004 asks for."""
_LEAST_MM, _MODULE_MM = 24.0, 0.45
_HIGHEST_VERSION = 13
"""Largest code that EPC069-12 allows."""


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
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=_QUIET, xmldecl=False, svgns=True, dark="#000", light="#fff", omitsize=True)
    modules, _ = code.symbol_size(border=_QUIET)
    return Drawing(drawing.getvalue().decode(), round(max(_LEAST_MM, modules * _MODULE_MM), 2))
