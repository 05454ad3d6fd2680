"""Threads, repetition, time given to pay, least amounts, branches, thanks, windows and ways, one rule at a time.

Unless said otherwise an invoice of 1 200 € is due on Wednesday 30 September 2026; J+3 is Saturday 3 October, so a
message due then leaves on Monday 5.
"""

from datetime import date

import pytest

from recouvrement import (
    FRANCE,
    Allocation,
    Case,
    Channel,
    Contact,
    ContactRole,
    CreditNote,
    Decision,
    DocumentKind,
    HoldKind,
    Invoice,
    Money,
    Payment,
    PaymentRejected,
    PostalAddress,
    Rank,
    Scenario,
    StepRecorded,
    decide,
)
from recouvrement.domain.events import AddressBounced, ChannelAccepted, ChannelRefused
from recouvrement.domain.vocabulary import PaymentMethod
from recouvrement.scenario.calendar_conditions import DaysAfter, Weekday
from recouvrement.scenario.case_conditions import BalanceAtMost
from recouvrement.scenario.item_conditions import ClaimReady
from recouvrement.scenario.model import Branch, Grouping, Outcome, Repeat, ThankYou
from recouvrement.scenario.window import SendingWindow
from support.cases import CONTACT, CREDITOR, case_of, debtor, invoice
from support.diary import recorded, steps
from support.scenarios import scenario, stage

DUE = date(2026, 9, 30)
MONDAY = date(2026, 10, 5)
END = date(2027, 3, 1)


def look(case: Case, on: date, used: Scenario) -> Decision:
    return decide(case, on, scenario=used, law=FRANCE)


