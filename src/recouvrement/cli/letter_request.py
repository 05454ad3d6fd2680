"""``recouvrement letter request``: a document that no scenario sends by itself, printed or written to a file."""

from datetime import date
from pathlib import Path

import click

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.whole_files import write_whole
from recouvrement.batch.enclosures import SetInType
from recouvrement.cli.decisions import debtor_option
from recouvrement.cli.enclosing import typesetter
from recouvrement.cli.followed import Follower, past_option
from recouvrement.cli.output import (
    Day,
    day_of,
    json_option,
    on_option,
    portfolio_argument,
    print_json,
    rates_option,
    stops_cleanly,
)
from recouvrement.cli.scenario_choice import scenario_options, starting
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.engine.requests import REQUESTABLE, PlanInterest, requested
from recouvrement.errors import InvalidInput
from recouvrement.render.documents import Document, render_document
from recouvrement.render.letters import Letters
from recouvrement.render.pdf_source import pdf_source

SHAPES = (".txt", ".html", ".md", ".pdf")
"""What a file may be; its name says which."""


@click.command("request")
@portfolio_argument
@debtor_option
@click.option("--kind", required=True, type=click.Choice(sorted(kind.value for kind in REQUESTABLE)), help="Document.")
@click.option("--about", help="Name of the dispute, promise or plan, or of the payment.")
@click.option("--channel", type=click.Choice([channel.value for channel in Channel]), help="Usually left out.")
@click.option("--next-step", help="For a last notice: the step that is decided, such as injonction_de_payer.")
@click.option("--pay-by", type=Day(), help="For a last notice: last day it leaves.")
@click.option(
    "--interest",
    type=click.Choice([one.value for one in PlanInterest]),
    default=PlanInterest.KEPT.value,
    show_default=True,
    help="For a plan: what becomes of interest while it is kept.",
)
@click.option("--late", "is_late", is_flag=True, help="For a declaration of claim: its last day has passed.")
@click.option("--overrides", type=click.Path(path_type=Path), help="Folder of templates of your own.")
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path), help="File to write: .txt, .html, .md or .pdf."
)
@on_option
@past_option
@scenario_options
@rates_option
@json_option
@stops_cleanly
def request(
    portfolio: Path,
    debtor: str,
    kind: str,
    about: str | None,
    channel: str | None,
    next_step: str | None,
    pay_by: date | None,
    interest: str,
    overrides: Path | None,
    file: Path | None,
    on: date | None,
    journal_file: Path | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    *,
    is_late: bool,
    as_json: bool,
) -> None:
    """Print a document made on request: a statement, a receipt, a plan, a declaration of claim and the like.

    Nothing is sent or recorded. A debtor with several cases (currencies) gives one document for each.
    """
    day = day_of(on)
    typeset = _typesetting(file) if file is not None else None
    law = jurisdiction("fr", rates_file)
    letters = Letters.with_overrides(overrides) if overrides is not None else Letters.built_in()
    pasts = Follower(day, law, starting(scenarios_folder, segments_file)).debtor(portfolio, debtor, journal_file)
    found: list[tuple[str, Document]] = []
    for case, scenario in pasts:
        asked = requested(
            case,
            DocumentKind(kind),
            day,
            scenario=scenario,
            law=law,
            about=about,
            channel=Channel(channel) if channel is not None else None,
            next_step=next_step,
            pay_by=pay_by,
            plan_interest=PlanInterest(interest),
            is_late=is_late,
        )
        document = render_document(asked.action, case, asked.claim, on=day, letters=letters)
        if file is not None:
            path = file if len(pasts) == 1 else file.with_stem(f"{file.stem}-{case.currency}")
            source = pdf_source(document, asked.action, case, asked.claim, on=day)
            write_whole(path, typeset(source, ()) if typeset is not None else _text(document, path))
            click.echo(str(path), err=as_json)
        found.append((case.id, document))
    if as_json:
        print_json([{"case": code, "on": day.isoformat(), **made.model_dump(mode="json")} for code, made in found])
    elif file is None:
        for _, document in found:
            click.echo(document.text)


def _typesetting(file: Path) -> SetInType | None:
    """Return what makes a PDF when the name asks for one. Raises ``InvalidInput`` for a name of no known shape."""
    if file.suffix.lower() not in SHAPES:
        raise InvalidInput(
            where=f"--output {file}",
            found=f"{file.suffix or 'no'} ending",
            hint=f"End its name with {', '.join(SHAPES)}: that is how its shape is told.",
        )
    return typesetter(f"--output {file}") if file.suffix.lower() == ".pdf" else None


def _text(document: Document, path: Path) -> str:
    shapes = {".txt": document.text, ".html": document.html, ".md": document.markdown}
    return shapes[path.suffix.lower()]
