"""Conditions and their verdicts: what holds, until when, and the algebra of all, any and not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement import FRANCE
from recouvrement.scenario.conditions import (
    AllOf,
    AnyOf,
    BalanceAtLeast,
    Condition,
    DaysAfter,
    DaysBefore,
    ItemFacts,
    Not,
    StageDone,
    WorkingDay,
    stages_named,
)

DUE = date(2026, 9, 30)


def facts(on: date, *, done: dict[str, date] | None = None, balance: int = 120_000) -> ItemFacts:
    return ItemFacts(
        on=on,
        due_on=DUE,
        issued_on=date(2026, 8, 31),
        balance_minor=balance,
        currency="EUR",
        stages_done=done or {},
        notice_delivered_on=None,
        payment_rejected_on=None,
        scenario_started_on=None,
        next_working_day=FRANCE.next_working_day,
    )


def answer(condition: Condition, on: date, **known: dict[str, date]) -> tuple[bool, date | None]:
    verdict = condition.verdict(facts(on, **known))  # type: ignore[arg-type]  # a test passes one known keyword
    return verdict.holds, verdict.until


def test_days_after_holds_from_its_day_on_and_never_only_on_it() -> None:
    condition = DaysAfter(anchor="due_on", days=3)
    assert answer(condition, date(2026, 10, 2)) == (False, date(2026, 10, 3))
    assert answer(condition, date(2026, 10, 3)) == (True, None)
    assert answer(condition, date(2027, 10, 3)) == (True, None)


def test_days_before_is_a_window_that_closes_after_the_anchor() -> None:
    condition = DaysBefore(anchor="due_on", days=5)
    assert answer(condition, date(2026, 9, 24)) == (False, date(2026, 9, 25))
    assert answer(condition, date(2026, 9, 25)) == (True, date(2026, 10, 1))
    assert answer(condition, DUE) == (True, date(2026, 10, 1))
    assert answer(condition, date(2026, 10, 1)) == (False, None)


def test_an_anchor_that_has_not_happened_waits_for_a_new_fact() -> None:
    for anchor in ("previous_stage", "stage:appel", "notice_delivered_on", "payment_rejected_on"):
        assert answer(DaysAfter(anchor=anchor, days=3), DUE) == (False, None)


def test_a_stage_is_an_anchor_by_its_name() -> None:
    done = {"relance_1": date(2026, 10, 5), "relance_2": date(2026, 10, 12)}
    assert answer(DaysAfter(anchor="stage:relance_1", days=7), date(2026, 10, 12), done=done) == (True, None)
    assert answer(DaysAfter(anchor="previous_stage", days=7), date(2026, 10, 12), done=done)[0] is False
    assert answer(StageDone(stage="relance_2"), DUE, done=done) == (True, None)


def test_a_working_day_is_asked_of_the_law() -> None:
    assert answer(WorkingDay(), date(2026, 11, 10)) == (True, date(2026, 11, 11))
    assert answer(WorkingDay(), date(2026, 11, 11)) == (False, date(2026, 11, 12))


def test_a_threshold_counts_in_the_currency_of_the_case() -> None:
    assert BalanceAtLeast(amount=Decimal("1200.00")).verdict(facts(DUE)).holds
    assert not BalanceAtLeast(amount=Decimal("1200.01")).verdict(facts(DUE)).holds


def test_all_false_lasts_as_long_as_its_latest_false_part_and_any_is_the_mirror() -> None:
    soon, late = DaysAfter(anchor="due_on", days=3), DaysAfter(anchor="due_on", days=10)
    never = StageDone(stage="appel")
    on = date(2026, 10, 1)
    assert answer(AllOf(of=(soon, late)), on) == (False, date(2026, 10, 10))
    assert answer(AllOf(of=(soon, never)), on) == (False, None)
    assert answer(AnyOf(of=(soon, late)), on) == (False, date(2026, 10, 3))
    window = DaysBefore(anchor="due_on", days=5)
    assert answer(AllOf(of=(window, DaysAfter(anchor="issued_on", days=1))), DUE) == (True, date(2026, 10, 1))
    assert answer(AnyOf(of=(window, DaysAfter(anchor="issued_on", days=1))), DUE) == (True, None)
    assert answer(Not(of=window), DUE) == (False, date(2026, 10, 1))


@pytest.mark.parametrize("anchor", ["due_on + 3", "dueon", "stage:", "Stage:x", ""])
def test_an_anchor_is_one_of_the_named_dates(anchor: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        DaysAfter(anchor=anchor, days=1)


def test_the_stages_a_condition_names_are_found_at_any_depth() -> None:
    deep = AllOf(
        of=(Not(of=StageDone(stage="appel")), AnyOf(of=(DaysAfter(anchor="stage:lettre", days=1), WorkingDay())))
    )
    assert stages_named(deep) == {"appel", "lettre"}


anchors = st.sampled_from(("due_on", "issued_on", "previous_stage", "stage:relance_1", "notice_delivered_on"))
simple = st.one_of(
    st.builds(DaysAfter, anchor=anchors, days=st.integers(0, 60)),
    st.builds(DaysBefore, anchor=anchors, days=st.integers(1, 60)),
    st.builds(WorkingDay),
    st.builds(StageDone, stage=st.sampled_from(("relance_1", "appel"))),
    st.builds(BalanceAtLeast, amount=st.sampled_from((Decimal(100), Decimal(5000)))),
)
conditions = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(AllOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, of=inner),
    ),
    max_leaves=6,
)


@given(conditions, st.integers(-70, 90), st.booleans())
def test_a_verdict_does_not_change_before_its_until(condition: Condition, offset: int, done: bool) -> None:  # noqa: FBT001  # drawn
    on = DUE + timedelta(days=offset)
    past = {"relance_1": date(2026, 7, 1)} if done else {}
    verdict = condition.verdict(facts(on, done=past))
    end = verdict.until or on + timedelta(days=200)
    assert end > on
    for day in range(1, (end - on).days):
        assert condition.verdict(facts(on + timedelta(days=day), done=past)).holds == verdict.holds
