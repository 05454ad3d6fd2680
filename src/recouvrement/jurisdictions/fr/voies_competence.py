"""Which court: commercial, civil, of protection, by the parties and the claim."""

import unicodedata
from datetime import date
from typing import Final, NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.jurisdictions.fr.regimes_de_prescription import regime_for, regime_named, regimes_table
from recouvrement.jurisdictions.fr.voies_donnees import table
from recouvrement.law.courts import RouteFacts

COMMERCE: Final = "tribunal_de_commerce"
ECONOMIC: Final = "tribunal_des_activites_economiques"
CHAMBER: Final = "chambre_commerciale_du_tribunal_judiciaire"
CIVIL: Final = "tribunal_judiciaire"
PROTECTION: Final = "juge_des_contentieux_de_la_protection"
OF_TRADERS: Final = frozenset({COMMERCE, ECONOMIC})
"""Courts before which no attempt to settle is required."""
_PROTECTED_CLAIMS = frozenset({"rent_home", "credit_conso"})
"""Regimes of limitation of residential rent and of consumer credit."""


class Court(NamedTuple):
    """The court for a claim, and why."""

    code: str
    reason: Reason
    doubts: tuple[Doubt, ...]


def is_between_traders(claim: RouteFacts) -> bool:
    """Whether both parties are traders; a business not said to be one is taken as a trader."""
    return claim.debtor_kind is DebtorKind.BUSINESS and claim.creditor_is_trader and claim.debtor_is_trader is not False


def nature(claim: RouteFacts) -> str | None:
    """Return the regime of limitation of the claim, from its name, an alias or a nature of claim.

    Raises ``InvalidInput`` for a name that is none of these: a slip would send the claim to another court.
    """
    if claim.claim is None:
        return None
    if claim.claim in {row.family for row in regimes_table().regimes}:
        row = regime_for(claim.claim, claim.debtor_kind)
        return None if row is None else row.id
    return regime_named(claim.claim).id


def competent_court(claim: RouteFacts, demanded: Money, on: date) -> Court:
    """Return the court that hears the claim on that day.

    Sources:
        C. com. art. L721-3 and L731-1 s.; décret n° 2024-1225.
    """
    code = _code(claim, on)
    row = table().point(code, on)
    inputs = {"debtor_kind": claim.debtor_kind, "claim": claim.claim, "town": claim.court_city}
    reason = Reason.of(code, Authority.LAW, inputs, source=None if row is None else row.source)
    doubts: list[Doubt] = []
    if code != PROTECTION and is_between_traders(claim) and claim.debtor_is_trader is None:
        doubts.append(Doubt.of("trader_assumed", Authority.FACT, {"court": code}))
    if code == COMMERCE and claim.court_city is None and _may_cost_a_contribution(demanded, on):
        doubts.append(Doubt.of("pilot_court_unknown", Authority.FACT, {"towns": table().pilot_towns}))
    if code == CHAMBER:
        doubts.append(Doubt.of("chamber_rules_not_read", Authority.FACT, {"court": code}))
    return Court(code, reason, tuple(doubts))


def _code(claim: RouteFacts, on: date) -> str:
    if nature(claim) in _PROTECTED_CLAIMS:
        return PROTECTION
    if not is_between_traders(claim):
        return CIVIL
    if claim.is_alsace_moselle:
        return CHAMBER
    return ECONOMIC if is_pilot_town(claim.court_city) and table().point(ECONOMIC, on) is not None else COMMERCE


def is_pilot_town(town: str | None) -> bool:
    """Whether the town has a court of economic activities, on trial; accents, capitals and hyphens do not count.

    >>> is_pilot_town("saint brieuc"), is_pilot_town("Lille")
    (True, False)
    """
    return town is not None and _plain(town) in {_plain(pilot) for pilot in table().pilot_towns}


def _plain(town: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", town) if not unicodedata.combining(sign))
    return " ".join(bare.replace("-", " ").casefold().split())


def _may_cost_a_contribution(demanded: Money, on: date) -> bool:
    return any(
        row.above is not None and ECONOMIC in row.courts and row.is_in_force(on) and row.is_owed_on(demanded)
        for row in table().costs
    )
