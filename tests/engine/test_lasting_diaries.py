"""Holds that no day ends, night after night: what is missing is told to the staff once, and never to the debtor.

The tables are written as told at the top of ``support.logbook``; every night between two lines is run and is silent.
Delays are those of the standard scenario, as at the top of ``test_overlay_diaries``; a proposal or an end without an
answer is told a fortnight after it was put before somebody.
"""

import hashlib
from datetime import date, timedelta

import pytest

from recouvrement import (
    FRANCE,
    Action,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    Case,
    ChannelAccepted,
    Money,
    ProceduralStepDone,
    StopKind,
    StopPlaced,
    builtin,
    decide,
)
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.engine.lasting import UNANSWERED_DAYS
from support.cases import CREDITOR, case_of, debtor, invoice
from support.diary import recorded, steps
from support.happenings import accepts, approved, dispute, lifted, paid, proved, refused, refuses
from support.logbook import Diary, Fact, Logbook, play
from support.scenarios import scenario, stage

DUE = date(2026, 9, 30)
"""A Wednesday."""
F1 = invoice("F1", DUE)
BARE = invoice("F1", DUE, proof=False)
B2B = "standard_b2b"
GATE = "gate:mise_en_demeure"
REMINDERS = (
    ("lun 05/10/2026", None, "envoi relance_1 F1"),
    ("lun 12/10/2026", None, "envoi relance_2 F1"),
    ("ven 16/10/2026", None, "envoi appel F1"),
    ("mer 21/10/2026", None, "envoi lettre_de_relance F1"),
)


def proposal(occurrence: int = 1, stage_id: str = "mise_en_demeure") -> str:
    """Return the number of a proposal, which its alert is named after."""
    written = f"{CREDITOR.id}/{debtor().id}/EUR|{B2B}|{stage_id}|{occurrence}"
    return hashlib.sha256(written.encode()).hexdigest()[:20]


def ordered(book: Logbook) -> None:
    """The court makes its order to pay."""
    book.add(ProceduralStepDone(id=book.name("ordonnance"), effective_on=book.on, step="order_made", item_ids=("F1",)))


def contested(stop_id: str, amount: str, until: date) -> Fact:
    """The debtor contests a part of F1 until a day that is known."""

    def place(book: Logbook) -> None:
        book.add(
            StopPlaced(
                id=book.name(stop_id),
                effective_on=book.on,
                stop_id=stop_id,
                stop=StopKind.DISPUTE,
                item_ids=("F1",),
                amount=Money.of(amount, "EUR"),
                until=until,
            )
        )

    return place


def recorded_as(action: Action, on: date) -> ActionPlanned | ActionProposed:
    """Return the event a night writes of an action."""
    if action.kind is ActionKind.APPROVAL:
        return ActionProposed(id=f"{action.id}:p", effective_on=on, action=action)
    return ActionPlanned(id=f"{action.id}:n", effective_on=on, action=action)


GATED = (
    Diary(
        "Sans preuve de commande : dit une fois, le jour où la mise en demeure était due ; la preuve versée, elle part",
        B2B,
        (BARE,),
        (
            *REMINDERS,
            ("ven 30/10/2026", None, f"alerte {GATE}:proof_of_order_or_delivery F1 ; attend claim_gate F1 sans fin"),
            ("mar 01/12/2026", proved("F1"), "à valider mise_en_demeure F1"),
            ("mer 02/12/2026", approved, "envoi mise_en_demeure F1"),
        ),
    ),
    Diary(
        "Qualité inconnue et aucune preuve : deux manques, deux alertes, chacune pour qui peut y répondre",
        B2B,
        (BARE,),
        (
            *REMINDERS,
            (
                "ven 30/10/2026",
                None,
                f"alerte {GATE}:proof_of_order_or_delivery F1 ; alerte {GATE}:debtor_kind F1 ; attend claim_gate F1",
            ),
            # The proof alone opens nothing, and what is still missing is not told again.
            ("lun 09/11/2026", proved("F1"), "rien ; attend claim_gate F1 sans fin"),
            ("ven 29/01/2027", None, "rien ; attend claim_gate F1 sans fin"),
        ),
        kind=DebtorKind.UNKNOWN,
    ),
    Diary(
        "Un litige levé, un autre placé : c'est un autre manque ; un litige qui a une fin n'en est pas un",
        B2B,
        (F1,),
        (
            ("jeu 01/10/2026", dispute("L1", "F1", amount="200.00"), "rien"),
            *REMINDERS,
            ("ven 30/10/2026", None, f"alerte {GATE}:end_of_dispute:L1 F1"),
            (
                "lun 02/11/2026",
                (lifted("L1"), dispute("L2", "F1", amount="50.00")),
                f"alerte {GATE}:end_of_dispute:L2 F1",
            ),
            (
                "ven 06/11/2026",
                (lifted("L2"), contested("L3", "90.00", date(2026, 11, 20))),
                "rien ; attend claim_gate F1",
            ),
            ("ven 20/11/2026", None, "à valider mise_en_demeure F1"),
        ),
    ),
    Diary(
        "Ce qu'une lettre du jour montre encore n'est dit que le lendemain, et la lettre n'attend pas",
        B2B,
        (BARE, invoice("F2", date(2026, 10, 27))),
        (
            *REMINDERS,
            # The first reminder of F2 lists F1 too, whose mise en demeure is due that day and held.
            ("ven 30/10/2026", None, "envoi relance_1 F1 F2"),
            ("sam 31/10/2026", None, f"alerte {GATE}:proof_of_order_or_delivery F1 ; attend claim_gate F1"),
            # Ten days after 27 October, seven after the first reminder.
            ("ven 06/11/2026", None, "envoi relance_2 F1 F2"),
        ),
    ),
)

