"""What the linter may find: stable codes, how grave each is, what it says and what to do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Self

from recouvrement.domain.reasons import text
from recouvrement.domain.values import Code, Value


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    """The scenario cannot do what it says, or should not: do not use it as it is."""
    WARNING = "warning"
    """Probably not what was meant."""
    INFO = "info"
    """Worth knowing; nothing to correct if it is meant."""


class Rule(NamedTuple):
    """One thing the linter looks for."""

    severity: Severity
    says: str
    """With the names of the finding's inputs in braces."""
    remedy: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: dict[str, Rule] = {
    # what never happens
    "unreachable_stage": Rule(
        _E,
        "the condition of stage {stage} never holds ({lives} lives tried)",
        "Correct the parts that contradict each other, or the anchor that never happens before this stage.",
    ),
    "waits_for_later_stage": Rule(
        _E,
        "stage {stage} waits for {waited}, which is itself or comes later: it never leaves",
        "Put it after the stage it waits for, or make it wait for an earlier one.",
    ),
    "shadowed_stage": Rule(
        _E,
        "stage {stage} never leaves: {by} always goes first, and an item never goes back",
        "Make it due before {by}, or put it after {by}.",
    ),
    "only_when_late": Rule(
        _W,
        "stage {stage} leaves only for invoices that were long overdue when first seen: else {by} goes first",
        "Make it due before {by}, or put it after {by}.",
    ),
    "interval_never_met": Rule(
        _E,
        "the condition of stage {stage} ends before the interval of {interval} days lets it leave",
        "Widen its window, move it away from the stage before, or shorten min_interval_days.",
    ),
    "sending_never_met": Rule(
        _E,
        "the condition of stage {stage} holds on no day on which messages leave",
        "Compare its condition with the weekdays of sending.",
    ),
    "time_to_pay_never_met": Rule(
        _E,
        "the condition of stage {stage} ends before the days to pay of an earlier message have passed",
        "Widen its window, or shorten pay_within_days or grace_days.",
    ),
    "terminal_never": Rule(
        _E,
        "the scenario never ends: the condition of its end never holds after its last stage ({lives} lives tried)",
        "Count the end from previous_stage, or correct the parts that contradict each other.",
    ),
    "branch_never": Rule(
        _W,
        "the branch to {outcome} is never taken ({lives} lives tried)",
        "Correct its condition, or put it before the branch that always wins.",
    ),
    # what no fact feeds
    "names_later_stage": Rule(
        _W,
        "it looks at stage {named}, which cannot have left yet",
        "Remove that part, or name an earlier stage.",
    ),
    "days_before_past": Rule(
        _W,
        "it counts days before {anchor}, known only once it has happened: the window is one day long",
        "Use days_after, or count before due_on.",
    ),
    "no_segmentation": Rule(
        _W,
        "it looks at the segment, and no segmentation is known here",
        "Give the linter the segments, start cases with a segmentation, or use a tag.",
    ),
    "unknown_segment": Rule(
        _W, "segment {segment} is in no segmentation", "Correct the name, or add the segment to the segmentation."
    ),
    "kind_never_met": Rule(
        _W,
        "debtors of kind {kind} are not among those the scenario is for",
        "Add the kind to debtor_kinds, or remove it from the condition.",
    ),
    "no_notice_before": Rule(
        _W,
        "it looks at the delivery of a mise en demeure, and no stage before it sends one",
        "Put it after the mise en demeure; keep it only if notices are served outside the scenario.",
    ),
    "channel_never_available": Rule(
        _W, "no debtor is reached by the internal channel", "Name a channel that goes to the debtor."
    ),
    "language_without_letters": Rule(
        _W, "no document has letters in {language}", "Add the templates of that language, or remove the part."
    ),
    "custom_condition": Rule(
        _I,
        "condition {type} is of a third party: the linter tries both answers and cannot look inside",
        "Check the condition itself with recouvrement.testing.check_condition.",
    ),
    # proof, documents
    "formal_without_proof": Rule(
        _E,
        "stage {stage} is a formal demand and leaves by {channels}: nothing would prove its delivery",
        'Write channels = ["registered_post"].',
    ),
    "proof_may_be_lacking": Rule(
        _W,
        "stage {stage} is a formal demand that may leave by {channels}, without proof of delivery",
        "Keep registered_post only: without a postal address the file is better completed than the notice weakened.",
    ),
    "indemnity_to_consumer": Rule(
        _E,
        "document {document} claims the fixed indemnity, and the scenario is for debtors of kind {kind}, who owe none",
        "Use a document with a wording for consumers, or write a scenario for each kind of debtor.",
    ),
    "missing_document": Rule(
        _E, "document {document} has no template", "Add its template, or choose another document."
    ),
    "missing_wording": Rule(
        _E,
        "document {document} has no wording for debtors of kind {kind}",
        "Add the template of that wording, or remove the kind from debtor_kinds.",
    ),
    "missing_time_to_pay": Rule(
        _E,
        "document {document} names a date to pay by, and stage {stage} gives none: it would be refused when made",
        "Set pay_within_days.",
    ),
    # law
    "stage_after_prescription": Rule(
        _E,
        "stage {stage} leaves {day} days after the due date at the earliest; a claim on a debtor of kind {kind} may be "
        "barred after {limit} ({regime})",
        "Bring it forward.",
    ),
    "end_after_prescription": Rule(
        _E,
        "the scenario ends {day} days after the due date at the earliest; a claim on a debtor of kind {kind} may be "
        "barred after {limit} ({regime})",
        "Bring the end forward.",
    ),
    "legal_order": Rule(
        _E,
        "stage {stage} is {rank} and comes after {before}, which is {before_rank}",
        "Put stages in the order preventive, amicable, formal, pre_litigation, litigation.",
    ),
    "litigation_without_notice": Rule(
        _E,
        "stage {stage} is {rank} and no stage before it sends a mise en demeure",
        "Add a stage with the document mise_en_demeure before it.",
    ),
    "end_without_notice": Rule(
        _W,
        "the scenario may end with {outcome} and sends no mise en demeure before",
        "Add a mise en demeure: it makes legal interest run (C. civ. art. 1231-6), and courts look for it.",
    ),
    "last_notice_of_nothing": Rule(
        _E,
        "stage {stage} is a last notice before proceedings, and the scenario may end with {outcome}, which is none: it "
        "would announce a step that is not decided",
        "End with hand_over, injonction_de_payer or petite_creance, or remove the stage.",
    ),
    "end_closed_to_public": Rule(
        _W,
        "it is written for public bodies and may end with {outcome}, which is closed against them",
        "End with human_decision or hand_over for them; `recouvrement routes` says what is open.",
    ),
    "declaration_never_ends": Rule(
        _W,
        "it may end with declaration_de_creance: the items of an insolvent debtor are held, and never get there",
        "Choose another outcome: the staff is told of the declaration and its last day by alerts.",
    ),
    "formal_first": Rule(
        _E,
        "stage {stage} is a formal demand and no message comes before it: it would wait for ever",
        "Add an amicable stage before it, or set may_be_first_contact.",
    ),
    "formal_first_contact": Rule(
        _W,
        "stage {stage} lets a formal demand be the first contact",
        "Remove may_be_first_contact unless it is meant.",
    ),
    "formal_without_approval": Rule(
        _I, "stage {stage} is a formal demand that no human approves", "Set requires_approval unless it is meant."
    ),
    "counts_due_day": Rule(
        _W,
        "stages may leave on the due date itself, when the debtor is not late",
        "Remove counts_due_day: overdue begins the day after the due date.",
    ),
    "credits_ignored": Rule(
        _W,
        "payments and credit notes that name no invoice are left aside: debtors may be asked what they have paid",
        "Remove nets_unallocated = false.",
    ),
    "debits_not_awaited": Rule(
        _W,
        "invoices collected by direct debit are reminded although their debit may be under way",
        "Remove waits_for_direct_debit = false.",
    ),
    "mixed_debtor_kinds": Rule(
        _I,
        "one scenario for kinds under different law: {kinds}",
        "Write one for each where delays, documents or tone should differ.",
    ),
    "no_prescription_lead": Rule(
        _W, "nobody is told before a claim is barred", "Set prescription_lead_days, such as [180, 60]."
    ),
    # delays and details
    "waits_for_time_to_pay": Rule(
        _I,
        "stage {stage} is due on day {ready} and waits until day {day}, for an earlier message gives days to pay",
        "Nothing to do if it is meant; else shorten pay_within_days or grace_days.",
    ),
    "waits_for_interval": Rule(
        _I,
        "stage {stage} is due on day {ready} and waits until day {day} for the interval of {interval} days",
        "Nothing to do if it is meant; else move the stages apart.",
    ),
    "repeat_within_interval": Rule(
        _W,
        "stage {stage} comes back every {every} days, and contacts are {interval} days apart",
        "Repeat it less often, or shorten min_interval_days.",
    ),
    "repeat_delays_next": Rule(
        _I,
        "stage {stage} counts from {repeated}, which comes back every {every} days: it waits for the last time",
        "Count from due_on, if it should not wait for the repetitions.",
    ),
    "by_age_without_effect": Rule(
        _W,
        "an invoice already late starts at {stage}, as with entry first: later stages count from the one before",
        'Count the stages from due_on only, or write entry = "first".',
    ),
    "minimum_never_binds": Rule(
        _I,
        "stage {stage}: min_message_amount {message} is no more than min_item_amount {item}, and changes nothing",
        "Remove it, or raise it.",
    ),
    "duplicate_channel": Rule(_W, "stage {stage} names {channel} twice", "Name each channel once."),
    "duplicate_recipient": Rule(_W, "stage {stage} names {role} twice", "Name each role once."),
    "thanks_by_post": Rule(
        _W, "thanks leave by post only: each costs a stamp", 'Write channels = ["email"] or ["email", "post"].'
    ),
}
"""By code. Codes are stable: hosts may filter on them. docs/scenarios-lint.md is checked against this table."""


class Finding(Value):
    """One thing the linter found."""

    code: Code
    severity: Severity
    path: str
    """Where in the scenario, such as ``stages.2.when.of.1``; empty for the whole."""
    inputs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, path: tuple[str | int, ...] = (), inputs: Mapping[str, object] | None = None) -> Self:
        """Return a finding of a known code, its inputs written as text."""
        pairs = tuple((name, text(value)) for name, value in (inputs or {}).items())
        return cls(code=code, severity=RULES[code].severity, path=".".join(map(str, path)), inputs=pairs)

    @property
    def message(self) -> str:
        """What was found, in words."""
        return RULES[self.code].says.format_map(dict(self.inputs))

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return RULES[self.code].remedy.format_map(dict(self.inputs))
