"""What lies over the items of a case, night after night, in tables that a credit manager can read and check.

How a table is written is told at the top of ``support.logbook``. Everything expected was worked out by hand from the
standard scenario: first reminder three days after the due date, the second at ten, a call at fifteen, a letter at
twenty-one that gives eight days, a mise en demeure at thirty, each at least four days after the one before; nothing
leaves on Saturdays, Sundays and public holidays, though the staff may be told. F1 and F2 are of 1 200.00 €.
"""

from datetime import date

import pytest

from recouvrement import InsolvencyKind, Invoice, StopKind
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, PaymentMethod
from support.cases import CONTACT, invoice
from support.happenings import (
    accepts,
    approved,
    assigned,
    bank_data,
    bounced,
    credited,
    dispute,
    hold,
    insolvent,
    lifted,
    paid,
    proved,
    refused,
    refuses,
    rejected,
)
from support.logbook import Diary, play

DUE = date(2026, 9, 30)
"""A Wednesday."""
F1 = invoice("F1", DUE)
F2 = invoice("F2", DUE)
B2B = "standard_b2b"
MAIL = CONTACT.email
REDRESSEMENT = InsolvencyKind.REDRESSEMENT_JUDICIAIRE


def by_debit(number: str) -> Invoice:
    """Return an invoice collected by direct debit."""
    return Invoice.model_validate(dict(invoice(number, DUE)) | {"payment_method": PaymentMethod.DIRECT_DEBIT})


DISPUTES = (
    Diary(
        "Un litige sur toute la facture arrête tout ; levé, la relance reprend où elle en était",
        B2B,
        (F1,),
        (
            ("jeu 01/10/2026", None, "rien ; attend waiting F1 jusqu'au 03/10/2026"),
            ("ven 02/10/2026", dispute("L1", "F1", cause="qualité"), "rien ; attend dispute F1 sans fin"),
            ("lun 26/10/2026", lifted("L1"), "envoi relance_1 F1 = 1200.00"),
            ("ven 30/10/2026", None, "envoi relance_2 F1"),
        ),
    ),
    Diary(
        "Un litige sur une facture laisse suivre l'autre, seule dans la lettre",
        B2B,
        (F1, F2),
        (
            ("ven 02/10/2026", dispute("L1", "F1"), "rien ; attend dispute F1 sans fin"),
            ("lun 05/10/2026", None, "envoi relance_1 F2 = 1200.00"),
            ("mar 06/10/2026", lifted("L1"), "rien ; attend min_interval F1 jusqu'au 09/10/2026"),
            ("ven 09/10/2026", None, "envoi relance_1 F1 F2 = 2400.00"),
            ("mar 13/10/2026", None, "envoi relance_2 F1 F2"),
        ),
    ),
    Diary(
        "Un litige sur 200 € ôte cette part des demandes, et retient la mise en demeure jusqu'à sa levée",
        B2B,
        (F1,),
        (
            ("ven 02/10/2026", dispute("L1", "F1", amount="200.00"), "rien"),
            ("lun 05/10/2026", None, "envoi relance_1 F1 = 1000.00"),
            ("lun 12/10/2026", None, "envoi relance_2 F1 = 1000.00"),
            ("ven 16/10/2026", None, "envoi appel F1 = 1000.00"),
            ("mer 21/10/2026", None, "envoi lettre_de_relance F1 = 1000.00"),
            # The day the mise en demeure was due: the staff learns what it waits for, once.
            ("ven 30/10/2026", None, "alerte gate:mise_en_demeure:end_of_dispute:L1 F1 ; attend claim_gate F1"),
            ("mar 03/11/2026", lifted("L1"), "à valider mise_en_demeure F1 = 1200.00"),
            ("mer 04/11/2026", approved, "envoi mise_en_demeure F1 = 1200.00 par registered_post"),
        ),
    ),
    Diary(
        "Une facture sans preuve de commande n'est pas mise en demeure avant que la preuve soit versée",
        B2B,
        (invoice("F1", DUE, proof=False),),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("lun 12/10/2026", None, "envoi relance_2 F1"),
            ("ven 16/10/2026", None, "envoi appel F1"),
            ("mer 21/10/2026", None, "envoi lettre_de_relance F1"),
            (
                "ven 30/10/2026",
                None,
                "alerte gate:mise_en_demeure:proof_of_order_or_delivery F1 ; attend claim_gate F1 sans fin",
            ),
            ("jeu 05/11/2026", proved("F1"), "à valider mise_en_demeure F1"),
            ("ven 06/11/2026", refused, "rien ; attend awaiting_human F1 sans fin"),
            ("ven 18/12/2026", None, "rien ; attend awaiting_human F1 sans fin"),
        ),
    ),
)

