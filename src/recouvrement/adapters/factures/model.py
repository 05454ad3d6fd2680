"""What an e-invoice says, in the terms of EN 16931 (``BT`` numbers)."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.documents import CreditNote, Invoice
from recouvrement.domain.money import Money
from recouvrement.errors import InvalidInput


class PartyFacts(NamedTuple):
    """The seller or the buyer as the file names it; identifiers are compact but their keys are not checked."""

    name: str | None = None
    siren: str | None = None
    """Nine digits, from scheme 0002, or the first nine of the SIRET."""
    siret: str | None = None
    """Fourteen digits, from scheme 0009 (some issuers put them under 0002)."""
    vat_number: str | None = None
    identifiers: tuple[str, ...] = ()
    """The other identifiers (BT-29, BT-46), as written."""
    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None


class RefusedInvoice(InvalidInput):
    """An e-invoice that cannot be read; ``buyer`` and ``seller`` are known when the fault lies further down."""

    def __init__(
        self, *, where: str, found: str, hint: str, seller: PartyFacts | None = None, buyer: PartyFacts | None = None
    ) -> None:
        super().__init__(where=where, found=found, hint=hint)
        self.seller = seller
        self.buyer = buyer


class Due(NamedTuple):
    """One due date of the payment terms, with its amount when the file gives one."""

    due_on: date
    amount: str | None = None


class Terms(NamedTuple):
    """Payment terms: the due dates (BT-9) and the words (BT-20)."""

    dues: tuple[Due, ...] = ()
    text: str | None = None


class Facts(NamedTuple):
    """What both syntaxes say, before amounts are checked; amounts are still text."""

    number: str | None
    type_code: str | None
    is_credit_syntax: bool
    issued_on: date | None
    currency: str | None
    seller: PartyFacts
    buyer: PartyFacts
    grand_total: str | None
    prepaid: str | None
    rounding: str | None
    payable: str | None
    terms: Terms
    preceding: tuple[str, ...]
    order_reference: str | None
    delivered_on: date | None
    notes: tuple[tuple[str, str], ...]
    payment_means: tuple[str, ...] = ()
    is_test: bool = False


class EInvoice(NamedTuple):
    """An e-invoice that was read; amounts keep the sign they have in the file, ``document`` follows the domain.

    ``document.total`` is ``payable`` plus ``prepaid``: it differs from ``grand_total`` by the rounding amount (BT-114).
    """

    document: Invoice | CreditNote
    type_code: str
    """UNTDID 1001 (BT-3)."""
    currency: str
    seller: PartyFacts
    buyer: PartyFacts
    flavour: str
    """``factur-x`` for CII, ``ubl-2.1-invoice``, ``ubl-2.1-creditnote``."""
    profile: str | None
    """``minimum``, ``basicwl``, ``basic``, ``en16931``, ``extended``…; ``None`` when the file names none known."""
    grand_total: Money
    """BT-112."""
    prepaid: Money
    """BT-113; what is missing between total and payable in the MINIMUM profile, which has no field for it."""
    payable: Money
    """BT-115."""
    overpaid: Money | None
    """What the advance exceeds the total by: the debtor's money, still in the creditor's hands."""
    due_dates: tuple[date, ...]
    terms_text: str | None
    preceding: tuple[str, ...]
    """BT-25: the invoices it refers to."""
    order_reference: str | None
    """BT-13; ``None`` when the field holds a filler such as ``n/a``."""
    delivered_on: date | None
    legal_notes: tuple[tuple[str, str], ...]
    """``AAB`` (discount), ``PMD`` (late-payment penalties), ``PMT`` (40 EUR): code and text."""
    payment_means: tuple[str, ...]
    """BT-81: codes of UNTDID 4461, in the order of the file; what they say is ``document.payment_method``."""
    notes: tuple[tuple[str, str], ...]
    """Every note (BT-21 and BT-22), those above included: code, empty when the note has none, and text."""

    @property
    def is_factored(self) -> bool:
        """Whether the invoice says that the claim was assigned to a factor (types 393, 396, 501, 502)."""
        return self.type_code in {"393", "396", "501", "502"}
