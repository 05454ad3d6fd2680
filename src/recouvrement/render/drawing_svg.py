"""Scenarios drawn in SVG: a lane for each rank, a card for each stage, and an axis of days to scale."""

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import wrap
from typing import Final

from recouvrement.domain.vocabulary import Rank
from recouvrement.render.drawing import Card, Drawing, day_words, drawing
from recouvrement.scenario.model import Scenario

_MARGIN: Final = 24
_LANE_LABEL: Final = 104
_LINE: Final = 17
_PADDING: Final = 10
_GAP: Final = 14
_LETTER: Final = 6.9
"""Width of an average letter of 12 pixels; cards are made wide enough for their longest line by it."""
_CARD_WIDTHS: Final = (118, 236)
_LETTERS: Final = 31
"""Letters on a line of the widest card."""
_TICKS: Final = (1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730)
_END: Final = "end"

_STYLE: Final = """
  .paper { fill: #ffffff; } .lane { fill: #f3f4f6; } .card { fill: #ffffff; stroke: #9ca3af; }
  .amicable { stroke: #2563eb; } .preventive { stroke: #059669; } .formal { stroke: #d97706; }
  .pre_litigation, .litigation { stroke: #dc2626; } .end { stroke: #4b5563; stroke-dasharray: 5 3; }
  text { fill: #1f2937; font: 12px system-ui, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
  .title { font-size: 16px; font-weight: 600; } .day { font-weight: 700; font-size: 13px; } .soft { fill: #6b7280; }
  .axis { stroke: #6b7280; } .lead { fill: none; stroke: #9ca3af; } .dot { fill: #1f2937; }
  .due { stroke: #dc2626; stroke-dasharray: 3 3; }
  .wait { fill: #9ca3af; } .pay { fill: #d97706; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #111827; } .lane { fill: #1b2434; } .card { fill: #111827; stroke: #6b7280; }
    .amicable { stroke: #60a5fa; } .preventive { stroke: #34d399; } .formal { stroke: #fbbf24; }
    .pre_litigation, .litigation { stroke: #f87171; } .end { stroke: #9ca3af; }
    text { fill: #e5e7eb; } .soft { fill: #9ca3af; } .axis { stroke: #9ca3af; } .lead { stroke: #6b7280; }
    .dot { fill: #e5e7eb; } .due { stroke: #f87171; } .wait { fill: #6b7280; } .pay { fill: #fbbf24; }
  }
"""


class _Box:
    """A card with its lines and its place in the drawing."""

    def __init__(self, lane: str, day: int, lines: Iterable[str], tip: str) -> None:
        self.lane, self.day, self.tip = lane, day, tip
        self.lines = tuple(part for line in lines for part in wrap(line, _LETTERS))
        longest = max(len(line) for line in (day_words(day), *self.lines))
        self.width = min(max(longest * _LETTER + 2 * _PADDING, _CARD_WIDTHS[0]), _CARD_WIDTHS[1])
        self.height = float(_LINE * (1 + len(self.lines)) + 2 * _PADDING - 4)
        self.left = 0.0
        self.top = 0.0


def draw_svg(scenario: Scenario) -> str:
    """Return the scenario as an SVG document, the same bytes for the same scenario, without any outside resource."""
    shown = drawing(scenario)
    boxes = [_card(card) for card in shown.cards]
    if shown.end is not None:
        boxes.append(_Box(_END, shown.end.day, ("end", *shown.end.outcomes), shown.end.when))
    lanes = [lane for lane in (*(rank.value for rank in Rank), _END) if any(box.lane == lane for box in boxes)]
    left = float(_MARGIN + _LANE_LABEL)
    for box in boxes:
        box.left = left
        left += box.width + _GAP
    width = max(left - _GAP + _MARGIN, 560.0)
    top = float(_MARGIN + 58)
    tops: dict[str, tuple[float, float]] = {}
    for lane in lanes:
        height = max(box.height for box in boxes if box.lane == lane) + 2 * 8
        tops[lane] = top, height
        for box in boxes:
            box.top = top + 8 if box.lane == lane else box.top
        top += height + 6
    axis = top + 40
    foot = [*_foot(shown)]
    height = axis + 70 + _LINE * len(foot)
    body = [
        *_head(shown, width, height),
        *_lanes(tops, width),
        *_axis(shown, boxes, axis, width),
        *(line for box in boxes for line in _drawn(box)),
        *(
            f'<text class="soft" x="{_MARGIN}" y="{_number(axis + 72 + _LINE * row)}">{escape(line)}</text>'
            for row, line in enumerate(foot)
        ),
    ]
    return "\n".join([*body, "</svg>"]) + "\n"


def _card(card: Card) -> _Box:
    lines = (card.id, card.document, card.channels, *card.remarks)
    return _Box(card.rank.value, card.day, lines, f"{card.id}: {card.when}")


