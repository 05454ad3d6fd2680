"""Where the process starts: nothing is loaded before an interruption can be answered."""

import sys

INTERRUPTED = 130
"""Exit code of an interruption, whenever it comes."""


def run() -> None:
    """Run the command line; an interruption while it loads ends with 130 and one sentence, as it does later."""
    try:
        from recouvrement.cli.main import main  # noqa: PLC0415  # it loads all the rest, which takes a second
    except KeyboardInterrupt:
        print("interrupted: nothing was begun", file=sys.stderr)
        sys.exit(INTERRUPTED)
    main(prog_name="recouvrement")
