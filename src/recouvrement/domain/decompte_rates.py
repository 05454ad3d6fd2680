"""The rates of a décompte: what each is made of, so that it can be checked in a table of published rates."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, Strict, model_validator

from recouvrement.domain.decision import ClaimItem, Segment
from recouvrement.domain.exact import plus
from recouvrement.domain.reasons import Confidence, Reason
from recouvrement.domain.values import Code, Value

RATE_REASONS = frozenset(
    {"rate_ecb_plus_margin", "legal_interest_rate", "legal_rate_increased", "clause_rate", "rate_as_given"}
)
"""Codes of the reasons of a claim that say where a rate comes from."""


class AppliedRate(Value):
    """A rate used, and where it comes from. Refuses one that is not the sum of its parts."""

    rate: Annotated[Decimal, Strict(), Field(ge=0, decimal_places=8)]
    """Per cent per year."""
    article: Code
    confidence: Confidence
    """Mark of the segments at this rate."""
    reason: Reason

    @model_validator(mode="after")
    def _is_the_sum_of_its_parts(self) -> "AppliedRate":
        said = self.reason.input("rate")
        if self.reason.code not in RATE_REASONS or said is None or Decimal(said) != self.rate:
            message = f"{self.rate} % is not the rate of its reason ({self.reason.code}, {said} %)"
            raise ValueError(message)
        total = Decimal(0)
        for part in self.reason.parts:
            total = plus(total, Decimal(part.input("rate") or part.input("points") or "0"))
        if self.reason.parts and total != self.rate:
            message = f"{self.rate} % is not the sum of its parts, {total} %"
            raise ValueError(message)
        return self


def applied_rates(item: ClaimItem) -> tuple[AppliedRate, ...]:
    """Return the rates of the segments of an item, each with what it is made of; a rate never used is left out."""
    found: dict[str, AppliedRate] = {}
    reasons = list(dict.fromkeys(reason for reason in item.reasons if reason.code in RATE_REASONS))
    for segment in item.segments:
        reason = _of(segment, reasons)
        if reason is not None and reason.model_dump_json() not in found:
            found[reason.model_dump_json()] = AppliedRate(
                rate=segment.rate,
                article=segment.source.article,
                confidence=segment.source.confidence,
                reason=reason,
            )
    return tuple(found.values())


def _of(segment: Segment, reasons: list[Reason]) -> Reason | None:
    """Return the reason of the rate of a segment: of those that give it, the last one read before it begins."""
    fitting = [reason for reason in reasons if Decimal(reason.input("rate") or "-1") == segment.rate]
    return max(
        (reason for reason in fitting if _read_on(reason) <= segment.from_),
        key=_read_on,
        default=next(iter(fitting), None),
    )


def _read_on(reason: Reason) -> date:
    """Return the day a rate was read in its series; the first of days for one that follows none."""
    days = (reason, *reason.parts)
    written = next((day for part in days for name in _DAYS if (day := part.input(name)) is not None), None)
    return date.fromisoformat(written) if written is not None else date.min


_DAYS = ("snapshot_on", "half_year", "reference_on")