UNREACHED = (
    Diary(
        "Injoignable : dit une fois par étape ; un accord retiré est une autre perte, et l'alerte ne retarde rien",
        B2B,
        (F1,),
        (
            ("lun 21/09/2026", refuses(Channel.EMAIL, Channel.POST, Channel.PHONE), "rien"),
            # Nothing is told of the notice before the due date: it is optional, and passed over.
            ("sam 03/10/2026", None, "alerte unreachable:relance_1 F1 ; attend no_channel F1 sans fin"),
            ("mer 07/10/2026", accepts(Channel.EMAIL), "envoi relance_1 F1 par email"),
            ("jeu 08/10/2026", refuses(Channel.EMAIL), "rien"),
            # Ten days after the due date is Saturday the 10th, but four after the stage before is Sunday.
            ("dim 11/10/2026", None, "alerte unreachable:relance_2 F1"),
            ("lun 12/10/2026", accepts(Channel.PHONE), "alerte unreachable:relance_2 F1"),
            ("mar 13/10/2026", accepts(Channel.EMAIL), "envoi relance_2 F1 par email"),
        ),
    ),
)

UNANSWERED = (
    Diary(
        "Une proposition sans réponse est dite au quatorzième jour, une fois ; approuvée, elle part",
        B2B,
        (F1,),
        (
            *REMINDERS,
            ("ven 30/10/2026", None, "à valider mise_en_demeure F1"),
            ("ven 13/11/2026", None, f"alerte unanswered:{proposal()} F1 ; attend awaiting_approval F1 sans fin"),
            ("lun 07/12/2026", approved, "envoi mise_en_demeure F1"),
        ),
    ),
    Diary(
        "Les sommes ont bougé : la nouvelle proposition a ses quatorze jours, et celle que l'on refuse est répondue",
        B2B,
        (F1,),
        (
            *REMINDERS,
            ("ven 30/10/2026", None, "à valider mise_en_demeure F1 = 1200.00"),
            ("jeu 12/11/2026", paid("200.00", "F1"), "à valider mise_en_demeure F1 = 1000.00"),
            ("jeu 26/11/2026", None, f"alerte unanswered:{proposal(2)} F1"),
            ("ven 27/11/2026", paid("100.00", "F1"), "à valider mise_en_demeure F1 = 900.00"),
            ("lun 30/11/2026", refused, "rien ; attend awaiting_human F1 sans fin"),
            ("ven 29/01/2027", None, "rien ; attend awaiting_human F1 sans fin"),
        ),
    ),
    Diary(
        "La fin du scénario sans suite est redite au quatorzième jour, une fois",
        B2B,
        (F1,),
        (
            *REMINDERS,
            ("ven 30/10/2026", None, "à valider mise_en_demeure F1"),
            ("lun 02/11/2026", approved, "envoi mise_en_demeure F1"),
            ("dim 22/11/2026", None, "fin human_decision F1"),
            ("dim 06/12/2026", None, "alerte unanswered:end F1 ; attend awaiting_human F1 sans fin"),
            ("ven 29/01/2027", None, "rien ; attend awaiting_human F1 sans fin"),
        ),
    ),
    Diary(
        "Une ordonnance obtenue après la fin du scénario : quelqu'un s'en occupe, rien n'est redit",
        B2B,
        (F1,),
        (
            *REMINDERS,
            ("ven 30/10/2026", None, "à valider mise_en_demeure F1"),
            ("lun 02/11/2026", approved, "envoi mise_en_demeure F1"),
            ("dim 22/11/2026", None, "fin human_decision F1"),
            ("ven 04/12/2026", ordered, "rien"),
            ("ven 29/01/2027", None, "rien ; attend awaiting_human F1 sans fin"),
        ),
    ),
)

