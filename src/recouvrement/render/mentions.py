"""The mentions a document must carry: those of its kind, of its variant and of the way it leaves."""

from functools import cache

from recouvrement.domain.vocabulary import ON_PAPER, Channel, DocumentKind
from recouvrement.render import request_mentions as asked
from recouvrement.render.first_letters import DEMANDS, RECALLS
from recouvrement.render.mention import Mention
from recouvrement.render.mention_texts import (
    ALERT,
    BALANCES,
    CALL_ORDER,
    CODE_CIVIL,
    CODE_DE_COMMERCE,
    COMMANDE_PUBLIQUE,
    CONSEQUENCE,
    CONTACT,
    CONTESTATION,
    CREDITOR,
    CREDITOR_ADDRESS,
    CREDITOR_IDENTITY,
    DATE,
    DEBTOR,
    DEBTOR_ADDRESS,
    DEBTOR_PHONE,
    DEBTOR_REFERENCE,
    DECISION,
    DELAY,
    DUE_DATES,
    GRATITUDE,
    INDEMNITY,
    INTEREST,
    INTEREST_DUE,
    INVOICES,
    LAST_DAY,
    LEGAL_INTEREST,
    LEGAL_INTEREST_DUE,
    MEANS_OF_PAYMENT,
    MEDIATOR,
    MISE_EN_DEMEURE,
    ORDER,
    OUTCOME_SHEET,
    PAID_MEANWHILE,
    PAY_BY,
    PAYMENT_PLAN,
    PLACE_AND_DATE,
    PRINCIPAL,
    RECEIPTS,
    REGISTERED,
    RESERVE,
    SETTLED,
    SETTLED_TOTAL,
    SIGNATORY,
    STATEMENT,
    SUSPENSION,
    TOTAL,
)
from recouvrement.render.variants import Variant

_TO_DEBTOR = (CREDITOR, DEBTOR, DEBTOR_REFERENCE, INVOICES, DUE_DATES, BALANCES, PRINCIPAL, CONTACT, MEANS_OF_PAYMENT)
_ON_PAPER = (CREDITOR_IDENTITY, CREDITOR_ADDRESS, DEBTOR_ADDRESS, PLACE_AND_DATE, REGISTERED)
_REMINDER = (*_TO_DEBTOR, CREDITOR_IDENTITY, DELAY, PAID_MEANWHILE, CONTESTATION)
_FORMAL = (*_REMINDER, CREDITOR_ADDRESS, STATEMENT, PAY_BY)
_LATE = (INTEREST, INTEREST_DUE, INDEMNITY)
_LEGAL = (LEGAL_INTEREST, LEGAL_INTEREST_DUE)
_ACCESSORIES = (*_LATE, TOTAL)
_NOTICE = (*_FORMAL, DEBTOR_ADDRESS, DATE, SIGNATORY, MISE_EN_DEMEURE, ORDER, CONSEQUENCE, RESERVE, CODE_CIVIL, TOTAL)


