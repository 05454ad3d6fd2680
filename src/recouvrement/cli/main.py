"""``recouvrement``: the command line."""

import io
import sys
from collections.abc import Sequence
from typing import Any, Final, TextIO

import click

from recouvrement.cli.approvals import approve, pending, refuse
from recouvrement.cli.deadlines import deadline, holidays
from recouvrement.cli.decisions import decide
from recouvrement.cli.entry import INTERRUPTED
from recouvrement.cli.explaining import explain, replay
from recouvrement.cli.interest import interest
from recouvrement.cli.letters import letters
from recouvrement.cli.mentions import mentions
from recouvrement.cli.moving import migrate
from recouvrement.cli.night import nightly
from recouvrement.cli.outlooks import compare, forecast
from recouvrement.cli.output import UNUSABLE, fail
from recouvrement.cli.prescription import prescription
from recouvrement.cli.projection import project
from recouvrement.cli.rates import rates
from recouvrement.cli.routes import routes
from recouvrement.cli.scenarios import scenario
from recouvrement.cli.terms import due_date, terms
from recouvrement.errors import InvalidInput
from recouvrement.version import VERSION

_FRENCH: Final = "éœ€’«»—…×≥\u202f┃│"
"""Signs of letters, décomptes and tables; Windows-1252 lacks the narrow space, the frames and ≥."""


class Commands(click.Group):
    """The group of commands; a wrong call is told like any other error, in JSON when ``--json`` is among the words."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> Any:  # noqa: ANN401  # click's own
        """Run the command and end the process: 2 for a call that makes no sense, 130 when interrupted."""
        words = list(sys.argv[1:] if args is None else args)
        settings["standalone_mode"] = False
        for stream in (sys.stdout, sys.stderr):
            _make_writable(stream)
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


def _make_writable(stream: TextIO | None) -> None:
    """Make a stream take the letters and spaces of French: UTF-8 when its encoding has not all of them."""
    # A host may have put anything in the place of the streams, or closed them: what is not a text file is left alone.
    if not isinstance(stream, io.TextIOWrapper) or stream.closed:
        return
    errors = "replace" if stream.errors == "strict" else stream.errors
    try:
        _FRENCH.encode(stream.encoding)
    except UnicodeEncodeError:
        stream.reconfigure(encoding="utf-8", errors=errors)
    else:
        stream.reconfigure(errors=errors)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="recouvrement")
def main() -> None:
    """Dunning of French receivables: dated decisions, sums owed with their article, letters ready to send.

    Nothing is ever sent to a network: letters are written to a folder. This is not legal advice.
    """


for command in (
    nightly,
    decide,
    explain,
    replay,
    letters,
    project,
    forecast,
    compare,
    migrate,
    pending,
    approve,
    refuse,
    interest,
    due_date,
    terms,
    mentions,
    rates,
    prescription,
    deadline,
    holidays,
    routes,
    scenario,
):
    main.add_command(command)
