"""The folder channel: one complete set of files per action, whatever the names and however often it is asked."""

import errno
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recouvrement.adapters.channel_folder import FolderChannel
from recouvrement.dispatch.message import LETTER_FILENAME, Attachment, DeliveryChannel, Message
from recouvrement.domain.decision import ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import InvalidInput, Refused, Unavailable

STEM = "2026-03-14_mise_en_demeure_coeur-etoile_act-1"
LINE = st.text(
    st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\u2028\u2029"), min_size=1, max_size=300
)


def message(
    channel: Channel = Channel.REGISTERED_POST,
    *,
    action_id: str = "act-1",
    recipient_name: str = "Cœur & Étoile",
    text: str = "Mise en demeure : 1\u202f250,50\u00a0€\n",
    attachments: tuple[Attachment, ...] = (),
) -> Message:
    return Message(
        action_id=action_id,
        case_id="acme/durand/EUR",
        kind=ActionKind.CONTACT,
        document=DocumentKind.MISE_EN_DEMEURE,
        channel=channel,
        on=date(2026, 3, 14),
        sender_name="Acmé SARL",
        sender_email="compta@acme.example",
        recipient_name=recipient_name,
        recipient_email="jean@durand.example",
        recipient_phone="+33 1 23 45 67 89",
        postal_lines=("Cœur & Étoile", "12 rue du Bac", "75007 PARIS"),
        subject="Mise en demeure",
        text=text,
        html="<p>Mise en demeure : 1\u202f250,50\u00a0€</p>\n",
        amount=Money.of("9999999999999.99", "EUR"),
        item_ids=("F-12/1", "F-13/1"),
        attachments=attachments,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_it_is_a_delivery_channel(tmp_path: Path) -> None:
    channel: DeliveryChannel = FolderChannel(tmp_path)
    assert channel.receipt("act-1") is None


@pytest.mark.parametrize(
    ("channel", "names"),
    [
        (Channel.EMAIL, {f"{STEM}.eml"}),
        (Channel.POST, {f"{STEM}.html", f"{STEM}.txt"}),
        (Channel.REGISTERED_POST, {f"{STEM}.html", f"{STEM}.txt"}),
        (Channel.PHONE, {f"{STEM}.txt"}),
        (Channel.INTERNAL, {f"{STEM}.txt"}),
    ],
)
def test_each_channel_writes_its_files_and_a_receipt(tmp_path: Path, channel: Channel, names: set[str]) -> None:
    receipt = FolderChannel(tmp_path).deliver(message(channel))
    assert set(contents(tmp_path)) == names | {"receipt_act-1.json"}
    assert receipt.reference in names
    assert receipt.channel is channel


def test_the_folder_is_created_when_absent(tmp_path: Path) -> None:
    FolderChannel(tmp_path / "courriers" / "2026").deliver(message())
    assert (tmp_path / "courriers" / "2026" / f"{STEM}.txt").is_file()


def test_files_hold_what_the_message_says(tmp_path: Path) -> None:
    FolderChannel(tmp_path).deliver(message())
    assert (tmp_path / f"{STEM}.txt").read_text(encoding="utf-8") == message().text
    assert (tmp_path / f"{STEM}.html").read_text(encoding="utf-8") == message().html


def test_the_eml_shows_the_same_text_with_its_accents(tmp_path: Path) -> None:
    FolderChannel(tmp_path).deliver(message(Channel.EMAIL))
    mail = message_from_bytes((tmp_path / f"{STEM}.eml").read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == message().text


def test_the_receipt_names_its_files_with_their_hashes_and_amounts_as_strings(tmp_path: Path) -> None:
    FolderChannel(tmp_path).deliver(message())
    receipt = json.loads((tmp_path / "receipt_act-1.json").read_text(encoding="utf-8"))
    assert receipt == {
        "action_id": "act-1",
        "case_id": "acme/durand/EUR",
        "kind": "contact",
        "channel": "registered_post",
        "document": "mise_en_demeure",
        "on": "2026-03-14",
        "sender": {"name": "Acmé SARL", "email": "compta@acme.example", "phone": None, "postal_lines": []},
        "recipient": {
            "name": "Cœur & Étoile",
            "email": "jean@durand.example",
            "phone": "+33 1 23 45 67 89",
            "postal_lines": ["Cœur & Étoile", "12 rue du Bac", "75007 PARIS"],
        },
        "subject": "Mise en demeure",
        "amount": {"amount": "9999999999999.99", "currency": "EUR"},
        "item_ids": ["F-12/1", "F-13/1"],
        "payload_hash": message().payload_hash,
        "files": [
            {"name": name, "sha256": hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}
            for name in (f"{STEM}.html", f"{STEM}.txt")
        ],
    }


def test_a_letter_leaves_with_its_enclosures(tmp_path: Path) -> None:
    enclosure = Attachment(filename="../Décompte.CSV", media_type="text/csv", content="intérêts;12,40\n")
    FolderChannel(tmp_path).deliver(message(attachments=(enclosure,)))
    assert (tmp_path / f"{STEM}_1_decompte.csv").read_text(encoding="utf-8") == "intérêts;12,40\n"


@pytest.mark.parametrize("channel", [Channel.POST, Channel.REGISTERED_POST, Channel.INTERNAL])
def test_the_letter_as_pdf_bears_the_name_of_the_delivery(tmp_path: Path, channel: Channel) -> None:
    letter = Attachment.of(LETTER_FILENAME, "application/pdf", b"%PDF-1.7 \x00\xff")
    invoice = Attachment.of("F-12.pdf", "application/pdf", b"%PDF-1.4")
    FolderChannel(tmp_path).deliver(message(channel, attachments=(letter, invoice)))
    assert (tmp_path / f"{STEM}.pdf").read_bytes() == letter.data
    assert (tmp_path / f"{STEM}_1_f-12.pdf").read_bytes() == invoice.data
    assert f"{STEM}_2_courrier.pdf" not in contents(tmp_path)


def test_delivering_again_returns_the_same_receipt_and_touches_nothing(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path)
    first = channel.deliver(message())
    before = {path.name: (path.stat().st_ino, path.read_bytes()) for path in tmp_path.iterdir()}
    assert FolderChannel(tmp_path).deliver(message()) == first
    assert channel.receipt("act-1") == first
    assert {path.name: (path.stat().st_ino, path.read_bytes()) for path in tmp_path.iterdir()} == before


def test_a_letter_moved_away_once_posted_is_not_written_again(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path)
    channel.deliver(message())
    (tmp_path / f"{STEM}.html").unlink()
    channel.deliver(message())
    assert not (tmp_path / f"{STEM}.html").exists()


def test_the_same_action_with_another_payload_is_refused_naming_both(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path)
    channel.deliver(message())
    before = contents(tmp_path)
    changed = message(text="Un autre texte\n")
    with pytest.raises(Refused) as refusal:
        channel.deliver(changed)
    assert message().payload_hash in refusal.value.found
    assert changed.payload_hash in refusal.value.found
    assert contents(tmp_path) == before


def test_an_action_whose_key_is_taken_by_another_is_refused(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path)
    channel.deliver(message())
    (tmp_path / "receipt_act-1.json").rename(tmp_path / "receipt_act-2.json")
    assert channel.receipt("act-2") is None
    with pytest.raises(Refused, match="act-1 was delivered"):
        channel.deliver(message(action_id="act-2"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(name=LINE, action_id=LINE.filter(lambda text: text == text.strip(" ") and len(text) <= 120))
@example(name="../../etc/passwd", action_id="../../../etc/passwd")
@example(name="CON", action_id="NUL")
@example(name="\u202efdp.exe", action_id="C:\\Windows\\system32")
@example(name="😀" * 300, action_id="é" * 120)
@example(name=".", action_id="..")
def test_no_name_leaves_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str, action_id: str) -> None:
    outside = tmp_path_factory.mktemp("outside")
    folder = outside / "folder"
    channel = FolderChannel(folder)
    letter = message(recipient_name=name, action_id=action_id)
    receipt = channel.deliver(letter)
    assert [path.name for path in outside.iterdir()] == ["folder"]
    written = contents(folder)
    assert len(written) == 3
    assert all(len(file) < 160 and file.isascii() and file[0] in "2r" for file in written)
    assert channel.receipt(action_id) == receipt == channel.deliver(letter)


def test_a_file_in_place_of_the_folder_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "sortie").write_text("", encoding="utf-8")
    with pytest.raises(InvalidInput, match="not a folder"):
        FolderChannel(tmp_path / "sortie")


def test_a_folder_that_vanished_is_unavailable_and_not_empty(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path / "disque")
    (tmp_path / "disque").rmdir()
    with pytest.raises(Unavailable, match="gone"):
        channel.receipt("act-1")
    with pytest.raises(Unavailable, match="gone"):
        channel.deliver(message())


def test_a_folder_closed_to_writing_is_unavailable() -> None:
    """The attempt is made by a child process that gives up the rights of root, which may write anywhere."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
    channel = FolderChannel(folder)
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setuid(65534)
        try:
            channel.deliver(message())
        except Unavailable as fault:
            os._exit(0 if "Let the user" in fault.hint else 2)
        except BaseException:  # noqa: BLE001  # the child must end here, whatever happened
            os._exit(3)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    folder.chmod(stat.S_IRWXU)
    assert list(folder.iterdir()) == []
    folder.rmdir()
    assert os.waitstatus_to_exitcode(status) == 0


def failing_at(number: int, real: Callable[..., object], code: int) -> Callable[..., object]:
    """Return the same function, whose call of that rank (from 0) fails once with that error."""
    calls = iter(range(10_000))

    def call(*arguments: object, **named: object) -> object:
        if next(calls) == number:
            raise OSError(code, os.strerror(code))
        return real(*arguments, **named)

    return call


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.parametrize(
    ("function", "number"), [*(("fsync", number) for number in range(5)), *(("replace", number) for number in range(3))]
)
def test_a_disk_that_fails_leaves_no_letter_and_the_next_try_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, code: int
) -> None:
    channel = FolderChannel(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, function, failing_at(number, getattr(os, function), code))
        with pytest.raises(Unavailable) as fault:
            channel.deliver(message())
    assert ("Free some space" in fault.value.hint) == (code == errno.ENOSPC)
    assert not [name for name in contents(tmp_path) if not name.startswith(".")]
    assert channel.receipt("act-1") is None
    assert contents(tmp_path) == {}
    channel.deliver(message())
    assert set(contents(tmp_path)) == {f"{STEM}.html", f"{STEM}.txt", "receipt_act-1.json"}


def test_a_disk_that_fails_once_the_receipt_is_there_does_not_undo_the_delivery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = FolderChannel(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", failing_at(5, os.fsync, errno.EIO))
        receipt = channel.deliver(message())
    assert channel.receipt("act-1") == receipt
    assert set(contents(tmp_path)) == {f"{STEM}.html", f"{STEM}.txt", "receipt_act-1.json"}


@pytest.mark.parametrize("damage", [b"", b"{", b"{}", b"\xff"])
def test_a_damaged_receipt_stops_its_action_until_somebody_looks(tmp_path: Path, damage: bytes) -> None:
    channel = FolderChannel(tmp_path)
    channel.deliver(message())
    (tmp_path / "receipt_act-1.json").write_bytes(damage)
    before = contents(tmp_path)
    with pytest.raises(Unavailable, match="not a receipt"):
        channel.receipt("act-1")
    with pytest.raises(Unavailable, match="not a receipt"):
        channel.deliver(message())
    assert contents(tmp_path) == before


def test_hidden_files_of_a_dead_run_do_not_stand_in_the_way(tmp_path: Path) -> None:
    for name in (".act-1.json.part", ".act-1.0.part", ".act-1.1.part"):
        (tmp_path / name).write_bytes(b"{")
    FolderChannel(tmp_path).deliver(message())
    assert set(contents(tmp_path)) == {f"{STEM}.html", f"{STEM}.txt", "receipt_act-1.json"}


def test_an_edited_pending_receipt_cannot_delete_outside_its_action(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    channel = FolderChannel(folder)
    channel.deliver(message())
    victim = tmp_path / "act-1.txt"
    victim.write_text("", encoding="utf-8")
    record = json.loads((folder / "receipt_act-1.json").read_text(encoding="utf-8"))
    record["files"] = [{"name": "../act-1.txt", "sha256": "0"}, {"name": "autre.txt", "sha256": "0"}]
    (folder / "receipt_act-1.json").unlink()
    (folder / ".act-1.json.part").write_text(json.dumps(record), encoding="utf-8")
    (folder / "autre.txt").write_text("", encoding="utf-8")
    channel.deliver(message())
    assert victim.exists()
    assert (folder / "autre.txt").exists()
