"""What late interest costs: microseconds for one debt, seconds for a portfolio in columns, on one core.

Run: ``python benchmarks/interest.py [items]`` (1 000 000 by default). Medians of nine rounds.

- One debt: ``FRANCE.accrual`` for an item with two payments and three half-years, that is five segments; the ratio is
  to a bare loop over the same five sums in Python integers.
- A portfolio: ``accrue`` over items of one to five segments, three on average; the ratio is to a bare vectorised
  prefix sum over as many rows, with its difference at the ends of the same items. The columns are made from arrays, as
  a host that keeps them does: writing the account of a million debts takes a minute, and is not what is timed.
"""

import statistics
import sys
import time  # noqa: TID251  # a benchmark measures time
from collections.abc import Callable
from datetime import date

import numpy as np

from recouvrement import FRANCE, DebtorKind, Imputation
from recouvrement.adapters.bulk import SegmentColumns, accrue
from recouvrement.law.jurisdiction import Debt, Receipt

ROUNDS = 9
REPEATS = 500
ON = date(2026, 11, 23)
THROUGH = date(2026, 12, 31)
DEBT = Debt(
    item_id="F2025-118",
    due_on=date(2025, 9, 30),
    principal_minor=1_250_000,
    receipts=(Receipt(date(2025, 11, 14), 300_000), Receipt(date(2026, 3, 20), 250_000)),
    currency="EUR",
    debtor_kind=DebtorKind.BUSINESS,
    creditor_is_natural_person=False,
    notice_on=None,
    insolvency_opened_on=None,
    imputation=Imputation.INTEREST_FIRST,
)
HALF_YEARS = tuple(
    date(*first).toordinal() for first in ((2024, 7, 1), (2025, 1, 1), (2025, 7, 1), (2026, 1, 1), (2026, 7, 1))
)
RATES_PPM = (142_500, 131_500, 121_500, 121_500, 124_000)


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of a piece of work, the first round left out."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def repeated(work: Callable[[], object]) -> Callable[[], None]:
    """Return a piece of work done many times over."""

    def run() -> None:
        for _ in range(REPEATS):
            work()

    return run


def bare_sums(parts: list[tuple[int, int, int]]) -> int:
    """Return the interest of segments given as base, rate and days: the sums of the account and nothing else."""
    interest = 0
    for base, rate, days in parts:
        interest += (2 * base * rate * days + 365_000_000) // 730_000_000
    return interest


def portfolio(count: int) -> SegmentColumns:
    """Return items of one to five half-years, the first begun on any day, with bases from 10 € to 50 000 €."""
    random = np.random.default_rng(2026)
    lengths = np.arange(count) % 5 + 1
    item = np.repeat(np.arange(count), lengths)
    place = np.arange(len(item)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    half = place + 5 - np.repeat(lengths, lengths)
    starts = np.array((*HALF_YEARS, THROUGH.toordinal() + 1))
    begun = np.repeat(random.integers(0, 180, count), lengths)
    return SegmentColumns.of_arrays(
        item_ids=[f"F{number:07d}" for number in range(count)],
        item=item,
        from_=starts[half] + np.where(place == 0, begun, 0),
        until=starts[half + 1],
        base_minor=np.repeat(random.integers(1_000, 5_000_000, count), lengths),
        rate_ppm=np.array(RATES_PPM)[half],
        divisor=np.full(len(item), 365),
        extinguished_minor=np.zeros(count, dtype=np.int64),
        known_on=date(2026, 6, 30),
        through=THROUGH,
        currency="EUR",
    )


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    segments = FRANCE.accrual(DEBT, ON).segments
    parts = [(one.principal.minor, int(one.rate * 10_000), one.days) for one in segments]
    scalar = seconds(repeated(lambda: FRANCE.accrual(DEBT, ON))) / REPEATS
    bare = seconds(repeated(lambda: bare_sums(parts))) / REPEATS
    print(f"one debt, {len(segments)} segments: {scalar * 1e6:.0f} µs (aim 30)")
    print(f"  bare sums in Python: {bare * 1e6:.2f} µs, ratio {scalar / bare:.0f}")

    columns = portfolio(count)
    amounts = np.arange(len(columns.rows.base_minor), dtype=np.int64) % 100_000
    last = columns.rows.item_rows[1:] - 1
    bulk = seconds(lambda: accrue(columns, ON))
    prefix = seconds(lambda: np.diff(np.cumsum(amounts)[last], prepend=0))
    print(f"{count} items, {len(amounts)} rows: {bulk:.4f} s (aim 0.15 for a million items)")
    print(f"  bare prefix sum: {prefix:.4f} s, ratio {bulk / prefix:.1f} (aim 5)")


if __name__ == "__main__":
    main()
