"""What each item still owes on a date: credit notes, allocated payments, then what was left unallocated."""

from collections.abc import Collection
from datetime import date, timedelta
from heapq import heappop, heappush
from operator import attrgetter, itemgetter
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Doubt
from recouvrement.domain.documents import AllocationChoice, CreditNote, Invoice, Item, Payment
from recouvrement.domain.light import quick
from recouvrement.domain.reasons import Authority, Reason, Source
from recouvrement.domain.vocabulary import StopKind
from recouvrement.engine.due_dates import Due, due_on_of
from recouvrement.engine.history import ALL_ITEMS, History
from recouvrement.law.jurisdiction import EngineRule, Jurisdiction, Receipt


class Position(NamedTuple):
    """One item and what has been applied to it."""

    item: Item
    invoice: Invoice
    due_on: date | None
    """As printed, or as the terms or the law supply it."""
    due_reasons: tuple[Reason, ...]
    credited_minor: int
    receipts: tuple[Receipt, ...]
    balance_minor: int
    """What the books show as still owed; never negative."""
    named_on: tuple[date, ...]
    """Value dates of the payments that named this item: each may acknowledge the debt."""
    payment_reasons: tuple[Reason, ...]
    """Why a payment went to this item, where the debtor chose it."""
    credits: tuple[Receipt, ...]
    """Credit notes applied to it, by the day they were issued."""
    age: tuple[date, int, str]
    """Sort key of the leader rule: oldest due date, then largest balance, then identifier."""

    def is_named_in(self, names: Collection[str]) -> bool:
        """Whether names of items and invoices include this item or its invoice."""
        return self.item.id in names or self.item.invoice_number in names

    @property
    def dated_item(self) -> Item:
        """The item with the due date found for it."""
        item, due_on = self.item, self.due_on
        return item if item.due_on is due_on else item._replace(due_on=due_on)

    @property
    def paid_minor(self) -> int:
        """Received in payment."""
        return self.item.amount_minor - self.credited_minor - self.balance_minor


class Ledger(NamedTuple):
    """The positions of a case on a date."""

    positions: tuple[Position, ...]
    """Open items, oldest first."""
    unused_minor: int
    """Money and credit left when every item is settled: the debtor is in credit."""
    settled: tuple[Position, ...]
    """Items on which nothing is left, in order of age."""
    paid_late: tuple[str, ...]
    """Settled items whose last payment came after their due date: accessories may be owed on them."""
    doubts: tuple[Doubt, ...]


class PaidPart(NamedTuple):
    """What one payment settled of one item."""

    payment_id: str
    item_id: str
    minor: int
    is_named: bool
    """Whether the payment named that item or its invoice; else the law gave it that money."""


class _Open:
    """An item being settled; lives only inside ``ledger_on``."""

    # Slots, and one list made only when something is applied: ten thousand items are ten thousand of these.
    __slots__ = (
        *("item", "invoice", "due_on", "due_reasons", "doubts", "left", "credited", "credits"),
        *("receipts", "choices", "named_on"),
    )

    def __init__(self, item: Item, invoice: Invoice, due: Due | None) -> None:
        """Open an item; ``due`` is ``None`` where the item bears its own due date."""
        self.item, self.invoice = item, invoice
        self.due_on = item.due_on if due is None else due.on
        self.due_reasons: tuple[Reason, ...] = () if due is None else due.reasons
        self.doubts: tuple[Doubt, ...] = () if due is None else due.doubts
        self.left = item.amount_minor
        self.credited = 0
        self.credits: tuple[Receipt, ...] = ()
        self.receipts: tuple[Receipt, ...] = ()
        self.choices: tuple[Reason, ...] = ()
        self.named_on: tuple[date, ...] = ()

    def credit(self, minor: int, on: date) -> int:
        """Apply a credit and return what did not fit."""
        used = min(minor, self.left)
        if used:
            self.left -= used
            self.credited += used
            self.credits = (*self.credits, Receipt(on, used))
        return minor - used

    def pay(self, minor: int, on: date) -> int:
        """Apply money received and return what did not fit."""
        used = min(minor, self.left)
        if used:
            self.left -= used
            self.receipts = (*self.receipts, quick(Receipt, (on, used)))
        return minor - used

    @property
    def age(self) -> tuple[date, date, str]:
        """Sort key: oldest due date, then oldest issue, then identifier."""
        return (self.due_on or date.max, self.item.issued_on, self.item.id)

    @property
    def was_late(self) -> bool:
        """Whether some of it was received after its due date."""
        return self.due_on is not None and bool(self.receipts) and max(self.receipts).on > self.due_on

    def position(self) -> Position:
        """Return what is known of the item once everything is applied."""
        item, due_on, left, receipts, named_on = self.item, self.due_on, self.left, self.receipts, self.named_on
        if len(receipts) > 1:  # no more days name it than it has receipts
            receipts, named_on = tuple(sorted(receipts)), tuple(sorted(set(named_on)))
        return quick(
            Position,
            (
                item,
                self.invoice,
                due_on,
                self.due_reasons,
                self.credited,
                receipts,
                left,
                named_on,
                self.choices,
                self.credits,
                (due_on or _NEVER, -left, item.id),
            ),
        )


