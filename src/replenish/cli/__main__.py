"""`python -m replenish.cli`: the same as the command `replenish`."""

import sys

from replenish.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
