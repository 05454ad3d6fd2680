"""Documents asked for that would be untrue, or would ask what may not be asked. Each figure is worked by hand.

One invoice of 1 000 € was due on 1 October 2026; the document is dated 23 November 2026.
"""

from datetime import date

import pytest

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.documents import CreditNote, Instalment, Invoice, Payment
from recouvrement.domain.events import (
    ActionCancelled,
    ActionPlanned,
    HistoryEvent,
    InsolvencyOpened,
    LimitationActDone,
    NoticeDelivered,
    PlanAgreed,
    ProofSupplied,
    StopPlaced,
)
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Contact, Creditor, Debtor, DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.terms import Imputation, PaymentTerms
from recouvrement.domain.vocabulary import Channel, DocumentKind, LimitationActKind, ProofKind, Rank, StopKind
from recouvrement.engine.requests import PlanInterest, Requested, requested
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.scenario.model import Scenario, Stage
from recouvrement.scenario.reading import builtin
from support.requests import eur

ON = date(2026, 11, 23)
DUE = date(2026, 10, 1)


def an_invoice(number: str = "F1", amount: str = "1000.00", *, due_on: date = DUE, currency: str = "EUR") -> Invoice:
    return Invoice.single(
        number, issued_on=due_on.replace(month=due_on.month - 1), due_on=due_on, total=Money.of(amount, currency)
    )


def a_case(
    *events: HistoryEvent,
    kind: DebtorKind = DebtorKind.CONSUMER,
    invoices: tuple[Invoice, ...] = (an_invoice(),),
    payments: tuple[Payment, ...] = (),
    credit_notes: tuple[CreditNote, ...] = (),
    currency: str = "EUR",
) -> Case:
    return Case(
        creditor=Creditor(id="ATELIER", name="Atelier Durand"),
        debtor=Debtor(
            id="D",
            name="Dupont",
            kind=kind,
            address=PostalAddress(street="1 rue A", postal_code="44000", city="Nantes"),
            contacts=(Contact(email="d@dupont.example"),),
        ),
        invoices=invoices,
        credit_notes=credit_notes,
        payments=payments,
        history=events,
        currency=currency,
    )


def ask(case: Case, kind: DocumentKind, **options: object) -> Requested:
    scenario = builtin("consommateur" if case.debtor.kind is DebtorKind.CONSUMER else "standard_b2b")
    return requested(case, kind, ON, scenario=scenario, law=FRANCE, **options)  # type: ignore[arg-type]  # by the call


def stop(name: str, kind: StopKind, on: date = date(2026, 11, 19), **more: object) -> StopPlaced:
    return StopPlaced.model_validate({"id": name, "effective_on": on, "stop_id": name, "stop": kind} | more)


PART = stop("L", StopKind.DISPUTE, amount=eur("300.00"))
WHOLE = stop("L", StopKind.DISPUTE)
ASSIGNED = stop("C", StopKind.ASSIGNMENT, date(2026, 11, 10), payee="Factor SA")
LATER = stop("Q", StopKind.PROMISE_TO_PAY, date(2026, 11, 20), pay_by=date(2026, 12, 20))
BROKEN = stop("P", StopKind.PROMISE_TO_PAY, date(2026, 11, 10), pay_by=date(2026, 11, 18), amount=eur("800.00"))


def a_plan(name: str = "E", on: date = ON, *days: date) -> PlanAgreed:
    dates = days or (date(2026, 12, 15), date(2027, 1, 15))
    parts = tuple(Instalment(amount=eur("400.00"), due_on=day) for day in dates)
    return PlanAgreed(id=name, effective_on=on, plan_id=name, instalments=parts)


RUNNING = a_plan("E1", date(2026, 11, 12))
MISSED = a_plan("E2", date(2026, 11, 2), date(2026, 11, 15), date(2026, 12, 15))


def opened(
    kind: InsolvencyKind = InsolvencyKind.LIQUIDATION_JUDICIAIRE, on: date = date(2026, 11, 18), **more: object
) -> InsolvencyOpened:
    proceedings = Insolvency.model_validate({"kind": kind, "opened_on": on} | more)
    return InsolvencyOpened(id="J", effective_on=date(2026, 11, 20), insolvency=proceedings)


