"""``recouvrement interest``: what a late payment costs, with its décompte."""

import functools
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import click
from pydantic import TypeAdapter, ValidationError

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio.cells import parse_amount, parse_date
from recouvrement.cli.output import Day, Parameters, Result, json_option, print_json, rates_option, stops_cleanly
from recouvrement.cli.sums import claim_json, doubts_json, segment_json
from recouvrement.domain.clauses import MAX_FIGURE, PenaltyClause, PenaltyKind
from recouvrement.domain.decision import Doubt
from recouvrement.domain.decompte import decompte
from recouvrement.domain.money import Money
from recouvrement.domain.parties import DebtorKind
from recouvrement.domain.reasons import Authority, Reason
from recouvrement.domain.terms import DayCount, HalfYears, Imputation
from recouvrement.domain.values import Code
from recouvrement.engine.claim import claim_of
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Debt, Jurisdiction, ProvenCost, Receipt
from recouvrement.law.strict import refuse_gaps
from recouvrement.render import formats
from recouvrement.render.decompte import as_csv, as_markdown, as_text
from recouvrement.render.explain import doubt_words, tree

MAX_DAYS = 36_500
_BASES = {
    "365": DayCount.ACTUAL_365,
    "act/365": DayCount.ACTUAL_365,
    "act/act": DayCount.ACTUAL_ACTUAL,
    "360": DayCount.ACTUAL_360,
    "act/360": DayCount.ACTUAL_360,
}
_CODE = TypeAdapter(Code)
_UNDATED = {"from": None, "until": None, "through": None}
_FORMS = {"text": as_text, "csv": as_csv, "markdown": as_markdown}


