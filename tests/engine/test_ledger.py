"""The ledger: money that names no debt, and what the settlement of many debts may not change."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    Allocation,
    Case,
    Creditor,
    Debtor,
    DebtorKind,
    Invoice,
    Money,
    Payment,
    StopKind,
    StopPlaced,
)
from recouvrement.engine.history import history_on
from recouvrement.engine.ledger import PaidPart, ledger_on
from recouvrement.engine.named import Named

ON = date(2026, 11, 23)
DEBTOR = Debtor(id="fournil", name="Boulangerie Le Fournil", kind=DebtorKind.BUSINESS)


def case(due: list[tuple[int, int]], paid: list[tuple[int, int]], disputed: list[tuple[int, int]]) -> Case:
    """Return a case: days before ``ON`` and cents, for debts and for payments; days and place of disputed debts."""
    return Case(
        creditor=Creditor(id="moulin", name="Moulin des Écluses"),
        debtor=DEBTOR,
        invoices=tuple(
            Invoice.single(
                f"F{place}",
                issued_on=ON - timedelta(days=days + 30),
                due_on=ON - timedelta(days=days),
                total=Money.from_minor(minor, "EUR"),
            )
            for place, (days, minor) in enumerate(due)
        ),
        payments=tuple(
            Payment(id=f"P{place}", received_on=ON - timedelta(days=days), amount=Money.from_minor(minor, "EUR"))
            for place, (days, minor) in enumerate(paid)
        ),
        history=tuple(
            StopPlaced(
                id=f"e{place}",
                effective_on=ON - timedelta(days=days),
                stop_id=f"s{place}",
                stop=StopKind.DISPUTE,
                item_ids=(f"F{which % len(due)}",),
            )
            for place, (days, which) in enumerate(disputed)
        ),
    )


def one_by_one(whole: Case) -> dict[str, int]:
    """Return what is left of each debt, every payment looking at every debt; none is old enough to be barred."""
    left = {invoice.number: invoice.total.minor for invoice in whole.invoices}
    due = {invoice.number: invoice.instalments[0].due_on or ON for invoice in whole.invoices}
    disputed = {
        name: min(e.effective_on for e in whole.history if isinstance(e, StopPlaced) and name in e.item_ids)
        for event in whole.history
        if isinstance(event, StopPlaced)
        for name in event.item_ids
    }
    for payment in sorted(whole.payments, key=lambda one: (one.received_on, one.amount.minor)):
        money, on = payment.amount.minor, payment.received_on

        def turn(name: str, on: date = on) -> tuple[bool, date, str]:
            return (disputed.get(name, date.max) <= on, due[name], name)

        for name in sorted((name for name in left if left[name]), key=turn):
            used = min(money, left[name])
            left[name] -= used
            money -= used
    return {name: minor for name, minor in left.items() if minor}


days = st.integers(0, 400)
cents = st.integers(1, 5_000)


@given(
    st.lists(st.tuples(days, cents), min_size=1, max_size=8),
    st.lists(st.tuples(days, cents, st.none() | st.integers(0, 7)), max_size=8),
    st.lists(st.tuples(days, st.integers(0, 7)), max_size=4),
)
def test_what_each_payment_settled_comes_to_what_is_paid_of_each_item(
    due: list[tuple[int, int]], paid: list[tuple[int, int, int | None]], disputed: list[tuple[int, int]]
) -> None:
    made = case(due, [(day, minor) for day, minor, _ in paid], disputed)
    payments = tuple(
        payment
        if place is None or place >= len(due)
        else payment.model_copy(update={"allocations": (Allocation(item_id=f"F{place}", amount=payment.amount),)})
        for payment, (_, _, place) in zip(made.payments, paid, strict=True)
    )
    made = Case.model_validate(dict(made) | {"payments": payments})
    told: list[PaidPart] = []
    history = history_on(made, ON)
    found = ledger_on(made, ON, law=FRANCE, history=history, told=told)
    assert found == ledger_on(made, ON, law=FRANCE, history=history)
    for position in (*found.positions, *found.settled):
        assert sum(part.minor for part in told if part.item_id == position.item.id) == position.paid_minor
    for payment in payments:
        parts = [part for part in told if part.payment_id == payment.id]
        assert 0 <= sum(part.minor for part in parts) <= payment.amount.minor
        assert all(part.minor > 0 for part in parts)
        assert {part.item_id for part in parts if part.is_named} <= {part.item_id for part in payment.allocations}
    assert found.unused_minor == sum(one.amount.minor for one in payments) - sum(part.minor for part in told)


@given(
    st.lists(st.tuples(days, cents), min_size=1, max_size=8),
    st.lists(st.tuples(days, cents), max_size=8),
    st.lists(st.tuples(days, st.integers(0, 7)), max_size=4),
)
def test_money_that_names_no_debt_goes_where_each_payment_alone_would_send_it(
    due: list[tuple[int, int]], paid: list[tuple[int, int]], disputed: list[tuple[int, int]]
) -> None:
    whole = case(due, paid, disputed)
    ledger = ledger_on(whole, ON, law=FRANCE, history=history_on(whole, ON))
    assert {one.item.id: one.balance_minor for one in ledger.positions} == one_by_one(whole)
    spent = sum(minor for _, minor in paid) - ledger.unused_minor
    assert spent == sum(minor for _, minor in due) - sum(one.balance_minor for one in ledger.positions)


def test_a_disputed_debt_is_paid_last_once_it_is_disputed() -> None:
    """F0 is the oldest, disputed 50 days ago: the payment of 60 days ago goes to it, that of 40 days ago to F1."""
    whole = case([(90, 1_000), (80, 1_000)], [(60, 300), (40, 300)], [(50, 0)])
    ledger = ledger_on(whole, ON, law=FRANCE, history=history_on(whole, ON))
    assert {one.item.id: one.balance_minor for one in ledger.positions} == {"F0": 700, "F1": 700}


def test_a_barred_debt_is_paid_last() -> None:
    """F0 was due 2 000 days ago, more than five years; it is paid once nothing is left of F1."""
    whole = case([(2_000, 1_000), (80, 1_000)], [(40, 1_200)], [])
    ledger = ledger_on(whole, ON, law=FRANCE, history=history_on(whole, ON))
    assert {one.item.id: one.balance_minor for one in ledger.positions} == {"F0": 800}


def test_things_are_found_by_the_items_or_invoices_they_name_in_order() -> None:
    whole = case([(90, 1_000), (80, 1_000)], [], [])
    first, second = ledger_on(whole, ON, law=FRANCE, history=history_on(whole, ON)).positions
    named = Named([(("F1",), "b"), ((), "all"), (("F0", "F1"), "c"), (("F0", "F0"), "d")])
    assert named.of(first) == ["all", "c", "d"]
    assert named.of(second) == ["b", "all", "c"]
