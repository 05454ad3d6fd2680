"""What leaves: a message, its receipt, and the protocol a channel follows."""

import base64
import hashlib
from typing import Literal, Protocol, Self

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from recouvrement.domain.decision import ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.values import CivilDate, Code, Instant, Line, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind

LETTER_FILENAME = "courrier.pdf"
"""Name, among the attachments of a message, of the message itself set on paper."""


class Attachment(Value):
    """A file that goes with a message: text as it is, anything else in base64, so that a message stays one line."""

    filename: Code
    media_type: Code
    content: str
    encoding: Literal["utf-8", "base64"] = "utf-8"

    @classmethod
    def of(cls, filename: str, media_type: str, data: bytes) -> Self:
        """Return the attachment of a file's bytes.

        >>> Attachment.of("F2026-118.pdf", "application/pdf", b"%PDF-1.7").content
        'JVBERi0xLjc='
        """
        content = base64.b64encode(data).decode("ascii")
        return cls(filename=filename, media_type=media_type, content=content, encoding="base64")

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.content.encode() if self.encoding == "utf-8" else base64.b64decode(self.content)

    @model_validator(mode="after")
    def _is_readable(self) -> Self:
        if self.encoding == "base64":
            try:
                base64.b64decode(self.content, validate=True)
            except ValueError:
                message = "the content is not base64"
                raise ValueError(message) from None
        return self

    @model_serializer(mode="wrap")
    def _as_written_before(self, fields: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Leave the encoding of a text out: messages kept before there was one must give the same hash."""
        written: dict[str, object] = fields(self)
        return {name: value for name, value in written.items() if name != "encoding" or value != "utf-8"}


class Message(Value):
    """One document addressed to one recipient on one channel, ready to leave as it is."""

    action_id: Code
    case_id: Code
    kind: ActionKind
    document: DocumentKind
    channel: Channel
    on: CivilDate
    not_before: Instant | None = None
    """First moment at which the scenario lets it leave; ``None``: at once."""
    sender_name: Line
    sender_email: Line | None = None
    recipient_name: Line
    recipient_email: Line | None = None
    recipient_phone: Line | None = None
    postal_lines: tuple[Line, ...] = ()
    subject: Line
    text: str
    html: str
    amount: Money
    """Balance the message asks for, without accessories."""
    item_ids: tuple[Code, ...]
    attachments: tuple[Attachment, ...] = ()

    @property
    def payload(self) -> str:
        """The message as one line of JSON: what the outbox keeps and the archive hashes."""
        return self.model_dump_json()

    @property
    def payload_hash(self) -> str:
        """SHA-256 of the payload, in hexadecimal."""
        return hashlib.sha256(self.payload.encode()).hexdigest()


class Receipt(Value):
    """What a channel gives back when it has taken a message."""

    action_id: Code
    channel: Channel
    payload_hash: Code
    reference: Line
    """Where the channel put it: a file name, a provider's number."""


class DeliveryChannel(Protocol):
    """A way out. ``deliver`` called twice with the same message must not send twice."""

    def deliver(self, message: Message) -> Receipt:
        """Send the message and return its receipt. Raises ``Refused`` (for good) or ``Unavailable`` (try again)."""
        ...

    def receipt(self, action_id: str) -> Receipt | None:
        """Return the receipt of a message already taken, or ``None`` when it certainly was not."""
        ...
