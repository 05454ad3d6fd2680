"""Promises to pay, night after night: kept, broken, in part, late within the grace, withdrawn, replaced, rejected.

How a table is written is told at the top of ``support.logbook``; the delays of the standard scenario at the top of
``test_overlay_diaries``.
"""

from datetime import date

import pytest

from recouvrement import FRANCE, Allocation, Case, Money, Payment, StopKind, StopPlaced, builtin, decide
from support.cases import CREDITOR, debtor, invoice
from support.happenings import lifted, paid, promise, rejected
from support.logbook import Diary, play

F1 = invoice("F1", date(2026, 9, 30))
B2B = "standard_b2b"

DIARIES = (
    Diary(
        "Promesse tenue le dernier jour : plus rien, et personne n'est alerté",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                promise("P1", "F1", pay_by="14/10/2026"),
                "rien ; attend promise_to_pay F1 jusqu'au 15/10/2026",
            ),
            ("mer 14/10/2026", paid("1200.00", "F1"), "rien ; attend settled tout"),
            ("mar 01/12/2026", None, "rien"),
        ),
    ),
    Diary(
        "Promesse non tenue : le lendemain la facture revient à la relance, et le gestionnaire est averti une fois",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", promise("P1", "F1", pay_by="14/10/2026"), "rien"),
            ("jeu 15/10/2026", None, "alerte promise:P1 F1 ; envoi relance_2 F1"),
            ("lun 19/10/2026", None, "envoi appel F1"),
            ("ven 23/10/2026", None, "envoi lettre_de_relance F1"),
        ),
    ),
    Diary(
        "Trois jours de grâce : l'argent valeur du 16 tient encore la promesse du 14, même saisi le 20",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            (
                "mar 06/10/2026",
                promise("P1", "F1", pay_by="14/10/2026", grace=3),
                "rien ; attend promise_to_pay F1 jusqu'au 18/10/2026",
            ),
            ("ven 16/10/2026", paid("1200.00", "F1"), "rien ; attend settled tout"),
            ("lun 30/11/2026", None, "rien"),
        ),
    ),
    Diary(
        "La grâce passée sans argent : alerte le dimanche, courrier le premier jour ouvré",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", promise("P1", "F1", pay_by="14/10/2026", grace=3), "rien"),
            ("dim 18/10/2026", None, "alerte promise:P1 F1 ; attend non_working_day F1 jusqu'au 19/10/2026"),
            ("lun 19/10/2026", None, "envoi relance_2 F1"),
        ),
    ),
    Diary(
        "Promesse de 500 € tenue : le reste revient aussitôt à la relance, sans alerte",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", promise("P1", "F1", pay_by="14/10/2026", amount="500.00"), "rien"),
            ("mar 13/10/2026", paid("500.00", "F1"), "envoi relance_2 F1 = 700.00"),
            ("lun 19/10/2026", None, "envoi appel F1 = 700.00"),
        ),
    ),
    Diary(
        "300 € sur 500 € promis : la promesse est rompue, le reste est demandé",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", promise("P1", "F1", pay_by="14/10/2026", amount="500.00"), "rien"),
            ("mar 13/10/2026", paid("300.00", "F1"), "rien ; attend promise_to_pay F1 jusqu'au 15/10/2026"),
            ("jeu 15/10/2026", None, "alerte promise:P1 F1 ; envoi relance_2 F1 = 900.00"),
        ),
    ),
    Diary(
        "Promesse retirée : la facture revient, nul n'est alerté d'une promesse qui n'est plus",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", promise("P1", "F1", pay_by="14/10/2026"), "rien"),
            ("jeu 08/10/2026", lifted("P1"), "rien ; attend waiting F1 jusqu'au 10/10/2026"),
            ("lun 12/10/2026", None, "envoi relance_2 F1"),
            ("ven 16/10/2026", None, "envoi appel F1"),
        ),
    ),
    Diary(
        "Promesse remplacée : seule la dernière compte",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", promise("P1", "F1", pay_by="14/10/2026"), "rien"),
            ("mar 13/10/2026", promise("P2", "F1", pay_by="23/10/2026"), "rien ; attend promise_to_pay F1"),
            ("jeu 15/10/2026", None, "rien ; attend promise_to_pay F1 jusqu'au 24/10/2026"),
            ("sam 24/10/2026", None, "alerte promise:P2 F1"),
            ("lun 26/10/2026", None, "envoi relance_2 F1"),
        ),
    ),
    Diary(
        "Une promesse tenue par un paiement que la banque rejette est une promesse rompue",
        B2B,
        (F1,),
        (
            ("lun 05/10/2026", None, "envoi relance_1 F1"),
            ("mar 06/10/2026", promise("P1", "F1", pay_by="14/10/2026"), "rien"),
            ("mer 14/10/2026", paid("1200.00", "F1"), "rien ; attend settled tout"),
            ("mar 20/10/2026", rejected("V1"), "alerte promise:P1 F1 ; envoi relance_2 F1"),
        ),
    ),
)


@pytest.mark.parametrize("diary", DIARIES, ids=[diary.title for diary in DIARIES])
def test_diary(diary: Diary) -> None:
    play(diary)


@pytest.mark.parametrize(("received_on", "is_told"), [(date(2026, 10, 17), False), (date(2026, 10, 18), True)])
def test_a_promise_is_judged_by_the_value_date_of_the_money_whenever_it_is_looked_at(
    received_on: date,
    is_told: bool,  # noqa: FBT001  # parametrised
) -> None:
    """500.00 € promised by 14 October with three days of grace, looked at on the 21st only."""
    promised, on = Money.of("500.00", "EUR"), date(2026, 10, 21)
    made = StopPlaced(
        id="e1",
        effective_on=date(2026, 10, 6),
        stop_id="P1",
        stop=StopKind.PROMISE_TO_PAY,
        amount=promised,
        pay_by=date(2026, 10, 14),
        grace_days=3,
    )
    money = Payment(
        id="V1", received_on=received_on, amount=promised, allocations=(Allocation(item_id="F1", amount=promised),)
    )
    case = Case(creditor=CREDITOR, debtor=debtor(), invoices=(F1,), payments=(money,), history=(made,))
    stages = [action.stage for action in decide(case, on, scenario=builtin(B2B), law=FRANCE).actions]
    assert ("promise:P1" in stages) is is_told
