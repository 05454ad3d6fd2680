import re
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest

from recouvrement.domain.reasons import Confidence
from recouvrement.errors import InvalidInput, LawError
from recouvrement.jurisdictions.fr.parametres import PACKAGE
from recouvrement.jurisdictions.fr.plafonds_de_paiement import FILE, sector, sectors, shifted, table, table_from

RESEARCH = Path(__file__).parents[4] / "shared" / "law" / "payment-terms.yaml"
Content = dict[str, Any]  # Any: TOML


def content() -> Content:
    return tomllib.loads((files(PACKAGE) / "data" / f"{FILE}.toml").read_text(encoding="utf-8"))


def test_the_rows_of_a_sector_follow_one_another_for_each_kind_of_invoice() -> None:
    known = table()
    for _, rows in groupby(sorted(known.caps, key=lambda cap: cap.family), key=lambda cap: cap.family):
        caps = tuple(rows)
        for kind in ("single", "periodic"):
            ordered = sorted((cap for cap in caps if cap.invoices in {None, kind}), key=lambda cap: cap.from_)
            for earlier, later in pairwise(ordered):
                assert earlier.until == later.from_
            for cap in ordered[-1:]:
                assert cap.until is None
                assert known.in_force(ordered, known.last_day) is cap
                assert known.in_force(ordered, known.last_day + timedelta(days=1)) is None
            for cap in ordered[:1]:
                assert known.in_force(ordered, cap.from_) is cap
                assert known.in_force(ordered, cap.from_ - timedelta(days=1)) is None


def test_every_row_carries_its_own_source() -> None:
    known = table()
    for row in (*known.caps, *known.starts, *known.fines):
        assert row.article
        assert row.source.identifier == f"fr.plafonds_de_paiement.{row.id}:{row.from_.isoformat()}"
        assert row.confidence is not Confidence.UNVERIFIED
        assert row.sources
        assert row.checked_on
        assert bool(row.weak_source) is not row.confidence.is_firm


def test_trap_5_the_ten_day_block_ended_for_single_invoices_on_1_november_2021() -> None:
    rules = {
        (periodic, day): known.rules[0].value
        for periodic in (False, True)
        for day in (date(2021, 10, 31), date(2021, 11, 1))
        for known in sector("perishable", is_periodic=periodic).caps
        if known.invoices in {None, "periodic" if periodic else "single"} and table().in_force([known], day)
    }
    assert rules == {
        (False, date(2021, 10, 31)): "decade_then_days",
        (False, date(2021, 11, 1)): "days_after",
        (True, date(2021, 10, 31)): "decade_then_days",
        (True, date(2021, 11, 1)): "decade_then_days",
    }


def test_an_unknown_sector_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="transport") as caught:
        sector("transports", is_periodic=False)
    assert all(name in caught.value.hint for name in sectors())


@pytest.mark.parametrize("name", ["cap_60", "cap_45_eom", "periodic_45"])
def test_the_ordinary_caps_are_not_sectors(name: str) -> None:
    with pytest.raises(InvalidInput, match="not a known sector"):
        sector(name, is_periodic=False)


def test_a_sector_of_single_invoices_contradicts_a_periodic_one() -> None:
    with pytest.raises(InvalidInput, match="perishable"):
        sector("perishable_single", is_periodic=True)
    assert sector("perishable_periodic", is_periodic=False).is_periodic
    assert not sector("grapes_must", is_periodic=False).is_periodic


def test_a_start_is_not_shifted_before_its_text_is_in_force() -> None:
    assert shifted("public_receipt", date(2019, 3, 31)) is None
    found = shifted("public_receipt", date(2019, 4, 1))
    assert found is not None
    assert found[0] == date(2019, 4, 3)


def test_the_fine_is_the_one_of_the_article() -> None:
    (fine,) = table().fines
    figures = (fine.natural_person, fine.legal_person, fine.repeat_natural_person, fine.repeat_legal_person)
    assert [str(figure) for figure in figures] == ["75000", "2000000", "150000", "4000000"]


def cap_of(found: Content, identifier: str, place: int = 0) -> Content:
    rows: list[Content] = [row for row in found["caps"] if row["id"] == identifier]
    return rows[place]


def leave_a_gap(found: Content) -> None:
    cap_of(found, "cap_60", 1)["from"] = date(2019, 4, 27)


def overlap(found: Content) -> None:
    cap_of(found, "perishable_old")["until"] = date(2021, 11, 2)


