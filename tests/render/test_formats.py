"""French formats and typography."""

from datetime import date
from decimal import Context, Decimal, ExtendedContext, Inexact, Rounded, localcontext

import pytest

from recouvrement.domain.money import Money
from recouvrement.render import formats
from recouvrement.render.typography import spaced


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("0", "EUR", "0,00\u00a0€"),
        ("1250.50", "EUR", "1\u202f250,50\u00a0€"),
        ("1234567.89", "EUR", "1\u202f234\u202f567,89\u00a0€"),
        ("1250", "XPF", "1\u202f250\u00a0FCFP"),
        ("10.125", "TND", "10,125\u00a0TND"),
    ],
)
def test_amounts_are_printed_the_french_way(amount: str, currency: str, expected: str) -> None:
    assert formats.money(Money.of(amount, currency)) == expected


def test_a_capital_shows_cents_only_when_it_has_some() -> None:
    assert formats.whole_money(Money.of("10000", "EUR")) == "10\u202f000\u00a0€"
    assert formats.whole_money(Money.of("7622.45", "EUR")) == "7\u202f622,45\u00a0€"


def test_the_first_of_a_month_is_an_ordinal_and_the_others_are_not() -> None:
    assert formats.long_date(date(2026, 12, 1)) == "1er\u00a0décembre\u00a02026"
    assert formats.long_date(date(2026, 8, 11)) == "11\u00a0août\u00a02026"
    assert formats.long_date(date(2027, 2, 28)) == "28\u00a0février\u00a02027"


def test_rates_have_two_decimals_at_least() -> None:
    assert formats.rate(Decimal("12.4")) == "12,40\u00a0%"
    assert formats.rate(Decimal(0)) == "0,00\u00a0%"
    assert formats.rate(Decimal("10.125")) == "10,125\u00a0%"


def test_identifiers_are_grouped() -> None:
    assert formats.grouped("FR7630006000011234567890189", 4) == (
        "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Objet : rappel", "Objet\u00a0: rappel"),
        ("payé ; merci !", "payé\u202f; merci\u202f!"),
        ("« oui » ?", "«\u00a0oui\u00a0»\u202f?"),
        ("l'échéance", "l’échéance"),
        ("10 % et 40 €", "10\u00a0% et 40\u00a0€"),
        ("| a | b |\n| :--- | ---: |", "| a | b |\n| :--- | ---: |"),
        ("https://exemple.example/?a=1;b", "https://exemple.example/?a=1;b"),
    ],
)
def test_the_text_of_templates_gets_french_spacing(written: str, shown: str) -> None:
    assert spaced(written) == shown


def test_an_amount_has_the_decimals_of_its_currency_in_iso_4217() -> None:
    shown = [formats.money(Money.of(*words)) for words in (("1234.50", "MGA"), ("1234", "XPF"), ("1234.5", "TND"))]
    assert [amount.replace("\u202f", " ").replace("\u00a0", " ") for amount in shown] == [
        "1 234,50 MGA",
        "1 234 FCFP",
        "1 234,500 TND",
    ]


HOSTS = [Context(prec=2), ExtendedContext, Context(prec=2, traps=[Inexact, Rounded])]


@pytest.mark.parametrize("host", HOSTS, ids=["two digits", "extended", "trapped"])
def test_a_number_is_printed_alike_whatever_the_decimal_context_of_the_host(host: Context) -> None:
    def printed() -> list[str]:
        return [
            formats.money(Money.of("1234567.89", "EUR")),
            formats.money(Money.of("98765432101234.56", "EUR")),
            formats.whole_money(Money.of("7622000", "EUR")),
            formats.whole_money(Money.of("7622.45", "EUR")),
            formats.rate(Decimal("10.1256")),
            formats.rate(Decimal("123.45678901")),
            formats.count(1234, "jour", "jours"),
        ]

    expected = [
        "1\u202f234\u202f567,89\u00a0€",
        "98\u202f765\u202f432\u202f101\u202f234,56\u00a0€",
        "7\u202f622\u202f000\u00a0€",
        "7\u202f622,45\u00a0€",
        "10,1256\u00a0%",
        "123,45678901\u00a0%",
        "1\u202f234\u00a0jours",
    ]
    formats.rate.cache_clear()
    with localcontext(host):
        assert printed() == expected
    assert printed() == expected
