"""The overlay file of official rates. The figures for 2027 and later are made up: the law has none yet."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.adapters.entered_rates import HEADER, read_entered_rates, sole_writer, write_entered_rates
from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio.table import parse_toml
from recouvrement.adapters.rate_entry import (
    ECB,
    LEGAL_INDIVIDUAL,
    LEGAL_OTHER,
    SERIES,
    entered_value,
    is_official,
    parse_rate,
    parse_source,
)
from recouvrement.errors import InvalidInput, LawError
from recouvrement.jurisdictions.fr.parametres import COMPLETED_BY_OPERATORS
from recouvrement.law.parameters import DatedValue

ECB_PAGE = "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/key_ecb_interest_rates/html/index.en.html"
GOOD = f"""\
[[values]]
parameter = "fr.taux_bce_refinancement"
from = 2027-01-01
until = 2027-01-02
value = "3.00"
article = "BCE, taux des opérations principales de refinancement"
checked_on = 2027-01-04
confidence = "verified"
sources = ["{ECB_PAGE}"]

[[values]]
parameter = "fr.taux_interet_legal_autres"
from = 2027-01-01
until = 2027-07-01
value = "3.05"
article = "CMF art. L313-2 ; arrêté du 31/12/2026"
published_on = 2026-12-31
checked_on = 2027-01-04
confidence = "verified"
sources = ["JO 31/12/2026"]
"""


def ecb(first_day: date = date(2027, 1, 1), rate: str = "3.00") -> DatedValue:
    return entered_value(
        ECB,
        first_day,
        Decimal(rate),
        article="BCE, taux des opérations principales de refinancement",
        source=ECB_PAGE,
        published_on=None,
        checked_on=max(first_day, date(2027, 1, 4)),
    )


def legal(rate: str = "3.05") -> DatedValue:
    return entered_value(
        LEGAL_OTHER,
        date(2027, 1, 1),
        Decimal(rate),
        article='CMF art. L313-2 ; arrêté du 31/12/2026 « taux de l’intérêt légal » \\ "essai"',
        source="ECOT2699999A, JO 31/12/2026",
        published_on=date(2026, 12, 31),
        checked_on=date(2027, 1, 4),
    )


def refusal_of(folder: Path, text: str) -> InvalidInput:
    path = folder / "rates.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as refusal:
        read_entered_rates(path)
    return refusal.value


def test_the_series_are_those_that_the_law_lets_an_operator_complete() -> None:
    assert {series.parameter for series in SERIES.values()} == {f"fr.{name}" for name in COMPLETED_BY_OPERATORS}


def test_what_is_written_is_read_again_and_is_toml_like_the_law_files(tmp_path: Path) -> None:
    path = tmp_path / "rates.toml"
    write_entered_rates(path, (legal(), ecb(), ecb(date(2027, 7, 1), "3.15")))
    assert read_entered_rates(path) == (ecb(), legal(), ecb(date(2027, 7, 1), "3.15"))
    assert path.read_text(encoding="utf-8").startswith(HEADER)
    first = tomllib.loads(path.read_text(encoding="utf-8"))["values"][0]
    assert (first["from"], first["until"], first["value"]) == (date(2027, 1, 1), date(2027, 1, 2), "3.00")
    assert [entry.name for entry in tmp_path.iterdir()] == ["rates.toml"]


def test_the_number_of_the_text_becomes_its_identifier() -> None:
    assert legal().identifier == "ECOT2699999A"
    assert ecb().identifier is None


@given(st.lists(st.integers(min_value=0, max_value=3_000), min_size=1, max_size=4))
def test_any_rate_of_two_decimals_survives_the_file(tmp_path_factory: pytest.TempPathFactory, parts: list[int]) -> None:
    path = tmp_path_factory.mktemp("rates") / "rates.toml"
    rates = [parse_rate(f"{part // 100},{part % 100:02}", where="here") for part in parts]
    values = tuple(ecb(date(2027 + place, 1, 1), str(rate)) for place, rate in enumerate(rates))
    write_entered_rates(path, values)
    assert [value.value for value in read_entered_rates(path)] == [Decimal(part) / 100 for part in parts]


def test_a_failed_write_leaves_the_old_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rates.toml"
    write_entered_rates(path, (ecb(),))
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("recouvrement.adapters.whole_files.os.fsync", full)
    with pytest.raises(InvalidInput, match="No space left on device"):
        write_entered_rates(path, (ecb(), legal()))
    assert path.read_bytes() == before


def test_the_file_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    path, link = tmp_path / "rates.toml", tmp_path / "link.toml"
    write_entered_rates(path, (ecb(),))
    path.chmod(0o640)
    link.symlink_to(path)
    write_entered_rates(link, (ecb(), legal()))
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert len(read_entered_rates(path)) == 2


FIRST_SPAN = "from = 2027-01-01\nuntil = 2027-01-02"
FAULTS = {
    "a float": ('value = "3.00"', "value = 3.00", "5 (key value)", "3.0 is a float"),
    "a bare number": ('value = "3.00"', "value = 3", "5 (key value)", "3 is a int"),
    "a word": ('"3.00"', '"trois"', "5 (key value)", "'trois' is not a rate"),
    "a negative rate": ('"3.00"', '"-3.00"', "5 (key value)", "is not a rate"),
    "three decimals": ('"3.00"', '"3.001"', "5 (key value)", "two decimals"),
    "above thirty": ('"3.00"', '"30.01"', "5 (key value)", "above 30"),
    "another series": ("taux_bce_refinancement", "penalites_marge_bce", "2 (key parameter)", "is not a series"),
    "a snapshot too long": ("2027-01-02", "2027-07-01", "4 (key until)", "2027-07-01 is not the end"),
    "a half-year too short": ("2027-07-01", "2027-06-30", "14 (key until)", "2027-06-30 is not the end"),
    "a day inside": (FIRST_SPAN, "from = 2027-01-02\nuntil = 2027-01-03", "3 (key from)", "not the first day"),
    "before the ECB": (FIRST_SPAN, "from = 1998-07-01\nuntil = 1998-07-02", "3 (key from)", "before the first ECB"),
    "an end before": ("until = 2027-01-02", "until = 2026-01-02", "4 (key until)", "must end after it begins"),
    "an instant": ("from = 2027-01-01\n", "from = 2027-01-01T00:00:00\n", "3 (key from)", "datetime"),
    "a quoted day": ("from = 2027-01-01\n", 'from = "2027-01-01"\n', "3 (key from)", "is a str"),
    "too soon": ("= 2027-01-04", "= 2026-06-30", "7 (key checked_on)", "no figure of 2027S1 was official"),
    "out after it was read": ("= 2026-12-31", "= 2027-01-05", "17 (key published_on)", "after it was checked"),
    "a weak mark": ('"verified"', '"secondary"', "8 (key confidence)", "official figures only"),
    "no source": (f'["{ECB_PAGE}"]', "[]", "9 (key sources)", "is not a list of sources"),
    "a bare source": (f'["{ECB_PAGE}"]', f'"{ECB_PAGE}"', "9 (key sources)", "is not a list"),
    "hearsay": (ECB_PAGE, "un ami", "9 (key sources)", "'un ami' is neither"),
    "not https": (ECB_PAGE, ECB_PAGE.replace("https", "http"), "9 (key sources)", "is neither"),
    "a missing key": ('confidence = "verified"\n', "", "1 (key confidence)", "missing"),
    "an unknown key": ("[[values]]\n", '[[values]]\nrate = "3"\n', "2 (key rate)", "not known"),
    "a text too long": ('article = "BCE', f'article = "{"B" * 121}', "6 (key article)", "too long"),
    "not TOML": ('value = "3.00"', "value = trois", "5", "not valid TOML"),
}


@pytest.mark.parametrize(("old", "new", "line", "found"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line_and_key(tmp_path: Path, old: str, new: str, line: str, found: str) -> None:
    assert old in GOOD
    refusal = refusal_of(tmp_path, GOOD.replace(old, new, 1))
    assert refusal.where == f"rates.toml:{line}"
    assert found in refusal.found
    assert refusal.hint


def test_a_stray_key_or_values_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, f'taux = "3"\n{GOOD}').where == "rates.toml (key taux)"
    assert "not a list of tables" in refusal_of(tmp_path, 'values = "3.00"\n').found


def test_all_the_faults_of_a_file_are_told_together(tmp_path: Path) -> None:
    faulty = GOOD.replace('"3.00"', "3.00").replace('"3.05"', '"35"').replace("JO 31/12/2026", "un ami")
    refusal = refusal_of(tmp_path, faulty)
    assert refusal.found.startswith("3 faults:")
    for place in ("rates.toml:5 (key value)", "rates.toml:15 (key value)", "rates.toml:20 (key sources)"):
        assert place in refusal.found


def test_two_values_for_one_half_year_are_refused_with_both_figures(tmp_path: Path) -> None:
    twice = GOOD + "\n" + GOOD.partition("\n\n")[0].replace("3.00", "3.25")
    refusal = refusal_of(tmp_path, twice)
    assert refusal.where == "rates.toml:24 (key from)"
    assert re.search(r"3\.00 and 3\.25", refusal.found)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="recouvrement rates add"):
        read_entered_rates(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("# arrêté".encode("latin-1"))
    with pytest.raises(InvalidInput, match="UTF-8"):
        read_entered_rates(tmp_path / "latin.toml")


@pytest.mark.parametrize(
    ("text", "rate"), [("2.65", "2.65"), ("2,65 %", "2.65"), ("2,65\u202f%", "2.65"), ("0", "0.00"), ("30", "30.00")]
)
def test_a_rate_is_read_as_it_is_written(text: str, rate: str) -> None:
    assert str(parse_rate(text, where="--ecb")) == rate


@pytest.mark.parametrize("text", ["", "2.65.1", "+2", "2e1", "1 000", "٣", "2,65 €", "NaN", "2.65%%"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not a rate"):
        parse_rate(text, where="--ecb")


@pytest.mark.parametrize(
    "text",
    [
        ECB_PAGE,
        "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000053123456",
        "ECOT2516925A",
        "NOR : ECOT2516925A",
        "arrêté ECOT2516925A du 19/06/2025",
        "JO 26/12/2025",
        "JORF n°0302 du 26 décembre 2025",
        "JORFTEXT000053123456",
    ],
)
def test_an_official_source_is_an_https_address_or_a_reference(text: str) -> None:
    assert parse_source(f" {text} ", where="--ecb-source") == text
    assert is_official(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ecb.europa.eu",
        "http://www.ecb.europa.eu/",
        "https://ecb",
        "https://a b.fr/",
        "le site",
        "JO",
        "JO demain",
    ],
)
def test_anything_else_is_no_source(text: str) -> None:
    with pytest.raises(InvalidInput, match="neither an https address"):
        parse_source(text, where="--ecb-source")


@pytest.mark.parametrize("text", ["https://taux.example/", "https://ecb.europa.eu.example/", "https://notgouv.fr/x"])
def test_a_page_of_somebody_else_is_not_official(text: str) -> None:
    assert not is_official(text)


def test_the_law_is_completed_with_a_file_and_says_so_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "rates.toml"
    write_entered_rates(path, (ecb(), legal(), replace_series(legal("7.10"))))
    completed = jurisdiction("fr", path)
    assert completed.rates(date(2027, 3, 1)).business_default == Decimal("13.00")
    assert completed.edition.startswith(f"{jurisdiction('fr').edition}+")


def test_a_file_that_contradicts_the_edition_is_refused_with_both_figures(tmp_path: Path) -> None:
    path = tmp_path / "rates.toml"
    wrong = GOOD.replace("2027-01", "2026-07").replace("2027-07", "2027-01").partition("\n\n")[0]
    path.write_text(wrong.replace("3.00", "2.65"), encoding="utf-8")
    with pytest.raises(LawError) as refusal:
        jurisdiction("fr", path)
    assert refusal.value.where == f"{path}: fr.taux_bce_refinancement"
    assert re.match(r"2\.65 entered from 2026-07-01 contradicts 2\.40", refusal.value.found)


def replace_series(value: DatedValue) -> DatedValue:
    """Return the same value in the column of individuals."""
    return DatedValue.model_validate({**dict(value), "parameter": LEGAL_INDIVIDUAL.parameter})


LONG = "r" * 300 + ".toml"


def looped(folder: Path) -> Path:
    """Return a link that leads to itself through another one."""
    (folder / "one.toml").symlink_to(folder / "two.toml")
    (folder / "two.toml").symlink_to(folder / "one.toml")
    return folder / "one.toml"


def test_a_path_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / LONG, looped(tmp_path)):
        with pytest.raises(InvalidInput) as refusal:
            read_entered_rates(path)
        assert refusal.value.where == str(path)
        with pytest.raises(InvalidInput) as refusal:
            write_entered_rates(path, (ecb(),))
        assert refusal.value.where == str(path)
        assert refusal.value.hint
    assert {entry.name for entry in tmp_path.iterdir()} == {"one.toml", "two.toml"}


def test_a_file_in_a_closed_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", closed)
    with pytest.raises(InvalidInput, match="Permission denied"):
        read_entered_rates(tmp_path / "rates.toml")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a = " + "[" * 5_000, "nested too deep", id="nested lists"),
        pytest.param(f"a = {'9' * 5_000}", "number too large", id="a whole number"),
        pytest.param(f"a = 0x{'f' * 5_000}", "number too large", id="a hexadecimal number"),
    ],
)
def test_a_document_made_to_exhaust_its_reader_is_refused(tmp_path: Path, text: str, found: str) -> None:
    refusal = refusal_of(tmp_path, text)
    assert refusal.where == "rates.toml"
    assert found in refusal.found
    assert refusal.hint


def test_a_decimal_beyond_measure_is_refused() -> None:
    with pytest.raises(InvalidInput, match="number too large"):
        parse_toml("a = 1e9999999999999999999", where="here.toml", hint="Correct it.", parse_float=Decimal)


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "rates.toml"
    with sole_writer(path), pytest.raises(InvalidInput, match="another command is writing"), sole_writer(path, wait=0):
        pytest.fail("two writers at once")
    with sole_writer(path, wait=0):
        write_entered_rates(path, (ecb(),))
    assert read_entered_rates(path) == (ecb(),)


def test_a_folder_that_takes_no_lock_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written"), sole_writer(tmp_path / "none" / "rates.toml"):
        pytest.fail("a lock without a folder")


def test_a_part_left_by_another_writer_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "rates.toml"
    (tmp_path / ".rates.toml.part").write_text("another writer's", encoding="utf-8")
    write_entered_rates(path, (ecb(),))
    assert (tmp_path / ".rates.toml.part").read_text(encoding="utf-8") == "another writer's"


def test_a_failed_write_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("recouvrement.adapters.whole_files.os.fsync", full)
    with pytest.raises(InvalidInput):
        write_entered_rates(tmp_path / "rates.toml", (ecb(),))
    assert list(tmp_path.iterdir()) == []


def test_a_rate_is_written_with_two_decimals(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    write_entered_rates(one, (ecb(rate="2.6"),))
    write_entered_rates(two, (ecb(rate="2.60"),))
    assert one.read_bytes() == two.read_bytes()
    assert 'value = "2.60"' in one.read_text(encoding="utf-8")
