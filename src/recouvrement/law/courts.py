"""Court deadlines and routes, as answers of the law of a country."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from recouvrement.domain.decision import Doubt, PathStep
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind, Insolvency
from recouvrement.domain.reasons import Reason, Source


class Holiday(NamedTuple):
    """A public holiday of one region."""

    on: date
    name: str
    is_local: bool
    """Whether it is a holiday of the region only, not of the whole country."""
    source: Source


class ProceduralDay(NamedTuple):
    """The end of a procedural period."""

    last_day: date
    """Last day on which the act is in time, moved to the next working day where the rule says so."""
    raw_end: date
    """Before any move."""
    path: tuple[PathStep, ...]
    doubts: tuple[Doubt, ...]


class Step(NamedTuple):
    """Something done or received in a procedure, from which a period runs."""

    kind: str
    """A code of the country's list, such as ``order_made`` or ``bodacc_publication``."""
    on: date
    is_abroad: bool = False
    """Whether the party whose time runs lives abroad (or overseas, for a court of the mainland)."""
    in_person: bool | None = None
    """For a service: whether it reached the addressee in person; ``None``: not known."""


class StepDeadline(NamedTuple):
    """A period that runs from a step."""

    code: str
    """Such as ``order_service``."""
    last_day: date
    safe_day: date
    """The earlier day to rely on, where the texts leave a doubt."""
    what: str
    """Code of what must be done by then, or may not be done before."""
    is_waiting: bool
    """Whether it is a time to wait (nothing may be done before it ends) rather than a time to act in."""
    path: tuple[PathStep, ...]
    doubts: tuple[Doubt, ...]


class RouteStatus(StrEnum):
    """Whether a route may be taken."""

    OPEN = "open"
    CLOSED = "closed"
    UNVERIFIED = "unverified"
    """The law exists, but what it needs in practice could not be verified."""
    NEEDS = "needs"
    """Open once something named has been done or supplied."""


class RouteFacts(NamedTuple):
    """What is known of a claim whose next steps are asked."""

    principal: Money
    interest: Money
    debtor_kind: DebtorKind
    creditor_is_trader: bool = True
    debtor_is_trader: bool | None = None
    """``None``: a business is taken as a trader, with a doubt."""
    claim: str | None = None
    """Nature of the claim where it matters: ``rent_home``, ``credit_conso``, ``bill``…"""
    is_contested: bool = False
    is_due: bool = True
    is_contractual: bool = True
    last_day: date | None = None
    """Last day before the claim is barred, if known."""
    insolvency: Insolvency | None = None
    debtor_country: str = "FR"
    is_alsace_moselle: bool = False
    court_city: str | None = None
    """Town of the debtor's court, for the pilot commercial courts."""
    attempt_made_on: date | None = None
    """Conciliation, mediation or participatory procedure already tried (CPC 750-1)."""
    notice_on: date | None = None
    """First presentation of a mise en demeure."""
    has_unpaid_cheque: bool = False


class Cost(NamedTuple):
    """A known cost of a route."""

    label: str
    amount: Decimal | None
    """``None``: exists, not known."""
    source: Source


class Route(NamedTuple):
    """One lawful next step, or why it is closed."""

    code: str
    status: RouteStatus
    court: str | None
    """Code of the court or officer."""
    threshold: Money | None
    costs: tuple[Cost, ...]
    delays: tuple[Reason, ...]
    """Times the route takes or imposes."""
    reasons: tuple[Reason, ...]
    """Why it is open or closed; what it still needs."""
    doubts: tuple[Doubt, ...]
    source: Source
