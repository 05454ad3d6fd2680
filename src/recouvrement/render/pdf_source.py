"""A finished document as the data of its PDF: one tree of plain values, made from the same Markdown as the text."""

import json
import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from markdown_it.token import Token

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.parties import Collector, Creditor
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, DocumentKind
from recouvrement.render.documents import Document, title_prefix
from recouvrement.render.escaping import folded
from recouvrement.render.french import FRENCH
from recouvrement.render.language import Language, Words
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.markdown import parsed, plain
from recouvrement.render.mention_checks import check_text
from recouvrement.render.parties import creditor_identity, creditor_name, place_and_date_of, writer
from recouvrement.render.payment_code import payment_code
from recouvrement.render.pdf_blocks import Block, Span, blocks, breakable, closing, fits_a_page, spans, texts
from recouvrement.render.pdf_tables import CUT, lines_taken
from recouvrement.render.variants import variant_of
from recouvrement.render.views import View

_SENDER_LINE = 34
_ADDRESS_LINE = 44
_SENDER_MM, _LEAST_POINTS = 63.0, 7.5
"""Width of the sender's block, and the smallest size its electronic address is narrowed to."""
_FOOTER_MM, _FOOTER_POINTS = 128.0, 7.5
"""Room of the creditor's mentions beside the page number, less what is lost at the ends of lines; and their size."""


class PdfSource(NamedTuple):
    """What an adapter sets in type."""

    tree: dict[str, object]
    """Blocks and layout facts, as JSON knows them; read by ``letter.typ``."""
    code: str | None
    """Text of the payment QR code."""
    on: date
    """Date of the document; the file bears it, not the moment it was made."""

    def with_banner(self, text: str) -> "PdfSource":
        """Return the source with a warning at the head of every page."""
        return self._replace(tree={**self.tree, "banner": text})

    @property
    def data(self) -> str:
        """The tree as one line of JSON."""
        return json.dumps(self.tree, ensure_ascii=False, separators=(",", ":"))


def pdf_source(document: Document, action: Action, case: Case, claim: Claim, *, on: date) -> PdfSource:
    """Return the data of the PDF of a document that ``render_document`` made from the same arguments.

    What stands before the block quote is the sender's block, the quote the addressee's, shown in the window of the
    envelope; what follows the rule is the sender's block of an e-mail, printed at the top. Nothing is added to the
    content but the caption of the QR code, the date of an e-mail, page numbers, carried totals and the creditor's
    identity at the foot of each page.
    Raises ``MissingMention`` when the tree lacks a mention the document must carry.
    """
    variant = variant_of(case.debtor.kind)
    language = LANGUAGES[document.language]
    words = language.words
    flat = View(action, case, claim, variant=variant, on=on, language=language)
    tokens = list(parsed(document.markdown, where=f"{document.kind.value} ({document.variant})").tokens)
    sender = writer(action, case)
    name = creditor_name(sender)
    signature = _words(folded(" ".join(filter(None, (sender.signatory, sender.signatory_title, name)))))
    parts = _parts(tokens, signature)
    code = payment_code(action, case, flat, variant=variant)
    is_internal = action.document in INTERNAL_DOCUMENTS or action.document is DocumentKind.CALL_SCRIPT
    place_and_date = place_and_date_of(sender, flat.parties.dated, language)
    body = blocks(parts.body)
    tree: dict[str, object] = {
        "title": document.subject,
        "author": name,
        "language": language.code,
        "day": [on.year, on.month, on.day],
        "sender": [
            [_address_kept(line) for line in _lines(block, _SENDER_LINE)] for block in _paragraphs(parts.sender)
        ],
        "addressee": [line for block in _paragraphs(parts.addressee) for line in _lines(block, _ADDRESS_LINE)],
        "opening": blocks(parts.opening) or ([] if is_internal else [_dated(place_and_date)]),
        "object": [*([prefix] if (prefix := title_prefix(action, language)) else []), *spans(parts.title)],
        "body": _with_payment(_with_signature(_with_room(body), signature), flat.sender.iban, asked=code is not None),
        "footer": (foot := _footer(sender, name, language)),
        "footer_lines": sum(lines_taken(line, _FOOTER_MM, _FOOTER_POINTS) for line in foot),
        "labels": _labels(words),
        "pay_alt": words.payment_code,
    }
    unseen = {"labels", "author", "language", "footer"}
    shown = "".join(texts([[part] for key, part in tree.items() if key not in unseen]))
    check_text(action, case, flat, variant=variant, where="PDF", text=shown.replace(CUT, ""))
    return PdfSource(tree=tree, code=code, on=on)


