import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from recouvrement.domain.reasons import Confidence
from recouvrement.errors import LawError, NotCovered
from recouvrement.jurisdictions.fr import FRANCE, parametres
from recouvrement.jurisdictions.fr.interets_legaux import LEGAL_RATE_RULES
from recouvrement.jurisdictions.fr.parametres import PACKAGE, ParameterName, edition, parametre
from recouvrement.jurisdictions.fr.penalites_de_retard import BUSINESS_RULES, PUBLIC_RULES, business_rate, public_rate
from recouvrement.law.parameters import RuleTable

NAMES: tuple[ParameterName, ...] = get_args(ParameterName)
RATES_YAML = Path(__file__).parents[4] / "shared" / "law" / "rates.yaml"


def test_every_law_file_is_a_named_parameter() -> None:
    present = {entry.name.removesuffix(".toml") for entry in (files(PACKAGE) / "data").iterdir()}
    assert present == {*NAMES, "edition"}
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


def test_the_rates_before_the_half_yearly_rule_are_refused() -> None:
    with pytest.raises(NotCovered):
        business_rate(date(2012, 12, 31))
    with pytest.raises(NotCovered):
        public_rate(date(2013, 4, 30))


def test_importing_french_law_reads_no_file() -> None:
    code = (
        "from recouvrement.jurisdictions.fr import FRANCE, parametres;"
        "assert parametres.parametre.cache_info().currsize == 0;"
        "assert parametres.edition.cache_info().currsize == 0;"
        "assert FRANCE.code == 'fr'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_edition_bears_the_day_of_the_files() -> None:
    assert FRANCE.edition == edition()
    assert re.fullmatch(r"fr-\d{4}-\d{2}-\d{2}", FRANCE.edition)


def test_an_edition_without_its_day_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parametres, "read_table", lambda _package, _name: {"compiled_on": "2026-11-21"})
    with pytest.raises(LawError, match="compiled_on"):
        edition.__wrapped__()


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

    def test_the_half_yearly_rates_of_businesses_and_public_bodies_are_the_same(self) -> None:
        for row in self.section("ecb_half_year:", "public_rate_notes:"):
            day = date.fromisoformat(self.field(row, "from"))
            if day < date(2013, 1, 1) or self.field(row, "confidence") == "unverified":
                continue
            assert str(business_rate(day).percent) == self.field(row, "b2b_default")
            if self.field(row, "public_rate") != "null":
                assert str(public_rate(day).percent) == self.field(row, "public_rate")
