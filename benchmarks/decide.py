"""Microseconds per case of ``decide``, on generated cases of five items, on one core, and what each step costs.

Run: ``python benchmarks/decide.py [cases]`` (10 000 by default). Medians of five rounds; the ratio is to the round
trip of the same cases through JSON, which tells one machine from another.
"""

import statistics
import sys
import time  # noqa: TID251  # a benchmark measures time
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from recouvrement import (
    FRANCE,
    Allocation,
    Case,
    Contact,
    Creditor,
    Debtor,
    DebtorKind,
    Invoice,
    Money,
    Payment,
    PostalAddress,
    Scenario,
    builtin,
    decide,
)
from recouvrement.domain.events import ActionPlanned, HistoryEvent
from recouvrement.engine.alerts import prescription_watch
from recouvrement.engine.claim import claimed
from recouvrement.engine.history import history_on
from recouvrement.engine.ledger import ledger_on
from recouvrement.engine.survey import inquiry, survey

ON = date(2026, 11, 23)
ROUNDS = 5
SCENARIOS = {
    DebtorKind.BUSINESS: builtin("standard_b2b"),
    DebtorKind.CONSUMER: builtin("consommateur"),
    DebtorKind.PUBLIC: builtin("secteur_public"),
}
CREDITOR = Creditor(id="atelier-lumen", name="Atelier Lumen")
CONTACT = Contact(email="compta@client.example", phone="02 61 91 12 34")
ADDRESS = PostalAddress(street="12 rue des Carmes", postal_code="44000", city="Nantes")


def generated(number: int) -> Case:
    """Return a case of five items: two paid, one partly paid, two open, some of them reminded before."""
    kind = tuple(SCENARIOS)[(0, 0, 0, 1, 2)[number % 5]]
    invoices, payments = [], []
    for index in range(5):
        due_on = ON - timedelta(days=(number * 7 + index * 23) % 200 - 20)
        total = Money.from_minor(10_000 + (number * 7919 + index * 104_729) % 900_000, "EUR")
        code = f"F{number:05d}-{index}"
        invoices.append(
            Invoice.single(
                code, issued_on=due_on - timedelta(days=30), due_on=due_on, total=total, order_reference="BC-1"
            )
        )
        share = (1, 1, 2, 0, 0)[index]
        if share:
            paid = Money.from_minor(total.minor // share, "EUR")
            payments.append(
                Payment(
                    id=f"P{code}",
                    received_on=due_on + timedelta(days=12),
                    amount=paid,
                    allocations=(Allocation(item_id=code, amount=paid),),
                )
            )
    debtor = Debtor(id=f"C{number:05d}", name="Client", kind=kind, contacts=(CONTACT,), address=ADDRESS)
    case = Case(creditor=CREDITOR, debtor=debtor, invoices=tuple(invoices), payments=tuple(payments))
    if number % 3 == 0:
        return case
    past = ON - timedelta(days=9)
    earlier = decide(case, past, scenario=SCENARIOS[kind], law=FRANCE)
    history: list[HistoryEvent] = [
        ActionPlanned(id=f"{action.id}:planned", effective_on=past, action=action) for action in earlier.actions
    ]
    return case.with_events(history)


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of a piece of work."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def each(work: Callable[[Case, Scenario], object], cases: Iterable[Case]) -> Callable[[], None]:
    """Return a piece of work done for every case."""
    pairs = [(case, SCENARIOS[case.debtor.kind]) for case in cases]

    def run() -> None:
        for case, scenario in pairs:
            work(case, scenario)

    return run


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    cases = [generated(number) for number in range(count)]
    whole = seconds(each(lambda case, scenario: decide(case, ON, scenario=scenario, law=FRANCE), cases))
    asks = {case.id: inquiry(case, ON, SCENARIOS[case.debtor.kind], FRANCE) for case in cases}
    founds = {case.id: survey(ask) for case, ask in zip(cases, asks.values(), strict=True)}

    def claim(case: Case, _: Scenario) -> None:
        ask = asks[case.id]
        overdue = tuple((p, s) for p, s in founds[case.id].stops if p.due_on is not None and p.due_on < ON)
        claimed(case, overdue, ask.history, ON, FRANCE)

    def watch(case: Case, scenario: Scenario) -> None:
        ask = asks[case.id]
        prescription_watch(ask.ledger.positions, founds[case.id].deadlines, ask.history.stages_done, scenario, ON)

    steps = {
        "history": each(lambda case, _: history_on(case, ON), cases),
        "ledger": each(lambda case, _: ledger_on(case, ON, law=FRANCE, history=asks[case.id].history), cases),
        "stops, gate, prescription": each(lambda case, _: survey(asks[case.id]), cases),
        "claim": each(claim, cases),
        "deadline alerts": each(watch, cases),
    }
    shares = {name: seconds(work) for name, work in steps.items()}
    shares["thread, reasons, decision"] = whole - sum(shares.values())
    texts = [case.model_dump_json() for case in cases]
    json = seconds(lambda: [Case.model_validate_json(text) for text in texts])
    print(f"decide: {whole / count * 1e6:.0f} µs per case ({count} cases of five items, one core)")
    for name, spent in shares.items():
        print(f"  {name:<26} {spent / count * 1e6:6.0f} µs  {spent / whole:4.0%}")
    print(f"ratio to reading the same cases from JSON: {whole / json:.1f}")


if __name__ == "__main__":
    main()
