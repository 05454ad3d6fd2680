"""Segments: ordered rules on the case, the first that holds wins; what looks at an item is refused."""

from datetime import date
from typing import ClassVar, Literal

import pytest

from recouvrement.cli.output import scenario_for
from recouvrement.domain.parties import Debtor, DebtorKind
from recouvrement.domain.reasons import Authority
from recouvrement.domain.vocabulary import Channel
from recouvrement.errors import ScenarioError
from recouvrement.scenario.base import CustomCondition
from recouvrement.scenario.case_conditions import HasTag
from recouvrement.scenario.facts import CaseFacts, ItemFacts
from recouvrement.scenario.reading import BUILT_IN, builtin
from recouvrement.scenario.segments import (
    BUILT_IN_SEGMENTATIONS,
    Assignment,
    Segment,
    Segmentation,
    SegmentRule,
    builtin_segmentation,
    segmentation_from_toml,
)
from recouvrement.scenario.verdict import Verdict

ON = date(2026, 11, 23)

RULES = """
[[rules]]
id = "surveilles"
scenario = "mauvais_payeur"
tone = "ferme"
when = { type = "tag", tag = "surveille" }

[[rules]]
id = "gros"
scenario = "grand_compte"
sender = "claire.durand"
when = { type = "all", of = [
  { type = "debtor_kind", kinds = ["business"] },
  { type = "not", of = { type = "balance_at_most", amount = "9999.99" } },
] }

[default]
id = "autres"
scenario = "standard_b2b"
"""


def facts(
    *,
    kind: DebtorKind = DebtorKind.BUSINESS,
    tags: frozenset[str] = frozenset(),
    balance_minor: int = 100_00,
    segment: str | None = None,
) -> CaseFacts:
    channels = frozenset({Channel.EMAIL})
    return CaseFacts(kind, tags, segment, "fr", channels, balance_minor, "EUR", 1, None, None)


def same_day(day: date) -> date:
    return day


def assigned(rules: Segmentation, case: CaseFacts) -> Assignment:
    return rules.assign(case, ON, same_day)


def test_the_first_rule_that_holds_wins_and_brings_its_sender_and_tone() -> None:
    rules = segmentation_from_toml(RULES)
    watched = assigned(rules, facts(tags=frozenset({"surveille"}), balance_minor=50_000_00))
    large = assigned(rules, facts(balance_minor=10_000_00))
    small = assigned(rules, facts(balance_minor=9_999_99))
    assert watched[:4] == ("surveilles", "mauvais_payeur", None, "ferme")
    assert large[:4] == ("gros", "grand_compte", "claire.durand", None)
    assert small[:4] == ("autres", "standard_b2b", None, None)


def test_the_order_of_the_rules_decides() -> None:
    rules = segmentation_from_toml(RULES)
    turned = Segmentation(rules=rules.rules[::-1], default=rules.default)
    case = facts(tags=frozenset({"surveille"}), balance_minor=50_000_00)
    assert assigned(rules, case).segment == "surveilles"
    assert assigned(turned, case).segment == "gros"


def test_the_reason_shows_every_rule_that_was_looked_at_and_no_other() -> None:
    rules = segmentation_from_toml(RULES)
    large = assigned(rules, facts(balance_minor=10_000_00)).reason
    watched = assigned(rules, facts(tags=frozenset({"surveille"}))).reason
    assert large.code == "segment_assigned"
    assert large.authority is Authority.POLICY
    assert (large.input("segment"), large.input("scenario"), large.input("tone")) == ("gros", "grand_compte", None)
    assert [(part.code, part.input("holds")) for part in large.parts] == [("tag", "no"), ("all", "yes")]
    assert [(part.code, part.input("holds")) for part in watched.parts] == [("tag", "yes")]


def test_rules_without_any_rule_give_the_default() -> None:
    rules = Segmentation(default=Segment(id="tous", scenario="un_seul_rappel"))
    assert assigned(rules, facts()).scenario == "un_seul_rappel"
    assert assigned(rules, facts()).reason.parts == ()


def test_toml_python_and_json_make_the_same_rules() -> None:
    read = segmentation_from_toml(RULES)
    assert Segmentation.model_validate(read.model_dump()) == read
    assert Segmentation.model_validate_json(read.model_dump_json()) == read
    by_hand = SegmentRule(
        id="surveilles", scenario="mauvais_payeur", tone="ferme", when=HasTag(type="tag", tag="surveille")
    )
    assert read.rules[0] == by_hand


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        (
            '{ type = "days_after", anchor = "due_on", days = 3 }',
            "rules.0.when, line 6: 'days_after' looks at one item",
        ),
        ('{ type = "claim_ready" }', "rules.0.when, line 6: 'claim_ready' looks at one item"),
        ('{ type = "stage_done", stage = "relance_1" }', "rules.0.when, line 6: 'stage_done' looks at one item"),
        ('{ type = "promise", state = "broken" }', "rules.0.when, line 6: 'promise' looks at one item"),
        (
            '{ type = "payment_method", methods = ["direct_debit"] }',
            "rules.0.when, line 6: 'payment_method' looks at one item",
        ),
        (
            '{ type = "segment", segments = ["gros"] }',
            "rules.0.when, line 6: 'segment' asks for the segment that the rules choose",
        ),
        (
            '{ type = "any", of = [{ type = "tag", tag = "a" }, { type = "not", of = { type = "claim_ready" } }] }',
            "rules.0.when.of.1.of, line 6: 'claim_ready' looks at one item",
        ),
    ],
)
def test_a_condition_that_a_rule_may_not_use_is_named_with_its_path(condition: str, fault: str) -> None:
    text = RULES.replace('{ type = "tag", tag = "surveille" }', condition)
    with pytest.raises(ScenarioError) as refusal:
        segmentation_from_toml(text, where="segments.toml")
    assert len(refusal.value.faults) == 1
    assert fault in refusal.value.faults[0]
    assert refusal.value.where == "segments.toml"


