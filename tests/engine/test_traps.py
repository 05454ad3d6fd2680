"""Traps found by reading the engine as a lawyer, a debtor and a maintainer would; each was a fault once."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from recouvrement import (
    FRANCE,
    Action,
    ActionApproved,
    ActionCancelled,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    Allocation,
    Case,
    Contact,
    ContactRole,
    CreditNote,
    Creditor,
    DebtorKind,
    Decision,
    HoldKind,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    Instalment,
    InvalidInput,
    Invoice,
    LimitationActDone,
    LimitationActKind,
    Money,
    NoticeDelivered,
    Payment,
    PaymentRejected,
    PostalAddress,
    ProceduralStepDone,
    Scenario,
    ScenarioError,
    StepRecorded,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
    decide,
    scenario_from_toml,
)
from recouvrement.domain.decision import DeadlineKind
from recouvrement.domain.events import HistoryEvent
from recouvrement.engine.decide import current_token
from support.cases import CREDITOR, case_of, debtor, invoice
from support.diary import recorded

B2B = builtin("standard_b2b")
DUE = date(2026, 9, 30)
NOTICE_DAY = date(2026, 10, 30)
GATE = "gate:mise_en_demeure"
LETTER = StepRecorded(id="x", effective_on=date(2026, 10, 21), stage="lettre_de_relance", item_ids=("F1",))


def look(case: Case, on: date, scenario: Scenario = B2B) -> Decision:
    return decide(case, on, scenario=scenario, law=FRANCE)


def stages(case: Case, on: date, scenario: Scenario = B2B) -> list[str]:
    return [action.stage for action in look(case, on, scenario).actions]


def codes(case: Case, on: date) -> set[str]:
    return {doubt.code for doubt in look(case, on).doubts}


def built(*invoices: Invoice, **parts: object) -> Case:
    return Case.model_validate({"creditor": CREDITOR, "debtor": debtor(), "invoices": invoices} | parts)


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def paid(amount: str, on: date, number: str | None = "F1", name: str = "P1") -> Payment:
    part = (Allocation(item_id=number, amount=euro(amount)),) if number is not None else ()
    return Payment(id=name, received_on=on, amount=euro(amount), allocations=part)


def redressement(opened_on: date, **dates: date) -> Insolvency:
    return Insolvency.model_validate({"kind": InsolvencyKind.REDRESSEMENT_JUDICIAIRE, "opened_on": opened_on, **dates})


def proposed(case: Case, on: date) -> tuple[Case, Action]:
    (action,) = look(case, on).actions
    assert action.kind is ActionKind.APPROVAL
    return case.with_events([ActionProposed(id=f"{action.id}p", effective_on=on, action=action)]), action


def approved(action: Action, on: date) -> ActionApproved:
    return ActionApproved(id=f"{action.id}a", effective_on=on, action_id=action.id, by="Claire Fontaine")


# Proposals and approvals


def test_a_replaced_approval_never_comes_back_to_life() -> None:
    """Approved at 1200, paid 300, approved again at 900 and sent; the payment bounces: no second notice leaves."""
    case, first = proposed(case_of(invoice("F1", DUE), history=(LETTER,)), NOTICE_DAY)
    later = NOTICE_DAY + timedelta(days=3)
    history = (*case.history, approved(first, NOTICE_DAY))
    reduced, second = proposed(built(*case.invoices, payments=(paid("300.00", later),), history=history), later)
    sent = reduced.with_events([ActionPlanned(id="n", effective_on=later, action=second)])
    bounced = sent.with_events([PaymentRejected(id="b", effective_on=later + timedelta(days=1), payment_id="P1")])
    assert stages(bounced, later + timedelta(days=5)) == []


def test_a_notice_sent_by_hand_ends_its_proposal() -> None:
    case, action = proposed(case_of(invoice("F1", DUE), history=(LETTER,)), NOTICE_DAY)
    by_hand = StepRecorded(id="h", effective_on=date(2026, 11, 2), stage="mise_en_demeure", item_ids=("F1",))
    answered = case.with_events([by_hand, approved(action, date(2026, 11, 3))])
    assert stages(answered, date(2026, 11, 4)) == []
    assert stages(answered, date(2026, 11, 23)) == ["terminal"]


def test_an_approval_given_in_another_scenario_is_void() -> None:
    case, action = proposed(case_of(invoice("F1", DUE), history=(LETTER,)), NOTICE_DAY)
    other = B2B.model_validate(B2B.model_dump() | {"id": "autre"})
    (again,) = look(case.with_events([approved(action, NOTICE_DAY)]), date(2026, 11, 2), other).actions
    assert again.kind is ActionKind.APPROVAL
    assert again.id != action.id


def test_a_refusal_holds_only_while_the_figures_are_those_refused() -> None:
    case, action = proposed(case_of(invoice("F1", DUE), history=(LETTER,)), NOTICE_DAY)
    no = ActionRefused(id="r", effective_on=NOTICE_DAY, action_id=action.id, by="Claire Fontaine")
    history = (*case.history, no)
    assert [hold.kind for hold in look(case.with_events([no]), date(2027, 3, 1)).holds] == [HoldKind.AWAITING_HUMAN]
    moved = built(*case.invoices, payments=(paid("300.00", date(2026, 11, 5)),), history=history)
    assert stages(moved, date(2026, 11, 6)) == ["mise_en_demeure"]


def test_an_approval_stage_that_is_not_formal_leaves_without_proof_of_order() -> None:
    gentle = [dict(stage) for stage in B2B.model_dump()["stages"]]
    gentle[1]["requires_approval"] = True
    scenario = B2B.model_validate(B2B.model_dump() | {"stages": gentle})
    case = case_of(invoice("F1", DUE, proof=False))
    on = date(2026, 10, 5)
    (action,) = look(case, on, scenario).actions
    answered = case.with_events([ActionProposed(id="p", effective_on=on, action=action), approved(action, on)])
    assert [step.kind for step in look(answered, on, scenario).actions] == [ActionKind.CONTACT]


def test_a_message_its_channel_refused_waits_for_a_human_and_not_for_the_next_night() -> None:
    case = case_of(invoice("F1", DUE))
    on = date(2026, 10, 5)
    (action,) = look(case, on).actions
    events: list[HistoryEvent] = [
        ActionPlanned(id="n", effective_on=on, action=action),
        ActionCancelled(id="c", effective_on=on, action_id=action.id, note="refused", is_refused=True),
    ]
    refused = case.with_events(events)
    assert stages(refused, on + timedelta(days=9)) == [f"undeliverable:{action.id}"]
    letter_only = Case(creditor=CREDITOR, debtor=debtor(contacts=()), invoices=case.invoices, history=refused.history)
    assert stages(letter_only, on + timedelta(days=9)) == ["relance_1"]


# Insolvency


def test_proceedings_that_are_open_are_not_hidden_by_others_that_are_closed() -> None:
    old = InsolvencyOpened(
        id="e1", effective_on=date(2023, 1, 5), insolvency=redressement(date(2023, 1, 5), closed_on=date(2024, 1, 5))
    )
    in_debt = debtor(insolvency=redressement(date(2026, 9, 1)))
    case = Case(creditor=CREDITOR, debtor=in_debt, invoices=(invoice("F1", DUE),), history=(old,))
    decision = look(case, date(2026, 10, 5))
    assert {action.kind for action in decision.actions} <= {ActionKind.ALERT}
    assert [hold.kind for hold in decision.holds] == [HoldKind.INSOLVENCY]


def test_a_message_planned_before_the_opening_no_longer_matches_its_token() -> None:
    case = case_of(invoice("F1", DUE))
    on = date(2026, 10, 5)
    (action,) = look(case, on).actions
    opened = Case(creditor=CREDITOR, debtor=debtor(insolvency=redressement(on)), invoices=case.invoices)
    assert current_token(case, on, action.listed, scenario=B2B, law=FRANCE) == action.token
    assert current_token(opened, on, action.listed, scenario=B2B, law=FRANCE) != action.token


def test_the_declaration_is_called_for_again_once_its_last_day_is_known_and_near() -> None:
    in_debt = debtor(insolvency=redressement(date(2026, 10, 5), published_on=date(2026, 10, 16)))
    case = Case(creditor=CREDITOR, debtor=in_debt, invoices=(invoice("F1", DUE),))
    said: list[tuple[str, str]] = []
    on = date(2026, 10, 6)
    while on < date(2027, 1, 31):
        decision = look(case, on)
        events = [ActionPlanned(id=f"{step.id}n", effective_on=on, action=step) for step in decision.actions]
        said += [
            (on.isoformat(), step.stage.removeprefix("deadline:declaration_de_creance")) for step in decision.actions
        ]
        case = case.with_events(events)
        on = look(case, on).next_wakeup or date(2027, 1, 31)
    assert said == [
        ("2026-10-06", ""),
        ("2026-10-16", ":known"),
        ("2026-11-16", ":30"),
        ("2026-12-06", ":10"),
        ("2026-12-17", ":past"),
    ]


def test_a_debt_later_than_the_opening_keeps_its_interest_and_waits_for_a_human() -> None:
    in_debt = debtor(insolvency=redressement(date(2026, 3, 1), published_on=date(2026, 3, 10)))
    case = Case(creditor=CREDITOR, debtor=in_debt, invoices=(invoice("F1", DUE),))
    decision = look(case, date(2026, 10, 20))
    (item,) = decision.claim.items
    assert item.late_interest
    assert str(item.indemnity) == "40.00 EUR"
    assert decision.actions == ()
    assert decision.holds[0].reasons[0].code == "debt_later_than_insolvency"


def test_a_debt_later_than_closed_proceedings_is_dunned_like_any_other() -> None:
    in_debt = debtor(insolvency=redressement(date(2024, 3, 1), closed_on=date(2025, 2, 1)))
    case = Case(creditor=CREDITOR, debtor=in_debt, invoices=(invoice("F1", DUE),))
    decision = look(case, date(2026, 10, 5))
    assert [action.stage for action in decision.actions] == ["relance_1"]
    assert decision.claim.items[0].indemnity == euro("40.00")


def test_over_indebtedness_calls_for_no_declaration() -> None:
    person = debtor(
        DebtorKind.CONSUMER, insolvency=Insolvency(kind=InsolvencyKind.SURENDETTEMENT, opened_on=date(2026, 10, 1))
    )
    case = Case(creditor=CREDITOR, debtor=person, invoices=(invoice("F1", DUE),))
    decision = look(case, date(2026, 10, 20), builtin("consommateur"))
    assert decision.actions == ()
    assert "publication_unknown" not in {doubt.code for doubt in decision.doubts}


# Stops


def test_a_stop_placed_again_after_it_was_lifted_stands() -> None:
    placed = StopPlaced(id="e1", effective_on=date(2026, 9, 1), stop_id="s1", stop=StopKind.DISPUTE)
    lifted = StopLifted(id="e2", effective_on=date(2026, 9, 10), stop_id="s1")
    again = StopPlaced(id="e3", effective_on=date(2026, 9, 20), stop_id="s1", stop=StopKind.DISPUTE)
    assert stages(case_of(invoice("F1", DUE), history=(placed, lifted, again)), date(2026, 10, 5)) == []


def test_a_dispute_on_part_of_an_amount_is_taken_out_once() -> None:
    part = StopPlaced(
        id="e1",
        effective_on=DUE,
        stop_id="s1",
        stop=StopKind.DISPUTE,
        item_ids=("F1",),
        amount=euro("400.00"),
    )
    parts = tuple(Instalment(amount=euro("300.00"), due_on=DUE + timedelta(days=turn)) for turn in range(3))
    three = Invoice(number="F1", issued_on=date(2026, 8, 31), total=euro("900.00"), instalments=parts)
    claim = look(case_of(three, history=(part,)), date(2026, 10, 10)).claim
    assert [str(item.contested) for item in claim.items] == ["300.00 EUR", "100.00 EUR", "0.00 EUR"]


def test_an_event_that_names_nothing_known_is_a_doubt() -> None:
    stray = StopPlaced(id="e1", effective_on=DUE, stop_id="s1", stop=StopKind.DISPUTE, item_ids=("F01",))
    assert "event_without_item" in codes(case_of(invoice("F1", DUE), history=(stray,)), date(2026, 10, 5))


@pytest.mark.parametrize("changes", [{"amount": Money.of("-50", "EUR")}, {"until": DUE}, {"until": date(2026, 9, 1)}])
def test_a_stop_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        StopPlaced.model_validate({"id": "e", "effective_on": DUE, "stop_id": "s", "stop": StopKind.DISPUTE} | changes)


def test_a_contested_invoice_gets_no_courtesy_notice() -> None:
    part = StopPlaced(
        id="e1", effective_on=date(2026, 9, 1), stop_id="s1", stop=StopKind.DISPUTE, amount=euro("400.00")
    )
    assert stages(case_of(invoice("F1", DUE), history=(part,)), date(2026, 9, 25)) == []


# Sums


def test_what_a_credit_note_exceeds_is_set_off_from_its_own_date_and_not_before() -> None:
    """1000 due 31 January 2026; 5000 credited on 1 July 2026 on another invoice of 4500: 500 count from then."""
    first, second = invoice("F1", date(2026, 1, 31), "1000.00"), invoice("F2", date(2026, 9, 1), "4500.00")
    note = CreditNote(number="A1", issued_on=date(2026, 8, 15), amount=euro("5000.00"), invoice_number="F2")
    case = built(first, second, credit_notes=(note,))
    (item,) = look(case, date(2026, 10, 5)).claim.items
    assert item.segments[0].principal == euro("1000.00")
    assert item.balance == euro("500.00")
    assert "credit_applied_to_oldest" in codes(case, date(2026, 10, 5))


def test_money_without_allocation_does_not_go_to_a_contested_debt_first() -> None:
    dispute = StopPlaced(id="e1", effective_on=DUE, stop_id="s1", stop=StopKind.DISPUTE, item_ids=("F1",))
    later = invoice("F2", DUE + timedelta(days=5))
    money = paid("1200.00", DUE + timedelta(days=10), number=None)
    case = built(invoice("F1", DUE), later, payments=(money,), history=(dispute,))
    assert [item.item_id for item in look(case, DUE + timedelta(days=20)).claim.items] == ["F1"]


def test_money_without_allocation_does_not_go_to_a_barred_debt_first() -> None:
    person = debtor(DebtorKind.CONSUMER)
    money = paid("1200.00", date(2026, 10, 5), number=None)
    old, new = invoice("F1", date(2024, 1, 31)), invoice("F2", DUE)
    case = Case(creditor=CREDITOR, debtor=person, invoices=(old, new), payments=(money,))
    assert [item.item_id for item in look(case, date(2026, 10, 20)).claim.items] == ["F1"]


def test_a_notice_before_the_due_date_does_not_cancel_a_later_one() -> None:
    early = NoticeDelivered(id="n1", effective_on=date(2026, 9, 20), item_ids=("F1",))
    valid = NoticeDelivered(id="n2", effective_on=date(2026, 10, 10), item_ids=("F1",))
    case = case_of(invoice("F1", DUE), kind=DebtorKind.CONSUMER, history=(early, valid))
    (item,) = look(case, date(2026, 10, 20)).claim.items
    assert [segment.from_ for segment in item.segments] == [date(2026, 10, 11)]


def test_a_settled_case_names_the_invoices_paid_late() -> None:
    case = built(invoice("F1", DUE), payments=(paid("1200.00", date(2026, 10, 20)),))
    (hold,) = look(case, date(2026, 11, 2)).holds
    assert (hold.kind, hold.reasons[0].input("paid_late")) == (HoldKind.SETTLED, "F1")


def test_a_part_payment_in_time_restarts_the_whole_debt() -> None:
    case = built(invoice("F1", date(2020, 1, 31)), payments=(paid("400.00", date(2024, 6, 1)),))
    decision = look(case, date(2026, 10, 5))
    assert HoldKind.BARRED not in [hold.kind for hold in decision.holds]
    (deadline,) = (deadline for deadline in decision.deadlines if deadline.kind is DeadlineKind.PRESCRIPTION)
    assert deadline.last_day == date(2029, 6, 1)
    (step,) = [step for step in deadline.path if step.act == "part_payment"]
    assert (step.from_, step.source.article) == (date(2024, 6, 1), "C. civ. art. 2240")


def test_a_part_payment_after_the_last_day_restarts_nothing() -> None:
    case = built(invoice("F1", date(2020, 1, 31)), payments=(paid("400.00", date(2025, 2, 1)),))
    decision = look(case, date(2026, 10, 5))
    assert [hold.kind for hold in decision.holds] == [HoldKind.BARRED]
    assert decision.holds[0].reasons[0].input("then") == "a_human_decides"


def test_a_barred_consumer_claim_blocks_every_demand() -> None:
    case = case_of(invoice("F1", date(2023, 1, 31)), kind=DebtorKind.CONSUMER)
    decision = look(case, date(2026, 10, 5))
    assert [hold.kind for hold in decision.holds] == [HoldKind.BARRED]
    assert decision.holds[0].reasons[0].input("then") == "nothing"
    assert {action.kind for action in decision.actions} <= {ActionKind.ALERT}


def test_proceedings_that_last_leave_no_last_day() -> None:
    sued = LimitationActDone(
        id="a1", effective_on=date(2024, 6, 1), act=LimitationActKind.COURT_CLAIM, item_ids=("F1",)
    )
    case = case_of(invoice("F1", date(2020, 1, 31)), history=(sued,))
    decision = look(case, date(2026, 10, 5))
    assert decision.deadlines == ()
    assert HoldKind.BARRED not in [hold.kind for hold in decision.holds]


def test_an_order_is_to_be_served_in_time_and_the_staff_is_told_once_at_each_lead() -> None:
    made = ProceduralStepDone(id="s1", effective_on=date(2026, 9, 10), step="order_made", item_ids=("F1",))
    case = case_of(invoice("F1", DUE), history=(made,))
    decision = look(case, date(2026, 10, 5))
    (deadline,) = (deadline for deadline in decision.deadlines if deadline.kind is DeadlineKind.PROCEDURE)
    assert (deadline.regime, deadline.last_day) == ("order_service", date(2026, 12, 10))
    later = look(case, date(2026, 11, 10))
    told = [action for action in later.actions if action.stage.startswith("deadline:order_service")]
    assert [action.stage for action in told] == ["deadline:order_service:2026-09-10:30"]
    recorded = tuple(
        ActionPlanned(id=f"{action.id}:planned", effective_on=date(2026, 11, 10), action=action) for action in told
    )
    again = look(case_of(invoice("F1", DUE), history=(made, *recorded)), date(2026, 11, 11))
    assert not [action for action in again.actions if action.stage.startswith("deadline:order_service")]
    served = ProceduralStepDone(id="s2", effective_on=date(2026, 11, 12), step="order_served", item_ids=("F1",))
    after = look(case_of(invoice("F1", DUE), history=(made, served)), date(2026, 12, 11))
    assert not [action for action in after.actions if action.stage.startswith("deadline:order_service")]


def test_the_service_of_an_order_entered_as_a_step_interrupts_too() -> None:
    served = ProceduralStepDone(id="s1", effective_on=date(2026, 11, 12), step="order_served", item_ids=("F1",))
    decision = look(case_of(invoice("F1", DUE), history=(served,)), date(2026, 11, 13))
    (deadline,) = (deadline for deadline in decision.deadlines if deadline.kind is DeadlineKind.PRESCRIPTION)
    assert deadline.last_day == date(2031, 11, 12)


def test_a_case_asleep_for_years_wakes_on_the_right_day() -> None:
    """A claim that a human holds wakes for its prescription alert, years later, and not a day before."""
    held = StopPlaced(
        id="h1", effective_on=date(2026, 10, 1), stop_id="h1", stop=StopKind.MANUAL_HOLD, item_ids=("F1",)
    )
    case = case_of(invoice("F1", DUE), history=(held,))
    decision = look(case, date(2026, 10, 5))
    last_day = decision.deadlines[0].last_day
    lead = max(builtin("standard_b2b").prescription_lead_days)
    assert decision.actions == ()
    assert decision.next_wakeup == last_day - timedelta(days=lead)
    eve, day = decision.next_wakeup - timedelta(days=1), decision.next_wakeup
    assert look(case, eve).actions == ()
    assert [action.stage for action in look(case, day).actions] == [f"deadline:prescription:{lead}"]


def test_a_debtor_abroad_raises_the_question_of_the_governing_law() -> None:
    swiss = debtor(address=PostalAddress(postal_code="1204", city="Genève", country="CH"))
    case = Case(creditor=CREDITOR, debtor=swiss, invoices=(invoice("F1", DUE),))
    assert "governing_law_assumed" in codes(case, date(2026, 10, 5))


def test_a_rejection_counts_from_its_last_day() -> None:
    bounces = tuple(
        PaymentRejected(id=f"b{turn}", effective_on=day, payment_id=f"P{turn}")
        for turn, day in ((1, date(2026, 10, 20)), (2, date(2026, 10, 10)))
    )
    payments = (paid("600.00", DUE, name="P1"), paid("600.00", DUE, name="P2"))
    text = """
