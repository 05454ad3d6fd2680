"""Diaries in tables: the day, what happens, what is expected. Every night between two lines is run, and must be silent.

A day is written ``lun 05/10/2026``: the name of the day is checked, since a week-end moves most of what is expected.
What happens is one of the words of ``support.happenings``, such as
``dispute("L1", "F1")``, or several. What is expected is written:

- ``envoi relance_1 F1 F2`` (a message of that stage that lists F1 and F2, oldest first), ``... = 1000.00`` when its
  amount matters, ``... par post`` when its channel matters;
- ``à valider mise_en_demeure F1``: put before a human; ``alerte promise:P1 F1``: told to the firm's own staff;
  ``fin human_decision F1``: the scenario has ended;
- ``attend dispute F1``: nothing leaves for it, and why; ``... jusqu'au 15/10/2026`` says when time alone may change it;
- ``doute direct_debit_silent``: something the decision rests on is uncertain; ``rien``: no action of any kind.

Several are separated by `` ; ``. Actions must be the very ones of the line, in any order; a line without ``attend`` or
``doute`` says nothing of them.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from recouvrement import (
    FRANCE,
    Action,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    Case,
    DebtorKind,
    Decision,
    Invoice,
    Scenario,
    builtin,
    decide,
)
from recouvrement.domain.events import HistoryEvent
from support.cases import CREDITOR, debtor

_WEEK = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_WORDS = {
    ActionKind.CONTACT: "envoi",
    ActionKind.APPROVAL: "à valider",
    ActionKind.ALERT: "alerte",
    ActionKind.TERMINAL: "fin",
}
_ONE_DAY = timedelta(days=1)


class Logbook:
    """A case as its file grows, night after night."""

    def __init__(self, scenario: Scenario, case: Case) -> None:
        self.scenario, self.case = scenario, case
        self.on = date.min
        self.proposals: list[Action] = []

    def add(self, event: HistoryEvent) -> None:
        """Put one more event in the file."""
        self.case = self.case.with_events([event])

    def change(self, **parts: object) -> None:
        """Replace parts of the file."""
        self.case = Case.model_validate(dict(self.case) | parts)

    def name(self, word: str) -> str:
        """Return an identifier that no other event has."""
        return f"{word}-{len(self.case.history) + len(self.case.payments)}"

    def happens(self, on: date, facts: "Fact | tuple[Fact, ...] | None") -> None:
        """Go to a day and put in the file what happens on it."""
        self.on = on
        for fact in facts if isinstance(facts, tuple) else (facts,) if facts is not None else ():
            fact(self)

    def night(self) -> tuple[list[Action], Decision]:
        """Decide and record until the day is silent; return what was done, and the silent decision."""
        done: list[Action] = []
        for _ in range(6):
            decision = decide(self.case, self.on, scenario=self.scenario, law=FRANCE)
            if not decision.actions:
                return done, decision
            for action in decision.actions:
                done.append(action)
                if action.kind is ActionKind.APPROVAL:
                    self.proposals.append(action)
                    self.add(ActionProposed(id=f"{action.id}:p", effective_on=self.on, action=action))
                else:
                    self.add(ActionPlanned(id=f"{action.id}:n", effective_on=self.on, action=action))
        message = f"{self.on} never becomes silent"
        raise AssertionError(message)


Fact = Callable[[Logbook], None]
Row = tuple[str, Fact | tuple[Fact, ...] | None, str]


class Diary(NamedTuple):
    """One diary: a title in a sentence, who owes what under which scenario, and its lines."""

    title: str
    scenario: str
    invoices: tuple[Invoice, ...]
    rows: tuple[Row, ...]
    kind: DebtorKind = DebtorKind.BUSINESS
    changes: tuple[tuple[str, object], ...] = ()
    """Fields of the scenario that differ from the built-in one."""

    @property
    def policy(self) -> Scenario:
        """The scenario, with what differs."""
        base = builtin(self.scenario)
        return Scenario.model_validate(base.model_dump() | dict(self.changes)) if self.changes else base


def day(written: str) -> date:
    """Return a day written ``lun 05/10/2026`` or ``05/10/2026``; a wrong name of the day is a fault of the table."""
    *name, figures = written.split()
    read = datetime.strptime(figures, "%d/%m/%Y").date()  # noqa: DTZ007  # a civil date: no instant, no zone
    if name:
        assert name == [_WEEK[read.weekday()]], f"{written} is a {_WEEK[read.weekday()]}"
    return read


def opened(diary: Diary) -> Logbook:
    """Return the file of a diary on its first day."""
    return Logbook(diary.policy, Case(creditor=CREDITOR, debtor=debtor(diary.kind), invoices=diary.invoices))


def dictated(diary: Diary) -> Iterator[Decision]:
    """Yield the decision of each line of a diary before anything of that day is recorded."""
    book = opened(diary)
    for written, facts, _ in diary.rows:
        book.happens(day(written), facts)
        yield decide(book.case, book.on, scenario=book.scenario, law=FRANCE)
        book.night()


def play(diary: Diary) -> None:
    """Run every night from the first line to the last and compare each with the table."""
    book = opened(diary)
    rows = {day(written): (facts, expected) for written, facts, expected in diary.rows}
    assert list(rows) == sorted(rows), "the lines are in order, one for each day"
    promised: date | None = None
    on, last = min(rows), max(rows)
    while on <= last:
        facts, expected = rows.get(on, (None, None))
        book.happens(on, facts)
        actions, silent = book.night()
        seen = sorted(_written(action, expected or "") for action in actions)
        wanted, states = _read(expected or "")
        assert seen == wanted, f"{on:%d/%m/%Y}: {seen} in place of {wanted}"
        assert not seen or facts is not None or promised is None or promised <= on, f"{on:%d/%m/%Y}: not woken for"
        for state in states:
            assert state in _states(silent), f"{on:%d/%m/%Y}: {state!r} is not in {sorted(_states(silent))}"
        promised = silent.next_wakeup or date.max
        assert promised > on
        on += _ONE_DAY


def _read(expected: str) -> tuple[list[str], list[str]]:
    lines = [line.strip() for line in expected.split(" ; ") if line.strip() not in {"", "rien"}]
    states = [line for line in lines if line.startswith(("attend ", "doute "))]
    return sorted(line for line in lines if line not in states), states


def _written(action: Action, expected: str) -> str:
    """Return an action as a table writes it, with amount and channel where its line gives them."""
    what = action.outcome if action.kind is ActionKind.TERMINAL else action.stage
    words = f"{_WORDS[action.kind]} {what} {' '.join(action.listed)}"
    line = next((part.strip() for part in expected.split(" ; ") if part.strip().startswith(words)), "")
    if " = " in line:
        words += f" = {action.principal.amount}"
    if " par " in line:
        words += f" par {action.channel.value}"
    return words


def _states(decision: Decision) -> set[str]:
    found = {f"doute {doubt.code}" for doubt in decision.doubts}
    for hold in decision.holds:
        words = f"attend {hold.kind.value} {hold.item_id or 'tout'}"
        found |= {words, f"{words} jusqu'au {hold.until:%d/%m/%Y}" if hold.until is not None else f"{words} sans fin"}
    return found
