"""Reasons, holds and doubts in English words, for operators and reports. Letters have their own texts."""

from collections.abc import Iterator
from typing import NamedTuple

from recouvrement.domain.decision import Doubt, Hold, HoldKind
from recouvrement.domain.reasons import Authority, Confidence, Reason
from recouvrement.render.explain_deadlines import ACTS, DEADLINES, EFFECTS
from recouvrement.render.explain_law import LAW
from recouvrement.render.worded import Language

_NAMES = {
    "due_on": "the due date",
    "issued_on": "the issue date",
    "previous_stage": "the previous stage",
    "notice_delivered_on": "the delivery of the mise en demeure",
    "payment_rejected_on": "the rejected payment",
    "scenario_started_on": "the start of the scenario",
    "received_on": "the receipt of the invoice or request",
    "delivered_on": "the delivery or performance",
    "request_dated_on": "the date of the request",
    "cleared_on": "the customs clearance",
    "made_available_on": "the 21st day after availability in mainland France",
    "re_anchored": "a new rate each half-year (the words of L441-10 II; R2192-31 had to say the contrary)",
    "fixed_at_start": "the rate of the first half-year to the end (simpler; the rule of public bodies)",
    "proof_supplied": "a proof recorded (proof_supplied)",
    "stop_lifted": "the end of the dispute recorded (stop_lifted)",
    "debtor_file": "the kind of debtor written in his file",
    "channel_accepted": "another address in the debtor's file, or his consent to a channel (channel_accepted)",
    "action_approved": "an approval or a refusal (action_approved, action_refused)",
    "procedural_step_done": "the step taken, a payment, a credit note or a hold recorded (procedural_step_done)",
}

