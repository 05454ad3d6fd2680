"""The errors of the library: one root and a shallow family, each with a stable code.

Every error carries three facts: ``where`` (file and line, path to a field, or parameter and date),
``found`` (what was there) and ``hint`` (what the reader should do next).
"""

from typing import ClassVar


class RecouvrementError(Exception):
    """Root of every error raised on purpose by the library.

    >>> error = InvalidInput(where="factures.csv:12", found="'31/02/26' is not a date", hint="Write it as 28/02/2026.")
    >>> print(error)
    factures.csv:12: '31/02/26' is not a date. Write it as 28/02/2026.
    >>> error.code
    'invalid-input'
    """

    code: ClassVar[str] = "recouvrement"

    def __init__(self, *, where: str, found: str, hint: str) -> None:
        super().__init__(where, found, hint)
        self.where = where
        self.found = found
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.found.rstrip('.')}. {self.hint}"

    def as_row(self) -> dict[str, str]:
        """Return the error as a flat record for reports and ``--json`` output."""
        return {"code": self.code, "where": self.where, "found": self.found, "hint": self.hint}


class InvalidInput(RecouvrementError):
    """What the caller gave cannot be read as what it should be."""

    code = "invalid-input"


class LawError(RecouvrementError):
    """The law files cannot answer the question asked."""

    code = "law"


class NotCovered(LawError):
    """The date lies outside the days a legal parameter or rule covers; the last value is never extended."""

    code = "not-covered"


class RefusedClause(LawError):
    """A clause sets a rate the law does not let it set; it is never replaced in silence."""

    code = "refused-clause"


class ScenarioError(RecouvrementError):
    """A scenario is faulty; ``faults`` holds every fault found, not only the first."""

    code = "scenario"

    def __init__(self, *, where: str, found: str, hint: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(where=where, found=found, hint=hint)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  - {fault}" for fault in self.faults)])

    def as_row(self) -> dict[str, str]:
        """Return the error as a flat record; its faults are the lines of one text."""
        return super().as_row() | ({"faults": "\n".join(self.faults)} if self.faults else {})


class EngineError(RecouvrementError):
    """The engine broke a promise of its own: a date that never becomes silent, a wake-up that does not come later."""

    code = "engine"


class JournalError(RecouvrementError):
    """The journal cannot be read or written."""

    code = "journal"


class VersionConflict(JournalError):
    """Somebody else wrote to the case since it was read."""

    code = "version-conflict"


class UnknownEvent(JournalError):
    """The journal holds an event kind that this version of the library does not know."""

    code = "unknown-event"


class BrokenChain(JournalError):
    """A stored event does not match its hash: the journal was altered or damaged."""

    code = "broken-chain"


class RenderError(RecouvrementError):
    """A document cannot be produced from its template."""

    code = "render"


class MissingMention(RenderError):
    """A rendered document lacks a mention it must carry; it is refused rather than sent."""

    code = "missing-mention"


class MissingAttachment(RenderError):
    """A file that must go with a document was not found, or does not fit: the document is not made without it."""

    code = "missing-attachment"


class DeliveryError(RecouvrementError):
    """A channel could not take a message."""

    code = "delivery"


class Refused(DeliveryError):
    """The channel refused the message for good: sending the same again will not help."""

    code = "refused"


class AlreadyDelivered(Refused):
    """The channel has already taken this action, with other content: what left stands."""

    code = "already-delivered"


class Unavailable(DeliveryError):
    """The channel is out of reach for now: the message may be sent again later."""

    code = "unavailable"
