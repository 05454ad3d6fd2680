"""The errors that published tables and programs make about prescription, one test each."""

from datetime import date

import pytest

from recouvrement.domain.documents import Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind
from recouvrement.jurisdictions.fr.prescription import limitation, prescription
from recouvrement.law.limitation import Act, LimitationAnswer, LimitationFacts


def counted(regime: str, start_on: date, *acts: Act, at_midnight: bool = False) -> LimitationAnswer:
    return limitation(LimitationFacts(regime, start_on, acts, starts_at_midnight=at_midnight))


def last_day(regime: str, start_on: date, *acts: Act, at_midnight: bool = False) -> date | None:
    return counted(regime, start_on, *acts, at_midnight=at_midnight).last_day


def effects(found: LimitationAnswer, kind: str) -> list[str]:
    return [step.effect for step in found.path if step.act == kind]


def of_invoice(kind: DebtorKind, issued_on: date, due_on: date | None, delivered_on: date | None) -> date:
    total = Money.of("1200.00", "EUR")
    invoice = Invoice.single("F2026-118", issued_on=issued_on, due_on=due_on, delivered_on=delivered_on, total=total)
    debtor = Debtor(id="D1", name="SCI du Vieux Moulin", kind=kind)
    deadline, _ = prescription(invoice.items[0], invoice, debtor, Creditor(id="C1", name="Scierie du Haut-Doubs"))
    assert deadline is not None
    return deadline.last_day


def test_trap_01_the_day_of_the_event_is_not_counted_but_the_first_day_of_a_statute_is() -> None:
    assert last_day("general", date(2010, 6, 19)) == date(2015, 6, 19)
    assert last_day("general", date(2010, 6, 19), at_midnight=True) == date(2015, 6, 18)


@pytest.mark.parametrize(
    ("regime", "start_on", "strict"),
    [
        ("b2b", date(2006, 2, 1), date(2013, 6, 18)),
        ("rent_home", date(2013, 5, 5), date(2017, 3, 26)),
        ("copro", date(2017, 1, 31), date(2023, 11, 24)),
    ],
)
def test_trap_02_tables_of_reforms_are_one_day_too_generous(regime: str, start_on: date, strict: date) -> None:
    found = counted(regime, start_on)
    assert found.last_day == strict
    doubt = next(doubt for doubt in found.doubts if doubt.code == "source_conflict_one_day")
    assert doubt.reason.input("sources_print") == date.fromordinal(strict.toordinal() + 1).isoformat()


def test_trap_03_prescription_is_not_put_off_to_monday() -> None:
    found = counted("b2b", date(2011, 4, 23))
    assert found.last_day == date(2016, 4, 23), "a Saturday"
    assert found.safe_day == date(2016, 4, 22)


def test_trap_04_a_registered_mise_en_demeure_interrupts_nothing_and_the_path_says_so() -> None:
    found = counted("b2b", date(2022, 2, 15), Act("mise_en_demeure", date(2024, 5, 10)))
    assert found.last_day == date(2027, 2, 15)
    step = next(step for step in found.path if step.act == "mise_en_demeure")
    assert (step.effect, step.source.article) == ("no_effect", "Cass. com. 18 mai 2022, n° 20-23.204")


def test_trap_05_filing_a_request_for_an_order_interrupts_nothing_its_service_does() -> None:
    filed = Act("order_filed", date(2024, 1, 10))
    assert last_day("b2c", date(2022, 2, 15), filed) == date(2024, 2, 15)
    assert last_day("b2c", date(2022, 2, 15), filed, Act("order_served", date(2024, 2, 10))) == date(2026, 2, 10)


def test_trap_06_a_payment_after_expiry_revives_nothing() -> None:
    found = counted("b2c", date(2022, 2, 15), Act("part_payment", date(2024, 2, 16)))
    assert (found.last_day, effects(found, "part_payment")) == (date(2024, 2, 15), ["after_expiry"])
    in_time = counted("b2c", date(2022, 2, 15), Act("part_payment", date(2024, 2, 15)))
    assert in_time.last_day == date(2026, 2, 15), "the last day runs until midnight"


def test_trap_07_the_due_date_starts_the_time_of_a_business_not_the_invoice() -> None:
    assert of_invoice(DebtorKind.BUSINESS, date(2020, 12, 31), date(2021, 1, 30), None) == date(2026, 1, 30)


def test_trap_08_a_late_invoice_does_not_put_the_start_off() -> None:
    # Completed on 31/10/2019; in time, the invoice would have been due thirty days later, on 30/11/2019.
    found = of_invoice(DebtorKind.BUSINESS, date(2020, 6, 4), date(2020, 7, 4), date(2019, 10, 31))
    assert found == date(2024, 11, 30)


