"""A scenario of one's own, written in TOML, and the life of an invoice in it from wake-up to wake-up."""

from datetime import date

from recouvrement import (
    FRANCE,
    ActionPlanned,
    Case,
    Contact,
    Creditor,
    Debtor,
    DebtorKind,
    Invoice,
    Money,
    decide,
    scenario_from_toml,
)

TWO_REMINDERS = """
id = "deux_rappels"
version = 1
title = "Deux rappels, puis une décision"
debtor_kinds = ["business"]
min_interval_days = 7

[[stages]]
id = "rappel"
document = "reminder_1"
channels = ["email"]
rank = "amicable"
when = { type = "days_after", anchor = "due_on", days = 5 }

[[stages]]
id = "second_rappel"
document = "reminder_2"
channels = ["email"]
rank = "amicable"
when = { type = "days_after", anchor = "stage:rappel", days = 10 }

[terminal]
outcome = "human_decision"
when = { type = "days_after", anchor = "previous_stage", days = 15 }
"""

scenario = scenario_from_toml(TWO_REMINDERS)
total = Money.of("840.00", "EUR")
invoice = Invoice.single("F2026-131", issued_on=date(2026, 9, 1), due_on=date(2026, 9, 30), total=total)
mail = Contact(email="compta@loch.example")
debtor = Debtor(id="C007", name="Voilerie du Loch", kind=DebtorKind.BUSINESS, contacts=(mail,))
case = Case(creditor=Creditor(id="atelier-lumen", name="Atelier Lumen"), debtor=debtor, invoices=(invoice,))
on = date(2026, 9, 30)
while on < date(2026, 12, 31):
    decision = decide(case, on, scenario=scenario, law=FRANCE)
    for action in decision.actions:
        print(on, action.stage, action.principal)
        case = case.with_events([ActionPlanned(id=f"{action.id}:planned", effective_on=on, action=action)])
    on = decision.next_wakeup or date(2026, 12, 31)
