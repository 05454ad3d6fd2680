"""``recouvrement due-date`` and ``recouvrement terms check``: what printed terms give, and whether they are lawful."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.cli.output import Day, console, json_option, print_json, stops_cleanly
from recouvrement.domain.parties import DebtorKind, PublicBody
from recouvrement.law.terms import TermAnswer, TermFacts, TermOutcome, TermVerdict
from recouvrement.render.explain import doubt_words, tree

Command = TypeVar("Command", bound=Callable[..., object])

_OPTIONS = (
    click.option("--terms", "wording", help="Terms as printed; left out, the law's own term is given."),
    click.option("--issued", type=Day(), help="Date of the invoice."),
    click.option("--received", type=Day(), help="Receipt of the invoice, or of the request by a public body."),
    click.option("--performed", type=Day(), help="Receipt of the goods or end of performance."),
    click.option("--request-dated", type=Day(), help="Date of the request, where a public body recorded no receipt."),
    click.option("--cleared", type=Day(), help="Customs clearance, for goods imported overseas."),
    click.option("--periodic", is_flag=True, help="The invoice sums up several deliveries of a month."),
    click.option(
        "--debtor",
        type=click.Choice([DebtorKind.BUSINESS.value, DebtorKind.CONSUMER.value, DebtorKind.PUBLIC.value]),
        default=DebtorKind.BUSINESS.value,
        show_default=True,
        help="What the debtor is in law.",
    ),
    click.option("--public-body", type=click.Choice([body.value for body in PublicBody]), help="Class of public body."),
    click.option("--sector", help="Trade or territory with terms of its own, such as transport or overseas."),
    json_option,
)


def term_options(command: Command) -> Command:
    """Give a command the options that describe an invoice and its terms."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("due-date")
@term_options
@stops_cleanly
def due_date(wording: str | None, *, as_json: bool, **given: Any) -> None:  # noqa: ANN401  # options, typed by click
    """Compute the due date of printed payment terms, or of the law where there are none."""
    law = jurisdiction("fr")
    answer = law.due_date(wording, _facts(**given))
    if as_json:
        print_json(_as_data(answer) | _context(answer, law.edition))
    else:
        _print_due(answer)
        _print_why(answer)


@click.group()
def terms() -> None:
    """Check payment terms against the maximum of the law."""


@terms.command()
@term_options
@stops_cleanly
def check(wording: str | None, *, as_json: bool, **given: Any) -> None:  # noqa: ANN401  # options, typed by click
    """Say whether printed payment terms respect the legal maximum, over by how many days, and the fine."""
    law = jurisdiction("fr")
    verdict = law.check_term(wording, _facts(**given))
    data = _as_data(verdict.answer)
    if as_json:
        ruled = {"verdict": verdict.outcome.value, "days_over": verdict.days_over}
        doubts = {"fine": _fine(verdict), "doubts": data.pop("doubts")}
        print_json(ruled | data | doubts | _context(verdict.answer, law.edition))
    else:
        _print_verdict(verdict)
        _print_due(verdict.answer)
        _print_why(verdict.answer)


def _facts(
    *,
    issued: date | None,
    received: date | None,
    performed: date | None,
    request_dated: date | None,
    cleared: date | None,
    periodic: bool,
    debtor: str,
    public_body: str | None,
    sector: str | None,
) -> TermFacts:
    return TermFacts(
        debtor_kind=DebtorKind(debtor),
        public_body=None if public_body is None else PublicBody(public_body),
        sector=sector,
        issued_on=issued,
        received_on=received,
        delivered_on=performed,
        request_dated_on=request_dated,
        cleared_on=cleared,
        is_periodic=periodic,
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _as_data(answer: TermAnswer) -> dict[str, Any]:  # Any: JSON
    return {
        "due": _iso(answer.due_on),
        "readings": [{"reading": reading.name, "due": _iso(reading.due_on)} for reading in answer.readings],
        "lawful_latest": _iso(answer.lawful_latest),
        "article": None if answer.source is None else answer.source.article,
        "doubts": [doubt.model_dump(mode="json") for doubt in answer.doubts],
    }


def _context(answer: TermAnswer, edition: str) -> dict[str, Any]:  # Any: JSON
    return {
        "confidence": None if answer.source is None else answer.source.confidence.value,
        "reasons": [reason.model_dump(mode="json") for reason in answer.reasons],
        "edition": edition,
    }


def _fine(verdict: TermVerdict) -> dict[str, str] | None:
    if verdict.fine is None:
        return None
    return {
        "natural_person": f"{verdict.fine.natural_person:f}",
        "legal_person": f"{verdict.fine.legal_person:f}",
        "article": verdict.fine.source.article,
    }


def _print_verdict(verdict: TermVerdict) -> None:
    match verdict.outcome:
        case TermOutcome.LAWFUL:
            words = "Lawful."
        case TermOutcome.OVER:
            words = f"Over the legal maximum by {verdict.days_over} day{'' if verdict.days_over == 1 else 's'}."
        case TermOutcome.CANNOT_TELL:
            words = "Cannot tell: see the doubts."
    click.echo(words)
    if verdict.fine is not None:
        fine, source = verdict.fine, verdict.fine.source
        click.echo(
            f"Fine, up to: {fine.natural_person:,f} EUR for a natural person, {fine.legal_person:,f} EUR for a legal "
            f"person — {source.article}"
        )


def _print_due(answer: TermAnswer) -> None:
    click.echo(f"Due: {_iso(answer.due_on) or 'not known'}")
    if len(answer.readings) > 1:
        for reading in answer.readings:
            click.echo(f"  {reading.name}: {_iso(reading.due_on) or 'not known'}")
    if answer.source is not None:
        click.echo(f"Latest lawful: {_iso(answer.lawful_latest) or 'not known'} — {answer.source.article}")


def _print_why(answer: TermAnswer) -> None:
    out = console()
    for reason in answer.reasons:
        for line in tree(reason):
            out.print("  " * (line.depth + 1) + line.text, markup=False)
    for doubt in answer.doubts:
        out.print(f"doubt: {doubt_words(doubt)}", markup=False)
