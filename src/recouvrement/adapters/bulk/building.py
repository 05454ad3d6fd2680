"""Columns from the accounts that the law of a country gives, debt by debt."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from recouvrement.adapters.bulk.columns import SegmentColumns
from recouvrement.adapters.bulk.sums import INT64_MAX
from recouvrement.domain.decision import divisor
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Accrual


def segment_columns(
    accruals: Iterable[tuple[str, Accrual]], *, known_on: date, through: date, currency: str
) -> SegmentColumns:
    """Return the columns of debts whose account the law has made through ``through``, each with the name of its item.

    An account is ``law.accrual(debt, through)``, with ``through`` in the future. It supposes that nothing happens after
    ``known_on``, the day of the last payment or other fact told to it; columns answer from that day on.

    Raises ``InvalidInput`` for a payment after ``known_on``, an account made beyond ``through``, another currency, an
    amount of 2^63 minor units or more, and a rate of more than four decimals.
    """
    ids: list[str] = []
    extinguished: list[int] = []
    rows: list[tuple[int, int, int, int, int, int]] = []
    for number, (item_id, accrual) in enumerate(accruals):
        ids.append(item_id)
        if accrual.currency != currency:
            raise InvalidInput(
                where=f"item {item_id}",
                found=f"its account is in {accrual.currency}, not in {currency}",
                hint="Build one set of columns a currency.",
            )
        late = max((payment.on for payment in accrual.imputed), default=known_on)
        if late > known_on:
            raise InvalidInput(
                where=f"item {item_id}",
                found=f"a payment of {late} comes after known_on, {known_on}",
                hint="Set known_on to the day of the last payment.",
            )
        if accrual.through is not None and accrual.through > through:
            raise InvalidInput(
                where=f"item {item_id}",
                found=f"its account goes through {accrual.through}, beyond {through}",
                hint="Make every account on the same day: law.accrual(debt, through).",
            )
        accrued = 0
        for part in accrual.days:
            accrued += part.minor
            rows.append(
                (
                    number,
                    part.from_.toordinal(),
                    part.until.toordinal(),
                    _within(part.base_minor, item_id),
                    _ppm(part.rate, item_id),
                    divisor(part.day_count, part.from_),
                )
            )
        extinguished.append(accrued - _within(accrual.late_interest_minor, item_id))
    item, from_, until, base_minor, rate_ppm, divisors = zip(*rows, strict=True) if rows else ((),) * 6
    return SegmentColumns.of_arrays(
        item_ids=ids,
        item=item,
        from_=from_,
        until=until,
        base_minor=base_minor,
        rate_ppm=rate_ppm,
        divisor=divisors,
        extinguished_minor=extinguished,
        known_on=known_on,
        through=through,
        currency=currency,
    )


def _within(minor: int, item_id: str) -> int:
    if minor > INT64_MAX:
        raise InvalidInput(
            where=f"item {item_id}",
            found=f"an amount of {minor} minor units",
            hint="Stay below 2^63 minor units: check the amount, or compute this item alone.",
        )
    return minor


def _ppm(percent: Decimal, item_id: str) -> int:
    """Return a rate in per cent as whole millionths, whatever the decimal context of the host."""
    numerator, denominator = percent.as_integer_ratio()
    millionths, rest = divmod(numerator * 10_000, denominator)
    if rest:
        raise InvalidInput(
            where=f"item {item_id}",
            found=f"a rate of {percent} % is no whole number of millionths",
            hint="Columns take rates of four decimals at most: compute this item alone.",
        )
    return millionths
