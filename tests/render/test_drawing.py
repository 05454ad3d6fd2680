"""Drawings of scenarios, in text and in SVG."""

from xml.etree import ElementTree as ET

import pytest

from recouvrement import Scenario, builtin
from recouvrement.render.drawing import draw_text, drawing
from recouvrement.render.drawing_svg import draw_svg
from recouvrement.scenario.reading import BUILT_IN

SVG = "{http://www.w3.org/2000/svg}"


def crowded(**changes: object) -> Scenario:
    """Return a scenario of a dozen stages a day apart, with names that would break a careless drawing."""

    def stage(number: int, day: int) -> dict[str, object]:
        when = {"type": "days_after", "anchor": "due_on", "days": day}
        name = f"etape_{number}_" + "tres_longue_" * (number % 3)
        return {
            "id": name.rstrip("_"),
            "document": "reminder_1",
            "channels": ["email"],
            "rank": "amicable",
            "when": when,
        }

    branch = {"when": {"type": "tag", "tag": 'a < b & "c"'}, "outcome": "write_off"}
    data = {
        "id": "serre",
        "version": 2,
        "title": "Étapes & <serrées>",
        "debtor_kinds": ["business"],
        "min_interval_days": 1,
        "stages": [stage(number, number + 1) for number in range(12)],
        "terminal": {
            "when": {"type": "days_after", "anchor": "previous_stage", "days": 9},
            "outcome": "hand_over",
            "branches": [branch],
        },
    }
    return Scenario.model_validate(data | changes)


def test_the_text_has_one_column_a_stage_with_the_days_that_result() -> None:
    assert draw_text(builtin("consommateur")) == (
        "consommateur 1 — Relance des particuliers\n"
        "consumer, non professional, unknown · per debtor · 7 days between contacts\n"
        "Days from the due date J, every day being worked.\n"
        "\n"
        "J-5                  J+5               J+15              J+25               J+40\n"
        "avis_avant_echeance  relance_1         relance_2         lettre_de_relance  mise_en_demeure\n"
        "courtesy notice      reminder 1        reminder 2        reminder letter    mise en demeure\n"
        "email                email, else post  email, else post  post, else email   registered post\n"
        "optional                                                 to pay in 10 days  after approval\n"
        "                                                                            to pay in 15 days\n"
        "\n"
        "J+70\n"
        "end\n"
        "human decision\n"
    )


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_text_is_no_wider_than_a_terminal(name: str) -> None:
    assert max(len(line) for line in draw_text(builtin(name)).splitlines()) <= 120


def test_what_a_drawing_supposes_and_what_it_leaves_out_is_said() -> None:
    fields = {"document": "reminder_1", "channels": ["email"], "rank": "amicable"}
    first = {"id": "b", "when": {"type": "tag", "tag": "vip"}, **fields}
    never = {"id": "a", "when": {"type": "days_before", "anchor": "stage:b", "days": 1}, **fields}
    drawn = draw_text(crowded(stages=[first, never]))
    assert "Drawn with tags vip." in drawn
    assert "Not drawn with the others: a (see recouvrement scenario lint)." in drawn
    assert "It never ends (see recouvrement scenario lint)." in drawn
    assert "never ends" not in draw_text(crowded(stages=[first]))


@pytest.mark.parametrize("scenario", [crowded(), *map(builtin, BUILT_IN)], ids=lambda one: one.id)
def test_the_picture_is_well_formed_accessible_and_always_the_same(scenario: Scenario) -> None:
    text = draw_svg(scenario)
    assert text == draw_svg(scenario)
    root = ET.fromstring(text)  # noqa: S314  # our own text
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title description")
    assert title is not None
    assert title.text == f"{scenario.id} {scenario.version} — {scenario.title}"
    assert description is not None
    assert all(stage.id in str(description.text) for stage in scenario.stages)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "prefers-color-scheme: dark" in text


def boxes(text: str) -> list[tuple[float, float, float, float]]:
    root = ET.fromstring(text)  # noqa: S314  # our own text
    cards = [one for one in root.iter(f"{SVG}rect") if str(one.get("class")).startswith("card")]
    return [
        (
            float(one.get("x", "")),
            float(one.get("y", "")),
            float(one.get("x", "")) + float(one.get("width", "")),
            float(one.get("y", "")) + float(one.get("height", "")),
        )
        for one in cards
    ]


@pytest.mark.parametrize("scenario", [crowded(), *map(builtin, BUILT_IN)], ids=lambda one: one.id)
def test_cards_neither_overlap_nor_leave_the_picture(scenario: Scenario) -> None:
    text = draw_svg(scenario)
    root = ET.fromstring(text)  # noqa: S314  # our own text
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    cards = boxes(text)
    assert len(cards) == len(scenario.stages) + 1
    for index, (left, top, right, bottom) in enumerate(cards):
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
        for other_left, other_top, other_right, other_bottom in cards[:index]:
            assert other_right <= left or other_left >= right or other_bottom <= top or other_top >= bottom


def test_a_line_of_text_fits_its_card() -> None:
    root = ET.fromstring(draw_svg(crowded()))  # noqa: S314  # our own text
    for group in root.iter(f"{SVG}g"):
        card = group.find(f"{SVG}rect")
        assert card is not None
        for line in group.findall(f"{SVG}text"):
            assert len(str(line.text)) * 6.5 <= float(card.get("width", "")), line.text


def test_cards_stand_in_the_order_of_their_days() -> None:
    days = [card.day for card in drawing(crowded()).cards]
    assert days == sorted(days) == list(range(1, 13))
