"""Small readings of XML nodes that both syntaxes share."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from lxml import etree

from recouvrement.errors import InvalidInput

_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")


class Reader(NamedTuple):
    """Reads paths under a node; ``where`` names the file in errors."""

    node: etree._Element
    namespaces: dict[str, str]
    where: str

    def nodes(self, path: str) -> list["Reader"]:
        """Return the nodes at a path."""
        return [self._replace(node=node) for node in self.node.findall(path, self.namespaces)]

    @property
    def text(self) -> str | None:
        """The text of the node without surrounding space; ``None`` when it is empty."""
        return "".join(self.node.itertext()).strip() or None

    def first(self, path: str) -> str | None:
        """Return the text of the first filled node at a path."""
        return next((found.text for found in self.nodes(path) if found.text), None)

    def line(self, path: str) -> str | None:
        """Return the text of the first filled node at a path, on one line."""
        found = self.first(path)
        return None if found is None else " ".join(found.split())

    def all(self, path: str) -> tuple[str, ...]:
        """Return the distinct texts at a path, in order."""
        return tuple(dict.fromkeys(found.text for found in self.nodes(path) if found.text))

    def only(self, path: str) -> str | None:
        """Return the one text at a path; raises ``InvalidInput`` when the file says two different things."""
        found = self.all(path)
        if len(found) > 1:
            raise InvalidInput(
                where=f"{self.where} ({path.rpartition('/')[2]})",
                found=f"the file says {' and '.join(found)}",
                hint="Ask the issuer which is right, and enter the invoice in factures.csv.",
            )
        return found[0] if found else None

    def date(self, path: str) -> date | None:
        """Return the date at a path, ``20261231`` or ``2026-12-31``; the hour of formats 203 and 204 is left out."""
        nodes = [found for found in self.nodes(path) if found.text]
        if not nodes:
            return None
        text, form = nodes[0].text or "", nodes[0].node.get("format")
        wrong = InvalidInput(
            where=f"{self.where} ({path.rpartition('/')[2]})",
            found=f"{text!r} (format {form or 'not given'}) is not a day",
            hint="Ask the issuer for a corrected file, or enter the invoice in factures.csv.",
        )
        match = _ISO.fullmatch(text) or (_COMPACT.match(text) if form in {"203", "204"} else _COMPACT.fullmatch(text))
        if match is None or form not in {None, "102", "203", "204"}:
            raise wrong
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            raise wrong from None


def vat_number(texts: Iterable[str | None]) -> str | None:
    """Return the first VAT number given, in capitals and without spaces."""
    return next(("".join(text.split()).upper() for text in texts if text), None)


def french_identifiers(pairs: Iterable[tuple[str | None, str]]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Return SIREN, SIRET and the other identifiers among ``(scheme, identifier)`` pairs.

    Told apart by length, because SIRET numbers are found under scheme 0002 too. When only the SIRET is there the SIREN
    is its first nine digits.
    """
    siren = siret = None
    others: list[str] = []
    for scheme, identifier in pairs:
        digits = "".join(identifier.split())
        is_number = digits.isascii() and digits.isdigit()
        if scheme in {"0002", "0009"} and is_number and len(digits) == 9:
            siren = siren or digits
        elif scheme in {"0002", "0009"} and is_number and len(digits) == 14:
            siret = siret or digits
        else:
            others.append(identifier)
    return siren or (siret[:9] if siret else None), siret, tuple(dict.fromkeys(others))
