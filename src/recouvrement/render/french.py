"""The French of letters: the language of the law they rest on, and the one every document exists in."""

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import DayCount
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render import formats
from recouvrement.render.formats import NO_BREAK
from recouvrement.render.language import Language, Words
from recouvrement.render.typography import spaced
from recouvrement.render.variants import Variant
from recouvrement.render.wording import IN_ANY_LETTER, TO_A_CONSUMER
from recouvrement.render.wording_en import ENGLISH_COURT_WORDS, OF_AN_ENGLISH_COLLECTOR

FRENCH = Language(
    code="fr",
    money=formats.money,
    long_date=formats.long_date,
    short_date=formats.short_date,
    rate=formats.rate,
    counted=formats.count,
    phone=formats.unbroken,
    article=str,
    typography=spaced,
    words=Words(
        day="jour",
        days="jours",
        invoice="facture",
        invoices="factures",
        one_invoice="facture {number}",
        oldest="{delay} pour la plus ancienne échéance",
        pay_by="au plus tard le {day}",
        upon_receipt="dès réception de ce message",
        upon_receipt_of_notice="dès réception de la présente",
        not_yet_due=f"à{NO_BREAK}échoir",
        order="commande {reference}",
        instalment=f"{{number}}{NO_BREAK}(échéance{NO_BREAK}{{position}}/{{parts}})",
        from_=f"du{NO_BREAK}{{day}}",
        through=f"au{NO_BREAK}{{day}}",
        bases={
            DayCount.ACTUAL_365: "nombre de jours rapporté à 365",
            DayCount.ACTUAL_ACTUAL: "nombre de jours rapporté à la durée réelle de l’année",
            DayCount.ACTUAL_360: "nombre de jours rapporté à 360",
        },
        or_=" ou ",
        by_invoice="{rates} selon la facture",
        compounded=", base comprenant les intérêts dus pour une année entière, article 1343-2 du Code civil",
        by_email="par courriel à l’adresse {address}",
        by_phone="par téléphone au {number}",
        labelled_phone=f"Téléphone{NO_BREAK}: {{number}}",
        labelled_email=f"Courriel{NO_BREAK}: {{address}}",
        attention="{name}",
        place_and_date="{place}, le {day}",
        date_alone="Le {day}",
        registered="Lettre recommandée avec avis de réception",
        subject=f"Objet{NO_BREAK}: ",
        colon=f"{NO_BREAK}: ",
        page="Page",
        carried="Total reporté",
        to_carry="À reporter",
        pay_by_transfer="Payer par virement",
        payment_code="Code QR de virement européen",
        debtor_kinds={
            DebtorKind.BUSINESS: "professionnel",
            DebtorKind.CONSUMER: "consommateur",
            DebtorKind.PUBLIC: "personne publique",
            DebtorKind.NON_PROFESSIONAL: "non-professionnel",
            DebtorKind.UNKNOWN: "qualité non renseignée (traité comme un consommateur)",
        },
    ),
    phrases={},
    in_any_letter=(*IN_ANY_LETTER, *ENGLISH_COURT_WORDS),
    to_a_consumer=TO_A_CONSUMER,
    of_a_collector=OF_AN_ENGLISH_COLLECTOR,
    kinds=frozenset(DocumentKind),
    variants=frozenset(Variant),
)
