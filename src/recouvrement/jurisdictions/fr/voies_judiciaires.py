"""The routes before a French court, and the attempt to settle that some of them require first."""

from typing import NamedTuple

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.jurisdictions.fr.voies_competence import OF_TRADERS, nature
from recouvrement.jurisdictions.fr.voies_donnees import table
from recouvrement.jurisdictions.fr.voies_reponses import Asked, closed, fact, measure, not_covered, usable
from recouvrement.law.courts import Route, RouteStatus

BILL = "bill_of_exchange"
REQUIRED = "attempt_required"


class Attempt(NamedTuple):
    """Whether an attempt to settle must come first (CPC art. 750-1)."""

    is_lacking: bool
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]


def judicial(asked: Asked) -> tuple[Route, ...]:
    """Return the routes before a French court, open or closed, and the attempt that comes first."""
    lacking = attempt(asked)
    return (
        _attempt_route(asked, lacking),
        _order(asked),
        _interim(asked, lacking),
        _summons(asked, lacking),
        _application(asked, lacking),
    )


def attempt(asked: Asked) -> Attempt:
    """Return whether the attempt is required before a claim and has not been made.

    It is required before the tribunal judiciaire, up to the threshold, of proceedings from 1 October 2023. Whether
    interest counts was not read: a principal within the threshold is enough to require it.

    Sources:
        CPC art. 750-1, décret n° 2023-357.
    """
    threshold = table().threshold("tentative_amiable", asked.on)
    required = asked.point(REQUIRED)
    if asked.is_public:
        return Attempt(is_lacking=False, reasons=(not_covered(asked),), doubts=())
    if threshold is None or not required:
        return Attempt(is_lacking=False, reasons=(fact("no_attempt_required_yet", {"on": asked.on}),), doubts=())
    if asked.court.code in OF_TRADERS:
        why = asked.point("attempt_only_before_tribunal_judiciaire", {"court": asked.court.code})
        return Attempt(is_lacking=False, reasons=why, doubts=())
    told = measure(asked, threshold, interest_counts=None)
    doubts = told.doubts
    if threshold.seen_on is not None and asked.on > threshold.seen_on:
        inputs: dict[str, object] = {"threshold": threshold.money, "seen_on": threshold.seen_on}
        doubts = (*doubts, Doubt.of("threshold_may_have_changed", Authority.LAW, inputs, threshold.source))
    if told.is_within is False:
        return Attempt(is_lacking=False, reasons=(told.reason,), doubts=doubts)
    made_on = asked.claim.attempt_made_on
    if made_on is not None and made_on <= asked.on:
        return Attempt(is_lacking=False, reasons=(fact("attempt_made", {"made_on": made_on}),), doubts=doubts)
    return Attempt(is_lacking=True, reasons=(*required, told.reason), doubts=doubts)


def _attempt_route(asked: Asked, found: Attempt) -> Route:
    threshold = table().threshold("tentative_amiable", asked.on)
    at = None if threshold is None else threshold.money
    court = "conciliateur_de_justice"
    if found.is_lacking:
        return usable(asked, "tentative_amiable", found.reasons, court=court, at=at, doubts=found.doubts)
    route = closed(asked, "tentative_amiable", found.reasons, court=court, at=at)
    return route._replace(doubts=(*found.doubts, *route.doubts))


def _order(asked: Asked) -> Route:
    """Return the injonction de payer: the attempt is not required before it, and a dispute only makes it useless."""
    claim, code, court = asked.claim, "injonction_de_payer", asked.court.code
    is_bill = nature(claim) == BILL
    against: list[Reason] = []
    if asked.is_public:
        against.append(not_covered(asked))
    if asked.is_abroad:
        against += asked.point("court_of_the_debtors_home", {"country": claim.debtor_country})
    if not (claim.is_contractual or is_bill):
        against += asked.point("contractual_or_statutory_origin")
    if against:
        return closed(asked, code, against, court=None if asked.is_public else court)
    why = [asked.court.reason, *asked.point("bill_opens_the_order" if is_bill else "amount_must_be_fixed")]
    if asked.point(REQUIRED) and court not in OF_TRADERS:
        why += asked.point("attempt_not_required_for_an_order")
    why += (
        *_appeal_and_lawyer(asked),
        *asked.point("only_service_interrupts"),
        *asked.point("prefer_service_in_person"),
    )
    doubts = asked.court.doubts
    if claim.is_contested:
        why += asked.point("opposition_leads_to_trial")
        doubts = (*doubts, Doubt.of("opposition_expected", Authority.LAW, source=why[-1].source))
    return usable(asked, code, why, court=court, doubts=doubts, delays=_order_delays(asked))


