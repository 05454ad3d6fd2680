"""``recouvrement nightly``."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from recouvrement.adapters.channel_folder import FolderChannel
from recouvrement.adapters.clock import today_in_paris, utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.batch import nightly as batch
from recouvrement.batch.compose import DRAFT_SUFFIX
from recouvrement.batch.pinning import KeptScenario, nothing_kept
from recouvrement.batch.portfolio import Portfolio
from recouvrement.cli.enclosing import enclosure_options, enclosures
from recouvrement.cli.letter_texts import letters_of
from recouvrement.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    console,
    day_of,
    json_option,
    on_option,
    portfolio_argument,
    print_json,
    rates_option,
    scenario_for,
    stops_cleanly,
)
from recouvrement.cli.scenario_choice import scenario_options, starting
from recouvrement.domain.case import Case
from recouvrement.domain.decision import ActionKind, Doubt
from recouvrement.domain.vocabulary import Channel
from recouvrement.errors import InvalidInput
from recouvrement.journal.protocol import CaseHistory


@click.command()
@portfolio_argument
@click.option(
    "--journal", "journal_file", type=click.Path(path_type=Path), required=True, help="Journal file (SQLite)."
)
@click.option("--outbox", type=click.Path(path_type=Path), required=True, help="Folder that receives the letters.")
@on_option
@click.option(
    "--templates", type=click.Path(path_type=Path), help="Folder of templates that replace the built-in ones."
)
@scenario_options
@rates_option
@click.option(
    "--max-contacts",
    type=click.IntRange(min=0),
    help="Most messages to debtors planned in this run, in the order of the portfolio; the others wait for the next.",
)
@enclosure_options
@click.option("--dry-run", is_flag=True, help="Decide and render, write and deliver nothing.")
@json_option
@stops_cleanly
def nightly(
    portfolio: Path,
    journal_file: Path,
    outbox: Path,
    on: date | None,
    templates: Path | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    max_contacts: int | None,
    invoice_folder: Path | None,
    *,
    as_pdf: bool,
    with_decompte: bool,
    attachments_required: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Decide tonight's actions for every debtor of PORTFOLIO and put the letters in the outbox folder.

    May be run again at any time, also after a crash: nothing leaves twice. Exit code 0 when all went well, 1 when some
    cases failed, 2 when the input is unusable.
    """
    day = day_of(on)
    if day > today_in_paris():
        click.echo(
            f"warning: {day.isoformat()} is after today; no earlier date can be run on this journal then", err=True
        )
    read = read_portfolio(portfolio)
    letters = letters_of(templates)
    law = jurisdiction("fr", rates_file)
    at_hand = starting(scenarios_folder, segments_file)
    # By kind of debtor alone nothing of the case need be worked out to choose, every night, for every case.
    chooses = at_hand if scenarios_folder is not None or segments_file is not None else None
    files = enclosures(
        as_pdf=as_pdf,
        with_decompte=with_decompte,
        invoice_folder=invoice_folder,
        attachments_required=attachments_required,
        numbers=(invoice.number for case in read.cases for invoice in case.invoices),
    )
    policy = batch.Policy(law, scenario_for, letters, at_hand.scenarios, max_contacts, chooses, files)
    if not as_json:
        console().print(
            f"[bold]{escape(read.creditor.name)}[/bold] · {len(read.cases)} cases · night of {day.isoformat()}"
            f" · law {policy.law.edition}"
        )
    with ExitStack() as stack:
        advance = _progress(stack, len(read.cases), shown=not as_json)
        report = _run(stack, read, day, journal_file, outbox, policy, advance, dry_run=dry_run)
    if as_json:
        print_json(_as_data(report, outbox, policy.law.edition))
    else:
        _print(console(), report, outbox)
    sys.exit(SOME_FAILED if report.failures else ALL_WELL)


def _run(
    stack: ExitStack,
    read: Portfolio,
    day: date,
    journal_file: Path,
    outbox: Path,
    policy: batch.Policy,
    advance: Callable[[Case], None],
    *,
    dry_run: bool,
) -> batch.Report:
    if dry_run:
        histories: dict[str, CaseHistory] = {}
        kept: KeptScenario = nothing_kept
        if journal_file.exists() and journal_file.stat().st_size:
            journal = stack.enter_context(
                SqlJournal.open(journal_file, creditor_id=read.creditor.id, clock=utc_now, create_absent=False)
            )
            histories, kept = journal.histories(), journal.scenario
        return batch.rehearsal(read, on=day, histories=histories, policy=policy, kept=kept, progress=advance)
    for place in (journal_file.parent, outbox.parent):
        if not place.is_dir():
            raise InvalidInput(where=str(place), found="this folder does not exist", hint="Create it first.")
    journal = stack.enter_context(SqlJournal.open(journal_file, creditor_id=read.creditor.id, clock=utc_now))
    folder = FolderChannel(outbox)
    channels = dict.fromkeys(Channel, folder)
    return batch.nightly(read, on=day, journal=journal, channels=channels, policy=policy, progress=advance)


