"""A projection as text for operators: a line of time with its silences, and a table."""

from collections.abc import Iterable, Iterator, Sequence

from recouvrement.domain.decision import Action, ActionKind, Hold
from recouvrement.domain.events import ActionApproved, ActionRefused, Event, PaymentReceived
from recouvrement.engine.timeline import Projection, Silence, TimelineStep
from recouvrement.engine.what_if import Approvals, Assumptions
from recouvrement.render.condition_words import days_in_words
from recouvrement.render.decompte_table import WIDTH, folded_lines, table
from recouvrement.render.explain import doubt_words, explained, hold_words

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MARGIN = " " * 16
_SILENT = "        :       "


def projection_timeline(found: Projection) -> str:
    """Return the days to come as lines: each look at the case, and between them each silence with why.

    A look at which nothing is done and no fact takes effect is left to its silence.
    """
    parts = [(step.on, 0, list(_step(step))) for step in found.steps if step.actions or step.facts]
    parts += [(silence.from_, 1, list(_silence(silence))) for silence in found.silences]
    shown = [line for _, _, lines in sorted(parts) for line in lines]
    return "\n".join([*_heading(found), "", *shown, *_footing(found)]) + "\n"


def projection_table(found: Projection) -> str:
    """Return the actions to come as a table, one row each, with what is owed on their day."""
    header = ("day", "stage", "action", "document", "channel", "items", "principal", "owed")
    rows = [
        (
            step.on.isoformat(),
            action.stage,
            action.kind.value,
            action.document.value,
            action.channel.value,
            " ".join(action.listed),
            str(action.principal.amount),
            str(step.total.amount),
        )
        for step in found.steps
        for action in step.actions
    ]
    lines = table(header, [rows], [False] * 6 + [True, True]) if rows else ["No action."]
    return "\n".join([*_heading(found), "", *lines, *_footing(found)]) + "\n"


def assumption_words(assume: Assumptions) -> str:
    """Return what a walk supposes, in words.

    >>> assumption_words(Assumptions(notice_delivered_after_days=3))
    'approvals given the same day; a mise en demeure presented 3 days after it leaves'
    """
    when = "the same day" if not assume.answered_after_days else f"after {days_in_words(assume.answered_after_days)}"
    approvals = {
        Approvals.GRANTED: f"approvals given {when}",
        Approvals.WAITING: "approvals left waiting",
        Approvals.REFUSED: f"approvals refused {when}",
    }[assume.approvals]
    days = assume.notice_delivered_after_days
    letters = (
        "no letter delivered" if days is None else f"a mise en demeure presented {days_in_words(days)} after it leaves"
    )
    return f"{approvals}; {letters}"


def _heading(found: Projection) -> Iterator[str]:
    scenario = f"{found.stamps.scenario} version {found.scenario_version}"
    yield f"{found.case_id} · {scenario} · {found.from_.isoformat()} until {found.until.isoformat()}"
    yield f"Supposed: {assumption_words(found.assumptions)}."
    for event in found.supposed:
        yield f"Supposed: {_fact(event)} on {event.effective_on.isoformat()}."


def _footing(found: Projection) -> Iterator[str]:
    """Yield the deadlines that run and the doubts met, each once."""
    deadlines = {
        f"{deadline.last_day.isoformat()}  {deadline.kind.value}, {deadline.item_id or 'case'} ({deadline.regime})"
        for step in found.steps
        for deadline in step.deadlines
    }
    doubts = dict.fromkeys(doubt_words(doubt) for step in found.steps for doubt in step.doubts)
    for title, parts in (("Deadlines that run:", sorted(deadlines)), ("Doubts:", list(doubts))):
        if parts:
            yield ""
            yield title
            for part in parts:
                yield from _folded(part, "  ", "    ")


def _step(step: TimelineStep) -> Iterator[str]:
    head = f"{step.on.isoformat()} {_DAYS[step.on.weekday()]}  "
    for index, (depth, text) in enumerate(_told(step)):
        margin = _MARGIN + "  " * depth
        yield from _folded(text, head if index == 0 else margin, margin + "  ")
    yield f"{_MARGIN}owed {step.total}"


def _told(step: TimelineStep) -> Iterator[tuple[int, str]]:
    """Yield the events of a day with their depth: facts, then actions with why, each followed by its answer."""
    own = {action.id for action in step.actions if action.kind is ActionKind.APPROVAL}
    answers = {
        event.action_id: event
        for event in step.facts
        if isinstance(event, ActionApproved | ActionRefused) and event.action_id in own
    }
    for event in step.facts:
        if event not in answers.values():
            yield 0, f"* {_fact(event)}"
    for action_id in step.withdrawn:
        yield 0, f"* proposal {action_id} withdrawn: its figures have moved"
    for action in step.actions:
        yield 0, _action(action)
        for reason in action.reasons:
            yield 1, explained(reason)
        if action.kind is ActionKind.APPROVAL and action.id in answers:
            yield 0, f"* {_fact(answers[action.id])}"


def _action(action: Action) -> str:
    pay_by = f", to pay by {action.pay_by.isoformat()}" if action.pay_by is not None else ""
    outcome = f", to decide: {action.outcome}" if action.outcome is not None else ""
    words = f"{action.stage}: {action.kind.value}, {action.document.value} by {action.channel.value}"
    return f"{words}, {' '.join(action.listed)}, {action.principal}{pay_by}{outcome}"


def _silence(silence: Silence) -> Iterator[str]:
    yield from _folded(f"{days_in_words(silence.days)} of silence", _SILENT, _SILENT)
    for words in _holds(silence.holds):
        yield from _folded(words, _SILENT + "  ", _SILENT + "  ")


def _holds(holds: Iterable[Hold]) -> list[str]:
    """Return why nothing is done, items with the same words together."""
    items: dict[str, list[str]] = {}
    for hold in holds:
        items.setdefault(hold_words(hold), []).append(hold.item_id or "case")
    return [f"{' '.join(names)}: {words}" for words, names in items.items()]


def _fact(event: Event) -> str:
    words = event.type.replace("_", " ")
    return f"{words}, {event.payment.amount}" if isinstance(event, PaymentReceived) else words


def _folded(text: str, first: str, rest: str) -> Sequence[str]:
    parts = folded_lines(text, WIDTH - len(rest))
    return [f"{first if index == 0 else rest}{part}" for index, part in enumerate(parts)]
