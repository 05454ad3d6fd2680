"""``forecast``: the work to come, to the cent, and the sum of the projections it is made of."""

import gc
import json
import weakref
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement import (
    FRANCE,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    Approvals,
    Assumptions,
    Case,
    Channel,
    Creditor,
    Debtor,
    DebtorKind,
    Forecast,
    InvalidInput,
    Money,
    Scenario,
    builtin,
    forecast,
    project,
)
from support.cases import case_of, debtor, invoice
from support.portfolio import scenario_for
from support.strategies import START, cases, scenarios

FROM = date(2026, 9, 1)
COSTS = {
    Channel.SMS: Money.of("0.09", "EUR"),
    Channel.EMAIL: Money.of("0.00", "EUR"),
    Channel.PHONE: Money.of("3.25", "EUR"),
    Channel.POST: Money.of("1.80", "EUR"),
    Channel.REGISTERED_POST: Money.of("6.11", "EUR"),
}


def usual(case: Case) -> Scenario:
    return scenario_for(case.debtor)


def named(name: str, due_on: date, amount: str) -> Case:
    plain = case_of(invoice(f"F-{name}", due_on, amount))
    return Case.model_validate(dict(plain) | {"debtor": debtor(id=name)})


ONE, TWO = named("un", date(2026, 9, 15), "1200.00"), named("deux", date(2026, 9, 14), "500.50")
"""Due on Tuesday 15 and Monday 14 September: the second has no step on the same day as the first but one."""


def foreseen(*cases_: Case, days: int = 90, costs: dict[Channel, Money] | None = None) -> Forecast:
    return forecast(
        cases_,
        FROM,
        days,
        scenario_for=usual,
        law=FRANCE,
        costs=COSTS if costs is None else costs,
    )


def test_the_work_of_each_day_and_its_cost_to_the_cent() -> None:
    """By hand: due on Tuesday 15 September, see ``test_timeline``; due on Monday 14:

    notice Wednesday 9, reminder Thursday 17, second Thursday 24, call Tuesday 29, letter Monday 5 October, mise en
    demeure Wednesday 14 October, end on 3 November, and told that nobody has acted on it a fortnight later.
    """
    found = foreseen(ONE, TWO)
    days = {day.on: day.work for day in found.days}
    assert sorted(days) == [
        *(date(2026, 9, day) for day in (9, 10, 17, 18, 24, 25, 29, 30)),
        *(date(2026, 10, day) for day in (5, 6, 14, 15)),
        *(date(2026, 11, day) for day in (3, 4, 17, 18)),
    ]
    letter = days[date(2026, 10, 6)]
    assert (letter.contacts, letter.letters, letter.calls, letter.approvals) == (1, 1, 0, 0)
    assert (str(letter.cost), letter.demanded) == ("1.80 EUR", (Money.of("1200.00", "EUR"),))
    notice = days[date(2026, 10, 14)]
    assert (notice.contacts, notice.letters, notice.approvals) == (1, 1, 1)
    assert (str(notice.cost), notice.demanded) == ("6.11 EUR", (Money.of("500.50", "EUR"),))
    assert [(load.kind.value, load.channel.value, load.actions, str(load.cost)) for load in notice.loads] == [
        ("approval", "registered_post", 1, "0.00 EUR"),
        ("contact", "registered_post", 1, "6.11 EUR"),
    ]
    assert days[date(2026, 9, 29)].calls == 1
    assert days[date(2026, 11, 4)].contacts == 0
    total = found.total
    # twice: three e-mails, a call, a letter, a registered letter
    assert (total.contacts, total.letters, total.calls, total.approvals) == (12, 4, 2, 2)
    assert str(total.cost) == "22.32 EUR"  # 2 x (3.25 + 1.80 + 6.11)
    assert {channel.value: str(cost) for channel, cost in found.cost_by_channel} == {
        "email": "0.00 EUR",
        "phone": "6.50 EUR",
        "post": "3.60 EUR",
        "registered_post": "12.22 EUR",
    }
    assert total.demanded == (Money.of("10203.00", "EUR"),)  # 6 x 1200.00 + 6 x 500.50
    assert (found.cases, found.failures, found.without_cost) == (2, (), ())


