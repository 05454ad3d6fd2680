"""``recouvrement explain`` and ``recouvrement replay``: why a decision is what it is, today or on a past night."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from recouvrement.adapters.clock import utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.batch.replay import Replayed, replayed
from recouvrement.cli.followed import Follower, past_option
from recouvrement.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    day_of,
    json_option,
    on_option,
    portfolio_argument,
    print_json,
    rates_option,
    stops_cleanly,
)
from recouvrement.cli.scenario_choice import scenario_options, starting
from recouvrement.domain.decision import Decision
from recouvrement.engine import decide as engine
from recouvrement.render.explanation import LANGUAGES, LanguageCode, explanation, lines

lang_option = click.option(
    "--lang", "language", type=click.Choice(list(LANGUAGES)), default="fr", show_default=True, help="Language."
)


@click.command()
@portfolio_argument
@click.argument("debtor")
@on_option
@past_option
@scenario_options
@rates_option
@lang_option
@json_option
@stops_cleanly
def explain(
    portfolio: Path,
    debtor: str,
    on: date | None,
    journal_file: Path | None,
    scenarios_folder: Path | None,
    segments_file: Path | None,
    rates_file: Path | None,
    language: LanguageCode,
    *,
    as_json: bool,
) -> None:
    """Tell why each thing is done, or not done, for one DEBTOR of PORTFOLIO; nothing is written."""
    day = day_of(on)
    law = jurisdiction("fr", rates_file)
    pasts = Follower(day, law, starting(scenarios_folder, segments_file)).debtor(portfolio, debtor, journal_file)
    decisions = [engine.decide(past.case, day, scenario=past.scenario, law=law) for past in pasts]
    if as_json:
        print_json([_told(decision, language) for decision in decisions])
        return
    _print(decisions, language)


@click.command()
@click.argument("journal", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("case")
@on_option
@click.option("--explain", "with_reasons", is_flag=True, help="Tell the reasons of each decision as well.")
@lang_option
@json_option
@stops_cleanly
def replay(
    journal: Path, case: str, on: date | None, language: LanguageCode, *, with_reasons: bool, as_json: bool
) -> None:
    """Make the decisions of a past night again from JOURNAL, and compare them byte for byte.

    CASE is creditor/debtor/currency, as the nightly report and `decide` name it. Exit code 0 when every decision of
    that date is identical, 1 when one differs, 2 when it cannot be made again.
    """
    day = day_of(on)
    with SqlJournal.open(journal, creditor_id=_creditor(case), clock=utc_now, create_absent=False) as opened:
        found = replayed(opened, case, day, law=jurisdiction("fr"))
    if as_json:
        print_json([_as_data(one, language, with_reasons=with_reasons) for one in found])
    else:
        for one in found:
            _compare(one)
            if with_reasons:
                _print([one.decision], language)
    sys.exit(ALL_WELL if all(one.is_identical for one in found) else SOME_FAILED)


def _creditor(case_id: str) -> str:
    """Return the creditor that a case identifier names, unquoted."""
    return case_id.partition("/")[0].replace("%2F", "/").replace("%25", "%")


def _print(decisions: Iterable[Decision], language: LanguageCode) -> None:
    for decision in decisions:
        for line in lines(explanation(decision, language), language):
            click.echo(line)


def _compare(one: Replayed) -> None:
    record = one.record
    verdict = "identical" if one.is_identical else "differs"
    click.echo(f"{record.case_id}, {record.on.isoformat()}, decision {record.number}: {verdict}")
    click.echo(f"  kept       {record.decision_hash}")
    click.echo(f"  made again {one.decision_hash}")
    for change in one.differences:
        click.echo(f"  {change.what.replace('_', ' ')}: {change.then} then, {change.now} now")
    if not one.is_identical and one.is_same_but_for_stamps:
        click.echo("  nothing else differs: the decision itself is the same")


def _as_data(one: Replayed, language: LanguageCode, *, with_reasons: bool) -> dict[str, Any]:  # Any: JSON
    record = one.record
    data = {
        "case": record.case_id,
        "on": record.on.isoformat(),
        "number": record.number,
        "case_version": record.case_version,
        "identical": one.is_identical,
        "same_but_for_stamps": one.is_same_but_for_stamps,
        "kept_hash": record.decision_hash,
        "hash": one.decision_hash,
        "differences": [change._asdict() for change in one.differences],
        "decision": one.decision.model_dump(mode="json"),
    }
    return data | ({"explanation": explanation(one.decision, language).as_data()} if with_reasons else {})


def _told(decision: Decision, language: LanguageCode) -> dict[str, Any]:  # Any: JSON
    return {
        "case": decision.case_id,
        "on": decision.on.isoformat(),
        "language": language,
        "explanation": explanation(decision, language).as_data(),
    }
