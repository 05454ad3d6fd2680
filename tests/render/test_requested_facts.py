"""What the letters made on request say of unusual cases: every figure here was worked out by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.documents import Allocation, CreditNote, Instalment, Invoice, Payment
from recouvrement.domain.events import (
    HistoryEvent,
    InsolvencyOpened,
    LimitationActDone,
    NoticeDelivered,
    PlanAgreed,
    ProceduralStepDone,
    StopPlaced,
)
from recouvrement.domain.parties import Contact, Debtor, DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.terms import Imputation, PaymentTerms
from recouvrement.domain.vocabulary import DocumentKind, LimitationActKind, StopKind
from recouvrement.engine.requests import PlanInterest, requested
from recouvrement.errors import InvalidInput, RenderError
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.render.documents import render_document
from recouvrement.render.letters import Letters
from recouvrement.render.variants import Variant
from recouvrement.scenario.reading import builtin
from support.requests import PROVED, SCENARIOS, eur

ON = date(2026, 11, 23)
F1 = Invoice.single("F1", issued_on=date(2026, 9, 1), due_on=date(2026, 10, 1), total=eur("1000.00"))
F2 = Invoice.single("F2", issued_on=date(2026, 9, 5), due_on=date(2026, 10, 5), total=eur("500.00"))
LATER = Invoice.single("F3", issued_on=date(2026, 10, 30), due_on=date(2026, 11, 30), total=eur("300.00"))
DISPUTE = StopPlaced(
    id="D", effective_on=date(2026, 11, 19), stop_id="L", stop=StopKind.DISPUTE, amount=eur("300.00"), item_ids=("F1",)
)
WHOLE = DISPUTE.model_copy(update={"amount": None})
PROMISE = StopPlaced(
    id="PR",
    effective_on=date(2026, 11, 10),
    stop_id="PR",
    stop=StopKind.PROMISE_TO_PAY,
    pay_by=date(2026, 11, 18),
    amount=eur("800.00"),
)
OPENED = InsolvencyOpened(
    id="O",
    effective_on=date(2026, 11, 20),
    insolvency=Insolvency(
        kind=InsolvencyKind.LIQUIDATION_JUDICIAIRE,
        opened_on=date(2026, 11, 18),
        agent="Maître X",
        agent_address=PostalAddress(street="1 rue A", postal_code="44000", city="Nantes"),
    ),
)
PLAN = PlanAgreed(
    id="P",
    effective_on=ON,
    plan_id="PL",
    instalments=(
        Instalment(amount=eur("500.00"), due_on=date(2026, 12, 15)),
        Instalment(amount=eur("500.00"), due_on=date(2027, 1, 15)),
    ),
)
IN_DEFAULT = PlanAgreed(
    id="P",
    effective_on=date(2026, 11, 2),
    plan_id="PL",
    instalments=(
        Instalment(amount=eur("600.00"), due_on=date(2026, 11, 15)),
        Instalment(amount=eur("400.00"), due_on=date(2026, 12, 15)),
    ),
)
NOTICE = NoticeDelivered(id="N", effective_on=date(2026, 10, 16), item_ids=("F1",), reference="1A")
Written = Callable[..., str]


def paid(amount: str, *allocated: tuple[str, str], on: date = date(2026, 11, 20), name: str = "P") -> Payment:
    parts = tuple(Allocation(item_id=item_id, amount=eur(part)) for item_id, part in allocated)
    return Payment(id=name, received_on=on, amount=eur(amount), allocations=parts)


@pytest.fixture
def written(sample: Callable[..., tuple[object, Case, object]], letters: Letters) -> Written:
    """Return the words of a document about a case of these facts, on one line."""
    creditor = sample_creditor(sample)

    def write(
        kind: DocumentKind,
        *history: HistoryEvent,
        about: object = None,
        debtor_kind: DebtorKind = DebtorKind.CONSUMER,
        invoices: tuple[Invoice, ...] = (F1,),
        payments: tuple[Payment, ...] = (),
        credit_notes: tuple[CreditNote, ...] = (),
        **options: object,
    ) -> str:
        debtor = Debtor(
            id="C1",
            name="Élodie Moreau",
            kind=debtor_kind,
            address=PostalAddress(street="5 rue B", postal_code="44000", city="Nantes"),
            contacts=(Contact(email="a@b.example"),),
        )
        case = Case(
            creditor=creditor,
            debtor=debtor,
            invoices=invoices,
            payments=payments,
            credit_notes=credit_notes,
            history=history,
        )
        scenario = builtin(SCENARIOS.get(debtor_kind, "standard_b2b"))
        asked = requested(case, kind, ON, scenario=scenario, law=FRANCE, about=about, **options)  # type: ignore[arg-type]  # each checked by the call
        text = render_document(asked.action, case, asked.claim, on=ON, letters=letters).text
        return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").split())

    return write


def sample_creditor(sample: Callable[..., tuple[object, Case, object]]) -> object:
    return sample(DocumentKind.REMINDER_1, Variant.CONSUMER)[1].creditor


def test_a_declaration_with_nothing_to_come_says_zero_and_has_no_blank(written: Written) -> None:
    text = written(DocumentKind.CLAIM_DECLARATION, OPENED, debtor_kind=DebtorKind.BUSINESS)
    assert "****" not in text
    assert "À échoir 0,00 €" in text
    assert "sans sûreté ni privilège connus de nos livres" in text
    assert "aucune n'est connue de nos livres" in text
    for absent in ("à préciser", "À compléter", "…"):
        assert absent not in text
    assert "liquidation judiciaire d" not in text


def test_a_declaration_adds_up_when_a_payment_went_to_interest_first(written: Written) -> None:
    text = written(
        DocumentKind.CLAIM_DECLARATION,
        OPENED,
        debtor_kind=DebtorKind.BUSINESS,
        payments=(paid("400.00", ("F1", "400.00"), on=date(2026, 11, 10)),),
    )
    assert "01/09/2026 01/10/2026 1 000,00 € 400,00 € 600,00 €" in text
    # 1 000 € from 2 October to 10 November 2026, 40 days at 12,40 %: 13,59 €, all of it paid first by the 400 €.
    # Then 613,59 € for the 7 days to 17 November: 1,46 €. 600,00 + 13,59 + 1,46 + 40,00 = 655,05 €.
    assert "par imputation (article 1343-1 du Code civil) : 13,59 € ; intérêts restant dus : 1,46 €." in text
    assert "Total déclaré 655,05 €" in text
    assert "imputée d'abord sur les intérêts 13,59 € (article 1343-1" in text


def test_a_declaration_tells_the_procedure_that_is_recorded(written: Written) -> None:
    step = ProceduralStepDone(
        id="S", effective_on=date(2026, 11, 12), step="ip.filed", item_ids=("F1",), reference="RG 26/1"
    )
    text = written(DocumentKind.CLAIM_DECLARATION, OPENED, step, debtor_kind=DebtorKind.BUSINESS)
    assert "Procédure en cours au sujet de cette créance : acte du 12/11/2026 (n° RG 26/1)." in text


def test_an_empty_value_between_stars_is_refused(
    tmp_path: Path, sample: Callable[..., tuple[object, Case, object]]
) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "reminder_1.business.md.j2").write_text(
        '{% extends "builtin/fr/reminder_1.business.md.j2" %}\n'
        "{% block politesse %}\n**{{ next_step }}**\n{% endblock %}\n",
        encoding="utf-8",
    )
    action, case, claim = sample(DocumentKind.REMINDER_1, Variant.BUSINESS)
    with pytest.raises(RenderError, match="empty value stands between the stars"):
        render_document(action, case, claim, on=ON, letters=Letters.with_overrides(tmp_path))  # type: ignore[arg-type]  # the sample's


def test_a_receipt_shows_what_the_money_settled(written: Written) -> None:
    text = written(DocumentKind.RECEIPT, about="P", invoices=(F1, F2), payments=(paid("700.00", ("F2", "700.00")),))
    assert "F2 05/10/2026 500,00 €" in text
    assert "F1 01/10/2026 200,00 €" in text  # 700 € named for an invoice of 500 €: the rest goes to the oldest debt
    assert "n'avez affectée à aucune facture s'impute selon l'article 1342-10 du Code civil : 200,00 €." in text
    assert "À ce jour, hors intérêts, il reste 800,00 € à payer sur ces factures." in text


def test_a_receipt_of_money_that_named_nothing_leaves_a_barred_debt_aside(written: Written) -> None:
    """A consumer's debt of 2019 is barred since 2021 (C. conso. art. L218-2): the 200 € go to the debt of this year."""
    barred = Invoice.single("F0", issued_on=date(2019, 1, 1), due_on=date(2019, 2, 1), total=eur("90.00"))
    text = written(DocumentKind.RECEIPT, about="P", invoices=(barred, F1), payments=(paid("200.00"),))
    assert "F1 01/10/2026 200,00 €" in text
    assert "F0" not in text
    assert "il reste 800,00 € à payer sur cette facture." in text


