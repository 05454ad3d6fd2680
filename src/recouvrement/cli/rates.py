"""``recouvrement rates``: the rates of a half-year, each with its text."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.cli.output import Day, HalfYear, console, day_of, json_option, print_json, rates_option, stops_cleanly
from recouvrement.cli.rates_add import add
from recouvrement.cli.sums import rate_text
from recouvrement.law.rates import RateSheet, weakest
from recouvrement.render.explain import doubt_words

_LABELS = {
    "ecb_mro": "ECB main refinancing rate on the first day",
    "business_default": "between businesses, no valid clause",
    "business_clause_floor": "floor of clauses between businesses",
    "public": "public bodies, delay begun in the half-year",
    "legal_individual": "legal interest, creditor an individual",
    "legal_other": "legal interest, any other creditor",
}
"""The rates of a sheet, in the order they are shown."""


@click.group(invoke_without_command=True)
@click.option("--period", type=HalfYear(), default=None, help="Half-year, such as 2026S2.")
@click.option("--on", type=Day(), default=None, help="A day of the half-year; today in Europe/Paris when left out.")
@rates_option
@json_option
@click.pass_context
@stops_cleanly
def rates(ctx: click.Context, period: date | None, on: date | None, rates_file: Path | None, *, as_json: bool) -> None:
    """Show the late-payment rates of a half-year, each with its text and how well it was checked."""
    if ctx.invoked_subcommand is not None:
        if as_json or any(given is not None for given in (period, on, rates_file)):
            message = f"Write the options after {ctx.invoked_subcommand}."
            raise click.UsageError(message)
        return
    if period is not None and on is not None:
        message = "Give --period or --on, not both."
        raise click.UsageError(message)
    law = jurisdiction("fr", rates_file)
    sheet = law.rates(period if period is not None else day_of(on))
    if as_json:
        print_json(_as_data(sheet, law.edition))
    else:
        _print(sheet, law.edition)


rates.add_command(add)


def _figures(sheet: RateSheet) -> dict[str, str | None]:
    figures: dict[str, Decimal | None] = {
        "ecb_mro": sheet.ecb_mro,
        "business_default": sheet.business_default,
        "business_clause_floor": sheet.business_clause_floor,
        "public": sheet.public,
        "legal_individual": sheet.legal_individual,
        "legal_other": sheet.legal_other,
    }
    return {name: None if rate is None else rate_text(rate) for name, rate in figures.items()}


def _as_data(sheet: RateSheet, edition: str) -> dict[str, Any]:  # Any: JSON
    return {
        "period": sheet.period,
        **_figures(sheet),
        "confidence": sheet.confidence.value,
        "sources": [
            {
                "article": read.source.article,
                "identifier": read.source.identifier,
                "confidence": read.source.confidence.value,
                "addresses": list(read.addresses),
            }
            for read in sheet.sources
        ],
        "from": sheet.from_.isoformat(),
        "until": sheet.until.isoformat(),
        "doubts": [doubt.model_dump(mode="json") for doubt in sheet.doubts],
        "edition": edition,
    }


def _print(sheet: RateSheet, edition: str) -> None:
    through = sheet.until - timedelta(days=1)
    title = f"Rates of {sheet.period}, {sheet.from_.isoformat()} to {through.isoformat()}, law {edition}"
    table = Table(title=title, title_justify="left")
    for name in ("rate", "% a year", "text", "confidence"):
        table.add_column(name, justify="right" if name == "% a year" else "left", overflow="fold")
    for name, figure in _figures(sheet).items():
        # The text of the rule first: it serves this rate only, while a reference rate serves several.
        used = sorted((read for read in sheet.sources if name in read.rates), key=lambda read: len(read.rates))
        mark = weakest(read.source.confidence for read in used).value if figure is not None else ""
        texts = " + ".join(dict.fromkeys(read.source.article for read in used))
        table.add_row(_LABELS[name], figure or "none", escape(texts), mark)
    out = console()
    out.print(table)
    if None not in {sheet.business_default, sheet.business_clause_floor}:
        out.print("The floor binds clauses only: where there is none, the default rate is owed, even below the floor.")
    for doubt in sheet.doubts:
        out.print(f"doubt: {doubt_words(doubt)}", markup=False)
