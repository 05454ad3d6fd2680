"""``recouvrement letter``: the documents there are, their templates, and how they read."""

import sys
from datetime import date
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from recouvrement.adapters.jurisdictions import jurisdiction
from recouvrement.adapters.whole_files import write_whole
from recouvrement.cli.decisions import debtor_option, letter
from recouvrement.cli.letter_preview import Previewer
from recouvrement.cli.letter_request import request
from recouvrement.cli.letter_texts import language_note, letters_of
from recouvrement.cli.output import (
    ALL_WELL,
    SOME_FAILED,
    cases_of,
    console,
    day_of,
    json_option,
    on_option,
    print_json,
    rates_option,
    stops_cleanly,
)
from recouvrement.cli.scenario_argument import scenario_named
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.render.language_choice import LANGUAGES
from recouvrement.render.letter_findings import LetterFinding
from recouvrement.render.letter_kinds import AskedMention, LetterKind, asked_mentions, letter_kinds
from recouvrement.render.letters import Letters, lint_letters
from recouvrement.render.mention_sources import MENTION_BASES
from recouvrement.render.preview_page import PreviewHead, preview_page
from recouvrement.render.variants import Variant
from recouvrement.scenario.findings import Severity

_ABOUT_A_FOLDER = frozenset({"--debtor", "--kind"})
"""Options of `show`: with them the first word was meant as a portfolio."""


class _Letters(click.Group):
    """The group; a folder in the place of a command prints one letter, as `letter show` does."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first word, or `show` for a folder."""
        if args and args[0] not in self.commands:
            if Path(args[0]).is_dir():
                return super().resolve_command(ctx, ["show", *args])
            if not args[0].startswith("-") and (_ABOUT_A_FOLDER & set(args) or Path(args[0]).name != args[0]):
                raise click.UsageError(f"No folder {args[0]!r}: give the folder of a portfolio, or a command.", ctx)
        return super().resolve_command(ctx, args)


@click.group("letter", cls=_Letters)
def letters() -> None:
    """Print letters, check templates of your own, list the documents there are.

    `letter PORTFOLIO …` prints one letter, as `letter show PORTFOLIO …` does.
    """


letters.add_command(letter, "show")
letters.add_command(request)


@letters.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--collector", "is_collector", is_flag=True, help="The sender recovers for others: check CPCE art. R124-4."
)
@json_option
@stops_cleanly
def lint(folder: Path, *, is_collector: bool, as_json: bool) -> None:
    """Tell what in the templates of FOLDER would fail, be lost, or may not be written.

    Ends with 1 when there is an error; warnings are printed. docs/letters-lint.md lists what is looked for.
    """
    found = lint_letters(folder, is_collector=is_collector)
    errors = sum(one.severity is Severity.ERROR for one in found)
    if as_json:
        print_json({"folder": str(folder), "errors": errors, "findings": [_finding(one) for one in found]})
    else:
        for one in found:
            click.echo(f"{one.severity.value} [{one.code}] {one.place}: {one.message}. {one.remedy}")
        warnings = sum(one.severity is Severity.WARNING for one in found)
        click.echo(f"{folder}: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}")
    sys.exit(SOME_FAILED if errors else ALL_WELL)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _finding(one: LetterFinding) -> dict[str, object]:
    return one.model_dump(mode="json") | {"message": one.message, "remedy": one.remedy, "article": one.article}


@letters.command("list")
@json_option
@stops_cleanly
def list_them(*, as_json: bool) -> None:
    """List the documents there are: variants, languages, usual channel, facts that must be set."""
    known = letter_kinds()
    names = Letters.built_in()
    if as_json:
        print_json([_kind(one, names) for one in known])
        return
    shown = Table("Kind", "In French", "Variants", "Languages", "Usual channel", "Must be set")
    for one in known:
        unused = "on request" if one.is_requestable else "by a scenario of yours"
        channels = ", ".join(channel.value for channel in one.channels) or unused
        besides = ", ".join(one.must_be_set_by_a_collector)
        needed = "; ".join(filter(None, (", ".join(one.must_be_set), f"by a collector: {besides}" if besides else "")))
        variants, languages = ", ".join(_worded(one, names)), ", ".join(_languages(one, names))
        shown.add_row(one.kind.value, one.french, variants, languages, channels, needed)
    console().print(shown)


