from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.calendar import Interval
from recouvrement.domain.reasons import Confidence
from recouvrement.errors import LawError, NotCovered
from recouvrement.jurisdictions.fr.parametres import Edition
from recouvrement.law.files import load_parameter, read_table
from recouvrement.law.parameters import DatedValue, parameter_from, rule_on

Table = dict[str, Any]  # Any: rows as TOML gives them


def value(from_: date, until: date | None, figure: object = "2.40", **fields: object) -> Table:
    row: Table = {"from": from_, "value": figure, "article": "C. com. art. L441-10 II", "confidence": "verified"}
    row |= {"checked_on": date(2026, 11, 21), "sources": ["https://www.banque-france.fr/en/policy-rates"]}
    return row | ({} if until is None else {"until": until}) | fields


def table(*values: Table, **fields: object) -> Table:
    return {
        "id": "fr.essai",
        "title": "Taux d'essai",
        "unit": "per cent per year",
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 12, 31),
        "values": list(values),
    } | fields


TWO_HALVES = table(
    value(date(2026, 1, 1), date(2026, 7, 1), "2.15"),
    value(date(2026, 7, 1), date(2027, 1, 1)),
    next_expected_on=date(2026, 12, 31),
)


def test_the_value_of_a_day_is_the_one_whose_interval_holds_it() -> None:
    parameter = parameter_from(TWO_HALVES, "essai.toml")
    assert parameter.on(date(2026, 1, 1)).value == Decimal("2.15")
    assert parameter.on(date(2026, 6, 30)).value == Decimal("2.15")
    assert parameter.on(date(2026, 7, 1)).value == Decimal("2.40")
    assert parameter.on(date(2026, 12, 31)).value == Decimal("2.40")


def test_a_value_names_its_own_source() -> None:
    source = parameter_from(TWO_HALVES, "essai.toml").on(date(2026, 8, 1)).source
    assert source.identifier == "fr.essai:2026-07-01"
    assert source.article == "C. com. art. L441-10 II"
    assert source.confidence is Confidence.VERIFIED
    assert source.checked_on == date(2026, 11, 21)


def test_the_day_after_the_last_one_covered_is_refused_and_the_date_of_publication_is_given() -> None:
    parameter = parameter_from(TWO_HALVES, "essai.toml")
    with pytest.raises(NotCovered) as refusal:
        parameter.on(date(2027, 1, 1))
    assert refusal.value.where == "fr.essai on 2027-01-01"
    assert refusal.value.found == "covered from 2026-01-01 to 2026-12-31"
    assert "should be published by 2026-12-31" in refusal.value.hint
    assert "recouvrement rates add --period 2027S1" in refusal.value.hint


def test_a_day_missing_inside_a_half_year_whose_figure_is_known_asks_for_an_edition_only() -> None:
    """An operator enters figures of half-years: entering that of a half-year already known would answer nothing."""
    known = table(value(date(2026, 1, 1), None), last_day=date(2026, 10, 28), next_expected_on=date(2026, 12, 17))
    with pytest.raises(NotCovered) as refusal:
        parameter_from(known, "essai.toml").on(date(2026, 10, 29))
    assert "2026-12-17" in refusal.value.hint
    assert "rates add" not in refusal.value.hint


def test_the_day_before_the_first_one_covered_is_refused() -> None:
    with pytest.raises(NotCovered) as refusal:
        parameter_from(TWO_HALVES, "essai.toml").on(date(2025, 12, 31))
    assert refusal.value.where == "fr.essai on 2025-12-31"
    assert "later date" in refusal.value.hint


def test_without_a_known_publication_the_hint_asks_for_a_later_edition() -> None:
    parameter = parameter_from(table(value(date(2026, 1, 1), None)), "essai.toml")
    with pytest.raises(NotCovered) as refusal:
        parameter.on(date(2027, 1, 1))
    assert refusal.value.hint == "Install a later edition of the law files."