_BUSINESS_REMINDER = (*_REMINDER, *_ACCESSORIES, CODE_DE_COMMERCE)
_PUBLIC_REMINDER = (*_REMINDER, *_ACCESSORIES, COMMANDE_PUBLIQUE)
_LAST_NOTICE = (*(*_FORMAL, DEBTOR_ADDRESS, DATE, SIGNATORY, RESERVE, TOTAL, asked.LAST_NOTICE, asked.NEXT_STEP),)
_PARTIES = (CREDITOR, CREDITOR_IDENTITY, DEBTOR, DEBTOR_REFERENCE)
_ANNEX = (*_PARTIES, INVOICES, DUE_DATES, BALANCES, STATEMENT, PRINCIPAL, TOTAL, DATE)
_DISPUTE = (
    *(*_PARTIES, INVOICES, DUE_DATES, BALANCES, CONTACT, asked.DISPUTE, asked.DISPUTED, asked.SUSPENDED),
    *(asked.ADMITS_NOTHING, asked.ANSWER_BY),
)
_PROPOSAL = (
    *(*_PARTIES, INVOICES, DUE_DATES, BALANCES, PRINCIPAL, CONTACT, MEANS_OF_PAYMENT, CONTESTATION),
    *(asked.SCHEDULE, asked.PLAN_NOTICE, asked.NOT_BINDING),
)
_AGREEMENT = (
    *(*_PARTIES, CREDITOR_ADDRESS, DEBTOR_ADDRESS, DATE, SIGNATORY, INVOICES, DUE_DATES, BALANCES, PRINCIPAL, TOTAL),
    *(MEANS_OF_PAYMENT, asked.ACKNOWLEDGEMENT, asked.IN_WORDS, asked.SCHEDULE, asked.PLAN_NOTICE, asked.ACCELERATION),
    *(asked.PLAN_ARTICLES, asked.NO_NOVATION, asked.BY_HAND, asked.SIGNATURES),
)
_FILE = (
    *(CREDITOR, CREDITOR_IDENTITY, CREDITOR_ADDRESS, DEBTOR, DEBTOR_ADDRESS, DEBTOR_REFERENCE, DATE),
    *(INVOICES, DUE_DATES, BALANCES, STATEMENT, PRINCIPAL, TOTAL, asked.EXHIBITS),
)
_CALL = (CREDITOR, DEBTOR, DEBTOR_PHONE, INVOICES, DUE_DATES, PRINCIPAL, CALL_ORDER, OUTCOME_SHEET)


def _every_variant(
    kind: DocumentKind, needed: tuple[Mention, ...]
) -> dict[tuple[DocumentKind, Variant], tuple[Mention, ...]]:
    return {(kind, variant): needed for variant in Variant}


