"""Amounts in words: the rules of French spelling, and an independent speller beside ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from recouvrement.domain.money import Money
from recouvrement.errors import RenderError
from recouvrement.render.words_fr import amount_in_words, whole_number

BY_HAND = {
    0: "zéro",
    1: "un",
    10: "dix",
    16: "seize",
    17: "dix-sept",
    20: "vingt",
    21: "vingt et un",
    22: "vingt-deux",
    31: "trente et un",
    60: "soixante",
    61: "soixante et un",
    70: "soixante-dix",
    71: "soixante et onze",
    72: "soixante-douze",
    77: "soixante-dix-sept",
    79: "soixante-dix-neuf",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    90: "quatre-vingt-dix",
    91: "quatre-vingt-onze",
    99: "quatre-vingt-dix-neuf",
    100: "cent",
    101: "cent un",
    171: "cent soixante et onze",
    180: "cent quatre-vingts",
    200: "deux cents",
    201: "deux cent un",
    280: "deux cent quatre-vingts",
    999: "neuf cent quatre-vingt-dix-neuf",
    1000: "mille",
    1001: "mille un",
    1100: "mille cent",
    1200: "mille deux cents",
    2000: "deux mille",
    21_000: "vingt et un mille",
    80_000: "quatre-vingt mille",
    81_000: "quatre-vingt-un mille",
    100_000: "cent mille",
    200_000: "deux cent mille",
    280_000: "deux cent quatre-vingt mille",
    300_300: "trois cent mille trois cents",
    1_000_000: "un million",
    2_000_000: "deux millions",
    80_000_000: "quatre-vingts millions",
    200_000_000: "deux cents millions",
    1_000_000_000: "un milliard",
    2_000_001_000: "deux milliards mille",
    999_999_999_999: (
        "neuf cent quatre-vingt-dix-neuf milliards neuf cent quatre-vingt-dix-neuf millions "
        "neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf"
    ),
}

SUMS = {
    "0": "zéro euro",
    "0.01": "un centime",
    "0.80": "quatre-vingts centimes",
    "1": "un euro",
    "1.01": "un euro et un centime",
    "2": "deux euros",
    "80": "quatre-vingts euros",
    "200.20": "deux cents euros et vingt centimes",
    "11250.00": "onze mille deux cent cinquante euros",
    "11380.96": "onze mille trois cent quatre-vingts euros et quatre-vingt-seize centimes",
    "1000000": "un million d’euros",
    "1000000.50": "un million d’euros et cinquante centimes",
    "1000001": "un million un euros",
    "2500000": "deux millions cinq cent mille euros",
    "3000000000": "trois milliards d’euros",
}


@pytest.mark.parametrize(("number", "words"), BY_HAND.items())
def test_whole_numbers_spelt_by_hand(number: int, words: str) -> None:
    assert whole_number(number) == words


@pytest.mark.parametrize(("amount", "words"), SUMS.items())
def test_sums_spelt_by_hand(amount: str, words: str) -> None:
    assert amount_in_words(Money.of(amount, "EUR")) == words


@given(st.one_of(st.integers(0, 2000), st.integers(0, 999_999_999_999)))
def test_whole_numbers_are_spelt_as_an_independent_speller_does(number: int) -> None:
    assert whole_number(number) == num2words(number, lang="fr")


@given(st.integers(0, 99_999_999_999_999))
def test_a_sum_never_says_more_than_its_parts(minor: int) -> None:
    words = amount_in_words(Money.from_minor(minor, "EUR"))
    assert ("centime" in words) == bool(minor % 100)
    assert ("euro" in words) == (minor >= 100 or minor == 0)


def test_other_currencies_keep_their_code() -> None:
    assert amount_in_words(Money.of("1200.50", "USD")) == "mille deux cents USD et cinquante centièmes"
    assert amount_in_words(Money.of("1200", "JPY")) == "mille deux cents JPY"


@pytest.mark.parametrize("amount", ["1000000000000", "-1"])
def test_what_cannot_be_written_is_refused(amount: str) -> None:
    with pytest.raises(RenderError):
        amount_in_words(Money.of(amount, "EUR"))
    with pytest.raises(RenderError):
        amount_in_words(Money.of("1.001", "TND"))
