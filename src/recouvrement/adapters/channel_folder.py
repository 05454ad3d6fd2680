"""The default channel: files in a folder, and nothing sent to any network.

A message becomes ``<on>_<document>_<recipient>_<action>`` files and a ``receipt_<action>.json`` which appears last,
once the files it names are complete and on disk. **The receipt is the delivery**: files without it are the remains of
a dead run and must not be sent; asking for the receipt, or delivering again, removes them. Leave receipts where they
are: they are how the channel knows that a message has left. The other files may be moved once handled.
"""

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from pydantic import ValidationError

from recouvrement.dispatch.eml import eml_bytes
from recouvrement.dispatch.filenames import action_key, extension, slug
from recouvrement.dispatch.message import LETTER_FILENAME, Message, Receipt
from recouvrement.domain.decision import ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import AlreadyDelivered, InvalidInput, Unavailable


class DeliveredFile(Value):
    """One file of a delivery, with the SHA-256 of its bytes."""

    name: Line
    sha256: Code


class FolderParty(Value):
    """A sender or recipient as the message named it."""

    name: Line
    email: Line | None = None
    phone: Line | None = None
    postal_lines: tuple[Line, ...] = ()


class FolderReceipt(Value):
    """What a receipt file says; amounts are strings."""

    action_id: Code
    case_id: Code
    kind: ActionKind
    channel: Channel
    document: DocumentKind
    on: CivilDate
    sender: FolderParty
    recipient: FolderParty
    subject: Line
    amount: Money
    item_ids: tuple[Code, ...]
    payload_hash: Code
    files: tuple[DeliveredFile, ...]

    @property
    def receipt(self) -> Receipt:
        """The receipt as the protocol wants it; its reference is the first file."""
        return Receipt(
            action_id=self.action_id,
            channel=self.channel,
            payload_hash=self.payload_hash,
            reference=self.files[0].name,
        )