def _order_delays(asked: Asked) -> tuple[Reason, ...]:
    """Return the times of an order made that day, then those of an order made within the next six months.

    They follow the date of the order, which comes after the request.
    """
    horizon = add_months(asked.on, 6, MonthEnd.CLAMP)
    now = table().delays_of("injonction_de_payer", asked.on)
    later = (row for row in table().delays if row.route == "injonction_de_payer" and asked.on < row.from_ <= horizon)
    return tuple(row.told for row in (*now, *later))


def _interim(asked: Asked, found: Attempt) -> Route:
    code = "refere_provision"
    if asked.is_public:
        return closed(asked, code, (not_covered(asked),))
    undisputed = asked.point("no_serious_dispute")
    needs = [*(undisputed if asked.claim.is_contested else ()), *(found.reasons if found.is_lacking else ())]
    why = [asked.court.reason, *(needs or (*undisputed, *found.reasons)), *_appeal_and_lawyer(asked)]
    doubts = (*_before(asked), *found.doubts)
    if found.is_lacking:
        doubts = (*doubts, Doubt.of("attempt_before_refere_unsettled", Authority.LAW, source=found.reasons[0].source))
    status = RouteStatus.NEEDS if needs else RouteStatus.OPEN
    return usable(asked, code, why, status=status, court=asked.court.code, doubts=doubts)


def _summons(asked: Asked, found: Attempt) -> Route:
    if asked.is_public:
        return closed(asked, "assignation", (not_covered(asked),))
    why = (
        asked.court.reason,
        *found.reasons,
        *asked.point("summons_must_be_lodged"),
        *_appeal_and_lawyer(asked),
    )
    status = RouteStatus.NEEDS if found.is_lacking else RouteStatus.OPEN
    doubts = (*_before(asked), *found.doubts)
    return usable(asked, "assignation", why, status=status, court=asked.court.code, doubts=doubts)


def _application(asked: Asked, found: Attempt) -> Route:
    code, court = "requete", asked.court.code
    threshold = table().threshold(code, asked.on)
    if asked.is_public or threshold is None:
        return closed(asked, code, (not_covered(asked),))
    if court in OF_TRADERS:
        why = asked.point("lodged_at_tribunal_judiciaire", {"court": court})
        return closed(asked, code, why, court=court, at=threshold.money)
    # The whole demand is tested: a demand over the threshold lodged this way would be refused, not lost elsewhere.
    told = measure(asked, threshold, interest_counts=True)
    if told.is_within is False:
        return closed(asked, code, (told.reason,), court=court, at=threshold.money)
    reasons = (asked.court.reason, told.reason, *found.reasons)
    status = RouteStatus.NEEDS if found.is_lacking or told.is_within is None else RouteStatus.OPEN
    doubts = (*_before(asked), *found.doubts)
    return usable(asked, code, reasons, status=status, court=court, at=threshold.money, doubts=doubts)


def _before(asked: Asked) -> tuple[Doubt, ...]:
    """Return the doubts about the court, and about French courts when the debtor lives abroad."""
    if not asked.is_abroad:
        return asked.court.doubts
    return (*asked.court.doubts, jurisdiction_not_covered(asked))


def jurisdiction_not_covered(asked: Asked) -> Doubt:
    """Return the doubt of a debtor abroad: whether a French court may hear the claim was not read."""
    return Doubt.of("international_jurisdiction_not_covered", Authority.LAW, {"country": asked.claim.debtor_country})


def _appeal_and_lawyer(asked: Asked) -> tuple[Reason, ...]:
    told: list[Reason] = []
    for name, within, over in (
        ("avocat", "lawyer_not_required", "lawyer_may_be_required"),
        ("dernier_ressort", "no_appeal", "appeal_possible"),
    ):
        threshold = table().threshold(name, asked.on)
        if threshold is None or asked.demanded.currency != threshold.money.currency:
            continue
        code = within if asked.demanded <= threshold.money else over
        told.append(threshold.reason({"demanded": asked.demanded, "threshold": threshold.money}, code=code))
    return tuple(told)
