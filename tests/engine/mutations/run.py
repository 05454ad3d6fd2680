"""Put each fault of ``faults.py`` into a copy of the package, one at a time, and say which test catches it.

``python tests/engine/mutations/run.py [WORD ...]``: all faults, or those whose name holds one of the words. The fast
test files run first; what they let through goes to the slow ones. It ends with 1 when a fault
survives or no longer applies.
"""

import os  # the children get the copy before the installed package
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from engine.mutations.faults import FAULTS, Fault  # noqa: E402  # the script is started from any folder

FAST = (
    "test_overlay_diaries.py",
    "test_lasting_diaries.py",
    "test_promise_diaries.py",
    "test_plan_diaries.py",
    "test_plan_tranches.py",
    "test_built_in_diaries.py",
    "test_peer_cases.py",
    "test_threads.py",
    "test_decide.py",
    "test_traps.py",
)
SLOW = ("test_complaints.py", "test_complaints_of_runs.py", "test_properties.py", "test_machine.py")


def tested(source: Path, files: Sequence[str]) -> str | None:
    """Return the first test that fails against the sources, or ``None`` when all pass."""
    paths = [str(Path("tests", "engine", name)) for name in files]
    options = ["-q", "-x", "--no-header", "--tb=no", "-p", "no:cacheprovider", "--no-cov"]
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *paths],
        cwd=ROOT,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": f"{source}{os.pathsep}{ROOT / 'tests'}",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if finished.returncode == 0:
        return None
    found = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", finished.stdout, re.MULTILINE)
    return found[1].removeprefix("tests/engine/") if found else finished.stdout.strip().splitlines()[-1]


def catcher(fault: Fault, source: Path) -> str | None:
    """Return the test that catches a fault, or ``None``; the sources are left as they were."""
    file = source / "recouvrement" / fault.file
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace(fault.old, fault.new), encoding="utf-8")
    try:
        return tested(source, FAST) or tested(source, SLOW)
    finally:
        file.write_text(sound, encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Return 0 when every fault applies and is caught."""
    chosen = [fault for fault in FAULTS if not words or any(word in fault.name for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        shutil.copytree(
            ROOT / "src" / "recouvrement", source / "recouvrement", ignore=shutil.ignore_patterns("__pycache__")
        )
        if failing := tested(source, FAST):
            sys.stdout.write(f"the sound sources fail {failing}: nothing can be said of the faults\n")
            return 1
        bad = 0
        for fault in chosen:
            count = (source / "recouvrement" / fault.file).read_text(encoding="utf-8").count(fault.old)
            found = f"no longer applies: found {count} times" if count != 1 else catcher(fault, source)
            bad += found is None or count != 1
            sys.stdout.write(f"{fault.name} | {found or 'SURVIVED'}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - bad} of {len(chosen)} faults caught\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
