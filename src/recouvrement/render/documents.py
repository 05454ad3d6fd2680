"""Documents: an action, its case and its claim become one text in Markdown, plain text and HTML."""

from datetime import date
from types import TracebackType

from jinja2 import TemplateError

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.values import Line, Value
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.errors import RenderError
from recouvrement.render.escaping import escaped
from recouvrement.render.facts import check_facts, check_scope
from recouvrement.render.language import Language
from recouvrement.render.language_choice import LanguageChoice, LanguageReason, language_of
from recouvrement.render.letters import SUFFIX, Letters
from recouvrement.render.markdown import parsed
from recouvrement.render.mentions import check_text
from recouvrement.render.page import html_page, shown_text
from recouvrement.render.plaintext import plain_text
from recouvrement.render.sms import LIMITS, MOST_SEGMENTS, message
from recouvrement.render.variants import Variant, variant_of
from recouvrement.render.views import View, view

SUBJECT_MAX = 200
_EMPTY_STRONG = "****"


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


def render_document(action: Action, case: Case, claim: Claim, *, on: date, letters: Letters) -> Document:
    """Return the document of an action, dated ``on``.

    ``claim`` is the one of the decision that holds the action. Deterministic: the same arguments give the same bytes.
    Raises ``MissingMention`` when a fact or a mention the document must carry is missing, and ``RenderError`` when the
    amounts do not add up, the items do not suit the document, or a template fails.
    """
    variant = variant_of(case.debtor.kind)
    check_facts(action, case)
    choice = language_of(action, case, serves=letters.serves)
    language = choice.language
    if action.document is DocumentKind.SMS:
        return _text_message(action, case, claim, on=on, letters=letters, choice=choice)
    flat = view(action, case, claim, variant=variant, on=on, language=language)
    check_scope(action, case, flat)
    markdown = _filled(letters, action.document, variant, flat)
    content = parsed(markdown, where=f"{action.document.value} ({variant.value})")
    prefix = title_prefix(action, language)
    text = plain_text(content.tokens, title_prefix=prefix, colon=language.words.colon)
    html = html_page(content.tokens, subject=content.subject, title_prefix=prefix, language=language.code)
    check_text(action, case, flat, variant=variant, where="text", text=f"{content.subject}\n{text}")
    check_text(action, case, flat, variant=variant, where="HTML", text=f"{content.subject}\n{shown_text(html)}")
    return Document(
        kind=action.document,
        variant=variant.value,
        language=language.code,
        language_wanted=choice.wanted,
        language_because=choice.because,
        subject=_shortened(content.subject),
        markdown=markdown,
        text=text,
        html=html,
    )


def _text_message(
    action: Action, case: Case, claim: Claim, *, on: date, letters: Letters, choice: LanguageChoice
) -> Document:
    """Return the text message: one line of its own alphabet, names shortened until two segments hold it."""
    variant = variant_of(case.debtor.kind)
    where = f"{action.document.value} ({variant.value})"
    for limit in LIMITS:
        flat = view(action, case, claim, variant=variant, on=on, language=choice.language, sms_limit=limit)
        check_scope(action, case, flat)
        content = parsed(_filled(letters, action.document, variant, flat), where=where)
        text = message(content.tokens, where=where)
        if text is None:
            continue
        check_text(action, case, flat, variant=variant, where="text", text=text)
        subject = _shortened(content.subject)
        markdown = f"# {escaped(subject)}\n\n{escaped(text)}\n"
        shown = parsed(markdown, where=where)
        html = html_page(shown.tokens, subject=subject, title_prefix=None, language=choice.language.code)
        return Document(
            kind=action.document,
            variant=variant.value,
            language=choice.language.code,
            language_wanted=choice.wanted,
            language_because=choice.because,
            subject=subject,
            markdown=markdown,
            text=text,
            html=html,
        )
    raise RenderError(
        where=f"case {case.id}, {where}",
        found=f"it takes more than {MOST_SEGMENTS} segments, whatever is shortened",
        hint="Shorten the template, or give the creditor a telephone number rather than a long e-mail address.",
    )


def title_prefix(action: Action, language: Language) -> str | None:
    """Return what stands before the title: an e-mail shows it in its own header, a letter as its object."""
    match action.channel:
        case Channel.EMAIL:
            return None
        case Channel.POST | Channel.REGISTERED_POST:
            return language.words.subject
        case Channel.PHONE | Channel.SMS | Channel.INTERNAL:
            return ""


def _filled(letters: Letters, kind: DocumentKind, variant: Variant, flat: View) -> str:
    """Return the template's Markdown, ending with one line feed."""
    template = letters.template(kind, variant, flat.language.code)
    try:
        markdown = template.render(flat.context()).strip() + "\n"
    except TemplateError as fault:
        raise RenderError(
            where=_place(fault.__traceback__) or str(template.name),
            found=str(fault.message or fault),
            hint="Correct the template; docs/letters.md lists the variables of each document.",
        ) from fault
    except RecursionError as fault:
        raise RenderError(
            where=str(template.name),
            found="a macro that calls itself without end",
            hint="Correct the template: a macro may call others, never itself.",
        ) from fault
    if _EMPTY_STRONG in markdown:  # stars that come from the data are escaped
        line = markdown[: markdown.index(_EMPTY_STRONG)].count("\n") + 1
        raise RenderError(
            where=f"{template.name}, line {line} of its Markdown",
            found="an empty value stands between the stars of a bold text",
            hint="Print the value only where it is set: {% if name %}**{{ name }}**{% endif %}.",
        )
    return markdown


def _place(trace: TracebackType | None) -> str | None:
    """Return the template and line a fault came from: Jinja writes them in the traceback."""
    place = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(SUFFIX):
            place = f"{name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _shortened(subject: str) -> str:
    """Return a subject that fits: the invoices it may name have numbers of any length."""
    return subject if len(subject) <= SUBJECT_MAX else f"{subject[: SUBJECT_MAX - 1]}…"
