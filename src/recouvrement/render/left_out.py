"""What the professional must know that the figures of a file do not show: disputes, and debts left out of it."""

from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render import formats
from recouvrement.render.disputes import is_about, open_disputes
from recouvrement.render.statement import label
from recouvrement.render.told import shown, told_money


class DisputeRow(NamedTuple):
    """One dispute that is open."""

    received_on: str
    amount: str
    """Empty when the whole of its debts is contested."""
    about: str
    """Its open debts; empty for a dispute about the whole account."""
    cause: str


class LeftOutRow(NamedTuple):
    """One open debt that is not handed over."""

    number: str
    amount: str
    is_contested: str
    """Not empty when a dispute about it is open."""


class LeftOut(NamedTuple):
    """Empty for another document."""

    dispute_rows: tuple[DisputeRow, ...]
    left_out_rows: tuple[LeftOutRow, ...]


NOTHING = LeftOut((), ())


def left_out(action: Action, case: Case, *, on: date) -> LeftOut:
    """Return every open dispute of the case, and the debts a file handed over leaves out."""
    if action.document is not DocumentKind.HANDOVER_COVER:
        return NOTHING
    disputes = list(open_disputes(case, on=on))
    amounts = {
        reason.input("item"): shown(told_money(reason, "amount"))
        for reason in action.reasons
        if reason.code == "left_out_of_file"
    }
    left = [item for item in case.items if item.id in amounts]
    return LeftOut(
        dispute_rows=tuple(
            DisputeRow(
                received_on=formats.short_date(stop.effective_on),
                amount=formats.money(stop.amount) if stop.amount is not None else "",
                about=", ".join(label(item, case) for item in case.items if stop.item_ids and is_about(stop, item)),
                cause=stop.cause or "",
            )
            for stop in disputes
        ),
        left_out_rows=tuple(
            LeftOutRow(
                number=label(item, case),
                amount=amounts[item.id],
                is_contested="oui" if any(is_about(stop, item) for stop in disputes) else "",
            )
            for item in left
        ),
    )
