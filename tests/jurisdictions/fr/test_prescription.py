from datetime import date

from recouvrement.domain.decision import Deadline
from recouvrement.domain.documents import Instalment, Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind, PublicBody
from recouvrement.domain.terms import PaymentTerms
from recouvrement.domain.vocabulary import ClaimNature
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.jurisdiction import Limitation
from recouvrement.law.limitation import Act

CREDITOR = Creditor(id="C1", name="Scierie du Haut-Doubs")
TOTAL = Money.of("1200.00", "EUR")


def invoice(issued_on: date, due_on: date | None, delivered_on: date | None = None) -> Invoice:
    return Invoice.single("F2026-118", issued_on=issued_on, due_on=due_on, delivered_on=delivered_on, total=TOTAL)


def limitation(
    facts: Invoice,
    kind: DebtorKind = DebtorKind.BUSINESS,
    creditor: Creditor = CREDITOR,
    public_body: PublicBody | None = None,
    acts: tuple[Act, ...] = (),
) -> Limitation:
    debtor = Debtor(id="D1", name="Ateliers Kervella", kind=kind, public_body=public_body)
    return FRANCE.prescription(facts.items[-1], facts, debtor, creditor, acts)


def dated(found: Limitation) -> Deadline:
    assert found.deadline is not None
    return found.deadline


def codes(found: Limitation) -> list[str]:
    return [doubt.code for doubt in found.doubts]


def test_the_path_goes_from_the_due_date_to_the_last_day_under_the_right_text() -> None:
    deadline = dated(limitation(invoice(date(2026, 1, 5), date(2026, 2, 4))))
    assert [(step.from_, step.act, step.effect) for step in deadline.path] == [
        (date(2026, 2, 4), "due_date", "period_starts"),
        (date(2031, 2, 4), "period_ends", "last_day"),
    ]
    assert deadline.path[-1].source.article == "C. com. art. L110-4 I"
    assert not deadline.is_past(date(2031, 2, 4))
    assert deadline.is_past(date(2031, 2, 5))


def test_the_path_of_a_consumer_shows_both_dates_when_they_differ() -> None:
    found = limitation(invoice(date(2026, 1, 5), date(2026, 2, 4), date(2026, 1, 2)), DebtorKind.CONSUMER)
    assert [(step.act, step.effect) for step in dated(found).path] == [
        ("completion", "period_starts"),
        ("due_date", "later_start_not_followed"),
        ("period_ends", "last_day"),
    ]


def test_each_instalment_has_its_own_last_day() -> None:
    parts = tuple(
        Instalment(amount=Money.of("600.00", "EUR"), due_on=due_on) for due_on in (date(2026, 2, 4), date(2026, 3, 6))
    )
    facts = Invoice(number="F2026-118", issued_on=date(2026, 1, 5), total=TOTAL, instalments=parts)
    assert dated(limitation(facts)).last_day == date(2031, 3, 6)


def test_a_late_invoice_counts_from_delivery_and_the_term_agreed() -> None:
    late = invoice(date(2026, 3, 16), date(2026, 4, 30), date(2026, 1, 5))
    agreed = Creditor(id="C1", name="Scierie du Haut-Doubs", terms=PaymentTerms(net_days=45))
    found = limitation(late, creditor=agreed)
    assert dated(found).last_day == date(2031, 2, 19), "5 January + 45 days"
    assert codes(found) == ["late_invoice"]
    assert dated(limitation(late)).last_day == date(2031, 2, 4), "5 January + 30 days"


def test_an_invoice_within_thirty_days_of_delivery_is_not_late() -> None:
    found = limitation(invoice(date(2026, 2, 4), date(2026, 4, 5), date(2026, 1, 5)))
    assert (dated(found).last_day, codes(found)) == (date(2031, 4, 5), [])


def test_a_due_date_earlier_than_delivery_and_term_still_governs() -> None:
    found = limitation(invoice(date(2026, 3, 16), date(2026, 1, 20), date(2026, 1, 5)))
    assert (dated(found).last_day, codes(found)) == (date(2031, 1, 20), [])


