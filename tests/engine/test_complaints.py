"""What users of other dunning programs complain of most, each complaint a test of its own, under its own words.

What takes a journal, a channel or a letter is in ``test_complaints_of_runs``.
"""

import random
from datetime import date, timedelta

import pytest

from recouvrement import (
    FRANCE,
    Action,
    ActionKind,
    ActionPlanned,
    Allocation,
    Case,
    Contact,
    ContactRole,
    CreditNote,
    DebtorKind,
    Invoice,
    Money,
    Payment,
    Scenario,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
    decide,
)
from recouvrement.domain.decision import HoldKind
from recouvrement.domain.events import AddressBounced
from recouvrement.domain.vocabulary import Channel
from recouvrement.scenario.calendar_conditions import DaysAfter
from recouvrement.scenario.model import Repeat, Stage
from recouvrement.scenario.reading import BUILT_IN
from support.cases import CREDITOR, case_of, debtor, invoice
from support.diary import recorded, steps

B2B = builtin("standard_b2b")
DUE = date(2026, 9, 30)
"""A Wednesday: the first reminder, three days later, leaves on Monday 5 October."""
FIRST_REMINDER = date(2026, 10, 5)


def built(*invoices: Invoice, **parts: object) -> Case:
    return Case.model_validate({"creditor": CREDITOR, "debtor": debtor(), "invoices": invoices} | parts)


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def paid(amount: str, on: date, number: str | None = "F1", name: str = "V1") -> Payment:
    part = (Allocation(item_id=number, amount=euro(amount)),) if number is not None else ()
    return Payment(id=name, received_on=on, amount=euro(amount), allocations=part)


def actions_on(case: Case, on: date, scenario: Scenario = B2B) -> tuple[Action, ...]:
    return decide(case, on, scenario=scenario, law=FRANCE).actions


def contacts(taken: list[tuple[date, Action]]) -> list[tuple[date, str]]:
    return [(on, action.stage) for on, action in taken if action.kind is ActionKind.CONTACT]


# Sent many times because cron ran twice


def test_two_machines_that_decide_the_same_night_name_the_same_step_alike() -> None:
    case = case_of(invoice("F1", DUE))
    here, there = (actions_on(case, FIRST_REMINDER) for _ in range(2))
    assert [action.id for action in here] == [action.id for action in there]


# A missed run is a missed reminder


@pytest.mark.parametrize("gap", [2, 3, 6, 13])
def test_nights_that_were_missed_delay_steps_and_lose_none(gap: int) -> None:
    """The program runs every few days only: every stage still leaves, once, in order."""
    case, done, on = case_of(invoice("F1", DUE)), list[str](), DUE + timedelta(days=1)
    while on < date(2027, 6, 30):
        for _ in range(3):
            decision = decide(case, on, scenario=B2B, law=FRANCE)
            done += [action.stage for action in decision.actions if action.kind is not ActionKind.APPROVAL]
            case = recorded(case, decision, approve=True)
        on += timedelta(days=gap)
    assert done[:-1] == ["relance_1", "relance_2", "appel", "lettre_de_relance", "mise_en_demeure", "terminal"]
    assert done[-1] == "unanswered:end"  # nobody has acted on the end of the scenario: told once


def test_the_day_a_run_was_missed_is_caught_up_the_next() -> None:
    case = case_of(invoice("F1", DUE))
    assert [action.stage for action in actions_on(case, FIRST_REMINDER)] == ["relance_1"]
    assert [action.stage for action in actions_on(case, FIRST_REMINDER + timedelta(days=1))] == ["relance_1"]


# Off by one on the due date


def test_nobody_is_late_on_the_due_date_itself() -> None:
    at_once = Scenario.model_validate(
        B2B.model_dump() | {"stages": (changed(1, when=DaysAfter(anchor="due_on", days=0)), *B2B.stages[2:])}
    )
    due = date(2026, 10, 1)
    case = case_of(invoice("F1", due))
    on_the_day = decide(case, due, scenario=at_once, law=FRANCE)
    assert (on_the_day.actions, on_the_day.claim.items) == ((), ())
    assert on_the_day.next_wakeup == due + timedelta(days=1)
    (action,) = actions_on(case, due + timedelta(days=1), at_once)
    assert action.stage == "relance_1"


