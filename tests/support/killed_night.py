"""Run a night and kill this very process at a given Python call: ``python -m support.killed_night FOLDER CALLS``.

With 0 calls nothing is killed and the number of calls is printed.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from support.portfolio import night, policy, portfolio


def main() -> None:
    folder, limit = Path(sys.argv[1]), int(sys.argv[2])
    rules, read = policy(), portfolio()
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        if event in {"call", "c_call"}:
            calls += 1
            if calls == limit:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    night(folder, read, rules=rules)
    sys.setprofile(None)
    sys.stdout.write(f"{calls}\n")


if __name__ == "__main__":
    main()
