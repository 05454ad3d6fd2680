"""The text message: values in its alphabet, shortened until the whole fits in two segments."""

from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render import formats
from recouvrement.render.gsm7 import in_gsm7, segments
from recouvrement.render.markdown import plain
from recouvrement.render.parties import writer
from recouvrement.render.slots import Pieces

MOST_SEGMENTS = 2
LIMITS = (None, 40, 30, 20, 12)
"""Characters left to the creditor's name and to each number, tried in turn; the amount is never shortened."""
_CUT = "..."
_PARAGRAPHS = frozenset({"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"})


class Sms(NamedTuple):
    """Values of a text message, in the alphabet of text messages; empty texts for another document."""

    sms_creditor: str
    sms_amount: str
    sms_about: str
    """``facture F2026-118``, or ``2 factures``."""
    sms_client: str
    """The debtor's number in the creditor's books."""
    sms_contact: str
    """The creditor's telephone, else its e-mail address."""


NO_SMS = Sms("", "", "", "", "")


def sms(action: Action, case: Case, *, creditor: str, numbers: tuple[str, ...], limit: int | None) -> Sms:
    """Return the values of a text message; names and numbers longer than ``limit`` are shortened, and show it."""
    if action.document is not DocumentKind.SMS:
        return NO_SMS
    sender = writer(action, case)
    alone = numbers[0] if len(numbers) == 1 else ""
    return Sms(
        sms_creditor=shortened(creditor, limit),
        sms_amount=in_gsm7(formats.money(action.principal)),
        sms_about=f"facture {shortened(alone, limit)}" if alone else f"{len(numbers)} factures",
        sms_client=shortened(case.debtor.id, limit),
        sms_contact=in_gsm7(sender.phone or sender.email or ""),
    )


def shortened(text: str, limit: int | None) -> str:
    """Return a text in the alphabet, cut between two words where it can be, with three dots where it was cut.

    >>> shortened("Établissements Martin et Compagnie", 20)
    'Établissements...'
    """
    written = in_gsm7(text)
    if limit is None or len(written) <= limit:
        return written
    kept = written[: limit - len(_CUT)]
    at_a_word = kept.rpartition(" ")[0]
    return f"{at_a_word if len(at_a_word) * 2 >= len(kept) else kept.rstrip()}{_CUT}"


class MessageLayout:
    """The paragraphs of a text message, title left out, ready to be filled with values where marks stand for them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._other = sorted({token.type for token in tokens} - _PARAGRAPHS)
        paragraphs = [
            plain(token)
            for position, token in enumerate(tokens)
            if token.type == "inline" and tokens[position - 1].type == "paragraph_open"
        ]
        self._pieces = Pieces(" ".join(paragraphs))

    def filled(self, values: Sequence[str], *, where: str) -> str | None:
        """Return the text of the message; ``None`` when it takes more than two segments.

        Raises ``RenderError`` for a template with lists, tables or the like, which no text message can show.
        """
        if self._other:
            raise RenderError(
                where=where,
                found=f"it holds {', '.join(self._other)}",
                hint="Write the text message as plain paragraphs.",
            )
        text = in_gsm7(self._pieces.filled(values))
        return text if segments(text) <= MOST_SEGMENTS else None
