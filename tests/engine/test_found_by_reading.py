"""Faults that independent readings brought to light, each in its smallest case.

Unless said otherwise an invoice of 1 200 € is due on Wednesday 30 September 2026.
"""

from datetime import date, timedelta
from typing import Literal

import pytest

from recouvrement import (
    FRANCE,
    ActionKind,
    AddressBounced,
    Allocation,
    Case,
    Channel,
    ChannelAccepted,
    CreditNote,
    Decision,
    DocumentKind,
    HoldKind,
    InsolvencyKind,
    Instalment,
    Invoice,
    Money,
    Payment,
    PaymentMethod,
    PaymentRejected,
    PlanAgreed,
    Scenario,
    ScenarioError,
    StepRecorded,
    StopKind,
    StopPlaced,
    builtin,
    decide,
    scenario_from_json,
)
from recouvrement.domain.events import InsolvencyOpened
from recouvrement.domain.parties import Insolvency
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.calendar_conditions import DaysAfter
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.model import Grouping, Outcome, ThankYou
from recouvrement.scenario.verdict import Verdict
from support.cases import CREDITOR, case_of, debtor, invoice
from support.diary import pages, recorded, steps
from support.scenarios import scenario, stage

B2B = builtin("standard_b2b")
DUE = date(2026, 9, 30)
MONDAY = date(2026, 10, 5)


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def look(case: Case, on: date, used: Scenario = B2B) -> Decision:
    return decide(case, on, scenario=used, law=FRANCE)


def built(*invoices: Invoice, **parts: object) -> Case:
    return Case.model_validate({"creditor": CREDITOR, "debtor": debtor(), "invoices": invoices} | parts)


def paid(number: str, amount: str, on: date, name: str = "P1") -> Payment:
    return Payment(
        id=name, received_on=on, amount=euro(amount), allocations=(Allocation(item_id=number, amount=euro(amount)),)
    )


def by_debit(number: str, *due: date) -> Invoice:
    parts = tuple(Instalment(amount=euro("300.00"), due_on=day) for day in due)
    return Invoice(
        number=number,
        issued_on=due[0] - timedelta(days=30),
        total=euro(f"{300 * len(due)}.00"),
        instalments=parts,
        order_reference="BC-1",
        payment_method=PaymentMethod.DIRECT_DEBIT,
    )


def test_an_item_whose_time_to_pay_runs_is_listed_by_no_other_message() -> None:
    """The letter of B gives until 29 October; the dispute on A ends on the 26th: the notice of A is of A alone."""
    dispute = StopPlaced(
        id="e0",
        effective_on=date(2026, 9, 1),
        stop_id="S",
        stop=StopKind.DISPUTE,
        item_ids=("A",),
        until=date(2026, 10, 26),
    )
    done = (
        StepRecorded(id="e1", effective_on=date(2026, 8, 21), stage="lettre_de_relance", item_ids=("A",)),
        StepRecorded(id="e2", effective_on=date(2026, 10, 1), stage="appel", item_ids=("B",)),
    )
    case = case_of(invoice("A", date(2026, 7, 31)), invoice("B", DUE), history=(dispute, *done))
    taken = steps(case, date(2026, 10, 19), date(2026, 10, 30), B2B)
    letter = next(action for _, action in taken if action.stage == "lettre_de_relance")
    assert letter.listed == ("B",)
    assert letter.pay_by == date(2026, 10, 29)
    notices = [(on, action.listed) for on, action in taken if action.document is DocumentKind.MISE_EN_DEMEURE]
    assert notices
    assert all(listed == ("A",) for on, listed in notices if on <= date(2026, 10, 29))


def test_a_stage_shared_by_items_of_other_intervals_wakes_for_the_first() -> None:
    used = scenario(stage("r1", 3), stage("r2", 5), grouping=Grouping.PER_STAGE, min_interval_days=14)
    case = case_of(invoice("A", DUE), invoice("C", date(2026, 10, 5)))
    for page in pages(case, DUE, date(2026, 11, 20), used):
        wakeup = page.decision.next_wakeup
        if page.decision.actions or wakeup is None:
            continue
        day = page.on + timedelta(days=1)
        while day < min(wakeup, date(2026, 11, 20)):
            assert look(page.case, day, used).actions == (), day
            day += timedelta(days=1)