def test_the_last_day_of_the_horizon_is_in_and_the_next_is_out() -> None:
    # 45 days from 1 September end with 15 October, the day of the mise en demeure
    assert foreseen(ONE, days=45).total.approvals == 1
    assert foreseen(ONE, days=44).total.approvals == 0
    assert foreseen(ONE, days=45).until == date(2026, 10, 16)


def test_two_debtors_on_one_day_are_one_day_of_work() -> None:
    found = foreseen(ONE, named("trois", date(2026, 9, 15), "1.00"))
    assert [day.work.contacts for day in found.days] == [2, 2, 2, 2, 2, 2, 0, 0]
    assert found.days[-1].work.loads[0].actions == 2


def test_a_channel_without_a_price_is_named_and_counts_for_nothing() -> None:
    found = foreseen(ONE, costs={Channel.POST: Money.of("1.80", "EUR")})
    assert [channel.value for channel in found.without_cost] == ["email", "phone", "registered_post"]
    assert str(found.total.cost) == "1.80 EUR"
    assert str(foreseen(ONE, costs={}).total.cost) == "0.00 EUR"


def test_currencies_stay_apart() -> None:
    dollars = Money.of("90.00", "USD")
    plain = invoice("F-usd", date(2026, 9, 15))
    part = plain.instalments[0].model_validate({"amount": dollars, "due_on": date(2026, 9, 15)})
    case = Case(
        creditor=Creditor(id="lumen", name="Lumen"),
        debtor=debtor(id="usd"),
        currency="USD",
        invoices=(type(plain).model_validate(dict(plain) | {"total": dollars, "instalments": (part,)}),),
    )
    found = foreseen(ONE, case, days=18)
    assert found.total.demanded == (Money.of("2400.00", "EUR"), Money.of("180.00", "USD"))


def test_a_proposal_that_waits_already_is_an_approval_to_give_on_the_first_day() -> None:
    until = date(2026, 10, 16)
    waiting = Assumptions(approvals=Approvals.WAITING)
    lived = project(ONE, FROM, until, scenario=builtin("standard_b2b"), law=FRANCE, assume=waiting)
    on, proposal = lived.actions[-1]
    assert proposal.kind is ActionKind.APPROVAL
    events = [ActionPlanned(id=action.id, effective_on=day, action=action) for day, action in lived.actions[:-1]]
    case = ONE.with_events([*events, ActionProposed(id="p", effective_on=on, action=proposal)])
    found = forecast([case], on, 10, scenario_for=usual, law=FRANCE, costs=COSTS, assume=waiting)
    assert [(day.on, day.work.approvals) for day in found.days] == [(on, 1)]


def test_a_case_that_cannot_be_looked_at_is_a_row_and_the_others_go_on() -> None:
    def moody(debtor_: Debtor) -> Scenario:
        if debtor_.id == "deux":
            message = "no scenario"
            raise KeyError(message)
        if debtor_.id == "trois":
            raise InvalidInput(where="debtor trois", found="no scenario", hint="Choose one.")
        return builtin("standard_b2b")

    third = named("trois", date(2026, 9, 15), "1.00")
    found = forecast([TWO, ONE, third], FROM, 90, scenario_for=lambda case: moody(case.debtor), law=FRANCE, costs=COSTS)
    assert found.cases == 1
    assert found.total == foreseen(ONE).total
    assert [(row.case_id.split("/")[1], row.code, row.found) for row in found.failures] == [
        ("deux", "recouvrement", "KeyError: 'no scenario'"),
        ("trois", "invalid-input", "no scenario"),
    ]