def test_two_payments_of_one_day_have_each_its_own_receipt(written: Written) -> None:
    """The smaller is counted first: 300 € to F1; then 900 €, of which 700 € settle F1 and 200 € go to F2."""
    payments = (paid("900.00", name="P"), paid("300.00", name="P0"))
    text = written(DocumentKind.RECEIPT, about="P", invoices=(F1, F2), payments=payments)
    assert "F1 01/10/2026 700,00 €" in text
    assert "F2 05/10/2026 200,00 €" in text
    assert "il reste 300,00 € à payer sur ces factures." in text


def test_a_receipt_holds_what_settled_nothing_at_the_debtors_disposal(written: Written) -> None:
    payments = (paid("1000.00", name="P0"), paid("50.00", on=date(2026, 11, 21)))
    text = written(DocumentKind.RECEIPT, about="P", payments=payments)
    assert "Reçu en trop, tenu à votre disposition : 50,00 €." in text
    assert "F1" not in text
    assert "reste à payer" not in text


@pytest.mark.parametrize(
    ("dispute", "left"), [(WHOLE, "800,00 € contestés"), (DISPUTE, "300,00 € contestés")], ids=["whole", "part"]
)
def test_a_receipt_counts_what_is_contested(written: Written, dispute: StopPlaced, left: str) -> None:
    text = written(DocumentKind.RECEIPT, dispute, about="P", payments=(paid("200.00"),))
    assert f"À ce jour, hors intérêts, il reste 800,00 € à payer sur cette facture, dont {left}." in text


