"""Believable cases, built by hand."""

from datetime import date, timedelta

from recouvrement import Case, Contact, Creditor, Debtor, DebtorKind, Invoice, Money, PostalAddress
from recouvrement.domain.events import HistoryEvent

CREDITOR = Creditor(id="atelier-lumen", name="Atelier Lumen", legal_form="SARL", siren="000000018")
CONTACT = Contact(email="compta@fournil.example", phone="06 39 98 12 34")
ADDRESS = PostalAddress(street="12 rue des Carmes", postal_code="44000", city="Nantes")


def debtor(kind: DebtorKind = DebtorKind.BUSINESS, **changes: object) -> Debtor:
    """Return a debtor that every channel reaches."""
    fields = {
        "id": "fournil",
        "name": "Boulangerie Le Fournil",
        "kind": kind,
        "contacts": (CONTACT,),
        "address": ADDRESS,
    }
    return Debtor.model_validate(fields | changes)


def invoice(number: str, due_on: date, amount: str = "1200.00", *, proof: bool = True) -> Invoice:
    """Return an invoice issued thirty days before its due date, with or without proof of order."""
    return Invoice.single(
        number,
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        total=Money.of(amount, "EUR"),
        order_reference=f"BC-{number}" if proof else None,
    )


def case_of(*invoices: Invoice, kind: DebtorKind = DebtorKind.BUSINESS, history: tuple[HistoryEvent, ...] = ()) -> Case:
    """Return a case of one debtor."""
    return Case(creditor=CREDITOR, debtor=debtor(kind), invoices=invoices, history=history)
