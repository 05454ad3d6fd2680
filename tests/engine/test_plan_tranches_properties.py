"""What holds of every plan that ended: its parts add up, and nobody is charged more than the plan lets be charged."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from recouvrement import FRANCE, Case, Claim, DebtorKind, Instalment, Invoice, Money, builtin, decide, decompte
from recouvrement.domain.documents import Allocation, CreditNote, Payment
from recouvrement.domain.events import HistoryEvent, NoticeDelivered, PlanAgreed, PlanDefaultNotified, StopPlaced
from recouvrement.domain.vocabulary import StopKind
from support.cases import CREDITOR, debtor

AGREED = date(2026, 7, 20)
cents = st.integers(1, 90_000)


def _euro(minor: int) -> Money:
    return Money.from_minor(minor, "EUR")


@st.composite
def plans(draw: st.DrawFn) -> tuple[Case, date]:
    """Draw one to three invoices under a plan that was broken, with money, credit and a dispute or not, and a day."""
    number = draw(st.integers(1, 3))
    invoices = tuple(
        Invoice.single(
            f"F{turn}",
            issued_on=date(2026, 6, 1),
            due_on=date(2026, 7, 1) + timedelta(days=draw(st.integers(0, 60))),
            total=_euro(draw(cents)),
        )
        for turn in range(1, number + 1)
    )
    days = sorted(draw(st.sets(st.integers(0, 120), min_size=1, max_size=4)))
    agreed = PlanAgreed(
        id="e1",
        effective_on=AGREED,
        plan_id="PL1",
        instalments=tuple(
            Instalment(amount=_euro(draw(cents)), due_on=AGREED + timedelta(days=after)) for after in days
        ),
        keeps_interest=draw(st.sampled_from((None, False))),
    )
    notified = PlanDefaultNotified(id="e2", effective_on=AGREED + timedelta(days=days[0] + 1), plan_id="PL1")
    history: list[HistoryEvent] = [agreed, notified]
    if draw(st.booleans()):
        part = _euro(draw(cents))
        history.append(StopPlaced(id="e3", effective_on=AGREED, stop_id="L1", stop=StopKind.DISPUTE, amount=part))
    if draw(st.booleans()):
        on = AGREED + timedelta(days=draw(st.integers(0, 130)))
        history.append(NoticeDelivered(id="e4", effective_on=on, item_ids=("F1",)))
    payments = []
    for turn in range(draw(st.integers(0, 3))):
        amount, named = _euro(draw(cents)), draw(st.sampled_from((None, *(one.number for one in invoices))))
        share = (Allocation(item_id=named, amount=amount),) if named is not None else ()
        on = AGREED + timedelta(days=draw(st.integers(-15, 130)))
        payments.append(Payment(id=f"V{turn}", received_on=on, amount=amount, allocations=share))
    credit = _euro(draw(cents))
    note = CreditNote(number="A1", issued_on=AGREED + timedelta(days=9), amount=credit, invoice_number="F1")
    case = Case(
        creditor=CREDITOR,
        debtor=debtor(draw(st.sampled_from((DebtorKind.BUSINESS, DebtorKind.CONSUMER)))),
        invoices=invoices,
        payments=tuple(payments),
        credit_notes=(note,) if draw(st.booleans()) else (),
        history=tuple(history),
    )
    return case, notified.effective_on + timedelta(days=draw(st.integers(9, 140)))


def _claim(case: Case, on: date) -> Claim:
    decision = decide(case, on, scenario=builtin("standard_b2b"), law=FRANCE)
    decompte(decision.claim, on, decision.doubts)  # refuses an account whose lines do not add up
    return decision.claim


@given(plans())
def test_the_parts_of_an_item_come_to_the_item_and_bear_nothing_before_their_dates(drawn: tuple[Case, date]) -> None:
    case, on = drawn
    agreed = next(event for event in case.history if isinstance(event, PlanAgreed))
    dates = {part.due_on for part in agreed.instalments}
    for item in _claim(case, on).items:
        if not item.tranches:
            continue
        deferred = item.deferred.minor if item.deferred is not None else 0
        demandable = item.original.minor - item.credited.minor - item.contested.minor - deferred
        assert sum(part.amount.minor for part in item.tranches) == demandable
        assert sum(part.principal.minor for part in item.tranches) == item.principal.minor
        assert sum(part.late_interest.minor for part in item.tranches) == item.late_interest.minor
        came = sum(payment.amount.minor for payment in item.payments)
        assert came == item.paid.minor
        for part in item.tranches:
            assert part.amount.minor > 0
            assert all(segment.from_ > part.due_on >= item.due_on for segment in part.segments)
            assert part.plan_id is None or part.due_on == item.due_on or part.due_on in dates


@given(plans())
def test_it_never_comes_to_more_than_interest_from_the_dates_of_the_invoices(drawn: tuple[Case, date]) -> None:
    """Each segment is rounded once, so that many small parts may exceed one large one by half a cent each."""
    case, on = drawn
    history = tuple(
        PlanAgreed.model_validate(dict(event) | {"keeps_interest": True}) if isinstance(event, PlanAgreed) else event
        for event in case.history
    )
    kept = _claim(Case.model_validate(dict(case) | {"history": history}), on)
    apart = _claim(case, on)
    segments = sum(len(item.segments) for claim in (kept, apart) for item in claim.items)
    assert apart.total.minor <= kept.total.minor + (segments + 1) // 2
