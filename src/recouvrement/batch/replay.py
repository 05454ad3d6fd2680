"""Past decisions made again: what a run keeps of each, and the comparison, byte for byte."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Decision, Stamps
from recouvrement.domain.events import HistoryEvent
from recouvrement.engine.decide import decide
from recouvrement.errors import BrokenChain, JournalError, LawError
from recouvrement.journal.decisions import (
    DecisionRecord,
    Kept,
    KeptText,
    TextKind,
    scenario_label,
    text_hash,
)
from recouvrement.journal.protocol import Journal
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.parameters import DatedValue
from recouvrement.scenario.model import Scenario
from recouvrement.version import VERSION

_NO_DECISION = (
    "Give the case as `recouvrement decide` names it; a night it slept through, one before the journal kept decisions "
    "and one that was pruned have none."
)


class Difference(NamedTuple):
    """Something the decision was made with that is not the same today."""

    what: str
    """``package_version``, ``law_edition`` or ``scenario_hash``."""
    then: str
    now: str


class Replayed(NamedTuple):
    """A past decision made again."""

    record: DecisionRecord
    case: Case
    """As it was known then."""
    decision: Decision
    """As it is made today from what was kept."""
    decision_hash: str
    """SHA-256 of ``decision`` as JSON, to compare with that of the record."""
    differences: tuple[Difference, ...]
    """Why the two may differ; none when library, law and scenario are those of then."""
    is_same_but_for_stamps: bool
    """Whether today's library or law gives the same decision, its own names in the stamps left aside."""

    @property
    def is_identical(self) -> bool:
        """Whether the decision is the same, byte for byte."""
        return self.decision_hash == self.record.decision_hash


class Rules(NamedTuple):
    """The texts of what a decision is made with; one for all the cases of a night that share them."""

    scenario: KeptText
    rates: KeptText | None


def rules_texts(scenario: Scenario, law: Jurisdiction) -> Rules:
    """Return the texts of a scenario and of the rates entered since the edition of the law, if there are any."""
    label = scenario_label(scenario.id, scenario.version)
    rates = KeptText(TextKind.RATES, _values().dump_json(law.entered).decode()) if law.entered else None
    return Rules(KeptText(TextKind.SCENARIO, scenario.model_dump_json(), label), rates)


def kept_decision(facts: KeptText, decision: Decision, rules: Rules) -> Kept:
    """Return what is kept of a decision; ``facts`` is that of ``facts_text``."""
    policy, rates = rules
    record = DecisionRecord(
        case_id=decision.case_id,
        on=decision.on,
        case_version=decision.stamps.case_version,
        facts_hash=facts.hash,
        scenario_hash=policy.hash,
        rates_hash=None if rates is None else rates.hash,
        law_edition=decision.stamps.law_edition,
        package_version=decision.stamps.package_version,
        decision_hash=decision_hash(decision),
    )
    return Kept(record, (facts, policy) if rates is None else (facts, policy, rates))


def facts_text(bare: Case) -> KeptText:
    """Return the text of the facts as read tonight, the journal left out."""
    return KeptText(TextKind.FACTS, bare.model_dump_json())


def decision_hash(decision: Decision) -> str:
    """Return the SHA-256 of a decision as JSON, in hexadecimal."""
    return text_hash(decision.model_dump_json())


@cache
def _values() -> TypeAdapter[tuple[DatedValue, ...]]:
    return TypeAdapter(tuple[DatedValue, ...])


def replay(
    facts: Case, events: Sequence[HistoryEvent], *, version: int, on: date, scenario: Scenario, law: Jurisdiction
) -> Decision:
    """Return a past decision, made again from the facts as they were read and the events known then. Pure.

    ``events`` are all those of the journal, in its order; those after ``version`` had not been written.
    """
    case = facts.with_events(events[:version], version=version)
    return decide(case, on, scenario=scenario, law=law)


def replayed(journal: Journal, case_id: str, on: date, *, law: Jurisdiction) -> tuple[Replayed, ...]:
    """Return every decision of a case on a date, made again from the journal, in the order they were made.

    ``law`` is the packaged one; the rates entered at the time are taken from the journal. A library, a law or a
    scenario that is not the one of then is told in ``differences``, and the decision is made with today's.
    Raises ``JournalError`` when no decision of that date was kept, ``BrokenChain`` when an event or a text was altered.
    """
    journal.verify()
    kept = journal.decisions(case_id)
    records = [record for record in kept if record.on == on]
    if not records:
        days = ", ".join(dict.fromkeys(record.on.isoformat() for record in kept[-8:]))
        raise JournalError(
            where=f"case {case_id} on {on.isoformat()}",
            found="no decision of that date was kept",
            hint=f"Last dates with one: {days}." if days else _NO_DECISION,
        )
    events = journal.history(case_id).events
    return tuple(_again(journal, record, events, law) for record in records)


def _again(journal: Journal, record: DecisionRecord, events: Sequence[HistoryEvent], law: Jurisdiction) -> Replayed:
    if record.case_version > len(events):
        raise BrokenChain(
            where=f"case {record.case_id}",
            found=f"the decision of {record.on.isoformat()} knew {record.case_version} events, {len(events)} are left",
            hint="Restore the latest backup of the journal.",
        )
    facts, scenario = _inputs(journal, record)
    governing = _law_of_then(journal, record, law)
    known = facts.with_events(events[: record.case_version], version=record.case_version)
    decision = replay(facts, events, version=record.case_version, on=record.on, scenario=scenario, law=governing)
    stamps = decision.stamps
    then = Stamps(
        case_version=stamps.case_version,
        scenario=stamps.scenario,
        scenario_hash=record.scenario_hash[: len(stamps.scenario_hash)],
        law_edition=record.law_edition,
        package_version=record.package_version,
    )
    as_then = Decision.model_validate({**dict(decision), "stamps": then})
    return Replayed(
        record=record,
        case=known,
        decision=decision,
        decision_hash=decision_hash(decision),
        differences=tuple(_differences(then, stamps)),
        is_same_but_for_stamps=decision_hash(as_then) == record.decision_hash,
    )


def _inputs(journal: Journal, record: DecisionRecord) -> tuple[Case, Scenario]:
    """Return the facts and the scenario of a decision. Raises ``JournalError`` when this version cannot read them."""
    facts, scenario = journal.kept_text(record.facts_hash), journal.kept_text(record.scenario_hash)
    try:
        return Case.model_validate_json(facts), Scenario.model_validate_json(scenario)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise JournalError(
            where=f"case {record.case_id} on {record.on.isoformat()}",
            found=f"what was kept by version {record.package_version} cannot be read by {VERSION}: "
            f"{'.'.join(map(str, first['loc']))}: {first['msg']}",
            hint=f"Replay it with version {record.package_version} of recouvrement.",
        ) from None


def _law_of_then(journal: Journal, record: DecisionRecord, law: Jurisdiction) -> Jurisdiction:
    """Return the law completed with the rates of then, or as it is when they contradict a later edition."""
    if record.rates_hash is None or law.edition == record.law_edition:
        return law
    try:
        return law.with_values(_values().validate_json(journal.kept_text(record.rates_hash)))
    except LawError:
        return law


def _differences(then: Stamps, now: Stamps) -> Iterator[Difference]:
    for what in ("package_version", "law_edition", "scenario_hash"):
        before, after = getattr(then, what), getattr(now, what)
        if before != after:
            yield Difference(what, before, after)
