"""Cases with their past: the events of a journal, and the scenario they were started with."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from recouvrement.adapters.clock import utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.batch.nightly import NO_HISTORY
from recouvrement.batch.pinning import KeptScenario, nothing_kept
from recouvrement.batch.portfolio import Failure
from recouvrement.batch.starting import Starting
from recouvrement.cli.output import cases_of
from recouvrement.domain.case import Case
from recouvrement.errors import RecouvrementError
from recouvrement.journal.protocol import CaseHistory
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.scenario.model import Scenario

past_option = click.option(
    "--journal", "journal_file", type=click.Path(path_type=Path, exists=True), help="Journal with the past of the case."
)


class Followed(NamedTuple):
    """A case as it stands, and the scenario it follows."""

    case: Case
    scenario: Scenario


class Follower(NamedTuple):
    """What tells the scenario of a case on a date."""

    on: date
    law: Jurisdiction
    starting: Starting

    def debtor(self, folder: Path, debtor: str, journal_file: Path | None) -> tuple[Followed, ...]:
        """Return the cases of a debtor with what the journal knows of them, if one is given.

        Raises ``InvalidInput`` when the debtor has no case; otherwise as ``cases``.
        """
        portfolio, cases = cases_of(folder, debtor)
        return self.cases(cases, journal_file, portfolio.creditor.id)

    def cases(
        self,
        cases: Iterable[Case],
        journal_file: Path | None,
        creditor_id: str,
        failures: list[Failure] | None = None,
    ) -> tuple[Followed, ...]:
        """Return cases with their past and the scenario each follows; the journal is only read.

        Raises ``JournalError`` when the file is no journal of this creditor, ``ScenarioError`` when nobody has the
        version of the scenario that a case was started with: with ``failures``, a row of it instead.
        """
        if journal_file is None:
            return self._all(cases, {}, nothing_kept, failures)
        with SqlJournal.open(journal_file, creditor_id=creditor_id, clock=utc_now, create_absent=False) as journal:
            return self._all(cases, journal.histories(), journal.scenario, failures)

    def _all(
        self,
        cases: Iterable[Case],
        histories: Mapping[str, CaseHistory],
        kept: KeptScenario,
        failures: list[Failure] | None,
    ) -> tuple[Followed, ...]:
        found: list[Followed] = []
        for case in cases:
            try:
                found.append(self._one(case, histories.get(case.id, NO_HISTORY), kept))
            except RecouvrementError as fault:
                if failures is None:
                    raise
                failures.append(Failure(fault, case.debtor.id))
        return tuple(found)

    def _one(self, bare: Case, known: CaseHistory, kept: KeptScenario) -> Followed:
        case = bare.with_events(known.events, version=known.version) if known.events else bare
        return Followed(case, self.starting.scenario_of(bare, known.events, self.on, self.law, kept).scenario)