@pytest.mark.parametrize(
    ("faulty", "found"),
    [
        pytest.param(table(value(date(2026, 1, 1), None, 2.4)), "is a float", id="a float"),
        pytest.param(table(value(date(2026, 1, 1), None, 2)), "is a int", id="a bare whole number"),
        pytest.param(table(value(date(2026, 1, 1), None, "deux")), "is not a number", id="a word"),
        pytest.param(table(value(date(2026, 1, 1), None, confidence="unverified")), "unverified", id="unverified"),
        pytest.param(table(value(date(2026, 1, 1), None, confidence="sure")), "confidence", id="an unknown mark"),
        pytest.param(table(value(date(2026, 1, 1), None, sources=[])), "no address", id="no address"),
        pytest.param(table(value(date(2026, 1, 1), None, sources="web")), "addresses", id="one bare address"),
        pytest.param(table(value(date(2026, 1, 1), None, rate="2")), "rate", id="an unknown field"),
        pytest.param(table(value(date(2026, 1, 1), date(2026, 1, 1))), "must end after", id="an empty interval"),
        pytest.param(table(value(date(2026, 2, 1), None)), "first value begins", id="a late first value"),
        pytest.param(table(value(date(2026, 1, 1), date(2026, 7, 1))), "last value ends", id="an early end"),
        pytest.param(
            table(value(date(2026, 1, 1), date(2026, 6, 30)), value(date(2026, 7, 1), None)), "next one", id="a gap"
        ),
        pytest.param(
            table(value(date(2026, 1, 1), date(2026, 7, 2)), value(date(2026, 7, 1), None)), "next one", id="an overlap"
        ),
        pytest.param(
            table(value(date(2026, 1, 1), None), value(date(2026, 7, 1), None)), "next one", id="an open first value"
        ),
        pytest.param(table(), "no value", id="no value"),
        pytest.param(table(values="2.40"), "not a list", id="values that are not a list"),
        pytest.param(table(value(date(2026, 1, 1), None), unit=""), "unit", id="no unit"),
    ],
)
def test_a_faulty_law_file_is_refused_and_the_fault_named(faulty: Table, found: str) -> None:
    with pytest.raises(LawError) as refusal:
        parameter_from(faulty, "essai.toml")
    assert refusal.value.where.startswith("essai.toml")
    assert found in refusal.value.found


def test_a_value_from_memory_needs_no_address() -> None:
    row = value(date(2026, 1, 1), None, confidence="from-memory")
    del row["sources"], row["checked_on"]
    assert parameter_from(table(row), "essai.toml").on(date(2026, 3, 1)).confidence is Confidence.FROM_MEMORY


def entered(from_: date, until: date | None, figure: str = "3.00") -> DatedValue:
    return DatedValue(
        parameter="fr.essai",
        from_=from_,
        until=until,
        value=Decimal(figure),
        article="C. com. art. L441-10 II",
        checked_on=date(2027, 1, 4),
        confidence=Confidence.VERIFIED,
        addresses=("https://www.ecb.europa.eu/",),
    )


S1_2027 = entered(date(2027, 1, 1), date(2027, 7, 1))
S1_2028 = entered(date(2028, 1, 1), date(2028, 7, 1), "3.50")


def test_values_entered_complete_a_parameter_in_any_order_and_leave_the_rest_refused() -> None:
    packaged = parameter_from(TWO_HALVES, "essai.toml")
    parameter = packaged.completed((S1_2028, S1_2027))
    assert parameter == packaged.completed((S1_2027,)).completed((S1_2028,))
    assert (parameter.on(date(2027, 6, 30)), parameter.on(date(2028, 1, 1))) == (S1_2027, S1_2028)
    assert parameter.on(date(2026, 12, 31)) == packaged.on(date(2026, 12, 31))
    assert [parameter.covers(day) for day in (date(2027, 6, 30), date(2027, 7, 1))] == [True, False]
    for day in (date(2027, 7, 1), date(2027, 12, 31), date(2028, 7, 1)):
        with pytest.raises(NotCovered) as refusal:
            parameter.on(day)
        assert "not published yet, or not entered" in refusal.value.hint, "the day of the file has passed"


