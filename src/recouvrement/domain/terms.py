"""Payment terms: when an invoice that shows no date falls due, and how part payments are imputed."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, Strict

from recouvrement.domain.calendar import end_of_month
from recouvrement.domain.values import Line, Value


class TermStart(StrEnum):
    """The day from which the days of a payment term are counted; that day itself is not counted."""

    ISSUE = "issue"
    RECEIPT = "receipt"
    DELIVERY = "delivery"


class MonthEndRule(StrEnum):
    """How an ``end of month`` term is read; the two readings are both lawful and differ (C. com. art. L441-10 I)."""

    NONE = "none"
    DAYS_THEN_END = "days_then_end"
    """Add the days, then go to the end of the month reached."""
    END_THEN_DAYS = "end_then_days"
    """Go to the end of the month, then add the days."""


class Imputation(StrEnum):
    """What a part payment extinguishes first."""

    INTEREST_FIRST = "interest_first"
    """C. civ. art. 1343-1: interest, then principal."""
    PRINCIPAL_FIRST = "principal_first"
    """By consent of the creditor."""


class PaymentTerms(Value):
    """Terms agreed with the debtor or printed in the general terms of sale.

    >>> PaymentTerms(net_days=30).due_on(issued_on=date(2026, 1, 31))
    datetime.date(2026, 3, 2)
    >>> PaymentTerms(net_days=45, month_end=MonthEndRule.DAYS_THEN_END).due_on(issued_on=date(2025, 4, 10))
    datetime.date(2025, 5, 31)
    """

    net_days: Annotated[int, Strict(), Field(ge=0, le=365)] | None = None
    starts: TermStart = TermStart.ISSUE
    month_end: MonthEndRule = MonthEndRule.NONE
    imputation: Imputation = Imputation.INTEREST_FIRST
    wording: Line | None = None
    """The terms as they are printed."""

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
        if start is None or self.net_days is None:
            return None
        days = timedelta(days=self.net_days)
        match self.month_end:
            case MonthEndRule.NONE:
                return start + days
            case MonthEndRule.DAYS_THEN_END:
                return end_of_month(start + days)
            case MonthEndRule.END_THEN_DAYS:
                return end_of_month(start) + days
