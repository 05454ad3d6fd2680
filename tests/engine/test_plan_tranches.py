"""A plan that ended without acceleration: each instalment keeps its date, its interest and its own mise en demeure.

The same plan everywhere unless said otherwise: 1 200.00 € due on 30 September 2026, to be paid in three times 400.00 €
on 15 October, 16 November and 15 December; default notified on 20 October, eight days to mend it, ended on the 29th.
Interest at 12.40 % between businesses and 2.75 % of a consumer, second half of 2026; every sum is worked out beside it.
"""

from datetime import date

import pytest

from recouvrement import FRANCE, Case, DebtorKind, Decision, Instalment, Invoice, Money, builtin, decide, decompte
from recouvrement.domain.decision import Action
from recouvrement.domain.documents import Allocation, Payment
from recouvrement.domain.events import (
    ActionPlanned,
    HistoryEvent,
    NoticeDelivered,
    PlanAgreed,
    PlanDefaultNotified,
    StopPlaced,
)
from recouvrement.domain.vocabulary import StopKind
from recouvrement.render.decompte import as_csv
from support.cases import CREDITOR, debtor, invoice
from support.happenings import approved, notified, paid, plan
from support.logbook import Diary, play

DUE = date(2026, 9, 30)
F1 = invoice("F1", DUE)
THIRDS = ((date(2026, 10, 15), "400.00"), (date(2026, 11, 16), "400.00"), (date(2026, 12, 15), "400.00"))
ON = date(2026, 12, 10)
"""The third instalment is not due yet."""

B2B = builtin("standard_b2b")
LAST_WARNING = {
    "id": "dernier_avis",
    "document": "reminder_letter",
    "channels": ("post",),
    "rank": "pre_litigation",
    "when": {"type": "days_after", "anchor": "stage:mise_en_demeure", "days": 5},
}
UNTIL_THE_END = (
    ("lun 05/10/2026", None, "envoi relance_1 F1"),
    ("mer 07/10/2026", plan("PL1", "F1", parts=(("15/10/2026", "400.00"), ("16/12/2026", "800.00"))), "rien"),
    ("ven 16/10/2026", None, "alerte plan:PL1:2026-10-15 F1"),
    ("mar 20/10/2026", notified("PL1"), "rien"),
    ("jeu 29/10/2026", None, "alerte plan:PL1:ended F1 ; envoi relance_2 F1 = 400.00"),
    ("lun 02/11/2026", None, "envoi appel F1 = 400.00"),
    ("ven 06/11/2026", None, "envoi lettre_de_relance F1 = 400.00"),
    ("mar 17/11/2026", None, "à valider mise_en_demeure F1 = 400.00"),
    ("mer 18/11/2026", approved, "envoi mise_en_demeure F1 = 400.00"),
)

