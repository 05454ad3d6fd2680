"""Official rates as an operator enters them: which series, over which days, and how figures and sources look."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from recouvrement.domain.calendar import half_year_start, next_half_year_start
from recouvrement.domain.exact import two_decimals
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import InvalidInput
from recouvrement.law.parameters import DatedValue
from recouvrement.law.rates import HIGHEST_ENTERED, half_year_name

_ONE_DAY = timedelta(days=1)


class Series(NamedTuple):
    """A series published twice a year."""

    parameter: str
    title: str
    is_snapshot: bool
    """The law looks at the first day of the half-year only: a value entered says nothing of the other days."""

    def until(self, first_day: date) -> date:
        """Return the first day no longer covered by the value of a half-year."""
        return first_day + _ONE_DAY if self.is_snapshot else next_half_year_start(first_day)


ECB: Final = Series("fr.taux_bce_refinancement", "ECB main refinancing rate", is_snapshot=True)
LEGAL_INDIVIDUAL: Final = Series("fr.taux_interet_legal_particulier", "legal rate, individuals", is_snapshot=False)
LEGAL_OTHER: Final = Series("fr.taux_interet_legal_autres", "legal rate, other creditors", is_snapshot=False)
SERIES: Final = {series.parameter: series for series in (ECB, LEGAL_INDIVIDUAL, LEGAL_OTHER)}

FIRST_DAY: Final = date(1999, 1, 1)
"""There is no ECB rate before."""

_RATE = re.compile(r"(?P<whole>[0-9]{1,3})(?:[.,](?P<decimals>[0-9]{1,2}))?[ \u00a0\u202f]*%?")
_ADDRESS = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]\S*)?", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:.*\b)?[A-Z]{4}[0-9]{7}[A-Z]\b.*|JO(?:RF)?\b.*\b[0-9]{4}\b.*|JORF(?:TEXT|ARTI)[0-9]{12}")
_IDENTIFIER = re.compile(r"\b(?:[A-Z]{4}[0-9]{7}[A-Z]|JORF(?:TEXT|ARTI)[0-9]{12})\b")
_OFFICIAL_HOST = re.compile(
    r"https://(?:[a-z0-9-]+\.)*(?:ecb\.europa\.eu|banque-france\.fr|gouv\.fr|service-public\.fr)(?:[/?#].*)?",
    re.IGNORECASE,
)


def parse_rate(text: str, *, where: str) -> Decimal:
    """Return the rate written ``2.65`` or ``2,65 %``, per cent a year, with two decimals.

    Raises ``InvalidInput`` for anything else: a sign, more than two decimals, a rate above thirty.

    >>> parse_rate("2,65 %", where="--ecb"), parse_rate("3", where="--ecb"), parse_rate("2.6", where="--ecb")
    (Decimal('2.65'), Decimal('3.00'), Decimal('2.60'))
    """
    found = _RATE.fullmatch(text.strip())
    if found is None:
        raise InvalidInput(
            where=where,
            found=f"{text!r} is not a rate of at most two decimals",
            hint='Write per cent a year, such as 2.65 or "2,65 %".',
        )
    rate = two_decimals(Decimal(f"{found['whole']}.{found['decimals'] or 0}"))
    if rate > HIGHEST_ENTERED:
        raise InvalidInput(
            where=where,
            found=f"{text!r} is above {HIGHEST_ENTERED} %",
            hint="Write per cent a year: 2.65 means 2.65 %.",
        )
    return rate


def parse_source(text: str, *, where: str) -> str:
    """Return the address or the reference under which an official text was read.

    Raises ``InvalidInput`` for what is neither an ``https`` address nor a reference of the Journal officiel.

    >>> parse_source("JORF n°0302 du 26/12/2025", where="--legal-source")
    'JORF n°0302 du 26/12/2025'
    """
    line = " ".join(text.split())
    if _ADDRESS.fullmatch(line) or _REFERENCE.fullmatch(line):
        return line
    raise InvalidInput(
        where=where,
        found=f"{text!r} is neither an https address nor a reference of the Journal officiel",
        hint="Give the official page you read, https://…, or a reference such as ECOT2516925A or JO 26/12/2025.",
    )


def is_official(source: str) -> bool:
    """Whether a source is of the ECB, the Banque de France, the French State or the Journal officiel.

    >>> is_official("https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053123456"), is_official("https://blog.example/")
    (True, False)
    """
    return not _ADDRESS.fullmatch(source) or _OFFICIAL_HOST.fullmatch(source) is not None


def entered_value(
    series: Series,
    first_day: date,
    rate: Decimal,
    *,
    article: str,
    source: str,
    published_on: date | None,
    checked_on: date,
) -> DatedValue:
    """Return the value of a half-year, marked verified: whoever enters it has read the official text.

    A NOR or JORF number in the article or the source becomes the identifier of the text.
    """
    number = _IDENTIFIER.search(f"{article} {source}")
    return DatedValue(
        parameter=series.parameter,
        from_=first_day,
        until=series.until(first_day),
        value=rate,
        article=article,
        identifier=number[0] if number else None,
        published_on=published_on,
        checked_on=checked_on,
        confidence=Confidence.VERIFIED,
        addresses=(source,),
        note=f"rate of {first_day.isoformat()}, for the whole of {half_year_name(first_day)}"
        if series.is_snapshot
        else None,
    )


def value_faults(value: DatedValue, where: Callable[[str], str]) -> list[InvalidInput]:
    """Return what is wrong with the days of a value; ``where`` gives the place of a key, such as ``checked_on``."""
    faults: list[InvalidInput] = []

    def note(key: str, found: str, hint: str) -> None:
        faults.append(InvalidInput(where=where(key), found=found, hint=hint))

    first, until = value.from_, SERIES[value.parameter].until(value.from_)
    name = half_year_name(first)
    if first != half_year_start(first):
        note("from", f"{first} is not the first day of a half-year", f"Write {half_year_start(first)}.")
    elif first < FIRST_DAY:
        note("from", f"{name} is before the first ECB rate", f"Enter a half-year from {half_year_name(FIRST_DAY)} on.")
    elif value.until != until:
        note("until", f"{value.until} is not the end of what {value.parameter} says of {name}", f"Write {until}.")
    earliest = half_year_start(first - _ONE_DAY)
    if value.checked_on is not None and value.checked_on < earliest:
        note(
            "checked_on",
            f"checked on {value.checked_on}: no figure of {name} was official before {earliest}",
            "Give the day on which you read the official text, or correct the half-year.",
        )
    if value.published_on is not None and value.checked_on is not None and value.published_on > value.checked_on:
        note(
            "published_on",
            f"published on {value.published_on}, after it was checked on {value.checked_on}",
            "Correct one of the two dates.",
        )
    return faults


def all_together(where: str, faults: Sequence[InvalidInput]) -> InvalidInput:
    """Return one error that tells several faults, each with its place and its remedy; a single one as it is."""
    if len(faults) == 1:
        return faults[0]
    told = "".join(f"\n  - {fault}" for fault in faults)
    return InvalidInput(where=where, found=f"{len(faults)} faults:{told}", hint="Correct them: nothing was used.")
