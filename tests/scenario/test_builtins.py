"""The built-in scenarios: frozen, served by templates, lawful towards consumers, as documented."""

import re
from pathlib import Path

import pytest

from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, Channel, DocumentKind, PaymentMethod, Rank
from recouvrement.law.files import read_table
from recouvrement.render.facts import requirements
from recouvrement.render.letters import Letters
from recouvrement.render.variants import variant_of
from recouvrement.scenario.base import BaseCondition
from recouvrement.scenario.calendar_conditions import DaysAfter, DaysBefore
from recouvrement.scenario.conditions import walk
from recouvrement.scenario.item_conditions import PaymentMethodIs
from recouvrement.scenario.model import Grouping, Outcome, Scenario, Stage
from recouvrement.scenario.reading import BUILT_IN, builtin, scenario_from_toml

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src/recouvrement/scenario/data"
PAGE = ROOT / "docs/built-in-scenarios.md"

FROZEN = {
    "standard_b2b": (1, "7c09a8a9c34fe4ea"),
    "grand_compte": (1, "293a5e8c6a99a81d"),
    "mauvais_payeur": (1, "47a4c92752590acb"),
    "consommateur": (1, "7ff64744fbe7387f"),
    "secteur_public": (1, "25ae7ffbf5769aa8"),
    "prelevement_rejete": (1, "a05e37ddb4b66e93"),
    "un_seul_rappel": (1, "1efa4a07ce95d252"),
    "centralpay": (1, "24d1e908796cda8c"),
    "tryton_compatible": (1, "5acb8d51f682d392"),
}
"""Version and hash. A change in a file raises its version: cases pinned to the old one must be told apart."""

MAY_BE_CONSUMERS = {DebtorKind.CONSUMER, DebtorKind.NON_PROFESSIONAL, DebtorKind.UNKNOWN}

every = pytest.mark.parametrize("name", BUILT_IN)


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters.built_in()


def first_days(condition: BaseCondition) -> set[str]:
    """Days from the due date or the rejection, as the page writes them: J-5, J+3, R+1."""
    found = set()
    for part in walk(condition):
        match part:
            case DaysAfter(anchor="due_on"):
                found.add(f"J+{part.days}")
            case DaysBefore(anchor="due_on"):
                found.add(f"J-{part.days}")
            case DaysAfter(anchor="payment_rejected_on"):
                found.add(f"R+{part.days}")
            case _:
                pass  # it counts from another stage
    return found


def ways(stage: Stage) -> set[Channel]:
    return set(stage.channels)


@every
def test_a_change_of_a_built_in_scenario_is_noticed(name: str) -> None:
    scenario = builtin(name)
    assert (scenario.version, scenario.hash) == FROZEN[name]


def test_every_file_of_the_folder_is_a_known_scenario_or_segmentation() -> None:
    assert {path.stem for path in DATA.glob("*.toml")} == {*BUILT_IN, "par_nature"}
    assert set(FROZEN) == set(BUILT_IN)


@every
def test_a_file_begins_with_what_it_is_for_and_calls_no_delay_law(name: str) -> None:
    text = (DATA / f"{name}.toml").read_text(encoding="utf-8")
    head = " ".join(line.removeprefix("#").strip() for line in text.split("\nid = ", maxsplit=1)[0].splitlines())
    assert text.startswith("# ")
    assert re.search(r"Every delay (and every amount )?here is commercial policy, not law", head)


@every
def test_the_file_read_by_hand_and_the_packaged_one_are_the_same(name: str) -> None:
    text = (DATA / f"{name}.toml").read_text(encoding="utf-8")
    assert scenario_from_toml(text) == builtin(name)
    assert read_table("recouvrement.scenario", name)["id"] == name


@every
def test_every_document_has_a_template_for_every_debtor_it_serves(name: str, letters: Letters) -> None:
    scenario = builtin(name)
    documents = {stage.document for stage in scenario.stages}
    if scenario.thank_you is not None:
        documents.add(DocumentKind.THANK_YOU)
    for document in documents | {DocumentKind.TERMINAL_NOTE, DocumentKind.DEADLINE_ALERT, DocumentKind.STAFF_ALERT}:
        for kind in scenario.debtor_kinds:
            assert letters.template(document, variant_of(kind)).name


@every
def test_a_document_that_names_a_day_to_pay_by_is_given_one(name: str) -> None:
    for stage in builtin(name).stages:
        for channel in stage.channels:
            asked = {requirement.path for requirement in requirements(stage.document, channel)}
            assert stage.pay_within_days is not None or "action.pay_by" not in asked, stage.id


@every
def test_a_formal_notice_leaves_registered_approved_and_after_a_reminder(name: str) -> None:
    for stage in builtin(name).stages:
        assert (stage.document is DocumentKind.MISE_EN_DEMEURE) is stage.is_formal
        if stage.is_formal:
            assert stage.channels == (Channel.REGISTERED_POST,)
            assert stage.requires_approval
            assert not stage.may_be_first_contact


@every
def test_no_debtor_who_may_be_a_consumer_is_called_or_has_deliveries_suspended(name: str) -> None:
    scenario = builtin(name)
    if not MAY_BE_CONSUMERS & set(scenario.debtor_kinds):
        return
    for stage in scenario.stages:
        assert Channel.PHONE not in stage.channels
        assert stage.document not in {DocumentKind.CALL_SCRIPT, DocumentKind.DELIVERY_SUSPENSION}
    outcomes = {scenario.terminal.outcome, *(branch.outcome for branch in scenario.terminal.branches)}
    assert outcomes == {Outcome.HUMAN_DECISION}


