"""E-mail files: deterministic, readable by the standard library, deaf to what names contain."""

from datetime import date, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import TypedDict, Unpack

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from recouvrement.dispatch.eml import eml_bytes
from recouvrement.dispatch.message import Attachment, Message
from recouvrement.domain.decision import ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.values import Line
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import Refused

TEXT = (
    "Madame, Monsieur,\n\nLa facture F-12 de 1\u202f250,50\u00a0€ reste impayée à ce jour.\n\n"
    + "long " * 400
    + "\nœuf\n"
)
HTML = "<p>La facture reste impayée à ce jour\u00a0: 1\u202f250,50\u00a0€.</p>\n"


class Parts(TypedDict, total=False):
    action_id: str
    sender_name: str
    sender_email: str | None
    recipient_name: str
    recipient_email: str | None
    subject: str
    on: date
    text: str
    attachments: tuple[Attachment, ...]


def message(**parts: Unpack[Parts]) -> Message:
    return Message(
        action_id=parts.get("action_id", "act-1"),
        case_id="acme/durand/EUR",
        kind=ActionKind.CONTACT,
        document=DocumentKind.REMINDER_1,
        channel=Channel.EMAIL,
        on=parts.get("on", date(2026, 3, 14)),
        sender_name=parts.get("sender_name", "Société Acmé"),
        sender_email=parts.get("sender_email", "compta@acme.example"),
        recipient_name=parts.get("recipient_name", "Établissements Durand"),
        recipient_email=parts.get("recipient_email", "jean@durand.example"),
        subject=parts.get("subject", "Facture impayée"),
        text=parts.get("text", TEXT),
        html=HTML,
        amount=Money.of("1250.50", "EUR"),
        item_ids=("F-12",),
        attachments=parts.get("attachments", ()),
    )


def parsed(of: Message) -> EmailMessage:
    return message_from_bytes(eml_bytes(of), policy=policy.default)


def is_line(text: str) -> bool:
    try:
        TypeAdapter(Line).validate_python(text)
    except ValidationError:
        return False
    return True


lines = st.text(min_size=1, max_size=300).filter(is_line)


def test_the_text_and_the_html_come_back_with_their_accents() -> None:
    mail = parsed(message())
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().replace("\r\n", "\n") == HTML
    assert mail.get_content_type() == "multipart/alternative"


def test_the_same_message_gives_the_same_bytes_and_another_action_other_boundaries() -> None:
    attachment = Attachment(filename="relevé.csv", media_type="text/csv", content="n°;montant\n")
    first = message(attachments=(attachment,))
    assert eml_bytes(first) == eml_bytes(message(attachments=(attachment,)))
    assert parsed(first).get_boundary() != parsed(message(action_id="act-2", attachments=(attachment,))).get_boundary()


def test_every_line_ends_with_cr_lf_and_is_short_ascii() -> None:
    raw = eml_bytes(message(recipient_name="é" * 300, subject="à" * 300))
    assert raw.isascii()
    assert raw.replace(b"\r\n", b"").count(b"\n") == raw.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2026, 3, 14), "Sat, 14 Mar 2026 08:00:00 +0100"),
        (date(2026, 7, 14), "Tue, 14 Jul 2026 08:00:00 +0200"),
    ],
)
def test_the_date_is_the_day_of_the_message_at_eight_in_paris(on: date, written: str) -> None:
    mail = parsed(message(on=on))
    assert str(mail["Date"]) == written
    assert datetime.strptime(written, "%a, %d %b %Y %H:%M:%S %z").date() == on


def test_the_message_id_depends_on_the_action_alone() -> None:
    assert parsed(message())["Message-ID"] == parsed(message(subject="Autre"))["Message-ID"]
    assert parsed(message())["Message-ID"] != parsed(message(action_id="act-2"))["Message-ID"]
    assert str(parsed(message())["Message-ID"]).endswith("@acme.example>")


