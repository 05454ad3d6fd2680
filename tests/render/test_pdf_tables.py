"""Widths of columns, running totals and places for a cut, apart from any page."""

import pytest

from recouvrement.render.pdf_blocks import breakable
from recouvrement.render.pdf_tables import CUT, LINE_MM, LONG_WORD, fit, lines_taken, running_totals

EURO = "\u00a0€"


def amounts(*values: str) -> list[str]:
    return [value.replace(" ", "\u202f") + EURO for value in values]


def test_totals_are_carried_up_to_the_row_of_the_total() -> None:
    column = amounts("1 250,00", "100,10", "−50,10", "1 300,00", "12,00")
    assert running_totals(column, 3) == [*amounts("1 250,00", "1 350,10", "1 300,00"), "", ""]


def test_two_equal_rows_are_not_taken_for_a_total() -> None:
    assert running_totals(amounts("100,00", "100,00", "200,00"), 2) == [*amounts("100,00", "200,00"), ""]


@pytest.mark.parametrize(
    ("column", "total_at"),
    [
        (amounts("100,00", "100,00", "201,00"), 2),  # the rows do not come to it
        (amounts("100,00", "100,00", "200,00"), None),
        (["24\u00a0jours", "12\u00a0jours", "36\u00a0jours"], 2),
        (["", "100,00\u00a0€", "100,00\u00a0€"], 2),
        (["100,00\u00a0€", "100,00\u00a0$US", "200,00\u00a0€"], 2),
        (["100.00\u00a0€", "200.00\u00a0€"], 1),
        (amounts("100,00"), 0),
        ([], None),
    ],
)
def test_nothing_is_carried_that_does_not_lead_to_the_total(column: list[str], total_at: int | None) -> None:
    assert running_totals(column, total_at) == [""] * len(column)


def test_a_negative_running_total_bears_its_sign() -> None:
    assert running_totals(amounts("−1 500,00", "500,00", "−1 000,00"), 2)[:2] == amounts("−1 500,00", "−1 000,00")


@pytest.mark.parametrize(
    "rows",
    [
        [["Poste", "Montant"], ["Total", "1,00\u00a0€"]],
        [["A" * 20] * 7, ["b" * 26] * 7],
        [["Facture", "Texte", "Montant"], ["F1", "un texte très long " * 20, "1,00\u00a0€"]],
        [["", ""], ["", ""]],
    ],
)
def test_columns_fill_the_line_exactly(rows: list[list[str]]) -> None:
    made = fit(rows, [False] * (len(rows[0]) - 1) + [True])
    assert sum(made.columns) == pytest.approx(LINE_MM, abs=0.1)
    assert min(made.columns) > 0
    assert 7 <= made.size <= 9.5


def test_what_is_left_goes_to_the_words_and_amounts_stay_narrow() -> None:
    words, amount = fit([["Poste", "Montant"], ["Principal", f"1,00{EURO}"]], [False, True]).columns
    assert words > 5 * amount


def test_a_dense_table_takes_a_smaller_type_before_its_words_are_cut() -> None:
    assert fit([["Colonne"] * 3, ["x"] * 3], [False] * 3).size == 9.5
    assert fit([["Longtemps et encore"] * 6, ["x" * 24] * 6], [False] * 6).size < 9


def test_a_word_may_be_cut_only_when_it_is_long() -> None:
    assert breakable("Boulangerie Le Fournil", LONG_WORD) == "Boulangerie Le Fournil"
    assert breakable("x" * 27, 26) == CUT.join(["x" * 13, "x" * 13, "x"])
    assert breakable("comptabilite@boulangerie.example", 26) == f"comptabilite@{CUT}boulangerie.example"
    assert breakable("a" * 61).replace(CUT, "") == "a" * 61


def test_lines_are_never_counted_too_few() -> None:
    assert lines_taken("", 100, 10) == 1
    assert lines_taken("MW" * 100, 100, 10) >= 6


def test_english_amounts_are_carried_as_they_are_written() -> None:
    column = ["€1,250.00", "€100.10", "−€50.10", "€1,300.00"]
    assert running_totals(column, 3) == ["€1,250.00", "€1,350.10", "€1,300.00", ""]
    assert running_totals(["CHF\u00a0900.00", "CHF\u00a0200.00", "CHF\u00a01,100.00"], 2)[1] == "CHF\u00a01,100.00"
