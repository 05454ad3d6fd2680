"""What a language is to a letter: a table of words and formats handed to the view, never a branch in a template."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.terms import DayCount
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.variants import Variant
from recouvrement.render.wording import Forbidden


class Words(NamedTuple):
    """The words Python puts around values; a name in braces stands for the value, no-break spaces included."""

    day: str
    days: str
    invoice: str
    invoices: str
    one_invoice: str
    """With ``number``."""
    oldest: str
    """With ``delay``: that of the oldest of several items."""
    pay_by: str
    """With ``day``."""
    upon_receipt: str
    upon_receipt_of_notice: str
    not_yet_due: str
    order: str
    """With ``reference``."""
    instalment: str
    """With ``number``, ``position`` and ``parts``."""
    from_: str
    """With ``day``."""
    through: str
    """With ``day``."""
    bases: Mapping[DayCount, str]
    """How days become a year."""
    or_: str
    by_invoice: str
    """With ``rates``: which one applies depends on the invoice."""
    compounded: str
    """Added where the base of interest holds interest."""
    by_email: str
    """With ``address``."""
    by_phone: str
    """With ``number``."""
    labelled_phone: str
    """With ``number``."""
    labelled_email: str
    """With ``address``."""
    attention: str
    """With ``name``."""
    place_and_date: str
    """With ``place`` and ``day``."""
    date_alone: str
    """With ``day``."""
    registered: str
    subject: str
    """Before the title of a letter on paper."""
    colon: str
    """Between a label and its value."""
    page: str
    """Before the number of a page."""
    carried: str
    """Total carried from the page before."""
    to_carry: str
    pay_by_transfer: str
    """Under the payment QR code."""
    payment_code: str
    """What the QR code is, for whoever cannot see it."""
    debtor_kinds: Mapping[DebtorKind, str]


class Language(NamedTuple):
    """A language letters are written in."""

    code: str
    """ISO 639-1; also the folder of its templates and the language of the page."""
    money: Callable[[Money], str]
    long_date: Callable[[date], str]
    short_date: Callable[[date], str]
    rate: Callable[[Decimal], str]
    counted: Callable[[int, str, str], str]
    phone: Callable[[str], str]
    """A telephone number of the creditor."""
    article: Callable[[str], str]
    """An article as a source cites it."""
    typography: Callable[[str], str]
    """Sets the text of templates, never values."""
    words: Words
    phrases: Mapping[str, tuple[str, ...]]
    """By name of a mention, the words asked for instead of the French ones."""
    in_any_letter: tuple[Forbidden, ...]
    to_a_consumer: tuple[Forbidden, ...]
    of_a_collector: tuple[Forbidden, ...]
    """Untrue of a creditor that writes himself."""
    kinds: frozenset[DocumentKind]
    """Documents promised in it: each has a template, and no other may be written in it."""
    variants: frozenset[Variant]

    def __hash__(self) -> int:
        """Tables cannot be hashed; a language is known by its code."""
        return hash(self.code)

    def promises(self, kind: DocumentKind, variant: Variant) -> bool:
        """Whether the library promises that document in this language."""
        return kind in self.kinds and variant in self.variants
