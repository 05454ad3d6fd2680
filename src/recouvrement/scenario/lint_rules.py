"""The rules of the linter that read the scenario as it stands: order of ranks, proof, facts, documents."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, Channel, DocumentKind, Rank
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.calendar_conditions import DaysAfter, DaysBefore
from recouvrement.scenario.case_conditions import ChannelAvailable, DebtorKindIs, LanguageIs, SegmentIs
from recouvrement.scenario.conditions import AllOf, AnyOf, Not, stages_named
from recouvrement.scenario.facts import STAGE_ANCHOR
from recouvrement.scenario.findings import Finding
from recouvrement.scenario.model import Outcome, Scenario, Stage
from recouvrement.scenario.worlds import Path, conditions_of

PROTECTED: Final = frozenset({DebtorKind.CONSUMER, DebtorKind.NON_PROFESSIONAL, DebtorKind.UNKNOWN})
"""Kinds that owe neither the fixed indemnity nor the penalties between businesses."""

_AHEAD: Final = frozenset({"due_on"})
"""Anchors that are known before they happen."""

_BEFORE_CIVIL_COURTS = frozenset({Outcome.INJONCTION_DE_PAYER, Outcome.PETITE_CREANCE})
_IN_COURT: Final = frozenset({Outcome.HAND_OVER, Outcome.INJONCTION_DE_PAYER, Outcome.PETITE_CREANCE})


class DocumentFacts(NamedTuple):
    """What is known of a document outside scenarios: its templates."""

    kinds: frozenset[DebtorKind]
    """Kinds of debtor it has a wording for."""
    claims_indemnity: frozenset[DebtorKind]
    """Those of them whom it asks for the fixed indemnity."""
    needs_time_to_pay: bool
    languages: frozenset[str] = frozenset({"fr"})


Documents = Mapping[DocumentKind, DocumentFacts]


def of_stages(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong in the stages, each looked at with those before it."""
    for place, stage in enumerate(scenario.stages):
        path: Path = ("stages", place)
        before = scenario.stages[:place]
        yield from _order(stage, before, path)
        yield from _proof(stage, before, path)
        yield from _details(scenario, stage, path)


def _order(stage: Stage, before: tuple[Stage, ...], path: Path) -> Iterator[Finding]:
    higher = next((one for one in before if one.rank.level > stage.rank.level), None)
    if higher is not None:
        inputs = {"stage": stage.id, "rank": stage.rank, "before": higher.id, "before_rank": higher.rank}
        yield Finding.of("legal_order", (*path, "rank"), inputs)
    notices = any(one.document is DocumentKind.MISE_EN_DEMEURE for one in before)
    if stage.rank.level >= Rank.PRE_LITIGATION.level and not notices:
        yield Finding.of("litigation_without_notice", (*path, "rank"), {"stage": stage.id, "rank": stage.rank})


def _proof(stage: Stage, before: tuple[Stage, ...], path: Path) -> Iterator[Finding]:
    if not stage.is_formal:
        return
    others = tuple(channel for channel in stage.channels if channel is not Channel.REGISTERED_POST)
    if Channel.REGISTERED_POST not in stage.channels:
        inputs = {"stage": stage.id, "channels": stage.channels}
        yield Finding.of("formal_without_proof", (*path, "channels"), inputs)
    elif others:
        yield Finding.of("proof_may_be_lacking", (*path, "channels"), {"stage": stage.id, "channels": others})
    if not stage.requires_approval:
        yield Finding.of("formal_without_approval", path, {"stage": stage.id})
    if stage.may_be_first_contact:
        yield Finding.of("formal_first_contact", (*path, "may_be_first_contact"), {"stage": stage.id})
    elif all(one.is_preventive or one.is_internal for one in before):
        yield Finding.of("formal_first", path, {"stage": stage.id})


