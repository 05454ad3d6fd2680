"""From a file to an invoice or a credit note: what the amounts, signs and type codes of an e-invoice mean."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import facturx
from lxml import etree
from pydantic import ValidationError

from recouvrement.adapters.factures import cii, ubl
from recouvrement.adapters.factures.model import EInvoice, Facts, RefusedInvoice
from recouvrement.adapters.factures.xml import load
from recouvrement.adapters.references import reference_or_none
from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.documents import CreditNote, Instalment, Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import PaymentMethod
from recouvrement.errors import InvalidInput

INVOICE_CODES = frozenset(
    {"80", "82", "84", "130", "202", "203", "204", "211", "218", "219", "295", "326", "331", "380", "382", "383", "384"}
    | {"385", "386", "387", "388", "389", "390", "393", "394", "395", "456", "457", "471", "472", "473", "500", "501"}
    | {"527", "553", "575", "623", "633", "751", "780", "817", "870", "875", "876", "877", "935"}
)
CREDIT_CODES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})
"""Codes of UNTDID 1001 that EN 16931 and the French extension allow; 325 (pro forma) claims nothing and is refused."""

PAYMENT_MEANS = {
    "10": PaymentMethod.CASH,
    "20": PaymentMethod.CHEQUE,
    "30": PaymentMethod.TRANSFER,
    "42": PaymentMethod.TRANSFER,
    "48": PaymentMethod.CARD,
    "49": PaymentMethod.DIRECT_DEBIT,
    "54": PaymentMethod.CARD,
    "55": PaymentMethod.CARD,
    "58": PaymentMethod.TRANSFER,
    "59": PaymentMethod.DIRECT_DEBIT,
}
"""Codes of UNTDID 4461 (BT-81) that leave no doubt; 58 and 59 are the SEPA transfer and direct debit."""

LEGAL_NOTES = frozenset({"AAB", "PMD", "PMT"})

_DECIMAL = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_ENTER_BY_HAND = "Ask the issuer for a corrected file, or enter the invoice in factures.csv."


def read_einvoice(path: Path) -> EInvoice:
    """Return the invoice or credit note that a Factur-X PDF, CII XML or UBL XML file holds.

    A negative invoice is a credit note of the opposite amount. An advance larger than the total leaves an invoice with
    nothing to pay, and ``overpaid`` says by how much.

    Raises ``InvalidInput`` when the file is not an e-invoice; ``RefusedInvoice``, which names the parties, when it is
    one whose dates or sums cannot be relied on.
    """
    root = load(path)
    syntax = cii if etree.QName(root).localname == "CrossIndustryInvoice" else ubl
    seller, buyer = syntax.parties(root, path.name)
    try:
        return _einvoice(syntax.facts(root, path.name), root, path.name)
    except InvalidInput as fault:
        raise RefusedInvoice(
            where=fault.where, found=fault.found, hint=fault.hint, seller=seller, buyer=buyer
        ) from None


def _einvoice(facts: Facts, root: etree._Element, where: str) -> EInvoice:
    type_code = _type_code(facts, where)
    currency = _present(facts.currency, "currency (BT-5)", where)
    if currency not in DECIMALS:
        raise InvalidInput(where=where, found=f"currency {currency!r} is not in ISO 4217", hint=_ENTER_BY_HAND)
    flavour = facturx.get_flavor(root)
    profile = _profile(root, flavour)
    sums = _sums(facts, currency, profile, where)
    is_credit = type_code in CREDIT_CODES or facts.is_credit_syntax
    if is_credit and sums.to_pay.minor < 0:
        raise InvalidInput(
            where=where,
            found=f"credit note of type {type_code} with a negative total {sums.grand_total}: it can be read both ways",
            hint="Ask the issuer whether it is owed or given back, and enter it in factures.csv.",
        )
    build = _credit_note if is_credit or sums.to_pay.minor < 0 else _invoice
    try:
        document = build(facts, sums, where)
    except ValidationError as fault:
        message = fault.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise InvalidInput(where=where, found=message, hint=_ENTER_BY_HAND) from None
    is_overpaid = isinstance(document, Invoice) and sums.payable.minor < 0
    return EInvoice(
        document=document,
        type_code=type_code,
        currency=currency,
        seller=facts.seller,
        buyer=facts.buyer,
        flavour=flavour,
        profile=profile,
        grand_total=sums.grand_total,
        prepaid=sums.prepaid,
        payable=sums.payable,
        overpaid=Money.from_minor(-sums.payable.minor, currency) if is_overpaid else None,
        due_dates=tuple(sorted({due.due_on for due in facts.terms.dues})),
        terms_text=facts.terms.text,
        preceding=facts.preceding,
        order_reference=reference_or_none(facts.order_reference),
        delivered_on=facts.delivered_on,
        legal_notes=tuple((code, text) for code, text in facts.notes if code in LEGAL_NOTES and text),
        payment_means=facts.payment_means,
        notes=tuple((code, text) for code, text in facts.notes if text),
    )


def _type_code(facts: Facts, where: str) -> str:
    if facts.is_test:
        raise InvalidInput(where=where, found="the invoice is marked as a test", hint="Take it out of the folder.")
    code = _present(facts.type_code, "type of document (BT-3)", where)
    if code not in INVOICE_CODES | CREDIT_CODES:
        raise InvalidInput(
            where=where,
            found=f"document type {code!r} is neither an invoice nor a credit note",
            hint="Take the final invoice (380) or the credit note (381).",
        )
    return code


def _profile(root: etree._Element, flavour: str) -> str | None:
    try:
        level: str = facturx.get_level(root, flavour)
    except (ValueError, AttributeError):  # factur-x: no identifier, an unknown one, an empty one
        return None
    return level


def _present(found: str | None, name: str, where: str) -> str:
    if found is None:
        raise InvalidInput(where=where, found=f"the {name} is missing", hint=_ENTER_BY_HAND)
    return found


class _Sums(NamedTuple):
    grand_total: Money
    prepaid: Money
    payable: Money
    to_pay: Money
    """Total with VAT, rounding included: ``payable`` plus ``prepaid``."""


def _sums(facts: Facts, currency: str, profile: str | None, where: str) -> _Sums:
    grand_total = _money(_present(facts.grand_total, "total with VAT (BT-112)", where), currency, where)
    payable = _money(_present(facts.payable, "amount due (BT-115)", where), currency, where)
    rounding = _money(facts.rounding or "0", currency, where)
    if facts.prepaid is None and profile == "minimum":
        # MINIMUM has no field for the advance: what is missing between the two amounts is one.
        prepaid = grand_total - payable
    else:
        prepaid = _money(facts.prepaid or "0", currency, where)
    to_pay = grand_total + rounding
    if to_pay - prepaid != payable:
        raise InvalidInput(
            where=where,
            found=f"the total {grand_total}, with rounding {rounding} and less the advance {prepaid}, is not {payable}",
            hint=_ENTER_BY_HAND,
        )
    return _Sums(grand_total, prepaid, payable, to_pay)


def _money(text: str, currency: str, where: str) -> Money:
    if not _DECIMAL.fullmatch(text):
        raise InvalidInput(where=where, found=f"{text!r} is not an amount", hint=_ENTER_BY_HAND)
    if len(text.partition(".")[2].rstrip("0")) > DECIMALS[currency]:
        raise InvalidInput(
            where=where,
            found=f"{text!r} has more decimals than {currency} ({DECIMALS[currency]})",
            hint=_ENTER_BY_HAND,
        )
    try:
        # Counted in minor units so that -0.00 becomes 0.00.
        return Money.from_minor(Money.of(text, currency).minor, currency)
    except InvalidInput as fault:
        raise InvalidInput(where=where, found=fault.found, hint=_ENTER_BY_HAND) from None


def _credit_note(facts: Facts, sums: _Sums, where: str) -> CreditNote:
    if sums.prepaid.minor:
        raise InvalidInput(
            where=where,
            found=f"a credit note of which {sums.prepaid} is already settled",
            hint="Enter it in factures.csv with the amount that it still takes off.",
        )
    return CreditNote(
        number=_present(facts.number, "number (BT-1)", where),
        issued_on=_issued_on(facts, where),
        amount=Money.from_minor(abs(sums.to_pay.minor), sums.to_pay.currency),
        # With several references the share of each invoice is not known: the credit goes to the oldest debts.
        invoice_number=facts.preceding[0] if len(facts.preceding) == 1 else None,
    )


def _invoice(facts: Facts, sums: _Sums, where: str) -> Invoice:
    if sums.prepaid.minor < 0:
        raise InvalidInput(where=where, found=f"the advance {sums.prepaid} is negative", hint=_ENTER_BY_HAND)
    prepaid = min(sums.prepaid, sums.to_pay)
    return Invoice(
        number=_present(facts.number, "number (BT-1)", where),
        issued_on=_issued_on(facts, where),
        total=sums.to_pay,
        prepaid=prepaid if prepaid.minor else None,
        instalments=_instalments(facts, sums.to_pay - prepaid, where),
        delivered_on=facts.delivered_on,
        order_reference=reference_or_none(facts.order_reference),
        payment_method=_payment_method(facts.payment_means),
    )


def _payment_method(codes: tuple[str, ...]) -> PaymentMethod | None:
    """Return how the invoice is to be paid; ``None`` when the file leaves the debtor a choice, or does not tell.

    A transfer offered beside a direct debit is a choice: taken for a debit, the invoice would wait for ever.
    """
    methods = {PAYMENT_MEANS.get(code) for code in codes}
    return methods.pop() if len(methods) == 1 else None


def _issued_on(facts: Facts, where: str) -> date:
    if facts.issued_on is None:
        raise InvalidInput(where=where, found="the date of issue (BT-2) is missing", hint=_ENTER_BY_HAND)
    return facts.issued_on


def _instalments(facts: Facts, left: Money, where: str) -> tuple[Instalment, ...]:
    dues = facts.terms.dues
    days = sorted({due.due_on for due in dues})
    amounts = [_money(due.amount, left.currency, where) for due in dues if due.amount is not None]
    if not left.minor or (len(days) <= 1 and not amounts):
        # With nothing left to pay the date of the advance, or the last one, changes no claim.
        return (Instalment(amount=left, due_on=days[-1] if days else None),)
    if len(amounts) != len(dues):
        raise InvalidInput(
            where=where,
            found=f"{len(days)} due dates without the amount of each",
            hint="Enter the invoice in factures.csv with one row per instalment (column tranche).",
        )
    if sum(amount.minor for amount in amounts) != left.minor:
        raise InvalidInput(
            where=where,
            found=f"the instalments {', '.join(str(amount) for amount in amounts)} do not add up to {left}",
            hint="Enter the invoice in factures.csv with one row per instalment (column tranche).",
        )
    parts = sorted(zip((due.due_on for due in dues), amounts, strict=True), key=lambda part: part[0])
    return tuple(Instalment(amount=amount, due_on=due_on) for due_on, amount in parts)
