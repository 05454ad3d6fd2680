"""``recouvrement pending``, ``approve`` and ``refuse``: what a human says of the letters that need approval."""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from recouvrement.adapters.clock import utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.adapters.portfolio.creditor import read_creditor
from recouvrement.batch.approval import answer, awaiting_approval
from recouvrement.cli.output import (
    console,
    day_of,
    json_option,
    on_option,
    portfolio_argument,
    print_json,
    stops_cleanly,
)

journal_option = click.option(
    "--journal", "journal_file", type=click.Path(path_type=Path, exists=True), required=True, help="Journal file."
)
by_option = click.option("--by", required=True, help="Name of the person who answers; kept in the journal.")


@click.command()
@portfolio_argument
@journal_option
@json_option
@stops_cleanly
def pending(portfolio: Path, journal_file: Path, *, as_json: bool) -> None:
    """List the letters that wait for approval; their drafts are in the outbox folder."""
    with _journal(portfolio, journal_file) as journal:
        waiting = awaiting_approval(journal)
    if as_json:
        print_json([{"case": case, **action.model_dump(mode="json")} for case, action in waiting.values()])
        return
    table = Table(title="Awaiting approval", title_justify="left")
    for name in ("action", "case", "document", "items", "amount"):
        table.add_column(name, overflow="fold")
    for case, action in waiting.values():
        table.add_row(action.id, case, action.document.value, " ".join(action.listed), str(action.principal))
    console().print(table if waiting else "Nothing awaits approval.")


@click.command()
@portfolio_argument
@click.argument("action")
@journal_option
@by_option
@on_option
@json_option
@stops_cleanly
def approve(portfolio: Path, action: str, journal_file: Path, by: str, on: date | None, *, as_json: bool) -> None:
    """Approve a letter: it leaves with the next run, with that day's amounts, if its items have not changed."""
    _answer(portfolio, action, journal_file, by, day_of(on), approved=True, as_json=as_json)


@click.command()
@portfolio_argument
@click.argument("action")
@journal_option
@by_option
@on_option
@json_option
@stops_cleanly
def refuse(portfolio: Path, action: str, journal_file: Path, by: str, on: date | None, *, as_json: bool) -> None:
    """Refuse a letter: it never leaves, and its items stay in that person's hands."""
    _answer(portfolio, action, journal_file, by, day_of(on), approved=False, as_json=as_json)


def _answer(
    portfolio: Path, action: str, journal_file: Path, by: str, on: date, *, approved: bool, as_json: bool
) -> None:
    with _journal(portfolio, journal_file) as journal:
        answered = answer(journal, action, approve=approved, by=by, on=on)
    word = "approved" if approved else "refused"
    if as_json:
        print_json({"action": answered.id, "answer": word, "by": by, "on": on.isoformat()})
    else:
        click.echo(f"{answered.document.value} {answered.id} {word} by {by} on {on.isoformat()}")


def _journal(portfolio: Path, journal_file: Path) -> SqlJournal:
    return SqlJournal.open(journal_file, creditor_id=read_creditor(portfolio).id, clock=utc_now, create_absent=False)
