"""The claim: what the terms of the contract and the choices of the debtor change in the sums."""

from datetime import date

import pytest

from recouvrement import (
    FRANCE,
    Allocation,
    Case,
    DayCount,
    DebtorKind,
    Decision,
    HalfYears,
    HoldKind,
    Instalment,
    Invoice,
    Money,
    Payment,
    PaymentTerms,
    PenaltyClause,
    TermRule,
    TermStart,
    builtin,
    decide,
)
from recouvrement.domain.documents import AllocationChoice
from support.cases import CREDITOR, case_of, debtor, invoice

ON = date(2026, 9, 15)


def decided(case: Case, on: date = ON) -> Decision:
    return decide(case, on, scenario=builtin("standard_b2b"), law=FRANCE)


def with_terms(terms: PaymentTerms, due_on: date = date(2026, 5, 31)) -> Case:
    bill = Invoice(
        number="F1",
        issued_on=date(2026, 4, 1) if due_on.year == 2026 else due_on,
        total=Money.of("10000.00", "EUR"),
        instalments=(Instalment(amount=Money.of("10000.00", "EUR"), due_on=due_on),),
        terms=terms,
    )
    return Case(creditor=CREDITOR, debtor=debtor(), invoices=(bill,))


@pytest.mark.parametrize(
    ("terms", "interest"),
    [
        (PaymentTerms(), "361.45"),  # STR-01
        (PaymentTerms(half_years=HalfYears.FIXED_AT_START), "356.18"),  # STR-01, fixed at start
        (PaymentTerms(penalty=PenaltyClause.of("12.00")), "351.78"),  # 10 000 x 12 % x 107 / 365 = 351.7808
        (PaymentTerms(penalty=PenaltyClause.of("3x legal")), "238.64"),  # 64.60 + 174.04
        (PaymentTerms(penalty=PenaltyClause.of("12.00"), day_count=DayCount.ACTUAL_360), "356.67"),  # 356.6667
    ],
)
def test_the_terms_of_an_invoice_set_its_penalties(terms: PaymentTerms, interest: str) -> None:
    claim = decided(with_terms(terms)).claim
    assert str(claim.late_interest.amount) == interest
    assert str(claim.indemnities.amount) == "40.00"


def test_a_clause_below_the_floor_counts_nothing_and_gives_both_figures() -> None:
    decision = decided(with_terms(PaymentTerms(penalty=PenaltyClause.of("2x legal"))))
    assert decision.claim.late_interest.minor == 0
    refused = [doubt for doubt in decision.doubts if doubt.code == "clause_below_floor"]
    assert [(doubt.reason.input("rate"), doubt.reason.input("floor")) for doubt in refused] == [
        ("5.24", "7.86"),
        ("5.50", "8.25"),
    ]


def test_terms_that_compound_let_the_interest_of_a_whole_year_bear_interest() -> None:
    terms = PaymentTerms(penalty=PenaltyClause.of("20.00"), capitalises=True)
    decision = decided(with_terms(terms, date(2022, 12, 31)), date(2024, 12, 31))
    # 10 000 x 20 % x 365 / 365 = 2 000.00; 12 000 x 20 % x 366 / 365 = 2 406.5753
    assert str(decision.claim.late_interest.amount) == "4406.58"
    assert decision.claim.items[0].segments[-1].principal == Money.of("12000.00", "EUR")


def test_the_creditors_general_terms_hold_where_the_invoice_has_none() -> None:
    creditor = CREDITOR.model_validate({**dict(CREDITOR), "terms": PaymentTerms(penalty=PenaltyClause.of("12.00"))})
    case = Case(creditor=creditor, debtor=debtor(), invoices=(invoice("F1", date(2026, 5, 31), "10000.00"),))
    assert str(decided(case).claim.late_interest.amount) == "351.78"


def test_three_late_invoices_owe_three_indemnities() -> None:
    case = case_of(*(invoice(f"F{day}", date(2026, 3, day)) for day in (5, 6, 7)))
    assert str(decided(case, date(2026, 4, 1)).claim.indemnities.amount) == "120.00", "IND-01"


@pytest.mark.parametrize(
    ("chosen_by", "is_said"), [(AllocationChoice.DEBTOR, True), (AllocationChoice.CREDITOR, False)]
)
def test_a_debt_chosen_by_the_debtor_is_recorded_with_its_article(
    chosen_by: AllocationChoice, *, is_said: bool
) -> None:
    paid = Money.of("200.00", "EUR")
    payment = Payment(
        id="RGT-1",
        received_on=date(2026, 3, 20),
        amount=paid,
        allocations=(Allocation(item_id="F6", amount=paid, chosen_by=chosen_by),),
    )
    older, newer = invoice("F5", date(2026, 3, 5)), invoice("F6", date(2026, 3, 6))
    case = Case(creditor=CREDITOR, debtor=debtor(), invoices=(older, newer), payments=(payment,))
    items = {item.item_id: item for item in decided(case, date(2026, 4, 1)).claim.items}
    said = [reason for reason in items["F6"].reasons if reason.code == "debt_chosen_by_debtor"]
    assert items["F5"].balance == Money.of("1200.00", "EUR")
    assert bool(said) is is_said
    assert all(reason.source is not None and reason.source.article == "C. civ. art. 1342-10" for reason in said)
    # 1 200 x 12.15 % x 14 / 365 = 5.5923, paid first: 194.41 goes to principal.
    (applied,) = items["F6"].payments
    assert (applied.to_interest.minor, applied.to_principal.minor, applied.surplus.minor) == (559, 19_441, 0)


