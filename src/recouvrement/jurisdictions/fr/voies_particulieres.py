"""The routes of special cases: European procedures, unpaid cheques, insolvency, public debtors."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.jurisdictions.fr.jours import next_working_day
from recouvrement.jurisdictions.fr.procedure import declaration_de_creance
from recouvrement.jurisdictions.fr.voies_amiables import OFFICER
from recouvrement.jurisdictions.fr.voies_donnees import table
from recouvrement.jurisdictions.fr.voies_judiciaires import jurisdiction_not_covered
from recouvrement.jurisdictions.fr.voies_reponses import Asked, closed, fact, measure, not_covered, usable
from recouvrement.law.courts import Route, RouteStatus

DECLARATION, RELIEF = "declaration_de_creance", "releve_de_forclusion"
_DENMARK = "DK"


def special(asked: Asked) -> tuple[Route, ...]:
    """Return the routes of special cases, open or closed."""
    return (
        _european_order(asked),
        _european_small_claim(asked),
        _cheque(asked),
        _declaration(asked),
        _relief(asked),
        _interest_of_right(asked),
        _administrative_court(asked),
    )


def insolvency_open(asked: Asked) -> Insolvency | None:
    """Return the insolvency proceedings open on the day asked, if any."""
    found = asked.claim.insolvency
    if found is None or found.opened_on > asked.on or (found.closed_on is not None and found.closed_on <= asked.on):
        return None
    return found


def _across_borders(asked: Asked, denmark: str) -> list[Reason]:
    country = asked.claim.debtor_country
    if not asked.is_abroad or country not in table().european_union:
        return [*asked.point("cross_border_only", {"country": country})]
    return [*asked.point(denmark)] if country == _DENMARK else []


def _european_order(asked: Asked) -> Route:
    code, court = "injonction_europeenne", asked.court.code
    against = _across_borders(asked, "order_not_for_denmark")
    if asked.is_public:
        against.append(not_covered(asked))
    if against:
        return closed(asked, code, against)
    doubts = (*asked.court.doubts, jurisdiction_not_covered(asked))
    if asked.claim.is_contested:
        doubts = (*doubts, Doubt.of("opposition_expected", Authority.LAW))
    why = (asked.court.reason, *asked.point("cross_border_only", {"country": asked.claim.debtor_country}))
    return usable(asked, code, why, court=court, doubts=doubts)


def _european_small_claim(asked: Asked) -> Route:
    code, threshold = "petit_litige_europeen", table().threshold("petit_litige_europeen", asked.on)
    against = _across_borders(asked, "small_claims_not_for_denmark")
    if asked.is_public or threshold is None:
        against.append(not_covered(asked))
    if against or threshold is None:
        return closed(asked, code, against, at=None if threshold is None else threshold.money)
    told = measure(asked, threshold, interest_counts=True)
    if told.is_within is False:
        return closed(asked, code, (told.reason,), at=threshold.money)
    status = RouteStatus.OPEN if told.is_within else RouteStatus.NEEDS
    doubts = (*asked.court.doubts, jurisdiction_not_covered(asked))
    why = (asked.court.reason, told.reason)
    return usable(asked, code, why, status=status, court=asked.court.code, at=threshold.money, doubts=doubts)


def _cheque(asked: Asked) -> Route:
    code = "cheque_impaye"
    if asked.is_public:
        return closed(asked, code, (not_covered(asked),))
    if not asked.claim.has_unpaid_cheque:
        return closed(asked, code, (fact("no_unpaid_cheque"),))
    why = (*asked.point("certificate_of_non_payment"), *asked.point("costs_on_the_drawer"))
    doubts = (jurisdiction_not_covered(asked),) if asked.is_abroad else ()
    return usable(asked, code, why, court=OFFICER, doubts=doubts)


class _Window(NamedTuple):
    """The times to declare a claim."""

    last_day: date
    extended: date
    """Moved to the next working day (CPC art. 642)."""
    relief: date | None
    """Last day to ask for relief from forclusion."""


def _window(asked: Asked, insolvency: Insolvency) -> _Window | None:
    deadline = declaration_de_creance(insolvency)
    if deadline is None or insolvency.published_on is None:
        return None
    months = next((row.months for row in table().delays_of(RELIEF, asked.on)), None)
    relief = None if months is None else add_months(insolvency.published_on, months, MonthEnd.CLAMP)
    return _Window(deadline.last_day, next_working_day(deadline.last_day), relief)


def _declaration(asked: Asked) -> Route:
    insolvency = insolvency_open(asked)
    if insolvency is None:
        return closed(asked, DECLARATION, (fact("no_insolvency"),))
    if insolvency.kind is InsolvencyKind.SURENDETTEMENT:
        return closed(asked, DECLARATION, asked.point("over_indebtedness_stop", {"opened_on": insolvency.opened_on}))
    inputs: dict[str, object] = {"kind": insolvency.kind, "opened_on": insolvency.opened_on}
    window = _window(asked, insolvency)
    doubts: list[Doubt] = [Doubt.of("born_before_opening_assumed", Authority.LAW, {"opened_on": insolvency.opened_on})]
    if window is None:
        doubts.append(Doubt.of("publication_unknown", Authority.LAW, {"opened_on": insolvency.opened_on}))
    elif asked.on > window.extended:
        route = closed(asked, DECLARATION, (fact("declaration_time_past", {"last_day": window.extended}),))
        return route._replace(
            doubts=(Doubt.of("creditor_abroad_has_longer", Authority.LAW, {"last_day": window.extended}),)
        )
    elif asked.on > window.last_day:
        doubts.append(
            Doubt.of(
                "relies_on_working_day_extension",
                Authority.LAW,
                {"last_day": window.last_day, "until": window.extended},
            )
        )
    delays = () if window is None else (table().route(DECLARATION, asked.on).reason({"last_day": window.last_day}),)
    why = asked.point("individual_suits_are_stopped", inputs)
    return usable(asked, DECLARATION, why, court="mandataire_judiciaire", doubts=doubts, delays=delays)


def _relief(asked: Asked) -> Route:
    insolvency = insolvency_open(asked)
    if insolvency is None or insolvency.kind is InsolvencyKind.SURENDETTEMENT:
        return closed(asked, RELIEF, (fact("no_insolvency"),))
    window = _window(asked, insolvency)
    if window is None:
        why = (fact("publication_unknown", {"opened_on": insolvency.opened_on}),)
        return usable(asked, RELIEF, why, status=RouteStatus.NEEDS, court="juge_commissaire")
    if asked.on <= window.last_day:
        return closed(asked, RELIEF, (fact("declaration_still_possible", {"last_day": window.last_day}),))
    if window.relief is None or asked.on > window.relief:
        return closed(asked, RELIEF, (fact("relief_time_past", {"last_day": window.relief}),))
    why = (fact("declaration_time_past", {"last_day": window.last_day, "relief_until": window.relief}),)
    conditions = Doubt.of("relief_conditions_not_read", Authority.LAW)
    return usable(asked, RELIEF, why, court="juge_commissaire", doubts=(conditions,))


def _interest_of_right(asked: Asked) -> Route:
    if not asked.is_public:
        return closed(asked, "interets_de_plein_droit", (fact("not_a_public_body"),))
    return usable(asked, "interets_de_plein_droit", asked.point("due_without_request"))


def _administrative_court(asked: Asked) -> Route:
    """Return the recourse against a public body: named, not described, for its rules were not read."""
    if not asked.is_public:
        return closed(asked, "recours_administratif", (fact("not_a_public_body"),))
    return usable(asked, "recours_administratif", (not_covered(asked),), status=RouteStatus.UNVERIFIED)
