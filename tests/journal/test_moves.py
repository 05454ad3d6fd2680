"""What an outbox entry may become."""

import pytest

from recouvrement.journal.moves import may_move
from recouvrement.journal.protocol import OutboxState

FINAL = (OutboxState.SENT, OutboxState.FAILED, OutboxState.STALE)


@pytest.mark.parametrize("from_", FINAL)
@pytest.mark.parametrize("to", list(OutboxState))
def test_what_is_settled_stays_settled(from_: OutboxState, to: OutboxState) -> None:
    assert not may_move(from_, to)


@pytest.mark.parametrize("from_", list(OutboxState))
def test_an_entry_is_sent_only_after_it_was_claimed(from_: OutboxState) -> None:
    claimed_once = {OutboxState.CLAIMED, OutboxState.UNKNOWN}
    assert may_move(from_, OutboxState.SENT) == (from_ in claimed_once)


def test_a_claimed_entry_that_certainly_did_not_leave_is_planned_again() -> None:
    assert may_move(OutboxState.CLAIMED, OutboxState.PLANNED)


def test_only_a_claimed_entry_can_be_unknown() -> None:
    assert [state for state in OutboxState if may_move(state, OutboxState.UNKNOWN)] == [OutboxState.CLAIMED]