@every
def test_ranks_never_go_down(name: str) -> None:
    levels = [stage.rank.level for stage in builtin(name).stages]
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("standard_b2b", ["J-5", "J+3", "J+10", "J+15", "J+21", "J+30"]),
        ("consommateur", ["J-5", "J+5", "J+15", "J+25", "J+40"]),
        ("secteur_public", ["J+5", "J+20", "J+35", "J+55"]),
        ("grand_compte", ["J-7", "J+5", "J+12", "J+25", "J+40", "J+60"]),
        ("mauvais_payeur", ["J+1", "J+4", "J+7", "J+10", "J+15"]),
        ("un_seul_rappel", ["J+7"]),
        ("centralpay", ["J-3", "J+2", "J+8", "J+14", "J+21", "J+35"]),
        ("tryton_compatible", ["J+5", "J+20", "J+40"]),
    ],
)
def test_stages_come_on_the_days_that_the_page_draws(name: str, days: list[str]) -> None:
    scenario = builtin(name)
    assert [first_days(stage.when) for stage in scenario.stages] == [{day} for day in days]
    assert re.findall(r"J[+-]\d+", timeline(name)) == days


def timeline(name: str) -> str:
    """The drawing of a scenario on the page: the first block of text under its heading."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## `{name}`\n")[1].split("\n## ")[0]
    return section.split("```text\n")[1].split("```")[0]


@every
def test_the_page_draws_every_stage_its_interval_and_its_end(name: str) -> None:
    scenario = builtin(name)
    drawn = timeline(name)
    for stage in scenario.stages:
        assert re.search(rf"\b{stage.id}\b", drawn), stage.id
        if stage.pay_within_days is not None:
            line = next(line for line in drawn.splitlines() if re.search(rf"\b{stage.id}\b", line))
            assert f"{stage.pay_within_days} days to pay" in line
    assert scenario.terminal.outcome.value in drawn
    for branch in scenario.terminal.branches:
        assert branch.outcome.value in drawn
    assert f"interval {scenario.min_interval_days} days" in drawn
    end = scenario.terminal.when
    assert isinstance(end, DaysAfter)
    assert f"+{end.days} days after it" in drawn


def test_the_direct_debit_scenario_starts_with_the_rejection_and_forgets_no_other_invoice() -> None:
    scenario = builtin("prelevement_rejete")
    assert scenario.waits_for_direct_debit
    assert first_days(scenario.stages[0].when) == {"R+1", "J+5"}
    others = [part for part in walk(scenario.stages[0].when) if isinstance(part, PaymentMethodIs)]
    assert [part.methods for part in others] == [(PaymentMethod.DIRECT_DEBIT,)]
    assert re.findall(r"[RJ][+-]\d+", timeline("prelevement_rejete"))[:2] == ["R+1", "J+5"]


def test_a_key_account_is_called_first_and_every_contact_is_read_by_a_human() -> None:
    scenario = builtin("grand_compte")
    contacts = [stage for stage in scenario.stages if stage.rank is not Rank.PREVENTIVE]
    assert contacts[0].channels == (Channel.PHONE,)
    assert all(stage.requires_approval for stage in contacts)
    assert all(stage.min_message_amount for stage in contacts if not stage.is_formal)
    assert scenario.grouping is Grouping.PER_DEBTOR
    assert scenario.thank_you is not None


def test_a_bad_payer_has_deliveries_suspended_before_the_formal_notice_which_comes_earlier() -> None:
    scenario, standard = builtin("mauvais_payeur"), builtin("standard_b2b")
    ids = [stage.id for stage in scenario.stages]
    assert ids.index("suspension_des_livraisons") < ids.index("mise_en_demeure")
    assert first_days(scenario.stages[-1].when) == {"J+15"}
    assert first_days(standard.stages[-1].when) == {"J+30"}
    assert [branch.outcome for branch in scenario.terminal.branches] == [
        Outcome.PETITE_CREANCE,
        Outcome.INJONCTION_DE_PAYER,
    ]


def test_the_small_claims_procedure_is_never_proposed_against_a_trader() -> None:
    # Loi 2026-307 excludes invoices between traders from 25 April 2026; only a tag says that a debtor is no trader.
    for name in BUILT_IN:
        for branch in builtin(name).terminal.branches:
            if branch.outcome is Outcome.PETITE_CREANCE:
                assert any(getattr(part, "tag", None) == "non_commercant" for part in walk(branch.when))


def test_the_compatible_scenario_has_the_settings_of_the_dossier() -> None:
    scenario: Scenario = builtin("tryton_compatible")
    assert scenario.grouping is Grouping.PER_INVOICE
    assert scenario.interval_days == 0
    assert not scenario.nets_unallocated
    assert scenario.counts_due_day
    assert len(scenario.sending.weekdays) == 7
    assert scenario.sending.on_holidays
    assert all(stage.requires_approval for stage in scenario.stages)
    assert set(scenario.debtor_kinds) == set(DebtorKind)


def test_internal_documents_are_internal_everywhere() -> None:
    for name in BUILT_IN:
        for stage in builtin(name).stages:
            assert (stage.document in INTERNAL_DOCUMENTS) is (ways(stage) == {Channel.INTERNAL})
