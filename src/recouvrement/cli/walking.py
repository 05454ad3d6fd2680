"""What the commands that look into the future share: days, suppositions, costs, prices, failures."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import click

from recouvrement.adapters.portfolio.table import read_text
from recouvrement.batch.portfolio import Failure
from recouvrement.cli.output import Day
from recouvrement.domain.documents import Payment
from recouvrement.domain.events import Event, PaymentReceived, event_from_json
from recouvrement.domain.money import Money
from recouvrement.domain.vocabulary import Channel
from recouvrement.engine.what_if import Approvals, Assumptions
from recouvrement.errors import InvalidInput, UnknownEvent

Command = Callable[..., Any]  # Any: click gives options by name and ignores what comes back

until_option = click.option("--until", type=Day(), required=True, help="First day left out.")


def assumption_options(command: Command) -> Command:
    """Add the options that say what is supposed; ``assumptions`` reads them."""
    options = (
        click.option(
            "--approvals",
            type=click.Choice([one.value for one in Approvals]),
            default=Approvals.GRANTED.value,
            show_default=True,
            help="What is supposed of the steps that a human must approve.",
        ),
        click.option(
            "--answered-after",
            type=click.IntRange(0, 366),
            default=0,
            show_default=True,
            help="Days from a proposal to its answer.",
        ),
        click.option(
            "--delivered-after",
            type=click.IntRange(0, 366),
            help="Suppose a mise en demeure presented that many days after it leaves; not supposed when left out.",
        ),
    )
    return reduce(lambda decorated, option: option(decorated), reversed(options), command)


def assumptions(approvals: str, answered_after: int, delivered_after: int | None) -> Assumptions:
    """Return what the options suppose."""
    return Assumptions(
        approvals=Approvals(approvals), answered_after_days=answered_after, notice_delivered_after_days=delivered_after
    )


class CostList(click.ParamType[dict[Channel, Money]]):
    """Prices written ``email=0.00,post=1.80``, in euros."""

    name = "costs"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dict[Channel, Money]:
        """Return the prices by channel, or fail with what was found."""
        if isinstance(value, dict):
            return value
        known = [channel.value for channel in Channel if channel is not Channel.INTERNAL]
        found: dict[Channel, Money] = {}
        for part in str(value).split(","):
            name, _, amount = (piece.strip() for piece in part.partition("="))
            if name not in known or Channel(name) in found:
                again = "given twice" if name in known else f"not one of {', '.join(known)}"
                self.fail(f"{part.strip()!r}: the channel is {again}; write it like email=0.00,post=1.80", param, ctx)
            try:
                found[Channel(name)] = Money.of(amount, "EUR")
            except InvalidInput as fault:
                self.fail(f"{part.strip()!r}: {fault.found}. {fault.hint}", param, ctx)
        return found


costs_option = click.option(
    "--costs", type=CostList(), default={}, help="Prices of one contact, in euros, such as email=0.00,post=1.80."
)


class Paid(click.ParamType[tuple[date, str]]):
    """A payment supposed, written ``2026-12-05=1200.00``."""

    name = "day=amount"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, str]:
        """Return the day and the amount as written, or fail with what was found."""
        if isinstance(value, tuple):
            return value
        day, _, amount = str(value).partition("=")
        return Day().convert(day.strip(), param, ctx), amount.strip()


def supposed_payments(paid: Sequence[tuple[date, str]], currency: str) -> list[Event]:
    """Return the payments supposed on the command line; each goes to the oldest debts."""
    return [
        PaymentReceived(
            id=f"supposed-{number}",
            effective_on=day,
            payment=Payment(id=f"supposed-{number}", received_on=day, amount=_positive(amount, currency)),
        )
        for number, (day, amount) in enumerate(paid, start=1)
    ]


def _positive(amount: str, currency: str) -> Money:
    money = Money.of(amount, currency)
    if money.minor <= 0:
        raise InvalidInput(where="--paid", found=f"an amount of {money}", hint="Suppose a positive amount.")
    return money


def events_of(path: Path) -> list[Event]:
    """Return the events of a file, one a line as ``event_to_json`` writes them; empty lines count for nothing.

    Raises ``InvalidInput`` with the line of what is not an event.
    """
    found: list[Event] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(event_from_json(line, where=f"{path.name}:{number}"))
        except UnknownEvent as fault:
            raise InvalidInput(
                where=fault.where, found=fault.found, hint="Write one event a line, as `event_to_json` does."
            ) from None
    return found


def unread_rows(failures: Sequence[Failure]) -> list[dict[str, str | None]]:
    """Return what could not be read of a portfolio, as rows."""
    return [{"debtor": failure.debtor_id, **failure.error.as_row()} for failure in failures]


def say_unread(failures: Sequence[Failure]) -> None:
    """Tell on standard error what could not be read of a portfolio."""
    for failure in failures:
        click.echo(f"not read: {failure.debtor_id or '-'}: {failure.error}", err=True)
