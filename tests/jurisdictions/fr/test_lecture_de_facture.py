"""Invoices as French firms write them: what is found in their words, whatever their typography."""

import signal
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NoReturn

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.chiffres_de_facture import indemnity_sum, penalty_rates
from recouvrement.jurisdictions.fr.lecture_de_facture import (
    DiscountTerms,
    cites_law_of_businesses,
    excerpt,
    limits_to_professionals,
    passages,
    printed_discount,
    quoted,
)
from recouvrement.jurisdictions.fr.mentions import read_mentions
from recouvrement.jurisdictions.fr.textes_de_facture import MAX_CHARACTERS, Topic, folded, invoice_text, laid_out

ISSUED = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Pénalités de retard : 3 fois le taux d'intérêt légal", ["3x legal"]),
        ("pénalités calculées à trois fois le taux d’intérêt légal", ["3x legal"]),
        ("Pénalités\u00a0de\u202fretard\u00a0: 3\u00a0×\u00a0le taux légal", ["3x legal"]),
        ("pénalités : trois (3) fois le taux de l'intérêt légal en vigueur", ["3x legal"]),
        ("PÉNALITÉS DE RETARD : 3 FOIS LE TAUX D'INTÉRÊT\nLÉGAL", ["3x legal"]),
        ("intérêts de retard au triple du taux légal", ["3x legal"]),
        ("pénalités de retard : taux d'intérêt légal multiplié par trois", ["3x legal"]),
        ("pénalités : une fois et demie le taux d'intérêt légal", ["1.5x legal"]),
        ("pénalités au taux légal en vigueur", ["1x legal"]),
        ("pénalités au taux légal majoré de 5 points", []),
        ("taux de la BCE majoré de 10 points", ["ecb+10"]),
        ("Taux BCE + 10 %", ["ecb+10"]),
        ("taux directeur de la Banque centrale européenne augmenté de dix points", ["ecb+10"]),
        ("taux appliqué par la B.C.E. à son opération de refinancement la plus récente majoré de 8 points", ["ecb+8"]),
        ("BCE (2,40 %) majoré de 10 points, soit des pénalités de 12,40 %", ["ecb+10", "12.4"]),
        ("10 points au-dessus du taux de la BCE", ["ecb+10"]),
        ("12,5 % l'an", ["12.5"]),
        ("12.50%", ["12.5"]),
        ("Pénalités de retard : douze pour cent par an", ["12"]),
        ("1,5 % par mois de retard", ["18"]),
        ("taux mensuel de 1 %", ["12"]),
        ("0,05 % par jour", ["18.25"]),
        ("taux annuel de 12 %, dû par jour de retard", ["12"]),
        ("Pénalités exigibles. Taux : 12 % par an. TVA : 20 %", ["12"]),
        ("Escompte de 2 %. TVA 20 %. Pénalités de retard : 12 %", ["12"]),
        ("Pénalités de retard selon la loi", []),
        ("Pénalités de retard selon la loi. TVA à 20 %, acompte de 30 %", []),
        ("Escompte au taux d'intérêt légal. Pénalités : 12 %", ["12"]),
        ("Payable en 3 fois. Notre représentant légal. Pénalités selon la loi", []),
        ("Pénalités de retard : 0 %", ["None"]),
    ],
)
def test_the_rates_of_penalties_are_read(text: str, clauses: list[str]) -> None:
    assert [str(rate.clause) for rate in penalty_rates(text)] == clauses