def test_the_rejection_of_one_debit_says_nothing_of_the_later_ones() -> None:
    three = by_debit("F1", DUE, date(2026, 10, 30), date(2026, 11, 30))
    bounced = PaymentRejected(id="e1", effective_on=MONDAY, payment_id="P1")
    case = built(three, payments=(paid("F1", "300.00", DUE),), history=(bounced,))
    held = {hold.item_id: hold.kind for hold in look(case, date(2026, 11, 16)).holds}
    assert held.get("F1#2") is HoldKind.DIRECT_DEBIT
    assert held.get("F1#1") is not HoldKind.DIRECT_DEBIT


def test_no_courtesy_notice_asks_for_what_will_be_debited_and_a_silent_debit_is_told_once() -> None:
    case = built(by_debit("F1", DUE))
    assert look(case, date(2026, 9, 25)).actions == ()
    waiting = look(case, date(2026, 10, 1))
    assert waiting.next_wakeup == date(2026, 10, 16)
    told = [(on, action.stage) for on, action in steps(case, date(2026, 9, 20), date(2026, 12, 31), B2B)]
    assert told == [(date(2026, 10, 16), "debit:silent")]


@pytest.mark.parametrize(("disputed", "outcome"), [(False, "injonction_de_payer"), (True, "human_decision")])
def test_no_court_is_proposed_for_a_claim_that_is_contested(*, disputed: bool, outcome: str) -> None:
    end = {"when": DaysAfter(anchor="previous_stage", days=5), "outcome": Outcome.INJONCTION_DE_PAYER}
    used = scenario(stage("rappel", 3), terminal=end)
    part = StopPlaced(
        id="e1", effective_on=date(2026, 10, 6), stop_id="S", stop=StopKind.DISPUTE, amount=euro("1199.00")
    )
    case = case_of(invoice("F1", DUE))
    case = recorded(case, look(case, MONDAY, used), approve=True)
    case = case.with_events((part,)) if disputed else case
    (action,) = look(case, date(2026, 10, 12), used).actions
    assert action.outcome == outcome
    assert ("claim_gate" in {reason.code for reason in action.reasons[0].parts}) is disputed


def test_nobody_is_thanked_for_a_claim_that_was_assigned() -> None:
    used = scenario(stage("rappel", 3), thank_you=ThankYou(channels=(Channel.EMAIL,)))
    case = recorded(case_of(invoice("F1", DUE)), look(case_of(invoice("F1", DUE)), MONDAY, used), approve=True)
    sold = StopPlaced(
        id="e9", effective_on=date(2026, 10, 7), stop_id="S", stop=StopKind.ASSIGNMENT, item_ids=("F1",), payee="Facto"
    )
    money = (paid("F1", "1200.00", date(2026, 10, 8)),)
    mine = built(*case.invoices, payments=money, history=case.history)
    theirs = built(*case.invoices, payments=money, history=(*case.history, sold))
    assert [action.stage for action in look(mine, date(2026, 10, 9), used).actions] == ["thank_you"]
    assert look(theirs, date(2026, 10, 9), used).actions == ()


def test_an_address_that_was_mended_is_used_again() -> None:
    lost = AddressBounced(id="e1", effective_on=DUE, channel=Channel.POST)
    mended = ChannelAccepted(id="e2", effective_on=date(2026, 10, 2), channels=(Channel.POST,))
    used = scenario(stage("rappel", 3, channels=(Channel.POST,)))
    (alert,) = look(case_of(invoice("F1", DUE), history=(lost,)), MONDAY, used).actions
    assert (alert.kind, alert.stage) == (ActionKind.ALERT, "unreachable:rappel")
    (letter,) = look(case_of(invoice("F1", DUE), history=(lost, mended)), MONDAY, used).actions
    assert (letter.kind, letter.stage) == (ActionKind.CONTACT, "rappel")
    with pytest.raises(ValueError, match="bounced"):
        AddressBounced(id="e1", effective_on=DUE, channel=Channel.POST, address="3 quai de la Fosse")


