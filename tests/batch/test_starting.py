"""Segments choose the scenario of a case when it starts; the choice is pinned with its sender and tone."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from recouvrement import FRANCE, Case, ScenarioError, ScenarioStarted, builtin
from recouvrement.batch.nightly import Policy
from recouvrement.batch.sending import opens_at
from recouvrement.batch.starting import Starting
from recouvrement.cli.main import main
from recouvrement.engine.assignment import Start
from recouvrement.engine.decide import decide
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.reading import BUILT_IN
from recouvrement.scenario.segments import segmentation_from_toml
from recouvrement.scenario.window import SendingWindow
from support.cases import invoice
from support.portfolio import MONDAY, built_in_letters, case, night, opened, portfolio, scenario_for

RULES = """
[[rules]]
id = "grands"
scenario = "grand_compte"
sender = "direction"
tone = "courtois"
when = { type = "all", of = [
  { type = "debtor_kind", kinds = ["business"] },
  { type = "balance_at_least", amount = "1000.00" },
] }
[[rules]]
id = "particuliers"
scenario = "consommateur"
when = { type = "debtor_kind", kinds = ["consumer", "non_professional", "unknown"] }
[default]
id = "autres"
scenario = "standard_b2b"
"""
START = Starting(segmentation_from_toml(RULES), tuple(builtin(name) for name in BUILT_IN))
POLICY = Policy(FRANCE, scenario_for, built_in_letters(), starting=START)
FOURNIL = case(0)


def with_invoice(number: str, due_on: date, amount: str = "1200.00") -> Case:
    return Case(creditor=FOURNIL.creditor, debtor=FOURNIL.debtor, invoices=(invoice(number, due_on, amount),))


def starts(folder: Path, case_id: str) -> list[tuple[str, str | None, str | None, str | None]]:
    with opened(folder) as journal:
        events = journal.history(case_id).events
    return [
        (event.scenario, event.segment, event.sender, event.tone)
        for event in events
        if isinstance(event, ScenarioStarted)
    ]


def test_the_facts_of_the_case_choose_its_scenario() -> None:
    """1 200.00 owed by a business: the first rule; a consumer: the second; a business that owes 900.00: the default."""
    assert START.of(FOURNIL, MONDAY, FRANCE).assignment.segment == "grands"
    assert START.of(case(3), MONDAY, FRANCE).scenario.id == "consommateur"
    smaller = FOURNIL.invoices[0].model_dump_json().replace("1200.00", "900.00")
    owes_less = Case.model_validate(
        {**dict(FOURNIL), "invoices": [type(FOURNIL.invoices[0]).model_validate_json(smaller)]}
    )
    assert START.of(owes_less, MONDAY, FRANCE).assignment.segment == "autres"


def test_what_was_chosen_is_pinned_and_not_chosen_again(tmp_path: Path) -> None:
    """Two weeks later most of it is paid, and the case still follows the scenario it started in."""
    later = MONDAY + timedelta(days=1)
    bare = with_invoice("F2026-101", date(2026, 10, 20))
    report = night(tmp_path, portfolio(bare), MONDAY, rules=POLICY)
    assert [done.decision.stamps.scenario for done in report.done] == ["grand_compte"]
    assert starts(tmp_path, bare.id) == [("grand_compte", "grands", "direction", "courtois")]
    poorer = with_invoice("F2026-101", date(2026, 10, 20), "900.00")
    again = night(tmp_path, portfolio(poorer), later, rules=POLICY)
    assert [done.decision.stamps.scenario for done in again.done] == ["grand_compte"]
    assert len(starts(tmp_path, bare.id)) == 1


def test_the_rules_are_asked_once_a_night_and_of_a_started_case_no_more(tmp_path: Path) -> None:
    asked: list[date] = []

    class Counted(Starting):
        def of(self, case: Case, on: date, law: Jurisdiction) -> Start:
            asked.append(on)
            return super().of(case, on, law)

    bare = with_invoice("F2026-101", date(2026, 10, 20))
    policy = POLICY._replace(starting=Counted(*START))
    night(tmp_path, portfolio(bare), MONDAY, rules=policy)
    assert starts(tmp_path, bare.id) == [("grand_compte", "grands", "direction", "courtois")]
    night(tmp_path, portfolio(bare), MONDAY + timedelta(days=1), rules=policy)
    assert asked == [MONDAY]


def test_a_rule_that_names_an_absent_scenario_is_told_before_the_night() -> None:
    with pytest.raises(ScenarioError, match="grand_compte"):
        Starting(START.segmentation, (builtin("standard_b2b"), builtin("consommateur"))).check()


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 28), "2026-03-28T09:00:00+01:00"),
        (date(2026, 3, 29), "2026-03-29T09:00:00+02:00"),  # summer time begins that night
        (date(2026, 10, 25), "2026-10-25T09:00:00+01:00"),
    ],
)
def test_the_hours_of_a_window_are_those_of_paris(day: date, moment: str) -> None:
    assert opens_at(SendingWindow(), day).isoformat() == moment


def test_a_message_bears_the_moment_from_which_it_may_leave(tmp_path: Path) -> None:
    night(tmp_path, portfolio(FOURNIL))
    (message,) = (tmp_path / "letters").rglob("*.eml")
    assert "Deferred-Delivery: Mon, 23 Nov 2026 09:00:00 +0100" in message.read_text(encoding="ascii")


def test_a_date_of_bank_data_that_no_scenario_reads_wakes_nobody(tmp_path: Path) -> None:
    """The date moves every night; only a scenario that looks at it is decided again."""
    dated = [Case.model_validate({**dict(FOURNIL), "bank_data_through": MONDAY + timedelta(days=n)}) for n in range(3)]
    night(tmp_path, portfolio(dated[0]))
    report = night(tmp_path, portfolio(dated[1]), MONDAY + timedelta(days=1))
    assert (len(report.done), report.asleep) == (0, 1)


def test_scenarios_and_segments_of_ones_own_are_taken_by_the_commands(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    own = builtin("standard_b2b").model_dump_json().replace('"version":1', '"version":7')
    (folder / "standard.json").write_text(own, encoding="utf-8")
    rules = tmp_path / "segments.toml"
    rules.write_text(RULES, encoding="utf-8")
    words = ["decide", "examples/portefeuille", "--debtor", "C002", "--on", "2026-11-23", "--json"]
    chosen = CliRunner().invoke(main, [*words, "--segments", str(rules)])
    assert '"scenario": "grand_compte"' in chosen.stdout
    replaced = CliRunner().invoke(main, [*words, "--scenarios", str(folder)])
    assert '"scenario_version": 7' in replaced.stdout
    (folder / "faux.toml").write_text('id = "Faux"\n', encoding="utf-8")
    refused = CliRunner().invoke(main, [*words, "--scenarios", str(folder)])
    assert refused.exit_code == 2
    assert "faux.toml" in refused.stdout
    missing = CliRunner().invoke(main, [*words, "--segments", str(tmp_path / "absent.toml")])
    assert missing.exit_code == 2
    assert "no such file" in missing.stdout or "does not exist" in missing.stdout


def test_a_pinned_segment_is_seen_by_conditions(tmp_path: Path) -> None:
    night(tmp_path, portfolio(FOURNIL), rules=POLICY)
    with opened(tmp_path) as journal:
        known = journal.history(FOURNIL.id)
    decision = decide(FOURNIL.with_events(known.events), MONDAY, scenario=builtin("grand_compte"), law=FRANCE)
    assert "scenario_not_pinned" not in {doubt.code for doubt in decision.doubts}
