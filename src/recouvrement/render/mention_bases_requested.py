"""Why the mentions of documents made on request are asked for: the later part of the table of ``mention_sources``."""

from recouvrement.domain.reasons import Confidence
from recouvrement.render.mention_basis import Basis

_SECONDARY, _TEXT_READ, _MEMORY = Confidence.SECONDARY, Confidence.TEXT_READ, Confidence.FROM_MEMORY
_R124 = "CPCE art. R124-4"
_ACCELERATION = "C. civ. art. 1305-4"
_PROOF = "C. civ. art. 1376"
_IMPUTATION = "C. civ. art. 1342-10 et 1343-1"
_DECLARATION = "C. com. art. L622-24, L622-25, R622-23 et L622-28"

REQUESTED_BASES: dict[str, Basis] = {
    "mandated collector: who, for whom, and CPCE art. L111-8 (art. R124-4)": Basis(
        "tiers mandaté : qui il est, pour qui il agit, fondement de la somme, texte de l'article L111-8",
        "seulement si le créancier a mandaté un tiers",
        _R124,
        _TEXT_READ,
        is_required=True,
    ),
    "mandated collector: references and date of the first letter": Basis(
        "tiers mandaté : références et date de sa première lettre",
        "seulement si un tiers est mandaté, dans toute démarche qui suit sa première lettre",
        "CPCE art. R124-4 in fine",
        _TEXT_READ,
        is_required=True,
        is_if_set=True,
    ),
    "creditor, amount, reference and contact of a text message": Basis(
        "créancier, montant, référence et contact", "l'essentiel en deux messages au plus"
    ),
    "words of last notice": Basis("les mots « dernier avis »", "dire ce que la lettre est"),
    "next step and its day": Basis(
        "suite décidée, et sa date",
        "annoncer une suite qui n'est pas décidée serait une pratique trompeuse",
        "C. conso. art. L121-2",
        _MEMORY,
    ),
    "movements of the account": Basis("mouvements du compte", "imputation des règlements"),
    "balance of the account": Basis("solde du compte", "un relevé tombe juste"),
    "asks nothing": Basis("ni rappel ni mise en demeure", "un relevé n'interpelle pas"),
    "contestation received": Basis("contestation reçue, et son jour", "équité, preuve"),
    "contested part, and what is not": Basis("part contestée, et part qui ne l'est pas", "demander le reste"),
    "dunning suspended for the contested part": Basis("relances suspendues pour la part contestée", "équité"),
    "nothing is admitted": Basis("rien n'est admis", "ne pas reconnaître le bien-fondé de la contestation"),
    "date of the answer": Basis("date de la réponse", "équité"),
    "promise: its day, its sum and when": Basis("promesse : jour, somme, date", "confirmer par écrit, preuve"),
    "nothing is given up": Basis("aucune renonciation", "préserver les droits du créancier"),
    "what was promised and is missing": Basis("ce qui était promis et manque", "preuve et clarté"),
    "dates and amounts of the plan": Basis("dates et montants de l'échéancier", "précision de l'accord"),
    "time to put a default right": Basis(
        "délai pour régulariser", "la déchéance du terme suppose un avertissement", _ACCELERATION, _SECONDARY
    ),
    "binds nobody yet": Basis("proposition qui n'engage pas", "distinguer la proposition de l'accord"),
    "acknowledgement of the debt and promise to pay": Basis(
        "reconnaissance de la dette et engagement de payer",
        "l'acte doit contenir l'engagement de payer (civ. 1, 8 déc. 2021, n° 20-12.334)",
        _PROOF,
        _SECONDARY,
    ),
    "sums in figures and in words": Basis(
        "somme en chiffres et en lettres", "les lettres l'emportent", _PROOF, _TEXT_READ, is_required=True
    ),
    "whole sum due, as agreed": Basis(
        "exigibilité du tout, si elle est convenue", "seulement si elle est stipulée", _ACCELERATION, _SECONDARY
    ),
    "Code civil of the plan": Basis(
        "articles du Code civil", "fondement de l'accord", "C. civ. art. 1305-4, 1330, 1343-1, 1375 et 1376", _SECONDARY
    ),
    "no novation": Basis("absence de novation", "la novation ne se présume pas", "C. civ. art. 1330", _SECONDARY),
    "mention the debtor writes himself": Basis(
        "mention que le débiteur écrit lui-même",
        "preuve d'un engagement unilatéral",
        _PROOF,
        _TEXT_READ,
        is_required=True,
    ),
    "both signatures": Basis(
        "deux signatures, nombre d'originaux", "acte synallagmatique", "C. civ. art. 1375", _SECONDARY
    ),
    "what the plan expected, what came and what is missing": Basis(
        "attendu, reçu et manquant", "avertissement précis", _ACCELERATION, _SECONDARY
    ),
    "payment received, in figures and in words": Basis("règlement reçu, en chiffres et en lettres", "preuve"),
    "invoices the payment went to, and what is left": Basis(
        "factures réglées, et reste dû", "imputation", _IMPUTATION, _SECONDARY
    ),
    "interest reserved": Basis("réserve des intérêts", "préserver les droits du créancier"),
    "exhibits and what is unproved": Basis("pièces, et ce qui n'est pas prouvé", "dossier complet"),
    "not meant for the debtor": Basis("document non destiné au débiteur", "écarter une confusion"),
    "what was done": Basis("ce qui a été fait", "dossier complet"),
    "day of the mise en demeure": Basis(
        "jour de la mise en demeure", "point de départ de l'intérêt légal", is_if_set=True
    ),
    "deadlines": Basis("échéances légales", "agir à temps"),
    "not the request itself": Basis(
        "cette fiche n'est pas la requête", "la demande se fait sur le formulaire officiel ou dans la requête"
    ),
    "court of the debtor's home": Basis(
        "juridiction du domicile du débiteur", "compétence d'ordre public", "CPC art. 1406", _SECONDARY
    ),
    "insolvency proceedings": Basis("procédure collective", "identifier la procédure", _DECLARATION, _MEMORY),
    "judicial agent and its address": Basis(
        "mandataire judiciaire et son adresse", "destinataire de la déclaration", _DECLARATION, _MEMORY
    ),
    "debts due and to come on the day of the opening": Basis(
        "créances échues et à échoir au jour de l'ouverture",
        "contenu de la déclaration",
        _DECLARATION,
        _MEMORY,
        is_required=True,
    ),
    "Code de commerce of the declaration": Basis(
        "articles du Code de commerce", "fondement de la déclaration", _DECLARATION, _MEMORY
    ),
    "claim certified as sincere": Basis(
        "créance certifiée sincère", "contenu de la déclaration", _DECLARATION, _MEMORY
    ),
}
"""By the name of the mention."""

REQUESTED_FACT_BASES: dict[str, Basis] = {
    "insolvency.agent": Basis("mandataire judiciaire", "destinataire de la déclaration", _DECLARATION, _MEMORY),
    "insolvency.agent_address": Basis("adresse du mandataire judiciaire", "envoi de la déclaration"),
    "creditor.address, for a collector": Basis(
        "adresse du créancier", "seulement si un tiers est mandaté", "CPCE art. R124-4 2°", _TEXT_READ, is_required=True
    ),
    "creditor.collector.statute_text": Basis(
        "texte de l'article L111-8, alinéas 2 et 3, daté",
        "seulement si un tiers est mandaté",
        "CPCE art. R124-4 5°",
        _TEXT_READ,
        is_required=True,
    ),
}
"""By the path of the fact, with what tells it apart where a collector's reason is another."""