def test_who_pays_on_the_due_date_has_paid_in_time() -> None:
    case = built(invoice("F1", DUE), payments=(paid("1200.00", DUE),))
    decision = decide(case, FIRST_REMINDER, scenario=B2B, law=FRANCE)
    assert decision.actions == ()
    assert decision.holds[0].reasons[0].input("paid_late") is None


def test_a_day_promised_belongs_to_the_debtor_to_its_end() -> None:
    promise = StopPlaced(
        id="e1",
        effective_on=DUE + timedelta(days=1),
        stop_id="P1",
        stop=StopKind.PROMISE_TO_PAY,
        pay_by=date(2026, 10, 14),
    )
    case = case_of(invoice("F1", DUE), history=(promise,))
    assert actions_on(case, date(2026, 10, 14)) == ()
    assert [action.stage for action in actions_on(case, date(2026, 10, 15))] == ["promise:P1", "relance_1"]


def changed(index: int, **fields: object) -> Stage:
    return Stage.model_validate(B2B.stages[index].model_dump() | fields)


# One message per invoice instead of one per customer


def test_a_customer_with_many_late_invoices_gets_one_message_that_lists_them_all() -> None:
    case = case_of(*(invoice(f"F{number:02}", DUE - timedelta(days=number)) for number in range(1, 13)))
    (action,) = actions_on(case, FIRST_REMINDER)
    assert action.listed == tuple(f"F{number:02}" for number in range(12, 0, -1))
    assert action.principal == euro("14400.00")
    after = case.with_events([ActionPlanned(id="n", effective_on=FIRST_REMINDER, action=action)])
    assert actions_on(after, FIRST_REMINDER) == ()
    assert actions_on(after, FIRST_REMINDER + timedelta(days=1)) == ()


# One reminder silences others


def test_a_reminder_for_one_invoice_does_not_count_for_another() -> None:
    """F2, listed in the letters of F1, is late ten days later: once F1 is paid it gets its own first reminder."""
    case = case_of(invoice("F1", DUE), invoice("F2", DUE + timedelta(days=10)))
    taken = steps(case, DUE, date(2026, 10, 18), B2B)
    assert contacts(taken)[-1][1] == "appel"
    assert taken[-1][1].listed == ("F1", "F2")
    history = tuple(
        ActionPlanned(id=f"n{turn}", effective_on=on, action=action) for turn, (on, action) in enumerate(taken)
    )
    settled = built(*case.invoices, payments=(paid("1200.00", date(2026, 10, 19)),), history=history)
    (action,) = actions_on(settled, date(2026, 10, 20))
    assert (action.stage, action.listed) == ("relance_1", ("F2",))


def test_an_invoice_in_dispute_does_not_silence_the_others() -> None:
    stop = StopPlaced(id="e1", effective_on=DUE, stop_id="L1", stop=StopKind.DISPUTE, item_ids=("F1",))
    case = case_of(invoice("F1", DUE), invoice("F2", DUE), history=(stop,))
    (action,) = actions_on(case, FIRST_REMINDER)
    assert action.listed == ("F2",)


def test_the_end_of_one_invoice_does_not_silence_the_next() -> None:
    case = case_of(invoice("F1", DUE), invoice("F2", date(2027, 3, 31)))
    taken = contacts(steps(case, DUE, date(2027, 12, 31), B2B))
    assert [stage for on, stage in taken if on > date(2027, 4, 1)] == [
        "relance_1",
        "relance_2",
        "appel",
        "lettre_de_relance",
        "mise_en_demeure",
    ]


# Credit notes and part payments ignored


def test_a_message_asks_for_what_is_left_after_credit_notes_and_part_payments() -> None:
    note = CreditNote(number="A1", issued_on=DUE, amount=euro("200.00"), invoice_number="F1")
    case = built(invoice("F1", DUE), credit_notes=(note,), payments=(paid("300.00", DUE),))
    (action,) = actions_on(case, FIRST_REMINDER)
    assert action.principal == euro("700.00")


