"""PDF letters: typst sets the page, segno draws the QR code. Needs the extra ``pdf``."""

from recouvrement.adapters.pdf.typesetter import Typesetter

__all__ = ["Typesetter"]
