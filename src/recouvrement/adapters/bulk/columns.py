"""Interest segments of many items as immutable columns, checked once when they are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recouvrement.adapters.bulk.sums import (
    DIVISORS,
    INT64_MAX,
    MAX_RATE_PPM,
    MAX_ROWS,
    Rows,
    Whole,
    interest_minor,
    wide_rows,
)
from recouvrement.domain.currencies import DECIMALS
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.errors import InvalidInput


@dataclass(frozen=True, slots=True, eq=False)
class SegmentColumns:
    """Segments of a portfolio in one currency; made by ``segment_columns`` or ``of_arrays``, which check them.

    Whatever the day asked from ``known_on`` through ``through``, no sum of them can exceed 64 bits.
    """

    item_ids: tuple[str, ...]
    rows: Rows
    """The segments, sorted by item then by day; their arrays are read-only."""
    extinguished_minor: Whole
    """Interest already paid, by item."""
    known_on: date
    """First day for which the columns answer: that of the last payment or other fact already in the segments."""
    through: date
    """Last day for which the columns answer."""
    currency: str

    @classmethod
    def of_arrays(
        cls,
        *,
        item_ids: Sequence[str],
        item: ArrayLike,
        from_: ArrayLike,
        until: ArrayLike,
        base_minor: ArrayLike,
        rate_ppm: ArrayLike,
        divisor: ArrayLike,
        extinguished_minor: ArrayLike,
        known_on: date,
        through: date,
        currency: str,
    ) -> Self:
        """Return the columns made of arrays of whole numbers, one row a segment, in any order; the arrays are copied.

        ``item`` is the place of a row's item in ``item_ids``. Days are numbered as by ``date.toordinal``; ``until`` is
        the first day not counted. ``rate_ppm`` is 124 000 for 12.40 % a year, ``divisor`` 360, 365 or 366.
        ``extinguished_minor`` has one value an item.

        Raises ``InvalidInput`` for arrays of unequal length or of anything but whole numbers, values out of bounds,
        segments of one item that overlap or end after ``through``, and more interest extinguished than accrued on
        ``known_on``.
        """
        ids = _ids(item_ids)
        _check_days(known_on, through)
        if currency not in DECIMALS:
            raise InvalidInput(
                where="currency", found=f"{currency!r} is not an ISO 4217 code", hint="Write three capitals: EUR."
            )
        items = _column("item", item, None)
        count = len(items)
        if count > MAX_ROWS:
            raise InvalidInput(
                where="item", found=f"{count} segments", hint=f"Split the portfolio: {MAX_ROWS} segments at most."
            )
        columns = {
            "from_": _column("from_", from_, count),
            "until": _column("until", until, count),
            "base_minor": _column("base_minor", base_minor, count),
            "rate_ppm": _column("rate_ppm", rate_ppm, count),
            "divisor": _column("divisor", divisor, count),
        }
        _check_bounds(items, columns, len(ids), through)
        items, columns = _sorted(items, columns)
        _check_overlap(items, columns, ids)
        rows = _rows(items, columns, len(ids))
        extinguished = _column("extinguished_minor", extinguished_minor, len(ids))
        _refuse("extinguished_minor", extinguished, extinguished < 0, "Give interest paid as a positive number.")
        accrued = interest_minor(rows, known_on.toordinal())
        _refuse(
            "extinguished_minor",
            extinguished,
            extinguished > accrued,
            f"No more interest can be extinguished than accrued by {known_on}: check known_on.",
        )
        interest_minor(rows, through.toordinal())  # refuses now what would exceed 64 bits on a later day
        for column in (*columns.values(), rows.item_rows, rows.wide, extinguished):
            column.setflags(write=False)
        return cls(ids, rows, extinguished, known_on, through, currency)

    def bears_interest(self, on: date) -> NDArray[np.bool_]:
        """Return, for each item, whether that day counts in its interest.

        An item that does not is not late yet, paid, stopped, or lacks the rate of that day: the claim of its case
        says which.
        """
        day = on.toordinal()
        bears = np.zeros(len(self.item_ids), dtype=np.bool_)
        bears[self.rows.item[(self.rows.from_ <= day) & (self.rows.until > day)]] = True
        return bears


def _ids(item_ids: Sequence[str]) -> tuple[str, ...]:
    given: tuple[object, ...] = tuple(item_ids)
    ids: dict[str, None] = {}
    for number, one in enumerate(given):
        if not isinstance(one, str) or not one:
            raise InvalidInput(
                where=f"item_ids[{number}]", found=f"{one!r} names no item", hint="Give each item a name, as text."
            )
        if one in ids:
            raise InvalidInput(
                where=f"item_ids[{number}]", found=f"{one!r} comes twice", hint="Put the case before the item's name."
            )
        ids[one] = None
    return tuple(ids)


def _check_days(known_on: date, through: date) -> None:
    if not FIRST_DAY <= known_on <= through <= LAST_DAY:
        raise InvalidInput(
            where="known_on, through",
            found=f"{known_on} to {through}",
            hint=f"Give two days in order, from {FIRST_DAY} to {LAST_DAY}.",
        )


def _column(name: str, values: ArrayLike, length: int | None) -> Whole:
    """Return a column of its own, with its length checked; ``None``: any."""
    try:
        given = np.asarray(values)
    except ValueError:
        raise InvalidInput(where=name, found="rows of unequal length", hint="Give one value a row.") from None
    if given.ndim != 1 or (length is not None and len(given) != length):
        raise InvalidInput(
            where=name,
            found=f"an array of shape {given.shape}",
            hint=f"Give one value a row: shape {'(rows,)' if length is None else (length,)}.",
        )
    if given.size and given.dtype.kind not in "iu":
        raise InvalidInput(
            where=name,
            found=f"values of type {given.dtype}",
            hint="Give whole numbers below 2^63: minor units, days, millionths.",
        )
    if given.dtype.kind == "u":
        _refuse(name, given, given > np.uint64(INT64_MAX), "Stay below 2^63.")
    return given.astype(np.int64)


def _check_bounds(items: Whole, columns: dict[str, Whole], count: int, through: date) -> None:
    from_, until, divisor = columns["from_"], columns["until"], columns["divisor"]
    end = through.toordinal() + 1
    _refuse("item", items, (items < 0) | (items >= count), f"Give the place of the item among the {count} item_ids.")
    first = FIRST_DAY.toordinal()
    _refuse("from_", from_, from_ < first, f"Number days as date.toordinal does, from {first} ({FIRST_DAY}) on.")
    _refuse("until", until, until <= from_, "A segment ends after it begins: until is the first day not counted.")
    _refuse("until", until, until > end, f"Compute the interest through {through}, no later: until {end} at most.")
    _refuse("base_minor", columns["base_minor"], columns["base_minor"] < 0, "What bears interest is never negative.")
    rate_ppm = columns["rate_ppm"]
    _refuse("rate_ppm", rate_ppm, (rate_ppm < 0) | (rate_ppm > MAX_RATE_PPM), "Write 12.40 % as 124000 millionths.")
    _refuse("divisor", divisor, ~np.isin(divisor, DIVISORS), "Divide by 365, or by 360 or 366 if the contract says so.")


def _refuse(name: str, values: NDArray[np.integer], is_faulty: NDArray[np.bool_], hint: str) -> None:
    """Raise ``InvalidInput`` for the first faulty value, if there is one."""
    if is_faulty.any():
        place = int(is_faulty.argmax())
        raise InvalidInput(where=f"{name}[{place}]", found=f"{values[place]} is out of bounds", hint=hint)


def _sorted(items: Whole, columns: dict[str, Whole]) -> tuple[Whole, dict[str, Whole]]:
    """Return the rows by item, then by day; as they are when they come so."""
    same, later = items[1:] == items[:-1], columns["from_"][1:] >= columns["from_"][:-1]
    if bool(((items[1:] > items[:-1]) | (same & later)).all()):
        return items, columns
    order = np.lexsort((columns["from_"], items))
    return items[order], {name: column[order] for name, column in columns.items()}


def _check_overlap(items: Whole, columns: dict[str, Whole], ids: tuple[str, ...]) -> None:
    from_ = columns["from_"]
    overlaps = (items[1:] == items[:-1]) & (from_[1:] < columns["until"][:-1])
    if overlaps.any():
        row = int(overlaps.argmax()) + 1
        raise InvalidInput(
            where=f"item {ids[int(items[row])]}",
            found=f"two segments count {date.fromordinal(int(from_[row]))}",
            hint="Segments of one item follow one another: give each day once.",
        )


def _rows(items: Whole, columns: dict[str, Whole], count: int) -> Rows:
    from_, until, divisor = columns["from_"], columns["until"], columns["divisor"]
    return Rows(
        item_rows=np.searchsorted(items, np.arange(count + 1, dtype=np.int64)).astype(np.int64),
        from_=from_,
        until=until,
        base_minor=columns["base_minor"],
        rate_ppm=columns["rate_ppm"],
        divisor=divisor,
        shared_divisor=int(divisor[0]) if len(divisor) and bool((divisor == divisor[0]).all()) else None,
        wide=wide_rows(until - from_, columns["base_minor"], columns["rate_ppm"], divisor),
    )