DIARIES = (
    Diary(
        "La part échue après la mise en demeure a la sienne, et vingt jours, avant la fin du scénario",
        "standard_b2b",
        (F1,),
        (
            *UNTIL_THE_END,
            # The first notice alone would end the scenario on 8 December: it was about 400.00 only.
            ("mar 08/12/2026", None, "rien"),
            ("jeu 17/12/2026", None, "à valider mise_en_demeure F1 = 1200.00"),
            ("ven 18/12/2026", approved, "envoi mise_en_demeure F1 = 1200.00"),
            # Twenty days from the second notice: 18 December and 20 days, 7 January.
            ("jeu 07/01/2027", None, "fin human_decision F1 = 1200.00"),
        ),
    ),
    Diary(
        "Une étape d'après la mise en demeure ne demande que ce qui en a reçu une",
        "standard_b2b",
        (F1,),
        (
            *UNTIL_THE_END[:1],
            ("mer 07/10/2026", plan("PL1", "F1", parts=(("15/10/2026", "400.00"), ("27/11/2026", "800.00"))), "rien"),
            *UNTIL_THE_END[2:],
            # The first notice gives until Thursday 3 December; 800.00 fell due on 27 November meanwhile.
            ("ven 04/12/2026", None, "à valider mise_en_demeure F1 = 1200.00"),
            ("lun 07/12/2026", approved, "envoi mise_en_demeure F1 = 1200.00"),
            # To pay by Tuesday 22 December: the last warning may leave the day after.
            ("mer 23/12/2026", None, "envoi dernier_avis F1 = 1200.00"),
        ),
        changes=(("stages", (*B2B.model_dump()["stages"], LAST_WARNING)),),
    ),
    Diary(
        "Une échéance payée à sa date ne demande pas de mise en demeure",
        "standard_b2b",
        (F1,),
        (
            *UNTIL_THE_END,
            ("mer 16/12/2026", paid("1200.00", "F1"), "rien ; attend settled tout"),
            ("ven 15/01/2027", None, "rien"),
        ),
    ),
    Diary(
        "Mise en demeure d'avant l'accord : elle ne vaut pas pour les échéances qu'il accorde ensuite",
        "standard_b2b",
        (F1,),
        (
            *UNTIL_THE_END[:1],
            ("lun 12/10/2026", None, "envoi relance_2 F1"),
            ("ven 16/10/2026", None, "envoi appel F1"),
            ("mer 21/10/2026", None, "envoi lettre_de_relance F1"),
            ("ven 30/10/2026", None, "à valider mise_en_demeure F1 = 1200.00"),
            ("lun 02/11/2026", approved, "envoi mise_en_demeure F1 = 1200.00"),
            ("ven 06/11/2026", plan("PL1", "F1", parts=(("20/11/2026", "600.00"), ("18/12/2026", "600.00"))), "rien"),
            ("sam 21/11/2026", None, "alerte plan:PL1:2026-11-20 F1"),
            ("mar 24/11/2026", notified("PL1"), "rien ; attend payment_plan F1 jusqu'au 03/12/2026"),
            ("jeu 03/12/2026", None, "alerte plan:PL1:ended F1 ; à valider mise_en_demeure F1 = 600.00"),
            ("ven 04/12/2026", approved, "envoi mise_en_demeure F1 = 600.00"),
        ),
    ),
    Diary(
        "Sans étape formelle, le dernier message du scénario est redonné pour chaque échéance",
        "un_seul_rappel",
        (F1,),
        (
            ("mer 07/10/2026", None, "envoi rappel F1 = 1200.00"),
            ("jeu 08/10/2026", plan("PL1", "F1", parts=(("15/10/2026", "600.00"), ("16/11/2026", "600.00"))), "rien"),
            ("ven 16/10/2026", None, "alerte plan:PL1:2026-10-15 F1"),
            ("mar 20/10/2026", notified("PL1"), "rien"),
            ("jeu 29/10/2026", None, "alerte plan:PL1:ended F1 ; envoi rappel F1 = 600.00"),
            ("mar 17/11/2026", None, "envoi rappel F1 = 1200.00"),
            ("mer 02/12/2026", None, "fin human_decision F1 = 1200.00"),
        ),
    ),
)


@pytest.mark.parametrize("diary", DIARIES, ids=[diary.title for diary in DIARIES])
def test_diary(diary: Diary) -> None:
    play(diary)


def _plan(parts: tuple[tuple[date, str], ...] = THIRDS, *, keeps_interest: bool | None = None) -> PlanAgreed:
    instalments = tuple(Instalment(amount=Money.of(amount, "EUR"), due_on=due_on) for due_on, amount in parts)
    return PlanAgreed(
        id="e1",
        effective_on=date(2026, 10, 7),
        plan_id="PL1",
        instalments=instalments,
        keeps_interest=keeps_interest,
    )


NOTIFIED = PlanDefaultNotified(id="e2", effective_on=date(2026, 10, 20), plan_id="PL1")


def _payment(amount: str, received_on: date) -> Payment:
    share = Allocation(item_id="F1", amount=Money.of(amount, "EUR"))
    return Payment(id=f"V{received_on}", received_on=received_on, amount=share.amount, allocations=(share,))


def _decided(
    *more: HistoryEvent,
    agreed: PlanAgreed | None = None,
    kind: DebtorKind = DebtorKind.BUSINESS,
    invoices: tuple[Invoice, ...] = (F1,),
    payments: tuple[Payment, ...] = (),
    on: date = ON,
) -> Decision:
    history = (agreed or _plan(), NOTIFIED, *more)
    case = Case(creditor=CREDITOR, debtor=debtor(kind), invoices=invoices, payments=payments, history=history)
    scenario = builtin("consommateur") if kind is DebtorKind.CONSUMER else B2B
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    made = decompte(decision.claim, on, decision.doubts)  # refuses what does not add up
    assert made.total == decision.claim.total
    return decision


def _sums(decision: Decision) -> list[tuple[str, str, str]]:
    return [
        (f"{part.due_on:%d/%m}", str(part.principal.amount), str(part.late_interest.amount))
        for item in decision.claim.items
        for part in item.tranches
    ]


