"""The English of letters to foreign debtors: the words, not the law, which stays French."""

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import DayCount
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render import formats_en
from recouvrement.render.formats import NO_BREAK
from recouvrement.render.language import Language, Words
from recouvrement.render.typography import spaced_in_english
from recouvrement.render.variants import Variant
from recouvrement.render.wording_en import IN_ANY_ENGLISH_LETTER, OF_AN_ENGLISH_COLLECTOR, TO_AN_ENGLISH_CONSUMER

ENGLISH = Language(
    code="en",
    money=formats_en.money,
    long_date=formats_en.long_date,
    short_date=formats_en.short_date,
    rate=formats_en.rate,
    counted=formats_en.count,
    phone=formats_en.phone,
    article=formats_en.article,
    typography=spaced_in_english,
    words=Words(
        day="day",
        days="days",
        invoice="invoice",
        invoices="invoices",
        one_invoice="invoice {number}",
        oldest="up to {delay}",
        pay_by="no later than {day}",
        upon_receipt="on receipt of this message",
        upon_receipt_of_notice="on receipt of this letter",
        not_yet_due=f"not{NO_BREAK}yet{NO_BREAK}due",
        order="order {reference}",
        instalment=f"{{number}}{NO_BREAK}(instalment{NO_BREAK}{{position}}/{{parts}})",
        from_=f"from{NO_BREAK}{{day}}",
        through=f"to{NO_BREAK}{{day}}",
        bases={
            DayCount.ACTUAL_365: "number of days over 365",
            DayCount.ACTUAL_ACTUAL: "number of days over the actual length of the year",
            DayCount.ACTUAL_360: "number of days over 360",
        },
        or_=" or ",
        by_invoice="{rates} depending on the invoice",
        compounded=", base including interest due for a whole year, article 1343-2 of the French Civil Code",
        by_email="by email to {address}",
        by_phone="by telephone on {number}",
        labelled_phone=f"Telephone:{NO_BREAK}{{number}}",
        labelled_email=f"Email:{NO_BREAK}{{address}}",
        attention="For the attention of {name}",
        place_and_date="{place}, {day}",
        date_alone="{day}",
        registered="Registered letter with acknowledgement of receipt (lettre recommandée avec avis de réception)",
        subject="Subject: ",
        colon=": ",
        page="Page",
        carried="Brought forward",
        to_carry="Carried forward",
        pay_by_transfer="Pay by bank transfer",
        payment_code="European credit transfer QR code",
        debtor_kinds={
            DebtorKind.BUSINESS: "business",
            DebtorKind.CONSUMER: "consumer",
            DebtorKind.PUBLIC: "public body",
            DebtorKind.NON_PROFESSIONAL: "legal person outside any business",
            DebtorKind.UNKNOWN: "status not known (treated as a consumer)",
        },
    ),
    phrases={
        "paid in the meantime": ("in the meantime",),
        "how to contest": ("dispute",),
        "words of mise en demeure": ("formal notice to pay", "mise en demeure"),
        "order to pay": ("formally require you to pay",),
        "consequence": ("legal proceedings",),
        "reserve of rights": ("rights",),
        "payment plan": ("payment plan",),
        "identity before the debt": ("identity", "before"),
        "outcome sheet": ("promise", "dispute"),
        "words of thanks": ("thank you",),
    },
    in_any_letter=IN_ANY_ENGLISH_LETTER,
    to_a_consumer=TO_AN_ENGLISH_CONSUMER,
    of_a_collector=OF_AN_ENGLISH_COLLECTOR,
    kinds=frozenset(
        {
            DocumentKind.COURTESY_NOTICE,
            DocumentKind.REMINDER_1,
            DocumentKind.REMINDER_2,
            DocumentKind.CALL_SCRIPT,
            DocumentKind.REMINDER_LETTER,
            DocumentKind.MISE_EN_DEMEURE,
            DocumentKind.THANK_YOU,
        }
    ),
    # A public debtor is one bound by the French Code de la commande publique: it is always written to in French.
    variants=frozenset({Variant.BUSINESS, Variant.CONSUMER}),
)
