"""The invented clients of the demonstration portfolio, and the invoices they have not paid."""

from typing import NamedTuple


class Debtor(NamedTuple):
    """One row of ``debiteurs.csv``, before its identifiers are worked out."""

    id: str
    name: str
    kind: str
    town: str
    street: str
    mail: str
    phone: str
    more: str


DEBTORS = [
    Debtor(*(cell.strip() for cell in line.split("|")))
    for line in """\
C001|Boulangerie Le Fournil de Kervaneg|entreprise|29200 Brest|14 rue de Siam|compta@fournil-kervaneg|0261910011|
C002|Garage Kermarzin et Fils|entreprise|29490 Guipavas|3 zone de Prat Pip|factures@garage-kermarzin|0261910012|
C003|Cabinet vétérinaire des Quatre Abers|entreprise|29870 Lannilis|8 rue Blanche|accueil@quatre-abers|0261910013|
C004|Crêperie La Bigoudène volante|entreprise|29120 Pont-l'Abbé|21 quai Saint-Laurent|contact@bigoudene|0261910014|
C005|Menuiserie Troadic-Lann|entreprise|29800 Landerneau|12 zone de Saint-Ernel|compta@troadic-lann|0261910015|
C006|Transports Quémervan|entreprise|22000 Saint-Brieuc|45 rue de l'Argoat|fournisseurs@quemervan|0261910016|
C007|Hôtel des Phares jumeaux|entreprise|29217 Le Conquet|1 rue Poncelin|direction@phares-jumeaux|0261910017|direction
C008|Conserverie Sardine et Goémon|entreprise|29100 Douarnenez|60 quai du Port Rhu|compta@sardine-goemon|0261910018|
C009|Pharmacie des Trois Hermines|entreprise|56100 Lorient|9 rue du Port|gestion@trois-hermines|0261910019|
C010|Chantier naval Kerzenniel|entreprise|29900 Concarneau|quai du Moros|facturation@kerzenniel|0261910020|
C011|Librairie La Page salée|entreprise|56000 Vannes|17 rue Saint-Vincent|bonjour@page-salee|0261910021|
C012|Brasserie Arrée sauvage|entreprise|29690 Huelgoat|2 place Aristide Briand|compta@arree-sauvage|0261910022|
C013|Optique Riouvarn|entreprise|29600 Morlaix|33 rue de Brest|contact@riouvarn|0261910023|
C014|Salon Mèche et Goémon|entreprise|29200 Brest|76 rue Jean Jaurès|salon@meche-goemon|0261910024|
C015|Agence immobilière Cap Embellie|entreprise|44600 Saint-Nazaire|5 rue de la Paix|compta@embellie|0261910025|
C016|Électricité générale Kerbodénic|entreprise|29820 Guilers|7 rue Charles Le Hir|factures@kerbodenic|0261910026|
C017|Restaurant Ty Korrigan gourmand|entreprise|29000 Quimper|11 rue du Parc|salle@ty-korrigan|0261910027|redressement
C018|Pressing Penfeld Éclat|entreprise|29200 Brest|4 rue de la Porte|compta@penfeld-eclat|0261910028|
C019|Serres du Léon vermeil|entreprise|29250 Saint-Pol-de-Léon|route de Roscoff|bureau@leon-vermeil|0261910029|
C020|Imprimerie Rade et Couleurs|entreprise|29200 Brest|130 rue de Kerervern|compta@rade-couleurs|0261910030|
C021|Auto-école Clignotant du Trégor|entreprise|22300 Lannion|6 rue de Tréguier||0261910031|
C022|Fleuriste Ajonc et Bruyère|entreprise|35000 Rennes|19 rue de Nemours|bonjour@ajonc-bruyere|0261910032|
C023|Ébénisterie Gwenn ha Bois|entreprise|56400 Auray|2 rue du Château|||
C024|Mécanique fine des Voirons d'Aval|entreprise|74100 Annemasse|18 rue de Montréal|achats@voirons-aval|0465710041|
C025|Horlogerie du Lac Noir SA|entreprise|1700 Fribourg|rue de Lausanne 38|finance@lac-noir||CH
C026|Domaine viticole des Aigremonts|entreprise|33000 Bordeaux|27 cours de la Marne|compta@aigremonts|0536490042|
C027|Studio Passerelle bleu nuit|entreprise|75011 Paris|48 rue Folie-Méricourt|admin@bleu-nuit|0199000043|
C028|Camping des Sept Korrigans|entreprise|29910 Trégunc|pointe de Trévignon|accueil@sept-korrigans|0261910044|
C029|Mme Solenn Kerdraon-Vauzelle|particulier|29200 Brest|22 rue Traverse|s.kerdraon@courriel|0639980051|
C030|M. Yvon Lestrédec|particulier|29280 Plouzané|5 rue des Genêts|y.lestredec@courriel|0639980052|
C031|M. Bastien Coatmorvan|particulier|29480 Le Relecq-Kerhuon|31 rue Jézéquel|b.coatmorvan@courriel|0639980053|
C032|Mme Aude Pennarguear|particulier|29860 Plabennec|3 rue Pierre Jestin|a.pennarguear@courriel|0639980054|
C033|M. Hervé Trividic-Sauzon|particulier|56170 Quiberon|9 rue de Verdun|h.trividic@courriel|0639980055|
C034|Syndicat des eaux des Rives d'Arrée|public|29690 Huelgoat|1 rue des Cendres|eau@rives-arree|0261910061|territoire
C035|Communauté de communes du Ponant vert|public|29190 Pleyben|2 rue Foch|finances@ponant-vert|0261910062|territoire
C036|Lycée professionnel Anne-Tréguidel|public|29000 Quimper|11 rue Laënnec|gestion@treguidel|0261910063|territoire
C037|Hôpital public du Val d'Élorn|public|29800 Landerneau|1 route de Pencran|mandatement@val-elorn|0261910064|santé
C038|Association des Goélands bruns|association|29200 Brest|15 rue Moulin|tresorier@goelands-bruns|0261910071|
C039|Copropriété Les Embruns|association|29200 Brest|52 rue de Lyon|syndic@les-embruns|0261910072|
C040|Festival Les Voiles de papier|association|29160 Crozon|4 rue Alsace-Lorraine|bureau@voiles-papier|0261910073|
C041|Gîte des Trois Hérons|inconnu|29610 Plouigneau|lieu-dit Kerscoff|accueil@trois-herons|0261910074|
""".splitlines()
]

