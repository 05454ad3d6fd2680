"""Conditions: what each answers at its edge days, and until when; then the algebra of all, any and not.

Each table can be read without knowing Python: the invoice F1 was issued on 31 August 2026 and is due on 30 September, a
Wednesday. A line gives the day asked, yes or no, and the day from which the answer may change with no new fact.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement import FRANCE, Channel, DebtorKind
from recouvrement.domain.vocabulary import PaymentMethod
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.calendar_conditions import DayOfMonth, DaysAfter, DaysBefore, OnWeekday, Weekday, WorkingDay
from recouvrement.scenario.case_conditions import (
    BalanceAtLeast,
    BalanceAtMost,
    ChannelAvailable,
    DaysSinceLastContact,
    DebtorKindIs,
    HasTag,
    LanguageIs,
    OverdueItemsAtLeast,
    SegmentIs,
)
from recouvrement.scenario.conditions import BUILT_IN_CONDITIONS, AllOf, AnyOf, Not, stages_named, walk
from recouvrement.scenario.facts import CaseFacts, ItemFacts, PromiseState
from recouvrement.scenario.item_conditions import ClaimReady, PaymentMethodIs, PromiseIs, StageDone
from recouvrement.scenario.verdict import Verdict, all_of, any_of, negation
from support.strategies import conditions

NEVER = None

CASE = CaseFacts(
    debtor_kind=DebtorKind.BUSINESS,
    tags=frozenset({"vip"}),
    segment="bons",
    language="fr",
    channels=frozenset({Channel.EMAIL, Channel.POST}),
    balance_minor=120_000,
    currency="EUR",
    overdue_items=1,
    next_overdue_on=date(2026, 10, 16),
    last_contact_on=date(2026, 10, 5),
)
ITEM = ItemFacts(
    on=date(2026, 9, 30),
    case=CASE,
    due_on=date(2026, 9, 30),
    issued_on=date(2026, 8, 31),
    stages_done={"relance_1": date(2026, 10, 5), "relance_2": date(2026, 10, 12)},
    notice_delivered_on=date(2026, 11, 2),
    payment_rejected_on=date(2026, 9, 28),
    scenario_started_on=date(2026, 9, 1),
    next_working_day=FRANCE.next_working_day,
    payment_method=PaymentMethod.TRANSFER,
)


def answer(condition: BaseCondition, on: str, **known: object) -> tuple[bool, str | None]:
    """Return yes or no, and the day of the next possible change; ``case_…`` facts are those of the whole case."""
    of_case = {name.removeprefix("case_"): value for name, value in known.items() if name.startswith("case_")}
    of_item: dict[str, Any] = {
        name: value for name, value in known.items() if not name.startswith("case_")
    }  # Any: facts
    case = CaseFacts(**(CASE._asdict() | of_case))
    verdict = condition.verdict(ITEM._replace(on=date.fromisoformat(on), case=case, **of_item))
    return verdict.holds, verdict.until.isoformat() if verdict.until else None


CALENDAR: list[tuple[BaseCondition, str, bool, str | None]] = [
    # three days after the due date: on the third day, and on every later one
    (DaysAfter(anchor="due_on", days=3), "2026-09-30", False, "2026-10-03"),
    (DaysAfter(anchor="due_on", days=3), "2026-10-02", False, "2026-10-03"),
    (DaysAfter(anchor="due_on", days=3), "2026-10-03", True, NEVER),
    (DaysAfter(anchor="due_on", days=3), "2027-10-03", True, NEVER),
    (DaysAfter(anchor="due_on", days=0), "2026-09-30", True, NEVER),
    # every other anchor, on the eve and on the day
    (DaysAfter(anchor="issued_on", days=45), "2026-10-14", False, "2026-10-15"),
    (DaysAfter(anchor="issued_on", days=45), "2026-10-15", True, NEVER),
    (DaysAfter(anchor="previous_stage", days=8), "2026-10-19", False, "2026-10-20"),
    (DaysAfter(anchor="previous_stage", days=8), "2026-10-20", True, NEVER),
    (DaysAfter(anchor="stage:relance_1", days=8), "2026-10-12", False, "2026-10-13"),
    (DaysAfter(anchor="stage:relance_1", days=8), "2026-10-13", True, NEVER),
    (DaysAfter(anchor="notice_delivered_on", days=15), "2026-11-16", False, "2026-11-17"),
    (DaysAfter(anchor="notice_delivered_on", days=15), "2026-11-17", True, NEVER),
    (DaysAfter(anchor="payment_rejected_on", days=2), "2026-09-29", False, "2026-09-30"),
    (DaysAfter(anchor="payment_rejected_on", days=2), "2026-09-30", True, NEVER),
    (DaysAfter(anchor="scenario_started_on", days=30), "2026-09-30", False, "2026-10-01"),
    (DaysAfter(anchor="scenario_started_on", days=30), "2026-10-01", True, NEVER),
    # within five days before the due date: the window opens on the 25th and closes with the due date itself
    (DaysBefore(anchor="due_on", days=5), "2026-09-24", False, "2026-09-25"),
    (DaysBefore(anchor="due_on", days=5), "2026-09-25", True, "2026-10-01"),
    (DaysBefore(anchor="due_on", days=5), "2026-09-30", True, "2026-10-01"),
    (DaysBefore(anchor="due_on", days=5), "2026-10-01", False, NEVER),
    # days worked: 11 November is a holiday, 14 and 15 November a week-end
    (WorkingDay(), "2026-11-10", True, "2026-11-11"),
    (WorkingDay(), "2026-11-11", False, "2026-11-12"),
    (WorkingDay(), "2026-11-13", True, "2026-11-14"),
    (WorkingDay(), "2026-11-14", False, "2026-11-16"),
    # days of the week: 30 September 2026 is a Wednesday
    (OnWeekday(days=(Weekday.TUESDAY, Weekday.WEDNESDAY)), "2026-09-28", False, "2026-09-29"),
    (OnWeekday(days=(Weekday.TUESDAY, Weekday.WEDNESDAY)), "2026-09-29", True, "2026-10-01"),
    (OnWeekday(days=(Weekday.TUESDAY, Weekday.WEDNESDAY)), "2026-09-30", True, "2026-10-01"),
    (OnWeekday(days=(Weekday.TUESDAY, Weekday.WEDNESDAY)), "2026-10-01", False, "2026-10-06"),
    (OnWeekday(days=tuple(Weekday)), "2026-09-30", True, NEVER),
    # days of the month
    (DayOfMonth(from_day=5, through_day=10), "2026-10-04", False, "2026-10-05"),
    (DayOfMonth(from_day=5, through_day=10), "2026-10-05", True, "2026-10-11"),
    (DayOfMonth(from_day=5, through_day=10), "2026-10-10", True, "2026-10-11"),
    (DayOfMonth(from_day=5, through_day=10), "2026-10-11", False, "2026-11-05"),
    # a window that passes the end of the month
    (DayOfMonth(from_day=25, through_day=5), "2026-10-24", False, "2026-10-25"),
    (DayOfMonth(from_day=25, through_day=5), "2026-10-31", True, "2026-11-06"),
    (DayOfMonth(from_day=25, through_day=5), "2026-11-06", False, "2026-11-25"),
    # the 31st is the last day of every month, February included
    (DayOfMonth(from_day=31, through_day=31), "2026-09-30", True, "2026-10-01"),
    (DayOfMonth(from_day=31, through_day=31), "2026-10-30", False, "2026-10-31"),
    (DayOfMonth(from_day=31, through_day=31), "2027-02-28", True, "2027-03-01"),
    (DayOfMonth(from_day=31, through_day=31), "2028-02-28", False, "2028-02-29"),
]

FACTS: list[tuple[BaseCondition, dict[str, object], bool, str | None]] = [
    # balance of the case: 1 200.00 euros; 12.345 dinars have three decimals, 500 yens have none
    (BalanceAtLeast(amount=Decimal("1200.00")), {}, True, NEVER),
    (BalanceAtLeast(amount=Decimal("1200.01")), {}, False, NEVER),
    (BalanceAtMost(amount=Decimal("1200.00")), {}, True, NEVER),
    (BalanceAtMost(amount=Decimal("1199.99")), {}, False, NEVER),
    (BalanceAtLeast(amount=Decimal("12.345")), {"case_currency": "TND", "case_balance_minor": 12_345}, True, NEVER),
    (BalanceAtLeast(amount=Decimal("12.346")), {"case_currency": "TND", "case_balance_minor": 12_345}, False, NEVER),
    (BalanceAtMost(amount=Decimal(500)), {"case_currency": "JPY", "case_balance_minor": 500}, True, NEVER),
    (BalanceAtMost(amount=Decimal(0)), {"case_balance_minor": -10}, True, NEVER),
    # number of overdue items: one today, one more on 16 October
    (OverdueItemsAtLeast(count=1), {}, True, NEVER),
    (OverdueItemsAtLeast(count=2), {}, False, "2026-10-16"),
    (OverdueItemsAtLeast(count=2), {"case_next_overdue_on": None}, False, NEVER),
    # ten days since the last contact, which was on 5 October; none at all is long enough ago
    (DaysSinceLastContact(days=10), {"on": "2026-10-14"}, False, "2026-10-15"),
    (DaysSinceLastContact(days=10), {"on": "2026-10-15"}, True, NEVER),
    (DaysSinceLastContact(days=10), {"case_last_contact_on": None}, True, NEVER),
    # who the debtor is
    (DebtorKindIs(kinds=(DebtorKind.PUBLIC, DebtorKind.BUSINESS)), {}, True, NEVER),
    (DebtorKindIs(kinds=(DebtorKind.CONSUMER,)), {}, False, NEVER),
    (HasTag(tag="vip"), {}, True, NEVER),
    (HasTag(tag="litige"), {}, False, NEVER),
    (SegmentIs(segments=("bons", "moyens")), {}, True, NEVER),
    (SegmentIs(segments=("mauvais",)), {}, False, NEVER),
    (SegmentIs(segments=("bons",)), {"case_segment": None}, False, NEVER),
    (LanguageIs(languages=("fr",)), {}, True, NEVER),
    (LanguageIs(languages=("en", "de")), {}, False, NEVER),
    (ChannelAvailable(channel=Channel.EMAIL), {}, True, NEVER),
    (ChannelAvailable(channel=Channel.PHONE), {}, False, NEVER),
    # how the invoice is to be paid
    (PaymentMethodIs(methods=(PaymentMethod.TRANSFER, PaymentMethod.CARD)), {}, True, NEVER),
    (PaymentMethodIs(methods=(PaymentMethod.DIRECT_DEBIT,)), {}, False, NEVER),
    (PaymentMethodIs(methods=(PaymentMethod.TRANSFER,)), {"payment_method": None}, False, NEVER),
    # stages carried out for it
    (StageDone(stage="relance_2"), {}, True, NEVER),
    (StageDone(stage="mise_en_demeure"), {}, False, NEVER),
    # promise to pay: pending until it is judged, then kept or broken
    (PromiseIs(state=PromiseState.PENDING), {}, False, NEVER),
    (
        PromiseIs(state=PromiseState.PENDING),
        {"promise": PromiseState.PENDING, "promise_judged_on": date(2026, 10, 10)},
        True,
        "2026-10-10",
    ),
    (
        PromiseIs(state=PromiseState.BROKEN),
        {"promise": PromiseState.PENDING, "promise_judged_on": date(2026, 10, 10)},
        False,
        "2026-10-10",
    ),
    (PromiseIs(state=PromiseState.BROKEN), {"promise": PromiseState.BROKEN}, True, NEVER),
    (PromiseIs(state=PromiseState.KEPT), {"promise": PromiseState.BROKEN}, False, NEVER),
    # the claim gate
    (ClaimReady(), {}, True, NEVER),
    (ClaimReady(), {"ready_on": date(2029, 1, 1)}, True, "2029-01-01"),
    (ClaimReady(), {"lacks": ("certain",)}, False, NEVER),
    (ClaimReady(), {"lacks": ("due",), "ready_on": date(2026, 10, 1)}, False, "2026-10-01"),
]


def told(value: object) -> str:
    return str(value) if isinstance(value, BaseCondition | str) else ""


@pytest.mark.parametrize(("condition", "on", "holds", "until"), CALENDAR, ids=told)
def test_a_condition_on_days_answers_at_its_edges(
    condition: BaseCondition,
    on: str,
    holds: bool,  # noqa: FBT001  # a column of the table
    until: str | None,
) -> None:
    assert answer(condition, on) == (holds, until)


@pytest.mark.parametrize(("condition", "known", "holds", "until"), FACTS, ids=told)
def test_a_condition_on_facts_answers_at_its_edges(
    condition: BaseCondition,
    known: dict[str, object],
    holds: bool,  # noqa: FBT001  # a column of the table
    until: str | None,
) -> None:
    on = str(known.get("on", "2026-10-01"))
    others = {name: value for name, value in known.items() if name != "on"}
    assert answer(condition, on, **others) == (holds, until)


def test_every_condition_is_in_a_table() -> None:
    shown = {type(condition) for condition, *_ in (*CALENDAR, *FACTS)}
    assert shown | {AllOf, AnyOf, Not} == set(BUILT_IN_CONDITIONS)


@pytest.mark.parametrize(
    ("anchor", "missing"),
    [
        ("due_on", {"due_on": None}),
        ("issued_on", {"issued_on": None}),
        ("previous_stage", {"stages_done": {}}),
        ("stage:appel", {}),
        ("notice_delivered_on", {"notice_delivered_on": None}),
        ("payment_rejected_on", {"payment_rejected_on": None}),
        ("scenario_started_on", {"scenario_started_on": None}),
    ],
)
def test_an_anchor_that_has_not_happened_waits_for_a_new_fact(anchor: str, missing: dict[str, object]) -> None:
    assert answer(DaysAfter(anchor=anchor, days=0), "2030-01-01", **missing) == (False, NEVER)
    assert answer(DaysBefore(anchor=anchor, days=9), "2020-01-01", **missing) == (False, NEVER)


def test_the_previous_stage_is_the_last_one_carried_out() -> None:
    assert answer(DaysAfter(anchor="previous_stage", days=0), "2026-10-11") == (False, "2026-10-12")


@pytest.mark.parametrize("anchor", ["due_on + 3", "dueon", "stage:", "Stage:x", ""])
def test_an_anchor_is_one_of_the_named_dates(anchor: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        DaysAfter(anchor=anchor, days=1)


@pytest.mark.parametrize(("from_day", "through_day"), [(1, 31), (6, 5), (31, 30), (0, 5), (5, 32)])
def test_a_window_of_the_month_is_a_window(from_day: int, through_day: int) -> None:
    with pytest.raises(ValueError, match=r"whole month|greater than|less than"):
        DayOfMonth(from_day=from_day, through_day=through_day)


def test_equal_amounts_are_written_one_way_only() -> None:
    assert BalanceAtLeast(amount=Decimal("150.00")) == BalanceAtLeast(amount=Decimal(150))
    assert BalanceAtLeast(amount=Decimal("1E+3")).model_dump_json() == '{"type":"balance_at_least","amount":"1000"}'
    with pytest.raises(ValueError, match="is a float"):
        BalanceAtLeast.model_validate({"amount": 100.5})


def test_only_conditions_on_the_case_may_choose_a_segment() -> None:
    of_items = {kind for kind in BUILT_IN_CONDITIONS if not kind.sees_case_only} - {AllOf, AnyOf, Not}
    assert of_items == {DaysAfter, DaysBefore, StageDone, PaymentMethodIs, PromiseIs, ClaimReady}
    whole = ItemFacts.of_case(date(2026, 9, 30), CASE, FRANCE.next_working_day)
    for condition, *_ in (*CALENDAR, *FACTS):
        if condition.sees_case_only:
            condition.verdict(whole)


# the algebra

SOON, LATE = DaysAfter(anchor="due_on", days=3), DaysAfter(anchor="due_on", days=10)
WINDOW, ALWAYS = DaysBefore(anchor="due_on", days=5), DaysAfter(anchor="issued_on", days=1)
WITHOUT_FACT = StageDone(stage="appel")


@pytest.mark.parametrize(
    ("condition", "on", "expected"),
    [
        (AllOf(of=(SOON, LATE)), "2026-10-01", (False, "2026-10-10")),  # false as long as its latest false part
        (AllOf(of=(SOON, LATE)), "2026-10-05", (False, "2026-10-10")),
        (AllOf(of=(SOON, WITHOUT_FACT)), "2026-10-01", (False, NEVER)),
        (AllOf(of=(WINDOW, ALWAYS)), "2026-09-30", (True, "2026-10-01")),  # true until its first part may end
        (AllOf(of=(SOON,)), "2026-10-01", (False, "2026-10-03")),
        (AnyOf(of=(SOON, LATE)), "2026-10-01", (False, "2026-10-03")),  # the mirror
        (AnyOf(of=(SOON, WITHOUT_FACT)), "2026-10-01", (False, "2026-10-03")),
        (AnyOf(of=(WINDOW, ALWAYS)), "2026-09-30", (True, NEVER)),
        (AnyOf(of=(WINDOW, WITHOUT_FACT)), "2026-09-30", (True, "2026-10-01")),
        (Not(of=WINDOW), "2026-09-30", (False, "2026-10-01")),
        (Not(of=SOON), "2026-10-02", (True, "2026-10-03")),
        (Not(of=WITHOUT_FACT), "2026-10-02", (True, NEVER)),
    ],
)
def test_parts_are_put_together_by_the_algebra(
    condition: BaseCondition, on: str, expected: tuple[bool, str | None]
) -> None:
    assert answer(condition, on) == expected


def test_the_stages_a_condition_names_are_found_at_any_depth() -> None:
    deep = AllOf(
        of=(Not(of=StageDone(stage="appel")), AnyOf(of=(DaysAfter(anchor="stage:lettre", days=1), WorkingDay())))
    )
    assert stages_named(deep) == {"appel", "lettre"}
    assert [type(part).__name__ for part in walk(deep)] == [
        "AllOf",
        "Not",
        "StageDone",
        "AnyOf",
        "DaysAfter",
        "WorkingDay",
    ]


DAYS = st.integers(1, 60).map(lambda days: date(2026, 9, 30) + timedelta(days=days))
VERDICTS = st.tuples(st.booleans(), st.one_of(st.none(), DAYS)).map(lambda drawn: Verdict(*drawn, code="x"))
SEVERAL = st.lists(VERDICTS, min_size=1, max_size=4)


def outcome(verdict: Verdict) -> tuple[bool, date | None]:
    return verdict.holds, verdict.until


@given(SEVERAL)
def test_any_is_the_mirror_of_all(verdicts: Sequence[Verdict]) -> None:
    mirrored = negation(all_of([negation(one) for one in verdicts]))
    assert outcome(any_of(verdicts)) == outcome(mirrored)


@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(verdicts: Sequence[Verdict], order: Any) -> None:  # noqa: ANN401  # Any: hypothesis' own
    mixed = list(verdicts)
    order.shuffle(mixed)
    assert outcome(all_of(mixed)) == outcome(all_of(verdicts))
    assert outcome(any_of(mixed)) == outcome(any_of(verdicts))


@given(VERDICTS, SEVERAL)
def test_one_part_alone_is_itself_and_a_part_twice_counts_once(one: Verdict, others: Sequence[Verdict]) -> None:
    for together in (all_of, any_of):
        assert outcome(together([one])) == outcome(one)
        assert outcome(together([*others, *others])) == outcome(together(others))
    assert outcome(negation(negation(one))) == outcome(one)


@given(SEVERAL, SEVERAL)
def test_nesting_changes_nothing(some: Sequence[Verdict], others: Sequence[Verdict]) -> None:
    for together in (all_of, any_of):
        nested = together([together(some), together(others)])
        flat = together([*some, *others])
        assert nested.holds == flat.holds
        # Nested parts may be relied on no longer than the flat ones, and never past them.
        assert (nested.until or date.max) <= (flat.until or date.max)


@given(SEVERAL)
def test_a_reason_has_the_parts_that_decided(verdicts: Sequence[Verdict]) -> None:
    whole = all_of(verdicts)
    assert len(whole.reason.parts) == len([one for one in verdicts if one.holds == whole.holds])


@given(conditions(("relance_1", "appel")), st.integers(-70, 90), st.booleans())
def test_a_verdict_does_not_change_before_its_until(condition: BaseCondition, offset: int, done: bool) -> None:  # noqa: FBT001  # drawn
    on = date(2026, 9, 30) + timedelta(days=offset)
    seen = ITEM._replace(on=on, stages_done={"relance_1": date(2026, 7, 1)} if done else {})
    verdict = condition.verdict(seen)
    end = verdict.until or on + timedelta(days=200)
    assert end > on
    for day in range(1, (end - on).days):
        assert condition.verdict(seen._replace(on=on + timedelta(days=day))).holds == verdict.holds
