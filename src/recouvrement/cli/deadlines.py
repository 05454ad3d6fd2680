"""``recouvrement deadline`` and ``recouvrement holidays``: when a period ends, and which days are not worked."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import click

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.cli.output import Day, json_option, print_json, stops_cleanly
from recouvrement.cli.sums import doubts_json
from recouvrement.domain.decision import Doubt, PathStep
from recouvrement.errors import InvalidInput
from recouvrement.law.courts import ProceduralDay, Step, StepDeadline
from recouvrement.law.jurisdiction import Jurisdiction
from recouvrement.render.explain import act_words, doubt_words, effect_words

_CPC, _PRESCRIPTION = "cpc", "prescription"

region_option = click.option(
    "--region", help="Region whose holidays are looked at, such as alsace-moselle or martinique."
)


@click.command()
@click.option("--start", required=True, type=Day(), help="Day of the event that starts the time.")
@click.option("--months", type=int, help="Months of the period, counted first.")
@click.option("--days", type=int, help="Days of the period.")
@click.option(
    "--rule",
    type=click.Choice([_CPC, _PRESCRIPTION]),
    help="Way of counting: cpc (the default) moves the end to a working day, prescription never does.",
)
@region_option
@click.option("--counted", is_flag=True, help="With prescription: the first day is itself counted.")
@click.option("--waiting", is_flag=True, help="With cpc: a time the creditor must wait; local holidays lengthen it.")
@click.option("--step", help="A step of procedure, such as order_made, in place of a length and a rule.")
@click.option("--abroad", is_flag=True, help="With a step: the party whose time runs is abroad or overseas.")
@click.option("--in-person/--not-in-person", default=None, help="With a step: how the act was served, if known.")
@json_option
@stops_cleanly
def deadline(
    start: date,
    months: int | None,
    days: int | None,
    rule: str | None,
    region: str | None,
    step: str | None,
    *,
    counted: bool,
    waiting: bool,
    abroad: bool,
    in_person: bool | None,
    as_json: bool,
) -> None:
    """Compute the end of a period, or every period that runs from a step of procedure.

    The region has no effect on a prescription, which no holiday extends.
    """
    law = jurisdiction("fr")
    if step is not None:
        given = {"--months": months, "--days": days, "--rule": rule, "--counted": counted, "--waiting": waiting}
        _refuse(given, "A step has periods of its own: leave the option out, or leave --step out.")
        _print_steps(law.step_deadlines(Step(step, start, abroad, in_person), region), as_json=as_json)
        return
    _refuse({"--abroad": abroad, "--in-person": in_person is not None}, "The option describes a step: give --step too.")
    if rule == _PRESCRIPTION:
        _refuse({"--waiting": waiting}, "A prescription is not waited for: leave the option out.")
        law.procedural_deadline(start, months=0, days=0, region=region)  # for the error of an unknown region
        day = law.limitation_deadline(start, months=months or 0, days=days or 0, is_counted=counted)
    else:
        _refuse({"--counted": counted}, "The first day is never counted in proceedings: add --rule prescription.")
        day = law.procedural_deadline(start, months=months or 0, days=days or 0, region=region, is_waiting=waiting)
    _print_day(day, as_json=as_json)


@click.command()
@click.argument("year", type=int)
@region_option
@json_option
@stops_cleanly
def holidays(year: int, region: str | None, *, as_json: bool) -> None:
    """List the public holidays of a year, with those of a region if one is given."""
    law: Jurisdiction = jurisdiction("fr")
    found, doubts = law.holidays(year, region), law.holiday_doubts(year, region)
    if as_json:
        rows = [
            {
                "on": day.on.isoformat(),
                "name": day.name,
                "local": day.is_local,
                "article": day.source.article,
                "confidence": day.source.confidence.value,
            }
            for day in found
        ]
        print_json({"year": year, "region": region, "holidays": rows, "doubts": doubts_json(doubts)})
        return
    for day in found:
        click.echo(f"{day.on.isoformat()} {day.name}{' (local)' if day.is_local else ''} — {day.source.article}")
    _echo_doubts(doubts)


def _refuse(given: Mapping[str, object], hint: str) -> None:
    """Refuse options that would have no effect: an answer that ignores one would be taken for another."""
    wrong = [name for name, value in given.items() if value is not None and value is not False]
    if wrong:
        raise InvalidInput(where="command line", found=f"{' and '.join(wrong)} cannot be used here", hint=hint)


def _print_day(day: ProceduralDay, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "last_day": day.last_day.isoformat(),
                "raw_end": day.raw_end.isoformat(),
                "path": _path(day.path),
                "doubts": doubts_json(day.doubts),
            }
        )
        return
    click.echo(f"Last day: {day.last_day.isoformat()}")
    _echo_path(day.path)
    _echo_doubts(day.doubts)


def _print_steps(deadlines: tuple[StepDeadline, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"deadlines": [_step_data(one) for one in deadlines]})
        return
    for one in deadlines:
        verb = "wait through" if one.is_waiting else "act by"
        safe = "" if one.safe_day == one.last_day else f" (to be safe: {one.safe_day.isoformat()})"
        click.echo(f"{one.code}: {verb} {one.last_day.isoformat()}{safe} — {act_words(one.what)}")
        _echo_path(one.path)
        _echo_doubts(one.doubts)


def _step_data(one: StepDeadline) -> dict[str, Any]:  # Any: JSON
    return {
        "code": one.code,
        "what": one.what,
        "last_day": one.last_day.isoformat(),
        "safe_day": one.safe_day.isoformat(),
        "is_waiting": one.is_waiting,
        "path": _path(one.path),
        "doubts": doubts_json(one.doubts),
    }


def _path(path: Iterable[PathStep]) -> list[dict[str, str]]:
    return [
        {
            "from": step.from_.isoformat(),
            "act": step.act,
            "effect": step.effect,
            "article": step.source.article,
            "confidence": step.source.confidence.value,
        }
        for step in path
    ]


def _echo_path(path: Iterable[PathStep]) -> None:
    for step in path:
        firm = "" if step.source.confidence.is_firm else f" ({step.source.confidence.value})"
        words = f"{act_words(step.act)}: {effect_words(step.effect)}"
        click.echo(f"  {step.from_.isoformat()} {words} — {step.source.article}{firm}")


def _echo_doubts(doubts: Iterable[Doubt]) -> None:
    for doubt in doubts:
        click.echo(f"  doubt: {doubt_words(doubt)}")
