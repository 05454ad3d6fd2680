"""The proofs of a file: what shows that the claim exists, is due and was asked for."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.documents import Invoice
from recouvrement.domain.events import ActionPlanned, NoticeDelivered, ProofSupplied
from recouvrement.domain.vocabulary import PROFESSIONAL_DOCUMENTS, DocumentKind, ProofKind
from recouvrement.render import formats

_PROOFS: dict[ProofKind, str] = {
    ProofKind.ORDER: "Commande",
    ProofKind.DELIVERY: "Preuve de livraison",
    ProofKind.ACCEPTANCE: "Acceptation",
}


class ExhibitRow(NamedTuple):
    """One exhibit."""

    rank: str
    exhibit: str
    about: str
    """Invoices it is about; empty for the whole file."""


class Exhibits(NamedTuple):
    """The exhibits of a file handed to a professional; empty for another document."""

    exhibit_rows: tuple[ExhibitRow, ...]
    notice_on: str
    """First presentation of the last mise en demeure; empty when none is recorded."""
    unproved: str
    """Invoices without proof of order, delivery or acceptance: for the professional, not for the judicial agent."""


NO_EXHIBITS = Exhibits((), "", "")


def exhibits(action: Action, case: Case, *, on: date) -> Exhibits:
    """Return the exhibits the case knows of for the listed items, numbered, by the day of the document."""
    is_notice = action.document is DocumentKind.LAST_NOTICE
    is_declared = action.document is DocumentKind.CLAIM_DECLARATION
    if action.document not in PROFESSIONAL_DOCUMENTS and not is_notice:
        return NO_EXHIBITS
    listed = {item.invoice_number for item in case.items if item.id in action.listed}
    invoices = [invoice for invoice in case.invoices if invoice.number in listed]
    names = listed | set(action.listed)
    notices = list(_presented(case, names, on))
    notice_on = formats.long_date(max(event.effective_on for event, _ in notices)) if notices else ""
    if is_notice:  # a notice to the debtor names no exhibit
        return NO_EXHIBITS._replace(notice_on=notice_on)
    found = [*_of_invoices(invoices, on), *_supplied(case, names, on), *_notices(notices)]
    return Exhibits(
        exhibit_rows=tuple(
            ExhibitRow(str(rank), exhibit, about) for rank, (exhibit, about) in enumerate(found, start=1)
        ),
        notice_on=notice_on,
        unproved="" if is_declared else ", ".join(_unproved(invoices, case, on)),
    )


def _of_invoices(invoices: list[Invoice], on: date) -> Iterator[tuple[str, str]]:
    for invoice in invoices:
        number = formats.unbroken(invoice.number)
        yield f"Facture du {formats.short_date(invoice.issued_on)}", number
        if invoice.order_reference:
            yield f"Commande {invoice.order_reference}", number
        if delivered_on := _delivered_on(invoice, on):
            yield f"Livraison ou fin d’exécution du {formats.short_date(delivered_on)}", number


def _supplied(case: Case, names: set[str], on: date) -> Iterator[tuple[str, str]]:
    for event in case.history:
        if isinstance(event, ProofSupplied) and event.effective_on <= on and _concerns(event.item_ids, names):
            about = ", ".join(formats.unbroken(name) for name in event.item_ids if name in names)
            yield f"{_PROOFS[event.proof]}{formats.NO_BREAK}: {event.reference}", about


def _presented(case: Case, names: set[str], on: date) -> Iterator[tuple[NoticeDelivered, tuple[str, ...]]]:
    """Yield the mises en demeure presented for the items named, each with those of them it listed."""
    planned = {event.action.id: event.action.listed for event in case.history if isinstance(event, ActionPlanned)}
    for event in case.history:
        if isinstance(event, NoticeDelivered) and event.effective_on <= on:
            about = event.item_ids or planned.get(event.action_id or "", ())
            if not names.isdisjoint(about):
                yield event, tuple(name for name in about if name in names)


def _notices(notices: list[tuple[NoticeDelivered, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    for event, about in notices:
        reference = f" (n°{formats.NO_BREAK}{formats.unbroken(event.reference)})" if event.reference else ""
        day = formats.short_date(event.effective_on)
        yield f"Mise en demeure présentée le {day}{reference}", ", ".join(formats.unbroken(name) for name in about)


def _concerns(item_ids: tuple[str, ...], names: set[str]) -> bool:
    return not item_ids or not names.isdisjoint(item_ids)


def _unproved(invoices: list[Invoice], case: Case, on: date) -> list[str]:
    return [formats.unbroken(one.number) for one in invoices if not _is_proved(one, case, on)]


def _delivered_on(invoice: Invoice, on: date) -> date | None:
    """Return the day of a delivery that is past: one to come proves nothing yet."""
    return invoice.delivered_on if invoice.delivered_on is not None and invoice.delivered_on <= on else None


def _is_proved(invoice: Invoice, case: Case, on: date) -> bool:
    if invoice.order_reference or _delivered_on(invoice, on):
        return True
    names = {invoice.number, *(item.id for item in invoice.items)}
    return any(
        isinstance(event, ProofSupplied) and event.effective_on <= on and _concerns(event.item_ids, names)
        for event in case.history
    )
