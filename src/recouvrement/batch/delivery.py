"""Seeing messages through: what a run hands to its channels, and what it finds of an earlier run."""

from collections.abc import Mapping, Sequence
from datetime import date

from recouvrement.batch.compose import DRAFT_SUFFIX
from recouvrement.batch.portfolio import Failure
from recouvrement.dispatch.message import DeliveryChannel, Message, Receipt
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.events import ActionCancelled, ActionDelivered, HistoryEvent
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.decide import current_token
from recouvrement.errors import AlreadyDelivered, BrokenChain, Refused, Unavailable
from recouvrement.journal.decisions import Kept
from recouvrement.journal.protocol import Journal, OutboxEntry, OutboxState
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario


class Delivery:
    """The outbox of one run. ``failures`` collects what went wrong; every write goes through ``append``."""

    def __init__(
        self, on: date, journal: Journal, channels: Mapping[Channel, DeliveryChannel], law: Jurisdiction
    ) -> None:
        self.on, self.journal, self.channels, self.law = on, journal, channels, law
        self.failures: list[Failure] = []

    def finish(self, case: Case, entry: OutboxEntry, scenario: Scenario) -> tuple[Case, Receipt | None]:
        """Finish a message that an earlier run wrote but did not see through.

        If its channel has it, it is noted as sent. If it was planned for another day, or what it rests on has moved,
        it must not leave: it is cancelled and the case decided anew. A draft may be late: only its figures count.
        """
        message = _read(entry)
        receipt = self.channels[message.channel].receipt(entry.action_id)
        if receipt is not None:
            if entry.state is OutboxState.PLANNED:
                self.journal.claim(entry.action_id)
            return self._sent(case, entry, receipt), receipt
        if entry.state is OutboxState.CLAIMED and not self._keeps_receipts():
            return self._unknown(case, entry), None
        is_draft = entry.action_id.endswith(DRAFT_SUFFIX)
        token = current_token(case, self.on, message.item_ids, scenario=scenario, law=self.law)
        if token == entry.token and (is_draft or entry.planned_on == self.on):
            return self.send(case, entry)
        stale = [(entry.action_id, OutboxState.STALE, None)]
        if is_draft:
            return self.append(case, [], settle=stale), None
        self.failures.append(
            Failure(
                Unavailable(
                    where=f"action {entry.action_id} of {entry.planned_on.isoformat()}",
                    found="it was not sent in time",
                    hint="It is decided anew; a letter that had been approved must be approved again.",
                ),
                case.debtor.id,
            )
        )
        event = self.cancelled(entry.action_id, "stale", "not sent in time: balances, stops or date have moved")
        return self.append(case, [event], settle=stale), None

    def _keeps_receipts(self) -> bool:
        """Whether the channels still hold the receipt of the last message the journal knows to be sent.

        An outbox that was emptied, moved or left unmounted holds none: its silence about another message proves
        nothing.
        """
        sent = self.journal.outbox([OutboxState.SENT], last_only=True)
        return not sent or self.channels[_read(sent[-1]).channel].receipt(sent[-1].action_id) is not None

    def _unknown(self, case: Case, entry: OutboxEntry) -> Case:
        """Note that nobody can tell whether a message left; it is never sent again by guess."""
        error = Refused(
            where=f"action {entry.action_id} of {entry.planned_on.isoformat()}",
            found="a run died while sending it, and the outbox no longer holds what was sent before",
            hint="Look whether the letter left; it is kept as unknown and is not sent again.",
        )
        self.failures.append(Failure(error, case.debtor.id))
        return self.append(case, [], settle=[(entry.action_id, OutboxState.UNKNOWN, None)])

    def cancelled(self, action_id: str, why: str, note: str, *, is_refused: bool = False) -> ActionCancelled:
        """Return the event that an action did not leave."""
        return ActionCancelled(
            id=f"{action_id}:{why}", effective_on=self.on, action_id=action_id, note=note, is_refused=is_refused
        )

    def send(self, case: Case, entry: OutboxEntry) -> tuple[Case, Receipt | None]:
        """Claim a message, hand it to its channel, and note the outcome."""
        message = _read(entry)
        channel = self.channels[message.channel]
        if entry.state is OutboxState.PLANNED:
            self.journal.claim(entry.action_id)
        try:
            receipt = channel.deliver(message)
        except Unavailable as fault:
            self.failures.append(Failure(fault, case.debtor.id))
            return self.append(case, [], settle=[(entry.action_id, OutboxState.PLANNED, None)]), None
        except Refused as fault:
            self.failures.append(Failure(fault, case.debtor.id))
            earlier = channel.receipt(entry.action_id) if isinstance(fault, AlreadyDelivered) else None
            if earlier is not None:
                return self._sent(case, entry, earlier), earlier
            is_draft = entry.action_id.endswith(DRAFT_SUFFIX)
            event = self.cancelled(entry.action_id, "refused", "refused by its channel", is_refused=True)
            settle = [(entry.action_id, OutboxState.FAILED, None)]
            return self.append(case, [] if is_draft else [event], settle=settle), None
        return self._sent(case, entry, receipt), receipt

    def _sent(self, case: Case, entry: OutboxEntry, receipt: Receipt) -> Case:
        events: list[HistoryEvent] = []
        if not entry.action_id.endswith(DRAFT_SUFFIX):
            events.append(
                ActionDelivered(
                    id=f"{entry.action_id}:delivered",
                    effective_on=self.on,
                    action_id=entry.action_id,
                    channel=receipt.channel,
                    payload_hash=receipt.payload_hash,
                    reference=receipt.reference,
                )
            )
        return self.append(case, events, settle=[(entry.action_id, OutboxState.SENT, receipt.reference)])

    def append(
        self,
        case: Case,
        events: Sequence[HistoryEvent],
        *,
        outbox: Sequence[OutboxEntry] = (),
        settle: Sequence[tuple[str, OutboxState, str | None]] = (),
        decided: Kept | None = None,
    ) -> Case:
        """Write events, outbox rows and a decision in one transaction and return the case with the events."""
        version = self.journal.append(
            case.id, events, expected_version=case.version, outbox=outbox, settle=settle, decided=decided
        )
        return case.with_events(events, version=version)


def outbox_entry(message: Message, action: Action) -> OutboxEntry:
    """Return the outbox entry of a message that carries out an action."""
    return OutboxEntry(
        action_id=message.action_id,
        case_id=message.case_id,
        state=OutboxState.PLANNED,
        channel=message.channel.value,
        planned_on=message.on,
        token=action.token,
        amount=message.amount,
        payload=message.payload,
        payload_hash=message.payload_hash,
    )


def _read(entry: OutboxEntry) -> Message:
    """Return the message of an outbox entry. Raises ``BrokenChain`` when it is not the one that was written."""
    message = Message.model_validate_json(entry.payload)
    if message.payload_hash != entry.payload_hash:
        raise BrokenChain(
            where=f"outbox entry {entry.action_id}",
            found="its message no longer matches its hash",
            hint="Somebody altered the journal: restore it from a copy before the next run.",
        )
    return message
