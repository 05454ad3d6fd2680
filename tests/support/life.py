"""A case that lives, and what must be true of every decision about it, worked out from its facts."""

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis.stateful import RuleBasedStateMachine

from recouvrement import (
    FRANCE,
    Action,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    Case,
    DebtorKind,
    Decision,
    Hold,
    HoldKind,
    Invoice,
    Money,
    Payment,
    PaymentRejected,
    Scenario,
    StopKind,
    StopPlaced,
    decide,
)
from recouvrement.domain.events import ChannelAccepted, HistoryEvent, PlanDefaultNotified
from recouvrement.domain.vocabulary import DocumentKind, Rank
from recouvrement.scenario.model import Grouping
from support.cases import CREDITOR, debtor

START = date(2026, 9, 1)
ONE_DAY = timedelta(days=1)
FORTNIGHT = timedelta(days=14)
TO_DEBTOR = {ActionKind.CONTACT, ActionKind.APPROVAL}
WITH_INDEMNITY = {DebtorKind.BUSINESS, DebtorKind.PUBLIC}


class Sent(NamedTuple):
    """A message that left."""

    on: date
    action: Action


def euro(minor: int) -> Money:
    return Money.from_minor(minor, "EUR")


class Life(RuleBasedStateMachine):
    """One debtor, one creditor, and the days."""

    def open(self, scenario: Scenario, kind: DebtorKind) -> None:
        """Open the file."""
        self.scenario = scenario
        self.on = START
        self.wakeup: date | None = START
        self.moved = True
        self.insolvent = False
        self.count = 0
        self.case = Case(creditor=CREDITOR, debtor=debtor(kind))
        self.sent: list[Sent] = []
        self.ids: set[str] = set()
        self.pending: list[Action] = []
        self.approved: set[str] = set()
        self.stops: dict[str, StopPlaced] = {}
        self.plans: dict[str, tuple[str, ...]] = {}
        """Plans agreed and not lifted, each with its items."""

    def night(self) -> None:
        """Decide, check, record, until the day is silent: what was recorded is never decided again."""
        asleep = not self.moved and (self.wakeup is None or self.on < self.wakeup)
        for turn in range(8):
            decision = decide(self.case, self.on, scenario=self.scenario, law=FRANCE)
            self.check(decision)
            if not decision.actions:
                break
            assert not asleep, f"{self.on}: nothing was to happen before {self.wakeup}"
            assert turn == 0 or self.may_follow(decision)
            self.record(decision)
        else:
            message = f"{self.on} never becomes silent"
            raise AssertionError(message)
        assert decision.next_wakeup is None or decision.next_wakeup > self.on
        self.check_told(decision)
        self.wakeup, self.moved = decision.next_wakeup, False
        self.on += ONE_DAY

    def may_follow(self, decision: Decision) -> bool:
        """Whether a step may come after others of the same night: only where the scenario keeps nothing apart."""
        return self.scenario.interval_days == 0 and all(
            action.kind is not ActionKind.CONTACT or action.id in self.approved for action in decision.actions
        )

    def record(self, decision: Decision) -> None:
        for action in decision.actions:
            if action.kind is ActionKind.APPROVAL:
                self.pending.append(action)
                self.add(ActionProposed(id=f"{action.id}:p", effective_on=self.on, action=action))
                continue
            assert action.id not in self.ids, "the same step twice"
            self.ids.add(action.id)
            self.add(ActionPlanned(id=f"{action.id}:n", effective_on=self.on, action=action))
            if action.kind is ActionKind.CONTACT:
                self.check_interval(action)
                self.sent.append(Sent(self.on, action))

    # What must be true of every decision

    def check(self, decision: Decision) -> None:
        to_debtor = [action for action in decision.actions if action.kind in TO_DEBTOR]
        settled, stopped = self.settled(), self.stopped()
        for action in to_debtor:
            assert not self.insolvent
            assert action.kind is ActionKind.APPROVAL or action.id in self.approved or not self.needs_approval(action)
            if action.document is DocumentKind.THANK_YOU:
                assert action.principal.minor == 0
                continue
            assert settled.isdisjoint(action.listed)
            assert stopped.isdisjoint(action.listed)
            assert action.principal.minor > 0
        if self.scenario.grouping is Grouping.PER_DEBTOR:
            assert sum(action.kind is ActionKind.CONTACT for action in decision.actions) <= 1
        spoken = {item for action in decision.actions for item in action.listed}
        held = {hold.item_id for hold in decision.holds}
        assert {item.item_id for item in decision.claim.items} <= spoken | held, "a silence without a reason"
        self.check_sums(decision)

    def check_told(self, decision: Decision) -> None:
        """Check that the staff was told, once, of every hold of a silent day that no day ends, or will be tomorrow."""
        told: dict[str, list[str]] = {}
        for event in self.case.history:
            if isinstance(event, ActionPlanned) and event.action.document is DocumentKind.STAFF_ALERT:
                assert event.action.kind is ActionKind.ALERT
                for item_id in event.action.listed:
                    told.setdefault(item_id, []).append(event.action.stage)
        for item_id, names in told.items():
            accepted = sum(isinstance(event, ChannelAccepted) for event in self.case.history)
            for name in names:
                most = accepted if name.startswith("unreachable:") else 0
                assert name == "unanswered:end" or names.count(name) <= 1 + most, f"{item_id}: {name} told again"
        for hold in decision.holds:
            names = told.get(hold.item_id or "", [])
            for name in self.lasting(hold):
                is_told = any(one.startswith(name) for one in names)
                assert is_told or self.is_tomorrow(decision), f"{self.on}: {hold.item_id} waits, {name} not told"

    def is_tomorrow(self, decision: Decision) -> bool:
        """Whether something was recorded today, which keeps the day silent, and tomorrow the case is looked at."""
        steps = (event for event in self.case.history if isinstance(event, ActionPlanned | ActionProposed))
        return decision.next_wakeup == self.on + ONE_DAY and any(event.effective_on == self.on for event in steps)

    def lasting(self, hold: Hold) -> list[str]:
        """Return how the names of the alerts begin that a hold must have had, told from the facts."""
        match hold.kind:
            case HoldKind.CLAIM_GATE:
                endless = any(
                    stop.stop is StopKind.DISPUTE
                    and stop.until is None
                    and (not stop.item_ids or hold.item_id in stop.item_ids)
                    for stop in self.stops.values()
                )
                missing = {reason.input("missing") for reason in hold.reasons}
                return ["gate:"] if "debtor_kind" in missing or ("end_of_dispute" in missing and endless) else []
            case HoldKind.NO_CHANNEL if hold.next_stage is not None:
                stage = next(stage for stage in self.scenario.stages if stage.id == hold.next_stage)
                return [] if stage.rank is Rank.PREVENTIVE else [f"unreachable:{stage.id}"]
            case HoldKind.NO_CHANNEL:
                return [f"undeliverable:{hold.reasons[0].input('action')}"]
            case HoldKind.AWAITING_APPROVAL if hold.reasons[0].code == "awaiting_approval":
                proposed_on = date.fromisoformat(hold.reasons[0].input("proposed_on") or "")
                late = self.on >= proposed_on + FORTNIGHT
                return [f"unanswered:{hold.reasons[0].input('action')}"] if late else []
            case HoldKind.AWAITING_HUMAN if hold.reasons[0].code == "scenario_done":
                ends = [
                    event.effective_on
                    for event in self.case.history
                    if isinstance(event, ActionPlanned)
                    and event.action.kind is ActionKind.TERMINAL
                    and hold.item_id in event.action.listed
                ]
                return ["unanswered:end"] if self.on >= max(ends) + FORTNIGHT else []
            case _:
                return []

    def check_sums(self, decision: Decision) -> None:
        claim = decision.claim
        charged: dict[str, int] = {}
        for item in claim.items:
            charged[item.invoice_number] = charged.get(item.invoice_number, 0) + item.indemnity.minor
            assert item.due_on < self.on
        indemnities = {0, 4000} if self.case.debtor.kind in WITH_INDEMNITY else {0}
        assert set(charged.values()) <= indemnities
        assert claim.total == claim.principal + claim.late_interest + claim.indemnities
        assert claim.late_interest.minor == sum(item.late_interest.minor for item in claim.items)
        overdue = sum(item.balance.minor for item in claim.items)
        issued = [one for one in self.case.invoices if one.issued_on <= self.on]
        money = sum(payment.amount.minor for payment in self.money())
        credit = sum(note.amount.minor for note in self.case.credit_notes if note.issued_on <= self.on)
        left = max(0, sum(one.total.minor for one in issued) - money - credit)
        if self.scenario.nets_unallocated:
            everything = all(item.due_on is not None and item.due_on < self.on for one in issued for item in one.items)
            assert overdue == left if everything else overdue <= left

    def check_interval(self, action: Action) -> None:
        one = self.scenario.grouping is Grouping.PER_DEBTOR
        earlier = [sent.on for sent in self.sent if one or not set(sent.action.listed).isdisjoint(action.listed)]
        least = timedelta(days=self.scenario.interval_days)
        assert all(self.on - day >= least for day in earlier), f"{earlier} then {self.on}"

    def needs_approval(self, action: Action) -> bool:
        return any(stage.id == action.stage and stage.requires_approval for stage in self.scenario.stages)

    def money(self) -> list[Payment]:
        bounced = {event.payment_id for event in self.case.history if isinstance(event, PaymentRejected)}
        return [one for one in self.case.payments if one.received_on <= self.on and one.id not in bounced]

    def settled(self) -> set[str]:
        """Return the items whose own payments and credit notes reach their amount."""
        got: dict[str, int] = {}
        for payment in self.money():
            for part in payment.allocations:
                got[part.item_id] = got.get(part.item_id, 0) + part.amount.minor
        for note in self.case.credit_notes:
            if note.invoice_number is not None and note.issued_on <= self.on:
                got[note.invoice_number] = got.get(note.invoice_number, 0) + note.amount.minor
        return {one.number for one in self.case.invoices if got.get(one.number, 0) >= one.total.minor}

    def stopped(self) -> set[str]:
        """Return the items that are stopped as a whole, as far as that can be told without the engine's own rules."""
        found: set[str] = set()
        for stop in self.stops.values():
            names = stop.item_ids or tuple(one.number for one in self.case.invoices)
            if stop.stop is StopKind.PROMISE_TO_PAY:
                # A promise of a sum may be kept before its day; one of the whole is kept only by settling.
                runs = stop.pay_by is not None and self.on <= stop.pay_by + timedelta(days=stop.grace_days)
            else:
                runs = stop.until is None or self.on < stop.until
            if runs and stop.amount is None:
                found.update(set(names) - self.promised_again(stop))
        if not self.case.payments:
            notified = {event.plan_id for event in self.case.history if isinstance(event, PlanDefaultNotified)}
            # A plan ends by its notice only, and is completed by money only.
            found.update(name for plan_id in self.plans.keys() - notified for name in self.plans[plan_id])
        return found

    def promised_again(self, stop: StopPlaced) -> set[str]:
        """Return the items that a later promise is about: only the last promise about an item counts."""
        if stop.stop is not StopKind.PROMISE_TO_PAY:
            return set()
        later = [
            one
            for one in self.stops.values()
            if one.stop is stop.stop and (one.effective_on, one.id) > (stop.effective_on, stop.id)
        ]
        everything = tuple(one.number for one in self.case.invoices)
        return {name for one in later for name in (one.item_ids or everything)}

    def ask(self, case: Case) -> Decision:
        return decide(case, self.on, scenario=self.scenario, law=FRANCE)

    def name(self, word: str) -> str:
        self.count += 1
        return f"{word}{self.count}"

    def add(self, event: HistoryEvent) -> None:
        self.case = self.case.with_events([event])
        self.moved = True

    def change(self, **parts: object) -> None:
        self.case = Case.model_validate(dict(self.case) | parts)
        self.moved = True

    def item(self, pick: int) -> Invoice:
        return self.case.invoices[pick % len(self.case.invoices)]