@pytest.mark.parametrize(
    ("text", "is_flat"),
    [
        ("Tout retard entraîne une pénalité de 15 % du montant dû", True),
        ("une pénalité de 15 % des sommes dues par mois de retard", False),
        ("pénalités au taux de 15 % des sommes dues", False),
        ("pénalités de retard : 15 %", False),
    ],
)
def test_a_percentage_of_the_sum_without_a_period_may_be_flat(text: str, *, is_flat: bool) -> None:
    assert [rate.is_flat for rate in penalty_rates(text)] == [is_flat]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Indemnité forfaitaire pour frais de recouvrement : 40 €", "40"),
        ("indemnité forfaitaire de 40€", "40"),
        ("indemnité forfaitaire de 40,00\u00a0€", "40.00"),
        ("indemnité forfaitaire de 40.00 euros", "40.00"),
        ("indemnité forfaitaire de 40 EUR", "40"),
        ("indemnité forfaitaire : € 40", "40"),
        ("indemnité forfaitaire de quarante euros", "40"),
        ("indemnité forfaitaire de quarante (40) euros", "40"),
        ("indemnité forfaitaire\nde recouvrement\u202f:\n40\u202f€", "40"),
        ("INDEMNITÉ FORFAITAIRE DE RECOUVREMENT : 40 €", "40"),
        ("En cas de retard, il sera dû 40 € au titre de l'indemnité forfaitaire", "40"),
        ("des pénalités de 12 %, ainsi que 40 € d'indemnité forfaitaire", "40"),
        ("Pénalité minimale de 15 € et indemnité forfaitaire de recouvrement de 40 €", "40"),
        ("indemnité forfaitaire de 1 200,00 €", "1200.00"),
        ("40 €", "40"),
        ("indemnité forfaitaire de quarante-cinq euros", None),
        ("indemnité forfaitaire (décret 2012-1115)\nTotal TTC : 1 200,00 €", None),
        ("Net à payer : 104,90 EUR\nIndemnité forfaitaire prévue par la loi\nSARL au capital de 40 €", None),
        ("indemnité forfaitaire de 15 % des sommes dues", None),
    ],
)
def test_the_sum_of_the_indemnity_is_read(text: str, amount: str | None) -> None:
    found = indemnity_sum(text)
    assert (found and found.amount) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Pas d'escompte en cas de paiement anticipé", DiscountTerms.STATED),
        ("Sans escompte", DiscountTerms.STATED),
        ("Escompte : néant", DiscountTerms.STATED),
        ("ESCOMPTE\u00a0: NÉANT", DiscountTerms.STATED),
        ("Escompte : 0", DiscountTerms.STATED),
        ("néant", DiscountTerms.STATED),
        ("Escompte de 2 % à huit jours", DiscountTerms.STATED),
        ("2 % d'escompte à huit jours", DiscountTerms.STATED),
        ("Les règlements reçus avant la date d'échéance ne donneront pas lieu à escompte.", DiscountTerms.STATED),
        ("Aucune remise pour paiement anticipé", DiscountTerms.STATED),
        ("Escompte", DiscountTerms.NOT_STATED),
        ("Escompte : voir nos conditions générales", DiscountTerms.NOT_STATED),
        ("Pénalités : aucune\nEscompte : selon CGV", DiscountTerms.NOT_STATED),
        ("Indemnité : 40 €, escompte selon CGV", DiscountTerms.NOT_STATED),
        ("Escompte selon CGV en cas de paiement comptant", DiscountTerms.NOT_STATED),
        ("Paiement comptant", DiscountTerms.CASH),
        ("Règlement par prélèvement automatique", DiscountTerms.CASH),
    ],
)
def test_what_is_said_of_a_discount_is_read(text: str, terms: DiscountTerms) -> None:
    assert printed_discount(text).terms is terms


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("Échéance : 31/12/2026", date(2026, 12, 31)),
        ("Date d'échéance\u00a0: 31.12.2026", date(2026, 12, 31)),
        ("À payer avant le 31-12-26", date(2026, 12, 31)),
        ("Date limite de paiement : 2026-12-31", date(2026, 12, 31)),
        ("payable au plus tard le 1er décembre 2026", date(2026, 12, 1)),
        ("Règlement le 5 déc. 2026", date(2026, 12, 5)),
        ("DATE DE FACTURE   DATE D'ÉCHÉANCE\n01/11/2026   01/12/2026", date(2026, 12, 1)),
        ("Payable ce jour : échéance 01/11/2026", date(2026, 11, 1)),
        ("Échéances : 30/11/2026 pour la moitié. Dernière échéance : 31/12/2026", date(2026, 12, 31)),
        ("Escompte : néant\nDate limite de paiement : 31/12/2026", date(2026, 12, 31)),
        ("Escompte de 2 % pour un paiement avant le 10/11/2026", None),
        ("Paiement à 30 jours, facture du 01/12/2026", None),
        ("Échéance : 31/02/2027", None),
        ("Échéance : 31/12/2025", None),
        ("Paiement à 30 jours fin de mois", None),
        ("Livraison le 15/12/2026", None),
    ],
)
def test_the_date_of_payment_is_read(text: str, due_on: date | None) -> None:
    assert passages(text, ISSUED).due_on == due_on


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Objet : conseil\nPaiement : 45 jours fin de mois\nMerci", "Paiement : 45 jours fin de mois"),
        ("Règlement à réception de facture.", "Règlement à réception de facture."),
        ("30 jours nets", "30 jours nets"),
        ("Escompte de 2 % pour paiement sous 8 jours", None),
        ("Réclamation sous 8 jours", None),
        ("Intérêts de retard dus 30 jours après le paiement", None),
    ],
)
def test_the_terms_in_words_are_found(text: str, terms: str | None) -> None:
    assert passages(text, ISSUED).terms == terms