def _progress(stack: ExitStack, total: int, *, shown: bool) -> Callable[[Case], None]:
    if not shown or not sys.stderr.isatty():
        return lambda _case: None
    bar = stack.enter_context(
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
        )
    )
    task = bar.add_task("cases", total=total)

    def advance(_case: Case) -> None:
        bar.advance(task)

    return advance


def _doubts(done: batch.Done) -> tuple[Doubt, ...]:
    """Return what the decision and its messages leave in doubt."""
    return (*done.decision.doubts, *done.lacking)


def _actions(report: batch.Report) -> Iterator[tuple[str, str]]:
    """Yield, for each action, what it sends and by which channel."""
    for done in report.done:
        for action in done.actions:
            to_approve = " to approve" if action.kind is ActionKind.APPROVAL else ""
            yield action.document.value + to_approve, action.channel.value


def _print(out: Console, report: batch.Report, outbox: Path) -> None:
    actions = Counter(_actions(report))
    _counts(out, f"Actions of {report.on.isoformat()}", ("document", "channel", "actions"), sorted(actions.items()))
    holds = Counter((hold.kind.value.replace("_", " "),) for done in report.done for hold in done.decision.holds)
    _counts(out, "Items held, by reason", ("reason", "items"), holds.most_common())
    doubts = Counter(doubt.code.replace("_", " ") for done in report.done for doubt in _doubts(done))
    if doubts:
        out.print("Doubts: " + ", ".join(f"{code} ({count})" for code, count in sorted(doubts.items())) + ".")
    if report.asleep:
        out.print(f"{report.asleep} cases are asleep: nothing about them has changed and their wake-up lies ahead.")
    if report.left:
        out.print(f"Left for the next run: {report.left}. Their messages are beyond --max-contacts.")
    _counts(
        out,
        "Failures",
        ("debtor", "where, what, and what to do"),
        [((failure.debtor_id or "-",), str(failure.error)) for failure in report.failures],
    )
    delivered = sum(len(done.delivered) for done in report.done)
    if report.is_dry:
        out.print("Dry run: nothing was written, nothing was delivered.")
    else:
        drafts = sum(receipt.action_id.endswith(DRAFT_SUFFIX) for done in report.done for receipt in done.delivered)
        of_which = f", of which {drafts} drafts to approve" if drafts else ""
        out.print(f"{delivered} documents delivered to {outbox}{of_which}" if delivered else "Nothing to deliver.")


def _counts(
    out: Console, title: str, columns: Sequence[str], rows: Iterable[tuple[tuple[str, ...], int | str]]
) -> None:
    """Print a table whose last column is a number or a text; nothing when it has no row."""
    kept = list(rows)
    if not kept:
        return
    table = Table(title=title, title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    for names, last in kept:
        table.add_row(*(escape(name) for name in names), escape(str(last)))
    out.print(table)


def _as_data(report: batch.Report, outbox: Path, law_edition: str) -> dict[str, Any]:  # Any: JSON
    return {
        "on": report.on.isoformat(),
        "law_edition": law_edition,
        "dry_run": report.is_dry,
        "outbox": str(outbox),
        "cases": [
            {
                "case": done.case.id,
                "actions": [action.model_dump(mode="json") for action in done.actions],
                "left": done.is_left,
                "delivered": [receipt.model_dump(mode="json") for receipt in done.delivered],
                "holds": [hold.model_dump(mode="json") for hold in done.decision.holds],
                "doubts": [doubt.model_dump(mode="json") for doubt in _doubts(done)],
                "total": str(done.decision.claim.total),
                "next_wakeup": done.decision.next_wakeup.isoformat() if done.decision.next_wakeup else None,
            }
            for done in report.done
        ],
        "asleep": report.asleep,
        "left": report.left,
        "failures": [{"debtor": failure.debtor_id, **failure.error.as_row()} for failure in report.failures],
    }
