"""The facts of which documents are asked for, laid over a case of two overdue invoices, and the requests themselves."""

from collections.abc import Callable
from datetime import date

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.documents import Allocation, Instalment, Invoice, Payment
from recouvrement.domain.events import (
    HistoryEvent,
    InsolvencyOpened,
    NoticeDelivered,
    PlanAgreed,
    ProofSupplied,
    StopPlaced,
)
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact, DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.vocabulary import DocumentKind, ProofKind, StopKind
from recouvrement.engine.requests import PlanInterest, Requested, requested
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.scenario.reading import builtin

SCENARIOS = {DebtorKind.CONSUMER: "consommateur", DebtorKind.PUBLIC: "secteur_public"}


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


PROVED: tuple[HistoryEvent, ...] = (
    ProofSupplied(
        id="P1",
        effective_on=date(2026, 10, 13),
        item_ids=("F2026-125",),
        proof=ProofKind.DELIVERY,
        reference="procès-verbal de réception du 9 octobre 2026",
    ),
    NoticeDelivered(
        id="P2",
        effective_on=date(2026, 11, 16),
        item_ids=("F2026-118", "F2026-125"),
        reference="1A 200 123 4567 8",
    ),
)

DISPUTE = StopPlaced(
    id="S1",
    effective_on=date(2026, 11, 19),
    stop_id="LITIGE-7",
    stop=StopKind.DISPUTE,
    item_ids=("F2026-125",),
    amount=eur("3000.00"),
    review_on=date(2026, 12, 7),
    cause="deux portes rayées à la pose",
    owner="Yann Le Goff",
)

PROMISE = StopPlaced(
    id="S2",
    effective_on=date(2026, 11, 20),
    stop_id="PROMESSE-2",
    stop=StopKind.PROMISE_TO_PAY,
    amount=eur("5000.00"),
    pay_by=date(2026, 12, 4),
)

BROKEN = StopPlaced(
    id="S3",
    effective_on=date(2026, 11, 10),
    stop_id="PROMESSE-1",
    stop=StopKind.PROMISE_TO_PAY,
    amount=eur("5000.00"),
    pay_by=date(2026, 11, 18),
)

PLAN = PlanAgreed(
    id="S4",
    effective_on=date(2026, 11, 23),
    plan_id="ECH-2026-014",
    item_ids=("F2026-118", "F2026-125"),
    instalments=(
        Instalment(amount=eur("4000.00"), due_on=date(2026, 12, 7)),
        Instalment(amount=eur("4000.00"), due_on=date(2027, 1, 4)),
        Instalment(amount=eur("3250.00"), due_on=date(2027, 2, 1)),
    ),
    accelerates=True,
    grace_days=3,
    notice_days=10,
)

MISSED = PlanAgreed(
    id="S5",
    effective_on=date(2026, 11, 2),
    plan_id="ECH-2026-009",
    instalments=(
        Instalment(amount=eur("5000.00"), due_on=date(2026, 11, 15)),
        Instalment(amount=eur("8250.00"), due_on=date(2026, 12, 15)),
    ),
    accelerates=True,
    notice_days=15,
)

OPENED = InsolvencyOpened(
    id="S6",
    effective_on=date(2026, 11, 20),
    insolvency=Insolvency(
        kind=InsolvencyKind.REDRESSEMENT_JUDICIAIRE,
        opened_on=date(2026, 11, 18),
        published_on=date(2026, 11, 21),
        court="le tribunal de commerce de Nantes",
        agent="Maître Anne Kervella",
        agent_address=PostalAddress(street="4 rue du Calvaire", postal_code="44000", city="Nantes"),
    ),
)

COMING = Invoice.single("F2026-142", issued_on=date(2026, 10, 30), due_on=date(2026, 11, 30), total=eur("1860.00"))