def ledger_on(
    case: Case,
    on: date,
    *,
    law: Jurisdiction,
    history: History,
    nets_unallocated: bool = True,
    told: list[PaidPart] | None = None,
) -> Ledger:
    """Return what is open on a date; facts dated after it are not looked at.

    A credit note takes off from the start what it cancels of its own invoice: that was never owed. A payment counts
    from its value date. Money without allocation, and what exceeds its own invoice, credit notes included, settles
    other debts from its own date: those the debtor has most interest in paying, then the oldest (C. civ. 1342-10).
    Without ``nets_unallocated`` it settles none and is left over. ``told`` is a list to add to: what each payment
    settled of each item, in the order it did.
    """
    opened = [
        _Open(item, invoice, due_on_of(item, invoice, case, law) if item.due_on is None else None)
        for invoice in case.invoices
        if invoice.issued_on <= on
        for item in invoice.items
    ]
    doubts: list[Doubt] = []
    spare: list[_Spare] = []
    if case.payments or case.credit_notes:
        targets = _targets(opened)
        oldest_first = law.rule_source(EngineRule.UNALLOCATED_MONEY)
        if case.credit_notes:
            notes = [note for note in case.credit_notes if note.issued_on <= on]
            spare += _credited(notes, targets, doubts, oldest_first)
        bounced = history.rejected_payments
        payments = [pay for pay in case.payments if pay.received_on <= on and pay.id not in bounced]
        spare += _paid(payments, targets, doubts, oldest_first, told)

    unused = 0
    if spare:
        still = [entry for entry in opened if entry.left] if nets_unallocated else []
        unused = _spread(spare, still, _weak_from(still, case, law, history), told)
    left: list[Position] = []
    settled: list[Position] = []
    late: list[str] = []
    for entry in opened:
        if entry.left:
            if entry.doubts:
                doubts += entry.doubts
            left.append(entry.position())
        else:
            settled.append(entry.position())
            if entry.was_late:
                late.append(entry.item.id)
    left.sort(key=_age)
    settled.sort(key=_age)
    late.sort()
    return quick(Ledger, (tuple(left), unused, tuple(settled), tuple(late), tuple(doubts)))


_age = attrgetter("age")
_NEVER = date.max
_BY_DEBTOR = AllocationChoice.DEBTOR  # looking a member of an enumeration up costs as much as a call


def _targets(opened: list[_Open]) -> dict[str, list[_Open]]:
    """Return the items by what a payment or a credit note may name: their invoice, or themselves."""
    found: dict[str, list[_Open]] = {}
    for entry in opened:
        item_id, number = entry.item[:2]
        found.setdefault(number, []).append(entry)
        if item_id != number:
            found.setdefault(item_id, []).append(entry)
    return found


class _Spare(NamedTuple):
    """Money or credit that no invoice of its own has used up."""

    on: date
    minor: int
    payment_id: str | None
    """``None`` for what is left of a credit note."""


