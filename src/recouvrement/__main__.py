"""``python -m recouvrement``."""

from recouvrement.cli.entry import run

if __name__ == "__main__":
    run()
