"""What events say of items, found by item: ten thousand items and a thousand events are not ten million questions."""

from collections.abc import Collection, Iterable
from typing import Generic, TypeVar

from recouvrement.engine.ledger import Position

Thing = TypeVar("Thing")


class Named(Generic[Thing]):
    """Things by the items or invoices they name; one that names none is about every item."""

    def __init__(self, things: Iterable[tuple[Collection[str], Thing]]) -> None:
        self._everywhere: list[tuple[int, Thing]] = []
        self._by_name: dict[str, list[tuple[int, Thing]]] = {}
        for place, (names, thing) in enumerate(things):
            if not names:
                self._everywhere.append((place, thing))
            for name in set(names):
                self._by_name.setdefault(name, []).append((place, thing))

    def of(self, position: Position) -> list[Thing]:
        """Return what is about an item, in the order given, each once."""
        item_id, number = position.item.id, position.item.invoice_number
        found = self._by_name.get(item_id, [])
        if number != item_id:
            found = found + self._by_name.get(number, [])
        found = found + self._everywhere
        return [thing for _, thing in sorted(dict(found).items())] if len(found) > 1 else [thing for _, thing in found]
