"""Amounts in words, in French.

Traditional spelling, the one of notaries and of most printed forms: hyphens below one hundred only, save beside ``et``
(``mille deux cent trente-quatre``, ``vingt et un``). The reform of 1990, which joins every part, is as lawful; one of
the two had to be chosen, and this one is what a debtor asked to copy the sum by hand would write.
"""

from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.money import Money
from recouvrement.errors import RenderError

_UP_TO_16 = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    *("treize", "quatorze", "quinze", "seize"),
)
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_NOUNS = ((1_000_000_000, "milliard"), (1_000_000, "million"))
_LIMIT = 1_000_000_000_000


def whole_number(number: int) -> str:
    """Return a whole number from 0 to 999 999 999 999 in words.

    ``cent`` and ``vingt`` take their mark of plural when multiplied and last, and before a noun such as ``millions``,
    never before ``mille``, which is invariable.

    >>> whole_number(80), whole_number(280_071), whole_number(200_000_000)
    ('quatre-vingts', 'deux cent quatre-vingt mille soixante et onze', 'deux cents millions')
    """
    if not 0 <= number < _LIMIT:
        raise RenderError(
            where="amount in words", found=str(number), hint="Write an amount from 0 to 999 999 999 999.99."
        )
    if number == 0:
        return _UP_TO_16[0]
    parts: list[str] = []
    for size, noun in _NOUNS:
        count, number = divmod(number, size)
        if count:
            parts.append(f"{_below_1000(count, is_last=True)} {noun}{'s' if count > 1 else ''}")
    thousands, number = divmod(number, 1000)
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_below_1000(thousands, is_last=False)} mille")
    if number:
        parts.append(_below_1000(number, is_last=True))
    return " ".join(parts)


def _below_1000(number: int, *, is_last: bool) -> str:
    hundreds, rest = divmod(number, 100)
    parts: list[str] = []
    if hundreds:
        plural = "s" if hundreds > 1 and not rest and is_last else ""
        parts.append(f"cent{plural}" if hundreds == 1 else f"{_UP_TO_16[hundreds]} cent{plural}")
    if rest:
        parts.append(_below_100(rest, is_last=is_last))
    return " ".join(parts)


def _below_100(number: int, *, is_last: bool) -> str:
    if number <= 16:
        return _UP_TO_16[number]
    if number < 20:
        return f"dix-{_UP_TO_16[number - 10]}"
    if number < 70:
        ten, unit = divmod(number, 10)
        return _TENS[ten] if unit == 0 else _joined(_TENS[ten], unit)
    if number < 80:
        return _joined("soixante", number - 60)
    if number == 80:
        return "quatre-vingts" if is_last else "quatre-vingt"
    return f"quatre-vingt-{_below_100(number - 80, is_last=False)}"


def _joined(tens: str, rest: int) -> str:
    """Return tens and what follows: ``vingt et un``, ``soixante et onze``, ``vingt-deux``."""
    joint = " et " if rest in {1, 11} else "-"
    return f"{tens}{joint}{_below_100(rest, is_last=True)}"


def amount_in_words(amount: Money) -> str:
    """Return an amount in words, with its unit and its hundredths.

    >>> print(amount_in_words(Money.of("1250.50", "EUR")))
    mille deux cent cinquante euros et cinquante centimes
    >>> print(amount_in_words(Money.of("1000000", "EUR")))
    un million d’euros
    """
    if amount.minor < 0:
        raise RenderError(where="amount in words", found=str(amount), hint="Write an amount that is not negative.")
    if amount.currency == "EUR":
        return _with_units(*divmod(amount.minor, 100), unit="euro", part="centime")
    if DECIMALS[amount.currency] not in {0, 2}:
        raise RenderError(
            where="amount in words", found=str(amount), hint="Write it by hand: its unit has no hundredths."
        )
    size = 10 ** DECIMALS[amount.currency]
    whole, rest = divmod(amount.minor, size)
    words = f"{whole_number(whole)} {amount.currency}"
    return f"{words} et {_counted(rest, 'centième')}" if rest else words


def _with_units(whole: int, rest: int, *, unit: str, part: str) -> str:
    if not whole and rest:
        return _counted(rest, part)
    is_noun = whole >= 1_000_000 and whole % 1_000_000 == 0
    words = f"{whole_number(whole)} d’{unit}s" if is_noun else _counted(whole, unit)
    return f"{words} et {_counted(rest, part)}" if rest else words


def _counted(number: int, noun: str) -> str:
    return f"{whole_number(number)} {noun}{'s' if number > 1 else ''}"
