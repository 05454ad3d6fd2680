"""Cases 1 to 20 of a peer's dunning (Tryton), one test each, under their numbers.

The correspondence between its words and ours is at the top of ``support.tryton``. Days are counted from the maturity
date; each line is of 100.00. "Nothing" means no state, nothing recorded and nothing that leaves.
"""

import pytest

from recouvrement import Scenario, builtin
from recouvrement.domain.decision import ActionKind, HoldKind
from support.tryton import HUNDRED, Procedure, with_delays

Delays = tuple[int | None, ...]
THREE: Delays = (5, 20, 40)
OUT_OF_ORDER: Delays = (20, 5)


def procedure(delays: Delays, *lines: str) -> Procedure:
    return Procedure(scenario(delays), *lines)


def scenario(delays: Delays) -> Scenario:
    """Return the built-in scenario with the delays of a case."""
    return with_delays(builtin("tryton_compatible"), delays)


def draft_of_level_1() -> Procedure:
    """Return the file after case 3: a draft of level 1 made on day 5 and left alone until day 30."""
    file = procedure(THREE, "L1", "L2")
    file.pay(0, "L2")
    file.generate(5)
    file.generate(30)
    return file


def waiting_at_level_1() -> Procedure:
    """Return the file after case 4: the draft was processed on day 30."""
    file = draft_of_level_1()
    file.process(30)
    return file


def draft_of_level_2() -> Procedure:
    """Return the file after case 6: blocked, run, unblocked, run again on day 30."""
    file = waiting_at_level_1()
    file.block(30)
    file.generate(30)
    file.unblock(30)
    file.generate(30)
    return file


def entered_late() -> Procedure:
    """Return the file after case 10: first run on day 50."""
    file = procedure(THREE)
    file.generate(50)
    return file


def raised_late() -> Procedure:
    """Return the file after case 11: waiting at level 1 since day 5, next run on day 50."""
    file = procedure(THREE)
    file.generate(5)
    file.process(5)
    file.generate(50)
    return file


def test_case_1_before_the_first_delay_nothing_happens() -> None:
    file = procedure(THREE, "L1", "L2")
    file.pay(0, "L2")
    file.generate(4)
    assert (file.state("L1"), file.state("L2")) == (None, None)


def test_case_2_on_the_day_of_the_delay_the_unpaid_line_has_a_draft_of_level_1() -> None:
    file = procedure(THREE, "L1", "L2")
    file.pay(0, "L2")
    file.generate(5)
    assert (file.state("L1"), file.state("L2")) == ((1, "draft"), None)
    (action,) = file.recorded["L1"]
    assert (action.listed, action.principal) == (("L1",), HUNDRED)


def test_case_3_a_draft_nobody_processes_does_not_move() -> None:
    file = draft_of_level_1()
    assert file.state() == (1, "draft")
    assert [action.kind for action in file.recorded["L1"]] == [ActionKind.APPROVAL]


def test_case_4_processing_the_draft_sends_it() -> None:
    assert waiting_at_level_1().state() == (1, "waiting")


def test_case_5_a_blocked_line_does_not_rise() -> None:
    file = waiting_at_level_1()
    file.block(30)
    file.generate(30)
    assert file.state() == (1, "waiting")
    assert [hold.kind for hold in file.look(30).holds] == [HoldKind.MANUAL_HOLD]


def test_case_6_once_unblocked_it_rises_to_a_draft_of_level_2() -> None:
    assert draft_of_level_2().state() == (2, "draft")


def test_case_7_a_line_that_is_paid_is_no_longer_listed() -> None:
    file = draft_of_level_2()
    assert file.listed(30) == ["L1"]
    file.pay(30)
    assert file.listed(30) == []
    assert [hold.kind for hold in file.look(30).holds] == [HoldKind.SETTLED]


def test_case_8_nor_does_a_later_run_do_anything_for_it() -> None:
    file = draft_of_level_2()
    file.pay(30)
    file.generate(50)
    file.process(50)
    assert file.state() == (2, "draft")
    assert file.look(50).actions == ()


def test_case_9_a_single_level_is_drafted_then_waiting_then_final() -> None:
    file = procedure((0,))
    file.generate(1)
    assert file.state() == (1, "draft")
    file.process(1)
    assert file.state() == (1, "waiting")
    file.generate(2)
    assert file.state() == (1, "final")


def test_case_10_a_late_start_enters_at_the_first_level_passed_and_not_at_the_last() -> None:
    assert entered_late().state() == (1, "draft")


def test_case_11_one_run_raises_a_line_by_one_level() -> None:
    assert raised_late().state() == (2, "draft")


def test_case_12_no_interval_keeps_two_levels_apart() -> None:
    file = raised_late()
    file.process(50)
    assert file.state() == (2, "waiting")
    file.generate(50)
    assert file.state() == (3, "draft")


def test_case_13_after_the_last_level_the_end_comes_the_same_day() -> None:
    file = raised_late()
    for _ in range(2):
        file.process(50)
        file.generate(50)
    assert file.state() == (3, "final")


def test_case_14_levels_out_of_order_enter_at_the_first_in_sequence_that_passes() -> None:
    file = procedure(OUT_OF_ORDER)
    file.generate(10)
    assert file.state() == (2, "draft")


def test_case_15_the_walk_looks_only_at_levels_after_the_present_one() -> None:
    file = procedure(OUT_OF_ORDER)
    file.generate(10)
    file.process(10)
    file.generate(30)
    assert file.state() == (2, "final")


def test_case_16_no_reminder_leaves_before_the_maturity_date() -> None:
    file = procedure((-5,))
    file.generate(-3)
    assert file.state() is None
    file.generate(0)
    assert file.state() == (1, "draft")


def test_case_17_a_level_without_a_delay_never_applies() -> None:
    file = procedure((None,))
    file.generate(100)
    assert file.state() is None


def test_case_18_a_credit_note_that_names_no_line_changes_nothing() -> None:
    file = procedure((5,))
    file.credit(2)
    file.generate(6)
    assert file.state() == (1, "draft")
    assert file.recorded["L1"][0].principal == HUNDRED


def test_case_19_a_line_blocked_at_the_last_level_never_becomes_final() -> None:
    file = procedure((5,))
    file.generate(5)
    file.process(5)
    file.block(6)
    file.generate(90)
    assert file.state() == (1, "waiting")


def test_case_20_a_blocked_draft_is_not_processed() -> None:
    file = procedure((5,))
    file.generate(5)
    file.block(6)
    file.process(7)
    assert file.state() == (1, "draft")


@pytest.mark.parametrize("day", [4, 5, 19, 20, 39, 40])
def test_a_level_is_reached_on_its_day_and_not_the_day_before(day: int) -> None:
    file = procedure(THREE)
    for earlier in (5, 20):
        if earlier < day:
            file.generate(earlier)
            file.process(earlier)
    reached = {4: None, 5: (1, "draft"), 19: (1, "waiting"), 20: (2, "draft"), 39: (2, "waiting"), 40: (3, "draft")}
    file.generate(day)
    assert file.state() == reached[day]