_REASONS = {
    # scenario
    "days_after": "{days} days after {anchor} ({anchor_on})",
    "days_before": "within {days} days before {anchor} ({anchor_on})",
    "working_day": "a working day",
    "balance_at_least": "balance of {balance} against a threshold of {at_least}",
    "stage_done": "stage {stage} carried out ({done_on})",
    "all": "all of these",
    "any": "any of these",
    "not": "not this",
    "not_overdue": "not overdue before the day after {due_on}",
    "contested_before_due_date": "part of it is disputed: no courtesy notice",
    "already_overdue": "already overdue: nothing preventive is sent any more",
    "formal_needs_an_earlier_contact": "a formal notice is never the first contact",
    "no_stage_due": "no stage is due",
    "stage_due": "stage {stage} is due; oldest item {leader}, due on {due_on}",
    "scenario_ended": "the scenario has ended; to decide: {outcome}",
    "approved": "approved by a human (proposed on {proposed_on})",
    "led": "waits for the next message about {leader}, which will list it",
    "min_interval": "last contact on {last_contact_on}, at least {interval} days between contacts",
    "non_working_day": "not a working day",
    "no_channel": "stage {stage} cannot reach the debtor by {channels}",
    "claim_gate": "a formal demand needs: {missing}",
    "on_weekday": "{weekday}; wanted: {days}",
    "day_of_month": "from day {from_day} through day {through_day} of the month",
    "balance_at_most": "balance of {balance}, at most {at_most}",
    "overdue_items_at_least": "{overdue_items} items overdue, at least {at_least}",
    "days_since_last_contact": "{days} days since the last contact ({last_contact_on})",
    "debtor_kind": "debtor of kind {debtor_kind}; wanted: {kinds}",
    "tag": "tag {tag}",
    "segment": "segment {segment}; wanted: {segments}",
    "language": "language {language}; wanted: {languages}",
    "payment_method": "to be paid by {method}; wanted: {methods}",
    "channel_available": "reachable by {channel}",
    "promise": "last promise: {promise}; wanted: {state}",
    "claim_ready": "what a formal step still lacks: {missing}",
    "repeats": "sent {times} times of {max_times}, every {every_days} days: again from {from}",
    "one_step_a_day": "a stage was carried out today ({previous_stage_on}): one step a day",
    "overdue_first": "nothing preventive is sent while something is overdue",
    "part_not_due_yet": "a part of it keeps the dates of its plan",
    "time_given_to_pay": "stage {stage} gave until {pay_by} to pay, and {grace_days} days of grace",
    "item_below_minimum": "less than {at_least} is owed on it",
    "message_below_minimum": "a message would ask for less than {at_least}",
    "sending_window": "outside the days on which messages leave: on {leaves_on}",
    "daily_cap": "the thread has sent its {most} messages of this run",
    "paid_after_reminder": "paid on {paid_on}, after a reminder",
    "segment_assigned": "segment {segment}: scenario {scenario}",
    "scenario_not_pinned": "decided with {used}, while the case was started with {pinned}",
    # facts
    "stop_placed": "{stop} since {since}",
    "due_date_unknown": "no due date on the invoice, in the terms or in the law",
    "due_on_from_terms": "due date taken from the payment terms: {due_on}",
    "debtor_kind_unknown": "the kind of debtor is not known: treated as the best protected one",
    "credit_left_over": "{amount} of payments or credit notes is left over",
    "credit_note_without_invoice": "credit note {credit_note} names invoice {invoice}, which is not in the case",
    "allocation_without_invoice": "payment {payment} is allocated to {invoice}, which is not in the case",
    "payment_applied_to_oldest": "payment {payment}: the part without allocation settles the oldest debts first",
    "credit_applied_to_oldest": "credit note {credit_note}: what exceeds its invoice goes to other debts, oldest first",
    "one_indemnity_per_invoice": "several due dates on one invoice: one indemnity is charged; no text settles it",
    "notice_effect_unsettled": "interest runs from the day after the presentation of {notice_on}; sources disagree",
    "event_without_item": "event {event} names {names}, which the case does not have: it has no effect",
    "awaiting_approval": "proposed on {proposed_on}, not answered yet",
    "approved_waiting": "approved; leaves on the next day a contact may leave",
    "refused": "a human refused the step proposed on {proposed_on}",
    "undeliverable": "{channel} refused the message for good (action {action})",
    "scenario_done": "the scenario has ended for it: a human has the file",
    "principal_settled": "the principal is settled; accessories of items paid late are not pursued: {paid_late}",
    "debt_later_than_insolvency": "issued after the {kind} opened on {opened_on}: a human decides how to ask for it",
    "possible_interruption": "{item}: an act may have interrupted the time that ended on {last_day}; not computed here",
    "governing_law_assumed": "the debtor is abroad ({country}): French law is assumed",
    "publication_unknown": "insolvency of {opened_on}: the BODACC publication date is not known",
    "scenario_not_for_kind": "scenario {scenario} is not written for a debtor of kind {debtor_kind}",
    "promise_broken": "promised to pay {amount} by {pay_by}; received: {received}",
    "requested": "document {document} asked for, about {about}",
    "about_dispute": "dispute {stop_id}",
    "about_promise": "promise {stop_id}, {received} received",
    "about_plan": "payment plan {plan_id} of {agreed_on}",
    "plan_instalment": "{amount} by {due_on}",
    "about_plan_default": "payment plan {plan_id}: {expected} expected, {received} received",
    "about_payment": "payment {payment_id}",
    "settled_by_payment": "{amount} of it went to {item}",
    "left_out_of_file": "{item} is not handed over: {amount} is open on it",
    "about_insolvency": "{kind} opened on {opened_on}",
    "plan_active": "payment plan {plan_id} since {since}",
    "plan_in_default": "plan {plan_id}: instalment of {due_on} missed; {received} received of {expected}",
    "plan_ended": "plan {plan_id}: ended {notice_days} days after notice of the missed instalment of {due_on}",
    "plan_ended_by_dates": "plan {plan_id} has ended; {deferred} keeps the dates of its instalments",
    "due_by_plan": "plan {plan_id}: {amount} due on {due_on}; no interest before",
    "plan_interest_unsettled": (
        "plan {plan_id}: nothing agreed on interest is known; each instalment bears it from its own due date only, not "
        "from {due_on}"
    ),
    "stop_review": "{stop} since {since}, to look at again on {review_on} ({owner})",
    "gate_lacks": "stage {stage} waits: {missing} is missing; what supplies it: {supplied_by}",
    "gate_waits_for_dispute": (
        "stage {stage} waits for the end of dispute {stop_id}, open since {since}; what supplies it: {supplied_by}"
    ),
    "debtor_unreachable": "stage {stage} reaches the debtor by none of {channels}; what supplies it: {supplied_by}",
    "message_refused": "{channel} refused message {action} for good; what supplies it: {supplied_by}",
    "proposal_unanswered": (
        "stage {stage}, proposed on {proposed_on}, has had no answer for {days} days; what supplies it: {supplied_by}"
    ),
    "end_unanswered": (
        "to decide since {ended_on}: {outcome}; nothing recorded in {days} days; what supplies it: {supplied_by}"
    ),
    "direct_debit_silent": "direct debit of {due_on}: neither paid nor rejected",
    "direct_debit_not_rejected": "collected by direct debit on {due_on}: no rejection is known",
    "attachment_missing": "the file of {file} was not found: the message leaves without it",
    "attachment_unreadable": "the file of {file} cannot be read or is not a PDF: the message leaves without it",
    "address_line_too_long": "« {line} » has more than {most} characters: sorting machines may not read that address",
    "attachment_left_out": "{file} would make the message too large: it leaves without it",
    "stale_bank_data": "payments are known through {through} only, more than {max_days} days ago",
    "bank_data_date_unknown": "payments should be known within {max_days} days; through which day is not said",
    # deadlines
    "deadline": "{deadline}: last day {last_day} (regime {regime})",
    "step_not_known": "step {step} of {on} is not one whose times are known here",
    "procedural_deadline": "{deadline} since {since}: {what} by {last_day}",
    "wait_over": "{deadline} since {since}: the wait ended on {last_day}; {what}",
    "barred": "time-barred: the last day was {last_day} (regime {regime})",
}

