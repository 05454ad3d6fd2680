"""A QR code as SVG, in which the same text always gives the same drawing."""

import io

import segno

_MASK = 3
"""One of the eight patterns the standard allows: trying them all for the best costs as much as the whole page."""
_QUIET = 4
"""Modules of white on each side, as ISO/IEC 18004 asks for."""
_HIGHEST_VERSION = 13
"""Largest code that EPC069-12 allows."""


def qr_svg(text: str) -> str:
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
    return drawing.getvalue().decode()