def annex_source(markdown: str, case: Case, *, on: date) -> PdfSource:
    """Return the data of a page that goes with a letter, such as a décompte, under the creditor's letterhead.

    Raises ``RenderError`` unless the Markdown has one title.
    """
    tokens = list(parsed(markdown, where="annex").tokens)
    title = next(index for index, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1")
    name = creditor_name(case.creditor)
    block = (name, creditor_identity(case.creditor), *_postal(case.creditor, name))
    tree: dict[str, object] = {
        "title": plain(tokens[title + 1]),
        "author": name,
        "language": "fr",
        "day": [on.year, on.month, on.day],
        "sender": [[[breakable(folded(line), _SENDER_LINE)] for line in block if line]],
        "addressee": [],
        "opening": [],
        "object": spans(tokens[title + 1]),
        "body": [
            {"k": "par", "s": [breakable(folded(f"{case.debtor.name}, client {case.debtor.id}"))]},
            *blocks([*tokens[:title], *tokens[title + 3 :]]),
        ],
        "footer": (foot := _footer(case.creditor, name, FRENCH)),
        "footer_lines": sum(lines_taken(line, _FOOTER_MM, _FOOTER_POINTS) for line in foot),
        "labels": _labels(FRENCH.words),
        "pay_alt": FRENCH.words.payment_code,
    }
    return PdfSource(tree=tree, code=None, on=on)


def _labels(words: Words) -> dict[str, str]:
    """Return the words a page adds to a document."""
    return {"page": words.page, "carried": words.carried, "carry": words.to_carry, "pay": words.pay_by_transfer}


class _Parts(NamedTuple):
    sender: list[Token]
    addressee: list[Token]
    opening: list[Token]
    title: Token
    body: list[Token]


def _parts(tokens: list[Token], signature: list[str]) -> _Parts:
    """Return the tokens cut into the zones of a page; a rule before the signature is one of the letter's own."""
    title = next(index for index, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1")
    quote = next((index for index, token in enumerate(tokens[:title]) if token.type == "blockquote_open"), None)
    rule = next((index for index in range(len(tokens) - 1, title, -1) if tokens[index].type == "hr"), None)
    if rule is not None and any(_words(plain(token)) == signature for token in _paragraphs(tokens[rule:])):
        rule = None
    body = tokens[title + 3 : rule]
    tail = tokens[rule + 1 :] if rule is not None else []
    if quote is None:
        return _Parts(tail, [], tokens[:title], tokens[title + 1], body)
    end = closing(tokens, quote)
    return _Parts(
        tokens[:quote],
        tokens[quote + 1 : end],
        tokens[end + 1 : title],
        tokens[title + 1],
        # The letterhead is there already: what an override puts under a rule stays where it put it.
        [*body, *tail],
    )


def _paragraphs(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "inline"]


def _lines(inline: Token, longest: int) -> list[list[Span]]:
    """Return the lines of a block that is set line by line."""
    lines: list[list[Span]] = [[]]
    for span in spans(inline, longest=longest):
        if isinstance(span, dict) and span.get("k") == "br":
            lines.append([])
        else:
            lines[-1].append(span)
    return [line for line in lines if line]


def _address_kept(line: list[Span]) -> list[Span]:
    """Return a line of the sender's block; one with an electronic address is narrowed before it is cut."""
    texts_only = [span for span in line if isinstance(span, str)]
    whole = "".join(texts_only).replace(CUT, "")
    if len(texts_only) < len(line) or "@" not in whole or lines_taken(whole, _SENDER_MM, _LEAST_POINTS) > 1:
        return line
    return [whole]


def _dated(text: str) -> Block:
    return {"k": "par", "s": [text]}


def _with_signature(body: list[Block], wanted: list[str]) -> list[Block]:
    """Return the blocks with the signature, kept with the words before it: whoever signs, signs something.

    The formula of politeness is not something: the paragraphs before it, two at most, stay with it.
    """
    found = [
        index for index, block in enumerate(body) if block["k"] == "par" and _words("".join(texts(block))) == wanted
    ]
    place = max(found, default=0)
    if not place:
        return body
    kept = len(list(takewhile(lambda block: block["k"] == "par", reversed(body[max(0, place - 3) : place]))))
    least = place - max(1, kept)
    start = next((start for start in range(least, place) if fits_a_page(body[start : place + 1])), place)
    signed: Block = {"k": "closing", "blocks": body[start:place], "s": body[place]["s"]}
    return [*body[:start], signed, *body[place + 1 :]]


_SIGNATURE = re.compile(r"Signature\s*: …")
_BLANK = "…"


def _with_room(body: list[Block]) -> list[Block]:
    """Return the blocks with room for hands: lines to write on, places to sign, all on one page.

    A paragraph that is only « … » is a line to write on, « Signature : … » a place to sign. What stands between the
    words before the first line to write on and the last place to sign is kept together; those who sign stand side by
    side.
    """
    made = [_room(block) for block in body]
    places = [index for index, block in enumerate(made) if block["k"] in {"blank", "sign"}]
    if not places or made[places[0]]["k"] != "blank":
        return made
    start, end = max(0, places[0] - 2), places[-1] + 1
    if not fits_a_page(made[start:end]):
        return made
    first = next((index for index, block in enumerate(made) if index > places[0] and block["k"] != "blank"), end)
    signing: list[list[Block]] = [[]]
    for block in made[first:end]:
        signing[-1].append(block)
        if block["k"] == "sign":
            signing.append([])
    sides: Block = {"k": "sides", "sides": [side for side in signing if side]}
    together: Block = {"k": "together", "blocks": [*made[start:first], sides]}
    return [*made[:start], together, *made[end:]]


def _room(block: Block) -> Block:
    text = "".join(texts(block)).strip() if block["k"] == "par" else ""
    if text == _BLANK:
        return {"k": "blank"}
    return {"k": "sign", "s": block["s"]} if _SIGNATURE.fullmatch(text) else block


def _words(text: str) -> list[str]:
    return text.replace(CUT, "").split()


def _with_payment(body: list[Block], iban: str, *, asked: bool) -> list[Block]:
    """Return the blocks with the place of the QR code: beside those that print the account, or before the last ones."""
    if not asked:
        return body
    place = next((index for index, block in enumerate(body) if iban and iban in "".join(texts(block))), None)
    if place is None:
        return [*body[:-2], {"k": "pay", "blocks": []}, *body[-2:]]
    if not fits_a_page(body[place : place + 1]):
        return [*body[: place + 1], {"k": "pay", "blocks": []}, *body[place + 1 :]]
    start = place - 1 if place and body[place]["k"] != "par" and body[place - 1]["k"] == "par" else place
    return [*body[:start], {"k": "pay", "blocks": body[start : place + 1]}, *body[place + 1 :]]


def _footer(sender: Creditor | Collector, name: str, language: Language) -> list[str]:
    """Return the sender's mentions, for the foot of every page (C. com. art. R123-237 and R123-238)."""
    ways = (", ".join(_postal(sender, name)), language.phone(sender.phone) if sender.phone else "", sender.email or "")
    lines = (
        " – ".join(part for part in (name, creditor_identity(sender)) if part),
        " – ".join(part for part in ways if part),
    )
    return [breakable(folded(line)) for line in lines if line]


def _postal(sender: Creditor | Collector, name: str) -> tuple[str, ...]:
    address = sender.address
    return address.lines(name)[1:] if address else ()
