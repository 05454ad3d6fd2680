"""What columns of segments come to on a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from recouvrement.adapters.bulk.columns import SegmentColumns
from recouvrement.adapters.bulk.sums import INT64_MAX, Whole, interest_minor
from recouvrement.domain.money import Money
from recouvrement.errors import InvalidInput


@dataclass(frozen=True, slots=True, eq=False)
class Accrued:
    """Late interest owed on a date, item by item; sums without reasons or doubts, which the claim of a case gives."""

    on: date
    item_ids: tuple[str, ...]
    owed_minor: Whole
    """Accrued through ``on`` and not extinguished, in minor units, in the order of ``item_ids``; read-only."""
    currency: str

    @property
    def total(self) -> Money:
        """What all items owe. Raises ``InvalidInput`` from 2^63 minor units on."""
        # High and low halves are summed apart: neither sum can wrap, however many items there are.
        total = (int((self.owed_minor >> 32).sum()) << 32) + int((self.owed_minor & 0xFFFF_FFFF).sum())
        if total > INT64_MAX:
            raise InvalidInput(
                where="total",
                found=f"{total} minor units",
                hint="Sum owed_minor yourself, in parts that mean something.",
            )
        return Money.from_minor(total, self.currency)

    def amounts(self) -> Iterator[tuple[str, Money]]:
        """Return each item with what it owes; a million amounts take seconds, the columns milliseconds."""
        for item_id, minor in zip(self.item_ids, self.owed_minor.tolist(), strict=True):
            yield item_id, Money.from_minor(minor, self.currency)


def accrue(segments: SegmentColumns, on: date) -> Accrued:
    """Return the late interest each item owes on ``on``, that day included: to the cent what the claim demands.

    Segments are cut at ``on``, rounded half-up to the minor unit, once each, and summed less what was extinguished.

    Raises ``InvalidInput`` before ``segments.known_on`` (payments received later are already taken off) and after
    ``segments.through`` (the segments stop there).
    """
    if not segments.known_on <= on <= segments.through:
        raise InvalidInput(
            where="on",
            found=f"{on} is not between {segments.known_on} and {segments.through}",
            hint="Build columns from accounts that hold for that day.",
        )
    owed = interest_minor(segments.rows, on.toordinal())
    np.subtract(owed, segments.extinguished_minor, out=owed)
    owed.setflags(write=False)
    return Accrued(on=on, item_ids=segments.item_ids, owed_minor=owed, currency=segments.currency)
