"""``recouvrement routes``: what may be done next with a claim, open or closed, and why."""

import re
from datetime import date
from typing import Any

import click
from rich.table import Table

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio.cells import parse_date
from recouvrement.cli.output import Day, console, day_of, json_option, print_json, stops_cleanly
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind, Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Reason
from recouvrement.errors import InvalidInput
from recouvrement.law.courts import Cost, Route, RouteFacts, RouteStatus
from recouvrement.render.explain import doubt_words, tree

_ORDER = (RouteStatus.OPEN, RouteStatus.NEEDS, RouteStatus.UNVERIFIED, RouteStatus.CLOSED)
_DEBTORS = click.Choice([kind.value for kind in DebtorKind])


class InsolvencyText(click.ParamType[Insolvency]):
    """Insolvency proceedings written ``KIND:OPENED[:PUBLISHED]``."""

    name = "kind:opened[:published]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Insolvency:
        """Return the proceedings, or fail with what was found."""
        if isinstance(value, Insolvency):
            return value
        kind, *days = str(value).strip().split(":")
        kinds = [known.value for known in InsolvencyKind]
        if kind not in kinds or not 1 <= len(days) <= 2:
            self.fail(
                f"{value!r}: write KIND:OPENED or KIND:OPENED:PUBLISHED, KIND one of {', '.join(kinds)}", param, ctx
            )
        try:
            opened_on, *published = (parse_date(day, where="date") for day in days)
        except InvalidInput as fault:
            self.fail(f"{fault.found}: {fault.hint}", param, ctx)
        if published and published[0] < opened_on:
            self.fail(f"published on {published[0]}, before the opening on {opened_on}", param, ctx)
        return Insolvency(
            kind=InsolvencyKind(kind), opened_on=opened_on, published_on=published[0] if published else None
        )