@given(name=lines, subject=lines)
@example(name="x, " * 60, subject="é, " * 60)
@example(name='Dupont" <voleur@example.org>, "', subject="Bcc: voleur@example.org")
@example(name="=?utf-8?q?a=0D=0ABcc:_x=40y.fr?=", subject="=?utf-8?q?a=0D=0ABcc:_x=40y.fr?=")
@example(name="\u202eliame", subject="😀" * 100)
def test_no_name_or_subject_adds_a_recipient_or_a_header(name: str, subject: str) -> None:
    mail = parsed(message(recipient_name=name, sender_name=name, subject=subject))
    assert [address.addr_spec for address in mail["To"].addresses] == ["jean@durand.example"]
    assert [address.addr_spec for address in mail["From"].addresses] == ["compta@acme.example"]
    assert mail.keys() == [
        *("From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"),
    ]
    assert mail.defects == []


@given(name=lines, subject=lines)
def test_names_and_subjects_come_back_as_they_were(name: str, subject: str) -> None:
    raw = message_from_bytes(eml_bytes(message(recipient_name=name, subject=subject)), policy=policy.compat32)
    assert str(make_header(decode_header(raw["Subject"]))) == subject
    shown, _, address = str(make_header(decode_header(raw["To"]))).rpartition("<")
    assert address == "jean@durand.example>"
    assert shown.strip() == name.strip()


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "pas-une-adresse",
        "a@b.fr, c@d.fr",
        "a@b.fr>\u2028Bcc: c@d.fr",
        "é@b.fr",
        "a b@c.fr",
        "a@" + "b" * 80 + ".fr",
    ],
)
def test_a_recipient_without_one_usable_address_is_refused(address: str | None) -> None:
    faulty = message().model_dump(exclude={"recipient_email"}) | {"recipient_email": None}
    if address and is_line(address):
        faulty["recipient_email"] = address
    with pytest.raises(Refused, match="recipient_email"):
        eml_bytes(Message.model_validate(faulty))


def test_a_domain_with_accents_is_written_in_punycode() -> None:
    mail = parsed(message(recipient_email="jean@société.example"))
    assert mail["To"].addresses[0].domain == "xn--socit-esab.example"


def test_without_a_sender_address_the_file_is_a_draft_without_from() -> None:
    mail = parsed(message(sender_email=None))
    assert mail["From"] is None
    assert mail["X-Unsent"] == "1"


def test_attachments_come_back_with_names_that_cannot_leave_a_folder() -> None:
    attachments = (
        Attachment(filename="../décompte œuvre.csv", media_type="text/csv", content="intérêts;12,40\n"),
        Attachment(filename="relevé.json", media_type="application/json", content='{"é": 1}'),
    )
    mail = parsed(message(attachments=attachments))
    csv, data = mail.iter_attachments()
    assert mail.get_content_type() == "multipart/mixed"
    assert (csv.get_filename(), csv.get_content()) == ("..-décompte œuvre.csv", "intérêts;12,40\r\n")
    assert (data.get_filename(), data.get_content()) == ("relevé.json", '{"é": 1}'.encode())


def test_the_bytes_of_a_file_come_back() -> None:
    data = bytes(range(256)) * 9
    pdf, table = parsed(
        message(
            attachments=(
                Attachment.of("F2026-118.pdf", "application/pdf", data),
                Attachment.of("relevé.csv", "text/csv", "é\r\n".encode("cp1252")),
            )
        )
    ).iter_attachments()
    assert (pdf.get_content_type(), pdf.get_content()) == ("application/pdf", data)
    assert table.get_payload(decode=True) == b"\xe9\r\n"


@pytest.mark.parametrize("media_type", ["csv", "text/csv;charset=x", "multipart/mixed", "message/rfc822", "Text/CSV"])
def test_an_attachment_with_an_unusable_media_type_is_refused(media_type: str) -> None:
    attachment = Attachment(filename="a.csv", media_type=media_type, content="a")
    with pytest.raises(Refused, match="media type"):
        eml_bytes(message(attachments=(attachment,)))


@given(st.text())
def test_any_text_leaves_the_structure_alone(text: str) -> None:
    mail = parsed(message(text=text))
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