def _number(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def _head(shown: Drawing, width: float, height: float) -> Iterator[str]:
    size = f'width="{_number(width)}" height="{_number(height)}" viewBox="0 0 {_number(width)} {_number(height)}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">'
    yield f'<title id="title">{escape(shown.title)}</title>'
    yield f'<desc id="description">{escape(_described(shown))}</desc>'
    yield f"<style>{_STYLE}</style>"
    yield '<rect class="paper" width="100%" height="100%"/>'
    yield f'<text class="title" x="{_MARGIN}" y="{_MARGIN + 14}">{escape(shown.title)}</text>'
    yield f'<text class="soft" x="{_MARGIN}" y="{_MARGIN + 36}">{escape(shown.subtitle)}</text>'


def _described(shown: Drawing) -> str:
    """Return the whole drawing in words."""
    parts = [f"{shown.subtitle}."]
    for card in shown.cards:
        remarks = f", {', '.join(card.remarks)}" if card.remarks else ""
        channels = f"by {card.channels}" if card.is_contact else "internal"
        parts.append(f"{day_words(card.day)}: {card.id}, {card.rank.value}, {card.document} {channels}{remarks}.")
    if shown.end is not None:
        parts.append(f"{day_words(shown.end.day)}: end, {'; '.join(shown.end.outcomes)}.")
    return " ".join([*parts, *_foot(shown)])


def _foot(shown: Drawing) -> Iterator[str]:
    yield "Days from the due date J, every day being worked, for an invoice that nobody pays."
    if shown.notes:
        yield f"Drawn with {'; '.join(shown.notes)}."
    if shown.never:
        yield f"Not drawn with the others: {', '.join(shown.never)}."
    if shown.end is None:
        yield "It never ends."


def _lanes(tops: dict[str, tuple[float, float]], width: float) -> Iterator[str]:
    for lane, (top, height) in tops.items():
        yield (
            f'<rect class="lane" x="{_MARGIN - 8}" y="{_number(top)}" '
            f'width="{_number(width - 2 * _MARGIN + 16)}" height="{_number(height)}" rx="6"/>'
        )
        label = lane.replace("_", " ")
        yield f'<text class="soft" x="{_MARGIN}" y="{_number(top + height / 2 + 4)}">{label}</text>'


def _drawn(box: _Box) -> Iterator[str]:
    x, y = box.left + _PADDING, box.top + _PADDING + 9
    yield f"<g><title>{escape(box.tip)}</title>"
    yield (
        f'<rect class="card {box.lane}" x="{_number(box.left)}" y="{_number(box.top)}" '
        f'width="{_number(box.width)}" height="{_number(box.height)}" rx="5" stroke-width="1.5"/>'
    )
    yield f'<text class="day" x="{_number(x)}" y="{_number(y)}">{day_words(box.day)}</text>'
    for row, line in enumerate(box.lines, start=1):
        kind = "" if row <= 1 else ' class="soft"'
        yield f'<text{kind} x="{_number(x)}" y="{_number(y + row * _LINE)}">{escape(line)}</text>'
    yield "</g>"


def _axis(shown: Drawing, boxes: list[_Box], axis: float, width: float) -> Iterator[str]:
    days = [0, *(box.day for box in boxes)]
    first, last = min(days), max(*days, min(days) + 1)
    left, right = float(_MARGIN + _LANE_LABEL), width - _MARGIN - 8

    def at(day: float) -> float:
        return left + (right - left) * (min(day, last) - first) / (last - first)

    for box in boxes:
        middle = box.left + box.width / 2
        yield (
            f'<path class="lead" d="M{_number(middle)} {_number(box.top + box.height)} '
            f'V{_number(axis - 30)} L{_number(at(box.day))} {_number(axis)}"/>'
        )
    for card in shown.cards:
        if card.is_contact and shown.interval:
            yield _bar("wait", at(card.day), at(card.day + shown.interval), axis + 3)
        if card.binds_through is not None:
            yield _bar("pay", at(card.day), at(card.binds_through), axis + 8)
    yield f'<path class="axis" d="M{_number(left)} {_number(axis)} H{_number(right)}"/>'
    yield f'<path class="due" d="M{_number(at(0))} {_number(axis - 12)} V{_number(axis + 14)}"/>'
    for day in _ticks(first, last):
        x = _number(at(day))
        yield f'<path class="axis" d="M{x} {_number(axis)} v5"/>'
        yield f'<text class="soft" x="{x}" y="{_number(axis + 28)}" text-anchor="middle">{day_words(day)}</text>'
    for box in boxes:
        yield f'<circle class="dot" cx="{_number(at(box.day))}" cy="{_number(axis)}" r="3.5"/>'
    yield from _legend(shown, axis + 50)


def _bar(kind: str, left: float, right: float, top: float) -> str:
    return f'<rect class="{kind}" x="{_number(left)}" y="{_number(top)}" width="{_number(right - left)}" height="4"/>'


def _legend(shown: Drawing, y: float) -> Iterator[str]:
    entries = [("wait", f"interval of {shown.interval} days")] if shown.interval > 1 else []
    entries += [("pay", "days given to pay: nothing else leaves")] if any(c.binds_through for c in shown.cards) else []
    x = float(_MARGIN + _LANE_LABEL)
    for kind, words in entries:
        yield _bar(kind, x, x + 22, y - 6)
        yield f'<text class="soft" x="{_number(x + 28)}" y="{_number(y)}">{words}</text>'
        x += 28 + len(words) * _LETTER + 24


def _ticks(first: int, last: int) -> Iterator[int]:
    """Yield round days, a dozen at most, the due date among them."""
    every = next((step for step in _TICKS if (last - first) / step <= 11), _TICKS[-1])
    start = -(-first // every)
    yield from (count * every for count in range(start, last // every + 1))
