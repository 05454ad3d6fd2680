"""What a naive implementation of late payment gets wrong: the fourteen traps of the law dossier, one test each."""

from datetime import date
from decimal import Decimal

import pytest

from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.parties import DebtorKind, PublicBody
from recouvrement.domain.terms import HalfYears, Imputation
from recouvrement.errors import NotCovered, RefusedClause
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.clauses import clause_floor
from recouvrement.jurisdictions.fr.interets_legaux import legal_rate
from recouvrement.jurisdictions.fr.parametres import ParameterName, parametre
from recouvrement.jurisdictions.fr.penalites_de_retard import business_rate
from recouvrement.law.jurisdiction import Accrual, Debt, Receipt
from recouvrement.law.strict import refuse_gaps
from recouvrement.law.terms import TermFacts


def debt(due_on: date, minor: int = 1_000_000, kind: DebtorKind = DebtorKind.BUSINESS, **fields: object) -> Debt:
    made = Debt(
        item_id="F2026-118",
        due_on=due_on,
        principal_minor=minor,
        receipts=(),
        currency="EUR",
        debtor_kind=kind,
        creditor_is_natural_person=False,
        notice_on=None,
        insolvency_opened_on=None,
        imputation=Imputation.INTEREST_FIRST,
    )
    return made._replace(**fields)  # type: ignore[arg-type]  # fields are those of Debt


def codes(accrual: Accrual) -> list[str]:
    return [doubt.code for doubt in accrual.doubts]


def test_trap_1_the_floor_of_clauses_never_raises_the_default_rate() -> None:
    for day, default in ((date(2024, 1, 1), "14.50"), (date(2024, 7, 1), "14.25")):
        assert business_rate(day).percent == Decimal(default)
        assert business_rate(day).percent < clause_floor(day)
    written = debt(date(2024, 1, 31), penalty=PenaltyClause.of("14.50"))
    with pytest.raises(RefusedClause, match=r"14\.50 % is below the floor of 15\.21 %"):
        refuse_gaps(FRANCE.accrual(written, date(2024, 3, 1)), FRANCE)


def test_trap_2_the_rate_is_a_snapshot_of_1_january_or_1_july() -> None:
    assert business_rate(date(2022, 12, 31)).percent == Decimal("10.00"), "0.00 on 1 July, whatever came on 27 July"
    assert business_rate(date(2026, 12, 31)).percent == Decimal("12.40"), "the rise of 16 September waits for January"
    assert business_rate(date(2026, 6, 30)).percent == Decimal("12.15"), "the rise of 17 June waits for 1 July"


def test_trap_3_a_delay_over_1_july_changes_rate_for_a_business_and_not_for_a_public_body() -> None:
    due_on, on = date(2026, 5, 20), date(2026, 7, 31)
    business = FRANCE.accrual(debt(due_on), on)
    public = FRANCE.accrual(debt(due_on, kind=DebtorKind.PUBLIC), on)
    frozen = FRANCE.accrual(debt(due_on, half_years=HalfYears.FIXED_AT_START), on)
    assert [segment.rate for segment in business.segments] == [Decimal("12.15"), Decimal("12.40")]
    assert [segment.rate for segment in frozen.segments] == [Decimal("12.15")]
    assert [segment.rate for segment in public.segments] == [Decimal("10.15")]
    for accrual, reading in ((business, "re_anchored"), (frozen, "fixed_at_start")):
        doubt = next(doubt for doubt in accrual.doubts if doubt.code == "half_years_reading_unsettled")
        assert doubt.reason.input("reading") == reading
    assert codes(public) == []


def test_trap_4_a_leap_year_is_divided_by_365_like_the_others() -> None:
    accrual = FRANCE.accrual(debt(date(2019, 12, 31), 36_500), date(2020, 12, 31))
    # 365.00 at 10 % is 0.10 a day: 182 days to 30 June 2020, then 184.
    assert [(segment.days, segment.amount.minor) for segment in accrual.segments] == [(182, 1820), (184, 1840)]


