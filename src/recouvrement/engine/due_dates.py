"""The due date of an item that bears none: by the terms of its invoice, those of the creditor, or the law."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Doubt
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.terms import PaymentTerms
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.terms import TermFacts


class Due(NamedTuple):
    """A due date and what it rests on."""

    on: date | None
    reasons: tuple[Reason, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def due_on_of(item: Item, invoice: Invoice, case: Case, law: Jurisdiction) -> Due:
    """Return the due date of an item that bears none: the terms of its invoice, else the creditor's, else the law.

    Terms in words are read by the law of the country: of two lawful readings the later one is kept, with a doubt.
    Words of the invoice that give none, or one before its issue, leave it without a date: any other could be too early.
    General terms that are not understood leave the law's default term, with their doubts; understood ones whose start
    is not known leave no date, since the law's could come sooner.
    """
    unread: tuple[Doubt, ...] = ()
    for terms in (invoice.terms, case.creditor.terms):
        if terms is None:
            continue
        due_on = terms.due_on(
            issued_on=invoice.issued_on, received_on=invoice.received_on, delivered_on=invoice.delivered_on
        )
        if due_on is not None:
            return Due(due_on, (_from_terms(item, due_on),))
        if terms.net_days is None and terms.wording is not None:
            read = _read(terms, item, invoice, case, law)
            starts = {doubt.code for doubt in read.doubts} & {"term_start_unknown"}
            if read.on is not None or terms is invoice.terms or starts:
                return read
            unread = read.doubts
    default = law.default_due_on(invoice, case.debtor)
    unsure = [reason for reason in default.reasons if reason.code == "delivery_unknown"]
    doubts = tuple(Doubt(code=reason.code, item_id=item.id, reason=reason) for reason in unsure)
    return Due(default.due_on, default.reasons, unread + doubts)


def _read(terms: PaymentTerms, item: Item, invoice: Invoice, case: Case, law: Jurisdiction) -> Due:
    answer = law.due_date(
        terms.wording or "",
        TermFacts(
            beside_words=terms,
            debtor_kind=case.debtor.kind,
            public_body=case.debtor.public_body,
            issued_on=invoice.issued_on,
            received_on=invoice.received_on,
            delivered_on=invoice.delivered_on,
        ),
    )
    doubts = tuple(Doubt(code=doubt.code, item_id=item.id, reason=doubt.reason) for doubt in answer.doubts)
    is_slip = any(doubt.code == "due_before_issue" for doubt in doubts)
    if answer.due_on is None or is_slip or not any(reading.due_on for reading in answer.readings):
        return Due(None, tuple(doubt.reason for doubt in doubts), doubts)
    return Due(answer.due_on, (_from_terms(item, answer.due_on), *answer.reasons), doubts)


def _from_terms(item: Item, due_on: date) -> Reason:
    return Reason.of("due_on_from_terms", Authority.CONTRACT, {"item": item.id, "due_on": due_on})
