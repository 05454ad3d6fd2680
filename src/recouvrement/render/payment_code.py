"""The payment a letter asks for, as the text of its QR code."""

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render import epc, formats
from recouvrement.render.parties import creditor_name, payee
from recouvrement.render.variants import Variant
from recouvrement.render.views import View

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
"""A public body pays by its accountant, who scans nothing: its letters bear no code."""


def payment_code(action: Action, case: Case, view: View, *, variant: Variant) -> str | None:
    """Return the EPC text of the sum the document asks for, or ``None`` when there is none to print.

    There is none when the document asks for no sum by transfer, when no IBAN is known, or when the payment does not fit
    the standard (see ``epc.payload``). The sum is one the document prints; it is never another.
    """
    paid = payee(action, case)
    amount = _asked(action, view, variant)
    if amount is None or paid.iban is None:
        return None
    return epc.payload(
        name=creditor_name(paid).replace(formats.NO_BREAK, " "),
        iban=paid.iban,
        bic=paid.bic,
        amount=amount,
        reference=view.parties.payment_reference,
    )


def _asked(action: Action, view: View, variant: Variant) -> Money | None:
    if (action.document, variant) in _ASKS_PRINCIPAL:
        return action.principal
    return view.statement.total if (action.document, variant) in _ASKS_TOTAL else None