id = "rejets"
version = 1
title = "Après un rejet"
debtor_kinds = ["business"]
min_interval_days = 1
[[stages]]
id = "rappel"
document = "reminder_1"
channels = ["email"]
rank = "amicable"
when = { type = "days_after", anchor = "payment_rejected_on", days = 5 }
[terminal]
outcome = "human_decision"
when = { type = "days_after", anchor = "previous_stage", days = 15 }
"""
    case = built(invoice("F1", DUE), payments=payments, history=bounces)
    assert look(case, date(2026, 10, 20), scenario_from_toml(text)).next_wakeup == date(2026, 10, 25)


# Scope, leaders, scenarios


def test_a_notice_before_the_due_date_is_no_earlier_reminder() -> None:
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 29)), history=(LETTER,))
    courtesy = StepRecorded(id="c", effective_on=date(2026, 10, 24), stage="avis_avant_echeance", item_ids=("F2",))
    (action,) = look(case.with_events([courtesy]), NOTICE_DAY).actions
    assert (action.stage, action.listed) == ("mise_en_demeure", ("F1",))


def test_a_formal_stage_never_lists_an_item_nobody_was_reminded_of_whatever_its_scope() -> None:
    wide = [dict(stage) for stage in B2B.model_dump()["stages"]]
    wide[-1] |= {"scope": "all_overdue", "advances": "triggered"}
    scenario = B2B.model_validate(B2B.model_dump() | {"stages": wide})
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 29)), history=(LETTER,))
    (action,) = look(case, NOTICE_DAY, scenario).actions
    assert action.listed == ("F1",)
    assert action.advanced == ("F1",)


def test_nothing_preventive_leaves_while_something_is_overdue() -> None:
    done = StepRecorded(id="x", effective_on=date(2026, 10, 12), stage="relance_2", item_ids=("F1",))
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 20)), history=(done,))
    assert "avis_avant_echeance" not in stages(case, date(2026, 10, 15))


def test_a_gated_leader_leads_nobody() -> None:
    case = case_of(invoice("F1", DUE, proof=False), invoice("F2", date(2026, 10, 27)), history=(LETTER,))
    assert stages(case, date(2026, 11, 2)) == ["relance_1"]


def test_entry_by_age_takes_the_last_amicable_stage_that_is_due() -> None:
    ages = [dict(stage) for stage in B2B.model_dump()["stages"]]
    for stage, days in zip(ages[1:5], (3, 10, 15, 21), strict=True):
        stage["when"] = {"type": "days_after", "anchor": "due_on", "days": days}
    scenario = B2B.model_validate(B2B.model_dump() | {"stages": ages, "entry": "by_age"})
    assert stages(case_of(invoice("F1", DUE)), DUE + timedelta(days=90), scenario) == ["lettre_de_relance"]


def test_an_order_delivered_later_is_no_proof_yet() -> None:
    due = Invoice.single(
        "F1", issued_on=date(2026, 8, 31), due_on=DUE, total=euro("600.00"), delivered_on=date(2027, 6, 1)
    )
    assert stages(case_of(due, history=(LETTER,)), NOTICE_DAY) == [f"{GATE}:proof_of_order_or_delivery"]


def test_two_items_cannot_have_one_name() -> None:
    parts = tuple(Instalment(amount=euro("300.00"), due_on=DUE) for _ in range(2))
    two = Invoice(number="F1", issued_on=date(2026, 8, 31), total=euro("600.00"), instalments=parts)
    with pytest.raises(ValidationError, match="item F1#1 appears twice"):
        case_of(two, invoice("F1#1", DUE))


def test_a_slash_in_an_identifier_makes_no_other_case() -> None:
    names = {
        Case(creditor=Creditor(id=creditor, name="A"), debtor=debtor(id=owing)).id
        for creditor, owing in (("a", "b/c"), ("a/b", "c"), ("a", "b%2Fc"))
    }
    assert len(names) == 3


@pytest.mark.parametrize("on", [date(9999, 12, 31), date(1, 1, 1)])
def test_a_day_outside_the_calendar_is_refused_and_a_filler_due_date_too(on: date) -> None:
    with pytest.raises(InvalidInput):
        look(case_of(invoice("F1", DUE)), on)
    with pytest.raises(ValidationError):
        Invoice.single("F1", issued_on=DUE, due_on=on, total=euro("1.00"))


def test_the_largest_amounts_add_up() -> None:
    large = "999999999999999.99"
    decision = look(case_of(*(invoice(f"F{turn}", DUE, large) for turn in range(3))), date(2026, 10, 5))
    assert decision.claim.principal.minor == 3 * 99999999999999999


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "terminal"}, "reserved"),
        ({"optional": True}, "may never be carried out"),
    ],
)
def test_a_scenario_whose_end_could_never_come_is_refused(change: dict[str, object], fault: str) -> None:
    last = [dict(stage) for stage in B2B.model_dump(mode="json")["stages"]]
    last[-1] |= change
    with pytest.raises(ValidationError, match=fault):
        B2B.model_validate(B2B.model_dump(mode="json") | {"stages": last})


def test_a_sole_trader_is_not_a_private_person() -> None:
    with pytest.raises(ValidationError, match="sole trader"):
        Creditor(id="a", name="A", siren="000000018", is_natural_person=True)


def test_a_scenario_error_is_an_error_of_the_library() -> None:
    with pytest.raises(ScenarioError):
        scenario_from_toml("")


# Choices among several items


def variant(**stages: Mapping[str, object]) -> Scenario:
    """Return the standard scenario with some fields of some stages changed."""
    changed = [stage | dict(stages.get(stage["id"], {})) for stage in B2B.model_dump()["stages"]]
    return B2B.model_validate(B2B.model_dump() | {"stages": changed})


def step(stage: str, on: date, number: str) -> StepRecorded:
    return StepRecorded(id=f"{stage}-{number}", effective_on=on, stage=stage, item_ids=(number,))


def test_an_item_due_for_what_the_leader_has_had_waits_for_the_leaders_next_message() -> None:
    case = case_of(
        invoice("F1", DUE), invoice("F2", date(2026, 10, 5)), history=(step("relance_1", date(2026, 10, 5), "F1"),)
    )
    decision = look(case, date(2026, 10, 9))
    assert decision.actions == ()
    assert {(hold.item_id, hold.kind) for hold in decision.holds} >= {("F2", HoldKind.LED)}
    (action,) = look(case, date(2026, 10, 12)).actions
    assert (action.stage, action.listed) == ("relance_2", ("F1", "F2"))


def test_an_item_that_cannot_move_leads_nobody() -> None:
    stuck = variant(relance_2={"when": {"type": "days_after", "anchor": "notice_delivered_on", "days": 1}})
    only_two = Scenario.model_validate(
        stuck.model_dump()
        | {
            "stages": stuck.model_dump()["stages"][1:3],
            "terminal": {
                "when": {"type": "days_after", "anchor": "previous_stage", "days": 9},
                "outcome": "human_decision",
            },
        }
    )
    case = case_of(
        invoice("F1", DUE), invoice("F2", date(2026, 10, 19)), history=(step("relance_1", date(2026, 10, 5), "F1"),)
    )
    (action,) = look(case, date(2026, 10, 22), only_two).actions
    assert (action.stage, action.triggered) == ("relance_1", ("F2",))


def test_a_formal_notice_lists_only_items_that_pass_the_claim_gate() -> None:
    history = (LETTER, step("relance_1", date(2026, 10, 26), "F2"))
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 20), proof=False), history=history)
    (action,) = look(case, NOTICE_DAY).actions
    assert (action.stage, action.listed) == ("mise_en_demeure", ("F1",))


def test_the_most_advanced_stage_that_is_due_wins() -> None:
    case = case_of(
        invoice("F1", DUE), invoice("F2", date(2026, 10, 1)), history=(step("relance_1", date(2026, 10, 5), "F2"),)
    )
    (action,) = look(case, date(2026, 10, 13)).actions
    assert (action.stage, action.triggered, action.listed) == ("relance_2", ("F2",), ("F1", "F2"))


def test_of_two_approved_notices_the_oldest_leaves_first() -> None:
    case, first = proposed(case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 1)), history=(LETTER,)), NOTICE_DAY)
    second_letter = step("lettre_de_relance", date(2026, 10, 25), "F2")
    both, second = proposed(case.with_events([second_letter]), date(2026, 11, 2))
    assert (first.listed, second.listed) == (("F1",), ("F2",))
    answered = both.with_events([approved(second, date(2026, 11, 3)), approved(first, date(2026, 11, 3))])
    (action,) = look(answered, date(2026, 11, 4)).actions
    assert action.id == first.id


def test_nothing_else_leaves_on_the_day_of_a_proposal() -> None:
    history = (LETTER,)
    case, _ = proposed(case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 27)), history=history), NOTICE_DAY)
    assert stages(case, NOTICE_DAY) == []
    assert stages(case, date(2026, 11, 2)) == ["relance_1"]


def test_a_stage_for_items_already_reminded_lists_no_other() -> None:
    scenario = variant(lettre_de_relance={"scope": "already_reminded"})
    history = tuple(
        step(name, day, "F1") for name, day in (("relance_1", date(2026, 10, 5)), ("relance_2", date(2026, 10, 12)))
    )
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 19)), history=history)
    no_phone = Case(creditor=CREDITOR, debtor=debtor(contacts=()), invoices=case.invoices, history=history)
    (action,) = look(no_phone, date(2026, 10, 21), scenario).actions
    assert (action.stage, action.listed) == ("lettre_de_relance", ("F1",))


def test_a_formal_stage_is_the_first_contact_only_if_the_scenario_says_so() -> None:
    early: dict[str, object] = {"when": {"type": "days_after", "anchor": "due_on", "days": 1}}
    late: dict[str, object] = {"when": {"type": "days_after", "anchor": "due_on", "days": 90}}
    names = ("relance_1", "relance_2", "appel", "lettre_de_relance")
    shy = variant(mise_en_demeure=early, **dict.fromkeys(names, late))
    bold = variant(mise_en_demeure=early | {"may_be_first_contact": True}, **dict.fromkeys(names, late))
    case = case_of(invoice("F1", DUE))
    assert stages(case, date(2026, 10, 5), shy) == []
    assert stages(case, date(2026, 10, 5), bold) == ["mise_en_demeure"]


def test_several_stops_hold_until_the_last_of_them_ends() -> None:
    ends = ((date(2026, 10, 20), StopKind.MANUAL_HOLD), (date(2026, 10, 12), StopKind.PROMISE_TO_PAY))
    stops = tuple(
        StopPlaced(id=f"e{turn}", effective_on=DUE, stop_id=f"s{turn}", stop=kind, until=end)
        for turn, (end, kind) in enumerate(ends)
    )
    (hold,) = look(case_of(invoice("F1", DUE), history=stops), date(2026, 10, 5)).holds
    assert hold.until == date(2026, 10, 20)


def test_a_dispute_on_an_amount_that_reaches_the_balance_stops_the_item() -> None:
    part = StopPlaced(id="e1", effective_on=DUE, stop_id="s1", stop=StopKind.DISPUTE, amount=euro("1200.00"))
    decision = look(case_of(invoice("F1", DUE), history=(part,)), date(2026, 10, 5))
    assert decision.actions == ()
    assert [hold.kind for hold in decision.holds] == [HoldKind.DISPUTE]


def test_of_two_proposals_for_an_item_only_the_later_counts() -> None:
    case, first = proposed(case_of(invoice("F1", DUE), history=(LETTER,)), NOTICE_DAY)
    later = date(2026, 11, 2)
    reduced = built(*case.invoices, payments=(paid("300.00", date(2026, 10, 31)),), history=case.history)
    both, _ = proposed(reduced, later)
    bounced = PaymentRejected(id="b", effective_on=date(2026, 11, 3), payment_id="P1")
    answered = both.with_events([bounced, approved(first, date(2026, 11, 3))])
    (action,) = look(answered, date(2026, 11, 4)).actions
    assert (action.kind, action.occurrence) == (ActionKind.APPROVAL, 3)


def test_an_undelivered_message_is_tried_again_once_its_figures_have_moved() -> None:
    case = case_of(invoice("F1", DUE))
    on = date(2026, 10, 5)
    (action,) = look(case, on).actions
    events: list[HistoryEvent] = [
        ActionPlanned(id="n", effective_on=on, action=action),
        ActionCancelled(id="c", effective_on=on, action_id=action.id, note="refused", is_refused=True),
    ]
    money = paid("300.00", date(2026, 10, 6))
    moved = built(*case.invoices, payments=(money,), history=tuple(events))
    assert stages(moved, date(2026, 10, 9)) == ["relance_1"]


def test_another_dispute_of_the_same_amount_is_another_token() -> None:
    def disputed(name: str) -> Case:
        part = StopPlaced(id=name, effective_on=DUE, stop_id=name, stop=StopKind.DISPUTE, amount=euro("200.00"))
        return case_of(invoice("F1", DUE), history=(part,))

    on = date(2026, 10, 5)
    tokens = {current_token(disputed(name), on, ("F1",), scenario=B2B, law=FRANCE) for name in ("s1", "s2")}
    assert len(tokens) == 2


def test_money_without_allocation_is_used_in_the_order_it_came() -> None:
    """60 paid on 10 October, 60 credited on 20 October: the second invoice gets its 20 on 20 October."""
    first, second = invoice("F1", date(2026, 9, 1), "100.00"), invoice("F2", date(2026, 9, 2), "100.00")
    note = CreditNote(number="A1", issued_on=date(2026, 10, 20), amount=euro("60.00"))
    case = built(first, second, payments=(paid("60.00", date(2026, 10, 10), number=None),), credit_notes=(note,))
    (item,) = look(case, date(2026, 11, 2)).claim.items
    assert (item.item_id, item.balance) == ("F2", euro("80.00"))
    assert item.segments[0].until == date(2026, 10, 21)


def test_of_two_items_due_the_same_day_the_largest_leads() -> None:
    case = case_of(invoice("F1", DUE, "100.00"), invoice("F2", DUE, "900.00"))
    (action,) = look(case, date(2026, 10, 5)).actions
    assert (action.leader, action.listed) == ("F2", ("F2", "F1"))


def test_an_invoice_disputed_in_part_is_not_put_on_notice() -> None:
    part = StopPlaced(id="e1", effective_on=DUE, stop_id="s1", stop=StopKind.DISPUTE, amount=euro("200.00"))
    decision = look(case_of(invoice("F1", DUE), history=(LETTER, part)), NOTICE_DAY)
    assert [(action.kind, action.stage) for action in decision.actions] == [
        (ActionKind.ALERT, f"{GATE}:end_of_dispute:s1")
    ]
    assert [hold.reasons[0].input("missing") for hold in decision.holds] == ["end_of_dispute"]


def test_a_threshold_looks_at_the_whole_case() -> None:
    large = variant(relance_1={"when": {"type": "balance_at_least", "amount": "1500.00"}})
    assert stages(case_of(invoice("F1", DUE)), date(2026, 10, 5), large) == []
    assert stages(case_of(invoice("F1", DUE), invoice("F2", DUE)), date(2026, 10, 5), large) == ["relance_1"]


def test_accounts_payable_is_written_to_before_the_management() -> None:
    contacts = (
        Contact(email="direction@fournil.example", role=ContactRole.MANAGEMENT),
        Contact(email="compta@fournil.example", role=ContactRole.ACCOUNTS_PAYABLE),
    )
    case = Case(creditor=CREDITOR, debtor=debtor(contacts=contacts), invoices=(invoice("F1", DUE),))
    (action,) = look(case, date(2026, 10, 5)).actions
    assert action.recipient is not None
    assert action.recipient.email == "compta@fournil.example"


def test_a_leader_at_the_claim_gate_leads_nobody_even_with_a_stage_to_come() -> None:
    last = B2B.model_dump()["stages"][1] | {
        "id": "tardive",
        "when": {"type": "days_after", "anchor": "due_on", "days": 200},
    }
    longer = B2B.model_validate(B2B.model_dump() | {"stages": [*B2B.model_dump()["stages"], last]})
    case = case_of(invoice("F1", DUE, proof=False), invoice("F2", date(2026, 10, 27)), history=(LETTER,))
    assert stages(case, date(2026, 11, 2), longer) == ["relance_1"]


def test_nothing_preventive_leaves_while_an_overdue_item_waits_at_the_claim_gate() -> None:
    case = case_of(invoice("F1", DUE, proof=False), invoice("F2", date(2026, 11, 6)), history=(LETTER,))
    assert stages(case, date(2026, 11, 3)) == [f"{GATE}:proof_of_order_or_delivery"]  # to the staff


def test_the_end_of_a_dispute_in_part_is_a_day_to_look_again() -> None:
    end = date(2026, 11, 10)
    part = StopPlaced(id="e1", effective_on=DUE, stop_id="s1", stop=StopKind.DISPUTE, amount=euro("200.00"), until=end)
    case = case_of(invoice("F1", DUE), history=(LETTER, part))
    assert look(case, NOTICE_DAY).next_wakeup == end
    assert stages(case, end) == ["mise_en_demeure"]


def test_the_closing_of_a_window_is_a_day_to_look_again() -> None:
    """A call due from the 3rd day to the 9th, without telephone: the letter behind it is due once the window closes."""
    window = {"type": "not", "of": {"type": "days_after", "anchor": "due_on", "days": 10}}
    after = {"type": "days_after", "anchor": "due_on", "days": 3}
    call = {"type": "all", "of": (after, window)}
    scenario = variant(
        relance_1={"channels": ("phone",), "when": call},
        relance_2={"when": {"type": "days_after", "anchor": "due_on", "days": 5}},
    )
    case = Case(creditor=CREDITOR, debtor=debtor(contacts=()), invoices=(invoice("F1", DUE),))
    decision = look(case, date(2026, 10, 6), scenario)
    assert [action.stage for action in decision.actions] == ["unreachable:relance_1"]
    told = look(recorded(case, decision, approve=False), date(2026, 10, 6), scenario)
    assert (told.actions, told.next_wakeup) == ((), date(2026, 10, 10))
    assert stages(case, date(2026, 10, 12), scenario) == ["relance_2"]


def test_one_proposal_a_day() -> None:
    scenario = variant(lettre_de_relance={"requires_approval": True}, mise_en_demeure={"scope": "triggered"})
    by_hand = tuple(
        step(name, day, "F2")
        for name, day in (
            ("relance_1", date(2026, 10, 12)),
            ("relance_2", date(2026, 10, 19)),
            ("appel", date(2026, 10, 23)),
        )
    )
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 8)), history=(LETTER, *by_hand))
    (first,) = look(case, NOTICE_DAY, scenario).actions
    assert (first.stage, first.listed) == ("mise_en_demeure", ("F1",))
    told = case.with_events([ActionProposed(id="p", effective_on=NOTICE_DAY, action=first)])
    assert stages(told, NOTICE_DAY, scenario) == []
    assert stages(told, date(2026, 10, 31), scenario) == ["lettre_de_relance"]
