import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.jurisdictions.fr.libelles_de_paiement import MAX_LENGTH, WordedTerm, read

NAMES = {
    "days_after",
    "days_then_eom",
    "eom_then_days",
    "days_then_eom_then_day",
    "eom_then_days_then_day",
    "decade_then_days",
    "fixed_date",
}
BOTH_45 = ["days_then_eom 45", "eom_then_days 45"]


def short(term: WordedTerm) -> str:
    """Return a reading as ``name days [le day] [from start]``; the start only where the words name one."""
    if term.due_on is not None:
        return f"{term.name} {term.due_on}"
    day = "" if term.terms.day_of_month is None else f" le {term.terms.day_of_month}"
    start = f" from {term.terms.starts.value}" if term.names_start else ""
    return f"{term.name} {term.terms.net_days}{day}{start}"


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        # net days
        ("30 jours nets", ["days_after 30"]),
        ("30 jours net", ["days_after 30"]),
        ("net 30 jours", ["days_after 30"]),
        ("30 jours", ["days_after 30"]),
        ("à 30 jours", ["days_after 30"]),
        ("30 jours calendaires", ["days_after 30"]),
        ("trente (30) jours", ["days_after 30"]),
        ("quarante-cinq jours", ["days_after 45"]),
        ("60 jours date de facture", ["days_after 60 from issue"]),
        ("30 jours à compter de la date d'émission", ["days_after 30 from issue"]),
        ("30 jours à compter de l’émission de la facture", ["days_after 30 from issue"]),
        ("30 jours suivant la date de facture", ["days_after 30 from issue"]),
        ("30 jours à compter de la réception de la facture", ["days_after 30 from receipt"]),
        ("30 jours réception", ["days_after 30 from receipt"]),
        ("30 jours à compter de la livraison", ["days_after 30 from delivery"]),
        ("30 jours à compter de la réception des marchandises", ["days_after 30 from delivery"]),
        ("30 jours à compter de l'exécution de la prestation", ["days_after 30 from delivery"]),
        # at once
        ("à réception", ["days_after 0 from receipt"]),
        ("à réception de facture", ["days_after 0 from receipt"]),
        ("dès réception", ["days_after 0 from receipt"]),
        ("comptant", ["days_after 0"]),
        ("au comptant", ["days_after 0"]),
        ("comptant à réception de facture", ["days_after 0 from receipt"]),
        ("à la livraison", ["days_after 0 from delivery"]),
        # end of month, both ways
        ("45 jours fin de mois", BOTH_45),
        ("45 j FDM", BOTH_45),
        ("45 jours FM", BOTH_45),
        ("45 jrs. fin du mois", BOTH_45),
        ("45 jour(s) F.D.M.", BOTH_45),
        ("45j nets fin de mois", BOTH_45),
        ("fin de mois 45 jours", BOTH_45),
        ("45 jours fin de mois date de facture", [f"{reading} from issue" for reading in BOTH_45]),
        ("45 jours date de facture fin de mois", [f"{reading} from issue" for reading in BOTH_45]),
        ("30 jours fin de mois le 10", ["days_then_eom_then_day 30 le 10"]),
        ("30 jours FDM, le 15", ["days_then_eom_then_day 30 le 15"]),
        ("60 jours fin de mois le 15", ["days_then_eom_then_day 60 le 15"]),
        # end of month, one way
        ("fin de mois", ["days_then_eom 0"]),
        ("fin de mois le 15", ["days_then_eom_then_day 0 le 15"]),
        ("le 15 du mois suivant", ["days_then_eom_then_day 0 le 15"]),
        ("le 1er du mois suivant la livraison", ["days_then_eom_then_day 0 le 1 from delivery"]),
        ("45 jours puis fin de mois", ["days_then_eom 45"]),
        ("45 jours + fin de mois", ["days_then_eom 45"]),
        ("fin de mois + 45 jours", ["eom_then_days 45"]),
        ("fin de mois +45 jours nets", ["eom_then_days 45"]),
        ("fin de mois puis 45 jours", ["eom_then_days 45"]),
        ("45 jours après la fin du mois", ["eom_then_days 45"]),
        ("45 jours à compter de la fin du mois d'émission de la facture", ["eom_then_days 45 from issue"]),
        ("fin de mois + 30 jours le 10", ["eom_then_days_then_day 30 le 10"]),
        ("30 jours fin de mois de livraison", ["eom_then_days 30 from delivery"]),
        ("30 jours fin de mois de facturation", ["eom_then_days 30 from issue"]),
        ("fin du mois de livraison", ["days_then_eom 0 from delivery"]),
        # ten-day blocks
        ("30 jours fin de décade", ["decade_then_days 30"]),
        ("fin de décade + 30 jours", ["decade_then_days 30"]),
        ("30 jours après la fin de la décade de livraison", ["decade_then_days 30 from delivery"]),
        # dates
        ("payable le 31/12/2026", ["fixed_date 2026-12-31"]),
        ("échéance : 31/12/2026", ["fixed_date 2026-12-31"]),
        ("Date d’échéance : 31.12.2026.", ["fixed_date 2026-12-31"]),
        ("Date limite de règlement : 2026-12-31", ["fixed_date 2026-12-31"]),
        ("au plus tard le 1er janvier 2027", ["fixed_date 2027-01-01"]),
        # what stands around
        ("Paiement à 30 jours.", ["days_after 30"]),
        ("Conditions de règlement : 45 J. FDM", BOTH_45),
        ("RÈGLEMENT PAR VIREMENT À 45 JOURS FIN DE MOIS", BOTH_45),
        ("payable à 30 jours nets par virement bancaire, sans escompte", ["days_after 30"]),
        (
            "30 jours\u00a0fin\u202fde mois ; escompte pour paiement anticipé : néant",
            ["days_then_eom 30", "eom_then_days 30"],
        ),
        ("LCR 45 jours fin de mois", BOTH_45),
        ("Re\u0301glement a\u0300 30 jours", ["days_after 30"]),
        # English
        ("30 days net", ["days_after 30"]),
        ("net 30 days", ["days_after 30"]),
        ("Payment within 30 days of invoice date", ["days_after 30 from issue"]),
        ("30 days end of month", ["days_then_eom 30", "eom_then_days 30"]),
        ("45 days from the end of the month", ["eom_then_days 45"]),
        ("upon receipt", ["days_after 0 from receipt"]),
        ("Due on receipt of invoice", ["days_after 0 from receipt"]),
    ],
)
def test_the_words_of_invoices_are_read(wording: str, expected: list[str]) -> None:
    assert [short(term) for term in read(wording).terms] == expected


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "30",
        "30 jours ou 45 jours",
        "30/60 jours",
        "30-45 jours",
        "30, 60 jours",
        "30 jours 45 jours",
        "selon accord",
        "à convenir",
        "2 mois",
        "à 1 mois",
        "60 jours ou 2 mois",
        "30 jours ouvrés",
        "30 jours ouvrables",
        "30 jours francs",
        "30 jours avant livraison",
        "30 jours sauf accord contraire",
        "pas de paiement à 30 jours",
        "fin du mois suivant",
        "30 jours fin de mois suivant",
        "30 jours fin de mois suivant la livraison",
        "30 jours le 15",
        "fin de mois 30 jours le 10",
        "45 jours fin de mois le 32",
        "45 jours fin de mois le 0",
        "le 15",
        "366 jours",
        "1000 jours",
        "-30 jours",
        "30,5 jours",
        "1.30 jours",
        "³0 jours",
        "３0 jours",
        "30½ jours",
        "3\u03360\u0336 jours",
        "quatre-vingt jours",
        "cent vingt jours",
        "trente (45) jours",
        "30 % à la commande, solde à 30 jours",
        "30 jours, escompte 2 % à 10 jours",
        "payable le 31/02/2026",
        "payable le 12/31/2026",
        "payable le 31/12/26",
        "payable le 31/12/9999",
        "payable le 31/12-2026",
        "payable le 31/12",
        "30 jours, soit le 31/12/2026",
        "virement",
    ],
)
def test_words_that_can_be_read_in_no_way_or_in_two_unlawful_ones_are_not_guessed(wording: str) -> None:
    assert read(wording).terms == ()


