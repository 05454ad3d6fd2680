"""``recouvrement interest`` and ``recouvrement prescription``: one sum, one date, with the article."""

from datetime import date, timedelta
from typing import Any

import click
from rich.table import Table

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio.cells import parse_amount
from recouvrement.cli.output import Day, console, json_option, print_json, stops_cleanly
from recouvrement.domain.documents import Invoice
from recouvrement.domain.money import Money
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind
from recouvrement.domain.terms import Imputation
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Debt
from recouvrement.render.explain import doubt_words, tree

_KINDS = click.Choice([DebtorKind.BUSINESS.value, DebtorKind.CONSUMER.value, DebtorKind.PUBLIC.value])


@click.command()
@click.argument("amount")
@click.option("--due", required=True, type=Day(), help="Last day to pay.")
@click.option("--paid", required=True, type=Day(), help="Day of payment, counted.")
@click.option("--debtor", required=True, type=_KINDS, help="What the debtor is in law.")
@click.option("--notice", type=Day(), help="First presentation of the mise en demeure (consumers).")
@click.option("--currency", default="EUR", show_default=True)
@json_option
@stops_cleanly
def interest(
    amount: str, due: date, paid: date, debtor: str, notice: date | None, currency: str, *, as_json: bool
) -> None:
    """Compute late-payment interest and the fixed indemnity on AMOUNT, segment by segment."""
    principal = parse_amount(amount, currency, where="AMOUNT")
    if principal.minor <= 0:
        raise InvalidInput(
            where="AMOUNT", found=f"{amount!r} is not positive", hint="Give the unpaid sum, VAT included."
        )
    debt = Debt(
        item_id="amount",
        due_on=due,
        principal_minor=principal.minor,
        receipts=(),
        currency=currency,
        debtor_kind=DebtorKind(debtor),
        creditor_is_natural_person=False,
        notice_on=notice,
        insolvency_opened_on=None,
        imputation=Imputation.INTEREST_FIRST,
    )
    law = jurisdiction("fr")
    accrual, indemnity = law.accrual(debt, paid), law.indemnity(debt, paid)
    total = principal + accrual.late_interest + indemnity.amount
    doubts = (*accrual.doubts, *indemnity.doubts)
    if as_json:
        print_json(
            {
                "principal": str(principal.amount),
                "currency": currency,
                "late_interest": str(accrual.late_interest.amount),
                "indemnity": str(indemnity.amount.amount),
                "total": str(total.amount),
                "through": accrual.through.isoformat() if accrual.through else None,
                "segments": [
                    {
                        "from": segment.from_.isoformat(),
                        "through": segment.through.isoformat(),
                        "days": str(segment.days),
                        "principal": str(segment.principal.amount),
                        "rate": str(segment.rate),
                        "day_count": segment.day_count.value,
                        "amount": str(segment.amount.amount),
                        "article": segment.source.article,
                        "confidence": segment.source.confidence.value,
                    }
                    for segment in accrual.segments
                ],
                "doubts": [doubt.model_dump(mode="json") for doubt in doubts],
                "edition": law.edition,
            }
        )
        return
    out = console()
    table = Table(
        title=f"Interest on {principal}, due {due.isoformat()}, paid {paid.isoformat()}", title_justify="left"
    )
    for name in ("from", "through", "days", "base", "rate %", "amount", "article"):
        table.add_column(name, justify="left" if name in {"from", "through", "article"} else "right")
    for segment in accrual.segments:
        table.add_row(
            segment.from_.isoformat(),
            segment.through.isoformat(),
            str(segment.days),
            str(segment.principal.amount),
            str(segment.rate),
            str(segment.amount.amount),
            segment.source.article,
        )
    out.print(table)
    out.print(f"interest {accrual.late_interest} + indemnity {indemnity.amount} + principal {principal} = {total}")
    for reason in (*accrual.reasons, *indemnity.reasons):
        for line in tree(reason):
            out.print("  " * (line.depth + 1) + line.text, markup=False)
    for doubt in doubts:
        out.print(f"doubt: {doubt_words(doubt)}", markup=False)


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
