"""Runs the tables of procedural deadlines: ends of periods, and the periods that run from each step."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.courts import ProceduralDay, Step

FOLDER = Path(__file__).parent / "fr"
Table = dict[str, Any]  # Any: a row of TOML read by a test


def params(name: str) -> list[Any]:
    """Return the facts and the expected answer of each case, under its title."""
    rows = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["cas"]
    return [pytest.param(row["faits"], row["attendu"], id=row["titre"]) for row in rows]


def end_of(facts: Table) -> ProceduralDay:
    """Return the end of the period that these facts describe."""
    assert facts.keys() <= {"regle", "depart", "mois", "jours", "region", "compte", "attente"}
    months, days = facts.get("mois", 0), facts.get("jours", 0)
    if facts["regle"] == "prescription":
        return FRANCE.limitation_deadline(
            facts["depart"], months=months, days=days, is_counted=facts.get("compte", False)
        )
    return FRANCE.procedural_deadline(
        facts["depart"],
        months=months,
        days=days,
        region=facts.get("region"),
        is_waiting=facts.get("attente", False),
    )


@pytest.mark.parametrize(("faits", "attendu"), params("procedure"))
def test_the_period_ends_as_the_table_says(faits: Table, attendu: Table) -> None:
    day = end_of(faits)
    assert (day.raw_end, day.last_day) == (attendu["brut"], attendu["fin"])
    assert [doubt.code for doubt in day.doubts] == attendu.get("doutes", [])
    assert "last_day" in [step.effect for step in day.path if step.from_ == day.last_day]


@pytest.mark.parametrize(("faits", "attendu"), params("procedure_etapes"))
def test_the_periods_of_a_step_are_those_of_the_table(faits: Table, attendu: Table) -> None:
    assert faits.keys() <= {"etape", "le", "etranger", "a_personne"}
    step = Step(faits["etape"], faits["le"], faits.get("etranger", False), faits.get("a_personne"))
    periods = FRANCE.step_deadlines(step, None)
    found = [f"{one.code} {one.last_day} {one.safe_day} {'attendre' if one.is_waiting else 'agir'}" for one in periods]
    assert found == attendu["delais"]
    assert sorted(doubt.code for one in periods for doubt in one.doubts) == attendu["doutes"]


def test_every_step_has_a_case() -> None:
    rows = tomllib.loads((FOLDER / "procedure_etapes.toml").read_text(encoding="utf-8"))["cas"]
    assert {row["faits"]["etape"] for row in rows} | {"order_reached_person"} == set(FRANCE.steps())
