"""What letters cost: texts and PDFs a second on one core, and the memory after thousands of them.

Run: ``python benchmarks/letters.py [documents]`` (10 000 by default, of which half are PDFs). Medians of five rounds,
in seconds of processor, so that a busy machine changes them little.

Every document is of another debtor, with another sum and another number. What they share is kept, as in a night: the
layout of letters of one shape, the lines of their creditor, the dates and sums already written out.

- The text alone: what a host that sends plain text asks for, its mentions checked.
- The whole document: text and HTML, and the mentions of both checked.
- A page: an e-mail of one page with a table and a QR code, from the data of the page to the bytes of its PDF; then the
  same with the document and the data made first.
- Memory: what the process holds before and after the documents, half of them letters of which a PDF is made.
"""

import resource
import statistics
import sys
import time  # noqa: TID251  # a benchmark measures time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from recouvrement import (
    Action,
    ActionKind,
    Case,
    Channel,
    Claim,
    Creditor,
    Debtor,
    DebtorKind,
    DocumentKind,
    Invoice,
    Money,
    PostalAddress,
    Rank,
)
from recouvrement.adapters.pdf import Typesetter
from recouvrement.domain.decision import ClaimItem
from recouvrement.render.documents import render_document, render_text
from recouvrement.render.letters import Letters
from recouvrement.render.pdf_source import PdfSource, pdf_source

ROUNDS = 5
AT_ONCE = 200
ON = date(2026, 11, 23)
GOAL_TEXTS, GOAL_PAGES = 5000, 60
CREDITOR = Creditor(
    id="ATELIER",
    name="Atelier Durand & Fils",
    legal_form="SARL",
    capital=Money.of("10000", "EUR"),
    siren="000123455",
    registry_city="Nantes",
    address=PostalAddress(street="12 rue des Carmes", postal_code="44000", city="Nantes"),
    email="compta@atelier-durand.example",
    phone="01 99 00 12 34",
    signatory="Claire Durand",
    signatory_title="Gérante",
    iban="FR76 3000 6000 0112 3456 7890 189",
)
LETTERS = Letters.built_in()


class Order(NamedTuple):
    """What one document is made from."""

    action: Action
    case: Case
    claim: Claim


def order(index: int, channel: Channel = Channel.EMAIL) -> Order:
    """Return the first reminder of two invoices to the debtor of that number."""
    invoices = tuple(
        Invoice.single(
            f"F2026-{index:05}{letter}",
            issued_on=date(2026, 9, 1) + timedelta(days=index % 20),
            due_on=date(2026, 10, 1) + timedelta(days=index % 20),
            total=Money.of(f"{100 + index % 9000}.{index % 100:02}", "EUR"),
        )
        for letter in "ab"
    )
    items = tuple(claimed(one) for one in invoices)
    principal = sum((one.total for one in invoices), start=Money.zero("EUR"))
    zero = Money.zero("EUR")
    case = Case(
        creditor=CREDITOR,
        debtor=Debtor(
            id=f"C{index:05}",
            name=f"Boulangerie n° {index}",
            kind=DebtorKind.BUSINESS,
            address=PostalAddress(street=f"{index} place de l'Église", postal_code="44400", city="Rezé"),
        ),
        invoices=invoices,
    )
    numbers = tuple(one.number for one in invoices)
    action = Action(
        id=f"A-{index}",
        kind=ActionKind.CONTACT,
        scenario="standard",
        scenario_version=1,
        stage="relance_1",
        occurrence=1,
        document=DocumentKind.REMINDER_1,
        channel=channel,
        rank=Rank.AMICABLE,
        leader=numbers[0],
        triggered=numbers,
        listed=numbers,
        advanced=numbers,
        principal=principal,
        token="T-1",  # noqa: S106  # a hash, not a secret
    )
    claim = Claim(items=items, principal=principal, late_interest=zero, indemnities=zero, total=principal)
    return Order(action, case, claim)


def claimed(invoice: Invoice) -> ClaimItem:
    """Return one overdue invoice, without interest: a first reminder asks for none."""
    due_on = invoice.instalments[0].due_on
    if due_on is None:
        raise ValueError("the invoices of a benchmark have due dates")
    zero = Money.zero("EUR")
    return ClaimItem(
        item_id=invoice.number,
        invoice_number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=due_on,
        days_late=(ON - due_on).days,
        original=invoice.total,
        credited=zero,
        paid=zero,
        balance=invoice.total,
        contested=zero,
        principal=invoice.total,
        late_interest=zero,
        segments=(),
        indemnity=zero,
        interest_through=None,
    )


def text_alone(made: Order) -> str:
    """Return the plain text of one document, its facts and mentions checked."""
    return render_text(made.action, made.case, made.claim, on=ON, letters=LETTERS).text


def document(made: Order) -> str:
    """Return the HTML of one whole document."""
    return render_document(made.action, made.case, made.claim, on=ON, letters=LETTERS).html


def source(made: Order) -> PdfSource:
    """Return the data of the PDF of one document."""
    finished = render_document(made.action, made.case, made.claim, on=ON, letters=LETTERS)
    return pdf_source(finished, made.action, made.case, made.claim, on=ON)


def page(typesetter: Typesetter, made: Order) -> bytes:
    """Return the PDF of one document, the document made first."""
    return typesetter.pdf(source(made))


def a_second(work: Callable[[Order], object], orders: list[Order]) -> float:
    """Return how many times a second a piece of work is done: the median of the rounds, each on other orders."""
    size = len(orders) // (ROUNDS + 1)
    rates = []
    for number in range(ROUNDS + 1):
        part = orders[number * size : (number + 1) * size]
        start = time.process_time()
        for made in part:
            work(made)
        rates.append(size / (time.process_time() - start))
    return statistics.median(rates[1:])  # the first round warms caches up


def resident_mib() -> float:
    """Return the memory the process holds now, in MiB; its peak where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  # not a path of the project
            return int(file.read().split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (2**20 if sys.platform == "darwin" else 2**10)


def growth(documents: int, typesetter: Typesetter) -> tuple[float, float]:
    """Return the memory after a tenth of the documents, when every cache is full, and after all of them."""
    held = []
    for index in range(documents):
        if index % 2:
            document(order(100_000 + index))
        else:
            page(typesetter, order(100_000 + index))
        if index + 1 in {max(documents // 10, 1), documents}:
            held.append(resident_mib())
    return held[0], held[-1]


def main() -> None:
    """Print the rates, then the memory."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    orders = [order(index) for index in range(AT_ONCE * (ROUNDS + 1))]
    with Typesetter() as typesetter:
        sources = {made.action.id: source(made) for made in orders}
        for name, work, goal in (
            ("plain text, mentions checked", text_alone, GOAL_TEXTS),
            ("whole document: Markdown, text and HTML, mentions checked", document, None),
            ("one-page PDF with table and QR code", lambda made: typesetter.pdf(sources[made.action.id]), GOAL_PAGES),
            ("the same, document included", partial(page, typesetter), None),
        ):
            rate = a_second(work, orders)
            verdict = "" if goal is None else f"   goal {goal}: {'met' if rate >= goal else 'not met'}"
            print(f"{rate:8.0f} a second   {name}{verdict}")
        early, late = growth(documents, typesetter)
        print(f"memory: {early:.0f} MiB after {documents // 10} documents, {late:.0f} MiB after {documents}")


if __name__ == "__main__":
    main()
