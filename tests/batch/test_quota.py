"""The cap of a run counts messages to debtors and nothing else."""

from recouvrement import FRANCE, Action, ActionKind, decide
from recouvrement.batch.quota import Quota
from support.portfolio import MONDAY, case, scenario_for


def decided(index: int) -> tuple[Action, ...]:
    bare = case(index)
    return decide(bare, MONDAY, scenario=scenario_for(bare.debtor), law=FRANCE).actions


def kinds(quota: Quota, *cases: int) -> list[list[str]]:
    told = []
    for index in cases:
        actions = decided(index)
        fitting = quota.within(actions)
        quota.take(actions, fitting)
        told.append([action.kind.value for action in fitting])
    return told


def test_contacts_are_counted_and_proposals_are_not() -> None:
    assert decided(2)[0].kind is ActionKind.APPROVAL
    quota = Quota(2)
    assert kinds(quota, 0, 2, 1, 3, 2, 4) == [["contact"], ["approval"], ["contact"], [], ["approval"], []]
    assert (quota.taken, quota.left) == (2, 2)


def test_without_a_limit_nothing_is_left() -> None:
    quota = Quota(None)
    assert kinds(quota, 0, 1, 3) == [["contact"]] * 3
    assert (quota.taken, quota.left) == (3, 0)


def test_a_case_that_decides_nothing_is_not_left() -> None:
    quota = Quota(0)
    quota.take((), ())
    assert quota.left == 0