BARRED = an_invoice(due_on=date(2023, 10, 1))


class TestDisputeAcknowledgement:
    @pytest.mark.parametrize(
        "case",
        [
            pytest.param(a_case(PART, opened(), kind=DebtorKind.BUSINESS), id="liquidation"),
            pytest.param(a_case(PART, opened(InsolvencyKind.SURENDETTEMENT)), id="over-indebtedness"),
            pytest.param(a_case(PART, invoices=(BARRED,)), id="barred"),
            pytest.param(a_case(PART, LATER, invoices=(BARRED,)), id="barred, with a promise"),
            pytest.param(a_case(PART, RUNNING), id="a plan that is kept"),
            pytest.param(a_case(PART, LATER), id="a promise still open"),
            pytest.param(a_case(PART, ASSIGNED), id="an assignment"),
        ],
    )
    def test_nothing_is_asked_of_what_anything_else_holds(self, case: Case) -> None:
        asked = ask(case, DocumentKind.DISPUTE_ACKNOWLEDGEMENT, about="L")
        assert asked.action.principal == eur("0")
        (item,) = asked.claim.items
        assert (item.balance, item.contested, item.principal) == (eur("1000.00"), eur("300.00"), eur("0"))

    def test_a_dispute_alone_leaves_the_rest_asked_for(self) -> None:
        asked = ask(a_case(PART), DocumentKind.DISPUTE_ACKNOWLEDGEMENT, about="L")
        assert asked.action.principal == eur("700.00")
        assert asked.claim.items[0].contested == eur("300.00")


class TestBrokenPromise:
    @pytest.mark.parametrize(
        ("events", "found"),
        [
            ((BROKEN, WHOLE), r"F1 \(dispute\) may not be demanded"),
            ((BROKEN, a_plan("E3", date(2026, 11, 20))), r"F1 \(payment_plan\) may not be demanded"),
            ((BROKEN, LATER), "promise P was replaced by Q"),
            ((BROKEN, opened(InsolvencyKind.SURENDETTEMENT)), r"F1 \(insolvency\) may not be demanded"),
            ((BROKEN, ASSIGNED), "F1 is assigned to Factor SA since 2026-11-10"),
            ((BROKEN, stop("M", StopKind.MEDIATION)), r"F1 \(mediation\) may not be demanded"),
        ],
    )
    def test_it_is_not_told_while_anything_else_holds_the_debt(
        self, events: tuple[HistoryEvent, ...], found: str
    ) -> None:
        with pytest.raises(InvalidInput, match=found):
            ask(a_case(*events), DocumentKind.BROKEN_PROMISE, about="P")

    def test_money_that_came_too_late_counts(self) -> None:
        late = Payment(id="V", received_on=date(2026, 11, 20), amount=eur("800.00"))
        with pytest.raises(InvalidInput, match="nothing is missing of promise P any more"):
            ask(a_case(BROKEN, payments=(late,)), DocumentKind.BROKEN_PROMISE, about="P")

    def test_what_is_missing_is_what_did_not_come(self) -> None:
        late = Payment(id="V", received_on=date(2026, 11, 20), amount=eur("500.00"))
        asked = ask(a_case(BROKEN, payments=(late,)), DocumentKind.BROKEN_PROMISE, about="P")
        told = asked.action.reasons[1]
        assert (told.input("received"), told.input("missing")) == ("500.00 EUR", "300.00 EUR")

    def test_what_is_missing_is_no_more_than_what_is_payable(self) -> None:
        credit = CreditNote(number="AV", issued_on=date(2026, 11, 12), amount=eur("600.00"), invoice_number="F1")
        asked = ask(a_case(BROKEN, credit_notes=(credit,)), DocumentKind.BROKEN_PROMISE, about="P")
        assert asked.action.reasons[1].input("missing") == "400.00 EUR", (
            "1 000 less 600 credited, under the 800 promised"
        )
        asked = ask(a_case(BROKEN, PART), DocumentKind.BROKEN_PROMISE, about="P")
        assert asked.action.reasons[1].input("missing") == "700.00 EUR", "1 000 less 300 contested"


