"""A condition of one's own: checked, read from TOML, linted, and lived by an invoice."""

from datetime import date
from typing import Literal

from recouvrement import (
    FRANCE,
    Case,
    Contact,
    Creditor,
    CustomCondition,
    Debtor,
    DebtorKind,
    Invoice,
    ItemFacts,
    Money,
    Verdict,
    decide,
    lint,
    scenario_from_toml,
)
from recouvrement.testing import check_condition


class YearEnd(CustomCondition):
    """Holds in December, when the accounts of the buyer are about to close."""

    type: Literal["lumen.year_end"] = "lumen.year_end"

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; it changes on 1 December and on 1 January."""
        holds = facts.on.month == 12
        until = date(facts.on.year + 1, 1, 1) if holds else date(facts.on.year, 12, 1)
        return Verdict(holds, until, "lumen.year_end")


check_condition(YearEnd(), max_examples=50)
TEXT = """
id = "fin_d_annee"
version = 1
title = "Rappel avant la clôture"
debtor_kinds = ["business"]
min_interval_days = 7
stages = [
  { id = "rappel", document = "reminder_1", channels = ["email"], rank = "amicable", when = { type = "all", of = [
    { type = "days_after", anchor = "due_on", days = 5 }, { type = "lumen.year_end" }] } }]
terminal = { outcome = "human_decision", when = { type = "days_after", anchor = "previous_stage", days = 30 } }
"""
scenario = scenario_from_toml(TEXT, conditions=(YearEnd,))
for finding in lint(scenario, law=FRANCE):
    print(finding.severity.value, finding.path, finding.message)
total = Money.of("1860.00", "EUR")
invoice = Invoice.single("F2026-207", issued_on=date(2026, 9, 15), due_on=date(2026, 10, 15), total=total)
mail = Contact(email="compta@fournil.example")
debtor = Debtor(id="C012", name="Boulangerie Le Fournil", kind=DebtorKind.BUSINESS, contacts=(mail,))
case = Case(creditor=Creditor(id="atelier-lumen", name="Atelier Lumen"), debtor=debtor, invoices=(invoice,))
for on in (date(2026, 11, 23), date(2026, 12, 1)):
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    print(on, [action.stage for action in decision.actions], "look again on", decision.next_wakeup)