DIARIES = (*GATED, *UNREACHED, *UNANSWERED)


@pytest.mark.parametrize("diary", DIARIES, ids=[diary.title for diary in DIARIES])
def test_diary(diary: Diary) -> None:
    play(diary)


def test_what_is_told_says_what_is_missing_and_which_event_supplies_it() -> None:
    told = [action for _, action in steps(case_of(BARE), DUE, date(2026, 12, 31), builtin(B2B))][-1]
    assert (told.kind, told.document, told.channel) == (ActionKind.ALERT, DocumentKind.STAFF_ALERT, Channel.INTERNAL)
    (reason,) = told.reasons
    assert reason.code == "gate_lacks"
    inputs = {"stage": "mise_en_demeure", "missing": "proof_of_order_or_delivery", "supplied_by": "proof_supplied"}
    assert dict(reason.inputs) == inputs


def test_items_that_miss_the_same_thing_are_told_in_one_note() -> None:
    case = case_of(BARE, invoice("F2", DUE, proof=False))
    alerts = [one for _, one in steps(case, DUE, date(2026, 12, 31), builtin(B2B)) if one.kind is ActionKind.ALERT]
    assert [(alert.listed, len(alert.reasons)) for alert in alerts] == [(("F1", "F2"), 1)]


def test_the_day_is_computed_and_no_night_before_it_finds_anything() -> None:
    case = case_of(F1)
    taken = steps(case, DUE, date(2026, 10, 31), builtin(B2B), approve=False)
    proposed_on = next(on for on, action in taken if action.kind is ActionKind.APPROVAL)
    told_on = proposed_on + timedelta(days=UNANSWERED_DAYS)
    for on, action in taken:
        case = case.with_events([recorded_as(action, on)])
    for days in range(1, UNANSWERED_DAYS):
        decision = decide(case, proposed_on + timedelta(days=days), scenario=builtin(B2B), law=FRANCE)
        assert (decision.actions, decision.next_wakeup) == ((), told_on)
    assert decide(case, told_on, scenario=builtin(B2B), law=FRANCE).actions


def test_the_alert_is_no_contact_and_begins_no_interval() -> None:
    """Told on the very day the address is found: the reminder leaves that day."""
    used = scenario(stage("rappel", 3, channels=(Channel.POST,)), min_interval_days=9)
    bare = Case(creditor=CREDITOR, debtor=debtor(address=None), invoices=(F1,))
    day = date(2026, 10, 5)
    told = decide(bare, day, scenario=used, law=FRANCE)
    assert [action.stage for action in told.actions] == ["unreachable:rappel"]
    found = Case.model_validate(dict(recorded(bare, told, approve=False)) | {"debtor": debtor()})
    assert [action.stage for action in decide(found, day, scenario=used, law=FRANCE).actions] == ["rappel"]


def test_a_channel_that_was_accepted_before_is_no_new_loss() -> None:
    used = scenario(stage("rappel", 3, channels=(Channel.POST,)))
    accepted = ChannelAccepted(id="e1", effective_on=date(2026, 9, 1), channels=(Channel.EMAIL,))
    bare = Case(creditor=CREDITOR, debtor=debtor(address=None), invoices=(F1,), history=(accepted,))
    assert [on for on, _ in steps(bare, DUE, date(2027, 3, 1), used)] == [date(2026, 10, 3)]


def test_thousands_of_items_at_the_gate_are_told_in_one_note() -> None:
    many = tuple(invoice(f"F{number}", DUE, proof=False) for number in range(2_000))
    used = scenario(stage("rappel", 3, may_be_first_contact=True, rank="formal", document="mise_en_demeure"))
    decision = decide(case_of(*many), date(2026, 10, 5), scenario=used, law=FRANCE)
    assert [len(action.listed) for action in decision.actions] == [2_000]
