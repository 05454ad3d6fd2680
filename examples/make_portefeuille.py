"""Makes the demonstration portfolio ``examples/portefeuille``: run it again and the same files come out.

Everything in it is invented. SIREN numbers start with 000, a range never allotted; telephone numbers come from the
ranges that the French regulator keeps for fiction; mail domains end in ``.example``; the bank code does not exist.

Usage: ``python examples/make_portefeuille.py [folder]``
"""

import csv
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from examples.portefeuille_clients import DEBTORS, GOODS, HOME_GOODS, OPEN, ORDINARY, Debtor
from examples.portefeuille_factures import EDoc, Party, cii, facturx_pdf, ubl

RUN = date(2026, 11, 23)
"""First Monday of the demonstration; the second run is a week later."""
HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
MOVABLE = {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)}
"""Easter Monday, Ascension and Whit Monday of 2026."""


class Doc(NamedTuple):
    """One invoice; ``paid_on`` is set when it was paid in full."""

    debtor: Debtor
    issued_on: date
    due_on: date
    cents: int
    currency: str
    special: str
    goods: str
    paid_on: date | None = None
    number: str = ""


def luhn(digits: str) -> int:
    """Return the key digit that makes the number valid."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - position % 2)
        total += value - 9 if value > 9 else value
    return -total % 10


def siren(rank: int) -> str:
    """Return a SIREN of the range that starts with 000, which was never allotted."""
    body = f"000{10000 + rank * 137:05d}"
    return f"{body}{luhn(body)}"


def siret(number: str) -> str:
    """Return the SIRET of the first establishment."""
    body = f"{number}0001"
    return f"{body}{luhn(body)}"


def vat(number: str) -> str:
    """Return the French VAT number of a SIREN."""
    return f"FR{(12 + 3 * (int(number) % 97)) % 97:02d}{number}"


def iban(bank: str, branch: str, account: str) -> str:
    """Return a French IBAN with its two keys."""
    rib = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    national = f"{bank}{branch}{account}{rib:02d}"
    return f"FR{98 - int(national + '152700') % 97:02d}{national}"


def cents(text: str) -> int:
    """Return ``1 146,00`` as a number of cents."""
    return int(re.sub(r"[ ,]", "", text))


def written(amount: int) -> str:
    """Return cents as a French amount, thousands apart."""
    return f"{amount // 100:,}".replace(",", " ") + f",{amount % 100:02d}"


def french(day: date | None) -> str:
    """Return a day as it is written in France."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def weekday(day: date) -> date:
    """Return the day, or the working day before it."""
    while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS or day in MOVABLE:
        day -= timedelta(days=1)
    return day


def issue_day(debtor: Debtor, due_on: date) -> date:
    """Return the working day on which an invoice due that day was issued."""
    days = 50 if debtor.more == "santé" else ORDINARY.get(debtor.kind, 30)
    return weekday(due_on - timedelta(days=days))


def documents() -> list[Doc]:
    """Return every invoice, numbered in the order of issue within its year."""
    by_id = {debtor.id: debtor for debtor in DEBTORS}
    draw = Random(20261123)  # noqa: S311 - believable amounts, not secrets
    docs = []
    for code, due, total, special in OPEN:
        debtor, due_on = by_id[code], date.fromisoformat(due)
        currency = "CHF" if special == "CHF" else "EUR"
        goods = draw.choice(HOME_GOODS if debtor.kind == "particulier" else GOODS)
        docs.append(Doc(debtor, issue_day(debtor, due_on), due_on, cents(total), currency, special, goods))
    for rank in range(100):
        debtor = DEBTORS[rank % len(DEBTORS)]
        due_on = RUN - timedelta(days=400 - round(rank * 3.7) - draw.randrange(9))
        late = draw.choice((-6, -2, 0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 24))
        paid_on = min(weekday(due_on + timedelta(days=late)), RUN - timedelta(days=3))
        amount = draw.randrange(30, 260 if debtor.kind != "particulier" else 60) * 1200
        currency = "CHF" if debtor.more == "CH" else "EUR"
        goods = draw.choice(HOME_GOODS if debtor.kind == "particulier" else GOODS)
        docs.append(Doc(debtor, issue_day(debtor, due_on), due_on, amount, currency, "", goods, paid_on))
    numbered, count = [], dict.fromkeys((2021, 2024, 2025, 2026), 0) | {2021: 983, 2024: 610, 2025: 702}
    for doc in sorted(docs, key=lambda doc: (doc.issued_on, doc.debtor.id, doc.cents)):
        count[doc.issued_on.year] += 1
        numbered.append(doc._replace(number=f"F{doc.issued_on.year}-{count[doc.issued_on.year]:04d}"))
    return numbered