@pytest.mark.parametrize(
    ("debtor_kind", "notice", "imputed", "due"),
    [(DebtorKind.BUSINESS, (), "16,99 €", "816,99 €"), (DebtorKind.CONSUMER, (NOTICE,), "2,64 €", "802,64 €")],
)
def test_a_receipt_tells_what_went_to_interest_as_the_decompte_of_that_day(
    written: Written, debtor_kind: DebtorKind, notice: tuple[HistoryEvent, ...], imputed: str, due: str
) -> None:
    """1 000 € for 50 days at 12.40 % from the due date; for 35 days at 2.75 % from the notice of 16 October."""
    facts = {"debtor_kind": debtor_kind, "payments": (paid("200.00"),)}
    text = written(DocumentKind.RECEIPT, *notice, about="P", **facts)
    assert (
        "À ce jour, avant imputation sur les intérêts, il reste 800,00 € à payer sur cette facture. La part de vos "
        "règlements imputée d'abord sur les intérêts (article 1343-1 du Code civil) est de "
        f"{imputed} : le principal restant dû s'élève à {due}. Ce reçu est donné sous réserve de l'encaissement "
        "effectif, de l'imputation prévue par l'article 1343-1 du Code civil et des intérêts"
    ) in text
    assert "en principal" not in text
    account = written(DocumentKind.DECOMPTE_ANNEX, *notice, **facts)
    assert f"Principal restant dû {due}" in account


def test_a_receipt_of_a_late_payment_of_the_whole_is_no_quittance_of_interest(written: Written) -> None:
    facts = {"about": "P", "payments": (paid("1000.00"),)}
    text = written(DocumentKind.RECEIPT, debtor_kind=DebtorKind.BUSINESS, **facts)
    assert "À ce jour, hors intérêts, plus rien ne reste à payer sur cette facture." in text
    assert "de l'imputation prévue par l'article 1343-1 du Code civil" in text
    assert "1343-1" not in written(DocumentKind.RECEIPT, **facts), "no interest runs against a consumer without notice"


