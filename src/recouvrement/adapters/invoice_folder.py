"""Original invoices kept in a folder, one ``<invoice number>.pdf`` each."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from recouvrement.dispatch.message import Attachment
from recouvrement.errors import InvalidInput

_RESERVED = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the reading of a name round: ``a\u202efdp.pdf`` is read ``apdf.fdp``."""
_PDF = b"%PDF-"


class InvoiceFolder:
    """Finds the file of an invoice by its number, letter case ignored.

    A number is looked up among the names the folder holds and never made into a path: one such as ``../x`` can leave it
    no more than any other. Characters that file systems refuse stand as ``-`` in the name: ``2026/118`` is
    ``2026-118.pdf``. The folder is read once. Raises ``InvalidInput`` when it cannot be, or when two names of it would
    serve one number.

    ``numbers`` are those of every invoice there is: where two of them differ only by what a file name cannot hold
    (``2026/118`` and ``2026-118``) neither is given a file, for it may be the other's.
    """

    def __init__(self, folder: Path, numbers: Iterable[str] = ()) -> None:
        try:
            every = (path for path in folder.iterdir() if _is_readable(path.name))
            found = sorted(path for path in every if path.suffix.lower() == ".pdf" and path.is_file())
        except OSError as fault:
            raise InvalidInput(
                where=str(folder),
                found=f"this folder of invoices cannot be read ({fault.strerror})",
                hint="Give the folder that holds one file <invoice number>.pdf for each invoice.",
            ) from fault
        self._files: dict[str, Path] = {}
        shared = Counter(_key(number) for number in set(numbers))
        self._shared = frozenset(key for key, count in shared.items() if count > 1)
        for path in found:
            other = self._files.setdefault(_key(path.stem), path)
            if other != path:
                raise InvalidInput(
                    where=str(folder),
                    found=f"{other.name} and {path.name} are the same invoice to a reader",
                    hint="Keep one of them.",
                )

    def __call__(self, number: str) -> Attachment | None:
        """Return the invoice of that number, or ``None`` when the folder has none.

        Raises ``InvalidInput`` when its file cannot be read or is not a PDF.
        """
        key = _key(number)
        path = self._files.get(key)
        if path is None or key in self._shared:
            return None
        try:
            data = path.read_bytes()
        except OSError as fault:
            raise InvalidInput(
                where=str(path), found=f"it cannot be read ({fault.strerror})", hint="Check the file and its rights."
            ) from fault
        if not data.startswith(_PDF):
            raise InvalidInput(
                where=str(path), found="this is not a PDF, whatever its name", hint="Put the PDF of the invoice there."
            )
        return Attachment.of(f"{_safe(number)[:80]}.pdf", "application/pdf", data)


def _is_readable(name: str) -> bool:
    """Whether a file name is text: no invoice has a number that is not."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _safe(number: str) -> str:
    plain = _DIRECTION.sub("", unicodedata.normalize("NFC", number))
    return _RESERVED.sub("-", plain).strip(". ") or "facture"


def _key(name: str) -> str:
    return _safe(name).casefold()