def _codes(decision: Decision) -> set[str]:
    return {doubt.code for doubt in decision.doubts}


def test_each_instalment_bears_interest_from_the_day_after_its_own_due_date() -> None:
    """From 16 October, 16 + 30 + 10 = 56 days: 400 × 0.124 × 56 / 365 = 7.6098…; from 17 November, 14 + 10 = 24 days:

    400 × 0.124 × 24 / 365 = 3.2613…; together 10.87.
    """
    decision = _decided()
    (item,) = decision.claim.items
    assert _sums(decision) == [("15/10", "400.00", "7.61"), ("16/11", "400.00", "3.26")]
    assert (str(item.deferred), str(item.principal)) == ("400.00 EUR", "800.00 EUR")
    assert str(decision.claim.late_interest) == "10.87 EUR"
    assert item.due_on == DUE
    assert "plan_interest_unsettled" in _codes(decision)


def test_an_agreement_that_keeps_interest_is_followed() -> None:
    """800.00 from 1 October, 31 + 30 + 10 = 71 days: 800 × 0.124 × 71 / 365 = 19.2964…, 19.30."""
    decision = _decided(agreed=_plan(keeps_interest=True))
    assert _sums(decision) == []
    assert str(decision.claim.late_interest) == "19.30 EUR"
    assert "plan_interest_unsettled" not in _codes(decision)


def test_an_agreement_that_gives_interest_up_leaves_no_doubt() -> None:
    decision = _decided(agreed=_plan(keeps_interest=False))
    assert str(decision.claim.late_interest) == "10.87 EUR"
    assert "plan_interest_unsettled" not in _codes(decision)


def test_a_payment_settles_the_oldest_instalment_with_its_interest_and_then_the_next() -> None:
    """500.00 on 20 November. First part, 36 days: 400 × 0.124 × 36 / 365 = 4.8920…: 404.89 settles it.

    Second part, 4 days: 400 × 0.124 × 4 / 365 = 0.5435…; 95.11 less 0.54 leaves 400 − 94.57 = 305.43, which bears,
    over 20 days, 305.43 × 0.124 × 20 / 365 = 2.0752….
    """
    decision = _decided(payments=(_payment("500.00", date(2026, 11, 20)),))
    (item,) = decision.claim.items
    assert _sums(decision) == [("15/10", "0.00", "0.00"), ("16/11", "305.43", "2.08")]
    assert [str(paid.amount) for paid in item.payments] == ["404.89 EUR", "95.11 EUR"]
    assert str(item.deferred) == "400.00 EUR"


def test_a_payment_in_advance_lets_no_interest_run_on_what_it_pays() -> None:
    """100.00 and then 800.00 by 2 November: the first two and 100.00 of the last; 300.00 is left to 15 December."""
    decision = _decided(
        payments=(_payment("100.00", date(2026, 10, 16)), _payment("800.00", date(2026, 11, 2))), on=date(2026, 11, 10)
    )
    (item,) = decision.claim.items
    # 400 × 0.124 × 1 / 365 = 0.1358…: 100.00 leaves 400 − 99.86 = 300.14, then 17 days: 300.14 × 0.124 × 17 / 365 =
    # 1.7334…; 301.87 of the 800.00 settles the first part, and 498.13 goes to the next two before they bear anything.
    assert [str(segment.amount) for segment in item.segments] == ["0.14 EUR", "1.73 EUR"]
    assert str(item.late_interest) == "0.00 EUR"
    assert str(item.deferred) == "300.00 EUR"


def test_of_several_invoices_the_oldest_is_payable_with_the_first_instalments() -> None:
    """700.00 and 500.00: the first 400 and 300 of the second to F1; the other 100 and the last 400 to F2.

    300 × 0.124 × 24 / 365 = 2.4460…; 100 × 0.124 × 24 / 365 = 0.8153….
    """
    two = (invoice("F1", DUE, "700.00"), invoice("F2", date(2026, 10, 1), "500.00"))
    decision = _decided(invoices=two)
    assert _sums(decision) == [
        ("15/10", "400.00", "7.61"),
        ("16/11", "300.00", "2.45"),
        ("16/11", "100.00", "0.82"),
    ]
    assert [str(item.deferred) for item in decision.claim.items] == ["None", "400.00 EUR"]