PROCEEDINGS = (
    Diary(
        "Redressement judiciaire : plus un mot au débiteur, et la déclaration de créance est réclamée à temps",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                insolvent(REDRESSEMENT, opened_on="06/10/2026", published_on="16/10/2026"),
                "alerte deadline:declaration_de_creance F1 ; attend insolvency F1 sans fin ; doute publication_unknown",
            ),
            ("ven 16/10/2026", None, "alerte deadline:declaration_de_creance:known F1"),
            # Two months from the publication (C. com. art. R622-24): 16 December; thirty days and ten days before it.
            ("lun 16/11/2026", None, "alerte deadline:declaration_de_creance:30 F1"),
            ("dim 06/12/2026", None, "alerte deadline:declaration_de_creance:10 F1"),
            ("jeu 17/12/2026", None, "alerte deadline:declaration_de_creance:past F1"),
            ("lun 01/02/2027", None, "rien ; attend insolvency F1 sans fin"),
        ),
    ),
    Diary(
        "Surendettement d'un particulier : tout s'arrête, sans déclaration au passif",
        "consommateur",
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                insolvent(InsolvencyKind.SURENDETTEMENT, opened_on="06/10/2026"),
                "rien ; attend insolvency F1 sans fin",
            ),
            ("lun 01/02/2027", None, "rien ; attend insolvency F1 sans fin"),
        ),
        DebtorKind.CONSUMER,
    ),
    Diary(
        "Créance cédée à un factor : nos lettres nommeraient un mauvais payé ; rétrocédée, la relance reprend",
        B2B,
        (F1, F2),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1 F2 = 2400.00"),
            ("mar 06/10/2026", assigned("C1", "F1", payee="Factor de l'Ouest"), "rien ; attend assignment F1 sans fin"),
            ("lun 12/10/2026", None, "envoi relance_2 F2 = 1200.00"),
            ("ven 16/10/2026", None, "envoi appel F2"),
            ("lun 19/10/2026", lifted("C1"), "rien ; attend min_interval F1 jusqu'au 20/10/2026"),
            ("mar 20/10/2026", None, "envoi relance_2 F1 F2"),
        ),
    ),
    Diary(
        "Médiation : le temps pour agir ne court plus (C. civ. art. 2238) ; finie, six mois au moins restent",
        B2B,
        (invoice("F1", date(2021, 11, 30)),),
        (
            # Five years end on 30 November 2026: sixty days before is 1 October; the first reminder is very late.
            ("jeu 01/10/2026", None, "alerte deadline:prescription:60 F1 ; envoi relance_1 F1"),
            ("ven 02/10/2026", hold(StopKind.MEDIATION, "M1", "F1"), "rien ; attend mediation F1 sans fin"),
            ("mar 01/12/2026", None, "rien ; attend mediation F1 sans fin"),
            ("jeu 31/12/2026", lifted("M1"), "envoi relance_2 F1"),
            # 59 days were left, less than six months: those run from 31 December to 30 June 2027, 180 days from here.
            (
                "ven 01/01/2027",
                hold(StopKind.MANUAL_HOLD, "S1"),
                "alerte deadline:prescription:180 F1 ; attend manual_hold F1 sans fin",
            ),
            ("mar 30/03/2027", None, "rien ; attend manual_hold F1 sans fin"),
        ),
    ),
)

WAYS = (
    Diary(
        "Plus de courriels à la demande du débiteur : la lettre prend leur place, puis il les accepte de nouveau",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1 par email"),
            ("mar 06/10/2026", refuses(Channel.EMAIL), "rien"),
            ("lun 12/10/2026", None, "envoi relance_2 F1 par post"),
            ("mar 13/10/2026", accepts(Channel.EMAIL), "rien"),
            ("ven 16/10/2026", None, "envoi appel F1 par phone"),
            ("mer 21/10/2026", None, "envoi lettre_de_relance F1 par post"),
        ),
    ),
    Diary(
        "Ni courriel, ni lettre, ni téléphone : rien ne part et on dit pourquoi ; le courriel accepté, tout reprend",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", refuses(Channel.EMAIL, Channel.POST, Channel.PHONE), "rien"),
            # Ten days after the due date, a Saturday: no letter may leave, but the staff may be told.
            ("sam 10/10/2026", None, "alerte unreachable:relance_2 F1 ; attend no_channel F1 sans fin"),
            ("lun 12/10/2026", None, "rien ; attend no_channel F1 sans fin"),
            ("mar 20/10/2026", accepts(Channel.EMAIL), "envoi relance_2 F1 par email"),
            ("lun 26/10/2026", None, "envoi lettre_de_relance F1 par email"),
            # The letter of the 26th gave until 3 November.
            ("mer 04/11/2026", None, "à valider mise_en_demeure F1"),
            ("jeu 05/11/2026", approved, "envoi mise_en_demeure F1 par registered_post"),
        ),
    ),
    Diary(
        "Un courriel revient : la suite part par la poste",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1 par email"),
            ("mar 06/10/2026", bounced(Channel.EMAIL, MAIL), "rien"),
            ("lun 12/10/2026", None, "envoi relance_2 F1 par post"),
        ),
    ),
)