def test_trap_09_a_property_company_or_a_co_ownership_is_no_consumer() -> None:
    assert of_invoice(DebtorKind.NON_PROFESSIONAL, date(2025, 3, 10), date(2025, 4, 9), None) == date(2030, 4, 9)


def test_trap_10_the_quadriennale_runs_from_the_first_of_january_even_after_an_act() -> None:
    assert last_day("public_debtor", date(2020, 3, 4)) == date(2024, 12, 31)
    assert last_day("public_debtor", date(2020, 3, 4), Act("written_claim", date(2022, 6, 1))) == date(2026, 12, 31)


def test_trap_11_six_months_are_months_and_not_one_hundred_and_eighty_days() -> None:
    # Mediation 01/03/2026 to 15/03/2026: 10/03/2026 + 14 days = 24/03; 15/03 + 6 months = 15/09, + 180 days = 11/09.
    mediation = Act("mediation", date(2026, 3, 1), date(2026, 3, 15))
    assert last_day("b2b", date(2021, 3, 10), mediation) == date(2026, 9, 15)


def test_trap_12_a_payment_by_a_third_party_interrupts_nothing() -> None:
    assert last_day("b2b", date(2022, 2, 15), Act("third_party_payment", date(2024, 5, 10))) == date(2027, 2, 15)


def test_trap_13_a_plain_commandement_or_sommation_interrupts_nothing_one_before_seizure_does() -> None:
    day = date(2024, 5, 10)
    for kind in ("commandement_de_payer", "sommation", "reminder", "loi_2026_commandement"):
        assert last_day("b2b", date(2022, 2, 15), Act(kind, day)) == date(2027, 2, 15)
    assert last_day("b2b", date(2022, 2, 15), Act("commandement_saisie_vente", day)) == date(2029, 5, 10)


def test_trap_14_commercial_rent_has_five_years_and_not_two() -> None:
    assert last_day("rent_commercial", date(2022, 2, 15)) == date(2027, 2, 15)


def test_trap_15_an_acknowledgement_does_not_act_on_a_forclusion_a_court_claim_does() -> None:
    assert last_day("credit_conso", date(2024, 5, 6), Act("acknowledgement", date(2025, 1, 15))) == date(2026, 5, 6)
    claim = Act("court_claim", date(2025, 1, 15), date(2025, 10, 1))
    assert last_day("credit_conso", date(2024, 5, 6), claim) == date(2027, 10, 1)


def test_trap_16_talks_without_a_mediator_suspend_nothing() -> None:
    talks = Act("negotiation", date(2024, 1, 1), date(2025, 1, 1))
    assert last_day("b2b", date(2022, 2, 15), talks) == date(2027, 2, 15)


def test_trap_17_an_expertise_asked_by_the_other_party_suspends_nothing() -> None:
    from_, until = date(2024, 1, 1), date(2025, 1, 1)
    assert last_day("b2b", date(2022, 2, 15), Act("expertise_by_other", from_, until)) == date(2027, 2, 15)
    # 2024 has 366 days: 15/02/2027 + 366 days.
    assert last_day("b2b", date(2022, 2, 15), Act("expertise", from_, until)) == date(2028, 2, 16)


def test_trap_18_a_withdrawn_claim_is_as_if_it_had_never_been() -> None:
    claim, withdrawn = Act("court_claim", date(2024, 1, 10)), Act("claim_withdrawn", date(2025, 3, 1))
    found = counted("b2c", date(2022, 2, 15), claim, withdrawn)
    assert (found.last_day, effects(found, "court_claim")) == (date(2024, 2, 15), ["void"])


def test_trap_19_the_filing_of_over_indebtedness_does_not_act_on_a_forclusion() -> None:
    filing = Act("over_indebtedness_filing", date(2025, 1, 15))
    assert last_day("credit_conso", date(2024, 5, 6), filing) == date(2026, 5, 6)
    found = counted("b2c", date(2024, 5, 6), filing)
    assert found.last_day == date(2027, 1, 15)
    assert "filing_as_acknowledgement" in {doubt.code for doubt in found.doubts}


def test_trap_20_the_protected_days_of_2020_help_only_what_expired_in_them() -> None:
    assert last_day("b2b", date(2015, 3, 11)) == date(2020, 3, 11)
    assert last_day("b2b", date(2015, 3, 12)) == date(2020, 8, 23)
    assert last_day("b2b", date(2015, 6, 23)) == date(2020, 8, 23)
    assert last_day("b2b", date(2015, 6, 24)) == date(2020, 6, 24)


def test_trap_21_a_judgment_has_ten_years_not_five_nor_thirty() -> None:
    assert last_day("judgment", date(2020, 9, 1)) == date(2030, 9, 1)


def test_trap_22_telecom_and_transport_have_one_year_even_between_traders() -> None:
    assert last_day("telecom", date(2024, 9, 1)) == last_day("transport", date(2024, 9, 1)) == date(2025, 9, 1)
