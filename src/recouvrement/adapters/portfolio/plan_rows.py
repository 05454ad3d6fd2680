"""Payment plans in ``evenements.csv``: one row per instalment, those of a plan sharing their ``id``."""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from recouvrement.adapters.portfolio.event_words import YES_OR_NO
from recouvrement.adapters.portfolio.table import Row
from recouvrement.domain.documents import Instalment
from recouvrement.domain.events import PlanAgreed
from recouvrement.errors import InvalidInput

_SHARED = (
    "debiteur",
    "date",
    "facture",
    "devise",
    "acceleration",
    "preavis_jours",
    "interets_maintenus",
    "jours_de_grace",
    "reference",
    "note",
)


class Head(NamedTuple):
    """What every event row says: when, about which items, in which currency, under which identifier."""

    code: str
    effective_on: date
    items: tuple[str, ...]
    currency: str | None


def plan_of(rows: list[Row], head: Head) -> PlanAgreed:
    """Return the plan of some rows, its instalments in the order of their dates.

    Raises ``InvalidInput``, located in its cell, for the first instalment that cannot be one.
    """
    first = rows[0]
    _refuse_disagreement(rows)
    parts = sorted((_instalment(row, head) for row in rows), key=lambda part: part[0].due_on or head.effective_on)
    for (earlier, _), (later, row) in pairwise(parts):
        if earlier.due_on == later.due_on:
            raise InvalidInput(
                where=row.where("jusqu_au"),
                found=f"two instalments of the plan are due on {row.text('jusqu_au')}",
                hint="Add them up in one row, or correct one of the dates.",
            )
    notice_days = first.whole_number("preavis_jours", "8")
    return PlanAgreed(
        id=head.code,
        effective_on=head.effective_on,
        plan_id=first.required("id", "PLAN-1"),
        item_ids=head.items,
        instalments=tuple(part for part, _ in parts),
        accelerates=first.choice("acceleration", YES_OR_NO) or False,
        grace_days=first.whole_number("jours_de_grace", "3") or 0,
        notice_days=8 if notice_days is None else notice_days,
        reference=first.text("reference"),
        keeps_interest=first.choice("interets_maintenus", YES_OR_NO),
    )


def _refuse_disagreement(rows: list[Row]) -> None:
    first = rows[0]
    for row in rows[1:]:
        for column in _SHARED:
            if row.text(column) != first.text(column):
                raise InvalidInput(
                    where=row.where(column),
                    found=f"{row.text(column) or ''!r} differs from {first.text(column) or ''!r} on line {first.line}, "
                    "for the same plan",
                    hint="Write the same thing on every row of the plan; only jusqu_au and montant may change.",
                )


def _instalment(row: Row, head: Head) -> tuple[Instalment, Row]:
    due_on = row.required_day("jusqu_au", "15/01/2027")
    amount = row.required_money("montant", "500,00")
    if due_on < head.effective_on:
        raise InvalidInput(
            where=row.where("jusqu_au"),
            found=f"the instalment is due on {due_on.isoformat()}, before the plan of {head.effective_on.isoformat()}",
            hint="Correct one of the two dates.",
        )
    if amount.minor <= 0 or amount.currency != (head.currency or amount.currency):
        raise InvalidInput(
            where=row.where("montant"),
            found=f"{amount} cannot be an instalment of invoices in {head.currency or amount.currency}",
            hint="Write a positive amount in the currency of the invoices, and fill devise when it is not EUR.",
        )
    return Instalment(amount=amount, due_on=due_on), row
