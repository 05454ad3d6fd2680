import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from recouvrement.domain.reasons import Confidence
from recouvrement.errors import LawError, NotCovered
from recouvrement.jurisdictions.fr import FRANCE, parametres
from recouvrement.jurisdictions.fr.interets_legaux import LEGAL_RATE_RULES
from recouvrement.jurisdictions.fr.parametres import (
    COMPLETED_BY_OPERATORS,
    PACKAGE,
    PACKAGED,
    Edition,
    ParameterName,
    compiled_on,
    parametre,
)
from recouvrement.jurisdictions.fr.penalites_de_retard import BUSINESS_RULES, PUBLIC_RULES, business_rate, public_rate
from recouvrement.jurisdictions.fr.taux import rate_sheet
from recouvrement.law.parameters import DatedValue, RuleTable

NAMES: tuple[ParameterName, ...] = get_args(ParameterName)
NO_PARAMETERS = {
    "actes_de_prescription",
    "delais_de_procedure",
    "edition",
    "jours_feries_locaux",
    "mentions_obligatoires",
    "plafonds_de_paiement",
    "reformes_de_prescription",
    "regimes_de_prescription",
    "voies_de_droit",
}
"""Files of ``data/`` of another shape: the day of the edition, the mentions of an invoice, the terms of sectors."""
RATES_YAML = Path(__file__).parents[4] / "shared" / "law" / "rates.yaml"


