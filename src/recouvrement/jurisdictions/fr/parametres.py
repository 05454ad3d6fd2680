"""The dated parameters of French law: read once, on first use, from the packaged files."""

from datetime import date
from functools import cache
from typing import Literal

from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.errors import LawError
from recouvrement.law.files import load_parameter, read_table
from recouvrement.law.parameters import DatedValue, Parameter

PACKAGE = "recouvrement.jurisdictions.fr"

ParameterName = Literal[
    "declaration_de_creance_delai",
    "delai_legal_par_defaut",
    "delai_public_entreprise",
    "delai_public_etat_local",
    "delai_public_sante",
    "indemnite_forfaitaire",
    "indemnite_forfaitaire_publique",
    "marge_debiteur_public",
    "penalites_marge_bce",
    "penalites_plancher_multiple",
    "prescription_b2b",
    "prescription_b2c",
    "prescription_generale",
    "prescription_publique",
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


@cache
def edition() -> str:
    """Return the name of the edition: ``fr-`` and the day the law files were compiled.

    >>> edition().startswith("fr-20")
    True
    """
    compiled_on = read_table(PACKAGE, "edition").get("compiled_on")
    if not isinstance(compiled_on, date):
        raise LawError(
            where=f"{PACKAGE}/data/edition.toml",
            found=f"compiled_on is {compiled_on!r}",
            hint="Write it as a date: compiled_on = 2026-11-21.",
        )
    return f"fr-{compiled_on.isoformat()}"


def weak_source(value: DatedValue) -> tuple[Doubt, ...]:
    """Return the doubt to report when this value is used: one if it is not firmly established, none otherwise."""
    if value.confidence.is_firm:
        return ()
    reason = Reason.of(
        "weak_source",
        Authority.LAW,
        {"value": value.source.identifier, "confidence": value.confidence},
        source=value.source,
    )
    return (Doubt(code="weak_source", reason=reason),)
