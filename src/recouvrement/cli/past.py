"""Cases as they were read, with what the journal holds of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from recouvrement.adapters.clock import utc_now
from recouvrement.adapters.journal_sql import SqlJournal
from recouvrement.batch.nightly import NO_HISTORY
from recouvrement.domain.case import Case


def with_past(cases: Iterable[Case], journal_file: Path | None, *, creditor_id: str) -> Iterator[Case]:
    """Yield the cases with their history; as they are when there is no journal. The journal is only read."""
    if journal_file is None:
        yield from cases
        return
    with SqlJournal.open(journal_file, creditor_id=creditor_id, clock=utc_now, create_absent=False) as journal:
        histories = journal.histories()
    for case in cases:
        past = histories.get(case.id, NO_HISTORY)
        yield case.with_events(past.events, version=past.version)