def _details(scenario: Scenario, stage: Stage, path: Path) -> Iterator[Finding]:
    for channel in dict.fromkeys(one for one in stage.channels if stage.channels.count(one) > 1):
        yield Finding.of("duplicate_channel", (*path, "channels"), {"stage": stage.id, "channel": channel})
    for role in dict.fromkeys(one for one in stage.recipients if stage.recipients.count(one) > 1):
        yield Finding.of("duplicate_recipient", (*path, "recipients"), {"stage": stage.id, "role": role})
    if stage.repeat is not None and stage.repeat.every_days < scenario.interval_days and not stage.is_internal:
        every = {"stage": stage.id, "every": stage.repeat.every_days, "interval": scenario.interval_days}
        yield Finding.of("repeat_within_interval", (*path, "repeat", "every_days"), every)
    item, message = stage.min_item_amount, stage.min_message_amount
    if item is not None and message is not None and message <= item:
        minimums = {"stage": stage.id, "item": item, "message": message}
        yield Finding.of("minimum_never_binds", (*path, "min_message_amount"), minimums)


def of_repetitions(scenario: Scenario) -> Iterator[Finding]:
    """Yield the stages that count their days from one that comes back before those days have passed."""
    for path, part in conditions_of(scenario):
        place = path[1]
        if path[0] != "stages" or not isinstance(place, int) or not isinstance(part, DaysAfter) or place == 0:
            continue
        before = [one for one in scenario.stages[:place] if part.anchor == f"{STAGE_ANCHOR}{one.id}"]
        counted = scenario.stages[place - 1] if part.anchor == "previous_stage" else next(iter(before), None)
        repeat = counted.repeat if counted is not None else None
        if counted is not None and repeat is not None and part.days >= repeat.every_days:
            inputs = {"stage": scenario.stages[place].id, "repeated": counted.id, "every": repeat.every_days}
            yield Finding.of("repeat_delays_next", path, inputs)


def of_conditions(scenario: Scenario, segments: frozenset[str] | None) -> Iterator[Finding]:
    """Yield the conditions that no fact feeds."""
    for path, part in conditions_of(scenario):
        place = path[1] if path[0] == "stages" and isinstance(path[1], int) else len(scenario.stages)
        match part:
            case DaysAfter() | DaysBefore():
                yield from _of_anchor(scenario, part, path, place)
            case SegmentIs():
                yield from _of_segments(part, segments, path)
            case DebtorKindIs():
                never = (kind for kind in part.kinds if kind not in scenario.debtor_kinds)
                yield from (Finding.of("kind_never_met", path, {"kind": kind}) for kind in never)
            case ChannelAvailable(channel=Channel.INTERNAL):
                yield Finding.of("channel_never_available", path)
            case CustomCondition():
                yield Finding.of("custom_condition", path, {"type": part.type})
            case _:
                pass  # every other fact may come in any case


def _of_segments(part: SegmentIs, segments: frozenset[str] | None, path: Path) -> Iterator[Finding]:
    if segments is None:
        yield Finding.of("no_segmentation", path)
        return
    unknown = (name for name in part.segments if name not in segments)
    yield from (Finding.of("unknown_segment", path, {"segment": name}) for name in unknown)


def _of_anchor(scenario: Scenario, part: DaysAfter | DaysBefore, path: Path, place: int) -> Iterator[Finding]:
    if isinstance(part, DaysBefore) and part.anchor not in _AHEAD:
        yield Finding.of("days_before_past", path, {"anchor": part.anchor})
    earlier = scenario.stages[:place]
    if part.anchor == "notice_delivered_on" and all(
        one.document is not DocumentKind.MISE_EN_DEMEURE for one in earlier
    ):
        yield Finding.of("no_notice_before", path)


class LaterStage(NamedTuple):
    """A part of a stage's condition that names the stage itself or a later one."""

    path: Path
    place: int
    named: str
    is_negated: bool
    """Whether it stands under ``not``: it then holds, rather than waits."""


def later_stages(scenario: Scenario) -> Iterator[LaterStage]:
    """Yield the parts of conditions that name a stage which cannot have left yet."""
    ids = [stage.id for stage in scenario.stages]
    negations = {path for path, part in conditions_of(scenario) if isinstance(part, Not)}
    for path, part in conditions_of(scenario):
        place = path[1]
        if path[0] != "stages" or not isinstance(place, int) or isinstance(part, AllOf | AnyOf | Not):
            continue
        is_negated = sum(path[: len(above)] == above for above in negations) % 2 == 1
        for name in sorted(stages_named(part)):
            if ids.index(name) >= place:
                yield LaterStage(path, place, name, is_negated)


