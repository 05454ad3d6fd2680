"""What the commands share: dates on the command line, errors, JSON."""

import functools
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

import click
from rich.console import Console

from recouvrement.adapters.clock import today_in_paris
from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.adapters.portfolio.cells import FIRST_YEAR, LAST_YEAR, parse_date
from recouvrement.batch.portfolio import Portfolio
from recouvrement.domain.case import Case
from recouvrement.domain.parties import Debtor, DebtorKind
from recouvrement.errors import InvalidInput, RecouvrementError
from recouvrement.scenario.model import Scenario
from recouvrement.scenario.reading import builtin

ALL_WELL, SOME_FAILED, UNUSABLE = 0, 1, 2
"""Exit codes; ``entry`` has that of an interruption."""

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Day(click.ParamType[date]):
    """A date written 2026-11-23 or 23/11/2026."""

    name = "date"

    def __init__(self, first_year: int = FIRST_YEAR) -> None:
        self.first_year = first_year

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail with what was found."""
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value), where="date", first_year=self.first_year)
        except InvalidInput as fault:
            self.fail(f"{fault.found}: {fault.hint}", param, ctx)


class HalfYear(click.ParamType[date]):
    """A half-year written 2026S2, 2026-S2 or S2 2026; its value is the first day."""

    name = "half-year"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the first day, or fail with what was found."""
        if isinstance(value, date):
            return value
        year_first = re.sub(r"^(S[12])[ -]?([0-9]{4})$", r"\2\1", str(value).strip().upper())
        found = re.fullmatch(r"([0-9]{4})[ -]?S([12])", year_first)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            self.fail(f"{value!r} is not a half-year of {FIRST_YEAR} to {LAST_YEAR}: write it like 2026S2.", param, ctx)
        return date(int(found[1]), 1 if found[2] == "1" else 7, 1)


on_option = click.option(
    "--on", type=Day(), default=None, help="Date of the decision; today in Europe/Paris when left out."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON; amounts, rates and dates are strings.")
rates_option = click.option(
    "--rates",
    "rates_file",
    type=click.Path(path_type=Path),
    help="File of official rates entered since the edition of the law, made by `recouvrement rates add`.",
)
portfolio_argument = click.argument("portfolio", type=click.Path(path_type=Path))


def day_of(on: date | None) -> date:
    """Return the date asked for, or today in Paris: the only place where the clock decides anything."""
    return on if on is not None else today_in_paris()


def console() -> Console:
    """Return the console for people, on standard output."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 160)


def print_json(data: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def stops_cleanly(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turn an error of the library into one message and exit code 2; with ``--json`` the message is JSON."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except RecouvrementError as fault:
            fail(fault, as_json=bool(kwargs.get("as_json")))

    return run


def fail(fault: RecouvrementError, *, as_json: bool) -> NoReturn:
    """Print an error and end with exit code 2."""
    if as_json:
        print_json({"error": fault.as_row()})
    else:
        click.echo(f"error [{fault.code}] {fault}", err=True)
    sys.exit(UNUSABLE)


def cases_of(folder: Path, debtor_id: str) -> tuple[Portfolio, tuple[Case, ...]]:
    """Return the cases of one debtor.

    Raises ``InvalidInput`` when there is none, and the first failure of that debtor when its data cannot be trusted.
    """
    portfolio = read_portfolio(folder)
    for failure in portfolio.failures:
        if failure.debtor_id == debtor_id:
            raise failure.error
    cases = tuple(case for case in portfolio.cases if case.debtor.id == debtor_id)
    if not cases:
        known = sorted({case.debtor.id for case in portfolio.cases})
        raise InvalidInput(
            where=f"{folder}, debtor {debtor_id!r}",
            found="no case for this debtor",
            hint=f"Debtors with invoices: {', '.join(known[:8])}{'…' if len(known) > 8 else ''}.",
        )
    return portfolio, cases


def scenario_for(debtor: Debtor) -> Scenario:
    """Return the built-in scenario written for the kind of debtor."""
    match debtor.kind:
        case DebtorKind.BUSINESS:
            return builtin("standard_b2b")
        case DebtorKind.PUBLIC:
            return builtin("secteur_public")
        case DebtorKind.CONSUMER | DebtorKind.NON_PROFESSIONAL | DebtorKind.UNKNOWN:
            return builtin("consommateur")
