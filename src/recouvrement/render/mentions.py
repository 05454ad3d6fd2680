"""The mentions a document must carry, checked in its final text.

Checked twice, in the plain text and in the text of the HTML page, because an override may lose one and keep the other.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.vocabulary import ON_PAPER, Channel, DocumentKind
from recouvrement.errors import MissingMention
from recouvrement.render.escaping import folded
from recouvrement.render.variants import Variant
from recouvrement.render.views import View


class Mention(NamedTuple):
    """A mention and how to find it: every text returned must stand in the document; an empty one is not asked for."""

    name: str
    texts: Callable[[View], tuple[str, ...]]


def _words(name: str, *texts: str) -> Mention:
    return Mention(name, lambda view: view.language.phrases.get(name, texts))


CREDITOR = Mention("creditor", lambda view: (view.parties.creditor_name,))
CREDITOR_IDENTITY = Mention(
    "creditor identity", lambda view: (view.parties.creditor_identity, view.parties.creditor_siren)
)
CREDITOR_ADDRESS = Mention("creditor address", lambda view: tuple(view.parties.creditor_address.split(", ")))
DEBTOR = Mention("debtor", lambda view: (view.parties.debtor_name,))
DEBTOR_ADDRESS = Mention("debtor address", lambda view: tuple(view.parties.debtor_address.split(", ")))
DEBTOR_REFERENCE = Mention("debtor reference", lambda view: (view.parties.debtor_id,))
DATE = Mention("date", lambda view: (view.parties.dated,))
PLACE_AND_DATE = Mention("place and date", lambda view: (view.parties.place_and_date,))
INVOICES = Mention("invoices", lambda view: tuple(row.number for row in view.body.invoice_rows))
DUE_DATES = Mention("due dates", lambda view: tuple(row.due_on for row in view.body.invoice_rows))
BALANCES = Mention("balance of each invoice", lambda view: tuple(row.balance for row in view.body.invoice_rows))
STATEMENT = Mention(
    "statement of account",
    lambda view: tuple(text for row in view.body.invoice_rows for text in (row.issued_on, row.original, row.deducted)),
)
PRINCIPAL = Mention("principal", lambda view: (view.settlement.principal,))
DELAY = Mention("delay", lambda view: (view.body.delay,))
PAY_BY = Mention("date of payment", lambda view: (view.body.pay_by,))
CONTACT = Mention("contact", lambda view: (view.parties.contact,))
MEANS_OF_PAYMENT = Mention(
    "means of payment",
    lambda view: (view.parties.iban, view.parties.bic, view.parties.payment_reference if view.parties.iban else ""),
)
PAID_MEANWHILE = _words("paid in the meantime", "entre-temps")
CONTESTATION = _words("how to contest", "contest")
SIGNATORY = Mention("signatory", lambda view: (view.parties.signatory,))
INTEREST = Mention(
    "interest: rate, base, period, days",
    lambda view: tuple(
        text
        for row in view.body.segment_rows
        for text in (row.from_, row.through, row.days, row.base, row.rate, row.amount)
    ),
)
INTEREST_DUE = Mention("interest due", lambda view: (view.settlement.interest_due, view.settlement.interest_through))
INDEMNITY = Mention("fixed indemnity", lambda view: (view.settlement.indemnities, view.settlement.indemnity_detail))
TOTAL = Mention("total", lambda view: (view.settlement.total,))
REGISTERED = Mention("way of sending", lambda view: (view.parties.registered,))
MISE_EN_DEMEURE = _words("words of mise en demeure", "mise en demeure", "mettons en demeure")
ORDER_TO_PAY = _words("order to pay", "mettons en demeure")
ORDER = Mention(ORDER_TO_PAY.name, lambda view: (*ORDER_TO_PAY.texts(view), view.body.pay_by))
CONSEQUENCE = _words("consequence", "en justice")
RESERVE = _words("reserve of rights", "droits")
CODE_CIVIL = _words("Code civil", "1231-6", "1344", "1344-1")
CODE_DE_COMMERCE = Mention(
    "Code de commerce", lambda view: ("L441-10", "D441-5" if view.settlement.indemnities else "")
)
COMMANDE_PUBLIQUE = _words("Code de la commande publique", "L2192-12", "L2192-13", "D2192-35")
PAYMENT_PLAN = _words("payment plan", "échéancier")
MEDIATOR = Mention("mediator", lambda view: (view.parties.mediator,))
CALL_ORDER = _words("identity before the debt", "identité", "avant")
OUTCOME_SHEET = _words("outcome sheet", "promesse", "contestation")
DEBTOR_PHONE = Mention("debtor's telephone", lambda view: (view.parties.debtor_phone,))
DECISION = Mention("decision", lambda view: ("décision", view.note.outcome))
ALERT = Mention(
    "facts and what to do",
    lambda view: tuple(text for row in view.note.alert_rows for text in (row.title, row.facts, row.to_do)),
)
SUSPENSION = _words("suspension of deliveries", "suspendre", "livraisons", "interne")
SETTLED = Mention(
    "settled invoices",
    lambda view: tuple(
        text for row in view.thanks.settled_rows for text in (row.number, row.issued_on, row.due_on, row.amount)
    ),
)
SETTLED_TOTAL = Mention("total settled", lambda view: (view.thanks.settled_total, view.thanks.settled_credited))
RECEIPTS = Mention(
    "payments received", lambda view: tuple(text for row in view.thanks.receipt_rows for text in (row.day, row.amount))
)
GRATITUDE = _words("words of thanks", "remerci")
LAST_DAY = Mention("last day", lambda view: (view.note.last_day,))

_TO_DEBTOR = (CREDITOR, DEBTOR, DEBTOR_REFERENCE, INVOICES, DUE_DATES, BALANCES, PRINCIPAL, CONTACT, MEANS_OF_PAYMENT)
_ON_PAPER = (CREDITOR_IDENTITY, CREDITOR_ADDRESS, DEBTOR_ADDRESS, PLACE_AND_DATE, REGISTERED)
_REMINDER = (*_TO_DEBTOR, CREDITOR_IDENTITY, DELAY, PAID_MEANWHILE, CONTESTATION)
_FORMAL = (*_REMINDER, CREDITOR_ADDRESS, STATEMENT, PAY_BY)
_ACCESSORIES = (INTEREST, INTEREST_DUE, INDEMNITY, TOTAL)
_NOTICE = (*_FORMAL, DEBTOR_ADDRESS, DATE, SIGNATORY, MISE_EN_DEMEURE, ORDER, CONSEQUENCE, RESERVE, CODE_CIVIL, TOTAL)


_BUSINESS_REMINDER = (*_REMINDER, *_ACCESSORIES, CODE_DE_COMMERCE)
_PUBLIC_REMINDER = (*_REMINDER, *_ACCESSORIES, COMMANDE_PUBLIQUE)
_CALL = (CREDITOR, DEBTOR, DEBTOR_PHONE, INVOICES, DUE_DATES, PRINCIPAL, CALL_ORDER, OUTCOME_SHEET)


def _every_variant(
    kind: DocumentKind, asked: tuple[Mention, ...]
) -> dict[tuple[DocumentKind, Variant], tuple[Mention, ...]]:
    return {(kind, variant): asked for variant in Variant}


MENTIONS: dict[tuple[DocumentKind, Variant], tuple[Mention, ...]] = {
    **_every_variant(DocumentKind.COURTESY_NOTICE, _TO_DEBTOR),
    **_every_variant(DocumentKind.REMINDER_1, _REMINDER),
    (DocumentKind.REMINDER_2, Variant.BUSINESS): _BUSINESS_REMINDER,
    (DocumentKind.REMINDER_2, Variant.PUBLIC): _PUBLIC_REMINDER,
    (DocumentKind.REMINDER_2, Variant.CONSUMER): _REMINDER,
    **_every_variant(DocumentKind.REMINDER_LETTER, _FORMAL),
    (DocumentKind.MISE_EN_DEMEURE, Variant.BUSINESS): (*_NOTICE, *_ACCESSORIES, CODE_DE_COMMERCE),
    (DocumentKind.MISE_EN_DEMEURE, Variant.PUBLIC): (*_NOTICE, *_ACCESSORIES, COMMANDE_PUBLIQUE),
    (DocumentKind.MISE_EN_DEMEURE, Variant.CONSUMER): (*_NOTICE, PAYMENT_PLAN, MEDIATOR),
    **_every_variant(DocumentKind.CALL_SCRIPT, _CALL),
    **_every_variant(
        DocumentKind.THANK_YOU,
        (
            CREDITOR,
            CREDITOR_IDENTITY,
            DEBTOR,
            DEBTOR_REFERENCE,
            SETTLED,
            SETTLED_TOTAL,
            RECEIPTS,
            GRATITUDE,
            CONTACT,
        ),
    ),
    **_every_variant(
        DocumentKind.DELIVERY_SUSPENSION, (DEBTOR, INVOICES, DUE_DATES, PRINCIPAL, DELAY, TOTAL, SUSPENSION)
    ),
    **_every_variant(DocumentKind.STAFF_ALERT, (DEBTOR, INVOICES, DUE_DATES, PRINCIPAL, ALERT)),
    **_every_variant(DocumentKind.TERMINAL_NOTE, (DEBTOR, INVOICES, DUE_DATES, PRINCIPAL, TOTAL, DECISION)),
    **_every_variant(DocumentKind.DEADLINE_ALERT, (DEBTOR, INVOICES, DUE_DATES, PRINCIPAL, LAST_DAY)),
}
"""Mentions of each document, whatever its channel; a test walks every kind and variant."""


def mentions(kind: DocumentKind, variant: Variant, channel: Channel) -> tuple[Mention, ...]:
    """Return the mentions a document must carry.

    A mention whose fact does not exist (no BIC, no interest yet) asks for nothing; the facts that must exist are in
    ``facts.requirements``.
    """
    on_paper = _ON_PAPER if channel in ON_PAPER else ()
    return tuple(dict.fromkeys((*MENTIONS[kind, variant], *on_paper)))


def check_text(action: Action, case: Case, view: View, *, variant: Variant, where: str, text: str) -> None:
    """Raise ``MissingMention`` when a text lacks a mention its kind of document must carry.

    Spaces are folded, letter case and the shape of apostrophes ignored.
    """
    document = _comparable(text)
    missing = [
        (mention.name, wanted)
        for mention in mentions(action.document, variant, action.channel)
        for wanted in mention.texts(view)
        if wanted and _comparable(wanted) not in document
    ]
    if missing:
        raise MissingMention(
            where=f"case {case.id}, {action.document.value} ({variant.value}), {where}",
            found="; ".join(f"{name} is missing (« {wanted} »)" for name, wanted in missing),
            hint="Put it back in the template you override; docs/letters.md lists the mentions of each document.",
        )


_SPACES = re.compile(r"\s+")


def _comparable(text: str) -> str:
    return _SPACES.sub(" ", folded(text).replace("’", "'").casefold())
