"""The JSON of a sum: what ``interest`` prints, with amounts and rates as text."""

from decimal import Decimal

from recouvrement.domain.decision import Claim, Doubt, Segment
from recouvrement.domain.exact import two_decimals
from recouvrement.domain.money import Money
from recouvrement.law.jurisdiction import Jurisdiction


def claim_json(claim: Claim, doubts: tuple[Doubt, ...], law: Jurisdiction) -> dict[str, object]:
    """Return the first item of a claim as JSON: ``until`` is the first day not counted, ``through`` the last one."""
    item = claim.items[0]
    nothing = Money.zero(claim.total.currency)
    surplus = sum((paid.surplus for paid in item.payments), start=nothing)
    accrued = sum((segment.amount for segment in item.segments), start=nothing)
    extra = item.extra_compensation or nothing
    return {
        "days": sum(segment.days for segment in item.segments),
        "interest": str(item.late_interest.amount),
        "indemnity": str(item.indemnity.amount),
        "total": str(claim.total.amount),
        "principal_left": str(item.principal.amount),
        "segments": [segment_json(segment) for segment in item.segments],
        "doubts": doubts_json(doubts),
        "interest_accrued": str(accrued.amount),
        "extra_compensation": str(extra.amount),
        "overpaid": str(surplus.amount),
        "payments": [
            {
                "on": paid.received_on.isoformat(),
                "amount": str(paid.amount.amount),
                "to_interest": str(paid.to_interest.amount),
                "to_principal": str(paid.to_principal.amount),
                "surplus": str(paid.surplus.amount),
            }
            for paid in item.payments
        ],
        "reasons": [reason.model_dump(mode="json") for reason in item.reasons],
        "currency": claim.total.currency,
        "through": item.interest_through.isoformat() if item.interest_through else None,
        "edition": law.edition,
    }


def segment_json(segment: Segment) -> dict[str, object]:
    """Return one segment as JSON."""
    return {
        "from": segment.from_.isoformat(),
        "until": segment.until.isoformat(),
        "through": segment.through.isoformat(),
        "days": segment.days,
        "base": str(segment.principal.amount),
        "rate": rate_text(segment.rate),
        "day_count": segment.day_count.value,
        "divisor": segment.divisor,
        "interest": str(segment.amount.amount),
        "article": segment.source.article,
        "confidence": segment.source.confidence.value,
    }


def doubts_json(doubts: tuple[Doubt, ...]) -> list[dict[str, object]]:
    """Return doubts as JSON, with their reasons as data."""
    return [doubt.model_dump(mode="json") for doubt in doubts]


def rate_text(rate: Decimal) -> str:
    """Return a rate with two decimals, or more where it has more.

    >>> rate_text(Decimal("15")), rate_text(Decimal("1.395"))
    ('15.00', '1.395')
    """
    return f"{two_decimals(rate):f}"
