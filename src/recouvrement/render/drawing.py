"""Scenarios drawn as a timeline of the days from the due date: what the text and the SVG both show."""

from datetime import date
from typing import Final, NamedTuple

from recouvrement.domain.vocabulary import Rank
from recouvrement.render.condition_words import condition_words, days_in_words
from recouvrement.scenario.lives import DUE_ON, Days, Step, World
from recouvrement.scenario.model import Outcome, Scenario, Stage
from recouvrement.scenario.worlds import fullest_life

_TEXT_WIDTH: Final = 110


class Card(NamedTuple):
    """A stage on the timeline."""

    place: int
    day: int
    id: str
    rank: Rank
    document: str
    channels: str
    remarks: tuple[str, ...]
    when: str
    is_contact: bool
    binds_through: int | None
    """Last day on which the days it gives to pay keep everything else waiting."""


class End(NamedTuple):
    """What happens after the last stage."""

    day: int
    when: str
    outcomes: tuple[str, ...]
    """Those of the branches with their condition, then the one of all others."""


class Drawing(NamedTuple):
    """A scenario as it is drawn."""

    title: str
    subtitle: str
    cards: tuple[Card, ...]
    never: tuple[str, ...]
    """Stages that do not leave in the life drawn."""
    end: End | None
    interval: int
    notes: tuple[str, ...]
    """What the world drawn has that an ordinary invoice has not."""


def day_words(day: int) -> str:
    """Return a day counted from the due date, as French billing people write it.

    >>> day_words(-5), day_words(0), day_words(30)
    ('J-5', 'J', 'J+30')
    """
    return f"J{day:+d}" if day else "J"


def drawing(scenario: Scenario) -> Drawing:
    """Return the scenario on the days that result for an invoice nobody pays, were every day worked.

    The debtor can be reached on every channel and what needs an approval gets it at once.
    """
    world, life = fullest_life(scenario, Days(_same_day, _same_day))
    first: dict[int, Step] = {}
    for step in life.steps:
        first.setdefault(step.place, step)
    ends = life.ended_day
    kinds = ", ".join(kind.value.replace("_", " ") for kind in scenario.debtor_kinds)
    interval = (
        "no interval" if scenario.interval_days == 0 else f"{days_in_words(scenario.interval_days)} between contacts"
    )
    return Drawing(
        title=f"{scenario.id} {scenario.version} — {scenario.title}",
        subtitle=f"{kinds} · {scenario.grouping.value.replace('_', ' ')} · {interval}",
        cards=tuple(_card(scenario, step) for step in sorted(first.values(), key=lambda step: step.day)),
        never=tuple(stage.id for place, stage in enumerate(scenario.stages) if place not in first),
        end=None if ends is None else End(ends, condition_words(scenario.terminal.when), _outcomes(scenario)),
        interval=scenario.interval_days,
        notes=_notes(world),
    )


def _same_day(day: date) -> date:
    return day


def _card(scenario: Scenario, step: Step) -> Card:
    stage = scenario.stages[step.place]
    channel = stage.channels[0]
    pay_by = scenario.pay_by(stage, channel, DUE_ON)
    return Card(
        place=step.place,
        day=step.day,
        id=stage.id,
        rank=stage.rank,
        document=stage.document.value.replace("_", " "),
        channels=", else ".join(one.value.replace("_", " ") for one in stage.channels),
        remarks=_remarks(stage),
        when=condition_words(stage.when),
        is_contact=not stage.is_internal,
        binds_through=None if pay_by is None else step.day + (pay_by - DUE_ON).days + stage.grace_days,
    )


def _remarks(stage: Stage) -> tuple[str, ...]:
    repeat = stage.repeat
    found = (
        ("after approval", stage.requires_approval),
        (f"to pay in {days_in_words(stage.pay_within_days or 0)}", stage.pay_within_days is not None),
        (
            f"up to {repeat.max_times} times, every {days_in_words(repeat.every_days)}" if repeat else "",
            repeat is not None,
        ),
        ("optional", stage.optional),
    )
    return tuple(words for words, holds in found if holds)


def _outcomes(scenario: Scenario) -> tuple[str, ...]:
    end = scenario.terminal
    branches = tuple(f"{_outcome(branch.outcome)} if {condition_words(branch.when)}" for branch in end.branches)
    return (*branches, f"{'else ' if branches else ''}{_outcome(end.outcome)}")


def _outcome(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")


def _notes(world: World) -> tuple[str, ...]:
    """Return what was supposed for the drawing beyond an unpaid invoice."""
    ordinary = World()
    tags = ", ".join(sorted(world.tags))
    method = world.payment_method
    found = (
        (f"a payment rejected on {day_words(world.rejected_day or 0)}", world.rejected_day is not None),
        (f"payment by {method.value.replace('_', ' ') if method else ''}", method is not None),
        (f"tags {tags}", bool(tags)),
        (f"segment {world.segment}", world.segment is not None),
        (f"language {world.language}", world.language != ordinary.language),
        (f"a promise {world.promise.value if world.promise else ''}", world.promise is not None),
        (f"a balance of {world.balance_minor / 100:.2f}", world.balance_minor != ordinary.balance_minor),
        (f"{world.overdue_items} items overdue", world.overdue_items != ordinary.overdue_items),
    )
    return tuple(words for words, holds in found if holds)


def draw_text(scenario: Scenario) -> str:
    """Return the scenario as lines of text, one column a stage, at most 110 characters wide where ids allow."""
    shown = drawing(scenario)
    columns = [(day_words(card.day), card.id, card.document, card.channels, *card.remarks) for card in shown.cards]
    if shown.end is not None:
        columns.append((day_words(shown.end.day), "end", *shown.end.outcomes))
    lines = [shown.title, shown.subtitle, "Days from the due date J, every day being worked.", ""]
    block: list[tuple[str, ...]] = []
    for column in columns:
        if block and sum(map(_width, (*block, column))) > _TEXT_WIDTH:
            lines += [*_block(block), ""]
            block = []
        block.append(column)
    lines += _block(block)
    if shown.notes:
        lines += ["", f"Drawn with {'; '.join(shown.notes)}."]
    if shown.never:
        lines += ["", f"Not drawn with the others: {', '.join(shown.never)} (see recouvrement scenario lint)."]
    if shown.end is None:
        lines += ["", "It never ends (see recouvrement scenario lint)."]
    return "\n".join(lines) + "\n"


def _width(column: tuple[str, ...]) -> int:
    return max(map(len, column)) + 2


def _block(columns: list[tuple[str, ...]]) -> list[str]:
    height = max((len(column) for column in columns), default=0)
    rows = (
        "".join((column[row] if row < len(column) else "").ljust(_width(column)) for column in columns)
        for row in range(height)
    )
    return [row.rstrip() for row in rows]
