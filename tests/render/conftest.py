"""Believable cases, one per document kind and variant, and the option that rewrites the golden documents."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind, Claim, ClaimItem, Segment
from recouvrement.domain.documents import Allocation, CreditNote, Instalment, Invoice, Payment
from recouvrement.domain.events import ActionDelivered, ActionPlanned, HistoryEvent, PlanAgreed, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact, ContactRole, Creditor, Debtor, DebtorKind, PublicBody
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount
from recouvrement.domain.vocabulary import Channel, DocumentKind, Rank, StopKind
from recouvrement.engine.requests import REQUESTABLE
from recouvrement.render.documents import Document, render_document
from recouvrement.render.letters import Letters
from recouvrement.render.variants import Variant
from support.requests import asked_for

Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]

ON = date(2026, 11, 23)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden documents of tests/render anew")


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


CREDITOR = Creditor(
    id="ATELIER",
    name="Atelier Durand & Fils",
    legal_form="SARL",
    capital=eur("10000"),
    siren="000123455",
    registry_city="Nantes",
    address=PostalAddress(street="12 rue des Carmes", postal_code="44000", city="Nantes"),
    email="compta@atelier-durand.example",
    phone="01 99 00 12 34",
    signatory="Claire Durand",
    signatory_title="Gérante",
    iban="FR76 3000 6000 0112 3456 7890 189",
    bic="AGRIFRPP",
    mediator="Médiation de l’Ouest, https://mediation-ouest.example",
)

PAID_ONLINE = Creditor.model_validate(dict(CREDITOR) | {"payment_url": "https://paiement.atelier-durand.example/"})
SHOWS_A_PAGE = {(DocumentKind.REMINDER_3, Variant.BUSINESS)}
"""The documents whose creditor also has a payment page: one shows in golden files what the others would."""

DEBTORS = {
    Variant.BUSINESS: Debtor(
        id="411LEFOURNIL",
        name="Boulangerie Le Fournil",
        kind=DebtorKind.BUSINESS,
        siren="000456780",
        address=PostalAddress(street="8 place de l'Église", postal_code="44400", city="Rezé"),
        contacts=(
            Contact(
                name="Service comptabilité",
                role=ContactRole.ACCOUNTS_PAYABLE,
                email="factures@lefournil.example",
                phone="02 61 91 45 67",
            ),
        ),
    ),
    Variant.CONSUMER: Debtor(
        id="411MOREAU",
        name="Élodie Moreau",
        kind=DebtorKind.CONSUMER,
        address=PostalAddress(
            complement="Appartement 12", street="3 allée des Tilleuls", postal_code="49000", city="Angers"
        ),
        contacts=(Contact(email="elodie.moreau@courriel.example", phone="06 39 98 12 34"),),
    ),
    Variant.PUBLIC: Debtor(
        id="411VALBOURG",
        name="Commune de Valbourg-sur-Loire",
        kind=DebtorKind.PUBLIC,
        public_body=PublicBody.STATE_OR_LOCAL,
        address=PostalAddress(
            complement="Service des finances", street="1 place de la Mairie", postal_code="44150", city="Valbourg"
        ),
        contacts=(Contact(email="finances@valbourg.example", phone="02 61 91 00 10"),),
    ),
}

ABROAD = {
    Variant.BUSINESS: Debtor(
        id="411DELINDE",
        name="Brouwerij De Linde BV",
        kind=DebtorKind.BUSINESS,
        vat_number="BE0999999922",
        address=PostalAddress(street="Lindestraat 14", postal_code="8000", city="Brugge", country="BE"),
        contacts=(
            Contact(
                name="Accounts Payable",
                role=ContactRole.ACCOUNTS_PAYABLE,
                email="invoices@delinde.example",
                phone="+32 50 55 01 23",
                language="en",
            ),
        ),
    ),
    Variant.CONSUMER: Debtor(
        id="411BRENNAN",
        name="Aoife Brennan",
        kind=DebtorKind.CONSUMER,
        address=PostalAddress(
            complement="Apartment 5", street="22 Harbour Road", postal_code="H91 E2K3", city="Galway", country="IE"
        ),
        contacts=(Contact(email="aoife.brennan@mail.example", phone="+353 20 915 0123", language="en"),),
    ),
}
"""Debtors who read English, by variant; a public debtor is always French."""

CHANNELS = {
    DocumentKind.COURTESY_NOTICE: Channel.EMAIL,
    DocumentKind.REMINDER_1: Channel.EMAIL,
    DocumentKind.REMINDER_2: Channel.EMAIL,
    DocumentKind.REMINDER_3: Channel.EMAIL,
    DocumentKind.SMS: Channel.SMS,
    DocumentKind.CALL_SCRIPT: Channel.PHONE,
    DocumentKind.REMINDER_LETTER: Channel.POST,
    DocumentKind.MISE_EN_DEMEURE: Channel.REGISTERED_POST,
    DocumentKind.THANK_YOU: Channel.EMAIL,
    DocumentKind.DELIVERY_SUSPENSION: Channel.INTERNAL,
    DocumentKind.STAFF_ALERT: Channel.INTERNAL,
    DocumentKind.TERMINAL_NOTE: Channel.INTERNAL,
    DocumentKind.DEADLINE_ALERT: Channel.INTERNAL,
}

RATES = {
    Variant.BUSINESS: ("12.40", "C. com. art. L441-10 II"),
    Variant.PUBLIC: ("10.40", "CCP art. R2192-31"),
    Variant.CONSUMER: ("2.75", "C. civ. art. 1231-6"),
}


def claim_item(invoice: Invoice, variant: Variant, *, credited: str = "0", paid: str = "0", on: date = ON) -> ClaimItem:
    """One overdue invoice, paid on its due date for the part paid; interest worked out over one segment."""
    due_on = invoice.instalments[0].due_on
    assert due_on is not None
    balance = invoice.total - eur(credited) - eur(paid)
    rate, article = RATES[variant]
    days = (on - due_on).days
    interest = (balance.amount * Decimal(rate) * days / Decimal(36500)).quantize(Decimal("0.01"))
    owed = variant is not Variant.CONSUMER
    segment = Segment(
        item_id=invoice.number,
        from_=due_on + timedelta(days=1),
        until=on + timedelta(days=1),
        principal=balance,
        rate=Decimal(rate),
        day_count=DayCount.ACTUAL_365,
        amount=Money(amount=interest, currency="EUR"),
        source=Source(article=article, confidence=Confidence.VERIFIED),
    )
    return ClaimItem(
        item_id=invoice.number,
        invoice_number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=due_on,
        days_late=days,
        original=invoice.total,
        credited=eur(credited),
        paid=eur(paid),
        balance=balance,
        contested=eur("0"),
        principal=balance,
        late_interest=segment.amount if owed else eur("0"),
        segments=(segment,) if owed else (),
        indemnity=eur("40") if owed else eur("0"),
        interest_through=on if owed else None,
    )


def claim_of(items: tuple[ClaimItem, ...]) -> Claim:
    principal = sum((item.principal for item in items), start=eur("0"))
    interest = sum((item.late_interest for item in items), start=eur("0"))
    indemnities = sum((item.indemnity for item in items), start=eur("0"))
    return Claim(
        items=items,
        principal=principal,
        late_interest=interest,
        indemnities=indemnities,
        total=principal + interest + indemnities,
    )


def action_of(kind: DocumentKind, listed: tuple[str, ...], principal: Money, **changes: object) -> Action:
    values: dict[str, object] = {
        "id": f"A-{kind.value}",
        "kind": ActionKind.CONTACT,
        "scenario": "standard",
        "scenario_version": 1,
        "stage": kind.value,
        "occurrence": 1,
        "document": kind,
        "channel": CHANNELS[kind],
        "rank": Rank.FORMAL if kind is DocumentKind.MISE_EN_DEMEURE else Rank.AMICABLE,
        "leader": listed[0],
        "triggered": listed,
        "listed": listed,
        "advanced": listed,
        "principal": principal,
        "token": "T-1",
    }
    if kind in {DocumentKind.REMINDER_3, DocumentKind.REMINDER_LETTER, DocumentKind.MISE_EN_DEMEURE}:
        values["pay_by"] = date(2026, 12, 1)
    if kind is DocumentKind.TERMINAL_NOTE:
        values |= {"kind": ActionKind.TERMINAL, "outcome": "injonction_de_payer"}
    if kind is DocumentKind.STAFF_ALERT:
        values |= {"kind": ActionKind.ALERT, "reasons": facts_to_tell()}
    if kind is DocumentKind.DEADLINE_ALERT:
        values |= {"kind": ActionKind.ALERT, "reasons": (_prescription(Variant.BUSINESS),)}
    return Action.model_validate(values | changes)


def facts_to_tell() -> tuple[Reason, ...]:
    """One reason of each kind that a note to the staff tells."""
    return (
        Reason.of(
            "promise_broken",
            Authority.FACT,
            {
                "stop_id": "PROMESSE-1",
                "pay_by": date(2026, 11, 20),
                "amount": eur("1250.00"),
                "received": eur("400.00"),
            },
        ),
        Reason.of(
            "plan_in_default",
            Authority.CONTRACT,
            {"plan_id": "PLAN-1", "due_on": date(2026, 11, 15), "expected": eur("5000.00"), "received": eur("2000.00")},
        ),
        Reason.of("plan_ended", Authority.CONTRACT, {"plan_id": "PLAN-2", "accelerates": False}),
        Reason.of(
            "stop_review",
            Authority.FACT,
            {
                "stop_id": "LITIGE-7",
                "stop": "dispute",
                "since": date(2026, 10, 26),
                "review_on": date(2026, 11, 23),
            },
        ),
        Reason.of("direct_debit_silent", Authority.FACT, {"item": "F2026-118", "due_on": date(2026, 10, 30)}),
        *holds_to_tell(),
    )


def holds_to_tell() -> tuple[Reason, ...]:
    """One reason of each kind of hold that no day ends."""
    gate = {"stage": "mise_en_demeure", "missing": "proof_of_order_or_delivery", "supplied_by": "proof_supplied"}
    dispute = {"stop_id": "LITIGE-7", "since": date(2026, 10, 26), "supplied_by": "stop_lifted"}
    nobody = {"stage": "lettre_de_relance", "channels": ("post", "email"), "supplied_by": "channel_accepted"}
    proposal = {"action": "4f0c", "stage": "mise_en_demeure", "proposed_on": date(2026, 11, 9), "days": 14}
    end = {"outcome": "injonction_de_payer", "ended_on": date(2026, 11, 9), "days": 14}
    return (
        Reason.of("gate_lacks", Authority.POLICY, gate),
        Reason.of("gate_lacks", Authority.POLICY, gate | {"missing": "debtor_kind", "supplied_by": "debtor_file"}),
        Reason.of("gate_waits_for_dispute", Authority.POLICY, {"stage": "mise_en_demeure"} | dispute),
        Reason.of("debtor_unreachable", Authority.FACT, nobody),
        Reason.of("message_refused", Authority.FACT, {"action": "9ae1", "channel": "registered_post"}),
        Reason.of("proposal_unanswered", Authority.POLICY, proposal),
        Reason.of("end_unanswered", Authority.POLICY, end),
    )


def overlays() -> tuple[HistoryEvent, ...]:
    """The promise, plans and dispute that those reasons name."""
    parts = (
        Instalment(amount=eur("5000.00"), due_on=date(2026, 11, 15)),
        Instalment(amount=eur("5000.00"), due_on=date(2026, 12, 15)),
    )
    return (
        StopPlaced(
            id="O1",
            effective_on=date(2026, 11, 12),
            stop_id="PROMESSE-1",
            stop=StopKind.PROMISE_TO_PAY,
            item_ids=("F2026-118",),
            amount=eur("1250.00"),
            pay_by=date(2026, 11, 20),
            note="Promis au téléphone par la comptable.",
        ),
        PlanAgreed(
            id="O2",
            effective_on=date(2026, 11, 1),
            plan_id="PLAN-1",
            instalments=parts,
            accelerates=True,
            notice_days=15,
        ),
        PlanAgreed(id="O3", effective_on=date(2026, 11, 2), plan_id="PLAN-2", instalments=parts),
        StopPlaced(
            id="O4",
            effective_on=date(2026, 10, 26),
            stop_id="LITIGE-7",
            stop=StopKind.DISPUTE,
            item_ids=("F2026-125",),
            review_on=date(2026, 11, 23),
            cause="qualité",
            owner="Yann Le Goff",
        ),
    )


def settled(variant: Variant) -> tuple[Action, Case, Claim]:
    """The two invoices of the other documents, paid: one by a transfer of its own, one by a shared transfer."""
    action, case, _ = build(DocumentKind.REMINDER_1, variant)
    payments = (
        Payment(
            id="V-881",
            received_on=date(2026, 11, 11),
            amount=eur("2000.00"),
            allocations=(Allocation(item_id="F2026-125", amount=eur("2000.00")),),
        ),
        Payment(
            id="V-902",
            received_on=date(2026, 11, 20),
            amount=eur("11250.00"),
            allocations=(
                Allocation(item_id="F2026-118", amount=eur("1250.00")),
                Allocation(item_id="F2026-125", amount=eur("10000.00")),
            ),
        ),
    )
    case = Case.model_validate(dict(case) | {"payments": payments})
    return action_of(DocumentKind.THANK_YOU, action.listed, eur("0")), case, claim_of(())


_PRESCRIPTIONS = {
    Variant.BUSINESS: ("business", "C. com. art. L110-4"),
    Variant.CONSUMER: ("consumer", "C. conso. art. L218-2"),
    Variant.PUBLIC: ("public", "loi 68-1250 du 31/12/1968 art. 1"),
}


def _prescription(variant: Variant) -> Reason:
    regime, article = _PRESCRIPTIONS[variant]
    return Reason.of(
        "deadline",
        Authority.LAW,
        {"deadline": "prescription", "item": "F2026-118", "last_day": date(2027, 1, 7), "regime": regime},
        source=Source(article=article, confidence=Confidence.VERIFIED),
    )


def history(listed: tuple[str, ...], principal: Money) -> tuple[HistoryEvent, ...]:
    first = action_of(DocumentKind.REMINDER_1, listed, principal)
    second = action_of(DocumentKind.REMINDER_LETTER, listed, principal, pay_by=date(2026, 11, 20))
    return (
        ActionPlanned(id="E1", effective_on=date(2026, 11, 2), action=first),
        ActionDelivered(
            id="E2", effective_on=date(2026, 11, 2), action_id=first.id, channel=Channel.EMAIL, payload_hash="H1"
        ),
        ActionPlanned(id="E3", effective_on=date(2026, 11, 16), action=second),
    )


def build(kind: DocumentKind, variant: Variant) -> tuple[Action, Case, Claim]:
    """Two invoices, one of them with a credit note and a part payment; one to come for the courtesy notice."""
    if kind is DocumentKind.THANK_YOU:
        return settled(variant)
    if kind in REQUESTABLE:
        _, like, _ = build(DocumentKind.REMINDER_1, variant)
        asked, case = asked_for(kind, like, ON)
        return asked.action, case, asked.claim
    if kind is DocumentKind.COURTESY_NOTICE:
        coming = Invoice.single(
            "F2026-142", issued_on=date(2026, 10, 30), due_on=date(2026, 11, 30), total=eur("1860.00")
        )
        case = Case(creditor=CREDITOR, debtor=DEBTORS[variant], invoices=(coming,))
        return action_of(kind, ("F2026-142",), eur("1860.00")), case, claim_of(())
    first = Invoice.single(
        "F2026-118",
        issued_on=date(2026, 9, 30),
        due_on=date(2026, 10, 30),
        total=eur("1250.00"),
        order_reference="BC-2026-77",
    )
    second = Invoice(
        number="F2026-125",
        issued_on=date(2026, 10, 12),
        total=eur("12480.50"),
        instalments=(Instalment(amount=eur("12480.50"), due_on=date(2026, 11, 11)),),
        description="Agencement du magasin, lot menuiserie",
    )
    items = (
        claim_item(first, variant),
        claim_item(second, variant, credited="480.50", paid="2000.00"),
    )
    listed, principal = ("F2026-118", "F2026-125"), eur("11250.00")
    case = Case(
        creditor=PAID_ONLINE if (kind, variant) in SHOWS_A_PAGE else CREDITOR,
        debtor=DEBTORS[variant],
        invoices=(first, second),
        credit_notes=(
            CreditNote(
                number="AV2026-009", issued_on=date(2026, 10, 20), amount=eur("480.50"), invoice_number="F2026-125"
            ),
        ),
        payments=(Payment(id="V-881", received_on=date(2026, 11, 11), amount=eur("2000.00")),),
        history=history(listed, principal) + (overlays() if kind is DocumentKind.STAFF_ALERT else ()),
    )
    warned = {"reasons": (_prescription(variant),)} if kind is DocumentKind.DEADLINE_ALERT else {}
    return action_of(kind, listed, principal, **warned), case, claim_of(items)


def build_abroad(kind: DocumentKind, variant: Variant) -> tuple[Action, Case, Claim]:
    """The same invoices, owed by a debtor abroad who reads English."""
    action, case, claim = build(kind, variant)
    return action, Case.model_validate(dict(case) | {"debtor": ABROAD[variant]}), claim


@pytest.fixture(scope="session")
def sample_abroad() -> Sample:
    return build_abroad


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters.built_in()


@pytest.fixture(scope="session")
def sample() -> Sample:
    return build


@pytest.fixture(scope="session")
def rendered(letters: Letters) -> Callable[[DocumentKind, Variant], Document]:
    def render(kind: DocumentKind, variant: Variant) -> Document:
        action, case, claim = build(kind, variant)
        return render_document(action, case, claim, on=ON, letters=letters)

    return render


@pytest.fixture(scope="session")
def on() -> date:
    return ON
