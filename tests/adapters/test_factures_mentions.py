"""The mentions about payment of an e-invoice: its coded notes first, then its other words."""

from datetime import date
from pathlib import Path

import pytest

from recouvrement.adapters.factures import read_einvoice
from recouvrement.adapters.factures.mentions import printed_mentions
from recouvrement.domain.parties import DebtorKind
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.law.mentions import PrintedMentions

UBL = """\
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>U1</cbc:ID><cbc:IssueDate>2026-10-01</cbc:IssueDate>
<cbc:{root}TypeCode>{code}</cbc:{root}TypeCode>{notes}<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
{order}{terms}<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">120.00</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">120.00</cbc:PayableAmount></cac:LegalMonetaryTotal></{root}>
"""
ORDER = "<cac:OrderReference><cbc:ID>BC-118</cbc:ID></cac:OrderReference>"


def terms(*parts: tuple[str, str]) -> str:
    return "".join(
        f"<cac:PaymentTerms><cbc:Amount currencyID='EUR'>{amount}</cbc:Amount>"
        f"<cbc:InstallmentDueDate>{day}</cbc:InstallmentDueDate></cac:PaymentTerms>"
        for day, amount in parts
    )


def printed(folder: Path, *notes: str, root: str = "Invoice", order: str = "", due: str = "") -> PrintedMentions:
    path = folder / "F.xml"
    noted = "".join(f"<cbc:Note>{note}</cbc:Note>" for note in notes)
    code = "380" if root == "Invoice" else "381"
    path.write_text(UBL.format(root=root, code=code, notes=noted, order=order, terms=due), encoding="utf-8")
    return printed_mentions(read_einvoice(path), DebtorKind.BUSINESS, where="F.xml", law=FRANCE)


def test_a_coded_note_goes_before_the_words_of_the_others(tmp_path: Path) -> None:
    words = "Sans escompte. Pénalités de retard : 12 % l'an. Indemnité forfaitaire : 80 €."
    found = printed(tmp_path, words, "#PMT#Indemnité : 40 €")
    assert found.indemnity_text == "Indemnité : 40 €"
    assert found.penalty_text == "Pénalités de retard : 12 % l'an."
    assert found.discount_text == "Sans escompte."
    assert (found.issued_on, found.due_on) == (date(2026, 10, 1), None)


def test_a_note_under_another_code_is_read_too(tmp_path: Path) -> None:
    assert printed(tmp_path, "#AAI#Pas d'escompte").discount_text == "Pas d'escompte"


def test_of_several_due_dates_the_last_one_counts(tmp_path: Path) -> None:
    due = terms(("2026-10-31", "50.00"), ("2026-11-30", "70.00"))
    assert printed(tmp_path, due=due).due_on == date(2026, 11, 30)


def test_an_order_reference_is_printed_and_its_absence_proves_nothing(tmp_path: Path) -> None:
    with_order = printed(tmp_path, order=ORDER)
    assert (with_order.has_purchase_order, with_order.shows_order_number) == (True, True)
    without = printed(tmp_path)
    assert (without.has_purchase_order, without.shows_order_number) == (None, False)


def test_a_credit_note_asks_for_no_payment(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="credit note"):
        printed(tmp_path, root="CreditNote")
