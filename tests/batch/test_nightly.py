"""The nightly run on real files: a real journal, a real folder."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from recouvrement import (
    Action,
    ActionCancelled,
    ActionDelivered,
    ActionKind,
    ActionPlanned,
    Allocation,
    Case,
    InvalidInput,
    JournalError,
    Money,
    Payment,
)
from recouvrement.batch.approval import answer, awaiting_approval
from recouvrement.batch.nightly import Policy, rehearsal
from recouvrement.dispatch.message import Message, Receipt
from recouvrement.domain.vocabulary import Channel
from recouvrement.errors import BrokenChain, Refused, RenderError, Unavailable
from recouvrement.journal.protocol import OutboxState
from recouvrement.render.letters import Letters
from support.portfolio import MONDAY, case, files, night, opened, policy, portfolio


def stages(report_actions: list[Action]) -> set[str]:
    return {action.stage for action in report_actions}


def settled(bare: Case, on: date) -> Case:
    (one,) = bare.invoices
    whole = (Allocation(item_id=one.number, amount=one.total),)
    payment = Payment(id="VIR-1", received_on=on, amount=one.total, allocations=whole)
    return Case(
        creditor=bare.creditor, debtor=bare.debtor, invoices=bare.invoices, payments=(payment,), history=bare.history
    )


def test_every_action_is_written_delivered_and_noted(tmp_path: Path) -> None:
    report = night(tmp_path, portfolio())
    planned = [action for done in report.done for action in done.actions]
    assert report.failures == ()
    assert len(planned) == 6
    receipts = [name for name in files(tmp_path) if name.startswith("receipt_")]
    assert len(receipts) == len(planned)
    with opened(tmp_path) as journal:
        assert len(journal.outbox([OutboxState.SENT])) == len(planned)
        assert journal.verify() > 0
        events = [event for known in journal.histories().values() for event in known.events]
    delivered = {event.action_id for event in events if isinstance(event, ActionDelivered)}
    assert delivered == {event.action.id for event in events if isinstance(event, ActionPlanned)}


def test_a_second_run_the_same_day_delivers_nothing(tmp_path: Path) -> None:
    night(tmp_path, portfolio())
    before = files(tmp_path)
    again = night(tmp_path, portfolio())
    assert (again.done, again.asleep) == ((), 6)
    assert files(tmp_path) == before


def test_another_version_of_the_library_looks_at_every_case_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(tmp_path, portfolio())
    night(tmp_path, portfolio())
    assert night(tmp_path, portfolio()).asleep == 6
    monkeypatch.setattr("recouvrement.batch.nightly.VERSION", "99.0.0")
    assert night(tmp_path, portfolio()).asleep == 0


def test_a_run_seven_days_later_advances_the_cases_that_are_due_and_no_other(tmp_path: Path) -> None:
    """On 30 November: J+10 of the bakery; everything else waits for its own date or for approval."""
    night(tmp_path, portfolio())
    later = night(tmp_path, portfolio(), MONDAY + timedelta(days=7))
    told = {done.case.debtor.id: [action.stage for action in done.actions] for done in later.done if done.actions}
    assert told == {"fournil": ["relance_2"], "garage": ["appel"]}


def test_a_screened_run_does_what_a_full_run_does(tmp_path: Path) -> None:
    """The wake-up cache is dropped before every night of the second journal."""
    (tmp_path / "screened").mkdir()
    (tmp_path / "full").mkdir()
    for offset in range(0, 40, 3):
        on = MONDAY + timedelta(days=offset)
        night(tmp_path / "screened", portfolio(), on)
        with opened(tmp_path / "full") as journal:
            journal.remember([row._replace(fingerprint="dropped") for row in journal.wakeups().values()])
        night(tmp_path / "full", portfolio(), on)
    assert files(tmp_path / "screened") == files(tmp_path / "full")


def test_a_payment_wakes_a_sleeping_case(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    on = MONDAY + timedelta(days=2)
    report = night(tmp_path, portfolio(settled(case(0), on)), on)
    assert [done.decision.holds[0].kind.value for done in report.done] == ["settled"]


def test_a_run_for_an_earlier_date_is_refused(tmp_path: Path) -> None:
    night(tmp_path, portfolio())
    with pytest.raises(InvalidInput) as refusal:
        night(tmp_path, portfolio(), MONDAY - timedelta(days=1))
    assert refusal.value.where == "run date 2026-11-22"


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as journal, journal.exclusive(), pytest.raises(JournalError):
        night(tmp_path, portfolio())
    assert files(tmp_path) == {}


def test_a_letter_that_cannot_be_rendered_fails_its_case_alone_and_writes_nothing(tmp_path: Path) -> None:
    templates = tmp_path / "templates" / "fr"
    templates.mkdir(parents=True)
    (templates / "reminder_1.consumer.md.j2").write_text("# Bonjour\n\nPensez à nous.\n", encoding="utf-8")
    report = night(tmp_path, portfolio(), rules=policy(Letters.with_overrides(tmp_path / "templates")))
    assert {failure.debtor_id for failure in report.failures} == {"lestrat", "voilier"}
    assert all(isinstance(failure.error, RenderError) for failure in report.failures), report.failures
    with opened(tmp_path) as journal:
        assert not any("lestrat" in case_id for case_id in journal.histories())
    assert not any("lestrat" in name for name in files(tmp_path))
    assert len(report.done) == 4


def test_a_faulty_template_is_found_before_anything_is_written(tmp_path: Path) -> None:
    templates = tmp_path / "templates" / "fr"
    templates.mkdir(parents=True)
    (templates / "reminder_1.consumer.md.j2").write_text("{{ no_such_name }}\n", encoding="utf-8")
    with pytest.raises(RenderError):
        Letters.with_overrides(tmp_path / "templates")


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    report = rehearsal(portfolio(), on=MONDAY, histories={}, policy=policy())
    assert len([action for done in report.done for action in done.actions]) == 6
    assert list(tmp_path.iterdir()) == []


def test_an_approved_notice_leaves_with_the_next_run(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(2)))
    with opened(tmp_path) as journal:
        (identifier,) = awaiting_approval(journal)
        answer(journal, identifier, approve=True, by="Claire Fontaine", on=MONDAY)
        assert awaiting_approval(journal) == {}
    report = night(tmp_path, portfolio(case(2)), MONDAY + timedelta(days=1))
    ((receipt,),) = (done.delivered for done in report.done)
    assert (receipt.action_id, receipt.channel) == (identifier, Channel.REGISTERED_POST)
    assert night(tmp_path, portfolio(case(2)), MONDAY + timedelta(days=2)).done == ()


def test_an_approved_notice_does_not_leave_once_the_debtor_has_paid(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(2)))
    with opened(tmp_path) as journal:
        (identifier,) = awaiting_approval(journal)
        answer(journal, identifier, approve=True, by="Claire Fontaine", on=MONDAY)
    on = MONDAY + timedelta(days=1)
    report = night(tmp_path, portfolio(settled(case(2), on)), on)
    assert [action for done in report.done for action in done.actions] == []


def test_an_answer_to_nothing_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as journal, pytest.raises(InvalidInput):
        answer(journal, "no-such-action", approve=True, by="Claire Fontaine", on=MONDAY)


class _Broken:
    """A channel that is down, or refuses everything."""

    def __init__(self, fault: type[Unavailable] | type[Refused]) -> None:
        self.fault = fault

    def deliver(self, message: Message) -> Receipt:
        raise self.fault(where=message.action_id, found="no", hint="Try another.")

    def receipt(self, _action_id: str) -> Receipt | None:
        return None


def run_with(folder: Path, fault: type[Unavailable] | type[Refused], on: date = MONDAY) -> list[str]:
    from recouvrement.batch.nightly import nightly

    with opened(folder) as journal:
        report = nightly(
            portfolio(case(0)),
            on=on,
            journal=journal,
            channels=dict.fromkeys(Channel, _Broken(fault)),
            policy=policy(),
        )
    return [failure.error.code for failure in report.failures]


def test_a_channel_that_is_down_is_tried_again_the_same_day_and_the_message_rewritten_the_next(tmp_path: Path) -> None:
    assert run_with(tmp_path, Unavailable) == ["unavailable"]
    report = night(tmp_path, portfolio(case(0)))
    assert [len(done.delivered) for done in report.done] == [1]
    other = tmp_path / "other"
    other.mkdir()
    run_with(other, Unavailable)
    night(other, portfolio(case(0)), MONDAY + timedelta(days=1))
    with opened(other) as journal:
        (stale,) = journal.outbox([OutboxState.STALE])
        (sent,) = journal.outbox([OutboxState.SENT])
    assert stale.planned_on == MONDAY
    assert sent.planned_on == MONDAY + timedelta(days=1)
    assert sum(name.startswith("receipt_") for name in files(other)) == 1


def test_a_message_refused_for_good_gives_its_items_back(tmp_path: Path) -> None:
    assert run_with(tmp_path, Refused) == ["refused"]
    with opened(tmp_path) as journal:
        assert len(journal.outbox([OutboxState.FAILED])) == 1
        (known,) = journal.histories().values()
    assert isinstance(known.events[-1], ActionCancelled)


def test_a_planned_message_does_not_leave_once_the_balance_has_moved(tmp_path: Path) -> None:
    run_with(tmp_path, Unavailable)
    report = night(tmp_path, portfolio(settled(case(0), MONDAY)))
    assert [len(done.delivered) for done in report.done] == [0]
    assert files(tmp_path) == {}


def test_a_case_that_crashes_the_program_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recouvrement.batch import nightly as module
    from recouvrement.engine.decide import decide as honest

    def decide(one: Case, *args: object, **kwargs: object) -> object:
        if one.debtor.id == "mairie":
            raise ZeroDivisionError
        return honest(one, *args, **kwargs)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(module, "decide", decide)
    report = night(tmp_path, portfolio())
    assert [failure.debtor_id for failure in report.failures] == ["mairie"]
    assert len(report.done) == 5


def test_a_claimed_message_is_never_sent_again_by_guess_once_the_outbox_was_emptied(tmp_path: Path) -> None:
    """The first night goes well; the second dies with a letter claimed; somebody then empties the outbox."""
    night(tmp_path, portfolio(case(1)))
    on = MONDAY + timedelta(days=1)
    assert run_with(tmp_path, Unavailable, on) == ["unavailable"]
    with opened(tmp_path) as journal:
        (planned,) = journal.outbox([OutboxState.PLANNED])
        journal.claim(planned.action_id)
    for path in (tmp_path / "letters").iterdir():
        path.unlink()
    report = night(tmp_path, portfolio(case(0), case(1)), on)
    assert [failure.error.code for failure in report.failures] == ["refused"]
    assert files(tmp_path) == {}
    with opened(tmp_path) as journal:
        assert [entry.action_id for entry in journal.outbox([OutboxState.UNKNOWN])] == [planned.action_id]
    assert night(tmp_path, portfolio(case(0), case(1)), on + timedelta(days=1)).failures == ()


def test_a_message_altered_in_the_journal_does_not_leave(tmp_path: Path) -> None:
    run_with(tmp_path, Unavailable)
    with sqlite3.connect(tmp_path / "journal.sqlite") as database:
        database.execute("UPDATE outbox SET payload = replace(payload, 'Le Fournil', 'Le Pain')")
    database.close()
    with pytest.raises(BrokenChain):
        night(tmp_path, portfolio(case(0)))
    assert files(tmp_path) == {}


def test_amounts_in_the_outbox_are_whole_cents(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(0)))
    with opened(tmp_path) as journal:
        (entry,) = journal.outbox([OutboxState.SENT])
    assert entry.amount == Money.of("1200.00", "EUR")


def capped(limit: int) -> Policy:
    return policy()._replace(max_contacts=limit)


def test_no_more_messages_are_planned_than_the_cap_and_the_rest_leaves_with_the_next_runs(tmp_path: Path) -> None:
    first = night(tmp_path, portfolio(), rules=capped(2))
    contacts = [[action.kind for action in done.actions].count(ActionKind.CONTACT) for done in first.done]
    assert (sum(contacts), first.left, first.asleep) == (2, 3, 0)
    assert [done.case.debtor.id for done in first.done] == [bare.debtor.id for bare in portfolio().cases]
    assert [done.is_left for done in first.done].count(True) == 3
    second = night(tmp_path, portfolio(), rules=capped(2))
    assert (sum(len(done.actions) for done in second.done), second.left, second.asleep) == (2, 1, 3)
    third = night(tmp_path, portfolio(), rules=capped(2))
    assert (sum(len(done.actions) for done in third.done), third.left, third.asleep) == (1, 0, 5)
    assert night(tmp_path, portfolio(), rules=capped(2)).asleep == 6
    (tmp_path / "free").mkdir()
    night(tmp_path / "free", portfolio())
    assert files(tmp_path) == files(tmp_path / "free")


def test_a_cap_of_none_still_lets_proposals_through(tmp_path: Path) -> None:
    report = night(tmp_path, portfolio(), rules=capped(0))
    assert [action.kind for done in report.done for action in done.actions] == [ActionKind.APPROVAL]
    assert report.left == 5
    assert len(files(tmp_path)) > 0


def test_an_approved_letter_counts_and_waits_for_its_turn(tmp_path: Path) -> None:
    night(tmp_path, portfolio(case(2)))
    with opened(tmp_path) as journal:
        (identifier,) = awaiting_approval(journal)
        answer(journal, identifier, approve=True, by="Claire Fontaine", on=MONDAY)
    later = MONDAY + timedelta(days=1)
    assert night(tmp_path, portfolio(case(2)), later, rules=capped(0)).left == 1
    report = night(tmp_path, portfolio(case(2)), later + timedelta(days=1), rules=capped(1))
    assert [receipt.action_id for done in report.done for receipt in done.delivered] == [identifier]


def test_a_rehearsal_counts_as_the_run_would() -> None:
    report = rehearsal(portfolio(), on=MONDAY, histories={}, policy=capped(2))
    assert (sum(len(done.actions) for done in report.done), report.left) == (3, 3)