def test_a_receipt_says_nothing_of_the_rest_once_proceedings_are_open(written: Written) -> None:
    text = written(DocumentKind.RECEIPT, OPENED, about="P", payments=(paid("200.00"),))
    assert "F1 01/10/2026 200,00 €" in text
    assert "À ce jour" not in text


def test_what_came_late_counts_for_a_broken_promise(written: Written) -> None:
    text = written(DocumentKind.BROKEN_PROMISE, PROMISE, about="PR", payments=(paid("500.00"),))
    assert "nous n'avons reçu que 500,00 € : il manque 300,00 €" in text
    assert "Nous vous remercions de régler ces 300,00 €" in text


def test_no_letter_says_that_a_promise_kept_late_is_missing(written: Written) -> None:
    with pytest.raises(InvalidInput, match="nothing is missing of promise PR"):
        written(DocumentKind.BROKEN_PROMISE, PROMISE, about="PR", payments=(paid("800.00"),))


def test_what_is_missing_of_a_promise_is_never_more_than_what_is_payable(written: Written) -> None:
    note = CreditNote(number="AV", issued_on=date(2026, 11, 12), amount=eur("700.00"), invoice_number="F1")
    text = written(DocumentKind.BROKEN_PROMISE, PROMISE, about="PR", credit_notes=(note,))
    assert "il manque 300,00 €" in text
    assert "régler ces 300,00 €" in text


def test_a_plan_default_asks_no_more_than_may_be_demanded(written: Written) -> None:
    """600 € were due on 15 November; 800 of the 1 000 € are contested: 200 € may be asked, and not 600."""
    most = DISPUTE.model_copy(update={"amount": eur("800.00")})
    text = written(DocumentKind.PLAN_DEFAULT_NOTICE, IN_DEFAULT, most, about="PL")
    assert "de payer ce qui manque, soit 200,00 €" in text


def test_a_default_is_told_of_a_plan_that_leaves_accessories_out(written: Written) -> None:
    """The plan is of the 1 000 € of principal; interest and 40 € are owed besides, and are no part of the notice."""
    text = written(DocumentKind.PLAN_DEFAULT_NOTICE, IN_DEFAULT, about="PL", debtor_kind=DebtorKind.BUSINESS)
    assert "de payer ce qui manque, soit 600,00 €" in text
    assert "surplus" not in text


@pytest.mark.parametrize("interest", list(PlanInterest))
@pytest.mark.parametrize("kind", [DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT])
def test_a_consumer_is_told_of_legal_interest_alone(
    written: Written, kind: DocumentKind, interest: PlanInterest
) -> None:
    text = written(kind, about=PLAN, plan_interest=interest)
    assert "intérêts au taux légal courus depuis la mise en demeure, s'il en a couru" in text
    for absent in ("accessoires", "intérêts de retard", "perd également"):
        assert absent not in text
    assert "Nom et qualité" not in text


IN_THE_PLAN = "chaque versement s'impute sur les sommes qu'il comprend"
ON_DEFAULT = "Si l'échéancier prend fin par défaut, chaque versement reçu s'impute, à sa date, d'abord sur les intérêts"


@pytest.mark.parametrize("kind", [DebtorKind.BUSINESS, DebtorKind.CONSUMER, DebtorKind.PUBLIC])
def test_payments_of_a_plan_that_leaves_interest_out_settle_the_plan(written: Written, kind: DebtorKind) -> None:
    """Were interest paid first, principal would be left when the last date is met (C. civ. art. 1343-1)."""
    text = written(DocumentKind.PLAN_AGREEMENT, about=PLAN, debtor_kind=kind)
    assert IN_THE_PLAN in text
    assert ON_DEFAULT in text
    assert "Chaque versement s'impute d'abord sur les intérêts" not in text


def test_payments_of_a_plan_of_all_that_is_owed_go_to_interest_first(written: Written) -> None:
    """1 000 € of principal, 53 days at 12,40 %: 18,01 € of interest, and 40 €."""
    whole = PLAN.model_copy(
        update={
            "instalments": (
                Instalment(amount=eur("529.00"), due_on=date(2026, 12, 15)),
                Instalment(amount=eur("529.01"), due_on=date(2027, 1, 15)),
            )
        }
    )
    text = written(DocumentKind.PLAN_AGREEMENT, about=whole, debtor_kind=DebtorKind.BUSINESS)
    assert "Le débiteur paiera 1 058,01 €" in text
    assert "Chaque versement s'impute d'abord sur les intérêts dus, puis sur le principal" in text
    assert IN_THE_PLAN not in text


