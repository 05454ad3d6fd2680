"""Forecasts, comparisons and migrations as text for operators."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from recouvrement.domain.decision import Action, ActionKind
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.comparison import CaseComparison, Comparison, Course, ScenarioTotals, Spread
from recouvrement.engine.failures import CaseFailure
from recouvrement.engine.forecast import Forecast, Work
from recouvrement.engine.migration import ComingAction, ItemMigration, Migration, Outlook
from recouvrement.render.decompte_table import table

_NUMBERS = True


def forecast_text(found: Forecast) -> str:
    """Return a forecast as two tables: the work of each day, and the actions by document and channel."""
    header = ("day", "contacts", "letters", "calls", "approvals", "notes", "cost", "demanded")
    days = [(day.on.isoformat(), *_work(day.work)) for day in found.days]
    lines = [f"{found.cases} cases · {found.from_.isoformat()} until {found.until.isoformat()}", ""]
    lines += table(header, [days, [("total", *_work(found.total))]], [False] + [_NUMBERS] * 7)
    loads = [
        (load.kind.value, load.document.value, load.channel.value, str(load.actions), str(load.cost))
        for load in found.total.loads
    ]
    if loads:
        lines += [
            "",
            *table(("action", "document", "channel", "number", "cost"), [loads], [False] * 3 + [_NUMBERS] * 2),
        ]
    if found.cost_by_channel:
        lines += ["", "Cost by channel: " + ", ".join(f"{name.value} {cost}" for name, cost in found.cost_by_channel)]
    return "\n".join([*lines, *_notes(found.without_cost, found.failures)]) + "\n"


def comparison_text(found: Comparison) -> str:
    """Return a comparison as two tables: both scenarios in total, then case by case with A / B in each cell."""
    a, b = found.a, found.b
    lines = [
        f"A: {a.scenario} version {a.scenario_version} · B: {b.scenario} version {b.scenario_version}",
        f"{len(found.cases)} cases · {found.from_.isoformat()} until {found.until.isoformat()}",
        f"First day on which they diverge: {_day(found.diverge_on)}",
        "",
    ]
    rows = [(name, first, second) for (name, first), (_, second) in zip(_totals(a), _totals(b), strict=True)]
    lines += table(("", "A", "B"), [rows], [False, False, False])
    if found.cases:
        header = ("case", "diverge on", "contacts", "first", "notice", "end")
        lines += ["", *table(header, [[_case(one) for one in found.cases]], [False, False, True, True, True, False])]
        lines.append(
            "first, notice: days from the due date to the first contact, to the mise en demeure, within the span"
        )
    if found.terminal_differs:
        lines.append(f"Cases that end otherwise: {', '.join(found.terminal_differs)}")
    return "\n".join([*lines, *_notes(found.without_cost, found.failures)]) + "\n"


def migration_text(found: Migration) -> str:
    """Return what would change in a case, and the event that would perform it."""
    old, new = found.old, found.new
    move = f"{_named(old)} to {_named(new)} on {found.on.isoformat()}"
    lines = [
        f"{found.case_id} · {move}",
        f"  first day on which something differs: {_day(found.diverge_on)} (looked at until {found.until.isoformat()})",
        *_outlook("old", old, found.on),
        *_outlook("new", new, found.on),
    ]
    for item in found.items:
        lines += _item(item)
    lines += [f"  awaits an answer: {action.stage} {' '.join(action.listed)} ({action.id})" for action in found.pending]
    lines.append(f"  event that performs it: {found.event.model_dump_json(exclude_none=True)}")
    return "\n".join(lines) + "\n"


def _outlook(name: str, outlook: Outlook, on: date) -> Iterator[str]:
    today = ", ".join(_step(action) for action in outlook.actions) or "nothing"
    coming = ", ".join(f"{one.on.isoformat()} {_step(one)}" for one in outlook.coming if one.on > on)
    yield f"  {name}: today {today}; then {coming or 'nothing'}"


def _step(action: Action | ComingAction) -> str:
    return f"{action.stage} (to approve)" if action.kind is ActionKind.APPROVAL else action.stage


def _named(outlook: Outlook) -> str:
    return f"{outlook.scenario} version {outlook.scenario_version}"


def _item(item: ItemMigration) -> Iterator[str]:
    parts = (
        ("kept", item.kept),
        ("lost", item.lost),
        ("skipped", item.skipped),
        ("ahead", item.ahead),
        ("document sent again by", item.again),
    )
    words = "; ".join(f"{name} {', '.join(stages)}" for name, stages in parts if stages)
    yield f"  {item.item_id}: {words or 'nothing carried out, nothing ahead'}"


def _work(work: Work) -> tuple[str, ...]:
    counts = (work.contacts, work.letters, work.calls, work.approvals, work.internal_notes)
    return (*(str(count) for count in counts), str(work.cost), _sums(work.demanded))


def _totals(totals: ScenarioTotals) -> Iterator[tuple[str, str]]:
    yield "contacts", str(totals.contacts)
    yield "by rank", _counts((rank.value, count) for rank, count in totals.by_rank)
    yield "by channel", _counts((channel.value, count) for channel, count in totals.by_channel)
    yield "days to first contact", _spread(totals.days_to_first_contact)
    yield "days to mise en demeure", _spread(totals.days_to_mise_en_demeure)
    yield "cost", str(totals.cost)
    yield "ended", _counts(totals.outcomes)


def _case(one: CaseComparison) -> Sequence[str]:
    def both(first: object, second: object) -> str:
        return f"{'-' if first is None else first} / {'-' if second is None else second}"

    a, b = one.a, one.b
    return (
        one.case_id,
        _day(one.diverge_on),
        both(len(a.contacts), len(b.contacts)),
        both(a.days_to_first_contact, b.days_to_first_contact),
        both(a.days_to_mise_en_demeure, b.days_to_mise_en_demeure),
        both(_end(a), _end(b)),
    )


def _end(course: Course) -> str | None:
    return course.terminal_on.isoformat() if course.terminal_on is not None else None


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return "none"
    return f"{spread.shortest} to {spread.longest}, median {spread.median} ({spread.cases} cases)"


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in pairs) or "none"


def _day(on: date | None) -> str:
    return on.isoformat() if on is not None else "never"


def _sums(sums: Sequence[Money]) -> str:
    return " + ".join(str(money) for money in sums) or "-"


def _notes(without_cost: Sequence[Channel], failures: Sequence[CaseFailure]) -> Iterator[str]:
    if without_cost:
        yield f"No cost given, counted for nothing: {', '.join(channel.value for channel in without_cost)}"
    for row in failures:
        yield f"failed: {row.case_id}: {row.where}: {row.found.rstrip('.')}. {row.hint}"
