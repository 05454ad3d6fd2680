"""A message as an e-mail file (RFC 5322): the same message always gives the same bytes.

The headers that hold names are written here and not by ``email.message``: when it folds a long display name with
commas, CPython drops the quotes and one recipient becomes sixty. Every name that is not plain ASCII words is an
encoded-word (RFC 2047), in which nothing can be read as an address or a header.
"""

import base64
import hashlib
import re
from datetime import datetime, time
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from recouvrement.dispatch.message import Attachment, Message
from recouvrement.domain.parties import EmailAddress
from recouvrement.errors import Refused

SENT_AT = time(8, 0)
"""Hour written in the ``Date`` header, French time: the message carries its day, not the moment it was written."""

_PARIS = ZoneInfo("Europe/Paris")
_ADDRESS: TypeAdapter[str] = TypeAdapter(EmailAddress)
_PLAIN_SUBJECT = re.compile(r"[A-Za-z0-9,.;:!()'/-]+(?: [A-Za-z0-9,.;:!()'/-]+)*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")
_PLAIN_LENGTH = 60
_WORD_BYTES = 39
"""Bytes of text in one encoded-word: 52 characters of base64 and 12 around them keep a header line under 76."""
_MEDIA_TYPE = re.compile(r"([a-z]+)/([a-z0-9][a-z0-9.+-]*)")
_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")


def eml_bytes(message: Message) -> bytes:
    """Return the message as an ``.eml`` file: text and HTML alternatives, attachments, CRLF line ends.

    Nothing is random: boundaries and ``Message-ID`` are derived from the action, ``Date`` is ``message.on`` at
    ``SENT_AT``. Without a sender's address there is no ``From``: the file opens as a draft for whoever sends it.
    Raises ``Refused`` when the recipient has no usable address or an attachment no usable media type.
    """
    where = f"message {message.action_id}"
    recipient = _address(message.recipient_email, where=f"{where}: recipient_email")
    digest = hashlib.sha256(message.action_id.encode()).hexdigest()
    domain = "recouvrement.invalid"
    headers = []
    if message.sender_email is not None:
        sender = _address(message.sender_email, where=f"{where}: sender_email")
        domain = sender.rpartition("@")[2]
        headers.append(("From", _mailbox(message.sender_name, sender)))
    headers += [
        ("To", _mailbox(message.recipient_name, recipient)),
        ("Subject", _unstructured(message.subject)),
        ("Date", format_datetime(datetime.combine(message.on, SENT_AT, tzinfo=_PARIS))),
        ("Message-ID", f"<{digest[:32]}@{domain}>"),
        # RFC 2156: a server that knows the header keeps the message until then; others send at once.
        *([("Deferred-Delivery", format_datetime(message.not_before))] if message.not_before is not None else []),
        ("X-Unsent", "1"),  # mail programs then open the file as a draft, ready to send
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return head.encode("ascii") + _body(message, digest).as_bytes()


def _body(message: Message, digest: str) -> EmailMessage:
    body = EmailMessage(policy=policy.SMTP)
    body.set_content(message.text, cte="quoted-printable")
    body.add_alternative(message.html, subtype="html", cte="quoted-printable")
    for attachment in message.attachments:
        _attach(body, attachment, where=f"message {message.action_id}: attachment {attachment.filename!r}")
    for number, part in enumerate(part for part in body.walk() if part.is_multipart()):
        # "=_" appears neither in quoted-printable nor in base64: no text can imitate the boundary.
        part.set_boundary(f"=_{digest[:32]}_{number}")
    return body


def _attach(body: EmailMessage, attachment: Attachment, *, where: str) -> None:
    media_type = _MEDIA_TYPE.fullmatch(attachment.media_type)
    if media_type is None or media_type[1] in {"message", "multipart"}:
        raise Refused(
            where=where,
            found=f"media type {attachment.media_type!r}",
            hint="Write it in lower case without parameters, such as text/csv or application/pdf.",
        )
    filename = re.sub(r"[/\\]", "-", attachment.filename)
    if media_type[1] == "text" and attachment.encoding == "utf-8":
        body.add_attachment(attachment.content, subtype=media_type[2], filename=filename, cte="quoted-printable")
    else:
        body.add_attachment(attachment.data, maintype=media_type[1], subtype=media_type[2], filename=filename)


def _address(address: str | None, *, where: str) -> str:
    """Return the address in ASCII, its domain in punycode if needed."""
    try:
        local, _, domain = _ADDRESS.validate_python(address).rpartition("@")
        ascii_domain = domain.encode("idna").decode("ascii")
    except (ValidationError, UnicodeError):
        local, ascii_domain = "", ""
    if not _LOCAL_PART.fullmatch(local) or not ascii_domain:
        raise Refused(
            where=where,
            found="no address" if address is None else f"{address!r} is not an e-mail address",
            hint="Give one address, local@domain, with an unaccented local part.",
        )
    return f"{local}@{ascii_domain}"


def _mailbox(name: str, address: str) -> str:
    if len(name) <= _PLAIN_LENGTH and _PLAIN_NAME.fullmatch(name):
        return f"{name}\r\n <{address}>"
    return f"{_encoded_words(name)}\r\n <{address}>"


def _unstructured(text: str) -> str:
    if len(text) <= _PLAIN_LENGTH and _PLAIN_SUBJECT.fullmatch(text):
        return text
    return _encoded_words(text)


def _encoded_words(text: str) -> str:
    """Return the text as encoded-words, one a line, none of which cuts a character in two."""
    words = [""]
    for character in text:
        if len((words[-1] + character).encode()) > _WORD_BYTES:
            words.append("")
        words[-1] += character
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word.encode()).decode()}?=" for word in words)