def test_an_entered_value_that_says_the_same_as_the_edition_is_the_one_quoted() -> None:
    confirmed = entered(date(2026, 7, 1), date(2026, 7, 2), "2.40")
    parameter = parameter_from(TWO_HALVES, "essai.toml").completed((confirmed,))
    quoted = parameter.on(date(2026, 7, 1))
    assert (quoted.value, quoted.article, quoted.addresses) == (confirmed.value, confirmed.article, confirmed.addresses)
    assert (quoted.from_, quoted.until) == (date(2026, 7, 1), date(2027, 1, 1)), "the days stay those of the edition"
    assert parameter.on(date(2026, 7, 2)).from_ == date(2026, 7, 1)
    assert parameter.on(date(2026, 7, 2)).until == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param((entered(date(2026, 12, 31), date(2027, 7, 1)),), "contradicts 2.40", id="the edition"),
        pytest.param((S1_2027, entered(date(2027, 6, 30), date(2027, 12, 31))), "two values", id="another one"),
        pytest.param((entered(date(2027, 1, 1), None),), "has no end", id="an open value"),
    ],
)
def test_an_entered_value_that_contradicts_is_refused(values: tuple[DatedValue, ...], found: str) -> None:
    with pytest.raises(LawError) as refusal:
        parameter_from(TWO_HALVES, "essai.toml").completed(values)
    assert refusal.value.where == "fr.essai"
    assert found in refusal.value.found


def test_an_absent_law_file_is_named() -> None:
    with pytest.raises(LawError, match="inconnu"):
        load_parameter("recouvrement.jurisdictions.fr", "inconnu")


def test_a_law_file_that_is_not_toml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "droit_essai" / "data"
    data.mkdir(parents=True)
    (data / "taux.toml").write_text("value = deux\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(LawError) as refusal:
        read_table("droit_essai", "taux")
    assert refusal.value.where == "droit_essai/data/taux.toml"


def test_the_edition_file_is_read_as_dates() -> None:
    assert isinstance(read_table("recouvrement.jurisdictions.fr", "edition")["compiled_on"], date)


def old(day: date) -> str:
    return f"old {day}"


def new(day: date) -> str:
    return f"new {day}"


def test_a_rule_is_stated_by_the_function_of_its_days_and_refused_elsewhere() -> None:
    change = date(2013, 1, 1)
    rules = ((Interval(date(2009, 1, 1), change), old), (Interval(change, date(2020, 1, 1)), new))
    assert rule_on(rules, change - timedelta(days=1), "fr.essai")(change) == "old 2013-01-01"
    assert rule_on(rules, change, "fr.essai")(change) == "new 2013-01-01"
    for day in (date(2008, 12, 31), date(2020, 1, 1)):
        with pytest.raises(NotCovered) as refusal:
            rule_on(rules, day, "fr.essai")
        assert refusal.value.where == f"fr.essai on {day}"


def bce(figure: str) -> DatedValue:
    fields = {"parameter": "fr.taux_bce_refinancement", "until": date(2027, 1, 2), "value": Decimal(figure)}
    return DatedValue.model_validate({**dict(S1_2027), **fields})


@pytest.mark.parametrize("figure", ["-5", "-0", "-0.01", "30.01", "1000000", "1E+60", "2.655", f"3.{'0' * 45}1"])
def test_an_edition_refuses_a_figure_that_is_no_official_rate(figure: str) -> None:
    with pytest.raises(LawError) as refusal:
        Edition((bce(figure),))
    assert refusal.value.where == "fr.taux_bce_refinancement from 2027-01-01"
    assert "not a rate from 0 to 30" in refusal.value.found


def test_one_figure_written_in_several_ways_makes_one_edition() -> None:
    editions = [Edition((bce(figure),)) for figure in ("2.6", "2.60", "2.6000", "26E-1")]
    assert len({edition.name for edition in editions}) == 1
    assert {edition.entered[0].model_dump_json() for edition in editions} == {bce("2.60").model_dump_json()}
    assert all(edition == editions[0] for edition in editions)
    assert [str(Edition((bce(figure),)).entered[0].value) for figure in ("0", "30")] == ["0.00", "30.00"]


def test_a_value_whose_source_was_read_can_be_entered_like_any_other() -> None:
    value = bce("2.6")
    assert value.source.identifier == "fr.taux_bce_refinancement:2027-01-01"
    assert Edition((value,)).entered == Edition((bce("2.60"),)).entered
