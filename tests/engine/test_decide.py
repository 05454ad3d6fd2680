"""Walks through the standard scenarios, day by day, and the rules that hold in every scenario."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from recouvrement import (
    FRANCE,
    Action,
    ActionApproved,
    ActionCancelled,
    ActionKind,
    ActionProposed,
    ActionRefused,
    Allocation,
    Case,
    Contact,
    CreditNote,
    DebtorKind,
    HoldKind,
    Insolvency,
    InsolvencyKind,
    Invoice,
    Money,
    Payment,
    PaymentRejected,
    PaymentTerms,
    ProofKind,
    ProofSupplied,
    StepRecorded,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
    decide,
)
from support.cases import ADDRESS, CONTACT, CREDITOR, case_of, debtor, invoice
from support.diary import recorded, steps

B2B = builtin("standard_b2b")
DUE = date(2026, 9, 30)


def told(steps_taken: list[tuple[date, Action]]) -> list[tuple[str, str, str]]:
    return [(on.isoformat(), action.stage, action.kind.value) for on, action in steps_taken]


def holds_of(case: Case, on: date, item: str) -> list[tuple[HoldKind, date | None]]:
    decision = decide(case, on, scenario=B2B, law=FRANCE)
    return [(hold.kind, hold.until) for hold in decision.holds if hold.item_id == item]


def paid(number: str, amount: str, on: date, *, payment: str = "P1") -> Payment:
    money = Money.of(amount, "EUR")
    return Payment(id=payment, received_on=on, amount=money, allocations=(Allocation(item_id=number, amount=money),))


def test_a_business_invoice_left_unpaid_walks_the_whole_scenario() -> None:
    """Due Wednesday 30 September 2026: J-5 is Friday 25, J+3 Saturday 3 October is deferred to Monday 5."""
    diary = steps(case_of(invoice("F1", DUE)), date(2026, 9, 20), date(2027, 1, 31), B2B)
    assert told(diary) == [
        ("2026-09-25", "avis_avant_echeance", "contact"),
        ("2026-10-05", "relance_1", "contact"),
        ("2026-10-12", "relance_2", "contact"),
        ("2026-10-16", "appel", "contact"),
        ("2026-10-21", "lettre_de_relance", "contact"),
        ("2026-10-30", "mise_en_demeure", "approval"),
        ("2026-10-30", "mise_en_demeure", "contact"),
        ("2026-11-19", "terminal", "terminal"),
        ("2026-12-03", "unanswered:end", "alert"),  # nobody has acted on the end of the scenario in a fortnight
    ]


def test_a_consumer_invoice_walks_a_slower_scenario_without_a_call() -> None:
    case = case_of(invoice("F1", DUE), kind=DebtorKind.CONSUMER)
    diary = steps(case, date(2026, 9, 20), date(2027, 1, 31), builtin("consommateur"))
    assert [stage for _, stage, _ in told(diary)] == [
        "avis_avant_echeance",
        "relance_1",
        "relance_2",
        "lettre_de_relance",
        "mise_en_demeure",
        "mise_en_demeure",
        "terminal",
        "unanswered:end",
    ]
    assert [on for on, _ in diary[-2:]] == [date(2026, 12, 9), date(2026, 12, 23)]


def test_a_public_debtor_gets_no_courtesy_notice_and_longer_delays() -> None:
    case = case_of(invoice("F1", DUE), kind=DebtorKind.PUBLIC)
    diary = steps(case, date(2026, 9, 20), date(2027, 1, 31), builtin("secteur_public"))
    assert [stage for _, stage, _ in told(diary)] == [
        "relance_1",
        "relance_2",
        "lettre_de_relance",
        "mise_en_demeure",
        "mise_en_demeure",
        "terminal",
        "unanswered:end",
    ]


@pytest.mark.parametrize(("on", "overdue"), [(DUE, False), (DUE + timedelta(days=1), True)])
def test_overdue_begins_the_day_after_the_due_date(on: date, overdue: bool) -> None:  # noqa: FBT001  # parametrised
    claim = decide(case_of(invoice("F1", DUE)), on, scenario=B2B, law=FRANCE).claim
    assert bool(claim.items) is overdue


def test_a_missed_run_is_caught_up_with_one_stage_and_never_a_burst() -> None:
    """First look fifty days late: the first stage, then one stage at each interval."""
    diary = steps(case_of(invoice("F1", DUE)), DUE + timedelta(days=50), date(2027, 2, 28), B2B)
    assert [stage for _, stage, _ in told(diary)][:5] == [
        "relance_1",
        "relance_2",
        "appel",
        "lettre_de_relance",
        "mise_en_demeure",
    ]
    days = [on for on, action in diary if action.kind is ActionKind.CONTACT]
    assert min((later - earlier).days for earlier, later in pairwise(days)) >= B2B.min_interval_days


def test_entry_by_age_starts_at_the_amicable_stage_reached_and_never_at_a_formal_one() -> None:
    by_age = B2B.model_validate(B2B.model_dump() | {"entry": "by_age"})
    decision = decide(case_of(invoice("F1", DUE)), DUE + timedelta(days=90), scenario=by_age, law=FRANCE)
    assert [action.stage for action in decision.actions] == ["relance_1"]


def test_one_message_lists_every_overdue_item_and_moves_on_only_those_that_triggered_it() -> None:
    case = case_of(invoice("F1", DUE), invoice("F2", DUE + timedelta(days=3)))
    decision = decide(case, date(2026, 10, 5), scenario=B2B, law=FRANCE)
    (action,) = decision.actions
    assert (action.leader, action.triggered, action.listed) == ("F1", ("F1",), ("F1", "F2"))
    assert action.principal == Money.of("2400.00", "EUR")


def test_the_next_oldest_item_leads_with_its_own_progress_once_the_leader_is_settled() -> None:
    case = case_of(invoice("F1", DUE), invoice("F2", DUE + timedelta(days=20)))
    done = [
        StepRecorded(id="x1", effective_on=date(2026, 10, 5), stage="relance_1", item_ids=("F1",)),
        StepRecorded(id="x2", effective_on=date(2026, 10, 12), stage="relance_2", item_ids=("F1",)),
    ]
    assert "F1" in {
        a.leader for a in decide(case.with_events(done), date(2026, 10, 23), scenario=B2B, law=FRANCE).actions
    }
    settled = Case(
        creditor=CREDITOR,
        debtor=debtor(),
        invoices=case.invoices,
        payments=(paid("F1", "1200.00", date(2026, 10, 22)),),
        history=tuple(done),
    )
    decision = decide(settled, date(2026, 10, 23), scenario=B2B, law=FRANCE)
    assert [(action.leader, action.stage) for action in decision.actions] == [("F2", "relance_1")]


def test_an_item_under_formal_notice_is_not_listed_again_in_a_friendly_reminder() -> None:
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 11, 10)))
    diary = steps(case, date(2026, 9, 20), date(2026, 11, 16), B2B)
    on, last = diary[-1]
    assert (on, last.stage, last.listed) == (date(2026, 11, 13), "relance_1", ("F2",))
    assert diary[-3][1].stage == "mise_en_demeure"


def test_a_stop_keeps_an_item_out_of_trigger_and_scope_until_it_ends() -> None:
    promise = StopPlaced(
        id="e1", effective_on=date(2026, 10, 1), stop_id="s1", stop=StopKind.PROMISE_TO_PAY, until=date(2026, 10, 15)
    )
    case = case_of(invoice("F1", DUE), history=(promise,))
    assert holds_of(case, date(2026, 10, 5), "F1") == [(HoldKind.PROMISE_TO_PAY, date(2026, 10, 15))]
    assert decide(case, date(2026, 10, 5), scenario=B2B, law=FRANCE).next_wakeup == date(2026, 10, 15)
    after = decide(case, date(2026, 10, 15), scenario=B2B, law=FRANCE)
    assert [action.stage for action in after.actions] == ["promise:s1", "relance_1"]


def test_a_stop_without_end_lasts_until_it_is_lifted() -> None:
    hold = StopPlaced(id="e1", effective_on=DUE, stop_id="s1", stop=StopKind.MANUAL_HOLD, item_ids=("F1",))
    case = case_of(invoice("F1", DUE), history=(hold,))
    assert decide(case, date(2026, 12, 1), scenario=B2B, law=FRANCE).actions == ()
    lifted = case.with_events([StopLifted(id="e2", effective_on=date(2026, 12, 1), stop_id="s1")])
    assert len(decide(lifted, date(2026, 12, 1), scenario=B2B, law=FRANCE).actions) == 1


def test_a_dispute_on_part_of_an_amount_takes_that_part_out_of_every_sum() -> None:
    dispute = StopPlaced(
        id="e1",
        effective_on=DUE,
        stop_id="s1",
        stop=StopKind.DISPUTE,
        item_ids=("F1",),
        amount=Money.of("200.00", "EUR"),
    )
    decision = decide(case_of(invoice("F1", DUE), history=(dispute,)), date(2026, 10, 5), scenario=B2B, law=FRANCE)
    (item,) = decision.claim.items
    assert (str(item.balance), str(item.contested), str(item.principal)) == ("1200.00 EUR", "200.00 EUR", "1000.00 EUR")
    assert decision.actions[0].principal == Money.of("1000.00", "EUR")


def test_a_promise_on_part_of_an_amount_holds_the_whole_item() -> None:
    promise = StopPlaced(
        id="e1",
        effective_on=DUE,
        stop_id="s1",
        stop=StopKind.PROMISE_TO_PAY,
        item_ids=("F1",),
        amount=Money.of("200.00", "EUR"),
        until=date(2026, 10, 20),
    )
    case = case_of(invoice("F1", DUE), history=(promise,))
    assert holds_of(case, date(2026, 10, 5), "F1") == [(HoldKind.PROMISE_TO_PAY, date(2026, 10, 20))]


def test_insolvency_stops_every_demand_and_calls_for_a_declaration() -> None:
    insolvency = Insolvency(
        kind=InsolvencyKind.REDRESSEMENT_JUDICIAIRE, opened_on=date(2026, 10, 5), published_on=date(2026, 10, 16)
    )
    case = Case(creditor=CREDITOR, debtor=debtor(insolvency=insolvency), invoices=(invoice("F1", DUE),))
    decision = decide(case, date(2026, 10, 20), scenario=B2B, law=FRANCE)
    assert [(action.kind, action.stage) for action in decision.actions] == [
        (ActionKind.ALERT, "deadline:declaration_de_creance:known")
    ]
    assert [hold.kind for hold in decision.holds] == [HoldKind.INSOLVENCY]
    assert decision.deadlines[0].last_day == date(2026, 12, 16)


def test_a_barred_consumer_claim_is_never_demanded_and_a_human_is_told_once() -> None:
    case = case_of(invoice("F1", date(2024, 10, 1)), kind=DebtorKind.CONSUMER)
    scenario = builtin("consommateur")
    decision = decide(case, date(2026, 10, 2), scenario=scenario, law=FRANCE)
    assert [action.stage for action in decision.actions] == ["deadline:prescription:past"]
    assert [hold.kind for hold in decision.holds] == [HoldKind.BARRED]
    after = recorded(case, decision, approve=False)
    assert decide(after, date(2026, 10, 3), scenario=scenario, law=FRANCE).actions == ()


def test_a_missed_prescription_threshold_speaks_once_at_the_nearest() -> None:
    case = case_of(invoice("F1", date(2021, 12, 15)))
    decision = decide(case, date(2026, 11, 23), scenario=B2B, law=FRANCE)
    assert "deadline:prescription:60" in [action.stage for action in decision.actions]
    assert "deadline:prescription:180" not in [action.stage for action in decision.actions]


def test_a_formal_demand_waits_for_proof_of_order_or_delivery() -> None:
    case = case_of(invoice("F1", DUE, proof=False))
    diary = steps(case, date(2026, 9, 20), date(2027, 1, 31), B2B)
    assert told(diary)[-2:] == [
        ("2026-10-21", "lettre_de_relance", "contact"),
        ("2026-10-30", "gate:mise_en_demeure:proof_of_order_or_delivery", "alert"),
    ]
    stuck = case.with_events(
        [StepRecorded(id="x", effective_on=date(2026, 10, 21), stage="lettre_de_relance", item_ids=("F1",))]
    )
    assert holds_of(stuck, date(2026, 11, 2), "F1") == [(HoldKind.CLAIM_GATE, None)]
    proof = ProofSupplied(
        id="p", effective_on=date(2026, 11, 2), item_ids=("F1",), proof=ProofKind.DELIVERY, reference="BL 318"
    )
    decision = decide(stuck.with_events([proof]), date(2026, 11, 2), scenario=B2B, law=FRANCE)
    assert [action.stage for action in decision.actions] == ["mise_en_demeure"]


def test_a_debtor_of_unknown_kind_is_reminded_as_a_consumer_and_never_put_on_notice() -> None:
    case = case_of(invoice("F1", DUE), kind=DebtorKind.UNKNOWN)
    diary = steps(case, date(2026, 9, 20), date(2027, 1, 31), builtin("consommateur"))
    assert "mise_en_demeure" not in {action.stage for _, action in diary}
    doubts = decide(case, date(2026, 10, 20), scenario=builtin("consommateur"), law=FRANCE).doubts
    assert "debtor_kind_unknown" in {doubt.code for doubt in doubts}


def notice_proposed() -> tuple[Case, Action, date]:
    """Return a case whose mise en demeure waits for approval, with the proposal and its date."""
    letter = StepRecorded(id="x", effective_on=date(2026, 10, 21), stage="lettre_de_relance", item_ids=("F1",))
    case = case_of(invoice("F1", DUE), history=(letter,))
    on = date(2026, 10, 30)
    (action,) = decide(case, on, scenario=B2B, law=FRANCE).actions
    return case.with_events([ActionProposed(id="p", effective_on=on, action=action)]), action, on


def test_a_mise_en_demeure_waits_for_approval_and_then_leaves_under_the_same_identifier() -> None:
    case, proposal, on = notice_proposed()
    assert proposal.kind is ActionKind.APPROVAL
    assert holds_of(case, on + timedelta(days=3), "F1") == [(HoldKind.AWAITING_APPROVAL, None)]
    approved = case.with_events([ActionApproved(id="a", effective_on=on, action_id=proposal.id, by="C. Fontaine")])
    (action,) = decide(approved, on + timedelta(days=3), scenario=B2B, law=FRANCE).actions
    assert (action.kind, action.id) == (ActionKind.CONTACT, proposal.id)


def test_an_approval_given_on_other_figures_is_void_and_the_notice_is_proposed_again() -> None:
    case, proposal, on = notice_proposed()
    history = (*case.history, ActionApproved(id="a", effective_on=on, action_id=proposal.id, by="C. Fontaine"))
    moved = Case(
        creditor=CREDITOR,
        debtor=debtor(),
        invoices=case.invoices,
        payments=(paid("F1", "300.00", date(2026, 10, 31)),),
        history=history,
    )
    (action,) = decide(moved, on + timedelta(days=3), scenario=B2B, law=FRANCE).actions
    assert (action.kind, action.occurrence) == (ActionKind.APPROVAL, 2)
    assert action.id != proposal.id


def test_a_refused_notice_leaves_its_items_in_human_hands() -> None:
    case, proposal, on = notice_proposed()
    refused = case.with_events([ActionRefused(id="r", effective_on=on, action_id=proposal.id, by="C. Fontaine")])
    assert holds_of(refused, on + timedelta(days=30), "F1") == [(HoldKind.AWAITING_HUMAN, None)]


def test_a_cancelled_action_gives_its_items_back_under_a_new_identifier() -> None:
    case = case_of(invoice("F1", DUE))
    on = date(2026, 10, 5)
    decision = decide(case, on, scenario=B2B, law=FRANCE)
    sent = recorded(case, decision, approve=False)
    cancelled = sent.with_events(
        [ActionCancelled(id="c", effective_on=on, action_id=decision.actions[0].id, note="stale")]
    )
    (again,) = decide(cancelled, on, scenario=B2B, law=FRANCE).actions
    assert (again.stage, again.occurrence) == ("relance_1", 2)
    assert again.id != decision.actions[0].id


def test_money_without_allocation_settles_the_oldest_debt_and_raises_a_doubt() -> None:
    payment = Payment(id="P1", received_on=DUE, amount=Money.of("1500.00", "EUR"))
    case = Case(
        creditor=CREDITOR,
        debtor=debtor(),
        invoices=(invoice("F1", DUE), invoice("F2", DUE + timedelta(days=1))),
        payments=(payment,),
    )
    decision = decide(case, DUE + timedelta(days=5), scenario=B2B, law=FRANCE)
    assert [(item.item_id, str(item.balance)) for item in decision.claim.items] == [("F2", "900.00 EUR")]
    assert "payment_applied_to_oldest" in {doubt.code for doubt in decision.doubts}


def test_what_a_credit_note_exceeds_goes_to_the_other_debts() -> None:
    note = CreditNote(number="A1", issued_on=DUE, amount=Money.of("1300.00", "EUR"), invoice_number="F2")
    case = Case(
        creditor=CREDITOR,
        debtor=debtor(),
        invoices=(invoice("F1", DUE), invoice("F2", DUE)),
        credit_notes=(note,),
    )
    claim = decide(case, DUE + timedelta(days=5), scenario=B2B, law=FRANCE).claim
    assert [(item.item_id, str(item.balance)) for item in claim.items] == [("F1", "1100.00 EUR")]


def test_a_bounced_payment_counts_as_never_received() -> None:
    bounced = PaymentRejected(id="e1", effective_on=date(2026, 10, 8), payment_id="P1")
    case = Case(
        creditor=CREDITOR,
        debtor=debtor(),
        invoices=(invoice("F1", DUE),),
        payments=(paid("F1", "1200.00", DUE),),
        history=(bounced,),
    )
    assert decide(case, date(2026, 10, 7), scenario=B2B, law=FRANCE).actions == ()
    assert [action.stage for action in decide(case, date(2026, 10, 8), scenario=B2B, law=FRANCE).actions] == [
        "relance_1"
    ]


def test_a_settled_case_says_so_and_sleeps() -> None:
    case = Case(
        creditor=CREDITOR,
        debtor=debtor(),
        invoices=(invoice("F1", DUE),),
        payments=(paid("F1", "1200.00", DUE),),
    )
    decision = decide(case, date(2026, 10, 7), scenario=B2B, law=FRANCE)
    assert [hold.kind for hold in decision.holds] == [HoldKind.SETTLED]
    assert decision.next_wakeup is None


def test_a_letter_replaces_an_email_when_there_is_no_address_to_write_to() -> None:
    case = Case(creditor=CREDITOR, debtor=debtor(contacts=()), invoices=(invoice("F1", DUE),))
    (action,) = decide(case, date(2026, 10, 5), scenario=B2B, law=FRANCE).actions
    assert action.channel.value == "post"


def test_a_debtor_nothing_reaches_is_held_and_said_so() -> None:
    case = Case(creditor=CREDITOR, debtor=debtor(contacts=(), address=None), invoices=(invoice("F1", DUE),))
    assert holds_of(case, date(2026, 10, 5), "F1") == [(HoldKind.NO_CHANNEL, None)]


def test_a_call_is_passed_over_when_there_is_no_telephone() -> None:
    no_phone = debtor(contacts=(Contact(email=CONTACT.email),), address=ADDRESS)
    case = Case(creditor=CREDITOR, debtor=no_phone, invoices=(invoice("F1", DUE),))
    stages = [action.stage for _, action in steps(case, date(2026, 9, 20), date(2026, 12, 31), B2B)]
    assert "appel" not in stages
    assert "mise_en_demeure" in stages


def test_an_invoice_without_due_date_is_never_overdue_until_terms_or_law_give_one() -> None:
    total = Money.of("600.00", "EUR")
    bare = Invoice.single("F1", issued_on=DUE, due_on=None, total=total)
    consumer = case_of(bare, kind=DebtorKind.CONSUMER)
    assert holds_of(consumer, date(2027, 3, 1), "F1") == [(HoldKind.NO_DUE_DATE, None)]
    by_terms = Case(
        creditor=CREDITOR.model_validate(CREDITOR.model_dump() | {"terms": PaymentTerms(net_days=30)}),
        debtor=debtor(),
        invoices=(bare,),
    )
    (item,) = decide(by_terms, date(2026, 11, 20), scenario=B2B, law=FRANCE).claim.items
    assert item.due_on == date(2026, 10, 30)
    delivered = Invoice.single("F1", issued_on=DUE, due_on=None, total=total, delivered_on=date(2026, 9, 28))
    (by_law,) = decide(case_of(delivered), date(2026, 11, 20), scenario=B2B, law=FRANCE).claim.items
    assert by_law.due_on == date(2026, 10, 28)


def test_the_indemnity_goes_to_the_first_late_instalment_of_an_invoice_only() -> None:
    parts = [
        {"amount": Money.of("600.00", "EUR"), "due_on": DUE},
        {"amount": Money.of("600.00", "EUR"), "due_on": DUE + timedelta(days=10)},
    ]
    two = Invoice.model_validate(
        {"number": "F1", "issued_on": date(2026, 8, 31), "total": Money.of("1200.00", "EUR"), "instalments": parts}
    )
    claim = decide(case_of(two), date(2026, 10, 20), scenario=B2B, law=FRANCE).claim
    assert [(item.item_id, str(item.indemnity)) for item in claim.items] == [
        ("F1#1", "40.00 EUR"),
        ("F1#2", "0.00 EUR"),
    ]


def test_a_step_done_by_hand_counts_as_done() -> None:
    by_hand = StepRecorded(id="x", effective_on=date(2026, 10, 6), stage="relance_1", item_ids=("F1",))
    case = case_of(invoice("F1", DUE), history=(by_hand,))
    assert decide(case, date(2026, 10, 8), scenario=B2B, law=FRANCE).actions == ()
    (action,) = decide(case, date(2026, 10, 12), scenario=B2B, law=FRANCE).actions
    assert action.stage == "relance_2"


def test_a_rate_not_yet_published_stops_the_interest_and_is_a_doubt() -> None:
    """The rate of the first half-year of 2027 is not known: nothing is extrapolated."""
    decision = decide(case_of(invoice("F1", DUE)), date(2027, 1, 20), scenario=B2B, law=FRANCE)
    (item,) = decision.claim.items
    assert item.interest_through == date(2026, 12, 31)
    assert "rate_not_published" in {doubt.code for doubt in decision.doubts}