class TestPromiseConfirmation:
    def test_more_than_is_owed_is_not_confirmed(self) -> None:
        much = stop("P", StopKind.PROMISE_TO_PAY, pay_by=date(2026, 12, 20), amount=eur("1000.01"))
        with pytest.raises(InvalidInput, match=r"promise P is of 1000\.01 EUR, and 1000\.00 EUR was owed"):
            ask(a_case(much), DocumentKind.PROMISE_CONFIRMATION, about="P")

    def test_what_came_since_was_owed_when_it_was_promised(self) -> None:
        promise = stop("P", StopKind.PROMISE_TO_PAY, pay_by=date(2026, 12, 20), amount=eur("1000.00"))
        part = Payment(id="V", received_on=date(2026, 11, 20), amount=eur("400.00"))
        asked = ask(a_case(promise, payments=(part,)), DocumentKind.PROMISE_CONFIRMATION, about="P")
        assert asked.action.principal == eur("600.00")

    def test_a_promise_without_a_day_is_confirmed(self) -> None:
        promise = stop("P", StopKind.PROMISE_TO_PAY, amount=eur("1000.00"))
        assert ask(a_case(promise), DocumentKind.PROMISE_CONFIRMATION, about="P").action.listed == ("F1",)


class TestPlans:
    def test_a_default_is_not_notified_of_what_is_contested_in_whole(self) -> None:
        with pytest.raises(InvalidInput, match="F1 contested in whole"):
            ask(a_case(MISSED, WHOLE), DocumentKind.PLAN_DEFAULT_NOTICE, about="E2")

    def test_a_default_is_told_with_what_is_missing(self) -> None:
        part = Payment(id="V", received_on=date(2026, 11, 16), amount=eur("150.00"))
        asked = ask(a_case(MISSED, payments=(part,)), DocumentKind.PLAN_DEFAULT_NOTICE, about="E2")
        assert asked.action.reasons[-1].input("missing") == "250.00 EUR"
        most = stop("L", StopKind.DISPUTE, amount=eur("750.00"))
        asked = ask(a_case(MISSED, most, payments=(part,)), DocumentKind.PLAN_DEFAULT_NOTICE, about="E2")
        assert asked.action.reasons[-1].input("missing") == "100.00 EUR", "1 000 less 150 paid less 750 contested"

    def test_two_plans_are_not_laid_over_the_same_debt(self) -> None:
        with pytest.raises(InvalidInput, match="F1 is in plan E1, which is active"):
            ask(a_case(RUNNING), DocumentKind.PLAN_PROPOSAL, about=a_plan("E9"))
        with pytest.raises(InvalidInput, match="F1 is in plan E2, which is in_default"):
            ask(a_case(MISSED), DocumentKind.PLAN_AGREEMENT, about=a_plan("E9"))

    def test_new_terms_of_the_same_plan_may_be_written(self) -> None:
        asked = ask(a_case(RUNNING), DocumentKind.PLAN_PROPOSAL, about=a_plan("E1"))
        assert asked.action.listed == ("F1",)

    @pytest.mark.parametrize("kind", [DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT])
    def test_nobody_agrees_to_pay_on_a_day_gone_by(self, kind: DocumentKind) -> None:
        with pytest.raises(InvalidInput, match="plan E has an instalment due on 2026-11-23"):
            ask(a_case(), kind, about=a_plan("E", ON, ON, date(2026, 12, 15)))
        assert ask(a_case(), kind, about=a_plan("E", ON, date(2026, 11, 24))).action.listed == ("F1",)

    @pytest.mark.parametrize("interest", [PlanInterest.WAIVED, PlanInterest.FROZEN])
    @pytest.mark.parametrize("kind", [DocumentKind.PLAN_PROPOSAL, DocumentKind.PLAN_AGREEMENT])
    def test_the_interest_a_public_body_owes_is_not_waived(self, kind: DocumentKind, interest: PlanInterest) -> None:
        with pytest.raises(InvalidInput, match="the debtor is a public body"):
            ask(a_case(kind=DebtorKind.PUBLIC), kind, about=a_plan(), plan_interest=interest)
        assert ask(a_case(kind=DebtorKind.PUBLIC), kind, about=a_plan()).action.listed == ("F1",)


PROVED = (
    ProofSupplied(id="B", effective_on=date(2026, 10, 13), proof=ProofKind.DELIVERY, reference="BL 1"),
    NoticeDelivered(id="R", effective_on=date(2026, 10, 16), reference="1A"),
)
NOTICE = {"next_step": "injonction_de_payer", "pay_by": date(2026, 12, 4)}

