"""Widths of columns, running totals and places for a cut, apart from any page."""

import json
from pathlib import Path

import pytest
import typst

from recouvrement.render.markdown import parsed
from recouvrement.render.pdf_blocks import blocks, breakable
from recouvrement.render.pdf_tables import CUT, LINE_MM, LONG_WORD, POINT_MM, fit, lines_taken, running_totals

EURO = "\u00a0€"
MEASURE = """
#set text(font: "Libertinus Serif", size: 100pt, kerning: false, hyphenate: false)
#let characters = json(bytes(sys.inputs.characters))
#context [#metadata(characters.map(one => (
  one, measure(text(one)).width / 100pt, measure(text(weight: "bold", one)).width / 100pt
))) <widths>]
"""


def amounts(*values: str) -> list[str]:
    return [value.replace(" ", "\u202f") + EURO for value in values]


def test_totals_are_carried_up_to_the_row_of_the_total() -> None:
    column = amounts("1 250,00", "100,10", "−50,10", "1 300,00", "12,00")
    assert running_totals(column, 3) == [*amounts("1 250,00", "1 350,10", "1 300,00"), "", ""]


def test_totals_are_carried_up_to_rows_that_share_the_total_out() -> None:
    column = amounts("100,00", "250,00", "50,00", "350,00", "50,00")
    assert running_totals(column, 3, 2) == [*amounts("100,00", "350,00", "400,00"), "", ""]
    assert running_totals(column, 3) == [""] * 5


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


def test_what_is_left_goes_to_the_column_that_says_most() -> None:
    rows = [["Date", "Opération", "Débit"], ["12/10/2026", "Règlement VIR LE 11/11", f"1,00{EURO}"]]
    day, label, _ = fit(rows, [False, False, True]).columns
    assert label > 4 * day
    first, *_ = fit([["Facture", "Émise le"], ["F2026-118", "30/09/2026"]], [False, False]).columns
    assert first > LINE_MM / 2


@pytest.mark.parametrize(
    ("number", "issued", "late"), [("F12", "30/09/2026", "5 jours"), ("7", "3 September 2026", "50 days")]
)
def test_a_date_wider_than_the_number_of_its_invoice_takes_nothing_of_what_is_left(
    number: str, issued: str, late: str
) -> None:
    rows = [["Facture", "Émise le", "Retard", "Reste dû"], [number, issued, late, f"1,00{EURO}"]]
    _, date, *_ = fit(rows, [False, False, False, True]).columns
    assert date < LINE_MM / 4


DECOMPTE = [
    ["Facture", "Période", "Jours", "Base", "Taux\u00a0annuel", "Texte", "Intérêts"],
    [
        *("F2026-118", "du 31/10/2026 au 23/11/2026", "24", "10\u202f000,00\u00a0€", "12,40\u00a0%"),
        *("C. com. art.\u00a0L441-10 II", "1\u202f040,77\u00a0€"),
    ],
    ["Total", "", "", "", "", "", "1\u202f040,77\u00a0€"],
]


def test_a_line_of_interest_is_not_folded() -> None:
    """Two hundred invoices then take ten pages, not fourteen."""
    made = fit(DECOMPTE, [False, False, True, True, True, False, True], bold={0, 2})
    assert made.size >= 8.5
    assert all(
        lines_taken(text, width - 2.79, made.size) == 1 for text, width in zip(DECOMPTE[1], made.columns, strict=True)
    )


def test_no_character_is_wider_than_it_is_counted(tmp_path: Path) -> None:
    """Measured in the font itself, in both weights."""
    source = tmp_path / "widths.typ"
    source.write_text(MEASURE, encoding="utf-8")
    characters = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–−’…€\u202f"))]
    told = typst.query(
        source,
        "<widths>",
        field="value",
        one=True,
        sys_inputs={"characters": json.dumps(characters)},
        ignore_system_fonts=True,
    )
    narrow = [
        (character, bold)
        for character, *measured in json.loads(told)
        for bold, width in enumerate(measured)
        # A thousand of them, in room for a little less: a count that is too low finds them room on one line.
        if width and lines_taken(character * 1000, width * 999, 1 / POINT_MM, bold=bool(bold)) < 2
    ]
    assert narrow == []


