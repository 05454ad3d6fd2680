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
from recouvrement.cli.letter_texts import letters_of, tell_language
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
from recouvrement.cli.plan_terms import PlanTerms, plan_options
from recouvrement.cli.scenario_choice import scenario_options, starting
from recouvrement.domain.vocabulary import Channel, DocumentKind
from recouvrement.engine.requests import REQUESTABLE, PlanInterest, requested
from recouvrement.errors import InvalidInput
from recouvrement.render.documents import Document, render_document
from recouvrement.render.pdf_source import pdf_source

SHAPES = (".txt", ".html", ".md", ".pdf")
"""What a file may be; its name says which."""


@click.command("request")
@portfolio_argument
@debtor_option
@click.option("--kind", required=True, type=click.Choice(sorted(kind.value for kind in REQUESTABLE)), help="Document.")
@click.option(
    "--about",
    help="Name of the dispute, promise or plan, or of the payment; for a plan not recorded, the name it is to have.",
)
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
@plan_options
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
    instalments: tuple[str, ...],
    grace_days: int | None,
    notice_days: int | None,
    overrides: Path | None,
    file: Path | None,
    on: date | None,
    journal_file: Path | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    *,
    accelerates: bool,
    is_late: bool,
    as_json: bool,
) -> None:
    """Print a document made on request: a statement, a receipt, a plan, a declaration of claim and the like.

    Nothing is sent or recorded. A debtor with several cases (currencies) gives one document for each. A plan that is
    only proposed is written out: --about PLAN-1 --instalment 2026-12-15=500.00 --instalment 2027-01-15=500.00.
    """
    day, document_kind = day_of(on), DocumentKind(kind)
    _check_notice(document_kind, next_step, pay_by, day)
    terms = PlanTerms(instalments, grace_days, notice_days, accelerates)
    terms.check(document_kind)
    typeset = _typesetting(file) if file is not None else None
    law = jurisdiction("fr", rates_file)
    letters = letters_of(overrides)
    pasts = Follower(day, law, starting(scenarios_folder, segments_file)).debtor(portfolio, debtor, journal_file)
    pasts = terms.concerned(pasts)
    found: list[tuple[str, Document]] = []
    for case, scenario in pasts:
        asked = requested(
            case,
            document_kind,
            day,
            scenario=scenario,
            law=law,
            about=terms.plan(about, case.currency, day) or about,
            channel=Channel(channel) if channel is not None else None,
            next_step=next_step,
            pay_by=pay_by,
            plan_interest=PlanInterest(interest),
            is_late=is_late,
        )
        document = render_document(asked.action, case, asked.claim, on=day, letters=letters)
        tell_language(document)
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


def _check_notice(kind: DocumentKind, next_step: str | None, pay_by: date | None, on: date) -> None:
    """Refuse a last notice whose options are missing or of the past, by the names the command line gives them."""
    options = {"--next-step": next_step, "--pay-by": pay_by}
    lacking = [name for name, given in options.items() if given is None]
    if kind is not DocumentKind.LAST_NOTICE:
        if len(lacking) < len(options):
            raise InvalidInput(
                where=f"document {kind.value}",
                found=f"{' and '.join(name for name in options if name not in lacking)} given",
                hint="Leave it out: only a last notice announces a step.",
            )
        return
    if lacking:
        raise InvalidInput(
            where=f"document {kind.value}",
            found=f"{' and '.join(lacking)} not given",
            hint="Give the step that is decided (injonction_de_payer, petite_creance, hand_over, or a route of "
            "`recouvrement routes`) and the last day it leaves to pay: a notice of nothing misleads.",
        )
    if pay_by is not None and pay_by <= on:
        raise InvalidInput(
            where=f"--pay-by {pay_by.isoformat()}",
            found=f"the day is past, or is that of the notice, {on.isoformat()}",
            hint="Give a later day: the notice leaves time to pay.",
        )


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
