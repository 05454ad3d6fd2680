"""``recouvrement forecast``, ``compare`` and ``migrate``: many cases in the days to come; nothing is written."""

import sys
from datetime import date
from pathlib import Path

import click

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.cli.followed import Follower, past_option
from recouvrement.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    cases_of,
    day_of,
    json_option,
    on_option,
    portfolio_argument,
    print_json,
    rates_option,
    stops_cleanly,
)
from recouvrement.cli.scenario_argument import scenario_named
from recouvrement.cli.scenario_choice import scenario_options, starting
from recouvrement.cli.walking import (
    assumption_options,
    assumptions,
    costs_option,
    say_unread,
    unread_rows,
    until_option,
)
from recouvrement.domain.case import Case
from recouvrement.domain.events import ScenarioStarted
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine import comparison, migration
from recouvrement.engine import forecast as outlook
from recouvrement.engine.failures import CaseFailure
from recouvrement.errors import RecouvrementError
from recouvrement.render.outlooks import comparison_text, forecast_text, migration_text
from recouvrement.scenario.model import Scenario

_SCENARIO = "Built-in name or TOML file."


@click.command()
@portfolio_argument
@on_option
@click.option("--days", type=int, required=True, help="Number of days looked at, the first one included.")
@costs_option
@past_option
@assumption_options
@scenario_options
@rates_option
@json_option
@stops_cleanly
def forecast(
    portfolio: Path,
    on: date | None,
    days: int,
    costs: dict[Channel, Money],
    journal_file: Path | None,
    approvals: str,
    answered_after: int,
    delivered_after: int | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Count the work of the days to come over PORTFOLIO: contacts, letters, calls, approvals, cost, sums demanded.

    Exit code 1 when some cases could not be looked at.
    """
    read = read_portfolio(portfolio)
    day, law = day_of(on), jurisdiction("fr", rates_file)
    follower = Follower(day, law, starting(scenarios_folder, segments_file))
    unread = list(read.failures)
    followed = follower.cases(read.cases, journal_file, read.creditor.id, unread)
    scenarios = {case.id: scenario for case, scenario in followed}
    found = outlook.forecast(
        (case for case, _ in followed),
        day,
        days,
        scenario_for=lambda case: scenarios[case.id],
        law=law,
        costs=costs,
        assume=assumptions(approvals, answered_after, delivered_after),
    )
    if as_json:
        print_json({**found.model_dump(mode="json"), "unread": unread_rows(unread)})
    else:
        click.echo(forecast_text(found), nl=False)
        say_unread(unread)
    sys.exit(SOME_FAILED if found.failures or unread else ALL_WELL)


@click.command()
@portfolio_argument
@click.option(
    "--a", "text_a", required=True, help=f"{_SCENARIO} Its kinds of debtor are compared, the others left out."
)
@click.option("--b", "text_b", required=True, help=_SCENARIO)
@on_option
@until_option
@costs_option
@past_option
@assumption_options
@rates_option
@json_option
@stops_cleanly
def compare(
    portfolio: Path,
    text_a: str,
    text_b: str,
    on: date | None,
    until: date,
    costs: dict[Channel, Money],
    journal_file: Path | None,
    approvals: str,
    answered_after: int,
    delivered_after: int | None,
    rates_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Compare what two scenarios would do with the cases of PORTFOLIO.

    Exit code 1 when some cases could not be looked at.
    """
    a, b = scenario_named(text_a), scenario_named(text_b)
    read = read_portfolio(portfolio)
    kept = [case for case in read.cases if case.debtor.kind in a.debtor_kinds]
    day, law = day_of(on), jurisdiction("fr", rates_file)
    follower = Follower(day, law, starting(None, None))
    unread = list(read.failures)
    found = comparison.compare(
        a,
        b,
        (case for case, _ in follower.cases(kept, journal_file, read.creditor.id, unread)),
        day,
        until,
        law,
        costs=costs,
        assume=assumptions(approvals, answered_after, delivered_after),
    )
    left_out = len(read.cases) - len(kept)
    if as_json:
        rows = unread_rows(unread)
        print_json({**found.model_dump(mode="json"), "left_out": left_out, "unread": rows})
    else:
        click.echo(comparison_text(found), nl=False)
        if left_out:
            click.echo(f"{left_out} cases left out: {a.id} is not written for their kind of debtor.")
        say_unread(unread)
    sys.exit(SOME_FAILED if found.failures or unread else ALL_WELL)


@click.command()
@portfolio_argument
@click.option("--from", "text_old", required=True, help=f"{_SCENARIO} The cases that follow it are looked at.")
@click.option("--to", "text_new", required=True, help=_SCENARIO)
@on_option
@click.option("--debtor", help="One debtor only, whatever scenario it follows.")
@click.option("--days", type=click.IntRange(min=1), default=90, show_default=True, help="Number of days compared.")
@past_option
@rates_option
@json_option
@stops_cleanly
def migrate(
    portfolio: Path,
    text_old: str,
    text_new: str,
    on: date | None,
    debtor: str | None,
    days: int,
    journal_file: Path | None,
    rates_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show what would change in the cases of PORTFOLIO if they went over to another scenario. It changes nothing.

    Exit code 1 when some cases could not be looked at.
    """
    old, new = scenario_named(text_old), scenario_named(text_new)
    day = day_of(on)
    read, cases = cases_of(portfolio, debtor) if debtor is not None else (read_portfolio(portfolio), None)
    law = jurisdiction("fr", rates_file)
    found: list[migration.Migration] = []
    failures: list[CaseFailure] = []
    follower = Follower(day, law, starting(None, None))
    for case, _ in follower.cases(read.cases if cases is None else cases, journal_file, read.creditor.id):
        if debtor is None and not _follows(case, old, day):
            continue
        try:
            found.append(migration.migrate(case, day, old=old, new=new, law=law, horizon_days=days))
        except RecouvrementError as fault:
            failures.append(CaseFailure.of(fault, case))
    unread = () if debtor is not None else read.failures
    if as_json:
        print_json(
            {
                "changed": False,
                "migrations": [one.model_dump(mode="json") for one in found],
                "failures": [row.model_dump(mode="json") for row in failures],
                "unread": unread_rows(unread),
            }
        )
    else:
        for one in found:
            click.echo(migration_text(one))
        for row in failures:
            click.echo(f"failed: {row.case_id}: {row.where}: {row.found}. {row.hint}")
        differ = sum(one.diverge_on is not None for one in found)
        click.echo(f"{len(found)} cases looked at, {differ} would differ. Nothing was changed.")
        say_unread(unread)
    sys.exit(SOME_FAILED if failures or unread else ALL_WELL)


def _follows(case: Case, scenario: Scenario, on: date) -> bool:
    """Whether a case follows a scenario: the last one it entered, or else one written for its kind of debtor."""
    entered = [event for event in case.history if isinstance(event, ScenarioStarted) and event.effective_on <= on]
    return entered[-1].scenario == scenario.id if entered else case.debtor.kind in scenario.debtor_kinds
