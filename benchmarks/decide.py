"""What a decision costs: microseconds per case of five items, where they go, and whether it is linear in items.

Run: ``python benchmarks/decide.py [cases]`` (10 000 by default); processor time of one core. Cases are read anew before
every round: nothing a case keeps helps the next round; what the library keeps by date (rates, prescription, verdicts)
stays, as in a night. A decision has every figure and reason in it, in light form; what it takes to write them all out
is printed apart. The ratio to reading the same cases from JSON tells one machine from another.
"""

import gc
import statistics
import sys
import time  # noqa: TID251  # a benchmark measures time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from recouvrement import (
    FRANCE,
    Allocation,
    Case,
    Contact,
    Creditor,
    Debtor,
    DebtorKind,
    Decision,
    Invoice,
    LimitationActDone,
    LimitationActKind,
    Money,
    Payment,
    PostalAddress,
    Scenario,
    StopKind,
    StopPlaced,
    builtin,
    decide,
)
from recouvrement.domain.events import ActionPlanned, HistoryEvent
from recouvrement.engine.claim import claimed
from recouvrement.engine.history import history_on
from recouvrement.engine.ledger import ledger_on
from recouvrement.engine.progress import standing
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


def debtor(number: int, kind: DebtorKind) -> Debtor:
    """Return a debtor that can be reached by every channel."""
    return Debtor(id=f"C{number:05d}", name="Client", kind=kind, contacts=(CONTACT,), address=ADDRESS)


def invoice(code: str, due_on: date, minor: int) -> Invoice:
    """Return an invoice at thirty days."""
    issued_on = due_on - timedelta(days=30)
    total = Money.from_minor(minor, "EUR")
    return Invoice.single(code, issued_on=issued_on, due_on=due_on, total=total, order_reference="BC-1")


def payment(code: str, on: date, minor: int, item_id: str | None = None) -> Payment:
    """Return a payment of one invoice, or one that names none."""
    paid = Money.from_minor(minor, "EUR")
    parts = () if item_id is None else (Allocation(item_id=item_id, amount=paid),)
    return Payment(id=f"P{code}", received_on=on, amount=paid, allocations=parts)