def test_what_the_plan_leaves_out_keeps_the_due_date_of_its_invoice() -> None:
    """800.00 in two: 400.00 due since 30 September, 71 days: 400 × 0.124 × 71 / 365 = 9.6482…."""
    decision = _decided(agreed=_plan((THIRDS[0], THIRDS[2])))
    assert _sums(decision) == [("30/09", "400.00", "9.65"), ("15/10", "400.00", "7.61")]


def test_no_instalment_is_due_before_its_invoice() -> None:
    """The invoice is due on 30 November: 800.00 from 1 December, 10 days: 800 × 0.124 × 10 / 365 = 2.7178…."""
    later = Invoice.single(
        "F1", issued_on=date(2026, 10, 1), due_on=date(2026, 11, 30), total=Money.of("1200.00", "EUR")
    )
    decision = _decided(invoices=(later,))
    assert [part.due_on for part in decision.claim.items[0].tranches] == [date(2026, 11, 30)]
    assert str(decision.claim.late_interest) == "2.72 EUR"
    assert "plan_interest_unsettled" not in _codes(decision)


def test_what_is_contested_bears_nothing_from_the_oldest_part_on() -> None:
    """300.00 contested: 100 × 0.124 × 56 / 365 = 1.9024…; 400 × 0.124 × 24 / 365 = 3.2613…."""
    dispute = StopPlaced(
        id="e3",
        effective_on=date(2026, 11, 2),
        stop_id="L1",
        stop=StopKind.DISPUTE,
        amount=Money.of("300.00", "EUR"),
    )
    assert _sums(_decided(dispute)) == [("15/10", "100.00", "1.90"), ("16/11", "400.00", "3.26")]


def test_a_consumer_owes_interest_on_an_instalment_from_its_own_notice_only() -> None:
    """Notice of 2 November: from the 3rd, 28 + 10 = 38 days: 400 × 0.0275 × 38 / 365 = 1.1452….

    The second instalment fell due on the 16th: from its own notice of the 25th, 15 days: 400 × 0.0275 × 15 / 365 =
    0.4520….
    """
    first = NoticeDelivered(id="n1", effective_on=date(2026, 11, 2), item_ids=("F1",))
    second = NoticeDelivered(id="n2", effective_on=date(2026, 11, 25), item_ids=("F1",))
    one = _decided(first, kind=DebtorKind.CONSUMER)
    assert _sums(one) == [("15/10", "400.00", "1.15"), ("16/11", "400.00", "0.00")]
    both = _decided(first, second, kind=DebtorKind.CONSUMER)
    assert _sums(both) == [("15/10", "400.00", "1.15"), ("16/11", "400.00", "0.45")]


def test_a_letter_sent_before_an_instalment_was_due_is_no_notice_of_it() -> None:
    """Sent on 13 November, presented on the 18th, for the first one only.

    From the 19th, 12 + 10 = 22 days: 400 × 0.0275 × 22 / 365 = 0.6630….
    """
    letter = _letter()
    sent = ActionPlanned(id="s", effective_on=date(2026, 11, 13), action=letter)
    presented = NoticeDelivered(id="n", effective_on=date(2026, 11, 18), action_id=letter.id)
    decision = _decided(sent, presented, kind=DebtorKind.CONSUMER)
    assert _sums(decision) == [("15/10", "400.00", "0.66"), ("16/11", "400.00", "0.00")]


def _letter() -> Action:
    case = Case(creditor=CREDITOR, debtor=debtor(DebtorKind.CONSUMER), invoices=(F1,))
    (action,) = decide(case, date(2026, 11, 13), scenario=builtin("consommateur"), law=FRANCE).actions
    return action


def test_the_account_on_paper_shows_each_part_and_adds_up_in_a_spreadsheet() -> None:
    """800.00, 10.87 of interest and 40.00 of indemnity: 850.87."""
    decision = _decided()
    rows = [line.split(";") for line in as_csv(decompte(decision.claim, ON)).decode("utf-8-sig").splitlines()]
    head, body = rows[0], rows[1:]
    nature, amount = head.index("nature"), head.index("montant")
    shown = [(row[nature], row[amount]) for row in body if row[amount]]
    assert shown[:4] == [
        ("facture", "1200,00"),
        ("part reportée", "-400,00"),
        ("part comptée à son échéance", "-400,00"),
        ("intérêts", "7,61"),
    ]
    assert ("part à son échéance", "400,00") in shown
    cents = sum(int(written.replace(",", "")) for name, written in shown if name not in {"sous-total", "total"})
    assert cents == 85_087
    assert ("total", "850,87") in shown
