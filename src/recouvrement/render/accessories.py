"""Which documents claim interest: one rule, read in the table of mentions that the check of documents uses."""

from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.mention_texts import INTEREST_DUE
from recouvrement.render.mentions import MENTIONS
from recouvrement.render.variants import Variant


def claims_interest(kind: DocumentKind, variant: Variant) -> bool:
    """Return whether a document asks for interest: it must show the interest due, or it is not made.

    A first reminder says what interest runs and asks for none of it: it claims nothing.

    >>> claims_interest(DocumentKind.REMINDER_2, Variant.BUSINESS)
    True
    >>> claims_interest(DocumentKind.REMINDER_1, Variant.BUSINESS)
    False
    """
    return INTEREST_DUE in MENTIONS.get((kind, variant), ())
