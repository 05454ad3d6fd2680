from datetime import date

import pytest

from recouvrement.domain.reasons import Confidence
from recouvrement.errors import InvalidInput, LawError, NotCovered
from recouvrement.jurisdictions.fr.delais_de_procedure import FILE, governs_surely, rows_from, steps, table, table_from
from recouvrement.jurisdictions.fr.parametres import PACKAGE, parametre
from recouvrement.law.files import read_table


def content(**change: object) -> dict[str, object]:
    """Return the packaged file reduced to one row, changed; ``None`` takes a field away."""
    file = read_table(PACKAGE, FILE)
    rows = file["rows"]
    assert isinstance(rows, list)
    row = {name: value for name, value in {**rows[1], **change}.items() if value is not None}
    return {**file, "rows": [row]}


def test_every_row_is_sourced_and_named() -> None:
    for row in table().rows:
        assert row.source.identifier == f"fr.delais_de_procedure.{row.id}:{row.from_}"
        assert row.confidence is not Confidence.UNVERIFIED
        assert row.label
        assert (row.confidence is Confidence.FROM_MEMORY) is (row.checked_on is None)


def test_a_weakly_sourced_row_says_so_whenever_it_is_used() -> None:
    weak = [row for row in table().rows if not row.confidence.is_firm]
    assert weak
    assert all("weak_source" in [doubt.code for doubt in row.doubts_of_use()] for row in weak)


def test_the_months_of_a_declaration_are_those_of_the_parameter() -> None:
    (row,) = [row for row in table().rows if row.code == "declaration_de_creance"]
    day = date(2026, 3, 20)
    assert row.months is None
    assert row.months_on(day) == parametre("declaration_de_creance_delai").on(day).value == 2


def test_the_three_regimes_of_the_order_follow_one_another() -> None:
    assert [(row.from_, row.until, row.months) for row in table().rows if row.code == "order_enforcement"] == [
        (date(2006, 1, 1), date(2022, 3, 1), 1),
        (date(2022, 3, 1), date(2026, 9, 1), 1),
        (date(2026, 9, 1), None, 2),
    ]
    assert [(row.until, row.months) for row in table().rows if row.code == "order_service"] == [
        (date(2026, 9, 1), 6),
        (None, 3),
    ]


@pytest.mark.parametrize(
    ("served_on", "rules", "is_sure"),
    [
        (date(2026, 8, 31), ["order_enforcement_1_month"], True),
        (date(2026, 9, 1), ["order_enforcement_1_month", "order_enforcement_2_months"], False),
        # An order of 31 August 2026 may be served until Monday 1 March 2027 (28 February is a Sunday).
        (date(2027, 3, 1), ["order_enforcement_1_month", "order_enforcement_2_months"], False),
        (date(2027, 3, 15), ["order_enforcement_2_months"], True),
        (date(2022, 2, 28), ["order_enforcement_after_formula"], True),
        (date(2022, 6, 1), ["order_enforcement_after_formula", "order_enforcement_1_month"], False),
        (date(2006, 1, 2), ["order_enforcement_after_formula"], True),
    ],
)
def test_the_rule_of_a_service_depends_on_the_date_the_order_may_bear(
    served_on: date,
    rules: list[str],
    is_sure: bool,  # noqa: FBT001  # a row of a table
) -> None:
    rows = [row for row in rows_from("order_served", served_on) if row.code == "order_enforcement"]
    assert [row.id for row in rows] == rules
    assert {governs_surely(row, served_on) for row in rows} == {is_sure}


def test_an_unknown_step_lists_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="bodacc_publication"):
        rows_from("jugement_rendu", date(2026, 1, 1))
    assert list(steps()) == sorted(set(steps()))


@pytest.mark.parametrize(
    ("step", "on"),
    [
        ("order_made", date(2005, 12, 31)),
        ("order_made", date(2028, 1, 1)),
        ("order_served", date(2028, 1, 1)),
        ("lre_notice", date(2018, 12, 31)),
        ("l126_2_commandement", date(2026, 4, 24)),
        ("conciliator_seized", date(2023, 9, 30)),
    ],
)
def test_outside_the_days_of_its_rows_a_step_is_refused(step: str, on: date) -> None:
    with pytest.raises(NotCovered):
        rows_from(step, on)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"days": 30}, "only one"),
        ({"months": None}, "only one"),
        ({"months": 3.0}, "months"),
        ({"confidence": "unverified"}, "unverified"),
        ({"sources": []}, "no sources"),
        ({"abroad_months": 2}, "abroad_months"),
        ({"abroad_article": "CPC art. 643"}, "abroad_months"),
        ({"counting": "plain"}, "cpc or insolvency"),
        ({"until": date(2026, 9, 1)}, "must end after it begins"),
        ({"after": "order_opposition"}, "not a period of"),
        ({"from": date(2030, 1, 1)}, "covered span"),
        ({"parametre": "delai"}, "Extra inputs"),
    ],
)
def test_a_faulty_row_is_refused(change: dict[str, object], fault: str) -> None:
    with pytest.raises(LawError, match=fault):
        table_from(content(**change), where="delais.toml")


def test_a_gap_between_two_rows_of_a_period_is_refused() -> None:
    file = content()
    rows = file["rows"]
    assert isinstance(rows, list)
    earlier = {**rows[0], "from": date(2010, 1, 1), "until": date(2026, 8, 1)}
    with pytest.raises(LawError, match="ends on 2026-08-01, the next one begins on 2026-09-01"):
        table_from({**file, "rows": [earlier, rows[0]]}, where="delais.toml")
