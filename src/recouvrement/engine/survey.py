"""The open items of a case on a date: what may be acted on, what is held, which deadline runs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Deadline, Doubt, Hold, HoldKind
from recouvrement.domain.light import quick
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.vocabulary import Channel, DocumentKind, PaymentMethod
from recouvrement.engine.alerts import Alert, Watch, is_told
from recouvrement.engine.gate import OpenItem, readiness
from recouvrement.engine.history import History, history_on, notice_in_force
from recouvrement.engine.ledger import Ledger, Position, ledger_on
from recouvrement.engine.limitation import KnownActs
from recouvrement.engine.progress import NO_STAGE, Candidate, progress_of
from recouvrement.engine.promises import last_promise
from recouvrement.engine.reach import Reaches, reaches
from recouvrement.engine.stops import FREE, Overlays, Stopped, overlays_on
from recouvrement.engine.tranches import Notices, fell_due_on, still_counted
from recouvrement.law.jurisdiction import EngineRule, Jurisdiction
from recouvrement.scenario.facts import CaseFacts, ItemFacts
from recouvrement.scenario.model import Scenario

SILENT_DEBIT_DAYS = 15
"""Days after the due date without payment or rejection from which a direct debit is doubtful; policy, not law."""


class Inquiry(NamedTuple):
    """One call of ``decide``: its arguments, and what is read from them once."""

    case: Case
    on: date
    scenario: Scenario
    law: Jurisdiction
    history: History
    ledger: Ledger
    overlays: Overlays
    reaches: Reaches
    """By stage: how the debtor can be reached."""

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a public holiday where the debtor is."""
        return self.law.is_holiday(day, self.case.debtor.address)

    def next_sending_day(self, day: date) -> date:
        """Return the day itself if the scenario lets messages leave on it, else the next such day."""
        return self.scenario.sending.next_day(day, self.is_holiday)


class Survey(NamedTuple):
    """The open items, sorted."""

    candidates: tuple[Candidate, ...]
    holds: tuple[Hold, ...]
    stops: tuple[tuple[Position, Stopped], ...]
    deadlines: dict[str, Deadline]
    """By item: its prescription; none while time does not run."""
    doubts: tuple[Doubt, ...]
    facts: CaseFacts
    """What conditions see of the case."""
    debits: tuple[Position, ...]
    """Items that wait for what becomes of their direct debit."""


_TO_THE_STAFF = frozenset({Channel.INTERNAL})
_DIRECT_DEBIT = PaymentMethod.DIRECT_DEBIT  # looking a member of an enumeration up costs as much as a call
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})  # Any: days or counts by stage
"""What was done about most items; one for all, for ten thousand items are ten thousand of these."""


def inquiry(case: Case, on: date, scenario: Scenario, law: Jurisdiction) -> Inquiry:
    """Return the arguments of a decision with the past and the balances of the case on that date."""
    history = history_on(case, on)
    ledger = ledger_on(case, on, law=law, history=history, nets_unallocated=scenario.nets_unallocated)
    overlays = overlays_on(ledger, history, on, law)
    return quick(Inquiry, (case, on, scenario, law, history, ledger, overlays, reaches(scenario, case.debtor, history)))


