"""Diaries in tables: the day, what happens, what is expected. Every night between two lines is run, and must be silent.

A day is written ``lun 05/10/2026``: the name of the day is checked, since a week-end moves most of what is expected.
What happens is one of the words below, such as ``dispute("L1", "F1")``, or several. What is expected is written:

- ``envoi relance_1 F1 F2`` (a message of that stage that lists F1 and F2, oldest first), ``... = 1000.00`` when its
  amount matters, ``... par post`` when its channel matters;
- ``à valider mise_en_demeure F1``: put before a human; ``alerte promise:P1 F1``: told to the firm's own staff;
  ``fin human_decision F1``: the scenario has ended;
- ``attend dispute F1``: nothing leaves for it, and why; ``... jusqu'au 15/10/2026`` says when time alone may change it;
- ``doute direct_debit_silent``: something the decision rests on is uncertain; ``rien``: no action of any kind.

Several are separated by `` ; ``. Actions must be the very ones of the line, in any order; a line without ``attend`` or
``doute`` says nothing of them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from recouvrement import (
    FRANCE,
    Action,
    ActionApproved,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    Allocation,
    Case,
    CreditNote,
    DebtorKind,
    Decision,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    Instalment,
    Invoice,
    Money,
    NoticeDelivered,
    Payment,
    PaymentRejected,
    ProofKind,
    ProofSupplied,
    Scenario,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
    decide,
)
from recouvrement.domain.events import (
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    HistoryEvent,
    PlanAgreed,
    PlanDefaultNotified,
)
from recouvrement.domain.vocabulary import Channel
from support.cases import CREDITOR, debtor

_WEEK = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_WORDS = {
    ActionKind.CONTACT: "envoi",
    ActionKind.APPROVAL: "à valider",
    ActionKind.ALERT: "alerte",
    ActionKind.TERMINAL: "fin",
}
_ONE_DAY = timedelta(days=1)


class Logbook:
    """A case as its file grows, night after night."""

    def __init__(self, scenario: Scenario, case: Case) -> None:
        self.scenario, self.case = scenario, case
        self.on = date.min
        self.proposals: list[Action] = []

    def add(self, event: HistoryEvent) -> None:
        """Put one more event in the file."""
        self.case = self.case.with_events([event])

    def change(self, **parts: object) -> None:
        """Replace parts of the file."""
        self.case = Case.model_validate(dict(self.case) | parts)

    def name(self, word: str) -> str:
        """Return an identifier that no other event has."""
        return f"{word}-{len(self.case.history) + len(self.case.payments)}"

    def happens(self, on: date, facts: "Fact | tuple[Fact, ...] | None") -> None:
        """Go to a day and put in the file what happens on it."""
        self.on = on
        for fact in facts if isinstance(facts, tuple) else (facts,) if facts is not None else ():
            fact(self)

    def night(self) -> tuple[list[Action], Decision]:
        """Decide and record until the day is silent; return what was done, and the silent decision."""
        done: list[Action] = []
        for _ in range(6):
            decision = decide(self.case, self.on, scenario=self.scenario, law=FRANCE)
            if not decision.actions:
                return done, decision
            for action in decision.actions:
                done.append(action)
                if action.kind is ActionKind.APPROVAL:
                    self.proposals.append(action)
                    self.add(ActionProposed(id=f"{action.id}:p", effective_on=self.on, action=action))
                else:
                    self.add(ActionPlanned(id=f"{action.id}:n", effective_on=self.on, action=action))
        message = f"{self.on} never becomes silent"
        raise AssertionError(message)


Fact = Callable[[Logbook], None]
Row = tuple[str, Fact | tuple[Fact, ...] | None, str]


class Diary(NamedTuple):
    """One diary: a title in a sentence, who owes what under which scenario, and its lines."""

    title: str
    scenario: str
    invoices: tuple[Invoice, ...]
    rows: tuple[Row, ...]
    kind: DebtorKind = DebtorKind.BUSINESS
    changes: tuple[tuple[str, object], ...] = ()
    """Fields of the scenario that differ from the built-in one."""

    @property
    def policy(self) -> Scenario:
        """The scenario, with what differs."""
        base = builtin(self.scenario)
        return Scenario.model_validate(base.model_dump() | dict(self.changes)) if self.changes else base


def day(written: str) -> date:
    """Return a day written ``lun 05/10/2026`` or ``05/10/2026``; a wrong name of the day is a fault of the table."""
    *name, figures = written.split()
    read = datetime.strptime(figures, "%d/%m/%Y").date()  # noqa: DTZ007  # a civil date: no instant, no zone
    if name:
        assert name == [_WEEK[read.weekday()]], f"{written} is a {_WEEK[read.weekday()]}"
    return read


def opened(diary: Diary) -> Logbook:
    """Return the file of a diary on its first day."""
    return Logbook(diary.policy, Case(creditor=CREDITOR, debtor=debtor(diary.kind), invoices=diary.invoices))


def dictated(diary: Diary) -> Iterator[Decision]:
    """Yield the decision of each line of a diary before anything of that day is recorded."""
    book = opened(diary)
    for written, facts, _ in diary.rows:
        book.happens(day(written), facts)
        yield decide(book.case, book.on, scenario=book.scenario, law=FRANCE)
        book.night()


def play(diary: Diary) -> None:
    """Run every night from the first line to the last and compare each with the table."""
    book = opened(diary)
    rows = {day(written): (facts, expected) for written, facts, expected in diary.rows}
    assert list(rows) == sorted(rows), "the lines are in order, one for each day"
    promised: date | None = None
    on, last = min(rows), max(rows)
    while on <= last:
        facts, expected = rows.get(on, (None, None))
        book.happens(on, facts)
        actions, silent = book.night()
        seen = sorted(_written(action, expected or "") for action in actions)
        wanted, states = _read(expected or "")
        assert seen == wanted, f"{on:%d/%m/%Y}: {seen} in place of {wanted}"
        assert not seen or facts is not None or promised is None or promised <= on, f"{on:%d/%m/%Y}: not woken for"
        for state in states:
            assert state in _states(silent), f"{on:%d/%m/%Y}: {state!r} is not in {sorted(_states(silent))}"
        promised = silent.next_wakeup or date.max
        assert promised > on
        on += _ONE_DAY


def _read(expected: str) -> tuple[list[str], list[str]]:
    lines = [line.strip() for line in expected.split(" ; ") if line.strip() not in {"", "rien"}]
    states = [line for line in lines if line.startswith(("attend ", "doute "))]
    return sorted(line for line in lines if line not in states), states


def _written(action: Action, expected: str) -> str:
    """Return an action as a table writes it, with amount and channel where its line gives them."""
    what = action.outcome if action.kind is ActionKind.TERMINAL else action.stage
    words = f"{_WORDS[action.kind]} {what} {' '.join(action.listed)}"
    line = next((part.strip() for part in expected.split(" ; ") if part.strip().startswith(words)), "")
    if " = " in line:
        words += f" = {action.principal.amount}"
    if " par " in line:
        words += f" par {action.channel.value}"
    return words


def _states(decision: Decision) -> set[str]:
    found = {f"doute {doubt.code}" for doubt in decision.doubts}
    for hold in decision.holds:
        words = f"attend {hold.kind.value} {hold.item_id or 'tout'}"
        found |= {words, f"{words} jusqu'au {hold.until:%d/%m/%Y}" if hold.until is not None else f"{words} sans fin"}
    return found


# What may happen


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