def test_trap_5_perishable_food_left_the_ten_day_block_on_1_november_2021() -> None:
    def latest(delivered_on: date, *, is_periodic: bool) -> date | None:
        facts = TermFacts(
            DebtorKind.BUSINESS,
            sector="perishable",
            issued_on=delivered_on,
            delivered_on=delivered_on,
            is_periodic=is_periodic,
        )
        return FRANCE.due_date("30 jours", facts).lawful_latest

    assert latest(date(2026, 3, 12), is_periodic=False) == date(2026, 4, 11), "DUE-32"
    assert latest(date(2026, 3, 12), is_periodic=True) == date(2026, 4, 19), "DUE-33"
    assert latest(date(2021, 10, 12), is_periodic=False) == date(2021, 11, 19), "20 October and 30 days"


def test_trap_6_45_days_end_of_month_has_two_readings_and_the_later_one_governs() -> None:
    def read(issued_on: date) -> tuple[dict[str, date | None], date | None]:
        answer = FRANCE.due_date("45 jours fin de mois", TermFacts(DebtorKind.BUSINESS, issued_on=issued_on))
        assert "ambiguous_end_of_month" in [doubt.code for doubt in answer.doubts]
        return {reading.name: reading.due_on for reading in answer.readings}, answer.due_on

    early, due_early = read(date(2025, 10, 5))
    assert early == {"days_then_eom": date(2025, 11, 30), "eom_then_days": date(2025, 12, 15)}, "DUE-04"
    late, due_late = read(date(2008, 4, 17))
    assert late == {"days_then_eom": date(2008, 6, 30), "eom_then_days": date(2008, 6, 14)}, "DUE-10"
    assert (due_early, due_late) == (date(2025, 12, 15), date(2008, 6, 30))


def test_trap_7_the_default_term_starts_at_receipt_or_performance_not_at_the_invoice() -> None:
    facts = TermFacts(DebtorKind.BUSINESS, issued_on=date(2014, 1, 2), delivered_on=date(2014, 1, 6))
    assert FRANCE.due_date(None, facts).due_on == date(2014, 2, 5), "DUE-16"
    public = TermFacts(
        DebtorKind.PUBLIC,
        public_body=PublicBody.STATE_OR_LOCAL,
        issued_on=date(2026, 5, 1),
        received_on=date(2026, 5, 4),
        delivered_on=date(2026, 5, 18),
    )
    assert FRANCE.due_date(None, public).due_on == date(2026, 6, 17), "DUE-53"


def test_trap_8_the_indemnity_is_due_once_per_invoice_whole_even_for_one_day_and_never_by_a_consumer() -> None:
    three = [FRANCE.indemnity(debt(date(2026, 3, day)), date(2026, 4, 1)).amount.minor for day in (5, 6, 7)]
    assert sum(three) == 12_000, "IND-01: three invoices claimed together, 120 euros"
    for on in (date(2026, 3, 6), date(2026, 11, 21)):
        assert FRANCE.indemnity(debt(date(2026, 3, 5)), on).amount.minor == 4_000
    half_in_time = debt(date(2026, 3, 5), receipts=(Receipt(date(2026, 3, 1), 500_000),))
    assert FRANCE.indemnity(half_in_time, date(2026, 3, 6)).amount.minor == 4_000
    assert FRANCE.indemnity(debt(date(2026, 3, 5), kind=DebtorKind.CONSUMER), date(2026, 4, 1)).amount.minor == 0


def test_trap_9_the_column_of_the_legal_rate_follows_the_creditor() -> None:
    due_on, on = date(2026, 1, 31), date(2026, 4, 20)
    consumer = debt(due_on, kind=DebtorKind.CONSUMER, notice_on=date(2026, 3, 10))
    assert FRANCE.accrual(consumer, on).segments[0].rate == Decimal("2.62")
    private = consumer._replace(creditor_is_natural_person=True)
    assert FRANCE.accrual(private, on).segments[0].rate == Decimal("6.67")
    assert legal_rate(date(2014, 5, 1), creditor_is_natural_person=True).percent == Decimal("0.04")