@pytest.mark.parametrize(
    ("wording", "expected"),
    [("30 jours fin de mois suivant", True), ("selon accord FDM", True), ("2 mois", False), ("30 jours", False)],
)
def test_an_end_of_month_is_noticed_even_in_words_that_are_not_understood(wording: str, expected: bool) -> None:  # noqa: FBT001  # a row of the table
    assert read(wording).mentions_end_of_month is expected


@pytest.mark.parametrize(
    "wording",
    [
        "30 jours " * 1_200,
        " " * 10_000 + "30 jours",
        "a compter de la date de " * 500,
        "payable a " * 1_000,
        "\u0301" * 10_000,
        "de la " * 50,
        "net " * 75,
        "30 " * 100,
        "+" * MAX_LENGTH,
        "- " * (MAX_LENGTH // 2),
        "fin de mois " * 25,
        "30 jours" + " " * 290 + "x",
    ],
)
def test_hostile_words_are_refused_at_once(wording: str) -> None:
    assert read(wording).terms == ()


def test_words_are_read_up_to_the_stated_length() -> None:
    assert read("30 jours".ljust(MAX_LENGTH)).terms
    assert not read("30 jours".ljust(MAX_LENGTH + 1)).terms


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(wording: str) -> None:
    assert {term.name for term in read(wording).terms} <= NAMES


WORDS = [
    "payable",
    "à",
    "30",
    "45",
    "jours",
    "fin de mois",
    "+",
    "puis",
    "le 15",
    "date de facture",
    "de livraison",
    "ou",
]


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_at_most_two_readings_are_ever_given_and_never_the_third(wording: str) -> None:
    names = [term.name for term in read(wording).terms]
    assert len(names) <= 2
    if len(names) == 2:
        assert names == ["days_then_eom", "eom_then_days"], "words followed by a day of the month have one"


@given(st.sampled_from(["30 jours nets", "45 jours fin de mois", "fin de décade + 30 jours", "à réception"]))
def test_case_accents_and_spaces_do_not_matter(wording: str) -> None:
    expected = read(wording)
    assert read(wording.upper()) == expected
    assert read(wording.replace("é", "e").replace("à", "a")) == expected
    spaced = wording.replace(" ", "\u00a0 ")
    assert read(f"  {spaced} . ") == expected
