"""Payment plans, night after night: kept, missed, put on notice, cured, ended, withdrawn.

How a table is written is told at the top of ``support.logbook``; the delays of the standard scenario at the top of
``test_overlay_diaries``. The plan is of three times 400.00 € on 15 October, 16 November and 15 December 2026, with two
days of grace and eight days from the notice of default.
"""

from datetime import date

import pytest

from support.cases import invoice
from support.happenings import approved, lifted, notified, paid, plan
from support.logbook import Diary, play

F1 = invoice("F1", date(2026, 9, 30))
B2B = "standard_b2b"
PARTS = (("15/10/2026", "400.00"), ("16/11/2026", "400.00"), ("15/12/2026", "400.00"))
AGREED = plan("PL1", "F1", parts=PARTS, grace=2)
FIRST_REMINDER = ("lun 05/10/2026", None, "envoi relance_1 F1")

DIARIES = (
    Diary(
        "Plan tenu : chaque échéance payée, rien d'autre jusqu'à la dernière",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            # The first instalment may be missing from 18 October: the 15th, two days of grace, and the day after.
            ("mer 07/10/2026", AGREED, "rien ; attend payment_plan F1 jusqu'au 18/10/2026"),
            ("jeu 15/10/2026", paid("400.00", "F1"), "rien ; attend payment_plan F1"),
            ("ven 30/10/2026", None, "rien ; attend payment_plan F1 jusqu'au 19/11/2026"),
            ("mer 18/11/2026", paid("400.00", "F1"), "rien ; attend payment_plan F1"),
            ("mar 15/12/2026", paid("400.00", "F1"), "rien ; attend settled tout"),
            ("lun 01/02/2027", None, "rien"),
        ),
    ),
    Diary(
        "Échéance manquée : le gestionnaire est averti une fois, mais sans mise en demeure le plan tient encore",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", AGREED, "rien"),
            ("dim 18/10/2026", None, "alerte plan:PL1:2026-10-15 F1 ; attend payment_plan F1"),
            ("lun 26/10/2026", paid("400.00", "F1"), "rien ; attend payment_plan F1 jusqu'au 19/11/2026"),
            ("jeu 19/11/2026", None, "alerte plan:PL1:2026-11-16 F1 ; attend payment_plan F1"),
        ),
    ),
    Diary(
        "Défaut, mise en demeure, régularisation dans les huit jours : le plan continue",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", AGREED, "rien"),
            ("dim 18/10/2026", None, "alerte plan:PL1:2026-10-15 F1"),
            ("mar 20/10/2026", notified("PL1"), "rien ; attend payment_plan F1 jusqu'au 29/10/2026"),
            ("mer 28/10/2026", paid("400.00", "F1"), "rien ; attend payment_plan F1"),
            ("lun 16/11/2026", paid("400.00", "F1"), "rien"),
            ("mar 15/12/2026", paid("400.00", "F1"), "rien ; attend settled tout"),
            ("ven 15/01/2027", None, "rien"),
        ),
    ),
    Diary(
        "Un défaut régularisé ne compte plus : le suivant demande une autre mise en demeure",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", AGREED, "rien"),
            ("dim 18/10/2026", None, "alerte plan:PL1:2026-10-15 F1"),
            ("mar 20/10/2026", notified("PL1"), "rien"),
            ("mer 28/10/2026", paid("400.00", "F1"), "rien"),
            ("jeu 19/11/2026", None, "alerte plan:PL1:2026-11-16 F1 ; attend payment_plan F1"),
            ("lun 30/11/2026", notified("PL1"), "rien ; attend payment_plan F1 jusqu'au 09/12/2026"),
            ("mer 09/12/2026", None, "alerte plan:PL1:ended F1 ; envoi relance_2 F1 = 400.00"),
        ),
    ),
    Diary(
        "Un acompte d'avant l'accord n'est pas la première échéance",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", paid("300.00", "F1"), "envoi relance_1 F1 = 900.00"),
            ("mer 07/10/2026", plan("PL1", "F1", parts=(("15/10/2026", "300.00"), ("16/11/2026", "600.00"))), "rien"),
            ("ven 16/10/2026", None, "alerte plan:PL1:2026-10-15 F1 ; attend payment_plan F1"),
        ),
    ),
    Diary(
        "Défaut, mise en demeure, rien ne vient : le plan prend fin, sans déchéance du terme seul l'échu est demandé",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", AGREED, "rien"),
            ("dim 18/10/2026", None, "alerte plan:PL1:2026-10-15 F1"),
            ("mar 20/10/2026", notified("PL1"), "rien ; attend payment_plan F1 jusqu'au 29/10/2026"),
            ("jeu 29/10/2026", None, "alerte plan:PL1:ended F1 ; envoi relance_2 F1 = 400.00"),
            ("lun 02/11/2026", None, "envoi appel F1 = 400.00"),
            ("ven 06/11/2026", None, "envoi lettre_de_relance F1 = 400.00"),
            # Eight days give Saturday the 14th, so Monday the 16th; on the 17th the second instalment is due as well.
            ("mar 17/11/2026", None, "à valider mise_en_demeure F1 = 800.00"),
            ("mer 18/11/2026", approved, "envoi mise_en_demeure F1 = 800.00"),
        ),
    ),
    Diary(
        "La même chose, déchéance du terme convenue : le tout est demandé",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", plan("PL1", "F1", parts=PARTS, grace=2, accelerates=True), "rien"),
            ("dim 18/10/2026", None, "alerte plan:PL1:2026-10-15 F1"),
            ("mar 20/10/2026", notified("PL1"), "rien"),
            ("jeu 29/10/2026", None, "alerte plan:PL1:ended F1 ; envoi relance_2 F1 = 1200.00"),
            ("lun 02/11/2026", None, "envoi appel F1 = 1200.00"),
        ),
    ),
    Diary(
        "Une mise en demeure présentée avant tout défaut ne fait pas tomber le plan",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", AGREED, "rien"),
            ("lun 12/10/2026", notified("PL1"), "rien ; attend payment_plan F1 jusqu'au 18/10/2026"),
            ("dim 18/10/2026", None, "alerte plan:PL1:2026-10-15 F1"),
            ("mer 18/11/2026", None, "rien ; attend payment_plan F1"),
        ),
    ),
    Diary(
        "Plan retiré d'un commun accord : la facture entière revient à la relance",
        B2B,
        (F1,),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", AGREED, "rien ; attend payment_plan F1"),
            ("mar 13/10/2026", lifted("PL1"), "envoi relance_2 F1 = 1200.00"),
            ("lun 19/10/2026", None, "envoi appel F1"),
        ),
    ),
    Diary(
        "Une facture émise après l'accord n'est pas du plan",
        B2B,
        (F1, invoice("F2", date(2026, 11, 9), "300.00")),
        (
            FIRST_REMINDER,
            ("mer 07/10/2026", plan("PL1", parts=PARTS, grace=2), "rien"),
            ("jeu 15/10/2026", paid("400.00", "F1"), "rien"),
            ("mer 04/11/2026", None, "envoi avis_avant_echeance F2"),
            ("jeu 12/11/2026", None, "envoi relance_1 F2 = 300.00"),
        ),
    ),
)


@pytest.mark.parametrize("diary", DIARIES, ids=[diary.title for diary in DIARIES])
def test_diary(diary: Diary) -> None:
    play(diary)