def test_without_any_due_date_the_earliest_of_issue_and_delivery_starts_the_period() -> None:
    found = limitation(invoice(date(2026, 1, 5), None, date(2026, 1, 20)))
    assert dated(found).last_day == date(2031, 1, 5)
    assert codes(found) == ["start_without_due_date"]
    consumer = limitation(invoice(date(2026, 1, 5), None), DebtorKind.CONSUMER)
    assert (dated(consumer).last_day, codes(consumer)) == (date(2028, 1, 5), ["start_without_due_date"])


def test_a_public_undertaking_may_have_no_public_accountant() -> None:
    facts = invoice(date(2026, 1, 5), date(2026, 3, 6), date(2026, 1, 5))
    found = limitation(facts, DebtorKind.PUBLIC, public_body=PublicBody.PUBLIC_UNDERTAKING)
    assert (dated(found).last_day, codes(found)) == (date(2030, 12, 31), ["public_accountant_unknown"])


def test_the_path_of_a_public_debt_shows_the_first_of_january() -> None:
    found = limitation(invoice(date(2026, 1, 5), date(2026, 3, 6), date(2026, 1, 5)), DebtorKind.PUBLIC)
    assert [(step.from_, step.act) for step in dated(found).path] == [
        (date(2026, 1, 5), "completion"),
        (date(2027, 1, 1), "first_of_january"),
        (date(2030, 12, 31), "period_ends"),
    ]


def test_a_due_date_after_the_covered_days_still_gets_a_deadline_and_a_doubt() -> None:
    found = limitation(invoice(date(2027, 12, 15), date(2028, 1, 14)))
    assert (dated(found).last_day, codes(found)) == (date(2033, 1, 14), ["rule_not_covered"])


def test_time_does_not_run_while_proceedings_last() -> None:
    found = limitation(invoice(date(2026, 1, 5), date(2026, 2, 4)), acts=(Act("court_claim", date(2027, 3, 1)),))
    assert found.deadline is None


def of_nature(nature: ClaimNature, delivered_on: date | None = None) -> Invoice:
    drawn = invoice(date(2026, 1, 5), date(2026, 2, 4), delivered_on)
    return Invoice(
        number=drawn.number,
        issued_on=drawn.issued_on,
        total=drawn.total,
        instalments=drawn.instalments,
        delivered_on=drawn.delivered_on,
        claim_nature=nature,
    )


def test_carriage_whose_day_of_delivery_is_not_known_counts_from_the_earliest_day_known() -> None:
    found = limitation(of_nature(ClaimNature.TRANSPORT))
    assert (dated(found).last_day, codes(found)) == (date(2027, 1, 5), ["completion_unknown"])


def test_the_three_months_of_the_cmr_are_not_added_to_a_day_that_is_not_that_of_the_contract() -> None:
    found = limitation(of_nature(ClaimNature.TRANSPORT_CMR, date(2025, 12, 29)))
    assert (dated(found).last_day, codes(found)) == (date(2026, 12, 29), ["start_not_on_invoice"])


def test_the_nature_of_the_claims_of_the_creditor_holds_for_an_invoice_that_says_none() -> None:
    operator = Creditor(id="C1", name="Télécom du Haut-Doubs", claim_nature=ClaimNature.TELECOM)
    found = limitation(invoice(date(2026, 1, 5), date(2026, 2, 4)), creditor=operator)
    assert (dated(found).regime, dated(found).last_day) == ("telecom", date(2027, 2, 4))


def test_consumer_credit_towards_a_business_is_an_ordinary_claim_and_unknown_is_a_consumer() -> None:
    credit = of_nature(ClaimNature.CREDIT_CONSO)
    assert dated(limitation(credit)).regime == "b2b"
    found = limitation(credit, DebtorKind.UNKNOWN)
    assert (dated(found).regime, codes(found)) == ("credit_conso", ["debtor_kind_unknown"])


def test_the_doubts_of_an_item_name_it() -> None:
    found = limitation(invoice(date(2024, 1, 30), date(2024, 2, 29)))
    assert [(doubt.code, doubt.item_id) for doubt in found.doubts] == [("february_ambiguity", "F2026-118")]