def test_payments_of_a_plan_go_to_the_principal_where_the_terms_say_so(written: Written) -> None:
    agreed = F1.model_copy(update={"terms": PaymentTerms(imputation=Imputation.PRINCIPAL_FIRST)})
    text = written(DocumentKind.PLAN_AGREEMENT, about=PLAN, debtor_kind=DebtorKind.BUSINESS, invoices=(agreed,))
    assert "Chaque versement s'impute sur le principal" in text
    for absent in (IN_THE_PLAN, ON_DEFAULT):
        assert absent not in text


def test_a_proposal_binds_neither_side_before_it_is_signed(written: Written) -> None:
    text = written(DocumentKind.PLAN_PROPOSAL, about=PLAN)
    assert "n'engage ni vous ni nous tant que l'échéancier n'est pas signé par les deux parties" in text


@pytest.mark.parametrize("kind", [DebtorKind.BUSINESS, DebtorKind.CONSUMER])
def test_interest_that_is_frozen_is_not_said_to_be_given_up(written: Written, kind: DebtorKind) -> None:
    text = written(DocumentKind.PLAN_PROPOSAL, about=PLAN, debtor_kind=kind, plan_interest=PlanInterest.FROZEN)
    assert "restent dus ; ils cessent de courir tant que les dates sont respectées" in text


def test_a_plan_without_acceleration_says_what_is_due_once_it_has_ended(written: Written) -> None:
    text = written(DocumentKind.PLAN_AGREEMENT, about=PLAN)
    assert "les versements échus sont dus sans attendre et les autres restent dus à leurs dates" in text
    assert "immédiatement exigible" not in text


@pytest.mark.parametrize("interest", list(PlanInterest))
@pytest.mark.parametrize("kind", [DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT])
def test_a_consumer_is_told_what_legal_interest_has_come_to(
    written: Written, kind: DocumentKind, interest: PlanInterest
) -> None:
    """1 000 € at 2,75 %, 38 days from the day after the notice of 16 October: 2,86 €."""
    text = written(kind, NOTICE, about=PLAN, plan_interest=interest)
    assert "intérêts au taux légal courus depuis la mise en demeure, soit 2,86 € à ce jour" in text
    assert "s'il en a couru" not in text


def test_a_promise_without_a_day_is_confirmed_without_one(written: Written) -> None:
    undated = PROMISE.model_copy(update={"pay_by": None})
    text = written(DocumentKind.PROMISE_CONFIRMATION, undated, about="PR")
    assert "Dans l'attente de ce règlement, nos relances sont suspendues" in text
    assert "D'ici là" not in text


def test_a_file_handed_over_leaves_out_what_is_left_of_each_debt(written: Written) -> None:
    """120 € were paid on F2, which is contested: 380 € of it are not handed over."""
    elsewhere = WHOLE.model_copy(update={"item_ids": ("F2",)})
    part = paid("120.00", ("F2", "120.00"))
    text = written(
        DocumentKind.HANDOVER_COVER,
        elsewhere,
        invoices=(F1, F2),
        payments=(part,),
        debtor_kind=DebtorKind.BUSINESS,
    )
    assert "Non transmis : F2, 380,00 €, facture contestée" in text


def test_a_file_handed_over_tells_every_dispute_and_what_is_left_out(written: Written) -> None:
    elsewhere = WHOLE.model_copy(update={"item_ids": ("F2",), "cause": "prix"})
    text = written(DocumentKind.HANDOVER_COVER, elsewhere, invoices=(F1, F2, LATER), debtor_kind=DebtorKind.BUSINESS)
    assert "Contestation connue : totalité, F2, reçue le 19/11/2026, motif : prix" in text
    assert "Non transmis : F2, 500,00 €, facture contestée" in text
    assert "Non transmis : F3, 300,00 €" in text
    assert "Non transmis : F1" not in text
    assert "aucune au dossier" not in text


