"""What the readers of a portfolio hand to one another: documents with the place they were read at, and faults."""

from collections.abc import Iterable
from typing import NamedTuple

from recouvrement.adapters.references import number_key
from recouvrement.batch.portfolio import Failure
from recouvrement.domain.documents import CreditNote, Invoice, Payment
from recouvrement.domain.events import HistoryEvent
from recouvrement.errors import RecouvrementError


class Entry(NamedTuple):
    """An invoice or a credit note with its debtor and the place it was read at."""

    document: Invoice | CreditNote
    debtor_id: str
    where: str
    corrects: tuple[str, ...] = ()
    """Numbers of the invoices it names: those a credit note corrects, the one a corrective invoice stands for."""

    @property
    def currency(self) -> str:
        """The currency of the document."""
        return self.document.total.currency if isinstance(self.document, Invoice) else self.document.amount.currency


class Entries(NamedTuple):
    """What one source of documents gave."""

    entries: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()
    faulty: frozenset[str] = frozenset()
    """Keys of the numbers seen on rows that could not be read: naming one of them is no second fault."""
    payments: tuple[tuple[str, Payment], ...] = ()
    """Payments told by the documents themselves, with their debtor."""
    events: tuple[tuple[str, str, HistoryEvent], ...] = ()
    """Events told by the documents themselves, with their debtor and currency."""


class Register(NamedTuple):
    """Every document of the portfolio by the key of its number, and what is known to be unreadable."""

    by_key: dict[str, Entry]
    faulty: frozenset[str]

    def invoice(self, number: str) -> Entry | None:
        """Return the invoice of that number, or ``None`` when there is none; an instalment suffix is not expected."""
        entry = self.by_key.get(number_key(number))
        return entry if entry is not None and isinstance(entry.document, Invoice) else None

    def item(self, reference: str) -> tuple[Entry, str] | None:
        """Return the invoice and the canonical identifier named by ``number`` or ``number#2``, or ``None``."""
        entry = self.invoice(reference)
        if entry is not None:
            return entry, entry.document.number
        number, mark, position = reference.rpartition("#")
        entry = self.invoice(number) if mark else None
        if entry is None or not isinstance(entry.document, Invoice):
            return None
        item = f"{entry.document.number}#{position.strip()}"
        return (entry, item) if item in {known.id for known in entry.document.items} else None

    def is_faulty(self, reference: str) -> bool:
        """Whether the number was seen on a row that could not be read."""
        return number_key(reference) in self.faulty or number_key(reference.rpartition("#")[0]) in self.faulty


def failures_for(error: RecouvrementError, debtor_ids: Iterable[str | None]) -> tuple[Failure, ...]:
    """Return the error once for each debtor it blocks, or once for nobody in particular."""
    named = sorted({debtor_id for debtor_id in debtor_ids if debtor_id is not None})
    return tuple(Failure(error, debtor_id) for debtor_id in named) or (Failure(error),)