def end_before_beginning(found: Content) -> None:
    cap_of(found, "perishable_old")["until"] = date(2019, 4, 26)


def forget_the_source(found: Content) -> None:
    del cap_of(found, "leather")["sources"]


def forget_the_check(found: Content) -> None:
    del cap_of(found, "leather")["checked_on"]


def mark_unverified(found: Content) -> None:
    cap_of(found, "leather")["confidence"] = "unverified"


def misspell(found: Content) -> None:
    cap_of(found, "leather")["day"] = 54


def count_nothing(found: Content) -> None:
    del cap_of(found, "leather")["rules"]


def count_twice(found: Content) -> None:
    cap_of(found, "leather")["adds_days"] = 30


def mix_starts(found: Content) -> None:
    cap_of(found, "perishable_periodic")["start"] = "issue"


def leave_the_span(found: Content) -> None:
    cap_of(found, "cap_60")["from"] = date(2008, 12, 31)


def fine_as_a_float(found: Content) -> None:
    found["fines"][0]["legal_person"] = 2000000.0


def fine_as_a_number(found: Content) -> None:
    found["fines"][0]["legal_person"] = 2000000


def days_as_text(found: Content) -> None:
    cap_of(found, "leather")["days"] = "54"


def caps_as_a_table(found: Content) -> None:
    found["caps"] = {"id": "cap_60"}


def forget_the_horizon(found: Content) -> None:
    del found["last_day"]


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (leave_a_gap, "cap_60: a row ends on 2019-04-26, the next one begins on 2019-04-27"),
        (overlap, "perishable: a row ends on 2021-11-02, the next one begins on 2021-11-01"),
        (end_before_beginning, "it must end after it begins"),
        (forget_the_source, "leather from 2016-01-01 has no sources"),
        (forget_the_check, "leather from 2016-01-01 has no sources or no checked_on"),
        (mark_unverified, "leather from 2016-01-01 is unverified"),
        (misspell, "day: Extra inputs"),
        (count_nothing, "give days and rules, or adds_days alone"),
        (count_twice, "give days and rules, or adds_days alone"),
        (mix_starts, "perishable: its rows start from different events"),
        (leave_the_span, "cap_60: its rows leave the covered span"),
        (fine_as_a_float, "write the figure as a quoted string"),
        (fine_as_a_number, "write the figure as a quoted string"),
        (days_as_text, "days: Input should be a valid integer"),
        (caps_as_a_table, "caps is not a list of tables"),
        (forget_the_horizon, "last_day: Field required"),
    ],
)
def test_a_faulty_file_is_refused_with_what_is_wrong_in_it(spoil: Callable[[Content], None], found: str) -> None:
    spoiled = content()
    spoil(spoiled)
    with pytest.raises(LawError, match=re.escape(found)):
        table_from(spoiled)


def test_the_packaged_file_is_the_one_that_is_read() -> None:
    assert table_from(content()) == table()


@pytest.mark.skipif(not RESEARCH.exists(), reason="the research file payment-terms.yaml is not beside this clone")
def test_the_days_and_marks_are_those_of_the_research_file() -> None:
    text = RESEARCH.read_text(encoding="utf-8")
    body = text[text.index("\nb2b:") : text.index("\noverseas:")]
    checked = set()
    for block in body.split("\n  - id: ")[1:]:
        identifier = block.split("\n", 1)[0].strip()
        if identifier in {"default", "acceptance_procedure"}:  # a default and a procedure, not maxima
            continue
        days = re.search(r"\n    (?:additional_)?days: ([0-9]+)", block)
        mark = re.search(r"\n    confidence: (\S+)", block)
        since = re.search(r"\n    in_force_since: (\S+)", block)
        assert days
        assert mark
        assert since
        rows = [cap for cap in table().caps if cap.id == identifier]
        assert {cap.days or cap.adds_days for cap in rows} == {int(days[1])}
        assert {cap.confidence.value for cap in rows} == {mark[1]}
        assert since[1] in {cap.from_.isoformat() for cap in rows}
        checked.add(identifier)
    assert checked == {cap.id for cap in table().caps}


def test_the_page_on_payment_terms_names_every_sector() -> None:
    page = (Path(__file__).parents[3] / "docs" / "payment-terms.md").read_text(encoding="utf-8")
    assert [name for name in sectors() if f"`{name}`" not in page] == []
