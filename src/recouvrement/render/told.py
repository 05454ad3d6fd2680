"""What the reasons of a requested action tell: which fact of the case its document is about."""

from datetime import date

from recouvrement.domain.decision import Action
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Reason
from recouvrement.errors import InvalidInput, RenderError
from recouvrement.render import formats


def told(action: Action, code: str) -> Reason:
    """Return the reason of that code. Raises ``RenderError`` when the action has none: nobody made it as it must be."""
    found = next((reason for reason in action.reasons if reason.code == code), None)
    if found is None:
        raise RenderError(
            where=f"action {action.id}, reasons",
            found=f"no reason {code} says what {action.document.value} is about",
            hint="Make the action with requested(…).",
        )
    return found


def told_day(reason: Reason, name: str) -> date | None:
    """Return a day that a reason holds, or ``None``."""
    written = reason.input(name)
    return date.fromisoformat(written) if written else None


def told_money(reason: Reason, name: str) -> Money | None:
    """Return an amount as a reason writes it, ``1250.00 EUR``, or ``None``."""
    number, _, currency = (reason.input(name) or "").partition(" ")
    try:
        return Money.of(number, currency)
    except InvalidInput:
        return None


def shown(amount: Money | None) -> str:
    """Return an amount as printed; empty when it is not known or nothing."""
    return formats.money(amount) if amount is not None and amount else ""


def shown_day(day: date | None) -> str:
    """Return a day in full; empty when it is not known."""
    return formats.long_date(day) if day is not None else ""
