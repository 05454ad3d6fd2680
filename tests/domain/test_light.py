"""Light values: as immutable, as strict from outside and as readable as models, and written when they are read."""

import json
import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError, dataclass
from datetime import date
from decimal import Decimal
from inspect import signature

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from recouvrement import (
    FRANCE,
    Authority,
    Case,
    Claim,
    ClaimItem,
    Confidence,
    Deadline,
    Decision,
    Doubt,
    Hold,
    HoldKind,
    Money,
    Reason,
    Scenario,
    Segment,
    Source,
    decide,
)
from recouvrement.domain.light import Light
from recouvrement.domain.reasons import text
from recouvrement.scenario.verdict import Verdict
from support.claims import claim, part_02
from support.strategies import cases, days, scenarios

DUE = date(2026, 11, 23)
SOURCE = Source(article="C. civ. art. 1231-6", confidence=Confidence.VERIFIED, checked_on=DUE)
REASON = Reason.of("due", Authority.LAW, {"due_on": DUE, "items": ("F1", "F2")}, SOURCE)
HOLD = Hold(kind=HoldKind.WAITING, item_id="F1", until=DUE, reasons=(REASON,))
VALUES: tuple[Light, ...] = (
    SOURCE,
    REASON,
    HOLD,
    Doubt.of("weak_source", Authority.LAW, {"value": "x"}, SOURCE, item_id="F1"),
    Money.of("12.5", "EUR"),
    part_02(),
    part_02().segments[0],
    claim(part_02()),
)
_REFUSED = (FrozenInstanceError, AttributeError, TypeError)
kinds = pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain(Light):
    """Its constructor is the quick one."""

    one: int
    two: str = "two"
    three: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked(Light):
    """Its constructor does more than put fields in their slots."""

    one: int

    def __post_init__(self) -> None:
        if self.one < 0:
            message = "negative"
            raise ValueError(message)


def test_the_quick_constructor_takes_what_that_of_a_dataclass_takes() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Twin:
        one: int
        two: str = "two"
        three: tuple[int, ...] = ()

    assert signature(_Plain) == signature(Twin)
    assert dict(_Plain(one=1)) == {"one": 1, "two": "two", "three": ()}
    assert dict(_Plain(three=(3,), two="2", one=1)) == {"one": 1, "two": "2", "three": (3,)}
    quick: Callable[..., object] = _Plain
    usual: Callable[..., object] = Twin
    for wrong in ({}, {"one": 1, "four": 4}):
        with pytest.raises(TypeError) as told:
            quick(**wrong)
        with pytest.raises(TypeError) as expected:
            usual(**wrong)
        assert str(told.value) == str(expected.value).replace(Twin.__qualname__, _Plain.__qualname__)


def test_a_constructor_that_does_more_is_kept() -> None:
    with pytest.raises(ValueError, match="negative"):
        _Checked(one=-1)


@kinds
def test_a_value_does_not_change(value: Light) -> None:
    name = next(iter(dict(value)))
    with pytest.raises(_REFUSED):
        setattr(value, name, "other")
    with pytest.raises(_REFUSED):
        delattr(value, name)
    with pytest.raises(_REFUSED):
        value.other = 1  # type: ignore[attr-defined]  # what is being tested


@kinds
def test_a_value_is_read_back_as_it_was_written(value: Light) -> None:
    again = type(value).model_validate_json(value.model_dump_json())
    assert again == value
    assert hash(again) == hash(value)
    assert repr(again) == repr(value)
    assert type(value).model_validate(dict(value)) == value
    assert json.loads(value.model_dump_json()) == value.model_dump(mode="json")


@kinds
def test_copies_and_pickles_are_equal(value: Light) -> None:
    for other in (copy(value), deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301  # its own bytes
        assert other == value
        assert other.model_dump_json() == value.model_dump_json()


@kinds
def test_an_unknown_field_from_outside_is_refused(value: Light) -> None:
    written = value.model_dump(mode="json") | {"surprise": 1}
    with pytest.raises(ValidationError, match="surprise"):
        type(value).model_validate_json(json.dumps(written))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (Reason, {"code": "two\nlines"}),
        (Reason, {"code": ""}),
        (Reason, {"authority": "rumour"}),
        (Source, {"checked_on": "9999-12-31"}),
        (Hold, {"item_id": " padded "}),
        (Hold, {"until": "23/11/2026"}),
        (Segment, {"rate": "twelve"}),
        (Segment, {"principal": {"amount": "10.005", "currency": "EUR"}}),
        (ClaimItem, {"days_late": "many"}),
        (Claim, {"items": [{"item_id": "F1"}]}),
    ],
)
def test_what_comes_from_outside_is_checked(kind: type[Light], changes: dict[str, object]) -> None:
    value = next(one for one in VALUES if type(one) is kind)
    kind.model_validate_json(json.dumps(value.model_dump(mode="json")))
    with pytest.raises(ValidationError):
        kind.model_validate_json(json.dumps(value.model_dump(mode="json") | changes))