OTHER_STOPS = (
    Diary(
        "Virement annoncé comme parti : on attend jusqu'au jour dit, pas au-delà",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                hold(StopKind.PAYMENT_IN_PROCESS, "T1", "F1", until="14/10/2026"),
                "rien ; attend payment_in_process F1 jusqu'au 14/10/2026",
            ),
            ("mer 14/10/2026", None, "envoi relance_2 F1"),
        ),
    ),
    Diary(
        "Avoir attendu : rien avant qu'il soit émis, puis le seul solde",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                hold(StopKind.CREDIT_NOTE_AWAITED, "A1", "F1"),
                "rien ; attend credit_note_awaited F1 sans fin",
            ),
            ("mar 20/10/2026", (credited("200.00", "F1"), lifted("A1")), "envoi relance_2 F1 = 1000.00"),
        ),
    ),
    Diary(
        "Suspension décidée à la main jusqu'au 20 octobre : ce jour-là, la relance reprend seule",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                hold(StopKind.MANUAL_HOLD, "S1", until="20/10/2026"),
                "rien ; attend manual_hold F1 jusqu'au 20/10/2026",
            ),
            ("mar 20/10/2026", None, "envoi relance_2 F1"),
        ),
    ),
    Diary(
        "Suspension sans terme, à revoir le 20 octobre : une alerte, une seule, et rien d'autre avant la levée",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                hold(StopKind.MANUAL_HOLD, "S1", review_on="20/10/2026"),
                "rien ; attend manual_hold F1 sans fin",
            ),
            ("mar 20/10/2026", None, "alerte review:S1 F1 ; attend manual_hold F1 sans fin"),
            ("mar 27/10/2026", lifted("S1"), "envoi relance_2 F1"),
        ),
    ),
    Diary(
        "Relevés de banque trop vieux : on n'accuse personne ; chargés, la relance part",
        B2B,
        (F1,),
        (
            ("ven 02/10/2026", bank_data("02/10/2026"), "rien"),
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("jeu 08/10/2026", None, "rien ; attend stale_bank_data F1 sans fin"),
            ("lun 12/10/2026", None, "rien ; attend stale_bank_data F1 sans fin"),
            ("mer 14/10/2026", bank_data("13/10/2026"), "envoi relance_2 F1"),
            ("dim 18/10/2026", None, "rien ; attend non_working_day F1 jusqu'au 19/10/2026"),
            ("lun 19/10/2026", None, "rien ; attend stale_bank_data F1 sans fin"),
        ),
        changes=(("max_bank_data_age_days", 5),),
    ),
    Diary(
        "Prélèvement : rien tant qu'il n'est pas rejeté ; averti quand la banque se tait ; la relance dès le rejet",
        B2B,
        (by_debit("F1"),),
        (
            ("jeu 01/10/2026", None, "rien ; attend direct_debit F1 jusqu'au 16/10/2026"),
            (
                "ven 16/10/2026",
                None,
                "alerte debit:silent F1 ; attend direct_debit F1 sans fin ; doute direct_debit_silent",
            ),
            ("mar 20/10/2026", paid("1200.00", "F1", received_on="30/09/2026"), "rien ; attend settled tout"),
            ("ven 23/10/2026", rejected("V1"), "envoi relance_1 F1"),
            ("mar 27/10/2026", None, "envoi relance_2 F1"),
        ),
    ),
)

DIARIES = (*DISPUTES, *PROCEEDINGS, *WAYS, *OTHER_STOPS)


@pytest.mark.parametrize("diary", DIARIES, ids=[diary.title for diary in DIARIES])
def test_diary(diary: Diary) -> None:
    play(diary)