def test_an_indemnity_for_delay_alone_is_no_mention_of_penalties() -> None:
    found = passages("Indemnité forfaitaire de recouvrement de 40 € en cas de retard de paiement.", ISSUED)
    assert found.penalty is None
    assert found.indemnity is not None


@pytest.mark.parametrize(
    ("text", "address", "order"),
    [
        ("Adresse de facturation : 3 rue des Mouettes, Brest", True, False),
        ("Bon de commande n° BC-118", False, True),
        ("Votre commande : 4500012345", False, True),
        ("Commande du 12/10/2026", False, False),
        ("Merci de votre commande", False, False),
    ],
)
def test_address_and_order_number_are_seen(text: str, *, address: bool, order: bool) -> None:
    found = passages(text, ISSUED)
    assert (found.shows_billing_address, found.shows_order_number) == (address, order)


def test_several_spaces_and_invisible_characters_count_for_nothing() -> None:
    text = "Pénali\u00adtés\u00a0 de\u2009retard\u200b :\t3\u202ffois le taux d\u2019intérêt\u00a0légal \x1b[31m\u202e"
    assert laid_out(text) == "Pénalités de retard : 3 fois le taux d’intérêt légal [31m"
    assert [str(rate.clause) for rate in penalty_rates(text)] == ["3x legal"]


def test_accents_written_apart_are_read() -> None:
    assert folded(laid_out("Inde\u0301mnite\u0301")) == "indemnite"


def test_folding_keeps_every_character_at_its_place() -> None:
    odd = "İßœﬁ©Ω€\u0301"
    assert len(folded(odd)) == len(odd)


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Pénalités (art. L. 441-10 C. com. et suiv.) : 12 %. Fin."
    assert len(invoice_text(text).sentences) == 2
    assert [str(rate.clause) for rate in penalty_rates(text)] == ["12"]


def test_words_limited_to_professionals_are_seen() -> None:
    assert limits_to_professionals("Pour les clients professionnels : 40 €")
    assert not limits_to_professionals("Pour les clients non professionnels : 40 €")
    assert cites_law_of_businesses("selon l'art. L. 441-10")
    assert cites_law_of_businesses("selon l'article L441-6 du code de commerce")
    assert not cites_law_of_businesses("selon l'article L441-9")


def test_a_quotation_is_one_line_and_short() -> None:
    long = "Pénalités de retard " + "bla " * 200
    assert len(excerpt(f"Objet\n{long}\nFin", Topic.PENALTY)) == 160
    assert excerpt("Objet : conseil\nPénalités selon la loi\nFin", Topic.PENALTY) == "Pénalités selon la loi"
    assert quoted("30 jours\nfin de mois\x1b") == "30 jours fin de mois"


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidInput, match="characters"):
        read_mentions("a" * (MAX_CHARACTERS + 1), debtor_kind=DebtorKind.BUSINESS, issued_on=ISSUED)


HOSTILE = [
    "bce majore ",
    "taux interet legal ",
    "40 € ",
    "retard 4 € ",
    "retard 1 % ",
    "30 jours ",
    "escompte ",
    "paiement 01/01/2027 ",
    "indemnité forfait ",
    "commande ",
    "3 fois ",
    "1 ",
    "a",
    "\n- ",
    ". ",
    "quarante (",
    "pénalité ",
    "(((((",
    "%",
]


@pytest.fixture
def watched() -> Iterator[None]:
    """Stop a test that goes on without end: twenty times what a reading in one pass takes of the processor."""
    if not hasattr(signal, "setitimer"):
        pytest.skip("this system has no timer of processor time")

    def stop(*_: object) -> NoReturn:
        raise AssertionError("the text is read over and over")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 10)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("brick", HOSTILE)
def test_a_hostile_text_is_read_in_one_pass(brick: str) -> None:
    """Fifty thousand characters: read in one pass they take half a second, read again at each word an hour."""
    text = (brick * 50_000)[:50_000]
    printed = read_mentions(text, debtor_kind=DebtorKind.BUSINESS, issued_on=ISSUED)
    for read in (penalty_rates, indemnity_sum, printed_discount):
        read(printed.penalty_text or text)