class Country(click.ParamType[str]):
    """An ISO 3166-1 code of two letters."""

    name = "country"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code in capitals, or fail with what was found."""
        code = str(value).strip().upper()
        if re.fullmatch("[A-Z]{2}", code) is None:
            self.fail(f"{value!r} is not a country: write the two letters of ISO 3166-1, such as DE", param, ctx)
        return code


@click.command()
@click.argument("amount")
@click.option("--debtor", required=True, type=_DEBTORS, help="What the debtor is in law.")
@click.option("--interest", default="0", help="Interest claimed besides the principal; it counts for thresholds.")
@click.option("--on", type=Day(), default=None, help="Day asked; today in Europe/Paris when left out.")
@click.option("--creditor-trader/--no-creditor-trader", default=True, help="Whether the creditor is a trader.")
@click.option("--debtor-trader/--no-debtor-trader", default=None, help="Whether the debtor is a trader.")
@click.option("--claim", help="Nature where it matters: rent_home, credit_conso, bill.")
@click.option("--contested", is_flag=True, help="The debtor disputes the claim.")
@click.option("--not-due", is_flag=True, help="The due date has not passed.")
@click.option("--not-contractual", is_flag=True, help="The claim has neither contract nor statutory obligation.")
@click.option("--attempt", type=Day(), help="Day of an attempt to settle already made (CPC art. 750-1).")
@click.option("--notice", type=Day(), help="First presentation of a mise en demeure.")
@click.option("--insolvency", type=InsolvencyText(), help="Such as liquidation_judiciaire:2026-10-01:2026-10-08.")
@click.option("--country", type=Country(), default="FR", show_default=True, help="Country of the debtor.")
@click.option("--court-city", help="Town of the debtor's court: some have a court of economic activities.")
@click.option("--alsace-moselle", is_flag=True, help="The debtor's court is in Bas-Rhin, Haut-Rhin or Moselle.")
@click.option("--last-day", type=Day(), help="Last day to act before the claim is barred.")
@click.option("--cheque", is_flag=True, help="A cheque came back unpaid.")
@json_option
@stops_cleanly
def routes(amount: str, on: date | None, *, as_json: bool, **given: Any) -> None:  # noqa: ANN401  # options, typed by click
    """List the lawful next steps for a claim of AMOUNT euros, open or closed, with court, times and costs."""
    law = jurisdiction("fr")
    found = law.routes(_facts(amount, **given), day_of(on))
    if as_json:
        print_json({"routes": [_as_data(route) for route in found], "edition": law.edition})
        return
    _print_table(found)
    for route in sorted(found, key=lambda one: _ORDER.index(one.status)):
        _print_why(route)


def _facts(
    amount: str,
    *,
    debtor: str,
    interest: str,
    creditor_trader: bool,
    debtor_trader: bool | None,
    claim: str | None,
    contested: bool,
    not_due: bool,
    not_contractual: bool,
    attempt: date | None,
    notice: date | None,
    insolvency: Insolvency | None,
    country: str,
    court_city: str | None,
    alsace_moselle: bool,
    last_day: date | None,
    cheque: bool,
) -> RouteFacts:
    return RouteFacts(
        principal=Money.of(amount, "EUR"),
        interest=Money.of(interest, "EUR"),
        debtor_kind=DebtorKind(debtor),
        creditor_is_trader=creditor_trader,
        debtor_is_trader=debtor_trader,
        claim=claim,
        is_contested=contested,
        is_due=not not_due,
        is_contractual=not not_contractual,
        last_day=last_day,
        insolvency=insolvency,
        debtor_country=country,
        is_alsace_moselle=alsace_moselle,
        court_city=court_city,
        attempt_made_on=attempt,
        notice_on=notice,
        has_unpaid_cheque=cheque,
    )


def _as_data(route: Route) -> dict[str, Any]:  # Any: JSON
    return {
        "code": route.code,
        "status": route.status.value,
        "court": route.court,
        "threshold": None if route.threshold is None else f"{route.threshold.amount:.2f}",
        "costs": [_cost_data(cost) for cost in route.costs],
        "delays": [reason.model_dump(mode="json") for reason in route.delays],
        "reasons": [reason.model_dump(mode="json") for reason in route.reasons],
        "article": route.source.article,
        "confidence": route.source.confidence.value,
        "doubts": [doubt.model_dump(mode="json") for doubt in route.doubts],
    }


def _cost_data(cost: Cost) -> dict[str, str | None]:
    return {
        "label": cost.label,
        "amount": None if cost.amount is None else f"{cost.amount:.2f}",
        "article": cost.source.article,
        "confidence": cost.source.confidence.value,
    }


def _print_table(found: tuple[Route, ...]) -> None:
    shown = Table("Route", "Status", "Court or officer", "Up to", "Known costs", "Article")
    for route in sorted(found, key=lambda one: _ORDER.index(one.status)):
        costs = ", ".join("?" if cost.amount is None else f"{cost.amount:.2f}" for cost in route.costs)
        shown.add_row(
            route.code.replace("_", " "),
            route.status.value,
            (route.court or "").replace("_", " "),
            "" if route.threshold is None else str(route.threshold),
            costs,
            route.source.article,
        )
    console().print(shown)


def _print_why(route: Route) -> None:
    out = console()
    out.print(f"{route.code} ({route.status.value})", markup=False)
    for reason in (*route.reasons, *route.delays):
        _print_tree(reason)
    for cost in route.costs:
        amount = "not known" if cost.amount is None else f"{cost.amount:.2f} EUR"
        firm = "" if cost.source.confidence.is_firm else f" ({cost.source.confidence.value})"
        out.print(f"  cost: {cost.label.replace('_', ' ')} {amount} — {cost.source.article}{firm}", markup=False)
    for doubt in route.doubts:
        out.print(f"  doubt: {doubt_words(doubt)}", markup=False)


def _print_tree(reason: Reason) -> None:
    for line in tree(reason):
        console().print("  " * (line.depth + 1) + line.text, markup=False)
