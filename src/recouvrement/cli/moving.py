"""``recouvrement migrate``: what would change if cases went over to another scenario, and the move itself."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from recouvrement.adapters.clock import utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.batch.portfolio import Failure
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
from recouvrement.cli.walking import say_unread, unread_rows
from recouvrement.domain.case import Case
from recouvrement.engine import migration
from recouvrement.engine.failures import CaseFailure
from recouvrement.errors import InvalidInput, RecouvrementError
from recouvrement.render.outlooks import migration_text

_SCENARIO = "Built-in name or TOML file."


class _Move(NamedTuple):
    case: Case
    migration: migration.Migration


@click.command()
@portfolio_argument
@click.option("--from", "text_old", required=True, help=f"{_SCENARIO} The cases that follow it are looked at.")
@click.option("--to", "text_new", required=True, help=_SCENARIO)
@on_option
@click.option("--debtor", help="One debtor only, whatever scenario it follows.")
@click.option(
    "--days", type=click.IntRange(min=1, max=3660), default=90, show_default=True, help="Number of days compared."
)
@past_option
@scenario_options
@click.option("--apply", "applies", is_flag=True, help="Record the move in the journal, once it has been looked at.")
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
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    *,
    applies: bool,
    as_json: bool,
) -> None:
    """Show what would change in the cases of PORTFOLIO if they went over to another scenario.

    It changes nothing without --apply, which records the move of each case in the journal. Exit code 1 when some cases
    could not be looked at: these are not moved.
    """
    if applies and journal_file is None:
        raise InvalidInput(where="--apply", found="no journal", hint="Give the journal of the nights with --journal.")
    old, new = scenario_named(text_old), scenario_named(text_new)
    day = day_of(on)
    read, cases = cases_of(portfolio, debtor) if debtor is not None else (read_portfolio(portfolio), None)
    law = jurisdiction("fr", rates_file)
    at_hand = starting(scenarios_folder, segments_file)
    # A version of --from that nobody else has is at hand too: cases pinned to it are the ones to move.
    follower = Follower(day, law, at_hand._replace(scenarios=(*at_hand.scenarios, old, new)))
    unread: list[Failure] = [] if debtor is not None else list(read.failures)
    followed = follower.cases(read.cases if cases is None else cases, journal_file, read.creditor.id, unread)
    wanted = [
        case
        for case, scenario in followed
        if debtor is not None or (scenario.id, scenario.version) == (old.id, old.version)
    ]
    moves: list[_Move] = []
    failures: list[CaseFailure] = []
    for case in wanted:
        try:
            found = migration.migrate(case, day, old=old, new=new, law=law, horizon_days=days)
            moves.append(_Move(case, found))
        except RecouvrementError as fault:
            failures.append(CaseFailure.of(fault, case))
    if applies and journal_file is not None:
        _apply(journal_file, read.creditor.id, moves)
    _tell([move.migration for move in moves], failures, unread, applies=applies, as_json=as_json)
    sys.exit(SOME_FAILED if failures or unread else ALL_WELL)


def _apply(journal_file: Path, creditor_id: str, moves: Sequence[_Move]) -> None:
    """Record the moves, while no night runs. Raises ``JournalError`` when one does, ``VersionConflict``."""
    with (
        SqlJournal.open(journal_file, creditor_id=creditor_id, clock=utc_now, create_absent=False) as journal,
        journal.exclusive(),
    ):
        for case, found in moves:
            journal.append(case.id, [found.event], expected_version=case.version)


def _tell(
    found: Sequence[migration.Migration],
    failures: Sequence[CaseFailure],
    unread: Sequence[Failure],
    *,
    applies: bool,
    as_json: bool,
) -> None:
    if as_json:
        print_json(
            {
                "changed": applies,
                "migrations": [one.model_dump(mode="json") for one in found],
                "failures": [row.model_dump(mode="json") for row in failures],
                "unread": unread_rows(unread),
            }
        )
        return
    for one in found:
        click.echo(migration_text(one))
    for row in failures:
        click.echo(f"failed: {row.case_id}: {row.where}: {row.found}. {row.hint}")
    differ = sum(one.diverge_on is not None for one in found)
    done = f"{len(found)} cases moved." if applies else "Nothing was changed."
    click.echo(f"{len(found)} cases looked at, {differ} would differ. {done}")
    say_unread(unread)
