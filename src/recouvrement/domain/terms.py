"""Payment terms: when an invoice falls due, what a late payment costs by contract, how part payments are imputed."""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Annotated

from pydantic import Field, Strict

from recouvrement.domain.calendar import end_of_decade, end_of_month
from recouvrement.domain.clauses import PenaltyClause
from recouvrement.domain.values import Line, Value, Word


class TermStart(StrEnum):
    """The day from which the days of a payment term are counted; that day itself is not counted."""

    ISSUE = "issue"
    RECEIPT = "receipt"
    DELIVERY = "delivery"


class TermRule(StrEnum):
    """How the days of a term are counted from its start."""

    DAYS_AFTER = "days_after"
    """Calendar days, nothing else."""
    DAYS_THEN_EOM = "days_then_eom"
    """Add the days, then go to the end of the month reached: first reading of ``45 jours fin de mois``."""
    EOM_THEN_DAYS = "eom_then_days"
    """Go to the end of the month of the start, then add the days: second reading, lawful too (L441-10 I)."""
    DECADE_THEN_DAYS = "decade_then_days"
    """Go to the end of the ten-day block (10th, 20th, last day of the month), then add the days."""


class Imputation(Word):
    """What a part payment extinguishes first."""

    INTEREST_FIRST = "interest_first"
    """C. civ. art. 1343-1: interest, then principal."""
    PRINCIPAL_FIRST = "principal_first"
    """By consent of the creditor."""


class DayCount(Word):
    """Divisor of the daily interest."""

    ACTUAL_365 = "act/365"
    """365 in every year, leap or not: the default."""
    ACTUAL_ACTUAL = "act/act"
    """The length of the year the days lie in: 365 or 366. Only if the contract says so."""
    ACTUAL_360 = "act/360"
    """Only if the contract says so."""


class HalfYears(Word):
    """Which rate governs a delay that straddles two half-years; for businesses no court has decided."""

    RE_ANCHORED = "re_anchored"
    """A new rate each half-year: the words of L441-10 II, and the contrast with R2192-31."""
    FIXED_AT_START = "fixed_at_start"
    """The rate of the half-year in which the delay began, to its end: simpler, and the rule of public debtors."""


class PaymentTerms(Value):
    """Terms agreed with the debtor or printed in the general terms of sale.

    >>> PaymentTerms(net_days=30).due_on(issued_on=date(2026, 1, 31))
    datetime.date(2026, 3, 2)
    >>> PaymentTerms(net_days=45, rule=TermRule.DAYS_THEN_EOM).due_on(issued_on=date(2025, 4, 10))
    datetime.date(2025, 5, 31)
    """

    net_days: Annotated[int, Strict(), Field(ge=0, le=365)] | None = None
    starts: TermStart = TermStart.ISSUE
    rule: TermRule = TermRule.DAYS_AFTER
    day_of_month: Annotated[int, Strict(), Field(ge=1, le=31)] | None = None
    """``le 15``: the next such day strictly after the end of month reached; a shorter month ends on its last day."""
    imputation: Imputation = Imputation.INTEREST_FIRST
    penalty: PenaltyClause | None = None
    """Rate of late-payment penalties set by the contract; ``None``: the default rate of the law."""
    day_count: DayCount = DayCount.ACTUAL_365
    half_years: HalfYears = HalfYears.RE_ANCHORED
    capitalises: Annotated[bool, Strict()] = False
    """Whether the contract lets interest due for a whole year bear interest (C. civ. art. 1343-2)."""
    wording: Line | None = None
    """The terms as they are printed."""

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a day of the month where no end of month precedes it."""
        if self.day_of_month is not None and self.rule not in {TermRule.DAYS_THEN_EOM, TermRule.EOM_THEN_DAYS}:
            message = "day_of_month follows an end of month: set rule to days_then_eom or eom_then_days, or remove it"
            raise ValueError(message)

    def due_on(
        self, *, issued_on: date, received_on: date | None = None, delivered_on: date | None = None
    ) -> date | None:
        """Return the due date these terms give, or ``None`` when they set no term or its first day is not known.

        Calendar days; the first day is not counted; no shift for a day that is not worked.
        """
        match self.starts:
            case TermStart.ISSUE:
                start: date | None = issued_on
            case TermStart.RECEIPT:
                start = received_on
            case TermStart.DELIVERY:
                start = delivered_on
        return None if start is None else self.due_from(start)

    def due_from(self, start: date) -> date | None:
        """Return the due date counted from that day, or ``None`` when these terms set no term.

        >>> PaymentTerms(net_days=60, rule=TermRule.DAYS_THEN_EOM, day_of_month=15).due_from(date(2003, 3, 17))
        datetime.date(2003, 6, 15)
        """
        if self.net_days is None:
            return None
        days = timedelta(days=self.net_days)
        match self.rule:
            case TermRule.DAYS_AFTER:
                reached = start + days
            case TermRule.DAYS_THEN_EOM:
                reached = end_of_month(start + days)
            case TermRule.EOM_THEN_DAYS:
                reached = end_of_month(start) + days
            case TermRule.DECADE_THEN_DAYS:
                reached = end_of_decade(start) + days
        return reached if self.day_of_month is None else _next_day_of_month(reached, self.day_of_month)


_LATENESS = ("imputation", "penalty", "day_count", "half_years", "capitalises")
"""What a late payment costs and what it extinguishes: general terms, that an invoice seldom repeats."""


def agreed_terms(of_invoice: PaymentTerms | None, of_creditor: PaymentTerms | None) -> PaymentTerms:
    """Return the terms of an invoice, its creditor's general terms filling what it does not say of a late payment.

    The term itself is never mixed: days, start, rule, day of the month and words are those of the invoice where it has
    terms. A field set by the invoice holds, even to its default.

    >>> general = PaymentTerms(net_days=30, penalty=PenaltyClause.of("12.00"), capitalises=True)
    >>> agreed = agreed_terms(PaymentTerms(wording="45 jours nets", capitalises=False), general)
    >>> agreed.wording, agreed.net_days, str(agreed.penalty.figure), agreed.capitalises
    ('45 jours nets', None, '12.00', False)
    """
    if of_invoice is None or of_creditor is None:
        return of_invoice or of_creditor or _no_terms()
    return _both(
        of_invoice, frozenset(of_invoice.model_fields_set), of_creditor, frozenset(of_creditor.model_fields_set)
    )


@cache
def _no_terms() -> PaymentTerms:
    return PaymentTerms()


@lru_cache(maxsize=1024)
def _both(
    of_invoice: PaymentTerms, said: frozenset[str], of_creditor: PaymentTerms, general: frozenset[str]
) -> PaymentTerms:
    """Return terms put together; by the fields each one sets too, since terms that are equal may differ in them."""
    kept = {name: getattr(of_creditor, name) for name in _LATENESS if name in general}
    return PaymentTerms.model_validate(kept | {name: getattr(of_invoice, name) for name in said})


def _next_day_of_month(day: date, number: int) -> date:
    """Return the first such day of a month strictly after ``day``."""
    for year, month in ((day.year, day.month), (day.year + day.month // 12, day.month % 12 + 1)):
        reached = date(year, month, min(number, calendar.monthrange(year, month)[1]))
        if reached > day:
            break
    return reached
