"""The dated parameters of French law: read once, on first use, from the packaged files."""

from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from typing import Final, Literal

from recouvrement.domain.decision import Doubt
from recouvrement.domain.exact import two_decimals
from recouvrement.domain.reasons import Authority, Source
from recouvrement.errors import LawError
from recouvrement.law.files import load_parameter, read_table
from recouvrement.law.parameters import DatedValue, Parameter
from recouvrement.law.rates import HIGHEST_ENTERED

PACKAGE = "recouvrement.jurisdictions.fr"

ParameterName = Literal[
    "declaration_de_creance_delai",
    "delai_legal_par_defaut",
    "delai_public_entreprise",
    "delai_public_etat_local",
    "delai_public_sante",
    "indemnite_forfaitaire",
    "indemnite_forfaitaire_publique",
    "majoration_judiciaire",
    "marge_debiteur_public",
    "penalites_marge_bce",
    "penalites_plancher_multiple",
    "taux_bce_refinancement",
    "taux_interet_legal_autres",
    "taux_interet_legal_particulier",
]
"""The files of ``data/``, without their suffix; the identifier of a parameter is ``fr.`` followed by this name."""


@cache
def parametre(name: ParameterName) -> Parameter:
    """Return one parameter of French law; its file is read the first time only.

    >>> str(parametre("penalites_marge_bce").on(date(2026, 7, 1)).value)
    '10'
    """
    return load_parameter(PACKAGE, name)


COMPLETED_BY_OPERATORS: tuple[ParameterName, ...] = (
    "taux_bce_refinancement",
    "taux_interet_legal_autres",
    "taux_interet_legal_particulier",
)
"""The series published twice a year, which an operator may complete without waiting for an edition."""


@cache
def compiled_on() -> date:
    """Return the day on which the packaged law files were compiled."""
    day = read_table(PACKAGE, "edition").get("compiled_on")
    if not isinstance(day, date):
        raise LawError(
            where=f"{PACKAGE}/data/edition.toml",
            found=f"compiled_on is {day!r}",
            hint="Write it as a date: compiled_on = 2026-11-21.",
        )
    return day


class Edition:
    """The dated parameters of French law: those packaged, and the official values an operator entered since.

    Immutable; two editions with the same values are equal and bear the same name, 2.6 and 2.60 being one figure.

    >>> Edition().name.startswith("fr-20")
    True
    """

    def __init__(self, entered: tuple[DatedValue, ...] = ()) -> None:
        series: dict[str, list[DatedValue]] = {}
        for value in entered:
            if value.parameter.removeprefix("fr.") not in COMPLETED_BY_OPERATORS:
                raise LawError(
                    where=value.parameter,
                    found="it is not a series an operator may complete",
                    hint=f"Enter values of {', '.join(f'fr.{name}' for name in COMPLETED_BY_OPERATORS)} only.",
                )
        canonical = [_with_two_decimals(value) for value in entered]
        for value in canonical:
            series.setdefault(value.parameter, []).append(value)
        self.entered = tuple(sorted(canonical, key=lambda value: (value.parameter, value.from_)))
        self._completed = {
            name: parametre(name).completed(tuple(series[f"fr.{name}"]))
            for name in COMPLETED_BY_OPERATORS
            if f"fr.{name}" in series
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edition) and self.entered == other.entered

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.entered)

    @cached_property
    def name(self) -> str:
        """``fr-`` and the day the files were compiled; followed by a hash of the values entered, if there are any."""
        packaged = f"fr-{compiled_on().isoformat()}"
        if not self.entered:
            return packaged
        written = "\n".join(value.model_dump_json() for value in self.entered)
        return f"{packaged}+{sha256(written.encode()).hexdigest()[:12]}"

    def parametre(self, name: ParameterName) -> Parameter:
        """Return one parameter of this edition."""
        return self._completed.get(name) or parametre(name)


def _with_two_decimals(value: DatedValue) -> DatedValue:
    """Return the value with its rate written with two decimals; raises ``LawError`` when it is no such rate."""
    figure = value.value
    is_rate = figure.is_finite() and not figure.is_signed() and figure <= HIGHEST_ENTERED
    rate = two_decimals(figure) if is_rate else figure
    # A figure of more than forty digits is rounded by then: what is not what was entered is refused too.
    if not is_rate or rate != figure or int(rate.as_tuple().exponent) < -2:
        raise LawError(
            where=f"{value.parameter} from {value.from_.isoformat()}",
            found=f"{figure} is not a rate from 0 to {HIGHEST_ENTERED} of at most two decimals",
            hint="Enter the figure of the official text, in per cent a year: 2.65 means 2.65 %.",
        )
    return value if str(rate) == str(figure) else DatedValue.model_validate({**dict(value), "value": rate})


PACKAGED: Final = Edition()
"""The law files as they come with the library."""


def weak_source(source: Source) -> tuple[Doubt, ...]:
    """Return the doubt to report when a source is used: one if it is not firmly established, none otherwise."""
    if source.confidence.is_firm:
        return ()
    inputs: dict[str, object] = {"value": source.identifier, "confidence": source.confidence}
    return (Doubt.of("weak_source", Authority.LAW, inputs, source),)
