"""Where the process starts."""

import subprocess
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec

import pytest

from recouvrement.cli import entry
from recouvrement.version import VERSION

LOADED = "recouvrement.cli.main"


class Interrupting:
    """A finder during which somebody presses Ctrl-C."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        del path, target
        if name == LOADED:
            raise KeyboardInterrupt
        return None


def test_an_interruption_while_the_program_loads_gives_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, LOADED, raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    with pytest.raises(SystemExit) as end:
        entry.run()
    assert end.value.code == 130
    assert capsys.readouterr().err == "interrupted: nothing was begun\n"


@pytest.mark.parametrize("module", ["recouvrement", "recouvrement.cli"])
def test_the_package_may_be_run_as_a_module(module: str) -> None:
    answered = subprocess.run(
        [sys.executable, "-m", module, "--version"], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    assert answered.stdout == f"recouvrement, version {VERSION}\n"
