"""Addresses as an envelope posted in France wants them: the country in full on the last line, when it is another."""

import unicodedata
from functools import lru_cache

from babel import Locale

from recouvrement.domain.address import PostalAddress


def envelope_lines(address: PostalAddress, addressee: str) -> tuple[str, ...]:
    """Return the lines to print; the country of an address abroad is named in French, the language of posting (UPU).

    >>> berlin = PostalAddress(street="Unter den Linden 7", postal_code="10117", city="Berlin", country="DE")
    >>> envelope_lines(berlin, "Tischlerei Krug GmbH")
    ('Tischlerei Krug GmbH', 'UNTER DEN LINDEN 7', '10117 BERLIN', 'ALLEMAGNE')
    """
    lines = address.lines(addressee)
    return lines if address.country == "FR" else (*lines[:-1], country_name(address.country))


def sender_lines(address: PostalAddress, sender: str, *, to: PostalAddress | None) -> tuple[str, ...]:
    """Return the lines of the sender, with its country when the letter leaves it."""
    lines = envelope_lines(address, sender)
    leaves = to is not None and not to.is_french
    return (*lines, country_name("FR")) if address.country == "FR" and leaves else lines


@lru_cache(maxsize=256)
def country_name(code: str) -> str:
    """Return the French name of a country in capitals without accents; the code itself when it has none."""
    name = str(Locale.parse("fr").territories.get(code, code))
    plain = unicodedata.normalize("NFKD", name.replace("’", " "))
    return "".join(character for character in plain if not unicodedata.combining(character)).upper()
