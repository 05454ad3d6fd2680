"""Properties of one decision, on random cases in random scenarios; whole lives are in ``test_diaries``."""

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from recouvrement import FRANCE, ActionKind, Case, DebtorKind, Scenario, decide
from support.diary import recorded
from support.strategies import cases, days, scenarios

asked = scenarios().flatmap(lambda scenario: st.tuples(st.just(scenario), cases(scenario), days))
Asked = tuple[Scenario, Case, date]


@given(asked)
def test_the_same_question_has_the_same_answer(question: Asked) -> None:
    scenario, case, on = question
    first = decide(case, on, scenario=scenario, law=FRANCE)
    again = decide(Case.model_validate_json(case.model_dump_json()), on, scenario=scenario, law=FRANCE)
    assert first.model_dump_json() == again.model_dump_json()


@given(asked, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_is_nothing(question: Asked, random: Random) -> None:
    scenario, case, on = question
    parts = {name: list(getattr(case, name)) for name in ("invoices", "credit_notes", "payments", "history")}
    for part in parts.values():
        random.shuffle(part)
    whole = {"creditor": case.creditor, "debtor": case.debtor, "bank_data_through": case.bank_data_through}
    mixed = Case.model_validate({**whole, **parts})
    assert decide(mixed, on, scenario=scenario, law=FRANCE) == decide(case, on, scenario=scenario, law=FRANCE)


@given(asked)
def test_a_date_whose_actions_are_recorded_is_silent(question: Asked) -> None:
    scenario, case, on = question
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    assert decide(recorded(case, decision, approve=False), on, scenario=scenario, law=FRANCE).actions == ()
    sent = decide(recorded(case, decision, approve=True), on, scenario=scenario, law=FRANCE)
    approved = {action.id for action in decision.actions if action.kind is ActionKind.APPROVAL}
    assert {action.id for action in sent.actions} <= approved


@given(asked)
def test_sums_are_exact_and_the_indemnity_is_due_once(question: Asked) -> None:
    scenario, case, on = question
    claim = decide(case, on, scenario=scenario, law=FRANCE).claim
    assert claim.principal.minor == sum(item.principal.minor for item in claim.items)
    assert claim.total == claim.principal + claim.late_interest + claim.indemnities
    for number in {item.invoice_number for item in claim.items}:
        charged = sum(item.indemnity.minor for item in claim.items if item.invoice_number == number)
        assert charged in ((0, 4000) if case.debtor.kind in {DebtorKind.BUSINESS, DebtorKind.PUBLIC} else (0,))
    for item in claim.items:
        assert item.balance.minor == item.original.minor - item.credited.minor - item.paid.minor
        assert 0 < item.balance.minor <= item.original.minor
        withheld = item.contested.minor + (item.deferred.minor if item.deferred is not None else 0)
        assert item.principal.minor >= item.balance.minor - withheld
        assert sum(segment.amount.minor for segment in item.segments) >= item.late_interest.minor


@given(asked)
def test_nobody_who_is_settled_or_insolvent_is_written_to(question: Asked) -> None:
    scenario, case, on = question
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    owed = {
        item.item_id: item.balance.minor - item.contested.minor - (item.deferred.minor if item.deferred else 0)
        for item in decision.claim.items
    }
    for action in decision.actions:
        if action.kind not in {ActionKind.CONTACT, ActionKind.APPROVAL}:
            continue
        overdue = [item for item in action.listed if item in owed]
        assert all(owed[item] > 0 for item in overdue)
        if overdue:
            assert action.principal.minor == sum(owed[item] for item in overdue)
        insolvency = case.debtor.insolvency
        assert insolvency is None or insolvency.opened_on > on or insolvency.closed_on is not None


@given(asked)
def test_facts_dated_later_change_nothing_but_the_next_look(question: Asked) -> None:
    scenario, case, on = question
    known = Case(
        creditor=case.creditor,
        debtor=case.debtor,
        invoices=tuple(one for one in case.invoices if one.issued_on <= on),
        credit_notes=tuple(note for note in case.credit_notes if note.issued_on <= on),
        payments=tuple(payment for payment in case.payments if payment.received_on <= on),
        history=tuple(event for event in case.history if event.effective_on <= on),
        bank_data_through=case.bank_data_through,
    )
    whole = decide(case, on, scenario=scenario, law=FRANCE)
    partial = decide(known, on, scenario=scenario, law=FRANCE)
    assert whole.model_dump(exclude={"next_wakeup"}) == partial.model_dump(exclude={"next_wakeup"})
