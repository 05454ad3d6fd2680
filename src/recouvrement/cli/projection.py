"""``recouvrement project``: the days to come of one debtor; nothing is written."""

from datetime import date
from pathlib import Path

import click

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.cli.followed import Follower, past_option
from recouvrement.cli.output import (
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
    Paid,
    assumption_options,
    assumptions,
    events_of,
    supposed_payments,
    until_option,
)
from recouvrement.engine import timeline
from recouvrement.errors import InvalidInput
from recouvrement.render.timeline import projection_table, projection_timeline


@click.command()
@portfolio_argument
@click.argument("debtor")
@on_option
@until_option
@past_option
@click.option("--scenario", "scenario_text", help="Built-in name or TOML file; by default the one each case follows.")
@click.option("--paid", type=Paid(), multiple=True, help="Suppose a payment, such as 2026-12-05=1200.00; repeatable.")
@click.option(
    "--what-if",
    "events_file",
    type=click.Path(path_type=Path),
    help="Facts to suppose: one event a line, as event_to_json writes them.",
)
@assumption_options
@scenario_options
@rates_option
@click.option("--table", "as_table", is_flag=True, help="Print the actions alone, as a table.")
@json_option
@stops_cleanly
def project(
    portfolio: Path,
    debtor: str,
    on: date | None,
    until: date,
    journal_file: Path | None,
    scenario_text: str | None,
    paid: tuple[tuple[date, str], ...],
    events_file: Path | None,
    approvals: str,
    answered_after: int,
    delivered_after: int | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    *,
    as_table: bool,
    as_json: bool,
) -> None:
    """Show what will happen to DEBTOR of PORTFOLIO if nothing new does: each action, each silence and why.

    Nothing is written or sent.
    """
    day = day_of(on)
    read, cases = cases_of(portfolio, debtor)
    if (paid or events_file) and len(cases) > 1:
        raise InvalidInput(
            where=f"debtor {debtor}",
            found=f"{len(cases)} cases: {', '.join(case.id for case in cases)}",
            hint="Suppose facts for a debtor with one case only: a fact belongs to one currency.",
        )
    law = jurisdiction("fr", rates_file)
    named = scenario_named(scenario_text) if scenario_text is not None else None
    facts = events_of(events_file) if events_file is not None else []
    follower = Follower(day, law, starting(scenarios_folder, segments_file))
    found = [
        timeline.project(
            case,
            day,
            until,
            scenario=named or scenario,
            law=law,
            what_if=[*facts, *supposed_payments(paid, case.currency)],
            assume=assumptions(approvals, answered_after, delivered_after),
        )
        for case, scenario in follower.cases(cases, journal_file, read.creditor.id)
    ]
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    text = projection_table if as_table else projection_timeline
    click.echo("\n".join(text(one) for one in found), nl=False)
