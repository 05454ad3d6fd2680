"""``recouvrement prescription``: the last day to act, which acts move it, and the text behind each step."""

from collections.abc import Iterable
from datetime import date, timedelta

import click

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.portfolio.cells import parse_date
from recouvrement.cli.output import Day, console, day_of, json_option, print_json, stops_cleanly
from recouvrement.cli.sums import doubts_json
from recouvrement.domain.decision import Doubt
from recouvrement.domain.reasons import Authority
from recouvrement.domain.vocabulary import LimitationActKind
from recouvrement.errors import InvalidInput
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.law.limitation import Act, LimitationAnswer, LimitationFacts
from recouvrement.render.explain import act_words, doubt_words, effect_words

OLDEST_YEAR = 1950
"""Claims may be older than the receivables of a portfolio."""
_KINDS = [kind.value for kind in LimitationActKind]


@click.command()
@click.option("--regime", help="What the claim is: b2b, b2c, general, public_debtor, telecom, rent… See --list.")
@click.option(
    "--start", type=Day(OLDEST_YEAR), help="Day the regime counts from: due date, completion, contract, right acquired…"
)
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="KIND:DATE[..DATE]",
    help="Act that may move the last day, such as acknowledgement:2024-05-02 or mediation:2024-05-02..2024-09-30.",
)
@click.option("--counted", is_flag=True, help="The first day is itself counted, as when a statute comes into force.")
@click.option(
    "--born", type=Day(OLDEST_YEAR), help="Birth of the right, for the cap of twenty years; the start when left out."
)
@click.option("--contract-years", type=click.IntRange(1, 10), help="Period agreed by contract, where the law lets it.")
@click.option("--on", type=Day(OLDEST_YEAR), help="Date to judge it on; without it nothing is said of being barred.")
@click.option("--list", "listed", is_flag=True, help="List the regimes and the kinds of acts.")
@json_option
@stops_cleanly
def prescription(
    regime: str | None,
    start: date | None,
    events: tuple[str, ...],
    born: date | None,
    contract_years: int | None,
    on: date | None,
    *,
    counted: bool,
    listed: bool,
    as_json: bool,
) -> None:
    """Compute the last day to act before a claim is barred, every act on it taken into account."""
    law = jurisdiction("fr")
    if listed:
        _list(law, day_of(on), as_json=as_json)
        return
    if regime is None or start is None:
        raise InvalidInput(
            where="--regime, --start", found="one is missing", hint="Give both; --list shows the regimes."
        )
    acts = tuple(_act(text) for text in events)
    answer = law.limitation(
        LimitationFacts(
            regime=regime,
            start_on=start,
            acts=acts,
            starts_at_midnight=counted,
            born_on=born,
            contract_years=contract_years,
        )
    )
    if on is not None:
        answer = answer._replace(doubts=(*answer.doubts, *_later_than(on, acts)))
    last_day = answer.last_day
    barred = None if on is None else last_day is not None and on > last_day
    if as_json:
        print_json(_as_json(answer, law, barred=barred))
        return
    _show(answer, on, barred=barred)


def _act(text: str) -> Act:
    """Return the act written ``kind:date`` or ``kind:from..to``. Raises ``InvalidInput``."""
    where = f"--event {text}"
    kind, _, days = text.partition(":")
    if kind not in _KINDS:
        raise InvalidInput(
            where=where, found=f"{kind!r} is not a kind of act", hint=f"Write one of: {', '.join(_KINDS)}."
        )
    first, dots, last = days.partition("..")
    on = parse_date(first, where=where, first_year=OLDEST_YEAR)
    until = parse_date(last, where=where, first_year=OLDEST_YEAR) if dots and last.strip() else None
    if until is not None and until < on:
        raise InvalidInput(where=where, found="it ends before it begins", hint="Write FROM..TO in the order of time.")
    return Act(kind, on, until)


def _later_than(on: date, acts: Iterable[Act]) -> tuple[Doubt, ...]:
    """Return a doubt about acts dated after the day asked: more often a slip of the year than a wish."""
    later = sorted(f"{act.kind} {act.on.isoformat()}" for act in acts if act.on > on)
    if not later:
        return ()
    inputs: dict[str, object] = {"acts": ", ".join(later), "on": on}
    return (Doubt.of("acts_after_day_asked", Authority.FACT, inputs),)


def _as_json(answer: LimitationAnswer, law: Jurisdiction, *, barred: bool | None) -> dict[str, object]:
    last_day = answer.last_day
    return {
        "last_day": last_day.isoformat() if last_day else None,
        "barred_from": (last_day + timedelta(days=1)).isoformat() if last_day else None,
        "barred": barred,
        "regime": answer.regime,
        "path": [
            {
                "from": step.from_.isoformat(),
                "act": step.act,
                "effect": step.effect,
                "article": step.source.article,
                "confidence": step.source.confidence.value,
            }
            for step in answer.path
        ],
        "doubts": doubts_json(answer.doubts),
        "nature": answer.nature.value,
        "safe_day": answer.safe_day.isoformat() if answer.safe_day else None,
        "edition": law.edition,
    }


def _show(answer: LimitationAnswer, on: date | None, *, barred: bool | None) -> None:
    if answer.last_day is None:
        click.echo(f"Time does not run ({answer.nature.value}, regime {answer.regime}): no last day yet.")
    else:
        click.echo(f"Last day to act: {answer.last_day.isoformat()} ({answer.nature.value}, regime {answer.regime})")
        click.echo(f"Barred from: {(answer.last_day + timedelta(days=1)).isoformat()}")
    if answer.safe_day is not None:
        click.echo(f"Last working day before it, for acts that need an officer: {answer.safe_day.isoformat()}")
    if on is not None:
        click.echo(f"On {on.isoformat()}: {'barred' if barred else 'not barred'}")
    for step in answer.path:
        firm = "" if step.source.confidence.is_firm else f" ({step.source.confidence.value})"
        words = f"{act_words(step.act)}: {effect_words(step.effect)}"
        click.echo(f"  {step.from_.isoformat()} {words} — {step.source.article}{firm}")
    for doubt in answer.doubts:
        click.echo(f"doubt: {doubt_words(doubt)}")


def _list(law: Jurisdiction, on: date, *, as_json: bool) -> None:
    regimes = law.regimes(on)
    if as_json:
        print_json(
            {
                "regimes": [
                    {
                        "regime": regime.code,
                        "label": regime.label,
                        "nature": regime.nature.value,
                        "period": regime.period,
                        "starts": list(regime.starts),
                        "article": regime.article,
                        "confidence": regime.confidence,
                    }
                    for regime in regimes
                ],
                "acts": _KINDS,
                "edition": law.edition,
            }
        )
        return
    out = console()
    for regime in regimes:
        starts = ", ".join(act_words(start) for start in regime.starts)
        out.print(f"{regime.code}: {regime.label}; {regime.period}, from {starts} — {regime.article}", markup=False)
    out.print(f"acts: {', '.join(_KINDS)}", markup=False)
