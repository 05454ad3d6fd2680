"""Postal addresses in the order of AFNOR NF Z 10-011: from the addressee to the town."""

import re
import unicodedata
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints

from recouvrement.domain.values import Line, Value

MAX_LINES = 6
"""Lines of a French address, the country excluded."""
MAX_CHARACTERS = 38
"""Characters of one line."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 code, in capitals."""

_FRENCH_POSTCODES = frozenset({"FR", "GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF", "WF", "PF", "NC"})


class PostalAddress(Value):
    """A postal address, one field per AFNOR line.

    >>> address = PostalAddress(street="12 rue des Carmes", postal_code="44000", city="Nantes")
    >>> address.lines("Boulangerie Le Fournil")
    ('Boulangerie Le Fournil', '12 RUE DES CARMES', '44000 NANTES')
    """

    complement: Line | None = None
    """Line 2: flat, floor, department, ``chez``."""
    building: Line | None = None
    """Line 3: building, entrance, business park."""
    street: Line | None = None
    """Line 4: number and street."""
    locality: Line | None = None
    """Line 5: ``lieu-dit``, ``BP``."""
    postal_code: Line
    city: Line
    country: CountryCode = "FR"

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a French postal code that is not five digits."""
        if self.country in _FRENCH_POSTCODES and not re.fullmatch(r"\d{5}", self.postal_code):
            message = f"{self.postal_code!r} is not a French postal code: five digits, leading zero included"
            raise ValueError(message)

    @property
    def is_french(self) -> bool:
        """Whether the address is in France, overseas included."""
        return self.country in _FRENCH_POSTCODES

    @property
    def region_code(self) -> str:
        """The French department (``57``, ``974``), or the country code of an address abroad."""
        if self.country not in _FRENCH_POSTCODES:
            return self.country
        return self.postal_code[:3] if self.postal_code.startswith(("97", "98")) else self.postal_code[:2]

    def lines(self, addressee: str) -> tuple[str, ...]:
        """Return the lines to print: street and town lines in capitals without punctuation, empty lines left out."""
        inner = [self.complement, self.building]
        lower = [self.street, self.locality, f"{self.postal_code} {self.city}"]
        return (
            addressee,
            *(line for line in inner if line),
            *(line for line in map(_capitals, filter(None, lower)) if line),
            *(() if self.country == "FR" else (self.country,)),
        )

    def faults(self, addressee: str) -> tuple[str, ...]:
        """Return the printed lines that break the AFNOR limits (more than 38 characters)."""
        return tuple(line for line in self.lines(addressee) if len(line) > MAX_CHARACTERS)


@lru_cache(maxsize=4096)  # the same towns come back all night
def _capitals(line: str) -> str:
    """Return the line in capitals, without punctuation, accents kept off as the norm asks for the lower lines."""
    if not line.isascii():
        apart = unicodedata.normalize("NFKD", line.replace("œ", "oe").replace("Œ", "OE"))
        line = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(_PUNCTUATION.sub(" ", line).upper().split())


_PUNCTUATION = re.compile(r"[^\w/]")
