"""The hash chain: each stored event carries the hash of the one before it, so that none can change unnoticed."""

import hashlib
import json
from typing import NamedTuple

GENESIS = "0" * 64
"""What stands before the first event of a creditor."""


class Link(NamedTuple):
    """The fields of a stored event that its hash covers, as they are stored."""

    creditor_id: str
    case_id: str
    version: int
    event_id: str
    type: str
    effective_on: str
    recorded_at: str
    payload: str


def link_hash(previous: str, link: Link) -> str:
    """Return the SHA-256, in hexadecimal, of an event and of the hash before it.

    Fields are hashed as a JSON list: no two different events give the same text. A value that JSON cannot write is not
    one the journal wrote; it is hashed as its representation, and so cannot match.

    >>> len(link_hash(GENESIS, Link("c", "c/d/EUR", 1, "e1", "stop_lifted", "2026-03-14", "", "{}")))
    64
    """
    canonical = json.dumps([previous, *link], ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
