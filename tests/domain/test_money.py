"""Money: exact, in one currency, never a float."""

from decimal import Context, Decimal, ExtendedContext, Inexact, Rounded, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recouvrement import InvalidInput, Money
from recouvrement.domain.money import minor_rounded_half_up, rounded_half_up


@pytest.mark.parametrize(
    ("written", "kept"), [("12", "12.00"), ("12.5", "12.50"), ("-0.01", "-0.01"), ("12.500", "12.50")]
)
def test_an_amount_is_written_with_the_decimals_of_its_currency(written: str, kept: str) -> None:
    assert Money.of(written, "EUR").model_dump_json() == f'{{"amount":"{kept}","currency":"EUR"}}'


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        (10.5, "EUR"),
        ("10.005", "EUR"),
        ("1,50", "EUR"),
        ("NaN", "EUR"),
        ("1e20", "EUR"),
        (True, "EUR"),
        ("1", "EURO"),
        ("0.5", "JPY"),
    ],
)
def test_an_amount_that_is_not_exact_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(InvalidInput):
        Money.of(amount, currency)


@pytest.mark.parametrize("amount", [10.5, "10.50", 10, Decimal("10.005"), Decimal("Infinity"), Decimal("1e20")])
def test_the_model_takes_only_an_exact_decimal(amount: object) -> None:
    with pytest.raises(ValidationError):
        Money.model_validate({"amount": amount, "currency": "EUR"})


def test_two_currencies_never_meet() -> None:
    euro, franc = Money.of("1", "EUR"), Money.of("1", "CHF")
    for meeting in (lambda: euro + franc, lambda: euro - franc, lambda: euro < franc, lambda: euro >= franc):
        with pytest.raises(InvalidInput):
            meeting()


@pytest.mark.parametrize(("numerator", "rounded"), [(15, 2), (14, 1), (-15, -2), (-14, -1), (0, 0), (25, 3)])
def test_halves_go_away_from_zero(numerator: int, rounded: int) -> None:
    assert minor_rounded_half_up(numerator, 10) == rounded
    assert rounded_half_up(Decimal(numerator) / 1000, "EUR").minor == rounded


@given(st.integers(-(10**14), 10**14), st.sampled_from(("EUR", "JPY", "TND", "CLF")))
def test_minor_units_and_json_give_the_amount_back(minor: int, currency: str) -> None:
    money = Money.from_minor(minor, currency)
    assert money.minor == minor
    assert Money.model_validate_json(money.model_dump_json()) == money
    assert Money.of(str(money.amount), currency) == money


@pytest.mark.parametrize("context", [Context(prec=2), ExtendedContext, Context(prec=2, traps=[Inexact, Rounded])])
def test_an_amount_is_made_whatever_the_decimal_context_of_the_host(context: Context) -> None:
    with localcontext(context):
        made = Money.of("-1234567.89", "EUR")
        total = made + Money.from_minor(-1, "EUR")
        assert (made.minor, str(total)) == (-123456789, "-1234567.90 EUR")
        with pytest.raises(ValidationError):
            Money(amount=Decimal("-1e20"), currency="EUR")
