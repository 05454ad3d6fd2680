"""Documents, parties and cases refuse what cannot be true."""

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from recouvrement import (
    Allocation,
    Case,
    Contact,
    CreditNote,
    Creditor,
    Debtor,
    DebtorKind,
    Insolvency,
    InsolvencyKind,
    Instalment,
    Invoice,
    Money,
    Payment,
    PostalAddress,
    PublicBody,
)
from support.cases import CREDITOR, case_of, debtor, invoice

EURO = Money.of("100.00", "EUR")
DAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"instalments": ()}, "no instalment"),
        ({"instalments": (Instalment(amount=Money.of("99.99", "EUR")),)}, "add up to 99.99 EUR"),
        ({"instalments": (Instalment(amount=Money.of("100", "CHF")),)}, "mixes currencies"),
        ({"prepaid": Money.of("10", "EUR")}, "90.00 EUR left to pay"),
        ({"issued_on": "2026-09-30"}, "date"),
        ({"issued_on": datetime(2026, 9, 30, 12)}, "date"),  # noqa: DTZ001  # an instant is refused, zone or not
        ({"number": "F1\nX"}, "pattern"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_an_invoice_that_does_not_hold_together_is_refused(changes: dict[str, object], words: str) -> None:
    good = {"number": "F1", "issued_on": DAY, "total": EURO, "instalments": (Instalment(amount=EURO, due_on=DAY),)}
    with pytest.raises(ValidationError, match=words):
        Invoice.model_validate(good | changes)


def test_a_negative_invoice_is_a_credit_note() -> None:
    minus = Money.of("-100.00", "EUR")
    with pytest.raises(ValidationError, match="credit note"):
        Invoice.single("F1", issued_on=DAY, due_on=DAY, total=minus)
    with pytest.raises(ValidationError, match="positive"):
        CreditNote(number="A1", issued_on=DAY, amount=minus)


def test_a_payment_is_positive_and_not_allocated_beyond_itself() -> None:
    with pytest.raises(ValidationError, match="positive"):
        Payment(id="P1", received_on=DAY, amount=Money.zero("EUR"))
    too_much = (Allocation(item_id="F1", amount=EURO), Allocation(item_id="F2", amount=EURO))
    with pytest.raises(ValidationError, match=r"allocated for 200\.00 EUR"):
        Payment(id="P1", received_on=DAY, amount=EURO, allocations=too_much)


def test_instalments_are_items_with_names_of_their_own() -> None:
    parts = (Instalment(amount=EURO, due_on=DAY), Instalment(amount=EURO, due_on=date(2026, 10, 31)))
    two = Invoice(number="F1", issued_on=DAY, total=Money.of("200", "EUR"), instalments=parts)
    assert [(item.id, item.due_on) for item in two.items] == [("F1#1", DAY), ("F1#2", date(2026, 10, 31))]


def test_a_number_given_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="invoice F1 appears twice"):
        case_of(invoice("F1", DAY), invoice("F1", DAY))


def test_a_case_has_one_currency() -> None:
    franc = Invoice.single("F1", issued_on=DAY, due_on=DAY, total=Money.of("1", "CHF"))
    with pytest.raises(ValidationError, match="F1 is in CHF, the case is in EUR"):
        Case(creditor=CREDITOR, debtor=debtor(), invoices=(franc,))


@pytest.mark.parametrize(
    "fields",
    [
        {"siren": "000000019"},
        {"siret": "00000001800012"},
        {"siren": "000000018", "siret": "00022330500012"},
        {"vat_number": "FR00000000018"},
        {"public_body": PublicBody.HEALTH},
        {"contacts": ({"email": "a@b"},)},
        {"contacts": ({"email": "a@b.example\nBcc: c@d.example"},)},
    ],
)
def test_a_debtor_whose_identity_cannot_be_true_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Debtor.model_validate({"id": "C1", "name": "Garage", "kind": "business"} | fields)


def test_identifiers_are_kept_without_their_spaces() -> None:
    creditor = Creditor(id="a", name="A", siren="000 000 018", iban="FR76 3000 6000 0112 3456 7890 189")
    assert (creditor.siren, creditor.iban) == ("000000018", "FR7630006000011234567890189")


def test_an_iban_with_a_wrong_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="IBAN"):
        Creditor(id="a", name="A", iban="FR7630006000011234567890188")


def test_insolvency_is_published_and_closed_after_it_opened() -> None:
    with pytest.raises(ValidationError, match="before the opening"):
        Insolvency(kind=InsolvencyKind.SAUVEGARDE, opened_on=DAY, published_on=date(2026, 9, 29))


def test_an_address_is_written_as_afnor_asks() -> None:
    address = PostalAddress(
        complement="Bâtiment B", street="3, rue de l'Œuvre", locality="BP 12", postal_code="29217", city="Le Conquet"
    )
    assert address.lines("M. Yvon Lestrédec") == (
        "M. Yvon Lestrédec",
        "Bâtiment B",
        "3 RUE DE L OEUVRE",
        "BP 12",
        "29217 LE CONQUET",
    )
    assert address.region_code == "29"
    assert PostalAddress(postal_code="97400", city="Saint-Denis").region_code == "974"
    long = PostalAddress(street="1" * 39, postal_code="29217", city="Le Conquet")
    assert long.faults("A") == ("1" * 39,)


@pytest.mark.parametrize("code", ["2921", "F-29217", "29 217"])
def test_a_french_postal_code_has_five_digits(code: str) -> None:
    with pytest.raises(ValidationError, match="five digits"):
        PostalAddress(postal_code=code, city="Le Conquet")


def test_a_debtor_of_unstated_kind_is_unknown() -> None:
    assert Debtor(id="C1", name="X", contacts=(Contact(email="a@b.example"),)).kind is DebtorKind.UNKNOWN
