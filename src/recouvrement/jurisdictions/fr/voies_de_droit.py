"""What may be done next with a claim: every lawful route, open or closed, and why."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import TREATED_AS_CONSUMERS, DebtorKind, InsolvencyKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.interets_legaux import debtor_kind_unknown
from recouvrement.jurisdictions.fr.voies_amiables import amicable
from recouvrement.jurisdictions.fr.voies_competence import competent_court, is_pilot_town
from recouvrement.jurisdictions.fr.voies_donnees import table
from recouvrement.jurisdictions.fr.voies_judiciaires import REQUIRED, judicial
from recouvrement.jurisdictions.fr.voies_particulieres import DECLARATION, RELIEF, insolvency_open, special
from recouvrement.jurisdictions.fr.voies_reponses import Asked, closed, fact
from recouvrement.law.courts import Route, RouteFacts, RouteStatus

LEAD_DAYS: Final = 60
"""Policy: days it takes to have a judge or an officer act. No text sets it; the times of the law are added to it."""


class _Gate(NamedTuple):
    """Why routes are closed whatever their own conditions, and which stay as they are."""

    reasons: tuple[Reason, ...]
    spared: frozenset[str]
    doubts: tuple[Doubt, ...] = ()


def routes(claim: RouteFacts, on: date) -> tuple[Route, ...]:
    """Return every route, open or closed, in the order they are usually tried.

    A time-barred claim, insolvency of the debtor and a debt not yet due close routes whatever their own conditions.
    Each source that is not firm raises a ``weak_source`` doubt on the routes that rest on it. A route is never given
    as open because something is not known of it.

    Raises ``InvalidInput`` for facts that contradict each other, ``NotCovered`` for a day outside the table.

    >>> from recouvrement.domain.money import Money
    >>> claim = RouteFacts(Money.of("4200", "EUR"), Money.of("0", "EUR"), DebtorKind.BUSINESS, debtor_is_trader=True)
    >>> [route.code for route in routes(claim, date(2026, 11, 23)) if route.status is RouteStatus.OPEN][4:]
    ['injonction_de_payer', 'refere_provision', 'assignation']

    Sources:
        CPC art. 750-1, 756, 835, 873, 1405 to 1422; CPCE art. L125-1, L126-1 to L126-5; C. com. art. L622-21,
        L622-24, L721-3; C. conso. art. L612-1; CMF art. L131-73; règl. 1896/2006 and 861/2007.
    """
    table().refuse_uncovered(on)
    _refuse_contradictions(claim)
    demanded = claim.principal + claim.interest
    asked = Asked(claim, on, demanded, competent_court(claim, demanded, on))
    gate = _barred(asked) or _insolvent(asked) or _not_due(asked)
    unknown = (debtor_kind_unknown(),) if claim.debtor_kind is DebtorKind.UNKNOWN else ()
    answered = (*amicable(asked), *judicial(asked), *special(asked))
    return tuple(_with_doubts(_gated(asked, route, gate), asked, unknown) for route in answered)


def _refuse_contradictions(claim: RouteFacts) -> None:
    if claim.principal.amount < 0 or claim.interest.amount < 0 or not claim.principal + claim.interest:
        raise InvalidInput(
            where="principal, interest",
            found=f"{claim.principal} and {claim.interest}",
            hint="Give what is owed: nothing negative, and not zero in all.",
        )
    if claim.debtor_kind is DebtorKind.CONSUMER and claim.debtor_is_trader:
        raise InvalidInput(
            where="debtor_is_trader",
            found="a consumer who is a trader",
            hint="A trader who bought for its business is a business; otherwise leave the mark out.",
        )
    if claim.is_alsace_moselle and is_pilot_town(claim.court_city):
        raise InvalidInput(
            where="court_city",
            found=f"{claim.court_city!r} is not in Alsace-Moselle",
            hint="Remove the town or the mark of Alsace-Moselle.",
        )


def _barred(asked: Asked) -> _Gate | None:
    last_day, kind = asked.claim.last_day, asked.claim.debtor_kind
    if last_day is None or asked.on <= last_day:
        return None
    inputs: dict[str, object] = {"last_day": last_day}
    if kind in TREATED_AS_CONSUMERS:
        return _Gate(asked.point("barred_for_a_consumer", inputs), frozenset())
    code = "barred_for_a_public_body" if kind is DebtorKind.PUBLIC else "barred_only_the_debtor_may_plead"
    human = Reason.of("a_human_decides", Authority.POLICY)
    return _Gate((*asked.point(code, inputs), human), frozenset())


def _insolvent(asked: Asked) -> _Gate | None:
    insolvency = insolvency_open(asked)
    if insolvency is None:
        return None
    inputs: dict[str, object] = {"kind": insolvency.kind, "opened_on": insolvency.opened_on}
    if insolvency.kind is InsolvencyKind.SURENDETTEMENT:
        # The stop is of enforcement and payment; whether a court may still fix the claim was not read, and time runs.
        title = Doubt.of("title_during_over_indebtedness_not_read", Authority.LAW, {"opened_on": insolvency.opened_on})
        return _Gate(asked.point("over_indebtedness_stop", inputs), frozenset(), (title,))
    born = Doubt.of("born_before_opening_assumed", Authority.LAW, {"opened_on": insolvency.opened_on})
    return _Gate(asked.point("individual_suits_are_stopped", inputs), frozenset({DECLARATION, RELIEF}), (born,))


def _not_due(asked: Asked) -> _Gate | None:
    return None if asked.claim.is_due else _Gate((fact("not_due"),), frozenset({"relance", DECLARATION, RELIEF}))


def _gated(asked: Asked, route: Route, gate: _Gate | None) -> Route:
    if gate is None or route.code in gate.spared:
        return route
    own = route.reasons if route.status is RouteStatus.CLOSED else ()
    shut = closed(asked, route.code, dict.fromkeys((*gate.reasons, *own)), court=route.court, at=route.threshold)
    return shut._replace(doubts=(*gate.doubts, *shut.doubts))


def _with_doubts(route: Route, asked: Asked, more: tuple[Doubt, ...]) -> Route:
    near = () if route.status is RouteStatus.CLOSED else _near(route, asked)
    return route._replace(doubts=(*near, *more, *route.doubts)) if near or more else route


def _near(route: Route, asked: Asked) -> tuple[Doubt, ...]:
    """Return a doubt when time may end before the act of the route that stops it, naming that act."""
    last_day, row = asked.claim.last_day, table().route(route.code, asked.on)
    if last_day is None:
        return ()
    months = row.wait_months or 0
    if any(reason.code == REQUIRED for reason in route.reasons) and route.code != "tentative_amiable":
        months += table().route("tentative_amiable", asked.on).wait_months or 0
    reach = add_months(asked.on, months, MonthEnd.CLAMP) + timedelta(days=(row.wait_days or 0) + LEAD_DAYS)
    if last_day > reach:
        return ()
    written = asked.is_public and route.code in _WRITTEN
    inputs: dict[str, object] = {
        "last_day": last_day,
        "interrupted_by": "written_claim" if written else row.interrupted_by,
        "needed_until": reach,
        "lead_days": LEAD_DAYS,
    }
    return (Doubt.of("limitation_near", Authority.POLICY, inputs, row.source),)


_WRITTEN: Final = frozenset({"relance", "mise_en_demeure"})
"""Written demands, which restart the four years of a public debtor (loi n° 68-1250 art. 2)."""