def worded(wording: str, kind: DebtorKind = DebtorKind.BUSINESS) -> Case:
    amount = Money.of("1200.00", "EUR")
    bill = Invoice(
        number="F1",
        issued_on=date(2026, 3, 10),
        delivered_on=date(2026, 3, 5),
        total=amount,
        instalments=(Instalment(amount=amount),),
        terms=PaymentTerms(wording=wording),
    )
    return Case(creditor=CREDITOR, debtor=debtor(kind), invoices=(bill,))


def test_terms_in_words_with_two_lawful_readings_are_due_on_the_later_with_a_doubt() -> None:
    # 10 March + 45 days is 24 April, end of April; end of March + 45 days is 15 May.
    decision = decided(worded("45 jours fin de mois"), date(2026, 6, 1))
    assert decision.claim.items[0].due_on == date(2026, 5, 15)
    assert [doubt.item_id for doubt in decision.doubts if doubt.code == "ambiguous_end_of_month"] == ["F1"]
    assert not decided(worded("45 jours fin de mois"), date(2026, 5, 15)).claim.items


def test_terms_in_words_that_are_not_understood_give_no_due_date_and_no_letter() -> None:
    decision = decided(worded("selon accord"), date(2026, 11, 2))
    assert (decision.actions, decision.claim.items) == ((), ())
    assert [hold.kind for hold in decision.holds] == [HoldKind.NO_DUE_DATE]
    assert "wording_undecidable" in [doubt.code for doubt in decision.doubts]


def test_plain_terms_in_words_are_a_due_date_like_any_other() -> None:
    decision = decided(worded("Paiement à 30 jours nets"), date(2026, 6, 1))
    assert decision.claim.items[0].due_on == date(2026, 4, 9)


def test_an_invoice_with_only_words_keeps_the_creditors_penalties() -> None:
    general = PaymentTerms(net_days=60, penalty=PenaltyClause.of("12.00"), day_count=DayCount.ACTUAL_360)
    case = generally(general, worded("Paiement à 30 jours nets").invoices[0])
    item = decided(case, date(2026, 4, 19)).claim.items[0]
    # 10 March + 30 days is 9 April; 1 200 x 12 % x 10 / 360 = 4.00.
    assert (item.due_on, str(item.late_interest.amount)) == (date(2026, 4, 9), "4.00")


def generally(terms: PaymentTerms, *bills: Invoice) -> Case:
    """Return a case of a creditor with general terms, on an invoice without any unless one is given."""
    amount = Money.of("1200.00", "EUR")
    bare = Invoice(
        number="F1",
        issued_on=date(2026, 3, 10),
        received_on=date(2026, 3, 12),
        delivered_on=date(2026, 3, 5),
        total=amount,
        instalments=(Instalment(amount=amount),),
    )
    creditor = CREDITOR.model_validate({**dict(CREDITOR), "terms": terms})
    return Case(creditor=creditor, debtor=debtor(), invoices=bills or (bare,))


@pytest.mark.parametrize("wording", ["le 01/01/2026", "le 31/12/2199", "le 31/12/1989"])
def test_a_printed_date_that_cannot_be_meant_is_no_due_date(wording: str) -> None:
    decision = decided(worded(wording), date(2026, 11, 2))
    assert (decision.actions, decision.claim.items) == ((), ())
    assert [hold.kind for hold in decision.holds] == [HoldKind.NO_DUE_DATE]


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("selon nos conditions générales de vente", "wording_undecidable"),
        ("le 01/01/2026", "due_before_issue"),
    ],
)
def test_general_terms_whose_words_give_no_date_leave_the_term_of_the_law(wording: str, code: str) -> None:
    decision = decided(generally(PaymentTerms(wording=wording)), date(2026, 6, 1))
    # Thirty days from the receipt of the goods, 5 March: 4 April.
    assert decision.claim.items[0].due_on == date(2026, 4, 4)
    assert code in [doubt.code for doubt in decision.doubts]


@pytest.mark.parametrize(
    ("terms", "due_on"),
    [
        # 10 March + 45 days = 24 April, end of April; end of March + 45 days = 15 May.
        (PaymentTerms(wording="45 jours fin de mois", rule=TermRule.DAYS_THEN_EOM), date(2026, 4, 30)),
        (PaymentTerms(wording="45 jours fin de mois", rule=TermRule.EOM_THEN_DAYS), date(2026, 5, 15)),
        # Words that speak of an end of month are not silent.
        (PaymentTerms(wording="fin de mois + 45 jours", rule=TermRule.DAYS_THEN_EOM), date(2026, 5, 15)),
        (PaymentTerms(wording="30 jours", rule=TermRule.DAYS_THEN_EOM), date(2026, 4, 30)),
        # 24 April, 30 April, 15 May.
        (
            PaymentTerms(wording="45 jours fin de mois", rule=TermRule.DAYS_THEN_EOM, day_of_month=15),
            date(2026, 5, 15),
        ),
        # 12 March + 30 days = 11 April; 10 March + 30 days = 9 April.
        (PaymentTerms(wording="30 jours", starts=TermStart.RECEIPT), date(2026, 4, 11)),
        (PaymentTerms(wording="30 jours date de facture", starts=TermStart.RECEIPT), date(2026, 4, 9)),
        (PaymentTerms(wording="30 jours"), date(2026, 4, 9)),
    ],
)
def test_general_terms_complete_their_own_words(terms: PaymentTerms, due_on: date) -> None:
    decision = decided(generally(terms), date(2026, 6, 1))
    assert decision.claim.items[0].due_on == due_on
    assert "ambiguous_end_of_month" not in [doubt.code for doubt in decision.doubts]
