"""What the README shows is what the program prints."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = [
    (shlex.split(block.split("\n", 1)[0].removeprefix("$ ")), block.split("\n", 1)[1])
    for block in re.findall(r"```console\n(\$ .*?)\n```", README, flags=re.DOTALL)
    if "\n$ " not in block
]


def unpadded(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command[1] for command, _ in CONSOLE])
def test_a_command_of_the_readme_prints_what_it_shows(command: list[str], shown: str) -> None:
    words = [sys.executable, "-m", "recouvrement.cli", *command[1:]]
    finished = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert unpadded(finished.stdout) == unpadded(shown)


def test_the_library_example_is_ten_lines_and_prints_what_it_shows() -> None:
    found = re.search(r"```python\n(.*?)\n```\n\nprints\n\n```text\n(.*?)\n```", README, flags=re.DOTALL)
    assert found is not None
    assert sum(bool(line) for line in found[1].splitlines()) <= 10
    finished = subprocess.run([sys.executable, "-c", found[1]], capture_output=True, text=True, check=False)
    assert (finished.stdout.rstrip(), finished.stderr) == (found[2], "")