def write_csv(path: Path, header: str, rows: list[list[str]]) -> None:
    """Write a French CSV file: semicolons, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header.split(";"))
        writer.writerows(rows)


def debtor_rows() -> list[list[str]]:
    """Return the rows of ``debiteurs.csv``."""
    rows = []
    for rank, debtor in enumerate(DEBTORS, start=1):
        firm = debtor.kind not in {"particulier", "inconnu"} and debtor.more != "CH"
        number = siren(rank) if firm else ""
        public = {"territoire": "etat_ou_collectivite", "santé": "sante"}.get(debtor.more, "")
        procedure = ["redressement", "05/10/2026", "16/10/2026"] if debtor.more == "redressement" else ["", "", ""]
        postcode, city = debtor.town.split(" ", 1)
        role = {"entreprise": "comptabilite", "public": "comptabilite"}.get(debtor.kind, "general")
        role = "direction" if debtor.more == "direction" else role
        mail = f"{debtor.mail}.example" if debtor.mail else ""
        phone = " ".join(re.findall("..", debtor.phone))
        country = "CH" if debtor.more == "CH" else "FR"
        identity = [debtor.id, debtor.name, debtor.kind, public, siret(number) if firm else ""]
        tax = vat(number) if firm and debtor.kind == "entreprise" else ""
        reach = [role if mail or phone else "", mail, phone]
        rows.append([*identity, tax, debtor.street, postcode, city, country, *reach, *procedure])
    return rows


def invoice_rows(docs: list[Doc]) -> list[list[str]]:
    """Return the rows of ``factures.csv``: those that are not e-invoices, and the credit notes."""
    rows = []
    for doc in docs:
        if is_electronic(doc):
            continue
        has_proof = doc.special != "sans-preuve"
        order = f"BC-{doc.issued_on.year}-{doc.number[-3:]}" if has_proof and doc.debtor.kind != "particulier" else ""
        delivered = french(weekday(doc.issued_on - timedelta(days=2))) if has_proof else ""
        parts = [(doc.due_on, doc.cents)]
        if doc.special == "tranches":
            parts = [(doc.due_on + timedelta(days=30 * turn), doc.cents // 3) for turn in range(3)]
        for position, (due_on, amount) in enumerate(parts, start=1):
            tranche = str(position) if len(parts) > 1 else ""
            days = [french(doc.issued_on), french(due_on)]
            rest = [doc.currency, tranche, "", delivered, order, doc.goods]
            rows.append([doc.number, "facture", doc.debtor.id, *days, written(amount), *rest])
    for number, doc, amount, reason in credit_notes(docs):
        invoice = doc.number if number != "A2026-0004" else ""
        rest = [doc.currency, "", invoice, "", "", reason]
        rows.append([number, "avoir", doc.debtor.id, "02/11/2026", "", written(amount), *rest])
    return rows


def credit_notes(docs: list[Doc]) -> list[tuple[str, Doc, int, str]]:
    """Return number, corrected invoice, amount and reason of the credit notes of ``factures.csv``."""
    chosen = {doc.special: doc for doc in docs}
    last = next(doc for doc in reversed(docs) if doc.debtor.id == "C019" and doc.paid_on)
    return [
        ("A2026-0001", chosen["avoir"], 30000, "Remise sur défaut de teinte"),
        ("A2026-0002", chosen["avoir-superieur"], 96000, "Enseigne reprise, pose comprise"),
        ("A2026-0003", last, 12000, "Erreur de quantité"),
        ("A2026-0004", chosen["tranches"], 15000, "Geste commercial"),
    ]


def payment_rows(docs: list[Doc]) -> list[list[str]]:
    """Return the rows of ``paiements.csv`` in order of date, one payment without its invoice among them."""
    paid = [(doc.paid_on, doc.cents, doc, doc.number) for doc in docs if doc.paid_on is not None]
    for doc in docs:
        if doc.special == "partiel":
            paid.append((weekday(doc.due_on + timedelta(days=9)), doc.cents // 3, doc, doc.number))
        if doc.special == "rejet":
            paid.append((date(2026, 11, 9), doc.cents, doc, doc.number))
        if doc.special == "ubl":
            paid.append((date(2026, 11, 19), 50000, doc, ""))
    rows = []
    for rank, (day, amount, doc, invoice) in enumerate(sorted(paid, key=lambda part: (part[0], part[2].number)), 1):
        label = f"{'PRLV' if doc.special == 'rejet' else 'VIR SEPA'} {doc.debtor.name.upper()[:24]} {invoice}".strip()
        code = f"RGT-{rank:04d}"
        rows.append(
            [code, french(day), written(amount), doc.currency, invoice, "" if invoice else doc.debtor.id, label]
        )
    return rows


def event_rows(docs: list[Doc], payments: list[list[str]]) -> list[list[str]]:
    """Return the rows of ``evenements.csv``."""
    by = {doc.special: doc for doc in docs}
    rejected = next(row[0] for row in payments if row[4] == by["rejet"].number)

    def row(kind: str, special: str, day: str, **cells: str) -> list[str]:
        doc = by[special]
        number = "" if kind in {"levee", "rejet"} else doc.number
        names = ("id", "montant", "jusqu_au", "preuve", "reference", "note")
        return [kind, doc.debtor.id, day, number, *(cells.get(name, "") for name in names)]

    return [
        row("litige", "litige", "09/11/2026", id="LITIGE-1", note="Panneau livré rayé, remplacement demandé"),
        row("litige", "litige-part", "20/10/2026", id="LITIGE-2", montant="420,00", note="Pose non faite sur un site"),
        row("promesse", "promesse", "16/11/2026", id="PROMESSE-1", jusqu_au="27/11/2026", note="Promis au téléphone"),
        row("promesse", "promesse-rompue", "02/11/2026", id="PROMESSE-2", jusqu_au="13/11/2026"),
        row("mediation", "mediation", "10/11/2026", id="MEDIATION-1", note="Saisine du médiateur de la consommation"),
        row("avoir_attendu", "avoir-attendu", "17/11/2026", id="AVOIR-1", note="Deux banderoles retournées"),
        row("suspension", "suspension-levee", "29/10/2026", id="PAUSE-1", note="Assemblée générale en attente"),
        row("levee", "suspension-levee", "12/11/2026", reference="PAUSE-1"),
        row("remise", "mise-en-demeure", "30/10/2026", reference="1A 000 000 0001 1", note="Présentée le 30 octobre"),
        row("preuve", "mise-en-demeure", "26/08/2026", preuve="livraison", reference="BL 2026-318 signé"),
        row("rejet", "rejet", "12/11/2026", reference=rejected, note="Prélèvement impayé, provision insuffisante"),
    ]


STEPS = {
    "entreprise": (("relance_1", 3), ("relance_2", 10), ("appel", 15), ("lettre_de_relance", 21)),
    "public": (("relance_1", 5), ("relance_2", 20), ("lettre_de_relance", 35)),
}
"""What the firm has done by hand so far: stages and days after the due date; consumers have their own below."""
CONSUMER_STEPS = (("relance_1", 5), ("relance_2", 15), ("lettre_de_relance", 25))
UNTOLD = {"prescription", "prescrite", "sans-preuve", "rejet", "cii-tranches"}
"""Invoices nobody has written about yet, for want of time or of papers."""


def step_rows(docs: list[Doc]) -> list[list[str]]:
    """Return the reminders sent by hand before the first run, each on the working day its delay fell on."""
    rows = []
    for doc in docs:
        if doc.paid_on is not None or doc.special in UNTOLD:
            continue
        number = f"{doc.number}#1" if doc.special == "tranches" else doc.number
        for stage, days in STEPS.get(doc.debtor.kind, CONSUMER_STEPS):
            day = doc.due_on + timedelta(days=days)
            while weekday(day) != day:
                day += timedelta(days=1)
            if day < RUN:
                rows.append(["relance", doc.debtor.id, french(day), number, "", "", "", "", stage, ""])
    return rows


def is_electronic(doc: Doc) -> bool:
    """Whether the invoice comes as a file of its own."""
    return doc.special.startswith(("facturx", "cii", "ubl"))


SELLER = Party(
    name="Signalétique Armoricaine",
    siret=siret(siren(90)),
    vat=vat(siren(90)),
    street="27 rue des Mouettes",
    postcode="29200",
    city="Brest",
)


def write_electronic(folder: Path, docs: list[Doc]) -> None:
    """Write the e-invoices: four Factur-X PDF, two CII, two UBL."""
    ranks = {debtor.id: rank for rank, debtor in enumerate(DEBTORS, start=1)}

    def edoc(doc: Doc) -> EDoc:
        postcode, city = doc.debtor.town.split(" ", 1)
        number = siren(ranks[doc.debtor.id])
        tax = vat(number) if doc.debtor.kind == "entreprise" else ""
        buyer = Party(doc.debtor.name, siret(number), tax, doc.debtor.street, postcode, city)
        return EDoc(
            doc.number,
            "380",
            doc.issued_on,
            SELLER,
            buyer,
            doc.cents,
            doc.goods,
            due_on=doc.due_on,
            order=f"BC-2026-{doc.number[-3:]}",
            delivered_on=weekday(doc.issued_on - timedelta(days=2)),
        )

    def credit(code: str, number: str, amount: int, reason: str) -> EDoc:
        doc = next(doc for doc in reversed(docs) if doc.debtor.id == code and not is_electronic(doc))
        note = edoc(doc)._replace(number=number, type_code="381", issued_on=date(2026, 11, 3), cents=amount)
        return note._replace(goods=reason, preceding=doc.number, due_on=None, order="", delivered_on=None)

    by = {doc.special: edoc(doc) for doc in docs}
    advance, shared = by["facturx-acompte"], by["cii-tranches"]
    thirds = tuple((shared.issued_on + timedelta(days=30 * turn), shared.cents // 3) for turn in (1, 2, 3))
    for document, level in (
        (by["facturx"], "en16931"),
        (advance._replace(prepaid=advance.cents // 4), "basicwl"),
        (by["facturx-minimum"]._replace(due_on=None), "minimum"),
        (credit("C006", "A2026-0005", 60000, "Remise de fin d'année"), "basic"),
    ):
        (folder / f"{document.number}.pdf").write_bytes(facturx_pdf(document, level))
    for document, level in ((by["cii"], "en16931"), (shared._replace(instalments=thirds), "extended")):
        (folder / f"{document.number}.xml").write_text(cii(document, level), encoding="utf-8", newline="\n")
    for document in (by["ubl"], credit("C037", "A2026-0006", 24000, "Plaques non conformes")):
        (folder / f"{document.number}.xml").write_text(ubl(document), encoding="utf-8", newline="\n")


CREDITOR = f"""\
# Entreprise fictive : voir LISEZMOI.md.
id = "signaletique-armoricaine"
nom = "{SELLER.name}"
forme_juridique = "SARL"
capital = "20 000 EUR"
siren = "{SELLER.siret[:9]}"
ville_rcs = "Brest"
tva = "{SELLER.vat}"
email = "comptabilite@signaletique-armoricaine.example"
telephone = "02 61 91 00 01"
signataire = "Maëlle Kervadec-Roche"
qualite_signataire = "responsable du recouvrement"
iban = "{iban("99999", "00001", "00012345678")}"
personne_physique = false
mediateur = "Médiateur fictif de la consommation, mediation-conso.example"

