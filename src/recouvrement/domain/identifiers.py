"""Identifiers of parties, checked by python-stdnum and kept in their compact form."""

from importlib import import_module
from typing import Annotated

from pydantic import AfterValidator


def _checked(name: str, value: str, module: str, example: str) -> str:
    """Return the compact form of an identifier; stdnum is imported only when there is one to check."""
    from stdnum.exceptions import ValidationError  # noqa: PLC0415  # keeps the import of the library light

    try:
        compact: str = import_module(f"stdnum.{module}").validate(value)
    except ValidationError as fault:
        message = (
            f"{value!r} is not a valid {name} ({type(fault).__name__}): check it against the source, e.g. {example}"
        )
        raise ValueError(message) from None
    return compact


def _siren(value: str) -> str:
    return _checked("SIREN", value, "fr.siren", "552 100 554")


def _siret(value: str) -> str:
    return _checked("SIRET", value, "fr.siret", "552 100 554 00047")


def _vat(value: str) -> str:
    return _checked("VAT number", value, "eu.vat", "FR 83 404 833 048")


def _iban(value: str) -> str:
    return _checked("IBAN", value, "iban", "FR76 3000 6000 0112 3456 7890 189")


def _bic(value: str) -> str:
    return _checked("BIC", value, "bic", "AGRIFRPP")


Siren = Annotated[str, AfterValidator(_siren)]
"""Nine digits with a Luhn key, written without spaces."""
Siret = Annotated[str, AfterValidator(_siret)]
"""Fourteen digits: SIREN, establishment, Luhn key."""
VatNumber = Annotated[str, AfterValidator(_vat)]
"""A VAT number of a member State, with its country prefix."""
Iban = Annotated[str, AfterValidator(_iban)]
"""An international bank account number with its two control digits."""
Bic = Annotated[str, AfterValidator(_bic)]
"""A bank identifier code of 8 or 11 characters."""
