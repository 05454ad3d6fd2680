"""A life in which anything may happen on any day, and every property of the engine after every night.

Nights are run or missed; money comes, goes back or names nothing; credit notes, disputes, promises, plans, holds and
proceedings come and are withdrawn; humans answer late; addresses fail; the scenario changes under way. What is checked
is worked out in ``support.life`` from the facts that were drawn, not from what the engine says of them, wherever that
can be done.
"""

from datetime import timedelta
from random import Random

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from recouvrement import (
    ActionApproved,
    ActionCancelled,
    ActionRefused,
    Allocation,
    Case,
    CreditNote,
    DebtorKind,
    Insolvency,
    InsolvencyKind,
    InsolvencyOpened,
    Instalment,
    Invoice,
    Payment,
    PaymentRejected,
    Scenario,
    ScenarioStarted,
    StopKind,
    StopLifted,
    StopPlaced,
    builtin,
)
from recouvrement.domain.events import (
    AddressBounced,
    ChannelAccepted,
    ChannelRefused,
    PlanAgreed,
    PlanDefaultNotified,
)
from recouvrement.domain.vocabulary import Channel
from recouvrement.scenario.model import ThankYou
from recouvrement.scenario.reading import BUILT_IN
from support.cases import CONTACT
from support.life import START, Life, euro
from support.strategies import scenarios


def like(name: str, **changes: object) -> Scenario:
    """Return a built-in scenario under another name, with some fields changed."""
    base = builtin(name)
    return Scenario.model_validate(base.model_dump() | {"id": "_".join((name, *changes))[:60]} | changes)


POLICIES = (
    *(builtin(name) for name in BUILT_IN),
    like("standard_b2b", grouping="per_stage", max_messages_per_run=1),
    like("standard_b2b", grouping="per_invoice", min_interval_days=3, thank_you=ThankYou(channels=(Channel.EMAIL,))),
    like("consommateur", entry="by_age", postal_transit_days=3),
)
WHOLE_STOPS = [kind for kind in StopKind if kind not in {StopKind.PROMISE_TO_PAY, StopKind.DISPUTE}]

cents = st.sampled_from((1, 999, 10_000, 50_000, 120_000, 333_333))
picks = st.integers(0, 9)
"""Which of what there is: counted modulo its number."""


class Anything(Life):
    """What may happen to one debtor and one creditor."""

    @initialize(
        policy=st.sampled_from(POLICIES),
        kind=st.sampled_from(DebtorKind),
        dues=st.lists(st.integers(-40, 40), min_size=1, max_size=3),
        amount=cents,
    )
    def begin(self, policy: Scenario, kind: DebtorKind, dues: list[int], amount: int) -> None:
        self.open(policy, kind)
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

    # What may happen

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
        learnt_late=st.sampled_from((0, 0, 1, 6)),
    )
    def stop(  # what a stop may be
        self, pick: int, kind: StopKind, days: int | None, review: int | None, learnt_late: int, *, whole_case: bool
    ) -> None:
        fields: dict[str, object] = {
            "payee": "Factor de l'Ouest" if kind is StopKind.ASSIGNMENT else None,
            "effective_on": self.on - timedelta(days=learnt_late),
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
        self.plans[plan_id] = (item.number,)
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
        plan_id = list(self.plans)[pick % len(self.plans)]
        self.add(PlanDefaultNotified(id=self.name("avis"), effective_on=self.on, plan_id=plan_id))

    @precondition(lambda self: bool(self.stops or self.plans))
    @rule(pick=picks)
    def lift(self, pick: int) -> None:
        names = [*self.stops, *self.plans]
        lifted = names[pick % len(names)]
        self.stops.pop(lifted, None)
        self.plans.pop(lifted, None)
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

    @precondition(lambda self: bool(self.pending))
    @rule(pick=picks)
    def withdraw_a_proposal(self, pick: int) -> None:
        """What was proposed is taken back: its items return to the scenario."""
        action = self.pending.pop(pick % len(self.pending))
        name = self.name("retrait")
        self.add(ActionCancelled(id=name, effective_on=self.on, action_id=action.id, note="retirée"))

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

    @rule(policy=st.sampled_from(POLICIES), new_version=st.booleans())
    def change_scenario(self, policy: Scenario, *, new_version: bool) -> None:
        """Another scenario, or the next version of this one with two days more between contacts."""
        if new_version:
            days = self.scenario.min_interval_days + 2
            changes = {"version": self.scenario.version + 1, "min_interval_days": days}
            self.scenario = Scenario.model_validate(self.scenario.model_dump() | changes)
        else:
            self.scenario = policy
        started = ScenarioStarted(
            id=self.name("scenario"),
            effective_on=self.on,
            scenario=self.scenario.id,
            scenario_version=self.scenario.version,
        )
        self.add(started)


class AnythingInAnyScenario(Anything):
    """The same under scenarios of every shape."""

    @initialize(
        policy=scenarios(),
        kind=st.sampled_from(DebtorKind),
        dues=st.lists(st.integers(-40, 40), min_size=1, max_size=3),
        amount=cents,
    )
    def begin(self, policy: Scenario, kind: DebtorKind, dues: list[int], amount: int) -> None:
        self.open(policy, kind)
        for due in dues:
            self.issue(due, amount)


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=180, stateful_step_count=40, phases=(Phase.explicit, Phase.generate, Phase.shrink)
)
TestAnythingInAnyScenario = AnythingInAnyScenario.TestCase
TestAnythingInAnyScenario.settings = settings(
    max_examples=90, stateful_step_count=40, phases=(Phase.explicit, Phase.generate, Phase.shrink)
)
