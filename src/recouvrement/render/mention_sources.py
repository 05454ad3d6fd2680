"""Why each mention and each fact is asked for: its text or its use, and how well that text was established.

Texts and marks are those of the project's notes on letters; a mention without any text is practice and bears no mark.
"""

from recouvrement.domain.reasons import Confidence
from recouvrement.render.mention_bases_requested import REQUESTED_BASES, REQUESTED_FACT_BASES
from recouvrement.render.mention_basis import Basis

_PRACTICE_PROOF = "la preuve et la clarté de la demande"
_R123 = "C. com. art. R123-237 et R123-238"
_L441 = "C. com. art. L441-10 II et D441-5 ; personne publique : CCP art. L2192-12, L2192-13 et D2192-35"
_CIVIL = "C. civ. art. 1344"
_LEGAL = "C. civ. art. 1231-6 et 1344-1"
_SECONDARY, _TEXT_READ, _MEMORY = Confidence.SECONDARY, Confidence.TEXT_READ, Confidence.FROM_MEMORY

MENTION_BASES: dict[str, Basis] = {
    "creditor": Basis("nom du créancier", "le débiteur sait qui écrit", _R123, _SECONDARY, is_required=True),
    "creditor identity": Basis(
        "identité du créancier",
        "forme, capital, SIREN, « RCS » et ville ; pour un entrepreneur individuel, « EI » (R526-27, de mémoire)",
        _R123,
        _SECONDARY,
        is_required=True,
    ),
    "creditor address": Basis(
        "adresse du créancier", "siège, sur les lettres d'affaires", _R123, _SECONDARY, is_required=True
    ),
    "debtor": Basis("débiteur", "poursuivre la bonne personne, écarter les homonymes"),
    "debtor address": Basis("adresse du débiteur", "la lettre nomme les deux parties"),
    "debtor reference": Basis("référence du débiteur", _PRACTICE_PROOF),
    "date": Basis("date", _PRACTICE_PROOF),
    "place and date": Basis("lieu et date", _PRACTICE_PROOF),
    "invoices": Basis(
        "chaque facture", "une interpellation suffisante est précise : numéro de la facture", _CIVIL, _SECONDARY
    ),
    "due dates": Basis("échéance de chaque facture", "point de départ du retard", _CIVIL, _SECONDARY),
    "balance of each invoice": Basis("reste dû de chaque facture", "imputation des règlements", _CIVIL, _SECONDARY),
    "statement of account": Basis(
        "relevé : date d'émission, montant, règlements et avoirs", "imputation des règlements", _CIVIL, _SECONDARY
    ),
    "principal": Basis(
        "principal, à part des accessoires",
        "postes distincts",
        "C. com. art. L441-10 II ; CPCE art. L111-8",
        _TEXT_READ,
    ),
    "delay": Basis("retard, en jours", "dire le retard avec courtoisie"),
    "date of payment": Basis("date jusqu'à laquelle payer", "huit à quinze jours"),
    "contact": Basis("contact pour répondre et contester", "équité ; une contestation arrête la relance"),
    "means of payment": Basis(
        "moyen de paiement, IBAN, référence à rappeler", "ne jamais changer d'IBAN par courriel seul"
    ),
    "paid in the meantime": Basis("« si vous avez réglé entre-temps »", "écarter une pratique déloyale"),
    "how to contest": Basis("comment contester", "équité"),
    "signatory": Basis("signataire", "signature et pouvoir"),
    "interest: rate, base, period, days": Basis(
        "intérêts : taux, base, période, jours", "postes distincts", _L441, _TEXT_READ
    ),
    "legal interest: rate, base, period, days": Basis(
        "intérêt légal depuis la mise en demeure : taux, base, période, jours",
        "postes distincts ; ni pénalité ni indemnité",
        _LEGAL,
        _SECONDARY,
        is_if_set=True,
    ),
    "legal interest due": Basis(
        "intérêt légal dû depuis la mise en demeure, et jour d'arrêté",
        "postes distincts",
        _LEGAL,
        _SECONDARY,
        is_if_set=True,
    ),
    "interest due": Basis("intérêts dus et jour d'arrêté", "postes distincts", _L441, _TEXT_READ),
    "fixed indemnity": Basis(
        "indemnité forfaitaire",
        "40 € par facture, entre professionnels et envers une personne publique",
        _L441,
        _TEXT_READ,
    ),
    "total": Basis("total", "un décompte tombe juste"),
    "way of sending": Basis("voie d'envoi", "« lettre recommandée avec avis de réception », preuve"),
    "words of mise en demeure": Basis("les mots « mise en demeure »", "interpellation suffisante", _CIVIL, _SECONDARY),
    "order to pay": Basis("ordre de payer pour une date", "interpellation suffisante", _CIVIL, _SECONDARY),
    "consequence": Basis("suite : action en justice", "contenu recommandé", _CIVIL, _SECONDARY),
    "reserve of rights": Basis("réserve des droits", "contenu recommandé", _CIVIL, _SECONDARY),
    "Code civil": Basis(
        "articles du Code civil",
        "point de départ de l'intérêt légal",
        "C. civ. art. 1231-6, 1344 et 1344-1",
        _SECONDARY,
    ),
    "Code de commerce": Basis(
        "articles du Code de commerce", "fondement des accessoires", "C. com. art. L441-10 et D441-5", _TEXT_READ
    ),
    "Code de la commande publique": Basis(
        "articles du Code de la commande publique",
        "fondement des accessoires",
        "CCP art. L2192-12, L2192-13 et D2192-35",
        _TEXT_READ,
    ),
    "payment plan": Basis("offre d'un échéancier", "envers un consommateur"),
    "mediator": Basis(
        "médiateur de la consommation",
        "obligatoire après une réclamation restée sans succès",
        "C. conso. art. L616-1, R616-1 et L612-2",
        _SECONDARY,
        is_required=True,
        is_if_set=True,
    ),
    "identity before the debt": Basis(
        "vérifier l'identité avant de parler de la dette", "vie privée", "C. civ. art. 9", _MEMORY
    ),
    "outcome sheet": Basis("fiche de résultat : promesse, contestation", "date, personne, résultat"),
    "debtor's telephone": Basis("téléphone du débiteur", "appeler la bonne personne", is_if_set=True),
    "decision": Basis("décision attendue", "note interne"),
    "facts and what to do": Basis("faits et suite à donner", "note interne"),
    "suspension of deliveries": Basis("suspension des livraisons", "note interne"),
    "settled invoices": Basis("factures soldées", _PRACTICE_PROOF),
    "total settled": Basis("total soldé", _PRACTICE_PROOF),
    "payments received": Basis("règlements reçus", _PRACTICE_PROOF),
    "words of thanks": Basis("remerciement", "courtoisie"),
    "last day": Basis("dernier jour pour agir", "note interne"),
    **REQUESTED_BASES,
}
"""By the name of the mention; a test asks for one for each mention there is."""

FACT_BASES: dict[str, Basis] = {
    "creditor.email": Basis("courriel ou téléphone du créancier", "pouvoir répondre et contester"),
    "creditor.siren": Basis(
        "SIREN du créancier", "sauf un particulier", "C. com. art. R123-237", _SECONDARY, is_required=True
    ),
    "creditor.iban": Basis("IBAN du créancier", "dire comment payer"),
    "creditor.address": Basis(
        "adresse du créancier", "siège, sur les lettres d'affaires", _R123, _SECONDARY, is_required=True
    ),
    "creditor.signatory": Basis("signataire", "signature et pouvoir"),
    "debtor.address": Basis("adresse du débiteur", "la lettre nomme les deux parties"),
    "action.pay_by": Basis("délai de paiement de l'étape", "la lettre donne une date"),
    **REQUESTED_FACT_BASES,
}
"""By the path of the fact, as ``facts.requirements`` names it."""
