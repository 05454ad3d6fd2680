"""``recouvrement scenario``: the scenarios that come with us and one's own: list, show, lint, draw, schema."""

import json
import sys
from pathlib import Path

import click
from rich.table import Table

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.cli.output import SOME_FAILED, console, json_option, print_json, stops_cleanly
from recouvrement.cli.scenario_argument import scenario_and_text, scenario_named
from recouvrement.errors import InvalidInput
from recouvrement.render.drawing import draw_text
from recouvrement.render.drawing_svg import draw_svg
from recouvrement.render.letters import Letters
from recouvrement.render.scenario_documents import document_facts
from recouvrement.scenario.findings import Finding, Severity
from recouvrement.scenario.linter import lint as findings_of
from recouvrement.scenario.reading import BUILT_IN, builtin
from recouvrement.scenario.schema import scenario_schema

named_argument = click.argument("name", metavar="NAME|FILE")


@click.group()
def scenario() -> None:
    """List, read, check and draw scenarios: those that come with the program and your own TOML files."""


@scenario.command("list")
@json_option
@stops_cleanly
def list_them(*, as_json: bool) -> None:
    """List the scenarios that come with the program."""
    known = [builtin(name) for name in BUILT_IN]
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "version": one.version,
                    "title": one.title,
                    "debtor_kinds": [kind.value for kind in one.debtor_kinds],
                    "stages": [stage.id for stage in one.stages],
                    "hash": one.hash,
                }
                for one in known
            ]
        )
        return
    shown = Table("Name", "Title", "For", "Stages")
    for one in known:
        kinds = ", ".join(kind.value.replace("_", " ") for kind in one.debtor_kinds)
        shown.add_row(one.id, one.title, kinds, " → ".join(stage.id for stage in one.stages))
    console().print(shown)


@scenario.command()
@named_argument
@json_option
@stops_cleanly
def show(name: str, *, as_json: bool) -> None:
    """Print a scenario as it is written; with --json in its canonical form, with its hash."""
    found = scenario_and_text(name)
    if as_json:
        canonical = json.loads(found.scenario.model_dump_json())
        print_json({"hash": found.scenario.hash, "scenario": canonical})
        return
    click.echo(found.text, nl=not found.text.endswith("\n"))


@scenario.command()
@named_argument
@click.option(
    "--segment", "segments", multiple=True, help="Segment a case may be in; repeat it. Else any name is taken for one."
)
@json_option
@stops_cleanly
def lint(name: str, segments: tuple[str, ...], *, as_json: bool) -> None:
    """Tell what in a scenario can never happen, goes against the law, or is probably not what was meant.

    Ends with 1 when there is an error; warnings and infos are printed. docs/scenarios-lint.md lists what is looked for.
    """
    found = findings_of(
        scenario_named(name),
        law=jurisdiction("fr"),
        documents=document_facts(Letters.built_in()),
        segments=frozenset(segments) or None,
    )
    errors = sum(one.severity is Severity.ERROR for one in found)
    if as_json:
        print_json({"scenario": name, "errors": errors, "findings": [_as_data(one) for one in found]})
    else:
        for one in found:
            click.echo(f"{one.severity.value} [{one.code}] {one.path or 'scenario'}: {one.message}. {one.remedy}")
        warnings = sum(one.severity is Severity.WARNING for one in found)
        click.echo(f"{name}: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}")
    sys.exit(SOME_FAILED if errors else 0)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _as_data(finding: Finding) -> dict[str, object]:
    return finding.model_dump(mode="json") | {"message": finding.message, "remedy": finding.remedy}


@scenario.command()
@named_argument
@click.option("--svg", "svg_file", type=click.Path(path_type=Path), help="Write an SVG picture to this file instead.")
@stops_cleanly
def draw(name: str, svg_file: Path | None) -> None:
    """Draw a scenario as a timeline of the days that result for an invoice nobody pays."""
    found = scenario_named(name)
    if svg_file is None:
        click.echo(draw_text(found), nl=False)
        return
    try:
        svg_file.write_text(draw_svg(found), encoding="utf-8", newline="\n")
    except OSError as fault:
        raise InvalidInput(
            where=str(svg_file), found=f"it cannot be written: {fault.strerror}", hint="Choose another place."
        ) from None
    click.echo(f"drawn in {svg_file}", err=True)


@scenario.command()
def schema() -> None:
    """Print the JSON Schema of scenarios, for editors: every field with its bounds."""
    print_json(scenario_schema())