def test_trap_10_penalties_and_legal_interest_of_the_same_delay_are_never_added() -> None:
    noticed = debt(date(2026, 1, 31), notice_on=date(2026, 2, 10))
    on = date(2026, 4, 1)
    assert FRANCE.accrual(noticed, on) == FRANCE.accrual(noticed._replace(notice_on=None), on)
    judged = FRANCE.accrual(noticed._replace(enforceable_on=date(2026, 2, 15)), on)
    assert {segment.rate for segment in judged.segments} == {Decimal("2.62")}


def test_trap_11_five_points_join_the_legal_rate_two_months_after_the_decision_is_enforceable() -> None:
    judged = debt(date(2026, 1, 15), 500_000, enforceable_on=date(2026, 1, 15))
    accrual = FRANCE.accrual(judged, date(2026, 5, 31))
    assert [(segment.from_, segment.rate) for segment in accrual.segments] == [
        (date(2026, 1, 16), Decimal("2.62")),
        (date(2026, 3, 16), Decimal("7.62")),
    ]


@pytest.mark.parametrize(
    ("day", "column", "printed_elsewhere", "rate"),
    [
        (date(2018, 1, 1), "taux_interet_legal_autres", "0.88", "0.89"),
        (date(2019, 1, 1), "taux_interet_legal_autres", "0.76", "0.86"),
        (date(2026, 1, 1), "taux_interet_legal_autres", "6.67", "2.62"),
        (date(2026, 1, 1), "taux_interet_legal_particulier", "2.72", "6.67"),
        (date(2025, 1, 1), "taux_interet_legal_autres", "5.22", "3.71"),
        (date(2025, 7, 1), "taux_interet_legal_particulier", "9.76", "6.65"),
        (date(2026, 7, 1), "taux_interet_legal_autres", "4.26", "2.75"),
    ],
)
def test_trap_12_the_errors_of_public_tables_are_not_loaded(
    day: date, column: ParameterName, printed_elsewhere: str, rate: str
) -> None:
    assert parametre(column).on(day).value == Decimal(rate) != Decimal(printed_elsewhere)


def test_trap_13_an_unknown_future_rate_stops_the_account_and_is_refused_by_the_calculator() -> None:
    accrual = FRANCE.accrual(debt(date(2026, 11, 30)), date(2027, 2, 15))
    assert accrual.through == date(2026, 12, 31)
    # 10 000 x 12.40 % x 31 / 365 = 105.3151
    assert accrual.late_interest.minor == 10_532
    doubt = next(doubt for doubt in accrual.doubts if doubt.code == "rate_not_published")
    assert doubt.reason.input("parameter") == "fr.taux_bce_refinancement"
    assert doubt.reason.input("from") == "2027-01-01"
    assert doubt.reason.input("through") == "2026-12-31"
    assert doubt.reason.input("expected_on") == "2026-12-17"
    with pytest.raises(NotCovered, match=r"2027-01-01.*rates add"):
        refuse_gaps(accrual, FRANCE)


def test_trap_14_the_renumbering_of_1_january_2027_changes_no_figure() -> None:
    figures: tuple[ParameterName, ...] = (
        "penalites_marge_bce",
        "penalites_plancher_multiple",
        "indemnite_forfaitaire",
        "marge_debiteur_public",
        "delai_legal_par_defaut",
    )
    for name in figures:
        assert parametre(name).on(date(2026, 12, 31)).value == parametre(name).on(date(2027, 1, 1)).value
    assert FRANCE.indemnity(debt(date(2027, 1, 10)), date(2027, 2, 1)).amount.minor == 4_000
