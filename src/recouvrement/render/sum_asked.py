"""The one sum a letter asks to be paid to the creditor: which letters bear a QR code and a payment link."""

from recouvrement.domain.decision import Action
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.statement import Statement
from recouvrement.render.variants import Variant

_WITH_ACCESSORIES = (
    DocumentKind.REMINDER_2,
    DocumentKind.REMINDER_3,
    DocumentKind.MISE_EN_DEMEURE,
    DocumentKind.LAST_NOTICE,
)
_ASKS_PRINCIPAL = frozenset(
    {
        (kind, variant)
        for kind in (
            DocumentKind.COURTESY_NOTICE,
            DocumentKind.REMINDER_1,
            DocumentKind.REMINDER_LETTER,
        )
        for variant in (Variant.BUSINESS, Variant.CONSUMER)
    }
    | {(kind, Variant.CONSUMER) for kind in _WITH_ACCESSORIES}
)
_ASKS_TOTAL = frozenset((kind, Variant.BUSINESS) for kind in _WITH_ACCESSORIES)
"""A public body pays by its accountant, who neither scans a code nor pays on a web page: its letters bear none."""


def sum_asked(action: Action, account: Statement, variant: Variant) -> Money | None:
    """Return the sum that a document asks to be paid at once, ``None`` when it asks for none.

    Closed: a kind of document added to the library asks for nothing until it is listed here. The sum is one the
    document prints; it is never another.
    """
    if (action.document, variant) in _ASKS_PRINCIPAL:
        return action.principal
    return account.total if (action.document, variant) in _ASKS_TOTAL else None
