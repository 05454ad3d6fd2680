"""What users of other dunning programs complain of most, where nights, journals, channels and letters take part."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from recouvrement import (
    FRANCE,
    ActionKind,
    ActionPlanned,
    Case,
    DebtorKind,
    builtin,
    decide,
)
from recouvrement.batch.nightly import nightly
from recouvrement.dispatch.message import Message, Receipt
from recouvrement.domain.vocabulary import Channel
from recouvrement.journal.protocol import OutboxState
from recouvrement.render.documents import render_document
from support.cases import invoice
from support.diary import steps
from support.portfolio import MONDAY, built_in_letters, files, night, opened, policy, portfolio
from support.portfolio import case as case_of_portfolio

DUE = date(2026, 9, 30)


# Sent many times because cron ran twice


def test_a_run_started_twice_or_ten_times_the_same_night_sends_nothing_more(tmp_path: Path) -> None:
    night(tmp_path, portfolio())
    sent = files(tmp_path)
    for _ in range(9):
        night(tmp_path, portfolio())
    assert files(tmp_path) == sent
    with opened(tmp_path) as journal:
        events = [event for known in journal.histories().values() for event in known.events]
    planned = [event.action.id for event in events if isinstance(event, ActionPlanned)]
    assert len(planned) == len(set(planned))


# A crash between send and record


class Crash(BaseException):
    """The machine dies."""


class Fragile:
    """A channel that takes a message and dies before it can say so; asked later, it knows."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.crashes = True

    def deliver(self, message: Message) -> Receipt:
        self.taken.append(message)
        if self.crashes:
            raise Crash
        return self._receipt(message)

    def receipt(self, action_id: str) -> Receipt | None:
        known = [message for message in self.taken if message.action_id == action_id]
        return self._receipt(known[0]) if known else None

    def _receipt(self, message: Message) -> Receipt:
        reference = f"n° {len(self.taken)}"
        return Receipt(
            action_id=message.action_id,
            channel=message.channel,
            payload_hash=message.payload_hash,
            reference=reference,
        )


def run(folder: Path, channel: Fragile) -> None:
    read = portfolio(case_of_portfolio(0))
    with opened(folder) as journal:
        nightly(read, on=MONDAY, journal=journal, channels=dict.fromkeys(Channel, channel), policy=policy())


def test_a_crash_between_send_and_record_does_not_send_again_what_the_channel_remembers(tmp_path: Path) -> None:
    channel = Fragile()
    with pytest.raises(Crash):
        run(tmp_path, channel)
    channel.crashes = False
    for _ in range(2):
        run(tmp_path, channel)
    assert len(channel.taken) == 1
    with opened(tmp_path) as journal:
        assert [entry.state for entry in journal.outbox(OutboxState)] == [OutboxState.SENT]


def test_after_a_crash_the_plan_is_in_the_journal_before_anything_left(tmp_path: Path) -> None:
    """What a channel may have taken is always named in the journal: nothing leaves that nobody planned."""
    channel = Fragile()
    with pytest.raises(Crash):
        run(tmp_path, channel)
    with opened(tmp_path) as journal:
        (entry,) = journal.outbox(OutboxState)
    assert (entry.action_id, entry.state) == (channel.taken[0].action_id, OutboxState.CLAIMED)


# Wrong recipient


def test_every_message_of_a_night_goes_to_its_own_debtor(tmp_path: Path) -> None:
    night(tmp_path, portfolio())
    receipts = [json.loads(text) for name, text in files(tmp_path).items() if name.startswith("receipt_")]
    seen = {
        (receipt["case_id"].split("/")[1], receipt["recipient"]["email"])
        for receipt in receipts
        if receipt["kind"] == "contact"
    }
    assert len(seen) == 5
    assert all(email == f"compta@{name}.example" for name, email in seen)


# The wrong legal text


OF_TRADERS = ("L441-10", "D441-5", "indemnité forfaitaire", "40,00")
OF_PUBLIC_BODIES = ("commande publique", "L2192-1")


@pytest.mark.parametrize("kind", DebtorKind)
def test_no_letter_rests_on_the_law_of_another_debtor(kind: DebtorKind) -> None:
    """The 40 € and article L441-10 belong to professionals, the code of public orders to public bodies."""
    names = {DebtorKind.BUSINESS: "standard_b2b", DebtorKind.PUBLIC: "secteur_public"}
    scenario = builtin(names.get(kind, "consommateur"))
    bare = case_of_portfolio(0)
    owing = bare.debtor.model_validate(dict(bare.debtor) | {"kind": kind})
    creditor = bare.creditor.model_validate(dict(bare.creditor) | {"mediator": "CM2C, www.cm2c.net"})
    case = Case(creditor=creditor, debtor=owing, invoices=(invoice("F1", DUE),))
    texts: dict[str, str] = {}
    for on, action in steps(case, DUE - timedelta(days=7), date(2027, 1, 31), scenario):
        if action.kind is not ActionKind.CONTACT:
            continue
        claim = decide(case, on, scenario=scenario, law=FRANCE).claim
        texts[action.stage] = render_document(action, case, claim, on=on, letters=built_in_letters()).text
    assert set(texts) >= {"relance_1", "relance_2", "lettre_de_relance"}
    whole = " ".join(" ".join(texts.values()).split())
    traders, public = ({words for words in side if words in whole} for side in (OF_TRADERS, OF_PUBLIC_BODIES))
    match kind:
        case DebtorKind.BUSINESS:
            assert (traders, public) == (set(OF_TRADERS), set())
        case DebtorKind.PUBLIC:
            assert (traders, public) == ({"indemnité forfaitaire", "40,00"}, set(OF_PUBLIC_BODIES))
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
            assert (traders, public) == (set(), set())
