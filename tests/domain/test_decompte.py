"""A décompte adds up by hand, or it is not made. The sums below were worked out by hand; the working is beside them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recouvrement.domain.decision import AppliedPayment, ClaimItem, Doubt, Segment
from recouvrement.domain.decompte import Decompte, decompte
from recouvrement.domain.decompte_lines import CompoundingLine, InterestLine, PaymentLine
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import DayCount
from recouvrement.errors import InvalidInput
from support.claims import (
    COMPOUNDED,
    IMPUTATION,
    INDEMNITY,
    INTEREST_FIRST,
    cap_01,
    claim,
    eur,
    item,
    part_02,
    payment,
    rebuilt,
    rebuilt_item,
    segment,
)

PART_02, CAP_01 = claim(part_02()), claim(cap_01())
APRIL, END_2024 = date(2026, 4, 1), date(2024, 12, 31)


def test_a_part_payment_first_extinguishes_interest() -> None:
    made = decompte(PART_02, APRIL)
    (one,) = made.items
    first, paid, second = one.lines
    assert isinstance(first, InterestLine)
    assert isinstance(paid, PaymentLine)
    assert isinstance(second, InterestLine)
    assert (first.from_, first.through, first.days, first.divisor) == (date(2026, 2, 1), date(2026, 3, 2), 30, 365)
    assert (first.base, first.rate, first.amount) == (eur("10000"), Decimal("12.15"), eur("99.86"))
    assert (first.article, first.confidence) == ("C. com. art. L441-10 II", Confidence.VERIFIED)
    assert (paid.to_interest, paid.to_principal, paid.source) == (eur("99.86"), eur("3900.14"), IMPUTATION)
    assert (second.base, second.amount) == (eur("6099.86"), eur("60.92"))
    assert (one.interest_accrued, one.interest_paid, one.interest_owed) == (eur("160.78"), eur("99.86"), eur("60.92"))
    assert (one.principal_left, one.indemnity, one.subtotal) == (eur("6099.86"), eur("40"), eur("6200.78"))
    assert one.indemnity_source is not None
    assert one.indemnity_source.article == "C. com. art. D441-5"
    assert (made.principal, made.late_interest, made.total) == (eur("6099.86"), eur("60.92"), eur("6200.78"))


def test_a_part_payment_first_extinguishes_principal_where_the_creditor_agreed() -> None:
    (one,) = decompte(claim(part_02(interest_first=False)), APRIL).items
    assert (one.interest_accrued, one.interest_paid, one.interest_owed) == (eur("159.78"), eur("0"), eur("159.78"))
    assert (one.principal_left, one.subtotal) == (eur("6000"), eur("6199.78"))


def test_a_delay_over_two_half_years_has_a_line_for_each() -> None:
    # STR-01: 30 days of June, 10000 x 0.1215 x 30 / 365 = 99.863; then 77 days, 10000 x 0.1240 x 77 / 365 = 261.589.
    straddling = item(
        date(2026, 5, 31),
        principal="10000",
        interest="361.45",
        segments=(
            segment(date(2026, 6, 1), date(2026, 7, 1), "10000", "12.15", "99.86"),
            segment(date(2026, 7, 1), date(2026, 9, 16), "10000", "12.40", "261.59"),
        ),
        reasons=(Reason.of("half_years_reading", Authority.LAW, {"reading": "re_anchored"}),),
    )
    made = decompte(claim(straddling), date(2026, 9, 15))
    assert [line.days for line in made.items[0].lines if isinstance(line, InterestLine)] == [30, 77]
    assert made.late_interest == eur("361.45")
    assert "half_years:re_anchored" in made.conventions


def test_the_reading_of_half_years_is_read_from_the_doubts_too() -> None:
    # STR-01, one rate to the end: 10000 x 0.1215 x 107 / 365 = 356.178.
    one_rate = item(
        date(2026, 5, 31),
        principal="10000",
        interest="356.18",
        segments=(segment(date(2026, 6, 1), date(2026, 9, 16), "10000", "12.15", "356.18"),),
    )
    reason = Reason.of("half_years_reading_unsettled", Authority.LAW, {"reading": "fixed_at_start"})
    doubt = Doubt(code="half_years_reading_unsettled", reason=reason)
    made = decompte(claim(one_rate), date(2026, 9, 15), (doubt, doubt))
    assert "half_years:fixed_at_start" in made.conventions
    assert "half_years:fixed_at_start" not in made.items[0].conventions
    assert made.doubts == (doubt,)


def test_interest_of_a_whole_year_joins_the_base_on_a_line_of_its_own() -> None:
    made = decompte(CAP_01, END_2024)
    _, compounded, second = made.items[0].lines
    assert isinstance(compounded, CompoundingLine)
    assert isinstance(second, InterestLine)
    assert (compounded.on, compounded.amount) == (date(2024, 1, 1), eur("1000"))
    assert compounded.source is not None
    assert compounded.source.article == "C. civ. art. 1343-2"
    assert (second.base, second.amount) == (eur("11000"), eur("1103.01"))
    assert [left.base for left in made.items[0].balances()] == [eur("10000"), eur("11000"), eur("11000")]
    assert (made.principal, made.late_interest, made.total) == (eur("10000"), eur("2103.01"), eur("12103.01"))
    assert "interest_compounded_yearly" in made.conventions


def test_a_payment_reaches_compounded_interest_after_the_interest_accrued_since() -> None:
    # 2024: 11000 x 0.10 x 62 / 365 = 186.849 to 2 March. 500 pays it and 313.15 of the 1000 compounded: 686.85 left,
    # so the base is 10686.85; 10686.85 x 0.10 x 29 / 365 = 84.909 to 31 March.
    paid = item(
        date(2022, 12, 31),
        principal="10000",
        interest="771.76",
        segments=(
            segment(date(2023, 1, 1), date(2024, 1, 1), "10000", "10.00", "1000"),
            segment(date(2024, 1, 1), date(2024, 3, 3), "11000", "10.00", "186.85"),
            segment(date(2024, 3, 3), date(2024, 4, 1), "10686.85", "10.00", "84.91"),
        ),
        payments=(payment(date(2024, 3, 2), "500", "500", "0"),),
        reasons=(INTEREST_FIRST, COMPOUNDED),
    )
    (one,) = decompte(claim(paid), date(2024, 3, 31)).items
    assert [left.compounded for left in one.balances()] == [eur("0"), *[eur("1000")] * 2, *[eur("686.85")] * 2]
    assert (one.interest_accrued, one.interest_paid, one.interest_owed) == (eur("1271.76"), eur("500"), eur("771.76"))


@pytest.mark.parametrize(
    ("parts", "interest"),
    [
        # 92 days of 2023 and 182 of 2024: 274. 10000 x 0.12 x 274 / 365 = 900.822.
        pytest.param([(date(2023, 10, 1), date(2024, 7, 1), "900.82", DayCount.ACTUAL_365)], "900.82", id="365"),
        # 10000 x 0.12 x 92 / 365 = 302.466; 10000 x 0.12 x 182 / 366 = 596.721.
        pytest.param(
            [
                (date(2023, 10, 1), date(2024, 1, 1), "302.47", DayCount.ACTUAL_ACTUAL),
                (date(2024, 1, 1), date(2024, 7, 1), "596.72", DayCount.ACTUAL_ACTUAL),
            ],
            "899.19",
            id="length of the year",
        ),
        # 10000 x 0.12 x 274 / 360 = 913.333.
        pytest.param([(date(2023, 10, 1), date(2024, 7, 1), "913.33", DayCount.ACTUAL_360)], "913.33", id="360"),
    ],
)
def test_the_divisor_is_that_of_the_day_count(parts: list[tuple[date, date, str, DayCount]], interest: str) -> None:
    # DAY-02: 10 000 € due on 30 September 2023, 12 %, paid on 30 June 2024.
    segments = tuple(
        segment(from_, until, "10000", "12.00", amount, day_count=day_count)
        for from_, until, amount, day_count in parts
    )
    late = item(date(2023, 9, 30), principal="10000", interest=interest, segments=segments)
    made = decompte(claim(late), date(2024, 6, 30))
    assert made.late_interest == eur(interest)
    assert f"day_count:{parts[0][3].value}" in made.conventions


def test_credit_notes_and_the_contested_part_are_left_out_of_the_opening_principal() -> None:
    # 12000 - 1500 - 500 = 10000; 10000 x 0.1215 x 30 / 365 = 99.863.
    late = item(
        date(2026, 1, 31),
        original="12000",
        credited="1500",
        contested="500",
        principal="10000",
        interest="99.86",
        segments=(segment(date(2026, 2, 1), date(2026, 3, 3), "10000", "12.15", "99.86"),),
    )
    made = decompte(claim(late), date(2026, 3, 2))
    assert made.items[0].opening == eur("10000")
    assert {"credit_note_from_the_start", "contested_left_out"} <= set(made.conventions)


def test_what_exceeds_the_debt_is_shown_and_not_kept() -> None:
    # 10000 + 99.86 is owed on 2 March; 10500 leaves 400.14.
    paid = item(
        date(2026, 1, 31),
        principal="0",
        interest="0",
        segments=(segment(date(2026, 2, 1), date(2026, 3, 3), "10000", "12.15", "99.86"),),
        payments=(payment(date(2026, 3, 2), "10500", "99.86", "10000", "400.14"),),
        reasons=(INTEREST_FIRST,),
    )
    made = decompte(claim(paid), date(2026, 3, 2))
    assert (made.items[0].surplus, made.total) == (eur("400.14"), eur("0"))


def test_a_payment_before_the_due_date_reduces_the_first_base() -> None:
    # 6000 x 0.1215 x 30 / 365 = 59.918.
    late = item(
        date(2026, 1, 31),
        principal="6000",
        interest="59.92",
        segments=(segment(date(2026, 2, 1), date(2026, 3, 3), "6000", "12.15", "59.92"),),
        payments=(payment(date(2026, 1, 15), "4000", "0", "4000"),),
    )
    (one,) = decompte(claim(late), date(2026, 3, 2)).items
    assert [line.type for line in one.lines] == ["payment", "interest"]
    assert not {code for code in one.conventions if code.startswith("imputation:")}


def test_recovery_costs_with_proof_are_a_subtotal_of_their_own() -> None:
    costs = Source(article="C. com. art. L441-10 II", confidence=Confidence.VERIFIED)
    late = item(
        date(2026, 1, 31),
        principal="10000",
        interest="0",
        indemnity="40",
        extra="300",
        reasons=(INDEMNITY, Reason.of("extra_compensation", Authority.LAW, source=costs)),
    )
    made = decompte(claim(late), date(2026, 2, 1))
    assert (made.indemnities, made.extra_compensation, made.total) == (eur("40"), eur("300"), eur("10340"))
    assert made.items[0].extra_source == costs
    assert made.items[0].lines == ()


@pytest.mark.parametrize(
    ("reason", "convention"),
    [
        (
            Reason.of("legal_interest_from_notice", Authority.LAW, {"notice_on": date(2026, 2, 14)}),
            "notice_day_excluded",
        ),
        (
            Reason.of("interest_on_a_judgment", Authority.LAW, {"enforceable_on": date(2026, 2, 14)}),
            "enforceable_day_excluded",
        ),
        (Reason.of("legal_interest_from_notice", Authority.LAW, {"notice_on": date(2026, 2, 10)}), "due_day_excluded"),
    ],
)
def test_the_first_day_counted_is_the_day_after_the_one_named(reason: Reason, convention: str) -> None:
    # 15 February to 2 March is 16 days: 10000 x 0.0262 x 16 / 365 = 11.485.
    late = item(
        date(2026, 1, 31),
        principal="10000",
        interest="11.48",
        segments=(segment(date(2026, 2, 15), date(2026, 3, 3), "10000", "2.62", "11.48"),),
        reasons=(reason,),
    )
    assert decompte(claim(late), date(2026, 3, 2)).conventions[0] == convention


def test_a_decompte_comes_back_from_json_as_it_was() -> None:
    made = decompte(PART_02, APRIL)
    assert Decompte.model_validate_json(made.model_dump_json()) == made


def test_a_decompte_read_from_outside_is_checked_as_well() -> None:
    written = decompte(PART_02, APRIL).model_dump_json()
    with pytest.raises(ValidationError, match=r"its own figures make 99\.86 EUR"):
        Decompte.model_validate_json(written.replace('"99.86"', '"99.87"', 1))


def moved(index: int, **changes: object) -> Callable[[ClaimItem], ClaimItem]:
    """Return what changes one segment of an item and nothing else."""

    def doctored(one: ClaimItem) -> ClaimItem:
        parts = list(one.segments)
        parts[index] = Segment.model_validate(dict(parts[index]) | changes)
        return rebuilt_item(one, segments=tuple(parts))

    return doctored


def paid(*payments: AppliedPayment) -> Callable[[ClaimItem], ClaimItem]:
    return lambda one: rebuilt_item(one, payments=payments)


@pytest.mark.parametrize(
    ("doctored", "found"),
    [
        (moved(0, amount=eur("99.87")), "interest from 2026-02-01 is 99.87 EUR, its own figures make 99.86 EUR"),
        (moved(1, principal=eur("6099.87")), "the base from 2026-03-03 is 6099.87 EUR, 6099.86 EUR is owed"),
        (moved(0, rate=Decimal("12.25")), "its own figures make 100.68 EUR"),
        (moved(0, day_count=DayCount.ACTUAL_360), "its own figures make 101.25 EUR"),
        (moved(0, from_=date(2026, 1, 31)), "interest from 2026-01-31 is not after the due date 2026-01-31"),
        (moved(1, from_=date(2026, 3, 2)), "interest from 2026-03-02 overlaps the line before it"),
        (
            paid(payment(date(2026, 2, 20), "4000", "99.86", "3900.14")),
            "the payment of 2026-02-20 falls inside the line before it",
        ),
        (moved(1, item_id="F2026-119"), "a segment belongs to F2026-119"),
        (moved(1, rate=Decimal("-12.15")), "greater than or equal to 0"),
        (paid(), "the base from 2026-03-03 is 6099.86 EUR, 10000.00 EUR is owed"),
        (paid(payment(date(2026, 3, 2), "4001", "99.86", "3900.14")), "is 4001.00 EUR, its parts are"),
        (paid(payment(date(2026, 3, 2), "4000", "100.00", "3900.00")), "extinguishes 100.00 EUR + 3900.00 EUR"),
        (paid(payment(date(2026, 3, 2), "4000", "0", "4000")), "does not follow the imputation stated"),
        (paid(payment(date(2026, 3, 2), "4000", "99.86", "3900.00", "0.14")), "leaves 0.14 EUR over while"),
        (paid(payment(date(2026, 3, 2), "4000", "99.86", "3900.24", "-0.10")), "has a negative part"),
        (paid(payment(date(2026, 3, 12), "4000", "99.86", "3900.14")), "the base from 2026-03-03"),
        (lambda one: rebuilt_item(one, principal=eur("6099.87")), "principal_left is 6099.87 EUR"),
        (lambda one: rebuilt_item(one, late_interest=eur("60.93")), "interest_owed is 60.93 EUR"),
        (lambda one: rebuilt_item(one, credited=eur("-10"), contested=eur("10")), "an amount is negative"),
        (lambda one: rebuilt_item(one, contested=eur("10")), "is 10000.00 EUR, 9990.00 EUR is owed"),
        (lambda one: rebuilt_item(one, contested=eur("10001")), "is not 10000.00 EUR less 0.00 EUR less 10001.00 EUR"),
    ],
)
def test_an_item_that_does_not_add_up_is_refused(doctored: Callable[[ClaimItem], ClaimItem], found: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        decompte(claim(doctored(part_02())), APRIL)
    assert refused.value.where == "claim, item F2026-118"
    assert found in refused.value.found


@pytest.mark.parametrize("name", ["principal", "late_interest", "indemnities", "total"])
def test_totals_that_are_not_the_sum_of_the_items_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="the items come to"):
        decompte(rebuilt(PART_02, **{name: getattr(PART_02, name) + eur("0.01")}), APRIL)


def test_a_base_that_rises_without_a_rule_that_compounds_is_refused() -> None:
    unexplained = claim(rebuilt_item(cap_01(), reasons=()))
    with pytest.raises(InvalidInput, match=r"the base from 2024-01-01 is 11000\.00 EUR, 10000\.00 EUR is owed"):
        decompte(unexplained, END_2024)


def test_a_base_that_rises_by_other_than_the_interest_accrued_is_refused() -> None:
    with pytest.raises(InvalidInput, match="the base from 2024-01-01"):
        decompte(claim(moved(1, principal=eur("11000.01"))(cap_01())), END_2024)


def test_a_segment_by_the_length_of_the_year_lies_in_one_year() -> None:
    two_years = moved(0, until=date(2024, 1, 2), day_count=DayCount.ACTUAL_ACTUAL)(cap_01())
    with pytest.raises(InvalidInput, match="has days of two years"):
        decompte(claim(two_years), END_2024)


def test_a_line_after_the_day_of_the_account_is_refused() -> None:
    with pytest.raises(InvalidInput, match="dated 2026-04-01, after 2026-03-31"):
        decompte(PART_02, date(2026, 3, 31))


def test_amounts_of_two_currencies_never_meet() -> None:
    with pytest.raises(InvalidInput, match="meets"):
        decompte(claim(moved(0, amount=Money.of("99.86", "USD"))(part_02())), APRIL)


CHANGES = [
    *(("segments", index, name) for index in (0, 1) for name in ("principal", "amount")),
    *(("payments", 0, name) for name in ("amount", "to_interest", "to_principal", "surplus")),
    *((name, None, None) for name in ("original", "credited", "contested", "principal", "late_interest", "indemnity")),
]


@given(st.sampled_from(CHANGES), st.integers(-200_000, 200_000).filter(bool))
def test_no_amount_of_a_claim_can_move_alone(change: tuple[str, int | None, str | None], minor: int) -> None:
    field, index, name = change
    one, moved_by = part_02(), Money.from_minor(minor, "EUR")
    if index is None or name is None:
        doctored = rebuilt_item(one, **{field: getattr(one, field) + moved_by})
    else:
        parts = list(getattr(one, field))
        parts[index] = type(parts[index]).model_validate(
            dict(parts[index]) | {name: getattr(parts[index], name) + moved_by}
        )
        doctored = rebuilt_item(one, **{field: tuple(parts)})
    with pytest.raises(InvalidInput):
        decompte(rebuilt(PART_02, items=(doctored,)), APRIL)


def rated(rate: str, ecb: str, points: str) -> ClaimItem:
    """PART-02 with the reason of its rate, which is right for 2.15 + 10 = 12.15."""
    parts = (
        Reason.of("ecb_rate", Authority.LAW, {"rate": Decimal(ecb)}),
        Reason.of("margin", Authority.LAW, {"points": Decimal(points)}),
    )
    inputs: dict[str, object] = {"snapshot_on": date(2026, 1, 1), "rate": Decimal(rate)}
    reason = Reason.of("rate_ecb_plus_margin", Authority.LAW, inputs, parts=parts)
    return rebuilt_item(part_02(), reasons=(*part_02().reasons, reason))


def test_each_distinct_rate_is_listed_once_with_what_it_is_made_of() -> None:
    (applied,) = decompte(claim(rated("12.15", "2.15", "10")), APRIL).rates
    assert (applied.rate, applied.article) == (Decimal("12.15"), "C. com. art. L441-10 II")
    assert [part.code for part in applied.reason.parts] == ["ecb_rate", "margin"]


def test_a_rate_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"12\.15 % is not the sum of its parts, 12\.40 %"):
        decompte(claim(rated("12.15", "2.40", "10")), APRIL)


def test_the_vat_convention_is_not_stated_for_a_sum_fixed_by_a_court() -> None:
    judged = Reason.of("interest_on_a_judgment", Authority.LAW, {"enforceable_on": date(2026, 1, 31)})
    made = decompte(claim(rebuilt_item(part_02(), reasons=(*part_02().reasons, judged))), APRIL)
    assert made.items[0].enforceable_on == date(2026, 1, 31)
    assert "vat_included_base" not in made.conventions
    assert "vat_included_base" in decompte(PART_02, APRIL).conventions