def _worded(one: LetterKind, names: Letters) -> list[str]:
    """Return the variants that have a text of their own; none when one text serves all."""
    own = {variant: names.template(one.kind, variant).name for variant in Variant}
    return [variant.value for variant in Variant] if len(set(own.values())) > 1 else ["one text"]


def _languages(one: LetterKind, names: Letters) -> list[str]:
    """Return the languages that have a text for some variant."""
    return [code for code in LANGUAGES if any(names.serves(one.kind, variant, code) for variant in Variant)]


def _kind(one: LetterKind, names: Letters) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "french": one.french,
        "templates": {variant.value: names.template(one.kind, variant).name for variant in Variant},
        "languages": _languages(one, names),
        "channels": [channel.value for channel in one.channels],
        "on_request": one.is_requestable,
        "must_be_set": list(one.must_be_set),
        "must_be_set_by_a_collector": list(one.must_be_set_by_a_collector),
    }


@letters.command()
@click.argument("kind", required=False, type=click.Choice([kind.value for kind in DocumentKind]))
@json_option
@stops_cleanly
def mentions(kind: str | None, *, as_json: bool) -> None:
    """List what each document must carry, with the text behind it; KIND for one document."""
    kinds = [DocumentKind(kind)] if kind is not None else list(DocumentKind)
    if as_json:
        print_json([{"kind": one.value, "mentions": [_mention(each) for each in asked_mentions(one)]} for one in kinds])
        return
    for one in kinds:
        shown = Table("Mention", "Business", "Consumer", "Public", "Text", "Confidence", title=one.value)
        for each in asked_mentions(one):
            base = MENTION_BASES[each.mention.name]
            marks = [each.asked(variant).value for variant in (Variant.BUSINESS, Variant.CONSUMER, Variant.PUBLIC)]
            mark = base.confidence.value if base.confidence else ""
            shown.add_row(escape(each.mention.name), *marks, escape(base.article or "practice"), mark)
        console().print(shown)


def _mention(each: AskedMention) -> dict[str, object]:
    base = MENTION_BASES[each.mention.name]
    return {
        "mention": each.mention.name,
        "french": base.french,
        **{variant.value: each.asked(variant).value for variant in Variant},
        "required_by_text": base.is_required,
        "article": base.article,
        "confidence": base.confidence.value if base.confidence else None,
    }


@letters.command()
@click.argument("scenario", metavar="SCENARIO")
@click.option("--portfolio", required=True, type=click.Path(path_type=Path), help="Folder of the portfolio.")
@debtor_option
@click.option("--overrides", type=click.Path(path_type=Path), help="Folder of templates of your own.")
@on_option
@rates_option
@click.option("-o", "--output", "page", required=True, type=click.Path(path_type=Path), help="HTML page to write.")
@stops_cleanly
def preview(
    scenario: str,
    portfolio: Path,
    debtor: str,
    overrides: Path | None,
    on: date | None,
    rates_file: Path | None,
    page: Path,
) -> None:
    """Write every document of SCENARIO for one debtor into one HTML page, to look at.

    SCENARIO is a built-in name or a TOML file. Each document is shown as of the day it would leave if nothing else
    happens. Nothing is sent or recorded. Exit code 1 when some documents cannot be made; the page says why.
    """
    day = day_of(on)
    chosen = scenario_named(scenario)
    read, cases = cases_of(portfolio, debtor)
    texts = letters_of(overrides)
    previewer = Previewer(chosen, jurisdiction("fr", rates_file), texts, day)
    shown = [one for case in cases for one in previewer.documents(case)]
    head = PreviewHead(chosen.id, chosen.title, cases[0].debtor.name, read.creditor.name, day)
    write_whole(page, preview_page(head, shown))
    if cases[0].debtor.kind not in chosen.debtor_kinds:
        click.echo(f"warning: {chosen.id} is not written for debtors of kind {cases[0].debtor.kind.value}", err=True)
    for note in dict.fromkeys(note for one in shown if one.document and (note := language_note(one.document))):
        which = ", ".join(one.kind.value for one in shown if one.document and language_note(one.document) == note)
        click.echo(f"note: {which}: {note}", err=True)
    lacking = sum(one.document is None for one in shown)
    but = f", {lacking} of which cannot be made" if lacking else ""
    click.echo(f"{_counted(len(shown), 'document')}{but}: {page}")
    sys.exit(SOME_FAILED if lacking else ALL_WELL)
