"""What is owed, line by line: each sum can be typed on a calculator."""

from datetime import date

from recouvrement import (
    FRANCE,
    Case,
    CreditNote,
    Creditor,
    Debtor,
    DebtorKind,
    Invoice,
    Money,
    Payment,
    builtin,
    decide,
)
from recouvrement.domain.decompte import decompte
from recouvrement.domain.documents import Allocation
from recouvrement.render.decompte import as_text

ON = date(2026, 6, 30)

invoices = (
    Invoice.single(
        "F2025-311",
        issued_on=date(2025, 10, 31),
        due_on=date(2025, 11, 30),
        total=Money.of("8640.00", "EUR"),
        order_reference="BC-2025-204",
    ),
    Invoice.single(
        "F2026-027", issued_on=date(2026, 2, 16), due_on=date(2026, 3, 18), total=Money.of("1512.60", "EUR")
    ),
)
case = Case(
    creditor=Creditor(id="menuiserie-kerdraon", name="Menuiserie Kerdraon"),
    debtor=Debtor(id="C019", name="Hôtel de la Rade", kind=DebtorKind.BUSINESS),
    invoices=invoices,
    credit_notes=(
        CreditNote(
            number="AV2025-014",
            issued_on=date(2025, 12, 5),
            amount=Money.of("240.00", "EUR"),
            invoice_number="F2025-311",
        ),
    ),
    payments=(
        Payment(
            id="VIR-0412",
            received_on=date(2026, 3, 2),
            amount=Money.of("3000.00", "EUR"),
            allocations=(Allocation(item_id="F2025-311", amount=Money.of("3000.00", "EUR")),),
        ),
    ),
)

decision = decide(case, ON, scenario=builtin("standard_b2b"), law=FRANCE)
print(as_text(decompte(decision.claim, ON, decision.doubts)), end="")
