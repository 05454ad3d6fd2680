"""The payment a letter asks for, as the text of its QR code."""

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.render import epc, formats
from recouvrement.render.parties import creditor_name, payee
from recouvrement.render.sum_asked import sum_asked
from recouvrement.render.variants import Variant
from recouvrement.render.views import View


def payment_code(action: Action, case: Case, view: View, *, variant: Variant) -> str | None:
    """Return the EPC text of the sum the document asks for, or ``None`` when there is none to print.

    There is none when the document asks for no sum by transfer, when no IBAN is known, or when the payment does not fit
    the standard (see ``epc.payload``).
    """
    paid = payee(action, case)
    amount = sum_asked(action, view.statement, variant)
    if amount is None or paid.iban is None:
        return None
    return epc.payload(
        name=creditor_name(paid).replace(formats.NO_BREAK, " "),
        iban=paid.iban,
        bic=paid.bic,
        amount=amount,
        reference=view.parties.payment_reference,
    )