_HOLDS = {
    HoldKind.SETTLED: "the principal is settled",
    HoldKind.WAITING: "nothing is due today",
    HoldKind.LED: "waits for the leader's next message",
    HoldKind.MIN_INTERVAL: "too soon after the last contact",
    HoldKind.NON_WORKING_DAY: "not a working day",
    HoldKind.AWAITING_APPROVAL: "awaits a human's approval",
    HoldKind.AWAITING_HUMAN: "in a human's hands",
    HoldKind.CLAIM_GATE: "not ready for a formal demand",
    HoldKind.NO_CHANNEL: "the debtor cannot be reached by the channels of the stage",
    HoldKind.NO_DUE_DATE: "no due date is known",
    HoldKind.BARRED: "time-barred",
    HoldKind.INSOLVENCY: "insolvency proceedings are open",
    HoldKind.DISPUTE: "disputed",
    HoldKind.PROMISE_TO_PAY: "payment promised",
    HoldKind.PAYMENT_IN_PROCESS: "payment in process",
    HoldKind.CREDIT_NOTE_AWAITED: "credit note awaited",
    HoldKind.MEDIATION: "in mediation",
    HoldKind.MANUAL_HOLD: "held by hand",
    HoldKind.BELOW_MINIMUM: "too little for a message of its own",
    HoldKind.DAILY_CAP: "the thread has sent what it may in one run",
    HoldKind.DIRECT_DEBIT: "waits for the rejection of the direct debit",
    HoldKind.STALE_BANK_DATA: "the payments known are too old",
    HoldKind.ASSIGNMENT: "the claim was assigned",
    HoldKind.PAYMENT_PLAN: "a payment plan is in force",
}

_PHRASES = {
    "unknown": "none",
    "from": ", from {until}",
    "case": "Case {case} on {on}",
    "actions": "To do",
    "nothing": "Nothing to do on {on}",
    "action": "{document} by {channel}: {items}, {principal}",
    "call": "{document}: {items}, {principal}",
    "approval": "{document} by {channel}, to approve: {items}, {principal}",
    "alert": "told to the staff, {document}: {items}",
    "terminal": "told to the staff, {document}: {items}",
    "pay_by": ", to pay by {day}",
    "stage": " (stage {stage})",
    "held": "Nothing is done about",
    "hold": "{item}: {why}",
    "then": ", then {stage}",
    "until": ", until {until}",
    "whole": "the whole case",
    "sums": "What is owed, and why: {total}",
    "sum": "{item}: {principal} principal, {interest} interest, {indemnity} indemnity, {days} days late",
    "segment": "{amount}: {principal} at {rate} % from {from} through {through}, {days} days",
    "deadlines": "Deadlines",
    "deadline": "{item}: {deadline}, last day {last_day} ({regime})",
    "path": "{on}: {act}, {effect}",
    "doubts": "Doubts",
    "doubt": "{item}: {why}",
    "next": "Look again on {on}",
    "never": "Look again only when a new fact arrives",
    "made_with": "Decided with scenario {scenario} {hash}, law {edition}, version {version}, {events} events known",
}


def _value(_name: str, text: str) -> str:
    return _NAMES.get(text, text)


def _as_it_is(text: str) -> str:
    return text


ENGLISH = Language(
    code="en",
    reasons=(_REASONS, LAW, DEADLINES),
    holds=_HOLDS,
    acts=ACTS,
    effects=EFFECTS,
    authorities={authority: authority.value for authority in Authority},
    marks={mark: mark.value for mark in Confidence},
    phrases=_PHRASES,
    value=_value,
    set_text=_as_it_is,
)


class Line(NamedTuple):
    """One line of an explanation; ``depth`` is its place in the tree of reasons."""

    depth: int
    text: str


def explained(reason: Reason) -> str:
    """Return one reason in words, with its authority and its source; its parts are left out.

    A code that has no words of its own is shown as it is, with its inputs.
    """
    source = ""
    if reason.source is not None:
        source = f" — {reason.source.article}"
        if not reason.source.confidence.is_firm:
            source += f" ({reason.source.confidence.value})"
    return f"[{reason.authority.value}] {ENGLISH.reason(reason)}{source}"


def tree(reason: Reason, depth: int = 0) -> Iterator[Line]:
    """Yield a reason and its parts, line by line."""
    yield Line(depth, explained(reason))
    for part in reason.parts:
        yield from tree(part, depth + 1)


def hold_words(hold: Hold) -> str:
    """Return why an item gets nothing today, in one line."""
    words = _HOLDS[hold.kind]
    if hold.next_stage is not None:
        words += f", then {hold.next_stage}"
    if hold.until is not None:
        words += f", until {hold.until.isoformat()}"
    return words


def doubt_words(doubt: Doubt) -> str:
    """Return a doubt in one line."""
    return explained(doubt.reason)


def act_words(code: str) -> str:
    """Return what happened at a step of a deadline, in words; an unknown code is shown as it is."""
    return ENGLISH.coded(ACTS, code)


def effect_words(code: str) -> str:
    """Return what a step of a deadline did, in words; an unknown code is shown as it is."""
    return ENGLISH.coded(EFFECTS, code)


def has_words(code: str) -> bool:
    """Whether a reason code has words of its own."""
    return ENGLISH.pattern(code) is not None
