"""What a payment extinguishes first: interest, then principal, unless the creditor agrees otherwise."""

from functools import cache
from typing import NamedTuple

from recouvrement.domain.decision import Doubt
from recouvrement.domain.light import quick
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.terms import Imputation


class Owed(NamedTuple):
    """What is owed, in minor units."""

    principal: int
    interest: int
    """Accrued, and not yet compounded."""
    compounded: int = 0
    """Interest that has itself begun to bear interest (C. civ. art. 1343-2)."""

    @property
    def base(self) -> int:
        """What bears interest."""
        return self.principal + self.compounded


_PRINCIPAL_FIRST = Imputation.PRINCIPAL_FIRST
"""Named once: reading a member from its class takes as long as a call."""


def imputed(owed: Owed, minor: int, imputation: Imputation) -> Owed:
    """Return what is still owed after a payment of ``minor``; what exceeds the debt is not kept.

    Compounded interest is still interest: it comes after the interest accrued since, whatever comes first.

    >>> imputed(Owed(principal=1_000_000, interest=9_986), 400_000, Imputation.INTEREST_FIRST)
    Owed(principal=609986, interest=0, compounded=0)
    >>> imputed(Owed(principal=1_000_000, interest=9_986), 400_000, Imputation.PRINCIPAL_FIRST)
    Owed(principal=600000, interest=9986, compounded=0)

    Sources:
        C. civ. art. 1343-1.
    """
    principal, interest, compounded = owed
    if imputation is _PRINCIPAL_FIRST:
        part = min(minor, principal)
        principal, minor = principal - part, minor - part
    part = min(minor, interest)
    interest, minor = interest - part, minor - part
    part = min(minor, compounded)
    compounded, minor = compounded - part, minor - part
    return quick(Owed, (principal - min(minor, principal), interest, compounded))


@cache
def imputation_reason(imputation: Imputation) -> Reason:
    """Return the rule a part payment followed."""
    source = Source(article="C. civ. art. 1343-1", confidence=Confidence.SECONDARY)
    match imputation:
        case Imputation.INTEREST_FIRST:
            return Reason.of("imputed_interest_first", Authority.LAW, source=source)
        case Imputation.PRINCIPAL_FIRST:
            return Reason.of("imputed_principal_first", Authority.CONTRACT, source=source)


@cache
def imputation_doubt() -> Doubt:
    """Whether the penalties of L441-10 are interest for 1343-1: their moratory nature says yes; nothing decides it."""
    source = Source(article="C. civ. art. 1343-1", confidence=Confidence.UNSETTLED)
    return Doubt.of("imputation_unsettled", Authority.LAW, source=source)
