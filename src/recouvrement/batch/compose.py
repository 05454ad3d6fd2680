"""From an action to the message that carries it out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from recouvrement.batch.enclosures import NONE, Enclosures, enclosed, lacking
from recouvrement.batch.sending import opens_at
from recouvrement.dispatch.message import Message
from recouvrement.domain.address import MAX_CHARACTERS
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind, Decision, Doubt
from recouvrement.domain.parties import Debtor
from recouvrement.domain.vocabulary import ON_PAPER, Channel
from recouvrement.render.documents import render_document
from recouvrement.render.escaping import folded
from recouvrement.render.letters import Letters
from recouvrement.render.parties import writer
from recouvrement.render.postal import envelope_lines
from recouvrement.scenario.model import Scenario

DRAFT_SUFFIX = "-draft"
"""Added to the identifier of a proposed action to name the draft put before the person who approves it."""


_BANNER = "PROJET À APPROUVER – NE PAS ENVOYER"
_BODY = re.compile(r"(<body[^>]*>)")


class Composed(NamedTuple):
    """A message, and what it lacks without being refused for it."""

    message: Message
    doubts: tuple[Doubt, ...] = ()


def compose(
    action: Action,
    case: Case,
    decision: Decision,
    *,
    on: date,
    scenario: Scenario,
    letters: Letters,
    enclosures: Enclosures = NONE,
) -> Composed:
    """Return the message of an action, its document rendered and checked, with what goes with it.

    A step that needs approval gives its draft, addressed to the creditor's own staff. What goes to the debtor bears the
    moment from which the scenario lets messages leave.
    Raises ``RenderError`` when the template is missing or faulty, ``MissingMention`` when the document is incomplete,
    ``MissingAttachment`` when a file it must come with is not there.
    """
    document = render_document(action, case, decision.claim, on=on, letters=letters)
    to_debtor = action.kind is ActionKind.CONTACT
    is_draft = action.kind is ActionKind.APPROVAL
    subject, text, html = document.subject, document.text, document.html
    if is_draft:
        subject, text = f"{_BANNER} – {subject}", f"{_BANNER}\n\n{text}"
        html = _BODY.sub(rf"\1<p><strong>{_BANNER}</strong></p>", html, count=1)
    files = enclosed(
        document, action, case, decision.claim, on=on, policy=enclosures, banner=_BANNER if is_draft else None
    )
    debtor, sender, contact = case.debtor, writer(action, case), action.recipient
    message = Message(
        action_id=action.id + (DRAFT_SUFFIX if is_draft else ""),
        case_id=case.id,
        kind=action.kind,
        document=action.document,
        channel=action.channel if to_debtor else Channel.INTERNAL,
        on=on,
        not_before=opens_at(scenario.sending, on) if to_debtor else None,
        sender_name=folded(sender.name),
        sender_email=sender.email,
        recipient_name=folded(debtor.name),
        recipient_email=contact.email if to_debtor and contact is not None else None,
        recipient_phone=contact.phone if to_debtor and contact is not None else None,
        postal_lines=envelope_lines(debtor.address, debtor.name) if to_debtor and debtor.address is not None else (),
        subject=subject,
        text=text,
        html=html,
        amount=action.principal,
        item_ids=action.listed,
        attachments=files.attachments,
    )
    return Composed(message, (*files.doubts, *_address_doubts(action, case.debtor)))


def _address_doubts(action: Action, debtor: Debtor) -> Iterator[Doubt]:
    """Yield the lines of an envelope that are longer than the norm of addresses allows (AFNOR NF Z 10-011)."""
    if action.channel in ON_PAPER and debtor.address is not None:
        for line in debtor.address.faults(debtor.name):
            yield lacking("address_line_too_long", line=line, most=str(MAX_CHARACTERS))