LATE_PART = Payment(id="V", received_on=date(2026, 11, 20), amount=eur("200.00"))


def attempt(kind: LimitationActKind, until: date | None, *items: str) -> LimitationActDone:
    return LimitationActDone(id="T", effective_on=date(2026, 11, 2), act=kind, item_ids=items, until=until)


def sent(pay_by: date) -> ActionPlanned:
    """A mise en demeure of F1 that gives until that day to pay."""
    action = Action(
        id="A-med",
        kind=ActionKind.CONTACT,
        scenario="consommateur",
        scenario_version=1,
        stage="mise_en_demeure",
        occurrence=1,
        document=DocumentKind.MISE_EN_DEMEURE,
        channel=Channel.REGISTERED_POST,
        rank=Rank.FORMAL,
        leader="F1",
        triggered=("F1",),
        listed=("F1",),
        advanced=("F1",),
        principal=eur("1000.00"),
        pay_by=pay_by,
        token="T",  # noqa: S106  # names a state of the items
    )
    return ActionPlanned(id="M", effective_on=date(2026, 11, 13), action=action)


TO_THE_CREDITOR: dict[DocumentKind, tuple[HistoryEvent, dict[str, object]]] = {
    DocumentKind.PROMISE_CONFIRMATION: (LATER, {"about": "Q"}),
    DocumentKind.BROKEN_PROMISE: (BROKEN, {"about": "P"}),
    DocumentKind.PLAN_PROPOSAL: (PROVED[0], {"about": a_plan()}),
    DocumentKind.PLAN_AGREEMENT: (PROVED[0], {"about": a_plan()}),
    DocumentKind.PLAN_DEFAULT_NOTICE: (MISSED, {"about": "E2"}),
    DocumentKind.LAST_NOTICE: (PROVED[0], NOTICE),
    DocumentKind.ORDER_TO_PAY_SHEET: (PROVED[0], {}),
    DocumentKind.CLAIM_DECLARATION: (opened(), {}),
}


class TestAssignment:
    @pytest.mark.parametrize("kind", TO_THE_CREDITOR)
    def test_nothing_is_asked_for_the_creditor_of_what_it_has_assigned(self, kind: DocumentKind) -> None:
        event, options = TO_THE_CREDITOR[kind]
        with pytest.raises(InvalidInput, match="F1 is assigned to Factor SA since 2026-11-10"):
            ask(a_case(event, ASSIGNED, kind=DebtorKind.BUSINESS), kind, **options)

    def test_no_receipt_is_given_for_money_that_came_after_it(self) -> None:
        after = Payment(id="V", received_on=date(2026, 11, 12), amount=eur("200.00"))
        with pytest.raises(InvalidInput, match="F1 is assigned"):
            ask(a_case(ASSIGNED, payments=(after,)), DocumentKind.RECEIPT, about="V")
        before = Payment(id="V", received_on=date(2026, 11, 9), amount=eur("200.00"))
        assert ask(a_case(ASSIGNED, payments=(before,)), DocumentKind.RECEIPT, about="V").action.listed == ("F1",)

    def test_a_statement_of_account_asks_for_nothing(self) -> None:
        assert ask(a_case(ASSIGNED), DocumentKind.STATEMENT_OF_ACCOUNT).action.listed == ("F1",)


