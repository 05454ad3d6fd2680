"""One invoice, one date: what to do, what is owed, and why."""

from datetime import date

from recouvrement import FRANCE, Case, Contact, Creditor, Debtor, DebtorKind, Invoice, Money, builtin, decide

invoice = Invoice.single(
    "F2026-118",
    issued_on=date(2026, 10, 16),
    due_on=date(2026, 11, 16),
    total=Money.of("1250.00", "EUR"),
    order_reference="BC-2026-77",
)
case = Case(
    creditor=Creditor(id="atelier-lumen", name="Atelier Lumen"),
    debtor=Debtor(
        id="C042",
        name="Garage de l'Erdre",
        kind=DebtorKind.BUSINESS,
        contacts=(Contact(email="compta@garage-erdre.example"),),
    ),
    invoices=(invoice,),
)

for on in (date(2026, 11, 13), date(2026, 11, 16), date(2026, 11, 23)):
    decision = decide(case, on, scenario=builtin("standard_b2b"), law=FRANCE)
    print(on, [action.document.value for action in decision.actions], "look again", decision.next_wakeup)

print("total", decision.claim.total)
for item in decision.claim.items:
    for segment in item.segments:
        print(f"interest {segment.amount}: {segment.days} days at {segment.rate} % on {segment.principal}")
        print("  by", segment.source.article, "-", segment.source.confidence.value)
    print("indemnity", item.indemnity)
for doubt in decision.doubts:
    print("doubt", doubt.code, dict(doubt.reason.inputs))
