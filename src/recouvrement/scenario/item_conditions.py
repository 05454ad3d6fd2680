"""Conditions on one item: what was done for it, how it is paid, what was promised, what its claim lacks."""

from typing import Annotated, ClassVar, Literal

from recouvrement.domain.values import AtLeastOne, Code
from recouvrement.domain.vocabulary import PaymentMethod
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.facts import ItemFacts, PromiseState
from recouvrement.scenario.verdict import Verdict


class StageDone(BaseCondition):
    """Holds once that stage was carried out for the item."""

    sees_days_only: ClassVar[bool] = True
    type: Literal["stage_done"] = "stage_done"
    stage: Code

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        done_on = facts.stages_done.get(self.stage)
        return Verdict(done_on is not None, None, "stage_done", (("stage", self.stage), ("done_on", done_on)))


class PaymentMethodIs(BaseCondition):
    """Holds for an invoice to be paid in one of those ways; never where the invoice does not say."""

    type: Literal["payment_method"] = "payment_method"
    methods: Annotated[tuple[PaymentMethod, ...], AtLeastOne]

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; only a new fact changes it."""
        own = facts.payment_method
        return Verdict(own in self.methods, None, "payment_method", (("methods", self.methods), ("method", own)))


class PromiseIs(BaseCondition):
    """Holds while the last promise to pay the item is ``pending``, ``kept`` or ``broken``, as its payments show."""

    type: Literal["promise"] = "promise"
    state: PromiseState

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; a pending promise is judged on its day."""
        inputs = (("state", self.state), ("promise", facts.promise))
        return Verdict(facts.promise is self.state, facts.promise_judged_on, "promise", inputs)


class ClaimReady(BaseCondition):
    """Holds while the claim lacks nothing for a formal step: certain, liquid, due, not barred."""

    type: Literal["claim_ready"] = "claim_ready"

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict; the passing of the due date or of the last day to act may change it."""
        return Verdict(not facts.lacks, facts.ready_on, "claim_ready", (("missing", facts.lacks or None),))
