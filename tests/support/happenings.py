"""What may happen in a diary: each word puts one fact in the file on the day of its line."""

from collections.abc import Sequence
from decimal import Decimal

from recouvrement import (
    ActionApproved,
    ActionRefused,
    Allocation,
    CreditNote,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    Instalment,
    Money,
    NoticeDelivered,
    Payment,
    PaymentRejected,
    ProofKind,
    ProofSupplied,
    StopKind,
    StopLifted,
    StopPlaced,
)
from recouvrement.domain.events import (
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    PlanAgreed,
    PlanDefaultNotified,
)
from recouvrement.domain.vocabulary import Channel
from support.logbook import Fact, Logbook, day


def _euro(amount: str) -> Money:
    return Money.of(Decimal(amount), "EUR")


def _stop(stop: StopKind, stop_id: str, items: Sequence[str], **fields: object) -> Fact:
    def place(book: Logbook) -> None:
        values = {"id": book.name(stop_id), "effective_on": book.on, "stop_id": stop_id, "stop": stop}
        book.add(StopPlaced.model_validate(values | {"item_ids": tuple(items)} | fields))

    return place


def dispute(stop_id: str, *items: str, amount: str | None = None, cause: str | None = None) -> Fact:
    """The debtor contests the items, or that amount of them."""
    return _stop(StopKind.DISPUTE, stop_id, items, amount=_euro(amount) if amount else None, cause=cause)


def promise(stop_id: str, *items: str, pay_by: str, amount: str | None = None, grace: int = 0) -> Fact:
    """The debtor promises to pay the items, or that amount, by that day."""
    return _stop(
        StopKind.PROMISE_TO_PAY,
        stop_id,
        items,
        pay_by=day(pay_by),
        amount=_euro(amount) if amount else None,
        grace_days=grace,
    )


def hold(stop: StopKind, stop_id: str, *items: str, until: str | None = None, review_on: str | None = None) -> Fact:
    """Any other stop; ``until`` is the first day on which it no longer applies."""
    return _stop(
        stop, stop_id, items, until=day(until) if until else None, review_on=day(review_on) if review_on else None
    )


def assigned(stop_id: str, *items: str, payee: str) -> Fact:
    """The claim was assigned: the payee is to be paid."""
    return _stop(StopKind.ASSIGNMENT, stop_id, items, payee=payee)


def lifted(stop_id: str) -> Fact:
    """A stop or a plan ends."""

    def lift(book: Logbook) -> None:
        book.add(StopLifted(id=book.name(f"fin-{stop_id}"), effective_on=book.on, stop_id=stop_id))

    return lift


def paid(amount: str, *items: str, received_on: str | None = None) -> Fact:
    """Money comes, for the items in that order, or for none in particular."""

    def pay(book: Logbook) -> None:
        on = day(received_on) if received_on else book.on
        share = tuple(Allocation(item_id=item, amount=_euro(amount)) for item in items[:1])
        payment = Payment(id=f"V{len(book.case.payments) + 1}", received_on=on, amount=_euro(amount), allocations=share)
        book.change(payments=(*book.case.payments, payment))

    return pay


def rejected(payment_id: str) -> Fact:
    """The bank takes a payment back."""

    def reject(book: Logbook) -> None:
        book.add(PaymentRejected(id=book.name("rejet"), effective_on=book.on, payment_id=payment_id))

    return reject


def credited(amount: str, invoice: str | None = None) -> Fact:
    """A credit note is issued."""

    def credit(book: Logbook) -> None:
        number = f"A{len(book.case.credit_notes) + 1}"
        note = CreditNote(number=number, issued_on=book.on, amount=_euro(amount), invoice_number=invoice)
        book.change(credit_notes=(*book.case.credit_notes, note))

    return credit


def plan(  # one keyword per clause of a plan
    plan_id: str,
    *items: str,
    parts: Sequence[tuple[str, str]],
    grace: int = 0,
    notice: int = 8,
    accelerates: bool = False,
    keeps_interest: bool | None = None,
) -> Fact:
    """Instalments are agreed, each a day and an amount."""

    def agree(book: Logbook) -> None:
        instalments = tuple(Instalment(amount=_euro(amount), due_on=day(due)) for due, amount in parts)
        book.add(
            PlanAgreed(
                id=book.name(plan_id),
                effective_on=book.on,
                plan_id=plan_id,
                item_ids=items,
                instalments=instalments,
                grace_days=grace,
                notice_days=notice,
                accelerates=accelerates,
                keeps_interest=keeps_interest,
            )
        )

    return agree


def notified(plan_id: str) -> Fact:
    """The notice that the plan is not kept reaches the debtor."""

    def notify(book: Logbook) -> None:
        book.add(PlanDefaultNotified(id=book.name(f"avis-{plan_id}"), effective_on=book.on, plan_id=plan_id))

    return notify


def insolvent(kind: InsolvencyKind, *, opened_on: str, published_on: str | None = None) -> Fact:
    """Proceedings become known, or their publication does."""

    def learn(book: Logbook) -> None:
        found = Insolvency(
            kind=kind, opened_on=day(opened_on), published_on=day(published_on) if published_on else None
        )
        book.add(InsolvencyOpened(id=book.name("procedure"), effective_on=book.on, insolvency=found))

    return learn


def bounced(channel: Channel, address: str | None = None) -> Fact:
    """A message comes back."""

    def bounce(book: Logbook) -> None:
        book.add(AddressBounced(id=book.name("retour"), effective_on=book.on, channel=channel, address=address))

    return bounce


def refuses(*channels: Channel) -> Fact:
    """The debtor asks not to be reached in those ways."""

    def refuse(book: Logbook) -> None:
        book.add(ChannelRefused(id=book.name("refus"), effective_on=book.on, channels=channels))

    return refuse


def accepts(*channels: Channel) -> Fact:
    """The debtor may be reached in those ways again."""

    def accept(book: Logbook) -> None:
        book.add(ChannelAccepted(id=book.name("accord"), effective_on=book.on, channels=channels))

    return accept


def bank_data(through: str) -> Fact:
    """Bank movements are loaded up to that day."""

    def load(book: Logbook) -> None:
        book.change(bank_data_through=day(through))

    return load


def approved(book: Logbook) -> None:
    """A human approves the last proposal."""
    last = book.proposals[-1]
    book.add(ActionApproved(id=book.name("accord"), effective_on=book.on, action_id=last.id, by="Claire Fontaine"))


def refused(book: Logbook) -> None:
    """A human refuses the last proposal."""
    last = book.proposals[-1]
    book.add(ActionRefused(id=book.name("refus"), effective_on=book.on, action_id=last.id, by="Claire Fontaine"))


def proved(*items: str) -> Fact:
    """Proof of order or delivery is put in the file."""

    def prove(book: Logbook) -> None:
        book.add(
            ProofSupplied(
                id=book.name("preuve"), effective_on=book.on, item_ids=items, proof=ProofKind.ORDER, reference="BC 118"
            )
        )

    return prove


def presented(*items: str) -> Fact:
    """The registered letter is presented to the debtor."""

    def present(book: Logbook) -> None:
        book.add(NoticeDelivered(id=book.name("presentation"), effective_on=book.on, item_ids=items))

    return present
