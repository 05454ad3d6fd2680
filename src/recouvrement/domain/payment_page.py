"""The address of a page where a debtor can pay online, in the one form that letters may show."""

import re
from typing import Annotated

from pydantic import AfterValidator, ValidationError
from pydantic_core import Url

MAX_LENGTH = 500
_MAX_HOST, _SHOWN = 253, 80
_HTTPS = "https://"
_EXAMPLE = "https://paiement.exemple.example/F2026-0118"
# What RFC 3986 lets an address hold, less what Markdown, HTML or a mail program that looks for the end of a link could
# take for something else. "@" is left out too: it makes readers take a user or a path for the host.
_REFUSED = re.compile(r"[^A-Za-z0-9\-._~/?#&=+,:%]")
_NOT_LAST = (".", ",", ":", "?")
_HALF_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_USER = re.compile(r"(?<=//)[^/?#]*@")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}")
"""Names with a dot; a number such as ``192.0.2.1`` or a machine of the firm's own network is no page for a debtor."""


def _payment_url(value: str) -> str:
    """Return the address as a browser opens it; raises ``ValueError`` that says what to write instead."""
    if value[: len(_HTTPS)].lower() != _HTTPS or value[len(_HTTPS) :].startswith("/"):
        message = f"{_shown(value)} does not begin with https:// and a host: write a secure address, e.g. {_EXAMPLE}"
        raise ValueError(message)
    authority = re.split(r"[/?#]", value[len(_HTTPS) :], maxsplit=1)[0]
    if "@" in authority:
        message = f"it names a user before its host, which hides where it leads: write it without, e.g. {_EXAMPLE}"
        raise ValueError(message)
    if not authority.isascii():
        message = f"host {_shown(authority)} is not in plain letters: write its ASCII form, which begins with xn--"
        raise ValueError(message)
    if refused := _REFUSED.search(value):
        message = f"{_shown(value)} holds {refused.group()!r}: {_instead(refused.group())}"
        raise ValueError(message)
    if _HALF_ENCODED.search(value):
        message = f"{_shown(value)} holds '%' without two hexadecimal digits: write it as %25"
        raise ValueError(message)
    if value.endswith(_NOT_LAST):
        message = f"{_shown(value)} ends with {value[-1]!r}, which mail programs leave out of a link: take it out"
        raise ValueError(message)
    address = _parsed(value)
    if len(address) > MAX_LENGTH:
        message = f"it has {len(address)} characters: give an address of at most {MAX_LENGTH}, such as a shorter page"
        raise ValueError(message)
    return address


def _parsed(value: str) -> str:
    """Return the address in its normal form: host in small letters, a path, no port that goes without saying."""
    try:
        url = Url(value)
    except ValidationError as fault:
        why = fault.errors(include_url=False)[0]["msg"].rpartition(", ")[2]
        message = f"{_shown(value)} is not an address ({why}): copy it from the browser, e.g. {_EXAMPLE}"
        raise ValueError(message) from None
    if url.host is None or len(url.host) > _MAX_HOST or not _DOMAIN.fullmatch(url.host):
        message = f"host {_shown(url.host or '')} is not the name of a public site: write it in full, e.g. {_EXAMPLE}"
        raise ValueError(message)
    return str(url)


def _shown(text: str) -> str:
    """Return an address for a message, its end left out when it is long, and a user who may have a password."""
    told = _USER.sub("…@", text)
    return repr(told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…")


def _instead(character: str) -> str:
    if not character.isprintable() or character.isspace():
        return "take it out, or check that the whole address was copied"
    encoded = "".join(f"%{byte:02X}" for byte in character.encode())
    return f"write {encoded} in its place"


PaymentUrl = Annotated[str, AfterValidator(_payment_url)]
"""An ``https`` address of a public site: ASCII, no space, no sign of markup, no user's name, 500 characters at most.

Kept in its normal form (``HTTPS://Pay.Example`` is ``https://pay.example/``): what a letter shows is what opens.
"""