def test_every_fault_of_a_file_is_reported_together() -> None:
    text = (
        RULES.replace('{ type = "tag", tag = "surveille" }', '{ type = "claim_ready" }')
        .replace('scenario = "grand_compte"', 'scenario = "Grand compte"')
        .replace('id = "autres"', 'id = "autres"\nchannel = "email"')
    )
    with pytest.raises(ScenarioError) as refusal:
        segmentation_from_toml(text)
    places = [fault.split(":")[0] for fault in refusal.value.faults]
    assert places == ["rules.0.when, line 6", "rules.1.scenario, line 10", "default.channel, line 19"]


def test_a_file_without_default_is_refused() -> None:
    with pytest.raises(ScenarioError) as refusal:
        segmentation_from_toml(RULES[: RULES.index("[default]")])
    assert refusal.value.faults == ("default: missing; add default",)


def test_an_unknown_field_of_the_file_is_told_beside_those_it_knows() -> None:
    with pytest.raises(ScenarioError) as refusal:
        segmentation_from_toml('rule = "x"\n' + RULES)
    assert refusal.value.faults == (
        "rule, line 1: unknown field; did you mean 'rules'? (known fields: rules, default)",
    )


def test_two_faults_of_one_rule_have_each_their_path() -> None:
    condition = '{ type = "all", of = [{ type = "claim_ready" }, { type = "segment", segments = ["a"] }] }'
    with pytest.raises(ScenarioError) as refusal:
        segmentation_from_toml(RULES.replace('{ type = "tag", tag = "surveille" }', condition))
    places = [fault.split(",")[0] for fault in refusal.value.faults]
    assert places == ["rules.0.when.of.0", "rules.0.when.of.1"]


def test_a_segment_named_twice_is_refused() -> None:
    with pytest.raises(ScenarioError) as refusal:
        segmentation_from_toml(RULES.replace('id = "autres"', 'id = "gros"'))
    assert refusal.value.faults == ("default.id, line 18: segment id 'gros' is used twice; give each segment its own",)


def test_text_that_is_not_toml_is_refused_with_its_place() -> None:
    with pytest.raises(ScenarioError, match="line 1"):
        segmentation_from_toml("[[rules]\n")


def test_an_earlier_segment_does_not_weigh_on_the_choice() -> None:
    rules = segmentation_from_toml(RULES)
    assert assigned(rules, facts(segment="gros")) == assigned(rules, facts())


class PostalOnly(CustomCondition):
    """Holds for a debtor without e-mail address."""

    sees_case_only: ClassVar[bool] = True
    type: Literal["test.postal_only"] = "test.postal_only"

    def verdict(self, facts: ItemFacts) -> Verdict:
        """Return the verdict."""
        return Verdict(Channel.EMAIL not in facts.case.channels, None, "test.postal_only")


def test_a_third_party_condition_may_choose_a_segment_when_it_sees_the_case_only() -> None:
    text = RULES.replace('{ type = "tag", tag = "surveille" }', '{ type = "test.postal_only" }')
    rules = segmentation_from_toml(text, conditions=(PostalOnly,))
    assert assigned(rules, facts()._replace(channels=frozenset({Channel.POST}))).segment == "surveilles"
    assert assigned(rules, facts()).segment == "autres"


@pytest.mark.parametrize(
    ("kind", "scenario"),
    [
        (DebtorKind.BUSINESS, "standard_b2b"),
        (DebtorKind.PUBLIC, "secteur_public"),
        (DebtorKind.CONSUMER, "consommateur"),
        (DebtorKind.NON_PROFESSIONAL, "consommateur"),
        (DebtorKind.UNKNOWN, "consommateur"),
    ],
)
def test_the_built_in_rules_follow_the_kind_of_debtor(kind: DebtorKind, scenario: str) -> None:
    chosen = assigned(builtin_segmentation("par_nature"), facts(kind=kind))
    assert chosen.scenario == scenario == scenario_for(Debtor(id="C1", name="Dupont", kind=kind)).id
    assert kind in builtin(chosen.scenario).debtor_kinds


@pytest.mark.parametrize("name", BUILT_IN_SEGMENTATIONS)
def test_built_in_rules_choose_built_in_scenarios_only(name: str) -> None:
    assert set(builtin_segmentation(name).scenarios) <= set(BUILT_IN)


def test_an_unknown_segmentation_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ScenarioError) as refusal:
        builtin_segmentation("par_taille")
    assert "par_nature" in refusal.value.hint


def test_the_schema_describes_the_rules_and_their_conditions() -> None:
    schema = Segmentation.model_json_schema()
    assert schema["required"] == ["default"]
    assert schema["properties"]["rules"]["items"] == {"$ref": "#/$defs/SegmentRule"}
    assert {"HasTag", "AllOf", "Not"} <= set(schema["$defs"])
