"""Commercial documents: invoices and their instalments, credit notes, payments."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

from recouvrement.domain.money import Money
from recouvrement.domain.payment_page import PaymentUrl
from recouvrement.domain.terms import PaymentTerms
from recouvrement.domain.values import CivilDate, Code, Line, Value
from recouvrement.domain.vocabulary import ClaimNature, PaymentMethod


class Instalment(Value):
    """A part of an invoice with its own due date; the unit of claim."""

    amount: Money
    due_on: CivilDate | None = None
    """Last day to pay. ``None``: not shown on the invoice; terms or the law may supply it."""


class Item(NamedTuple):
    """One instalment seen as a claim of its own (``échéance``)."""

    id: str
    """The invoice number, followed by ``#1``, ``#2``… when the invoice has several instalments."""
    invoice_number: str
    position: int
    issued_on: date
    due_on: date | None
    amount_minor: int


class Invoice(Value):
    """An invoice issued to the debtor. Amounts include VAT.

    The instalments add up to ``total`` less ``prepaid``: what was left to pay when the invoice was issued.

    >>> invoice = Invoice.single("F2026-118", issued_on=date(2026, 9, 30), due_on=date(2026, 10, 30),
    ...                          total=Money.of("1250.00", "EUR"))
    >>> [item.id for item in invoice.items]
    ['F2026-118']
    """

    number: Code
    issued_on: CivilDate
    total: Money
    prepaid: Money | None = None
    """Advance already deducted on the invoice itself (EN 16931 BT-113)."""
    instalments: tuple[Instalment, ...]
    terms: PaymentTerms | None = None
    received_on: CivilDate | None = None
    delivered_on: CivilDate | None = None
    """Day of delivery or end of performance."""
    order_reference: Line | None = None
    description: Line | None = None
    claim_nature: ClaimNature | None = None
    """Where the law gives such claims a time to act of their own; ``None``: that of the creditor, else ordinary."""
    payment_method: PaymentMethod | None = None
    """``None``: not said; the debtor is then expected to pay by itself."""
    payment_url: PaymentUrl | None = None
    """Page where this one invoice can be paid online, and nothing else."""

    def model_post_init(self, _context: object, /) -> None:
        """Refuse instalments that do not add up to what is left to pay."""
        if not self.instalments:
            message = f"invoice {self.number} has no instalment: give at least one"
            raise ValueError(message)
        currency = self.total.currency
        if any(part.amount.currency != currency for part in self.instalments) or (
            self.prepaid is not None and self.prepaid.currency != currency
        ):
            message = f"invoice {self.number} mixes currencies: write every amount in {currency}"
            raise ValueError(message)
        if self.prepaid is not None and self.prepaid.minor < 0:
            message = f"invoice {self.number} has a negative advance of {self.prepaid}: write what was paid, or nothing"
            raise ValueError(message)
        if self.total.minor < 0 or any(part.amount.minor < 0 for part in self.instalments):
            message = f"invoice {self.number} has a negative amount: enter it as a credit note"
            raise ValueError(message)
        payable = self.total.minor - (self.prepaid.minor if self.prepaid else 0)
        parts = sum(part.amount.minor for part in self.instalments)
        if parts != payable:
            due = Money.from_minor(payable, currency)
            found = Money.from_minor(parts, currency)
            message = f"invoice {self.number}: the instalments add up to {found}, not to the {due} left to pay"
            raise ValueError(message)

    @classmethod
    def single(
        cls,
        number: str,
        *,
        issued_on: date,
        due_on: date | None,
        total: Money,
        delivered_on: date | None = None,
        order_reference: str | None = None,
    ) -> Self:
        """Return an invoice payable at once on its due date."""
        return cls(
            number=number,
            issued_on=issued_on,
            total=total,
            instalments=(Instalment(amount=total, due_on=due_on),),
            delivered_on=delivered_on,
            order_reference=order_reference,
        )

    @property
    def items(self) -> tuple[Item, ...]:
        """The instalments as claims, in the order of the invoice."""
        return self._items

    @cached_property
    def _items(self) -> tuple[Item, ...]:  # a name without its underscore would be among the fields of dict(invoice)
        several = len(self.instalments) > 1
        return tuple(
            Item(
                id=f"{self.number}#{position}" if several else self.number,
                invoice_number=self.number,
                position=position,
                issued_on=self.issued_on,
                due_on=part.due_on,
                amount_minor=part.amount.minor,
            )
            for position, part in enumerate(self.instalments, start=1)
        )


class CreditNote(Value):
    """A credit note: ``amount`` is what it takes off, always positive."""

    number: Code
    issued_on: CivilDate
    amount: Money
    invoice_number: Code | None = None
    """Invoice it corrects; ``None``: it goes to the oldest debts of the case."""
    reason: Line | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Refuse an amount that is not positive."""
        if self.amount.minor <= 0:
            message = (
                f"credit note {self.number} has amount {self.amount}: write what it takes off as a positive amount"
            )
            raise ValueError(message)


class AllocationChoice(StrEnum):
    """Who said which debt a payment goes to."""

    CREDITOR = "creditor"
    """The creditor's books: the debtor named no debt, or nobody noted it."""
    DEBTOR = "debtor"
    """The debtor, when paying (C. civ. art. 1342-10)."""


class Allocation(Value):
    """The part of a payment that goes to one invoice, or to one instalment (``number#2``)."""

    item_id: Code
    amount: Money
    chosen_by: AllocationChoice = AllocationChoice.CREDITOR

    def model_post_init(self, _context: object, /) -> None:
        """Refuse an amount that is not positive."""
        if self.amount.minor <= 0:
            message = f"{self.amount} allocated to {self.item_id}: an allocation is positive"
            raise ValueError(message)


class Payment(Value):
    """Money received. ``received_on`` is the day the funds were at the creditor's disposal (C. com. art. L441-9 I)."""

    id: Code
    received_on: CivilDate
    amount: Money
    allocations: tuple[Allocation, ...] = ()
    """How it was allocated; what is left over goes to the oldest debts of the case."""
    reference: Line | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Refuse an allocation beyond the payment."""
        if self.amount.minor <= 0:
            message = (
                f"payment {self.id} has amount {self.amount}: a payment is positive; enter a rejected one as an event"
            )
            raise ValueError(message)
        if any(part.amount.currency != self.amount.currency for part in self.allocations):
            message = f"payment {self.id} is allocated in another currency than {self.amount.currency}"
            raise ValueError(message)
        allocated = sum(part.amount.minor for part in self.allocations)
        if allocated > self.amount.minor:
            found = Money.from_minor(allocated, self.amount.currency)
            message = f"payment {self.id} of {self.amount} is allocated for {found}: reduce the allocations"
            raise ValueError(message)
