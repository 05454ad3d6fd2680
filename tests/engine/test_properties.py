"""Properties every scenario must keep, checked on random cases."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    ActionKind,
    Allocation,
    Case,
    CreditNote,
    Debtor,
    DebtorKind,
    HoldKind,
    Insolvency,
    InsolvencyKind,
    Instalment,
    Invoice,
    Money,
    Payment,
    ProofKind,
    ProofSupplied,
    Scenario,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
    decide,
)
from recouvrement.domain.events import HistoryEvent, NoticeDelivered
from support.cases import ADDRESS, CONTACT, CREDITOR
from support.diary import pages, recorded

START = date(2026, 3, 2)
SPAN = 220
BUILT_IN = ("standard_b2b", "consommateur", "secteur_public")

days = st.integers(0, SPAN).map(lambda offset: START + timedelta(days=offset))
cents = st.integers(1, 500_000)


@st.composite
def invoices(draw: st.DrawFn, number: int) -> Invoice:
    due_on = START + timedelta(days=draw(st.integers(-60, 120)))
    parts = [
        Instalment(amount=Money.from_minor(draw(cents), "EUR"), due_on=due_on + timedelta(days=30 * index))
        for index in range(draw(st.sampled_from((1, 1, 1, 2))))
    ]
    total = Money.from_minor(sum(part.amount.minor for part in parts), "EUR")
    return Invoice(
        number=f"F{number}",
        issued_on=due_on - timedelta(days=30),
        total=total,
        instalments=tuple(parts),
        order_reference=draw(st.sampled_from(("BC-1", None))),
    )


@st.composite
def events(draw: st.DrawFn, index: int, numbers: list[str]) -> HistoryEvent:
    on = draw(days)
    items = tuple(draw(st.lists(st.sampled_from(numbers), max_size=2, unique=True)))
    match draw(st.sampled_from(("stop", "stop", "partial", "lift", "notice", "proof"))):
        case "stop":
            until = draw(st.one_of(st.none(), st.integers(1, 40).map(lambda length: on + timedelta(days=length))))
            kind = draw(st.sampled_from(StopKind))
            return StopPlaced(
                id=f"e{index}", effective_on=on, stop_id=f"s{index}", stop=kind, item_ids=items, until=until
            )
        case "partial":
            amount = Money.from_minor(draw(cents), "EUR")
            return StopPlaced(
                id=f"e{index}",
                effective_on=on,
                stop_id=f"s{index}",
                stop=StopKind.DISPUTE,
                item_ids=items[:1] or (numbers[0],),
                amount=amount,
            )
        case "lift":
            return StopLifted(id=f"e{index}", effective_on=on, stop_id=f"s{draw(st.integers(0, 3))}")
        case "notice":
            return NoticeDelivered(id=f"e{index}", effective_on=on, item_ids=items or (numbers[0],))
        case _:
            return ProofSupplied(
                id=f"e{index}", effective_on=on, item_ids=items, proof=ProofKind.ORDER, reference="BC-7"
            )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    kind = draw(st.sampled_from(DebtorKind))
    count = draw(st.integers(1, 4))
    issued = [draw(invoices(number)) for number in range(count)]
    numbers = [one.number for one in issued]
    payments = []
    for index in range(draw(st.integers(0, 3))):
        amount = Money.from_minor(draw(cents), "EUR")
        target = draw(st.sampled_from((None, *numbers)))
        allocations = (Allocation(item_id=target, amount=amount),) if target is not None else ()
        payments.append(Payment(id=f"P{index}", received_on=draw(days), amount=amount, allocations=allocations))
    notes = [
        CreditNote(
            number=f"A{index}",
            issued_on=draw(days),
            amount=Money.from_minor(draw(cents), "EUR"),
            invoice_number=draw(st.sampled_from((None, *numbers))),
        )
        for index in range(draw(st.integers(0, 1)))
    ]
    opened_on = draw(days)
    insolvency = (
        Insolvency(kind=InsolvencyKind.REDRESSEMENT_JUDICIAIRE, opened_on=opened_on, published_on=opened_on)
        if draw(st.integers(0, 9)) == 0
        else None
    )
    return Case(
        creditor=CREDITOR,
        debtor=Debtor(
            id="fournil",
            name="Boulangerie Le Fournil",
            kind=kind,
            contacts=draw(st.sampled_from(((CONTACT,), ()))),
            address=draw(st.sampled_from((ADDRESS, ADDRESS, None))),
            insolvency=insolvency,
        ),
        invoices=tuple(issued),
        credit_notes=tuple(notes),
        payments=tuple(payments),
        history=tuple(draw(events(index, numbers)) for index in range(draw(st.integers(0, 4)))),
    )


scenarios = st.sampled_from(BUILT_IN).map(builtin)
approvals = st.booleans()


@given(cases(), days, scenarios)
def test_the_same_question_has_the_same_answer(case: Case, on: date, scenario: Scenario) -> None:
    first = decide(case, on, scenario=scenario, law=FRANCE)
    again = decide(Case.model_validate_json(case.model_dump_json()), on, scenario=scenario, law=FRANCE)
    assert first.model_dump_json() == again.model_dump_json()


@given(cases(), days, scenarios, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_is_nothing(case: Case, on: date, scenario: Scenario, random: object) -> None:
    def shuffled(parts: tuple[object, ...]) -> tuple[object, ...]:
        mixed = list(parts)
        random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
        return tuple(mixed)

    mixed = Case(
        creditor=case.creditor,
        debtor=case.debtor,
        invoices=shuffled(case.invoices),
        credit_notes=shuffled(case.credit_notes),
        payments=shuffled(case.payments),
        history=shuffled(case.history),
    )
    assert decide(mixed, on, scenario=scenario, law=FRANCE) == decide(case, on, scenario=scenario, law=FRANCE)


@given(cases(), days, scenarios, approvals)
def test_a_date_whose_actions_are_recorded_is_silent(case: Case, on: date, scenario: Scenario, approve: bool) -> None:  # noqa: FBT001  # drawn
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    after = decide(recorded(case, decision, approve=False), on, scenario=scenario, law=FRANCE)
    assert after.actions == ()
    if approve:
        sent = decide(recorded(case, decision, approve=True), on, scenario=scenario, law=FRANCE)
        approved = {action.id for action in decision.actions if action.kind is ActionKind.APPROVAL}
        assert {action.id for action in sent.actions} <= approved


@settings(max_examples=60)
@given(cases(), scenarios, approvals)
def test_nothing_happens_before_the_next_wakeup(case: Case, scenario: Scenario, approve: bool) -> None:  # noqa: FBT001  # drawn
    """Silence: between two looks no day has an action of its own."""
    looks = list(pages(case, START, START + timedelta(days=SPAN), scenario, approve=approve))
    for page in looks:
        if page.decision.actions:
            continue
        end = page.decision.next_wakeup or page.on + timedelta(days=90)
        for offset in range(1, min((end - page.on).days, 90)):
            between = decide(page.case, page.on + timedelta(days=offset), scenario=scenario, law=FRANCE)
            assert between.actions == (), (page.on, page.on + timedelta(days=offset))
    dates = [page.on for page in looks]
    assert all(earlier <= later for earlier, later in pairwise(dates))


@settings(max_examples=60)
@given(cases(), scenarios, approvals)
def test_a_diary_keeps_the_rules_of_contact(case: Case, scenario: Scenario, approve: bool) -> None:  # noqa: FBT001  # drawn
    contacts: list[date] = []
    identifiers: list[str] = []
    for page in pages(case, START, START + timedelta(days=SPAN), scenario, approve=approve):
        sent = [action for action in page.decision.actions if action.kind is ActionKind.CONTACT]
        assert len(sent) <= 1
        balances = {item.item_id: item for item in page.decision.claim.items}
        held = {hold.item_id for hold in page.decision.holds}
        for action in sent:
            assert FRANCE.is_working_day(page.on)
            assert page.case.debtor.insolvency is None or page.case.debtor.insolvency.opened_on > page.on
            assert not held.intersection(action.listed)
            if action.stage != "avis_avant_echeance":
                demanded = [balances[item].balance.minor - balances[item].contested.minor for item in action.listed]
                assert min(demanded) > 0
                assert sum(demanded) == action.principal.minor
            contacts.append(page.on)
        identifiers += [action.id for action in page.decision.actions if action.kind is not ActionKind.APPROVAL]
    assert all((later - earlier).days >= scenario.min_interval_days for earlier, later in pairwise(contacts))
    assert len(set(identifiers)) == len(identifiers)


@given(cases(), days, scenarios)
def test_sums_are_exact_and_the_indemnity_is_due_once(case: Case, on: date, scenario: Scenario) -> None:
    claim = decide(case, on, scenario=scenario, law=FRANCE).claim
    assert claim.principal.minor == sum(item.principal.minor for item in claim.items)
    assert claim.total == claim.principal + claim.late_interest + claim.indemnities
    for number in {item.invoice_number for item in claim.items}:
        charged = sum(item.indemnity.minor for item in claim.items if item.invoice_number == number)
        assert charged in ((0, 4000) if case.debtor.kind in {DebtorKind.BUSINESS, DebtorKind.PUBLIC} else (0,))
    for item in claim.items:
        assert item.balance.minor == item.original.minor - item.credited.minor - item.paid.minor
        assert 0 < item.balance.minor <= item.original.minor
        assert item.principal.minor >= item.balance.minor - item.contested.minor


@given(cases(), days, scenarios)
def test_facts_dated_later_change_nothing(case: Case, on: date, scenario: Scenario) -> None:
    def past(day: date) -> bool:
        return day <= on

    known = Case(
        creditor=case.creditor,
        debtor=case.debtor,
        invoices=tuple(one for one in case.invoices if past(one.issued_on)),
        credit_notes=tuple(note for note in case.credit_notes if past(note.issued_on)),
        payments=tuple(payment for payment in case.payments if past(payment.received_on)),
        history=tuple(event for event in case.history if past(event.effective_on)),
    )
    whole = decide(case, on, scenario=scenario, law=FRANCE)
    partial = decide(known, on, scenario=scenario, law=FRANCE)
    assert whole.model_dump(exclude={"next_wakeup"}) == partial.model_dump(exclude={"next_wakeup"})


@given(cases(), days, scenarios)
def test_every_open_item_is_either_acted_on_or_held_with_a_reason(case: Case, on: date, scenario: Scenario) -> None:
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    contacts = [action for action in decision.actions if action.kind is not ActionKind.ALERT]
    spoken_of = {item for action in contacts for item in action.listed} | {hold.item_id for hold in decision.holds}
    assert {item.item_id for item in decision.claim.items} <= spoken_of
    waiting = [hold for hold in decision.holds if hold.kind in {HoldKind.WAITING, HoldKind.LED, HoldKind.CLAIM_GATE}]
    assert all(hold.reasons for hold in waiting)
