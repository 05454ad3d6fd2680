"""Dates and amounts of a spreadsheet: read in one way only, or refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.adapters.portfolio.cells import FIRST_YEAR, LAST_YEAR, parse_amount, parse_currency, parse_date
from recouvrement.domain.money import Money
from recouvrement.errors import InvalidInput

WHERE = "factures.csv:12 (column montant)"

days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
minor_units = st.integers(min_value=-(10**14), max_value=10**14)


def french(minor: int, *, space: str, mark: str, currency: str) -> str:
    whole, cents = divmod(abs(minor), 100)
    grouped = f"{whole:,}".replace(",", space)
    return f"{'-' if minor < 0 else ''}{grouped}{mark}{cents:02d}{currency}"


@given(days)
def test_a_day_written_day_first_is_read_back(day: date) -> None:
    assert parse_date(f"{day:%d/%m/}{day.year}", where=WHERE) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}", where=WHERE) == day


@given(days)
def test_a_day_written_in_iso_is_read_back(day: date) -> None:
    assert parse_date(f" {day.isoformat()} ", where=WHERE) == day


@given(
    minor_units,
    st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009"]),
    st.sampled_from([",", "."]),
    st.sampled_from(["", "€", " €", "\u00a0€", "\u202fEUR", " eur"]),
)
def test_an_amount_written_in_french_is_read_back_to_the_cent(minor: int, space: str, mark: str, currency: str) -> None:
    text = french(minor, space=space, mark=mark, currency=currency)
    assert parse_amount(text, "EUR", where=WHERE).minor == minor


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_an_amount_written_by_python_is_read_back(amount: Decimal) -> None:
    assert parse_amount(f"{amount:f}", "EUR", where=WHERE) == Money.of(amount, "EUR")


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_at_its_place(text: str) -> None:
    for parse in (lambda: parse_amount(text, "EUR", where=WHERE), lambda: parse_date(text, where=WHERE)):
        try:
            parse()
        except InvalidInput as fault:
            refused = fault
        else:
            continue
        assert refused.where == WHERE
        assert refused.hint


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1 250,50", 125050),
        ("1250.50", 125050),
        ("1 250,50 €", 125050),
        ("-12", -1200),
        ("\u221212,5", -1250),
        ("0", 0),
    ],
)
def test_the_usual_ways_of_writing_an_amount(text: str, minor: int) -> None:
    assert parse_amount(text, "EUR", where=WHERE) == Money.from_minor(minor, "EUR")


@pytest.mark.parametrize(
    "text",
    [
        "1.250",
        "1250,505",
        "0.005",
        "1.250,50",
        "1,250.50",
        "12 50",
        "1e3",
        "NaN",
        "٣٥",
        "12,",
        ",5",
        "--5",
        "1 250,50 CHF",
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_amount(text, "EUR", where=WHERE)
    assert refused.value.where == WHERE


def test_a_currency_with_three_decimals_keeps_them() -> None:
    assert parse_amount("12,345", "TND", where=WHERE) == Money.of("12.345", "TND")


def test_a_currency_without_decimals_refuses_cents() -> None:
    assert parse_amount("1 250,00", "JPY", where=WHERE) == Money.of(1250, "JPY")
    with pytest.raises(InvalidInput):
        parse_amount("1 250,50", "JPY", where=WHERE)


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "31/12/26", "12/31/2026", "2026-13-01", "2026-12-31T00:00:00", "31.12.2026", "46022", "01/01/0206"],
)
def test_a_date_that_is_not_one_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_date(text, where=WHERE)
    assert refused.value.where == WHERE
    assert text in refused.value.found


def test_a_currency_is_read_in_any_case_and_an_unknown_one_refused() -> None:
    assert parse_currency("chf", where=WHERE) == "CHF"
    assert parse_currency(" € ", where=WHERE) == "EUR"
    with pytest.raises(InvalidInput):
        parse_currency("FRF", where=WHERE)
