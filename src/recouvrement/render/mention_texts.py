"""The mentions of reminders, notices and internal notes, each with the facts it must show."""

from recouvrement.render.mention import Mention, words

CREDITOR = Mention("creditor", lambda view: (view.sender.creditor_name,))
CREDITOR_IDENTITY = Mention(
    "creditor identity", lambda view: (view.sender.creditor_identity, view.sender.creditor_siren)
)
CREDITOR_ADDRESS = Mention("creditor address", lambda view: tuple(view.sender.creditor_address.split(", ")))
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
CONTACT = Mention("contact", lambda view: (view.sender.contact,))
MEANS_OF_PAYMENT = Mention(
    "means of payment",
    lambda view: (view.sender.iban, view.sender.bic, view.parties.payment_reference if view.sender.iban else ""),
)
PAID_MEANWHILE = words("paid in the meantime", "entre-temps")
CONTESTATION = words("how to contest", "contest")
SIGNATORY = Mention("signatory", lambda view: (view.sender.signatory,))
INTEREST = Mention(
    "interest: rate, base, period, days",
    lambda view: tuple(
        text
        for row in view.body.segment_rows
        for text in (row.from_, row.through, row.days, row.base, row.rate, row.amount)
    ),
)
LEGAL_INTEREST = Mention("legal interest: rate, base, period, days", INTEREST.texts)
INTEREST_DUE = Mention("interest due", lambda view: (view.settlement.interest_due, view.settlement.interest_through))
LEGAL_INTEREST_DUE = Mention("legal interest due", INTEREST_DUE.texts)
INDEMNITY = Mention("fixed indemnity", lambda view: (view.settlement.indemnities, view.settlement.indemnity_detail))
TOTAL = Mention("total", lambda view: (view.settlement.total,))
REGISTERED = Mention("way of sending", lambda view: (view.parties.registered,))
MISE_EN_DEMEURE = words("words of mise en demeure", "mise en demeure", "mettons en demeure")
ORDER_TO_PAY = words("order to pay", "mettons en demeure")
ORDER = Mention(ORDER_TO_PAY.name, lambda view: (*ORDER_TO_PAY.texts(view), view.body.pay_by))
CONSEQUENCE = words("consequence", "en justice")
RESERVE = words("reserve of rights", "droits")
CODE_CIVIL = words("Code civil", "1231-6", "1344", "1344-1")
CODE_DE_COMMERCE = Mention(
    "Code de commerce", lambda view: ("L441-10", "D441-5" if view.settlement.indemnities else "")
)
COMMANDE_PUBLIQUE = words("Code de la commande publique", "L2192-12", "L2192-13", "D2192-35")
PAYMENT_PLAN = words("payment plan", "échéancier")
MEDIATOR = Mention("mediator", lambda view: (view.parties.mediator,))
CALL_ORDER = words("identity before the debt", "identité", "avant")
OUTCOME_SHEET = words("outcome sheet", "promesse", "contestation")
DEBTOR_PHONE = Mention("debtor's telephone", lambda view: (view.parties.debtor_phone,))
DECISION = Mention("decision", lambda view: ("décision", view.note.outcome))
ALERT = Mention(
    "facts and what to do",
    lambda view: tuple(text for row in view.note.alert_rows for text in (row.title, row.facts, row.to_do)),
)
SUSPENSION = words("suspension of deliveries", "suspendre", "livraisons", "interne")
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
GRATITUDE = words("words of thanks", "remerci")
LAST_DAY = Mention("last day", lambda view: (view.note.last_day,))