def _in_range(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turn a sum too large to be an amount into ``InvalidInput``."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except (ValidationError, InvalidOperation) as fault:
            if isinstance(fault, ValidationError) and fault.title != Money.__name__:
                raise
            raise InvalidInput(
                where="AMOUNT",
                found="the sum is out of range",
                hint="Give a smaller amount, fewer days or a lower rate.",
            ) from None

    return run


class Words(NamedTuple):
    """The command line, as given."""

    amount: str
    due: date | None
    paid: date | None
    days: int | None
    debtor: str
    creditor: str
    rate: str | None
    clause: str | None
    notice: date | None
    enforceable: date | None
    payment: tuple[str, ...]
    imputation: str
    basis: str
    reading: str
    capitalise_from: date | None
    insolvency_opened: date | None
    cost: tuple[str, ...]
    currency: str
    invoice: str


@click.command()
@click.argument("amount")
@click.option("--due", type=Day(), help="Last day to pay; left out with --enforceable, that day.")
@click.option("--paid", type=Day(), help="Day of payment, counted.")
@click.option("--days", type=click.IntRange(0, MAX_DAYS), help="Days of delay, instead of the dates; needs a rate.")
@click.option(
    "--debtor",
    required=True,
    type=click.Choice([DebtorKind.BUSINESS.value, DebtorKind.CONSUMER.value, DebtorKind.PUBLIC.value]),
    help="What the debtor is in law.",
)
@click.option(
    "--creditor",
    type=click.Choice(["individual", "other"]),
    default="other",
    show_default=True,
    help="individual: a person not acting for professional needs (column of the legal rate).",
)
@click.option("--rate", help="Rate in per cent a year, taken as it is: granted, admitted, or to see what it makes.")
@click.option("--clause", help='Rate set by the contract: "12.5", "3x legal", "ecb+8"; tested against the legal floor.')
@click.option("--notice", type=Day(), help="First presentation of the mise en demeure.")
@click.option("--enforceable", type=Day(), help="Day the court decision that fixes AMOUNT became enforceable.")
@click.option("--payment", multiple=True, metavar="D:AMOUNT", help="Part payment, at its value date; may be repeated.")
@click.option(
    "--imputation",
    type=click.Choice(["interest-first", "principal-first"]),
    default="interest-first",
    show_default=True,
)
@click.option("--basis", type=click.Choice(list(_BASES)), default="365", show_default=True, help="Days of a year.")
@click.option(
    "--reading",
    type=click.Choice(["re-anchored", "fixed-at-start"]),
    default="re-anchored",
    show_default=True,
    help="Of a delay over two half-years: a new rate in each, or the first rate to the end.",
)
@click.option("--capitalise-from", type=Day(), help="Day from which contract or court lets a year's interest compound.")
@click.option("--insolvency-opened", type=Day(), help="Day insolvency proceedings opened.")
@click.option(
    "--cost", multiple=True, metavar="D:AMOUNT:PROOF", help="Recovery cost with its document; may be repeated."
)
@click.option("--currency", default="EUR", show_default=True)
@click.option("--invoice", default="sans numéro", show_default=True, help="Number of the invoice, for the décompte.")
@click.option(
    "--form", type=click.Choice(list(_FORMS)), default="text", show_default=True, help="Form of the décompte."
)
@rates_option
@json_option
@stops_cleanly
@_in_range
def interest(form: str, rates_file: Path | None, *, as_json: bool, **words: object) -> None:
    """Compute late-payment interest and the fixed indemnity on AMOUNT, with the décompte behind them."""
    law = jurisdiction("fr", rates_file)
    asked = Words(**words)  # type: ignore[arg-type]  # click gives the types declared above
    if asked.days is not None:
        _by_days(asked, law, as_json=as_json)
        return
    debt, on = _debt(asked)
    refuse_gaps(law.accrual(debt, on), law)
    claimed = claim_of(debt, on, law)
    claim, doubts = claimed.claim, claimed.doubts
    if as_json:
        print_json(claim_json(claim, doubts, law))
        return
    click.echo(_FORMS[form](decompte(claim, on, doubts)), nl=False)
    if form != "text":
        return
    click.echo("")
    for reason in claim.items[0].reasons:
        for line in tree(reason):
            click.echo("  " * line.depth + line.text)
    for doubt in doubts:
        click.echo(f"doubt: {doubt_words(doubt)}")


def _debt(asked: Words) -> tuple[Debt, date]:
    """Return the debt the words describe and the day it is looked at. Raises ``InvalidInput``."""
    due = asked.due or asked.enforceable
    if due is None or asked.paid is None:
        raise InvalidInput(
            where="--due, --paid",
            found="a date is missing",
            hint="Give --due and --paid (--enforceable and --paid for a court decision), or --days with --rate.",
        )
    if asked.rate is not None and asked.clause is not None:
        raise InvalidInput(
            where="--rate, --clause",
            found="both are given",
            hint="Give --clause for a rate set by contract, --rate for one taken as it is.",
        )
    _refuse_contradictions(asked)
    receipts = tuple(_receipt(text, asked.currency) for text in asked.payment)
    late = next((receipt.on for receipt in receipts if receipt.on > asked.paid), None)
    if late is not None:
        raise InvalidInput(
            where="--payment", found=f"{late.isoformat()} is after --paid", hint="--paid is the last day counted."
        )
    return (
        Debt(
            item_id=_number(asked.invoice),
            due_on=due,
            principal_minor=_principal(asked).minor,
            receipts=receipts,
            currency=asked.currency,
            debtor_kind=DebtorKind(asked.debtor),
            creditor_is_natural_person=asked.creditor == "individual",
            notice_on=asked.notice,
            insolvency_opened_on=asked.insolvency_opened,
            imputation=Imputation(asked.imputation.replace("-", "_")),
            penalty=None if asked.clause is None else PenaltyClause.of(asked.clause, where="--clause"),
            granted_rate=None if asked.rate is None else _rate(asked.rate),
            day_count=_BASES[asked.basis],
            half_years=HalfYears(asked.reading.replace("-", "_")),
            enforceable_on=asked.enforceable,
            capitalised_from=asked.capitalise_from,
            costs=tuple(_cost(text, asked.currency) for text in asked.cost),
        ),
        asked.paid,
    )


def _refuse_contradictions(asked: Words) -> None:
    """Refuse what the law would leave aside without a word."""
    if asked.enforceable is not None and (asked.clause is not None or asked.cost):
        raise InvalidInput(
            where="--enforceable",
            found="given with --clause or --cost",
            hint="A court sets its own rate and costs: give the rate it granted with --rate, without costs.",
        )
    if asked.insolvency_opened is not None and asked.debtor == DebtorKind.PUBLIC.value:
        raise InvalidInput(
            where="--insolvency-opened",
            found="given for a public debtor",
            hint="Insolvency proceedings do not reach public bodies: leave the option out, or correct --debtor.",
        )


def _by_days(asked: Words, law: Jurisdiction, *, as_json: bool) -> None:
    """Print the interest of a number of days at a given rate: no floor, half-year or payment is looked at."""
    dated = (
        asked.due,
        asked.paid,
        asked.notice,
        asked.enforceable,
        asked.capitalise_from,
        asked.insolvency_opened,
        *asked.payment,
        *asked.cost,
    )
    if any(word is not None for word in dated) or _BASES[asked.basis] is DayCount.ACTUAL_ACTUAL:
        raise InvalidInput(
            where="--days",
            found="given with a date, a payment, or a basis that depends on the year",
            hint="Give --due and --paid instead of --days.",
        )
    clause = None if asked.clause is None else PenaltyClause.of(asked.clause, where="--clause")
    if clause is not None and asked.debtor != DebtorKind.BUSINESS.value:
        raise InvalidInput(
            where="--clause",
            found=f"a contractual rate is not applied to a debtor of kind {asked.debtor}",
            hint="Leave the clause out; give the rate itself with --rate if a court granted it.",
        )
    if (asked.rate is None) == (clause is None) or (clause is not None and clause.kind is not PenaltyKind.FIXED):
        raise InvalidInput(
            where="--days",
            found="no single rate is given, and the rates of the law depend on the dates",
            hint="Add --rate (or a fixed --clause), or give --due and --paid instead of --days.",
        )
    rate = clause.figure if clause is not None else _rate(asked.rate or "")
    on, days = law.compiled_on, asked.days or 0
    # Any dates would do: a rate taken as it is does not look at them. They are not shown.
    debt = Debt(
        item_id=_number(asked.invoice),
        due_on=on - timedelta(days=days),
        principal_minor=_principal(asked).minor,
        receipts=(),
        currency=asked.currency,
        debtor_kind=DebtorKind(asked.debtor),
        creditor_is_natural_person=asked.creditor == "individual",
        notice_on=None,
        insolvency_opened_on=None,
        imputation=Imputation.INTEREST_FIRST,
        granted_rate=rate,
        day_count=_BASES[asked.basis],
    )
    accrual = law.accrual(debt, on)
    indemnity = law.indemnity(debt._replace(due_on=on - timedelta(days=min(days, 1))), on)
    undated = Reason.of("dates_unknown", Authority.FACT, {"days": days})
    doubts = (Doubt(code="dates_unknown", reason=undated), *indemnity.doubts)
    total = accrual.principal + accrual.late_interest + indemnity.amount
    if as_json:
        print_json(
            {
                "days": days,
                "interest": str(accrual.late_interest.amount),
                "indemnity": str(indemnity.amount.amount),
                "total": str(total.amount),
                "principal_left": str(accrual.principal.amount),
                "segments": [segment_json(segment) | _UNDATED for segment in accrual.segments],
                "doubts": doubts_json(doubts),
                "currency": asked.currency,
                "edition": law.edition,
            }
        )
        return
    for segment in accrual.segments:
        click.echo(
            f"{formats.money(segment.principal)} × {formats.rate(segment.rate)} × {days} / {segment.divisor}"
            f" = {formats.money(segment.amount)}"
        )
    click.echo(
        f"interest {accrual.late_interest} + indemnity {indemnity.amount} + principal {accrual.principal} = {total}"
    )
    for doubt in doubts:
        click.echo(f"doubt: {doubt_words(doubt)}")


def _principal(asked: Words) -> Money:
    principal = parse_amount(asked.amount, asked.currency, where="AMOUNT")
    if principal.minor <= 0:
        raise InvalidInput(
            where="AMOUNT", found=f"{asked.amount!r} is not positive", hint="Give the unpaid sum, VAT included."
        )
    return principal


def _rate(text: str) -> Decimal:
    """Return a rate in per cent; nought is a rate too."""
    if text.strip(" 0.,%") == "" and "0" in text:
        return Decimal(0)
    clause = PenaltyClause.of(text, where="--rate")
    if clause.kind is not PenaltyKind.FIXED:
        raise InvalidInput(
            where="--rate",
            found=f"{text!r} is not a figure",
            hint=f"Write per cent a year up to {MAX_FIGURE}, or use --clause.",
        )
    return clause.figure


def _number(text: str) -> str:
    """Return an invoice number fit to print."""
    try:
        return _CODE.validate_python(text.strip())
    except ValidationError:
        raise InvalidInput(
            where="--invoice", found=f"{text!r} is not a number", hint="Write one line of 120 characters at most."
        ) from None


def _receipt(text: str, currency: str) -> Receipt:
    day, _, amount = text.partition(":")
    paid = parse_amount(amount, currency, where=f"--payment {text}")
    if paid.minor <= 0:
        raise InvalidInput(where=f"--payment {text}", found="it is not positive", hint="Write it like 2026-03-02:4000.")
    return Receipt(parse_date(day, where=f"--payment {text}"), paid.minor)


def _cost(text: str, currency: str) -> ProvenCost:
    day, _, rest = text.partition(":")
    amount, _, proof = rest.partition(":")
    spent = parse_amount(amount, currency, where=f"--cost {text}")
    if spent.minor <= 0 or not proof.strip():
        raise InvalidInput(
            where=f"--cost {text}",
            found="the amount is not positive or the proof is missing",
            hint='Write it like "2026-03-02:180:facture n° 12 de Me Arzel": without proof nothing more is owed.',
        )
    incurred_on = parse_date(day, where=f"--cost {text}")
    try:
        return ProvenCost(incurred_on=incurred_on, amount=spent, proof=proof.strip())
    except ValidationError:
        raise InvalidInput(
            where="--cost", found=f"{proof!r} is not a reference", hint="Write the document on one line."
        ) from None
