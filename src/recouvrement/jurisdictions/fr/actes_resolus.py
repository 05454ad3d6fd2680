"""The acts of a claim in date order, once those that undo or end another have done so."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from recouvrement.jurisdictions.fr.actes_de_prescription import ActEffect, ActRow, act_row, refuse_reversed
from recouvrement.jurisdictions.fr.regimes_de_prescription import RegimeRow
from recouvrement.law.limitation import Act


class KnownAct(NamedTuple):
    """An act with what it does to the claim."""

    act: Act
    row: ActRow
    until: date | None
    """Its end, given or brought by another act; none for an act of one day, whatever was given."""
    undone_by: ActRow | None = None
    """The act that made it as if it had never been."""
    is_order_opposed: bool = False
    """Whether it is the service of an order, undone because a claim made after it, read as an opposition, was."""
    reached: bool = False
    """Whether this act undid or ended another."""


_ORDER = tuple(ActEffect)
_CLAIM = "court_claim"
_ORDER_SERVED = "order_served"


def in_order(acts: Iterable[Act], regime: RegimeRow) -> tuple[KnownAct, ...]:
    """Return the acts in date order, whatever the order given; those of one day in a fixed order.

    An act that undoes reaches the latest earlier act it is aimed at that still stands. Where that is a court claim made
    after the service of an order, it may be the opposition, which takes the order down with it: the service is undone
    too, the earlier reading. An act that ends reaches every earlier act that has no end yet.

    Raises ``InvalidInput`` for an unknown kind or days out of order.

    Sources:
        C. civ. art. 2243; CPC art. 1411, 1419 and 1420; civ. 2, 19 Nov. 2020, n° 19-20.238; C. com. art. L622-25-1.
    """
    known = []
    for act in acts:
        row = act_row(act.kind, regime.id)
        refuse_reversed(act)
        known.append(KnownAct(act, row, act.until if row.may_last else None))
    known.sort(
        key=lambda entry: (entry.act.on, _ORDER.index(entry.row.effect), entry.act.kind, entry.until or date.max)
    )
    for place, entry in enumerate(known):
        if not entry.row.target:
            continue
        earlier = [
            index
            for index, other in enumerate(known)
            if other.act.kind in entry.row.target and other.act.on <= entry.act.on and other.undone_by is None
        ]
        if entry.row.effect is ActEffect.ENDS:
            earlier = [index for index in earlier if known[index].until is None]
            for index in earlier:
                known[index] = known[index]._replace(until=entry.act.on)
        else:
            latest = earlier[-1:]
            for index in latest:
                known[index] = known[index]._replace(undone_by=entry.row)
            if latest and known[latest[0]].act.kind == _CLAIM:
                orders = [index for index in earlier[:-1] if known[index].act.kind == _ORDER_SERVED]
                for index in orders[-1:]:
                    known[index] = known[index]._replace(undone_by=entry.row, is_order_opposed=True)
        known[place] = entry._replace(reached=bool(earlier))
    return tuple(known)