def told(
    case: Case, used: Scenario, until: date = END, start: date = date(2026, 9, 1)
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what a diary tells: day, stage, items listed; what is told to the staff alone left out."""
    return [
        (f"{on:%m-%d}", action.stage, action.listed)
        for on, action in steps(case, start, until, used)
        if action.document not in {DocumentKind.DEADLINE_ALERT, DocumentKind.STAFF_ALERT, DocumentKind.TERMINAL_NOTE}
    ]


def built(*invoices: Invoice, **parts: object) -> Case:
    return Case.model_validate({"creditor": CREDITOR, "debtor": debtor(), "invoices": invoices} | parts)


def paid(number: str, amount: str, on: date) -> Payment:
    money = Money.of(amount, "EUR")
    part = Allocation(item_id=number, amount=money)
    return Payment(id=f"P-{number}", received_on=on, amount=money, allocations=(part,))


def kinds(decision: Decision) -> dict[str, HoldKind]:
    return {hold.item_id or "": hold.kind for hold in decision.holds}


# Groupings

TWO = (invoice("F1", DUE), invoice("F2", DUE, "300.00"))


def test_one_message_for_the_debtor_lists_every_overdue_invoice() -> None:
    assert told(case_of(*TWO), scenario(stage("rappel", 3)), MONDAY) == [("10-05", "rappel", ("F1", "F2"))]


def test_per_invoice_each_has_its_own_message_the_same_day() -> None:
    used = scenario(stage("rappel", 3), grouping=Grouping.PER_INVOICE)
    assert told(case_of(*TWO), used, MONDAY) == [("10-05", "rappel", ("F1",)), ("10-05", "rappel", ("F2",))]


def test_per_stage_items_at_one_stage_share_a_message() -> None:
    """F3, due on 15 September and reminded on the 21st, is at the second stage when F1 and F2 are at the first."""
    by_hand = StepRecorded(id="e1", effective_on=date(2026, 9, 21), stage="rappel", item_ids=("F3",))
    case = case_of(*TWO, invoice("F3", date(2026, 9, 15)), history=(by_hand,))
    used = scenario(stage("rappel", 3), stage("second", 18), grouping=Grouping.PER_STAGE)
    assert told(case, used, MONDAY, MONDAY) == [("10-05", "second", ("F3",)), ("10-05", "rappel", ("F1", "F2"))]


def test_a_cap_keeps_what_is_beyond_it_for_the_next_day() -> None:
    used = scenario(stage("rappel", 3), grouping=Grouping.PER_INVOICE, max_messages_per_run=1)
    case = case_of(*TWO)
    decision = look(case, MONDAY, used)
    assert [(hold.kind, hold.until) for hold in decision.holds] == [(HoldKind.DAILY_CAP, date(2026, 10, 6))]
    assert look(recorded(case, decision, approve=True), MONDAY, used).actions == ()
    assert told(case, used, date(2026, 10, 6)) == [("10-05", "rappel", ("F1",)), ("10-06", "rappel", ("F2",))]


def test_per_invoice_each_keeps_its_own_interval() -> None:
    """F2 falls due two days later: its message does not wait for the four days since that of F1."""
    case = case_of(invoice("F1", DUE), invoice("F2", date(2026, 10, 3)))
    used = scenario(stage("rappel", 3), stage("second", 4), grouping=Grouping.PER_INVOICE)
    assert told(case, used, date(2026, 10, 12)) == [
        ("10-05", "rappel", ("F1",)),
        ("10-06", "rappel", ("F2",)),
        ("10-09", "second", ("F1",)),
        ("10-12", "second", ("F2",)),  # Saturday 10 is not worked
    ]


# Repetition


def test_a_stage_repeats_until_its_number_is_reached_then_the_next_comes() -> None:
    weekly = Repeat(every_days=7, max_times=3)
    used = scenario(stage("rappel", 3, repeat=weekly), stage("second", 30))
    days = [(day, name) for day, name, _ in told(case_of(invoice("F1", DUE)), used)]
    assert days == [("10-05", "rappel"), ("10-12", "rappel"), ("10-19", "rappel"), ("10-30", "second")]


def test_what_comes_next_is_preferred_to_a_repetition() -> None:
    used = scenario(stage("rappel", 3, repeat=Repeat(every_days=7, max_times=3)), stage("second", 12))
    days = [(day, name) for day, name, _ in told(case_of(invoice("F1", DUE)), used)]
    assert days == [("10-05", "rappel"), ("10-12", "second")]


def test_the_last_stage_repeats_until_the_scenario_ends() -> None:
    """The end comes twenty days after the last repetition, and stops the third one for good."""
    used = scenario(stage("rappel", 3, repeat=Repeat(every_days=7, max_times=3)))
    days = [(f"{on:%m-%d}", action.stage) for on, action in steps(case_of(invoice("F1", DUE)), DUE, END, used)]
    assert days[:-1] == [("10-05", "rappel"), ("10-12", "rappel"), ("10-19", "rappel"), ("11-08", "terminal")]
    assert days[-1] == ("11-22", "unanswered:end")


# Time given to pay


@pytest.mark.parametrize(
    ("options", "channels", "second_on"),
    [
        # Monday 5 + 8 days: Tuesday 13; nothing further before Wednesday 14.
        ({}, (Channel.EMAIL,), "10-14"),
        # Three days of grace: Saturday 17, deferred to Monday 19.
        ({"grace_days": 3}, (Channel.EMAIL,), "10-19"),
        # Three days of post: to pay by Friday 16; Saturday 17, deferred to Monday 19.
        ({}, (Channel.POST,), "10-19"),
    ],
)
def test_a_message_that_gives_days_to_pay_binds_its_sender(
    options: dict[str, object], channels: tuple[Channel, ...], second_on: str
) -> None:
    first = stage("lettre", 3, pay_within_days=8, channels=channels, **options)
    used = scenario(first, stage("second", 5), postal_transit_days=3, min_interval_days=1)
    days = [(day, name) for day, name, _ in told(case_of(invoice("F1", DUE)), used)]
    assert days == [("10-05", "lettre"), (second_on, "second")]


def test_the_end_of_the_scenario_waits_for_the_time_given_too() -> None:
    end = {"when": DaysAfter(anchor="previous_stage", days=2), "outcome": "human_decision"}
    used = scenario(stage("lettre", 3, pay_within_days=8), terminal=end)
    days = [(f"{on:%m-%d}", action.stage) for on, action in steps(case_of(invoice("F1", DUE)), DUE, END, used)]
    assert days == [("10-05", "lettre"), ("10-14", "terminal"), ("10-28", "unanswered:end")]


# Least amounts


def test_an_item_below_the_minimum_triggers_nothing_but_is_listed_by_another() -> None:
    used = scenario(stage("rappel", 3, min_item_amount="100.00"))
    small = invoice("F1", DUE, "50.00")
    assert told(case_of(small), used) == []
    assert told(case_of(small, invoice("F2", DUE)), used, MONDAY) == [("10-05", "rappel", ("F2", "F1"))]


def test_a_message_below_the_minimum_waits_for_more() -> None:
    used = scenario(stage("rappel", 3, min_message_amount="500.00"))
    small = invoice("F1", DUE, "300.00")
    assert kinds(look(case_of(small), MONDAY, used)) == {"F1": HoldKind.BELOW_MINIMUM}
    both = case_of(small, invoice("F2", date(2026, 10, 7), "200.00"))
    # F2 is overdue on Thursday 8 and at its own stage on Saturday 10: 500.00 together, on Monday 12.
    assert told(both, used) == [("10-12", "rappel", ("F1", "F2"))]


def test_a_stage_below_its_minimum_does_not_starve_an_earlier_one() -> None:
    by_hand = StepRecorded(id="e1", effective_on=date(2026, 9, 21), stage="rappel", item_ids=("F3",))
    small = invoice("F3", date(2026, 9, 15), "80.00")
    used = scenario(stage("rappel", 3), stage("second", 18, min_message_amount="2000.00"), grouping=Grouping.PER_DEBTOR)
    case = case_of(small, invoice("F1", DUE), history=(by_hand,))
    # F3 leads, but its own step asks for too little: it leads nobody, and the reminder of F1 lists it.
    (action,) = look(case, MONDAY, used).actions
    assert (action.stage, action.triggered, action.listed) == ("rappel", ("F1",), ("F3", "F1"))


# The end


def test_the_first_branch_that_holds_gives_the_outcome() -> None:
    end = {
        "when": DaysAfter(anchor="previous_stage", days=20),
        "outcome": Outcome.HAND_OVER,
        "branches": (
            Branch(when=BalanceAtMost(amount="5000.00"), outcome=Outcome.PETITE_CREANCE),
            Branch(when=ClaimReady(), outcome=Outcome.INJONCTION_DE_PAYER),
        ),
    }
    used = scenario(stage("rappel", 3), terminal=end)

    def outcome(amount: str, *, proof: bool) -> list[str | None]:
        case = case_of(invoice("F1", DUE, amount, proof=proof))
        return [action.outcome for _, action in steps(case, DUE, END, used) if action.stage == "terminal"]

    assert outcome("5000.00", proof=True) == ["petite_creance"]
    assert outcome("5000.01", proof=True) == ["injonction_de_payer"]
    assert outcome("5000.01", proof=False) == ["hand_over"]


def test_items_of_two_outcomes_end_in_two_notes_with_their_own_names() -> None:
    end = {
        "when": DaysAfter(anchor="previous_stage", days=20),
        "outcome": Outcome.HUMAN_DECISION,
        "branches": (Branch(when=ClaimReady(), outcome=Outcome.INJONCTION_DE_PAYER),),
    }
    used = scenario(stage("rappel", 3, scope="all_overdue", advances="listed"), terminal=end)
    case = case_of(invoice("F1", DUE), invoice("F2", DUE, proof=False))
    ends = [(on, action) for on, action in steps(case, DUE, END, used) if action.stage == "terminal"]
    assert [(on, action.outcome, action.listed) for on, action in ends] == [
        (date(2026, 10, 25), "human_decision", ("F2",)),
        (date(2026, 10, 25), "injonction_de_payer", ("F1",)),
    ]
    assert len({action.id for _, action in ends}) == 2


# Thanks

THANKFUL = scenario(stage("rappel", 3), thank_you=ThankYou(channels=(Channel.EMAIL,)))


def reminded_then(paid_on: date, *others: Invoice) -> Case:
    case = case_of(invoice("F1", DUE), *others)
    after = recorded(case, look(case, MONDAY, THANKFUL), approve=True)
    return built(*after.invoices, payments=(paid("F1", "1200.00", paid_on),), history=after.history)


def test_thanks_follow_a_payment_once_and_keep_the_interval() -> None:
    """Reminded on Monday 5, paid on Thursday 8: four days after the reminder is Friday 9."""
    case = reminded_then(date(2026, 10, 8))
    early = look(case, date(2026, 10, 8), THANKFUL)
    assert (early.actions, early.next_wakeup) == ((), date(2026, 10, 9))
    decision = look(case, date(2026, 10, 9), THANKFUL)
    (action,) = decision.actions
    assert (action.document, action.listed) == (DocumentKind.THANK_YOU, ("F1",))
    assert action.principal == Money.zero("EUR")
    assert look(recorded(case, decision, approve=True), date(2026, 10, 9), THANKFUL).actions == ()
    assert look(recorded(case, decision, approve=True), date(2026, 10, 14), THANKFUL).actions == ()


def test_nobody_is_thanked_late_unasked_or_while_something_is_overdue() -> None:
    assert look(reminded_then(date(2026, 10, 8)), date(2026, 10, 16), THANKFUL).actions == ()
    unasked = built(invoice("F1", DUE), payments=(paid("F1", "1200.00", date(2026, 10, 1)),))
    assert look(unasked, date(2026, 10, 2), THANKFUL).actions == ()
    still_late = look(reminded_then(date(2026, 10, 8), invoice("F2", DUE, "80.00")), date(2026, 10, 9), THANKFUL)
    assert DocumentKind.THANK_YOU not in {action.document for action in still_late.actions}


# Windows


def test_messages_leave_only_on_the_days_the_scenario_names() -> None:
    used = scenario(stage("rappel", 3), sending=SendingWindow(weekdays=(Weekday.TUESDAY,)))
    assert told(case_of(invoice("F1", DUE)), used, MONDAY) == []
    waiting = look(case_of(invoice("F1", DUE)), MONDAY, used)
    assert [(hold.kind, hold.until) for hold in waiting.holds] == [(HoldKind.NON_WORKING_DAY, date(2026, 10, 6))]
    assert told(case_of(invoice("F1", DUE)), used) == [("10-06", "rappel", ("F1",))]


@pytest.mark.parametrize(
    ("postal_code", "city", "leaves_on"),
    [
        ("44000", "Nantes", date(2025, 12, 26)),
        ("67000", "Strasbourg", date(2025, 12, 29)),  # 26 December is a holiday in Alsace-Moselle
        ("97133", "Gustavia", date(2025, 12, 26)),
    ],
)
def test_the_holidays_of_the_debtors_region_are_kept(postal_code: str, city: str, leaves_on: date) -> None:
    """Due on Tuesday 23 December 2025: J+3 is Friday 26."""
    address = PostalAddress(street="1 quai Koch", postal_code=postal_code, city=city)
    case = Case(creditor=CREDITOR, debtor=debtor(address=address), invoices=(invoice("F1", date(2025, 12, 23)),))
    taken = steps(case, date(2025, 12, 20), date(2026, 1, 5), scenario(stage("rappel", 3)))
    assert [on for on, _ in taken] == [leaves_on]


# Ways and recipients


def test_a_lost_address_gives_way_to_the_next_channel_and_a_refused_one_too() -> None:
    used = scenario(stage("rappel", 3))
    lost = AddressBounced(id="e1", effective_on=DUE, channel=Channel.EMAIL, address=CONTACT.email)
    refused = ChannelRefused(id="e2", effective_on=DUE, channels=(Channel.POST,))
    accepted = ChannelAccepted(id="e3", effective_on=MONDAY, channels=(Channel.POST,))

    def channel(*history: AddressBounced | ChannelRefused | ChannelAccepted) -> list[Channel]:
        return [action.channel for action in look(case_of(TWO[0], history=history), MONDAY, used).actions]

    assert channel() == [Channel.EMAIL]
    assert channel(lost) == [Channel.POST]
    assert channel(lost, refused) == [Channel.INTERNAL]  # the staff is told that nobody is reached
    assert channel(lost, refused, accepted) == [Channel.POST]


def test_another_address_of_the_same_debtor_is_used_when_one_is_lost() -> None:
    two = (CONTACT, Contact(email="direction@fournil.example", role=ContactRole.MANAGEMENT))
    lost = AddressBounced(id="e1", effective_on=DUE, channel=Channel.EMAIL, address=CONTACT.email)
    case = Case(creditor=CREDITOR, debtor=debtor(contacts=two), invoices=(TWO[0],), history=(lost,))
    (action,) = look(case, MONDAY, scenario(stage("rappel", 3))).actions
    assert action.recipient is not None
    assert action.recipient.email == "direction@fournil.example"


def test_a_stage_names_the_roles_it_writes_to() -> None:
    two = (CONTACT, Contact(email="direction@fournil.example", role=ContactRole.MANAGEMENT))
    case = Case(creditor=CREDITOR, debtor=debtor(contacts=two), invoices=(TWO[0],))

    def recipient(*roles: ContactRole) -> list[str | None]:
        used = scenario(stage("rappel", 3, recipients=roles))
        return [action.recipient.email for action in look(case, MONDAY, used).actions if action.recipient is not None]

    assert recipient(ContactRole.MANAGEMENT, ContactRole.GENERAL) == ["direction@fournil.example"]
    assert recipient(ContactRole.ACCOUNTS_PAYABLE, ContactRole.GENERAL) == [CONTACT.email]
    # Nobody keeps the accounts: the letter goes to the address of the debtor itself.
    (letter,) = look(case, MONDAY, scenario(stage("rappel", 3, recipients=(ContactRole.ACCOUNTS_PAYABLE,)))).actions
    assert (letter.channel, letter.recipient) == (Channel.POST, None)


# Internal stages


def test_an_internal_step_is_no_contact_and_keeps_its_day_to_itself() -> None:
    """On Saturday 10 October the staff is told; the reminder due that day waits for Monday 12, not for four days."""
    suspend = stage("suspension", 10, document=DocumentKind.DELIVERY_SUSPENSION, channels=(Channel.INTERNAL,))
    used = scenario(stage("rappel", 3), suspend, stage("second", 10))
    case = case_of(invoice("F1", DUE))
    taken = steps(case, DUE, date(2026, 10, 14), used)
    assert [(f"{on:%m-%d}", action.stage, action.channel) for on, action in taken] == [
        ("10-05", "rappel", Channel.EMAIL),
        ("10-10", "suspension", Channel.INTERNAL),
        ("10-12", "second", Channel.EMAIL),
    ]


# Facts the scenario waits for


def test_a_direct_debit_waits_for_its_rejection_and_says_so() -> None:
    debit = invoice("F1", DUE).model_dump() | {"payment_method": PaymentMethod.DIRECT_DEBIT}
    by_debit = Invoice.model_validate(debit)
    used = scenario(stage("rejet", 0, when=DaysAfter(anchor="payment_rejected_on", days=2)))
    waiting = look(built(by_debit), date(2026, 10, 15), used)
    assert kinds(waiting) == {"F1": HoldKind.DIRECT_DEBIT}
    assert "direct_debit_silent" not in {doubt.code for doubt in waiting.doubts}
    assert "direct_debit_silent" in {doubt.code for doubt in look(built(by_debit), date(2026, 10, 16), used).doubts}
    bounced = PaymentRejected(id="e1", effective_on=date(2026, 10, 5), payment_id="P-F1")
    rejected = built(by_debit, payments=(paid("F1", "1200.00", DUE),), history=(bounced,))
    assert told(rejected, used) == [("10-07", "rejet", ("F1",))]
    ordinary = scenario(stage("rappel", 3), waits_for_direct_debit=False)
    assert told(built(by_debit), ordinary, MONDAY) == [("10-05", "rappel", ("F1",))]


def test_nothing_is_demanded_on_payments_that_are_too_old() -> None:
    used = scenario(stage("rappel", 3), max_bank_data_age_days=2)
    fresh, stale = (
        built(TWO[0], bank_data_through=date(2026, 10, 3)),
        built(TWO[0], bank_data_through=date(2026, 10, 2)),
    )
    assert [action.stage for action in look(fresh, MONDAY, used).actions] == ["rappel"]
    assert look(stale, MONDAY, used).actions == ()
    assert kinds(look(stale, MONDAY, used)) == {"F1": HoldKind.STALE_BANK_DATA}
    unknown = look(built(TWO[0]), MONDAY, used)
    assert [action.stage for action in unknown.actions] == ["rappel"]
    assert "bank_data_date_unknown" in {doubt.code for doubt in unknown.doubts}


def test_credit_without_an_invoice_is_left_aside_only_where_the_scenario_says_so() -> None:
    note = CreditNote(number="A1", issued_on=DUE, amount=Money.of("1200.00", "EUR"))
    case = built(TWO[0], credit_notes=(note,))
    assert look(case, MONDAY, scenario(stage("rappel", 3))).actions == ()
    (action,) = look(case, MONDAY, scenario(stage("rappel", 3), nets_unallocated=False)).actions
    assert action.principal == Money.of("1200.00", "EUR")


def test_the_due_date_counts_only_where_the_scenario_repeats_a_peer() -> None:
    case = case_of(invoice("F1", DUE))
    assert look(case, DUE, scenario(stage("rappel", 0))).actions == ()
    assert [action.stage for action in look(case, DUE, scenario(stage("rappel", 0), counts_due_day=True)).actions] == [
        "rappel"
    ]


def test_a_formal_stage_is_refused_to_the_claim_that_lacks_proof_and_says_what() -> None:
    formal = stage("mise_en_demeure", 10, rank=Rank.FORMAL, document=DocumentKind.MISE_EN_DEMEURE)
    by_hand = StepRecorded(id="e1", effective_on=MONDAY, stage="rappel", item_ids=("F1",))
    case = case_of(invoice("F1", DUE, proof=False), history=(by_hand,))
    decision = look(case, date(2026, 10, 12), scenario(stage("rappel", 3), formal))
    (hold,) = decision.holds
    assert hold.kind is HoldKind.CLAIM_GATE
    assert [reason.input("missing") for reason in hold.reasons] == ["proof_of_order_or_delivery"]
