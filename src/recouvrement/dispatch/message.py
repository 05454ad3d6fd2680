"""What leaves: a message, its receipt, and the protocol a channel follows."""

import hashlib
from typing import Protocol

from recouvrement.domain.decision import ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.values import CivilDate, Code, Instant, Line, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind


class Attachment(Value):
    """A file that goes with a message, as text."""

    filename: Code
    media_type: Code
    content: str


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
