"""Decisions of every diary, overlays and built-in scenarios alike, on machines set up otherwise: the same bytes."""

import os  # the children of this test get other environments
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DECIDE = """
from engine import test_built_in_diaries, test_overlay_diaries, test_plan_diaries, test_promise_diaries
from support.logbook import dictated
files = (test_built_in_diaries, test_overlay_diaries, test_plan_diaries, test_promise_diaries)
for diary in (diary for file in files for diary in file.DIARIES):
    for decision in dictated(diary):
        print(decision.model_dump_json())
"""


def decisions(**environment: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", DECIDE],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={"PATH": os.defpath, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}", "PYTHONUTF8": "1"}
        | environment,
    )
    return finished.stdout


@pytest.fixture(scope="module")
def reference() -> str:
    """Return what a machine in Paris decides."""
    return decisions(PYTHONHASHSEED="0", TZ="Europe/Paris", LC_ALL="fr_FR.UTF-8")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Noumea", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "3", "TZ": "Pacific/Pago_Pago", "LC_ALL": "de_DE.UTF-8"},
    ],
    ids=["far east", "turkish", "far west"],
)
def test_overlays_and_scenarios_are_decided_alike_on_every_machine(environment: dict[str, str], reference: str) -> None:
    assert decisions(**environment) == reference


def test_the_decisions_compared_hold_actions_of_every_kind_and_every_overlay(reference: str) -> None:
    """What is compared says something: each kind of action, each kind of hold that overlays may cause."""
    for kind in ("contact", "approval", "alert", "terminal"):
        assert f'"kind":"{kind}"' in reference
    for hold in ("dispute", "promise_to_pay", "payment_in_process", "credit_note_awaited", "mediation", "manual_hold"):
        assert f'"kind":"{hold}"' in reference
    for hold in ("assignment", "payment_plan", "insolvency", "stale_bank_data", "direct_debit", "no_channel"):
        assert f'"kind":"{hold}"' in reference