@pytest.mark.parametrize(("delivered_on", "is_proof"), [(ON, True), (date(2026, 11, 24), False)])
def test_a_delivery_to_come_proves_nothing(written: Written, *, delivered_on: date, is_proof: bool) -> None:
    invoice = F1.model_copy(update={"delivered_on": delivered_on})
    text = written(DocumentKind.HANDOVER_COVER, invoices=(invoice,), debtor_kind=DebtorKind.BUSINESS)
    assert ("Livraison ou fin d'exécution du" in text) is is_proof
    assert (
        "aucune preuve de commande, de livraison ou d'acceptation n'est enregistrée pour F1" in text
    ) is not is_proof


@pytest.mark.parametrize(("day", "times"), [(ON, 0), (date(2026, 12, 1), 1)])
def test_a_dispute_is_answered_by_a_later_day_or_none(written: Written, day: date, times: int) -> None:
    text = written(DocumentKind.DISPUTE_ACKNOWLEDGEMENT, WHOLE.model_copy(update={"review_on": day}), about="L")
    assert text.count("Nous vous répondrons au plus tard le") == times


def test_nothing_is_asked_of_who_contests_the_whole(written: Written) -> None:
    text = written(DocumentKind.DISPUTE_ACKNOWLEDGEMENT, WHOLE, about="L")
    assert "IBAN" not in text
    assert "reste due" not in text


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("injonction_de_payer", "Vous pourrez former opposition à l'ordonnance."),
        ("petites_creances", "Vous pourrez accepter ou refuser cette procédure."),
        ("assignation", "Vous pourrez y faire valoir vos arguments."),
    ],
)
def test_a_last_notice_says_how_its_step_is_answered(written: Written, step: str, answer: str) -> None:
    notice, proof = (event.model_copy(update={"item_ids": ("F1",)}) for event in (PROVED[1], PROVED[0]))
    tried = LimitationActDone(
        id="T", effective_on=date(2026, 11, 2), act=LimitationActKind.CONCILIATION, until=date(2026, 11, 16)
    )
    text = written(DocumentKind.LAST_NOTICE, notice, proof, tried, next_step=step, pay_by=date(2026, 12, 4))
    assert answer in text
    assert text.count("Vous pourrez") == 1


@pytest.mark.parametrize("debtor_kind", [DebtorKind.BUSINESS, DebtorKind.CONSUMER, DebtorKind.PUBLIC])
def test_a_last_notice_says_what_is_true_after_a_part_payment_and_from_which_day_it_acts(
    written: Written, debtor_kind: DebtorKind
) -> None:
    proof = PROVED[0].model_copy(update={"item_ids": ("F1",)})
    text = written(
        DocumentKind.LAST_NOTICE,
        NOTICE,
        proof,
        debtor_kind=debtor_kind,
        payments=(paid("200.00"),),
        next_step="hand_over",
        pay_by=date(2026, 12, 1),
    )
    assert "Notre mise en demeure, présentée le 16 octobre 2026, n'a pas été suivie du paiement intégral." in text
    assert "sans effet" not in text
    assert "sans réponse" not in text
    assert "nous engagerons à compter du 2 décembre 2026 la démarche suivante" in text
    assert "la remise du dossier à notre conseil, chargé de demander le paiement en justice." in text


def test_a_receipt_tells_what_is_left_of_the_whole_invoice(written: Written) -> None:
    parts = tuple(Instalment(amount=eur("300.00"), due_on=date(2026, month, 1)) for month in (9, 10, 12))
    invoice = Invoice(number="M", issued_on=date(2026, 8, 1), total=eur("900.00"), instalments=parts)
    text = written(DocumentKind.RECEIPT, about="P", invoices=(invoice,), payments=(paid("400.00", ("M", "400.00")),))
    assert "M (échéance 1/3) 01/09/2026 300,00 €" in text
    assert "M (échéance 2/3) 01/10/2026 100,00 €" in text
    assert "il reste 500,00 € à payer sur cette facture." in text


def test_a_consumers_agreement_says_that_what_it_leaves_out_is_still_owed(written: Written) -> None:
    part = PLAN.model_copy(update={"instalments": PLAN.instalments[:1]})
    text = written(DocumentKind.PLAN_AGREEMENT, about=part, plan_interest=PlanInterest.KEPT)
    assert "Le surplus, soit 500,00 € à ce jour, n'est pas compris dans l'échéancier." in text
    assert "Le surplus mentionné à l'article 2 reste dû." in text