class TestClaimDeclaration:
    def test_nothing_is_declared_in_closed_proceedings(self) -> None:
        closed = opened(closed_on=date(2026, 11, 22))
        with pytest.raises(InvalidInput, match="the proceedings were closed on 2026-11-22"):
            ask(a_case(closed, kind=DebtorKind.BUSINESS), DocumentKind.CLAIM_DECLARATION, is_late=True)

    def test_it_is_made_in_euros(self) -> None:
        francs = a_case(opened(), kind=DebtorKind.BUSINESS, invoices=(an_invoice(currency="CHF"),), currency="CHF")
        with pytest.raises(InvalidInput, match=r"the case is in CHF\. Convert the sums into EUR by hand"):
            ask(francs, DocumentKind.CLAIM_DECLARATION)

    def test_after_the_last_day_it_is_made_only_when_asked_as_late(self) -> None:
        """Two months from 22 September end on Sunday 22 November 2026, and so on Monday 23 (CPC art. 642).

        From 18 September they end on Wednesday 18 November.
        """
        in_time = opened(on=date(2026, 9, 15), published_on=date(2026, 9, 22))
        old = an_invoice(due_on=date(2026, 9, 1))
        asked = ask(a_case(in_time, kind=DebtorKind.BUSINESS, invoices=(old,)), DocumentKind.CLAIM_DECLARATION)
        assert asked.action.reasons[1].input("is_late") is None
        too_late = a_case(
            opened(on=date(2026, 9, 15), published_on=date(2026, 9, 18)), kind=DebtorKind.BUSINESS, invoices=(old,)
        )
        with pytest.raises(InvalidInput, match="the last day to declare was 2026-11-18"):
            ask(too_late, DocumentKind.CLAIM_DECLARATION)
        late = ask(too_late, DocumentKind.CLAIM_DECLARATION, is_late=True)
        assert late.action.reasons[1].input("is_late") == "yes"
        assert late.action.principal == eur("1000.00")

    def test_only_a_declaration_is_late(self) -> None:
        with pytest.raises(InvalidInput, match="is_late is given"):
            ask(a_case(), DocumentKind.STATEMENT_OF_ACCOUNT, is_late=True)


