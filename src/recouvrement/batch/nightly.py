"""The nightly run: screen, decide, append, deliver. One case never stops another."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from recouvrement.batch.compose import compose
from recouvrement.batch.delivery import Delivery, outbox_entry
from recouvrement.batch.portfolio import Failure, Portfolio
from recouvrement.dispatch.message import DeliveryChannel, Receipt
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Decision
from recouvrement.domain.events import HistoryEvent
from recouvrement.domain.parties import Debtor
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.decide import decide
from recouvrement.engine.record import recorded, stale_proposals
from recouvrement.errors import (
    InvalidInput,
    JournalError,
    RecouvrementError,
)
from recouvrement.journal.protocol import CaseHistory, Journal, OutboxEntry, OutboxState, Wakeup
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.render.letters import Letters
from recouvrement.scenario.model import Scenario

NO_HISTORY = CaseHistory((), 0)
_ROWS_AT_ONCE = 200
"""Wake-up rows written in one transaction; they may be lost without harm."""


class Policy(NamedTuple):
    """What every decision of a run is made with."""

    law: Jurisdiction
    scenario_for: Callable[[Debtor], Scenario]
    letters: Letters


class Done(NamedTuple):
    """What the run did for one case."""

    case: Case
    decision: Decision
    actions: tuple[Action, ...]
    """Actions planned or proposed tonight."""
    delivered: tuple[Receipt, ...]
    """Messages handed to their channel tonight, those an interrupted run had left included."""


class Report(NamedTuple):
    """What came of a run."""

    on: date
    done: tuple[Done, ...]
    asleep: int
    """Cases that nothing had changed and whose wake-up lies ahead: not looked at."""
    failures: tuple[Failure, ...]
    is_dry: bool


def nightly(
    portfolio: Portfolio,
    *,
    on: date,
    journal: Journal,
    channels: Mapping[Channel, DeliveryChannel],
    policy: Policy,
    progress: Callable[[Case], None] = lambda _: None,
) -> Report:
    """Carry out tonight's work and return what was done.

    Every case is decided and written in one transaction, then delivered; a run killed at any moment is finished by the
    next one, and no message leaves twice. Raises ``JournalError`` when another run is in progress, ``InvalidInput``
    when ``on`` is before the last run: facts recorded since would be overlooked; ``BrokenChain`` when the journal was
    altered.
    """
    with journal.exclusive():
        last = journal.last_run_on()
        if last is not None and on < last:
            raise InvalidInput(
                where=f"run date {on.isoformat()}",
                found=f"the journal already holds a run of {last.isoformat()}",
                hint="Run for that date or a later one, or --dry-run to look at the past; if that run had a wrong "
                "date, take up the copy of the journal made before it.",
            )
        journal.verify()
        journal.record_run(on)
        night = _Night(on, journal, channels, policy, portfolio)
        return night.run(portfolio, progress)


def rehearsal(
    portfolio: Portfolio,
    *,
    on: date,
    histories: Mapping[str, CaseHistory],
    policy: Policy,
    progress: Callable[[Case], None] = lambda _: None,
) -> Report:
    """Return what a run would do, letters rendered and checked, with nothing written and nothing sent."""
    done: list[Done] = []
    failures = list(portfolio.failures)
    for bare in portfolio.cases:
        known = histories.get(bare.id, NO_HISTORY)
        try:
            case = bare.with_events(known.events, version=known.version)
            decision = decide(case, on, scenario=policy.scenario_for(case.debtor), law=policy.law)
            for action in decision.actions:
                compose(action, case, decision, on=on, letters=policy.letters)
            done.append(Done(case, decision, decision.actions, ()))
        except Exception as fault:  # noqa: BLE001  # the batch loop: one case never stops another
            failures.append(_failure(fault, bare))
        progress(bare)
    return Report(on, tuple(done), 0, tuple(failures), is_dry=True)


class _Night:
    """One run: what it works with, and what an interrupted run left behind."""

    def __init__(
        self,
        on: date,
        journal: Journal,
        channels: Mapping[Channel, DeliveryChannel],
        policy: Policy,
        portfolio: Portfolio,
    ) -> None:
        self.on, self.journal, self.policy = on, journal, policy
        self.delivery = Delivery(on, journal, channels, policy.law)
        self.failures = self.delivery.failures
        self.failures += portfolio.failures
        self.histories = journal.histories()
        self.wakeups = journal.wakeups()
        self.settled_rows: list[Wakeup] = []
        self.left_over: dict[str, list[OutboxEntry]] = {}
        for entry in journal.outbox((OutboxState.PLANNED, OutboxState.CLAIMED)):
            self.left_over.setdefault(entry.case_id, []).append(entry)

    def run(self, portfolio: Portfolio, progress: Callable[[Case], None]) -> Report:
        done: list[Done] = []
        asleep = 0
        for bare in portfolio.cases:
            known = self.histories.get(bare.id, NO_HISTORY)
            scenario = self.policy.scenario_for(bare.debtor)
            facts = _facts_hash(bare)
            try:
                if self._sleeps(bare.id, _fingerprint(facts, known.version), scenario):
                    asleep += 1
                else:
                    done.append(self._case(bare, known, scenario, facts))
            except Exception as fault:  # noqa: BLE001  # the batch loop: one case never stops another
                self.failures.append(_failure(fault, bare))
            progress(bare)
        self.journal.remember(self.settled_rows)
        self._report_left_over()
        return Report(self.on, tuple(done), asleep, tuple(self.failures), is_dry=False)

    def _sleeps(self, case_id: str, fingerprint: str, scenario: Scenario) -> bool:
        """Whether nothing about the case has moved and its wake-up lies ahead."""
        row = self.wakeups.get(case_id)
        return (
            row is not None
            and case_id not in self.left_over
            and row.fingerprint == fingerprint
            and row.scenario_hash == scenario.hash
            and row.edition == self.policy.law.edition
            and row.decided_on <= self.on
            and (row.next_wakeup is None or row.next_wakeup > self.on)
        )

    def _case(self, bare: Case, known: CaseHistory, scenario: Scenario, facts: str) -> Done:
        """Finish what an interrupted run left, decide, append, deliver, and note when to look again."""
        case = bare.with_events(known.events, version=known.version)
        delivered: list[Receipt] = []
        case = self._withdrawn(case)
        for entry in self.left_over.pop(case.id, ()):
            case, receipt = self.delivery.finish(case, entry)
            delivered += [receipt] if receipt is not None else []
        decision = decide(case, self.on, scenario=scenario, law=self.policy.law)
        actions, settled = decision.actions, decision
        if actions:
            case, entries = self._plan(case, decision)
            for entry in entries:
                case, receipt = self.delivery.send(case, entry)
                delivered += [receipt] if receipt is not None else []
            settled = decide(case, self.on, scenario=scenario, law=self.policy.law)
        if not settled.actions:
            self._remember(case, settled, facts)
        return Done(case, decision, actions, tuple(delivered))

    def _withdrawn(self, case: Case) -> Case:
        """Withdraw the proposals whose figures have moved: nobody should be asked to approve them any more."""
        events = [
            self.delivery.cancelled(action.id, "withdrawn", "balances or stops have moved since")
            for action in stale_proposals(case, self.on, law=self.policy.law)
        ]
        return self.delivery.append(case, events) if events else case

    def _report_left_over(self) -> None:
        """Report the messages of an earlier run whose case was not among tonight's."""
        for case_id, entries in self.left_over.items():
            for entry in entries:
                error = JournalError(
                    where=f"action {entry.action_id} of case {case_id}",
                    found=f"it is {entry.state.value} since {entry.planned_on} and its case was not decided",
                    hint="Mend the input of that debtor, or put it back: the next run finishes or cancels the message.",
                )
                self.failures.append(Failure(error, None))

    def _plan(self, case: Case, decision: Decision) -> tuple[Case, list[OutboxEntry]]:
        """Write the actions and their messages in one transaction; nothing is written when one cannot be rendered."""
        events: list[HistoryEvent] = []
        entries: list[OutboxEntry] = []
        for action in decision.actions:
            message = compose(action, case, decision, on=self.on, letters=self.policy.letters)
            entries.append(outbox_entry(message, action))
            events.append(recorded(action, self.on))
        return self.delivery.append(case, events, outbox=entries), entries

    def _remember(self, case: Case, decision: Decision, facts: str) -> None:
        row = Wakeup(
            case_id=case.id,
            fingerprint=_fingerprint(facts, case.version),
            decided_on=self.on,
            next_wakeup=decision.next_wakeup,
            scenario_hash=decision.stamps.scenario_hash,
            edition=decision.stamps.law_edition,
        )
        self.settled_rows.append(row)
        if len(self.settled_rows) >= _ROWS_AT_ONCE:
            self.journal.remember(self.settled_rows)
            self.settled_rows.clear()


def _facts_hash(bare: Case) -> str:
    """Return a hash of the facts as read tonight, the journal left out."""
    return hashlib.sha256(bare.model_dump_json().encode()).hexdigest()


def _fingerprint(facts: str, version: int) -> str:
    """Return what a wake-up rests on: the facts as read, and how far the journal goes."""
    return f"{version}:{facts}"


def _failure(fault: Exception, case: Case) -> Failure:
    if isinstance(fault, RecouvrementError):
        return Failure(fault, case.debtor.id)
    error = RecouvrementError(
        where=f"case {case.id}",
        found=f"{type(fault).__name__}: {fault}",
        hint="This is a fault of the program: report it with the case; the other cases went on.",
    )
    return Failure(error, case.debtor.id)
