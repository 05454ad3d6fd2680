"""The routes without a court: reminders, notices, conciliation, mediation, recovery by a commissaire de justice."""

from recouvrement.domain.decision import Doubt
from recouvrement.domain.parties import TREATED_AS_CONSUMERS, DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.jurisdictions.fr.voies_competence import is_between_traders
from recouvrement.jurisdictions.fr.voies_donnees import table
from recouvrement.jurisdictions.fr.voies_reponses import Asked, closed, fact, measure, not_covered, usable
from recouvrement.law.courts import Route, RouteStatus

OFFICER = "commissaire_de_justice"
_TIME_TO_PAY = Reason.of("time_to_pay", Authority.POLICY, {"days_from": 8, "days_to": 15})
"""What letters commonly give; the statute says no more than reasonable (C. civ. art. 1231)."""


def amicable(asked: Asked) -> tuple[Route, ...]:
    """Return the routes without a court, open or closed."""
    return (
        _reminder(asked),
        _notice(asked),
        _conciliator(asked),
        _business_mediator(asked),
        _consumer_mediation(asked),
        _small_claims(asked),
        _commandement(asked),
    )


def _effect_on_time(asked: Asked) -> tuple[Reason, ...]:
    return asked.point("written_claim_restarts_four_years" if asked.is_public else "does_not_interrupt")


def _contested(asked: Asked) -> tuple[Doubt, ...]:
    # No text forbids it: to keep the contested part out of a demand is the policy of the engine.
    return (Doubt.of("contested_part_not_demanded", Authority.POLICY),) if asked.claim.is_contested else ()


def _reminder(asked: Asked) -> Route:
    return usable(asked, "relance", _effect_on_time(asked), doubts=_contested(asked))


def _notice(asked: Asked) -> Route:
    claim = asked.claim
    why = list(_effect_on_time(asked))
    if claim.debtor_kind not in {DebtorKind.BUSINESS, DebtorKind.PUBLIC}:
        why += asked.point("makes_legal_interest_run")
    why += asked.point("costs_stay_on_creditor")
    if claim.debtor_kind in TREATED_AS_CONSUMERS:
        why += asked.point("name_the_mediator")
    if claim.notice_on is not None and claim.notice_on <= asked.on:
        why.append(fact("notice_already_given", {"notice_on": claim.notice_on}))
    return usable(asked, "mise_en_demeure", why, delays=(_TIME_TO_PAY,), doubts=_contested(asked))


def _conciliator(asked: Asked) -> Route:
    if asked.is_public:
        return closed(asked, "conciliateur_de_justice", (not_covered(asked),))
    why = (*asked.point("free_of_charge"), *asked.point("may_suspend_time"))
    return usable(asked, "conciliateur_de_justice", why, court="conciliateur_de_justice")


def _business_mediator(asked: Asked) -> Route:
    why = asked.point("businesses_and_public_buyers_only")
    if asked.claim.debtor_kind not in {DebtorKind.BUSINESS, DebtorKind.PUBLIC}:
        return closed(asked, "mediateur_des_entreprises", why)
    return usable(asked, "mediateur_des_entreprises", (*why, *asked.point("may_suspend_time")))


def _consumer_mediation(asked: Asked) -> Route:
    why = asked.point("only_the_consumer_may_refer")
    if asked.claim.debtor_kind in TREATED_AS_CONSUMERS:
        why = (*why, *asked.point("name_the_mediator"))
    return closed(asked, "mediation_de_la_consommation", why)


def _small_claims(asked: Asked) -> Route:
    claim, threshold = asked.claim, table().threshold("petites_creances", asked.on)
    at = None if threshold is None else threshold.money
    against: list[Reason] = []
    doubts: tuple[Doubt, ...] = ()
    if asked.is_public:
        against.append(not_covered(asked))
    if is_between_traders(claim):
        against += asked.point("invoices_between_traders_excluded")
        doubts = tuple(one for one in asked.court.doubts if one.code == "trader_assumed")
    if not claim.is_contractual:
        against += asked.point("contractual_or_statutory_origin")
    if claim.is_contested:
        against += asked.point("silence_is_refusal")
    if asked.is_abroad:
        against.append(fact("no_officer_of_the_debtors_district", {"country": claim.debtor_country}))
    told = None if threshold is None else measure(asked, threshold, interest_counts=True)
    if told is not None and told.is_within is False:
        against.append(told.reason)
    if against:
        route = closed(asked, "petites_creances", against, court=OFFICER, at=at)
        return route._replace(doubts=(*doubts, *route.doubts))
    why = [*(() if told is None else (told.reason,))]
    why += (*asked.point("silence_is_refusal"), *asked.point("costs_stay_on_creditor"))
    is_known = told is None or told.is_within is not None
    status = RouteStatus.OPEN if is_known else RouteStatus.NEEDS
    return usable(asked, "petites_creances", why, status=status, court=OFFICER, at=at, doubts=doubts)


def _commandement(asked: Asked) -> Route:
    """Return the route of loi n° 2026-307: never open, for nothing read says how it is used."""
    row = table().point("commandement_between_traders", asked.on)
    if row is None:
        first = table().route("commandement_2026_307", asked.on).from_
        not_yet = Reason.of("not_yet_in_force", Authority.LAW, {"in_force_from": first})
        return closed(asked, "commandement_2026_307", (not_yet,), court=OFFICER)
    against: list[Reason] = []
    if not is_between_traders(asked.claim):
        against.append(row.reason({"debtor_kind": asked.claim.debtor_kind}))
    if asked.claim.is_contested:
        against += asked.point("contest_ends_commandement")
    if against:
        return closed(asked, "commandement_2026_307", against, court=OFFICER)
    why = (row.reason(), *asked.point("implementing_decree_not_found"))
    assumed = tuple(one for one in asked.court.doubts if one.code == "trader_assumed")
    unverified = RouteStatus.UNVERIFIED
    return usable(asked, "commandement_2026_307", why, status=unverified, court=OFFICER, doubts=assumed)
