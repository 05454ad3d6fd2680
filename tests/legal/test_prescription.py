"""Runs the tables of prescription: an invoice whose regime follows from its parties, and regimes named outright."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.documents import Instalment, Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, PublicBody
from recouvrement.domain.vocabulary import ClaimNature
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.limitation import Act, LimitationFacts

FOLDER = Path(__file__).parent / "fr"
TOTAL = Money.of("1200.00", "EUR")
Table = dict[str, Any]  # Any: a row of TOML read by a test


def cases(name: str) -> list[Any]:
    """Return the cases of a table, each under its title."""
    rows = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["cas"]
    return [pytest.param(row["faits"], row["attendu"], id=row["titre"]) for row in rows]


def acts_of(facts: Table) -> tuple[Act, ...]:
    """Return the acts written ``kind day`` or ``kind day..day``."""
    found = []
    for line in facts.get("actes", []):
        kind, days = line.split()
        on, _, until = days.partition("..")
        found.append(Act(kind, date.fromisoformat(on), date.fromisoformat(until) if until else None))
    return tuple(found)


@pytest.mark.parametrize(("faits", "attendu"), cases("prescription"))
def test_the_last_day_of_an_invoice_is_that_of_the_table(faits: Table, attendu: Table) -> None:
    invoice = Invoice(
        number="F2026-118",
        issued_on=faits["emise"],
        total=TOTAL,
        instalments=(Instalment(amount=TOTAL, due_on=faits.get("echeance")),),
        delivered_on=faits.get("livree"),
        claim_nature=ClaimNature(faits["nature"]) if "nature" in faits else None,
    )
    creditor = Creditor(
        id="C1", name="Scierie du Haut-Doubs", is_natural_person=faits.get("creancier_particulier", False)
    )
    public_body = PublicBody(faits["classe"]) if "classe" in faits else None
    debtor = Debtor(id="D1", name="Ateliers Kervella", kind=DebtorKind(faits["debiteur"]), public_body=public_body)
    deadline, doubts = FRANCE.prescription(invoice.items[0], invoice, debtor, creditor, acts_of(faits))
    assert deadline is not None
    assert deadline.last_day == attendu["dernier_jour"]
    assert deadline.regime == attendu["regime"]
    assert [doubt.code for doubt in doubts] == attendu.get("doutes", [])
    assert next(step.from_ for step in deadline.path if step.effect == "last_day") == deadline.last_day


@pytest.mark.parametrize(("faits", "attendu"), cases("prescription_regimes"))
def test_the_last_day_of_a_regime_is_that_of_the_table(faits: Table, attendu: Table) -> None:
    acts = acts_of(faits)
    found = FRANCE.limitation(
        LimitationFacts(
            regime=faits["regime"],
            start_on=faits["depart"],
            acts=acts,
            starts_at_midnight=faits.get("minuit", False),
            born_on=faits.get("naissance"),
            contract_years=faits.get("contrat"),
        )
    )
    assert found.last_day == attendu.get("dernier_jour")
    assert (found.last_day is None) == attendu.get("suspendu", False)
    assert [doubt.code for doubt in found.doubts] == attendu["doutes"]
    kinds = {act.kind for act in acts}
    assert [step.effect for step in found.path if step.act in kinds] == attendu.get("effets", [])
    if found.last_day is not None:
        assert attendu.get("a_temps", found.last_day) <= found.last_day < attendu.get("trop_tard", date.max)
        assert found.safe_day is not None
        assert found.safe_day < found.last_day
    assert [step.from_ for step in found.path] == sorted(step.from_ for step in found.path)


def test_every_example_of_the_shared_set_about_prescription_is_in_a_table() -> None:
    text = (FOLDER / "prescription_regimes.toml").read_text(encoding="utf-8")
    numbers = [*range(1, 16), *range(21, 30)]
    assert [number for number in numbers if f"FR-S{number:02}" not in text] == []