class TestLastNotice:
    def test_it_leaves_eight_days(self) -> None:
        with pytest.raises(InvalidInput, match="7 days to pay, until 2026-11-30"):
            ask(a_case(*PROVED), DocumentKind.LAST_NOTICE, **(NOTICE | {"pay_by": date(2026, 11, 30)}))
        asked = ask(a_case(*PROVED), DocumentKind.LAST_NOTICE, **(NOTICE | {"pay_by": date(2026, 12, 1)}))
        assert asked.action.pay_by == date(2026, 12, 1)

    @pytest.mark.parametrize("step", ["petites_creances", "petite_creance"])
    def test_a_small_claim_is_announced_within_its_limits(self, step: str) -> None:
        options = NOTICE | {"next_step": step}
        assert ask(a_case(*PROVED), DocumentKind.LAST_NOTICE, **options).action.outcome == step
        large = (an_invoice(amount="5000.01"),)
        with pytest.raises(InvalidInput, match=r"closed for this claim \(over_threshold\)"):
            ask(a_case(*PROVED, invoices=large), DocumentKind.LAST_NOTICE, **options)
        with pytest.raises(InvalidInput, match="invoices_between_traders_excluded"):
            ask(a_case(*PROVED, kind=DebtorKind.BUSINESS), DocumentKind.LAST_NOTICE, **options)

    @pytest.mark.parametrize("step", ["assignation", "refere_provision"])
    @pytest.mark.parametrize("kind", [DebtorKind.CONSUMER, DebtorKind.PUBLIC, DebtorKind.BUSINESS])
    def test_a_step_that_needs_an_attempt_to_settle_is_not_announced_without_it(
        self, kind: DebtorKind, step: str
    ) -> None:
        """CPC art. 750-1: before the tribunal judiciaire, up to 5 000 €; not before the tribunal de commerce."""
        options = NOTICE | {"next_step": step}
        small = a_case(*PROVED, kind=kind)
        if kind is DebtorKind.CONSUMER:
            found = rf"next step {step} needs an attempt to settle first \(CPC art\. 750-1\)"
            with pytest.raises(InvalidInput, match=found + ".*Record the attempt once it is over"):
                ask(small, DocumentKind.LAST_NOTICE, **options)
        else:
            assert ask(small, DocumentKind.LAST_NOTICE, **options).action.outcome == step
        large = a_case(*PROVED, kind=kind, invoices=(an_invoice(amount="5000.01"),))
        assert ask(large, DocumentKind.LAST_NOTICE, **options).action.outcome == step

    @pytest.mark.parametrize("step", ["injonction_de_payer", "hand_over"])
    def test_no_attempt_is_asked_for_before_an_order_to_pay_or_a_hand_over(self, step: str) -> None:
        """Cass. avis 25 Sept. 2025, n° 25-70.013, for the order; a hand-over sues nobody."""
        asked = ask(a_case(*PROVED), DocumentKind.LAST_NOTICE, **(NOTICE | {"next_step": step}))
        assert asked.action.outcome == step

    @pytest.mark.parametrize(
        ("recorded", "is_made"),
        [
            pytest.param((attempt(LimitationActKind.CONCILIATION, ON),), True, id="a conciliation over today"),
            pytest.param((attempt(LimitationActKind.MEDIATION, date(2026, 11, 9)),), True, id="a mediation"),
            pytest.param((attempt(LimitationActKind.PARTICIPATORY_PROCEDURE, ON),), True, id="participatory"),
            pytest.param((attempt(LimitationActKind.PETITE_CREANCE, ON),), True, id="a small claim that failed"),
            pytest.param((attempt(LimitationActKind.CONCILIATION, None),), False, id="a conciliation that lasts"),
            pytest.param((attempt(LimitationActKind.CONCILIATION, date(2026, 11, 24)),), False, id="over tomorrow"),
            pytest.param((attempt(LimitationActKind.NEGOTIATION, ON),), False, id="talks between the parties"),
            pytest.param((attempt(LimitationActKind.CONCILIATION, ON, "F2"),), False, id="of one invoice only"),
            pytest.param(
                (stop("M", StopKind.MEDIATION, date(2026, 10, 20), until=date(2026, 11, 10)),), True, id="a stop over"
            ),
        ],
    )
    def test_an_attempt_counts_once_it_is_over_for_every_invoice(
        self, recorded: tuple[HistoryEvent, ...], *, is_made: bool
    ) -> None:
        case = a_case(*PROVED, *recorded, invoices=(an_invoice(), an_invoice("F2")))
        options = NOTICE | {"next_step": "assignation"}
        if is_made:
            assert ask(case, DocumentKind.LAST_NOTICE, **options).action.listed == ("F1", "F2")
        else:
            with pytest.raises(InvalidInput, match="needs an attempt to settle first"):
                ask(case, DocumentKind.LAST_NOTICE, **options)

    def test_it_does_not_take_back_the_time_a_notice_gave(self) -> None:
        """The builtin stage gives no grace: the letter binds until its own day, that day included."""
        running, over = (a_case(*PROVED, sent(until)) for until in (ON, date(2026, 11, 22)))
        with pytest.raises(InvalidInput, match="F1 may be paid until 2026-11-23: mise_en_demeure gave that time"):
            ask(running, DocumentKind.LAST_NOTICE, **NOTICE)
        assert ask(over, DocumentKind.LAST_NOTICE, **NOTICE).action.listed == ("F1",)

    def test_the_days_of_grace_of_a_stage_count_too(self) -> None:
        scenario = builtin("consommateur")
        stages = tuple(
            Stage.model_validate({name: getattr(one, name) for name in Stage.model_fields} | {"grace_days": 3})
            for one in scenario.stages
        )
        fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
        graced = Scenario.model_validate(fields | {"stages": stages})
        case = a_case(*PROVED, sent(date(2026, 11, 20)))
        with pytest.raises(InvalidInput, match="Ask again from 2026-11-24 on"):
            requested(case, DocumentKind.LAST_NOTICE, ON, scenario=graced, law=FRANCE, **NOTICE)  # type: ignore[arg-type]  # by the call

    def test_a_notice_that_did_not_leave_gave_no_time(self) -> None:
        cancelled = ActionCancelled(id="X", effective_on=date(2026, 11, 14), action_id="A-med", note="withdrawn")
        asked = ask(a_case(*PROVED, sent(date(2026, 12, 1)), cancelled), DocumentKind.LAST_NOTICE, **NOTICE)
        assert asked.action.listed == ("F1",)

    def test_once_recorded_it_is_made_again_the_same(self) -> None:
        case = a_case(*PROVED)
        first = ask(case, DocumentKind.LAST_NOTICE, **NOTICE).action
        recorded = a_case(*PROVED, ActionPlanned(id="N", effective_on=ON, action=first))
        assert ask(recorded, DocumentKind.LAST_NOTICE, **NOTICE).action.id == first.id
        with pytest.raises(InvalidInput, match="F1 may be paid until 2026-12-04: request:last_notice gave that time"):
            ask(recorded, DocumentKind.LAST_NOTICE, **(NOTICE | {"pay_by": date(2026, 12, 2)}))


