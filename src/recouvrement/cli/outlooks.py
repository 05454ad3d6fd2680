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
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine import comparison
from recouvrement.engine import forecast as outlook
from recouvrement.render.outlooks import comparison_text, forecast_text

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
