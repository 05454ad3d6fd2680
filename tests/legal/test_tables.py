"""Runs the tables of this folder: each case is a title, facts, what is expected and its source."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.documents import Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Debtor, DebtorKind, PublicBody
from recouvrement.domain.terms import DayCount, HalfYears, Imputation
from recouvrement.errors import NotCovered, RefusedClause
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.clauses import clause_floor
from recouvrement.jurisdictions.fr.interets_legaux import legal_rate
from recouvrement.jurisdictions.fr.jugements import increase_from
from recouvrement.jurisdictions.fr.penalites_de_retard import business_rate, public_rate
from recouvrement.law.jurisdiction import Debt, ProvenCost, Receipt
from recouvrement.law.strict import refuse_gaps

FOLDER = Path(__file__).parent / "fr"
Table = dict[str, Any]  # Any: a row of TOML read by a test

AMOUNTS = (
    "anciennes_regles",
    "capitalisation_C_civ_1343_2",
    "clauses_L441_10",
    "conventions_de_calcul",
    "jugements_L313_3",
    "penalites_de_retard_L441_10",
    "imputation_C_civ_1343_1",
    "interets_moratoires_R2192_31",
    "interets_legaux_1231_6",
    "indemnite_forfaitaire_D441_5",
)


def cases(*names: str) -> list[Any]:
    """Return the cases of these tables, each under its title."""
    rows: list[Any] = []
    for name in names:
        table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        rows += [pytest.param(row["faits"], row["attendu"], id=row["titre"]) for row in table["cas"]]
    return rows


def debt_of(facts: Table) -> Debt:
    """Return the debt that these facts describe."""
    paid = [line.split() for line in facts.get("paiements", [])]
    return Debt(
        item_id="F2026-118",
        due_on=facts["echeance"],
        principal_minor=Money.of(facts["montant"], "EUR").minor,
        receipts=tuple(Receipt(date.fromisoformat(on), Money.of(sum_, "EUR").minor) for on, sum_ in paid),
        currency="EUR",
        debtor_kind=DebtorKind(facts["debiteur"]),
        creditor_is_natural_person=facts.get("creancier_particulier", False),
        notice_on=facts.get("mise_en_demeure"),
        insolvency_opened_on=facts.get("ouverture"),
        imputation=Imputation(facts.get("imputation", "interest_first")),
        penalty=PenaltyClause.of(facts["clause"]) if "clause" in facts else None,
        granted_rate=Decimal(facts["taux"]) if "taux" in facts else None,
        day_count=DayCount(facts.get("convention", "act/365")),
        half_years=HalfYears(facts.get("lecture", "re_anchored")),
        enforceable_on=facts.get("executoire"),
        capitalised_from=facts.get("capitalise_depuis"),
        costs=tuple(
            ProvenCost(incurred_on=date.fromisoformat(on), amount=Money.of(spent, "EUR"), proof=proof)
            for on, spent, proof in (line.split(" ", 2) for line in facts.get("frais", []))
        ),
    )


def invoice_of(facts: Table) -> Invoice:
    """Return the invoice that these facts describe."""
    drawn = Invoice.single(
        "F2026-118", issued_on=facts["emise"], due_on=facts.get("echeance"), total=Money.of("1200.00", "EUR")
    )
    return Invoice(
        number=drawn.number,
        issued_on=drawn.issued_on,
        total=drawn.total,
        instalments=drawn.instalments,
        received_on=facts.get("recue"),
        delivered_on=facts.get("livree"),
    )


def debtor_of(facts: Table) -> Debtor:
    """Return the debtor that these facts describe."""
    public_body = PublicBody(facts["classe"]) if "classe" in facts else None
    return Debtor(id="D1", name="Ateliers Kervella", kind=DebtorKind(facts["debiteur"]), public_body=public_body)


@pytest.mark.parametrize(("faits", "attendu"), cases(*AMOUNTS))
def test_the_sums_owed_are_those_of_the_table(faits: Table, attendu: Table) -> None:
    attendu = dict(attendu)
    debt = debt_of(faits)
    accrual = FRANCE.accrual(debt, faits["au"])
    indemnity = FRANCE.indemnity(debt, faits["au"])
    invoices = [debt._replace(item_id=f"F2026-{number}") for number in range(faits.get("factures", 1))]
    found = {
        "segments": [
            f"{s.from_} {date.fromordinal(s.until.toordinal() - 1)} {s.days} {s.rate} {s.amount.amount}"
            for s in accrual.segments
        ],
        "principal": str(accrual.principal.amount),
        "interets": str(accrual.late_interest.amount),
        "total": str((accrual.principal + accrual.late_interest).amount),
        "indemnite": str(sum(FRANCE.indemnity(invoice, faits["au"]).amount.amount for invoice in invoices)),
        "frais": str(indemnity.extra.amount),
        "doutes": [doubt.code for doubt in accrual.doubts if doubt.code != "weak_source"],
        "doutes_indemnite": [doubt.code for doubt in indemnity.doubts if doubt.code != "weak_source"],
        "majoration": increase_from(debt.enforceable_on) if debt.enforceable_on else None,
    }
    refusals = {"refus": RefusedClause, "non_couvert": NotCovered}
    expected = {name: attendu.pop(name) for name in refusals if name in attendu}
    for name, words in expected.items():
        with pytest.raises(refusals[name], match=re.escape(words)):
            refuse_gaps(accrual, FRANCE)
    if not expected:
        assert refuse_gaps(accrual, FRANCE) is accrual
    assert {name: found[name] for name in attendu} == attendu
    assert accrual.reasons
    assert indemnity.reasons


@pytest.mark.parametrize(("faits", "attendu"), cases("delais_de_paiement"))
def test_the_default_due_date_is_that_of_the_table(faits: Table, attendu: Table) -> None:
    due = FRANCE.default_due_on(invoice_of(faits), debtor_of(faits))
    assert due.due_on == attendu.get("echeance")
    assert due.reasons
    if due.due_on is None:
        assert [reason.code for reason in due.reasons] == [attendu["sans_echeance"]]


@pytest.mark.parametrize(("faits", "attendu"), cases("taux"))
def test_the_rates_are_those_of_the_table(faits: Table, attendu: Table) -> None:
    day = faits["jour"]
    rates = {
        "suppletif": lambda: business_rate(day).percent,
        "public": lambda: public_rate(day).percent,
        "plancher": lambda: clause_floor(day),
        "legal_particulier": lambda: legal_rate(day, creditor_is_natural_person=True).percent,
        "legal_autres": lambda: legal_rate(day, creditor_is_natural_person=False).percent,
    }
    assert {name: rates[name]() for name in attendu} == {name: Decimal(rate) for name, rate in attendu.items()}


def test_every_case_has_its_title_its_source_and_the_name_of_its_reviewer() -> None:
    for path in FOLDER.glob("*.toml"):
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["cas"]
        assert len({row["titre"] for row in rows}) == len(rows)
        for row in rows:
            assert row.keys() == {"titre", "source", "relecteur", "faits", "attendu"}
            assert all((row["titre"], row["source"], row["relecteur"]))
