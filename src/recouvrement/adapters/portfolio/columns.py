"""The columns of each file of a portfolio: one table of names, French and English, with an example of each."""

import unicodedata
from typing import NamedTuple


class Column(NamedTuple):
    """A column: its French name (the canonical one), its other names, an example, and whether it must be there."""

    name: str
    others: tuple[str, ...]
    example: str
    is_required: bool = False


def folded(text: str) -> str:
    """Return the text without accents, case, punctuation or repeated spaces, to compare names written by hand.

    >>> folded("  Échéance "), folded("DUE-DATE"), folded("Œuvre de l'Été")
    ('echeance', 'due date', 'oeuvre de l ete')
    """
    ligatures = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    plain = unicodedata.normalize("NFKD", ligatures)
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join("".join(character if character.isalnum() else " " for character in bare.casefold()).split())


DEBTORS = (
    Column("id", ("identifiant", "code", "debtor_id"), "C0042", is_required=True),
    Column("nom", ("raison_sociale", "name"), "Boulangerie Le Fournil", is_required=True),
    Column("nature", ("kind",), "entreprise", is_required=True),
    Column("categorie_publique", ("public_body",), "etat_ou_collectivite"),
    Column("siren", (), "000 123 455"),
    Column("siret", (), "000 123 455 00010"),
    Column("tva", ("numero_tva", "vat", "vat_number"), "FR 67 000 123 455"),
    Column("complement", ("address_complement",), "Service comptabilité"),
    Column("batiment", ("building",), "Bâtiment B"),
    Column("rue", ("adresse", "street", "address"), "12 rue des Carmes"),
    Column("lieu_dit", ("locality",), "BP 40012"),
    Column("code_postal", ("postal_code", "postcode"), "44000"),
    Column("ville", ("city",), "Nantes"),
    Column("pays", ("country",), "FR"),
    Column("contact", ("contact_name",), "Service comptabilité"),
    Column("fonction", ("role", "contact_role"), "comptabilite"),
    Column("email", ("courriel", "e-mail"), "compta@exemple.example"),
    Column("telephone", ("phone",), "02 61 91 00 12"),
    Column("langue", ("language",), "fr"),
    Column("etiquettes", ("tags",), "grand_compte export"),
    Column("procedure", ("insolvency",), "redressement"),
    Column("procedure_ouverte_le", ("insolvency_opened_on",), "05/10/2026"),
    Column("procedure_publiee_le", ("insolvency_published_on",), "14/10/2026"),
    Column("procedure_close_le", ("insolvency_closed_on",), "30/11/2027"),
)

INVOICES = (
    Column("numero", ("number", "invoice_number"), "F2026-0118", is_required=True),
    Column("type", ("document_type",), "facture"),
    Column("debiteur", ("client", "debtor", "customer"), "C0042", is_required=True),
    Column("date", ("date_facture", "issued_on", "issue_date", "invoice_date"), "30/09/2026", is_required=True),
    Column("echeance", ("date_echeance", "due_on", "due_date"), "30/10/2026", is_required=True),
    Column("montant", ("montant_ttc", "amount", "total"), "1 250,50", is_required=True),
    Column("devise", ("currency",), "EUR"),
    Column("acompte", ("prepaid",), "200,00"),
    Column("tranche", ("instalment", "installment"), "1"),
    Column("facture_corrigee", ("corrected_invoice",), "F2026-0101"),
    Column("recue_le", ("received_on",), "02/10/2026"),
    Column("livree_le", ("livraison", "delivered_on", "delivery_date"), "28/09/2026"),
    Column("commande", ("order_reference", "order"), "BC-2026-771"),
    Column("objet", ("description", "reason"), "Enseigne lumineuse"),
    Column("mode_de_paiement", ("payment_method",), "prelevement"),
    Column("lien_paiement", ("lien_de_paiement", "payment_url"), "https://paiement.exemple.example/F2026-0118"),
)

PAYMENTS = (
    Column("id", ("identifiant", "payment_id"), "RGT-0312"),
    Column("date", ("date_paiement", "received_on", "payment_date"), "05/11/2026", is_required=True),
    Column("montant", ("amount",), "500,00", is_required=True),
    Column("devise", ("currency",), "EUR"),
    Column("facture", ("invoice", "invoice_number"), "F2026-0118", is_required=True),
    Column("debiteur", ("client", "debtor", "customer"), "C0042"),
    Column("designe_par", ("chosen_by",), "debiteur"),
    Column("reference", ("libelle", "label"), "VIR SEPA F2026-0118"),
)

_FIRST_EVENTS = (
    Column("type", ("event",), "litige", is_required=True),
    Column("debiteur", ("client", "debtor", "customer"), "C0042", is_required=True),
    Column("date", ("effective_on", "event_date"), "12/11/2026", is_required=True),
    Column("facture", ("invoice", "invoices"), "F2026-0118"),
    Column("id", ("identifiant", "event_id"), "LITIGE-7"),
    Column("montant", ("amount",), "300,00"),
    Column("devise", ("currency",), "EUR"),
    Column("jusqu_au", ("through",), "05/12/2026"),
    Column("revoir_le", ("review_on",), "01/12/2026"),
    Column("preuve", ("proof",), "livraison"),
    Column("acte", ("act",), "reconnaissance"),
    Column("reference", (), "LITIGE-7"),
    Column("action", ("action_id",), "a1b2c3"),
    Column("note", ("commentaire", "comment"), "Deux panneaux rayés"),
)
_LATER_EVENTS = (
    Column("motif", ("cause",), "qualité"),
    Column("responsable", ("owner",), "Yann Le Goff"),
    Column("jours_de_grace", ("grace_days",), "3"),
    Column("beneficiaire", ("payee",), "Ouest Affacturage"),
    Column("plan", ("plan_id",), "PLAN-1"),
    Column("acceleration", ("accelerates",), "oui"),
    Column("preavis_jours", ("notice_days",), "8"),
    Column("interets_maintenus", ("keeps_interest",), "non"),
    Column("canal", ("channel",), "courriel"),
    Column("adresse", ("address",), "compta@exemple.example"),
)

EVENTS = (*_FIRST_EVENTS, *_LATER_EVENTS)

IDENTIFYING = frozenset(column.name for column in _FIRST_EVENTS)
"""Columns an identifier made from a row always holds, empty or not: one added since counts only where it is filled, or
every identifier ever made would change."""


def by_written_name(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Return every accepted name of these columns, folded, with its column."""
    return {folded(name): column for column in columns for name in (column.name, *column.others)}
