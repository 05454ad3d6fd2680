"""``project``: diaries worked out by hand from ``standard_b2b``, what-ifs, and the same days decided one by one."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    Action,
    ActionCancelled,
    ActionPlanned,
    ActionProposed,
    Allocation,
    Approvals,
    Assumptions,
    Case,
    CreditNote,
    CreditNoteIssued,
    DebtorKind,
    Decision,
    Event,
    HoldKind,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    InvalidInput,
    InvoiceIssued,
    Money,
    Payment,
    PaymentReceived,
    Projection,
    Scenario,
    StopKind,
    StopPlaced,
    builtin,
    decide,
    project,
)
from recouvrement.domain.events import HistoryEvent
from recouvrement.engine import walk
from recouvrement.engine.decide import current_token
from recouvrement.engine.proposals import live_proposals
from recouvrement.engine.what_if import supposing
from recouvrement.errors import EngineError
from support.cases import case_of, invoice
from support.diary import recorded
from support.strategies import START, cases, scenarios

B2B = builtin("standard_b2b")
DUE = date(2026, 9, 15)
"""A Tuesday."""
FROM, UNTIL = date(2026, 9, 1), date(2027, 3, 1)
WAITING = Assumptions(approvals=Approvals.WAITING)


def foreseen(
    case: Case | None = None, *what_if: Event, assume: Assumptions | None = None, from_: date = FROM
) -> Projection:
    case = case if case is not None else case_of(invoice("F1", DUE))
    return project(case, from_, UNTIL, scenario=B2B, law=FRANCE, what_if=what_if, assume=assume or Assumptions())


def diary(found: Projection) -> list[tuple[str, str, str]]:
    return [(on.isoformat(), action.kind.value, action.stage) for on, action in found.actions]


def payment(on: date, amount: str = "1200.00", code: str = "P1") -> PaymentReceived:
    paid = Money.of(amount, "EUR")
    part = (Allocation(item_id="F1", amount=paid),)
    return PaymentReceived(
        id=f"got-{code}", effective_on=on, payment=Payment(id=code, received_on=on, amount=paid, allocations=part)
    )


def stop(on: date, until: date, kind: StopKind = StopKind.DISPUTE) -> StopPlaced:
    return StopPlaced(id="stop", effective_on=on, stop_id="s1", stop=kind, item_ids=("F1",), until=until)


BEFORE_PAYMENT = [
    ("2026-09-10", "contact", "avis_avant_echeance"),  # five days before Tuesday 15 September
    ("2026-09-18", "contact", "relance_1"),  # three days after, a Friday
    ("2026-09-25", "contact", "relance_2"),  # ten days after, seven after the first reminder
]
WHOLE = [
    *BEFORE_PAYMENT,
    ("2026-09-30", "contact", "appel"),  # fifteen days after
    ("2026-10-06", "contact", "lettre_de_relance"),  # twenty-one days after
    ("2026-10-15", "approval", "mise_en_demeure"),  # thirty days after, nine after the letter
    ("2026-10-15", "contact", "mise_en_demeure"),
    ("2026-11-04", "terminal", "terminal"),  # twenty days after the mise en demeure
    ("2026-11-18", "alert", "unanswered:end"),  # nobody has acted on it in a fortnight
]


def test_the_whole_life_of_an_invoice_nobody_pays() -> None:
    found = foreseen()
    assert diary(found) == WHOLE
    by_stage = {action.stage: action for _, action in found.actions}
    assert by_stage["lettre_de_relance"].pay_by == date(2026, 10, 14)
    assert by_stage["mise_en_demeure"].pay_by == date(2026, 10, 30)
    assert by_stage["terminal"].outcome == "human_decision"
    assert (found.steps[0].on, found.steps[0].actions) == (FROM, ())
    assert {hold.kind for hold in found.steps[-1].holds} == {HoldKind.AWAITING_HUMAN}


def test_the_sums_of_each_day_are_those_of_the_day() -> None:
    """12.40 % of 1200.00 from 16 September, last day included, and 40.00.

    3 days: 1200 x 0.1240 x 3 / 365 = 1.223; 30 days to 15 October: 12.230; 50 days to 4 November: 20.384.
    """
    totals = {step.on: (str(step.late_interest), str(step.total)) for step in foreseen().steps}
    assert totals[date(2026, 9, 10)] == ("0.00 EUR", "0.00 EUR")
    assert totals[date(2026, 9, 18)] == ("1.22 EUR", "1241.22 EUR")
    assert totals[date(2026, 10, 15)] == ("12.23 EUR", "1252.23 EUR")
    assert totals[date(2026, 11, 4)] == ("20.38 EUR", "1260.38 EUR")


def test_days_that_are_not_worked_push_contacts_and_not_proposals() -> None:
    """Due on Thursday 29 October 2026: 1 November is a Sunday, 28 November a Saturday, 20 December a Sunday."""
    found = foreseen(case_of(invoice("F1", date(2026, 10, 29))))
    assert diary(found) == [
        ("2026-10-26", "contact", "avis_avant_echeance"),  # the 24th is a Saturday
        ("2026-11-02", "contact", "relance_1"),
        ("2026-11-09", "contact", "relance_2"),  # the 8th is a Sunday
        ("2026-11-13", "contact", "appel"),  # fifteen days after, four after the second reminder
        ("2026-11-19", "contact", "lettre_de_relance"),
        ("2026-11-28", "approval", "mise_en_demeure"),
        ("2026-11-30", "contact", "mise_en_demeure"),
        ("2026-12-20", "terminal", "terminal"),
        ("2027-01-03", "alert", "unanswered:end"),
    ]
    silence = next(one for one in found.silences if one.from_ == date(2026, 11, 29))
    assert (silence.until, silence.days) == (date(2026, 11, 30), 1)
    assert {hold.kind for hold in silence.holds} == {HoldKind.AWAITING_APPROVAL}


def test_silences_say_until_when_and_why() -> None:
    found = foreseen()
    spans = [(one.from_, one.until, {hold.kind for hold in one.holds}) for one in found.silences]
    assert spans[:3] == [
        (FROM, date(2026, 9, 10), {HoldKind.WAITING}),
        (date(2026, 9, 11), date(2026, 9, 18), {HoldKind.WAITING}),
        (date(2026, 9, 19), date(2026, 9, 25), {HoldKind.WAITING}),
    ]
    assert spans[-2:] == [
        (date(2026, 11, 5), date(2026, 11, 18), {HoldKind.AWAITING_HUMAN}),
        (date(2026, 11, 19), UNTIL, {HoldKind.AWAITING_HUMAN}),
    ]
    assert found.silences[1].holds[0].next_stage == "relance_1"


def test_a_fact_that_changes_nothing_parts_a_silence_and_a_wake_up_that_comes_to_nothing_does_not() -> None:
    found = foreseen(assume=Assumptions(notice_delivered_after_days=5))
    # mise en demeure on 15 October, presented on the 20th, end on 4 November
    ends = [(one.from_, one.until) for one in found.silences if one.from_ > DUE + timedelta(days=30)]
    assert ends[:2] == [(date(2026, 10, 16), date(2026, 10, 20)), (date(2026, 10, 20), date(2026, 11, 4))]
    # a promise on the whole account: nothing of it shows once the invoice is paid
    paid, promise = payment(date(2026, 9, 16)), stop(date(2026, 9, 14), date(2026, 10, 5), StopKind.PROMISE_TO_PAY)
    settled = foreseen(None, paid, promise)
    assert (settled.silences[-1].from_, settled.silences[-1].until) == (date(2026, 9, 16), UNTIL)


def test_a_payment_ends_the_walk_on_its_day() -> None:
    found = foreseen(None, payment(date(2026, 9, 28)))
    assert diary(found) == BEFORE_PAYMENT
    last = found.steps[-1]
    assert (last.on, last.facts, str(last.total)) == (date(2026, 9, 28), found.supposed, "0.00 EUR")
    assert {hold.kind for hold in last.holds} == {HoldKind.SETTLED}
    assert (found.silences[-1].from_, found.silences[-1].until) == (date(2026, 9, 28), UNTIL)


def test_a_part_payment_changes_what_is_asked_and_nothing_else() -> None:
    found = foreseen(None, payment(date(2026, 9, 28), "400.00"))
    assert diary(found) == WHOLE
    asked = [str(action.principal) for _, action in found.actions]
    assert asked == ["1200.00 EUR"] * 3 + ["800.00 EUR"] * 6


def test_a_credit_note_and_a_new_invoice_may_be_supposed() -> None:
    note = CreditNote(number="A1", issued_on=date(2026, 9, 21), amount=Money.of("200.00", "EUR"), invoice_number="F1")
    later = invoice("F2", date(2026, 10, 30))
    found = foreseen(
        None,
        CreditNoteIssued(id="note", effective_on=date(2026, 9, 21), credit_note=note),
        InvoiceIssued(id="new", effective_on=later.issued_on, invoice=later),
    )
    by_day = {(on, action.stage): action for on, action in found.actions}
    assert str(by_day[date(2026, 9, 25), "relance_2"].principal) == "1000.00 EUR"
    # F2 is due on Friday 30 October; its reminder comes three days later, on Monday 2 November
    assert by_day[date(2026, 11, 2), "relance_1"].listed == ("F2",)
    shown = {event.id: step.on for step in found.steps for event in step.facts}
    assert (shown["note"], shown["new"]) == (date(2026, 9, 21), date(2026, 9, 30))


def test_a_dispute_holds_the_thread_and_gives_it_back() -> None:
    found = foreseen(None, stop(date(2026, 9, 20), date(2026, 10, 5)))
    assert diary(found) == [
        *BEFORE_PAYMENT[:2],
        ("2026-10-05", "contact", "relance_2"),  # the first day the dispute no longer holds, a Monday
        ("2026-10-09", "contact", "appel"),  # four days after the second reminder
        ("2026-10-13", "contact", "lettre_de_relance"),
        # The letter gives until Wednesday 21, eight days after it: the mise en demeure is not before the 22nd.
        ("2026-10-22", "approval", "mise_en_demeure"),
        ("2026-10-22", "contact", "mise_en_demeure"),
        ("2026-11-11", "terminal", "terminal"),
        ("2026-11-25", "alert", "unanswered:end"),
    ]
    held = [one for one in found.silences if {hold.kind for hold in one.holds} == {HoldKind.DISPUTE}]
    assert [(one.from_, one.until) for one in held] == [(date(2026, 9, 20), date(2026, 10, 5))]


def test_insolvency_stops_contacts_and_leaves_the_declaration_to_the_staff() -> None:
    """Published on 8 October: declared by 8 December; alerts 30 and 10 days before it, and the day after."""
    opened = Insolvency(
        kind=InsolvencyKind.REDRESSEMENT_JUDICIAIRE, opened_on=date(2026, 10, 1), published_on=date(2026, 10, 8)
    )
    found = foreseen(None, InsolvencyOpened(id="rj", effective_on=date(2026, 10, 1), insolvency=opened))
    assert diary(found)[:4] == WHOLE[:4]
    after = [(on.isoformat(), action.kind.value) for on, action in found.actions[4:]]
    assert after == [
        ("2026-10-01", "alert"),
        ("2026-10-08", "alert"),
        ("2026-11-08", "alert"),
        ("2026-11-28", "alert"),
        ("2026-12-09", "alert"),
    ]
    declaration = [deadline.last_day for step in found.steps[-1:] for deadline in step.deadlines]
    assert date(2026, 12, 8) in declaration


def test_approvals_left_waiting_stop_the_thread_there() -> None:
    found = foreseen(assume=WAITING)
    proposal = found.actions[5][1]
    # Proposed on 15 October: told once, a fortnight later, and nothing else.
    assert diary(found) == [*WHOLE[:6], ("2026-10-29", "alert", f"unanswered:{proposal.id}")]
    assert {hold.kind for hold in found.silences[-1].holds} == {HoldKind.AWAITING_APPROVAL}


def test_a_refusal_leaves_the_file_to_the_person_who_refused() -> None:
    found = foreseen(assume=Assumptions(approvals=Approvals.REFUSED))
    assert diary(found) == WHOLE[:6]
    assert {hold.kind for hold in found.silences[-1].holds} == {HoldKind.AWAITING_HUMAN}


def test_an_answer_that_comes_the_next_day_moves_the_letter_and_what_follows() -> None:
    found = foreseen(assume=Assumptions(answered_after_days=1))
    assert diary(found)[5:] == [
        ("2026-10-15", "approval", "mise_en_demeure"),
        ("2026-10-16", "contact", "mise_en_demeure"),
        ("2026-11-05", "terminal", "terminal"),
        ("2026-11-19", "alert", "unanswered:end"),
    ]


def test_a_proposal_whose_figures_move_is_withdrawn_and_made_again() -> None:
    found = foreseen(None, payment(date(2026, 10, 20), "100.00"), assume=WAITING)
    assert diary(found)[5:] == [
        ("2026-10-15", "approval", "mise_en_demeure"),
        ("2026-10-20", "approval", "mise_en_demeure"),
        # The fortnight is that of the new proposal; the old one is nobody's business any more.
        ("2026-11-03", "alert", f"unanswered:{found.actions[6][1].id}"),
    ]
    first, second = (action for _, action in found.actions[5:7])
    assert next(step for step in found.steps if step.on == date(2026, 10, 20)).withdrawn == (first.id,)
    assert (second.occurrence, str(second.principal)) == (2, "1100.00 EUR")


def test_a_proposal_withdrawn_for_a_promise_does_not_come_back_by_itself() -> None:
    promise = stop(date(2026, 10, 20), date(2026, 10, 27), StopKind.PROMISE_TO_PAY)
    found = foreseen(None, promise, assume=WAITING)
    proposals = [(on, action.occurrence) for on, action in found.actions if action.stage == "mise_en_demeure"]
    assert proposals == [(date(2026, 10, 15), 1), (date(2026, 10, 27), 2)]


def test_a_proposal_that_waits_already_gets_the_supposed_answer_on_the_first_day() -> None:
    known = [taken for taken in foreseen(assume=WAITING).actions if taken[0] < date(2026, 10, 19)]
    proposal = known[-1][1]
    case = case_of(invoice("F1", DUE), history=tuple(_written(known)))
    found = foreseen(case, from_=date(2026, 10, 19))
    assert found.pending == (proposal,)
    assert diary(found) == [
        ("2026-10-19", "contact", "mise_en_demeure"),
        ("2026-11-08", "terminal", "terminal"),
        ("2026-11-22", "alert", "unanswered:end"),
    ]
    unanswered = foreseen(case, from_=date(2026, 10, 19), assume=WAITING)
    assert diary(unanswered) == [("2026-10-29", "alert", f"unanswered:{proposal.id}")]


def test_no_letter_is_supposed_delivered_unless_it_is_said() -> None:
    """A consumer owes legal interest from the mise en demeure that reached him: none by default."""
    consumer = case_of(invoice("F1", DUE), kind=DebtorKind.CONSUMER)
    plan = builtin("consommateur")
    silent = project(consumer, FROM, UNTIL, scenario=plan, law=FRANCE)
    assert {str(step.late_interest) for step in silent.steps} == {"0.00 EUR"}
    assert all(step.facts == () or step.facts[0].type == "action_approved" for step in silent.steps)
    delivered = project(
        consumer, FROM, UNTIL, scenario=plan, law=FRANCE, assume=Assumptions(notice_delivered_after_days=3)
    )
    # Tuesday 15 September + 40 days is Sunday 25 October: proposed then, it leaves on Monday 26, presented on the 29th
    presented = [(step.on, event.type) for step in delivered.steps for event in step.facts]
    assert (date(2026, 10, 29), "notice_delivered") in presented
    assert delivered.steps[-1].late_interest.minor > 0


def _written(actions: Sequence[tuple[date, Action]]) -> list[HistoryEvent]:
    events: list[HistoryEvent] = []
    for on, action in actions:
        if action.kind.value == "approval":
            events.append(ActionProposed(id=f"{action.id}:proposed", effective_on=on, action=action))
        else:
            events.append(ActionPlanned(id=f"{action.id}:planned", effective_on=on, action=action))
    return events


@pytest.mark.parametrize(("from_", "until"), [(DUE, DUE), (DUE, DUE - timedelta(days=1)), (DUE, date(2300, 1, 1))])
def test_a_span_without_a_day_is_refused(from_: date, until: date) -> None:
    with pytest.raises(InvalidInput, match="first day left out"):
        project(case_of(invoice("F1", DUE)), from_, until, scenario=B2B, law=FRANCE)


def test_a_walk_does_not_begin_before_what_was_already_done() -> None:
    case = case_of(invoice("F1", DUE), history=tuple(_written(foreseen().actions[:2])))
    assert diary(foreseen(case, from_=date(2026, 9, 18))) == WHOLE[2:]
    with pytest.raises(InvalidInput, match="already holds actions of 2026-09-18"):
        foreseen(case, from_=date(2026, 9, 17))


def test_suppositions_that_make_no_sense_are_refused() -> None:
    paid = payment(date(2026, 9, 28))
    on_another_day = PaymentReceived(id="x", effective_on=date(2026, 9, 29), payment=paid.payment)
    with pytest.raises(InvalidInput, match="Give both the same day"):
        foreseen(None, on_another_day)
    with pytest.raises(InvalidInput, match="payment P1 appears twice"):
        foreseen(None, paid, PaymentReceived(id="y", effective_on=date(2026, 9, 28), payment=paid.payment))
    action = foreseen().actions[0][1]
    with pytest.raises(InvalidInput, match="Suppose facts and answers only"):
        foreseen(None, ActionPlanned(id="z", effective_on=DUE, action=action))


def test_a_date_that_never_becomes_silent_is_an_error_and_not_a_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    action = foreseen().actions[0][1]
    count = 0

    def tireless(case: Case, on: date, *, scenario: Scenario, law: object) -> Decision:
        nonlocal count
        assert law is FRANCE
        count += 1
        found = decide(case, on, scenario=scenario, law=FRANCE)
        fresh = Action.model_validate(dict(action) | {"id": f"again-{count}", "occurrence": count})
        return Decision.model_validate(dict(found) | {"actions": (fresh,)})

    monkeypatch.setattr(walk, "decide", tireless)
    with pytest.raises(EngineError, match="still not silent \\(avis_avant_echeance\\)"):
        foreseen()
    assert count == walk.DECISIONS_A_DAY


def test_a_wake_up_that_does_not_come_later_is_an_error_and_not_a_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(case: Case, on: date, *, scenario: Scenario, law: object) -> Decision:
        assert law is FRANCE
        found = decide(case, on, scenario=scenario, law=FRANCE)
        return Decision.model_validate(dict(found) | {"next_wakeup": on})

    monkeypatch.setattr(walk, "decide", stuck)
    with pytest.raises(EngineError, match="not later"):
        foreseen()


END = START + timedelta(days=120)


def one_by_one(case: Case, facts: Sequence[Event], scenario: Scenario, *, approve: bool) -> list[tuple[date, Action]]:
    """Decide on every day, each fact learnt on the day it takes effect; stale proposals are withdrawn first."""
    found: list[tuple[date, Action]] = []
    on = START
    while on < END:
        case = supposing(case, [event for event in facts if event.effective_on == on])
        case = case.with_events(
            ActionCancelled(id=f"{gone.action.id}:gone", effective_on=on, action_id=gone.action.id, note="moved")
            for gone in live_proposals(case.history)
            if current_token(case, on, gone.action.listed, scenario=scenario, law=FRANCE) != gone.action.token
        )
        while True:
            decision = decide(case, on, scenario=scenario, law=FRANCE)
            if not decision.actions:
                break
            found += [(on, action) for action in decision.actions]
            case = recorded(case, decision, approve=approve)
        on += timedelta(days=1)
    return found


def parted(case: Case) -> tuple[Case, list[Event]]:
    """Return the case as known on the first day, and what comes later as events."""
    later: list[Event] = [
        PaymentReceived(id=f"got-{one.id}", effective_on=one.received_on, payment=one)
        for one in case.payments
        if one.received_on > START
    ]
    later += [
        CreditNoteIssued(id=f"note-{one.number}", effective_on=one.issued_on, credit_note=one)
        for one in case.credit_notes
        if one.issued_on > START
    ]
    later += [
        InvoiceIssued(id=f"new-{one.number}", effective_on=one.issued_on, invoice=one)
        for one in case.invoices
        if one.issued_on > START
    ]
    later += [event for event in case.history if event.effective_on > START]
    known = Case(
        creditor=case.creditor,
        debtor=case.debtor,
        invoices=tuple(one for one in case.invoices if one.issued_on <= START),
        credit_notes=tuple(one for one in case.credit_notes if one.issued_on <= START),
        payments=tuple(one for one in case.payments if one.received_on <= START),
        history=tuple(event for event in case.history if event.effective_on <= START),
        bank_data_through=case.bank_data_through,
    )
    return known, later


lives = scenarios().flatmap(lambda scenario: st.tuples(st.just(scenario), cases(scenario)))


@settings(max_examples=40, deadline=None)
@given(lives, st.booleans())
def test_a_projection_is_what_deciding_every_day_gives(life: tuple[Scenario, Case], approve: bool) -> None:  # noqa: FBT001  # hypothesis gives it
    scenario, case = life
    known, later = parted(case)
    assume = Assumptions() if approve else WAITING
    found = project(known, START, END, scenario=scenario, law=FRANCE, what_if=later, assume=assume)
    assert list(found.actions) == one_by_one(known, later, scenario, approve=approve)
    assert project(case, START, END, scenario=scenario, law=FRANCE, assume=assume).actions == found.actions


@settings(max_examples=60, deadline=None)
@given(lives)
def test_every_day_has_actions_or_one_silence_and_facts_come_on_their_day(life: tuple[Scenario, Case]) -> None:
    scenario, case = life
    known, later = parted(case)
    found = project(known, START, END, scenario=scenario, law=FRANCE, what_if=later)
    days = [step.on for step in found.steps if step.actions]
    for silence in found.silences:
        assert silence.from_ < silence.until
        days += [silence.from_ + timedelta(days=index) for index in range(silence.days)]
    assert sorted(days) == [START + timedelta(days=index) for index in range((END - START).days)]
    shown = {event.id: step.on for step in found.steps for event in step.facts}
    assert {event.id: event.effective_on for event in later if event.effective_on < END}.items() <= shown.items()
    assert Projection.model_validate_json(found.model_dump_json()) == found