def generated(number: int, kind: DebtorKind) -> Case:
    """Return a case of five items: two paid, one partly paid, two open, some of them reminded before."""
    invoices, payments = [], []
    for index in range(5):
        due_on = ON - timedelta(days=(number * 7 + index * 23) % 200 - 20)
        minor = 10_000 + (number * 7919 + index * 104_729) % 900_000
        code = f"F{number:05d}-{index}"
        invoices.append(invoice(code, due_on, minor))
        share = (1, 1, 2, 0, 0)[index]
        if share:
            payments.append(payment(code, due_on + timedelta(days=12), minor // share, code))
    case = Case(creditor=CREDITOR, debtor=debtor(number, kind), invoices=tuple(invoices), payments=tuple(payments))
    if number % 3 == 0:
        return case
    past = ON - timedelta(days=10)  # a Friday: on the Saturday after, nothing would have left
    earlier = decided(case, past)
    history: list[HistoryEvent] = [
        ActionPlanned(id=f"{action.id}:planned", effective_on=past, action=action) for action in earlier.actions
    ]
    return case.with_events(history)


def large(count: int, what: str) -> Case:
    """Return one debtor's case of that many invoices, half of them with something besides."""
    invoices = tuple(
        invoice(f"F{index}", ON - timedelta(days=index * 37 % 1500 - 20), 10_000 + index * 7919 % 900_000)
        for index in range(count)
    )
    payments: list[Payment] = []
    history: list[HistoryEvent] = []
    for index, one in enumerate(invoices[::2]):
        code, on = one.number, one.issued_on
        if what == "payments":
            payments.append(payment(code, on + timedelta(days=9), one.total.minor // 2, code))
        elif what == "unallocated payments":
            payments.append(payment(code, on + timedelta(days=9), 5_000))
        elif what == "disputes":
            history.append(
                StopPlaced(id=f"s{index}", effective_on=on, stop_id=code, stop=StopKind.DISPUTE, item_ids=(code,))
            )
        elif what == "acknowledgements":
            act = LimitationActKind.ACKNOWLEDGEMENT
            history.append(LimitationActDone(id=f"a{index}", effective_on=on, act=act, item_ids=(code,)))
    return Case(
        creditor=CREDITOR,
        debtor=debtor(0, DebtorKind.BUSINESS),
        invoices=invoices,
        payments=tuple(payments),
        history=tuple(history),
    )


def decided(case: Case, on: date = ON) -> Decision:
    """Return the decision of a case by the built-in scenario of its debtor."""
    return decide(case, on, scenario=SCENARIOS[case.debtor.kind], law=FRANCE)


def too_little(case: Case) -> Decision:
    """Return the decision of a case by a scenario whose messages all want more than any case owes."""
    return decide(case, ON, scenario=_DEMANDING, law=FRANCE)


def _demanding() -> Scenario:
    usual = SCENARIOS[DebtorKind.BUSINESS].model_dump()
    stages = [stage | {"min_message_amount": Decimal(10**11)} for stage in usual["stages"]]
    return Scenario.model_validate(usual | {"stages": stages})


_DEMANDING = _demanding()


def timed(work: Callable[[Case], object], texts: Sequence[str]) -> float:
    """Return the median time of a piece of work over fresh cases, in microseconds per case."""
    times = []
    for _ in range(ROUNDS):
        cases = [Case.model_validate_json(text) for text in texts]
        gc.collect()  # what reading left behind is not charged to deciding; the collector stays on
        start = time.process_time()
        for case in cases:
            work(case)
        times.append(time.process_time() - start)
    return statistics.median(times) / len(texts) * 1e6


def stages(texts: Sequence[str], whole: float) -> None:
    """Print where the time of a decision goes; each stage is timed alone, after what it needs."""
    cases = [Case.model_validate_json(text) for text in texts]
    asks = {case.id: inquiry(case, ON, SCENARIOS[case.debtor.kind], FRANCE) for case in cases}
    founds = {name: survey(ask) for name, ask in asks.items()}
    decisions = {case.id: decided(case) for case in cases}

    def folding(case: Case) -> None:
        history = history_on(case, ON)
        ledger_on(case, ON, law=FRANCE, history=history)

    def claim(case: Case) -> None:
        overdue = tuple((p, s) for p, s in founds[case.id].stops if p.due_on is not None and p.due_on < ON)
        claimed(case, overdue, asks[case.id].history, ON, FRANCE)

    def conditions(case: Case) -> None:
        ask = asks[case.id]
        reachable = {stage: way is not None for stage, way in ask.reaches.items()}
        for candidate in founds[case.id].candidates:
            standing(candidate, ask.scenario, reachable)

    shares = {
        "folding (history, ledger)": timed(folding, texts),
        "prescription, stops, claim gate": timed(lambda case: survey(asks[case.id]), texts),
        "claim": timed(claim, texts),
        "conditions": timed(conditions, texts),
    }
    shares["threads, actions, light reasons, deadlines"] = whole - sum(shares.values())
    for name, spent in shares.items():
        print(f"  {name:<44}{spent:6.0f} µs  {spent / whole:4.0%}")
    spent = timed(lambda case: decisions[case.id].model_dump_json(), texts)
    print(f"  besides, every reason and figure written out {spent:6.0f} µs")


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    business = [generated(number, DebtorKind.BUSINESS).model_dump_json() for number in range(count)]
    kinds = tuple(SCENARIOS)
    mixed = [generated(n, kinds[(0, 0, 0, 1, 2)[n % 5]]).model_dump_json() for n in range(count)]
    whole = timed(decided, business)
    start = time.process_time()
    for text in business:
        Case.model_validate_json(text)
    reading = (time.process_time() - start) / count * 1e6
    print(f"businesses, standard_b2b: {whole:.0f} µs per case ({count} cases of five items, one core)")
    stages(business, whole)
    print(f"  ratio to reading the same cases from JSON ({reading:.0f} µs): {whole / reading:.2f}")
    print(f"businesses, consumers, public bodies: {timed(decided, mixed):.0f} µs per case")
    for what in ("nothing else", "payments", "unallocated payments", "disputes", "acknowledgements"):
        one, ten = (timed(decided, [large(size, what).model_dump_json()]) / 1e6 for size in (1_000, 10_000))
        print(f"one debtor, {what}: 1 000 invoices {one:.3f} s, 10 000 invoices {ten:.3f} s, ratio {ten / one:.1f}")
    one, ten = (timed(too_little, [large(size, "nothing else").model_dump_json()]) / 1e6 for size in (1_000, 10_000))
    print(
        f"one debtor, too little to ask: 1 000 invoices {one:.3f} s, 10 000 invoices {ten:.3f} s, ratio {ten / one:.1f}"
    )


if __name__ == "__main__":
    main()
