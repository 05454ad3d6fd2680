"""``recouvrement prescription``: the last day to act, with the article."""

from datetime import date, timedelta
from typing import Any

import click

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.cli.output import Day, json_option, print_json, stops_cleanly
from recouvrement.domain.documents import Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind
from recouvrement.render.explain import doubt_words

_KINDS = click.Choice([DebtorKind.BUSINESS.value, DebtorKind.CONSUMER.value, DebtorKind.PUBLIC.value])


@click.command()
@click.option("--kind", required=True, type=_KINDS, help="What the debtor is in law.")
@click.option("--due", required=True, type=Day(), help="Due date.")
@click.option("--on", type=Day(), default=None, help="Date to judge it on; without it nothing is said of being barred.")
@json_option
@stops_cleanly
def prescription(kind: str, due: date, on: date | None, *, as_json: bool) -> None:
    """Compute the last day to act before a claim is barred, no act having interrupted the time."""
    law = jurisdiction("fr")
    invoice = Invoice.single("amount", issued_on=due, due_on=due, total=Money.of("1.00", "EUR"))
    debtor = Debtor(id="debtor", name="debtor", kind=DebtorKind(kind))
    creditor = Creditor(id="creditor", name="creditor")
    deadline, doubts = law.prescription(invoice.items[0], invoice, debtor, creditor)
    barred_from = deadline.last_day + timedelta(days=1)
    barred = None if on is None else deadline.is_past(on)
    if as_json:
        data: dict[str, Any] = {  # Any: JSON
            "last_day": deadline.last_day.isoformat(),
            "barred_from": barred_from.isoformat(),
            "barred": barred,
            "regime": deadline.regime,
            "path": [
                {
                    "from": step.from_.isoformat(),
                    "act": step.act,
                    "effect": step.effect,
                    "article": step.source.article,
                    "confidence": step.source.confidence.value,
                }
                for step in deadline.path
            ],
            "doubts": [doubt.model_dump(mode="json") for doubt in doubts],
        }
        print_json(data)
        return
    click.echo(f"Last day to act: {deadline.last_day.isoformat()} (regime {deadline.regime})")
    click.echo(f"Barred from: {barred_from.isoformat()}")
    if on is not None:
        click.echo(f"On {on.isoformat()}: {'barred' if barred else 'not barred'}")
    for step in deadline.path:
        firm = "" if step.source.confidence.is_firm else f" ({step.source.confidence.value})"
        click.echo(f"  {step.from_.isoformat()} {step.act}: {step.effect} — {step.source.article}{firm}")
    for doubt in doubts:
        click.echo(f"doubt: {doubt_words(doubt)}")
