"""A life in which anything may happen on any day, and every property of the engine after every night.

Nights are run or missed; money comes, goes back or names nothing; credit notes, disputes, promises, plans, holds and
proceedings come and are withdrawn; humans answer late; addresses fail; the scenario changes under way. What is checked
is worked out here from the facts that were drawn, not from what the engine says of them, wherever that can be done.
"""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from recouvrement import (
    FRANCE,
    Action,
    ActionApproved,
    ActionCancelled,
    ActionKind,
    ActionPlanned,
    ActionProposed,
    ActionRefused,
    Allocation,
    Case,
    CreditNote,
    DebtorKind,
    Decision,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    Instalment,
    Invoice,
    Money,
    Payment,
    PaymentRejected,
    Scenario,
    ScenarioStarted,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
    decide,
)
from recouvrement.domain.events import (
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    HistoryEvent,
    PlanAgreed,
    PlanDefaultNotified,
)
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.scenario.model import Grouping
from recouvrement.scenario.reading import BUILT_IN
from support.cases import CONTACT, CREDITOR, debtor

START = date(2026, 9, 1)
ONE_DAY = timedelta(days=1)
TO_DEBTOR = {ActionKind.CONTACT, ActionKind.APPROVAL}
WITH_INDEMNITY = {DebtorKind.BUSINESS, DebtorKind.PUBLIC}
WHOLE_STOPS = [kind for kind in StopKind if kind not in {StopKind.PROMISE_TO_PAY, StopKind.DISPUTE}]

cents = st.sampled_from((1, 999, 10_000, 50_000, 120_000, 333_333))
picks = st.integers(0, 9)
"""Which of what there is: counted modulo its number."""


class Sent(NamedTuple):
    """A message that left."""

    on: date
    action: Action


def euro(minor: int) -> Money:
    return Money.from_minor(minor, "EUR")


