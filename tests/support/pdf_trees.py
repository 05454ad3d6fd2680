"""The least data that makes a page."""

from datetime import date

from recouvrement.render.pdf_source import PdfSource


def page(text: str) -> PdfSource:
    """Return a page that holds one paragraph."""
    tree: dict[str, object] = {
        "title": "Essai",
        "author": "Essai",
        "language": "fr",
        "day": [2026, 11, 23],
        "sender": [],
        "addressee": [],
        "opening": [],
        "object": ["Essai"],
        "body": [{"k": "par", "s": [text]}],
        "footer": [],
        "footer_lines": 0,
        "labels": {"page": "Page", "carried": "", "carry": "", "pay": ""},
        "pay_alt": "",
    }
    return PdfSource(tree=tree, code=None, on=date(2026, 11, 23))
