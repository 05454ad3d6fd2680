"""What the engine asks of a country's law. A country is a module that answers; the engine never names one."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from recouvrement.domain.decision import Deadline, Doubt, Segment
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, Insolvency
from recouvrement.domain.reasons import Reason, Source
from recouvrement.domain.terms import Imputation


class Receipt(NamedTuple):
    """Money applied to an item: the value date and the amount in minor units."""

    on: date
    minor: int


class Debt(NamedTuple):
    """One overdue item as the law looks at it on a date."""

    item_id: str
    due_on: date
    principal_minor: int
    """Amount of the item less credit notes."""
    receipts: tuple[Receipt, ...]
    """Payments applied to it, by value date, none after the date asked."""
    currency: str
    debtor_kind: DebtorKind
    creditor_is_natural_person: bool
    notice_on: date | None
    """First presentation of a mise en demeure, if one was proved."""
    insolvency_opened_on: date | None
    imputation: Imputation
    instalments: int = 1
    """Due dates of the invoice the item belongs to."""


class Accrual(NamedTuple):
    """Interest on one debt."""

    principal: Money
    """Still owed after imputation."""
    late_interest: Money
    """Accrued and not yet extinguished by a part payment."""
    segments: tuple[Segment, ...]
    """Every segment since interest began, those already extinguished included."""
    through: date | None
    """Last day counted; ``None`` when nothing runs."""
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]


class Indemnity(NamedTuple):
    """Fixed recovery indemnity for one invoice."""

    amount: Money
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]


class DueDate(NamedTuple):
    """A due date supplied by the law where neither invoice nor terms give one."""

    due_on: date | None
    reasons: tuple[Reason, ...]


class Limitation(NamedTuple):
    """The prescription of one item, and what is doubtful in it."""

    deadline: Deadline
    doubts: tuple[Doubt, ...]


class EngineRule(StrEnum):
    """Rules the engine applies whose text belongs to a country."""

    UNALLOCATED_MONEY = "unallocated_money"
    """Which debts are settled by money that names none."""
    CLAIM_GATE = "claim_gate"
    """What a claim needs before a formal demand or a court."""
    INTERRUPTION = "interruption"
    """What makes the time of prescription start again."""


class Jurisdiction(Protocol):
    """The law of one country, in one dated edition. Every answer is a pure function of its arguments."""

    @property
    def code(self) -> str:
        """ISO 3166-1 code in lower case, such as ``fr``."""
        ...

    @property
    def edition(self) -> str:
        """Name of the dated edition of the law files, recorded in every decision."""
        ...

    def rule_source(self, rule: EngineRule) -> Source:
        """Return the text a rule of the engine rests on."""
        ...

    def default_due_on(self, invoice: Invoice, debtor: Debtor) -> DueDate:
        """Return the due date the law gives an invoice without one, or ``None`` when it cannot be known."""
        ...

    def accrual(self, debt: Debt, on: date) -> Accrual:
        """Return the interest on a debt up to ``on`` included. Never raises for an unknown rate: stops and doubts."""
        ...

    def indemnity(self, debt: Debt, on: date) -> Indemnity:
        """Return the fixed indemnity the late payment of an invoice gives right to."""
        ...

    def prescription(self, item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor) -> Limitation:
        """Return the last day to act before the item is barred."""
        ...

    def declaration_de_creance(self, insolvency: Insolvency) -> Deadline | None:
        """Return the last day to declare a claim in insolvency, or ``None`` when the publication is not known."""
        ...

    def has_declaration(self, insolvency: Insolvency) -> bool:
        """Whether claims are declared in proceedings of that kind."""
        ...

    def insolvency_stop(self, insolvency: Insolvency) -> Reason:
        """Return why earlier debts may no longer be demanded."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether a letter may be dated that day: no Saturday, Sunday or public holiday."""
        ...

    def next_working_day(self, day: date) -> date:
        """Return ``day`` itself if it is worked, else the next day that is."""
        ...
