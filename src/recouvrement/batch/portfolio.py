"""A portfolio: the cases of one creditor as they were read tonight, and what could not be read."""

from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.parties import Creditor
from recouvrement.errors import RecouvrementError


class Failure(NamedTuple):
    """Something that could not be processed; it stops its own case and nothing else."""

    error: RecouvrementError
    debtor_id: str | None = None
    """Debtor whose cases are left alone tonight because of it; ``None`` when no debtor can be named."""


class Portfolio(NamedTuple):
    """What was read: whole cases, and failures. No case of a debtor named by a failure is among ``cases``."""

    creditor: Creditor
    cases: tuple[Case, ...]
    failures: tuple[Failure, ...]
