"""``python -m recouvrement.cli``."""

from recouvrement.cli.main import main

if __name__ == "__main__":
    main(prog_name="recouvrement")
