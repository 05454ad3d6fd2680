"""Messages as one line of JSON: bytes come back, and what was kept before attachments were bytes is still read."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recouvrement.dispatch.message import Attachment, Message
from recouvrement.domain.decision import ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel, DocumentKind


def message(*attachments: Attachment) -> Message:
    return Message(
        action_id="act-1",
        case_id="acme/durand/EUR",
        kind=ActionKind.CONTACT,
        document=DocumentKind.REMINDER_1,
        channel=Channel.EMAIL,
        on=date(2026, 3, 14),
        sender_name="Acmé SARL",
        recipient_name="Durand",
        subject="Rappel",
        text="Bonjour\n",
        html="<p>Bonjour</p>\n",
        amount=Money.of("12.00", "EUR"),
        item_ids=("F1",),
        attachments=attachments,
    )


@given(st.binary(max_size=400))
def test_bytes_come_back_from_one_line_of_json(data: bytes) -> None:
    sent = message(Attachment.of("F1.pdf", "application/pdf", data))
    assert "\n" not in sent.payload
    kept = Message.model_validate_json(sent.payload)
    assert kept == sent
    assert kept.payload_hash == sent.payload_hash
    assert kept.attachments[0].data == data


def test_a_message_kept_when_attachments_were_texts_has_the_same_hash() -> None:
    """The payload as the outbox of version 0.4 wrote it."""
    kept = json.dumps(
        json.loads(message().payload)
        | {"attachments": [{"filename": "relevé.csv", "media_type": "text/csv", "content": "n°;montant\n"}]},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    read = Message.model_validate_json(kept)
    assert read.payload == kept
    assert read.attachments[0].data == "n°;montant\n".encode()


def test_base64_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValidationError, match="not base64"):
        Attachment(filename="a.pdf", media_type="application/pdf", content="é!", encoding="base64")
