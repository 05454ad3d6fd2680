"""A portfolio folder, read whole: facts put together by debtor and currency, faults beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

from pydantic import ValidationError

from recouvrement.adapters.portfolio import debtors as debtors_file
from recouvrement.adapters.portfolio import documents as documents_file
from recouvrement.adapters.portfolio import history as history_file
from recouvrement.adapters.portfolio import payments as payments_file
from recouvrement.adapters.portfolio.creditor import FILE as CREDITOR_FILE
from recouvrement.adapters.portfolio.creditor import Account, read_account
from recouvrement.adapters.portfolio.debtors import Debtors, read_debtors
from recouvrement.adapters.portfolio.documents import read_documents
from recouvrement.adapters.portfolio.einvoices import read_einvoices
from recouvrement.adapters.portfolio.entries import Entry, Register, failures_for
from recouvrement.adapters.portfolio.faults import sentence
from recouvrement.adapters.portfolio.history import read_history
from recouvrement.adapters.portfolio.payments import read_payments
from recouvrement.adapters.references import number_key
from recouvrement.batch.portfolio import Failure, Portfolio
from recouvrement.domain.case import Case
from recouvrement.domain.documents import CreditNote, Invoice, Payment
from recouvrement.domain.events import HistoryEvent
from recouvrement.errors import InvalidInput

_TABLES = (debtors_file.FILE, documents_file.FILE, payments_file.FILE, history_file.FILE)

_Key = tuple[str, str]
"""Debtor and currency."""


def read_portfolio(folder: Path) -> Portfolio:
    """Return the cases of a portfolio folder, sorted by identifier, and what could not be read.

    A faulty row or e-invoice is a failure; it leaves out every case of the debtor it concerns and nothing else.
    Raises ``InvalidInput`` when a whole file cannot be used: missing, empty, not UTF-8, wrong header, unknown name.
    """
    _check_files(folder)
    account = read_account(folder)
    creditor = account.creditor
    debtors = read_debtors(folder)
    from_table = read_documents(folder, debtors.listed)
    from_files = read_einvoices(folder, creditor, debtors)
    unread = frozenset(
        number_key(Path(failure.error.where.split(":")[0]).stem) for failure in from_files.failures
    )  # an e-invoice is most often named after its number
    register, clashes = _register([*from_table.entries, *from_files.entries], from_table.faulty | unread)
    payments = read_payments(folder, debtors.listed, register)
    money = (*payments.payments, *from_files.payments)
    history = read_history(folder, debtors.listed, register, money)
    failures = (
        *debtors.failures,
        *from_table.failures,
        *from_files.failures,
        *clashes,
        *_unknown_corrections(register),
        *payments.failures,
        *history.failures,
    )
    blocked = {failure.debtor_id for failure in failures}
    free = {code: debtor for code, debtor in debtors.by_id.items() if code not in blocked}
    cases, late = _cases(
        account,
        debtors._replace(by_id=free),
        register,
        money,
        (*history.events, *from_files.events),
    )
    return Portfolio(creditor, cases, (*failures, *late))


def _check_files(folder: Path) -> None:
    if not folder.is_dir():
        raise InvalidInput(
            where=folder.name, found="the folder does not exist", hint="Give the folder that holds creancier.toml."
        )
    known = {CREDITOR_FILE, *_TABLES}
    for name in (CREDITOR_FILE, *_TABLES[:3]):
        if not (folder / name).is_file():
            header_only = " (it may hold its header line only)" if name == payments_file.FILE else ""
            raise InvalidInput(
                where=name,
                found="the file is missing",
                hint=f"Put {name} in the folder {folder.name}{header_only}.",
            )
    for path in sorted(folder.iterdir()):
        # A misspelt evenements.csv would silently drop the disputes it holds.
        if path.suffix.lower() == ".csv" and path.name not in known and not path.name.startswith((".", "~$")):
            raise InvalidInput(
                where=path.name,
                found="this CSV file is not one of a portfolio",
                hint=f"Rename it or move it away; the files are: {', '.join(_TABLES)}.",
            )


def _register(entries: Iterable[Entry], faulty: frozenset[str]) -> tuple[Register, list[Failure]]:
    """Return every document by number; a number seen twice blocks the debtors of both documents."""
    by_key: dict[str, Entry] = {}
    failures: list[Failure] = []
    for entry in entries:
        first = by_key.setdefault(number_key(entry.document.number), entry)
        if first is not entry:
            clash = InvalidInput(
                where=entry.where,
                found=f"number {entry.document.number!r} is already that of {first.where}",
                hint="Keep one of the two, or correct the number.",
            )
            failures += failures_for(clash, (first.debtor_id, entry.debtor_id))
    return Register(by_key, faulty), failures


def _unknown_corrections(register: Register) -> list[Failure]:
    """Return the faults between documents: a credit note for an unknown invoice, an invoice beside its replacement."""
    failures: list[Failure] = []
    for entry in register.by_key.values():
        for number in entry.corrects:
            corrected = register.invoice(number)
            fault = (
                _bad_correction(entry, number, corrected, register)
                if isinstance(entry.document, CreditNote)
                else _bad_replacement(entry, corrected, register)
            )
            if fault is not None:
                failures += failures_for(fault, (entry.debtor_id, corrected.debtor_id if corrected else None))
    return failures


def _bad_correction(entry: Entry, number: str, corrected: Entry | None, register: Register) -> InvalidInput | None:
    name = entry.document.number
    if corrected is None:
        reason = "could not be read" if register.is_faulty(number) else "is not in the portfolio"
        return InvalidInput(
            where=entry.where,
            found=f"credit note {name!r} corrects invoice {number!r}, which {reason}",
            hint="Correct or add the invoice, or name none: the credit then goes to the oldest debts.",
        )
    if corrected.debtor_id != entry.debtor_id or corrected.currency != entry.currency:
        return InvalidInput(
            where=entry.where,
            found=f"credit note {name!r} ({entry.debtor_id}, {entry.currency}) corrects invoice {number!r} "
            f"({corrected.debtor_id}, {corrected.currency})",
            hint="Both must have the same debtor and the same currency.",
        )
    return None


def _bad_replacement(entry: Entry, corrected: Entry | None, register: Register) -> InvalidInput | None:
    """A corrective invoice (384) normally replaces the one it names: claiming both would claim the debt twice."""
    if corrected is None or not isinstance(corrected.document, Invoice):
        return None
    credited = sum(
        other.document.amount.minor
        for other in register.by_key.values()
        if isinstance(other.document, CreditNote)
        and number_key(other.document.invoice_number or "") == number_key(corrected.document.number)
    )
    if credited >= corrected.document.total.minor:
        return None
    return InvalidInput(
        where=entry.where,
        found=f"corrective invoice {entry.document.number!r} and invoice {corrected.document.number!r}, which it "
        "corrects, are both in the portfolio",
        hint="Add a credit note for the invoice that is replaced, or take it out: the debt would be claimed twice.",
    )


def _cases(
    account: Account,
    debtors: Debtors,
    register: Register,
    money: Collection[tuple[str, Payment]],
    events: Collection[tuple[str, str | None, HistoryEvent]],
) -> tuple[tuple[Case, ...], list[Failure]]:
    """Return one case per debtor of ``debtors`` and currency; a case that its model refuses is a failure."""
    documents: defaultdict[_Key, list[Invoice | CreditNote]] = defaultdict(list)
    for entry in register.by_key.values():
        documents[entry.debtor_id, entry.currency].append(_canonical(entry, register))
    payments: defaultdict[_Key, list[Payment]] = defaultdict(list)
    for debtor_id, payment in money:
        payments[debtor_id, payment.amount.currency].append(payment)
    told: defaultdict[str, list[tuple[str | None, HistoryEvent]]] = defaultdict(list)
    for debtor_id, its_currency, event in events:
        told[debtor_id].append((its_currency, event))
    cases: dict[str, Case] = {}
    failures: list[Failure] = []
    for debtor_id, currency in sorted(key for key in {*documents, *payments} if key[0] in debtors.by_id):
        mine = documents[debtor_id, currency]
        try:
            case = Case(
                creditor=account.creditor,
                debtor=debtors.by_id[debtor_id],
                currency=currency,
                invoices=tuple(document for document in mine if isinstance(document, Invoice)),
                credit_notes=tuple(document for document in mine if isinstance(document, CreditNote)),
                payments=tuple(payments[debtor_id, currency]),
                history=tuple(event for its, event in told[debtor_id] if its in {None, currency}),
                bank_data_through=account.bank_data_through,
            )
        except ValidationError as fault:
            where = f"{debtors_file.FILE}:{debtors.lines[debtor_id]}"
            refused = InvalidInput(where=where, found=sentence(fault), hint="Correct the documents of this debtor.")
            failures.append(Failure(refused, debtor_id))
        else:
            cases[case.id] = case
    blocked = {failure.debtor_id for failure in failures}
    return tuple(cases[code] for code in sorted(cases) if cases[code].debtor.id not in blocked), failures


def _canonical(entry: Entry, register: Register) -> Invoice | CreditNote:
    """Return the document, a credit note naming its invoice as the invoice writes its own number."""
    note = entry.document
    if isinstance(note, Invoice) or note.invoice_number is None:
        return note
    corrected = register.invoice(note.invoice_number)
    return (
        note
        if corrected is None
        else CreditNote.model_validate(dict(note) | {"invoice_number": corrected.document.number})
    )
