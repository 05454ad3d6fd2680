"""E-invoices dropped in a portfolio folder: read, tied to the creditor and to one debtor."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from recouvrement.adapters.portfolio.debtors import Debtors
from recouvrement.adapters.portfolio.entries import Entries, Entry
from recouvrement.adapters.portfolio.faults import sentence
from recouvrement.adapters.portfolio.matching import check_seller, debtor_of
from recouvrement.batch.portfolio import Failure
from recouvrement.domain.documents import Invoice, Payment
from recouvrement.domain.events import StopPlaced
from recouvrement.domain.parties import Creditor, Debtor
from recouvrement.domain.terms import PaymentTerms
from recouvrement.domain.vocabulary import StopKind
from recouvrement.errors import InvalidInput

if TYPE_CHECKING:
    from recouvrement.adapters.factures import EInvoice, PartyFacts

SUFFIXES = (".pdf", ".xml")

MAX_LINE = 300
"""Longer terms are a page of conditions: somebody has to read them."""


def read_einvoices(folder: Path, creditor: Creditor, debtors: Debtors) -> Entries:
    """Return the e-invoices of a folder, each with its debtor; what cannot be read or tied to one is a failure.

    Raises ``InvalidInput`` when there are e-invoices and the extra ``factures`` is not installed.
    """
    paths = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES and not path.is_dir() and not path.name.startswith((".", "~$"))
    ]
    if paths and find_spec("facturx") is None:
        raise InvalidInput(
            where=paths[0].name,
            found="reading e-invoices needs the package factur-x",
            hint="Install it with: pip install 'recouvrement[factures]'.",
        )
    read = [_read(path, creditor, debtors) for path in paths]
    return Entries(
        entries=tuple(entry for one in read for entry in one.entries),
        failures=tuple(failure for one in read for failure in one.failures),
        payments=tuple(payment for one in read for payment in one.payments),
        events=tuple(event for one in read for event in one.events),
    )


def _read(path: Path, creditor: Creditor, debtors: Debtors) -> Entries:
    # factur-x and lxml take half a second to load: a portfolio without e-invoices does not pay for it.
    from recouvrement.adapters.factures import RefusedInvoice, read_einvoice  # noqa: PLC0415

    try:
        read = read_einvoice(path)
        check_seller(read.seller, creditor, path.name)
        debtor = debtor_of(read.buyer, debtors.by_id.values(), path.name)
    except RefusedInvoice as fault:
        debtor_id = _buyer_of_refused(fault.seller, fault.buyer, creditor, debtors)
        return Entries(failures=(Failure(fault, debtor_id),))
    except InvalidInput as fault:
        return Entries(failures=(Failure(fault),))
    if isinstance(read.document, Invoice) and any(due < read.document.issued_on for due in read.due_dates):
        early = InvalidInput(
            where=path.name,
            found=f"the due date {read.due_dates[0].isoformat()} comes before the invoice of "
            f"{read.document.issued_on.isoformat()}",
            hint="Ask the issuer for a corrected file, or enter the invoice in factures.csv.",
        )
        return Entries(failures=(Failure(early, debtor.id),))
    try:
        return _told(read, debtor, path.name)
    except ValidationError as fault:
        refused = InvalidInput(
            where=path.name, found=sentence(fault), hint="Enter the invoice in factures.csv instead of this file."
        )
        return Entries(failures=(Failure(refused, debtor.id),))


def _buyer_of_refused(
    seller: "PartyFacts | None", buyer: "PartyFacts | None", creditor: Creditor, debtors: Debtors
) -> str | None:
    """Return the debtor that a refused e-invoice concerns: it may be a credit note that he would be dunned without."""
    if seller is None or buyer is None:
        return None
    try:
        check_seller(seller, creditor, "")
        return debtor_of(buyer, debtors.by_id.values(), "").id
    except InvalidInput:
        return None


def _told(read: "EInvoice", debtor: Debtor, where: str) -> Entries:
    """Return the document, with what it tells beside itself: an advance too large, an assignment, terms in words."""
    document = read.document
    if not isinstance(document, Invoice):
        return Entries(entries=(Entry(document, debtor.id, where, read.preceding),))
    payments: tuple[tuple[str, Payment], ...] = ()
    if read.overpaid is not None:
        surplus = Payment(
            id=f"surplus:{document.number}",
            received_on=document.issued_on,
            amount=read.overpaid,
            reference=f"acompte supérieur à la facture {document.number}"[:300],
        )
        payments = ((debtor.id, surplus),)
    holds: list[str] = []
    if read.is_factored:
        holds.append("créance cédée à un affactureur (type de facture)")
    words = read.terms_text if read.payable.minor > 0 and not read.due_dates else None
    if words and len(words) <= MAX_LINE:
        # Whether they can be read, and in how many ways, is for the law to say.
        document = Invoice.model_validate(dict(document) | {"terms": PaymentTerms(wording=words)})
    elif words:
        holds.append(f"échéance en toutes lettres, à saisir : {words}")
    events = tuple(
        StopPlaced(
            id=f"facture:{document.number}:{position}",
            effective_on=document.issued_on,
            stop_id=f"facture:{document.number}:{position}",
            stop=StopKind.MANUAL_HOLD,
            item_ids=tuple(item.id for item in document.items),
            note=note[:300],
        )
        for position, note in enumerate(holds, start=1)
    )
    return Entries(
        entries=(Entry(document, debtor.id, where, read.preceding if read.type_code == "384" else ()),),
        payments=payments,
        events=tuple((debtor.id, read.currency, event) for event in events),
    )
