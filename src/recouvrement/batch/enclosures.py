"""What goes with a message: the letter as a PDF, its décompte, the original invoices, within a limit of size."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from recouvrement.dispatch.message import LETTER_FILENAME, Attachment
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim, Doubt
from recouvrement.domain.decompte import decompte
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority
from recouvrement.domain.vocabulary import Channel
from recouvrement.errors import InvalidInput, MissingAttachment
from recouvrement.render.accessories import claims_interest
from recouvrement.render.decompte import as_csv, as_markdown
from recouvrement.render.documents import Document
from recouvrement.render.french import FRENCH
from recouvrement.render.pdf_source import PdfSource, annex_source, pdf_source
from recouvrement.render.variants import Variant

MAX_EMAIL_BYTES = 10_000_000
"""Size of all files of one e-mail once encoded: many servers refuse 10 MB, nearly all refuse 25."""
_WRITTEN = frozenset({Channel.EMAIL, Channel.POST, Channel.REGISTERED_POST})
_PDF = "application/pdf"


class IfMissing(StrEnum):
    """What an original that is not there, or does not fit, comes to."""

    DOUBT = "doubt"
    """The message leaves without it, and the report says so."""
    REFUSE = "refuse"
    """The message does not leave."""


SetInType = Callable[[PdfSource, Sequence[Attachment]], bytes]
"""Makes a PDF, with the files it carries inside."""


class Enclosures(NamedTuple):
    """What is attached to messages that go to a debtor; nothing by default."""

    pdf: SetInType | None = None
    """Makes the letter a PDF."""
    originals: Callable[[str], Attachment | None] | None = None
    """Finds an invoice by its number."""
    if_missing: IfMissing = IfMissing.DOUBT
    decompte: bool = False
    """Whether a letter in French that claims interest comes with its décompte: as PDF, or as CSV without ``pdf``."""
    inside: bool = False
    """Whether originals travel inside the PDF of the letter (PDF/A-3) and not beside it; needs ``pdf``."""
    max_email_bytes: int = MAX_EMAIL_BYTES


NONE = Enclosures()


class Enclosed(NamedTuple):
    """The files of one message, and what is missing from it."""

    attachments: tuple[Attachment, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def enclosed(
    document: Document,
    action: Action,
    case: Case,
    claim: Claim,
    *,
    on: date,
    policy: Enclosures,
    banner: str | None = None,
) -> Enclosed:
    """Return what goes with a written document; nothing goes with a call or an internal note.

    ``banner`` is printed at the head of every page of the PDF. Raises ``MissingAttachment`` when an original is missing
    or the whole is too large for an e-mail and the policy is to refuse; the letter itself is never left out.
    """
    if action.channel not in _WRITTEN:
        return Enclosed()
    where = f"case {case.id}, {action.document.value}"
    found, doubts = _originals(action, case, policy, where)
    own: list[Attachment] = []
    source = None
    if policy.pdf is not None:
        source = pdf_source(document, action, case, claim, on=on)
        source = source.with_banner(banner) if banner is not None else source
        own.append(Attachment.of(LETTER_FILENAME, _PDF, policy.pdf(source, ())))
    if policy.decompte and _bears_decompte(document):
        own += _decompte(action, case, claim, on=on, policy=policy)
    inside = policy.inside and source is not None
    kept = found if inside else _apart(own, found)
    if action.channel is Channel.EMAIL:
        kept, left_out = _within(own, kept, policy.max_email_bytes)
        doubts += [lacking("attachment_left_out", file=name) for name in left_out]
        if left_out and policy.if_missing is IfMissing.REFUSE:
            raise MissingAttachment(
                where=where,
                found=f"{', '.join(left_out)} would make more than {policy.max_email_bytes} bytes once encoded",
                hint=(
                    "Make the files smaller, or let the message leave without them "
                    "(no --attachments-required); in Python, max_email_bytes of Enclosures sets the limit."
                ),
            )
    if inside and kept and policy.pdf is not None and source is not None:
        # A file takes about the same room inside the PDF as beside it.
        own[0] = Attachment.of(LETTER_FILENAME, _PDF, policy.pdf(source, kept))
        kept = []
    return Enclosed((*own, *kept), tuple(doubts))


def _bears_decompte(document: Document) -> bool:
    """Whether a letter claims interest, and in French: the décompte exists in no other language."""
    return document.language == FRENCH.code and claims_interest(document.kind, Variant(document.variant))


def _originals(action: Action, case: Case, policy: Enclosures, where: str) -> tuple[list[Attachment], list[Doubt]]:
    """Return the invoices an action lists, in its order, and a doubt for each that is not there or not readable."""
    if policy.originals is None:
        return [], []
    listed = set(action.listed)
    numbers = dict.fromkeys(item.invoice_number for item in case.items if item.id in listed)
    files: dict[str, Attachment | None] = {}
    doubts: list[Doubt] = []
    for number in numbers:
        try:
            files[number] = policy.originals(number)
        except InvalidInput:
            if policy.if_missing is IfMissing.REFUSE:
                raise
            doubts.append(lacking("attachment_unreadable", file=number))
    missing = [number for number, file in files.items() if file is None]
    if missing and policy.if_missing is IfMissing.REFUSE:
        raise MissingAttachment(
            where=where,
            found=f"the file of {', '.join(missing)} was not found",
            hint="Put <invoice number>.pdf in the folder of invoices.",
        )
    doubts += [lacking("attachment_missing", file=number) for number in missing]
    return [file for file in files.values() if file is not None], doubts


def _decompte(action: Action, case: Case, claim: Claim, *, on: date, policy: Enclosures) -> list[Attachment]:
    listed = tuple(item for item in claim.items if item.item_id in action.listed)
    if not any(item.segments for item in listed):
        return []
    zero = Money.zero(case.currency)
    principal = sum((item.principal for item in listed), start=zero)
    interest = sum((item.late_interest for item in listed), start=zero)
    indemnities = sum((item.indemnity for item in listed), start=zero)
    part = Claim(
        items=listed,
        principal=principal,
        late_interest=interest,
        indemnities=indemnities,
        total=principal + interest + indemnities,
    )
    account = decompte(part, on)
    if policy.pdf is None:
        return [Attachment(filename="decompte.csv", media_type="text/csv", content=as_csv(account))]
    return [Attachment.of("decompte.pdf", _PDF, policy.pdf(annex_source(as_markdown(account), case, on=on), ()))]


def _within(own: Sequence[Attachment], others: Sequence[Attachment], most: int) -> tuple[list[Attachment], list[str]]:
    """Return the files that fit beside the letter's own, the first ones first, and the names of the others."""
    room = most - sum(_encoded(one) for one in own)
    kept: list[Attachment] = []
    left_out: list[str] = []
    for one in others:
        size = _encoded(one)
        if size <= room:
            kept.append(one)
            room -= size
        else:
            left_out.append(one.filename)
    return kept, left_out


def _encoded(file: Attachment) -> int:
    """Return the bytes of a file in an e-mail: base64, in lines of 76 characters."""
    signs = (len(file.data) + 2) // 3 * 4
    return signs + 2 * ((signs + 75) // 76)


def _apart(own: Sequence[Attachment], others: Sequence[Attachment]) -> list[Attachment]:
    """Return the originals under names of their own: an invoice numbered ``courrier`` is not the letter."""
    taken = {one.filename.casefold() for one in own} | {LETTER_FILENAME.casefold()}
    found: list[Attachment] = []
    for one in others:
        stem, _, ending = one.filename.rpartition(".")
        name, number = one.filename, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}).{ending}"
        taken.add(name.casefold())
        found.append(one if name == one.filename else Attachment.of(name, one.media_type, one.data))
    return found


def lacking(code: str, **facts: str) -> Doubt:
    """Return what a message lacks, for the report of the night."""
    return Doubt.of(code, Authority.FACT, facts)