def _by_interest(
    kind: DocumentKind, needed: tuple[Mention, ...]
) -> dict[tuple[DocumentKind, Variant], tuple[Mention, ...]]:
    """Add what is owed for the delay: a consumer owes legal interest from the mise en demeure, and no indemnity."""
    return {(kind, variant): (*needed, *(_LEGAL if variant is Variant.CONSUMER else _LATE)) for variant in Variant}


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
    (DocumentKind.REMINDER_3, Variant.BUSINESS): (*_BUSINESS_REMINDER, PAY_BY),
    (DocumentKind.REMINDER_3, Variant.PUBLIC): (*_PUBLIC_REMINDER, PAY_BY),
    (DocumentKind.REMINDER_3, Variant.CONSUMER): (*_REMINDER, PAY_BY, PAYMENT_PLAN),
    **_every_variant(DocumentKind.SMS, (asked.MESSAGE, PAID_MEANWHILE)),
    (DocumentKind.LAST_NOTICE, Variant.BUSINESS): (*_LAST_NOTICE, *_ACCESSORIES, CODE_DE_COMMERCE),
    (DocumentKind.LAST_NOTICE, Variant.PUBLIC): (*_LAST_NOTICE, *_ACCESSORIES, COMMANDE_PUBLIQUE),
    (DocumentKind.LAST_NOTICE, Variant.CONSUMER): (*_LAST_NOTICE, PAYMENT_PLAN, MEDIATOR),
    **_every_variant(
        DocumentKind.STATEMENT_OF_ACCOUNT,
        (
            *(CREDITOR, CREDITOR_IDENTITY, DEBTOR, DEBTOR_REFERENCE, INVOICES, DUE_DATES, BALANCES, CONTACT, DATE),
            *(asked.MOVEMENTS, asked.ACCOUNT_BALANCE, asked.ASKS_NOTHING),
        ),
    ),
    (DocumentKind.DECOMPTE_ANNEX, Variant.BUSINESS): (*_ANNEX, *_LATE, CODE_DE_COMMERCE),
    (DocumentKind.DECOMPTE_ANNEX, Variant.PUBLIC): (*_ANNEX, *_LATE, COMMANDE_PUBLIQUE),
    (DocumentKind.DECOMPTE_ANNEX, Variant.CONSUMER): (*_ANNEX, *_LEGAL),
    **_every_variant(DocumentKind.DISPUTE_ACKNOWLEDGEMENT, _DISPUTE),
    (DocumentKind.DISPUTE_ACKNOWLEDGEMENT, Variant.CONSUMER): (*_DISPUTE, MEDIATOR),
    **_every_variant(
        DocumentKind.PROMISE_CONFIRMATION,
        (*_PARTIES, INVOICES, DUE_DATES, BALANCES, CONTACT, MEANS_OF_PAYMENT, asked.PROMISE, asked.NO_WAIVER),
    ),
    **_every_variant(
        DocumentKind.BROKEN_PROMISE,
        (*_TO_DEBTOR, CREDITOR_IDENTITY, PAID_MEANWHILE, CONTESTATION, asked.PROMISE, asked.MISSING_PROMISE),
    ),
    **_every_variant(DocumentKind.PLAN_PROPOSAL, _PROPOSAL),
    (DocumentKind.PLAN_PROPOSAL, Variant.BUSINESS): (*_PROPOSAL, TOTAL),
    (DocumentKind.PLAN_PROPOSAL, Variant.PUBLIC): (*_PROPOSAL, TOTAL),
    (DocumentKind.PLAN_AGREEMENT, Variant.BUSINESS): (*_AGREEMENT, INTEREST_DUE, INDEMNITY),
    (DocumentKind.PLAN_AGREEMENT, Variant.PUBLIC): (*_AGREEMENT, INTEREST_DUE, INDEMNITY),
    (DocumentKind.PLAN_AGREEMENT, Variant.CONSUMER): (*_AGREEMENT, MEDIATOR, CONTACT),
    **_every_variant(
        DocumentKind.PLAN_DEFAULT_NOTICE,
        (
            *(*_PARTIES, CREDITOR_ADDRESS, DEBTOR_ADDRESS, DATE, SIGNATORY, CONTACT, MEANS_OF_PAYMENT),
            *(PAID_MEANWHILE, CONTESTATION, RESERVE, asked.PLAN_DEFAULT, asked.SCHEDULE, asked.ACCELERATION),
        ),
    ),
    **_every_variant(
        DocumentKind.RECEIPT,
        (*_PARTIES, CONTACT, asked.RECEIVED, asked.RECEIVED_PARTS, asked.INTEREST_RESERVED),
    ),
    **_by_interest(
        DocumentKind.HANDOVER_COVER,
        (*_FILE, CONTACT, asked.NOT_FOR_THE_DEBTOR, asked.HISTORY, asked.NOTICE_ON, asked.DEADLINES),
    ),
    **_by_interest(
        DocumentKind.ORDER_TO_PAY_SHEET,
        (*_FILE, asked.NOT_THE_FORM, asked.COURT_OF_THE_DEBTOR, asked.HISTORY, asked.NOTICE_ON, asked.DEADLINES),
    ),
    **_by_interest(
        DocumentKind.CLAIM_DECLARATION,
        (
            *(CREDITOR, CREDITOR_IDENTITY, CREDITOR_ADDRESS, DEBTOR, DEBTOR_ADDRESS, DATE, SIGNATORY, CONTACT),
            *(TOTAL, asked.PROCEEDINGS, asked.AGENT, asked.DECLARED),
            *(asked.EXHIBITS, asked.DECLARATION_ARTICLES, asked.CERTIFIED),
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


@cache
def mentions(kind: DocumentKind, variant: Variant, channel: Channel) -> tuple[Mention, ...]:
    """Return the mentions a document must carry.

    A mention whose fact does not exist (no BIC, no interest yet) asks for nothing; the facts that must exist are in
    ``facts.requirements``.
    """
    on_paper = _ON_PAPER if channel in ON_PAPER else ()
    mandated = (*((asked.COLLECTOR,) if kind in DEMANDS else ()), *((asked.FIRST_LETTER,) if kind in RECALLS else ()))
    return tuple(dict.fromkeys((*MENTIONS[kind, variant], *on_paper, *mandated)))
