"""Documents asked for: what they list, their identifiers, and what may not be asked."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import ActionKind
from recouvrement.domain.documents import Allocation, Instalment, Invoice, Payment
from recouvrement.domain.events import ActionPlanned, PaymentRejected, PlanDefaultNotified, StopLifted, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact, Creditor, Debtor, DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.vocabulary import PROFESSIONAL_DOCUMENTS, Channel, DocumentKind, Rank, StopKind
from recouvrement.engine.decide import current_token, decide
from recouvrement.engine.history import history_on
from recouvrement.engine.requests import REQUESTABLE, PlanInterest, Requested, requested
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.scenario.reading import builtin
from support.readable import Readable
from support.requests import (
    BROKEN,
    COMING,
    DISPUTE,
    MISSED,
    OPENED,
    PAID,
    PLAN,
    PROMISE,
    PROVED,
    TRANSFER,
    asked_for,
    eur,
    laid_over,
)

Model = TypeVar("Model", bound=Readable)

ON = date(2026, 11, 23)
SCENARIO = builtin("standard_b2b")

FIRST = Invoice.single(
    "F2026-118",
    issued_on=date(2026, 9, 30),
    due_on=date(2026, 10, 30),
    total=eur("1250.00"),
    order_reference="BC-2026-77",
)
SECOND = Invoice.single("F2026-125", issued_on=date(2026, 10, 12), due_on=date(2026, 11, 11), total=eur("12000.00"))


def rebuilt(value: Model, **changes: object) -> Model:
    return type(value).model_validate(dict(value) | changes)


def a_case(kind: DebtorKind = DebtorKind.BUSINESS) -> Case:
    return Case(
        creditor=Creditor(id="ATELIER", name="Atelier Durand", email="compta@atelier.example"),
        debtor=Debtor(
            id="411LEFOURNIL",
            name="Boulangerie Le Fournil",
            kind=kind,
            address=PostalAddress(street="8 place de l'Église", postal_code="44400", city="Rezé"),
            contacts=(Contact(email="factures@lefournil.example"),),
        ),
        invoices=(FIRST, SECOND),
    )


def ask(case: Case, kind: DocumentKind, **options: object) -> Requested:
    return requested(case, kind, ON, scenario=SCENARIO, law=FRANCE, **options)  # type: ignore[arg-type]  # by the call


EVERY = sorted(REQUESTABLE)


@pytest.mark.parametrize("kind", EVERY)
def test_the_same_request_has_the_same_identifier(kind: DocumentKind) -> None:
    first, case = asked_for(kind, a_case(), ON)
    again, _ = asked_for(kind, a_case(), ON)
    assert first == again
    assert first.action.id == again.action.id
    later, _ = asked_for(kind, a_case(), date(2026, 11, 24))
    assert later.action.id != first.action.id
    assert first.action.token == current_token(case, ON, first.action.listed, scenario=SCENARIO, law=FRANCE)


def test_every_part_of_a_request_is_in_its_identifier() -> None:
    case = laid_over(a_case(), *PROVED, DISPUTE, PLAN)
    statement = DocumentKind.STATEMENT_OF_ACCOUNT
    ids = [
        ask(case, statement).action.id,
        ask(case, statement, channel=Channel.POST).action.id,
        ask(case, DocumentKind.DISPUTE_ACKNOWLEDGEMENT, about="LITIGE-7").action.id,
        ask(case, DocumentKind.PLAN_AGREEMENT, about=PLAN.plan_id).action.id,
        ask(case, DocumentKind.PLAN_AGREEMENT, about=PLAN.plan_id, plan_interest=PlanInterest.WAIVED).action.id,
        ask(case, DocumentKind.PLAN_PROPOSAL, about=PLAN).action.id,
        ask(case, DocumentKind.PLAN_PROPOSAL, about=rebuilt(PLAN, grace_days=5)).action.id,
    ]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("kind", EVERY)
def test_a_request_moves_nothing_on_in_the_scenario(kind: DocumentKind) -> None:
    asked, case = asked_for(kind, a_case(), ON)
    sent = case.with_events([ActionPlanned(id="sent", effective_on=ON, action=asked.action)])
    before, after = history_on(case, ON), history_on(sent, ON)
    assert after.stages_done == before.stages_done
    reminds = {DocumentKind.LAST_NOTICE, DocumentKind.BROKEN_PROMISE, DocumentKind.PLAN_DEFAULT_NOTICE}
    assert (after.reminded == before.reminded) is (kind not in reminds)
    to_debtor = kind not in PROFESSIONAL_DOCUMENTS
    assert asked.action.kind is (ActionKind.CONTACT if to_debtor else ActionKind.ALERT)
    assert (after.last_contact_on == ON) is to_debtor


@pytest.mark.parametrize("kind", EVERY)
def test_the_claim_of_an_item_is_the_one_of_a_decision(kind: DocumentKind) -> None:
    asked, case = asked_for(kind, a_case(), ON)
    if kind is DocumentKind.CLAIM_DECLARATION:
        return
    decided = {item.item_id: item for item in decide(case, ON, scenario=SCENARIO, law=FRANCE).claim.items}
    late = [item for item in asked.claim.items if item.days_late > 0]
    assert late
    assert [decided[item.item_id] for item in late] == late


def test_a_statement_lists_what_is_open_due_or_not_contested_or_not() -> None:
    asked = ask(laid_over(a_case(), DISPUTE, invoices=(COMING,)), DocumentKind.STATEMENT_OF_ACCOUNT)
    assert asked.action.listed == ("F2026-118", "F2026-125", "F2026-142")
    assert asked.action.principal == eur("13110.00")
    assert asked.action.rank is Rank.PREVENTIVE


def test_a_dispute_on_a_part_leaves_the_rest_asked_for() -> None:
    asked = ask(laid_over(a_case(), DISPUTE), DocumentKind.DISPUTE_ACKNOWLEDGEMENT, about="LITIGE-7")
    assert asked.action.listed == ("F2026-125",)
    assert asked.action.principal == eur("7000.00")


def test_a_receipt_lists_what_the_payment_went_to() -> None:
    case = laid_over(a_case(), payments=(PAID, TRANSFER))
    asked = ask(case, DocumentKind.RECEIPT, about="V-902")
    assert asked.action.listed == ("F2026-118", "F2026-125")
    assert asked.action.principal == eur("9750.00")
    alone = Payment(
        id="V-1",
        received_on=date(2026, 11, 20),
        amount=eur("1250.00"),
        allocations=(Allocation(item_id="F2026-118", amount=eur("1250.00")),),
    )
    settled = ask(laid_over(a_case(), payments=(alone,)), DocumentKind.RECEIPT, about="V-1")
    assert (settled.action.listed, settled.action.principal) == (("F2026-118",), eur("0"))


def test_a_declaration_is_made_of_what_was_owed_on_the_day_of_the_opening() -> None:
    after = Payment(id="V-999", received_on=date(2026, 11, 20), amount=eur("500.00"))
    case = laid_over(a_case(), OPENED, invoices=(COMING,), payments=(PAID, after))
    asked = ask(case, DocumentKind.CLAIM_DECLARATION)
    assert asked.action.listed == ("F2026-118", "F2026-125", "F2026-142")
    assert asked.action.principal == eur("13110.00"), "a payment received after the opening is left out"
    assert [item.days_late for item in asked.claim.items] == [19, 7, -12]
    # 1 250 × 12,40 % × 18 / 365 = 7,64 and 10 000 × 12,40 % × 6 / 365 = 20,38: the day of the opening is not counted.
    assert [str(item.late_interest.amount) for item in asked.claim.items] == ["7.64", "20.38", "0.00"]
    assert asked.claim.indemnities == eur("80.00")
    assert asked.action.channel is Channel.REGISTERED_POST
    last_days = [reason.input("last_day") for reason in asked.action.reasons if reason.input("last_day")]
    assert last_days == ["2027-01-21"]


def test_an_invoice_for_work_done_before_the_opening_is_declared_whenever_it_was_issued() -> None:
    late = Invoice.single(
        "F2026-150",
        issued_on=date(2026, 11, 20),
        due_on=date(2026, 12, 20),
        total=eur("600.00"),
        delivered_on=date(2026, 11, 10),
    )
    new = Invoice.single("F2026-151", issued_on=date(2026, 11, 20), due_on=date(2026, 12, 20), total=eur("700.00"))
    asked = ask(laid_over(a_case(), OPENED, invoices=(late, new)), DocumentKind.CLAIM_DECLARATION)
    assert asked.action.listed == ("F2026-118", "F2026-125", "F2026-150")


Refusal = tuple[DocumentKind, Callable[[], Case], dict[str, object], str]

REFUSED: dict[str, Refusal] = {
    "a reminder": (DocumentKind.REMINDER_1, a_case, {}, "not made on request"),
    "a stop nobody placed": (
        DocumentKind.DISPUTE_ACKNOWLEDGEMENT,
        lambda: laid_over(a_case(), DISPUTE),
        {"about": "LITIGE-8"},
        r"no stop LITIGE-8 on that day \(known: LITIGE-7\)",
    ),
    "a promise as a dispute": (
        DocumentKind.DISPUTE_ACKNOWLEDGEMENT,
        lambda: laid_over(a_case(), PROMISE),
        {"about": "PROMESSE-2"},
        "is a promise_to_pay",
    ),
    "a dispute that was lifted": (
        DocumentKind.DISPUTE_ACKNOWLEDGEMENT,
        lambda: laid_over(a_case(), DISPUTE, StopLifted(id="L", effective_on=ON, stop_id="LITIGE-7")),
        {"about": "LITIGE-7"},
        "no stop LITIGE-7",
    ),
    "a dispute that has ended": (
        DocumentKind.DISPUTE_ACKNOWLEDGEMENT,
        lambda: laid_over(a_case(), rebuilt(DISPUTE, review_on=None, until=date(2026, 11, 22))),
        {"about": "LITIGE-7"},
        "is over",
    ),
    "a promise that is broken": (
        DocumentKind.PROMISE_CONFIRMATION,
        lambda: laid_over(a_case(), BROKEN),
        {"about": "PROMESSE-1"},
        "promise PROMESSE-1 is broken",
    ),
    "a promise that still runs": (
        DocumentKind.BROKEN_PROMISE,
        lambda: laid_over(a_case(), PROMISE),
        {"about": "PROMESSE-2"},
        "promise PROMESSE-2 is pending",
    ),
    "a plan nobody recorded": (DocumentKind.PLAN_AGREEMENT, a_case, {"about": "ECH-1"}, "no plan ECH-1"),
    "a proposal by its name": (
        DocumentKind.PLAN_PROPOSAL,
        lambda: laid_over(a_case(), PLAN),
        {"about": PLAN.plan_id},
        "the plan proposed is not given",
    ),
    "a plan in another currency": (
        DocumentKind.PLAN_PROPOSAL,
        a_case,
        {"about": rebuilt(PLAN, instalments=(Instalment(amount=Money.of("10", "USD"), due_on=date(2026, 12, 7)),))},
        "another currency",
    ),
    "a plan that is kept": (
        DocumentKind.PLAN_DEFAULT_NOTICE,
        lambda: laid_over(a_case(), PLAN),
        {"about": PLAN.plan_id},
        "plan ECH-2026-014 is active",
    ),
    "a payment nobody made": (DocumentKind.RECEIPT, a_case, {"about": "V-7"}, "no payment V-7"),
    "a payment to come": (
        DocumentKind.RECEIPT,
        lambda: laid_over(a_case(), payments=(rebuilt(TRANSFER, received_on=date(2026, 11, 24)),)),
        {"about": "V-902"},
        "no payment V-902",
    ),
    "a payment that bounced": (
        DocumentKind.RECEIPT,
        lambda: laid_over(a_case(), PaymentRejected(id="R", effective_on=ON, payment_id="V-902"), payments=(TRANSFER,)),
        {"about": "V-902"},
        "was rejected",
    ),
    "a fact for the whole account": (
        DocumentKind.STATEMENT_OF_ACCOUNT,
        a_case,
        {"about": "V-7"},
        "about is V-7",
    ),
    "a receipt for nothing": (DocumentKind.RECEIPT, a_case, {}, "no payment is named"),
    "a notice of nothing": (
        DocumentKind.LAST_NOTICE,
        lambda: laid_over(a_case(), *PROVED),
        {"pay_by": date(2026, 12, 4)},
        "next step None",
    ),
    "a notice for today": (
        DocumentKind.LAST_NOTICE,
        lambda: laid_over(a_case(), *PROVED),
        {"next_step": "assignation", "pay_by": ON},
        "to be taken after 2026-11-23",
    ),
    "a step announced in a statement": (
        DocumentKind.STATEMENT_OF_ACCOUNT,
        a_case,
        {"next_step": "assignation"},
        "next_step or pay_by is given",
    ),
    "a notice without proof of delivery": (
        DocumentKind.LAST_NOTICE,
        lambda: laid_over(a_case()),
        {"next_step": "assignation", "pay_by": date(2026, 12, 4)},
        "F2026-125 lacks proof_of_order_or_delivery",
    ),
    "an order to pay against a public body": (
        DocumentKind.ORDER_TO_PAY_SHEET,
        lambda: laid_over(a_case(DebtorKind.PUBLIC), *PROVED),
        {},
        "public body",
    ),
    "a declaration without proceedings": (DocumentKind.CLAIM_DECLARATION, a_case, {}, "no insolvency proceedings"),
    "a declaration in over-indebtedness": (
        DocumentKind.CLAIM_DECLARATION,
        lambda: laid_over(
            a_case(),
            rebuilt(
                OPENED,
                insolvency=Insolvency(kind=InsolvencyKind.SURENDETTEMENT, opened_on=date(2026, 11, 18)),
            ),
        ),
        {},
        "no claim is declared in a surendettement",
    ),
    "a plan under insolvency": (
        DocumentKind.PLAN_PROPOSAL,
        lambda: laid_over(a_case(), OPENED),
        {"about": PLAN},
        r"F2026-118 \(insolvency\), F2026-125 \(insolvency\) may not be demanded",
    ),
    "a text message": (DocumentKind.STATEMENT_OF_ACCOUNT, a_case, {"channel": Channel.SMS}, "channel sms"),
    "a debtor out of reach": (
        DocumentKind.STATEMENT_OF_ACCOUNT,
        lambda: rebuilt(a_case(), debtor=Debtor(id="D", name="D")),
        {},
        "cannot be reached by email or post",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_asked_is_refused_with_its_reason(name: str) -> None:
    kind, case, options, found = REFUSED[name]
    with pytest.raises(InvalidInput, match=found):
        ask(case(), kind, **options)


def test_a_barred_debt_is_put_in_no_plan() -> None:
    old = Invoice.single("F2020-001", issued_on=date(2020, 1, 2), due_on=date(2020, 2, 1), total=eur("900.00"))
    case = rebuilt(a_case(), invoices=(old,))
    plan = rebuilt(PLAN, item_ids=(), instalments=(Instalment(amount=eur("900.00"), due_on=date(2026, 12, 7)),))
    with pytest.raises(InvalidInput, match=r"F2020-001 \(barred\)"):
        ask(case, DocumentKind.PLAN_AGREEMENT, about=plan)


def test_a_plan_whose_notice_has_run_out_is_no_longer_notified() -> None:
    notified = PlanDefaultNotified(id="N", effective_on=date(2026, 11, 17), plan_id=MISSED.plan_id)
    plan = rebuilt(MISSED, notice_days=3)
    with pytest.raises(InvalidInput, match="is ended"):
        ask(laid_over(a_case(), plan, notified), DocumentKind.PLAN_DEFAULT_NOTICE, about=MISSED.plan_id)


def test_nothing_open_is_said_so() -> None:
    paid = Payment(id="V", received_on=date(2026, 11, 1), amount=eur("13250.00"))
    with pytest.raises(InvalidInput, match="no item of the case can be listed"):
        ask(laid_over(a_case(), payments=(paid,)), DocumentKind.STATEMENT_OF_ACCOUNT)


def test_a_date_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidInput, match="date of the request"):
        requested(a_case(), DocumentKind.STATEMENT_OF_ACCOUNT, date(2300, 1, 1), scenario=SCENARIO, law=FRANCE)


def test_a_dispute_on_other_items_lists_none_of_ours() -> None:
    other = StopPlaced(
        id="S9", effective_on=ON, stop_id="LITIGE-9", stop=StopKind.DISPUTE, item_ids=("F2026-118",), cause="prix"
    )
    asked = ask(laid_over(a_case(), other), DocumentKind.DISPUTE_ACKNOWLEDGEMENT, about="LITIGE-9")
    assert asked.action.listed == ("F2026-118",)
    assert asked.action.principal == eur("0")