@pytest.mark.parametrize("named", [True, False], ids=["named", "not named"])
def test_a_credit_note_for_the_whole_ends_every_demand(named: bool) -> None:  # noqa: FBT001  # parametrised
    number = "F1" if named else None
    note = CreditNote(number="A1", issued_on=FIRST_REMINDER, amount=euro("1200.00"), invoice_number=number)
    case = built(invoice("F1", DUE), credit_notes=(note,))
    assert actions_on(case, FIRST_REMINDER) == ()
    assert steps(case, FIRST_REMINDER, date(2027, 6, 30), B2B) == []


def test_money_that_names_no_invoice_is_not_forgotten() -> None:
    case = built(invoice("F1", DUE), invoice("F2", DUE), payments=(paid("1500.00", date(2026, 10, 2), number=None),))
    (action,) = actions_on(case, FIRST_REMINDER)
    assert (action.listed, action.principal) == (("F2",), euro("900.00"))


# Stops without end


@pytest.mark.parametrize("stop", [kind for kind in StopKind if kind is not StopKind.MEDIATION])
def test_a_stop_without_end_still_wakes_before_the_claim_is_barred(stop: StopKind) -> None:
    """Five years from 30 September 2026 (C. com. art. L110-4): the staff is told 180 and 60 days before."""
    payee = "Factor de l'Ouest" if stop is StopKind.ASSIGNMENT else None
    placed = StopPlaced(id="e1", effective_on=DUE, stop_id="S1", stop=stop, payee=payee)
    case = case_of(invoice("F1", DUE), history=(placed,))
    told = [(on, action.stage) for on, action in steps(case, DUE, date(2031, 12, 31), B2B)]
    last_day = date(2031, 9, 30)
    assert told == [
        (last_day - timedelta(days=180), "deadline:prescription:180"),
        (last_day - timedelta(days=60), "deadline:prescription:60"),
        (last_day + timedelta(days=1), "deadline:prescription:past"),
    ]


def test_a_stop_without_end_is_said_to_have_none_and_is_looked_at_on_its_review_day() -> None:
    review = date(2026, 11, 2)
    placed = StopPlaced(
        id="e1", effective_on=DUE, stop_id="S1", stop=StopKind.MANUAL_HOLD, review_on=review, owner="Claire Fontaine"
    )
    case = case_of(invoice("F1", DUE), history=(placed,))
    decision = decide(case, FIRST_REMINDER, scenario=B2B, law=FRANCE)
    assert [(hold.kind, hold.until) for hold in decision.holds] == [(HoldKind.MANUAL_HOLD, None)]
    assert decision.next_wakeup == review
    (alert,) = actions_on(case, review)
    assert (alert.kind, alert.reasons[0].input("owner")) == (ActionKind.ALERT, "Claire Fontaine")


def test_a_stop_that_was_lifted_or_is_over_stops_nothing() -> None:
    for end in (
        (StopPlaced(id="e1", effective_on=DUE, stop_id="S1", stop=StopKind.MANUAL_HOLD, until=FIRST_REMINDER),),
        (
            StopPlaced(id="e1", effective_on=DUE, stop_id="S1", stop=StopKind.MANUAL_HOLD),
            StopLifted(id="e2", effective_on=FIRST_REMINDER, stop_id="S1"),
        ),
    ):
        case = case_of(invoice("F1", DUE), history=end)
        assert actions_on(case, FIRST_REMINDER - timedelta(days=1)) == ()
        assert [action.stage for action in actions_on(case, FIRST_REMINDER)] == ["relance_1"]


# Wrong recipient


