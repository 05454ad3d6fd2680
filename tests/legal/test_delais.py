"""Runs the tables of agreed terms: due dates, readings, maxima, verdicts and fines."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.parties import DebtorKind, PublicBody
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.plafonds_de_paiement import sectors
from recouvrement.law.terms import TermAnswer, TermFacts

FOLDER = Path(__file__).parent / "fr"
Table = dict[str, Any]  # Any: a row of TOML read by a test


def rows(name: str) -> list[Table]:
    """Return the cases of a table."""
    cases: list[Table] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["cas"]
    return cases


def params(name: str) -> list[Any]:
    """Return the facts and the expected answer of each case, under its title."""
    return [pytest.param(row["faits"], row["attendu"], id=row["titre"]) for row in rows(name)]


def facts_of(facts: Table) -> TermFacts:
    """Return what these facts say of the invoice."""
    assert facts.keys() <= {
        "debiteur",
        "classe",
        "secteur",
        "libelle",
        "emise",
        "recue",
        "livree",
        "demande",
        "dedouanee",
        "periodique",
    }
    return TermFacts(
        DebtorKind(facts["debiteur"]),
        public_body=PublicBody(facts["classe"]) if "classe" in facts else None,
        sector=facts.get("secteur"),
        issued_on=facts.get("emise"),
        received_on=facts.get("recue"),
        delivered_on=facts.get("livree"),
        request_dated_on=facts.get("demande"),
        cleared_on=facts.get("dedouanee"),
        is_periodic=facts.get("periodique", False),
    )


def found_in(answer: TermAnswer) -> Table:
    """Return an answer as the tables write it."""
    return {
        "echeance": answer.due_on or "inconnue",
        "lectures": [f"{reading.name} {reading.due_on or 'inconnue'}" for reading in answer.readings],
        "plafond": answer.lawful_latest or "inconnu",
        "article": answer.source.article if answer.source else "aucun",
        "doutes": [doubt.code for doubt in answer.doubts],
        "manque": [missing for doubt in answer.doubts if (missing := doubt.reason.input("missing"))],
    }


@pytest.mark.parametrize(("faits", "attendu"), params("delais_convenus"))
def test_the_due_date_is_that_of_the_table(faits: Table, attendu: Table) -> None:
    answer = FRANCE.due_date(faits.get("libelle"), facts_of(faits))
    found = found_in(answer)
    assert {name: found[name] for name in attendu} == attendu
    assert answer.reasons or answer.doubts


@pytest.mark.parametrize(("faits", "attendu"), params("plafonds"))
def test_the_verdict_is_that_of_the_table(faits: Table, attendu: Table) -> None:
    verdict = FRANCE.check_term(faits.get("libelle"), facts_of(faits))
    found = found_in(verdict.answer)
    found["verdict"] = verdict.outcome.value
    found["depassement"] = verdict.days_over
    fine = verdict.fine
    found["amende"] = f"{fine.natural_person} {fine.legal_person} {fine.source.article}" if fine else "aucune"
    assert {name: found[name] for name in attendu} == attendu
    assert (verdict.days_over is not None) is (attendu["verdict"] == "over")


def test_every_sector_has_its_case_in_the_table_of_maxima() -> None:
    assert {row["faits"].get("secteur") for row in rows("plafonds")} >= {*sectors()}