def _weak_from(still: list[_Open], case: Case, law: Jurisdiction, history: History) -> dict[str, date]:
    """Return, by item, the first day on which the debtor has least interest in paying it: contested, or barred."""
    contested: dict[str, date] = {}
    for stop in history.stops:
        if stop.stop is StopKind.DISPUTE:
            for name in stop.item_ids or (ALL_ITEMS,):
                contested[name] = min(stop.effective_on, contested.get(name, date.max))
    found: dict[str, date] = {}
    for entry in still:
        item = entry.item if entry.item.due_on == entry.due_on else entry.item._replace(due_on=entry.due_on)
        deadline = law.prescription(item, entry.invoice, case.debtor, case.creditor).deadline
        days = [contested[name] for name in (ALL_ITEMS, item.id, item.invoice_number) if name in contested]
        if deadline is not None:
            days.append(deadline.last_day + timedelta(days=1))
        if days:
            found[item.id] = min(days)
    return found


def _spread(spare: list[_Spare], still: list[_Open], weak_from: dict[str, date], told: list[PaidPart] | None) -> int:
    """Apply money that names no debt, the oldest first, to each debt in its turn; return what settles none.

    A debt that is weak once stays so: each is looked at once in its turn and once among the weak, however many
    payments there are.
    """
    in_turn = sorted(still, key=lambda entry: entry.age)
    coming = sorted(
        (weak_from[entry.item.id], turn) for turn, entry in enumerate(in_turn) if entry.item.id in weak_from
    )
    weak: list[int] = []
    passed = turn = unused = 0
    for part in sorted(spare, key=_when):
        left = part.minor
        while passed < len(coming) and coming[passed][0] <= part.on:
            heappush(weak, coming[passed][1])
            passed += 1
        while left and turn < len(in_turn):
            entry = in_turn[turn]
            if entry.left and weak_from.get(entry.item.id, date.max) > part.on:
                left = _settle(entry, left, part, told)
            else:
                turn += 1
        while left and weak:
            entry = in_turn[weak[0]]
            if entry.left:
                left = _settle(entry, left, part, told)
            else:
                heappop(weak)
        unused += left
    return unused


_when = itemgetter(0, 1)


def _settle(entry: _Open, left: int, part: _Spare, told: list[PaidPart] | None) -> int:
    rest = entry.pay(left, part.on)
    if told is not None and part.payment_id is not None:
        told.append(PaidPart(part.payment_id, entry.item.id, left - rest, is_named=False))
    return rest


def _credited(
    notes: list[CreditNote], targets: dict[str, list[_Open]], doubts: list[Doubt], oldest_first: Source
) -> list[_Spare]:
    """Apply credit notes to their invoices and return what is left of them."""
    spare = []
    for note in notes:
        if note.invoice_number is not None and note.invoice_number not in targets:
            facts = {"credit_note": note.number, "invoice": note.invoice_number}
            doubts.append(Doubt.of("credit_note_without_invoice", Authority.FACT, facts))
        left = note.amount.minor
        for entry in targets.get(note.invoice_number or "", ()):
            left = entry.credit(left, note.issued_on)
        if left:
            doubts.append(
                Doubt.of("credit_applied_to_oldest", Authority.FACT, {"credit_note": note.number}, oldest_first)
            )
            spare.append(_Spare(note.issued_on, left, None))
    return spare


def _paid(
    payments: list[Payment],
    targets: dict[str, list[_Open]],
    doubts: list[Doubt],
    oldest_first: Source,
    told: list[PaidPart] | None,
) -> list[_Spare]:
    """Apply payments to the items they are allocated to and return what is left of them."""
    spare = []
    for payment in payments:
        on, left = payment.received_on, payment.amount.minor
        for part in payment.allocations:
            name, named = part.item_id, part.amount.minor
            if name not in targets:
                facts = {"payment": payment.id, "invoice": name}
                doubts.append(Doubt.of("allocation_without_invoice", Authority.FACT, facts))
                continue
            rest = named
            for entry in targets[name]:
                before, rest = rest, entry.pay(rest, on)
                if rest == before:
                    continue
                entry.named_on = (*entry.named_on, on)
                if told is not None:
                    told.append(PaidPart(payment.id, entry.item.id, before - rest, is_named=True))
                if part.chosen_by is _BY_DEBTOR:
                    entry.choices += (
                        Reason.of("debt_chosen_by_debtor", Authority.LAW, {"payment": payment.id}, oldest_first),
                    )
            left -= named - rest
        if left:
            doubts.append(Doubt.of("payment_applied_to_oldest", Authority.FACT, {"payment": payment.id}, oldest_first))
            spare.append(_Spare(on, left, payment.id))
    return spare
