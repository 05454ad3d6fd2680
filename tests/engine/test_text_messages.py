"""Whom a text message reaches, and how a debtor stops them."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from recouvrement.domain.case import Case
from recouvrement.domain.events import AddressBounced, ChannelAccepted, ChannelRefused, HistoryEvent
from recouvrement.domain.parties import Contact, Creditor, Debtor
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.history import history_on
from recouvrement.engine.reach import usable_channels
from recouvrement.scenario.model import Costs, Scenario
from recouvrement.scenario.reading import builtin, scenario_from_json

ON = date(2026, 11, 23)


def is_reached(phone: str | None, *events: HistoryEvent) -> bool:
    debtor = Debtor(id="D", name="D", contacts=(Contact(phone=phone),))
    case = Case(creditor=Creditor(id="C", name="C"), debtor=debtor, history=events)
    return Channel.SMS in usable_channels(debtor, history_on(case, ON))


@pytest.mark.parametrize(
    "phone",
    [
        "0612345678",
        "06 12 34 56 78",
        "07.12.34.56.78",
        "+33 6 12 34 56 78",
        "+33712345678",
        "+33 (0)6 12 34 56 78",
        "0033 6 12 34 56 78",
        "06-12-34-56-78",
    ],
)
def test_a_french_mobile_is_sent_text_messages(phone: str) -> None:
    assert is_reached(phone)


@pytest.mark.parametrize(
    "phone",
    [
        None,
        "02 40 12 34 56",
        "01 99 00 12 34",
        "09 70 00 00 00",
        "+32 470 12 34 56",
        "+44 7911 123456",
        "+33 2 40 12 34 56",
        "06 12 34 56",
        "06 12 34 56 78 90",
        "+6612345678",
        "+3361234567",
    ],
)
def test_other_numbers_are_not_guessed(phone: str | None) -> None:
    assert not is_reached(phone)


def test_a_debtor_refuses_and_accepts_text_messages_alone() -> None:
    refused = ChannelRefused(id="a", effective_on=date(2026, 11, 1), channels=(Channel.SMS,))
    accepted = ChannelAccepted(id="b", effective_on=date(2026, 11, 2), channels=(Channel.SMS,))
    calls = ChannelRefused(id="c", effective_on=date(2026, 11, 1), channels=(Channel.PHONE,))
    assert not is_reached("0612345678", refused)
    assert is_reached("0612345678", refused, accepted)
    assert is_reached("0612345678", calls)


def test_a_number_that_failed_is_not_used_again_for_text_messages() -> None:
    lost = AddressBounced(id="a", effective_on=date(2026, 11, 1), channel=Channel.SMS, address="0612345678")
    assert not is_reached("0612345678", lost)
    assert is_reached("0712345678", lost)
    with pytest.raises(ValidationError, match="give the address that failed"):
        AddressBounced(id="a", effective_on=date(2026, 11, 1), channel=Channel.SMS)


def test_the_cost_of_text_messages_leaves_the_hash_of_older_scenarios_alone() -> None:
    like = builtin("standard_b2b")
    fields = {name: getattr(like, name) for name in type(like).model_fields}
    dear = Scenario.model_validate(fields | {"costs": Costs(sms=Decimal("0.08"))})
    assert "sms" not in like.model_dump()["costs"]
    assert dear.hash != like.hash
    assert dear.costs.of(Channel.SMS) == Decimal("0.08")
    assert scenario_from_json(dear.model_dump_json(), where="test") == dear
