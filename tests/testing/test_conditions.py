"""The check that third parties get: every condition of our own passes it, and a fault of each kind fails it."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import ClassVar, Literal

import pytest
from hypothesis import strategies as st
from pydantic import field_validator

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import Channel, PaymentMethod
from recouvrement.scenario.base import BaseCondition, CustomCondition
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
from recouvrement.scenario.conditions import BUILT_IN_CONDITIONS, AllOf, AnyOf, Not
from recouvrement.scenario.facts import CaseFacts, ItemFacts, PromiseState
from recouvrement.scenario.item_conditions import ClaimReady, PaymentMethodIs, PromiseIs, StageDone
from recouvrement.scenario.verdict import Verdict
from recouvrement.testing import BrokenRule, check_condition

ANCHORS = st.sampled_from(
    (
        "due_on",
        "issued_on",
        "previous_stage",
        "notice_delivered_on",
        "payment_rejected_on",
        "scenario_started_on",
        "stage:relance_1",
        "stage:appel",
    )
)
AMOUNTS = st.sampled_from((Decimal(0), Decimal("100.00"), Decimal("1000.5"), Decimal("12.345")))


def some(*members: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(members), min_size=1, max_size=3, unique=True).map(tuple)


SIMPLE: dict[type[BaseCondition], st.SearchStrategy[BaseCondition]] = {
    DaysAfter: st.builds(DaysAfter, anchor=ANCHORS, days=st.integers(0, 400)),
    DaysBefore: st.builds(DaysBefore, anchor=ANCHORS, days=st.integers(1, 366)),
    WorkingDay: st.builds(WorkingDay),
    OnWeekday: st.builds(OnWeekday, days=some(*Weekday)),
    DayOfMonth: st.sampled_from([(2, 5), (28, 31), (25, 5), (31, 31), (30, 1), (10, 10)]).map(
        lambda days: DayOfMonth(from_day=days[0], through_day=days[1])
    ),
    BalanceAtLeast: st.builds(BalanceAtLeast, amount=AMOUNTS),
    BalanceAtMost: st.builds(BalanceAtMost, amount=AMOUNTS),
    OverdueItemsAtLeast: st.builds(OverdueItemsAtLeast, count=st.integers(1, 12)),
    DaysSinceLastContact: st.builds(DaysSinceLastContact, days=st.integers(0, 60)),
    DebtorKindIs: st.builds(DebtorKindIs, kinds=some(*DebtorKind)),
    HasTag: st.builds(HasTag, tag=st.sampled_from(("vip", "grand compte", 'a "b" \\c', "été"))),
    SegmentIs: st.builds(SegmentIs, segments=some("bons", "mauvais")),
    PaymentMethodIs: st.builds(PaymentMethodIs, methods=some(*PaymentMethod)),
    LanguageIs: st.builds(LanguageIs, languages=some("fr", "en")),
    ChannelAvailable: st.builds(ChannelAvailable, channel=st.sampled_from(Channel)),
    StageDone: st.builds(StageDone, stage=st.sampled_from(("relance_1", "appel"))),
    PromiseIs: st.builds(PromiseIs, state=st.sampled_from(PromiseState)),
    ClaimReady: st.builds(ClaimReady),
}

TREES: st.SearchStrategy[BaseCondition] = st.recursive(
    st.one_of(*SIMPLE.values()),
    lambda inner: st.one_of(
        st.builds(AllOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, of=inner),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("kind", SIMPLE, ids=lambda kind: kind.__name__)
def test_a_condition_of_our_own_keeps_every_rule(kind: type[BaseCondition]) -> None:
    check_condition(SIMPLE[kind], max_examples=40)


def test_trees_of_conditions_keep_every_rule() -> None:
    check_condition(TREES, max_examples=150)


def test_every_built_in_condition_is_checked() -> None:
    assert {*SIMPLE, AllOf, AnyOf, Not} == set(BUILT_IN_CONDITIONS)


class Even(CustomCondition):
    """Holds on even days of the month: right."""

    type: Literal["acme.even"] = "acme.even"
    limit: int | None = None

    def verdict(self, facts: ItemFacts) -> Verdict:
        holds = facts.on.day % 2 == 0
        tomorrow = facts.on + timedelta(days=1)
        # The 31st is followed by the 1st, both odd.
        until = tomorrow if (tomorrow.day % 2 == 0) is not holds else tomorrow + timedelta(days=1)
        return Verdict(holds, until, "acme.even", (("day", facts.on.day),))


class Fickle(Even):
    _numbers: ClassVar[Iterator[int]] = count()

    def verdict(self, facts: ItemFacts) -> Verdict:  # noqa: ARG002
        return Verdict(next(self._numbers) % 2 == 0, None, "acme.fickle")


class Meddler(Even):
    def verdict(self, facts: ItemFacts) -> Verdict:
        if isinstance(facts.stages_done, dict):
            facts.stages_done["relance_1"] = facts.on
        return Verdict(holds=True, until=None, code="acme.meddler")


class Past(Even):
    def verdict(self, facts: ItemFacts) -> Verdict:
        return Verdict(facts.on.day % 2 == 0, facts.on, "acme.past")


class Never(Even):
    def verdict(self, facts: ItemFacts) -> Verdict:
        return Verdict(facts.on.year >= 2027, None, "acme.never")


class Late(Even):
    def verdict(self, facts: ItemFacts) -> Verdict:
        return Verdict(facts.on.day >= 15, facts.on + timedelta(days=40), "acme.late")


class Chatty(Even):
    def verdict(self, facts: ItemFacts) -> Verdict:
        return super().verdict(facts)._replace(inputs=(("why", "the day of the month is even"),))


class Floating(Even):
    def verdict(self, facts: ItemFacts) -> Verdict:
        return super().verdict(facts)._replace(inputs=(("score", 0.5),))


class Uncoded(Even):
    def verdict(self, facts: ItemFacts) -> Verdict:
        return super().verdict(facts)._replace(code="Even day!")


class Growing(Even):
    """Reads something else than what it wrote."""

    size: int = 1

    @field_validator("size")
    @classmethod
    def _doubled(cls, size: int) -> int:
        return size * 2


class Forgetful(Even):
    """Without value it means something else than its default; TOML cannot say it."""

    limit: int | None = 5


class Nameless(Even):
    type: Literal["even"] = "even"  # type: ignore[assignment]  # the fault under test


class Anonymous(CustomCondition):
    type: str

    def verdict(self, facts: ItemFacts) -> Verdict:  # noqa: ARG002
        return Verdict(holds=True, until=None, code="acme.anonymous")


def test_a_sound_condition_of_a_third_party_passes() -> None:
    check_condition(Even())
    check_condition(st.builds(Even, limit=st.one_of(st.none(), st.integers())), max_examples=30)
    check_condition(AllOf(of=(Even(), Not(of=Even(limit=3)), DaysAfter(anchor="stage:appel", days=3))), max_examples=30)


SEEN = ItemFacts(
    on=date(2026, 9, 30),
    case=CaseFacts(
        DebtorKind.BUSINESS, frozenset(), None, "fr", frozenset(), 120_000, "EUR", 1, None, last_contact_on=None
    ),
    due_on=date(2026, 9, 30),
    issued_on=None,
    stages_done={},
    notice_delivered_on=None,
    payment_rejected_on=None,
    scenario_started_on=None,
    next_working_day=lambda day: day,
)
ONE_ITEM = st.integers(0, 90).map(lambda days: SEEN._replace(on=SEEN.on + timedelta(days=days), stages_done={}))
"""Facts with the day alone to draw: a smallest case is found at once."""


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        (Fickle(), "deterministic"),
        (Meddler(), "deterministic"),
        (Past(), "until"),
        (Never(), "until"),
        (Late(), "until"),
        (Chatty(), "reason"),
        (Floating(), "reason"),
        (Uncoded(), "reason"),
        (Growing(size=3), "json"),
        (Forgetful(limit=None), "toml"),
        (Nameless(), "type"),
        (Anonymous(type="acme.anonymous"), "type"),
        (Not(of=Late()), "until"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseCondition) else "",
)
def test_a_condition_that_breaks_a_rule_is_caught(condition: BaseCondition, rule: str) -> None:
    with pytest.raises(BrokenRule) as fault:
        check_condition(condition, facts=ONE_ITEM, max_examples=30)
    assert fault.value.rule == rule


def test_the_smallest_case_is_told() -> None:
    with pytest.raises(BrokenRule, match=r"until: Late\(.* asked on 2024-01-\d\d said it changes not before"):
        check_condition(Late(), max_examples=30)


def test_facts_of_ones_own_may_be_given() -> None:
    from recouvrement.testing import item_facts

    odd = item_facts().filter(lambda seen: seen.on.day % 2 == 1)
    check_condition(Even(), facts=odd, max_examples=20)


def test_without_hypothesis_the_message_says_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import recouvrement; import recouvrement.testing"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "recouvrement.testing needs hypothesis, which is not installed: pip install hypothesis" in finished.stderr


def test_the_library_itself_does_not_import_hypothesis() -> None:
    code = "import sys, recouvrement; print('hypothesis' in sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout == "False\n"
