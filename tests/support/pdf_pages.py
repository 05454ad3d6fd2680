"""What a test reads in a PDF: its text, where its characters stand, and a small picture of each page."""

import io
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
from PIL import Image

POINT_MM = 25.4 / 72
THUMBNAIL_WIDTH = 150


class Mark(NamedTuple):
    """One printed character, in millimetres from the top left of its page."""

    page: int
    character: str
    left: float
    top: float
    right: float
    bottom: float


def text_of(content: bytes) -> str:
    """Return the text of all pages, one line feed between lines, places for a cut taken out."""
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return "\n\n".join(page.replace("\r\n", "\n").replace("\u200b", "").strip() for page in pages) + "\n"


def marks(content: bytes) -> Iterator[Mark]:
    """Yield every character that leaves ink, with its box."""
    with pypdfium2.PdfDocument(content) as pdf:
        for number, page in enumerate(pdf, start=1):
            height = page.get_height()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                character = text.get_text_range(index, 1)
                if not character.strip("\u200b\u00a0\u202f \r\n"):
                    continue
                left, bottom, right, top = text.get_charbox(index)
                yield Mark(
                    number,
                    character,
                    left * POINT_MM,
                    (height - top) * POINT_MM,
                    right * POINT_MM,
                    (height - bottom) * POINT_MM,
                )


def pages(content: bytes, width: int) -> list[Image.Image]:
    """Return each page as a grey picture of that width, in pixels."""
    with pypdfium2.PdfDocument(content) as pdf:
        pictures = [page.render(scale=width / page.get_width(), grayscale=True).to_pil() for page in pdf]
    return [picture.convert("L") for picture in pictures]


def strip(content: bytes) -> Image.Image:
    """Return small pictures of all pages, side by side, in sixteen greys."""
    found = pages(content, THUMBNAIL_WIDTH)
    whole = Image.new("L", (sum(one.width for one in found), max(one.height for one in found)), 255)
    left = 0
    for one in found:
        whole.paste(one, (left, 0))
        left += one.width
    return whole.point(lambda grey: round(grey / 17) * 17)


def png(picture: Image.Image) -> bytes:
    """Return a picture as a PNG file."""
    file = io.BytesIO()
    picture.quantize(16).save(file, format="PNG", optimize=True)
    return file.getvalue()


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are apart: the mean of grey levels, out of 255, both blurred a little."""
    if one.size != other.size:
        return 255.0
    small = (one.width // 2, one.height // 2)
    first, second = (picture.convert("L").resize(small, Image.Resampling.BOX) for picture in (one, other))
    pairs = zip(first.tobytes(), second.tobytes(), strict=True)
    return sum(abs(left - right) for left, right in pairs) / (small[0] * small[1])
