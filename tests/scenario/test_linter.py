"""The linter: each code on a scenario that has just that fault, and no word against the scenarios that come with us."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recouvrement import FRANCE, Channel, DebtorKind, DocumentKind, builtin
from recouvrement.render.letters import Letters
from recouvrement.render.scenario_documents import document_facts
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.facts import ItemFacts
from recouvrement.scenario.findings import RULES, Finding, Severity
from recouvrement.scenario.lint_rules import DocumentFacts, Documents
from recouvrement.scenario.linter import lint
from recouvrement.scenario.lives import DUE_ON
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.reading import BUILT_IN
from recouvrement.scenario.verdict import Verdict
from support.cases import case_of, invoice
from support.diary import steps
from support.strategies import scenarios

DOCUMENTS = document_facts(Letters.built_in())
ROOT = Path(__file__).parents[2]

JUSTIFIED = {
    ("tryton_compatible", "counts_due_day"),
    ("tryton_compatible", "credits_ignored"),
    ("tryton_compatible", "debits_not_awaited"),
}
"""Warnings that a built-in scenario deserves and keeps: it repeats a peer on purpose."""

Data = dict[str, Any]  # Any: a scenario as TOML gives it


def after(days: int, anchor: str = "due_on") -> Data:
    return {"type": "days_after", "anchor": anchor, "days": days}


def before(days: int, anchor: str = "due_on") -> Data:
    return {"type": "days_before", "anchor": anchor, "days": days}


def both(*parts: Data) -> Data:
    return {"type": "all", "of": list(parts)}


def stage(name: str, when: Data, **fields: object) -> Data:
    return {"id": name, "document": "reminder_1", "channels": ["email"], "rank": "amicable", "when": when} | fields


NOTICE = {
    "document": "mise_en_demeure",
    "channels": ["registered_post"],
    "rank": "formal",
    "requires_approval": True,
    "pay_within_days": 8,
}


def scenario(*stages: Data, end: Data | None = None, **fields: object) -> Data:
    return {
        "id": "essai",
        "version": 1,
        "title": "Essai",
        "debtor_kinds": ["business"],
        "min_interval_days": 4,
        "stages": list(stages) or [stage("relance", after(3))],
        "terminal": {"outcome": "human_decision", "when": after(10, "previous_stage")} | (end or {}),
    } | fields


class Scored(CustomCondition):
    type: Literal["acme.scored"] = "acme.scored"

    def verdict(self, facts: ItemFacts) -> Verdict:
        raise AssertionError(facts)  # the linter never asks: it cannot know what a third party looks at


def found_in(
    data: Data, *, documents: Documents = DOCUMENTS, segments: frozenset[str] | None = None
) -> set[tuple[str, str]]:
    findings = lint(Scenario.model_validate(data), law=FRANCE, documents=documents, segments=segments)
    return {(finding.code, finding.path) for finding in findings}


ONE, TWO = stage("relance_1", after(3)), stage("relance_2", after(10))
NO_MORE = {"when": {"type": "stage_done", "stage": "relance_1"}}

CASES: list[tuple[str, str, Data]] = [
    ("unreachable_stage", "stages.1.when", scenario(ONE, stage("rappel", both(after(5), before(3))))),
    ("unreachable_stage", "stages.0.when", scenario(stage("rappel", after(2, "previous_stage")))),
    ("unreachable_stage", "stages.0.when", scenario(stage("avis", after(1), rank="preventive"))),
    (
        "unreachable_stage",
        "stages.1.when",
        scenario(ONE, stage("rappel", both(before(2), {"type": "stage_done", "stage": "relance_1"}))),
    ),
    (
        "unreachable_stage",
        "stages.0.when",
        scenario(stage("a", both({"type": "tag", "tag": "vip"}, {"type": "not", "of": {"type": "tag", "tag": "vip"}}))),
    ),
    (
        "unreachable_stage",
        "stages.0.when",
        scenario(
            stage(
                "a",
                both(
                    {"type": "balance_at_least", "amount": "500.00"},
                    {"type": "balance_at_most", "amount": "499.99"},
                ),
            )
        ),
    ),
    (
        "unreachable_stage",
        "stages.0.when",
        scenario(
            stage(
                "a",
                both(
                    {"type": "on_weekday", "days": ["monday"]},
                    {"type": "not", "of": {"type": "working_day"}},
                    {"type": "on_weekday", "days": ["tuesday", "sunday"]},
                ),
            )
        ),
    ),
    ("waits_for_later_stage", "stages.0.when", scenario(stage("a", after(2, "stage:b")), stage("b", after(5)))),
    ("waits_for_later_stage", "stages.0.when", scenario(stage("a", {"type": "stage_done", "stage": "a"}))),
    (
        "waits_for_later_stage",
        "stages.0.when.of.1",
        scenario(stage("a", both(after(3), after(2, "stage:b"))), stage("b", after(5))),
    ),
    ("only_when_late", "stages.0.when", scenario(stage("a", after(20)), stage("b", after(5)))),
    (
        "shadowed_stage",
        "stages.1.when",
        scenario(ONE, stage("a", after(20, "stage:relance_1")), stage("b", after(9, "stage:relance_1"))),
    ),
    (
        "shadowed_stage",
        "stages.1.when",
        scenario(
            ONE,
            stage("a", both(after(20), after(9, "stage:relance_1"))),
            stage("b", after(6, "stage:relance_1")),
        ),
    ),
    (
        "interval_never_met",
        "stages.1.when",
        scenario(
            stage("avis_1", before(5), rank="preventive"),
            stage("avis_2", before(3), rank="preventive"),
            ONE,
            min_interval_days=10,
        ),
    ),
    (
        "sending_never_met",
        "stages.0.when",
        scenario(stage("a", both(after(3), {"type": "on_weekday", "days": ["saturday", "sunday"]}))),
    ),
    (
        "time_to_pay_never_met",
        "stages.1.when",
        scenario(
            stage("avis", before(5), rank="preventive", pay_within_days=8),
            stage("avis_2", before(1), rank="preventive"),
            min_interval_days=0,
        ),
    ),
    ("terminal_never", "terminal.when", scenario(ONE, end={"when": both(before(2), after(3, "previous_stage"))})),
    (
        "branch_never",
        "terminal.branches.1.when",
        scenario(
            ONE,
            end={
                "branches": [
                    {"when": {"type": "balance_at_most", "amount": "100"}, "outcome": "write_off"},
                    {"when": {"type": "balance_at_most", "amount": "50"}, "outcome": "write_off_doubtful"},
                ]
            },
        ),
    ),
    (
        "names_later_stage",
        "stages.0.when.of.1.of",
        scenario(
            stage("relance_1", both(after(3), {"type": "not", "of": {"type": "stage_done", "stage": "relance_2"}})), TWO
        ),
    ),
    ("days_before_past", "stages.1.when.of.0", scenario(ONE, stage("b", both(before(3, "stage:relance_1"), after(4))))),
    (
        "no_segmentation",
        "stages.0.when.of.1",
        scenario(stage("a", both(after(3), {"type": "segment", "segments": ["bons"]}))),
    ),
    (
        "kind_never_met",
        "stages.0.when.of",
        scenario(stage("a", {"type": "not", "of": {"type": "debtor_kind", "kinds": ["consumer"]}})),
    ),
    (
        "no_notice_before",
        "stages.1.when.of.1",
        scenario(ONE, stage("b", {"type": "any", "of": [after(10), after(3, "notice_delivered_on")]})),
    ),
    (
        "channel_never_available",
        "stages.0.when.of.1.of",
        scenario(
            stage("a", both(after(3), {"type": "not", "of": {"type": "channel_available", "channel": "internal"}}))
        ),
    ),
    (
        "language_without_letters",
        "stages.0.when.of",
        scenario(stage("a", {"type": "not", "of": {"type": "language", "languages": ["de"]}})),
    ),
    (
        "formal_without_proof",
        "stages.1.channels",
        scenario(ONE, stage("med", after(20), **NOTICE | {"channels": ["email"]})),
    ),
    (
        "proof_may_be_lacking",
        "stages.1.channels",
        scenario(ONE, stage("med", after(20), **NOTICE | {"channels": ["registered_post", "post"]})),
    ),
    ("missing_time_to_pay", "stages.0.document", scenario(stage("lettre", after(3), document="reminder_letter"))),
    ("stage_after_prescription", "stages.1.when", scenario(ONE, stage("b", after(1900)))),
    ("stage_after_prescription", "stages.1.when", scenario(ONE, stage("b", after(735)), debtor_kinds=["consumer"])),
    ("end_after_prescription", "terminal.when", scenario(end={"when": after(1500)}, debtor_kinds=["public"])),
    (
        "legal_order",
        "stages.2.rank",
        scenario(ONE, stage("med", after(20), **NOTICE), stage("relance_2", after(40))),
    ),
    ("legal_order", "stages.1.rank", scenario(ONE, stage("avis", before(5), rank="preventive"))),
    (
        "litigation_without_notice",
        "stages.1.rank",
        scenario(ONE, stage("med", after(20), **NOTICE | {"rank": "litigation", "document": "reminder_letter"})),
    ),
    ("end_without_notice", "terminal.outcome", scenario(end={"outcome": "injonction_de_payer"})),
    (
        "end_closed_to_public",
        "terminal.outcome",
        scenario(
            ONE, stage("med", after(20), **NOTICE), end={"outcome": "injonction_de_payer"}, debtor_kinds=["public"]
        ),
    ),
    (
        "last_notice_of_nothing",
        "terminal.outcome",
        scenario(
            ONE,
            stage("med", after(20), **NOTICE),
            stage("avis", after(40), **NOTICE | {"document": "last_notice", "rank": "pre_litigation"}),
            end={"outcome": "write_off"},
        ),
    ),
    ("declaration_never_ends", "terminal.outcome", scenario(ONE, end={"outcome": "declaration_de_creance"})),
    ("formal_first", "stages.0", scenario(stage("med", after(20), **NOTICE))),
    (
        "formal_first_contact",
        "stages.0.may_be_first_contact",
        scenario(stage("med", after(20), **NOTICE | {"may_be_first_contact": True})),
    ),
    (
        "formal_without_approval",
        "stages.1",
        scenario(ONE, stage("med", after(20), **NOTICE | {"requires_approval": False})),
    ),
    ("counts_due_day", "counts_due_day", scenario(counts_due_day=True)),
    ("credits_ignored", "nets_unallocated", scenario(nets_unallocated=False)),
    ("debits_not_awaited", "waits_for_direct_debit", scenario(waits_for_direct_debit=False)),
    ("mixed_debtor_kinds", "debtor_kinds", scenario(debtor_kinds=["business", "consumer"])),
    ("no_prescription_lead", "prescription_lead_days", scenario(prescription_lead_days=[])),
    (
        "waits_for_time_to_pay",
        "stages.1.when",
        scenario(stage("lettre", after(3), pay_within_days=15), stage("b", after(7))),
    ),
    ("waits_for_interval", "stages.1.when", scenario(ONE, stage("b", after(5)))),
    (
        "repeat_within_interval",
        "stages.0.repeat.every_days",
        scenario(stage("a", after(3), repeat={"every_days": 2, "max_times": 3})),
    ),
    (
        "repeat_delays_next",
        "stages.1.when",
        scenario(
            stage("a", after(3), repeat={"every_days": 5, "max_times": 3}), stage("b", after(5, "previous_stage"))
        ),
    ),
    ("by_age_without_effect", "entry", scenario(ONE, stage("b", after(5, "previous_stage")), entry="by_age")),
    (
        "minimum_never_binds",
        "stages.0.min_message_amount",
        scenario(stage("a", after(3), min_item_amount="20", min_message_amount="15")),
    ),
    ("duplicate_channel", "stages.0.channels", scenario(stage("a", after(3), channels=["email", "post", "email"]))),
    (
        "duplicate_recipient",
        "stages.0.recipients",
        scenario(stage("a", after(3), recipients=["management", "management"])),
    ),
    ("thanks_by_post", "thank_you.channels", scenario(thank_you={"channels": ["post"]})),
]


@pytest.mark.parametrize(("code", "path", "data"), CASES, ids=[f"{code} {path}" for code, path, _ in CASES])
def test_a_fault_is_found_where_it_is(code: str, path: str, data: Data) -> None:
    assert (code, path) in found_in(data)


@pytest.mark.parametrize(("code", "path", "data"), CASES, ids=[f"{code} {path}" for code, path, _ in CASES])
def test_no_other_error_is_told_of_a_scenario_with_one_fault(code: str, path: str, data: Data) -> None:
    findings = lint(Scenario.model_validate(data), law=FRANCE, documents=DOCUMENTS)
    errors = {finding.code for finding in findings if finding.severity is Severity.ERROR}
    follows = {"terminal_never", "end_after_prescription", "unreachable_stage", "interval_never_met"}
    assert errors - {code} <= follows, (path, errors)


def test_what_only_looks_like_a_fault_is_not_told() -> None:
    assert found_in(scenario(ONE, TWO, entry="by_age")) == set()
    often = stage("a", after(3), repeat={"every_days": 5, "max_times": 3})
    assert found_in(scenario(often, stage("b", after(4, "stage:a")))) == set()


def test_a_scenario_without_fault_has_no_finding() -> None:
    assert found_in(scenario(ONE, TWO, stage("med", after(25), **NOTICE))) == set()


def test_a_segment_that_no_segmentation_has_is_named() -> None:
    data = scenario(stage("a", both(after(3), {"type": "segment", "segments": ["bons", "mauvais"]})))
    assert found_in(data, segments=frozenset({"bons"})) == {("unknown_segment", "stages.0.when.of.1")}
    assert found_in(data, segments=frozenset()) == {
        ("unknown_segment", "stages.0.when.of.1"),
        ("unreachable_stage", "stages.0.when"),
    }


def test_a_condition_of_a_third_party_is_tried_with_both_answers_and_never_asked() -> None:
    for when in (Scored(), {"type": "not", "of": Scored()}):
        data = scenario(stage("a", {"type": "all", "of": (after(3), when)}))
        Scenario.model_validate(data).stages[0].is_internal  # noqa: B018  # what a value computed once must not matter
        assert {code for code, _ in found_in(data)} == {"custom_condition"}
    impossible = {"type": "all", "of": (Scored(), {"type": "not", "of": Scored()})}
    assert {code for code, _ in found_in(scenario(stage("a", impossible)))} == {"custom_condition", "unreachable_stage"}


def test_documents_that_cannot_serve_the_scenario_are_named() -> None:
    everyone = frozenset(DebtorKind)
    business = frozenset({DebtorKind.BUSINESS})
    data = scenario(ONE, thank_you={"channels": ["email"]}, debtor_kinds=["consumer"])
    assert found_in(data, documents={}) == {
        ("missing_document", "stages.0.document"),
        ("missing_document", "thank_you"),
    }
    thanks = {DocumentKind.THANK_YOU: DocumentFacts(everyone, frozenset(), needs_time_to_pay=False)}
    only_business = {DocumentKind.REMINDER_1: DocumentFacts(business, business, needs_time_to_pay=False)}
    assert found_in(data, documents=thanks | only_business) == {("missing_wording", "stages.0.document")}
    same_for_all = {DocumentKind.REMINDER_1: DocumentFacts(everyone, everyone, needs_time_to_pay=False)}
    assert found_in(data, documents=thanks | same_for_all) == {("indemnity_to_consumer", "stages.0.document")}


def test_every_code_has_a_case() -> None:
    elsewhere = {"unknown_segment", "custom_condition", "missing_document", "missing_wording", "indemnity_to_consumer"}
    assert {code for code, _, _ in CASES} | elsewhere == set(RULES)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_scenario_has_neither_error_nor_warning_it_does_not_deserve(name: str) -> None:
    findings = lint(builtin(name), law=FRANCE, documents=DOCUMENTS)
    told = {(name, finding.code) for finding in findings if finding.severity is not Severity.INFO}
    assert told <= JUSTIFIED


def test_findings_come_gravest_first_with_words_and_remedy() -> None:
    first, last = stage("b", after(20, "stage:one")), stage("a", after(9, "stage:one"))
    data = scenario(stage("one", after(3)), first, last, counts_due_day=True, debtor_kinds=["public", "business"])
    findings = lint(Scenario.model_validate(data))
    assert [finding.severity.value for finding in findings] == ["error", "warning", "info"]
    assert findings[0] == Finding(
        code="shadowed_stage",
        severity=Severity.ERROR,
        path="stages.1.when",
        inputs=(("stage", "b"), ("by", "a")),
    )
    assert findings[0].message == "stage b never leaves: a always goes first, and an item never goes back"
    assert findings[0].remedy == "Make it due before a, or put it after a."


def test_the_same_scenario_gives_the_same_findings() -> None:
    for _, _, data in CASES[:10]:
        one = Scenario.model_validate(data)
        assert lint(one, law=FRANCE) == lint(one, law=FRANCE)


NEVER = {
    "unreachable_stage", "waits_for_later_stage", "shadowed_stage", "interval_never_met", "sending_never_met",
    "time_to_pay_never_met",
}  # fmt: skip


@given(scenarios(), st.integers(-40, 60))
@settings(max_examples=25)
def test_a_stage_the_engine_carries_out_is_never_said_never_to_leave(drawn: Scenario, first_day: int) -> None:
    findings = lint(drawn, law=FRANCE, documents=DOCUMENTS)
    never = {dict(finding.inputs)["stage"] for finding in findings if finding.code in NEVER}
    assert all(finding.message and finding.remedy for finding in findings)
    start = DUE_ON + timedelta(days=first_day)
    told = steps(case_of(invoice("F1", DUE_ON)), start, DUE_ON + timedelta(days=250), drawn)
    assert not never & {action.stage for _, action in told}


def test_a_stage_that_only_a_rare_debtor_gets_is_not_said_to_be_out_of_reach() -> None:
    rare = both(
        after(3),
        {"type": "tag", "tag": "vip"},
        {"type": "balance_at_least", "amount": "90000.00"},
        {"type": "promise", "state": "broken"},
    )
    no_phone = {"type": "not", "of": {"type": "channel_available", "channel": Channel.PHONE.value}}
    assert found_in(scenario(stage("a", rare))) == set()
    assert found_in(scenario(stage("a", both(after(3), no_phone, after(2, "payment_rejected_on"))))) == set()


def test_the_page_of_codes_is_the_table_of_codes() -> None:
    page = (ROOT / "docs" / "scenarios-lint.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{code}` | {rule.severity.value} | {rule.says} | {rule.remedy} |" for code, rule in RULES.items()
    ]