def test_a_dense_table_takes_a_smaller_type_before_its_words_are_cut() -> None:
    assert fit([["Colonne"] * 3, ["x"] * 3], [False] * 3).size == 9.5
    assert fit([["Longtemps et encore"] * 6, ["x" * 24] * 6], [False] * 6).size < 9


def test_a_word_may_be_cut_only_when_it_is_long() -> None:
    assert breakable("Boulangerie Le Fournil", LONG_WORD) == "Boulangerie Le Fournil"
    assert breakable("x" * 27, 26) == CUT.join(["x" * 13, "x" * 13, "x"])
    assert breakable("comptabilite@boulangerie.example", 26) == f"comptabilite@{CUT}boulangerie.example"
    assert breakable("a" * 61).replace(CUT, "") == "a" * 61


TIE = "\u00a0"


@pytest.mark.parametrize(
    ("text", "longest", "lines"),
    [
        (f"FAC-2026-000125{TIE}(échéance{TIE}1/12)", 26, ["FAC-2026-000125", f"(échéance{TIE}1/12)"]),
        (f"000{TIE}123{TIE}455 RCS Villefranche-Tarare", 34, [f"000{TIE}123{TIE}455{TIE}RCS", "Villefranche-Tarare"]),
        (f"FR76{TIE}3000{TIE}6000{TIE}0112{TIE}3456{TIE}7890{TIE}189", 26, None),
        (f"{'x' * 27}{TIE}(échéance{TIE}1/2)", 26, ["x" * 13 + CUT + "x" * 13 + CUT + "x", f"(échéance{TIE}1/2)"]),
    ],
)
def test_words_held_together_part_where_they_are_two_and_are_not_cut(
    text: str, longest: int, lines: list[str] | None
) -> None:
    """A number was once printed « FAC-2026-0001 / 25 », and a town « V / illefranche-Tarare »."""
    made = breakable(text, longest)
    assert made == text if lines is None else made.split(" ") == lines


def test_lines_are_never_counted_too_few() -> None:
    assert lines_taken("", 100, 10) == 1
    assert lines_taken("MW" * 100, 100, 10) >= 6


def test_english_amounts_are_carried_as_they_are_written() -> None:
    column = ["€1,250.00", "€100.10", "−€50.10", "€1,300.00"]
    assert running_totals(column, 3) == ["€1,250.00", "€1,350.10", "€1,300.00", ""]
    assert running_totals(["CHF\u00a0900.00", "CHF\u00a0200.00", "CHF\u00a01,100.00"], 2)[1] == "CHF\u00a01,100.00"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("selon l’article 1343-1 du Code civil", "article\u00a01343-1"),
        ("les articles L441-10 et D441-5", "articles\u00a0L441-10"),
        ("C. com. art. L441-10 II", "art.\u00a0L441-10"),
        ("1 PLACE DE LA MAIRIE, 44150 VALBOURG", "44150\u00a0VALBOURG"),
        ("SARL, 000\u00a0123\u00a0455 RCS\u00a0Nantes", "455\u00a0RCS"),
    ],
)
def test_what_is_read_as_one_is_not_parted_by_the_end_of_a_line(text: str, kept: str) -> None:
    made = breakable(text)
    assert kept in made
    assert made.replace("\u00a0", " ") == text.replace("\u00a0", " ")


def test_capitals_are_cut_by_their_width() -> None:
    """58 W are as wide as a hundred small letters: they left the paper."""
    parts = breakable("W" * 58).split(CUT)
    assert "".join(parts) == "W" * 58
    assert max(map(len, parts)) * 0.99 * 10.5 * POINT_MM < LINE_MM


def test_a_label_across_the_columns_asks_for_no_room_in_the_first() -> None:
    """It made every row of interest take two lines: thirteen pages instead of nine for 200 invoices."""
    rows = "| F2026-118 | du 31/10/2026 au 23/11/2026 | 10,00 € |\n"
    label = "| Déjà payé par imputation de vos règlements | | −10,00 € |\n"
    head = "| Facture | Période | Intérêts |\n|---|---|---:|\n"
    alone, labelled = (
        blocks(parsed(f"# Titre\n\n{head}{body}", where="table").tokens)[1] for body in (rows, rows + label)
    )
    assert alone["columns"] == labelled["columns"]
    assert isinstance(made := labelled["rows"], list)
    assert [len(row) for row in made] == [3, 2]
    assert made[1][0]["over"] == 2
