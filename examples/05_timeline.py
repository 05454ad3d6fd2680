"""The days to come of one invoice: what happens if nobody pays, if half is paid, and what the work costs."""

from datetime import date

from recouvrement import (
    FRANCE,
    Assumptions,
    Case,
    Channel,
    Contact,
    Creditor,
    Debtor,
    DebtorKind,
    Invoice,
    Money,
    Payment,
    PaymentReceived,
    PostalAddress,
    builtin,
    compare,
    forecast,
    project,
)

invoice = Invoice.single(
    "F2026-118",
    issued_on=date(2026, 8, 14),
    due_on=date(2026, 9, 15),
    total=Money.of("1250.00", "EUR"),
    order_reference="BC-2026-77",
)
garage = Debtor(
    id="C042",
    name="Garage de l'Erdre",
    kind=DebtorKind.BUSINESS,
    contacts=(Contact(email="compta@garage-erdre.example", phone="02 61 91 12 34"),),
    address=PostalAddress(street="12 rue des Carmes", postal_code="44000", city="Nantes"),
)
case = Case(creditor=Creditor(id="atelier-lumen", name="Atelier Lumen"), debtor=garage, invoices=(invoice,))
standard, first, last = builtin("standard_b2b"), date(2026, 9, 16), date(2026, 12, 1)

half = Payment(id="RGT-9", received_on=date(2026, 10, 1), amount=Money.of("625.00", "EUR"))
paid = PaymentReceived(id="supposed", effective_on=half.received_on, payment=half)
next_day = Assumptions(answered_after_days=1)
for what_if, assume in (((), Assumptions()), ((paid,), next_day)):
    found = project(case, first, last, scenario=standard, law=FRANCE, what_if=what_if, assume=assume)
    for step in found.steps:
        for action in step.actions:
            print(step.on, action.kind.value, action.stage, action.principal, "owed", step.total)
    print("then silence of", found.silences[-1].days, "days:", found.silences[-1].holds[0].kind.value)

costs = {Channel.EMAIL: Money.of("0.00", "EUR"), Channel.POST: Money.of("1.80", "EUR")}
costs |= {Channel.PHONE: Money.of("3.25", "EUR"), Channel.REGISTERED_POST: Money.of("6.11", "EUR")}
work = forecast([case], first, 60, scenario_for=lambda _: standard, law=FRANCE, costs=costs).total
print(work.contacts, "contacts,", work.letters, "letters,", work.calls, "call,", work.cost)
other = compare(standard, builtin("secteur_public"), [case], first, last, FRANCE, costs=costs)
print("mise en demeure after", [one.days_to_mise_en_demeure for one in (other.cases[0].a, other.cases[0].b)], "days")
