"""Every built-in scenario from its first line to its end, in tables to be checked with the TOML beside.

How a table is written is told at the top of ``support.logbook``. Each delay was counted by hand from the file of the
scenario: days from the due date, days from the stage before, the interval between contacts, week-ends and public
holidays, and the day a letter gave to pay, its grace included, before which nothing further is triggered. A human
approves on the next working day what is put before him.
"""

from datetime import date

import pytest

from recouvrement import Invoice
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import PaymentMethod
from recouvrement.scenario.reading import BUILT_IN
from support.cases import invoice
from support.happenings import approved, paid, rejected
from support.logbook import Diary, play

F1 = invoice("F1", date(2026, 9, 30))
BY_DEBIT = Invoice.model_validate(dict(F1) | {"payment_method": PaymentMethod.DIRECT_DEBIT})

DIARIES = (
    Diary(
        "Relance standard d'une entreprise, de l'avis avant échéance à la décision d'un humain",
        "standard_b2b",
        (F1,),
        (
            ("lun 21/09/2026", None, "rien"),
            ("ven 25/09/2026", None, "envoi avis_avant_echeance F1 par email"),
            # Three days after the due date is Saturday the 3rd.
            ("lun 05/10/2026", None, "envoi relance_1 F1 par email"),
            ("lun 12/10/2026", None, "envoi relance_2 F1 par email"),
            ("ven 16/10/2026", None, "envoi appel F1 par phone"),
            ("mer 21/10/2026", None, "envoi lettre_de_relance F1 par post"),
            ("ven 30/10/2026", None, "à valider mise_en_demeure F1 par registered_post"),
            ("lun 02/11/2026", approved, "envoi mise_en_demeure F1 par registered_post"),
            # Twenty days after the notice; it gave until the 17th.
            ("dim 22/11/2026", None, "fin human_decision F1"),
            # Nothing was recorded of it in a fortnight: it is told again, once.
            ("dim 06/12/2026", None, "alerte unanswered:end F1"),
            ("jeu 31/12/2026", None, "rien ; attend awaiting_human F1 sans fin"),
        ),
    ),
    Diary(
        "Un particulier : plus lentement, sans appel",
        "consommateur",
        (F1,),
        (
            ("lun 21/09/2026", None, "rien"),
            ("ven 25/09/2026", None, "envoi avis_avant_echeance F1"),
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("jeu 15/10/2026", None, "envoi relance_2 F1"),
            # Twenty-five days after the due date is Sunday the 25th.
            ("lun 26/10/2026", None, "envoi lettre_de_relance F1"),
            ("lun 09/11/2026", None, "à valider mise_en_demeure F1"),
            ("mar 10/11/2026", approved, "envoi mise_en_demeure F1"),
            ("jeu 10/12/2026", None, "fin human_decision F1"),
        ),
        DebtorKind.CONSUMER,
    ),
    Diary(
        "Une commune : pas d'avis avant échéance, des délais plus longs, et Noël compté",
        "secteur_public",
        (F1,),
        (
            ("lun 21/09/2026", None, "rien"),
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 20/10/2026", None, "envoi relance_2 F1"),
            ("mer 04/11/2026", None, "envoi lettre_de_relance F1"),
            ("mar 24/11/2026", None, "à valider mise_en_demeure F1"),
            ("mer 25/11/2026", approved, "envoi mise_en_demeure F1"),
            ("lun 04/01/2027", None, "fin human_decision F1"),
        ),
        DebtorKind.PUBLIC,
    ),
    Diary(
        "Grand compte : appel d'abord, chaque message relu par un humain, relevé à la direction",
        "grand_compte",
        (F1,),
        (
            ("lun 21/09/2026", None, "rien"),
            ("mer 23/09/2026", None, "envoi avis_avant_echeance F1"),
            ("lun 05/10/2026", None, "à valider appel_du_charge_de_compte F1"),
            ("mar 06/10/2026", approved, "envoi appel_du_charge_de_compte F1 par phone"),
            ("lun 12/10/2026", None, "à valider relance_1 F1"),
            ("mar 13/10/2026", approved, "envoi relance_1 F1"),
            # A proposal waits for no working day: twenty-five days after the due date is a Sunday.
            ("dim 25/10/2026", None, "à valider relance_2 F1"),
            ("lun 26/10/2026", approved, "envoi relance_2 F1"),
            ("lun 09/11/2026", None, "à valider releve_a_la_direction F1"),
            # Ten days and two of post give Sunday the 22nd, so the 23rd; three days of grace.
            ("mar 10/11/2026", approved, "envoi releve_a_la_direction F1 par post"),
            ("dim 29/11/2026", None, "à valider mise_en_demeure F1"),
            ("lun 30/11/2026", approved, "envoi mise_en_demeure F1"),
            ("mer 30/12/2026", None, "fin human_decision F1"),
        ),
    ),
    Diary(
        "Grand compte qui paie après un rappel : un mot de remerciement, une fois l'intervalle passé",
        "grand_compte",
        (F1,),
        (
            ("lun 05/10/2026", None, "à valider appel_du_charge_de_compte F1"),
            ("mar 06/10/2026", approved, "envoi appel_du_charge_de_compte F1"),
            ("lun 12/10/2026", None, "à valider relance_1 F1"),
            ("mar 13/10/2026", approved, "envoi relance_1 F1"),
            ("jeu 15/10/2026", paid("1200.00", "F1"), "rien ; attend settled tout"),
            ("mar 20/10/2026", None, "envoi thank_you F1 par email"),
            ("lun 30/11/2026", None, "rien"),
        ),
    ),
    Diary(
        "Grand compte, 140 € : trop peu pour un message, on dit pourquoi",
        "grand_compte",
        (invoice("F1", date(2026, 9, 30), "140.00"),),
        (
            ("lun 21/09/2026", None, "rien"),
            ("ven 30/10/2026", None, "rien ; attend waiting F1 sans fin"),
            ("lun 01/02/2027", None, "rien"),
        ),
    ),
    Diary(
        "Mauvais payeur : le lendemain de l'échéance, livraisons suspendues, injonction de payer au bout",
        "mauvais_payeur",
        (F1,),
        (
            ("mer 30/09/2026", None, "rien"),
            ("jeu 01/10/2026", None, "envoi relance_1 F1"),
            ("lun 05/10/2026", None, "envoi appel F1"),
            # Three days from the call, though seven days after the due date was the 7th.
            ("jeu 08/10/2026", None, "envoi relance_2 F1"),
            ("sam 10/10/2026", None, "alerte suspension_des_livraisons F1"),
            ("jeu 15/10/2026", None, "à valider mise_en_demeure F1"),
            ("ven 16/10/2026", approved, "envoi mise_en_demeure F1"),
            ("sam 31/10/2026", None, "fin injonction_de_payer F1"),
        ),
    ),
    Diary(
        "Mauvais payeur de 12 000 € : au-delà de 10 000 €, le dossier est confié",
        "mauvais_payeur",
        (invoice("F1", date(2026, 9, 30), "12000.00"),),
        (
            ("jeu 01/10/2026", None, "envoi relance_1 F1"),
            ("lun 05/10/2026", None, "envoi appel F1"),
            ("jeu 08/10/2026", None, "envoi relance_2 F1"),
            ("sam 10/10/2026", None, "alerte suspension_des_livraisons F1"),
            ("jeu 15/10/2026", None, "à valider mise_en_demeure F1"),
            ("ven 16/10/2026", approved, "envoi mise_en_demeure F1"),
            ("sam 31/10/2026", None, "fin hand_over F1"),
        ),
    ),
    Diary(
        "Prélèvement rejeté : rien avant le rejet, la relance le lendemain",
        "prelevement_rejete",
        (BY_DEBIT,),
        (
            ("mer 30/09/2026", paid("1200.00", "F1"), "rien ; attend settled tout"),
            ("jeu 08/10/2026", rejected("V1"), "rien ; attend waiting F1 jusqu'au 09/10/2026"),
            ("ven 09/10/2026", None, "envoi relance_1 F1"),
            ("jeu 15/10/2026", None, "envoi relance_2 F1"),
            ("ven 23/10/2026", None, "envoi lettre_de_relance F1 par post"),
            ("sam 07/11/2026", None, "à valider mise_en_demeure F1"),
            ("lun 09/11/2026", approved, "envoi mise_en_demeure F1"),
            ("ven 04/12/2026", None, "fin human_decision F1"),
        ),
    ),
    Diary(
        "Un seul rappel, puis un humain décide",
        "un_seul_rappel",
        (F1,),
        (
            ("lun 21/09/2026", None, "rien"),
            ("mer 07/10/2026", None, "envoi rappel F1"),
            ("jeu 22/10/2026", None, "fin human_decision F1"),
            ("jeu 05/11/2026", None, "alerte unanswered:end F1"),
            ("lun 01/02/2027", None, "rien ; attend awaiting_human F1 sans fin"),
        ),
    ),
    Diary(
        "À la manière de CentralPay : avis, lien, second courriel, appel, lettre simple, recommandé",
        "centralpay",
        (F1,),
        (
            # Three days before the due date is Sunday the 27th.
            ("lun 21/09/2026", None, "rien"),
            ("lun 28/09/2026", None, "envoi avis_avant_echeance F1"),
            ("ven 02/10/2026", None, "envoi courriel_avec_lien F1 par email"),
            ("jeu 08/10/2026", None, "envoi second_courriel F1 par email"),
            ("mer 14/10/2026", None, "envoi appel F1 par phone"),
            # Eight days and two of post give Saturday the 31st, so Monday 2 November.
            ("mer 21/10/2026", None, "envoi lettre_simple F1 par post"),
            ("mer 04/11/2026", None, "à valider mise_en_demeure F1"),
            ("jeu 05/11/2026", approved, "envoi mise_en_demeure F1 par registered_post"),
            ("ven 20/11/2026", None, "fin human_decision F1"),
        ),
    ),
    Diary(
        "À la manière de Tryton : chaque niveau attend un humain, la fin suit le dernier le jour même",
        "tryton_compatible",
        (F1,),
        (
            ("mer 30/09/2026", None, "rien"),
            ("lun 05/10/2026", None, "à valider niveau_1 F1"),
            ("mar 06/10/2026", approved, "envoi niveau_1 F1"),
            ("mar 20/10/2026", None, "à valider niveau_2 F1"),
            # No week-end is kept: a Saturday is a day like another.
            ("sam 24/10/2026", approved, "envoi niveau_2 F1"),
            ("lun 09/11/2026", None, "à valider niveau_3 F1"),
            ("mer 11/11/2026", approved, "envoi niveau_3 F1 ; fin human_decision F1"),
        ),
    ),
)


def test_every_built_in_scenario_has_its_diary() -> None:
    assert {diary.scenario for diary in DIARIES} == set(BUILT_IN)


@pytest.mark.parametrize("diary", DIARIES, ids=[diary.title for diary in DIARIES])
def test_diary(diary: Diary) -> None:
    play(diary)
