"""Documents: an action, its case and its claim become one text in Markdown, plain text and HTML."""

from datetime import date
from functools import cache
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.values import Line, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.facts import check_facts, check_scope
from recouvrement.render.language import Language
from recouvrement.render.language_choice import LanguageChoice, LanguageReason, language_of
from recouvrement.render.layouts import Dress, Layout
from recouvrement.render.letter_template import Filled
from recouvrement.render.letters import Letters
from recouvrement.render.mention_checks import check_text
from recouvrement.render.page import narrow_text
from recouvrement.render.slots import mark
from recouvrement.render.sms import LIMITS, MOST_SEGMENTS
from recouvrement.render.variants import Variant, variant_of
from recouvrement.render.views import View

SUBJECT_MAX = 200


class Document(Value):
    """A finished document: the same content three times, checked for its mentions."""

    kind: DocumentKind
    variant: str
    """``business``, ``consumer`` or ``public``."""
    language: str
    """ISO 639-1 code of the language it is written in."""
    language_wanted: str
    """The language of the person it goes to; ``language_because`` says why it is another one."""
    language_because: LanguageReason
    subject: Line
    markdown: str
    text: str
    html: str


class PlainText(NamedTuple):
    """The plain text of a document, for hosts that send nothing else."""

    subject: str
    text: str


class _Draft(NamedTuple):
    """A document as far as its plain text, checked."""

    choice: LanguageChoice
    variant: Variant
    view: View
    filled: Filled
    subject: str
    is_cut: bool
    """Whether the subject was too long: what its end says is shown nowhere."""
    text: str


def render_document(action: Action, case: Case, claim: Claim, *, on: date, letters: Letters) -> Document:
    """Return the document of an action, dated ``on``.

    ``claim`` is the one of the decision that holds the action. Deterministic: the same arguments give the same bytes.
    Raises ``MissingMention`` when a fact or a mention the document must carry is missing, and ``RenderError`` when the
    amounts do not add up, the items do not suit the document, or a template fails.
    """
    draft = _draft(action, case, claim, on=on, letters=letters)
    if action.document is DocumentKind.SMS:
        # The page shows the message as it was sent, in its own alphabet.
        values = [draft.subject, draft.text]
        shown = _message_layout(_dress(action, draft.choice.language))
        return _finished(action, draft, markdown=shown.markdown(values), html=shown.page(values))
    layout, values = draft.filled
    html = layout.page(values)
    if draft.is_cut or not layout.shown_in_page.has_all(action, draft.variant, draft.view, values):
        text = f"{draft.subject}\n{narrow_text(html)}"
        check_text(action, case, draft.view, variant=draft.variant, where="HTML", text=text)
    return _finished(action, draft, markdown=layout.markdown(values), html=html)


def render_text(action: Action, case: Case, claim: Claim, *, on: date, letters: Letters) -> PlainText:
    """Return the subject and the plain text of a document alone, byte for byte those of ``render_document``.

    Raises as ``render_document`` does, but for what only the page would lack.
    """
    draft = _draft(action, case, claim, on=on, letters=letters)
    return PlainText(draft.subject, draft.text)


def _draft(action: Action, case: Case, claim: Claim, *, on: date, letters: Letters) -> _Draft:
    variant = variant_of(case.debtor.kind)
    check_facts(action, case)
    choice = language_of(action, case, serves=letters.serves)
    if action.document is DocumentKind.SMS:
        return _text_message(action, case, claim, on=on, letters=letters, choice=choice)
    language = choice.language
    flat = View(action, case, claim, variant=variant, on=on, language=language)
    check_scope(action, case, flat)
    template = letters.template(action.document, variant, language.code)
    filled = template.filled(flat, _dress(action, language))
    layout, values = filled
    title, text = layout.subject(values), layout.text(values)
    subject = _shortened(title)
    is_cut = subject != title
    if is_cut or not layout.shown_in_text.has_all(action, variant, flat, values):
        check_text(action, case, flat, variant=variant, where="text", text=f"{subject}\n{text}")
    return _Draft(choice, variant, flat, filled, subject, is_cut, text)


def _text_message(
    action: Action, case: Case, claim: Claim, *, on: date, letters: Letters, choice: LanguageChoice
) -> _Draft:
    """Return the text message: one line of its own alphabet, names shortened until two segments hold it."""
    variant, language = variant_of(case.debtor.kind), choice.language
    where = f"{action.document.value} ({variant.value})"
    template = letters.template(action.document, variant, language.code)
    for limit in LIMITS:
        flat = View(action, case, claim, variant=variant, on=on, language=language, sms_limit=limit)
        check_scope(action, case, flat)
        filled = template.filled(flat, _dress(action, language))
        text = filled.layout.message.filled(filled.values, where=where)
        if text is None:
            continue
        check_text(action, case, flat, variant=variant, where="text", text=text)
        title = filled.layout.subject(filled.values)
        subject = _shortened(title)
        return _Draft(choice, variant, flat, filled, subject, subject != title, text)
    raise RenderError(
        where=f"case {case.id}, {where}",
        found=f"it takes more than {MOST_SEGMENTS} segments, whatever is shortened",
        hint="Shorten the template, or give the creditor a telephone number rather than a long e-mail address.",
    )


def _finished(action: Action, draft: _Draft, *, markdown: str, html: str) -> Document:
    return Document(
        kind=action.document,
        variant=draft.variant.value,
        language=draft.choice.language.code,
        language_wanted=draft.choice.wanted,
        language_because=draft.choice.because,
        subject=draft.subject,
        markdown=markdown,
        text=draft.text,
        html=html,
    )


@cache
def _message_layout(dress: Dress) -> Layout:
    return Layout(f"# {mark(0)}\n\n{mark(1)}\n", dress, values=2, where=DocumentKind.SMS.value)


def _dress(action: Action, language: Language) -> Dress:
    prefix = None if action.document is DocumentKind.SMS else title_prefix(action, language)
    return Dress(prefix, language.words.colon, language.code)


def title_prefix(action: Action, language: Language) -> str | None:
    """Return what stands before the title: an e-mail shows it in its own header, a letter as its object."""
    if action.document is DocumentKind.PLAN_AGREEMENT:  # a deed to sign has a title, and no object
        return ""
    match action.channel:
        case Channel.EMAIL:
            return None
        case Channel.POST | Channel.REGISTERED_POST:
            return language.words.subject
        case Channel.PHONE | Channel.SMS | Channel.INTERNAL:
            return ""


def _shortened(subject: str) -> str:
    """Return a subject that fits: the invoices it may name have numbers of any length."""
    return subject if len(subject) <= SUBJECT_MAX else f"{subject[: SUBJECT_MAX - 1]}…"
