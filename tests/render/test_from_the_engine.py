"""Every action that the engine takes with a built-in scenario can be written, whoever owes."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Claim
from recouvrement.domain.documents import Allocation, Instalment, Invoice, Payment
from recouvrement.domain.events import (
    HistoryEvent,
    PaymentRejected,
    PlanAgreed,
    PlanDefaultNotified,
    ProofSupplied,
    StopPlaced,
)
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact, Creditor, Debtor, DebtorKind
from recouvrement.domain.vocabulary import Channel, DocumentKind, PaymentMethod, ProofKind, Rank, StopKind
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.render.documents import Document, render_document
from recouvrement.render.first_letters import RECALLS
from recouvrement.render.formats import long_date
from recouvrement.render.formats import rate as french_rate
from recouvrement.render.letters import Letters
from recouvrement.render.scenario_documents import document_facts
from recouvrement.render.variants import Variant
from recouvrement.scenario.calendar_conditions import DaysAfter
from recouvrement.scenario.findings import Severity
from recouvrement.scenario.linter import lint
from recouvrement.scenario.model import Outcome, Scenario, Scope, Stage, Terminal
from recouvrement.scenario.reading import BUILT_IN, builtin
from support.diary import pages

from .test_collector import COLLECTOR, flat

_VARIANTS = {DebtorKind.BUSINESS: Variant.BUSINESS, DebtorKind.PUBLIC: Variant.PUBLIC}
START, END = date(2026, 9, 1), date(2027, 3, 31)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


Sample = Callable[[DocumentKind, Variant], tuple[Action, Case, Claim]]
OneCase = Callable[..., Case]


@pytest.fixture
def one_case(sample: Sample) -> OneCase:
    """The parties of the golden letters, with two invoices and what happened to them."""

    def build(
        kind: DebtorKind,
        *,
        history: tuple[HistoryEvent, ...] = (),
        payments: tuple[Payment, ...] = (),
        method: PaymentMethod | None = None,
    ) -> Case:
        _, like, _ = sample(DocumentKind.REMINDER_1, _VARIANTS.get(kind, Variant.CONSUMER))
        debtor = Debtor.model_validate(dict(like.debtor) | {"kind": kind})
        return Case(
            creditor=like.creditor, debtor=debtor, invoices=invoices(method), payments=payments, history=history
        )

    return build


def invoices(method: PaymentMethod | None) -> tuple[Invoice, ...]:
    return tuple(
        Invoice(
            number=number,
            issued_on=date(2026, 8, 30),
            total=eur(amount),
            instalments=(Instalment(amount=eur(amount), due_on=due_on),),
            delivered_on=date(2026, 8, 28),
            payment_method=method,
        )
        for number, amount, due_on in (
            ("F2026-118", "1250.00", date(2026, 9, 29)),
            ("F2026-125", "4000.00", date(2026, 10, 6)),
        )
    )


def written(case: Case, scenario: Scenario, letters: Letters) -> list[tuple[date, Document]]:
    """Every document of a diary, alerts on legal deadlines included."""
    return [
        (page.on, render_document(action, page.case, page.decision.claim, on=page.on, letters=letters))
        for page in pages(case, START, END, scenario)
        for action in page.decision.actions
    ]


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in BUILT_IN for kind in builtin(name).debtor_kinds])
def test_every_stage_of_a_built_in_scenario_becomes_a_document(
    name: str, kind: DebtorKind, one_case: OneCase, letters: Letters
) -> None:
    scenario = builtin(name)
    documents = {document.kind for _, document in written(one_case(kind), scenario, letters)}
    staged = {stage.document for stage in scenario.stages}
    # Nobody can tell which notice a debtor of unknown kind must get: it waits, and so does the end of the scenario.
    expected = staged - {DocumentKind.MISE_EN_DEMEURE} if kind is DebtorKind.UNKNOWN else staged
    assert expected <= documents
    assert (DocumentKind.TERMINAL_NOTE in documents) is (expected == staged)


def test_a_rejected_debit_is_written_from_the_day_it_is_rejected(one_case: OneCase, letters: Letters) -> None:
    payment = Payment(
        id="P1",
        received_on=date(2026, 9, 29),
        amount=eur("1250.00"),
        allocations=(Allocation(item_id="F2026-118", amount=eur("1250.00")),),
    )
    bounced = PaymentRejected(id="R1", effective_on=date(2026, 10, 5), payment_id="P1")
    case = one_case(DebtorKind.CONSUMER, payments=(payment,), history=(bounced,), method=PaymentMethod.DIRECT_DEBIT)
    found = written(case, builtin("prelevement_rejete"), letters)
    assert [(on, document.kind) for on, document in found[:2]] == [
        (date(2026, 10, 6), DocumentKind.REMINDER_1),
        (date(2026, 10, 12), DocumentKind.REMINDER_2),
    ]
    to_him = [document for _, document in found if document.kind is not DocumentKind.STAFF_ALERT]
    assert all("F2026-125" not in document.text for document in to_him), "its debit is still under way"


def test_a_key_account_that_pays_after_a_reminder_is_thanked(one_case: OneCase, letters: Letters) -> None:
    payment = Payment(
        id="P1",
        received_on=date(2026, 10, 15),
        amount=eur("5250.00"),
        allocations=(
            Allocation(item_id="F2026-118", amount=eur("1250.00")),
            Allocation(item_id="F2026-125", amount=eur("4000.00")),
        ),
    )
    found = written(one_case(DebtorKind.BUSINESS, payments=(payment,)), builtin("grand_compte"), letters)
    on, thanks = found[-1]
    assert thanks.kind is DocumentKind.THANK_YOU
    assert date(2026, 10, 15) <= on <= date(2026, 10, 22)
    flat = " ".join(thanks.text.split()).replace("\u202f", " ").replace("\u00a0", " ")
    assert "F2026-118" in flat
    assert "IBAN" not in flat


def test_a_third_reminder_a_text_message_and_a_last_notice_are_stages_like_others(
    one_case: OneCase, letters: Letters
) -> None:
    scenario = with_more_stages(builtin("standard_b2b"))
    assert [
        finding.code
        for finding in lint(scenario, law=FRANCE, documents=document_facts(letters))
        if finding.severity is Severity.ERROR
    ] == []
    proved = ProofSupplied(
        id="O1", effective_on=date(2026, 9, 1), proof=ProofKind.ORDER, reference="commande du 28 août 2026"
    )
    case = one_case(DebtorKind.BUSINESS, history=(proved,))
    debtor = Debtor.model_validate(
        dict(case.debtor) | {"contacts": (Contact(email="compta@fournil.example", phone="06 39 98 12 34"),)}
    )
    found = written(Case.model_validate(dict(case) | {"debtor": debtor}), scenario, letters)
    by_kind = {document.kind: document for _, document in found}
    assert {DocumentKind.REMINDER_3, DocumentKind.SMS, DocumentKind.LAST_NOTICE} <= set(by_kind)
    notice = " ".join(by_kind[DocumentKind.LAST_NOTICE].text.split())
    assert "le dépôt d’une requête en injonction de payer" in notice
    assert "F2026-118" in notice


def test_the_last_notice_of_a_scenario_waits_for_the_time_the_mise_en_demeure_gave(one_case: OneCase) -> None:
    scenario = with_more_stages(builtin("standard_b2b"))
    soon = DaysAfter(anchor="stage:mise_en_demeure", days=1)
    stages = tuple(
        Stage.model_validate(fields(one) | {"when": soon}) if one.document is DocumentKind.LAST_NOTICE else one
        for one in scenario.stages
    )
    proved = ProofSupplied(id="O1", effective_on=date(2026, 9, 1), proof=ProofKind.ORDER, reference="commande")
    case = one_case(DebtorKind.BUSINESS, history=(proved,))
    hurried = Scenario.model_validate(fields(scenario) | {"stages": stages})
    given: dict[str, date] = {}
    noticed: set[str] = set()
    for page in pages(case, START, END, hurried):
        for action in page.decision.actions:
            if action.document is DocumentKind.MISE_EN_DEMEURE and action.pay_by is not None:
                given |= dict.fromkeys(action.listed, action.pay_by)
            if action.document is DocumentKind.LAST_NOTICE:
                noticed.update(action.listed)
                assert all(given[item] < page.on for item in action.listed)
    assert noticed == {"F2026-118", "F2026-125"}


def fields(value: Scenario | Stage) -> dict[str, object]:
    """The fields alone: what was worked out from them is kept beside them."""
    return {name: getattr(value, name) for name in type(value).model_fields}


def with_more_stages(scenario: Scenario) -> Scenario:
    """The scenario with a text message, a third reminder and, at its end, a last notice and an order to pay."""
    like = {one.id: fields(one) for one in scenario.stages}

    def stage(name: str, after: str, days: int, **changes: object) -> Stage:
        waits = DaysAfter(anchor=f"stage:{after}", days=days)
        return Stage.model_validate(like["relance_2"] | {"id": name, "when": waits} | changes)

    text = stage("sms", "relance_2", 4, document=DocumentKind.SMS, channels=(Channel.SMS,), optional=True)
    third = stage("relance_3", "relance_2", 8, document=DocumentKind.REMINDER_3, pay_within_days=8)
    notice = Stage.model_validate(
        like["mise_en_demeure"]
        | {
            "id": "dernier_avis",
            "document": DocumentKind.LAST_NOTICE,
            "rank": Rank.PRE_LITIGATION,
            "scope": Scope.ALL_OVERDUE,
            "when": DaysAfter(anchor="stage:mise_en_demeure", days=20),
        }
    )
    stages = [one for one in scenario.stages if one.id not in {"appel", "lettre_de_relance", "mise_en_demeure"}]
    formal = Stage.model_validate(like["mise_en_demeure"] | {"when": DaysAfter(anchor="stage:relance_3", days=12)})
    end = Terminal(when=DaysAfter(anchor="stage:dernier_avis", days=20), outcome=Outcome.INJONCTION_DE_PAYER)
    return Scenario.model_validate(
        fields(scenario) | {"id": "complet", "stages": (*stages, text, third, formal, notice), "terminal": end}
    )


def alerts(case: Case, letters: Letters) -> list[tuple[date, str]]:
    found = written(case, builtin("standard_b2b"), letters)
    return [
        (on, " ".join(document.text.split()).replace("\u202f", " ").replace("\u00a0", " "))
        for on, document in found
        if document.kind is DocumentKind.STAFF_ALERT
    ]


def test_a_broken_promise_and_a_hold_to_review_are_told_to_the_staff(one_case: OneCase, letters: Letters) -> None:
    promise = StopPlaced(
        id="O1",
        effective_on=date(2026, 10, 1),
        stop_id="PROMESSE-1",
        stop=StopKind.PROMISE_TO_PAY,
        item_ids=("F2026-118",),
        pay_by=date(2026, 10, 20),
        grace_days=2,
    )
    dispute = StopPlaced(
        id="O2",
        effective_on=date(2026, 10, 1),
        stop_id="LITIGE-7",
        stop=StopKind.DISPUTE,
        item_ids=("F2026-125",),
        review_on=date(2026, 11, 2),
        owner="Yann Le Goff",
    )
    found = alerts(one_case(DebtorKind.BUSINESS, history=(promise, dispute)), letters)
    # Twenty days after the mise en demeure the scenario ends; a fortnight later nobody has acted on it.
    assert [on for on, _ in found] == [date(2026, 10, 23), date(2026, 11, 2), date(2026, 12, 21)]
    assert "Promesse de paiement non tenue (PROMESSE-1)" in found[0][1]
    assert "romis au plus tard le 20 octobre 2026 ; 0,00 € reçus" in found[0][1]
    assert "Litige depuis le 1er octobre 2026 ; à revoir le 2 novembre 2026 ; suivi par Yann Le Goff" in found[1][1]
    assert "Décision attendue depuis le 7 décembre 2026 : choisir la suite à donner" in found[2][1]


def test_a_plan_in_default_then_ended_is_told_to_the_staff(one_case: OneCase, letters: Letters) -> None:
    plan = PlanAgreed(
        id="O1",
        effective_on=date(2026, 10, 1),
        plan_id="PLAN-1",
        instalments=(
            Instalment(amount=eur("2625.00"), due_on=date(2026, 10, 30)),
            Instalment(amount=eur("2625.00"), due_on=date(2026, 11, 30)),
        ),
        accelerates=True,
    )
    notified = PlanDefaultNotified(id="O2", effective_on=date(2026, 11, 5), plan_id="PLAN-1")
    found = alerts(one_case(DebtorKind.BUSINESS, history=(plan, notified)), letters)
    assert "2 625,00 € attendus au plus tard le 30 octobre 2026 ; 0,00 € reçus ; il manque 2 625,00 €" in found[0][1]
    assert "dans les 8 jours de cette notification" in found[0][1]
    assert "Fin d’un échéancier (PLAN-1)" in found[1][1]
    assert "le tout est exigible, comme il a été convenu" in found[1][1]


@pytest.mark.parametrize("kind", [DebtorKind.BUSINESS, DebtorKind.CONSUMER, DebtorKind.PUBLIC])
def test_every_letter_of_a_collector_after_its_first_recalls_it(
    kind: DebtorKind, one_case: OneCase, letters: Letters
) -> None:
    case = one_case(kind)
    mandating = Creditor.model_validate(dict(case.creditor) | {"collector": COLLECTOR})
    case = Case.model_validate(dict(case) | {"creditor": mandating})
    names = {DebtorKind.CONSUMER: "consommateur", DebtorKind.PUBLIC: "secteur_public"}
    found = written(case, builtin(names.get(kind, "standard_b2b")), letters)
    steps = [(on, document) for on, document in found if document.kind in RECALLS]
    (first_on, first), *later = steps
    assert first.kind is DocumentKind.REMINDER_1
    assert "première lettre" not in first.text
    assert DocumentKind.MISE_EN_DEMEURE in {document.kind for _, document in later}
    for _, document in later:
        recalled = f"otre première lettre : référence client {case.debtor.id}, .*, du {flat(long_date(first_on))}"
        assert re.search(recalled, flat(document.text))


def test_a_reminder_to_a_business_reserves_penalties_with_the_rate_then_in_force(
    one_case: OneCase, letters: Letters
) -> None:
    claims = {
        (page.on, action.document): (page, action)
        for page in pages(one_case(DebtorKind.BUSINESS), START, END, builtin("standard_b2b"))
        for action in page.decision.actions
    }
    reminders = [at for at in claims if at[1] in {DocumentKind.REMINDER_1, DocumentKind.REMINDER_LETTER}]
    assert reminders
    for at in reminders:
        page, action = claims[at]
        rates = {item.segments[-1].rate for item in page.decision.claim.items if item.segments}
        (rate,) = rates
        document = render_document(action, page.case, page.decision.claim, on=page.on, letters=letters)
        assert f"Les pénalités de retard, au taux annuel de {flat(french_rate(rate))}, et l’indemnité" in flat(
            document.text
        )
