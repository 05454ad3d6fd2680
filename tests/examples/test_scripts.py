"""The numbered examples print what is stored beside them."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPTS = sorted(EXAMPLES.glob("[0-9]*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.stem for script in SCRIPTS])
def test_an_example_prints_what_is_stored(script: Path) -> None:
    finished = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert finished.stderr == ""
    assert finished.stdout == (EXAMPLES / "output" / f"{script.stem}.txt").read_text(encoding="utf-8")
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 60
