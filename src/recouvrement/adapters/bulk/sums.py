"""The sum itself: interest per item over columns of whole numbers, never wrapped and never a float."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recouvrement.domain.money import minor_rounded_half_up
from recouvrement.errors import InvalidInput

Whole = NDArray[np.int64]
"""A column of whole numbers."""

INT64_MAX: Final = 2**63 - 1
MILLION: Final = 1_000_000
DIVISORS: Final = (360, 365, 366)
"""Days of a year a rate may be divided by; all even in millionths, so that half of one is a whole number."""

MAX_RATE_PPM: Final = 1_000 * MILLION
"""Largest rate in millionths: 100 000 % a year. A rate times the days of three centuries stays far below 2^63."""

MAX_ROWS: Final = 2**28
"""Most rows of a portfolio. A row computed in columns is below 2^63 / 360 000 000, so this many never wrap a sum."""

_CHUNK: Final = 1 << 17
"""Rows worked on at a time, one megabyte: fewer cost calls, more leave the cache (measured from 2^13 to 2^20)."""


class Rows(NamedTuple):
    """Checked rows, sorted by item then by day; ``item_rows[i]`` to ``item_rows[i + 1]`` are those of item ``i``."""

    item_rows: Whole
    from_: Whole
    """First day counted, as ``date.toordinal`` numbers it."""
    until: Whole
    """First day not counted."""
    base_minor: Whole
    rate_ppm: Whole
    divisor: Whole
    shared_divisor: int | None
    """The divisor of every row, where there is only one: dividing by a constant is three times faster."""
    wide: NDArray[np.intp]
    """Rows whose product could exceed 64 bits: summed one by one, in Python integers."""

    @property
    def item(self) -> Whole:
        """Number of the item of each row."""
        return np.repeat(np.arange(len(self.item_rows) - 1, dtype=np.int64), np.diff(self.item_rows))


def wide_rows(days: Whole, base_minor: Whole, rate_ppm: Whole, divisor: Whole) -> NDArray[np.intp]:
    """Return the rows of which ``base * rate * days``, and the half added to round it, could exceed 64 bits."""
    most = INT64_MAX - divisor * (MILLION // 2)
    return np.flatnonzero(base_minor > most // np.maximum(rate_ppm * days, 1))


def interest_minor(rows: Rows, on: int) -> Whole:
    """Return the interest of each item through day ``on``, the extinguished part included, in minor units.

    A row is rounded half-up once, on its days up to ``on``, as the account of one debt does. Raises ``InvalidInput``
    when the interest of an item does not fit in 64 bits.
    """
    chunks = tuple(_chunks(rows.item_rows))
    sums = np.empty(max((last - first for _, _, first, last in chunks), default=0) + 1, dtype=np.int64)
    sums[0] = 0
    owed = np.empty(len(rows.item_rows) - 1, dtype=np.int64)
    for item, next_item, first, last in chunks:
        amounts = sums[1 : last - first + 1]
        _amounts(rows, on, first, last, out=amounts)
        np.cumsum(amounts, out=amounts)
        # The sum up to the end of an item less the sum up to its start: an item without rows gets 0 like any other.
        ends = sums.take(rows.item_rows[item : next_item + 1] - first)
        np.subtract(ends[1:], ends[:-1], out=owed[item:next_item])
    _add_wide(rows, on, owed)
    return owed


def _chunks(item_rows: Whole) -> Iterator[tuple[int, int, int, int]]:
    """Cut the items into runs of about as many rows as fit the cache: items from and until, rows from and until."""
    items = len(item_rows) - 1
    cuts = np.searchsorted(item_rows, np.arange(0, item_rows[-1], _CHUNK)).tolist()
    item = 0
    for next_item in (*cuts, items):
        if next_item > item:
            yield item, next_item, int(item_rows[item]), int(item_rows[next_item])
            item = next_item


def _amounts(rows: Rows, on: int, first: int, last: int, *, out: Whole) -> None:
    """Write the rounded interest of some rows; 0 for wide ones."""
    np.minimum(rows.until[first:last], on + 1, out=out)
    out -= rows.from_[first:last]
    np.maximum(out, 0, out=out)
    if rows.wide.size:
        begin, end = np.searchsorted(rows.wide, (first, last))
        out[rows.wide[begin:end] - first] = 0
    out *= rows.rate_ppm[first:last]  # before the base: the product of days and rate fits whatever the rate
    out *= rows.base_minor[first:last]
    if rows.shared_divisor is not None:
        out += rows.shared_divisor * (MILLION // 2)
        out //= rows.shared_divisor * MILLION
    else:
        parts = rows.divisor[first:last] * MILLION
        out += parts // 2
        out //= parts


def _add_wide(rows: Rows, on: int, owed: Whole) -> None:
    """Add the interest of the wide rows to that of their items."""
    items = np.searchsorted(rows.item_rows, rows.wide, side="right") - 1
    for row, item in zip(rows.wide.tolist(), items.tolist(), strict=True):
        days = max(0, min(int(rows.until[row]), on + 1) - int(rows.from_[row]))
        numerator = int(rows.base_minor[row]) * int(rows.rate_ppm[row]) * days
        interest = int(owed[item]) + minor_rounded_half_up(numerator, int(rows.divisor[row]) * MILLION)
        if interest > INT64_MAX:
            raise InvalidInput(
                where=f"item_ids[{item}]",
                found=f"its interest reaches {interest} minor units",
                hint="Stay below 2^63 minor units: check the amount, or compute this item alone.",
            )
        owed[item] = interest