def of_whole(scenario: Scenario) -> Iterator[Finding]:
    """Yield what concerns the scenario as a whole."""
    if scenario.counts_due_day:
        yield Finding.of("counts_due_day", ("counts_due_day",))
    if not scenario.nets_unallocated:
        yield Finding.of("credits_ignored", ("nets_unallocated",))
    if not scenario.waits_for_direct_debit:
        yield Finding.of("debits_not_awaited", ("waits_for_direct_debit",))
    if not scenario.prescription_lead_days:
        yield Finding.of("no_prescription_lead", ("prescription_lead_days",))
    families = {"protected" if kind in PROTECTED else kind.value for kind in scenario.debtor_kinds}
    if len(families) > 1:
        yield Finding.of("mixed_debtor_kinds", ("debtor_kinds",), {"kinds": scenario.debtor_kinds})
    if scenario.thank_you is not None and Channel.EMAIL not in scenario.thank_you.channels:
        yield Finding.of("thanks_by_post", ("thank_you", "channels"))
    yield from _of_ends(scenario)


def _of_ends(scenario: Scenario) -> Iterator[Finding]:
    end = scenario.terminal
    outcomes: list[tuple[Path, Outcome]] = [(("terminal", "outcome"), end.outcome)]
    outcomes += [(("terminal", "branches", place, "outcome"), one.outcome) for place, one in enumerate(end.branches)]
    notified = any(stage.document is DocumentKind.MISE_EN_DEMEURE for stage in scenario.stages)
    notices = [stage.id for stage in scenario.stages if stage.document is DocumentKind.LAST_NOTICE]
    for path, outcome in outcomes:
        if outcome not in _IN_COURT:
            yield from (
                Finding.of("last_notice_of_nothing", path, {"stage": one, "outcome": outcome}) for one in notices
            )
        if outcome in _IN_COURT and not notified:
            yield Finding.of("end_without_notice", path, {"outcome": outcome})
        if outcome in _BEFORE_CIVIL_COURTS and DebtorKind.PUBLIC in scenario.debtor_kinds:
            yield Finding.of("end_closed_to_public", path, {"outcome": outcome})
        if outcome is Outcome.DECLARATION_DE_CREANCE:
            yield Finding.of("declaration_never_ends", path)


def of_documents(scenario: Scenario, documents: Documents) -> Iterator[Finding]:
    """Yield what the templates at hand cannot serve."""
    languages = frozenset[str]().union(*(facts.languages for facts in documents.values()))
    for path, part in conditions_of(scenario):
        for language in part.languages if isinstance(part, LanguageIs) else ():
            if language not in languages:
                yield Finding.of("language_without_letters", path, {"language": language})
    for place, stage in enumerate(scenario.stages):
        yield from _of_document(scenario, stage, documents.get(stage.document), ("stages", place))
    thanks = documents.get(DocumentKind.THANK_YOU)
    if scenario.thank_you is not None and thanks is None:
        yield Finding.of("missing_document", ("thank_you",), {"document": DocumentKind.THANK_YOU})


def _of_document(scenario: Scenario, stage: Stage, facts: DocumentFacts | None, path: Path) -> Iterator[Finding]:
    if facts is None:
        yield Finding.of("missing_document", (*path, "document"), {"document": stage.document})
        return
    for kind in scenario.debtor_kinds:
        inputs = {"document": stage.document, "kind": kind}
        if kind not in facts.kinds:
            yield Finding.of("missing_wording", (*path, "document"), inputs)
        elif kind in PROTECTED & facts.claims_indemnity and stage.document not in INTERNAL_DOCUMENTS:
            yield Finding.of("indemnity_to_consumer", (*path, "document"), inputs)
    if facts.needs_time_to_pay and stage.pay_within_days is None:
        missing = {"document": stage.document.value, "stage": stage.id}
        yield Finding.of("missing_time_to_pay", (*path, "document"), missing)