class Life(RuleBasedStateMachine):
    """One debtor, one creditor, and the days."""

    @initialize(
        name=st.sampled_from(BUILT_IN),
        kind=st.sampled_from(DebtorKind),
        dues=st.lists(st.integers(-40, 40), min_size=1, max_size=3),
        amount=cents,
    )
    def begin(self, name: str, kind: DebtorKind, dues: list[int], amount: int) -> None:
        self.scenario = builtin(name)
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
        self.plans: list[str] = []
        for due in dues:
            self.issue(due, amount)

    # Nights

    @rule(nights=st.integers(1, 12))
    def nights(self, nights: int) -> None:
        for _ in range(nights):
            self.night()

    @rule(days=st.integers(1, 25))
    def missed_nights(self, days: int) -> None:
        self.on += timedelta(days=days)

    @rule(times=st.integers(1, 6), delay=st.sampled_from((0, 0, 1, 9)))
    def go_from_wakeup_to_wakeup(self, times: int, delay: int) -> None:
        """Only nights with something to look at are run, as a screened run does; what is proposed is approved."""
        for _ in range(times):
            self.night()
            if self.pending:
                self.on += timedelta(days=delay)
                while self.pending:
                    self.answer(0, 1)
            elif self.wakeup is not None and self.wakeup < START + timedelta(days=900):
                self.on = max(self.on, self.wakeup)

    @rule()
    def go_on(self) -> None:
        self.go_from_wakeup_to_wakeup(4, 1)

    @rule()
    def go_far(self) -> None:
        self.go_from_wakeup_to_wakeup(10, 0)

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
        """Return the items under a stop of the whole."""
        found: set[str] = set()
        for stop in self.stops.values():
            applies = stop.amount is None and (stop.until is None or self.on < stop.until)
            if applies and stop.stop is not StopKind.PROMISE_TO_PAY:
                found.update(stop.item_ids or (one.number for one in self.case.invoices))
        return found

    @rule(random=st.randoms(use_true_random=False), pick=picks, days=st.integers(1, 30))
    def the_answer_depends_on_facts_alone(self, random: Random, pick: int, days: int) -> None:
        """The same from a copy, in another order, and whatever is still to come."""
        answer = self.ask(self.case)
        assert self.ask(Case.model_validate_json(self.case.model_dump_json())) == answer
        parts = {name: list(getattr(self.case, name)) for name in ("invoices", "credit_notes", "payments", "history")}
        for part in parts.values():
            random.shuffle(part)
        assert self.ask(Case.model_validate(dict(self.case) | parts)).model_dump_json() == answer.model_dump_json()
        later = self.on + timedelta(days=days)
        item = self.item(pick)
        part_of_it = (Allocation(item_id=item.number, amount=item.total),)
        money = Payment(id="later", received_on=later, amount=item.total, allocations=part_of_it)
        stop = StopPlaced(id="later", effective_on=later, stop_id="later", stop=StopKind.DISPUTE)
        to_come = {"payments": (*self.case.payments, money), "history": (*self.case.history, stop)}
        then = self.ask(Case.model_validate(dict(self.case) | to_come))
        assert then.model_dump(exclude={"next_wakeup"}) == answer.model_dump(exclude={"next_wakeup"})

    def ask(self, case: Case) -> Decision:
        return decide(case, self.on, scenario=self.scenario, law=FRANCE)

    # What may happen

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

    @precondition(lambda self: len(self.case.invoices) < 5)
    @rule(due=st.integers(-10, 40), amount=cents)
    def issue(self, due: int, amount: int) -> None:
        due_on, number = self.on + timedelta(days=due), f"F{len(self.case.invoices) + 1}"
        issued_on = min(self.on, due_on - timedelta(days=10))
        made = Invoice.single(
            number, issued_on=issued_on, due_on=due_on, total=euro(amount), order_reference=f"BC-{number}"
        )
        self.change(invoices=(*self.case.invoices, made))

    @rule(pick=picks, share=st.sampled_from((1, 2, 3)), named=st.booleans(), days=st.integers(-8, 3))
    def pay(self, pick: int, share: int, named: bool, days: int) -> None:  # noqa: FBT001  # drawn
        item = self.item(pick)
        amount = euro(max(1, item.total.minor // share))
        parts = (Allocation(item_id=item.number, amount=amount),) if named else ()
        received_on = self.on + timedelta(days=days)
        payment = Payment(id=self.name("V"), received_on=received_on, amount=amount, allocations=parts)
        self.change(payments=(*self.case.payments, payment))

    @precondition(lambda self: bool(self.money()))
    @rule(pick=picks)
    def reject(self, pick: int) -> None:
        money = self.money()
        payment = money[pick % len(money)].id
        self.add(PaymentRejected(id=self.name("rejet"), effective_on=self.on, payment_id=payment))

    @rule(pick=picks, amount=cents, named=st.booleans())
    def credit(self, pick: int, amount: int, named: bool) -> None:  # noqa: FBT001  # drawn
        number = self.item(pick).number if named else None
        note = CreditNote(number=self.name("A"), issued_on=self.on, amount=euro(amount), invoice_number=number)
        self.change(credit_notes=(*self.case.credit_notes, note))

    @rule(
        pick=picks,
        kind=st.sampled_from((StopKind.DISPUTE, *WHOLE_STOPS)),
        days=st.sampled_from((2, 5, 9, 20, 20, None)),
        review=st.sampled_from((None, 0, 12)),
        whole_case=st.sampled_from((False, False, True)),
    )
    def stop(self, pick: int, kind: StopKind, days: int | None, review: int | None, *, whole_case: bool) -> None:
        fields: dict[str, object] = {
            "payee": "Factor de l'Ouest" if kind is StopKind.ASSIGNMENT else None,
            "until": self.on + timedelta(days=days) if days is not None else None,
            "review_on": self.on + timedelta(days=review) if review is not None else None,
        }
        self.place(kind, () if whole_case else (self.item(pick).number,), fields)

    @rule(pick=picks, amount=cents)
    def dispute_in_part(self, pick: int, amount: int) -> None:
        self.place(StopKind.DISPUTE, (self.item(pick).number,), {"amount": euro(amount)})

    @rule(pick=picks, days=st.integers(0, 20), grace=st.sampled_from((0, 3)), amount=st.one_of(st.none(), cents))
    def promise(self, pick: int, days: int, grace: int, amount: int | None) -> None:
        fields: dict[str, object] = {
            "pay_by": self.on + timedelta(days=days),
            "grace_days": grace,
            "amount": euro(amount) if amount is not None else None,
        }
        self.place(StopKind.PROMISE_TO_PAY, (self.item(pick).number,), fields)

    def place(self, kind: StopKind, items: tuple[str, ...], fields: dict[str, object]) -> None:
        stop_id = self.name("S")
        values = {"id": self.name("stop"), "effective_on": self.on, "stop_id": stop_id, "stop": kind}
        placed = StopPlaced.model_validate(values | {"item_ids": items} | fields)
        self.stops[stop_id] = placed
        self.add(placed)

    @rule(pick=picks, parts=st.integers(1, 3), accelerates=st.booleans(), grace=st.sampled_from((0, 2)))
    def agree_on_a_plan(self, pick: int, parts: int, grace: int, *, accelerates: bool) -> None:
        item = self.item(pick)
        share = euro(max(1, item.total.minor // parts))
        dates = [self.on + timedelta(days=15 * turn) for turn in range(parts)]
        plan_id = self.name("PL")
        self.plans.append(plan_id)
        self.add(
            PlanAgreed(
                id=self.name("plan"),
                effective_on=self.on,
                plan_id=plan_id,
                item_ids=(item.number,),
                instalments=tuple(Instalment(amount=share, due_on=day) for day in dates),
                accelerates=accelerates,
                grace_days=grace,
            )
        )

    @precondition(lambda self: bool(self.plans))
    @rule(pick=picks)
    def notify_default(self, pick: int) -> None:
        plan_id = self.plans[pick % len(self.plans)]
        self.add(PlanDefaultNotified(id=self.name("avis"), effective_on=self.on, plan_id=plan_id))

    @precondition(lambda self: bool(self.stops or self.plans))
    @rule(pick=picks)
    def lift(self, pick: int) -> None:
        names = [*self.stops, *self.plans]
        lifted = names[pick % len(names)]
        self.stops.pop(lifted, None)
        self.add(StopLifted(id=self.name("levee"), effective_on=self.on, stop_id=lifted))

    @precondition(lambda self: len(self.sent) > 4 and not self.insolvent)
    @rule(published=st.sampled_from((None, 0, 9)))
    def become_insolvent(self, published: int | None) -> None:
        published_on = self.on + timedelta(days=published) if published is not None else None
        kind = InsolvencyKind.REDRESSEMENT_JUDICIAIRE
        found = Insolvency(kind=kind, opened_on=self.on, published_on=published_on)
        self.insolvent = True
        self.add(InsolvencyOpened(id=self.name("jugement"), effective_on=self.on, insolvency=found))

    @precondition(lambda self: bool(self.pending))
    @rule(pick=picks, yes=st.integers(0, 3))
    def answer(self, pick: int, yes: int) -> None:
        """A human answers, three times out of four yes, and as late as the nights before allow."""
        action = self.pending.pop(pick % len(self.pending))
        if yes:
            self.approved.add(action.id)
        kind = ActionApproved if yes else ActionRefused
        fields = {"id": f"{action.id}:a", "effective_on": self.on, "action_id": action.id, "by": "Claire Fontaine"}
        self.add(kind.model_validate(fields))

    @precondition(lambda self: bool(self.sent))
    @rule(refused=st.booleans())
    def cancel_the_last(self, *, refused: bool) -> None:
        """The last message did not leave after all."""
        last = self.sent.pop().action.id
        name = self.name("annulation")
        self.add(
            ActionCancelled(id=name, effective_on=self.on, action_id=last, note="retour du canal", is_refused=refused)
        )

    @rule(
        channel=st.sampled_from((Channel.EMAIL, Channel.POST, Channel.PHONE)),
        what=st.sampled_from(("bounce", "refuse", "accept", "accept")),
    )
    def ways(self, channel: Channel, what: str) -> None:
        """An address fails, or the debtor says how he wishes to be reached."""
        fields: dict[str, object] = {"id": self.name("voie"), "effective_on": self.on}
        if what == "bounce":
            address = {Channel.EMAIL: CONTACT.email, Channel.PHONE: CONTACT.phone}.get(channel)
            self.add(AddressBounced.model_validate(fields | {"channel": channel, "address": address}))
        else:
            kind = ChannelAccepted if what == "accept" else ChannelRefused
            self.add(kind.model_validate(fields | {"channels": (channel,)}))

    @rule(name=st.sampled_from(BUILT_IN), new_version=st.booleans())
    def change_scenario(self, name: str, *, new_version: bool) -> None:
        """Another scenario, or the next version of this one with two days more between contacts, if it had any."""
        if new_version:
            days = self.scenario.min_interval_days + 2 if self.scenario.min_interval_days else 0
            changes = {"version": self.scenario.version + 1, "min_interval_days": days}
            self.scenario = Scenario.model_validate(self.scenario.model_dump() | changes)
        else:
            self.scenario = builtin(name)
        started = ScenarioStarted(
            id=self.name("scenario"),
            effective_on=self.on,
            scenario=self.scenario.id,
            scenario_version=self.scenario.version,
        )
        self.add(started)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=250, stateful_step_count=40, phases=(Phase.explicit, Phase.generate, Phase.shrink)
)