def survey(ask: Inquiry) -> Survey:
    """Return the open items of the case: candidates, holds, stops, deadlines and doubts."""
    free: list[OpenItem] = []
    holds: list[Hold] = []
    doubts: list[Doubt] = []
    deadlines: dict[str, Deadline] = {}
    debits: list[Position] = []
    stale = _stale_bank_data(ask)
    acts = KnownActs(ask.history)
    has_acts = acts.of_the_case
    debtor, creditor, prescription = ask.case.debtor, ask.case.creditor, ask.law.prescription
    on, waits_for_debits = ask.on, ask.scenario.waits_for_direct_debit
    for position, stop in ask.overlays.stopped:
        item_id = position.item.id
        done = acts.on(position) if position.named_on or has_acts else ()
        deadline, limitation_doubts = prescription(position.dated_item, position.invoice, debtor, creditor, done)
        if deadline is not None:
            deadlines[item_id] = deadline
        doubts += limitation_doubts
        if stop.hold is not None:
            holds.append(stop.hold)
        elif deadline is not None and deadline.is_past(on):
            doubts += _unproved_requests(ask, position, deadline)
            holds.append(Hold(kind=HoldKind.BARRED, item_id=item_id, reasons=(_barred(ask, deadline),)))
        elif position.due_on is None:
            reasons = position.due_reasons or (Reason.of("due_date_unknown", Authority.FACT, {"item": item_id}),)
            holds.append(Hold(kind=HoldKind.NO_DUE_DATE, item_id=item_id, reasons=reasons))
            doubts.append(Doubt(code="due_date_unknown", item_id=item_id, reason=reasons[0]))
        elif (
            waits_for_debits  # while its debit was not rejected the debtor has nothing to do
            and position.invoice.payment_method is _DIRECT_DEBIT
            and _rejected_on(ask.history, position) is None
        ):
            holds.append(_debit_hold(ask, position, position.due_on))
            debits.append(position)
            if on >= silent_from(position.due_on):
                doubts.append(Doubt(code="direct_debit_silent", item_id=item_id, reason=_silence(position)))
        elif stale is not None:
            holds.append(Hold(kind=HoldKind.STALE_BANK_DATA, item_id=item_id, reasons=(stale,)))
        else:
            demanded = position.balance_minor if stop is FREE else position.balance_minor - stop.withheld_minor
            free.append(quick(OpenItem, (position, stop, position.due_on, deadline, demanded)))
    facts_of_case = case_facts(ask, free)
    candidates = _candidates(ask, free, facts_of_case)
    found = (candidates, tuple(holds), ask.overlays.stopped, deadlines, tuple(doubts), facts_of_case, tuple(debits))
    return quick(Survey, found)


def case_facts(ask: Inquiry, free: Sequence[OpenItem]) -> CaseFacts:
    """Return what conditions see of the case; ``free`` are the items that nothing holds."""
    debtor, history, on = ask.case.debtor, ask.history, ask.on
    due = [one.due_on for one in free]
    later = [day for day in due if day >= on]
    return quick(
        CaseFacts,
        (
            debtor.kind,
            frozenset(debtor.tags) if debtor.tags else _NO_TAGS,
            history.started.segment if history.started is not None else None,
            debtor.language,
            ask.reaches.usable - _TO_THE_STAFF,
            sum([one.demanded_minor for one in free]),
            ask.case.currency,
            len(due) - len(later),
            min(later) + _ONE_DAY if later else None,
            history.last_contact_on,
        ),
    )


_NO_TAGS: Final[frozenset[str]] = frozenset()
_ONE_DAY = timedelta(days=1)


def _candidates(ask: Inquiry, free: Sequence[OpenItem], facts_of_case: CaseFacts) -> tuple[Candidate, ...]:
    """Return what the scenario looks at of each item that nothing holds."""
    # What does not change from one item to the next is read once: there are thousands of items in some cases.
    history, on, scenario, promises = ask.history, ask.on, ask.scenario, ask.overlays.promises
    stages_done, notices_known, rejected = history.stages_done, history.notices, history.rejected_on
    reminded, time_to_pay, counts = history.reminded, history.time_to_pay, history.stage_counts
    kind, next_working_day = facts_of_case.debtor_kind, ask.law.next_working_day
    started_on = history.scenario_started_on
    notices = Notices(ask.case, on)
    found: list[Candidate] = []
    for one in free:
        position, stop, due_on, _, demanded = one
        item = position.item
        item_id = item.id
        done: Mapping[str, date] = stages_done.get(item_id, _NOTHING)
        notice_on = notice_in_force(history, item_id, due_on) if notices_known else None
        fell_on = fell_due_on(stop.tranches, on) if stop.tranches else None
        if fell_on is not None:
            done = still_counted(done, scenario, fell_on)
            notice_on = notices.after(item, fell_on)
        is_reminded, progress, own = item_id in reminded, NO_STAGE, _NOTHING
        if done:
            places = scenario.places
            is_reminded = is_reminded or _was_reminded_by_hand(ask, done)
            own = {stage: day for stage, day in done.items() if stage in places}
            progress = progress_of(own, scenario)
        promise = last_promise(promises, position) if promises else None
        lacks, ready_on = readiness(one, kind, history, on)
        facts = quick(
            ItemFacts,
            (
                on,
                facts_of_case,
                due_on,
                item.issued_on,
                own,
                notice_on,
                _rejected_on(history, position) if rejected else None,
                started_on,
                next_working_day,
                position.invoice.payment_method,
                promise.state if promise is not None else None,
                promise.judged_on if promise is not None else None,
                lacks,
                ready_on,
            ),
        )
        candidate = (
            item_id,
            position,
            stop,
            facts,
            due_on,
            on > due_on or (on == due_on and scenario.counts_due_day),
            is_reminded,
            time_to_pay.get(item_id),
            counts.get(item_id, _NOTHING),
            progress,
            demanded,
        )
        found.append(quick(Candidate, candidate))
    return tuple(found)