def test_cases_are_read_one_by_one_and_not_kept() -> None:
    seen: list[weakref.ref[Case]] = []

    def flowing() -> Iterator[Case]:
        for index in range(5):
            gc.collect()
            assert sum(ref() is not None for ref in seen) <= 1  # the one in hand at most
            case = named(f"c{index}", date(2026, 9, 15), "10.00")
            seen.append(weakref.ref(case))
            yield case
            del case

    found = forecast(flowing(), FROM, 20, scenario_for=usual, law=FRANCE, costs=COSTS)
    assert found.cases == 5


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_a_horizon_without_a_day_is_refused(days: int) -> None:
    with pytest.raises(InvalidInput, match="Give at least one day"):
        foreseen(ONE, days=days)


def test_costs_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InvalidInput, match="zero or a positive amount"):
        foreseen(ONE, costs={Channel.POST: Money.of("-1.80", "EUR")})
    with pytest.raises(InvalidInput, match="every price in one currency"):
        foreseen(ONE, costs={Channel.POST: Money.of("1.80", "EUR"), Channel.EMAIL: Money.of("0.01", "USD")})


several = scenarios().flatmap(
    lambda scenario: st.tuples(st.just(scenario), st.lists(cases(scenario), min_size=1, max_size=3))
)


@settings(max_examples=40, deadline=None)
@given(several, st.sampled_from(Approvals))
def test_a_forecast_is_the_sum_of_its_projections(question: tuple[Scenario, list[Case]], approvals: Approvals) -> None:
    scenario, drawn = question
    assume = Assumptions(approvals=approvals)
    found = forecast(iter(drawn), START, 60, scenario_for=lambda _: scenario, law=FRANCE, costs=COSTS, assume=assume)
    until = START + timedelta(days=60)
    actions = [
        (on, action)
        for case in drawn
        for on, action in project(case, START, until, scenario=scenario, law=FRANCE, assume=assume).actions
    ]
    assert found.failures == ()
    counted = Counter({(load.kind, load.document, load.channel): load.actions for load in found.total.loads})
    assert counted == Counter((action.kind, action.document, action.channel) for _, action in actions)
    assert {day.on for day in found.days} == {on for on, _ in actions}
    contacts = [action for _, action in actions if action.kind is ActionKind.CONTACT]
    assert found.total.cost.minor == sum(COSTS[action.channel].minor for action in contacts)
    assert sum(day.work.cost.minor for day in found.days) == found.total.cost.minor
    assert sum(cost.minor for _, cost in found.cost_by_channel) == found.total.cost.minor
    demanded = sum(action.principal.minor for action in contacts)
    assert sum(money.minor for money in found.total.demanded) == demanded
    assert sum(money.minor for day in found.days for money in day.work.demanded) == demanded
    for day in found.days:
        assert day.work.contacts == sum(on == day.on and action.kind is ActionKind.CONTACT for on, action in actions)
    assert found.total.letters == sum(
        COSTS[action.channel] in {COSTS[Channel.POST], COSTS[Channel.REGISTERED_POST]} for action in contacts
    )
    assert Forecast.model_validate_json(found.model_dump_json()) == found


def test_each_kind_of_debtor_walks_its_own_scenario() -> None:
    person = Case.model_validate(dict(ONE) | {"debtor": debtor(DebtorKind.CONSUMER, id="mme")})
    documents = {load.document.value for load in foreseen(person, days=60).total.loads}
    assert "call_script" not in documents


def test_prices_left_out_are_those_of_the_scenario() -> None:
    """Three e-mails, one call, one letter and one registered letter: see the diary of the standard scenario."""
    standard = builtin("standard_b2b").model_dump(mode="json")
    own = Scenario.model_validate_json(json.dumps({**standard, "costs": {"email": "0.00", "post": "1.50"}}))
    given = {Channel.PHONE: Money.of("4.00", "EUR")}
    found = forecast([ONE], FROM, 90, scenario_for=lambda _: own, law=FRANCE, costs=given)
    assert {channel.value: str(cost) for channel, cost in found.cost_by_channel} == {
        "email": "0.00 EUR",
        "phone": "4.00 EUR",
        "post": "1.50 EUR",
        "registered_post": "0.00 EUR",
    }
    assert found.without_cost == (Channel.REGISTERED_POST,)
