from decimal import Decimal

import pytest
from pydantic import ValidationError

from recouvrement.domain.clauses import PenaltyClause, PenaltyKind
from recouvrement.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "kind", "figure"),
    [
        ("12.5", PenaltyKind.FIXED, "12.5"),
        ("12,5 %", PenaltyKind.FIXED, "12.5"),
        ("12,50\u00a0% l’an", PenaltyKind.FIXED, "12.50"),
        ("3x legal", PenaltyKind.LEGAL_MULTIPLE, "3"),
        ("3 x legal", PenaltyKind.LEGAL_MULTIPLE, "3"),
        ("1,5 fois le taux légal", PenaltyKind.LEGAL_MULTIPLE, "1.5"),
        ("Trois fois le taux d'intérêt légal", PenaltyKind.LEGAL_MULTIPLE, "3"),
        ("3 fois le taux de l’intérêt légal en vigueur", PenaltyKind.LEGAL_MULTIPLE, "3"),
        ("ecb+8", PenaltyKind.ECB_PLUS, "8"),
        ("BCE + 10 points", PenaltyKind.ECB_PLUS, "10"),
        ("taux de la BCE majoré de 10 points de pourcentage", PenaltyKind.ECB_PLUS, "10"),
    ],
)
def test_a_rate_is_read_as_contracts_write_it(text: str, kind: PenaltyKind, figure: str) -> None:
    assert PenaltyClause.of(text) == PenaltyClause(kind=kind, figure=Decimal(figure))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "taux légal",
        "12.5 points",
        "3x",
        "ecb",
        "BCE + 10 ou 3 fois le taux légal",
        "1e3",
        "-5",
        "0",
        "12.34567",
        "NaN",
        "1.123x legal",
        "9" * 5000,
    ],
)
def test_anything_else_is_refused_with_the_ways_to_write_it(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"3x legal.*ecb\+8") as caught:
        PenaltyClause.of(text, where="--clause")
    assert caught.value.where == "--clause"


@pytest.mark.parametrize("figure", ["0", "-1", "1000.01", "NaN", "Infinity", "1.00001"])
def test_a_figure_out_of_bounds_is_refused(figure: str) -> None:
    with pytest.raises(ValidationError):
        PenaltyClause(kind=PenaltyKind.FIXED, figure=Decimal(figure))


@pytest.mark.parametrize("text", ["12.5", "3x legal", "ecb+8"])
def test_a_clause_is_written_as_it_is_read(text: str) -> None:
    assert str(PenaltyClause.of(text)) == text


def test_equal_clauses_are_the_same_to_the_last_character() -> None:
    written = {repr(PenaltyClause.of(text)) for text in ("15", "15.0", "15,00 %", "015")}
    assert len(written) == 1
    assert str(PenaltyClause.of("15").figure) == "15.00"
    assert str(PenaltyClause.of("12.125").figure) == "12.125"