[adresse]
rue = "{SELLER.street}"
code_postal = "{SELLER.postcode}"
ville = "{SELLER.city}"

[conditions]
delai_jours = 30
depart = "emission"
fin_de_mois = "non"
libelle = "30 jours date de facture"
"""

README = """\
# Portefeuille de démonstration

Tout ici est inventé : l'entreprise, ses clients, les montants, les litiges. Toute ressemblance serait fortuite.

- Les numéros SIREN commencent par 000, une tranche jamais attribuée ; leurs clés sont justes.
- Les téléphones viennent des tranches que l'Arcep réserve à la fiction ; les adresses électroniques finissent en
  `.example` ; le code banque de l'IBAN n'existe pas.
- Les villes et les codes postaux existent, les rues sont là pour la vraisemblance.

Ces fichiers sont produits par `python examples/make_portefeuille.py` : ne pas les modifier à la main.
Leur format est décrit dans `docs/portfolio.md`.

Dates de référence : lundi 23 novembre 2026, puis lundi 30 novembre 2026.

Les relances faites à la main avant la première nuit sont dans `evenements.csv` (type `relance`) : chaque facture
reprend où elle en était.

À observer : factures en avance et en retard de chaque palier, paiements partiels, un virement sans facture (C020), un
prélèvement rejeté (C028), des avoirs dont un dépasse sa facture (C018), litiges total (C012) et partiel (C013),
promesses en cours (C014) et rompue (C015), médiation (C032), redressement judiciaire (C017), francs suisses
(C024, C025), créance de consommateur prescrite (C031), créance proche de la prescription (C027), factures sans preuve
de commande ni de livraison (C022), débiteur sans courriel (C021), sans aucun contact (C023), de nature inconnue (C041).
Huit documents arrivent en facture électronique : quatre PDF Factur-X (dont un MINIMUM sans échéance, un avec acompte et
un avoir), deux XML CII (dont un à trois échéances) et deux XML UBL (dont un avoir).
"""


def main(folder: Path) -> None:
    """Write the portfolio."""
    folder.mkdir(parents=True, exist_ok=True)
    docs = documents()
    payments = payment_rows(docs)
    (folder / "LISEZMOI.md").write_text(README, encoding="utf-8", newline="\n")
    (folder / "creancier.toml").write_text(CREDITOR, encoding="utf-8", newline="\n")
    write_csv(
        folder / "debiteurs.csv",
        "id;nom;nature;categorie_publique;siret;tva;rue;code_postal;ville;pays;fonction;email;telephone;"
        "procedure;procedure_ouverte_le;procedure_publiee_le",
        debtor_rows(),
    )
    write_csv(
        folder / "factures.csv",
        "numero;type;debiteur;date;echeance;montant;devise;tranche;facture_corrigee;livree_le;commande;objet",
        invoice_rows(docs),
    )
    write_csv(folder / "paiements.csv", "id;date;montant;devise;facture;debiteur;reference", payments)
    write_csv(
        folder / "evenements.csv",
        "type;debiteur;date;facture;id;montant;jusqu_au;preuve;reference;note",
        event_rows(docs, payments) + step_rows(docs),
    )
    write_electronic(folder, docs)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "portefeuille")
