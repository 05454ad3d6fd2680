"""``recouvrement decide`` and ``recouvrement letter``: one debtor, read closely; nothing is written."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.cli.followed import Follower, past_option
from recouvrement.cli.letter_texts import tell_language
from recouvrement.cli.output import (
    console,
    day_of,
    json_option,
    on_option,
    portfolio_argument,
    print_json,
    rates_option,
    stops_cleanly,
)
from recouvrement.cli.scenario_choice import scenario_options, starting
from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action, Decision
from recouvrement.domain.reasons import Reason
from recouvrement.domain.vocabulary import INTERNAL_DOCUMENTS, REQUESTED_DOCUMENTS, DocumentKind
from recouvrement.engine import decide as engine
from recouvrement.engine.preview import preview
from recouvrement.render.documents import render_document
from recouvrement.render.explain import doubt_words, explained, hold_words
from recouvrement.render.letters import Letters

debtor_option = click.option("--debtor", required=True, help="Identifier of the debtor, as in debiteurs.csv.")
_LETTERS = [
    kind for kind in DocumentKind if kind not in INTERNAL_DOCUMENTS | REQUESTED_DOCUMENTS | {DocumentKind.THANK_YOU}
]


@click.command()
@portfolio_argument
@debtor_option
@on_option
@past_option
@scenario_options
@rates_option
@json_option
@stops_cleanly
def decide(
    portfolio: Path,
    debtor: str,
    on: date | None,
    journal_file: Path | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show everything the engine decides for one debtor of PORTFOLIO: actions, claim, deadlines, doubts, holds."""
    day = day_of(on)
    law = jurisdiction("fr", rates_file)
    pasts = Follower(day, law, starting(scenarios_folder, segments_file)).debtor(portfolio, debtor, journal_file)
    decisions = [engine.decide(past.case, day, scenario=past.scenario, law=law) for past in pasts]
    if as_json:
        print_json([decision.model_dump(mode="json") for decision in decisions])
        return
    out = console()
    for past, decision in zip(pasts, decisions, strict=True):
        out.print(_tree(past.case, decision))
        if decision.claim.items:
            out.print(_claim(decision))


@click.command()
@portfolio_argument
@debtor_option
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in _LETTERS]), help="Document to print.")
@on_option
@past_option
@scenario_options
@rates_option
@json_option
@stops_cleanly
def letter(
    portfolio: Path,
    debtor: str,
    kind: str,
    on: date | None,
    journal_file: Path | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Print the text of a letter as it would read today, due or not; nothing is sent or recorded."""
    day = day_of(on)
    law, letters = jurisdiction("fr", rates_file), Letters.built_in()
    found = []
    follower = Follower(day, law, starting(scenarios_folder, segments_file))
    for case, scenario in follower.debtor(portfolio, debtor, journal_file):
        shown = preview(case, day, document=DocumentKind(kind), scenario=scenario, law=law)
        for reason in shown.missing:
            click.echo(f"warning: it would not leave as it is: {explained(reason)}", err=True)
        document = render_document(shown.action, case, shown.decision.claim, on=day, letters=letters)
        tell_language(document)
        found.append((case, document))
    if as_json:
        print_json(
            [{"case": case.id, "on": day.isoformat(), **document.model_dump(mode="json")} for case, document in found]
        )
        return
    click.echo(f"# {day.isoformat()}", err=True)
    for _, document in found:
        click.echo(document.text)


def _tree(case: Case, decision: Decision) -> Tree:
    debtor = case.debtor
    root = Tree(f"[bold]{escape(debtor.name)}[/bold] ({debtor.kind.value}) · {case.id} · {decision.on.isoformat()}")
    if decision.actions:
        branch = root.add("[bold]Actions[/bold]")
        for action in decision.actions:
            _add_reasons(branch.add(_action(action)), action.reasons)
    if decision.holds:
        branch = root.add("[bold]Held[/bold]")
        for hold in decision.holds:
            _add_reasons(branch.add(escape(f"{hold.item_id or 'case'}: {hold_words(hold)}")), hold.reasons)
    reasons = [reason for item in decision.claim.items for reason in item.reasons]
    if reasons:
        _add_reasons(root.add("[bold]Why these sums[/bold]"), dict.fromkeys(reasons))
    if decision.deadlines:
        branch = root.add("[bold]Deadlines[/bold]")
        for deadline in decision.deadlines:
            path = "; ".join(f"{step.act} {step.from_.isoformat()} ({step.source.article})" for step in deadline.path)
            name = f"{deadline.item_id or 'case'}: {deadline.kind.value}, last day {deadline.last_day.isoformat()}"
            branch.add(escape(f"{name} — {deadline.regime}: {path}"))
    if decision.doubts:
        branch = root.add("[bold]Doubts[/bold]")
        for doubt in decision.doubts:
            branch.add(escape(f"{doubt.item_id or 'case'}: {doubt_words(doubt)}"))
    wakeup = decision.next_wakeup.isoformat() if decision.next_wakeup else "only when a new fact arrives"
    root.add(f"Look again: {wakeup}")
    stamps = decision.stamps
    root.add(escape(f"Decided with {stamps.scenario} {stamps.scenario_hash}, law {stamps.law_edition}"))
    return root


def _action(action: Action) -> str:
    pay_by = f", to pay by {action.pay_by.isoformat()}" if action.pay_by else ""
    items = " ".join(action.listed)
    return escape(
        f"{action.kind.value}: {action.document.value} by {action.channel.value}, {items}, {action.principal}{pay_by}"
    )


def _add_reasons(branch: Tree, reasons: Iterable[Reason]) -> None:
    for reason in reasons:
        _add_reasons(branch.add(escape(explained(reason))), reason.parts)


def _claim(decision: Decision) -> Table:
    table = Table(title="What is owed", title_justify="left", show_footer=True)
    claim = decision.claim
    footers = ("total", "", "", "", claim.principal, claim.late_interest, claim.indemnities, claim.total)
    names = ("item", "due on", "days", "balance", "principal", "interest", "indemnity", "total")
    for name, footer in zip(names, footers, strict=True):
        table.add_column(name, footer=str(footer), justify="left" if name in {"item", "due on"} else "right")
    for item in claim.items:
        total = item.principal + item.late_interest + item.indemnity
        sums = (item.balance, item.principal, item.late_interest, item.indemnity, total)
        table.add_row(
            item.item_id, item.due_on.isoformat(), str(item.days_late), *(str(money.amount) for money in sums)
        )
    return table