def test_every_law_file_is_a_named_parameter() -> None:
    present = {entry.name.removesuffix(".toml") for entry in (files(PACKAGE) / "data").iterdir()}
    assert present == {*NAMES, *NO_PARAMETERS}
    assert all(parametre(name).id == f"fr.{name}" for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_has_one_value_each_day_it_covers(name: ParameterName) -> None:
    parameter = parametre(name)
    day = parameter.first_day
    for value in parameter.values:
        assert value.from_ == day
        day = value.until or parameter.last_day + timedelta(days=1)
        assert parameter.on(value.from_) is value
        assert parameter.on(day - timedelta(days=1)) is value
    assert day == parameter.last_day + timedelta(days=1)
    for outside in (parameter.first_day - timedelta(days=1), day):
        with pytest.raises(NotCovered):
            parameter.on(outside)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_carries_its_own_source(name: ParameterName) -> None:
    for value in parametre(name).values:
        assert value.article
        assert value.source.identifier == f"fr.{name}:{value.from_.isoformat()}"
        assert value.confidence is not Confidence.UNVERIFIED
        if value.confidence is not Confidence.FROM_MEMORY:
            assert value.addresses
            assert value.checked_on


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_states_its_horizon(name: ParameterName) -> None:
    parameter = parametre(name)
    assert parameter.first_day < parameter.last_day
    assert parameter.title
    assert parameter.unit
    assert parameter.coverage, "say why the covered span ends there"
    if name in COMPLETED_BY_OPERATORS:
        assert parameter.next_expected_on, "a series published periodically says when it goes on"
        assert parameter.next_expected_on > compiled_on()
    else:
        assert parameter.next_expected_on is None


@pytest.mark.parametrize("rules", [BUSINESS_RULES, PUBLIC_RULES, LEGAL_RATE_RULES])
def test_the_shapes_of_a_rule_follow_one_another_without_gap_or_overlap(
    rules: RuleTable[Callable[..., object]],
) -> None:
    for (earlier, _), (later, _) in pairwise(rules):
        assert earlier.until == later.from_
    assert all(interval.from_ is not None for interval, _ in rules)
    assert rules[-1][0].until is None


def test_s1_2027_is_not_known_and_fails_loudly() -> None:
    for rate in (business_rate, public_rate):
        with pytest.raises(NotCovered, match="2027-01-01"):
            rate(date(2027, 1, 15))


def test_the_ecb_rate_is_not_extended_over_a_meeting_whose_outcome_is_unknown() -> None:
    assert parametre("taux_bce_refinancement").last_day == date(2026, 10, 28)
    with pytest.raises(NotCovered, match="2026-10-29"):
        parametre("taux_bce_refinancement").on(date(2026, 10, 29))


def test_the_rates_before_the_first_rule_stated_are_refused() -> None:
    with pytest.raises(NotCovered):
        business_rate(date(2001, 5, 15))
    with pytest.raises(NotCovered):
        public_rate(date(2002, 12, 31))


def test_importing_french_law_reads_no_file() -> None:
    code = (
        "from recouvrement.jurisdictions.fr import FRANCE, parametres;"
        "assert parametres.parametre.cache_info().currsize == 0;"
        "assert parametres.compiled_on.cache_info().currsize == 0;"
        "assert FRANCE.code == 'fr'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_edition_bears_the_day_of_the_files() -> None:
    assert FRANCE.edition == PACKAGED.name == f"fr-{compiled_on().isoformat()}"
    assert FRANCE.compiled_on == compiled_on()
    assert re.fullmatch(r"fr-\d{4}-\d{2}-\d{2}", FRANCE.edition)


def entered(parameter: str, from_: date, until: date, figure: str) -> DatedValue:
    """Return a value as an operator enters it; the figures of these tests are made up where the law has none yet."""
    return DatedValue(
        parameter=parameter,
        from_=from_,
        until=until,
        value=Decimal(figure),
        article="CMF art. L313-2",
        checked_on=date(2027, 1, 4),
        confidence=Confidence.VERIFIED,
        addresses=("https://www.legifrance.gouv.fr/",),
    )


S1_2027 = entered("fr.taux_interet_legal_autres", date(2027, 1, 1), date(2027, 7, 1), "3.00")
SNAPSHOT_2027 = entered("fr.taux_bce_refinancement", date(2027, 1, 1), date(2027, 1, 2), "3.00")


def test_an_edition_completed_bears_the_hash_of_what_was_entered() -> None:
    one, both = FRANCE.with_values((S1_2027,)), FRANCE.with_values((SNAPSHOT_2027, S1_2027))
    assert re.fullmatch(r"fr-\d{4}-\d{2}-\d{2}\+[0-9a-f]{12}", one.edition)
    assert len({FRANCE.edition, one.edition, both.edition}) == 3
    assert one.with_values((SNAPSHOT_2027,)).edition == both.edition
    assert FRANCE.with_values((S1_2027, SNAPSHOT_2027)) == both
    assert FRANCE.with_values(()).edition == FRANCE.edition


def test_only_the_series_published_twice_a_year_may_be_completed() -> None:
    margin = entered("fr.penalites_marge_bce", date(2028, 1, 1), date(2028, 7, 1), "12")
    with pytest.raises(LawError) as refusal:
        Edition((margin,))
    assert refusal.value.where == "fr.penalites_marge_bce"
    assert all(f"fr.{name}" in refusal.value.hint for name in COMPLETED_BY_OPERATORS)


def test_an_entered_value_completes_its_days_and_no_other() -> None:
    dated = Edition((SNAPSHOT_2027,))
    assert dated.parametre("taux_bce_refinancement").on(date(2027, 1, 1)) == SNAPSHOT_2027
    for day in (date(2026, 12, 31), date(2027, 1, 2), date(2027, 7, 1)):
        with pytest.raises(NotCovered):
            dated.parametre("taux_bce_refinancement").on(day)
    assert business_rate(date(2027, 6, 30), dated).percent == Decimal("13.00")
    assert public_rate(date(2027, 6, 30), dated).percent == Decimal("11.00")
    with pytest.raises(NotCovered):
        business_rate(date(2027, 7, 1), dated)
    assert PACKAGED.parametre("taux_bce_refinancement").entered == ()


def test_the_snapshot_confirmed_from_an_official_source_raises_no_doubt_any_more() -> None:
    day = date(2026, 11, 21)
    assert [doubt.code for doubt in business_rate(day).doubts] == ["weak_source"]
    confirmed = Edition((entered("fr.taux_bce_refinancement", date(2026, 7, 1), date(2026, 7, 2), "2.40"),))
    rate = business_rate(day, confirmed)
    assert rate.percent == Decimal("12.40")
    assert rate.doubts == ()
    assert rate.source.confidence is Confidence.VERIFIED
    assert public_rate(day, confirmed).doubts == ()


def test_a_figure_that_contradicts_the_edition_is_refused_with_both() -> None:
    with pytest.raises(LawError) as refusal:
        Edition((entered("fr.taux_bce_refinancement", date(2026, 7, 1), date(2026, 7, 2), "2.65"),))
    assert "2.65" in refusal.value.found
    assert "2.40" in refusal.value.found


def test_an_edition_without_its_day_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parametres, "read_table", lambda _package, _name: {"compiled_on": "2026-11-21"})
    with pytest.raises(LawError, match="compiled_on"):
        compiled_on.__wrapped__()


@pytest.mark.skipif(not RATES_YAML.exists(), reason="the research file rates.yaml is not beside this clone")
class TestAgainstTheResearchFile:
    text = RATES_YAML.read_text(encoding="utf-8") if RATES_YAML.exists() else ""

    def section(self, start: str, end: str) -> list[str]:
        body = self.text[self.text.index(f"\n{start}") : self.text.index(f"\n{end}")]
        return re.findall(r"- \{(.*)\}", body)

    def field(self, row: str, name: str) -> str:
        found = re.search(rf'\b{name}: "?([^",}}]+)', row)
        assert found, f"{name} is missing in {row}"
        return found[1].strip()

    def test_the_ecb_rates_are_the_same(self) -> None:
        rows = self.section("  changes:", "# Derived: MRO")
        expected = [(self.field(r, "from"), self.field(r, "rate"), self.field(r, "confidence")) for r in rows]
        values = parametre("taux_bce_refinancement").values
        assert [(str(v.from_), str(v.value), v.confidence.value) for v in values] == expected

    def test_the_legal_rates_are_the_same(self) -> None:
        yearly, half_yearly = (
            self.section("  yearly:", "  half_yearly:"),
            self.section("  half_yearly:", "  row_notes:"),
        )
        columns: dict[str, ParameterName] = {
            "particulier": "taux_interet_legal_particulier",
            "autres": "taux_interet_legal_autres",
        }
        for column, name in columns.items():
            expected = [(self.field(r, "from"), self.field(r, "rate"), self.field(r, "confidence")) for r in yearly]
            expected += [
                (self.field(r, "from"), self.field(r, column), self.field(r, "confidence"))
                for r in half_yearly
                if self.field(r, "confidence") != "unverified"
            ]
            assert [(str(v.from_), str(v.value), v.confidence.value) for v in parametre(name).values] == expected

    def test_the_sheet_of_every_half_year_is_the_same(self) -> None:
        for row in self.section("ecb_half_year:", "public_rate_notes:"):
            day = date.fromisoformat(self.field(row, "from"))
            if self.field(row, "confidence") == "unverified":
                with pytest.raises(NotCovered):
                    rate_sheet(day)
                continue
            sheet = rate_sheet(day)
            assert sheet.period == self.field(row, "period")
            assert sheet.from_ == day
            assert str(sheet.ecb_mro) == self.field(row, "mro")
            assert str(sheet.business_default) == self.field(row, "b2b_default")
            assert str(sheet.business_clause_floor) == self.field(row, "b2b_floor")
            assert str(sheet.public or "null") == self.field(row, "public_rate")
            assert sheet.confidence.value == self.field(row, "confidence")
            is_frozen = "rate_not_frozen" not in {doubt.code for doubt in sheet.doubts}
            assert str(is_frozen).lower() == self.field(row, "b2b_half_year_rule")
            assert sheet.business_default is not None
            assert sheet.business_clause_floor is not None
            is_below = sheet.business_default < sheet.business_clause_floor
            assert str(is_below).lower() == self.field(row, "default_below_floor")
