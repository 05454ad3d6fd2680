"""The text of a European QR code for a credit transfer: a payer's bank reads payee, account, sum and reference in it.

Sources: European Payments Council, EPC069-12 *Quick Response Code: Guidelines to Enable Data Capture for the
Initiation of a SEPA Credit Transfer*, version 2.1 (code version 002: the BIC is optional inside the EEA).
"""

import unicodedata
from decimal import Decimal

from stdnum import bic as bic_code
from stdnum import iban as iban_number

from recouvrement.domain.money import Money

NAME_MAX = 70
REMITTANCE_MAX = 140
BYTES_MAX = 331
"""Longest payload: what a QR code of version 13 holds at error level M."""
_EEA = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    }
)
_SEPA = _EEA | {"AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"}
"""Country codes of IBANs: outside the EEA the code bears a BIC; outside SEPA there is no such transfer.

From memory of the list of the European Payments Council (EPC409-09): a country that is missing has no code printed.
"""
_LEAST, _MOST = Decimal("0.01"), Decimal("999999999.99")
_LINES_BEFORE = ("BCD", "002", "1", "SCT")
"""Service tag, version 002, UTF-8, SEPA credit transfer."""


def payload(*, name: str, iban: str, amount: Money, reference: str, bic: str | None = None) -> str | None:
    r"""Return the text of the code, or ``None`` when the payment does not fit the standard.

    It does not fit when the sum is not in euros with two decimals at most, from 0,01 to 999 999 999,99; when the IBAN
    is wrong, of a country outside SEPA, or of one outside the EEA without a BIC; when the name is longer than 70
    characters or the reference than 140; or when the whole is too long for the largest code allowed. Nothing is
    shortened: a payee's name cut in two is another name.

    >>> sum_asked = Money.of("12.40", "EUR")
    >>> payload(name="Atelier Durand", iban="FR7630006000011234567890189", amount=sum_asked, reference="F1")
    'BCD\n002\n1\nSCT\n\nAtelier Durand\nFR7630006000011234567890189\nEUR12.40\n\n\nF1'
    """
    compact = iban_number.compact(iban)
    fits = (
        amount.currency == "EUR"
        and _LEAST <= amount.amount <= _MOST
        and amount.amount == round(amount.amount, 2)
        and iban_number.is_valid(compact)
        and 0 < len(name) <= NAME_MAX
        and 0 < len(reference) <= REMITTANCE_MAX
        and (compact[:2] in _EEA or (compact[:2] in _SEPA and bic is not None))
        and (bic is None or bic_code.is_valid(bic))
        and not _holds_control(name, reference)
    )
    if not fits:
        return None
    # Purpose and structured reference are left empty: the reference here is free text.
    lines = (*_LINES_BEFORE, bic or "", name, compact, f"EUR{amount.amount:.2f}", "", "", reference)
    text = "\n".join(lines)
    return text if len(text.encode()) <= BYTES_MAX else None


def _holds_control(*values: str) -> bool:
    """Whether a value holds a control character: a line feed would begin another line of the code."""
    return any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for value in values for sign in value)