def test_a_credit_note_counts_for_a_plan() -> None:
    """Three times 400 from 31 October; the first paid, the second credited: nothing is missing before the third."""
    parts = tuple(Instalment(amount=euro("400.00"), due_on=date(2026, month, 28)) for month in (10, 11, 12))
    plan = PlanAgreed(id="e1", effective_on=MONDAY, plan_id="P", instalments=parts)
    note = CreditNote(number="A1", issued_on=date(2026, 11, 10), amount=euro("400.00"), invoice_number="F1")
    money = (paid("F1", "400.00", date(2026, 10, 28)),)
    case = built(invoice("F1", DUE), payments=money, credit_notes=(note,), history=(plan,))
    decision = look(case, date(2026, 12, 1))
    assert decision.actions == ()
    assert [hold.reasons[0].code for hold in decision.holds] == ["plan_active"]


def test_a_promise_replaced_by_a_later_one_stops_nothing_any_more() -> None:
    first = StopPlaced(id="e1", effective_on=DUE, stop_id="P1", stop=StopKind.PROMISE_TO_PAY, pay_by=date(2026, 10, 30))
    second = StopPlaced(
        id="e2", effective_on=date(2026, 10, 2), stop_id="P2", stop=StopKind.PROMISE_TO_PAY, pay_by=date(2026, 10, 9)
    )
    decision = look(case_of(invoice("F1", DUE), history=(first, second)), date(2026, 10, 12))
    assert [action.stage for action in decision.actions] == ["promise:P2", "relance_1"]


def test_a_broken_promise_is_not_told_of_a_debtor_in_insolvency() -> None:
    promise = StopPlaced(
        id="e1", effective_on=DUE, stop_id="P1", stop=StopKind.PROMISE_TO_PAY, pay_by=date(2026, 10, 9)
    )
    opened = InsolvencyOpened(
        id="e2",
        effective_on=MONDAY,
        insolvency=Insolvency(kind=InsolvencyKind.SAUVEGARDE, opened_on=MONDAY, published_on=MONDAY),
    )
    decision = look(case_of(invoice("F1", DUE), history=(promise, opened)), date(2026, 10, 12))
    assert all(action.document is DocumentKind.DEADLINE_ALERT for action in decision.actions)


class _Always(CustomCondition):
    type: Literal["acme.always"] = "acme.always"
    sees_days_only = True

    def verdict(self, facts: ItemFacts) -> Verdict:
        return Verdict(holds=facts.on > DUE, until=None if facts.on > DUE else DUE + timedelta(days=1), code="acme")


class _Never(CustomCondition):
    type: Literal["acme.always"] = "acme.always"
    sees_days_only = True

    def verdict(self, facts: ItemFacts) -> Verdict:
        return Verdict(holds=facts.on > date.max, until=None, code="acme")


def test_two_conditions_of_one_name_do_not_answer_for_each_other() -> None:
    text = scenario(stage("rappel", 3, when=_Always())).model_dump_json()
    yes, no = scenario_from_json(text, conditions=(_Always,)), scenario_from_json(text, conditions=(_Never,))
    case = case_of(invoice("F1", DUE))
    assert [action.kind for action in look(case, MONDAY, yes).actions] == [ActionKind.CONTACT]
    assert look(case, MONDAY, no).actions == ()


@pytest.mark.parametrize("deep", [11, 400])
def test_conditions_inside_conditions_have_a_bound(deep: int) -> None:
    """Reasons nest as deep as conditions, and what a journal cannot read back closes it for good."""
    when = '{"type":"days_after","anchor":"due_on","days":3}'
    for _ in range(deep):
        when = f'{{"type":"not","of":{when}}}'
    plain = scenario(stage("rappel", 3)).model_dump_json()
    text = plain.replace('{"type":"days_after","anchor":"due_on","days":3}', when, 1)
    assert text != plain
    with pytest.raises(ScenarioError, match="inside one another"):
        scenario_from_json(text)
