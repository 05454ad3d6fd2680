"""A peer's dunning replayed: its two commands, ``generate`` and ``process``, over a case of ours.

The correspondence, word for word (the left side is the peer's, ``peer-cases.md``):

- *generate(date)*: decide on that date, and record the proposals and the notes of the end; nothing leaves.
- *process*: a human approves every proposal that stands; decide again, and record the messages that leave.
- *draft*: a proposal is recorded and nothing came of it; *waiting*: the message of the level left; *final*: the end of
  the scenario is recorded. No state: nothing was ever recorded for the line.
- *blocked*: a manual hold is placed on the line; unblocked: it is lifted.
- *reconciled*: a payment is allocated to the line; unreconciled: money or a credit note that names no line.
- *listed* (active): the line is still open in the decision, whatever its state.
- *level n*: stage ``niveau_n``; a delay is ``days_after due_on``. The peer lets no reminder leave before the maturity
  date, so that a negative delay is 0. A level without delay is a stage that waits for a fact that never comes.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from recouvrement import (
    FRANCE,
    Action,
    ActionApproved,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    Allocation,
    Case,
    CreditNote,
    Decision,
    Money,
    Payment,
    Scenario,
    StopKind,
    StopLifted,
    StopPlaced,
    decide,
)
from recouvrement.domain.events import HistoryEvent
from recouvrement.scenario.calendar_conditions import DaysAfter
from recouvrement.scenario.case_conditions import HasTag
from recouvrement.scenario.model import Stage
from support.cases import CREDITOR, debtor, invoice

DAY_0 = date(2026, 9, 30)
"""The maturity date."""
HUNDRED = Money.of("100.00", "EUR")


def with_delays(scenario: Scenario, delays: Sequence[int | None]) -> Scenario:
    """Return the built-in scenario with the levels of another procedure, everything else as it is."""
    first, *_ = scenario.stages
    stages = tuple(_level(first, number, delay) for number, delay in enumerate(delays, start=1))
    return Scenario.model_validate(scenario.model_dump() | {"stages": stages})


def _level(like: Stage, number: int, delay: int | None) -> Stage:
    """Return a level: the stage of the scenario but for its number and its day."""
    when = HasTag(tag="jamais") if delay is None else DaysAfter(anchor="due_on", days=max(0, delay))
    return Stage.model_validate(like.model_dump() | {"id": f"niveau_{number}", "when": when})


class Procedure:
    """The dunning of one party, as its accountant works with it; days are counted from the maturity date."""

    def __init__(self, scenario: Scenario, *lines: str) -> None:
        self.scenario = scenario
        invoices = tuple(invoice(line, DAY_0, "100.00") for line in lines or ("L1",))
        self.case = Case(creditor=CREDITOR, debtor=debtor(), invoices=invoices)
        self.recorded: dict[str, list[Action]] = {}

    def generate(self, day: int) -> None:
        """Record the proposals and the ends of that day."""
        self._record(day, (ActionKind.APPROVAL, ActionKind.TERMINAL))

    def process(self, day: int) -> None:
        """Approve what is proposed, and record what leaves."""
        drafts = [actions[-1] for actions in self.recorded.values() if actions[-1].kind is ActionKind.APPROVAL]
        answers = [
            ActionApproved(id=f"{draft.id}:a{day}", effective_on=_on(day), action_id=draft.id, by="Claire Fontaine")
            for draft in drafts
        ]
        self.case = self.case.with_events(answers)
        self._record(day, (ActionKind.CONTACT,))

    def block(self, day: int, line: str = "L1") -> None:
        """Set the blocked flag."""
        stop = StopKind.MANUAL_HOLD
        self._live(StopPlaced(id="blocked", effective_on=_on(day), stop_id="blocked", stop=stop, item_ids=(line,)))

    def unblock(self, day: int) -> None:
        """Clear the blocked flag."""
        self._live(StopLifted(id="unblocked", effective_on=_on(day), stop_id="blocked"))

    def pay(self, day: int, line: str = "L1") -> None:
        """Pay a line in full and reconcile it."""
        part = Allocation(item_id=line, amount=HUNDRED)
        paid = Payment(id=f"V-{line}", received_on=_on(day), amount=HUNDRED, allocations=(part,))
        self.case = Case.model_validate(dict(self.case) | {"payments": (*self.case.payments, paid)})

    def credit(self, day: int) -> None:
        """Issue a credit note of a hundred that is reconciled with nothing."""
        note = CreditNote(number="A1", issued_on=_on(day), amount=HUNDRED)
        self.case = Case.model_validate(dict(self.case) | {"credit_notes": (note,)})

    def look(self, day: int) -> Decision:
        """Return the decision of a day."""
        return decide(self.case, _on(day), scenario=self.scenario, law=FRANCE)

    def state(self, line: str = "L1") -> tuple[int, str] | None:
        """Return the level and the state of a line, as the peer shows them."""
        actions = self.recorded.get(line)
        if actions is None:
            return None
        levels = [action for action in actions if action.kind is not ActionKind.TERMINAL]
        words = {ActionKind.APPROVAL: "draft", ActionKind.CONTACT: "waiting", ActionKind.TERMINAL: "final"}
        return int(levels[-1].stage.removeprefix("niveau_")), words[actions[-1].kind]

    def listed(self, day: int) -> list[str]:
        """Return the lines still open in the decision of a day."""
        decision = self.look(day)
        open_lines = [hold.item_id for hold in decision.holds if hold.item_id is not None]
        return sorted({*open_lines, *(line for action in decision.actions for line in action.listed)})

    def _record(self, day: int, kinds: tuple[ActionKind, ...]) -> None:
        for action in self.look(day).actions:
            if action.kind not in kinds:
                continue
            event: HistoryEvent
            if action.kind is ActionKind.APPROVAL:
                event = ActionProposed(id=f"{action.id}:p", effective_on=_on(day), action=action)
            else:
                event = ActionPlanned(id=f"{action.id}:n", effective_on=_on(day), action=action)
            self._live(event)
            for line in action.listed:
                self.recorded.setdefault(line, []).append(action)

    def _live(self, event: HistoryEvent) -> None:
        self.case = self.case.with_events([event])


def _on(day: int) -> date:
    return DAY_0 + timedelta(days=day)