class FolderChannel:
    """Writes messages into a folder, each exactly once whatever the moment the process dies.

    The folder is created when absent. One process at a time delivers a given action: the journal's ``exclusive()``
    sees to it. Raises ``InvalidInput`` when the path is a file or cannot be made a folder.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise InvalidInput(
                where=str(folder),
                found=f"this is not a folder and cannot become one ({_reason(fault)})",
                hint="Give the path of a folder, or of one that can be created.",
            ) from fault
        self._folder = folder

    def deliver(self, message: Message) -> Receipt:
        """Write the message and return its receipt; a message already taken is left as it is.

        Raises ``AlreadyDelivered`` when the same action was taken with another payload, ``Refused`` when the message
        cannot be written as a file, ``Unavailable`` when the folder cannot be read or written.
        """
        key = action_key(message.action_id)
        with self._reachable():
            taken = self._taken(key)
            if taken is not None:
                return _same(taken, message)
            files = _files(message, key)
            record = _record(message, files)
            self._withdraw(key)
            # The receipt is first written under a hidden name: whatever dies next, it says which files to remove.
            self._write(_pending(key), (record.model_dump_json(indent=2) + "\n").encode())
            self._sync_folder()
            try:
                for number, content in enumerate(files.values()):
                    self._write(_staged(key, number), content)
                for number, name in enumerate(files):
                    self._move(_staged(key, number), name)
                self._sync_folder()  # the files are durable before the receipt can be seen
                self._move(_pending(key), _receipt(key))
                self._sync_folder()
            except OSError:
                # With its receipt in place the message is out: calling that a failure would have it written again.
                if self._taken(key) is None:
                    with contextlib.suppress(OSError):  # a full disk: give back what was taken, as far as possible
                        self._withdraw(key)
                    raise
        return record.receipt

    def receipt(self, action_id: str) -> Receipt | None:
        """Return the receipt of a message already taken, or ``None`` when it certainly was not.

        To be certain, it removes what a dead run left of an unfinished delivery: after ``None`` no file of that action
        lies in the folder, and the message may be given up. So ask only where delivering would be allowed, never
        beside a run in progress. Raises ``Unavailable`` when the answer cannot be known: the folder is out of reach or
        the receipt file is damaged.
        """
        key = action_key(action_id)
        with self._reachable():
            taken = self._taken(key)
            if taken is None:
                self._withdraw(key)
        return taken.receipt if taken is not None and taken.action_id == action_id else None

    @contextlib.contextmanager
    def _reachable(self) -> Iterator[None]:
        """Turn a missing folder and every failure of the disk into ``Unavailable``."""
        if not self._folder.is_dir():  # an unmounted disk must not pass for an empty folder
            raise Unavailable(
                where=str(self._folder),
                found="the folder is gone",
                hint="Mount or restore it; messages wait until then.",
            )
        try:
            yield
        except OSError as fault:
            raise Unavailable(
                where=str(self._folder), found=f"cannot read or write: {_reason(fault)}", hint=_remedy(fault)
            ) from fault

    def _taken(self, key: str) -> FolderReceipt | None:
        path = self._folder / _receipt(key)
        try:
            return FolderReceipt.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError:
            raise Unavailable(
                where=str(path),
                found="this is not a receipt that can be read",
                hint="Look whether its letter left. If so restore this file from a backup, otherwise delete it.",
            ) from None

    def _withdraw(self, key: str) -> None:
        """Remove the files a pending receipt announces, then the pending receipt itself."""
        pending = self._folder / _pending(key)
        try:
            record = FolderReceipt.model_validate_json(pending.read_bytes())
        except FileNotFoundError:
            return
        except ValidationError:
            # It died while being written, before any of the files it was to announce.
            pending.unlink(missing_ok=True)
            return
        for number, file in enumerate(record.files):
            (self._folder / _staged(key, number)).unlink(missing_ok=True)
            if key in file.name and Path(file.name).name == file.name:  # an edited receipt cannot reach elsewhere
                (self._folder / file.name).unlink(missing_ok=True)
        pending.unlink(missing_ok=True)
        self._sync_folder()

    def _write(self, name: str, content: bytes) -> None:
        path = self._folder / name
        path.unlink(missing_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _move(self, name: str, target: str) -> None:
        (self._folder / name).replace(self._folder / target)

    def _sync_folder(self) -> None:
        if os.name == "nt":  # Windows cannot open a folder to flush it; NTFS journals its entries
            return
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _receipt(key: str) -> str:
    return f"receipt_{key}.json"


def _pending(key: str) -> str:
    return f".{key}.json.part"


def _staged(key: str, number: int) -> str:
    return f".{key}.{number}.part"


def _files(message: Message, key: str) -> dict[str, bytes]:
    """Return the files of a message by name, the one that names the delivery first."""
    draft = "projet_" if message.kind is ActionKind.APPROVAL else ""
    stem = f"{message.on.isoformat()}_{draft}{message.document.value}_{slug(message.recipient_name)}_{key}"
    text = {f"{stem}.txt": message.text.encode()}
    letter = {f"{stem}.pdf": one.data for one in message.attachments if one.filename == LETTER_FILENAME}
    enclosed = [one for one in message.attachments if one.filename != LETTER_FILENAME]
    enclosures = {
        f"{stem}_{number}_{slug(attachment.filename.rpartition('.')[0] or attachment.filename)}"
        f"{extension(attachment.filename)}": attachment.data
        for number, attachment in enumerate(enclosed, start=1)
    }
    match message.channel:
        case Channel.EMAIL:
            return {f"{stem}.eml": eml_bytes(message)}
        case Channel.POST | Channel.REGISTERED_POST:
            return {**letter, f"{stem}.html": message.html.encode(), **text, **enclosures}
        case Channel.PHONE | Channel.SMS | Channel.INTERNAL:
            return {**text, **letter, **enclosures}
        case _:
            assert_never(message.channel)


def _record(message: Message, files: dict[str, bytes]) -> FolderReceipt:
    return FolderReceipt(
        action_id=message.action_id,
        case_id=message.case_id,
        kind=message.kind,
        channel=message.channel,
        document=message.document,
        on=message.on,
        sender=FolderParty(name=message.sender_name, email=message.sender_email),
        recipient=FolderParty(
            name=message.recipient_name,
            email=message.recipient_email,
            phone=message.recipient_phone,
            postal_lines=message.postal_lines,
        ),
        subject=message.subject,
        amount=message.amount,
        item_ids=message.item_ids,
        payload_hash=message.payload_hash,
        files=tuple(
            DeliveredFile(name=name, sha256=hashlib.sha256(content).hexdigest()) for name, content in files.items()
        ),
    )


def _same(taken: FolderReceipt, message: Message) -> Receipt:
    """Return the receipt of a message delivered before, once certain that it is this one."""
    if (taken.action_id, taken.payload_hash) == (message.action_id, message.payload_hash):
        return taken.receipt
    raise AlreadyDelivered(
        where=f"action {message.action_id}",
        found=(
            f"action {taken.action_id} was delivered with payload {taken.payload_hash}, "
            f"this message has payload {message.payload_hash}"
        ),
        hint="The first message has left and stands; a new message needs an action of its own.",
    )


def _reason(fault: OSError) -> str:
    return fault.strerror or type(fault).__name__


def _remedy(fault: OSError) -> str:
    match fault.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "Free some space, then run again: nothing was half delivered."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "Let the user who runs this write into the folder, then run again."
        case _:
            return "Check the disk and the folder, then run again: nothing was half delivered."
