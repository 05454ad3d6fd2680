"""``recouvrement``: the command line."""

import click

from recouvrement.cli.approvals import approve, pending, refuse
from recouvrement.cli.calculators import interest, prescription
from recouvrement.cli.decisions import decide, letter
from recouvrement.cli.night import nightly
from recouvrement.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="recouvrement")
def main() -> None:
    """Dunning of French receivables: dated decisions, sums owed with their article, letters ready to send.

    Nothing is ever sent to a network: letters are written to a folder. This is not legal advice.
    """


for command in (nightly, decide, letter, pending, approve, refuse, interest, prescription):
    main.add_command(command)
