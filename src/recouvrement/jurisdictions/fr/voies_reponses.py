"""How a route is answered: the question, the amount against a threshold, and the doubts weak sources raise."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.parametres import weak_source
from recouvrement.jurisdictions.fr.voies_competence import Court
from recouvrement.jurisdictions.fr.voies_donnees import CURRENCY, Threshold, table
from recouvrement.law.courts import Cost, Route, RouteFacts, RouteStatus

FRENCH_TERRITORIES = frozenset({"FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"})
"""ISO 3166-1 codes of France, overseas included."""


class Asked(NamedTuple):
    """The question every route answers."""

    claim: RouteFacts
    on: date
    demanded: Money
    """Principal and interest."""
    court: Court
    """The court between these parties, for this claim."""

    @property
    def is_public(self) -> bool:
        """Whether the debtor is a public body."""
        return self.claim.debtor_kind is DebtorKind.PUBLIC

    @property
    def is_abroad(self) -> bool:
        """Whether the debtor lives outside France."""
        return self.claim.debtor_country not in FRENCH_TERRITORIES

    def point(self, code: str, inputs: Mapping[str, object] | None = None) -> tuple[Reason, ...]:
        """Return what a text says that day, as a reason; nothing when it is not in force."""
        row = table().point(code, self.on)
        return () if row is None else (row.reason(inputs),)


class Measure(NamedTuple):
    """The amount demanded against a threshold."""

    is_within: bool | None
    """``None``: not in euros."""
    reason: Reason
    doubts: tuple[Doubt, ...]


def measure(asked: Asked, threshold: Threshold, *, interest_counts: bool | None) -> Measure:
    """Return whether the demand is within a threshold, the threshold itself included.

    ``interest_counts`` is ``None`` where no text read says whether interest counts: the principal alone is then
    tested, and a demand that interest alone takes over the threshold raises a doubt.
    """
    tested = asked.demanded if interest_counts else asked.claim.principal
    inputs: dict[str, object] = {"tested": tested, "threshold": threshold.money}
    if tested.currency != CURRENCY:
        return Measure(None, threshold.reason(inputs, code="threshold_in_another_currency"), ())
    is_within = tested <= threshold.money
    doubts: tuple[Doubt, ...] = ()
    if interest_counts is None and is_within and asked.demanded > threshold.money:
        doubts = (
            Doubt.of(
                "interest_in_threshold_unsettled",
                Authority.LAW,
                {**inputs, "demanded": asked.demanded},
                threshold.source,
            ),
        )
    return Measure(
        is_within, threshold.reason(inputs, code="within_threshold" if is_within else "over_threshold"), doubts
    )


def fact(code: str, inputs: Mapping[str, object] | None = None) -> Reason:
    """Return a reason that rests on the facts given."""
    return Reason.of(code, Authority.FACT, inputs)


def not_covered(asked: Asked) -> Reason:
    """Return why nothing is said of a debtor whose courts were not read."""
    return Reason.of("not_covered", Authority.LAW, {"debtor_kind": asked.claim.debtor_kind})


def closed(
    asked: Asked, code: str, why: Iterable[Reason], *, court: str | None = None, at: Money | None = None
) -> Route:
    """Return a route that may not be taken. It shows neither times nor costs."""
    reasons = tuple(why)
    row = table().route(code, asked.on)
    doubts = _weak(reason.source for reason in reasons)
    return Route(code, RouteStatus.CLOSED, court, at, (), (), reasons, doubts, row.source)


def usable(
    asked: Asked,
    code: str,
    why: Iterable[Reason],
    *,
    status: RouteStatus = RouteStatus.OPEN,
    court: str | None = None,
    at: Money | None = None,
    delays: Iterable[Reason] | None = None,
    doubts: Iterable[Doubt] = (),
) -> Route:
    """Return a route with its times and costs, and a doubt for each source that is not firm.

    ``delays`` takes the place of those of the table.
    """
    row, reasons = table().route(code, asked.on), tuple(why)
    times = tuple(delay.told for delay in table().delays_of(code, asked.on)) if delays is None else tuple(delays)
    costs = table().costs_of(code, court, asked.demanded, asked.on)
    conflicts, agreed = _conflicts(costs)
    quoted = (row.source, *(reason.source for reason in (*reasons, *times)), *(cost.source for cost in agreed))
    raised = (*doubts, *conflicts, *_contributions(costs, code), *_weak(quoted))
    return Route(code, status, court, at, costs, times, reasons, tuple(dict.fromkeys(raised)), row.source)


def _weak(sources: Iterable[Source | None]) -> tuple[Doubt, ...]:
    return tuple(doubt for source in dict.fromkeys(sources) if source is not None for doubt in weak_source(source))


def _conflicts(costs: tuple[Cost, ...]) -> tuple[tuple[Doubt, ...], tuple[Cost, ...]]:
    """Return a doubt for each cost whose sources give different figures, and the costs no source contradicts."""
    raised: list[Doubt] = []
    agreed: list[Cost] = []
    for label, group in groupby(costs, key=lambda cost: cost.label):
        same = tuple(group)
        if len({cost.amount for cost in same}) == 1:
            agreed += same
            continue
        inputs: dict[str, object] = {
            "cost": label,
            "amounts": tuple(cost.amount for cost in same),
            "values": tuple(cost.source.identifier for cost in same),
        }
        raised.append(Doubt.of("cost_conflict", Authority.LAW, inputs))
    return tuple(raised), tuple(agreed)


def _contributions(costs: tuple[Cost, ...], route: str) -> tuple[Doubt, ...]:
    """Return what is not known of contributions: whether they are owed, and which."""
    raised: list[Doubt] = []
    aid = next((cost for cost in costs if cost.label == "legal_aid_contribution"), None)
    if aid is not None:
        raised.append(
            Doubt.of(
                "contribution_start_unsettled", Authority.LAW, {"readings": ("2026-03-01", "2026-05-01")}, aid.source
            )
        )
        if route == "injonction_de_payer":
            exempt = Source(article="CGI art. 1635 bis Q III 7°", confidence=Confidence.UNVERIFIED)
            raised.append(Doubt.of("contribution_exemption_unverified", Authority.LAW, {"cost": aid.label}, exempt))
    economic = next((cost for cost in costs if cost.label.startswith("economic_contribution")), None)
    if economic is not None:
        inputs = {
            "missing": ("employees", "turnover", "profit"),
            "exempt": ("fewer_than_250_employees", "state_and_local_bodies"),
        }
        raised.append(Doubt.of("economic_contribution_depends", Authority.LAW, inputs, economic.source))
    return tuple(raised)
