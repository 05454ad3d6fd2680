"""A night killed at any moment and run again delivers every action exactly once."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from recouvrement import FRANCE, ActionDelivered, ActionPlanned
from recouvrement.batch.replay import replayed
from recouvrement.journal.protocol import OutboxState
from support.portfolio import MONDAY, files, night, opened, portfolio

TESTS = Path(__file__).parents[1]


def killed_night(folder: Path, calls: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "support.killed_night", str(folder), str(calls)],
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], int]:
    """Return what an undisturbed night delivers, and how many Python calls it takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    finished = killed_night(folder, 0)
    assert finished.returncode == 0, finished.stderr
    return files(folder), int(finished.stdout)


@pytest.mark.parametrize("seed", range(14))
def test_a_night_killed_at_a_random_moment_is_finished_by_the_next_run(
    seed: int, reference: tuple[dict[str, bytes], int], tmp_path: Path
) -> None:
    expected, calls = reference
    moment = random.Random(seed).randrange(1, calls)  # noqa: S311  # a test picks a moment, not a secret
    assert killed_night(tmp_path, moment).returncode == -signal.SIGKILL
    night(tmp_path, portfolio())
    assert files(tmp_path) == expected
    with opened(tmp_path) as journal:
        journal.verify()
        assert journal.outbox([OutboxState.PLANNED, OutboxState.CLAIMED, OutboxState.UNKNOWN]) == ()
        for bare in portfolio().cases:
            kept = replayed(journal, bare.id, MONDAY, law=FRANCE)
            assert all(one.is_identical for one in kept)
            assert (kept[0].decision.actions != (), kept[-1].decision.actions) == (True, ())
        events = [event for known in journal.histories().values() for event in known.events]
    planned = [event.action.id for event in events if isinstance(event, ActionPlanned)]
    delivered = [event.action_id for event in events if isinstance(event, ActionDelivered)]
    assert sorted(planned) == sorted(delivered) == sorted(set(planned))
