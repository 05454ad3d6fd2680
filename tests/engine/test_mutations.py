"""Every fault of ``mutations/faults.py`` still applies to the present sources; ``mutations/run.py`` has them caught."""

from pathlib import Path

import pytest

from engine.mutations.faults import FAULTS, Fault

SOURCES = Path(__file__).parents[2] / "src" / "recouvrement"


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_still_applies(fault: Fault) -> None:
    sound = (SOURCES / fault.file).read_text(encoding="utf-8")
    assert sound.count(fault.old) == 1
    compile(sound.replace(fault.old, fault.new), fault.file, "exec")


def test_there_are_enough_of_them_and_each_has_its_own_name() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 15
