"""The cases of one debtor with their past: the events of a journal, and the scenario they were started with."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from recouvrement.adapters.clock import utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.batch.nightly import NO_HISTORY
from recouvrement.batch.pinning import pinned_scenario
from recouvrement.cli.output import cases_of, scenario_for, scenarios_at_hand
from recouvrement.domain.case import Case
from recouvrement.scenario.model import Scenario

past_option = click.option(
    "--journal", "journal_file", type=click.Path(path_type=Path, exists=True), help="Journal with the past of the case."
)


class Followed(NamedTuple):
    """A case as it stands, and the scenario it follows."""

    case: Case
    scenario: Scenario


def followed(folder: Path, debtor: str, journal_file: Path | None, on: date) -> tuple[Followed, ...]:
    """Return the cases of a debtor with what the journal knows of them, if one is given.

    Raises ``InvalidInput`` when the debtor has no case, ``JournalError`` when the file is no journal of this creditor,
    ``ScenarioError`` when nobody has the version of the scenario that a case was started with.
    """
    portfolio, cases = cases_of(folder, debtor)
    if journal_file is None:
        return tuple(Followed(case, scenario_for(case.debtor)) for case in cases)
    found: list[Followed] = []
    with SqlJournal.open(
        journal_file, creditor_id=portfolio.creditor.id, clock=utc_now, create_absent=False
    ) as journal:
        histories = journal.histories()
        for bare in cases:
            known = histories.get(bare.id, NO_HISTORY)
            scenario = pinned_scenario(
                bare,
                known.events,
                on,
                usual=scenario_for(bare.debtor),
                at_hand=scenarios_at_hand(),
                kept=journal.scenario,
            )
            found.append(Followed(bare.with_events(known.events, version=known.version), scenario))
    return tuple(found)