def test_a_model_takes_a_light_value_as_it_is() -> None:
    class Note(BaseModel):
        reason: Reason
        amount: Money

    note = Note(reason=REASON, amount=Money.of("3", "EUR"))
    assert note.reason is REASON
    assert Note.model_validate_json(note.model_dump_json()) == note
    with pytest.raises(ValidationError):
        TypeAdapter(Note).validate_json('{"reason": {"code": "x"}, "amount": {"amount": "3", "currency": "EUR"}}')


def test_a_reason_is_written_when_it_is_read_and_once() -> None:
    asked = []

    def fields(code: str) -> dict[str, object]:
        asked.append(code)
        return {"code": code, "authority": Authority.FACT, "source": None, "inputs": (), "parts": ()}

    reason = Reason.later(fields, "seen")
    assert asked == []
    assert (reason.code, reason.parts, reason.code) == ("seen", (), "seen")
    assert asked == ["seen"]
    assert reason == Reason(code="seen", authority=Authority.FACT)


def test_a_misspelt_attribute_is_an_error_before_and_after_writing() -> None:
    for value in (Reason.of("due", Authority.LAW), HOLD):
        with pytest.raises(AttributeError, match="autority"):
            _ = value.autority  # type: ignore[union-attr]  # what is being tested


def test_the_facts_given_to_a_reason_may_change_afterwards() -> None:
    facts: dict[str, object] = {"due_on": DUE}
    reason = Reason.of("due", Authority.LAW, facts)
    facts["due_on"] = date(2027, 1, 1)
    assert reason.inputs == (("due_on", "2026-11-23"),)


def test_the_reason_of_a_verdict_says_what_the_verdict_says() -> None:
    part = Verdict(holds=False, until=DUE, code="days_after", inputs=(("days", 3), ("anchor_on", None)))
    reason = Verdict(holds=False, until=DUE, code="all", parts=(part,)).reason
    own = (("holds", "no"), ("until", "2026-11-23"))
    assert reason == Reason(
        code="all",
        authority=Authority.POLICY,
        inputs=own,
        parts=(Reason(code="days_after", authority=Authority.POLICY, inputs=(("days", "3"), *own)),),
    )


@given(
    st.dictionaries(
        st.sampled_from(("a", "b", "c")),
        st.one_of(
            st.none(), st.dates(), st.integers(), st.text(), st.decimals(allow_nan=False), st.sampled_from(Authority)
        ),
    )
)
def test_inputs_are_those_there_are_as_text(facts: dict[str, object]) -> None:
    expected = tuple((name, text(value)) for name, value in facts.items() if value is not None)
    assert Reason.of("x", Authority.FACT, facts).inputs == expected


def test_an_amount_is_kept_in_whole_minor_units() -> None:
    amount = Money(amount=Decimal("12.5"), currency="EUR")
    assert (amount.minor, str(amount.amount), dict(amount)) == (
        1250,
        "12.50",
        {"amount": Decimal("12.50"), "currency": "EUR"},
    )
    assert amount == Money.from_minor(1250, "EUR") == Money.of("12.500", "EUR")
    with pytest.raises(ValidationError):
        Money.from_minor(10**22, "EUR")
    with pytest.raises(ValidationError):
        Money.from_minor(1, "EURO")


asked = scenarios().flatmap(lambda scenario: st.tuples(st.just(scenario), cases(scenario), days))


@given(asked)
def test_a_decision_nobody_has_read_is_the_one_that_was(question: tuple[Scenario, Case, date]) -> None:
    scenario, case, on = question
    read = decide(case, on, scenario=scenario, law=FRANCE)
    unread = decide(case, on, scenario=scenario, law=FRANCE)
    assert Decision.model_validate_json(read.model_dump_json()) == read
    assert pickle.loads(pickle.dumps(unread)) == read  # noqa: S301  # its own bytes
    assert hash(decide(case, on, scenario=scenario, law=FRANCE)) == hash(read)


def test_the_source_of_a_deadline_is_that_of_its_last_day() -> None:
    case = part_02()
    assert case.segments[0].days == 30
    assert (
        Deadline.model_validate(
            {"kind": "prescription", "item_id": "F1", "last_day": DUE, "regime": "b2b", "path": ()}
        ).source
        is None
    )
