"""The mentions of the documents made on request, and of a mandated collector, each with the facts it must show."""

from recouvrement.render.mention import Mention, words
from recouvrement.render.views import View

MESSAGE = Mention(
    "creditor, amount, reference and contact of a text message",
    lambda view: (view.sms.sms_creditor, view.sms.sms_amount, view.sms.sms_client, view.sms.sms_contact),
)
NEXT_STEP = Mention("next step and its day", lambda view: (view.body.next_step, view.body.pay_by))
LAST_NOTICE = words("words of last notice", "dernier avis", "une dernière fois")
MOVEMENTS = Mention(
    "movements of the account",
    lambda view: tuple(
        text for row in view.account.movement_rows for text in (row.day, row.label, row.debit, row.credit, row.balance)
    ),
)
ACCOUNT_BALANCE = Mention(
    "balance of the account", lambda view: (view.account.account_balance, view.account.account_in_credit)
)
ASKS_NOTHING = words("asks nothing", "ni rappel ni mise en demeure")
DISPUTE = Mention("contestation received", lambda view: ("contestation", view.commitment.dispute_on))
DISPUTED = Mention(
    "contested part, and what is not", lambda view: (view.settlement.contested, view.commitment.dispute_uncontested)
)
SUSPENDED = words("dunning suspended for the contested part", "suspendues pour la part contestée")
ADMITS_NOTHING = words("nothing is admitted", "ne vaut ni acceptation")
ANSWER_BY = Mention("date of the answer", lambda view: (view.commitment.dispute_answer_by,))
PROMISE = Mention(
    "promise: its day, its sum and when",
    lambda view: (view.commitment.promise_on, view.commitment.promise_amount, view.commitment.promise_pay_by),
)
NO_WAIVER = words("nothing is given up", "renonciation")
MISSING_PROMISE = Mention(
    "what was promised and is missing", lambda view: (view.commitment.promise_missing, view.commitment.promise_received)
)
SCHEDULE = Mention(
    "dates and amounts of the plan",
    lambda view: (
        view.agreement.plan_total,
        view.agreement.plan_beyond,
        *(text for row in view.agreement.plan_rows for text in (row.due_on, row.amount)),
    ),
)
PLAN_NOTICE = Mention("time to put a default right", lambda view: (view.agreement.plan_notice,))
NOT_BINDING = words("binds nobody yet", "n'engage ni vous ni nous")
ACKNOWLEDGEMENT = words("acknowledgement of the debt and promise to pay", "reconnaît devoir", "s'engage à la payer")
IN_WORDS = Mention(
    "sums in figures and in words",
    lambda view: (
        view.settlement.total,
        view.agreement.debt_words,
        view.agreement.plan_total,
        view.agreement.plan_total_words,
    ),
)
PLAN_ARTICLES = words("Code civil of the plan", "1305-4", "1330", "1343-1", "1375", "1376")
BY_HAND = Mention(
    "mention the debtor writes himself",
    lambda view: ("par le débiteur lui-même", "bon pour reconnaissance de dette", view.agreement.debt_words),
)
SIGNATURES = words("both signatures", "pour le créancier", "pour le débiteur", "signature")
ACCELERATION = Mention(
    "whole sum due, as agreed", lambda view: ("totalité" if view.agreement.plan_accelerates else "l'échéancier",)
)
NO_NOVATION = words("no novation", "novation")
PLAN_DEFAULT = Mention(
    "what the plan expected, what came and what is missing",
    lambda view: (
        view.agreement.plan_on,
        view.agreement.plan_missed_on,
        view.agreement.plan_expected,
        view.agreement.plan_received,
        view.agreement.plan_missing,
        view.agreement.plan_notice,
    ),
)
RECEIVED = Mention(
    "payment received, in figures and in words",
    lambda view: (
        "quittance",
        view.received.received_on,
        view.received.received_amount,
        view.received.received_words,
        view.received.received_reference,
    ),
)
RECEIVED_PARTS = Mention(
    "invoices the payment went to, and what is left",
    lambda view: (
        view.received.received_surplus,
        view.received.received_unnamed,
        *_left_after(view),
        *(text for row in view.received.received_rows for text in (row.number, row.amount)),
    ),
)
INTEREST_RESERVED = Mention(
    "interest reserved",
    lambda view: ("sous réserve", "article 1343-1" if view.received.received_reserves_imputation else ""),
)
NOT_FOR_THE_DEBTOR = words("not meant for the debtor", "n'est pas destiné au débiteur")
HISTORY = Mention(
    "what was done",
    lambda view: tuple(text for row in view.note.history_rows for text in (row.day, row.document, row.channel)),
)
EXHIBITS = Mention(
    "exhibits and what is unproved",
    lambda view: (view.exhibits.unproved, *(row.exhibit for row in view.exhibits.exhibit_rows)),
)
NOTICE_ON = Mention("day of the mise en demeure", lambda view: (view.exhibits.notice_on,))
DEADLINES = Mention(
    "deadlines", lambda view: tuple(text for row in view.note.deadline_rows for text in (row.last_day, row.article))
)
NOT_THE_FORM = words("not the request itself", "n'est pas la requête", "formulaire officiel")
COURT_OF_THE_DEBTOR = words("court of the debtor's home", "1406")
PROCEEDINGS = Mention(
    "insolvency proceedings",
    lambda view: (
        view.declaration.insolvency_kind,
        view.declaration.insolvency_opened_on,
        view.declaration.insolvency_published_on,
        view.declaration.insolvency_court,
    ),
)
AGENT = Mention(
    "judicial agent and its address",
    lambda view: (view.declaration.insolvency_agent, *view.declaration.insolvency_agent_address.split(", ")),
)
DECLARED = Mention(
    "debts due and to come on the day of the opening",
    lambda view: (
        view.declaration.declared_due,
        view.declaration.declared_coming,
        *(text for row in view.declaration.declared_rows for text in (row.number, row.due_on, row.due, row.coming)),
    ),
)
DECLARATION_ARTICLES = words("Code de commerce of the declaration", "L622-24", "L622-25", "R622-23", "L622-28")
CERTIFIED = words("claim certified as sincere", "certifions sincère", "chirographaire")


def _left_after(view: View) -> tuple[str, ...]:
    """Return what is left after a payment: with interest paid first, both the books and the law say how much."""
    received = view.received
    if received.received_silent:
        return ()
    by_law = (received.received_imputed, received.received_principal_due) if received.received_imputed else ()
    return (received.received_left, *by_law)


def _of_collector(view: View) -> tuple[str, ...]:
    sender = view.sender
    if not sender.collector_name:
        return ()
    return (
        sender.collector_name,
        *sender.collector_address.split(", "),
        "recouvrement amiable",
        sender.creditor_name,
        *sender.creditor_address.split(", "),
        sender.statute_text,
        *(row.cause for row in view.body.invoice_rows),
    )


COLLECTOR = Mention("mandated collector: who, for whom, and CPCE art. L111-8 (art. R124-4)", _of_collector)
FIRST_LETTER = Mention(
    "mandated collector: references and date of the first letter",
    lambda view: (view.first_letter.first_letter,),
)
