"""``recouvrement``: the command line."""

import sys
from collections.abc import Sequence
from typing import Any

import click

from recouvrement.cli.approvals import approve, pending, refuse
from recouvrement.cli.decisions import decide, letter
from recouvrement.cli.interest import interest
from recouvrement.cli.mentions import mentions
from recouvrement.cli.night import nightly
from recouvrement.cli.output import INTERRUPTED, UNUSABLE, fail
from recouvrement.cli.prescription import prescription
from recouvrement.cli.rates import rates
from recouvrement.cli.terms import due_date, terms
from recouvrement.errors import InvalidInput
from recouvrement.version import VERSION


class Commands(click.Group):
    """The group of commands; a wrong call is told like any other error, in JSON when ``--json`` is among the words."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> Any:  # noqa: ANN401  # click's own
        """Run the command and end the process: 2 for a call that makes no sense, 130 when interrupted."""
        words = list(sys.argv[1:] if args is None else args)
        settings["standalone_mode"] = False
        try:
            code = super().main(words, *others, **settings)
        except click.ClickException as fault:
            if "--json" not in words:
                fault.show()
                sys.exit(UNUSABLE)
            wrong = InvalidInput(where="command line", found=fault.format_message(), hint="See recouvrement --help.")
            fail(wrong, as_json=True)
        except click.Abort:
            click.echo("interrupted: run it again, nothing leaves twice", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="recouvrement")
def main() -> None:
    """Dunning of French receivables: dated decisions, sums owed with their article, letters ready to send.

    Nothing is ever sent to a network: letters are written to a folder. This is not legal advice.
    """


for command in (
    nightly,
    decide,
    letter,
    pending,
    approve,
    refuse,
    interest,
    due_date,
    terms,
    mentions,
    rates,
    prescription,
):
    main.add_command(command)
