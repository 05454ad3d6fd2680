"""The sheet of rates of a half-year, against ``tests/legal/fr/semestres.toml``."""

import tomllib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Confidence
from recouvrement.domain.terms import Imputation
from recouvrement.errors import NotCovered
from recouvrement.jurisdictions.fr import FRANCE
from recouvrement.jurisdictions.fr.parametres import Edition
from recouvrement.jurisdictions.fr.taux import rate_sheet
from recouvrement.law.jurisdiction import Debt
from recouvrement.law.parameters import DatedValue
from recouvrement.law.rates import FROM_FIRM_TO_WEAK, weakest

TABLE = Path(__file__).parents[2] / "legal" / "fr" / "semestres.toml"
Row = dict[str, Any]  # Any: a row of TOML read by a test
ROWS: list[Row] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["cas"]


def written(rate: Decimal | None) -> str:
    return "aucun" if rate is None else f"{rate.normalize():f}"


def short(figure: str) -> str:
    return figure if figure == "aucun" else written(Decimal(figure))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [pytest.param(row["faits"], row["attendu"], id=row["titre"]) for row in ROWS if "semestre" in row["attendu"]],
)
def test_the_sheet_is_that_of_the_table(facts: Row, expected: Row) -> None:
    sheet = FRANCE.rates(facts["jour"])
    found = {
        "bce": sheet.ecb_mro,
        "suppletif": sheet.business_default,
        "plancher": sheet.business_clause_floor,
        "public": sheet.public,
        "legal_particulier": sheet.legal_individual,
        "legal_autres": sheet.legal_other,
    }
    assert {name: written(rate) for name, rate in found.items()} == {name: short(expected[name]) for name in found}
    assert sheet.period == expected["semestre"]
    assert sheet.confidence.value == expected["confiance"]
    assert [doubt.code for doubt in sheet.doubts] == expected["doutes"]
    assert sheet.from_ <= facts["jour"] < sheet.until


@pytest.mark.parametrize(
    ("facts", "expected"),
    [pytest.param(row["faits"], row["attendu"], id=row["titre"]) for row in ROWS if "manque" in row["attendu"]],
)
def test_a_half_year_without_its_rates_is_refused_and_all_that_is_missing_named(facts: Row, expected: Row) -> None:
    with pytest.raises(NotCovered) as refusal:
        FRANCE.rates(facts["jour"])
    assert [name for name in expected["manque"] if name in refusal.value.found] == expected["manque"]
    assert expected["remede"] in refusal.value.hint


def test_every_value_is_quoted_once_with_the_rates_that_rest_on_it() -> None:
    sheet = rate_sheet(date(2026, 11, 21))
    assert {read.source.identifier: read.rates for read in sheet.sources} == {
        "fr.taux_bce_refinancement:2026-06-17": ("ecb_mro", "business_default", "public"),
        "fr.penalites_marge_bce:2019-04-26": ("business_default",),
        "fr.penalites_plancher_multiple:2019-04-26": ("business_clause_floor",),
        "fr.taux_interet_legal_autres:2026-07-01": ("business_clause_floor", "legal_other"),
        "fr.marge_debiteur_public:2019-04-01": ("public",),
        "fr.taux_interet_legal_particulier:2026-07-01": ("legal_individual",),
    }
    assert all(read.addresses for read in sheet.sources)


def test_the_confidence_of_a_sheet_is_its_weakest_mark() -> None:
    assert set(FROM_FIRM_TO_WEAK) == set(Confidence)
    assert weakest([Confidence.VERIFIED]) is Confidence.VERIFIED
    for firmer, weaker in pairwise(FROM_FIRM_TO_WEAK):
        assert weakest([firmer, weaker]) is weakest([weaker, firmer]) is weaker


def entered(parameter: str, until: date, figure: str) -> DatedValue:
    """Return a value of S1 2027, made up: the true ones are not known here."""
    return DatedValue(
        parameter=parameter,
        from_=date(2027, 1, 1),
        until=until,
        value=Decimal(figure),
        article="arrêté du 31/12/2026",
        checked_on=date(2027, 1, 4),
        confidence=Confidence.VERIFIED,
        addresses=("https://www.legifrance.gouv.fr/",),
    )


SNAPSHOT = entered("fr.taux_bce_refinancement", date(2027, 1, 2), "3.00")
INDIVIDUAL = entered("fr.taux_interet_legal_particulier", date(2027, 7, 1), "7.10")
OTHER = entered("fr.taux_interet_legal_autres", date(2027, 7, 1), "3.05")


def test_the_sheet_of_a_half_year_entered_rests_on_what_was_entered() -> None:
    """3.00 + 10 = 13.00; 3 x 3.05 = 9.15; 3.00 + 8 = 11.00."""
    sheet = rate_sheet(date(2027, 6, 30), Edition((SNAPSHOT, INDIVIDUAL, OTHER)))
    rates = (sheet.business_default, sheet.business_clause_floor, sheet.public, sheet.legal_individual)
    assert rates == (Decimal("13.00"), Decimal("9.15"), Decimal("11.00"), Decimal("7.10"))
    assert (sheet.confidence, sheet.doubts) == (Confidence.VERIFIED, ())


@pytest.mark.parametrize("missing", [SNAPSHOT, INDIVIDUAL, OTHER], ids=lambda value: value.parameter)
def test_a_half_year_entered_in_part_names_the_rest(missing: DatedValue) -> None:
    kept = tuple(value for value in (SNAPSHOT, INDIVIDUAL, OTHER) if value is not missing)
    with pytest.raises(NotCovered) as refusal:
        rate_sheet(date(2027, 2, 1), Edition(kept))
    assert missing.parameter in refusal.value.found
    assert not any(value.parameter in refusal.value.found for value in kept)


def test_a_confirmed_rate_moves_no_sum_by_a_cent() -> None:
    """Before 2013 the rate was not snapshotted: a confirmation of 1 January must not cut a segment on the 2nd."""
    confirmed = DatedValue(
        parameter="fr.taux_bce_refinancement",
        from_=date(2009, 1, 1),
        until=date(2009, 1, 2),
        value=Decimal("2.50"),
        article="BCE, taux des opérations principales de refinancement",
        checked_on=date(2026, 11, 21),
        confidence=Confidence.VERIFIED,
        addresses=("https://www.ecb.europa.eu/",),
    )
    debt = Debt(
        item_id="F1",
        due_on=date(2008, 12, 31),
        principal_minor=123_456,
        receipts=(),
        currency="EUR",
        debtor_kind=DebtorKind.BUSINESS,
        creditor_is_natural_person=False,
        notice_on=None,
        insolvency_opened_on=None,
        imputation=Imputation.INTEREST_FIRST,
    )
    # 1 234.56 x 12.50 % x 20 / 365 = 8.4559
    for law in (FRANCE, FRANCE.with_values((confirmed,))):
        assert law.accrual(debt, date(2009, 1, 20)).late_interest_minor == 846
