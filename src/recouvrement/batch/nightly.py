"""The nightly run: screen, decide, append, deliver. One case never stops another."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from recouvrement.batch.compose import compose
from recouvrement.batch.delivery import Delivery, outbox_entry
from recouvrement.batch.pinning import (
    Chosen,
    KeptScenario,
    begins,
    is_pinned,
    nothing_kept,
    pin_of,
    pinned_scenario,
)
from recouvrement.batch.portfolio import Failure, Portfolio
from recouvrement.batch.quota import Quota
from recouvrement.batch.replay import Rules, facts_text, kept_decision, rules_texts
from recouvrement.batch.starting import Starting
from recouvrement.dispatch.message import DeliveryChannel, Receipt
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Decision
from recouvrement.domain.events import HistoryEvent, ScenarioStarted
from recouvrement.domain.parties import Debtor
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.decide import decide
from recouvrement.engine.record import recorded, scenario_started, stale_proposals, withdrawn
from recouvrement.errors import (
    InvalidInput,
    JournalError,
    RecouvrementError,
)
from recouvrement.journal.decisions import Kept, KeptText
from recouvrement.journal.protocol import CaseHistory, Journal, OutboxEntry, OutboxState, Wakeup
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.render.letters import Letters
from recouvrement.scenario.model import Scenario
from recouvrement.version import VERSION

NO_HISTORY = CaseHistory((), 0)
_ROWS_AT_ONCE = 200
"""Wake-up rows written in one transaction; they may be lost without harm."""


class Policy(NamedTuple):
    """What every decision of a run is made with."""

    law: Jurisdiction
    scenario_for: Callable[[Debtor], Scenario]
    """The scenario of a case that has none yet; a case keeps the version it was started with."""
    letters: Letters
    scenarios: tuple[Scenario, ...] = ()
    """Other definitions at hand, for cases started with them; the journal keeps those it has used."""
    max_contacts: int | None = None
    """Most messages to debtors planned in one run, in the order of the portfolio; ``None``: no limit."""
    starting: Starting | None = None
    """Rules that choose the scenario of a case when it starts, in place of ``scenario_for`` and ``scenarios``."""

    def scenario_of(self, bare: Case, known: CaseHistory, on: date, kept: KeptScenario = nothing_kept) -> Chosen:
        """Return the scenario a case follows on a date. Raises ``ScenarioError`` when nobody has its version."""
        if self.starting is not None:
            return self.starting.scenario_of(bare, known.events, on, self.law, kept)
        usual = Chosen(self.scenario_for(bare.debtor))
        at_hand = (usual.scenario, *self.scenarios)
        return pinned_scenario(bare, known.events, on, usual=lambda: usual, at_hand=at_hand, kept=kept)


class Done(NamedTuple):
    """What the run did for one case."""

    case: Case
    decision: Decision
    actions: tuple[Action, ...]
    """Actions planned or proposed tonight."""
    delivered: tuple[Receipt, ...]
    """Messages handed to their channel tonight, those an interrupted run had left included."""

    @property
    def is_left(self) -> bool:
        """Whether a message decided tonight waits for the next run, beyond the cap of this one."""
        return len(self.actions) < len(self.decision.actions)


class Report(NamedTuple):
    """What came of a run."""

    on: date
    done: tuple[Done, ...]
    asleep: int
    """Cases that nothing had changed and whose wake-up lies ahead: not looked at."""
    failures: tuple[Failure, ...]
    is_dry: bool
    left: int = 0
    """Cases whose message waits for the next run, beyond ``Policy.max_contacts``."""


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
    kept: KeptScenario = nothing_kept,
    progress: Callable[[Case], None] = lambda _: None,
) -> Report:
    """Return what a run would do, letters rendered and checked, with nothing written and nothing sent.

    ``kept`` gives the scenarios of the journal the histories come from.
    """
    done: list[Done] = []
    failures = list(portfolio.failures)
    quota = Quota(policy.max_contacts)
    for bare in portfolio.cases:
        known = histories.get(bare.id, NO_HISTORY)
        try:
            case = bare.with_events(known.events, version=known.version)
            scenario = policy.scenario_of(bare, known, on, kept).scenario
            decision = decide(case, on, scenario=scenario, law=policy.law)
            actions = quota.within(decision.actions)
            for action in actions:
                compose(action, case, decision, on=on, scenario=scenario, letters=policy.letters)
            quota.take(decision.actions, actions)
            done.append(Done(case, decision, actions, ()))
        except Exception as fault:  # noqa: BLE001  # the batch loop: one case never stops another
            failures.append(_failure(fault, bare))
        progress(bare)
    return Report(on, tuple(done), 0, tuple(failures), is_dry=True, left=quota.left)


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
        self.decided: list[Kept] = []
        self.quota = Quota(policy.max_contacts)
        self.kept_scenarios: dict[tuple[str, int], str | None] = {}
        self.rules: dict[str, Rules] = {}
        self.left_over: dict[str, list[OutboxEntry]] = {}
        for entry in journal.outbox((OutboxState.PLANNED, OutboxState.CLAIMED)):
            self.left_over.setdefault(entry.case_id, []).append(entry)

    def run(self, portfolio: Portfolio, progress: Callable[[Case], None]) -> Report:
        done: list[Done] = []
        asleep = 0
        for bare in portfolio.cases:
            known = self.histories.get(bare.id, NO_HISTORY)
            try:
                chosen = self.policy.scenario_of(bare, known, self.on, self._kept_scenario)
                seen = _as_seen(bare, chosen.scenario)
                facts = facts_text(seen)
                if self._sleeps(bare.id, _fingerprint(facts, known.version), chosen.scenario):
                    asleep += 1
                else:
                    done.append(self._case(seen, known, chosen, facts))
            except Exception as fault:  # noqa: BLE001  # the batch loop: one case never stops another
                self.failures.append(_failure(fault, bare))
            progress(bare)
        self._write_remembered()
        self._report_left_over()
        return Report(self.on, tuple(done), asleep, tuple(self.failures), is_dry=False, left=self.quota.left)

    def _kept_scenario(self, scenario: str, version: int) -> str | None:
        """Return the text the journal has of a scenario, asked for once."""
        name = (scenario, version)
        if name not in self.kept_scenarios:
            self.kept_scenarios[name] = self.journal.scenario(scenario, version)
        return self.kept_scenarios[name]

    def _rules(self, scenario: Scenario) -> Rules:
        """Return the texts of a scenario and of the law, written once a night."""
        if scenario.hash not in self.rules:
            self.rules[scenario.hash] = rules_texts(scenario, self.policy.law)
        return self.rules[scenario.hash]

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

    def _case(self, bare: Case, known: CaseHistory, chosen: Chosen, facts: KeptText) -> Done:
        """Finish what an interrupted run left, decide, append, deliver, and note when to look again.

        A case whose message is beyond the quota is not put to sleep: the next run looks at it again.
        """
        scenario = chosen.scenario
        case = bare.with_events(known.events, version=known.version)
        delivered: list[Receipt] = []
        entries: list[OutboxEntry] = []
        case = self._withdrawn(case, scenario)
        for entry in self.left_over.pop(case.id, ()):
            case, receipt = self.delivery.finish(case, entry, scenario)
            delivered += [receipt] if receipt is not None else []
        decision = decide(case, self.on, scenario=scenario, law=self.policy.law)
        actions = self.quota.within(decision.actions)
        if actions:
            pin = pin_of(bare, known.events, self.on)
            starts = begins(actions) and not is_pinned(scenario, pin)
            started = (scenario_started(case, self.on, scenario, chosen.assignment),) if starts else ()
            kept = kept_decision(facts, decision, self._rules(scenario))
            case, entries = self._plan(case, decision, actions=actions, started=started, kept=kept, scenario=scenario)
        self.quota.take(decision.actions, actions)
        for entry in entries:
            case, receipt = self.delivery.send(case, entry)
            delivered += [receipt] if receipt is not None else []
        if len(actions) == len(decision.actions):
            settled = decide(case, self.on, scenario=scenario, law=self.policy.law) if actions else decision
            self._remember(case, settled, facts, scenario)
        elif not actions:
            self.decided.append(kept_decision(facts, decision, self._rules(scenario)))
        return Done(case, decision, actions, tuple(delivered))

    def _withdrawn(self, case: Case, scenario: Scenario) -> Case:
        """Withdraw the proposals whose figures have moved: nobody should be asked to approve them any more."""
        stale = stale_proposals(case, self.on, scenario=scenario, law=self.policy.law)
        events = [withdrawn(action, self.on) for action in stale]
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

    def _plan(
        self,
        case: Case,
        decision: Decision,
        *,
        actions: tuple[Action, ...],
        started: tuple[ScenarioStarted, ...],
        kept: Kept,
        scenario: Scenario,
    ) -> tuple[Case, list[OutboxEntry]]:
        """Write the actions, their messages and the decision in one transaction.

        Nothing is written when a message cannot be rendered.
        """
        events: list[HistoryEvent] = [*started]
        entries: list[OutboxEntry] = []
        for action in actions:
            message = compose(action, case, decision, on=self.on, scenario=scenario, letters=self.policy.letters)
            entries.append(outbox_entry(message, action))
            events.append(recorded(action, self.on))
        return self.delivery.append(case, events, outbox=entries, decided=kept), entries

    def _remember(self, case: Case, decision: Decision, facts: KeptText, scenario: Scenario) -> None:
        """Keep a decision and, when it leaves nothing to do, put the case to sleep until its wake-up."""
        self.decided.append(kept_decision(facts, decision, self._rules(scenario)))
        if not decision.actions:
            row = Wakeup(
                case_id=case.id,
                fingerprint=_fingerprint(facts, case.version),
                decided_on=self.on,
                next_wakeup=decision.next_wakeup,
                scenario_hash=decision.stamps.scenario_hash,
                edition=decision.stamps.law_edition,
            )
            self.settled_rows.append(row)
        if len(self.decided) >= _ROWS_AT_ONCE:
            self._write_remembered()

    def _write_remembered(self) -> None:
        self.journal.remember(self.settled_rows, self.decided)
        self.settled_rows.clear()
        self.decided.clear()


def _as_seen(bare: Case, scenario: Scenario) -> Case:
    """Return the case without the date of its bank data where the scenario does not look at it.

    That date moves every night: it would wake every case, and keep its facts anew.
    """
    if bare.bank_data_through is None or scenario.max_bank_data_age_days is not None:
        return bare
    return Case.model_validate({**dict(bare), "bank_data_through": None})


def _fingerprint(facts: KeptText, version: int) -> str:
    """Return what a wake-up rests on: the library that worked it out, the facts as read, how far the journal goes."""
    return f"{VERSION}:{version}:{facts.hash}"


def _failure(fault: Exception, case: Case) -> Failure:
    if isinstance(fault, RecouvrementError):
        return Failure(fault, case.debtor.id)
    error = RecouvrementError(
        where=f"case {case.id}",
        found=f"{type(fault).__name__}: {fault}",
        hint="This is a fault of the program: report it with the case; the other cases went on.",
    )
    return Failure(error, case.debtor.id)
