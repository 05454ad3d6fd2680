"""Faults put into the sources on purpose, each with the harm it would do; the tests must catch every one."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One change of one place of the sources."""

    name: str
    file: str
    """Below ``src/recouvrement``."""
    old: str
    """Found exactly once in the file."""
    new: str
    harm: str


FAULTS = (
    Fault(
        "equality of dates",
        "scenario/calendar_conditions.py",
        'holds = facts.on >= from_\n        return Verdict(holds, None if holds else from_, "days_after", inputs)',
        'holds = facts.on == from_\n        return Verdict(holds, None if holds else from_, "days_after", inputs)',
        "a night that was missed loses the reminder for ever",
    ),
    Fault(
        "overdue on the due date",
        "engine/survey.py",
        "is_overdue=ask.on > free.due_on or",
        "is_overdue=ask.on >= free.due_on or",
        "who may still pay today is told to be late",
    ),
    Fault(
        "interest from the due date",
        "engine/decide.py",
        "return position.due_on is not None and on > position.due_on",
        "return position.due_on is not None and on >= position.due_on",
        "the claim charges 40 € to who may still pay today",
    ),
    Fault(
        "interval ignored",
        "engine/deferral.py",
        "ready_on = max(ready_on, contacts.last_contact_on + timedelta(days=interval))",
        "ready_on = max(ready_on, contacts.last_contact_on + timedelta(days=1))",
        "the debtor gets a message a day",
    ),
    Fault(
        "the newest invoice leads",
        "engine/thread.py",
        "return min(able, key=lambda standing: standing.candidate.position.age, default=None)",
        "return max(able, key=lambda standing: standing.candidate.position.age, default=None)",
        "a new invoice sends the whole file back to the first reminder",
    ),
    Fault(
        "every item triggers",
        "engine/thread.py",
        "or standing.due > leader.progress)",
        "or standing.due >= 0)",
        "an invoice the leader's letter listed gets a letter of its own",
    ),
    Fault(
        "invoices not yet due are listed",
        "engine/thread.py",
        "if stage.scope is Scope.TRIGGERED or stage.is_preventive or not candidate.is_overdue:",
        "if stage.scope is Scope.TRIGGERED or stage.is_preventive:",
        "a reminder asks for what is not due yet",
    ),
    Fault(
        "grace of a plan ignored",
        "engine/plans.py",
        "return due_on + timedelta(days=self.agreed.grace_days + 1)",
        "return due_on + timedelta(days=1)",
        "the staff gives notice of a default that is none",
    ),
    Fault(
        "acceleration nobody agreed to",
        "engine/plans.py",
        "deferred = 0 if agreed.accelerates else",
        "deferred = 0 if not agreed.accelerates else",
        "the whole is demanded though the plan left it to its dates",
    ),
    Fault(
        "an ended plan holds for ever",
        "engine/plans.py",
        "return self.status in {PlanStatus.ACTIVE, PlanStatus.IN_DEFAULT}",
        "return self.status is not PlanStatus.COMPLETED",
        "a debtor who broke his plan is never reminded again",
    ),
    Fault(
        "a notice of nothing ends a plan",
        "engine/plans.py",
        "in_default = [notice for notice in notices if account.received(notice) < account.expected(notice)]",
        "in_default = list(notices)",
        "a plan falls by a notice given before anything was missed",
    ),
    Fault(
        "late money keeps a promise",
        "engine/promises.py",
        "limit = on if stop.ends_on is None else min(on, stop.ends_on - timedelta(days=1))",
        "limit = on",
        "a broken promise is forgotten once anything comes",
    ),
    Fault(
        "a broken promise is told to nobody",
        "engine/promises.py",
        "is_over = stop.ends_on is not None and on >= stop.ends_on",
        "is_over = stop.ends_on is None",
        "nobody learns that a promise was broken",
    ),
    Fault(
        "a promise that was kept still stops",
        "engine/stops.py",
        "for promise in promises if promise.state is not PromiseState.PENDING}",
        "for promise in promises if promise.state is PromiseState.BROKEN}",
        "what was not promised is not asked for although the promise was kept",
    ),
    Fault(
        "a promise judged by its first day",
        "domain/events.py",
        "return self.pay_by + timedelta(days=self.grace_days + 1)",
        "return self.pay_by + timedelta(days=self.grace_days)",
        "the debtor loses the last day he was promised",
    ),
    Fault(
        "a stop reaches no item by its name",
        "engine/stops.py",
        "own = [stop for stop in active if not stop.item_ids or position.is_named_in(stop.item_ids)]",
        "own = [stop for stop in active if not stop.item_ids]",
        "an invoice in dispute is dunned",
    ),
    Fault(
        "a stop that was lifted goes on",
        "engine/history.py",
        "stops=tuple(stop for stop in stops if lifted.get(stop.stop_id, date.min) < stop.effective_on),",
        "stops=tuple(stops),",
        "a dispute that was settled silences the invoice for ever",
    ),
    Fault(
        "contested amounts are demanded",
        "engine/actions.py",
        "sum(item.demanded_minor for item in choice.listed)",
        "sum(item.position.balance_minor for item in choice.listed)",
        "a letter asks for what is in dispute",
    ),
    Fault(
        "contested amounts bear interest",
        "engine/claim.py",
        "principal_minor=item.amount_minor - position.credited_minor - stop.withheld_minor,",
        "principal_minor=item.amount_minor - position.credited_minor,",
        "interest is claimed on what is in dispute",
    ),
    Fault(
        "the token forgets the stops",
        "engine/token.py",
        "-{stop.withheld_minor}[{','.join(stop.stop_ids)}]",
        "-{stop.withheld_minor}",
        "a letter planned before a dispute still leaves after it",
    ),
    Fault(
        "an approval outlives its figures",
        "engine/answers.py",
        "        and token((item.position, item.stop) for item in listed) == action.token\n        and all(",
        "        and all(",
        "a notice leaves with sums nobody approved",
    ),
    Fault(
        "wake-up a day late",
        "engine/decide.py",
        "return min((day for day in dates if day > ask.on), default=None)",
        "return min((day + timedelta(days=1) for day in dates if day > ask.on), default=None)",
        "every screened night is a day late",
    ),
    Fault(
        "no wake-up for facts to come",
        "engine/history.py",
        "next_fact_on=_next_fact_on(case, on),",
        "next_fact_on=None,",
        "a screened night sleeps through a fact entered ahead",
    ),
    Fault(
        "facts to come count already",
        "engine/history.py",
        "effective_on > on:\n            continue\n        match event:\n            case ActionPlanned():",
        "effective_on > date.max:\n            continue\n        match event:\n            case ActionPlanned():",
        "a stop of next month stops today",
    ),
    Fault(
        "occurrences not counted",
        "engine/actions.py",
        "self._given.get(stage, ask.history.occurrences.get(stage, 0)) + 1",
        "self._given.get(stage, 0) + 1",
        "a second reminder bears the identifier of the first and never leaves",
    ),
    Fault(
        "a message that did not leave counts",
        "engine/history.py",
        "        if action.id not in cancelled:\n            steps_taken.add_action(action, day)",
        "        steps_taken.add_action(action, day)",
        "a letter the channel lost is never written again",
    ),
    Fault(
        "40 € to a consumer",
        "jurisdictions/fr/indemnite_forfaitaire.py",
        "        case DebtorKind.BUSINESS:\n",
        "        case DebtorKind.BUSINESS | DebtorKind.CONSUMER:\n",
        "a consumer is charged costs he does not owe",
    ),
    Fault(
        "40 € for each instalment",
        "engine/claim.py",
        "            if indemnity.amount:\n                charged.add(item.invoice_number)",
        "            if not indemnity.amount:\n                charged.add(item.invoice_number)",
        "an invoice in three instalments is charged 120 €",
    ),
    Fault(
        "order of the alerts",
        "engine/alerts.py",
        "leads = (*sorted(scenario.prescription_lead_days, reverse=True), PAST)",
        "leads = (*sorted(scenario.prescription_lead_days), PAST)",
        "the staff is told of the far threshold when the near one is reached",
    ),
    Fault(
        "approval skipped",
        "engine/actions.py",
        "kind = ActionKind.APPROVAL if stage.requires_approval and approved is None else ActionKind.CONTACT",
        "kind = ActionKind.CONTACT",
        "a mise en demeure leaves unread",
    ),
    Fault(
        "formal without the gate",
        "engine/progress.py",
        "gated = bool(candidate.lacks) and any(",
        "gated = False and any(",
        "a formal demand leaves without proof of the order",
    ),
    Fault(
        "the time given to pay does not bind",
        "engine/progress.py",
        "opens = given.pay_by + timedelta(days=grace + 1)",
        "opens = given.pay_by + timedelta(days=grace)",
        "a mise en demeure leaves on the last day the letter gave",
    ),
    Fault(
        "one repetition too many",
        "engine/progress.py",
        "if repeat is None or times >= repeat.max_times:",
        "if repeat is None or times > repeat.max_times:",
        "a reminder that was to come three times comes four times",
    ),
    Fault(
        "thanks to who still owes",
        "engine/courtesy.py",
        "if wish is None or found.holds or any(candidate.is_overdue for candidate in found.candidates):",
        "if wish is None:",
        "a debtor is thanked while he is late",
    ),
    Fault(
        "a payment the bank took back still counts",
        "engine/ledger.py",
        "if pay.received_on <= on and pay.id not in history.rejected_payments]",
        "if pay.received_on <= on]",
        "an unpaid invoice is never reminded",
    ),
    Fault(
        "proceedings learnt later are not seen",
        "engine/history.py",
        "proceedings.append(event.insolvency)",
        "_ = event.insolvency",
        "an insolvent debtor is dunned",
    ),
    Fault(
        "an address that failed is used again",
        "engine/reach.py",
        "return address is not None and (channel, address) not in history.lost_addresses",
        "return address is not None",
        "every reminder goes to an address where nobody reads it",
    ),
    Fault(
        "holidays are sending days",
        "scenario/window.py",
        "return Weekday.of(day) in self.weekdays and (self.on_holidays or not is_holiday(day))",
        "return Weekday.of(day) in self.weekdays",
        "a message leaves on Easter Monday",
    ),
    Fault(
        "the order of the file counts",
        "domain/case.py",
        "return tuple(sorted(events, key=lambda event: (event.effective_on, event.id)))",
        "return events",
        "two machines decide otherwise on the same file",
    ),
    Fault(
        "stale bank data one day late",
        "engine/survey.py",
        "ask.on <= through + timedelta(days=most):",
        "ask.on <= through + timedelta(days=most + 1):",
        "a demand rests on payments older than the scenario allows",
    ),
)