def test_the_accounts_department_is_written_to_and_never_an_address_that_failed() -> None:
    contacts_known = (
        Contact(email="direction@fournil.example", role=ContactRole.MANAGEMENT),
        Contact(email="accueil@fournil.example", role=ContactRole.GENERAL),
        Contact(email="compta@fournil.example", role=ContactRole.ACCOUNTS_PAYABLE),
    )
    case = Case(creditor=CREDITOR, debtor=debtor(contacts=contacts_known), invoices=(invoice("F1", DUE),))
    used: list[str | None] = []
    for turn in range(4):
        (action,) = actions_on(case, FIRST_REMINDER)
        used.append(
            action.recipient.email if action.recipient is not None and action.channel.value == "email" else None
        )
        if used[-1] is not None:
            back = AddressBounced(id=f"b{turn}", effective_on=FIRST_REMINDER, channel=Channel.EMAIL, address=used[-1])
            case = case.with_events([back])
    assert used == ["compta@fournil.example", "accueil@fournil.example", "direction@fournil.example", None]
    assert action.channel is Channel.POST


def test_a_claim_that_was_assigned_is_never_asked_for_under_our_name() -> None:
    sold = StopPlaced(id="e1", effective_on=DUE, stop_id="C1", stop=StopKind.ASSIGNMENT, payee="Factor de l'Ouest")
    case = case_of(invoice("F1", DUE), history=(sold,))
    assert contacts(steps(case, DUE, date(2028, 1, 31), B2B)) == []


# Endless reminders


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("kind", [DebtorKind.BUSINESS, DebtorKind.CONSUMER, DebtorKind.PUBLIC])
def test_reminders_end_and_somebody_decides(name: str, kind: DebtorKind) -> None:
    scenario = builtin(name)
    case = case_of(invoice("F1", DUE), invoice("F2", DUE + timedelta(days=40)), kind=kind)
    taken = steps(case, DUE - timedelta(days=10), DUE + timedelta(days=700), scenario)
    for item in ("F1", "F2"):
        own = [action.stage for _, action in taken if item in action.advanced and action.kind is ActionKind.CONTACT]
        assert len(own) == len(set(own)) <= len(scenario.stages)
        assert [action.outcome for _, action in taken if action.outcome is not None and item in action.listed]
    assert len(contacts(taken)) <= 2 * len(scenario.stages)
    assert max(on for on, _ in contacts(taken)) < DUE + timedelta(days=200)


def test_a_stage_that_repeats_stops_at_its_last_time() -> None:
    again = changed(1, repeat=Repeat(every_days=10, max_times=3))
    scenario = Scenario.model_validate(
        B2B.model_dump()
        | {
            "stages": (again,),
            "terminal": {
                "when": {"type": "days_after", "anchor": "previous_stage", "days": 60},
                "outcome": "human_decision",
            },
        }
    )
    taken = steps(case_of(invoice("F1", DUE)), DUE, date(2028, 1, 31), scenario)
    assert [(on.isoformat(), action.stage) for on, action in taken] == [
        ("2026-10-05", "relance_1"),
        ("2026-10-15", "relance_1"),
        # Ten days after the 15th is a Sunday.
        ("2026-10-26", "relance_1"),
        ("2026-12-25", "terminal"),
        ("2027-01-08", "unanswered:end"),  # a fortnight without a word about the end
    ]


# Results that differ from one run to the next


def test_the_same_file_read_in_any_order_gives_the_same_decision_to_the_byte() -> None:
    stops = tuple(
        StopPlaced(id=f"e{turn}", effective_on=DUE, stop_id=f"S{turn}", stop=StopKind.DISPUTE, amount=euro("10.00"))
        for turn in range(3)
    )
    parts: dict[str, list[object]] = {
        "invoices": [invoice(f"F{turn}", DUE, "400.00") for turn in range(6)],
        "payments": [paid("50.00", DUE, None, f"V{turn}") for turn in range(4)],
        "credit_notes": [CreditNote(number=f"A{turn}", issued_on=DUE, amount=euro("30.00")) for turn in range(3)],
        "history": list(stops),
    }
    answers = set()
    for seed in range(20):
        for part in parts.values():
            random.Random(seed).shuffle(part)  # noqa: S311  # a test mixes, nothing is secret
        case = Case.model_validate({"creditor": CREDITOR, "debtor": debtor(), **parts})
        answers.add(decide(case, FIRST_REMINDER, scenario=B2B, law=FRANCE).model_dump_json())
    assert len(answers) == 1
    assert '"relance_1"' in answers.pop()