GOODS = (
    "Enseigne lumineuse façade",
    "Panneau d'entrée de site",
    "Marquage de deux véhicules",
    "Adhésifs pour vitrine",
    "Totem signalétique",
    "Plaques de porte gravées",
    "Banderoles et kakémonos",
    "Entretien annuel d'enseigne",
    "Lettres découpées en aluminium",
    "Plan d'orientation",
)
HOME_GOODS = (
    "Plaque de maison gravée",
    "Numéro de rue en émail",
    "Boîte aux lettres personnalisée",
    "Enseigne de gîte en bois",
    "Lettrage de portail",
)
"""What private persons buy."""
ORDINARY = {"particulier": 15, "public": 30}
"""Days from issue to due date; 30 for everybody else, 50 for a public hospital."""

# Open invoices: debtor, due on, amount with VAT, what is special about it.
OPEN = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in """\
C001|2026-11-28|1 146,00|
C002|2026-11-20|2 388,00|
C003|2026-11-13|864,00|
C004|2026-11-08|1 530,00|
C005|2026-11-02|4 212,00|facturx
C006|2026-10-24|6 780,00|
C007|2026-12-05|3 096,00|
C008|2026-11-27|5 448,00|facturx-acompte
C009|2026-11-20|738,00|
C010|2026-11-15|9 360,00|tranches
C011|2026-11-09|612,00|
C012|2026-10-31|2 964,00|litige
C012|2026-11-20|1 284,00|
C013|2026-10-12|1 872,00|litige-part
C014|2026-11-06|498,00|promesse
C015|2026-10-20|3 540,00|promesse-rompue
C016|2026-09-30|2 106,00|partiel
C017|2026-09-15|4 620,00|
C017|2026-10-30|1 980,00|
C018|2026-10-05|720,00|avoir-superieur
C018|2026-11-19|1 092,00|
C019|2026-10-28|7 344,00|partiel
C020|2026-11-18|2 250,00|ubl
C021|2026-10-30|684,00|
C022|2026-11-17|402,00|sans-preuve
C022|2026-10-15|936,00|sans-preuve
C023|2026-10-22|1 458,00|
C024|2026-11-10|3 900,00|
C024|2026-11-16|2 640,00|CHF
C025|2026-10-26|8 450,00|CHF
C025|2026-11-25|3 120,00|CHF
C026|2026-10-18|2 796,00|avoir
C026|2026-12-18|1 644,00|
C027|2026-09-24|5 184,00|mise-en-demeure
C027|2022-01-20|3 912,00|prescription
C028|2026-11-14|4 008,00|rejet
C029|2026-11-13|318,00|
C030|2026-11-20|546,00|
C031|2024-09-16|462,00|prescrite
C032|2026-10-23|774,00|mediation
C033|2026-11-03|390,00|partiel
C034|2026-11-12|8 232,00|cii
C034|2026-12-15|2 418,00|
C035|2026-10-19|11 460,00|facturx-minimum
C036|2026-11-20|1 656,00|
C037|2026-10-09|6 354,00|
C038|2026-11-04|552,00|
C039|2026-10-27|1 998,00|suspension-levee
C040|2026-11-21|2 172,00|avoir-attendu
C041|2026-11-01|828,00|
C010|2026-12-10|4 980,00|cii-tranches
""".splitlines()
]
