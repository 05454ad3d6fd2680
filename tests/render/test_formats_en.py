"""English formats, typography and the addresses of letters that leave France."""

from datetime import date
from decimal import Context, Decimal, ExtendedContext, Inexact, Rounded, localcontext

import pytest

from recouvrement.domain.address import PostalAddress
from recouvrement.domain.money import Money
from recouvrement.render import formats_en as formats
from recouvrement.render.postal import country_name, envelope_lines, sender_lines
from recouvrement.render.typography import spaced_in_english

HOSTS = [Context(prec=2), ExtendedContext, Context(prec=2, traps=[Inexact, Rounded])]


@pytest.mark.parametrize("host", HOSTS, ids=["two digits", "extended", "trapped"])
@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("0", "EUR", "€0.00"),
        ("1250.50", "EUR", "€1,250.50"),
        ("98765432101234.56", "EUR", "€98,765,432,101,234.56"),
        ("1250", "XPF", "XPF\u00a01,250"),
        ("1234.5", "TND", "TND\u00a01,234.500"),
        ("1234.50", "MGA", "MGA\u00a01,234.50"),
        ("-360.00", "EUR", "-€360.00"),
        ("-360.00", "USD", "USD\u00a0-360.00"),
    ],
)
def test_amounts_are_printed_the_english_way_whatever_the_decimal_context_of_the_host(
    amount: str, currency: str, expected: str, host: Context
) -> None:
    value = Money.of(amount, currency)
    with localcontext(host):
        assert formats.money(value) == expected


def test_a_month_is_in_letters_so_that_no_date_is_two_days() -> None:
    assert formats.long_date(date(2026, 12, 1)) == "1\u00a0December\u00a02026"
    assert [formats.short_date(date(2026, month, 9)).split("\u00a0")[1] for month in range(1, 13)] == [
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    ]
    assert formats.long_date(date(2027, 9, 30)) == "30\u00a0September\u00a02027"


@pytest.mark.parametrize("host", HOSTS, ids=["two digits", "extended", "trapped"])
def test_rates_have_two_decimals_at_least(host: Context) -> None:
    formats.rate.cache_clear()
    with localcontext(host):
        shown = [formats.rate(Decimal(rate)) for rate in ("12.4", "0", "10.1256", "8.150000", "15")]
    assert shown == ["12.40%", "0.00%", "10.1256%", "8.15%", "15.00%"]


def test_one_alone_is_singular() -> None:
    assert [formats.count(number, "invoice", "invoices").replace("\u00a0", " ") for number in (0, 1, 2, 1500)] == [
        "0 invoices",
        "1 invoice",
        "2 invoices",
        "1,500 invoices",
    ]


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("01 99 00 12 34", "+33 1 99 00 12 34"),
        ("0199001234", "+33 1 99 00 12 34"),
        ("06.00.98.12.34", "+33 6 00 98 12 34"),
        ("+33 1 99 00 12 34", "+33 1 99 00 12 34"),
        ("+49 30 23125 123", "+49 30 23125 123"),
        ("0262 01 02 03", "0262 01 02 03"),
        ("0692 01 02 03", "0692 01 02 03"),
        ("08 92 00 00 00", "08 92 00 00 00"),
        ("030 23125 123", "030 23125 123"),
    ],
)
def test_a_number_of_metropolitan_france_is_dialled_from_abroad(number: str, dialled: str) -> None:
    assert formats.phone(number).replace("\u00a0", " ") == dialled


@pytest.mark.parametrize(
    ("cited", "shown"),
    [
        ("C. com. art. L441-10 II", "Com. Code, art. L441-10 II"),
        ("C. civ. art. 1231-6 et 1344", "Civ. Code, art. 1231-6 and 1344"),
        ("CMF art. L313-2 ; CCP art. R2192-31", "Mon. Code, art. L313-2; Public Proc. Code, art. R2192-31"),
        ("contrat ; C. com. art. L441-10 II", "contract; Com. Code, art. L441-10 II"),
        ("CPC art. 642 al. 2", "CPC art. 642 para. 2"),
        ("taux fourni", "rate given"),
    ],
)
def test_an_article_is_cited_in_english(cited: str, shown: str) -> None:
    assert formats.article(cited) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Subject: the debtor's reply; fine?", "Subject: the debtor’s reply; fine?"),
        ("« mise en demeure »", "«\u00a0mise en demeure\u00a0»"),
        ("art. L441-10, No. 5", "art.\u00a0L441-10, No.\u00a05"),
        ("| a | b |\n| :--- | ---: |", "| a | b |\n| :--- | ---: |"),
    ],
)
def test_the_text_of_english_templates_is_set_as_english(written: str, shown: str) -> None:
    assert spaced_in_english(written) == shown


BRUGES = PostalAddress(street="Lindestraat 14", postal_code="8000", city="Brugge", country="BE")
NANTES = PostalAddress(street="12 rue des Carmes", postal_code="44000", city="Nantes")
SAINT_DENIS = PostalAddress(street="3 rue de Paris", postal_code="97400", city="Saint-Denis", country="RE")


def test_an_envelope_names_the_country_it_goes_to_and_only_then() -> None:
    assert envelope_lines(BRUGES, "De Linde")[-1] == "BELGIQUE"
    assert envelope_lines(NANTES, "Durand") == NANTES.lines("Durand")
    assert sender_lines(NANTES, "Durand", to=BRUGES)[-1] == "FRANCE"
    for at_home in (NANTES, SAINT_DENIS, None):
        assert sender_lines(NANTES, "Durand", to=at_home) == NANTES.lines("Durand")


def test_a_country_is_named_in_capitals_without_accents() -> None:
    assert [country_name(code) for code in ("US", "CI", "GB", "RE", "ZZ", "QQ")] == [
        "ETATS-UNIS",
        "COTE D IVOIRE",
        "ROYAUME-UNI",
        "LA REUNION",
        "REGION INDETERMINEE",
        "QQ",
    ]