PAID = Payment(
    id="V-881",
    received_on=date(2026, 11, 11),
    amount=eur("2000.00"),
    allocations=(Allocation(item_id="F2026-125", amount=eur("2000.00")),),
    reference="VIR LE 11/11",
)
TRANSFER = Payment(
    id="V-902",
    received_on=date(2026, 11, 20),
    amount=eur("1500.00"),
    allocations=(Allocation(item_id="F2026-118", amount=eur("1250.00")),),
    reference="VIR 2026-11-20",
)


def laid_over(
    case: Case,
    *events: HistoryEvent,
    payments: tuple[Payment, ...] = (PAID,),
    invoices: tuple[Invoice, ...] = (),
) -> Case:
    """Return the case with more facts; its payments are those given."""
    return Case(
        creditor=case.creditor,
        debtor=case.debtor,
        currency=case.currency,
        invoices=(*case.invoices, *invoices),
        credit_notes=case.credit_notes,
        payments=payments,
        history=(*case.history, *events),
    )


def asked_for(kind: DocumentKind, like: Case, on: date) -> tuple[Requested, Case]:
    """Return a believable request for a document, and the case it is about."""
    case, options = _FACTS[kind](like)
    scenario = builtin(SCENARIOS.get(like.debtor.kind, "standard_b2b"))
    return requested(case, kind, on, scenario=scenario, law=FRANCE, **options), case  # type: ignore[arg-type]  # each checked by the call


def _plan_interest(like: Case) -> PlanInterest:
    return {DebtorKind.CONSUMER: PlanInterest.WAIVED}.get(like.debtor.kind, PlanInterest.KEPT)


_Facts = tuple[Case, dict[str, object]]

_FACTS: dict[DocumentKind, Callable[[Case], _Facts]] = {
    DocumentKind.LAST_NOTICE: lambda like: (
        laid_over(like, *PROVED),
        {
            "next_step": "refere_provision" if like.debtor.kind is DebtorKind.PUBLIC else "injonction_de_payer",
            "pay_by": date(2026, 12, 4),
        },
    ),
    DocumentKind.STATEMENT_OF_ACCOUNT: lambda like: (laid_over(like, DISPUTE, invoices=(COMING,)), {}),
    DocumentKind.DECOMPTE_ANNEX: lambda like: (laid_over(like, *PROVED), {}),
    DocumentKind.DISPUTE_ACKNOWLEDGEMENT: lambda like: (laid_over(like, DISPUTE), {"about": "LITIGE-7"}),
    DocumentKind.PROMISE_CONFIRMATION: lambda like: (laid_over(like, PROMISE), {"about": "PROMESSE-2"}),
    DocumentKind.BROKEN_PROMISE: lambda like: (laid_over(like, BROKEN), {"about": "PROMESSE-1"}),
    DocumentKind.PLAN_PROPOSAL: lambda like: (
        laid_over(like),
        {"about": PLAN, "plan_interest": _plan_interest(like)},
    ),
    DocumentKind.PLAN_AGREEMENT: lambda like: (
        laid_over(like, PLAN),
        {"about": PLAN.plan_id, "plan_interest": _plan_interest(like)},
    ),
    DocumentKind.PLAN_DEFAULT_NOTICE: lambda like: (laid_over(like, MISSED), {"about": MISSED.plan_id}),
    DocumentKind.RECEIPT: lambda like: (laid_over(like, payments=(PAID, TRANSFER)), {"about": TRANSFER.id}),
    DocumentKind.HANDOVER_COVER: lambda like: (
        laid_over(like, *PROVED),
        {"recipient": Contact(name="Maître Paul Lemoine, avocat")},
    ),
    DocumentKind.ORDER_TO_PAY_SHEET: lambda like: (laid_over(like, *PROVED), {}),
    DocumentKind.CLAIM_DECLARATION: lambda like: (laid_over(like, *PROVED, OPENED, invoices=(COMING,)), {}),
}
"""By document: the facts to lay over a case, and the options of the request."""