def _rejected_on(history: History, position: Position) -> date | None:
    """Return the last day a payment of an item bounced.

    A payment of the whole invoice was one of the instalments due by then: the later ones have debits of their own.
    """
    if not history.rejected_on:
        return None
    whole = history.rejected_on.get(position.item.invoice_number)
    if whole is not None and position.due_on is not None and position.due_on > whole:
        whole = None
    days = [day for day in (history.rejected_on.get(position.item.id), whole) if day is not None]
    if position.item.id == position.item.invoice_number:
        return history.rejected_on.get(position.item.id)
    return max(days, default=None)


def _was_reminded_by_hand(ask: Inquiry, done: Iterable[str]) -> bool:
    """Whether a stage that asks the debtor for payment was carried out for the item, by hand included."""
    names = set(done)
    return any(stage.id in names and not stage.is_preventive and not stage.is_internal for stage in ask.scenario.stages)


def _debit_hold(ask: Inquiry, position: Position, due_on: date) -> Hold:
    facts = {"item": position.item.id, "due_on": due_on}
    reason = Reason.of("direct_debit_not_rejected", Authority.POLICY, facts)
    silent = silent_from(due_on)
    until = silent if silent > ask.on else None
    return Hold(kind=HoldKind.DIRECT_DEBIT, item_id=position.item.id, until=until, reasons=(reason,))


def silent_from(due_on: date) -> date:
    """Return the first day on which a debit that was neither paid nor rejected is told to the staff."""
    return due_on + timedelta(days=SILENT_DEBIT_DAYS + 1)


def _silence(position: Position) -> Reason:
    facts = {"item": position.item.id, "due_on": position.due_on}
    return Reason.of("direct_debit_silent", Authority.FACT, facts)


def debit_watch(debits: Sequence[Position], done: Mapping[str, Mapping[str, date]], on: date) -> Watch:
    """Return the alert that debits are silent: nobody has seen them paid or rejected."""
    dated = [(position, silent_from(position.due_on)) for position in debits if position.due_on is not None]
    silent = tuple(
        position for position, from_ in dated if from_ <= on and not is_told(position, "debit:silent", from_, done)
    )
    reasons = tuple(_silence(position) for position in silent)
    alerts = (Alert("debit:silent", silent, reasons, DocumentKind.STAFF_ALERT),) if silent else ()
    return Watch(alerts, tuple(from_ for _, from_ in dated if from_ > on))


def _stale_bank_data(ask: Inquiry) -> Reason | None:
    """Return why the payments known are too old to demand anything, or ``None`` when they are fresh enough."""
    through, most = ask.case.bank_data_through, ask.scenario.max_bank_data_age_days
    if through is None or most is None or ask.on <= through + timedelta(days=most):
        return None
    return Reason.of("stale_bank_data", Authority.POLICY, {"through": through, "max_days": most})


def _unproved_requests(ask: Inquiry, position: Position, deadline: Deadline) -> list[Doubt]:
    """Return a doubt when reminders were sent to a public body whose time has ended.

    Any written request restarts it (loi 68-1250 art. 2), but only what was proved is counted: a delivered notice, or an
    act entered as such.
    """
    item_id = position.item.id
    if ask.case.debtor.kind is not DebtorKind.PUBLIC or item_id not in ask.history.reminded:
        return []
    facts = {"item": item_id, "last_day": deadline.last_day}
    source = ask.law.rule_source(EngineRule.INTERRUPTION)
    return [Doubt.of("possible_interruption", Authority.LAW, facts, source, item_id=item_id)]


def _barred(ask: Inquiry, deadline: Deadline) -> Reason:
    """Return why a barred item is left alone: nothing may be asked of a consumer; for others a human decides."""
    facts = {
        "item": deadline.item_id,
        "last_day": deadline.last_day,
        "regime": deadline.regime,
        "then": "nothing" if ask.case.debtor.kind is DebtorKind.CONSUMER else "a_human_decides",
    }
    return Reason.of("barred", Authority.LAW, facts, deadline.source)