class TestReceipt:
    @staticmethod
    def told(case: Case) -> tuple[str | None, str | None, str | None]:
        reason = ask(case, DocumentKind.RECEIPT, about="V").action.reasons[1]
        return reason.input("left"), reason.input("imputed"), reason.input("reserves_imputation")

    def test_what_paid_interest_first_is_told_as_a_decompte_tells_it(self) -> None:
        """From 2 October to 20 November 50 days at 12.40 %: 1 000 × 0.124 × 50 / 365 = 16.986 €."""
        case = a_case(kind=DebtorKind.BUSINESS, payments=(LATE_PART,))
        assert self.told(case) == ("800.00 EUR", "16.99 EUR", "yes")
        claim = ask(case, DocumentKind.DECOMPTE_ANNEX).claim
        assert claim.principal == eur("816.99"), "800 in the books, and the 16.99 that went to interest"

    def test_a_consumer_pays_interest_from_a_notice_only(self) -> None:
        """From 17 October to 20 November 35 days at 2.75 %: 1 000 × 0.0275 × 35 / 365 = 2.637 €."""
        assert self.told(a_case(payments=(LATE_PART,))) == ("800.00 EUR", "0.00 EUR", None)
        told = NoticeDelivered(id="R", effective_on=date(2026, 10, 16), item_ids=("F1",), reference="1A")
        noticed = a_case(told, payments=(LATE_PART,))
        assert self.told(noticed) == ("800.00 EUR", "2.64 EUR", "yes")
        assert ask(noticed, DocumentKind.DECOMPTE_ANNEX).claim.principal == eur("802.64")

    def test_a_creditor_who_takes_principal_first_reserves_nothing(self) -> None:
        creditor = Creditor(id="A", name="A", terms=PaymentTerms(imputation=Imputation.PRINCIPAL_FIRST))
        case = Case.model_validate(
            dict(a_case(kind=DebtorKind.BUSINESS, payments=(LATE_PART,))) | {"creditor": creditor}
        )
        assert self.told(case) == ("800.00 EUR", "0.00 EUR", None)

    def test_what_no_decompte_shows_is_reserved_and_not_told(self) -> None:
        """Settled in the books, or contested in whole: the claim says nothing of it, and the law may."""
        whole = Payment(id="V", received_on=date(2026, 11, 20), amount=eur("1000.00"))
        assert self.told(a_case(kind=DebtorKind.BUSINESS, payments=(whole,))) == ("0.00 EUR", "0.00 EUR", "yes")
        contested = a_case(WHOLE, kind=DebtorKind.BUSINESS, payments=(LATE_PART,))
        assert self.told(contested) == ("800.00 EUR", "0.00 EUR", "yes")

    def test_a_payment_in_time_pays_no_interest(self) -> None:
        in_time = Payment(id="V", received_on=DUE, amount=eur("200.00"))
        assert self.told(a_case(kind=DebtorKind.BUSINESS, payments=(in_time,))) == ("800.00 EUR", "0.00 EUR", None)

    def test_interest_that_cannot_be_counted_yet_is_reserved(self) -> None:
        """No rate is published for the first half of 2030."""
        far = an_invoice(due_on=date(2030, 2, 1))
        late = Payment(id="V", received_on=date(2030, 3, 1), amount=eur("200.00"))
        case = a_case(kind=DebtorKind.BUSINESS, invoices=(far,), payments=(late,))
        scenario = builtin("standard_b2b")
        asked = requested(case, DocumentKind.RECEIPT, date(2030, 3, 2), scenario=scenario, law=FRANCE, about="V")
        assert asked.action.reasons[1].input("imputed") == "0.00 EUR"
        assert asked.action.reasons[1].input("reserves_imputation") == "yes"

    def test_what_is_left_is_the_whole_contested_or_not(self) -> None:
        part = Payment(id="V", received_on=date(2026, 11, 20), amount=eur("200.00"))
        asked = ask(a_case(PART, payments=(part,)), DocumentKind.RECEIPT, about="V")
        assert asked.action.reasons[1].input("left") == "800.00 EUR"
        assert asked.action.principal == eur("500.00"), "less the 300 that are contested, as of every action"
