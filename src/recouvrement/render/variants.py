"""Which variant of the wording a debtor gets: the one choice of law made for templates, and made in Python."""

from enum import StrEnum
from typing import assert_never

from recouvrement.domain.parties import DebtorKind


class Variant(StrEnum):
    """A family of wording; the value is the middle part of the template's file name."""

    BUSINESS = "business"
    CONSUMER = "consumer"
    PUBLIC = "public"


def variant_of(kind: DebtorKind) -> Variant:
    """Return the wording for a kind of debtor.

    A non-professional and a debtor of unknown kind get the consumer wording: it claims neither the fixed indemnity nor
    the penalties of C. com. art. L441-10, which are owed between businesses only.
    """
    match kind:
        case DebtorKind.BUSINESS:
            return Variant.BUSINESS
        case DebtorKind.PUBLIC:
            return Variant.PUBLIC
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
            return Variant.CONSUMER
        case _:
            assert_never(kind)
