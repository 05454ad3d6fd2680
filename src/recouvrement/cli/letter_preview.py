"""Every document a scenario has for one case: on the day it would leave, or else on the day asked for."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recouvrement.cli.letter_texts import language_note
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, ActionKind, Claim
from recouvrement.domain.documents import Allocation, Payment
from recouvrement.domain.events import Event, PaymentReceived
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.engine.preview import preview
from recouvrement.engine.record import recorded
from recouvrement.engine.walk import Look, walk
from recouvrement.engine.what_if import supposing
from recouvrement.errors import InvalidInput, RecouvrementError
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.render.documents import Document, render_document
from recouvrement.render.explain import explained
from recouvrement.render.letters import Letters
from recouvrement.render.preview_page import Previewed
from recouvrement.scenario.model import TERMINAL_STAGE, Scenario

HORIZON_DAYS = 550
"""Longer than any built-in scenario; what would leave later is shown as of the day asked for."""


class _Step(NamedTuple):
    """One document as a night would make it."""

    on: date
    action: Action
    claim: Claim
    case: Case
    """As it stands before the action is recorded."""


class Previewer(NamedTuple):
    """What documents are made with."""

    scenario: Scenario
    law: Jurisdiction
    letters: Letters
    on: date

    def documents(self, case: Case) -> tuple[Previewed, ...]:
        """Return the documents of the scenario in its order, then the notes to the staff that come on the way.

        Raises ``InvalidInput`` when the case already holds actions later than the day.
        """
        walked = self._first_steps(self._walked(case, ()))
        stages = [*((stage.id, stage.document) for stage in self.scenario.stages)]
        found = [self._stage(case, stage, kind, walked.pop(stage, None)) for stage, kind in stages]
        if self.scenario.thank_you is not None:
            found.append(self._thanks(case, self.scenario.thank_you.channels[0]))
        end = walked.pop(TERMINAL_STAGE, None)
        found.append(self._of(end) if end is not None else self._no_end(case))
        return (*found, *(self._of(step) for step in walked.values()))

    def _walked(self, case: Case, what_if: Sequence[Event]) -> Iterator[_Step]:
        """Yield the actions of the days to come, up to the end of the scenario, each with the case before it."""
        until = self.on + timedelta(days=HORIZON_DAYS)
        known = supposing(case, what_if)
        looks = walk(case, self.on, until, scenario=self.scenario, law=self.law, what_if=what_if)
        for look in looks:
            yield from _steps(look, known)
            known = known.with_events([recorded(action, look.on) for action in look.actions])
            if any(action.kind is ActionKind.TERMINAL for action in look.actions):
                return

    @staticmethod
    def _first_steps(steps: Iterator[_Step]) -> dict[str, _Step]:
        """Return the first step of each stage; a contact that waits for approval counts when it leaves."""
        found: dict[str, _Step] = {}
        for step in steps:
            if step.action.kind is not ActionKind.APPROVAL:
                found.setdefault(step.action.stage, step)
        return found

    def _stage(self, case: Case, stage: str, kind: DocumentKind, step: _Step | None) -> Previewed:
        if step is not None:
            return self._of(step)
        try:
            shown = preview(case, self.on, document=kind, scenario=self.scenario, law=self.law)
        except RecouvrementError as fault:
            channel = next(one.channels[0] for one in self.scenario.stages if one.id == stage)
            return Previewed(case.id, stage, kind, channel, self.on, is_projected=False, document=None, error=fault)
        asked = self._of(_Step(self.on, shown.action, shown.decision.claim, case), is_projected=False)
        remarks = tuple(f"It would not leave as it is: {explained(reason)}" for reason in shown.missing)
        return asked._replace(stage=stage, remarks=(*asked.remarks, *remarks))

    def _thanks(self, case: Case, channel: Channel) -> Previewed:
        """Return the word of thanks, for a payment in full on the day after the first message."""
        first = next((step for step in self._walked(case, ()) if step.action.kind is ActionKind.CONTACT), None)
        steps = self._walked(case, [_paid_in_full(first)]) if first is not None and first.claim.items else iter(())
        found = next((step for step in steps if step.action.document is DocumentKind.THANK_YOU), None)
        if found is not None:
            return self._of(found)
        fault = InvalidInput(
            where=f"case {case.id}",
            found="no reminder is projected after which a payment would be thanked for",
            hint="Choose a debtor with an overdue invoice that the scenario reminds.",
        )
        kind = DocumentKind.THANK_YOU
        return Previewed(case.id, kind.value, kind, channel, self.on, is_projected=False, document=None, error=fault)

    def _no_end(self, case: Case) -> Previewed:
        fault = InvalidInput(
            where=f"case {case.id}, from {self.on.isoformat()}",
            found=f"the scenario does not end within {HORIZON_DAYS} days",
            hint="`recouvrement project` says what is waited for.",
        )
        return Previewed(
            case.id,
            TERMINAL_STAGE,
            DocumentKind.TERMINAL_NOTE,
            Channel.INTERNAL,
            self.on,
            is_projected=False,
            document=None,
            error=fault,
        )

    def _of(self, step: _Step, *, is_projected: bool = True) -> Previewed:
        made = self._made(step)
        document, error = (made, None) if isinstance(made, Document) else (None, made)
        action = step.action
        note = language_note(document) if document is not None else None
        remarks = (f"It is {note}",) if note is not None else ()
        return Previewed(
            step.case.id, action.stage, action.document, action.channel, step.on, is_projected, document, error, remarks
        )

    def _made(self, step: _Step) -> Document | RecouvrementError:
        try:
            return render_document(step.action, step.case, step.claim, on=step.on, letters=self.letters)
        except RecouvrementError as fault:
            return fault


def _steps(look: Look, known: Case) -> Iterator[_Step]:
    for taken in look.taken:
        yield _Step(look.on, taken.action, taken.claim, known)


def _paid_in_full(first: _Step) -> PaymentReceived:
    """Return the payment of every item the first message lists."""
    day = first.on + timedelta(days=1)
    parts = tuple(
        Allocation(item_id=item.item_id, amount=item.balance) for item in first.claim.items if item.balance.minor > 0
    )
    total = sum((part.amount for part in parts[1:]), start=parts[0].amount)
    payment = Payment(id="supposed", received_on=day, amount=total, allocations=parts)
    return PaymentReceived(id="supposed", effective_on=day, payment=payment)
